//! What an index of applicants promises.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use bonafide_linkage::people::{self, Added, Applicants, Index, Judged, Judgement, Key, Line, Mark, Verdict};
use bonafide_testkit::applicants::Population;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::people::{LARGE, Set, joined, lines_of, person, read, set};

use crate::killed::said_until_killed;

/// The applications of some lines with their texts.
pub(crate) fn with_texts(lines: &[&str], set: &Set) -> Applicants {
    let (mut applicants, problems) = read(&lines.join("\n"));
    assert_eq!(problems.count, 0, "{:?}", problems.named.first());
    people::read_resumes("r.jsonl", set.resumes.as_bytes(), &LARGE, &mut applicants).expect("the texts read");
    applicants
}

fn create(folder: &Path, applicants: &Applicants) -> Index {
    Index::create(folder, applicants, &people::link(applicants), &[], None).expect("an index can be made")
}

fn add(index: &mut Index, applicants: &Applicants) -> Vec<Added> {
    let mut added = Vec::new();
    index.add(applicants, &applicants.in_input_order(), |_, one| added.extend(one)).expect("the segment can be used");
    index.commit().expect("it is written");
    added
}

/// Persons and rings of everybody, by id.
pub(crate) fn clusters(index: &Index) -> BTreeMap<String, (String, Option<String>)> {
    let all = index.clusters().expect("the segment can be used");
    all.into_iter().map(|(id, person, ring)| (id, (person, ring))).collect()
}

/// How good clusters are: ordinary rings found of all, honest people flagged of all, and pairs of one person.
#[derive(Debug, Default)]
pub(crate) struct Quality {
    pub(crate) rings: (usize, usize),
    pub(crate) alarms: (usize, usize),
    personas: (usize, usize),
    /// Pairs of one person that were found, all that are, and all that were said.
    pairs: (usize, usize, usize),
}

pub(crate) fn quality(set: &Set, said: &BTreeMap<String, (String, Option<String>)>) -> Quality {
    let mut quality = Quality::default();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    said.values().filter_map(|(_, ring)| ring.as_deref()).for_each(|ring| *sizes.entry(ring).or_default() += 1);
    let mut rings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut truly, mut as_said, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (id, (person, ring)) in said {
        let truth = &set.truth[id];
        let of = truth["person"].as_str().unwrap_or_default();
        *truly.entry(of).or_insert(0_usize) += 1;
        *as_said.entry(person.as_str()).or_insert(0_usize) += 1;
        *both.entry((of, person.as_str())).or_insert(0_usize) += 1;
        match truth["ring"].as_str() {
            Some(of) => {
                quality.personas.1 += 1;
                quality.personas.0 += usize::from(ring.is_some());
                if truth["hard_ring"] != true {
                    rings.entry(of).or_default().push(id);
                }
            }
            None => {
                quality.alarms.1 += 1;
                quality.alarms.0 += usize::from(ring.is_some());
            }
        }
    }
    for members in rings.values() {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        members.iter().filter_map(|id| said[*id].1.as_deref()).for_each(|ring| *held.entry(ring).or_default() += 1);
        quality.rings.1 += 1;
        let is_found = |(ring, &held): (&&str, &usize)| held * 2 >= members.len() && held * 5 >= sizes[*ring] * 4;
        quality.rings.0 += usize::from(held.iter().any(is_found));
    }
    let pairs = |counts: &mut dyn Iterator<Item = &usize>| counts.map(|count| count * (count - 1) / 2).sum::<usize>();
    quality.pairs = (pairs(&mut both.values()), pairs(&mut truly.values()), pairs(&mut as_said.values()));
    quality
}

fn of_lines(lines: &[Line]) -> BTreeMap<String, (String, Option<String>)> {
    lines.iter().map(|line| (line.id.clone(), (line.person_cluster.clone(), line.ring_cluster.clone()))).collect()
}

