//! Snapshots, differences, and what must never be taken over.

use std::collections::HashMap;

use bonafide_watchlist::{
    Error,
    diff::Diff,
    entry::ListCode,
    snapshot::{FileOrigin, Folder, Origin, Taken},
    source::{ListFile, read_file, sheets_in_process},
};

use crate::history;

fn origin() -> Origin {
    let file =
        FileOrigin { url: "https://lists.example/sdn.csv".to_owned(), etag: Some("\"v1\"".to_owned()), last_modified: None };
    Origin { fetched_at: "2026-11-01T06:00:00Z".parse().unwrap(), files: vec![file] }
}

/// `count` invented people in the form of OFAC's main file.
fn people(count: usize) -> String {
    let row = |n: usize| {
        format!("{n},\"SAMPLE{n}, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1970.\"\r\n")
    };
    (1..=count).map(row).collect()
}

fn take(folder: &Folder, text: &str) -> Result<Taken, Error> {
    folder.take(None, &[ListFile { name: "sdn.csv", bytes: text.as_bytes() }], &origin(), &sheets_in_process)
}

#[test]
fn a_snapshot_is_taken_once_and_read_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let Taken::New(manifest) = take(&folder, &people(10)).unwrap() else { panic!("it is new") };
    assert!(matches!(take(&folder, &people(10)).unwrap(), Taken::Unchanged(_)));
    assert_eq!(folder.current(&ListCode::OFAC).unwrap(), Some(manifest.clone()));
    assert_eq!(folder.load(&ListCode::OFAC, &manifest.id, &sheets_in_process).unwrap().entries.len(), 10);
    let Taken::New(newer) = take(&folder, &people(11)).unwrap() else { panic!("it is new") };
    let [older, newer] = [manifest.id, newer.id].map(|id| folder.load(&ListCode::OFAC, &id, &sheets_in_process).unwrap().entries);
    let diff = Diff::between(&older, &newer);
    assert_eq!((diff.added.len(), diff.removed.len(), diff.changed.len()), (1, 0, 0));
}

#[test]
fn the_last_good_snapshot_stays_in_force() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    take(&folder, &people(100)).unwrap();
    let before = folder.current(&ListCode::OFAC).unwrap();
    let full = people(100);
    let bad = [
        ("a page", "<!DOCTYPE html><html><body>Service unavailable</body></html>".to_owned()),
        ("nothing", String::new()),
        ("half", people(49)),
        ("cut off", full[..full.len() - 60].to_owned()),
        ("nonsense", "1,2,3\n".to_owned()),
    ];
    for (name, text) in bad {
        let refused = take(&folder, &text);
        assert!(refused.is_err(), "{name} was taken");
        assert_eq!(folder.current(&ListCode::OFAC).unwrap(), before, "{name}");
    }
    // Half of the list, but not just its end.
    let fewer: String = full.lines().skip(49).map(|line| format!("{line}\r\n")).collect();
    assert!(take(&folder, &fewer).is_ok());
}

/// What people read when a download is no list.
#[test]
fn every_implausible_fetch_says_why_and_what_to_do() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    take(&folder, &people(2_000)).unwrap();
    let full = people(2_000);
    let at = |row: usize| full.match_indices("\r\n").nth(row).unwrap().0 + 2;
    // Declared as UTF-8, and cut off in the middle of letters here and there.
    let person =
        |n: usize| format!("<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>R\u{e9}mi \u{c5}se {n}</FIRST_NAME></INDIVIDUAL>");
    let tree: String = (0..200).map(person).collect();
    let tree = format!("<CONSOLIDATED_LIST><INDIVIDUALS>{tree}</INDIVIDUALS></CONSOLIDATED_LIST>");
    let mut halved = Vec::new();
    for (at, byte) in tree.bytes().enumerate() {
        let is_second = (0x80..0xc0).contains(&byte);
        halved.extend(Some(byte).filter(|_| !is_second || at % 3 > 0));
    }
    let bad: [(&str, Vec<u8>); 9] = [
        ("a page", b"<!DOCTYPE html><html><body>Service unavailable</body></html>".to_vec()),
        ("nothing", Vec::new()),
        ("half", full[..at(998)].into()),
        ("cut at the end of a row", full[..at(1_900)].into()),
        ("cut in a row", full[..at(1_900) + 30].into()),
        ("cut in the last field", full[..full.len() - 6].into()),
        ("cut in its packing", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33\x34".to_vec()),
        ("another encoding than it says", halved),
        ("another list", b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>R</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>".to_vec()),
    ];
    let before = folder.current(&ListCode::OFAC).unwrap();
    let mut messages = String::new();
    for (name, bytes) in bad {
        let files = [ListFile { name: "sdn.csv", bytes: &bytes }];
        let refused = folder.take(Some(&ListCode::OFAC), &files, &origin(), &sheets_in_process);
        messages.push_str(&format!("{name}: {}\n", refused.map_or_else(|error| error.to_string(), |_| "TAKEN".to_owned())));
        assert_eq!(folder.current(&ListCode::OFAC).unwrap(), before, "{name}");
    }
    insta::assert_snapshot!(messages);
}

#[test]
fn lines_of_two_encodings_are_read_each_by_itself() {
    let mut bytes = people(5).replace("Robin", "R\u{e9}mi").into_bytes();
    let latin = people(9).lines().skip(5).map(|line| format!("{line}\r\n").replace("Robin", "R\u{e9}mi")).collect::<String>();
    bytes.extend(latin.chars().map(|c| c as u8));
    let read = read_file(&ListFile { name: "sdn.csv", bytes: &bytes }).unwrap();
    assert_eq!(read.entries.len(), 9);
    assert!(read.entries.iter().all(|entry| entry.primary_name().starts_with("R\u{e9}mi ")));
    assert!(
        read.notes.iter().any(|note| note.contains("two encodings are mixed: 5 lines are UTF-8 and 4 are not")),
        "{:?}",
        read.notes
    );
}

#[test]
fn delistings_that_are_no_cut_are_taken() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    take(&folder, &people(2_000)).unwrap();
    // Scattered over the list, and the newest ten.
    let fewer: String =
        people(1_990).lines().enumerate().filter(|(n, _)| n % 9 != 4).map(|(_, line)| format!("{line}\r\n")).collect();
    assert!(matches!(take(&folder, &fewer), Ok(Taken::New(_))));
}

