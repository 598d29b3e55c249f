//! The immutable part of an index: a segment of columns.
//!
//! Values stand as keyed hashes, ascending by space; a value's number is its place there, from 1. Every space has its postings, cut
//! at [`MOST_LISTED`] rows a value; the true counts of those that were cut are kept beside.

use std::path::Path;

use bonafide_formats::segment::{Kind as SegmentKind, Segment, SegmentError, SegmentWriter};

use super::{
    super::{columns::hash, kind::ALL, rings::NONE, same::Millibits},
    key::Space,
};
use crate::error::Error;

/// The segment's kind. A change of its columns is another version.
pub(super) const SEGMENT: SegmentKind = SegmentKind { name: "links", version: 1 };
/// Bytes of a segment at most.
pub(super) const MOST_BYTES: u64 = 64 << 30;
/// Rows of a value that are listed.
pub(super) const MOST_LISTED: usize = 128;
/// Columns with one value a row.
pub(super) const COLUMNS: usize = 13;
/// Lists of values of a row: mailboxes, employers, sentences about work, and about projects.
pub(super) const LISTS: usize = 4;
/// Bytes of a picture's hash, each of which has a table.
const BUCKETS: usize = 8;

macro_rules! names {
    ($prefix:literal: $($number:literal)*) => { [$(concat!($prefix, $number)),*] };
}

const HASHES: [&str; Space::TABLES] = names!("hashes": 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17);
const STARTS: [&str; Space::TABLES] = names!("starts": 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17);
const ROWS: [&str; Space::TABLES] = names!("rows": 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17);
const POPULAR: [&str; Space::TABLES] = names!("popular": 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17);
const CELLS: [&str; COLUMNS] = names!("cells": 0 1 2 3 4 5 6 7 8 9 10 11 12);
const LIST_STARTS: [&str; LISTS] = names!("list_starts": 0 1 2 3);
const LIST_VALUES: [&str; LISTS] = names!("list_values": 0 1 2 3);
const PICTURES: [&str; BUCKETS] = names!("pictures": 0 1 2 3 4 5 6 7);

/// The space of a list.
pub(super) const fn space_of_list(list: usize) -> Space {
    match list {
        0 => Space::MAILBOXES,
        1 => Space::EMPLOYERS,
        _ => Space::PHRASES,
    }
}

/// The values of a space and who holds them.
#[derive(Default)]
pub(super) struct Table {
    hashes: Vec<u64>,
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// Value, rows and persons, three numbers each.
    popular: Vec<u32>,
}

impl Table {
    /// From hashes and rows in any order; `person_of` a row.
    pub(super) fn of(mut held: Vec<(u64, u32)>, person_of: &[u32]) -> Self {
        use rayon::prelude::*;
        held.par_sort_unstable();
        held.dedup();
        let mut table = Self { starts: vec![0], ..Self::default() };
        for same in held.chunk_by(|one, other| one.0 == other.0) {
            table.hashes.push(same[0].0);
            table.rows.extend(same.iter().take(MOST_LISTED).map(|&(_, row)| row));
            table.starts.push(table.rows.len() as u32);
            if same.len() > MOST_LISTED {
                let mut persons: Vec<u32> = same.iter().map(|&(_, row)| person_of[row as usize]).collect();
                persons.sort_unstable();
                persons.dedup();
                table.popular.extend([table.hashes.len() as u32, same.len() as u32, persons.len() as u32]);
            }
        }
        table
    }

    /// Number of values.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a hash; 0 where nobody holds it.
    pub(super) fn number(&self, hash: u64) -> u32 {
        self.hashes.binary_search(&hash).map_or(0, |at| at as u32 + 1)
    }
}

