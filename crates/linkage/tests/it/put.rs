//! Applications that come, change and go.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_linkage::people::{self, Applicants, Gather, Index, Key, Row};
use bonafide_testkit::applicants::Population;
use serde_json::{Value, json};

use crate::index::{clusters, quality};
use crate::people::{Set, set};

use crate::killed::said_until_killed;

fn key() -> Key {
    Key::from_bytes([5; 32])
}

const fn nobody_alike(_: &str, _: &str) -> bool {
    false
}

/// Applications with a stamp and a token each.
fn gathered(rows: &[Value], stamp: u64, token: impl Fn(&Value) -> u64) -> Applicants {
    let mut gather = Gather::default();
    for row in rows {
        let text = |name: &str| row[name].as_str();
        let list = |name: &str| row[name].as_array().into_iter().flatten();
        let added = gather.add(&Row {
            id: text("id").unwrap_or_default(),
            given: text("first_name"),
            family: text("last_name"),
            email: text("email"),
            mailboxes: list("commit_emails").filter_map(Value::as_str).collect(),
            phone: text("phone"),
            country: text("country"),
            city: text("city"),
            employer: text("employer"),
            account: text("github"),
            ip: text("ip"),
            device: text("device"),
            wallet: text("wallet"),
            avatar: text("avatar_phash"),
            document_root: row["doc"]["rsid_root"].as_str(),
            work: list("work")
                .filter_map(|work| Some((work["employer"].as_str()?, work["start"].as_str().unwrap_or_default().to_owned())))
                .collect(),
            tokens: vec![token(row)],
            stamp,
            ..Row::default()
        });
        assert!(added.expect("it is added"));
    }
    gather.finish()
}

fn rows_of(set: &Set) -> Vec<Value> {
    set.applicants.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn id(row: &Value) -> String {
    row["id"].as_str().unwrap_or_default().to_owned()
}

fn plain(rows: &[Value], stamp: u64) -> Applicants {
    gathered(rows, stamp, |row| id(row).bytes().map(u64::from).sum())
}

/// Who is together, whatever it is called.
fn together(index: &Index, ring: bool) -> BTreeSet<BTreeSet<String>> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, (person, of)) in clusters(index) {
        if let Some(name) = if ring { of } else { Some(person) } {
            groups.entry(name).or_default().insert(id);
        }
    }
    groups.into_values().collect()
}

/// What must hold of every index.
fn check(index: &Index) {
    let all: Vec<u32> = clusters(index).keys().map(|id| index.row(id).expect("it is there")).collect();
    let mut rings: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for &row in &all {
        assert!(index.rows_of_person(row).contains(&row));
        assert_eq!(index.person(index.person(row)), index.person(row));
        if let Some(ring) = index.ring(row) {
            let members = rings.entry(ring).or_default();
            members.insert(index.person(row));
            assert!(!index.id(ring).is_empty(), "a ring is named after somebody who is there");
            assert!(!index.ring_mates(row).is_empty(), "a ring of one");
        }
    }
    for (&ring, members) in &rings {
        assert!(members.contains(&index.person(ring)), "a ring is named after one of it");
        for &member in members {
            let mates: BTreeSet<u32> = index.ring_mates(member).into_iter().chain([member]).collect();
            assert_eq!(&mates, members);
        }
    }
    assert_eq!(index.rings(), rings.len());
    assert_eq!(index.count().expect("it is open"), all.len());
}