#[test]
fn adding_the_last_tenth_one_by_one_finds_what_linking_all_at_once_finds() {
    for (seed, population) in
        [(31, Population::usual(31, 4_000)), (4, Population::drawn(4, 4_000)), (7, Population::drawn(7, 4_000))]
    {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let set = set(&population);
        let lines: Vec<&str> = set.applicants.lines().collect();
        // Applications come in no order that has to do with rings.
        let is_late = |line: &&str| line.bytes().take(40).map(u64::from).sum::<u64>() % 10 == 3;
        let (late, early): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| is_late(line));
        let all = with_texts(&lines, &set);
        let at_once = of_lines(&lines_of(&all, &people::link(&all)));
        let mut index = create(folder.path(), &with_texts(&early, &set));
        let added = add(&mut index, &with_texts(&late, &set));
        assert_eq!(added.len(), late.len());
        let one_by_one = clusters(&index);
        let (expected, found) = (quality(&set, &at_once), quality(&set, &one_by_one));
        let mut took: Vec<Duration> = added.iter().map(|added| added.took).collect();
        took.sort_unstable();
        println!("seed {seed}: at once {expected:?}");
        println!("seed {seed}: {} one by one {found:?}, p50 {:?}", late.len(), took[took.len() / 2]);
        let late_ids: BTreeSet<&String> = added.iter().map(|added| &added.line.id).collect();
        let differ = |ring: bool| {
            let differs = |id: &&&String| {
                let (one, other) = (&at_once[**id], &one_by_one[**id]);
                if ring { one.1.is_some() != other.1.is_some() } else { one.0 != other.0 }
            };
            late_ids.iter().filter(differs).count()
        };
        println!(
            "seed {seed}: of {} late ones {} differ in being flagged, {} in their person",
            late.len(),
            differ(true),
            differ(false)
        );
        assert!(found.rings.0 + found.rings.1 / 20 >= expected.rings.0, "rings");
        assert!(found.alarms.0 <= expected.alarms.0 + found.alarms.1 / 1_000 + 1, "false alarms");
        assert!(found.personas.0 * 100 >= expected.personas.0 * 97, "personas");
        assert!(found.pairs.0 * 1_000 >= expected.pairs.0 * 995, "pairs of one person that are found");
        assert!(
            found.pairs.2 - found.pairs.0 <= expected.pairs.2 - expected.pairs.0 + found.pairs.1 / 200,
            "pairs that are none"
        );
    }
}

/// Applications about which something is shared, among others about which nothing is.
fn people_with(count: usize, shared: impl Fn(usize) -> Value) -> String {
    joined((0..count).map(|id| person(id, &shared(id))))
}