/// What the test below starts as a program of its own, and kills.
#[test]
fn a_writer_that_is_killed() {
    let Some(place) = std::env::var_os("BONAFIDE_TEST_WRITES_INTO") else { return };
    let folder = Folder::new(std::path::Path::new(&place));
    for round in 0.. {
        take(&folder, &people(4_000 + round % 7)).unwrap();
    }
}

#[test]
fn a_killed_program_leaves_a_whole_list_in_force() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    take(&folder, &people(4_000)).unwrap();
    for round in 0..6_u64 {
        let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "snapshots::a_writer_that_is_killed"])
            .env("BONAFIDE_TEST_WRITES_INTO", place.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(250 + 37 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let manifest = folder.current(&ListCode::OFAC).unwrap().unwrap();
        let read = folder.load(&ListCode::OFAC, &manifest.id, &sheets_in_process).unwrap();
        assert_eq!(read.entries.len(), manifest.entries);
        // The lock of the killed does not outlive it.
        take(&folder, &people(5_000 + round as usize)).unwrap();
    }
}

#[test]
fn damaged_snapshots_are_noticed() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let Taken::New(manifest) = take(&folder, &people(3)).unwrap() else { panic!("it is new") };
    std::fs::write(place.path().join("ofac").join(&manifest.id).join("0"), people(2)).unwrap();
    assert!(matches!(folder.load(&ListCode::OFAC, &manifest.id, &sheets_in_process), Err(Error::Damaged { .. })));
    assert!(matches!(folder.load(&ListCode::OFAC, "../../etc", &sheets_in_process), Err(Error::Damaged { .. })));
}

#[test]
fn a_cut_tree_is_never_taken() {
    let text = "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Robin</FIRST_NAME></INDIVIDUAL>";
    let read = read_file(&ListFile { name: "un.xml", bytes: text.as_bytes() }).unwrap();
    assert!(read.damage.is_some());
    let place = tempfile::tempdir().unwrap();
    let taken = Folder::new(place.path()).take(
        None,
        &[ListFile { name: "un.xml", bytes: text.as_bytes() }],
        &origin(),
        &sheets_in_process,
    );
    assert!(matches!(taken, Err(Error::Implausible { .. })));
}

#[test]
fn twelve_dated_versions_follow_each_other() {
    let Some(archive) = history::archive() else { return };
    let versions = history::versions(&archive, 1);
    assert_eq!(versions.len(), 12);
    // The same, counted by whole rows without any reader of ours.
    let rows: Vec<HashMap<String, String>> = history::members(&archive).into_iter().map(|(_, bytes)| plain_rows(bytes)).collect();
    let mut shown = Vec::new();
    for (pair, rows) in versions.windows(2).zip(rows.windows(2)) {
        let diff = Diff::between(&pair[0].1, &pair[1].1);
        let counts = (diff.added.len(), diff.removed.len(), diff.changed.len());
        let missing = |one: &HashMap<_, _>, other: &HashMap<_, _>| one.keys().filter(|id| !other.contains_key(*id)).count();
        let changed = rows[1].iter().filter(|(id, row)| rows[0].get(*id).is_some_and(|before| before != *row));
        assert_eq!(counts, (missing(&rows[1], &rows[0]), missing(&rows[0], &rows[1]), changed.count()), "{}", pair[1].0);
        shown.push(format!("{} {} +{} -{} ~{}", &pair[1].0[9..19], pair[1].1.len(), counts.0, counts.1, counts.2));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

/// Rows of a version by their first field.
fn plain_rows(bytes: &[u8]) -> HashMap<String, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let rows = reader.records().map(Result::unwrap).filter(|row| row.len() == 12);
    rows.map(|row| (row[0].trim().to_owned(), row.iter().map(str::trim).collect::<Vec<_>>().join("|"))).collect()
}