#[test]
fn few_are_always_as_when_all_are_linked_at_once() {
    let set = set(&Population { ring_share: 0.08, ..Population::usual(51, 1_500) });
    let rows = rows_of(&set);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut index = Index::make(folder.path(), key()).expect("it can be made");
    check(&index);
    for part in rows.chunks(470) {
        index.put(&plain(part, 7), &nobody_alike).expect("they are put");
        index.put(&plain(part, 7), &nobody_alike).expect("nothing changes");
    }
    check(&index);
    let at_once = |rows: &[Value]| {
        let all = plain(rows, 7);
        Index::in_memory(&all, &people::link(&all), key()).expect("it can be kept")
    };
    let all = at_once(&rows);
    assert_eq!((together(&index, false), together(&index, true)), (together(&all, false), together(&all, true)));
    assert!(all.rings() > 2);
    let mut one = Index::make(&folder.path().join("other"), Key::from_bytes([6; 32])).expect("it can be made");
    one.put(&plain(&rows, 7), &nobody_alike).expect("they are put");
    assert_eq!(one.version(), all.version(), "the same applications, linked alike");
    // Some go, and one of each ring.
    let mut gone: BTreeSet<String> = rows.iter().step_by(9).map(id).collect();
    gone.extend(together(&index, true).into_iter().filter_map(|ring| ring.into_iter().next()));
    let ids: Vec<String> = gone.iter().cloned().collect();
    index.remove(&ids).expect("they go");
    check(&index);
    let left: Vec<Value> = rows.into_iter().filter(|row| !gone.contains(&id(row))).collect();
    let left = at_once(&left);
    assert_eq!((together(&index, false), together(&index, true)), (together(&left, false), together(&left, true)));
    assert!(index.persist().expect("nobody else writes"));
    let again = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
    assert_eq!((clusters(&again), again.version()), (clusters(&index), index.version()));
}

#[test]
fn many_come_change_and_go_one_by_one() {
    let set = set(&Population { ring_share: 0.04, ..Population::usual(52, 4_600) });
    let rows = rows_of(&set);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut index = Index::make(folder.path(), key()).expect("it can be made");
    let (early, late) = rows.split_at(rows.len() - 400);
    index.put(&plain(early, 7), &nobody_alike).expect("they are put");
    assert!(index.persist().expect("nobody else writes"));
    for part in late.chunks(37) {
        index.put(&plain(part, 7), &nobody_alike).expect("they are put");
    }
    check(&index);
    let before = clusters(&index);
    let all = plain(&rows, 7);
    let at_once = Index::in_memory(&all, &people::link(&all), key()).expect("it can be kept");
    let (expected, found) = (quality(&set, &clusters(&at_once)), quality(&set, &before));
    println!("at once {expected:?}\none by one {found:?}");
    assert!(found.rings.0 + 2 >= expected.rings.0 && found.alarms.0 <= expected.alarms.0 + 5);

    // The same said anew changes nobody's name; those are asked about who are of rings and persons of several.
    let of_many = |(_, (person, _)): &(&String, &(String, Option<String>))| {
        before.values().filter(|(other, _)| other == person).count() > 1
    };
    let of_ring = before.iter().filter(|(_, (_, ring))| ring.is_some());
    let asked: BTreeSet<&String> = of_ring.take(40).chain(before.iter().filter(of_many).take(60)).map(|(id, _)| id).collect();
    let again: Vec<Value> = rows.iter().filter(|row| asked.contains(&id(row))).cloned().collect();
    index.put(&plain(&again, 8), &nobody_alike).expect("they are put");
    check(&index);
    let after = clusters(&index);
    let moved: Vec<&&String> = asked.iter().filter(|id| after[**id] != before[**id]).collect();
    assert!(moved.len() * 20 <= asked.len(), "{} of {} moved: {moved:?}", moved.len(), asked.len());
    let others = before.iter().filter(|(id, of)| !asked.contains(id) && after[*id] != **of).count();
    assert!(others <= 3, "{others} others moved");
    let row = index.row(asked.first().expect("there are some")).expect("it is there");
    assert_eq!(index.stamp(row), 8);

    // Who says something else now is no longer where it was.
    let persona = asked.iter().find(|id| before[**id].1.is_some()).expect("there are rings");
    let other = json!({"id": persona, "first_name": "Nobody", "last_name": "Whoever", "email": "whoever@post.example"});
    index.put(&plain(std::slice::from_ref(&other), 9), &nobody_alike).expect("it is put");
    check(&index);
    assert_eq!(clusters(&index)[*persona], (format!("p:{persona}"), None));

    // Who goes is nowhere.
    let gone: Vec<String> =
        after.iter().filter(|(_, (_, ring))| ring.is_some()).map(|(id, _)| id.clone()).step_by(3).take(25).collect();
    let tokens: Vec<u64> = gone.iter().map(|id| id.bytes().map(u64::from).sum()).collect();
    index.set_known_bad(&gone);
    let count = index.count().expect("it is open");
    let handles: Vec<u32> = gone.iter().map(|id| index.row(id).expect("it is there")).collect();
    index.remove(&gone).expect("they go");
    index.remove(&gone).expect("nothing is left to go");
    check(&index);
    assert_eq!(index.count().expect("it is open"), count - gone.len());
    assert!(index.known_bad().is_empty());
    for ((id, &token), &handle) in gone.iter().zip(&tokens).zip(&handles) {
        assert_eq!(index.row(id), None);
        let held = index.holders(token);
        assert!(!held.rows.contains(&handle) && (held.persons.is_some() || held.rows.len() == held.count as usize));
        assert!(index.id(handle).is_empty() && index.ring(handle).is_none() && index.rows_of_person(handle).is_empty());
    }
    let lasting = clusters(&index);
    assert!(index.persist().expect("nobody else writes"));
    drop(index);
    let index = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
    check(&index);
    assert_eq!(clusters(&index), lasting);
    let version = index.version();
    // What was removed and replaced is gone from what is linked anew, too.
    drop(index);
    let index = Index::open(folder.path(), Some(key())).expect("it opens");
    assert_eq!(index.version(), version);
    let index = index.relink().expect("it is written");
    check(&index);
    let ids: BTreeSet<String> = clusters(&index).into_keys().collect();
    assert_eq!(ids, lasting.into_keys().collect());
}

