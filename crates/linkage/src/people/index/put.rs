//! Applications that come, change and go, as the caller's own log says.

use std::collections::HashSet;

use super::{
    super::{columns::Applicants, rings::NONE},
    Index,
    add::joined,
    event::{Changes, Event, NOWHERE},
    explain,
    leave::Was,
    relink::Alike,
    state::MOST_ROWS,
};
use crate::error::Error;

/// Applications up to which all are linked anew whenever one comes or goes.
const FEW: usize = 4_000;
/// Applications of a ring whose names are compared with those of one that came.
const MOST_COMPARED: usize = 1_000;

impl Index {
    /// Takes applications in, in the order of their rows: one whose id and stamp (other than 0) are there already is left as it is, one
    /// whose stamp is another takes the place of the one that is there, with its age, so that persons and rings keep their names.
    ///
    /// Where there are few, or many have come since all were linked, all are linked anew, in memory; otherwise each is linked by
    /// itself as [`Index::add`] does. `alike` tells of two applications, by id, whether they bear names that may be one person's; it is
    /// asked about people of one ring alone. Those are one person: one who applied twice is no ring.
    ///
    /// Nothing lasts until [`Index::commit`] or [`Index::persist`].
    ///
    /// # Errors
    /// [`Error::OverLimit`] where there is more than can be numbered, [`Error::Index`] where the system has no randomness. The index
    /// is not to be used then.
    pub fn put(&mut self, applicants: &Applicants, alike: Alike<'_>) -> Result<(), Error> {
        let state = self.state();
        let is_known = |row: u32| {
            let stamp = applicants.stamp(row);
            stamp != 0 && state.row_of(applicants.id(row)).is_some_and(|there| state.stamp(there) == stamp)
        };
        let coming: Vec<u32> = (0..applicants.rows() as u32).filter(|&row| !is_known(row)).collect();
        if coming.is_empty() {
            return Ok(());
        }
        if state.rows() + coming.len() <= FEW || self.since.came() + coming.len() >= self.most_one_by_one() {
            self.put_all(applicants, &coming, alike)?;
        } else {
            coming.into_iter().for_each(|row| self.put_one(applicants, row, alike));
        }
        self.age += 1;
        Ok(())
    }

    /// Takes applications out at once: no list, count, person, ring, link or way knows them. On the disk their bytes stay, sealed and
    /// hashed, until all are linked anew; [`Index::forget`] takes those away, too. Ids that are not there are left out.
    ///
    /// Nothing lasts until [`Index::commit`] or [`Index::persist`].
    ///
    /// # Errors
    /// As [`Index::put`].
    pub fn remove(&mut self, ids: &[String]) -> Result<(), Error> {
        let state = self.state();
        let rows: HashSet<u32> = ids.iter().filter_map(|id| state.row_of(id)).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let are_few = state.rows() <= FEW;
        self.bad.retain(|row| !rows.contains(row));
        if are_few {
            let (columns, events) = self.linked_anew(&rows, None)?;
            return self.take_over(&columns, events);
        }
        let mut rows: Vec<u32> = rows.into_iter().collect();
        rows.sort_unstable();
        for row in rows {
            let was = self.leave(row);
            self.tidy(&was);
        }
        Ok(())
    }

    /// All linked anew with those who come.
    fn put_all(&mut self, applicants: &Applicants, coming: &[u32], alike: Alike<'_>) -> Result<(), Error> {
        for &row in coming {
            let there = self.state().row_of(applicants.id(row));
            let age = there.map_or(self.age, |there| self.state().age(there));
            let (record, _) = explain::record(applicants, row, &self.key, age);
            let (view, since) = self.parts();
            if let Some(there) = there {
                since.take_out(view, there);
                since.put_again(view, there, record);
            } else {
                since.push(view, record);
            }
        }
        let (mut columns, events) = self.linked_anew(&HashSet::new(), Some(alike))?;
        columns.age = self.age + 1;
        self.take_over(&columns, events)
    }

    fn put_one(&mut self, applicants: &Applicants, row: u32, alike: Alike<'_>) {
        let state = self.state();
        let (row, was) = if let Some(there) = state.row_of(applicants.id(row)) {
            let age = state.age(there);
            let was = self.leave(there);
            (self.arrive(applicants, row, Some((there, age))).row, was)
        } else {
            (self.arrive(applicants, row, None).row, Was::default())
        };
        self.tidy(&was);
        self.join_namesakes(row, alike);
    }

    /// Makes one person of an application and those of its ring who bear its name.
    fn join_namesakes(&mut self, row: u32, alike: Alike<'_>) {
        let state = self.state();
        let person = state.person(row);
        let was = Was::of(state, person);
        if was.ring == NONE {
            return;
        }
        let id = state.id(row);
        let rows = was.mates.iter().flat_map(|&mate| state.some_rows_of(mate)).take(MOST_COMPARED);
        let namesakes: Vec<u32> = rows.filter(|&other| alike(&id, &state.id(other))).collect();
        let mut persons: Vec<u32> = namesakes.iter().map(|&other| state.person(other)).collect();
        persons.sort_unstable();
        persons.dedup();
        persons.retain(|&other| !self.are_apart(person, other));
        if persons.is_empty() {
            return;
        }
        let mut changes = joined(state, person, &persons);
        changes.joined = namesakes
            .into_iter()
            .filter(|&other| persons.binary_search(&state.person(other)).is_ok())
            .map(|other| (row, other))
            .collect();
        let all = persons.iter().copied().chain([person]);
        changes.cut = all.clone().flat_map(|person| state.rows_of(person).into_iter().take(MOST_ROWS)).collect();
        self.apply(Event::Changed, changes);
        // Whatever the others share with them, they share with one.
        let state = self.state();
        let joined = state.person(row);
        let changes = Changes { rings: vec![(joined, state.place(joined), NOWHERE)], ..Changes::default() };
        self.apply(Event::Changed, changes);
        self.tidy(&was);
        self.judge_anew(joined);
        self.tidy(&was);
    }
}