/// All columns of a segment, before they are written.
#[derive(Default)]
pub(super) struct Columns {
    /// Mark of the key, rows, persons, persons in rings, number of the next batch.
    pub(super) meta: Vec<u64>,
    pub(super) ids: Vec<u8>,
    pub(super) id_ends: Vec<u32>,
    pub(super) ages: Vec<u32>,
    pub(super) tables: Vec<Table>,
    pub(super) cells: Vec<Vec<u32>>,
    pub(super) list_starts: Vec<Vec<u32>>,
    pub(super) list_values: Vec<Vec<u32>>,
    /// Whether a sentence is anybody's about work, by value.
    pub(super) work: Vec<u8>,
    /// The row that stands for a row's person, and for its ring or [`NONE`]; whether it belongs to the ring's core.
    pub(super) person: Vec<u32>,
    pub(super) ring: Vec<u32>,
    pub(super) core: Vec<u8>,
    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) machine: Vec<u32>,
    /// Links of persons in both directions.
    pub(super) edges: Vec<(u64, Millibits, u16)>,
    /// Picture by row, 0 for none.
    pub(super) pictures: Vec<u64>,
    /// Names' hashes, ascending, with their forms.
    pub(super) names: Vec<(u64, Vec<u32>)>,
    pub(super) rates: Vec<Millibits>,
    /// By kind: holders up to whom a value is shared and not popular, and number of values.
    pub(super) caps: Vec<u32>,
    pub(super) values: Vec<u32>,
    /// Sentences and document roots that templates have spread, ascending.
    pub(super) spread_sentences: Vec<u64>,
    pub(super) spread_roots: Vec<u64>,
    /// The tables of names and of popular values, until those of lists stand before them.
    pub(super) spaces_behind: Option<(Table, Table)>,
}

impl Columns {
    pub(super) fn write(&self, path: &Path) -> Result<(), SegmentError> {
        // Rows of persons of several, by person; persons of rings, by ring.
        let mut mates: Vec<u64> = self
            .person
            .iter()
            .enumerate()
            .filter(|&(row, &person)| person != row as u32)
            .map(|(row, &person)| ordered(person, row as u32))
            .collect();
        let mut heads: Vec<u64> = mates.iter().map(|&mate| ordered((mate >> 32) as u32, (mate >> 32) as u32)).collect();
        heads.sort_unstable();
        heads.dedup();
        mates.append(&mut heads);
        mates.sort_unstable();
        let mut rings: Vec<u64> = (0..self.person.len() as u32)
            .filter(|&row| self.person[row as usize] == row && self.ring[row as usize] != NONE)
            .map(|row| ordered(self.ring[row as usize], row))
            .collect();
        rings.sort_unstable();
        let edges: Vec<u64> = self.edges.iter().map(|&(pair, ..)| pair).collect();
        let edge_weights: Vec<Millibits> = self.edges.iter().map(|&(_, weight, _)| weight).collect();
        let edge_kinds: Vec<u16> = self.edges.iter().map(|&(.., kinds)| kinds).collect();
        let mut distinct: Vec<(u64, u32)> = self
            .pictures
            .iter()
            .zip(&self.cells[COLUMNS - 1])
            .filter(|&(&picture, _)| picture != 0)
            .map(|(&picture, &group)| (picture, group))
            .collect();
        distinct.sort_unstable();
        distinct.dedup_by_key(|&mut (picture, _)| picture);
        let picture_hashes: Vec<u64> = distinct.iter().map(|&(picture, _)| picture).collect();
        let picture_groups: Vec<u32> = distinct.iter().map(|&(_, group)| group).collect();
        let buckets: Vec<Vec<u64>> = (0..BUCKETS as u32)
            .map(|byte| {
                let mut bucket: Vec<u64> = picture_hashes.iter().map(|picture| picture.rotate_right(8 * byte + 8)).collect();
                bucket.sort_unstable();
                bucket
            })
            .collect();
        let name_hashes: Vec<u64> = self.names.iter().map(|&(hash, _)| hash).collect();
        let name_forms: Vec<u32> = self.names.iter().flat_map(|(_, forms)| forms).copied().collect();
        let mut name_starts = vec![0_u32];
        self.names.iter().for_each(|(_, forms)| name_starts.push(name_starts[name_starts.len() - 1] + forms.len() as u32));
        let mut writer = SegmentWriter::new(SEGMENT)
            .column("meta", &self.meta)
            .column("ids", &self.ids)
            .column("id_ends", &self.id_ends)
            .column("ages", &self.ages)
            .column("work", &self.work)
            .column("person", &self.person)
            .column("ring", &self.ring)
            .column("core", &self.core)
            .column("machine", &self.machine)
            .column("mates", &mates)
            .column("rings", &rings)
            .column("edges", &edges)
            .column("edge_weights", &edge_weights)
            .column("edge_kinds", &edge_kinds)
            .column("pictures", &self.pictures)
            .column("picture_hashes", &picture_hashes)
            .column("picture_groups", &picture_groups)
            .column("name_hashes", &name_hashes)
            .column("name_starts", &name_starts)
            .column("name_forms", &name_forms)
            .column("rates", &self.rates)
            .column("caps", &self.caps)
            .column("values", &self.values)
            .column("spread_words", &self.spread_sentences)
            .column("spread_roots", &self.spread_roots);
        for (number, table) in self.tables.iter().enumerate() {
            writer = writer
                .column(HASHES[number], &table.hashes)
                .column(STARTS[number], &table.starts)
                .column(ROWS[number], &table.rows)
                .column(POPULAR[number], &table.popular);
        }
        for (number, cells) in self.cells.iter().enumerate() {
            writer = writer.column(CELLS[number], cells);
        }
        for (number, (starts, values)) in self.list_starts.iter().zip(&self.list_values).enumerate() {
            writer = writer.column(LIST_STARTS[number], starts).column(LIST_VALUES[number], values);
        }
        for (number, bucket) in buckets.iter().enumerate() {
            writer = writer.column(PICTURES[number], bucket);
        }
        writer.write(path).map(|_| ())
    }
}

