//! Stores invented applicants and prints what it costs:
//!
//! ```sh
//! cargo run --release -p bonafide-store --example throughput -- 10000
//! ```
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example")]

use std::time::Instant;

use bonafide_model::{
    ContentHash,
    assessment::{Coverage, Examined, LensVersions},
    fact::{Email, FactSink, PersonName, Phone, Provenance, ResumeText, Skill, Work},
    id::{CheckCode, SubjectId},
    lens::{Asked, Holders, Identifier, IdentifierKind, Question, Reply},
    place::{Place, Source},
};
use bonafide_store::{
    AssessmentRecord, Clock, Erasure, ErasureReason, Options, Original, Position, Record, RecordedFact, SqliteStore, Store,
    SubjectRecord,
};

use serde_json::json;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().map_or(10_000, |count| count.parse().unwrap());
    let originals = arguments.next().is_some_and(|word| word == "originals");
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(folder.path(), Clock::new(jiff::Timestamp::now));
    let store = SqliteStore::open(&options).unwrap();

    let mut making = 0.0;
    let start = Meter::start();
    for batch in (0..count).collect::<Vec<_>>().chunks(500) {
        let clock = Meter::start();
        let records = batch.iter().flat_map(|number| applicant(*number, originals)).collect();
        making += clock.cpu();
        store.append(records).unwrap();
    }
    start.tell(&format!("append {count} subjects in batches of 500 (making them: {making:.2} s)"));

    let start = Meter::start();
    for batch in (0..count.min(2000)).collect::<Vec<_>>().chunks(500) {
        store.append(batch.iter().flat_map(|number| applicant(*number, originals)).collect()).unwrap();
    }
    start.tell(&format!("append {} of them again (nothing is added)", count.min(2000)));

    let start = Meter::start();
    for number in 0..100 {
        store.append(applicant(count + number, originals)).unwrap();
    }
    start.tell("append 100 subjects one by one");

    let start = Meter::start();
    assert_eq!(store.subjects().unwrap().len(), count + 100);
    start.tell("list all subjects");

    let start = Meter::start();
    for number in 0..1000.min(count) {
        store.dossier(&SubjectId::new(format!("app-{number}"))).unwrap().unwrap();
    }
    start.tell("read 1,000 dossiers");

    let start = Meter::start();
    let mut at = Position::START;
    while let Some(last) = store.events(at, 500).unwrap().last() {
        at = last.position;
    }
    start.tell("read the whole log");

    let start = Meter::start();
    let order = Erasure { by: "Eve Archer".into(), reason: ErasureReason::SubjectRequest, words: None };
    store.erase(&[SubjectId::new("app-7")], &order).unwrap();
    start.tell("erase one subject");

    let start = Meter::start();
    store.close().unwrap();
    start.tell("close");
    let start = Meter::start();
    drop(SqliteStore::open(&options).unwrap());
    start.tell("open and close");
    let start = Meter::start();
    let report = SqliteStore::doctor(&options).unwrap();
    start.tell(&format!("doctor: {} events, sound: {}", report.events, report.sound()));
    println!("database {} MiB", std::fs::metadata(options.database_file()).unwrap().len() >> 20);
}

fn applicant(number: usize, originals: bool) -> Vec<Record> {
    let subject = SubjectId::new(format!("app-{number}"));
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(subject.as_str().as_bytes()) };
    let mut sink = FactSink::new(subject.clone(), source);
    let name = format!("Ada Lovelock {number}");
    let address = format!("ada.{number}@mail.example");
    sink.push(PersonName { full: name.clone(), ..PersonName::default() }, Place::Whole);
    sink.push(Email { address: address.clone(), canonical: address.clone(), ..Email::default() }, Place::Whole);
    sink.push(Phone { raw: format!("555-{number:04}"), ..Phone::default() }, Place::Whole);
    for job in 0..5 {
        let employer = format!("Example Works {} {job}", number % 97);
        sink.push(Work { employer, title: "Engineer".into(), ..Work::default() }, Place::Whole);
    }
    for skill in 0..20 {
        sink.push(Skill { name: format!("skill {}", (number + skill) % 200) }, Place::Whole);
    }
    let text: String =
        (0..60).map(|line| format!("Led the {} team of {line} people at example {number}.\n", line * number)).collect();
    sink.push(ResumeText { text: text.clone(), complete: true, ..ResumeText::default() }, Place::Whole);
    let at = jiff::Timestamp::UNIX_EPOCH;
    let provenance = Provenance { collected_at: at, collector: "intake/json 1".into() };
    let facts = sink.into_facts().into_iter().map(|fact| RecordedFact { fact, provenance: provenance.clone() }).collect();
    let files = if originals { vec![Original { name: "resume.txt".into(), bytes: text.into_bytes() }] } else { Vec::new() };

    let clear = (0..80)
        .map(|check| Examined {
            code: CheckCode::new("BF-RES-006"),
            examined: format!("{check} of 5 jobs and 20 skills against the table of first releases"),
        })
        .collect();
    let coverage = Coverage { ran: 80, clear, ..Coverage::default() };
    let assessment = json!({"subject": subject, "display_name": name, "as_of": "2026-11-21", "applied_at": null,
        "dossier_hash": ContentHash::of_bytes(subject.as_str().as_bytes()), "lens": LensVersions::default(), "band": "clear",
        "because": "nothing found", "weight": 0, "findings": [], "coverage": coverage, "base_rate": null, "incomplete": []});
    let assessment = serde_json::from_value(assessment).unwrap();
    let asked = (0..40)
        .map(|question| {
            let question = Question::Holders(Identifier::new(IdentifierKind::Email, format!("{question}.{address}")));
            Asked { question, answer: Ok(Reply::Holders(Holders::default())), hash: ContentHash::of_bytes(b"none") }
        })
        .collect();
    let assessed = AssessmentRecord { assessment, asked, event: None };
    vec![Record::Subject(SubjectRecord::application(subject, facts, files)), Record::Assessment(Box::new(assessed))]
}

/// Wall time, and CPU time where the system tells it.
struct Meter {
    wall: Instant,
    cpu: f64,
}

impl Meter {
    fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu_seconds() }
    }

    fn cpu(&self) -> f64 {
        cpu_seconds() - self.cpu
    }

    fn tell(&self, what: &str) {
        println!("{:8.3} s wall {:8.2} s CPU  {what}", self.wall.elapsed().as_secs_f64(), self.cpu());
    }
}

/// CPU time of this process in hundredths of a second, from `/proc`; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
