use std::{sync::Arc, time::Duration};

use bonafide_model::dossier::Dossier;
use bonafide_store::{
    Body, Event, EventId, EventRecord, Options, Others, Position, Projector, Record, Recorded, SqliteStore, Store, StoreError,
    SubjectRecord,
};

use crate::support::{House, application, assessment, facts, id, person, referred};

#[test]
fn what_was_recorded_is_read_back_byte_for_byte() {
    let house = House::new();
    let (ada, bob) = (id("ada@mail.example"), id("bob"));
    let recorded = assessment(&ada, "Ada Lovelock", Some(&bob));
    {
        let store = house.open();
        store.record_subject(application(&ada, "lovelock")).unwrap();
        store.record_subject(application(&bob, "builder")).unwrap();
        store.record_assessment(recorded.clone()).unwrap();
    }
    let store = house.open();
    let dossier = store.dossier(&ada).unwrap().unwrap();
    let right = Dossier::new(ada.clone(), facts(&ada, "lovelock").into_iter().map(|known| known.fact).collect());
    assert_eq!(dossier.hash(), right.hash());
    let stored = store.assessment(&ada, Others::Named).unwrap().unwrap();
    assert_eq!(stored.assessed.assessment, recorded.assessment);
    assert_eq!(
        serde_json::to_vec(&stored.assessed.assessment).unwrap(),
        serde_json::to_vec(&recorded.assessment).unwrap(),
        "the same bytes"
    );
    assert_eq!(stored.assessed.asked, recorded.asked);
    let now = store.facts(&ada, Others::Named).unwrap().unwrap();
    assert_eq!(now.originals.len(), 1);
    assert_eq!(store.original(&ada, &now.originals[0].1).unwrap(), "Résumé of Ada lovelock".as_bytes());
    assert!(store.dossier(&id("nobody")).unwrap().is_none());

    let withheld = store.assessment(&ada, Others::Withheld).unwrap().unwrap().assessed;
    assert!(!serde_json::to_string(&withheld).unwrap().contains("bob"));
    assert_eq!(withheld.assessment.findings[0].evidence[0].compared_with.id, "withheld");
}

#[test]
fn the_same_application_again_doubles_nothing() {
    let house = House::new();
    let store = house.open();
    let ada = id("ada");
    let first = store
        .append(vec![Record::Subject(application(&ada, "one")), Record::Assessment(Box::new(assessment(&ada, "Ada", None)))]);
    let head = store.head().unwrap();
    let again = store
        .append(vec![Record::Subject(application(&ada, "one")), Record::Assessment(Box::new(assessment(&ada, "Ada", None)))]);
    let (first, again) = (first.unwrap(), again.unwrap());
    assert!(first.iter().all(|receipt| receipt.outcome == Recorded::Added));
    assert!(again.iter().all(|receipt| receipt.outcome == Recorded::Unchanged));
    assert_eq!(first.iter().map(|r| r.position).collect::<Vec<_>>(), again.iter().map(|r| r.position).collect::<Vec<_>>());
    assert_eq!(store.head().unwrap(), head, "nothing was appended");
    assert_eq!(store.subjects().unwrap().len(), 1);
}

