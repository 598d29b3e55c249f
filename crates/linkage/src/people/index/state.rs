//! An index as it stands: the segment with all that happened since.

use std::collections::{HashMap, HashSet};

use super::{
    super::{columns::Column, kind::Kind, same::Millibits, shared::column_of},
    base::{COLUMNS, LISTS, MOST_LISTED, View, space_of_list},
    build::KEYS,
    build::popular_with_name,
    event::{Changes, NOWHERE, Place, Record},
    key::{Space, both},
};

/// Rows of a person that take part in a comparison; a person of more is known by the first.
pub(super) const MOST_ROWS: usize = 64;

/// What happened since the segment was written.
#[derive(Default)]
pub(super) struct Overlay {
    pub(super) records: Vec<Record>,
    row_of: HashMap<String, u32>,
    holders: HashMap<(Space, u64), Vec<u32>>,
    work: HashSet<u64>,
    pictures: Vec<(u64, u64)>,
    names: HashMap<u64, Vec<u32>>,
    person_of: HashMap<u32, u32>,
    machine_of: HashMap<u32, u32>,
    rows_of: HashMap<u32, Vec<u32>>,
    place_of: HashMap<u32, Place>,
    members: HashMap<u32, Vec<u32>>,
    edges: HashMap<u32, Vec<(u32, Millibits, u16)>>,
    /// By how much the numbers of persons and of persons in rings differ from the segment's.
    persons: i64,
    flagged: i64,
}

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

/// The segment and what happened since.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    pub(super) base: View<'a>,
    pub(super) since: &'a Overlay,
}

