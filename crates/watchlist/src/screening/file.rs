//! A screener as an index file: a segment of columns that are used nearly as they lie, so that a restart takes milliseconds.
//!
//! Entries stay packed until one is wanted. The file says by which rules its names were analysed: a program that analyses them in
//! another way refuses it.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use bonafide_formats::segment::{Kind, Segment, SegmentError, SegmentWriter};
use bonafide_model::{
    Canonical as _, ContentHash,
    time::{PartialDate, YearMonth},
};
use jiff::civil::Date;

use super::{
    Screener,
    entries::{Entries, Facts, Filed},
    ordinary::References,
};
use crate::{
    Error,
    entry::{Birth, EntryKind},
    index::{Column, Exact, ExactColumns, Postings, PostingsColumns},
    names::{AnalysedName, NameKind, NameStore, NameStoreBuilder, compare},
};

/// The layout of the columns below. Whoever changes them counts up.
const KIND: Kind = Kind { name: "screener", version: 3 };
/// An index of all lists of the world together has some hundred megabytes.
const LARGEST: u64 = 4 << 30;

/// Kinds of entries by their numbers in the file.
const KINDS: [EntryKind; 5] =
    [EntryKind::Person, EntryKind::Organisation, EntryKind::Vessel, EntryKind::Aircraft, EntryKind::Other];

impl Screener {
    /// Writes the screener to a file, whole or not at all. `made_of` is for the caller: what the lists were, so that
    /// [`Screener::made_of`] tells later whether the file is still theirs.
    ///
    /// # Errors
    /// [`Error::Index`] where the file cannot be written; what stood at the place before is untouched then.
    pub fn write(&self, path: &Path, made_of: &str) -> Result<(), Error> {
        let facts = &self.entries.facts;
        let kinds: Vec<u8> =
            facts.kinds.iter().map(|kind| KINDS.iter().position(|known| known == kind).unwrap_or_default() as u8).collect();
        let births: Vec<u32> = facts
            .births
            .iter()
            .flat_map(|birth| [packed_date(birth.from), packed_date(birth.to), u32::from(birth.circa)])
            .collect();
        let (mut texts, mut ends, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let mut files: Vec<Arc<str>> = Vec::new();
        for entry in self.entries() {
            texts.extend_from_slice(&entry.canonical_bytes());
            ends.push(u32::try_from(texts.len()).map_err(|_| Error::IndexTooLarge { path: path.display().to_string() })?);
            let file = files.iter().position(|file| *file == entry.place.file).unwrap_or_else(|| {
                files.push(Arc::clone(&entry.place.file));
                files.len() - 1
            });
            places.extend([file as u32, entry.place.record]);
        }
        let files = files.iter().map(|file| file.replace('\n', " ")).collect::<Vec<_>>().join("\n");
        let filed: Vec<u32> = self.filed.iter().flat_map(|(entry, name)| [*entry, *name]).collect();
        let names = self.names.columns();
        SegmentWriter::new(KIND)
            .column("made of", made_of.as_bytes())
            .column("rules", rules().as_bytes())
            .column("kinds", &kinds)
            .column("ranks", &facts.ranks)
            .column("births", &births)
            .column("birth ends", &facts.birth_ends)
            .column("countries", facts.countries.as_flattened())
            .column("country ends", &facts.country_ends)
            .column("entries", &texts)
            .column("entry ends", &ends)
            .column("places", &places)
            .column("files", files.as_bytes())
            .column("filed", &filed)
            .column("words", &names.words)
            .column("order", &names.order)
            .column("rows", &names.rows)
            .column("korean", &names.korean)
            .column("korean ends", &names.korean_ends)
            .column("key buckets", &self.postings.buckets[..])
            .column("keys", &self.postings.keys[..])
            .column("key starts", &self.postings.starts[..])
            .column("key names", &self.postings.names[..])
            .column("name weights", &self.postings.weights[..])
            .column("value buckets", &self.exact.buckets)
            .column("value keys", &self.exact.keys)
            .column("value entries", &self.exact.entries)
            .column("value ends", &self.exact.ends)
            .column("values", self.exact.values.as_bytes())
            .column("ordinary", &self.reference_column())
            .write(path)
            .map(drop)
            .map_err(|source| Error::Index { source })
    }

    /// Opens a file that [`Screener::write`] made. All of it is checked; entries are read when they are first wanted.
    ///
    /// # Errors
    /// [`Error::Index`] where the file is missing, no index, damaged, cut, or of another layout; [`Error::IndexRules`] where its
    /// names were analysed by other rules. Building it again helps in every case.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let segment = Segment::open(path, KIND, LARGEST).map_err(|source| Error::Index { source })?;
        segment.verify().map_err(|source| Error::Index { source })?;
        if segment.column::<u8>("rules").map_err(|source| Error::Index { source })? != rules().as_bytes() {
            return Err(Error::IndexRules { path: path.display().to_string() });
        }
        Self::of_segment(segment).map_err(|why| match why {
            Why::Segment(source) => Error::Index { source },
            Why::Holds(why) => Error::Index { source: SegmentError::Damaged { path: path.to_owned(), why: why.to_owned() } },
        })
    }

