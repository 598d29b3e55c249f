//! An open segment, asked.

use bonafide_formats::segment::Segment;
use bytemuck::Pod;

use super::{
    super::{
        columns::hash,
        kind::{ALL, Kind},
        same::Millibits,
    },
    base::{BUCKETS, COLUMNS, LISTS, MOST_LISTED, Meta, ONCE, Once, ordered, space_of_list},
    key::Space,
    seal::Seal,
};

/// Holders of a value that is no popular one, at most: far above what any kind allows.
const MOST_SHARED: u32 = 1_000;
/// Where the columns of the spaces begin, four each: hashes, starts, rows, popular values.
const TABLES: usize = ONCE.len();
const STARTS: usize = 1;
const ROWS: usize = 2;
const POPULAR: usize = 3;
const CELLS: usize = TABLES + 4 * Space::TABLES;
const LIST_COLUMNS: usize = CELLS + COLUMNS;
const PICTURES: usize = LIST_COLUMNS + 2 * LISTS;

/// The names of all columns, in their order.
fn names() -> impl Iterator<Item = &'static str> {
    let tables = std::iter::repeat_n(["hashes", "starts", "rows", "popular"], Space::TABLES).flatten();
    let lists = std::iter::repeat_n(["list_starts", "list_values"], LISTS).flatten();
    let cells = std::iter::repeat_n("cells", COLUMNS);
    ONCE.iter().copied().chain(tables).chain(cells).chain(lists).chain(std::iter::repeat_n("pictures_by", BUCKETS))
}