impl<'a> State<'a> {
    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.base.rows() + self.since.records.len()
    }

    fn record(&self, row: u32) -> Option<&'a Record> {
        self.since.records.get((row as usize).checked_sub(self.base.rows())?)
    }

    /// Number of persons.
    pub(super) fn persons(&self) -> usize {
        let base = self.base.meta.get(2).copied().unwrap_or_default();
        base.saturating_add_signed(self.since.persons) as usize
    }

    /// Number of persons in rings.
    pub(super) fn flagged(&self) -> usize {
        let base = self.base.meta.get(3).copied().unwrap_or_default();
        base.saturating_add_signed(self.since.flagged) as usize
    }

    pub(super) fn id(&self, row: u32) -> &'a str {
        self.record(row).map_or_else(|| self.base.id(row), |record| &record.id)
    }

    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        self.since.row_of.get(id).copied().or_else(|| self.base.row_of(id))
    }

    pub(super) fn age(&self, row: u32) -> u32 {
        self.record(row).map_or_else(|| self.base.age(row), |record| record.age)
    }

    /// The oldest of some rows, then the one with the lowest id: it stands for them.
    pub(super) fn oldest(&self, rows: impl IntoIterator<Item = u32>) -> Option<u32> {
        let key = |row: u32| (self.age(row), self.id(row));
        rows.into_iter().min_by(|&one, &other| key(one).cmp(&key(other)))
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

    /// Hashes of a list of a row.
    pub(super) fn list(&self, list: usize, row: u32) -> Vec<u64> {
        self.record(row).map_or_else(|| self.base.list(list, row).collect(), |record| record.lists[list].clone())
    }

    pub(super) fn name_forms(&self, name: u64) -> &'a [u32] {
        self.since.names.get(&name).map_or_else(|| self.base.name_forms(name), Vec::as_slice)
    }

    /// Who holds a value.
    pub(super) fn holders(&self, space: Space, hash: u64) -> Held {
        let base = self.base.holders(space, hash);
        let mut held = Held { rows: base.rows.to_vec(), count: base.count, persons: base.persons };
        if let Some(since) = self.since.holders.get(&(space, hash)) {
            held.count += since.len() as u32;
            if let Some(persons) = &mut held.persons {
                *persons += since.len() as u32;
            }
            let room = (2 * MOST_LISTED).saturating_sub(held.rows.len());
            if since.len() > room && held.persons.is_none() {
                held.persons = Some(held.count);
            }
            held.rows.extend(since.iter().take(room));
        }
        held
    }

    /// Number of rows that hold a value.
    pub(super) fn count(&self, space: Space, hash: u64) -> u32 {
        self.base.holders(space, hash).count + self.since.holders.get(&(space, hash)).map_or(0, |rows| rows.len() as u32)
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

    /// Whether a sentence is anybody's about work.
    pub(super) fn is_work(&self, sentence: u64) -> bool {
        self.since.work.contains(&sentence) || self.base.is_work(sentence)
    }

    /// The group of the picture most like one: its hash, or the picture itself where none is like it.
    pub(super) fn group_of(&self, picture: u64) -> u64 {
        if picture == 0 {
            return 0;
        }
        let near = |&&(other, _): &&(u64, u64)| (other ^ picture).count_ones() <= super::super::avatar::DISTANCE;
        self.base.group_of_like(picture).unwrap_or_else(|| {
            let best = self.since.pictures.iter().filter(near).min_by_key(|&&(other, _)| ((other ^ picture).count_ones(), other));
            best.map_or(picture, |&(_, group)| group)
        })
    }

    /// The row that stands for a row's person.
    pub(super) fn person(&self, row: u32) -> u32 {
        let base = || if (row as usize) < self.base.rows() { self.base.person(row) } else { row };
        if self.since.person_of.is_empty() { base() } else { self.since.person_of.get(&row).copied().unwrap_or_else(base) }
    }

    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) fn machine(&self, row: u32) -> u32 {
        let base = || if (row as usize) < self.base.rows() { self.base.machine(row) } else { row };
        self.since.machine_of.get(&row).copied().unwrap_or_else(base)
    }

    /// The rows of a person.
    pub(super) fn rows_of(&self, person: u32) -> Vec<u32> {
        match self.since.rows_of.get(&person) {
            Some(rows) => rows.clone(),
            None if (person as usize) < self.base.rows() => self.base.rows_of(person).collect(),
            None => vec![person],
        }
    }

    /// The first rows of a person: those that take part in comparisons.
    pub(super) fn some_rows_of(&self, person: u32) -> Vec<u32> {
        match self.since.rows_of.get(&person) {
            Some(rows) => rows.iter().copied().take(MOST_ROWS).collect(),
            None if (person as usize) < self.base.rows() => self.base.rows_of(person).take(MOST_ROWS).collect(),
            None => vec![person],
        }
    }

    /// Where a person is: the row that stands for its ring, and whether it belongs to the core.
    pub(super) fn place(&self, person: u32) -> Place {
        self.since.place_of.get(&person).copied().unwrap_or_else(|| self.base.ring(person).unwrap_or(NOWHERE))
    }

    /// The persons of a ring, ascending.
    pub(super) fn members(&self, ring: u32) -> Vec<u32> {
        self.since.members.get(&ring).cloned().unwrap_or_else(|| self.base.members(ring).collect())
    }

    /// The links of a person; who has been merged since is found under the name of today.
    pub(super) fn edges(&self, person: u32) -> Vec<(u32, Millibits, u16)> {
        let mut edges: Vec<(u32, Millibits, u16)> = Vec::new();
        let names = match self.since.rows_of.get(&person) {
            Some(rows) => rows.iter().copied().take(MOST_ROWS).collect(),
            None => vec![person],
        };
        for name in names {
            if (name as usize) < self.base.rows() {
                edges.extend(self.base.edges(name));
            }
            edges.extend(self.since.edges.get(&name).into_iter().flatten());
        }
        edges.iter_mut().for_each(|edge| edge.0 = self.person(edge.0));
        edges.retain(|edge| edge.0 != person);
        edges.sort_unstable_by_key(|&(other, weight, kinds)| (other, -weight, kinds));
        edges.dedup_by_key(|edge| edge.0);
        edges
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
            match kind {
                Kind::Mailbox => self.each_listed(0, row, &mut take),
                Kind::Employers => self.each_listed(1, row, &mut take),
                Kind::Phrases => {
                    self.each_listed(2, row, &mut take);
                    self.each_listed(3, row, &mut |sentence| {
                        if self.is_work(sentence) {
                            take(sentence);
                        }
                    });
                }
                lone => Some(self.cell(column_of(lone), row)).filter(|&value| value != 0).into_iter().for_each(&mut take),
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
    match kind {
        Kind::Mailbox => Space::MAILBOXES,
        Kind::Employers => Space::EMPLOYERS,
        Kind::Phrases => Space::PHRASES,
        lone => Space::of(column_of(lone)),
    }
}

impl Overlay {
    /// Adds an application as a person of its own. Returns its row.
    pub(super) fn push(&mut self, base: View<'_>, record: Record) -> u32 {
        let row = (base.rows() + self.records.len()) as u32;
        let mut hold = |space: Space, hash: u64| {
            if hash != 0 {
                self.holders.entry((space, hash)).or_default().push(row);
            }
        };
        for (column, &hash) in record.cells.iter().enumerate() {
            hold(Space(column as u8), hash);
        }
        let cell = |column: Column| record.cells[column as usize];
        let name = if cell(Column::Given) == 0 || cell(Column::Family) == 0 {
            0
        } else {
            both(cell(Column::Given), cell(Column::Family))
        };
        hold(Space::NAME, name);
        if name != 0 {
            for column in KEYS {
                if cell(column) != 0 && base.holders(Space::of(column), cell(column)).persons.is_some() {
                    hold(Space::POPULAR, popular_with_name(column, cell(column), name));
                }
            }
            if cell(Column::Place) != 0 && base.holders(Space::NAME, name).persons.is_some() {
                hold(Space::POPULAR, both(name, cell(Column::Place)));
            }
        }
        for list in 0..LISTS {
            let mut values = record.lists[list].clone();
            if list == LISTS - 1 {
                values.retain(|value| !record.lists[LISTS - 2].contains(value));
            }
            values.into_iter().for_each(|value| hold(space_of_list(list), value));
        }
        self.work.extend(record.lists[LISTS - 2].iter().filter(|&&sentence| !base.is_work(sentence)));
        if record.picture != 0 && record.cells[COLUMNS - 1] != 0 {
            self.pictures.push((record.picture, record.cells[COLUMNS - 1]));
        }
        for (name, forms) in &record.names {
            self.names.entry(*name).or_insert_with(|| forms.clone());
        }
        self.row_of.insert(record.id.clone(), row);
        self.records.push(record);
        self.persons += 1;
        row
    }

    /// Takes changes over. `by_machine`: what linking said, not a person's judgement.
    pub(super) fn apply(&mut self, base: View<'_>, changes: &Changes, by_machine: bool) {
        let mut gone: HashMap<u32, HashSet<u32>> = HashMap::new();
        let mut come: HashMap<u32, Vec<u32>> = HashMap::new();
        for &(row, from, to) in &changes.persons {
            gone.entry(from).or_default().insert(row);
            come.entry(to).or_default().push(row);
        }
        let touched: HashSet<u32> = gone.keys().chain(come.keys()).copied().collect();
        let (mut before, mut after) = (0_i64, 0_i64);
        for person in touched {
            let mut rows = State { base, since: self }.rows_of(person);
            // A row that was never a person of its own stands for nobody until something comes.
            rows.retain(|&row| State { base, since: self }.person(row) == person);
            before += i64::from(!rows.is_empty());
            if let Some(gone) = gone.get(&person) {
                rows.retain(|row| !gone.contains(row));
            }
            rows.extend(come.remove(&person).into_iter().flatten());
            rows.sort_unstable();
            rows.dedup();
            after += i64::from(!rows.is_empty());
            self.rows_of.insert(person, rows);
        }
        self.persons += after - before;
        for &(row, _, to) in &changes.persons {
            // A person may be a part of what linking takes for one: who joins it belongs to the whole.
            let machine = State { base, since: self }.machine(to);
            self.person_of.insert(row, to);
            if by_machine {
                self.machine_of.insert(row, machine);
            }
        }
        for &(person, from, to) in &changes.rings {
            if from.0 != NOWHERE.0 && from.0 != to.0 {
                let mut members = State { base, since: self }.members(from.0);
                members.retain(|&member| member != person);
                self.members.insert(from.0, members);
            }
            if to.0 != NOWHERE.0 && from.0 != to.0 {
                let mut members = State { base, since: self }.members(to.0);
                if let Err(at) = members.binary_search(&person) {
                    members.insert(at, person);
                }
                self.members.insert(to.0, members);
            }
            self.flagged += i64::from(to.0 != NOWHERE.0) - i64::from(from.0 != NOWHERE.0);
            self.place_of.insert(person, to);
        }
        for &(one, other, weight, kinds) in &changes.edges {
            self.edges.entry(one).or_default().push((other, weight, kinds));
            self.edges.entry(other).or_default().push((one, weight, kinds));
        }
    }

    /// Number of applications since the segment was written.
    pub(super) fn rows(&self) -> usize {
        self.records.len()
    }
}
