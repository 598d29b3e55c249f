use bonafide_cases::{CaseError, Decide, DecisionCode, Filter, NoteKind, Reader, Status, What};
use bonafide_model::{assessment::Band, finding::Compared};
use bonafide_store::Recorded;
use serde_json::json;

use crate::support::{Office, filed, finding, id, today, vetted, with_findings};

fn decide(code: DecisionCode) -> Decide {
    Decide { code, by: "Eve Archer".into(), reason: "spoke to the subject on video".into(), request: None }
}

#[test]
fn the_queue_puts_first_what_needs_a_person_first() {
    let office = Office::new();
    let cases = office.open();
    for (subject, band) in [("a", "clear"), ("b", "look"), ("c", "urgent"), ("d", "look"), ("e", "urgent"), ("f", "look")] {
        filed(&cases, vetted(subject, subject, band, &[]));
    }
    let on = |subject: &str, code| drop(cases.decide(&cases.find(subject).unwrap(), &decide(code)).unwrap());
    on("d", DecisionCode::Escalated);
    on("e", DecisionCode::Cleared);
    on("f", DecisionCode::Asked);
    let order = |filter| -> Vec<String> { cases.queue(filter).unwrap().iter().map(|case| case.subject.to_string()).collect() };
    assert_eq!(order(Filter::default()), ["d", "c", "b", "a", "f"]);
    assert_eq!(order(Filter { closed: true, at_least: None }), ["d", "c", "b", "a", "f", "e"]);
    assert_eq!(order(Filter { closed: false, at_least: Some(Band::Look) }), ["d", "c", "b", "f"]);
    drop(cases);
    office.sound();
}

#[test]
fn the_same_application_again_is_the_same_case() {
    let office = Office::new();
    let cases = office.open();
    let first = cases.file(vec![vetted("a", "sample", "look", &["b"]), vetted("b", "other", "clear", &[])]).unwrap();
    let head = cases.store().head().unwrap();
    let again = cases.file(vec![vetted("a", "sample", "look", &["b"]), vetted("b", "other", "clear", &[])]).unwrap();
    assert_eq!(cases.store().head().unwrap(), head);
    for (first, again) in first.iter().zip(&again) {
        assert_eq!((first.case, first.facts, first.assessment), (again.case, Recorded::Added, Recorded::Added));
        assert_eq!((again.facts, again.assessment, again.reopened), (Recorded::Unchanged, Recorded::Unchanged, false));
    }
    assert_eq!(cases.queue(Filter::default()).unwrap().len(), 2);
}

#[test]
fn a_decision_needs_a_name_and_a_reason_and_no_particular_band() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "clear", &[]));
    for (by, reason) in [("", "because"), ("  \u{200B}", "because"), ("Eve", ""), ("Eve", " - "), ("Eve", "\n")] {
        let wrong = Decide { code: DecisionCode::Rejected, by: by.into(), reason: reason.into(), request: None };
        let error = cases.decide(&case, &wrong).unwrap_err();
        assert!(matches!(error, CaseError::Empty { .. }), "{by:?} {reason:?}: {error}");
    }
    let long = Decide { reason: "x".repeat(30_000), ..decide(DecisionCode::Held) };
    assert!(matches!(cases.decide(&case, &long), Err(CaseError::TooLong { found: 30_000, .. })));
    assert_eq!(cases.find("a").unwrap().decisions, 0);

    let rejected = cases.decide(&case, &decide(DecisionCode::Rejected)).unwrap();
    assert_eq!(rejected.status, Status::Closed);
    let decision = rejected.decision.unwrap();
    assert_eq!((decision.code, decision.by.as_str(), decision.band), (DecisionCode::Rejected, "Eve Archer", Some(Band::Clear)));
}

#[test]
fn a_retried_request_decides_once() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "look", &[]));
    let request = Decide { request: Some("7f3a".into()), ..decide(DecisionCode::Asked) };
    for _ in 0..3 {
        cases.decide(&cases.find("a").unwrap(), &request).unwrap();
    }
    // Twice the same words about the same state of the case, as a double click sends them.
    cases.decide(&case, &decide(DecisionCode::Cleared)).unwrap();
    let decided = cases.decide(&case, &decide(DecisionCode::Cleared)).unwrap();
    assert_eq!(decided.decisions, 2);
}

#[test]
fn a_case_is_found_by_subject_and_number_and_near_ones_are_named() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("app-0017", "sample", "look", &[]));
    assert_eq!(cases.find("app-0017").unwrap(), case);
    assert_eq!(cases.find(&format!(" {} ", case.id)).unwrap(), case);
    let near = cases.find("SAMPLE").unwrap_err().to_string();
    assert_eq!(near, "there is no case 'SAMPLE'; did you mean 'app-0017'?");
    let nothing = cases.find("C-999").unwrap_err().to_string();
    assert!(nothing.contains("`bonafide case list` shows all"), "{nothing}");
}

