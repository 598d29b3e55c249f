//! The index of the store's links, as a user of `bonafide vet` meets it: it is there, follows the store, and can be lost.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::bonafide;

/// What an invented applicant states; nobody else states the same.
fn somebody(number: usize) -> Value {
    json!({
        "id": format!("person-{number:03}"),
        "name": {"given": word(number), "family": word(number + 5_000)},
        "emails": [format!("box{number}@mail{number}.example")],
        "phones": [format!("+1512555{number:04}")],
        "applied_at": "2026-03-01T10:00:00Z",
    })
}

/// A word of eight letters that resembles no other number's.
fn word(number: usize) -> String {
    let mut state = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut letter = |_| {
        state ^= state >> 31;
        state = state.wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(17);
        char::from(b'a' + (state >> 40) as u8 % 26)
    };
    (0..8).map(&mut letter).collect()
}

/// A crowd of strangers of whom three share a telephone number and a wallet.
fn crowd(size: usize) -> Vec<Value> {
    let mut people: Vec<Value> = (0..size).map(somebody).collect();
    for person in &mut people[..3] {
        person["phones"] = json!(["+15125559999"]);
        person["wallets"] = json!(["0x52908400098527886E0F7030069857D2E4169EE7"]);
    }
    people
}

fn write(home: &Path, folder: &str, people: &[Value]) {
    for person in people {
        let folder = home.join(folder).join(person["id"].as_str().unwrap());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("application.json"), person.to_string()).unwrap();
    }
}

