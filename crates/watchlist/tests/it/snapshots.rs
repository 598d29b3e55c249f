//! Snapshots, differences, and what must never be taken over.

use std::io::Read as _;

use bonafide_watchlist::{
    Error,
    diff::Diff,
    entry::ListCode,
    snapshot::{FileOrigin, Folder, Origin, Taken},
    source::{ListFile, read_file, sheets_in_process},
};

use crate::data::file;

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
    assert!(take(&folder, &people(51)).is_ok());
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

/// Members of a tar archive (POSIX ustar: blocks of 512 bytes, size in octal digits at 124).
fn members(archive: &[u8]) -> Vec<(String, &[u8])> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(head) = archive.get(at..at + 512).filter(|head| head[0] != 0) {
        let text = |range: std::ops::Range<usize>| String::from_utf8_lossy(&head[range]).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&text(124..136), 8).unwrap();
        found.push((text(0..100), &archive[at + 512..at + 512 + size]));
        at += 512 + size.div_ceil(512) * 512;
    }
    found.retain(|(name, _)| name.ends_with(".csv"));
    found.sort();
    found
}

#[test]
fn twelve_dated_versions_follow_each_other() {
    let Some(packed) = file("ofac/sdn_history.tar.xz") else { return };
    let mut archive = Vec::new();
    let limits = bonafide_watchlist::source::limits();
    bonafide_formats::packed::Unpacked::new(&packed[..], &limits).unwrap().read_to_end(&mut archive).unwrap();
    let versions: Vec<_> = members(&archive)
        .into_iter()
        .map(|(name, bytes)| (name.clone(), read_file(&ListFile { name: &name, bytes }).unwrap().entries))
        .collect();
    assert_eq!(versions.len(), 12);
    let shown: Vec<String> = versions
        .windows(2)
        .map(|pair| {
            let diff = Diff::between(&pair[0].1, &pair[1].1);
            let counts = format!("+{} -{} ~{}", diff.added.len(), diff.removed.len(), diff.changed.len());
            format!("{} {} {counts}", &pair[1].0[9..19], pair[1].1.len())
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn sources_of_one_list_are_kept_apart() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    assert!(folder.sources().unwrap().is_empty());
    let [sdn, other]: [ListCode; 2] = ["ofac-sdn", "ofac-consolidated"].map(|name| name.parse().unwrap());
    let take = |source: &ListCode, count: usize, at: &str| {
        let origin = Origin { fetched_at: at.parse().unwrap(), files: Vec::new() };
        let text = people(count);
        let files = [ListFile { name: "list.csv", bytes: text.as_bytes() }];
        folder.take(Some(source), &files, &origin, &sheets_in_process).unwrap()
    };
    take(&sdn, 40, "2026-11-01T06:00:00Z");
    take(&sdn, 41, "2026-11-02T06:00:00.5Z");
    // Far smaller than the other source, and still plausible.
    take(&other, 3, "2026-11-02T06:00:00Z");
    assert_eq!(folder.sources().unwrap(), [other.clone(), sdn.clone()]);
    let history: Vec<usize> = folder.history(&sdn).unwrap().iter().map(|manifest| manifest.entries).collect();
    assert_eq!(history, [40, 41]);
    let manifest = folder.current(&other).unwrap().unwrap();
    assert_eq!((manifest.source.as_str(), manifest.list.as_str()), ("ofac-consolidated", "ofac"));
    assert_eq!(folder.checked_at(&other).unwrap().unwrap().to_string(), "2026-11-02T06:00:00Z");
    folder.set_checked(&other, "2026-11-05T06:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(folder.checked_at(&other).unwrap().unwrap().to_string(), "2026-11-05T06:00:00Z");
}
