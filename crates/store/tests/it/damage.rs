use std::path::Path;

use bonafide_store::{Area, Others, Report, SqliteStore, Store, StoreError};
use rusqlite::Connection;

use crate::{
    erasing::order,
    support::{House, application, assessment, copy, files, id, person},
};

/// A store with a bit of everything, closed in order.
fn furnished(house: &House) {
    let store = house.open();
    for number in 0..6 {
        store.append(person(number)).unwrap();
    }
    store.record_assessment(assessment(&id("app-00001"), "Ada", Some(&id("app-00002")))).unwrap();
    store.record_subject(application(&id("app-00003"), "another")).unwrap();
    store.erase(&[id("app-00004")], &order()).unwrap();
    store.close().unwrap();
}

fn doctor(house: &House) -> Report {
    SqliteStore::doctor(&house.options()).unwrap()
}

fn edit(house: &House, sql: &str) {
    let raw = Connection::open(house.options().database_file()).unwrap();
    raw.execute_batch("DROP TRIGGER IF EXISTS event_is_never_edited; DROP TRIGGER IF EXISTS event_is_never_removed;").unwrap();
    raw.execute_batch(sql).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;",
    )
    .unwrap();
}

fn areas(report: &Report) -> Vec<Area> {
    report.problems.iter().map(|problem| problem.area).collect()
}

#[test]
fn a_sound_store_is_called_sound() {
    let house = House::new();
    furnished(&house);
    let report = doctor(&house);
    assert!(report.sound() && report.notices.is_empty(), "{report:#?}");
    assert_eq!((report.events, report.subjects, report.erased, report.originals), (21, 5, 1, 6));
    assert!(matches!(SqliteStore::doctor(&House::new().options()), Err(StoreError::Absent { .. })));
    // The examination itself changes nothing.
    assert_eq!(doctor(&house).problems, []);
}

#[test]
fn any_changed_column_is_noticed_where_it_stands() {
    let edits = [
        ("sealed", "substr(sealed, 1, 30) || x'00' || substr(sealed, 32)", Area::Chain),
        ("sealed", "x''", Area::Chain),
        ("link", "zeroblob(32)", Area::Chain),
        ("tag", "zeroblob(16)", Area::Chain),
        ("subject", "(SELECT subject FROM event WHERE position = 1)", Area::Chain),
        ("kind", "'subject.assessed'", Area::Chain),
        ("version", "2", Area::Chain),
    ];
    for (column, value, area) in edits {
        let house = House::new();
        furnished(&house);
        edit(
            &house,
            &format!(
                "UPDATE event SET {column} = CAST({value} AS {}) WHERE position = 8",
                match column {
                    "kind" => "TEXT",
                    "version" => "INTEGER",
                    _ => "BLOB",
                }
            ),
        );
        let report = doctor(&house);
        let found = report
            .problems
            .iter()
            .find(|problem| problem.area == area && problem.position.is_some_and(|at| (8..=9).contains(&at.0)));
        assert!(found.is_some(), "{column}: {report:#?}");
    }
}

#[test]
fn a_bit_flipped_anywhere_in_the_closed_file_is_noticed() {
    let house = House::new();
    furnished(&house);
    let path = house.options().database_file();
    let whole = std::fs::read(&path).unwrap();
    let step = if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 61 } else { 1499 };
    for at in (0..whole.len()).step_by(step) {
        let mut bent = whole.clone();
        bent[at] ^= 1 << (at % 8);
        std::fs::write(&path, &bent).unwrap();
        let report = doctor(&house);
        assert!(!report.sound(), "byte {at} of {}", whole.len());
    }
    std::fs::write(&path, &whole).unwrap();
    assert!(doctor(&house).sound());
}

