use bonafide_formats::{
    document::{Document, Line},
    error::Error as FormatError,
    worker::Picture as ReadPicture,
};
use bonafide_model::{
    fact::{FactKind, Payload, ResumeText},
    place::Place,
};
use proptest::prelude::*;

use super::*;

struct Plain;

fn picture() -> ReadPicture {
    ReadPicture {
        sha256: "00".into(),
        width: 4,
        height: 4,
        phash: Some("00000000000000ff".into()),
        background_phash: None,
        centre_phash: None,
        software: None,
        generator_signs: vec!["drawn by a generator".into()],
    }
}

impl DocumentReader for Plain {
    fn document(&self, _name: &str, bytes: &[u8]) -> Result<Document, FormatError> {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().map(|line| Line {
            text: line.to_owned(),
            place: Place::Text { line: 1, span: (0, 0) },
            ..Line::default()
        });
        Ok(Document { lines: lines.collect(), ..Document::default() })
    }

    fn picture(&self, _name: &str, _bytes: &[u8]) -> Result<ReadPicture, FormatError> {
        Ok(picture())
    }
}

fn real_set(name: &str, content: &str, resumes: Option<&str>) -> Set<'static> {
    static READER: std::sync::LazyLock<crate::folder::InProcess> = std::sync::LazyLock::new(Default::default);
    let resumes = resumes.map(|text| ("resumes.jsonl".to_owned(), Cursor::new(text.as_bytes().to_vec())));
    Set::new(name, Cursor::new(content.as_bytes().to_vec()), resumes, &*READER, &Limits::default()).expect("a set")
}

fn set(name: &str, content: impl Into<Vec<u8>>, resumes: Option<&str>) -> Set<'static> {
    let resumes = resumes.map(|text| ("resumes.jsonl".to_owned(), Cursor::new(text.as_bytes().to_vec())));
    Set::new(name, Cursor::new(content.into()), resumes, &Plain, &Limits::default()).expect("a set")
}

fn told(set: &mut Set<'_>) -> String {
    let mut lines = Vec::new();
    for item in set.by_ref() {
        match item {
            Ok(application) => {
                lines.push(format!(
                    "subject {} ({}, own id: {})",
                    application.subject, application.display_name, application.has_own_id
                ));
                for fact in &application.facts {
                    let value = serde_json::to_value(&fact.value).expect("serialises");
                    lines.push(format!(
                        "  {} {} [{}] {}",
                        fact.source.name,
                        fact.value.kind().name(),
                        fact.quote.as_deref().unwrap_or(""),
                        value["value"]
                    ));
                }
                lines.extend(application.notes.iter().map(|note| format!("  {:?} {note}", note.kind)));
            }
            Err(error) => lines.push(format!("error {}", error.in_full())),
        }
    }
    lines.extend(set.notes().iter().map(|note| format!("{:?} {note}", note.kind)));
    lines.join("\n")
}

const ROW: &str = r#"{"id":"A1","applied_at":"2025-09-14T04:03:16Z","first_name":"Robin","last_name":"Sample","email":"robin-1@gmail.com","phone":"00919364687156","country":"IN","city":"Hyderabad","employer":"Initech","github":"robin_s","ip":"242.228.25.14","device":"d1","wallet":"0x52908400098527886E0F7030069857D2E4169EE7","avatar_phash":"ddd0e042e6d4333c","github_created":2010,"github_followers":["x_y"],"commit_emails":["rs@work.example"],"browser_utc_offset":5.5,"doc":{"producer":"Skia","fonts":["Arial","Inter"],"rsid_root":null,"author":"Robin S","lang":"en-US","created_utc_offset":-3.5},"work":[{"employer":"Initech","title":"Engineer","start":"2015-12"},{"employer":"Globex","title":"Intern","start":"2014-01","end":"2015-11"}],"education":{"school":"Sample University","degree":"BSc","year":2003},"claimed_years":{"Java":15}}"#;

#[test]
fn rows_of_json_lines() {
    let text = format!(
        "{ROW}\n\n{{\"id\": \"A2\", \"name\": \"Ann Other\", \"emails\": [\"ann@x.example\"]}}\r\n{{\"first_name\": \"Nobody\"}}\n"
    );
    insta::assert_snapshot!(told(&mut set("applicants.jsonl", text, None)));
}