fn applicants(text: &str) -> Applicants {
    let (applicants, problems) = read(text);
    assert_eq!(problems.count, 0, "{:?}", problems.named.first());
    applicants
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn open(folder: &Path) -> Index {
    Index::open(folder, None).expect("it opens")
}

#[test]
fn a_ring_whose_members_come_one_by_one_is_there_when_the_last_has_come() {
    let set = set(&Population { ring_share: 0.06, ..Population::usual(17, 2_500) });
    let ring_of = |line: &str| -> Option<String> {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        let truth = &set.truth[row["id"].as_str().unwrap_or_default()];
        truth["ring"].as_str().filter(|_| truth["hard_ring"] != true).map(str::to_owned)
    };
    let mut rings: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut others: Vec<&str> = Vec::new();
    for line in set.applicants.lines() {
        match ring_of(line) {
            Some(ring) => rings.entry(ring).or_default().push(line),
            None => others.push(line),
        }
    }
    let folder = folder();
    let mut index = create(folder.path(), &with_texts(&others, &set));
    let before = clusters(&index);
    for members in rings.values() {
        for member in members {
            add(&mut index, &with_texts(&[member], &set));
        }
    }
    let after = clusters(&index);
    let found = quality(&set, &after);
    assert!(found.rings.1 >= 8 && found.rings.0 * 20 >= found.rings.1 * 19, "{found:?}");
    let renamed = before.iter().filter(|(id, (person, _))| after[*id].0 != *person).count();
    assert_eq!(renamed, 0, "nobody's person has another name");
}

#[test]
fn a_newcomer_is_explained_by_its_own_values_and_led_to_known_bad() {
    let hand = json!({"phone": "+351 912 555 010", "wallet": "0x52908400098527886e0f7030069857d2e4169ee7", "device": "fp-hand"});
    let text = people_with(400, |id| match id {
        7 => hand.clone(),
        _ if id % 3 == 0 => json!({"device": "fp-common"}),
        _ => json!({}),
    });
    let folder = folder();
    let mut index = create(folder.path(), &applicants(&text));
    index.mark(vec![mark("N7", true), mark("N9999", true)]).map(|unknown| assert_eq!(unknown, ["N9999"])).expect("it is written");
    let mut new = hand.clone();
    new["ip"] = "240.1.2.3".into();
    let added = add(&mut index, &applicants(&joined([person(900, &new), person(901, &json!({"device": "fp-common"}))])));
    let line = &added[0].line;
    assert_eq!((line.person_cluster.as_str(), line.ring_cluster.as_deref()), ("p:N900", Some("r:N7")));
    let shown: BTreeSet<(&str, &str, u32)> =
        line.reasons.iter().map(|reason| (reason.kind, reason.value.as_str(), reason.holders)).collect();
    let expected =
        [("device", "fp-hand", 2), ("phone", "912555010", 2), ("wallet", "0x52908400098527886e0f7030069857d2e4169ee7", 2)];
    assert_eq!(shown, BTreeSet::from(expected));
    assert_eq!(line.paths[0].to, "N7");
    assert_eq!(added[1].line.ring_cluster, None);
    assert_eq!((added[1].line.ignored[0].value.as_str(), added[1].line.ignored[0].holders), ("fp-common", 135));
    // Who is no longer known bad leads nobody anywhere.
    drop(index);
    let mut index = open(folder.path());
    assert!(index.history("N7").expect("it is there").known_bad);
    assert_eq!(index.mark(vec![mark("N7", false)]).expect("it is written"), [""; 0]);
    let third = add(&mut index, &applicants(&joined([person(902, &hand)])));
    assert_eq!(third[0].line.ring_cluster.as_deref(), Some("r:N7"));
    assert!(third[0].line.paths.is_empty());
    let marks = index.history("N7").expect("it is there").marks;
    assert_eq!(marks.iter().map(|mark| mark.is_bad).collect::<Vec<_>>(), [true, false]);
    // An id that is there is not added twice.
    assert!(add(&mut index, &applicants(&joined([person(902, &hand)]))).is_empty());
}

fn mark(id: &str, is_bad: bool) -> Mark {
    let text = |text: &str| text.to_owned();
    Mark { id: text(id), is_bad, by: text("Casey Example"), why: text("a confirmed case"), at: text("2026-01-02T03:04:05Z") }
}

fn judge(index: &mut Index, one: &str, other: &str, verdict: Verdict) -> Judged {
    let text = |text: &str| text.to_owned();
    let (by, why, at) = (text("Casey Example"), text("seen both"), text("2026-01-02T03:04:05Z"));
    index.judge(Judgement { one: text(one), other: text(other), verdict, by, why, at }).expect("both are there")
}

/// Three applications of one person, two of another, and strangers.
fn few() -> String {
    people_with(60, |id| match id {
        1..4 => json!({"first_name": "Robin", "last_name": "Sample", "email": "robin@post.example", "phone": "+351 912 555 010"}),
        4 | 5 => json!({"first_name": "Alex", "last_name": "Other", "email": "alex@post.example", "device": "fp-alex"}),
        _ => json!({}),
    })
}

#[test]
fn judgements_join_part_and_are_withdrawn_without_a_trace() {
    let folder = folder();
    let mut index = create(folder.path(), &applicants(&few()));
    let start = clusters(&index);
    let person_of = |index: &Index, id: &str| clusters(index)[id].0.clone();
    assert_eq!([1, 2, 3].map(|id| start[&format!("N{id}")].0.clone()), ["p:N1"; 3]);
    assert_eq!((start["N4"].0.as_str(), start["N5"].0.as_str()), ("p:N4", "p:N4"));

    let joined = judge(&mut index, "N2", "N5", Verdict::Same);
    assert_eq!((joined.moved, joined.after), (2, ["p:N1".to_owned(), "p:N1".to_owned()]));
    assert_eq!(person_of(&index, "N4"), "p:N1");
    let withdrawn = judge(&mut index, "N5", "N2", Verdict::Unsure);
    assert_eq!((withdrawn.moved, withdrawn.overruled.len()), (2, 0));
    assert_eq!(clusters(&index), start, "as before");

    // What linking joined is parted, and the parts stay together in themselves.
    judge(&mut index, "N1", "N2", Verdict::NotSame);
    assert_ne!(person_of(&index, "N1"), person_of(&index, "N2"));
    let parted = clusters(&index);
    // Of two that contradict each other the later stands.
    judge(&mut index, "N1", "N9", Verdict::Same);
    let overruling = judge(&mut index, "N9", "N2", Verdict::Same);
    assert_eq!(
        overruling.overruled.iter().map(|earlier| (earlier.one.as_str(), earlier.verdict)).collect::<Vec<_>>(),
        [("N1", Verdict::NotSame)]
    );
    assert_eq!(person_of(&index, "N1"), person_of(&index, "N2"));
    judge(&mut index, "N9", "N2", Verdict::Unsure);
    judge(&mut index, "N9", "N1", Verdict::Unsure);
    assert_eq!(clusters(&index), parted);

    // A newcomer who would bring both together does not.
    let bridge =
        json!({"first_name": "Robin", "last_name": "Sample", "email": "robin@post.example", "phone": "+351 912 555 010"});
    add(&mut index, &applicants(&joined_of(&[(70, &bridge)])));
    assert_ne!(person_of(&index, "N1"), person_of(&index, "N2"));
    let newcomer = person_of(&index, "N70");
    judge(&mut index, "N1", "N30", Verdict::Same);
    assert_eq!(person_of(&index, "N70"), newcomer, "a judgement about others leaves it where it is");
    judge(&mut index, "N1", "N30", Verdict::Unsure);
    // All of it is there when the index is opened again, and when all are linked anew.
    let now = clusters(&index);
    drop(index);
    let index = open(folder.path());
    assert_eq!(clusters(&index), now);
    let mut index = index.relink().expect("it is written");
    assert_ne!(person_of(&index, "N1"), person_of(&index, "N2"));
    assert_eq!(index.history("N2").expect("it is there").judgements.len(), 5);
    judge(&mut index, "N1", "N2", Verdict::Unsure);
    assert_eq!(person_of(&index, "N1"), person_of(&index, "N2"));
    assert!(index.judge(Judgement { one: "N1".to_owned(), other: "N1".to_owned(), ..judgement() }).is_err());
    assert!(index.judge(Judgement { one: "N1".to_owned(), other: "nobody".to_owned(), ..judgement() }).is_err());
}

fn judgement() -> Judgement {
    let text = String::new;
    Judgement { one: text(), other: text(), verdict: Verdict::Same, by: text(), why: text(), at: text() }
}

fn joined_of(rows: &[(usize, &Value)]) -> String {
    joined(rows.iter().map(|&(id, more)| person(id, more)))
}

#[test]
fn a_person_of_78_000_applications_is_merged_and_parted_in_a_blink() {
    const HALF: usize = 39_000;
    let rows = (0..2 * HALF).map(|id| {
        let of = if id < HALF { "a" } else { "b" };
        json!({"id": format!("{of}{id}"), "first_name": of.repeat(5), "last_name": of.repeat(7), "email": format!("{of}@post.example")})
    });
    let folder = folder();
    let mut index = create(folder.path(), &applicants(&joined(rows)));
    let start = clusters(&index);
    assert_eq!(start.values().map(|(person, _)| person).collect::<BTreeSet<_>>().len(), 2);
    let (one, other) = ("a7", format!("b{}", HALF + 7));
    let started = Instant::now();
    assert_eq!(judge(&mut index, one, &other, Verdict::Same).moved, HALF);
    let merged = started.elapsed();
    assert_eq!(clusters(&index).values().map(|(person, _)| person).collect::<BTreeSet<_>>().len(), 1);
    let started = Instant::now();
    assert_eq!(judge(&mut index, one, &other, Verdict::Unsure).moved, HALF);
    let parted = started.elapsed();
    assert_eq!(clusters(&index), start);
    println!("merged in {merged:?}, parted in {parted:?}");
}

/// All bytes of all files of a folder.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().flat_map(|file| std::fs::read(file).expect("it is readable")).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn an_index_holds_no_plain_value() {
    let set = set(&Population::usual(19, 120));
    let lines: Vec<&str> = set.applicants.lines().collect();
    let (late, early) = lines.split_at(30);
    let folder = folder();
    let mut index = create(folder.path(), &with_texts(early, &set));
    add(&mut index, &with_texts(late, &set));
    drop(index);
    let bytes = bytes(folder.path());
    for line in lines {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(!holds(&bytes, row["id"].as_str().unwrap_or_default()), "an id");
        for heading in ["email", "phone", "github", "ip", "device", "wallet", "city", "last_name", "avatar_phash"] {
            let value = row[heading].as_str().unwrap_or_default();
            let forms = [value.to_owned(), value.to_lowercase(), value.chars().filter(char::is_ascii_digit).collect::<String>()];
            for form in forms.iter().filter(|form| form.len() > 6) {
                assert!(!holds(&bytes, form), "{heading} {form}");
            }
        }
        if let Ok(picture) = u64::from_str_radix(row["avatar_phash"].as_str().unwrap_or("-"), 16) {
            assert!(!bytes.windows(8).any(|window| window == picture.to_le_bytes()), "a picture");
        }
    }
}

