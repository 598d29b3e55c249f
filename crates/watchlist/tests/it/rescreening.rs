//! Re-screening over the versions of a real list.

use std::collections::BTreeSet;

use bonafide_testkit::people;
use bonafide_watchlist::{
    diff::Diff,
    entry::{Entry, EntryId, EntryKind},
    rescreen::{ListChange, Memory, Options, People, Population, Subject, SubjectKey, rescreen},
    screening::{Screener, Wanted},
};

use crate::history;

/// Ordinary people, and every sixth with the name of somebody who was listed or delisted between the first version and the last.
fn people_beside(first: &[Entry], last: &[Entry]) -> People {
    let diff = Diff::between(first, last);
    let persons = |ids: &[EntryId], entries: &[Entry]| -> Vec<Entry> {
        let named = entries.iter().filter(|entry| entry.kind == EntryKind::Person && ids.contains(&entry.id));
        named.take(10).cloned().collect()
    };
    let listed = [persons(&diff.removed, first), persons(&diff.added, last)].concat();
    let subject = |(number, person): (usize, people::DrawnPerson)| {
        let name = if number % 6 == 0 { listed[number / 6 % listed.len()].primary_name().to_owned() } else { person.name };
        let wanted = Wanted { kind: Some(EntryKind::Person), names: vec![name], births: vec![person.born], ..Wanted::default() };
        Subject { key: SubjectKey { population: Population("workers".into()), subject: person.subject }, wanted }
    };
    People::new(people::draw(3, 120).into_iter().enumerate().map(subject))
}

fn open(memory: &Memory) -> BTreeSet<(String, String, u16)> {
    let pair = |alert: &bonafide_watchlist::rescreen::Alert| {
        (alert.subject.subject.as_str().to_owned(), alert.entry.to_string(), alert.score)
    };
    memory.open().map(pair).collect()
}

/// Step by step from version to version, the open alerts are those that a screening of everybody against all of the newest finds.
#[test]
fn step_by_step_comes_to_the_same_as_all_at_once() {
    let Some(archive) = history::archive() else { return };
    // The first and two that follow it, months apart.
    let versions = history::versions(&archive, 5);
    let people = people_beside(&versions[0].1, &versions[versions.len() - 1].1);
    let options = Options::default();
    let mut memory = Memory::default();
    memory.apply(&rescreen(
        &people,
        &Screener::new(versions[0].1.clone()),
        &ListChange::everything(&versions[0].1),
        &memory,
        &options,
    ));
    let first = open(&memory);
    assert!(first.len() >= 5, "{}", first.len());
    let (mut opened, mut closed) = (0, 0);
    for pair in versions.windows(2) {
        let diff = Diff::between(&pair[0].1, &pair[1].1);
        let outcome = rescreen(&people, &Screener::new(pair[1].1.clone()), &ListChange::of(&diff, &pair[1].1), &memory, &options);
        opened += outcome.opened.len();
        closed += outcome.closed.len();
        memory.apply(&outcome);
    }
    assert!(opened >= 5 && closed >= 5, "{opened} opened, {closed} closed");
    let newest = &versions[versions.len() - 1].1;
    let mut at_once = Memory::default();
    let lists = Screener::new(newest.clone());
    at_once.apply(&rescreen(&people, &lists, &ListChange::everything(newest), &Memory::default(), &options));
    // What a word tells depends on the whole list, so that scores of unchanged entries move a little with it; the pairs do not.
    let pairs = |memory: &Memory| -> BTreeSet<(String, String)> {
        open(memory).into_iter().map(|(subject, entry, _)| (subject, entry)).collect()
    };
    let (step_by_step, all_at_once) = (pairs(&memory), pairs(&at_once));
    let differing: Vec<_> = step_by_step.symmetric_difference(&all_at_once).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