#[test]
fn a_bad_row_is_named_and_the_others_are_read() {
    let deep = "[".repeat(100_000);
    let text = format!(
        "{ROW}\n{{\"id\": \"A2\", \n{{\"x\": 1}}\n[1]\n{{\"name\": {deep}\n{{\"id\": \"A6\", \"email\": 5, \"first_name\": \"Ann\"}}\n\u{1}"
    );
    let mut set = set("applicants.jsonl", text, None);
    let found: Vec<_> = set
        .by_ref()
        .map(|item| item.map(|application| application.subject.to_string()).map_err(|error| error.in_full()))
        .collect();
    insta::assert_snapshot!(format!("{found:#?}"));
}

#[test]
fn rows_of_a_table() {
    let text = "\u{feff}id,applied_at,first_name,last_name,email,phone,country,city,employer,github,ip,device,wallet,avatar_phash,colour\r\n\
        A1,2025-09-14T04:03:16Z,Robin,\"Sample, Jr\",robin@mail.example,+15125550142,US,Austin,,,242.0.0.1,d1,,ddd0e042e6d4333c,red\r\n\
        A2,,Ann,,,,,,,,,,,,\r\n\
        A3,,Too,Many,,,,,,,,,,,,,\r\n";
    insta::assert_snapshot!(told(&mut set("applicants.csv", text, None)));
}

#[test]
fn headings_are_known_as_systems_export_them() {
    let text = "Candidate ID;Full Name;E-Mail Address;Mobile Phone;City;State;Country;LinkedIn URL;Personal Website;Email;T-shirt\r\n\
        7;Robin Sample;robin@mail.example;+15125550142;Austin;TX;US;linkedin.com/in/robin-s;robin.example;other@mail.example;M\r\n";
    insta::assert_snapshot!(told(&mut set("export.csv", text, None)));
}

#[test]
fn resumes_are_joined_by_id() {
    let row = |id: &str| format!("{{\"id\":\"{id}\",\"first_name\":\"R\"}}\n");
    let resume = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"I am {id}.\\nEngineer\"}}\n");
    let applicants: String = ["1", "2", "3", "4"].map(row).concat();
    let texts = |resumes: &str| {
        let mut set = set("a.jsonl", applicants.clone(), Some(resumes));
        let found: Vec<_> = set
            .by_ref()
            .map(|item| {
                let application = item.expect("reads");
                assert_eq!(application.blobs.len(), application.sources.len());
                application
                    .facts
                    .iter()
                    .find_map(|fact| ResumeText::of(&fact.value).map(|text| text.text.trim_end().to_owned()))
                    .unwrap_or_default()
            })
            .collect();
        (found.join("|"), set.notes().iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let in_order = ["1", "2", "3", "4"].map(resume).concat();
    let all = "I am 1.\nEngineer|I am 2.\nEngineer|I am 3.\nEngineer|I am 4.\nEngineer";
    assert_eq!(texts(&in_order), (all.to_owned(), vec![]));
    let shuffled = ["3", "1", "4", "2"].map(resume).concat();
    assert_eq!(texts(&shuffled), (all.to_owned(), vec![]));
    let (found, notes) = texts(&format!("{}{{\"id\": \"2\"}}\n{{broken\n{}", resume("9"), resume("4")));
    assert_eq!(found, "|||I am 4.\nEngineer");
    insta::assert_snapshot!(notes.join("\n"));
}

#[test]
fn packed_sets_are_the_same() {
    let plain: Vec<String> = set("a.jsonl", ROW, None).map(|item| format!("{:?}", item.expect("reads").facts)).collect();
    let mut encoder = Vec::new();
    {
        use std::io::Write;
        let mut gzip = flate2::write::GzEncoder::new(&mut encoder, flate2::Compression::fast());
        gzip.write_all(ROW.as_bytes()).expect("memory");
        gzip.finish().expect("memory");
    }
    let packed: Vec<String> = set("a.jsonl", encoder, None).map(|item| format!("{:?}", item.expect("reads").facts)).collect();
    assert_eq!(plain, packed);
}

#[test]
fn places_are_relative_to_the_record() {
    let text = format!("{{\"id\":\"0\",\"first_name\":\"x\"}}\n{ROW}\n");
    let application = set("a.jsonl", text, None).nth(1).expect("two").expect("reads");
    assert_eq!(application.sources[0].content, ContentHash::of_bytes(ROW.as_bytes()));
    for fact in &application.facts {
        let Place::Text { line, span } = fact.place else { panic!("a place") };
        assert_eq!(line, 1);
        assert!(fact.quote.as_deref().is_none_or(|quote| ROW[span.0 as usize..span.1 as usize].contains(quote)), "{fact:?}");
    }
}

#[test]
fn what_is_no_set_has_a_named_error() {
    let error = |content: &[u8]| {
        Set::new("x", Cursor::new(content.to_vec()), None::<(String, Cursor<Vec<u8>>)>, &Plain, &Limits::default())
            .err()
            .expect("no set")
            .in_full()
    };
    let told = [b"".as_slice(), b"  \n", b"[{\"id\": 1}]", b"a,b\n1,2\n", b"\x1f\x8bbroken", b"\x00\x00\x00"].map(error);
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_line_over_the_limit_is_named() {
    let limits = Limits { bytes: 2_000, ..Limits::default() };
    let text = format!("{ROW}\n{{\"id\":\"long\",\"first_name\":\"{}\"}}\n{ROW}\n", "x".repeat(5_000));
    let set =
        Set::new("a.jsonl", Cursor::new(text.into_bytes()), None::<(String, Cursor<Vec<u8>>)>, &Plain, &limits).expect("a set");
    let found: Vec<_> =
        set.map(|item| item.map(|application| application.subject.to_string()).map_err(|error| error.in_full())).collect();
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].clone(), found[2].clone()), (Ok("A1".into()), Ok("A1".into())));
    assert!(found[1].as_ref().is_err_and(|error| error.contains("line 2")), "{found:?}");
}

