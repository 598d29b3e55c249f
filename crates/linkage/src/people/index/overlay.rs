//! What happened to an index since its segment was written.

use std::collections::{HashMap, HashSet};

use super::{
    super::{columns::Column, same::Millibits},
    base::{COLUMNS, LISTS, PROJECT_SENTENCES, SENTENCES, space_of_list},
    build::{KEYS, popular_with_name},
    event::{Changes, NOWHERE, Place, Record},
    key::{Space, both},
    map::{Map, Set},
    state::State,
    version,
    view::View,
};

/// What happened since the segment was written.
#[derive(Default)]
pub(super) struct Overlay {
    pub(super) records: Vec<Record>,
    /// Rows of the segment that say something else now.
    replaced: Map<u32, Record>,
    /// Rows of the segment whose columns and places in lists do not count.
    void: Set<u32>,
    removed: Set<u32>,
    row_of: HashMap<String, u32>,
    holders: Map<(Space, u64), Vec<u32>>,
    /// How many of those whom the segment counts do not.
    gone: Map<(Space, u64), Gone>,
    work: Set<u64>,
    pictures: Vec<(u64, u64)>,
    names: Map<u64, Vec<u32>>,
    person_of: Map<u32, u32>,
    machine_of: Map<u32, u32>,
    rows_of: Map<u32, Vec<u32>>,
    place_of: Map<u32, Place>,
    members: Map<u32, Vec<u32>>,
    edges: Map<u32, Vec<(u32, Millibits, u16)>>,
    /// Rows under whose names no link of the segment stands.
    cut: Set<u32>,
    scores: Map<u32, Millibits>,
    pub(super) joined: Vec<(u32, u32)>,
    /// By how much the numbers of persons, of persons in rings and of rings differ from the segment's.
    pub(super) persons: i64,
    pub(super) flagged: i64,
    pub(super) rings: i64,
    /// By how much the version differs.
    pub(super) sum: u128,
    /// Applications that came.
    came: usize,
}

/// Holders of a value who are counted in the segment and are no longer there.
#[derive(Clone, Copy, Default)]
pub(super) struct Gone {
    pub(super) rows: u32,
    pub(super) persons: u32,
}

impl Overlay {
    /// Adds an application as a person of its own. Returns its row.
    pub(super) fn push(&mut self, base: View<'_>, record: Record) -> u32 {
        let row = (base.rows() + self.records.len()) as u32;
        self.records.push(Record::default());
        self.put(base, row, record);
        row
    }

    /// Puts an application under the row of one that has left, as a person of its own.
    pub(super) fn put_again(&mut self, base: View<'_>, row: u32, record: Record) {
        if self.removed.remove(&row) {
            self.rows_of.insert(row, vec![row]);
            self.person_of.insert(row, row);
            self.machine_of.insert(row, row);
            self.put(base, row, record);
        }
    }

    fn put(&mut self, base: View<'_>, row: u32, record: Record) {
        let mut spaces = values_of(&record);
        spaces.retain(|&(space, hash)| {
            let is_popular = |column: Column| {
                let value = record.cells[column as usize];
                value != 0 && base.holders(Space::of(column), value).persons.is_some()
            };
            // Popular values are listed with the name where the segment does not list all who hold them.
            space != Space::POPULAR
                || KEYS.iter().any(|&column| {
                    is_popular(column) && popular_with_name(column, record.cells[column as usize], name_of(&record)) == hash
                })
                || base.holders(Space::NAME, name_of(&record)).persons.is_some()
                    && both(name_of(&record), record.cells[Column::Place as usize]) == hash
        });
        for (space, hash) in spaces {
            self.holders.entry((space, hash)).or_default().push(row);
        }
        self.work.extend(record.lists[SENTENCES].iter().filter(|&&sentence| !base.is_work(sentence)));
        if record.picture != 0 && record.cells[COLUMNS - 1] != 0 {
            self.pictures.push((record.picture, record.cells[COLUMNS - 1]));
        }
        for (name, forms) in &record.names {
            self.names.entry(*name).or_insert_with(|| forms.clone());
        }
        self.row_of.insert(record.id.clone(), row);
        match (row as usize).checked_sub(base.rows()) {
            Some(at) => self.records[at] = record,
            None => {
                self.replaced.insert(row, record);
            }
        }
        let state = State { base, since: self };
        self.sum = self.sum.wrapping_add(version::application(state.id_hash(row), state.stamp(row)));
        self.persons += 1;
        self.came += 1;
    }