#[test]
fn a_changed_application_updates_its_subject_and_keeps_the_history() {
    let house = House::new();
    let store = house.open();
    let ada = id("ada");
    store.record_subject(application(&ada, "one")).unwrap();
    store.record_subject(referred(&ada, &id("bob"))).unwrap();
    let changed = store.record_subject(application(&ada, "two")).unwrap();
    assert_eq!(changed.outcome, Recorded::Added);
    let dossier = store.dossier(&ada).unwrap().unwrap();
    let text = serde_json::to_string(&dossier).unwrap();
    assert!(text.contains("two@mail.example") && !text.contains("one@mail.example"), "{text}");
    assert!(text.contains("friend of bob"), "another scope is left alone");
    let history = store.history(&ada, Others::Named).unwrap();
    let added = history.iter().filter(|event| matches!(event.body, Body::Facts(_))).count();
    assert_eq!(added, 3);

    let originals = store.facts(&ada, Others::Named).unwrap().unwrap().originals;
    assert_eq!(originals.len(), 1);
    assert_eq!(store.original(&ada, &originals[0].1).unwrap(), "Résumé of Ada two".as_bytes());

    let addition = SubjectRecord { whole: false, ..application(&ada, "three") };
    store.record_subject(addition).unwrap();
    let text = serde_json::to_string(&store.dossier(&ada).unwrap().unwrap()).unwrap();
    assert!(text.contains("two@mail.example") && text.contains("three@mail.example"), "an addition withdraws nothing");

    store.record_subject(SubjectRecord::application(ada.clone(), Vec::new(), Vec::new())).unwrap();
    let now = store.facts(&ada, Others::Named).unwrap().unwrap();
    assert_eq!((now.facts.len(), now.originals.len()), (1, 0), "only the referral is left");
}

#[test]
fn event_ids_make_retries_idempotent() {
    let house = House::new();
    let store = house.open();
    let ada = id("ada");
    let note = |text: &str, name: &str| {
        Record::Event(EventRecord::new(Some(ada.clone()), "test.note", 1, &text, EventId::named(name)).unwrap())
    };
    let first = store.append(vec![note("x", "1"), note("y", "2")]).unwrap();
    let again = store.append(vec![note("y", "2"), note("z", "3"), note("z", "3")]).unwrap();
    assert_eq!(again[0].outcome, Recorded::Repeated);
    assert_eq!(again[0].position, first[1].position);
    assert_eq!((again[1].outcome, again[2].outcome), (Recorded::Added, Recorded::Repeated));
    // The same id under another subject is another event.
    let other = EventRecord::new(None, "test.note", 1, &"x", EventId::named("1")).unwrap();
    assert_eq!(store.append_one(Record::Event(other)).unwrap().outcome, Recorded::Added);

    let texts: Vec<String> = store
        .events(Position::START, 100)
        .unwrap()
        .into_iter()
        .filter_map(|event| match event.body {
            Body::Other(other) => Some(other.read(bonafide_store::Upcasters(&[])).unwrap()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["x", "y", "z", "x"]);
}

/// Refuses one kind of event, and counts the others.
#[derive(Debug)]
struct Counter;

impl Projector for Counter {
    fn name(&self) -> &'static str {
        "test.counter"
    }
    fn version(&self) -> u32 {
        1
    }
    fn fold(&self, state: Option<&[u8]>, event: &Event) -> Result<Option<Vec<u8>>, String> {
        match event.body.kind() {
            "test.refused" => Err("refused".into()),
            _ => Ok(Some(vec![state.map_or(0, |state| state[0]) + 1])),
        }
    }
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    let house = House::new();
    let store = SqliteStore::open(&house.options().projector(Arc::new(Counter))).unwrap();
    let mut batch = person(1);
    batch.push(Record::Event(EventRecord::new(Some(id("x")), "test.refused", 1, &"y", EventId::named("l")).unwrap()));
    let head = store.head().unwrap();
    let error = store.append(batch).unwrap_err();
    assert!(error.to_string().contains("the projection 'test.counter' cannot take the event at position 5: refused"), "{error}");
    assert_eq!(store.head().unwrap(), head);
    assert!(store.subjects().unwrap().is_empty() && store.states("test.counter").unwrap().is_empty());
    store.append(person(1)).unwrap();
    assert_eq!(store.subjects().unwrap().len(), 1);
    assert_eq!(store.states("test.counter").unwrap(), [vec![3]]);
}

#[test]
fn a_projection_catches_up_with_what_was_stored_without_it() {
    let house = House::new();
    let with = house.options().projector(Arc::new(Counter));
    SqliteStore::open(&with).unwrap().append(person(1)).unwrap();
    house.open().append(person(2)).unwrap();
    let note = EventRecord::new(Some(id("app-00001")), "test.note", 1, &"y", EventId::named("n")).unwrap();
    house.open().append_one(Record::Event(note)).unwrap();
    let store = SqliteStore::open(&with).unwrap();
    assert_eq!(store.state("test.counter", &id("app-00001")).unwrap(), Some(vec![4]));
    assert_eq!(store.state("test.counter", &id("app-00002")).unwrap(), Some(vec![3]));
    drop(store);
    let report = SqliteStore::doctor(&with).unwrap();
    assert!(report.sound() && report.notices.is_empty(), "{report:?}");
}

#[test]
fn threads_that_wait_are_committed_together() {
    let house = House::new();
    let store = house.open();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for number in 0..10 {
                    let receipts = store.append(person(thread * 100 + number)).unwrap();
                    assert!(receipts.iter().all(|receipt| receipt.outcome == Recorded::Added));
                }
            });
        }
    });
    assert_eq!(store.subjects().unwrap().len(), 40);
    drop(store);
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.sound(), "{:?}", report.problems);
    assert_eq!(report.events, 120);
}

