//! The immutable part of an index: a segment of columns.
//!
//! Values stand as keyed hashes, ascending by space; a value's number is its place there, from 1. Every space has its postings, cut
//! at [`MOST_LISTED`] rows a value; the true counts of those that were cut are kept beside.

use std::path::Path;

use bonafide_formats::segment::{Kind as SegmentKind, Segment, SegmentError, SegmentWriter};

use super::{
    super::{rings::NONE, same::Millibits},
    key::{Key, Space},
    seal::{Seal, random_nonce},
};
use crate::error::Error;

/// The segment's kind. A change of its columns is another version.
pub(super) const SEGMENT: SegmentKind = SegmentKind { name: "links", version: 4 };
/// Bytes of a segment at most.
pub(super) const MOST_BYTES: u64 = 64 << 30;
/// Rows of a value that are listed.
pub(super) const MOST_LISTED: usize = 128;
/// Columns with one value a row.
pub(super) const COLUMNS: usize = 13;
/// Lists of values of a row: those of [`Many`](super::super::columns::Many), and tokens.
pub(super) const LISTS: usize = TEXT_LISTS + 1;
/// Those of texts.
pub(super) const TEXT_LISTS: usize = 7;
/// The numbers of some.
pub(super) const SENTENCES: usize = 2;
pub(super) const PROJECT_SENTENCES: usize = 3;
pub(super) const TOKENS: usize = TEXT_LISTS;
/// Bytes of a picture's hash, each of which has a table.
pub(super) const BUCKETS: usize = 8;

/// Numbers about all applications.
#[derive(Clone, Copy)]
pub(super) enum Meta {
    Mark,
    Rows,
    Persons,
    Flagged,
    RingCount,
    Age,
    Position,
    SumLow,
    SumHigh,
}

impl Meta {
    pub(super) const COUNT: usize = 9;
}

macro_rules! once {
    ($($column:ident $name:literal)*) => {
        /// Columns that stand once, in the order of a segment. Behind them stand four of each space, the cells by column, two of
        /// each list, and pictures by byte.
        #[derive(Clone, Copy)]
        pub(super) enum Once { $($column),* }

        /// Their names.
        pub(super) const ONCE: &[&str] = &[$($name),*];
        const ALL_ONCE: &[Once] = &[$(Once::$column),*];
    };
}

once! {
    Meta "meta"
    Nonce "nonce"
    Ids "ids"
    IdEnds "id_ends"
    Ages "ages"
    Stamps "stamps"
    Work "work"
    Person "person"
    Ring "ring"
    Core "core"
    Score "score"
    Machine "machine"
    Joined "joined"
    Mates "mates"
    Rings "rings"
    Edges "edges"
    EdgeWeights "edge_weights"
    EdgeKinds "edge_kinds"
    Pictures "pictures"
    PictureHashes "picture_hashes"
    PictureGroups "picture_groups"
    NameHashes "name_hashes"
    NameStarts "name_starts"
    NameForms "name_forms"
    Rates "rates"
    Ties "ties"
    Caps "caps"
    Values "values"
    SpreadSentences "spread_words"
    SpreadRoots "spread_roots"
}

