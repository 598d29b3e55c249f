//! What a collection costs: adding in envelopes of 10,000, pages, single objects and types, in a collection of 10,000 and of a million.
//!
//! `cargo run --release -p bonafide-intel --example taxii_collection -- FOLDER [OBJECTS]`

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::{path::Path, time::Instant};

use bonafide_intel::taxii::{Added, Collection, Filter, objects_of};

/// Objects of an envelope.
const AT_ONCE: usize = 10_000;
/// Times that a question is asked.
const TIMES: u32 = 200;

fn envelope(from: usize) -> String {
    let object = |number: usize| {
        // One in fifty is of another type.
        let kind = if number.is_multiple_of(50) { "malware" } else { "indicator" };
        let of_type = if kind == "malware" {
            r#""is_family":false"#.to_owned()
        } else {
            format!(
                r#""indicator_types":["anomalous-activity"],"pattern":"[email-addr:value = 'someone{number}@mail.example']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z""#
            )
        };
        format!(
            r#"{{"type":"{kind}","spec_version":"2.1","id":"{kind}--00000000-0000-4000-8000-{number:012x}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-02T00:00:00.000Z","name":"Mailbox {number}","description":"Alleged; see the report of the exchange that sent it.",{of_type},"confidence":45}}"#
        )
    };
    let all: Vec<String> = (from..from + AT_ONCE).map(object).collect();
    format!(r#"{{"objects":[{}]}}"#, all.join(","))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder for the log");
    let all: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let path = Path::new(&folder).join("measured.log");
    let _ = std::fs::remove_file(&path);
    let collection = Collection::open(&path).expect("the log can be written");
    let mut each = Vec::new();
    for from in (0..all).step_by(AT_ONCE) {
        let body = envelope(from);
        let started = Instant::now();
        let objects = objects_of(body.as_bytes()).expect("it is an envelope");
        let outcomes = collection.add(&objects, 1_700_000_000_000_000).expect("the log can be written");
        assert!(outcomes.iter().all(|outcome| outcome.added == Added::New));
        each.push(started.elapsed().as_secs_f64() / AT_ONCE as f64);
        let count = from + AT_ONCE;
        if [10_000, 100_000, all].contains(&count) {
            ask(&collection, count);
        }
    }
    let mean = |some: &[f64]| some.iter().sum::<f64>() / some.len() as f64;
    let tenth = (each.len() / 10).max(1);
    let (first, last) = (mean(&each[..tenth]), mean(&each[each.len() - tenth..]));
    println!("adding: {:.0}/s in the first tenth, {:.0}/s in the last", 1.0 / first, 1.0 / last);
    drop(collection);
    let started = Instant::now();
    let again = Collection::open(&path).expect("it is there");
    println!("opening {} objects: {:.2} s", again.len(), started.elapsed().as_secs_f64());
    let _ = std::fs::remove_file(&path);
}

fn ask(collection: &Collection, count: usize) {
    let timed = |name: &str, parameters: &[(&str, &str)], most: usize| {
        let mut filter = Filter::default();
        for (name, value) in parameters {
            filter.take(name, value).expect("it is a filter");
        }
        let first = collection.page(&Filter::default(), None, 1).added.map_or(0, |(first, _)| first);
        let (mut bytes, mut objects) = (Vec::new(), 0);
        let started = Instant::now();
        for turn in 0..TIMES {
            // Pages all over the collection.
            let after = first + i64::from(turn) * (count as i64) / i64::from(TIMES);
            let after = if parameters.first().is_some_and(|(name, _)| *name == "match[id]") { None } else { Some(after) };
            let page = collection.page(&filter, after, most);
            bytes.clear();
            collection.write_objects(&page, &mut bytes).expect("the log can be read");
            objects += page.len();
        }
        let each = started.elapsed().as_secs_f64() * 1_000.0 / f64::from(TIMES);
        println!("{count} objects, {name}: {each:.3} ms ({} objects a page)", objects / TIMES as usize);
    };
    timed("a page of 100", &[], 100);
    timed("a page of 1,000", &[], 1_000);
    timed("one by match[id]", &[("match[id]", "indicator--00000000-0000-4000-8000-000000000007")], 100);
    timed("a page of match[type]", &[("match[type]", "malware")], 100);
}
