//! `kill -9` at random moments: what was acknowledged is there, the chain verifies, nothing is repaired by hand.
//!
//! The normal run kills 20 times; `BONAFIDE_LONG_TESTS=1` kills 200 times.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

use bonafide_store::{Clock, Options, Others, Record, SqliteStore, Store};

use crate::support::{House, application, assessment, id, person};

const FOLDER: &str = "BONAFIDE_TEST_KILL_FOLDER";
const START: &str = "BONAFIDE_TEST_KILL_START";

fn options(folder: &str) -> Options {
    Options::new(folder, Clock::new(jiff::Timestamp::now)).wait(Duration::from_secs(20))
}

/// The child: appends until it is killed, and prints what was acknowledged. Every tenth time it erases someone.
#[test]
fn child_appends() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut number: usize = std::env::var(START).unwrap().parse().unwrap();
    let store = SqliteStore::open(&options(&folder)).unwrap();
    let mut out = std::io::stdout();
    loop {
        let mut batch = person(number);
        for more in 1..=number % 3 {
            let subject = id(&format!("app-{number:05}-{more}"));
            batch.push(Record::Subject(application(&subject, &format!("word{number}x{more}"))));
            batch.push(Record::Assessment(Box::new(assessment(&subject, "Ada", Some(&id(&format!("app-{number:05}")))))));
        }
        store.append(batch).unwrap();
        writeln!(out, "ack {number}").unwrap();
        out.flush().unwrap();
        if number % 10 == 9 {
            let subject = id(&format!("app-{number:05}"));
            writeln!(out, "erasing {number}").unwrap();
            out.flush().unwrap();
            store.erase(&[subject], &crate::erasing::order()).unwrap();
            writeln!(out, "erased {number}").unwrap();
            out.flush().unwrap();
        }
        number += 1;
    }
}

#[test]
fn a_killed_process_loses_nothing_acknowledged() {
    let kills = if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 200 } else { 20 };
    let house = House::new();
    let folder = house.data().display().to_string();
    let (mut acknowledged, mut maybe_erased, mut erased) = (Vec::new(), Vec::new(), Vec::new());
    let mut start = 0;
    let mut dice: u64 = 0x9e37_79b9_7f4a_7c15;
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child_appends", "--nocapture"])
            .env(FOLDER, &folder)
            .env(START, start.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros(5_000 + (dice >> 33) % 120_000));
        child.kill().unwrap();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let Ok(line) = line else { break };
            let number = |word: &str| line.strip_prefix(word).and_then(|rest| rest.trim().parse::<usize>().ok());
            acknowledged.extend(number("ack "));
            maybe_erased.extend(number("erasing "));
            erased.extend(number("erased "));
        }
        child.wait().unwrap();
        // One more than was acknowledged may be there; the next child starts behind it.
        start = acknowledged.last().map_or(0, |last| last + 2);
        if round % 10 == 9 || round + 1 == kills {
            let store = SqliteStore::open(&options(&folder)).unwrap();
            for number in &acknowledged {
                let subject = id(&format!("app-{number:05}"));
                let there = store.dossier(&subject).unwrap();
                if erased.contains(number) {
                    assert!(there.is_none(), "{number} was erased");
                } else if !maybe_erased.contains(number) {
                    assert!(there.is_some(), "{number} was acknowledged");
                    let original = store.facts(&subject, Others::Named).unwrap().unwrap().originals.remove(0).1;
                    store.original(&subject, &original).unwrap();
                    assert!(store.assessment(&subject, Others::Named).unwrap().is_some());
                }
                for more in 1..=number % 3 {
                    assert!(store.dossier(&id(&format!("app-{number:05}-{more}"))).unwrap().is_some());
                }
            }
            drop(store);
            let report = SqliteStore::doctor(&options(&folder)).unwrap();
            assert!(report.sound(), "after {round} kills: {:#?}", report.problems);
        }
    }
    assert!(acknowledged.len() > kills / 4, "the children came to work: {}", acknowledged.len());
}