/// The space of a list.
pub(super) const fn space_of_list(list: usize) -> Space {
    match list {
        0 => Space::MAILBOXES,
        1 => Space::EMPLOYERS,
        4 => Space::ACCOUNTS,
        5 => Space::WALLETS,
        6 => Space::ALIASES,
        TOKENS => Space::TOKENS,
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
    /// Mark of the key.
    pub(super) mark: u64,
    pub(super) persons: u64,
    /// Persons in rings, and rings.
    pub(super) flagged: u64,
    pub(super) ring_count: u64,
    /// Number of the next batch.
    pub(super) age: u32,
    /// The caller's mark of how far its own log was taken in.
    pub(super) position: u64,
    /// See [`super::version`].
    pub(super) sum: u128,
    pub(super) ids: Vec<u8>,
    pub(super) id_ends: Vec<u32>,
    pub(super) ages: Vec<u32>,
    pub(super) stamps: Vec<u64>,
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
    /// What speaks for a row's person's belonging to a ring.
    pub(super) scores: Vec<Millibits>,
    /// Pairs of rows that are one person's because they bear one name in one ring.
    pub(super) joined: Vec<u64>,
    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) machine: Vec<u32>,
    /// Links of persons in both directions.
    pub(super) edges: Vec<(u64, Millibits, u16)>,
    /// Picture by row, 0 for none.
    pub(super) pictures: Vec<u64>,
    /// Names' hashes, ascending, with their forms.
    pub(super) names: Vec<(u64, Vec<u32>)>,
    pub(super) rates: Vec<Millibits>,
    /// What was learned of links that come together.
    pub(super) ties: Vec<Millibits>,
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
    /// Writes a segment into its place; ids are sealed with the key.
    pub(super) fn write(&self, path: &Path, key: &Key) -> Result<(), Error> {
        self.with_writer(key, |writer| writer.write(path).map(|_| ()).map_err(unusable))
    }

    /// The segment in memory.
    pub(super) fn to_segment(&self, key: &Key) -> Result<Segment, Error> {
        let bytes = self.with_writer(key, |writer| Ok(writer.to_bytes()))?;
        Segment::of_bytes(Path::new("memory"), &bytes, SEGMENT).map_err(unusable)
    }

    fn with_writer<T>(&self, key: &Key, take: impl FnOnce(&SegmentWriter<'_>) -> Result<T, Error>) -> Result<T, Error> {
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
        let meta = self.meta();
        let nonce = random_nonce()?;
        let mut sealed = self.ids.clone();
        Seal::of(key, &nonce).apply(0, &mut sealed);
        let mut writer = SegmentWriter::new(SEGMENT);
        for (number, &name) in ONCE.iter().enumerate() {
            writer = match ALL_ONCE[number] {
                Once::Meta => writer.column(name, &meta),
                Once::Nonce => writer.column(name, &nonce),
                Once::Ids => writer.column(name, &sealed),
                Once::IdEnds => writer.column(name, &self.id_ends),
                Once::Ages => writer.column(name, &self.ages),
                Once::Stamps => writer.column(name, &self.stamps),
                Once::Work => writer.column(name, &self.work),
                Once::Person => writer.column(name, &self.person),
                Once::Ring => writer.column(name, &self.ring),
                Once::Core => writer.column(name, &self.core),
                Once::Score => writer.column(name, &self.scores),
                Once::Machine => writer.column(name, &self.machine),
                Once::Joined => writer.column(name, &self.joined),
                Once::Mates => writer.column(name, &mates),
                Once::Rings => writer.column(name, &rings),
                Once::Edges => writer.column(name, &edges),
                Once::EdgeWeights => writer.column(name, &edge_weights),
                Once::EdgeKinds => writer.column(name, &edge_kinds),
                Once::Pictures => writer.column(name, &self.pictures),
                Once::PictureHashes => writer.column(name, &picture_hashes),
                Once::PictureGroups => writer.column(name, &picture_groups),
                Once::NameHashes => writer.column(name, &name_hashes),
                Once::NameStarts => writer.column(name, &name_starts),
                Once::NameForms => writer.column(name, &name_forms),
                Once::Rates => writer.column(name, &self.rates),
                Once::Ties => writer.column(name, &self.ties),
                Once::Caps => writer.column(name, &self.caps),
                Once::Values => writer.column(name, &self.values),
                Once::SpreadSentences => writer.column(name, &self.spread_sentences),
                Once::SpreadRoots => writer.column(name, &self.spread_roots),
            };
        }
        for table in &self.tables {
            writer = writer
                .column("hashes", &table.hashes)
                .column("starts", &table.starts)
                .column("rows", &table.rows)
                .column("popular", &table.popular);
        }
        for cells in &self.cells {
            writer = writer.column("cells", cells);
        }
        for (starts, values) in self.list_starts.iter().zip(&self.list_values) {
            writer = writer.column("list_starts", starts).column("list_values", values);
        }
        for bucket in &buckets {
            writer = writer.column("pictures_by", bucket);
        }
        take(&writer)
    }

    /// Numbers about all, in the order of [`Meta`].
    fn meta(&self) -> Vec<u64> {
        let mut meta = vec![0; Meta::COUNT];
        meta[Meta::Mark as usize] = self.mark;
        meta[Meta::Rows as usize] = self.person.len() as u64;
        meta[Meta::Persons as usize] = self.persons;
        meta[Meta::Flagged as usize] = self.flagged;
        meta[Meta::RingCount as usize] = self.ring_count;
        meta[Meta::Age as usize] = u64::from(self.age);
        meta[Meta::Position as usize] = self.position;
        meta[Meta::SumLow as usize] = self.sum as u64;
        meta[Meta::SumHigh as usize] = (self.sum >> 64) as u64;
        meta
    }
}

/// Two numbers as one that sorts by the first.
pub(super) const fn ordered(one: u32, other: u32) -> u64 {
    (one as u64) << 32 | other as u64
}

/// What a segment that cannot be used is as an error of the index.
pub(super) fn unusable(source: SegmentError) -> Error {
    Error::Segment { source }
}

/// A link in both directions.
pub(super) fn both_ways(one: u32, other: u32, weight: Millibits, kinds: u16) -> [(u64, Millibits, u16); 2] {
    [(ordered(one, other), weight, kinds), (ordered(other, one), weight, kinds)]
}
