//! What a reader needs who keeps something derived in step with the log.

use bonafide_store::{Position, SqliteStore, Store, payload::kind};

use crate::{
    erasing::order,
    support::{House, application, assessment, id},
};

const FACTS: &[&str] = &[kind::FACTS];

#[test]
fn who_was_touched_behind_a_position_is_told_by_kind_and_never_who_was_erased() {
    let house = House::new();
    let store = house.open();
    let (ada, bob) = (id("ada@mail.example"), id("bob@mail.example"));
    store.record_subject(application(&ada, "lovelock")).unwrap();
    let between = store.head().unwrap().position;
    store.record_subject(application(&bob, "zylophonist")).unwrap();
    store.record_assessment(assessment(&ada, "Ada lovelock", None)).unwrap();

    let sorted = |mut ids: Vec<_>| {
        ids.sort();
        ids
    };
    assert_eq!(sorted(store.touched(Position::START, FACTS).unwrap()), [ada.clone(), bob.clone()]);
    assert_eq!(store.touched(between, FACTS).unwrap(), std::slice::from_ref(&bob));
    assert_eq!(sorted(store.touched(between, &[kind::FACTS, kind::ASSESSED]).unwrap()), [ada.clone(), bob.clone()]);
    assert!(store.touched(store.head().unwrap().position, FACTS).unwrap().is_empty());
    assert!(store.touched(Position::START, &[]).unwrap().is_empty());
    let head = store.head().unwrap();
    assert_eq!(store.link_at(head.position).unwrap(), Some(head.link));
    assert_eq!(store.link_at(head.position.next()).unwrap(), None);
    assert!(store.link_at(Position::START).unwrap().is_some_and(|link| link != head.link));
    assert!(store.knows(&bob).unwrap() && !store.knows(&id("nobody")).unwrap());
    assert_eq!(store.summary(&ada).unwrap().map(|summary| summary.display_name).as_deref(), Some("Ada lovelock"));
    assert_eq!(store.summary(&id("nobody")).unwrap(), None);

    let reader = SqliteStore::open_read_only(&house.options()).unwrap();
    let before = store.head().unwrap().position;
    assert!(!store.erased_since(Position::START).unwrap() && !reader.erased_since(Position::START).unwrap());
    store.erase(std::slice::from_ref(&bob), &order()).unwrap();
    for store in [&store, &reader] {
        assert_eq!(store.touched(Position::START, FACTS).unwrap(), std::slice::from_ref(&ada));
        assert!(store.erased_since(before).unwrap() && !store.knows(&bob).unwrap());
        assert!(!store.erased_since(store.head().unwrap().position).unwrap());
    }
}

#[test]
fn a_derived_key_depends_on_store_and_purpose_and_outlives_erasures() {
    let (one, other) = (House::new(), House::new());
    let store = one.open();
    let bob = id("bob@mail.example");
    store.record_subject(application(&bob, "zylophonist")).unwrap();
    let key = store.derived_key("links").unwrap();
    assert_ne!(key, store.derived_key("others").unwrap());
    assert_ne!(key, other.open().derived_key("links").unwrap());
    store.erase(&[bob], &order()).unwrap();
    drop(store);
    assert_eq!(one.open().derived_key("links").unwrap(), key);
}
