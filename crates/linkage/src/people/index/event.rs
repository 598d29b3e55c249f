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
                put_bytes(&mut bytes, record.id.as_bytes());
                put_u32(&mut bytes, record.age);
                record.cells.iter().for_each(|&cell| put_u64(&mut bytes, cell));
                for list in &record.lists {
                    put_u32(&mut bytes, list.len() as u32);
                    list.iter().for_each(|&value| put_u64(&mut bytes, value));
                }
                put_u64(&mut bytes, record.picture);
                put_u32(&mut bytes, record.names.len() as u32);
                for (name, forms) in &record.names {
                    put_u64(&mut bytes, *name);
                    put_u32(&mut bytes, forms.len() as u32);
                    forms.iter().for_each(|&form| put_u32(&mut bytes, form));
                }
                put_changes(&mut bytes, changes);
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
            b'A' => {
                let mut record = Record { id: from.text()?, age: from.u32()?, ..Record::default() };
                for cell in &mut record.cells {
                    *cell = from.u64()?;
                }
                for list in &mut record.lists {
                    let count = from.count(8)?;
                    *list = (0..count).map(|_| from.u64()).collect::<Option<_>>()?;
                }
                record.picture = from.u64()?;
                let count = from.count(12)?;
                for _ in 0..count {
                    let name = from.u64()?;
                    let forms = from.count(4)?;
                    record.names.push((name, (0..forms).map(|_| from.u32()).collect::<Option<_>>()?));
                }
                Self::Added(Box::new(record), from.changes()?)
            }
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
        let changes = Changes { persons: vec![(1, 2, 3)], rings: vec![(4, NOWHERE, (5, true))], edges: vec![(6, 7, -8, 9)] };
        let record = Record {
            id: "N1".to_owned(),
            age: 3,
            cells: std::array::from_fn(|at| at as u64),
            lists: [vec![1], vec![], vec![2, 3], vec![4]],
            picture: 77,
            names: vec![(5, vec![6, 7])],
        };
        let mark = Mark { id: "a".to_owned(), is_bad: true, by: "b".to_owned(), why: "c".to_owned(), at: "d".to_owned() };
        for event in [
            Event::Added(Box::new(record), changes.clone()),
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
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in prop::sample::select(vec![b'A', b'J', b'M', b'S', b'?'])) {
            let mut all = vec![kind];
            all.extend(bytes);
            let _ = Event::of_bytes(&all);
        }
    }
}