#[test]
fn what_is_forgotten_is_as_if_it_had_never_been() {
    let set = set(&Population::usual(23, 700));
    let without_pictures = |line: &&str| -> String {
        let mut row: Value = serde_json::from_str(line).expect("a line is JSON");
        row["avatar_phash"] = Value::Null;
        row.to_string()
    };
    let lines: Vec<String> = set.applicants.lines().collect::<Vec<_>>().iter().map(without_pictures).collect();
    let (gone, stays): (Vec<&str>, Vec<&str>) = lines.iter().map(String::as_str).partition(|line| line.len() % 9 == 4);
    let ids: Vec<String> = applicants(&gone.join("\n"))
        .in_input_order()
        .iter()
        .map(|&row| applicants(&gone.join("\n")).id(row).to_owned())
        .collect();
    assert!(ids.len() > 30);
    let key = || Some(Key::from_bytes([9; 32]));
    let make = |folder: &Path, lines: &[&str]| {
        let all = with_texts(lines, &set);
        Index::create(folder, &all, &people::link(&all), &[], key()).expect("an index can be made")
    };
    let (kept, never) = (folder(), folder());
    // Some that are forgotten came at first, some later.
    let all: Vec<&str> = lines.iter().map(String::as_str).collect();
    let late: Vec<&str> = gone.iter().copied().take(10).collect();
    let early: Vec<&str> = all.iter().copied().filter(|line| !late.contains(line)).collect();
    let mut index = make(kept.path(), &early);
    add(&mut index, &with_texts(&late, &set));
    judge(&mut index, &ids[0], &ids[1], Verdict::Same);
    index.mark(vec![mark(&ids[0], true)]).expect("it is written");
    let mut asked = ids.clone();
    asked.push("nobody".to_owned());
    let (index, unknown) = index.forget(&asked).expect("it is written");
    assert_eq!(unknown, ["nobody"]);
    let expected = make(never.path(), &stays);
    assert_eq!(clusters(&index), clusters(&expected));
    drop((index, expected));
    let left = bytes(kept.path());
    ids.iter().for_each(|id| assert!(!holds(&left, id), "{id}"));
    // Nothing of the hashes is left: the columns are those of an index that never knew them, but for the number of the next batch, and
    // for the ids, which every file seals otherwise.
    let segment = |folder: &Path| -> Vec<u8> {
        let name = |entry: &std::path::PathBuf| entry.extension().is_some_and(|extension| extension == "segment");
        let file = std::fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.path()).find(name);
        std::fs::read(file.expect("there is one")).expect("it is readable")
    };
    let (left, never) = (segment(kept.path()), segment(never.path()));
    let differing = left.iter().zip(&never).enumerate().filter(|(_, (one, other))| one != other).map(|(at, _)| at);
    let differing: Vec<usize> = differing.filter(|&at| !(40..104).contains(&at)).collect();
    assert_eq!(left.len(), never.len());
    // What is sealed begins behind the numbers about all and is followed by columns that end at multiples of 64.
    let sealed = 128 + stays.iter().map(|line| line.find(',').unwrap_or_default()).sum::<usize>();
    let from = differing.iter().position(|at| differing.contains(&(at + 1)) && differing.contains(&(at + 2))).unwrap_or_default();
    let besides = differing.iter().filter(|&&at| !(differing[from]..differing[from] + sealed).contains(&at)).count();
    assert!(besides == 1 && differing.len() > 4 * stays.len(), "{besides} bytes differ");
    assert!(Index::open(kept.path(), Some(Key::from_bytes([8; 32]))).is_err(), "another key");
    assert!(Index::open(kept.path(), None).is_err(), "no key");
    assert!(Index::open(kept.path(), key()).is_ok());
}