#[test]
fn the_shared_applicants_are_read_without_a_remark() {
    let Some(text) = crate::test_data::text("linkage/applicants10k/applicants.jsonl.gz") else { return };
    let mut kinds = std::collections::BTreeMap::new();
    let mut count = 0;
    for item in set("applicants.jsonl", text, None).take(2_000) {
        let application = item.expect("reads");
        assert!(application.notes.is_empty(), "{:?}", application.notes);
        for fact in &application.facts {
            *kinds.entry(fact.value.kind()).or_insert(0) += 1;
        }
        count += 1;
    }
    assert_eq!(count, 2_000);
    for kind in [FactKind::PersonName, FactKind::Location, FactKind::ClientIp, FactKind::ClientOffset, FactKind::AppliedAt] {
        assert!(kinds.get(&kind).is_some_and(|count| *count >= 2_000), "{kind:?}: {kinds:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(start in "(\\{|id,email|\\[|)", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let content = [start.as_bytes(), &bytes].concat();
        if let Ok(set) = Set::new("x", Cursor::new(content), None::<(String, Cursor<Vec<u8>>)>, &Plain, &Limits::default()) {
            let _ = set.take(50).count();
        }
    }
}

/// Figures on request: `cargo test --release -p bonafide-intake figures -- --ignored --nocapture`.
#[test]
#[ignore = "prints figures; run in release"]
fn figures() {
    let Some(applicants) = crate::test_data::text("linkage/applicants10k/applicants.jsonl.gz") else { return };
    let Some(resumes) = crate::test_data::text("linkage/applicants10k/resumes.jsonl.gz") else { return };
    let started = std::time::Instant::now();
    let (count, facts) = real_set("applicants.jsonl", &applicants, None)
        .fold((0, 0), |(count, facts), item| (count + 1, facts + item.expect("reads").facts.len()));
    eprintln!("{count} applicants without résumés: {:?}, {facts} facts", started.elapsed());
    let started = std::time::Instant::now();
    let (count, facts) = real_set("applicants.jsonl", &applicants, Some(&resumes))
        .fold((0, 0), |(count, facts), item| (count + 1, facts + item.expect("reads").facts.len()));
    eprintln!("{count} applicants with résumés: {:?}, {facts} facts", started.elapsed());
}
