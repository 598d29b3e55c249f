use std::path::PathBuf;

use bonafide_cases::{CaseError, Decide, DecisionCode, Filter, HoldKind};
use bonafide_store::{Body, ErasureReason, Position, StoreError};

use crate::support::{Office, filed, today, vetted};

fn traces(root: PathBuf, word: &str) -> Vec<PathBuf> {
    let mut open = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if std::fs::read(&path).unwrap().to_ascii_lowercase().windows(word.len()).any(|part| part == word.as_bytes()) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_legal_hold_blocks_erasure_and_says_why() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "urgent", &[]));
    assert!(matches!(cases.release(&case, "Eve", "x"), Err(CaseError::NotHeld { .. })));
    assert!(matches!(cases.hold(&case, HoldKind::Litigation, "Eve", ""), Err(CaseError::Empty { .. })));
    let held = cases.hold(&case, HoldKind::Sanctions, "Cora Compliance", "blocked, report filed").unwrap();
    // The caller's older view of the case does not get round it.
    for view in [&case, &held] {
        let error = cases.erase(view, "Eve Archer", "subject_request", today()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "case {} cannot be erased: a legal hold (sanctions) was set by Cora Compliance on 2026-11-21, because: blocked, \
                 report filed. Whoever answers for it must release the hold first",
                case.id
            )
        );
    }
    let retention = cases.show(&held, None).unwrap().retention;
    assert_eq!(retention.until, None);
    assert!(retention.rule.contains("ten years"), "{}", retention.rule);
    office.days_later(5000);
    assert!(cases.due("2040-01-01".parse().unwrap()).unwrap().is_empty());
    let released = cases.release(&held, "Cora Compliance", "licence granted").unwrap();
    assert_eq!(released.hold, None);
    cases.erase(&released, "Eve Archer", "subject_request", today()).unwrap();
    assert!(cases.queue(Filter::default()).unwrap().is_empty());
    drop(cases);
    office.sound();
}

#[test]
fn a_retention_period_ends_and_not_before() {
    let office = Office::new();
    let cases = office.open();
    let old = filed(&cases, vetted("old", "sample", "clear", &[]));
    office.days_later(200);
    let young = filed(&cases, vetted("young", "other", "clear", &[]));
    let on = "2027-11-22".parse().unwrap();
    let due: Vec<_> = cases.due(on).unwrap().into_iter().map(|case| case.subject).collect();
    assert_eq!(due, std::slice::from_ref(&old.subject));
    let early = cases.erase(&young, "Eve Archer", "retention_ended", on).unwrap_err();
    assert!(matches!(&early, CaseError::Retained { until, .. } if *until > on), "{early}");
    assert!(early.to_string().contains("29 CFR 1602.14"), "{early}");
    cases.erase(&old, "Eve Archer", "retention_ended", on).unwrap();
    // What a person asks for does not wait for the period.
    cases.erase(&young, "Eve Archer", "subject_request", on).unwrap();
}

#[test]
fn an_erased_subject_is_gone_and_the_reason_does_not_name_it() {
    let office = Office::new();
    let cases = office.open();
    let kept = filed(&cases, vetted("app-1", "zylophonist", "look", &["app-2"]));
    let gone = filed(&cases, vetted("app-2", "quixotry", "look", &["app-1"]));
    let decide = Decide { code: DecisionCode::Held, by: "Eve Archer".into(), reason: "Quixotry is away".into(), request: None };
    cases.decide(&gone, &decide).unwrap();
    for (by, reason) in [("", "subject_request"), ("Eve", " ")] {
        assert!(matches!(cases.erase(&gone, by, reason, today()), Err(CaseError::Empty { .. })));
    }
    let words = "Robin Quixotry (robin.quixotry@mail.example, app-2) wrote on 3 May and asked for it";
    let start = std::time::Instant::now();
    let erased = cases.erase(&gone, "Eve Archer", words, today()).unwrap();
    assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
    assert_eq!((erased.originals, erased.events), (2, 5));
    let said = cases
        .store()
        .events(Position::START, 100)
        .unwrap()
        .into_iter()
        .find_map(|event| match event.body {
            Body::Erased(erased) => Some(erased),
            _ => None,
        })
        .unwrap();
    assert_eq!(said.reason, Some(ErasureReason::Stated));
    let words = said.words.unwrap();
    assert!(words.ends_with("wrote on 3 May and asked for it") && !words.to_lowercase().contains("quixotry"), "{words}");

    assert!(matches!(cases.find("app-2"), Err(CaseError::Unknown { .. })));
    let gone_error = cases.decide(&gone, &decide).unwrap_err();
    assert!(matches!(gone_error, CaseError::Store(StoreError::UnknownSubject { .. })), "{gone_error}");
    let file = format!("{:?}", cases.show(&kept, None).unwrap());
    assert!(file.contains("also that of erased") && !file.contains("app-2") && !file.contains("uixotry"));
    let mut package = std::io::Cursor::new(Vec::new());
    let order = bonafide_cases::ExportOrder { by: "Eve".into(), purpose: bonafide_cases::ExportFor::Evidence };
    cases.export(&kept, &order, None, &mut package).unwrap();
    drop(cases);
    assert_eq!(traces(office.data(), "quixotry"), Vec::<PathBuf>::new());
    office.sound();
}
