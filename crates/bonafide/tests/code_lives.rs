//! Invented developers with whole GitHub dumps, from the reader to the checks of code history: honest lives of every kind stay below
//! medium, borrowed histories and contradicted claims do not. `--nocapture` shows the counts.

#![allow(clippy::print_stdout, reason = "the counts are what the benchmarks quote")]
#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

mod code_lives {
    pub(crate) mod dishonest;
    pub(crate) mod honest;
    pub(crate) mod life;
}

use std::collections::BTreeMap;

use bonafide_model::check::Strength;
use bonafide_testkit::random::Random;
use code_lives::{
    dishonest, honest,
    life::{HOMES, Life, findings},
};

/// A kind of life, and how it is lived.
type Kind = (&'static str, fn(&mut Life<'_>));

/// People of each kind: a few in the loop, many under `BONAFIDE_LONG_TESTS`.
fn people_of_a_kind() -> usize {
    if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 100 } else { 6 }
}

/// Strongest finding by check, of everybody of a kind.
fn live(number: u64, kind: &Kind) -> Vec<BTreeMap<String, Strength>> {
    (0..people_of_a_kind())
        .map(|person| {
            let mut dice = Random::new(number * 1_000 + person as u64);
            let mut life = Life::of(&mut dice, (person * 7 + number as usize * 3) % HOMES.len());
            (kind.1)(&mut life);
            findings(&life)
        })
        .collect()
}

fn tell(kind: &str, people: &[BTreeMap<String, Strength>]) {
    let mut counts: BTreeMap<(&str, Strength), usize> = BTreeMap::new();
    for (check, strength) in people.iter().flatten() {
        *counts.entry((check, *strength)).or_default() += 1;
    }
    let told: Vec<String> = counts.iter().map(|((check, strength), count)| format!("{check} {strength} {count}")).collect();
    println!("{kind}: {} people; {}", people.len(), if told.is_empty() { "nothing".to_owned() } else { told.join(", ") });
}

#[test]
fn honest_lives_stay_below_medium() {
    let mut wrong = Vec::new();
    for (number, kind) in (0_u64..).zip(honest::KINDS) {
        let people = live(number, kind);
        tell(kind.0, &people);
        let medium = people.iter().filter(|found| found.values().any(|strength| *strength > Strength::Weak)).count();
        if medium > 0 {
            wrong.push(format!("{}: {medium} of {}", kind.0, people.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn dishonest_lives_are_found() {
    let mut wrong = Vec::new();
    for (number, (kind, check, strength)) in (100_u64..).zip(dishonest::KINDS) {
        let people = live(number, kind);
        tell(kind.0, &people);
        let found = people.iter().filter(|found| found.get(*check).is_some_and(|found| found >= strength)).count();
        if found * 100 < people.len() * 95 {
            wrong.push(format!("{}: {check} {strength} for {found} of {}", kind.0, people.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn borrowed_histories_do_not_accuse_of_a_wrong_place() {
    for (number, kind) in (200_u64..).zip(dishonest::AT_HOME) {
        let people = live(number, kind);
        tell(kind.0, &people);
        let accused =
            people.iter().filter(|found| found.get("BF-ONL-010").is_some_and(|strength| *strength > Strength::Weak)).count();
        assert_eq!(accused, 0, "{}", kind.0);
    }
}
