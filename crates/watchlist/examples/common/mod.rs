//! What several examples need: lists of the shared data, and names that the list does not hold.

#[allow(dead_code, reason = "not every example needs firms")]
pub(crate) mod firms;
#[allow(dead_code, reason = "not every example garbles names")]
pub(crate) mod garbled;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use bonafide_model::time::YearMonth;
use bonafide_normalise::script::{WritingSystem, romanise};
use bonafide_watchlist::{
    entry::{Entry, EntryKind, NameQuality},
    source::{ListFile, read_files},
};

/// A name and the ids it may be answered with.
pub(crate) struct Asked {
    #[allow(dead_code, reason = "not every example reports by group")]
    pub(crate) group: String,
    pub(crate) kind: EntryKind,
    pub(crate) name: String,
    pub(crate) expected: BTreeSet<String>,
}

/// In which half of the entries the one lies that is asked for: what is set on one half is measured on the other.
#[allow(dead_code, reason = "not every example tells halves")]
pub(crate) fn half(one: &Asked) -> usize {
    let expected = one.expected.iter().next().map_or("", String::as_str);
    (expected.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 65_521) % 2) as usize
}

/// The whole list of OFAC.
pub(crate) fn ofac(folder: &Path) -> Vec<Entry> {
    entries(folder, &["ofac/sdn.csv.gz", "ofac/alt.csv.gz", "ofac/add.csv.gz", "ofac/sdn_comments.csv.gz"])
}

/// The lists of other authorities.
pub(crate) fn others(folder: &Path) -> Vec<(&'static str, Vec<Entry>)> {
    [
        ("un", "un/un_consolidated_2026-08-01.xml.gz"),
        ("uk", "uk/uk_sanctions_list_2025-08-11.ods"),
        ("au", "au/dfat_2026-08-02.xlsx"),
    ]
    .into_iter()
    .map(|(list, file)| (list, entries(folder, &[file])))
    .collect()
}

/// The names under which other lists know parties of this one, where this one spells them in another way; each once.
///
/// Parties are joined without the matcher: people by the number of a paper or by the day of birth, together with a word that both
/// lists spell alike; then people and organisations by a whole name that both spell alike, unless the years of birth contradict.
pub(crate) fn other_spellings(lists: &[(&str, Vec<Entry>)], ofac: &[Entry]) -> Vec<Asked> {
    let joins = Joins::of(ofac);
    let (mut asked, mut seen) = (Vec::new(), BTreeSet::new());
    for (list, others) in lists {
        for other in others.iter().filter(|entry| matches!(entry.kind, EntryKind::Person | EntryKind::Organisation)) {
            let (same, how) = joins.same(other, ofac);
            if same.is_empty() {
                continue;
            }
            let known: BTreeSet<Vec<String>> =
                same.iter().flat_map(|number| ofac[*number].names.iter().map(|name| sorted_words(&name.text))).collect();
            for name in other.names.iter().filter(|name| name.quality != NameQuality::Weak) {
                let spelled = sorted_words(&name.text);
                let system = WritingSystem::of_word(&name.text);
                let whole = name.text.split_whitespace().count() > 1
                    || matches!(system, Some(WritingSystem::Han | WritingSystem::Hangul));
                if !whole || known.contains(&spelled) || !seen.insert((spelled.clone(), same.clone())) {
                    continue;
                }
                // Another entry that bears the very name is no wrong answer.
                let bearers =
                    joins.by_name.get(&spelled).into_iter().flatten().filter(|number| ofac[**number].kind == other.kind);
                asked.push(Asked {
                    group: format!("{list} {:?} {how} {:?}", other.kind, system.unwrap_or(WritingSystem::Other)).to_lowercase(),
                    kind: other.kind,
                    name: name.text.to_string(),
                    expected: same.iter().chain(bearers).map(|number| ofac[*number].id.to_string()).collect(),
                });
            }
        }
    }
    asked
}

/// What parties of a list are found by, names spelt alike at most.
struct Joins<'e> {
    by_paper: HashMap<&'e str, Vec<usize>>,
    by_birth: HashMap<String, Vec<usize>>,
    by_name: HashMap<Vec<String>, Vec<usize>>,
    frequency: HashMap<String, usize>,
}