/// Where the file was not sealed (the last process crashed), the log's own content is covered all the same.
#[test]
fn a_bit_flipped_in_the_log_is_noticed_after_a_crash_too() {
    let house = House::new();
    furnished(&house);
    let store = house.open();
    store.append(person(9)).unwrap();
    store.abandon();
    let path = house.options().database_file();
    let whole = std::fs::read(&path).unwrap();
    let raw = Connection::open(&path).unwrap();
    let cells: Vec<Vec<u8>> = raw
        .prepare("SELECT sealed FROM event UNION ALL SELECT link FROM event UNION ALL SELECT tag FROM event UNION ALL SELECT subject FROM event")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    drop(raw);
    assert!(doctor(&house).sound());
    let mut flipped = 0;
    for (number, cell) in cells.iter().enumerate() {
        // The first pages of a long payload lie in one piece.
        let piece = &cell[..cell.len().min(16)];
        let Some(at) = whole.windows(piece.len()).position(|window| window == piece) else { continue };
        let at = at + number % piece.len();
        let mut bent = whole.clone();
        bent[at] ^= 0x40;
        std::fs::write(&path, &bent).unwrap();
        let report = doctor(&house);
        assert!(!report.sound(), "cell {number}, byte {at}");
        flipped += 1;
    }
    assert!(flipped > 60, "{flipped}");
}

#[test]
fn a_cut_tail_is_noticed_and_refused() {
    let house = House::new();
    furnished(&house);
    edit(&house, "DELETE FROM event WHERE position > 20");
    let report = doctor(&house);
    assert!(areas(&report).contains(&Area::Tail), "{report:#?}");
    let refused = SqliteStore::open(&house.options()).unwrap_err();
    assert!(matches!(refused, StoreError::LogCut { .. }), "{refused}");
    assert!(refused.to_string().contains("ends at position 20, but a signed checkpoint covers 21"), "{refused}");
    // Reading stays possible, to see what is left.
    assert_eq!(SqliteStore::open_read_only(&house.options()).unwrap().subjects().unwrap().len(), 5);
}

#[test]
fn an_older_copy_of_the_database_is_a_cut_tail() {
    let house = House::new();
    house.open().append(person(1)).unwrap();
    let old = std::fs::read(house.options().database_file()).unwrap();
    house.open().append(person(2)).unwrap();
    std::fs::write(house.options().database_file(), old).unwrap();
    assert!(areas(&doctor(&house)).contains(&Area::Tail));
    assert!(matches!(SqliteStore::open(&house.options()), Err(StoreError::LogCut { .. })));
    std::fs::remove_file(house.options().database_file()).unwrap();
    assert!(areas(&doctor(&house)).contains(&Area::Tail));
    assert!(matches!(SqliteStore::open(&house.options()), Err(StoreError::LogCut { .. })), "no new store in its place");
}

/// Removes an event and recomputes the whole chain, as someone would who knows the format and not the keys.
#[test]
fn a_rewritten_log_with_a_right_chain_is_noticed() {
    let house = House::new();
    furnished(&house);
    let raw = Connection::open(house.options().database_file()).unwrap();
    raw.execute_batch("DROP TRIGGER event_is_never_edited; DROP TRIGGER event_is_never_removed").unwrap();
    raw.execute_batch("DELETE FROM event WHERE position = 5; UPDATE event SET position = position - 1 WHERE position > 5")
        .unwrap();
    let store: Vec<u8> = raw.query_row("SELECT value FROM meta WHERE name = 'store'", [], |row| row.get(0)).unwrap();
    let derive = |context: &str, parts: &[&[u8]]| {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().as_bytes().to_vec()
    };
    let mut before = derive("bonafide store 1: genesis of the log", &[&store]);
    type Row = (i64, Vec<u8>, Vec<u8>, String, u16, Vec<u8>);
    let rows: Vec<Row> = raw
        .prepare("SELECT position, tag, subject, kind, version, sealed FROM event ORDER BY position")
        .unwrap()
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (position, tag, subject, kind, version, sealed) in rows {
        let link = derive(
            "bonafide store 1: link of the log",
            &[
                &before,
                &position.to_le_bytes(),
                &tag,
                &subject,
                &version.to_le_bytes(),
                &(kind.len() as u64).to_le_bytes(),
                kind.as_bytes(),
                &(sealed.len() as u64).to_le_bytes(),
                &sealed,
            ],
        );
        raw.execute("UPDATE event SET link = ?1 WHERE position = ?2", rusqlite::params![link, position]).unwrap();
        before = link;
    }
    drop(raw);
    edit(&house, "");
    let report = doctor(&house);
    let found = report.problems.iter().find(|problem| problem.what.contains("rewritten"));
    assert!(found.is_some_and(|problem| problem.position.is_some_and(|at| at.0 >= 5)), "{report:#?}");
    assert!(!report.problems.iter().any(|p| p.what.contains("does not follow")), "the chain itself is right: {report:#?}");
}