#[test]
fn one_who_applied_twice_is_no_ring_however_many_there_are() {
    let person = |number: usize, hand: &str, given: &str| {
        json!({
            "id": format!("n{number}"), "first_name": given, "last_name": format!("Family{}", number % 7),
            "email": format!("n{number}@post.example"), "wallet": format!("0xw{hand}"), "device": format!("fp-{hand}"),
            "commit_emails": [format!("hand-{hand}@post.example")],
        })
    };
    for many in [false, true] {
        let strangers = if many { 4_200 } else { 50 };
        let mut rows: Vec<Value> = (0..strangers)
            .map(|number| json!({"id": format!("s{number}"), "first_name": "Some", "last_name": format!("Body{number}")}))
            .collect();
        rows.push(person(1, "a", "Suresh"));
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut index = Index::make(folder.path(), key()).expect("it can be made");
        // Whoever is asked about shares a ring.
        let alike = |one: &str, other: &str| {
            assert!(one.starts_with('n') && other.starts_with('n'), "{one} {other}");
            [one, other].iter().all(|id| matches!(*id, "n1" | "n2"))
        };
        index.put(&plain(&rows, 7), &alike).expect("they are put");
        index.put(&plain(&[person(2, "a", "S.")], 7), &alike).expect("it is put");
        check(&index);
        let at = |index: &Index, id: &str| index.row(id).expect("it is there");
        assert_eq!(index.person(at(&index, "n1")), index.person(at(&index, "n2")), "many: {many}");
        assert_eq!(index.rings(), 0);
        // A third of another name makes a ring of two persons.
        index.put(&plain(&[person(3, "a", "Kim")], 7), &alike).expect("it is put");
        check(&index);
        assert_eq!((index.rings(), index.ring_mates(at(&index, "n3")).len()), (1, 1), "many: {many}");
        assert!(index.persist().expect("nobody else writes"));
        let index = Index::open(folder.path(), Some(key())).expect("it opens");
        let index = index.relink().expect("it is written");
        assert_eq!(index.person(at(&index, "n1")), index.person(at(&index, "n2")), "what is known of names lasts");
        check(&index);
    }
}

