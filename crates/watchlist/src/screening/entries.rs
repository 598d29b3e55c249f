//! The entries behind a screener: what every query looks at in columns, and the rest at hand or still packed in an index file.

use std::sync::{Arc, OnceLock};

use bonafide_formats::segment::Segment;

use crate::entry::{Birth, CountryRole, Entry, EntryId, EntryKind, EntryPlace, ListCode};

/// Entries, numbered from 0.
#[derive(Debug)]
pub(super) struct Entries {
    pub(super) facts: Facts,
    whole: Whole,
}

/// What is asked of an entry before anybody wants to see it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) kinds: Vec<EntryKind>,
    /// Place of each entry in the order of ids.
    pub(super) ranks: Vec<u32>,
    pub(super) births: Vec<Birth>,
    /// Where the births of each entry end.
    pub(super) birth_ends: Vec<u32>,
    /// ISO codes of countries that speak for a match.
    pub(super) countries: Vec<[u8; 2]>,
    /// Where the countries of each entry end.
    pub(super) country_ends: Vec<u32>,
}

#[derive(Debug)]
enum Whole {
    Held(Vec<Entry>),
    Filed { file: Box<Filed>, all: OnceLock<Vec<Entry>> },
}

/// Entries in an index file, each read when it is first wanted.
#[derive(Debug)]
pub(super) struct Filed {
    pub(super) segment: Arc<Segment>,
    /// Where the text of each entry ends.
    pub(super) ends: Vec<u32>,
    /// Where each stands: number of the file, and record.
    pub(super) places: Vec<[u32; 2]>,
    pub(super) files: Vec<Arc<str>>,
    pub(super) read: Box<[OnceLock<Box<Entry>>]>,
}

impl Entries {
    pub(super) fn held(entries: Vec<Entry>) -> Self {
        let mut facts = Facts::default();
        for entry in &entries {
            facts.kinds.push(entry.kind);
            facts.births.extend_from_slice(if entry.kind == EntryKind::Person { &entry.births } else { &[] });
            facts.birth_ends.push(facts.births.len() as u32);
            facts.countries.extend(speaking_countries(entry));
            facts.country_ends.push(facts.countries.len() as u32);
        }
        let mut order: Vec<u32> = (0..entries.len() as u32).collect();
        order.sort_unstable_by(|left, right| entries[*left as usize].id.cmp(&entries[*right as usize].id));
        facts.ranks = vec![0; entries.len()];
        (0_u32..).zip(order).for_each(|(rank, entry)| facts.ranks[entry as usize] = rank);
        Self { facts, whole: Whole::Held(entries) }
    }

    pub(super) fn filed(facts: Facts, filed: Filed) -> Self {
        Self { facts, whole: Whole::Filed { file: Box::new(filed), all: OnceLock::new() } }
    }

    pub(super) const fn len(&self) -> usize {
        self.facts.kinds.len()
    }

    pub(super) fn all(&self) -> &[Entry] {
        match &self.whole {
            Whole::Held(entries) => entries,
            Whole::Filed { file, all } => {
                all.get_or_init(|| (0..self.len()).map(|number| file.entry(number, self.facts.kinds[number])).collect())
            }
        }
    }

    pub(super) fn get(&self, number: u32) -> &Entry {
        let number = number as usize;
        match &self.whole {
            Whole::Held(entries) => &entries[number],
            Whole::Filed { file, .. } => file.read[number].get_or_init(|| Box::new(file.entry(number, self.facts.kinds[number]))),
        }
    }

    pub(super) fn kind(&self, number: u32) -> EntryKind {
        self.facts.kinds[number as usize]
    }

    pub(super) fn rank(&self, number: u32) -> u32 {
        self.facts.ranks[number as usize]
    }

    /// Dates of birth of a person.
    pub(super) fn births(&self, number: u32) -> &[Birth] {
        part(&self.facts.births, &self.facts.birth_ends, number)
    }

    pub(super) fn countries(&self, number: u32) -> &[[u8; 2]] {
        part(&self.facts.countries, &self.facts.country_ends, number)
    }
}

impl Filed {
    fn entry(&self, number: usize, kind: EntryKind) -> Entry {
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let text = self.segment.column::<u8>("entries").ok().and_then(|texts| texts.get(from..self.ends[number] as usize));
        let read = text.and_then(|text| serde_json::from_slice::<Entry>(text).ok());
        // The file's hash was right, so its text is what was written: the second is never seen but of a forged file.
        let mut entry =
            read.unwrap_or_else(|| Entry::new(EntryId::new(ListCode::FTM, "unreadable"), kind, EntryPlace::default()));
        let [file, record] = self.places[number];
        let file = self.files.get(file as usize).cloned().unwrap_or_default();
        entry.place = EntryPlace { file, record };
        entry
    }
}

fn part<'c, T>(values: &'c [T], ends: &[u32], number: u32) -> &'c [T] {
    let from = number.checked_sub(1).map_or(0, |before| ends[before as usize]);
    &values[from as usize..ends[number as usize] as usize]
}

/// Countries of which a query's may be one.
fn speaking_countries(entry: &Entry) -> impl Iterator<Item = [u8; 2]> {
    let told = entry.countries.iter().filter(|country| {
        matches!(country.role, CountryRole::Nationality | CountryRole::Citizenship | CountryRole::Birth | CountryRole::Address)
    });
    told.filter_map(|country| <[u8; 2]>::try_from(country.code.as_deref()?.as_bytes()).ok())
}