#[test]
fn missing_exchanged_and_bent_originals_are_noticed() {
    let house = House::new();
    furnished(&house);
    let blobs = files(&house.options().blob_folder());
    std::fs::remove_file(&blobs[0]).unwrap();
    let mut bent = std::fs::read(&blobs[1]).unwrap();
    bent[40] ^= 1;
    std::fs::write(&blobs[1], bent).unwrap();
    std::fs::copy(&blobs[3], &blobs[2]).unwrap();
    let report = doctor(&house);
    assert_eq!(areas(&report), [Area::Originals; 3], "{report:#?}");
    let texts: String = report.problems.iter().map(ToString::to_string).collect();
    assert!(texts.contains("is missing from the blob folder") && texts.contains("was changed after it was stored"), "{texts}");
    let store = house.open();
    let mut errors = 0;
    for subject in store.subjects().unwrap() {
        for (_, original) in store.facts(&subject.subject, Others::Named).unwrap().unwrap().originals {
            errors += usize::from(store.original(&subject.subject, &original).is_err());
        }
    }
    // One of the three may be the replaced résumé, which nobody asks for any more.
    assert!((2..=3).contains(&errors), "{errors}");
}

#[test]
fn a_changed_projection_is_noticed() {
    for sql in [
        "DELETE FROM projection WHERE subject = (SELECT min(subject) FROM projection)",
        "UPDATE projection SET sealed = (SELECT sealed FROM projection ORDER BY subject DESC LIMIT 1)",
        "DELETE FROM blob WHERE address = (SELECT min(address) FROM blob)",
        "UPDATE blob SET bytes = bytes + 1",
        "INSERT INTO projection VALUES ('subject', x'00000000000000000000000000000000', x'00')",
    ] {
        let house = House::new();
        furnished(&house);
        edit(&house, sql);
        assert!(areas(&doctor(&house)).contains(&Area::Projection), "{sql}");
    }
}

#[test]
fn bent_cut_and_swapped_checkpoints_are_noticed() {
    let house = House::new();
    furnished(&house);
    let path = house.options().keys_folder().join("checkpoints.log");
    let whole = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let mut dropped = lines.clone();
    dropped.remove(3);
    let mut swapped = lines.clone();
    swapped.swap(2, 3);
    let changed = whole.replacen("\"position\":6", "\"position\":7", 1);
    let cases = [
        ("cut", lines[..lines.len() - 4].concat()),
        ("gone", String::new()),
        ("dropped", dropped.concat()),
        ("swapped", swapped.concat()),
        ("changed", changed),
        ("junk", format!("{whole}junk\n")),
        ("case", {
            let mut bent = whole.clone().into_bytes();
            let at = bent.iter().rposition(u8::is_ascii_lowercase).unwrap();
            bent[at] ^= 0x20;
            String::from_utf8(bent).unwrap()
        }),
        ("noise", "\u{fffd}\n\n\t\n".to_owned()),
    ];
    for (name, text) in cases {
        std::fs::write(&path, text).unwrap();
        let report = doctor(&house);
        assert!(areas(&report).contains(&Area::Checkpoints), "{name}: {report:#?}");
    }
    // A line that a crash cut short is no damage: nothing it covers was acknowledged.
    std::fs::write(&path, format!("{whole}{{\"kind\":\"comm")).unwrap();
    assert!(doctor(&house).sound());
    house.open().append(person(7)).unwrap();
    assert!(doctor(&house).sound());
}

