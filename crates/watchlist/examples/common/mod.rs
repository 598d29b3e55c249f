//! What several examples need: lists of the shared data, and names that the list does not hold.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

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

/// The names under which another list knows people of this one, where this one spells them in another way.
pub(crate) fn other_spellings(list: &str, others: &[Entry], ofac: &[Entry]) -> Vec<Asked> {
    let mut by_paper: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_birth: HashMap<String, Vec<usize>> = HashMap::new();
    let mut frequency: HashMap<String, usize> = HashMap::new();
    for (number, entry) in ofac.iter().enumerate().filter(|(_, entry)| entry.kind == EntryKind::Person) {
        for document in entry.documents.iter().filter(|document| document.number.len() >= 6) {
            by_paper.entry(&document.number).or_default().push(number);
        }
        for day in days(entry) {
            by_birth.entry(day).or_default().push(number);
        }
        words(entry).into_iter().for_each(|word| *frequency.entry(word).or_default() += 1);
    }
    let mut asked = Vec::new();
    for other in others.iter().filter(|entry| entry.kind == EntryKind::Person) {
        let own: BTreeSet<String> = words(other);
        let mut same: BTreeSet<usize> = BTreeSet::new();
        let mut how = "paper";
        for document in &other.documents {
            same.extend(by_paper.get(&*document.number).into_iter().flatten());
        }
        if same.is_empty() {
            how = "birth";
            for day in days(other) {
                let born = by_birth.get(&day).into_iter().flatten().copied();
                same.extend(born.filter(|number| words(&ofac[*number]).intersection(&own).any(|word| frequency[word] <= 25)));
            }
        }
        if same.is_empty() {
            continue;
        }
        let known: BTreeSet<Vec<String>> =
            same.iter().flat_map(|number| ofac[*number].names.iter().map(|name| sorted_words(&name.text))).collect();
        let expected: BTreeSet<String> = same.iter().map(|number| ofac[*number].id.to_string()).collect();
        let mut seen = BTreeSet::new();
        for name in other.names.iter().filter(|name| name.quality != NameQuality::Weak) {
            let spelled = sorted_words(&name.text);
            let system = WritingSystem::of_word(&name.text);
            let whole =
                name.text.split_whitespace().count() > 1 || matches!(system, Some(WritingSystem::Han | WritingSystem::Hangul));
            if !whole || known.contains(&spelled) || !seen.insert(spelled) {
                continue;
            }
            asked.push(Asked {
                group: format!("{list} {how} {:?}", system.unwrap_or(WritingSystem::Other)).to_lowercase(),
                kind: EntryKind::Person,
                name: name.text.to_string(),
                expected: expected.clone(),
            });
        }
    }
    asked
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
