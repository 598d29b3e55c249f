//! What happened to an index since its segment was written, as bytes.

use serde::{Deserialize, Serialize};

use super::{
    super::{rings::NONE, same::Millibits},
    base::{COLUMNS, LISTS},
};

/// An application as keyed hashes; 0 is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) age: u32,
    /// The caller's, by which it knows whether what is known of the application changed.
    pub(super) stamp: u64,
    pub(super) cells: [u64; COLUMNS],
    pub(super) lists: [Vec<u64>; LISTS],
    pub(super) picture: u64,
    /// Names with their forms.
    pub(super) names: Vec<(u64, Vec<u32>)>,
}

/// The ring of a person: the row that stands for it or [`NONE`], and whether the person belongs to the core.
pub(super) type Place = (u32, bool);

/// Nobody's ring.
pub(super) const NOWHERE: Place = (NONE, false);

/// What an event did to persons and rings, so that it can be undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Row, the person it was of, the person it is of; persons are named by the row that stands for them.
    pub(super) persons: Vec<(u32, u32, u32)>,
    /// Person, where it was, where it is.
    pub(super) rings: Vec<(u32, Place, Place)>,
    /// New links: two persons, weight, kinds.
    pub(super) edges: Vec<(u32, u32, Millibits, u16)>,
    /// Rows under whose names no earlier link stands any longer.
    pub(super) cut: Vec<u32>,
    /// Person, what speaks for its belonging to a ring.
    pub(super) scores: Vec<(u32, Millibits)>,
    /// Pairs of rows that are one person's because they bear one name in one ring.
    pub(super) joined: Vec<(u32, u32)>,
    /// Row, the row that stands for what its person would be without anybody's judgement, where that does not follow.
    pub(super) machine: Vec<(u32, u32)>,
}

impl Changes {
    /// Takes over what a later step did to rings, links and scores.
    pub(super) fn append_rings(&mut self, mut later: Self) {
        self.rings.append(&mut later.rings);
        self.edges.append(&mut later.edges);
        self.scores.append(&mut later.scores);
    }
}

/// What a person judged about two applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They are one person's.
    Same,
    /// They are of two people.
    NotSame,
    /// Nothing: an earlier judgement is withdrawn.
    Unsure,
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// One application.
    pub one: String,
    /// The other.
    pub other: String,
    /// What was judged.
    pub verdict: Verdict,
    /// Who judged.
    pub by: String,
    /// Why.
    pub why: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
}

/// A decision on whether an application is known bad. Only people's decisions and intel make anybody so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The application.
    pub id: String,
    /// Whether it is known bad from now on, or no longer.
    pub is_bad: bool,
    /// Who said so: a person, or the intel's source.
    pub by: String,
    /// Why.
    pub why: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Added(Box<Record>, Changes),
    /// An application under the row of one that has left.
    Returned(u32, Box<Record>, Changes),
    /// An application has left.
    Left(u32, Changes),
    /// What linking found besides.
    Changed(Changes),
    /// How far the caller's own log was taken in.
    Position(u64),
    Judged(Judgement, Changes),
    Marked(Mark),
    /// A judgement whose effects are in the segment already.
    Settled(Judgement),
}

