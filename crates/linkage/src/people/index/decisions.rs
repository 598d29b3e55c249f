//! What people decided: judgements on who is who, decisions on who is known bad, and what was decided about an application.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Index,
    event::{Changes, Event, Judgement, Mark},
    judge,
    state::State,
};
use crate::{error::Error, people::rings::NONE};

/// What a judgement came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The judgement.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// The persons of the two applications before, and after.
    pub before: [String; 2],
    /// See `before`.
    pub after: [String; 2],
    /// Applications that are another person's now.
    pub moved: usize,
    /// Earlier judgements that do not go with this one and do not stand any longer.
    pub overruled: Vec<Judgement>,
}

/// What is known of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History {
    /// The application.
    pub id: String,
    /// The batch with which it came, from 0.
    pub batch: u32,
    /// Its person and the other applications of it.
    pub person_cluster: String,
    /// Ids of all applications of the person.
    pub person: Vec<String>,
    /// Its ring.
    pub ring_cluster: Option<String>,
    /// Whether a person's decision or intel calls it bad.
    pub known_bad: bool,
    /// Judgements about it, oldest first.
    pub judgements: Vec<Judgement>,
    /// Decisions on whether it is known bad, oldest first.
    pub marks: Vec<Mark>,
}

impl Index {
    /// Takes a judgement over and makes it last.
    ///
    /// # Errors
    /// [`Error::NotInIndex`] where one of the applications is not there or both are one; [`Error::Index`] where it cannot be written.
    pub fn judge(&mut self, judgement: Judgement) -> Result<Judged, Error> {
        let state = self.state();
        let row = |id: &str| state.row_of(id).ok_or_else(|| Error::NotInIndex { id: id.to_owned() });
        let rows = [row(&judgement.one)?, row(&judgement.other)?];
        if rows[0] == rows[1] {
            return Err(Error::OneApplication { id: judgement.one });
        }
        let named = |state: State<'_>| rows.map(|row| format!("p:{}", state.id(state.person(row))));
        let before = named(state);
        self.made.push((judgement.clone(), Changes::default()));
        let (changes, overruled) = judge::changes(self.state(), &self.made);
        let moved = changes.persons.len();
        self.record(Event::Judged(judgement.clone(), changes.clone()));
        if let Err(error) = self.commit() {
            self.made.pop();
            return Err(error);
        }
        let (view, since) = self.parts();
        since.apply(view, &changes, false);
        if let Some(last) = self.made.last_mut() {
            last.1 = changes;
        }
        let overruled =
            overruled.into_iter().filter_map(|number| self.made.get(number).map(|(judgement, _)| judgement.clone())).collect();
        let after = named(self.state());
        Ok(Judged { judgement, before, after, moved, overruled })
    }

    /// Takes decisions on who is known bad over and makes them last. Returns the ids that are not there; they are left out.
    ///
    /// # Errors
    /// [`Error::Index`] where they cannot be written.
    pub fn mark(&mut self, marks: Vec<Mark>) -> Result<Vec<String>, Error> {
        let state = self.state();
        let (known, unknown): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(|mark| state.row_of(&mark.id).is_some());
        known.iter().for_each(|mark| self.record(Event::Marked(mark.clone())));
        self.commit()?;
        self.marks.extend(known);
        self.bad = bad_rows(self.state(), &self.marks);
        Ok(unknown.into_iter().map(|mark| mark.id).collect())
    }

    /// What is known of an application.
    ///
    /// # Errors
    /// [`Error::NotInIndex`] where it is not there.
    pub fn history(&self, id: &str) -> Result<History, Error> {
        let state = self.state();
        let row = state.row_of(id).ok_or_else(|| Error::NotInIndex { id: id.to_owned() })?;
        let person = state.person(row);
        let (ring, _) = state.place(person);
        let mut ids: Vec<String> = state.rows_of(person).into_iter().map(|row| state.id(row).into_owned()).collect();
        ids.sort_unstable();
        let names = |judgement: &&Judgement| judgement.one == id || judgement.other == id;
        Ok(History {
            id: id.to_owned(),
            batch: state.age(row),
            person_cluster: format!("p:{}", state.id(person)),
            person: ids,
            ring_cluster: (ring != NONE).then(|| format!("r:{}", state.id(ring))),
            known_bad: self.bad.contains(&row),
            judgements: self.made.iter().map(|(judgement, _)| judgement).filter(names).cloned().collect(),
            marks: self.marks.iter().filter(|mark| mark.id == id).cloned().collect(),
        })
    }

    /// The person and the ring of every application, by id: `(id, person, ring)` in the order of rows.
    ///
    /// # Errors
    /// [`Error::Segment`] where the segment cannot be used.
    pub fn clusters(&self) -> Result<Vec<(String, String, Option<String>)>, Error> {
        let state = self.state();
        let of = |row: u32| {
            let person = state.person(row);
            let (ring, _) = state.place(person);
            let ring = (ring != NONE).then(|| format!("r:{}", state.id(ring)));
            (state.id(row).into_owned(), format!("p:{}", state.id(person)), ring)
        };
        Ok(state.all_rows().map(of).collect())
    }
}

/// Rows that the latest decision calls bad.
pub(super) fn bad_rows(state: State<'_>, marks: &[Mark]) -> BTreeSet<u32> {
    let mut bad = BTreeSet::new();
    for mark in marks {
        if let Some(row) = state.row_of(&mark.id) {
            if mark.is_bad {
                bad.insert(row);
            } else {
                bad.remove(&row);
            }
        }
    }
    bad
}
