use std::{path::Path, time::Instant};

use bonafide_store::{
    Body, Erasure, ErasureReason, Event, EventId, EventRecord, Others, Position, Projector, Record, SqliteStore, Store,
    StoreError, Upcasters,
};

use crate::support::{House, application, assessment, contains, files, id, person, referred};

pub(crate) fn order() -> Erasure {
    Erasure { by: "Eve Archer".into(), reason: ErasureReason::SubjectRequest, words: None }
}

/// Every file below a folder, searched byte by byte, as text and as UTF-16, in any case.
fn traces(root: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(root) {
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        let name = path.to_string_lossy().to_lowercase();
        for word in words {
            let plain = word.to_lowercase().into_bytes();
            let wide: Vec<u8> = word.to_lowercase().encode_utf16().flat_map(u16::to_le_bytes).collect();
            if contains(&bytes, &plain) || contains(&bytes, &wide) || name.contains(&word.to_lowercase()) {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    found
}

#[test]
fn an_erased_subject_leaves_nothing_anywhere_and_reads_erased() {
    let house = House::new();
    let store = house.open();
    let (ada, bob) = (id("ada@mail.example"), id("bob.builder@mail.example"));
    store.record_subject(application(&ada, "lovelock")).unwrap();
    store.record_subject(application(&bob, "zylophonist")).unwrap();
    store.record_subject(referred(&ada, &bob)).unwrap();
    store.record_assessment(assessment(&ada, "Ada lovelock", Some(&bob))).unwrap();
    store.record_assessment(assessment(&bob, "Ada zylophonist", Some(&ada))).unwrap();
    let mut note =
        EventRecord::new(Some(ada.clone()), "test.note", 1, &"rang bob.builder@mail.example", EventId::named("n")).unwrap();
    note.mentions.push(bob.clone());
    store.append_one(Record::Event(note)).unwrap();
    for number in 0..50 {
        store.append(person(number)).unwrap();
    }
    let names_bob = |store: &SqliteStore| {
        let assessed = store.assessment(&ada, Others::Named).unwrap().unwrap().assessed;
        let history = format!("{:?}", store.history(&ada, Others::Named).unwrap());
        (serde_json::to_string(&assessed).unwrap(), history)
    };
    assert!(names_bob(&store).0.contains("bob.builder"));
    let before = names_bob(&store).0;

    let start = Instant::now();
    let erased = store.erase(std::slice::from_ref(&bob), &order()).unwrap();
    let took = start.elapsed();
    assert!(took.as_millis() < 1000, "{took:?}");
    assert_eq!((erased.keys.len(), erased.events, erased.originals), (1, 3, 1));

    let words = ["zylophonist", "bob.builder", "2026-03-04"];
    assert_eq!(traces(&house.data(), &words), Vec::<String>::new());
    let (after, history) = names_bob(&store);
    for word in words {
        assert!(!after.contains(word) && !history.contains(word), "{word}: {after} {history}");
    }
    let assessed = store.assessment(&ada, Others::Named).unwrap().unwrap().assessed;
    assert_eq!(assessed.assessment.findings[0].evidence[0].compared_with.id, "erased");
    assert_eq!(assessed.assessment.findings[0].summary, "The phone number is also that of erased.");
    assert_eq!(assessed.assessment.findings[0].fingerprint, "erased");
    assert!(before.contains(&bonafide_model::ContentHash::of_bytes(bob.as_str().as_bytes()).short(16)));
    assert!(history.contains("rang erased") || format!("{history:?}").contains("erased"));

    assert!(store.dossier(&bob).unwrap().is_none());
    assert!(store.assessment(&bob, Others::Named).unwrap().is_none());
    assert!(store.history(&bob, Others::Named).unwrap().is_empty());
    assert!(store.find("zylophonist", 10).unwrap().is_empty());
    assert!(matches!(store.erase(std::slice::from_ref(&bob), &order()), Err(StoreError::UnknownSubject { .. })));
    let unreadable = store
        .events(Position::START, 1000)
        .unwrap()
        .into_iter()
        .filter(|event| matches!(event.body, Body::Unreadable { .. }))
        .count();
    assert_eq!(unreadable, 3, "they stay in the chain");

    // The same person applies again: a new subject, and the old events stay closed.
    store.record_subject(application(&bob, "zylophonist")).unwrap();
    assert_eq!(store.history(&bob, Others::Named).unwrap().len(), 2);
    store.erase(&[bob], &order()).unwrap();
    drop(store);
    assert_eq!(traces(&house.data(), &words), Vec::<String>::new());
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.sound(), "{:?}", report.problems);
    assert_eq!((report.erased, report.subjects), (2, 51));
}

#[test]
fn nothing_of_anybody_stands_in_clear_even_before_erasure() {
    let house = House::new();
    let store = house.open();
    store.record_subject(application(&id("ada@mail.example"), "lovelock")).unwrap();
    store.record_assessment(assessment(&id("ada@mail.example"), "Ada lovelock", Some(&id("bob")))).unwrap();
    assert_eq!(traces(&house.data(), &["lovelock", "ada@mail", "resume.txt", "555-"]), Vec::<String>::new());
}

#[test]
fn another_process_forgets_at_once() {
    let house = House::new();
    let (one, two) = (house.open(), house.open());
    one.append(person(1)).unwrap();
    one.append(person(2)).unwrap();
    assert!(two.dossier(&id("app-00001")).unwrap().is_some());
    one.erase(&[id("app-00001")], &order()).unwrap();
    assert!(two.dossier(&id("app-00001")).unwrap().is_none());
    assert_eq!(two.subjects().unwrap().len(), 1);
    assert!(two.dossier(&id("app-00002")).unwrap().is_some());
    two.append(person(3)).unwrap();
    assert_eq!(one.subjects().unwrap().len(), 2);
}

#[test]
fn several_are_erased_in_one_go_or_none() {
    let house = House::new();
    let store = house.open();
    for number in 0..4 {
        store.append(person(number)).unwrap();
    }
    let wrong = [id("app-00000"), id("nobody")];
    assert!(matches!(store.erase(&wrong, &order()), Err(StoreError::UnknownSubject { .. })));
    assert_eq!(store.subjects().unwrap().len(), 4);
    let right = [id("app-00000"), id("app-00002"), id("app-00000")];
    assert_eq!(store.erase(&right, &order()).unwrap().keys.len(), 2);
    let said: Vec<_> = store
        .events(Position::START, 100)
        .unwrap()
        .into_iter()
        .filter_map(|event| match event.body {
            Body::Erased(erased) => Some((erased.by, erased.reason)),
            _ => None,
        })
        .collect();
    assert_eq!(said, vec![(Some("Eve Archer".to_owned()), Some(ErasureReason::SubjectRequest)); 2]);
}

#[test]
fn erasing_one_of_thousands_takes_less_than_a_second() {
    let house = House::new();
    let store = house.open();
    for chunk in (0..3000).collect::<Vec<_>>().chunks(500) {
        let batch = chunk
            .iter()
            .map(|number| {
                let subject = id(&format!("app-{number}"));
                Record::Event(EventRecord::new(Some(subject), "test.note", 1, &"x", EventId::named("n")).unwrap())
            })
            .collect();
        store.append(batch).unwrap();
    }
    let start = Instant::now();
    store.erase(&[id("app-1234")], &order()).unwrap();
    assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
}

/// Keeps the last note, as a projection of people's texts would.
#[derive(Debug)]
struct LastNote;

impl Projector for LastNote {
    fn name(&self) -> &'static str {
        "test.last_note"
    }
    fn version(&self) -> u32 {
        1
    }
    fn fold(&self, state: Option<&[u8]>, event: &Event) -> Result<Option<Vec<u8>>, String> {
        Ok(match &event.body {
            Body::Other(other) => Some(serde_json::to_vec(&other.read::<String>(Upcasters(&[])).unwrap()).unwrap()),
            Body::Opened(opened) => Some(serde_json::to_vec(&opened.subject).unwrap()),
            _ => state.map(<[u8]>::to_vec),
        })
    }
}

#[test]
fn projections_forget_an_erased_subject_too() {
    let house = House::new();
    let options = house.options().projector(std::sync::Arc::new(LastNote));
    let store = SqliteStore::open(&options).unwrap();
    // An id that imitates a token.
    let (ada, bob) = (id("a\u{F8FF}m\u{F8FF}da \u{F8FF}"), id("bob.builder@mail.example"));
    let text =
        |store: &SqliteStore| serde_json::from_slice::<String>(&store.state("test.last_note", &ada).unwrap().unwrap()).unwrap();
    store.record_subject(application(&ada, "lovelock")).unwrap();
    assert_eq!(text(&store), ada.as_str());
    assert_eq!(store.subjects().unwrap()[0].subject, ada);
    store.record_subject(application(&bob, "builder")).unwrap();
    let mut note =
        EventRecord::new(Some(ada.clone()), "test.note", 1, &"rang bob.builder@mail.example \u{F8FF}", EventId::named("n"))
            .unwrap();
    note.mentions.push(bob.clone());
    store.append_one(Record::Event(note)).unwrap();
    assert_eq!(text(&store), "rang bob.builder@mail.example \u{F8FF}");
    store.close().unwrap();
    assert!(SqliteStore::doctor(&options).unwrap().sound());
    let store = SqliteStore::open(&options).unwrap();
    store.erase(&[bob], &order()).unwrap();
    assert_eq!(text(&store), "rang erased \u{F8FF}");
    assert_eq!(store.dossier(&ada).unwrap().unwrap().subject(), &ada);
    store.close().unwrap();
    let report = SqliteStore::doctor(&options).unwrap();
    assert!(report.sound(), "{:?}", report.problems);
}

#[test]
fn what_two_people_share_stays_with_the_one_who_is_left() {
    let house = House::new();
    let store = house.open();
    // The other's id is an ordinary word that stands in the first one's own values.
    let (ada, other) = (id("ada"), id("lovelock"));
    store.record_subject(application(&ada, "lovelock")).unwrap();
    store.record_subject(application(&other, "builder")).unwrap();
    store.record_subject(referred(&ada, &other)).unwrap();
    store.record_assessment(assessment(&ada, "Ada lovelock", Some(&other))).unwrap();
    store.erase(&[other], &order()).unwrap();
    let dossier = serde_json::to_string(&store.dossier(&ada).unwrap().unwrap()).unwrap();
    assert!(dossier.contains("Ada lovelock") && dossier.contains("\"subject\":\"erased\""), "{dossier}");
    let assessed = store.assessment(&ada, Others::Named).unwrap().unwrap().assessed.assessment;
    assert_eq!(assessed.display_name, "Ada lovelock");
    assert_eq!(assessed.findings[0].summary, "The phone number is also that of erased.");
    drop(store);
    assert!(SqliteStore::doctor(&house.options()).unwrap().sound());
}