impl Event {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let text = |value: serde_json::Result<String>| value.unwrap_or_default();
        match self {
            Self::Added(record, changes) => {
                bytes.push(b'A');
                put_record(&mut bytes, record);
                put_changes(&mut bytes, changes);
            }
            Self::Returned(row, record, changes) => {
                bytes.push(b'R');
                put_u32(&mut bytes, *row);
                put_record(&mut bytes, record);
                put_changes(&mut bytes, changes);
            }
            Self::Left(row, changes) => {
                bytes.push(b'L');
                put_u32(&mut bytes, *row);
                put_changes(&mut bytes, changes);
            }
            Self::Changed(changes) => {
                bytes.push(b'C');
                put_changes(&mut bytes, changes);
            }
            Self::Position(position) => {
                bytes.push(b'P');
                put_u64(&mut bytes, *position);
            }
            Self::Judged(judgement, changes) => {
                bytes.push(b'J');
                put_bytes(&mut bytes, text(serde_json::to_string(judgement)).as_bytes());
                put_changes(&mut bytes, changes);
            }
            Self::Marked(mark) => {
                bytes.push(b'M');
                put_bytes(&mut bytes, text(serde_json::to_string(mark)).as_bytes());
            }
            Self::Settled(judgement) => {
                bytes.push(b'S');
                put_bytes(&mut bytes, text(serde_json::to_string(judgement)).as_bytes());
            }
        }
        bytes
    }

    /// `None` where the bytes are no event.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Bytes(bytes);
        let event = match from.u8()? {
            b'A' => Self::Added(Box::new(from.record()?), from.changes()?),
            b'R' => Self::Returned(from.u32()?, Box::new(from.record()?), from.changes()?),
            b'L' => Self::Left(from.u32()?, from.changes()?),
            b'C' => Self::Changed(from.changes()?),
            b'P' => Self::Position(from.u64()?),
            b'J' => {
                let judgement = serde_json::from_str(&from.text()?).ok()?;
                Self::Judged(judgement, from.changes()?)
            }
            b'M' => Self::Marked(serde_json::from_str(&from.text()?).ok()?),
            b'S' => Self::Settled(serde_json::from_str(&from.text()?).ok()?),
            _ => return None,
        };
        from.0.is_empty().then_some(event)
    }
}