#[test]
fn an_index_that_cannot_be_used_is_said_to_be_so() {
    let folder = folder();
    let said = |folder: &Path| Index::open(folder, None).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said(folder.path()).contains("make one with"));
    assert!(said(&folder.path().join("nowhere")).contains("make one with"));
    std::fs::write(folder.path().join("applicants.log"), "bonafide applicants 1\n").expect("it can be written");
    assert!(said(folder.path()).contains("earlier version"));
    let index = create(folder.path(), &applicants(&few()));
    assert!(said(folder.path()).contains("another program has it open"));
    drop(index);
    assert_eq!(said(folder.path()), "");
    let file = |extension: &str| {
        let is = |path: &std::path::PathBuf| path.extension().is_some_and(|of| of == extension);
        let mut files = std::fs::read_dir(folder.path()).expect("it is there").flatten().map(|entry| entry.path());
        files.find(is).expect("there is one")
    };
    let (segment, log) = (file("segment"), file("log"));
    // A segment is read-only: what somebody puts in its place is another file.
    let put = |bytes: &[u8]| {
        std::fs::remove_file(&segment).expect("it can be removed");
        std::fs::write(&segment, bytes).expect("it can be written");
    };
    let whole = std::fs::read(&segment).expect("it is there");
    for at in (0..whole.len()).step_by(whole.len() / 97) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        put(&damaged);
        let noticed = Index::open(folder.path(), None).and_then(|index| index.verify());
        assert!(noticed.is_err(), "byte {at}");
    }
    put(&whole[..whole.len() / 2]);
    assert!(!said(folder.path()).is_empty());
    put(&whole);
    // The log: a torn end is cut off, damage before an end is not.
    let mut index = open(folder.path());
    for id in 100..104 {
        add(&mut index, &applicants(&joined_of(&[(id, &json!({}))])));
    }
    drop(index);
    let whole = std::fs::read(&log).expect("it is there");
    for cut in [1, 20, 60] {
        std::fs::write(&log, &whole[..whole.len() - cut]).expect("it can be cut");
        assert_eq!(open(folder.path()).count().expect("it opens"), 63);
    }
    for at in (25..whole.len() - 40).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        std::fs::write(&log, &damaged).expect("it can be damaged");
        assert!(said(folder.path()).contains("damaged"), "byte {at}");
    }
    std::fs::write(&log, "another format\n").expect("it can be written");
    assert!(said(folder.path()).contains("another version"));
    std::fs::write(&log, &whole).expect("it can be mended");
    assert_eq!(open(folder.path()).count().expect("it opens"), 64);
    std::fs::write(folder.path().join("index"), "bonafide links 2\n").expect("it can be written");
    assert!(said(folder.path()).contains("another version"));
}

