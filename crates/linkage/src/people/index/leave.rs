//! An application that leaves, and what becomes of those it was linked with.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        rings::{NONE, PRIOR, held},
        same::THRESHOLD,
    },
    Index, Verdict, arrive,
    event::{Changes, Event, NOWHERE, Place},
    judge, persons,
    state::{MOST_ROWS, State},
    world::World,
};
use crate::cluster::UnionFind;

/// People of a ring up to whom it is looked at whether enough still holds everybody.
const MOST_OF_RING: usize = 240;

/// Where somebody was before.
pub(super) struct Was {
    /// The row that stood for the ring, or [`NONE`].
    pub(super) ring: u32,
    /// The other persons of it.
    pub(super) mates: Vec<u32>,
}

impl Default for Was {
    fn default() -> Self {
        Self { ring: NONE, mates: Vec::new() }
    }
}

impl Was {
    pub(super) fn of(state: State<'_>, person: u32) -> Self {
        let ring = state.place(person).0;
        let mut mates = if ring == NONE { Vec::new() } else { state.members(ring) };
        mates.retain(|&mate| mate != person);
        Self { ring, mates }
    }
}

impl Index {
    /// Applies changes and notes the event made of them.
    pub(super) fn apply(&mut self, event: impl FnOnce(Changes) -> Event, changes: Changes) {
        if changes == Changes::default() {
            return;
        }
        let (view, since) = self.parts();
        since.apply(view, &changes, true);
        self.record(event(changes));
    }

    /// Takes an application out. The others of its person are judged anew, in no ring at first; its ring is to be tidied.
    pub(super) fn leave(&mut self, row: u32) -> Was {
        let state = self.state();
        let person = state.person(row);
        let was = Was::of(state, person);
        let mut changes = Changes::default();
        let rows = state.rows_of(person);
        changes.cut = rows.iter().copied().take(MOST_ROWS).filter(|&other| other != row).chain([row]).collect();
        if was.ring != NONE {
            changes.rings.push((person, state.place(person), NOWHERE));
        }
        let rest: Vec<u32> = rows.into_iter().filter(|&other| other != row).collect();
        let parts = self.parts_of(&rest);
        let mut stay: Vec<u32> = Vec::new();
        for part in &parts {
            let Some(stands) = self.state().oldest(part.iter().copied()) else { continue };
            stay.push(stands);
            for &other in part {
                if stands != person {
                    changes.persons.push((other, person, stands));
                }
                if parts.len() > 1 || state.machine(other) == row {
                    changes.machine.push((other, stands));
                }
            }
        }
        if person != row {
            changes.persons.push((row, person, row));
        }
        // Whoever stands for a person now was in no ring under this name.
        let new = stay.iter().copied().chain([row]).filter(|&stands| stands != person);
        changes.rings.extend(new.map(|stands| (stands, NOWHERE, NOWHERE)));
        let (view, since) = self.parts();
        since.apply(view, &changes, true);
        since.take_out(view, row);
        self.record(Event::Left(row, changes));
        stay.into_iter().for_each(|person| self.judge_anew(person));
        was
    }

    /// The rows of a person that are one person still: those that hang together by what they say, or by what people judged.
    fn parts_of(&self, rest: &[u32]) -> Vec<Vec<u32>> {
        let state = self.state();
        let some = &rest[..rest.len().min(MOST_ROWS)];
        let mut union = UnionFind::new(some.len());
        for (at, &one) in some.iter().enumerate() {
            for (beside, &other) in some.iter().enumerate().skip(at + 1) {
                if persons::weight(state, one, other) > THRESHOLD {
                    union.join(at as u32, beside as u32);
                }
            }
        }
        let at = |row: u32| some.iter().position(|&other| other == row).map(|at| at as u32);
        let judged = judge::standing(self.made.iter().map(|(judgement, _)| judgement));
        let same = judged.iter().filter(|(_, judgement)| judgement.verdict == Verdict::Same);
        let same = same.filter_map(|(_, judgement)| Some((state.row_of(&judgement.one)?, state.row_of(&judgement.other)?)));
        for (one, other) in same.chain(state.joined()) {
            if let (Some(one), Some(other)) = (at(one), at(other)) {
                union.join(one, other);
            }
        }
        let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, &row) in some.iter().enumerate() {
            parts.entry(union.root(at as u32)).or_default().push(row);
        }
        let mut parts: Vec<Vec<u32>> = parts.into_values().collect();
        if let Some(first) = parts.first_mut() {
            first.extend(&rest[some.len()..]);
        }
        parts
    }

    /// Finds the ring of a person that is in none and has no links.
    pub(super) fn judge_anew(&mut self, person: u32) {
        let mut changes = Changes::default();
        let _ = arrive::ring_of(self.state(), (&self.rates, &self.learned), person, &mut changes);
        self.apply(Event::Changed, changes);
    }

    /// Takes those out of rings whom too little holds there since somebody left, dissolves a ring of one, and gives a ring its name
    /// back.
    pub(super) fn tidy(&mut self, was: &Was) {
        if was.ring == NONE {
            return;
        }
        let state = self.state();
        let rings: BTreeSet<u32> = was.mates.iter().map(|&mate| state.place(state.person(mate)).0).collect();
        for ring in rings.into_iter().filter(|&ring| ring != NONE) {
            let changes = self.tidied(ring, was.ring);
            self.apply(Event::Changed, changes);
        }
    }

    /// What becomes of a ring; `name`: the row that stood for it.
    fn tidied(&self, ring: u32, name: u32) -> Changes {
        let state = self.state();
        let members = state.members(ring);
        let kept = if members.len() > MOST_OF_RING {
            members.clone()
        } else {
            let world = World::of(state, members.clone());
            let all = (0..world.persons.len() as u32).collect();
            let kept = held(&world.shared, (&self.rates, &self.learned), &world.templates, all);
            kept.into_iter().map(|member| world.persons[member as usize]).collect()
        };
        let is_kept = |person: u32| kept.len() > 1 && kept.binary_search(&person).is_ok();
        let stands = |row: u32| state.is_there(row) && is_kept(state.person(row));
        let name = [name, ring].into_iter().find(|&row| stands(row)).or_else(|| state.oldest(kept.iter().copied()));
        let mut changes = Changes::default();
        for person in members {
            let from = state.place(person);
            let to: Place = if is_kept(person) { (name.unwrap_or(ring), from.1) } else { NOWHERE };
            if from != to {
                changes.rings.push((person, from, to));
            }
            if to.0 == NONE && state.score(person) > PRIOR {
                changes.scores.push((person, PRIOR));
            }
        }
        changes
    }
}