#[test]
fn a_bent_or_shortened_ledger_is_noticed() {
    let house = House::new();
    furnished(&house);
    let path = house.options().keys_folder().join("erasures.log");
    let whole = std::fs::read_to_string(&path).unwrap();
    for text in [String::new(), whole.replacen("\"key\":\"", "\"key\":\"0", 1), whole.replace("2026", "2025")] {
        std::fs::write(&path, text).unwrap();
        assert!(areas(&doctor(&house)).contains(&Area::Erasure));
    }
}

#[test]
fn a_file_changed_behind_the_programs_back_is_noticed() {
    let house = House::new();
    furnished(&house);
    let raw = Connection::open(house.options().database_file()).unwrap();
    raw.execute_batch("CREATE TABLE hidden (x)").unwrap();
    drop(raw);
    let report = doctor(&house);
    let texts: String = report.problems.iter().map(ToString::to_string).collect();
    assert!(texts.contains("is not as it was closed") && texts.contains("schema of the database was changed"), "{texts}");
}

#[test]
fn rubbish_in_place_of_the_database_is_named() {
    let house = House::new();
    furnished(&house);
    let path = house.options().database_file();
    let whole = std::fs::read(&path).unwrap();
    let cases: [(&str, Vec<u8>); 4] = [
        ("short", whole[..whole.len() / 2].to_vec()),
        ("text", b"hello".repeat(1000)),
        ("zeros", vec![0; 8192]),
        ("one page", whole[..4096].to_vec()),
    ];
    for (name, bytes) in cases {
        std::fs::write(&path, bytes).unwrap();
        assert!(!doctor(&house).sound(), "{name}");
        let _ = SqliteStore::open(&house.options()).map(SqliteStore::abandon);
    }
}

/// What a killed process leaves behind: the newest events stand in the write-ahead log only.
#[test]
fn a_bit_flipped_in_the_write_ahead_log_is_noticed() {
    let (house, left) = (House::new(), House::new());
    let store = house.open();
    for number in 0..4 {
        store.append(person(number)).unwrap();
    }
    copy(&house.data(), &left.data());
    let path = left.data().join("store.sqlite-wal");
    let whole = std::fs::read(&path).unwrap();
    assert!(whole.len() > 20_000, "the events are there: {}", whole.len());
    let sound = std::fs::read(left.options().database_file()).unwrap();
    for at in (0..whole.len()).step_by(2311) {
        let mut bent = whole.clone();
        bent[at] ^= 1 << (at % 8);
        std::fs::write(&path, &bent).unwrap();
        std::fs::write(left.options().database_file(), &sound).unwrap();
        let _ = std::fs::remove_file(left.data().join("store.sqlite-shm"));
        assert!(!doctor(&left).sound(), "byte {at} of {}", whole.len());
    }
    std::fs::write(&path, &whole).unwrap();
    std::fs::write(left.options().database_file(), &sound).unwrap();
    let _ = std::fs::remove_file(left.data().join("store.sqlite-shm"));
    assert!(doctor(&left).sound());
}

#[test]
fn reading_does_not_void_the_seal_of_the_file() {
    let house = House::new();
    furnished(&house);
    {
        let (writer, reader) = (house.open(), SqliteStore::open_read_only(&house.options()).unwrap());
        assert_eq!(writer.subjects().unwrap().len(), reader.subjects().unwrap().len());
    }
    let report = doctor(&house);
    assert!(report.sound() && report.notices.is_empty(), "{report:#?}");
}

/// Two copies of one store, both written to: their signed histories disagree.
#[test]
fn a_fork_is_noticed() {
    let (one, two) = (House::new(), House::new());
    one.open().append(person(1)).unwrap();
    copy(&one.data(), &two.data());
    one.open().append(person(2)).unwrap();
    two.open().append(person(3)).unwrap();
    let taken = |house: &House, name: &str| std::fs::read(house.data().join(Path::new(name))).unwrap();
    std::fs::write(one.options().database_file(), taken(&two, "store.sqlite")).unwrap();
    let report = doctor(&one);
    assert!(report.problems.iter().any(|problem| problem.what.contains("rewritten")), "{report:#?}");
}