#[test]
fn nobody_writes_over_what_others_wrote() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let row = |number: usize| json!({"id": format!("n{number}"), "first_name": "Ada", "last_name": "Vell", "device": "fp"});
    let mut one = Index::make(folder.path(), key()).expect("it can be made");
    let mut other = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
    let writing = Index::open(folder.path(), Some(key())).expect("reading takes no lock");
    one.put(&plain(&[row(1)], 7), &nobody_alike).expect("it is put");
    one.set_position(41);
    assert!(!one.persist().expect("it is no error"), "somebody has the lock");
    drop(writing);
    assert!(one.persist().expect("nobody else writes"));
    other.put(&plain(&[row(2)], 7), &nobody_alike).expect("it is put");
    assert!(!other.persist().expect("it is no error"), "another generation stands");
    let mut third = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
    assert_eq!((third.position(), third.count().expect("it is open")), (41, 1));
    // What is appended to is noticed as well.
    third.set_position(42);
    assert!(third.persist().expect("nobody else writes"));
    one.set_position(43);
    assert!(!one.persist().expect("it is no error"));
    assert!(third.persist().expect("nothing is left to write"));
    let last = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
    assert_eq!(last.position(), 42);
    assert!(std::fs::read_dir(folder.path()).expect("it is there").flatten().all(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        !name.starts_with("key") && !name.ends_with(".part") && name != "index.new"
    }));
    // An index in memory keeps nothing.
    let all = plain(&[row(1)], 7);
    let mut memory = Index::in_memory(&all, &people::link(&all), key()).expect("it can be kept");
    memory.put(&plain(&[row(2)], 7), &nobody_alike).expect("it is put");
    memory.commit().expect("nothing is done");
    assert!(!memory.persist().expect("it is no error") && memory.count().expect("it is open") == 2);
}

const FOLDER: &str = "BONAFIDE_TEST_PUT_FOLDER";
const START: &str = "BONAFIDE_TEST_PUT_START";

fn stranger(number: usize) -> Value {
    json!({"id": format!("s{number}"), "first_name": "Some", "last_name": format!("Body{number}"), "device": format!("fp-{}", number / 3)})
}

/// The child: puts, replaces and removes until it is killed, and prints what was kept.
#[test]
fn child_puts() {
    use std::io::Write as _;
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut number: usize = std::env::var(START).unwrap_or_default().parse().unwrap_or(10_000);
    let mut index = Index::open_to_read(std::path::Path::new(&folder), Some(key())).expect("it opens");
    let mut out = std::io::stdout();
    loop {
        index.put(&plain(&[stranger(number)], 7), &nobody_alike).expect("it is put");
        index.set_position(number as u64);
        assert!(index.persist().expect("it is written"), "nobody else writes");
        writeln!(out, "ack {number}").expect("it is read");
        if number % 3 == 2 {
            writeln!(out, "removing {}", number - 1).expect("it is read");
            index.remove(&[format!("s{}", number - 1)]).expect("it goes");
            index.put(&plain(&[stranger(number)], 8), &nobody_alike).expect("it is put");
            assert!(index.persist().expect("it is written"), "nobody else writes");
            writeln!(out, "removed {}", number - 1).expect("it is read");
        }
        number += 1;
    }
}

#[test]
fn a_killed_persist_loses_nothing_kept_and_keeps_nothing_removed() {
    use std::{collections::BTreeSet, time::Duration};
    // Few are linked anew whenever one comes: another generation every time. Many are appended.
    for (strangers, kills) in [(40, 8), (4_100, 12)] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut index = Index::make(folder.path(), key()).expect("it can be made");
        let rows: Vec<Value> = (0..strangers).map(stranger).collect();
        index.put(&plain(&rows, 7), &nobody_alike).expect("they are put");
        assert!(index.persist().expect("nobody else writes"));
        drop(index);
        let (mut kept, mut maybe_gone, mut gone) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut dice: u64 = 0x9e37_79b9_7f4a_7c15;
        for round in 0..10 * kills {
            if round >= kills && kept.len() > kills && gone.len() > 1 {
                break;
            }
            let start = kept.last().map_or(10_000, |last| last + 5);
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let after = Duration::from_micros(40_000 + (dice >> 33) % 250_000);
            for line in said_until_killed(
                "put::child_puts",
                &[(FOLDER, folder.path().as_os_str()), (START, start.to_string().as_ref())],
                after,
            ) {
                let number = |word: &str| line.strip_prefix(word).and_then(|rest| rest.trim().parse::<usize>().ok());
                kept.extend(number("ack "));
                maybe_gone.extend(number("removing "));
                gone.extend(number("removed "));
            }
            let read = clusters(&Index::open_to_read(folder.path(), Some(key())).expect("it opens"));
            let index = Index::open(folder.path(), Some(key())).expect("it opens");
            index.verify().expect("it is whole");
            check(&index);
            assert_eq!(clusters(&index), read, "reading cuts nothing off and reads the same");
            for number in &kept {
                let row = index.row(&format!("s{number}"));
                assert!(row.is_some() || maybe_gone.contains(number), "{number} was kept");
                assert!(row.is_none() || !gone.contains(number), "{number} was removed");
                if let Some(row) = row.filter(|_| gone.contains(&(number - 1))) {
                    assert_eq!(index.stamp(row), 8, "{number} was replaced");
                }
            }
            assert!(kept.last().is_none_or(|&last| index.position() >= last as u64));
        }
        assert!(kept.len() > kills && !gone.is_empty(), "the children came to work: {}", kept.len());
    }
}

