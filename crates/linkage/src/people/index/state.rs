//! An index as it stands: the segment with all that happened since.

use std::borrow::Cow;

use super::{
    super::{
        columns::{Column, Many, hash},
        kind::Kind,
        same::Millibits,
        shared::{self, place_of},
    },
    base::{MOST_LISTED, Meta, space_of_list},
    event::{NOWHERE, Place, Record},
    key::{Space, both},
    overlay::Overlay,
    view::View,
};

/// Rows of a person that take part in a comparison; a person of more is known by the first.
pub(super) const MOST_ROWS: usize = 64;

/// Who holds a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// Rows, not all of a popular value.
    pub(super) rows: Vec<u32>,
    /// Number of all rows.
    pub(super) count: u32,
    /// Number of persons, where not all rows are listed.
    persons: Option<u32>,
}

impl Held {
    /// Number of persons, where not all rows are listed.
    pub(super) const fn persons(&self) -> Option<u32> {
        self.persons
    }
}

/// The segment and what happened since.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    pub(super) base: View<'a>,
    pub(super) since: &'a Overlay,
}

impl<'a> State<'a> {
    /// Number of applications.
    pub(super) fn rows(&self) -> usize {
        self.bound() - self.since.removed()
    }

    /// Every row is below it; some may have been removed.
    pub(super) fn bound(&self) -> usize {
        self.base.rows() + self.since.records.len()
    }

    /// Whether there is a row.
    pub(super) fn is_there(&self, row: u32) -> bool {
        (row as usize) < self.bound() && !self.since.is_removed(row)
    }