/// Each handle is to the others what another process would be: files, locks and signatures are all they share.
#[test]
fn several_writers_leave_one_chain_and_one_order_of_checkpoints() {
    let house = House::new();
    let options = house.options().wait(Duration::from_secs(60));
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let options = &options;
            scope.spawn(move || {
                let store = SqliteStore::open(options).unwrap();
                for number in 0..12 {
                    store.append(person(writer * 100 + number)).unwrap();
                    if number % 5 == 4 {
                        let subject = id(&format!("app-{:05}", writer * 100 + number));
                        store.erase(&[subject], &crate::erasing::order()).unwrap();
                    }
                    assert!(store.dossier(&id(&format!("app-{:05}", writer * 100))).unwrap().is_some());
                }
                store.close().unwrap();
            });
        }
    });
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.sound(), "{report:#?}");
    assert_eq!((report.subjects, report.erased), (40, 8));
    // Whoever let go last has sealed the file.
    assert!(report.notices.is_empty(), "{report:#?}");
}

/// Two who close at one moment: the file is sealed whichever of them is last, and whatever the other wrote meanwhile.
#[test]
fn the_last_of_several_to_close_seals_the_file() {
    let house = House::new();
    let options = house.options().wait(Duration::from_secs(60));
    for round in 0..40 {
        let barrier = std::sync::Barrier::new(3);
        std::thread::scope(|scope| {
            for writer in 0..3 {
                let (options, barrier) = (&options, &barrier);
                scope.spawn(move || {
                    let store = SqliteStore::open(options).unwrap();
                    store.append(person(round * 100 + writer)).unwrap();
                    barrier.wait();
                    if writer == 0 {
                        store.append(person(round * 100 + 50)).unwrap();
                    }
                    store.close().unwrap();
                });
            }
        });
        let report = SqliteStore::doctor(&house.options()).unwrap();
        assert!(report.sound() && report.notices.is_empty(), "round {round}: {report:#?}");
    }
}

#[test]
fn readers_follow_positions_and_find_by_id_or_name() {
    let house = House::new();
    let store = house.open();
    for number in 0..5 {
        store.append(person(number)).unwrap();
    }
    let mut at = Position::START;
    let mut seen = 0;
    loop {
        let events = store.events(at, 4).unwrap();
        let Some(last) = events.last() else { break };
        assert!(events.iter().all(|event| event.position > at && event.subject.is_some()));
        at = last.position;
        seen += events.len();
    }
    assert_eq!((seen as u64, at), (15, store.head().unwrap().position));
    let found: Vec<_> = store.find("PERSON00003", 10).unwrap().into_iter().map(|found| found.subject).collect();
    assert_eq!(found, [id("app-00003")]);
    assert_eq!(store.find("app-", 2).unwrap().len(), 2);
}