#[test]
fn whatever_comes_changes_and_goes_the_index_holds_together_and_is_read_as_it_was_kept() {
    for seed in [61, 62, 63] {
        let set = set(&Population { ring_share: 0.12, ..Population::usual(seed, 3_300) });
        let rows = rows_of(&set);
        let (early, late) = rows.split_at(rows.len() - 200);
        assert!(early.len() > 4_000, "{}", early.len());
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut index = Index::make(folder.path(), key()).expect("it can be made");
        index.put(&plain(early, 7), &nobody_alike).expect("they are put");
        assert!(index.persist().expect("nobody else writes"));
        let mut dice = seed * 7_919;
        let mut draw = |below: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) as usize % below
        };
        let same_family = |one: &str, other: &str| one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last();
        let mut late = late.iter();
        let mut of_rings: Vec<&Value> = Vec::new();
        for step in 0..240_u64 {
            // Most of those who change or go are of rings.
            if step % 40 == 0 {
                let is_of_ring = |row: &&Value| index.row(&id(row)).and_then(|row| index.ring(row)).is_some();
                of_rings = rows.iter().filter(is_of_ring).collect();
            }
            let some = if draw(4) > 0 && !of_rings.is_empty() { of_rings[draw(of_rings.len())] } else { &rows[draw(rows.len())] };
            match draw(4) {
                0 => index.remove(&[id(some)]).expect("it goes"),
                1 => {
                    let mut changed = some.clone();
                    for heading in ["device", "wallet", "github", "last_name", "phone"] {
                        if draw(2) == 0 {
                            changed[heading] = rows[draw(rows.len())][heading].clone();
                        }
                    }
                    index.put(&plain(&[changed], 100 + step), &same_family).expect("it is put");
                }
                _ => {
                    if let Some(row) = late.next() {
                        index.put(&plain(std::slice::from_ref(row), 7), &same_family).expect("it is put");
                    }
                }
            }
            if step % 40 == 39 {
                check(&index);
                assert!(index.persist().expect("nobody else writes"));
                let again = Index::open_to_read(folder.path(), Some(key())).expect("it opens");
                assert_eq!((clusters(&again), again.version()), (clusters(&index), index.version()), "seed {seed}, step {step}");
                let score = |index: &Index, id: &str| index.row(id).map(|row| index.score(row));
                assert!(rows.iter().all(|row| score(&again, &id(row)) == score(&index, &id(row))));
            }
        }
        let before = (together(&index, false).len(), index.rings());
        drop(index);
        let index = Index::open(folder.path(), Some(key())).expect("it opens").relink().expect("it is written");
        check(&index);
        let after = (together(&index, false).len(), index.rings());
        println!("seed {seed}: persons and rings {before:?} one by one, {after:?} anew");
        assert!(before.0.abs_diff(after.0) <= 12 && before.1.abs_diff(after.1) <= 3, "seed {seed}: {before:?} {after:?}");
    }
}