    /// Takes out an application that is a person of its own in no ring: no list and no count knows it any longer.
    pub(super) fn take_out(&mut self, base: View<'_>, row: u32) {
        let state = State { base, since: self };
        if !state.is_there(row) {
            return;
        }
        let term = version::application(state.id_hash(row), state.stamp(row));
        let id = state.id(row).into_owned();
        let record = state.whole(row);
        for (space, hash) in values_of(&record) {
            let list = self.holders.get_mut(&(space, hash));
            let listed = list.is_some_and(|rows| {
                let before = rows.len();
                rows.retain(|&other| other != row);
                rows.len() < before
            });
            if !listed && (row as usize) < base.rows() && !self.void.contains(&row) {
                let gone = self.gone.entry((space, hash)).or_default();
                gone.rows += 1;
                gone.persons += 1;
            }
        }
        if let Some(at) = self.pictures.iter().position(|&picture| picture == (record.picture, record.cells[COLUMNS - 1])) {
            self.pictures.swap_remove(at);
        }
        if (row as usize) < base.rows() {
            self.void.insert(row);
        }
        self.row_of.remove(&id);
        self.removed.insert(row);
        self.rows_of.insert(row, Vec::new());
        self.scores.insert(row, 0);
        self.joined.retain(|&(one, other)| one != row && other != row);
        self.sum = self.sum.wrapping_sub(term);
        self.persons -= 1;
    }

    /// Takes changes over. `by_machine`: what linking said, not a person's judgement.
    pub(super) fn apply(&mut self, base: View<'_>, changes: &Changes, by_machine: bool) {
        self.cut(base, &changes.cut);
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
            let state = State { base, since: self };
            let id = state.id_hash(row);
            let was = version::person(id, state.id_hash(state.person(row)));
            let is = version::person(id, state.id_hash(to));
            // A person may be a part of what linking takes for one: who joins it belongs to the whole.
            let machine = state.machine(to);
            self.sum = self.sum.wrapping_sub(was).wrapping_add(is);
            self.person_of.insert(row, to);
            if by_machine {
                self.machine_of.insert(row, machine);
            }
        }
        for &(person, from, to) in &changes.rings {
            self.place_again(base, person, from, to);
        }
        for &(one, other, weight, kinds) in &changes.edges {
            let state = State { base, since: self };
            self.sum = self.sum.wrapping_add(version::link(state.id_hash(one), state.id_hash(other), weight, kinds));
            self.edges.entry(one).or_default().push((other, weight, kinds));
            self.edges.entry(other).or_default().push((one, weight, kinds));
        }
        for &(person, score) in &changes.scores {
            let state = State { base, since: self };
            let (id, before) = (state.id_hash(person), state.score(person));
            self.sum = self.sum.wrapping_sub(version::score(id, before)).wrapping_add(version::score(id, score));
            self.scores.insert(person, score);
        }
        self.joined.extend(&changes.joined);
        self.machine_of.extend(changes.machine.iter().copied());
    }

    fn place_again(&mut self, base: View<'_>, person: u32, from: Place, to: Place) {
        let crowd = |overlay: &mut Self, ring: u32, change: &dyn Fn(&mut Vec<u32>)| {
            let mut members = match overlay.members.remove(&ring) {
                Some(members) => members,
                None => State { base, since: overlay }.members(ring),
            };
            let before = i64::from(!members.is_empty());
            change(&mut members);
            overlay.rings += i64::from(!members.is_empty()) - before;
            overlay.members.insert(ring, members);
        };
        if from.0 != NOWHERE.0 && from.0 != to.0 {
            crowd(self, from.0, &|members| members.retain(|&member| member != person));
        }
        if to.0 != NOWHERE.0 && from.0 != to.0 {
            crowd(self, to.0, &|members| {
                if let Err(at) = members.binary_search(&person) {
                    members.insert(at, person);
                }
            });
        }
        self.flagged += i64::from(to.0 != NOWHERE.0) - i64::from(from.0 != NOWHERE.0);
        let state = State { base, since: self };
        let id = state.id_hash(person);
        let term = |place: Place| if place.0 == NOWHERE.0 { 0 } else { version::ring(id, state.id_hash(place.0), place) };
        self.sum = self.sum.wrapping_sub(term(from)).wrapping_add(term(to));
        self.place_of.insert(person, to);
    }

    fn cut(&mut self, base: View<'_>, rows: &[u32]) {
        for &row in rows {
            self.sum = self.sum.wrapping_add(version::cut(State { base, since: self }.id_hash(row)));
            self.cut.insert(row);
            for (other, ..) in self.edges.remove(&row).unwrap_or_default() {
                if let Some(edges) = self.edges.get_mut(&other) {
                    edges.retain(|edge| edge.0 != row);
                }
            }
        }
    }
}

