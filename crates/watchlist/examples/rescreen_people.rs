//! Runs the difference of two versions of a list against drawn people, and says how long it took and what it found:
//! `cargo run --release -p bonafide-watchlist --example rescreen_people -- PEOPLE OLDER NEWER`.
//!
//! Every two-hundredth person bears a listed name, every other one of these with a letter less. A sample of the people is screened
//! the other way round, each against the whole list, to count what the index missed.
#![allow(clippy::print_stdout)]

use std::{collections::BTreeSet, env, error::Error, fs, time::Instant};

use bonafide_testkit::people;
use bonafide_watchlist::{
    diff::Diff,
    entry::{Entry, EntryKind},
    rescreen::{ListChange, Memory, Options, People, Population, Subject, SubjectKey, rescreen},
    screening::{Screener, Search, Wanted},
    source::{ListFile, read_file},
};

const SAMPLE: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [count, older, newer] = &arguments[..] else { return Err("usage: PEOPLE OLDER NEWER".into()) };
    let read = |name: &String| -> Result<Vec<Entry>, Box<dyn Error>> {
        let bytes = fs::read(name)?;
        Ok(read_file(&ListFile { name, bytes: &bytes })?.entries)
    };
    let (older, newer) = (read(older)?, read(newer)?);

    let started = Instant::now();
    let diff = Diff::between(&older, &newer);
    println!("difference of {} and {} entries: {:?}", older.len(), newer.len(), started.elapsed());
    let change = ListChange::of(&diff, &newer);
    let names: usize = change.entries.iter().map(|entry| entry.names.len()).sum();
    println!("{} added, {} changed, {} removed; {names} names run", diff.added.len(), diff.changed.len(), diff.removed.len());

    let subjects = subjects(count.parse()?, &change);
    let sample: Vec<Subject> = subjects.iter().step_by((subjects.len() / SAMPLE).max(1)).cloned().collect();
    let started = Instant::now();
    let people = People::new(subjects);
    println!("{} people indexed in {:?}", people.len(), started.elapsed());

    let started = Instant::now();
    let lists = Screener::new(newer.clone());
    println!("{} entries filed in {:?}", newer.len(), started.elapsed());

    let (memory, options) = (Memory::default(), Options::default());
    for round in 1..=3 {
        let started = Instant::now();
        let outcome = rescreen(&people, &lists, &change, &memory, &options);
        println!("round {round}: {} alerts in {:?}", outcome.opened.len(), started.elapsed());
    }

    let outcome = rescreen(&people, &lists, &change, &memory, &options);
    let found: BTreeSet<(&str, String)> =
        outcome.opened.iter().map(|alert| (alert.subject.subject.as_str(), alert.entry.to_string())).collect();
    let changed: BTreeSet<String> = change.entries.iter().map(|entry| entry.id.to_string()).collect();
    let mut search = Search::default();
    let (mut all, mut missed) = (0, 0);
    let started = Instant::now();
    for subject in &sample {
        let hits = lists.screen(&mut search, &subject.wanted, usize::MAX, options.threshold);
        for hit in hits.iter().filter(|hit| changed.contains(&hit.entry.id.to_string())) {
            all += 1;
            if !found.contains(&(subject.key.subject.as_str(), hit.entry.id.to_string())) {
                missed += 1;
                println!("missed: {} = {} ({:.3})", subject.wanted.names[0], hit.entry.primary_name(), hit.score);
            }
        }
    }
    println!("{} people screened one by one in {:?}: {all} pairs, {missed} missed by the index", sample.len(), started.elapsed());
    Ok(())
}

fn subjects(count: usize, change: &ListChange<'_>) -> Vec<Subject> {
    let listed: Vec<&Entry> = change.entries.iter().copied().filter(|entry| entry.kind == EntryKind::Person).collect();
    let subject = |(number, person): (usize, people::DrawnPerson)| {
        let mut name = person.name;
        if number % 200 == 0 && !listed.is_empty() {
            name = listed[(number / 200) % listed.len()].primary_name().to_owned();
            if number % 400 == 0 {
                name.pop();
            }
        }
        let key = SubjectKey { population: Population("workers".into()), subject: person.subject };
        let wanted = Wanted {
            kind: Some(EntryKind::Person),
            names: vec![name],
            births: vec![person.born],
            papers: vec![person.passport],
            ..Wanted::default()
        };
        Subject { key, wanted }
    };
    people::draw(1, count).into_iter().enumerate().map(subject).collect()
}