const FOLDER: &str = "BONAFIDE_TEST_INDEX_FOLDER";
const START: &str = "BONAFIDE_TEST_INDEX_START";

/// The child: adds, links anew and forgets until it is killed, and prints what was acknowledged.
#[test]
fn child_adds() {
    use std::io::Write as _;
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut number: usize = std::env::var(START).unwrap_or_default().parse().unwrap_or(1_000);
    let mut index = open(Path::new(&folder));
    let mut out = std::io::stdout();
    loop {
        add(&mut index, &applicants(&joined_of(&[(number, &json!({"device": format!("fp-{}", number / 2)}))])));
        writeln!(out, "ack {number}").expect("it is read");
        if number % 40 == 39 {
            index = index.relink().expect("it is written");
        }
        if number % 25 == 24 {
            writeln!(out, "forgetting {number}").expect("it is read");
            index = index.forget(&[format!("N{number}")]).expect("it is written").0;
            writeln!(out, "forgot {number}").expect("it is read");
        }
        number += 1;
    }
}

#[test]
fn a_killed_process_loses_nothing_acknowledged() {
    let kills = if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 200 } else { 20 };
    let folder = folder();
    drop(create(folder.path(), &applicants(&few())));
    let (mut acknowledged, mut maybe_gone, mut gone) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut dice: u64 = 0x9e37_79b9_7f4a_7c15;
    for round in 0..10 * kills {
        // Where the machine is busy, children need more rounds to come to work.
        if round >= kills && acknowledged.len() > kills {
            break;
        }
        let start = acknowledged.last().map_or(1_000, |last| last + 2);
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = Duration::from_micros(10_000 + (dice >> 33) % 150_000);
        for line in said_until_killed(
            "index::child_adds",
            &[(FOLDER, folder.path().as_os_str()), (START, start.to_string().as_ref())],
            after,
        ) {
            let number = |word: &str| line.strip_prefix(word).and_then(|rest| rest.trim().parse::<usize>().ok());
            acknowledged.extend(number("ack "));
            maybe_gone.extend(number("forgetting "));
            gone.extend(number("forgot "));
        }
        let index = open(folder.path());
        index.verify().expect("it is whole");
        let there = clusters(&index);
        for number in &acknowledged {
            let is_there = there.contains_key(&format!("N{number}"));
            assert!(is_there || maybe_gone.contains(number), "{number} was acknowledged");
            assert!(!is_there || !gone.contains(number), "{number} was forgotten");
        }
    }
    assert!(acknowledged.len() > kills, "the children came to work: {}", acknowledged.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_log_is_too_strange(text in prop::collection::vec(any::<u8>(), 0..200), is_log in any::<bool>()) {
        let mut bytes = if is_log { b"bonafide links log 2\n".to_vec() } else { Vec::new() };
        bytes.extend(text);
        let _ = people::read_log(&bytes);
    }
}

#[test]
fn a_segment_that_lies_answers_nonsense_and_nothing_worse() {
    let folder = folder();
    let set = set(&Population::usual(29, 150));
    let lines: Vec<&str> = set.applicants.lines().collect();
    drop(create(folder.path(), &with_texts(&lines, &set)));
    let is = |path: &std::path::PathBuf| path.extension().is_some_and(|of| of == "segment");
    let file = std::fs::read_dir(folder.path()).expect("it is there").flatten().map(|entry| entry.path()).find(is);
    let whole = std::fs::read(file.expect("there is one")).expect("it is readable");
    assert_eq!(people::ask_segment(&whole).expect("it opens"), 64);
    let mut dice: u64 = 7;
    // The head bears its own hash; what follows does not, until the whole is verified.
    let head = 104 + 40 * 150;
    for round in 0..40 {
        let mut damaged = whole.clone();
        for _ in 0..if round % 2 == 0 { 40 } else { 1_500 } {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = head + (dice >> 20) as usize % (whole.len() - head);
            damaged[at] = (dice >> 56) as u8;
        }
        let _ = people::ask_segment(&damaged);
    }
}
