//! Random sequences of operations against a plain model in memory.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_store::{EventId, EventRecord, Others, Record, Recorded, SqliteStore, Store, StoreError, SubjectRecord};
use proptest::prelude::*;

use crate::{
    erasing::order,
    support::{House, application, assessment, id},
};

#[derive(Clone, Debug)]
enum Step {
    Apply { who: u8, words: Vec<u8>, whole: bool },
    Assess { who: u8, other: u8 },
    Note { who: u8, event: u8 },
    Erase { who: u8 },
    Reopen,
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..4_u8;
    prop_oneof![
        4 => (who.clone(), proptest::collection::vec(0..3_u8, 0..3), any::<bool>())
            .prop_map(|(who, words, whole)| Step::Apply { who, words, whole }),
        2 => (who.clone(), who.clone()).prop_map(|(who, other)| Step::Assess { who, other }),
        2 => (who.clone(), 0..3_u8).prop_map(|(who, event)| Step::Note { who, event }),
        1 => who.prop_map(|who| Step::Erase { who }),
        1 => Just(Step::Reopen),
        1 => Just(Step::Crash),
    ]
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    words: BTreeSet<u8>,
    recorded: bool,
    notes: BTreeSet<u8>,
    assessed: Option<Option<u8>>,
}

fn name(who: u8) -> bonafide_model::id::SubjectId {
    id(&format!("subject-{who}"))
}

fn record(who: u8, words: &[u8], whole: bool) -> SubjectRecord {
    let parts: Vec<_> = words.iter().map(|word| application(&name(who), &format!("word{word}"))).collect();
    let facts = parts.into_iter().flat_map(|part| part.facts).collect();
    SubjectRecord { whole, ..SubjectRecord::application(name(who), facts, Vec::new()) }
}

fn check(store: &SqliteStore, model: &BTreeMap<u8, Known>, erased: &BTreeSet<u8>) -> Result<(), TestCaseError> {
    for who in 0..4 {
        let dossier = store.dossier(&name(who)).unwrap();
        let known = model.get(&who).cloned().unwrap_or_default();
        prop_assert_eq!(dossier.is_some(), known.recorded, "{}", who);
        if let Some(dossier) = dossier {
            let text = serde_json::to_string(&dossier).unwrap();
            for word in 0..3 {
                prop_assert_eq!(text.contains(&format!("word{word}@")), known.words.contains(&word));
            }
            prop_assert_eq!(dossier.facts().len(), known.words.len() * 4);
        }
        let notes =
            store.history(&name(who), Others::Named).unwrap().iter().filter(|event| event.body.kind() == "test.note").count();
        prop_assert_eq!(notes, known.notes.len());
        let assessed = store.assessment(&name(who), Others::Named).unwrap();
        prop_assert_eq!(assessed.is_some(), known.assessed.is_some());
        if let (Some(assessed), Some(Some(other))) = (assessed, known.assessed) {
            let named = &assessed.assessed.assessment.findings[0].evidence[0].compared_with.id;
            let right = if erased.contains(&other) { "erased".to_owned() } else { name(other).to_string() };
            prop_assert_eq!(named, &right);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn the_store_agrees_with_a_model(steps in proptest::collection::vec(step(), 1..14)) {
        let house = House::new();
        let mut store = house.open();
        let mut model: BTreeMap<u8, Known> = BTreeMap::new();
        // Whose references read "erased": those erased since the assessment that names them was made.
        let mut gone: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Apply { who, words, whole } => {
                    store.record_subject(record(who, &words, whole)).unwrap();
                    let known = model.entry(who).or_default();
                    if whole {
                        known.words.clear();
                    }
                    known.words.extend(words);
                    known.recorded = true;
                }
                Step::Assess { who, other } => {
                    let other = (other != who).then_some(other);
                    let record = assessment(&name(who), "Ada", other.map(name).as_ref());
                    store.record_assessment(record).unwrap();
                    model.entry(who).or_default().assessed = Some(other);
                    if let Some(other) = other {
                        model.entry(other).or_default();
                        gone.entry(who).or_default().remove(&other);
                    }
                }
                Step::Note { who, event } => {
                    let event_id = EventId::of(&[b"note", &[event]]);
                    let note = EventRecord::new(Some(name(who)), "test.note", 1, &event, event_id).unwrap();
                    let receipt = store.append_one(Record::Event(note)).unwrap();
                    let new = model.entry(who).or_default().notes.insert(event);
                    prop_assert_eq!(receipt.outcome == Recorded::Added, new);
                }
                Step::Erase { who } => {
                    let erased = store.erase(&[name(who)], &order());
                    prop_assert_eq!(erased.is_ok(), model.remove(&who).is_some());
                    if let Err(error) = erased {
                        let unknown = matches!(error, StoreError::UnknownSubject { .. });
                        prop_assert!(unknown, "{}", error);
                    } else {
                        gone.remove(&who);
                        for other in 0..4 {
                            gone.entry(other).or_default().insert(who);
                        }
                    }
                }
                Step::Reopen => {
                    store.close().unwrap();
                    store = house.open();
                }
                Step::Crash => {
                    store.abandon();
                    store = house.open();
                }
            }
        }
        for who in 0..4 {
            let alone: BTreeMap<_, _> = model.iter().map(|(at, known)| {
                // Only this subject's references are judged by what is gone for it.
                (*at, if *at == who { known.clone() } else { Known { assessed: known.assessed.map(|_| None), ..known.clone() } })
            }).collect();
            check(&store, &alone, gone.get(&who).unwrap_or(&BTreeSet::new()))?;
        }
        store.close().unwrap();
        let report = SqliteStore::doctor(&house.options()).unwrap();
        prop_assert!(report.sound(), "{:?}", report.problems);
    }
}
