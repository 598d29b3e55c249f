//! Files invented applicants and prints what the queue costs:
//!
//! ```sh
//! cargo run --release -p bonafide-cases --example filing -- 10000
//! ```
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example")]

use std::{sync::Arc, time::Instant};

use bonafide_cases::{CaseProjector, Cases, Decide, DecisionCode, ExportFor, ExportOrder, Filter, Vetted};
use bonafide_model::{
    ContentHash,
    fact::{Email, FactSink, PersonName, Provenance, Skill},
    id::SubjectId,
    place::{Place, Source},
};
use bonafide_store::{AssessmentRecord, Clock, Options, Original, RecordedFact, SqliteStore, SubjectRecord};
use serde_json::json;

fn main() {
    let count: usize = std::env::args().nth(1).map_or(10_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(folder.path(), Clock::new(jiff::Timestamp::now)).projector(Arc::new(CaseProjector));
    let cases = Cases::new(Arc::new(SqliteStore::open(&options).unwrap()));
    let timed = |what: &str, start: Instant| println!("{:8.3} s  {what}", start.elapsed().as_secs_f64());

    let start = Instant::now();
    for batch in (0..count).collect::<Vec<_>>().chunks(500) {
        cases.file(batch.iter().map(|number| vetted(*number)).collect()).unwrap();
    }
    timed(&format!("file {count} applications"), start);
    let start = Instant::now();
    assert_eq!(cases.queue(Filter::default()).unwrap().len(), count);
    timed("the queue", start);
    let case = cases.find("app-7").unwrap();
    let start = Instant::now();
    let (by, reason) = ("Eve Archer".to_owned(), "spoke to the subject".to_owned());
    cases.decide(&case, &Decide { code: DecisionCode::Cleared, by, reason, request: None }).unwrap();
    timed("one decision", start);
    let start = Instant::now();
    let order = ExportOrder { by: "Eve Archer".into(), purpose: ExportFor::Evidence };
    cases.export(&case, &order, None, std::io::Cursor::new(Vec::new())).unwrap();
    timed("one evidence package", start);
    let start = Instant::now();
    cases.erase(&case, "Eve Archer", "subject_request", "2026-11-21".parse().unwrap()).unwrap();
    timed("one erasure", start);
}

fn vetted(number: usize) -> Vetted {
    let subject = SubjectId::new(format!("app-{number}"));
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(subject.as_str().as_bytes()) };
    let mut sink = FactSink::new(subject.clone(), source);
    let name = format!("Ada Lovelock {number}");
    sink.push(PersonName { full: name.clone(), ..PersonName::default() }, Place::Whole);
    let address = format!("ada.{number}@mail.example");
    sink.push(Email { address: address.clone(), canonical: address, ..Email::default() }, Place::Whole);
    for skill in 0..20 {
        sink.push(Skill { name: format!("skill {skill}") }, Place::Whole);
    }
    let provenance = Provenance { collected_at: jiff::Timestamp::UNIX_EPOCH, collector: "intake/json 1".into() };
    let facts = sink.into_facts().into_iter().map(|fact| RecordedFact { fact, provenance: provenance.clone() }).collect();
    let originals = vec![Original { name: "application.json".into(), bytes: name.clone().into_bytes() }];
    let assessment = json!({"subject": subject, "display_name": name, "as_of": "2026-11-21", "applied_at": null,
        "dossier_hash": ContentHash::of_bytes(b"x"),
        "lens": {"catalogue": "1", "lists": [], "intel": "", "links": "", "tables": "", "answers": ""}, "band": "look",
        "because": "a medium finding", "weight": number % 700, "findings": [],
        "coverage": {"ran": 3, "clear": [], "not_applicable": [], "inconclusive": []}, "base_rate": null, "incomplete": []});
    Vetted {
        subject: SubjectRecord::application(subject, facts, originals),
        assessment: AssessmentRecord { assessment: serde_json::from_value(assessment).unwrap(), asked: Vec::new(), event: None },
    }
}