/// Vets a folder; what is said of everybody, by subject, without the versions of the surroundings.
fn vet(home: &Path, folder: &str, more: &[&str]) -> Vec<(String, Value)> {
    let mut arguments = vec!["vet", folder, "--as-of", "2026-06-01T00:00:00Z", "--json", "out.jsonl"];
    arguments.extend(more);
    let (status, _, errors) = bonafide(home, &arguments);
    assert_eq!(status, 0, "{errors}");
    let lines = fs::read_to_string(home.join("out.jsonl")).unwrap();
    let mut said: Vec<(String, Value)> = lines
        .lines()
        .map(|line| {
            let assessment: Value = serde_json::from_str(line).unwrap();
            let findings: Vec<Value> = assessment["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|finding| json!([finding["code"], finding["strength"], finding["weight"], finding["summary"]]))
                .collect();
            (assessment["subject"].as_str().unwrap().to_owned(), json!([assessment["band"], findings]))
        })
        .collect();
    said.sort_by(|one, other| one.0.cmp(&other.0));
    said
}

/// The one folder of the index.
fn index(home: &Path) -> PathBuf {
    let folders: Vec<PathBuf> = fs::read_dir(home.join("store/links")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    folders[0].clone()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { found.extend(files(&entry)) } else { found.push(entry) }
    }
    found
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_later_member_is_told_as_if_all_had_come_at_once() {
    let people = crowd(60);
    let (at_once, one_by_one) = (home(), home());
    write(at_once.path(), "all", &people);
    let told = vet(at_once.path(), "all", &[]);
    let member = |said: &[(String, Value)]| said.iter().find(|(id, _)| id == "person-002").unwrap().1.clone();
    assert!(member(&told).to_string().contains("APP-010"), "{}", member(&told));

    write(one_by_one.path(), "first", &people[..2]);
    write(one_by_one.path(), "rest", &people[3..]);
    write(one_by_one.path(), "last", &people[2..3]);
    vet(one_by_one.path(), "first", &[]);
    vet(one_by_one.path(), "rest", &[]);
    let dry = vet(one_by_one.path(), "last", &["--dry-run"]);
    let last = vet(one_by_one.path(), "last", &[]);
    assert_eq!((member(&last), member(&dry)), (member(&told), member(&told)));
    // Again, from an index that knows the subject already.
    assert_eq!(member(&vet(one_by_one.path(), "last", &[])), member(&told));
}

#[test]
fn the_index_is_made_anew_where_it_is_lost_or_damaged_and_a_dry_run_writes_none() {
    let home = home();
    let people = crowd(40);
    write(home.path(), "all", &people);
    write(home.path(), "last", &people[2..3]);
    vet(home.path(), "all", &[]);
    let told = vet(home.path(), "last", &[]);
    let folder = index(home.path());

    fs::remove_dir_all(home.path().join("store/links")).unwrap();
    assert_eq!(vet(home.path(), "last", &["--dry-run"]), told);
    assert!(!home.path().join("store/links").exists());
    assert_eq!(vet(home.path(), "last", &[]), told);
    assert_eq!(index(home.path()), folder);

    for path in files(&folder) {
        let bytes = fs::read(&path).unwrap();
        for damaged in [Vec::new(), b"no index".to_vec(), bytes[..bytes.len() / 2].to_vec()] {
            fs::remove_file(&path).unwrap();
            fs::write(&path, &damaged).unwrap();
            assert_eq!(vet(home.path(), "last", &["--dry-run"]), told, "{}", path.display());
        }
        assert_eq!(vet(home.path(), "last", &[]), told, "{}", path.display());
    }
}

#[test]
fn who_is_erased_leaves_no_trace_and_no_influence() {
    let home = home();
    let people = crowd(40);
    write(home.path(), "all", &people);
    write(home.path(), "last", &people[2..3]);
    vet(home.path(), "all", &[]);
    assert!(vet(home.path(), "last", &[])[0].1.to_string().contains("APP-010"));
    let before: Vec<Vec<u8>> = files(&index(home.path())).iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!before.is_empty());
    // No value and no id of anybody stands in the index, erased or not.
    let words = ["person-001", "box1@mail1", "5125559999", "52908400098527886", &word(1), &word(5_001)];
    let traces = |home: &Path| {
        let all = files(&index(home));
        let holds = |path: &PathBuf, word: &str| {
            fs::read(path).unwrap().to_ascii_lowercase().windows(word.len()).any(|window| window == word.as_bytes())
        };
        all.iter().any(|path| words.iter().any(|word| holds(path, word)))
    };
    assert!(!traces(home.path()));
    for id in ["person-000", "person-001"] {
        let (status, text, errors) =
            bonafide(home.path(), &["case", "erase", id, "--by", "Ada Example", "--reason", "subject-request", "--yes"]);
        assert_eq!(status, 0, "{text}{errors}");
    }
    assert!(!traces(home.path()));
    let alone = vet(home.path(), "last", &[]);
    assert!(!alone[0].1.to_string().contains("APP-010"), "{alone:?}");
}

#[test]
fn a_changed_application_takes_the_place_of_the_earlier_one() {
    let home = home();
    let mut people = crowd(40);
    write(home.path(), "all", &people);
    write(home.path(), "last", &people[2..3]);
    vet(home.path(), "all", &[]);
    people[0] = somebody(0);
    people[1] = somebody(1);
    write(home.path(), "changed", &people[..2]);
    vet(home.path(), "changed", &[]);
    let alone = vet(home.path(), "last", &[]);
    assert!(!alone[0].1.to_string().contains("APP-010"), "{alone:?}");
}

#[test]
fn a_decision_is_followed_both_ways_and_outlives_a_changed_application() {
    let home = home();
    let mut people: Vec<Value> = (0..30).map(somebody).collect();
    people[1]["wallets"] = json!(["0x52908400098527886E0F7030069857D2E4169EE7"]);
    people[2]["wallets"] = people[1]["wallets"].clone();
    write(home.path(), "all", &people);
    write(home.path(), "last", &people[2..3]);
    vet(home.path(), "all", &[]);
    let decide = |decision: &str| {
        let arguments = ["case", "decide", "person-001", decision, "--by", "Ada Example", "--reason", "seen on the call"];
        let (status, text, errors) = bonafide(home.path(), &arguments);
        assert_eq!(status, 0, "{text}{errors}");
    };
    let is_tied = || vet(home.path(), "last", &[])[0].1.to_string().contains("confirmed to have misrepresented");
    assert!(!is_tied());
    decide("confirmed-by-person");
    assert!(is_tied());
    people[1]["location"] = json!({"city": "Austin", "country": "US"});
    write(home.path(), "changed", &people[1..2]);
    vet(home.path(), "changed", &[]);
    assert!(is_tied(), "what was decided stands");
    decide("cleared");
    assert!(!is_tied());
}

#[test]
fn a_log_that_was_put_back_and_went_on_otherwise_is_read_anew() {
    let home = home();
    let mut people: Vec<Value> = (0..30).map(somebody).collect();
    people[1]["wallets"] = json!(["0x52908400098527886E0F7030069857D2E4169EE7"]);
    people[2]["wallets"] = people[1]["wallets"].clone();
    write(home.path(), "some", &people[3..]);
    write(home.path(), "lost", &people[..1]);
    write(home.path(), "instead", &people[1..2]);
    write(home.path(), "last", &people[2..3]);
    vet(home.path(), "some", &[]);
    let store = home.path().join("store");
    let backup = home.path().join("backup");
    copy(&store, &backup);
    vet(home.path(), "lost", &[]);
    // Nobody new, but the index follows.
    vet(home.path(), "some", &[]);
    // The store is put back and goes on otherwise, further than the index of before had come, which is put beside it.
    let links = home.path().join("links");
    fs::rename(store.join("links"), &links).unwrap();
    fs::remove_dir_all(&store).unwrap();
    copy(&backup, &store);
    vet(home.path(), "instead", &[]);
    for number in 40..44 {
        let folder = format!("more-{number}");
        write(home.path(), &folder, &[somebody(number)]);
        vet(home.path(), &folder, &[]);
    }
    fs::remove_dir_all(store.join("links")).unwrap();
    fs::rename(&links, store.join("links")).unwrap();
    assert!(vet(home.path(), "last", &[])[0].1.to_string().contains("held by 1 other subject"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}