#[test]
fn a_second_process_waits_and_then_says_so() {
    let house = House::new();
    let store = house.open();
    store.append(person(1)).unwrap();
    let other = SqliteStore::open(&house.options().wait(Duration::from_millis(50))).unwrap();
    let raw = rusqlite::Connection::open(house.options().database_file()).unwrap();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = other.append(person(2)).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(error.to_string().contains("another process is writing"), "{error}");
    assert_eq!(other.subjects().unwrap().len(), 1, "readers do not wait");
    raw.execute_batch("ROLLBACK").unwrap();
    drop(raw);
    other.append(person(2)).unwrap();
    // Each sees what the other wrote, new keys included.
    assert_eq!(store.subjects().unwrap().len(), 2);
    store.append(person(3)).unwrap();
    assert!(other.dossier(&id("app-00003")).unwrap().is_some());
}

#[test]
fn read_only_writes_nothing() {
    let house = House::new();
    assert!(matches!(SqliteStore::open_read_only(&house.options()), Err(StoreError::Absent { .. })));
    assert!(!house.data().exists(), "not even a folder");
    house.open().append(person(1)).unwrap();
    let before: Vec<_> = crate::support::files(&house.data()).into_iter().map(|p| (std::fs::read(&p).unwrap(), p)).collect();
    {
        let store = SqliteStore::open_read_only(&house.options()).unwrap();
        assert_eq!(store.subjects().unwrap().len(), 1);
        assert!(matches!(store.append(person(2)), Err(StoreError::ReadOnly { .. })));
    }
    let after: Vec<_> = crate::support::files(&house.data())
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with("-shm") && !path.to_string_lossy().ends_with("-wal"))
        .map(|p| (std::fs::read(&p).unwrap(), p))
        .collect();
    assert!(before == after, "nothing changed");
}

#[test]
fn a_backup_holds_no_key_and_a_restore_repeats_erasures() {
    let house = House::new();
    let options: Options = house.options();
    let store = house.open();
    store.append(person(1)).unwrap();
    store.append(person(2)).unwrap();
    let backup = house.folder.path().join("backup");
    store.backup(&backup).unwrap();
    assert!(matches!(store.backup(&backup), Err(StoreError::Backup { .. })), "never over another one");
    let names: Vec<_> = crate::support::files(&backup).into_iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("key") && !name.to_string_lossy().contains("wraps")));
    store.append(person(3)).unwrap();
    let order =
        bonafide_store::Erasure { by: "Eve Archer".into(), reason: bonafide_store::ErasureReason::SubjectRequest, words: None };
    store.erase(&[id("app-00001")], &order).unwrap();
    assert!(
        matches!(SqliteStore::restore(&backup, &options.clone().wait(Duration::ZERO)), Err(StoreError::Busy { .. })),
        "not under a user's feet"
    );
    drop(store);

    SqliteStore::restore(&backup, &options).unwrap();
    let store = house.open();
    let left: Vec<_> = store.subjects().unwrap().into_iter().map(|subject| subject.subject).collect();
    assert_eq!(left, [id("app-00002")]);
    drop(store);
    let report = SqliteStore::doctor(&options).unwrap();
    assert!(report.sound(), "{:?}", report.problems);
    assert_eq!(report.erased, 1);
    assert!(report.notices.iter().any(|notice| notice.contains("a backup was put in place")), "{:?}", report.notices);

    // Life goes on after a restore.
    house.open().append(person(4)).unwrap();
    assert!(SqliteStore::doctor(&options).unwrap().sound());

    let damaged = crate::support::files(&backup).into_iter().find(|path| path.ends_with("store.sqlite")).unwrap();
    let raw = rusqlite::Connection::open(&damaged).unwrap();
    raw.execute_batch("DROP TRIGGER event_is_never_edited; UPDATE event SET sealed = x'00' WHERE position = 2").unwrap();
    drop(raw);
    let error = SqliteStore::restore(&backup, &options).unwrap_err();
    assert!(error.to_string().contains("damaged at position 2"), "{error}");
    assert!(SqliteStore::doctor(&options).unwrap().sound(), "and nothing was touched");
}
