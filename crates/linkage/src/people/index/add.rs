//! One application more.

use std::time::{Duration, Instant};

use super::{
    super::{
        columns::Applicants,
        reasons::{Line, MOST_IGNORED, MOST_REASONS, bits, cut},
        rings::NONE,
    },
    Index, Verdict, arrive,
    base::COLUMNS,
    event::{Changes, Event, NOWHERE},
    explain::{self, Texts, Way},
    judge, persons,
    state::State,
    world::World,
};
use crate::error::Error;

/// A new application that was linked.
#[derive(Clone, Debug)]
pub struct Added {
    /// What it is linked to.
    pub line: Line,
    /// How long that took.
    pub took: Duration,
}

impl Index {
    /// Links new applications, in the order of `rows`, with the index and with each other, and adds them to it. `take` is given
    /// every row with its answer, or nothing where the id is there already. Nothing lasts until [`Index::commit`].
    ///
    /// # Errors
    /// None today.
    pub fn add(&mut self, applicants: &Applicants, rows: &[u32], mut take: impl FnMut(u32, Option<Added>)) -> Result<(), Error> {
        for &row in rows {
            let started = Instant::now();
            if self.state().row_of(applicants.id(row)).is_some() {
                take(row, None);
                continue;
            }
            let arrived = self.arrive(applicants, row, None);
            let way = explain::way(self.state(), &self.rates, self.state().person(arrived.row), &self.bad);
            let line = self.line_of(arrived.row, &arrived.texts, arrived.world.as_ref(), way.as_ref());
            take(row, Some(Added { line, took: started.elapsed() }));
        }
        self.age += 1;
        Ok(())
    }

    /// Links an application and notes that it came. `again`: the row and the age of the one in whose place it comes, which has left.
    pub(super) fn arrive(&mut self, applicants: &Applicants, row: u32, again: Option<(u32, u32)>) -> Arrived {
        let age = again.map_or(self.age, |(_, age)| age);
        let (mut record, mut texts) = explain::record(applicants, row, &self.key, age);
        let group = self.state().group_of(record.picture);
        record.cells[COLUMNS - 1] = group;
        texts.set_group(group);
        let kept = record.clone();
        let (view, since) = self.parts();
        let row = match again {
            Some((row, _)) => {
                since.put_again(view, row, record);
                row
            }
            None => since.push(view, record),
        };
        let may_join = |one: u32, other: u32| !self.are_apart(one, other);
        let (persons, _) = persons::persons_of(self.state(), row, may_join);
        let mut changes = joined(self.state(), row, &persons);
        let (view, since) = self.parts();
        since.apply(view, &changes, true);
        let state = self.state();
        let mut to_rings = Changes::default();
        let world = arrive::ring_of(state, (&self.rates, &self.learned), state.person(row), &mut to_rings);
        let (view, since) = self.parts();
        since.apply(view, &to_rings, true);
        changes.append_rings(to_rings);
        let kept = Box::new(kept);
        self.record(match again {
            Some((row, _)) => Event::Returned(row, kept, changes),
            None => Event::Added(kept, changes),
        });
        Arrived { row, texts, world }
    }

    /// What a row is linked to. `world`: everybody with whom its person was compared; `way`: the strongest one to known bad.
    pub(super) fn line_of(&self, row: u32, texts: &Texts, world: Option<&World>, way: Option<&Way>) -> Line {
        let state = self.state();
        let person = state.person(row);
        let mut reasons = explain::same_person(state, texts, row);
        let mut more_reasons = 0;
        if let Some(world) = world {
            let mut associated = explain::associated(state, &self.rates, world, texts, person);
            more_reasons = cut(&mut associated, MOST_REASONS);
            reasons.extend(associated);
        }
        let mut ignored = explain::ignored(state, texts, person);
        let more_ignored = cut(&mut ignored, MOST_IGNORED);
        let (ring, _) = state.place(person);
        Line {
            id: state.id(row).into_owned(),
            person_cluster: format!("p:{}", state.id(person)),
            ring_cluster: (ring != NONE).then(|| format!("r:{}", state.id(ring))),
            ring_score: bits(state.score(person)),
            reasons,
            more_reasons,
            paths: way.and_then(|way| explain::path(state, &self.rates, texts, person, way)).into_iter().collect(),
            ignored,
            more_ignored,
        }
    }

    /// Whether a judgement that stands keeps two persons apart.
    pub(super) fn are_apart(&self, one: u32, other: u32) -> bool {
        let state = self.state();
        judge::standing(self.made.iter().map(|(judgement, _)| judgement)).into_iter().any(|(_, judgement)| {
            let person = |id: &str| state.row_of(id).map(|row| state.person(row));
            let pair = (person(&judgement.one), person(&judgement.other));
            judgement.verdict == Verdict::NotSame && (pair == (Some(one), Some(other)) || pair == (Some(other), Some(one)))
        })
    }
}

/// An application that was linked.
pub(super) struct Arrived {
    pub(super) row: u32,
    pub(super) texts: Texts,
    /// Everybody with whom its person was compared.
    pub(super) world: Option<World>,
}

/// What it means for persons that a row, a person of its own until now, is of some.
pub(super) fn joined(state: State<'_>, row: u32, persons: &[u32]) -> Changes {
    let mut changes = Changes::default();
    let Some(&first) = persons.first() else { return changes };
    // Applications keep their names: the oldest person stands for all.
    let all = persons.iter().copied().chain([row]);
    let to = state.oldest(all.clone()).unwrap_or(first);
    let mut place = state.place(to);
    for other in all.filter(|&other| other != to) {
        changes.persons.extend(state.rows_of(other).into_iter().map(|row| (row, other, to)));
        let from = state.place(other);
        if from.0 != NONE {
            if place.0 == NONE {
                place = from;
            }
            changes.rings.push((other, from, NOWHERE));
        }
    }
    if place != state.place(to) {
        changes.rings.push((to, state.place(to), place));
    }
    changes
}