impl<'e> Joins<'e> {
    fn of(list: &'e [Entry]) -> Self {
        let (mut by_paper, mut by_birth, mut by_name, mut frequency) =
            (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
        for (number, entry) in list.iter().enumerate() {
            for name in &entry.names {
                let bearers: &mut Vec<usize> = by_name.entry(sorted_words(&name.text)).or_default();
                if bearers.last() != Some(&number) {
                    bearers.push(number);
                }
            }
            if entry.kind != EntryKind::Person {
                continue;
            }
            for document in entry.documents.iter().filter(|document| document.number.len() >= 6) {
                by_paper.entry(&*document.number).or_insert_with(Vec::new).push(number);
            }
            for day in days(entry) {
                by_birth.entry(day).or_insert_with(Vec::new).push(number);
            }
            words(entry).into_iter().for_each(|word| *frequency.entry(word).or_default() += 1);
        }
        Self { by_paper, by_birth, by_name, frequency }
    }

    /// The entries that are this party of another list, and how that is known.
    fn same(&self, other: &Entry, list: &[Entry]) -> (BTreeSet<usize>, &'static str) {
        let own = words(other);
        let shares =
            |number: &usize, most: usize| words(&list[*number]).intersection(&own).any(|word| self.frequency[word] <= most);
        if other.kind == EntryKind::Person {
            let papers = other.documents.iter().flat_map(|document| self.by_paper.get(&*document.number).into_iter().flatten());
            // Numbers of two countries meet by chance.
            let same: BTreeSet<usize> = papers.filter(|number| shares(number, usize::MAX)).copied().collect();
            if !same.is_empty() {
                return (same, "paper");
            }
            // One rare word, or two: those born on one day are many, and so are those who share a given name and a father's.
            let born = days(other).into_iter().flat_map(|day| self.by_birth.get(&day).into_iter().flatten().copied());
            let shared =
                |number: &usize| words(&list[*number]).intersection(&own).filter(|word| self.frequency[*word] <= 60).count();
            let same: BTreeSet<usize> = born.filter(|number| shares(number, 6) || shared(number) >= 2).collect();
            if !same.is_empty() {
                return (same, "birth");
            }
        }
        let mut same = BTreeSet::new();
        for name in other.names.iter().filter(|name| name.quality != NameQuality::Weak) {
            let spelled = sorted_words(&name.text);
            let bearers = self.by_name.get(&spelled).map_or(&[][..], Vec::as_slice);
            let told = if other.kind == EntryKind::Person { spelled.len() >= 3 } else { spelled.len() >= 2 };
            if let [bearer] = bearers
                && told
                && list[*bearer].kind == other.kind
                && !born_apart(&list[*bearer], other)
            {
                same.insert(*bearer);
            }
        }
        (same, "name")
    }
}

/// Whether both lists tell when somebody was born, and no two of their years are within two of each other.
fn born_apart(left: &Entry, right: &Entry) -> bool {
    let months = |entry: &Entry| -> Vec<YearMonth> { entry.births.iter().map(|birth| birth.from.earliest_month()).collect() };
    let (left, right) = (months(left), months(right));
    let near = |left: &YearMonth, right: &YearMonth| left.months_since(*right).abs() <= 24;
    !left.is_empty() && !right.is_empty() && !left.iter().any(|left| right.iter().any(|right| near(left, right)))
}

/// The list with every eighth alias of people and organisations gone, and the aliases that are gone.
pub(crate) fn without_some_aliases(mut list: Vec<Entry>) -> (Vec<Entry>, Vec<Asked>) {
    let mut withheld = Vec::new();
    let mut number = 0;
    for entry in &mut list {
        let kind = entry.kind;
        if !matches!(kind, EntryKind::Person | EntryKind::Organisation) {
            continue;
        }
        let mut at = 1;
        while at < entry.names.len() {
            number += 1;
            let name = &entry.names[at];
            let told = name.text.split_whitespace().count() > 1 && name.quality != NameQuality::Weak;
            if number % 8 == 0 && told {
                let name = entry.names.remove(at);
                let same = entry.names.iter().any(|other| sorted_words(&other.text) == sorted_words(&name.text));
                if !same {
                    let group =
                        if entry.programmes.iter().any(|programme| programme.contains("DPRK")) { "dprk" } else { "other" };
                    withheld.push(Asked {
                        group: format!("{group} {kind:?}").to_lowercase(),
                        kind,
                        name: name.text.to_string(),
                        expected: BTreeSet::from([entry.id.to_string()]),
                    });
                }
            } else {
                at += 1;
            }
        }
    }
    // Another entry that bears the very name is no wrong answer.
    let mut bearers: HashMap<Vec<String>, Vec<String>> = HashMap::new();
    for entry in &list {
        for name in &entry.names {
            bearers.entry(sorted_words(&name.text)).or_default().push(entry.id.to_string());
        }
    }
    for one in &mut withheld {
        one.expected.extend(bearers.get(&sorted_words(&one.name)).into_iter().flatten().cloned());
    }
    (list, withheld)
}

fn days(entry: &Entry) -> Vec<String> {
    let exact = entry.births.iter().filter(|birth| birth.from == birth.to && !birth.circa);
    exact.map(|birth| birth.from.to_string()).filter(|day| day.len() == 10 && !day.ends_with("-01-01")).collect()
}

fn words(entry: &Entry) -> BTreeSet<String> {
    let words = entry.names.iter().flat_map(|name| sorted_words(&name.text));
    words.filter(|word| word.len() >= 4).collect()
}

pub(crate) fn sorted_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').map(romanise).filter(|word| !word.is_empty()).collect();
    words.sort();
    words
}

fn entries(folder: &Path, files: &[&str]) -> Vec<Entry> {
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|name| ((*name).to_owned(), std::fs::read(folder.join(name)).expect("a list file"))).collect();
    let files: Vec<ListFile<'_>> = files.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    read_files(&files).into_iter().flat_map(|read| read.expect("a readable list").entries).collect()
}