/// Two numbers as one that sorts by the first.
pub(super) const fn ordered(one: u32, other: u32) -> u64 {
    (one as u64) << 32 | other as u64
}

/// A space of an open segment.
#[derive(Clone, Copy, Default)]
struct TableView<'a> {
    hashes: &'a [u64],
    starts: &'a [u32],
    rows: &'a [u32],
    popular: &'a [u32],
}

/// An open segment's columns. Whatever its bytes are, no answer is out of bounds: what points nowhere is nothing.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) meta: &'a [u64],
    ids: &'a [u8],
    id_ends: &'a [u32],
    ages: &'a [u32],
    tables: [TableView<'a>; Space::TABLES],
    cells: [&'a [u32]; COLUMNS],
    list_starts: [&'a [u32]; LISTS],
    list_values: [&'a [u32]; LISTS],
    work: &'a [u8],
    person: &'a [u32],
    ring: &'a [u32],
    core: &'a [u8],
    machine: &'a [u32],
    mates: &'a [u64],
    rings: &'a [u64],
    edges: &'a [u64],
    edge_weights: &'a [Millibits],
    edge_kinds: &'a [u16],
    pictures: &'a [u64],
    picture_hashes: &'a [u64],
    picture_groups: &'a [u32],
    buckets: [&'a [u64]; BUCKETS],
    name_hashes: &'a [u64],
    name_starts: &'a [u32],
    name_forms: &'a [u32],
    pub(super) rates: &'a [Millibits],
    pub(super) caps: &'a [u32],
    pub(super) values: &'a [u32],
    pub(super) spread_sentences: &'a [u64],
    pub(super) spread_roots: &'a [u64],
}

/// Who holds a value, as far as the segment knows.
#[derive(Clone, Copy, Default)]
pub(super) struct Holders<'a> {
    /// Rows, at most [`MOST_LISTED`].
    pub(super) rows: &'a [u32],
    /// Number of all rows.
    pub(super) count: u32,
    /// Number of persons, where not all rows are listed.
    pub(super) persons: Option<u32>,
}

impl<'a> View<'a> {
    pub(super) fn of(segment: &'a Segment) -> Result<Self, SegmentError> {
        let mut tables = [TableView::default(); Space::TABLES];
        for (number, table) in tables.iter_mut().enumerate() {
            *table = TableView {
                hashes: segment.column(HASHES[number])?,
                starts: segment.column(STARTS[number])?,
                rows: segment.column(ROWS[number])?,
                popular: segment.column(POPULAR[number])?,
            };
        }
        let (mut cells, mut list_starts, mut list_values) = ([&[][..]; COLUMNS], [&[][..]; LISTS], [&[][..]; LISTS]);
        for (number, cells) in cells.iter_mut().enumerate() {
            *cells = segment.column(CELLS[number])?;
        }
        for number in 0..LISTS {
            list_starts[number] = segment.column(LIST_STARTS[number])?;
            list_values[number] = segment.column(LIST_VALUES[number])?;
        }
        let mut buckets = [&[][..]; BUCKETS];
        for (number, bucket) in buckets.iter_mut().enumerate() {
            *bucket = segment.column(PICTURES[number])?;
        }
        Ok(Self {
            meta: segment.column("meta")?,
            ids: segment.column("ids")?,
            id_ends: segment.column("id_ends")?,
            ages: segment.column("ages")?,
            tables,
            cells,
            list_starts,
            list_values,
            work: segment.column("work")?,
            person: segment.column("person")?,
            ring: segment.column("ring")?,
            core: segment.column("core")?,
            machine: segment.column("machine")?,
            mates: segment.column("mates")?,
            rings: segment.column("rings")?,
            edges: segment.column("edges")?,
            edge_weights: segment.column("edge_weights")?,
            edge_kinds: segment.column("edge_kinds")?,
            pictures: segment.column("pictures")?,
            picture_hashes: segment.column("picture_hashes")?,
            picture_groups: segment.column("picture_groups")?,
            buckets,
            name_hashes: segment.column("name_hashes")?,
            name_starts: segment.column("name_starts")?,
            name_forms: segment.column("name_forms")?,
            rates: segment.column("rates")?,
            caps: segment.column("caps")?,
            values: segment.column("values")?,
            spread_sentences: segment.column("spread_words")?,
            spread_roots: segment.column("spread_roots")?,
        })
    }

    /// Whether all columns by row have as many rows, and the others as many entries as their number says.
    pub(super) fn is_whole(&self) -> bool {
        let rows = self.rows();
        self.meta.len() == 5
            && self.meta[1] == rows as u64
            && [self.ages.len(), self.person.len(), self.ring.len(), self.core.len(), self.machine.len()] == [rows; 5]
            && self.pictures.len() == rows
            && self.cells.iter().all(|cells| cells.len() == rows)
            && self.list_starts.iter().all(|starts| starts.len() == rows + 1)
            && self.tables.iter().all(|table| table.starts.len() == table.hashes.len() + 1)
            && self.caps.len() == ALL.len()
            && self.values.len() == ALL.len()
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.id_ends.len()
    }

    /// The id of a row.
    pub(super) fn id(&self, row: u32) -> &'a str {
        let from = if row == 0 { 0 } else { self.id_ends.get(row as usize - 1).map_or(0, |&end| end as usize) };
        let to = self.id_ends.get(row as usize).map_or(from, |&end| end as usize);
        self.ids.get(from..to).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The row of an id. Rows are in the order of their ids' hashes.
    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        let wanted = (hash(id.as_bytes()), id);
        let (mut from, mut to) = (0_u32, self.rows() as u32);
        while from < to {
            let middle = from.midpoint(to);
            let found = self.id(middle);
            match (hash(found.as_bytes()), found).cmp(&wanted) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    pub(super) fn age(&self, row: u32) -> u32 {
        self.ages.get(row as usize).copied().unwrap_or_default()
    }

    /// The hash in a column of a row, 0 for none.
    pub(super) fn cell(&self, column: usize, row: u32) -> u64 {
        let value = self.cells[column].get(row as usize).copied().unwrap_or_default();
        self.hash_of(column, value)
    }

    fn hash_of(&self, table: usize, value: u32) -> u64 {
        (value as usize).checked_sub(1).and_then(|at| self.tables[table].hashes.get(at)).copied().unwrap_or_default()
    }

    /// Hashes of a list of a row.
    pub(super) fn list(&self, list: usize, row: u32) -> impl Iterator<Item = u64> + 'a {
        let starts = self.list_starts[list];
        let from = starts.get(row as usize).map_or(0, |&start| start as usize);
        let to = starts.get(row as usize + 1).map_or(from, |&start| start as usize);
        let hashes = self.tables[space_of_list(list).0 as usize].hashes;
        let values = self.list_values[list].get(from..to).unwrap_or_default();
        values.iter().filter_map(move |&value| hashes.get((value as usize).checked_sub(1)?).copied())
    }

    /// Who holds a value.
    pub(super) fn holders(&self, space: Space, hash: u64) -> Holders<'a> {
        let table = &self.tables[space.0 as usize];
        let Some(at) = find(table.hashes, hash) else { return Holders::default() };
        let (from, to) = match table.starts.get(at..at + 2) {
            Some(&[from, to]) => (from as usize, to as usize),
            _ => return Holders::default(),
        };
        let rows = table.rows.get(from..to).unwrap_or_default();
        if rows.len() < MOST_LISTED {
            return Holders { rows, count: rows.len() as u32, persons: None };
        }
        let entries = table.popular.len() / 3;
        let entry = |number: usize| &table.popular[3 * number..3 * number + 3];
        let number = partition(entries, |number| entry(number)[0] < at as u32 + 1);
        match (number < entries).then(|| entry(number)) {
            Some(&[value, count, persons]) if value == at as u32 + 1 => Holders { rows, count, persons: Some(persons) },
            _ => Holders { rows, count: rows.len() as u32, persons: None },
        }
    }

    /// Whether a sentence is anybody's about work.
    pub(super) fn is_work(&self, sentence: u64) -> bool {
        find(self.tables[Space::PHRASES.0 as usize].hashes, sentence).is_some_and(|at| self.work.get(at) == Some(&1))
    }

    /// The row that stands for a row's person.
    pub(super) fn person(&self, row: u32) -> u32 {
        self.person.get(row as usize).copied().filter(|&person| (person as usize) < self.rows()).unwrap_or(row)
    }

    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) fn machine(&self, row: u32) -> u32 {
        self.machine.get(row as usize).copied().filter(|&person| (person as usize) < self.rows()).unwrap_or(row)
    }

    /// The rows of a person.
    pub(super) fn rows_of(&self, person: u32) -> impl Iterator<Item = u32> + 'a {
        let from = self.mates.partition_point(|&mate| mate < ordered(person, 0));
        let of = move |&&mate: &&u64| (mate >> 32) as u32 == person;
        let alone = self.mates.get(from).filter(|mate| of(mate)).is_none().then_some(person);
        let rows = self.rows() as u32;
        let mates = self.mates[from..].iter().take_while(of);
        alone.into_iter().chain(mates.map(|&mate| mate as u32).filter(move |&row| row < rows))
    }

    /// The row that stands for a person's ring, and whether the person belongs to its core.
    pub(super) fn ring(&self, person: u32) -> Option<(u32, bool)> {
        let ring = self.ring.get(person as usize).copied().filter(|&ring| (ring as usize) < self.rows())?;
        Some((ring, self.core.get(person as usize) == Some(&1)))
    }

    /// The persons of a ring.
    pub(super) fn members(&self, ring: u32) -> impl Iterator<Item = u32> + 'a {
        let from = self.rings.partition_point(|&member| member < ordered(ring, 0));
        let rows = self.rows() as u32;
        let members = self.rings[from..].iter().take_while(move |&&member| (member >> 32) as u32 == ring);
        members.map(|&member| member as u32).filter(move |&person| person < rows)
    }

    /// The links of a person: the other one, the weight and the kinds.
    pub(super) fn edges(&self, person: u32) -> impl Iterator<Item = (u32, Millibits, u16)> + 'a {
        let from = self.edges.partition_point(|&edge| edge < ordered(person, 0));
        let (weights, kinds, rows) = (self.edge_weights, self.edge_kinds, self.rows() as u32);
        let of = self.edges[from..].iter().enumerate().take_while(move |&(_, &edge)| (edge >> 32) as u32 == person);
        of.filter_map(move |(at, &edge)| Some((edge as u32, *weights.get(from + at)?, *kinds.get(from + at)?)))
            .filter(move |&(other, ..)| other < rows)
    }

    /// The picture of a row, 0 for none.
    pub(super) fn picture(&self, row: u32) -> u64 {
        self.pictures.get(row as usize).copied().unwrap_or_default()
    }

    /// The group of the picture most like one, if one is like it: its hash.
    pub(super) fn group_of_like(&self, picture: u64) -> Option<u64> {
        let group = |at: usize| Some(self.hash_of(COLUMNS - 1, *self.picture_groups.get(at)?)).filter(|&hash| hash != 0);
        if let Ok(at) = self.picture_hashes.binary_search(&picture) {
            return group(at);
        }
        let mut best: Option<(u32, u64)> = None;
        for (byte, bucket) in self.buckets.iter().enumerate() {
            let turn = 8 * byte as u32 + 8;
            let turned = picture.rotate_right(turn);
            let top = turned & 0xFF00_0000_0000_0000;
            let from = bucket.partition_point(|&other| other < top);
            let same_byte = bucket[from..].iter().take_while(|&&other| other & 0xFF00_0000_0000_0000 == top);
            for &other in same_byte.take(MOST_IN_BUCKET) {
                let distance = (turned ^ other).count_ones();
                if distance <= super::super::avatar::DISTANCE {
                    let found = other.rotate_left(turn);
                    if agreeing_bytes(found, picture) >= 2 && best.is_none_or(|best| (distance, found) < best) {
                        best = Some((distance, found));
                    }
                }
            }
        }
        group(self.picture_hashes.binary_search(&best?.1).ok()?)
    }

    /// The forms of a name.
    pub(super) fn name_forms(&self, name: u64) -> &'a [u32] {
        let Some(at) = find(self.name_hashes, name) else { return &[] };
        match self.name_starts.get(at..at + 2) {
            Some(&[from, to]) => self.name_forms.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Pictures of one byte that are looked at.
const MOST_IN_BUCKET: usize = 1 << 15;

fn agreeing_bytes(one: u64, other: u64) -> usize {
    (one ^ other).to_le_bytes().iter().filter(|&&byte| byte == 0).count()
}

/// The place of a hash among ascending ones: keyed hashes are spread evenly, so the first guess is near.
fn find(hashes: &[u64], hash: u64) -> Option<usize> {
    const WINDOW: usize = 2_048;
    let guess = ((u128::from(hash) * hashes.len() as u128) >> 64) as usize;
    let (from, to) = (guess.saturating_sub(WINDOW), (guess + WINDOW).min(hashes.len()));
    let lies_within = hashes.get(from).is_some_and(|&first| first <= hash) && (to == hashes.len() || hashes[to] > hash);
    let (from, to) = if lies_within { (from, to) } else { (0, hashes.len()) };
    hashes[from..to].binary_search(&hash).ok().map(|at| from + at)
}

fn partition(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = from.midpoint(to);
        if is_before(middle) { from = middle + 1 } else { to = middle }
    }
    from
}

/// What a segment that cannot be used is as an error of the index.
pub(super) fn unusable(source: SegmentError) -> Error {
    Error::Segment { source }
}

/// A link in both directions.
pub(super) fn both_ways(one: u32, other: u32, weight: Millibits, kinds: u16) -> [(u64, Millibits, u16); 2] {
    [(ordered(one, other), weight, kinds), (ordered(other, one), weight, kinds)]
}