fn put_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put_u64(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put_bytes(bytes: &mut Vec<u8>, text: &[u8]) {
    put_u32(bytes, text.len() as u32);
    bytes.extend_from_slice(text);
}

fn put_record(bytes: &mut Vec<u8>, record: &Record) {
    put_bytes(bytes, record.id.as_bytes());
    put_u32(bytes, record.age);
    put_u64(bytes, record.stamp);
    record.cells.iter().for_each(|&cell| put_u64(bytes, cell));
    for list in &record.lists {
        put_u32(bytes, list.len() as u32);
        list.iter().for_each(|&value| put_u64(bytes, value));
    }
    put_u64(bytes, record.picture);
    put_u32(bytes, record.names.len() as u32);
    for (name, forms) in &record.names {
        put_u64(bytes, *name);
        put_u32(bytes, forms.len() as u32);
        forms.iter().for_each(|&form| put_u32(bytes, form));
    }
}

fn put_changes(bytes: &mut Vec<u8>, changes: &Changes) {
    put_u32(bytes, changes.persons.len() as u32);
    for &(row, from, to) in &changes.persons {
        [row, from, to].into_iter().for_each(|number| put_u32(bytes, number));
    }
    put_u32(bytes, changes.rings.len() as u32);
    for &(person, from, to) in &changes.rings {
        put_u32(bytes, person);
        for (ring, core) in [from, to] {
            put_u32(bytes, ring);
            bytes.push(u8::from(core));
        }
    }
    put_u32(bytes, changes.edges.len() as u32);
    for &(one, other, weight, kinds) in &changes.edges {
        put_u32(bytes, one);
        put_u32(bytes, other);
        put_u32(bytes, weight.cast_unsigned());
        put_u32(bytes, u32::from(kinds));
    }
    put_u32(bytes, changes.cut.len() as u32);
    changes.cut.iter().for_each(|&row| put_u32(bytes, row));
    put_u32(bytes, changes.scores.len() as u32);
    for &(person, score) in &changes.scores {
        put_u32(bytes, person);
        put_u32(bytes, score.cast_unsigned());
    }
    for pairs in [&changes.joined, &changes.machine] {
        put_u32(bytes, pairs.len() as u32);
        pairs.iter().flat_map(|&(one, other)| [one, other]).for_each(|row| put_u32(bytes, row));
    }
}

/// Bytes that are being read.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (first, rest) = self.0.split_first_chunk::<COUNT>()?;
        self.0 = rest;
        Some(*first)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    /// A number of things that have so many bytes each at least, no more than there can be.
    fn count(&mut self, bytes: usize) -> Option<usize> {
        self.u32().map(|count| count as usize).filter(|&count| count <= self.0.len() / bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count(1)?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn place(&mut self) -> Option<Place> {
        Some((self.u32()?, self.u8()? == 1))
    }

    fn record(&mut self) -> Option<Record> {
        let mut record = Record { id: self.text()?, age: self.u32()?, stamp: self.u64()?, ..Record::default() };
        for cell in &mut record.cells {
            *cell = self.u64()?;
        }
        for list in &mut record.lists {
            let count = self.count(8)?;
            *list = (0..count).map(|_| self.u64()).collect::<Option<_>>()?;
        }
        record.picture = self.u64()?;
        let count = self.count(12)?;
        for _ in 0..count {
            let name = self.u64()?;
            let forms = self.count(4)?;
            record.names.push((name, (0..forms).map(|_| self.u32()).collect::<Option<_>>()?));
        }
        Some(record)
    }

    fn changes(&mut self) -> Option<Changes> {
        let mut changes = Changes::default();
        for _ in 0..self.count(12)? {
            changes.persons.push((self.u32()?, self.u32()?, self.u32()?));
        }
        for _ in 0..self.count(14)? {
            changes.rings.push((self.u32()?, self.place()?, self.place()?));
        }
        for _ in 0..self.count(16)? {
            let (one, other, weight, kinds) = (self.u32()?, self.u32()?, self.u32()?, self.u32()?);
            changes.edges.push((one, other, weight.cast_signed(), u16::try_from(kinds).ok()?));
        }
        for _ in 0..self.count(4)? {
            changes.cut.push(self.u32()?);
        }
        for _ in 0..self.count(8)? {
            changes.scores.push((self.u32()?, self.u32()?.cast_signed()));
        }
        for _ in 0..self.count(8)? {
            changes.joined.push((self.u32()?, self.u32()?));
        }
        for _ in 0..self.count(8)? {
            changes.machine.push((self.u32()?, self.u32()?));
        }
        Some(changes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judgement() -> Judgement {
        Judgement {
            one: "a".to_owned(),
            other: "b".to_owned(),
            verdict: Verdict::NotSame,
            by: "someone".to_owned(),
            why: "two passports".to_owned(),
            at: "2026-01-02T03:04:05Z".to_owned(),
        }
    }

    #[test]
    fn events_are_read_as_they_were_written() {
        let changes = Changes {
            persons: vec![(1, 2, 3)],
            rings: vec![(4, NOWHERE, (5, true))],
            edges: vec![(6, 7, -8, 9)],
            cut: vec![10],
            scores: vec![(11, -12)],
            joined: vec![(13, 14)],
            machine: vec![(15, 16)],
        };
        let record = Record {
            id: "N1".to_owned(),
            age: 3,
            stamp: 99,
            cells: std::array::from_fn(|at| at as u64),
            lists: [vec![1], vec![], vec![2, 3], vec![4], vec![5], vec![], vec![6, 7], vec![8]],
            picture: 77,
            names: vec![(5, vec![6, 7])],
        };
        let mark = Mark { id: "a".to_owned(), is_bad: true, by: "b".to_owned(), why: "c".to_owned(), at: "d".to_owned() };
        for event in [
            Event::Added(Box::new(record.clone()), changes.clone()),
            Event::Returned(7, Box::new(record), changes.clone()),
            Event::Left(7, changes.clone()),
            Event::Changed(changes.clone()),
            Event::Position(8),
            Event::Judged(judgement(), changes),
            Event::Marked(mark),
            Event::Settled(judgement()),
        ] {
            let bytes = event.to_bytes();
            assert_eq!(Event::of_bytes(&bytes), Some(event));
            for length in 0..bytes.len() {
                assert_eq!(Event::of_bytes(&bytes[..length]), None);
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in prop::sample::select(vec![b'A', b'R', b'L', b'C', b'P', b'J', b'M', b'S', b'?'])) {
            let mut all = vec![kind];
            all.extend(bytes);
            let _ = Event::of_bytes(&all);
        }
    }
}