    /// What [`Screener::write`] was told the lists were; empty for a screener that was not opened from a file.
    #[must_use]
    pub fn made_of(&self) -> &str {
        &self.made_of
    }

    fn of_segment(segment: Segment) -> Result<Self, Why> {
        // The largest columns are used where they lie.
        let segment = Arc::new(segment);
        let kinds = segment.column::<u8>("kinds")?;
        let entries = kinds.len();
        let facts = Facts {
            kinds: kinds
                .iter()
                .map(|kind| KINDS.get(usize::from(*kind)).copied())
                .collect::<Option<_>>()
                .ok_or("an entry has a kind that there is not")?,
            ranks: segment.column("ranks")?.to_vec(),
            births: births(segment.column("births")?).ok_or("a date of birth cannot be read")?,
            birth_ends: segment.column("birth ends")?.to_vec(),
            countries: segment.column::<u8>("countries")?.as_chunks::<2>().0.to_vec(),
            country_ends: segment.column("country ends")?.to_vec(),
        };
        let ends: Vec<u32> = segment.column("entry ends")?.to_vec();
        let places = segment.column::<u32>("places")?.as_chunks::<2>().0.to_vec();
        let hold = |ends: &[u32], values: usize| {
            ends.len() == entries && ends.is_sorted() && ends.last().map_or(0, |last| *last as usize) == values
        };
        if facts.ranks.len() != entries
            || !hold(&facts.birth_ends, facts.births.len())
            || !hold(&facts.country_ends, facts.countries.len())
            || !hold(&ends, segment.column::<u8>("entries")?.len())
            || places.len() != entries
        {
            return Err(Why::Holds("its entries and what is known of them do not fit together"));
        }
        let files = segment.text("files")?.split('\n').map(Arc::from).collect();
        let names = NameStore::of_columns(
            segment.column("words")?,
            segment.column("order")?,
            segment.column("rows")?,
            segment.column("korean")?,
            segment.column("korean ends")?,
        )?;
        let filed: Vec<(u32, u32)> =
            segment.column::<u32>("filed")?.as_chunks::<2>().0.iter().map(|[entry, name]| (*entry, *name)).collect();
        if filed.len() != names.len() || filed.iter().any(|(entry, _)| *entry as usize >= entries) {
            return Err(Why::Holds("a name of it belongs to no entry"));
        }
        let postings = PostingsColumns {
            buckets: Column::filed(&segment, "key buckets")?,
            keys: Column::filed(&segment, "keys")?,
            starts: Column::filed(&segment, "key starts")?,
            names: Column::filed(&segment, "key names")?,
            weights: Column::filed(&segment, "name weights")?,
        };
        Postings::new(&postings.buckets, &postings.keys, &postings.starts, &postings.names, &postings.weights)?;
        if postings.weights.len() != names.len() {
            return Err(Why::Holds("its keys and its names do not fit together"));
        }
        let exact = ExactColumns {
            buckets: segment.column("value buckets")?.to_vec(),
            keys: segment.column("value keys")?.to_vec(),
            entries: segment.column("value entries")?.to_vec(),
            ends: segment.column("value ends")?.to_vec(),
            values: segment.text("values")?.to_owned(),
        };
        Exact::new(&exact.buckets, &exact.keys, &exact.entries, &exact.ends, &exact.values)?;
        if exact.entries.iter().any(|entry| *entry as usize >= entries) {
            return Err(Why::Holds("a value of it belongs to no entry"));
        }
        let references =
            References::of_column(segment.column("ordinary")?).ok_or("the scores of ordinary names are not in order")?;
        let made_of = segment.text("made of")?.to_owned();
        let read = (0..entries).map(|_| OnceLock::new()).collect();
        let entries = Entries::filed(facts, Filed { segment, ends, places, files, read });
        Ok(Self { entries, filed, names, postings, exact, made_of, references })
    }
}