    /// All rows.
    pub(super) fn all_rows(self) -> impl Iterator<Item = u32> + 'a {
        (0..self.bound() as u32).filter(move |&row| !self.since.is_removed(row))
    }

    fn record(&self, row: u32) -> Option<&'a Record> {
        match (row as usize).checked_sub(self.base.rows()) {
            Some(at) => self.since.records.get(at),
            None => self.since.replaced(row),
        }
    }

    /// Number of persons.
    pub(super) fn persons(&self) -> usize {
        self.base.meta(Meta::Persons).saturating_add_signed(self.since.persons) as usize
    }

    /// Number of persons in rings.
    pub(super) fn flagged(&self) -> usize {
        self.base.meta(Meta::Flagged).saturating_add_signed(self.since.flagged) as usize
    }

    /// Number of rings.
    pub(super) fn rings(&self) -> usize {
        self.base.meta(Meta::RingCount).saturating_add_signed(self.since.rings) as usize
    }

    /// See [`super::version`].
    pub(super) fn sum(&self) -> u128 {
        let base = u128::from(self.base.meta(Meta::SumHigh)) << 64 | u128::from(self.base.meta(Meta::SumLow));
        base.wrapping_add(self.since.sum)
    }

    pub(super) fn id(&self, row: u32) -> Cow<'a, str> {
        self.record(row).map_or_else(|| Cow::Owned(self.base.id(row)), |record| Cow::Borrowed(record.id.as_str()))
    }

    /// The hash of an id that says nothing about the key.
    pub(super) fn id_hash(&self, row: u32) -> u64 {
        hash(self.id(row).as_bytes())
    }

    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        self.since.row_of(id).or_else(|| self.base.row_of(id).filter(|&row| self.is_there(row)))
    }

    pub(super) fn stamp(&self, row: u32) -> u64 {
        self.record(row).map_or_else(|| self.base.stamp(row), |record| record.stamp)
    }

    /// What speaks for a person's belonging to a ring.
    pub(super) fn score(&self, person: u32) -> Millibits {
        self.since.score(person).unwrap_or_else(|| self.base.score(person))
    }

    pub(super) fn age(&self, row: u32) -> u32 {
        self.record(row).map_or_else(|| self.base.age(row), |record| record.age)
    }

    /// The oldest of some rows, then the one with the lowest id: it stands for them.
    pub(super) fn oldest(&self, rows: impl IntoIterator<Item = u32>) -> Option<u32> {
        rows.into_iter().reduce(|one, other| {
            let ages = self.age(one).cmp(&self.age(other));
            if ages.then_with(|| self.id(one).cmp(&self.id(other))).is_le() { one } else { other }
        })
    }

    /// The hash in a column of a row, 0 for none.
    pub(super) fn cell(&self, column: Column, row: u32) -> u64 {
        self.record(row).map_or_else(|| self.base.cell(column as usize, row), |record| record.cells[column as usize])
    }

    /// Given and family name of a row as one, 0 where one is missing.
    pub(super) fn name(&self, row: u32) -> u64 {
        let (given, family) = (self.cell(Column::Given, row), self.cell(Column::Family, row));
        if given == 0 || family == 0 { 0 } else { both(given, family) }
    }

    pub(super) fn picture(&self, row: u32) -> u64 {
        self.record(row).map_or_else(|| self.base.picture(row), |record| record.picture)
    }

    /// All that a row says.
    pub(super) fn whole(&self, row: u32) -> Record {
        if let Some(record) = self.record(row) {
            return record.clone();
        }
        Record {
            id: self.base.id(row),
            age: self.base.age(row),
            stamp: self.base.stamp(row),
            cells: std::array::from_fn(|column| self.base.cell(column, row)),
            lists: std::array::from_fn(|list| self.base.list(list, row).collect()),
            picture: self.base.picture(row),
            names: Vec::new(),
        }
    }

    /// Hashes of a list of a row.
    pub(super) fn list(&self, list: usize, row: u32) -> Vec<u64> {
        self.record(row).map_or_else(|| self.base.list(list, row).collect(), |record| record.lists[list].clone())
    }

    pub(super) fn name_forms(&self, name: u64) -> &'a [u32] {
        self.since.name_forms(name).unwrap_or_else(|| self.base.name_forms(name))
    }

    /// Who holds a value.
    pub(super) fn holders(&self, space: Space, hash: u64) -> Held {
        let base = self.base.holders(space, hash);
        let mut held = Held { rows: base.rows.to_vec(), count: base.count, persons: base.persons };
        let gone = self.since.gone_of(space, hash);
        if gone.rows > 0 {
            held.rows.retain(|&row| !self.since.is_void(row));
            held.count = held.count.saturating_sub(gone.rows).max(held.rows.len() as u32);
            held.persons = held.persons.map(|persons| persons.saturating_sub(gone.persons));
        }
        let since = self.since.holders(space, hash);
        held.count += since.len() as u32;
        if let Some(persons) = &mut held.persons {
            *persons += since.len() as u32;
        }
        let room = (2 * MOST_LISTED).saturating_sub(held.rows.len());
        if since.len() > room && held.persons.is_none() {
            held.persons = Some(held.count);
        }
        held.rows.extend(since.iter().take(room));
        held
    }

    /// Number of rows that hold a value.
    pub(super) fn count(&self, space: Space, hash: u64) -> u32 {
        let base = self.base.holders(space, hash).count.saturating_sub(self.since.gone_of(space, hash).rows);
        base + self.since.holders(space, hash).len() as u32
    }

    /// The persons who hold a value, ascending; not all of a popular one. And their number.
    pub(super) fn persons_with(&self, space: Space, hash: u64) -> (Vec<u32>, usize) {
        let held = self.holders(space, hash);
        let mut persons = held.rows;
        persons.iter_mut().for_each(|row| *row = self.person(*row));
        persons.sort_unstable();
        persons.dedup();
        let count = held.persons.map_or(persons.len(), |count| (count as usize).max(persons.len()));
        (persons, count)
    }

    /// How many persons hold a value: the number of [`State::persons_with`], without the list.
    pub(super) fn count_of_persons(&self, space: Space, hash: u64) -> usize {
        let base = self.base.holders(space, hash);
        let since = self.since.holders(space, hash);
        if base.persons.is_some() || base.rows.len() + since.len() > 2 * MOST_LISTED || self.since.gone_of(space, hash).rows > 0 {
            return self.persons_with(space, hash).1;
        }
        let mut persons = [0; 2 * MOST_LISTED];
        let rows = base.rows.iter().chain(since);
        let count = rows.zip(&mut persons).map(|(&row, place)| *place = self.person(row)).count();
        let persons = &mut persons[..count];
        persons.sort_unstable();
        persons.chunk_by(|one, other| one == other).count()
    }

    /// Whether a sentence is anybody's about work.
    pub(super) fn is_work(&self, sentence: u64) -> bool {
        self.since.is_work(sentence) || self.base.is_work(sentence)
    }

    /// The group of the picture most like one: its hash, or the picture itself where none is like it.
    pub(super) fn group_of(&self, picture: u64) -> u64 {
        if picture == 0 {
            return 0;
        }
        self.base.group_of_like(picture).or_else(|| self.since.group_of_like(picture)).unwrap_or(picture)
    }

    /// The row that stands for a row's person.
    pub(super) fn person(&self, row: u32) -> u32 {
        let base = || if (row as usize) < self.base.rows() { self.base.person(row) } else { row };
        self.since.person(row).unwrap_or_else(base)
    }

    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) fn machine(&self, row: u32) -> u32 {
        let base = || if (row as usize) < self.base.rows() { self.base.machine(row) } else { row };
        self.since.machine(row).unwrap_or_else(base)
    }

    /// The rows of a person.
    pub(super) fn rows_of(&self, person: u32) -> Vec<u32> {
        match self.since.rows_of(person) {
            Some(rows) => rows.to_vec(),
            None if (person as usize) < self.base.rows() => self.base.rows_of(person).collect(),
            None => vec![person],
        }
    }

    /// The first rows of a person: those that take part in comparisons.
    pub(super) fn some_rows_of(&self, person: u32) -> Vec<u32> {
        match self.since.rows_of(person) {
            Some(rows) => rows.iter().copied().take(MOST_ROWS).collect(),
            None if (person as usize) < self.base.rows() => self.base.rows_of(person).take(MOST_ROWS).collect(),
            None => vec![person],
        }
    }

    /// Where a person is: the row that stands for its ring, and whether it belongs to the core.
    pub(super) fn place(&self, person: u32) -> Place {
        self.since.place(person).unwrap_or_else(|| self.base.ring(person).unwrap_or(NOWHERE))
    }

    /// The persons of a ring, ascending.
    pub(super) fn members(&self, ring: u32) -> Vec<u32> {
        self.since.members(ring).map(<[u32]>::to_vec).unwrap_or_else(|| self.base.members(ring).collect())
    }

    /// The links of a person; who has been merged since is found under the name of today.
    pub(super) fn edges(&self, person: u32) -> Vec<(u32, Millibits, u16)> {
        let mut edges: Vec<(u32, Millibits, u16)> = Vec::new();
        let names = match self.since.rows_of(person) {
            Some(rows) => rows.iter().copied().take(MOST_ROWS).collect(),
            None => vec![person],
        };
        for name in names {
            if (name as usize) < self.base.rows() && !self.since.is_cut(name) {
                edges.extend(self.base.edges(name).filter(|edge| !self.since.is_cut(edge.0)));
            }
            edges.extend(self.since.edges(name));
        }
        edges.iter_mut().for_each(|edge| edge.0 = self.person(edge.0));
        edges.retain(|edge| edge.0 != person);
        edges.sort_unstable_by_key(|&(other, weight, kinds)| (other, -weight, kinds));
        edges.dedup_by_key(|edge| edge.0);
        edges
    }

    /// Pairs of rows that are one person's because they bear one name in one ring.
    pub(super) fn joined(self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let (base, since) = (self.base, self.since);
        let stand = move |&(one, other): &(u32, u32)| !since.is_void(one) && !since.is_void(other);
        base.joined().filter(stand).chain(since.joined.iter().copied())
    }

    /// The values that a person holds of a kind, ascending.
    pub(super) fn values(&self, person: u32, kind: Kind) -> Vec<u64> {
        let mut values: Vec<u64> = Vec::new();
        self.each_value(&self.some_rows_of(person), kind, |value| values.push(value));
        values.sort_unstable();
        values.dedup();
        values
    }

    /// Calls `take` with the values that some rows hold of a kind, in any order.
    pub(super) fn each_value(&self, rows: &[u32], kind: Kind, mut take: impl FnMut(u64)) {
        for &row in rows {
            match place_of(kind) {
                shared::Place::List(many) => self.each_listed(many as usize, row, &mut take),
                shared::Place::Column(column) => {
                    Some(self.cell(column, row)).filter(|&value| value != 0).into_iter().for_each(&mut take);
                }
            }
            if kind == Kind::Phrases {
                self.each_listed(Many::ProjectPhrases as usize, row, &mut |sentence| {
                    if self.is_work(sentence) {
                        take(sentence);
                    }
                });
            }
        }
    }

    fn each_listed(&self, list: usize, row: u32, take: &mut impl FnMut(u64)) {
        match self.record(row) {
            Some(record) => record.lists[list].iter().copied().for_each(take),
            None => self.base.list(list, row).for_each(take),
        }
    }
}

/// The space in which the holders of a kind's values are listed.
pub(super) const fn space_of_kind(kind: Kind) -> Space {
    match place_of(kind) {
        shared::Place::List(many) => space_of_list(many as usize),
        shared::Place::Column(column) => Space::of(column),
    }
}