/// What there is to be asked.
impl Overlay {
    /// Number of applications that came since the segment was written.
    pub(super) fn came(&self) -> usize {
        self.came
    }

    pub(super) fn removed(&self) -> usize {
        self.removed.len()
    }

    pub(super) fn is_removed(&self, row: u32) -> bool {
        !self.removed.is_empty() && self.removed.contains(&row)
    }

    /// Whether a row's place in the segment's lists does not count.
    pub(super) fn is_void(&self, row: u32) -> bool {
        self.void.contains(&row)
    }

    pub(super) fn replaced(&self, row: u32) -> Option<&Record> {
        if self.replaced.is_empty() { None } else { self.replaced.get(&row) }
    }

    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        self.row_of.get(id).copied()
    }

    pub(super) fn holders(&self, space: Space, hash: u64) -> &[u32] {
        self.holders.get(&(space, hash)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn gone_of(&self, space: Space, hash: u64) -> Gone {
        if self.gone.is_empty() { Gone::default() } else { self.gone.get(&(space, hash)).copied().unwrap_or_default() }
    }

    pub(super) fn is_work(&self, sentence: u64) -> bool {
        self.work.contains(&sentence)
    }

    /// The group of the picture most like one, if one is like it.
    pub(super) fn group_of_like(&self, picture: u64) -> Option<u64> {
        let near = |&&(other, _): &&(u64, u64)| (other ^ picture).count_ones() <= super::super::avatar::DISTANCE;
        let best = self.pictures.iter().filter(near).min_by_key(|&&(other, _)| ((other ^ picture).count_ones(), other));
        best.map(|&(_, group)| group)
    }

    pub(super) fn name_forms(&self, name: u64) -> Option<&[u32]> {
        self.names.get(&name).map(Vec::as_slice)
    }

    pub(super) fn person(&self, row: u32) -> Option<u32> {
        if self.person_of.is_empty() { None } else { self.person_of.get(&row).copied() }
    }

    pub(super) fn machine(&self, row: u32) -> Option<u32> {
        self.machine_of.get(&row).copied()
    }

    pub(super) fn rows_of(&self, person: u32) -> Option<&[u32]> {
        self.rows_of.get(&person).map(Vec::as_slice)
    }

    pub(super) fn place(&self, person: u32) -> Option<Place> {
        self.place_of.get(&person).copied()
    }

    pub(super) fn members(&self, ring: u32) -> Option<&[u32]> {
        self.members.get(&ring).map(Vec::as_slice)
    }

    pub(super) fn edges(&self, name: u32) -> impl Iterator<Item = (u32, Millibits, u16)> {
        self.edges.get(&name).into_iter().flatten().copied()
    }

    pub(super) fn is_cut(&self, row: u32) -> bool {
        !self.cut.is_empty() && self.cut.contains(&row)
    }

    pub(super) fn score(&self, person: u32) -> Option<Millibits> {
        self.scores.get(&person).copied()
    }
}

fn name_of(record: &Record) -> u64 {
    let (given, family) = (record.cells[Column::Given as usize], record.cells[Column::Family as usize]);
    if given == 0 || family == 0 { 0 } else { both(given, family) }
}

/// All values by which an application may be listed, each once.
fn values_of(record: &Record) -> Vec<(Space, u64)> {
    let mut values: Vec<(Space, u64)> = Vec::with_capacity(64);
    let cell = |column: Column| record.cells[column as usize];
    values.extend(record.cells.iter().enumerate().map(|(column, &hash)| (Space(column as u8), hash)));
    let name = name_of(record);
    if name != 0 {
        values.push((Space::NAME, name));
        let keys = KEYS.into_iter().filter(|&column| cell(column) != 0);
        values.extend(keys.map(|column| (Space::POPULAR, popular_with_name(column, cell(column), name))));
        if cell(Column::Place) != 0 {
            values.push((Space::POPULAR, both(name, cell(Column::Place))));
        }
    }
    for list in 0..LISTS {
        let of_list = record.lists[list].iter();
        let new = of_list.filter(|value| list != PROJECT_SENTENCES || !record.lists[SENTENCES].contains(value));
        values.extend(new.map(|&value| (space_of_list(list), value)));
    }
    values.retain(|&(_, hash)| hash != 0);
    values
}
