//! Screens names that the list does not hold: how other authorities spell people who stand on it too, and aliases taken out of it.
//!
//! `cargo run --release -p bonafide-watchlist --example held_out -- DATA/screening [show]`
//!
//! People are joined across lists without the matcher: by the number of a passport, or by the day of birth together with one rare
//! word that both lists spell alike. Names that the list spells in the same way are left out. False positives are taken from the
//! labelled queries that fit nobody.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

use bonafide_normalise::script::{WritingSystem, romanise};
use bonafide_watchlist::{
    entry::{Entry, EntryKind, NameQuality},
    screening::{Screener, Search, Wanted},
    source::{ListFile, read_files},
    wire::QueryLine,
};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let show = std::env::args().nth(2);
    let folder = Path::new(&folder);
    let ofac = entries(folder, &["ofac/sdn.csv.gz", "ofac/alt.csv.gz", "ofac/add.csv.gz", "ofac/sdn_comments.csv.gz"]);
    let others: Vec<(&str, Vec<Entry>)> = [
        ("un", "un/un_consolidated_2026-08-01.xml.gz"),
        ("uk", "uk/uk_sanctions_list_2025-08-11.ods"),
        ("au", "au/dfat_2026-08-02.xlsx"),
    ]
    .into_iter()
    .map(|(list, file)| (list, entries(folder, &[file])))
    .collect();

    let negatives = negatives(folder);
    let mut across = Vec::new();
    for (list, entries) in &others {
        across.extend(other_spellings(list, entries, &ofac));
    }
    let whole = Screener::new(ofac.clone());
    report("spellings of other authorities", &whole, &across, &negatives, show.as_deref());

    let (list, withheld) = without_some_aliases(ofac);
    let thinner = Screener::new(list);
    report("withheld aliases", &thinner, &withheld, &negatives, show.as_deref());
}

/// A name and the ids it may be answered with.
struct Asked {
    group: String,
    kind: EntryKind,
    name: String,
    expected: BTreeSet<String>,
}

fn report(title: &str, screener: &Screener, asked: &[Asked], negatives: &[Wanted], show: Option<&str>) {
    let mut search = Search::default();
    let mut tops: Vec<f64> = negatives
        .iter()
        .map(|wanted| screener.screen(&mut search, wanted, 1, 0.0).first().map_or(0.0, |hit| hit.score))
        .collect();
    tops.sort_by(|left, right| right.total_cmp(left));
    let threshold = tops[tops.len() / 100].next_up();
    println!("{title}: {} names; 1 % of {} others reach {threshold:.4}", asked.len(), tops.len());
    let mut groups: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut scores = Vec::new();
    for one in asked {
        let wanted = Wanted { kind: Some(one.kind), names: vec![one.name.clone()], ..Wanted::default() };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        let place = hits.iter().position(|hit| one.expected.contains(&hit.entry.id.to_string()));
        let score = place.map_or(0.0, |place| hits[place].score);
        scores.push(score);
        for group in ["all", one.group.as_str()] {
            let counts = groups.entry(group).or_default();
            counts[0] += 1;
            counts[1] += usize::from(place == Some(0));
            counts[2] += usize::from(place.is_some());
            counts[3] += usize::from(score >= threshold);
        }
        if show.is_some_and(|show| show == "all" || one.group.contains(show)) && (place != Some(0) || score < threshold) {
            let best = hits.first().and_then(|hit| Some((hit.name.as_ref()?.listed, hit.score)));
            println!("  {} → {place:?} {score:.3}; first {best:?}; wanted {:?}", one.name, one.expected);
        }
    }
    for (group, [of, first, fifth, reached]) in &groups {
        let share = |count: &usize| *count as f64 / *of as f64;
        println!("{group:32} {of:5} R@1 {:.3} R@5 {:.3} at 1 % {:.3}", share(first), share(fifth), share(reached));
    }
    let wins: usize = scores.iter().map(|score| tops.len() - tops.partition_point(|top| top >= score)).sum();
    println!("AUC {:.4}", wins as f64 / (scores.len() * tops.len()) as f64);
}

/// The names under which another list knows people of this one, where this one spells them in another way.
fn other_spellings(list: &str, others: &[Entry], ofac: &[Entry]) -> Vec<Asked> {
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
fn without_some_aliases(mut list: Vec<Entry>) -> (Vec<Entry>, Vec<Asked>) {
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

fn sorted_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').map(romanise).filter(|word| !word.is_empty()).collect();
    words.sort();
    words
}

fn negatives(folder: &Path) -> Vec<Wanted> {
    let text = std::fs::read_to_string(folder.join("vectors/screening_dev_queries.jsonl")).expect("queries");
    let mut negatives = Vec::new();
    for line in text.lines() {
        let label: serde_json::Value = serde_json::from_str(line).expect("a query");
        if label["expect"].as_array().is_some_and(|expected| !expected.is_empty()) {
            continue;
        }
        let query: QueryLine = serde_json::from_str(line).expect("a query");
        negatives.push(Wanted {
            kind: Some(EntryKind::Person),
            names: query.query.name.0,
            births: query.query.birth_date.0.iter().filter_map(|date| date.parse().ok()).collect(),
            ..Wanted::default()
        });
    }
    negatives
}

fn entries(folder: &Path, files: &[&str]) -> Vec<Entry> {
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|name| ((*name).to_owned(), std::fs::read(folder.join(name)).expect("a list file"))).collect();
    let files: Vec<ListFile<'_>> = files.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    read_files(&files).into_iter().flat_map(|read| read.expect("a readable list").entries).collect()
}