/// What does not hold of a file.
enum Why {
    Segment(SegmentError),
    Holds(&'static str),
}

impl From<SegmentError> for Why {
    fn from(source: SegmentError) -> Self {
        Self::Segment(source)
    }
}

impl From<&'static str> for Why {
    fn from(why: &'static str) -> Self {
        Self::Holds(why)
    }
}

/// A fingerprint of how names are analysed and compared: that of invented names in many scripts and shapes.
fn rules() -> ContentHash {
    const SAMPLES: &[&str] = &[
        "MARLOWE, Rosalind Agatha",
        "Prof. Dr. Timur al-Fairweather bin Quill | Senior Developer",
        "Щербаков Тимур Олегович",
        "محمد خورشيد",
        "이영철",
        "RI, Yong Chol",
        "Hsiung Wong",
        "王小明",
        "WANG, Hsiao-ming",
        "曾 Chi-keung",
        "たなか さくら",
        "J. R. St3ven O'Quarrey-Smyth",
        "Abdul Karim bin Marlowe",
        "Kim Lee Ivanov Garcia Nguyen Yilmaz",
        "First Intl Quillfeather Trading Co., Ltd. No. 7 (OOO)",
        "NPO Quillfeather Nauchnogo Zavoda",
        "General Andrej Anatoljevitj Htun-Quarrey",
        "سيف الله أبوغيث احمدرضا",
        "شركة كويلفذر للتجارة والاستثمار",
        "华新贸易有限公司",
        "Q.T.C. Idarat Kuillfezer London, S.A. (QTC)",
    ];
    let mut store = NameStoreBuilder::default();
    for sample in SAMPLES {
        for kind in [NameKind::Person, NameKind::Organisation] {
            store.add(&AnalysedName::of(sample, kind));
        }
    }
    let columns = store.build().columns();
    let mut bytes = columns.words;
    for column in [&columns.order, &columns.rows, &columns.korean, &columns.korean_ends] {
        bytes.extend(column.iter().flat_map(|number| number.to_le_bytes()));
    }
    let names: Vec<AnalysedName> = SAMPLES.iter().map(|sample| AnalysedName::of(sample, NameKind::Person)).collect();
    let mut keys = Vec::new();
    let firms = SAMPLES.iter().map(|sample| AnalysedName::of(sample, NameKind::Organisation));
    names.iter().cloned().chain(firms).for_each(|name| super::filing::keys(&name, &mut keys));
    bytes.extend(keys.iter().flat_map(|key| key.bits().to_le_bytes()));
    for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
        // Logarithms differ in their last bits between machines.
        bytes.extend(((compare(one, other).score * 10_000.0).round() as u16).to_le_bytes());
    }
    ContentHash::of_bytes(&bytes)
}

/// Year, month and day in decimal places; 0 where a date does not say.
fn packed_date(date: PartialDate) -> u32 {
    let parts = |year: i16, month: i8, day: i8| u32::from(year.unsigned_abs()) * 10_000 + month as u32 * 100 + day as u32;
    match date {
        PartialDate::Year(year) => parts(year, 0, 0),
        PartialDate::Month(month) => parts(month.year(), month.month(), 0),
        PartialDate::Day(day) => parts(day.year(), day.month(), day.day()),
    }
}

fn date(packed: u32) -> Option<PartialDate> {
    let (year, month, day) = (i16::try_from(packed / 10_000).ok()?, (packed / 100 % 100) as i8, (packed % 100) as i8);
    match (month, day) {
        (0, 0) => Some(PartialDate::Year(year)),
        (month, 0) => YearMonth::new(year, month).map(PartialDate::Month),
        (month, day) => Date::new(year, month, day).ok().map(PartialDate::Day),
    }
}

fn births(packed: &[u32]) -> Option<Vec<Birth>> {
    let (births, []) = packed.as_chunks::<3>() else { return None };
    births.iter().map(|[from, to, circa]| Some(Birth { from: date(*from)?, to: date(*to)?, circa: *circa == 1 })).collect()
}

#[cfg(test)]
mod tests {
    use bonafide_model::time::PartialDate;

    use super::*;
    use crate::{
        entry::{CountryRole, Entry, EntryId, EntryPlace, ListCode, ListedName, NameQuality},
        identifier::{Document, DocumentKind, Identifier, IdentifierKind},
        screening::{Search, Wanted},
    };