/// An open segment's columns. Whatever its bytes are, no answer is out of bounds: what points nowhere is nothing.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    segment: &'a Segment,
    seal: &'a Seal,
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
    /// The columns of a segment whose ids are sealed so.
    pub(super) const fn of(segment: &'a Segment, seal: &'a Seal) -> Self {
        Self { segment, seal }
    }

    /// What ids are sealed with besides the key.
    pub(super) fn nonce_of(segment: &Segment) -> &[u8] {
        segment.numbered(Once::Nonce as usize)
    }

    /// Whether all columns are there, those by row have as many rows, and the others as many entries as their number says.
    pub(super) fn is_whole(&self) -> bool {
        let rows = self.rows();
        let lengths = [
            self.ages().len(),
            self.stamps().len(),
            self.persons().len(),
            self.column::<u32>(Once::Ring).len(),
            self.column::<u8>(Once::Core).len(),
            self.column::<Millibits>(Once::Score).len(),
            self.column::<u32>(Once::Machine).len(),
            self.column::<u64>(Once::Pictures).len(),
        ];
        self.segment.names().eq(names())
            && self.column::<u64>(Once::Meta).len() == Meta::COUNT
            && self.meta(Meta::Rows) == rows as u64
            && lengths.iter().all(|&length| length == rows)
            && (0..COLUMNS).all(|column| self.cells(column).len() == rows)
            && (0..LISTS).all(|list| self.list_starts(list).len() == rows + 1)
            && (0..Space::TABLES).all(|table| self.table(table, STARTS).len() == self.hashes(table).len() + 1)
            && self.caps().len() == ALL.len()
            && self.values().len() == ALL.len()
    }

    fn column<T: Pod>(&self, column: Once) -> &'a [T] {
        self.segment.numbered(column as usize)
    }

    /// A number about all; 0 where there is none.
    pub(super) fn meta(&self, number: Meta) -> u64 {
        self.column(Once::Meta).get(number as usize).copied().unwrap_or_default()
    }

    fn ages(&self) -> &'a [u32] {
        self.column(Once::Ages)
    }

    fn stamps(&self) -> &'a [u64] {
        self.column(Once::Stamps)
    }

    fn persons(&self) -> &'a [u32] {
        self.column(Once::Person)
    }

    fn hashes(&self, table: usize) -> &'a [u64] {
        self.segment.numbered(TABLES + 4 * table)
    }

    fn table(&self, table: usize, part: usize) -> &'a [u32] {
        self.segment.numbered(TABLES + 4 * table + part)
    }

    fn cells(&self, column: usize) -> &'a [u32] {
        self.segment.numbered(CELLS + column)
    }

    fn list_starts(&self, list: usize) -> &'a [u32] {
        self.segment.numbered(LIST_COLUMNS + 2 * list)
    }

    fn list_values(&self, list: usize) -> &'a [u32] {
        self.segment.numbered(LIST_COLUMNS + 2 * list + 1)
    }

    pub(super) fn rates(&self) -> &'a [Millibits] {
        self.column(Once::Rates)
    }

    /// See [`Learned`](super::super::ties::Learned).
    pub(super) fn ties(&self) -> &'a [Millibits] {
        self.column(Once::Ties)
    }

    /// By kind, the holders up to whom a value is shared and not popular.
    pub(super) fn caps(&self) -> &'a [u32] {
        self.column(Once::Caps)
    }

    /// The same of one kind.
    pub(super) fn cap(&self, kind: Kind) -> u32 {
        self.caps().get(kind.number()).map_or(0, |&cap| cap.min(MOST_SHARED))
    }

    /// By kind, the number of values.
    pub(super) fn values(&self) -> &'a [u32] {
        self.column(Once::Values)
    }

    pub(super) fn spread_sentences(&self) -> &'a [u64] {
        self.column(Once::SpreadSentences)
    }

    pub(super) fn spread_roots(&self) -> &'a [u64] {
        self.column(Once::SpreadRoots)
    }

    /// Pairs of rows that are one person's because they bear one name in one ring.
    pub(super) fn joined(self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let rows = self.rows() as u32;
        let pairs = self.column::<u64>(Once::Joined).iter().map(|&pair| ((pair >> 32) as u32, pair as u32));
        pairs.filter(move |&(one, other)| one < rows && other < rows)
    }

    /// What speaks for a person's belonging to a ring.
    pub(super) fn score(&self, person: u32) -> Millibits {
        self.column(Once::Score).get(person as usize).copied().unwrap_or_default()
    }

    pub(super) fn stamp(&self, row: u32) -> u64 {
        self.stamps().get(row as usize).copied().unwrap_or_default()
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.column::<u32>(Once::IdEnds).len()
    }

    /// The id of a row, unsealed.
    pub(super) fn id(&self, row: u32) -> String {
        let ends: &[u32] = self.column(Once::IdEnds);
        let from = if row == 0 { 0 } else { ends.get(row as usize - 1).map_or(0, |&end| end as usize) };
        let to = ends.get(row as usize).map_or(from, |&end| end as usize);
        let mut id = self.column::<u8>(Once::Ids).get(from..to).unwrap_or_default().to_vec();
        self.seal.apply(from as u64, &mut id);
        String::from_utf8(id).unwrap_or_default()
    }

    /// The row of an id. Rows are in the order of their ids' hashes.
    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        let wanted = hash(id.as_bytes());
        let (mut from, mut to) = (0_u32, self.rows() as u32);
        while from < to {
            let middle = from.midpoint(to);
            let found = self.id(middle);
            match hash(found.as_bytes()).cmp(&wanted).then_with(|| found.as_str().cmp(id)) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    pub(super) fn age(&self, row: u32) -> u32 {
        self.ages().get(row as usize).copied().unwrap_or_default()
    }

    /// The hash in a column of a row, 0 for none.
    pub(super) fn cell(&self, column: usize, row: u32) -> u64 {
        let value = self.cells(column).get(row as usize).copied().unwrap_or_default();
        self.hash_of(column, value)
    }

    fn hash_of(&self, table: usize, value: u32) -> u64 {
        (value as usize).checked_sub(1).and_then(|at| self.hashes(table).get(at)).copied().unwrap_or_default()
    }

    /// Hashes of a list of a row.
    pub(super) fn list(&self, list: usize, row: u32) -> impl Iterator<Item = u64> + 'a {
        let starts = self.list_starts(list);
        let from = starts.get(row as usize).map_or(0, |&start| start as usize);
        let to = starts.get(row as usize + 1).map_or(from, |&start| start as usize);
        let hashes = self.hashes(space_of_list(list).0 as usize);
        let values = self.list_values(list).get(from..to).unwrap_or_default();
        values.iter().filter_map(move |&value| hashes.get((value as usize).checked_sub(1)?).copied())
    }

    /// Who holds a value.
    pub(super) fn holders(&self, space: Space, hash: u64) -> Holders<'a> {
        let table = space.0 as usize;
        let Some(at) = find(self.hashes(table), hash) else { return Holders::default() };
        let (from, to) = match self.table(table, STARTS).get(at..at + 2) {
            Some(&[from, to]) => (from as usize, to as usize),
            _ => return Holders::default(),
        };
        let rows = self.table(table, ROWS).get(from..to).unwrap_or_default();
        if rows.len() < MOST_LISTED {
            return Holders { rows, count: rows.len() as u32, persons: None };
        }
        let popular = self.table(table, POPULAR);
        let entries = popular.len() / 3;
        let entry = |number: usize| &popular[3 * number..3 * number + 3];
        let number = partition(entries, |number| entry(number)[0] < at as u32 + 1);
        match (number < entries).then(|| entry(number)) {
            Some(&[value, count, persons]) if value == at as u32 + 1 => Holders { rows, count, persons: Some(persons) },
            _ => Holders { rows, count: rows.len() as u32, persons: None },
        }
    }

    /// Whether a sentence is anybody's about work.
    pub(super) fn is_work(&self, sentence: u64) -> bool {
        find(self.hashes(Space::PHRASES.0 as usize), sentence).is_some_and(|at| self.column::<u8>(Once::Work).get(at) == Some(&1))
    }

    /// The row that stands for a row's person.
    pub(super) fn person(&self, row: u32) -> u32 {
        self.persons().get(row as usize).copied().filter(|&person| (person as usize) < self.rows()).unwrap_or(row)
    }

    /// The row that stands for what a row's person would be without anybody's judgement.
    pub(super) fn machine(&self, row: u32) -> u32 {
        self.column::<u32>(Once::Machine)
            .get(row as usize)
            .copied()
            .filter(|&person| (person as usize) < self.rows())
            .unwrap_or(row)
    }

    /// The rows of a person.
    pub(super) fn rows_of(&self, person: u32) -> impl Iterator<Item = u32> + 'a {
        let all: &[u64] = self.column(Once::Mates);
        let from = all.partition_point(|&mate| mate < ordered(person, 0));
        let of = move |&&mate: &&u64| (mate >> 32) as u32 == person;
        let alone = all.get(from).filter(|mate| of(mate)).is_none().then_some(person);
        let rows = self.rows() as u32;
        let mates = all[from..].iter().take_while(of);
        alone.into_iter().chain(mates.map(|&mate| mate as u32).filter(move |&row| row < rows))
    }

    /// The row that stands for a person's ring, and whether the person belongs to its core.
    pub(super) fn ring(&self, person: u32) -> Option<(u32, bool)> {
        let ring = self.column::<u32>(Once::Ring).get(person as usize).copied().filter(|&ring| (ring as usize) < self.rows())?;
        Some((ring, self.column::<u8>(Once::Core).get(person as usize) == Some(&1)))
    }

    /// The persons of a ring.
    pub(super) fn members(&self, ring: u32) -> impl Iterator<Item = u32> + 'a {
        let all: &[u64] = self.column(Once::Rings);
        let from = all.partition_point(|&member| member < ordered(ring, 0));
        let rows = self.rows() as u32;
        let members = all[from..].iter().take_while(move |&&member| (member >> 32) as u32 == ring);
        members.map(|&member| member as u32).filter(move |&person| person < rows)
    }

    /// The links of a person: the other one, the weight and the kinds.
    pub(super) fn edges(&self, person: u32) -> impl Iterator<Item = (u32, Millibits, u16)> + 'a {
        let all: &[u64] = self.column(Once::Edges);
        let from = all.partition_point(|&edge| edge < ordered(person, 0));
        let (weights, kinds): (&[Millibits], &[u16]) = (self.column(Once::EdgeWeights), self.column(Once::EdgeKinds));
        let rows = self.rows() as u32;
        let of = all[from..].iter().enumerate().take_while(move |&(_, &edge)| (edge >> 32) as u32 == person);
        of.filter_map(move |(at, &edge)| Some((edge as u32, *weights.get(from + at)?, *kinds.get(from + at)?)))
            .filter(move |&(other, ..)| other < rows)
    }

    /// The picture of a row, 0 for none.
    pub(super) fn picture(&self, row: u32) -> u64 {
        self.column::<u64>(Once::Pictures).get(row as usize).copied().unwrap_or_default()
    }

    /// The group of the picture most like one, if one is like it: its hash.
    pub(super) fn group_of_like(&self, picture: u64) -> Option<u64> {
        let (hashes, groups): (&[u64], &[u32]) = (self.column(Once::PictureHashes), self.column(Once::PictureGroups));
        let group = |at: usize| Some(self.hash_of(COLUMNS - 1, *groups.get(at)?)).filter(|&hash| hash != 0);
        if let Ok(at) = hashes.binary_search(&picture) {
            return group(at);
        }
        let mut best: Option<(u32, u64)> = None;
        for byte in 0..BUCKETS {
            let bucket: &[u64] = self.segment.numbered(PICTURES + byte);
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
        group(hashes.binary_search(&best?.1).ok()?)
    }

    /// The forms of a name.
    pub(super) fn name_forms(&self, name: u64) -> &'a [u32] {
        let Some(at) = find(self.column(Once::NameHashes), name) else { return &[] };
        match self.column::<u32>(Once::NameStarts).get(at..at + 2) {
            Some(&[from, to]) => self.column::<u32>(Once::NameForms).get(from as usize..to as usize).unwrap_or_default(),
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