#[test]
fn a_case_closed_in_the_subjects_favour_is_reopened_by_worse_news_only() {
    let office = Office::new();
    let cases = office.open();
    filed(&cases, vetted("a", "sample", "look", &[]));
    let medium = |code: &str| finding(code, "contact", "medium", &json!(Compared::bound("x", "y")));
    let weak = finding("BF-APP-002", "contact", "weak", &json!(Compared::bound("x", "y")));
    let again = |band: &str, findings: &[serde_json::Value]| {
        let mut more = vetted("a", "sample", band, &[]);
        more.assessment = with_findings("a", "sample", band, findings);
        cases.file(vec![more]).unwrap()[0].reopened
    };
    again("look", &[medium("BF-APP-001")]);
    cases.decide(&cases.find("a").unwrap(), &decide(DecisionCode::Cleared)).unwrap();
    assert!(!again("look", &[medium("BF-APP-001"), weak]), "a weak finding more is no reason");
    assert!(!again("clear", &[]), "better news neither");
    assert!(again("look", &[medium("BF-APP-001"), medium("BF-APP-003")]));
    let reopened = cases.find("a").unwrap();
    assert_eq!((reopened.status, reopened.reopened.as_deref()), (Status::Open, Some("new findings: BF-APP-003")));
    assert!(!again("urgent", &[medium("BF-APP-001")]), "it is open already");

    cases.decide(&reopened, &decide(DecisionCode::Cleared)).unwrap();
    assert!(!again("look", &[]));
    cases.decide(&cases.find("a").unwrap(), &decide(DecisionCode::Cleared)).unwrap();
    assert!(again("urgent", &[]), "the band rose");
    cases.decide(&cases.find("a").unwrap(), &decide(DecisionCode::Rejected)).unwrap();
    assert!(!again("urgent", &[medium("BF-APP-009")]), "a person ended the process");
    drop(cases);
    office.sound();
}

#[test]
fn cases_are_reopened_and_closed_by_people_with_reasons() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "look", &[]));
    assert!(matches!(cases.reopen(&case, "Eve", "x"), Err(CaseError::WrongStatus { .. })));
    let undecided = cases.close(&case, "Eve", "x").unwrap_err().to_string();
    assert!(undecided.contains("is open; a person decides before a case is closed"), "{undecided}");
    let asked = cases.decide(&case, &decide(DecisionCode::Asked)).unwrap();
    assert_eq!(asked.status, Status::Asked);
    let closed = cases.close(&asked, "Eve Archer", "the vacancy is gone").unwrap();
    assert_eq!(closed.status, Status::Closed);
    assert!(matches!(cases.close(&closed, "Eve", "x"), Err(CaseError::WrongStatus { .. })));
    assert_eq!(cases.reopen(&closed, "Eve Archer", "a new vacancy").unwrap().status, Status::Open);
}

#[test]
fn a_look_lapses_when_nobody_acts_and_a_confirmed_list_match_does_not() {
    let office = Office::new();
    let cases = office.open();
    filed(&cases, vetted("idle", "idle", "look", &[]));
    filed(&cases, vetted("urgent", "urgent", "urgent", &[]));
    let mut listed = vetted("listed", "listed", "look", &[]);
    let entry = json!({"kind": "list_entry", "id": "list:1", "value": "R.", "source": "list", "version": "1"});
    listed.assessment = with_findings("listed", "listed", "look", &[finding("BF-APP-040", "sanctions", "strong", &entry)]);
    filed(&cases, listed);
    let worked = filed(&cases, vetted("worked", "worked", "look", &[]));
    office.days_later(20);
    cases.note(&worked, NoteKind::Remark, "Eve Archer", "waiting for the registrar").unwrap();
    assert!(cases.lapse("2026-12-11".parse().unwrap()).unwrap().is_empty());
    office.days_later(11);
    let lapsed = cases.lapse("2026-12-22".parse().unwrap()).unwrap();
    assert_eq!(lapsed.iter().map(|case| case.subject.to_string()).collect::<Vec<_>>(), ["idle"]);
    let decision = lapsed[0].decision.as_ref().unwrap();
    assert_eq!((decision.code, lapsed[0].status), (DecisionCode::Lapsed, Status::Closed));
    assert!(cases.lapse("2026-12-22".parse().unwrap()).unwrap().is_empty());
    assert_eq!(cases.find("listed").unwrap().status, Status::Open);
}

#[test]
fn a_look_at_a_person_is_recorded_where_asked() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "look", &["b"]));
    let quiet = cases.show(&case, None).unwrap();
    assert!(!quiet.history.iter().any(|entry| entry.what.is_audit()));
    let reader = Reader { by: "Eve Archer".into(), why: "asked by the hiring manager".into() };
    let file = cases.show(&case, Some(&reader)).unwrap();
    let last = &file.history.last().unwrap().what;
    assert!(matches!(last, What::Viewed(viewed) if viewed.by == "Eve Archer" && viewed.why.starts_with("asked by")));
    let nameless = Reader { by: " ".into(), why: "x".into() };
    assert!(matches!(cases.show(&case, Some(&nameless)), Err(CaseError::Empty { .. })));
    // To look is not to act: the case stays as old as it was.
    assert_eq!(cases.find("a").unwrap(), case);
    assert_eq!(file.facts.originals.len(), 2);
    assert_eq!(file.assessment.unwrap().assessed.assessment.findings.len(), 1);
    assert_eq!(file.retention.until, Some("2027-11-22".parse().unwrap()));
}

#[test]
fn what_people_write_about_another_subject_is_forgotten_with_it() {
    let office = Office::new();
    let cases = office.open();
    let case = filed(&cases, vetted("a", "sample", "look", &[]));
    let other = filed(&cases, vetted("bob builder", "builder", "look", &[]));
    let asked = Decide { reason: "same voice as (bob builder), see call".into(), ..decide(DecisionCode::Asked) };
    let decided = cases.decide(&case, &asked).unwrap();
    assert_eq!(decided.decision.unwrap().reason, "same voice as (bob builder), see call");
    cases.erase(&other, "Eve Archer", "subject_request", today()).unwrap();
    let now = cases.find("a").unwrap();
    assert_eq!(now.decision.unwrap().reason, "same voice as (erased), see call");
    assert!(cases.case_of(&id("bob builder")).unwrap().is_none());
    assert!(!format!("{:?}", cases.show(&case, None).unwrap()).contains("builder"));
    drop(cases);
    office.sound();
}