    fn screener() -> Screener {
        let mut entries = Vec::new();
        let names = [
            "MARLOWE, Rosalind Agatha",
            "RI, Yong Chol",
            "ЩЕРБАКОВ, Тимур",
            "خورشيد, محمد",
            "QUARREY, Tobin",
            "MARLOWE, Rosalind",
        ];
        for (number, name) in (1_u32..).zip(names) {
            let place = EntryPlace { file: "sample.csv".into(), record: number };
            let mut entry = Entry::new(EntryId::new(ListCode::OFAC, &number.to_string()), EntryKind::Person, place);
            entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
            let born = ["1971", "1971-03", "1971-03-09"][number as usize % 3];
            entry.births.push(Birth::on(born.parse().unwrap()));
            entry.add_country(CountryRole::Nationality, "France");
            entry.add_identifier(Identifier::new(IdentifierKind::Email, &format!("person{number}@sample.example")));
            entry.documents.extend(Document::new(DocumentKind::Passport, &format!("XK 12-345.{number}"), "France", ""));
            entries.push(entry);
        }
        let mut firm = Entry::new(EntryId::new(ListCode::OFAC, "90"), EntryKind::Organisation, EntryPlace::default());
        firm.add_name(ListedName::whole("Quillfeather Trading GmbH", NameQuality::Primary));
        entries.push(firm);
        Screener::new(entries)
    }

    fn queries() -> Vec<Wanted> {
        let named = |name: &str| Wanted { names: vec![name.to_owned()], ..Wanted::default() };
        let mut queries: Vec<Wanted> =
            ["Rosalind Marlow", "이영철", "Youngchul Lee", "Timour Chtcherbakoff", "Mohamed Khorchid", "Tobin", ""]
                .map(named)
                .into();
        queries.push(Wanted { kind: Some(EntryKind::Organisation), ..named("Quillfeather") });
        let births: Vec<PartialDate> = vec!["1971-03-09".parse().unwrap()];
        queries.push(Wanted { births, countries: vec!["FR".to_owned()], ..named("Rosalind Marlowe") });
        queries.push(Wanted { papers: vec!["xk123455".to_owned()], ..Wanted::default() });
        queries.push(Wanted { identifiers: vec![(IdentifierKind::Email, "PERSON2@sample.example".to_owned())], ..named("Ri") });
        queries
    }

    fn answers(screener: &Screener) -> String {
        let mut search = Search::default();
        let answers: Vec<String> =
            queries().iter().map(|wanted| format!("{:#?}", screener.screen(&mut search, wanted, 10, 0.0))).collect();
        answers.join("\n")
    }

    #[test]
    fn a_file_answers_as_memory_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.index");
        let built = screener();
        built.write(&path, "sample of today").unwrap();
        let opened = Screener::open(&path).unwrap();
        assert_eq!(opened.made_of(), "sample of today");
        let expected = answers(&built);
        assert!(expected.contains("sample.csv") && expected.contains("MARLOWE"), "{expected}");
        assert_eq!(answers(&opened), expected);
        assert_eq!(opened.entries(), built.entries());
        // What was opened can be written again.
        let again = folder.path().join("b.index");
        opened.write(&again, "sample of today").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&again).unwrap());
    }

    #[test]
    fn an_empty_screener_survives_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.index");
        Screener::new(Vec::new()).write(&path, "").unwrap();
        let opened = Screener::open(&path).unwrap();
        assert_eq!((opened.names(), opened.entries().len()), (0, 0));
        assert!(opened.screen(&mut Search::default(), &queries()[0], 5, 0.0).is_empty());
    }

    #[test]
    fn what_is_no_index_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.index");
        screener().write(&path, "").unwrap();
        let whole = std::fs::read(&path).unwrap();
        let said = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Screener::open(&path).unwrap_err().to_string()
        };
        for cut in [0, 7, 50, 200, whole.len() / 2, whole.len() - 1] {
            let said = said(&whole[..cut]);
            assert!(said.contains("a.index"), "{cut}: {said}");
        }
        for at in (0..whole.len()).step_by(whole.len() / 97) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            assert!(said(&bytes).contains("a.index"), "byte {at}");
        }
        assert!(said(b"<html>not found</html>").contains("is not"), "a page");
        let missing = Screener::open(&folder.path().join("missing.index")).unwrap_err();
        assert!(missing.to_string().contains("missing.index"), "{missing}");
    }

    #[test]
    fn dates_survive_packing() {
        for text in ["0001", "1971", "9999", "1971-03", "1971-12", "1971-03-09", "2000-02-29"] {
            let before: PartialDate = text.parse().unwrap();
            assert_eq!(date(packed_date(before)), Some(before));
        }
        assert_eq!((date(19_711_301), date(19_710_230)), (None, None));
    }
}
