//! Judges lines of `{"obj":…}` or `{"pattern":…}` and prints how many labels it meets, and how fast simple indicators are judged.
//!
//! Arguments: the file of objects, the file of patterns.
#![allow(clippy::print_stdout)]

use std::{env, fs, time::Instant};

use bonafide_intel::stix::{Object, pattern::Pattern, validate};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = env::args().skip(1);
    let (objects, patterns) = (arguments.next().ok_or("a file of objects")?, arguments.next().ok_or("a file of patterns")?);
    let (mut must, mut accepted, mut strict, mut count) = (0, 0, 0, 0);
    for row in rows(&objects)? {
        let text = row["obj"].to_string();
        let verdict = validate(&Object::parse(text.as_bytes())?);
        count += 1;
        must += u32::from(row["must_valid"] == verdict.is_valid());
        accepted += u32::from(row["must_valid"] == false && verdict.is_valid());
        strict += u32::from(row["strict_valid"] == (verdict.is_valid() && verdict.warnings.is_empty()));
    }
    let rows: Vec<Value> = rows(&patterns)?.into_iter().filter(|row| row["skip"].is_null()).collect();
    let of_patterns = rows
        .iter()
        .filter(|row| row["pattern"].as_str().is_some_and(|pattern| row["valid_2_1"] == Pattern::parse(pattern).is_ok()))
        .count();
    let pattern = "[email-addr:value = 'someone@mail.example']";
    let report = json!({
        "objects": count, "must": must, "invalid_accepted": accepted, "strict": strict,
        "patterns": rows.len(), "patterns_right": of_patterns,
        "indicators_per_second": indicators_per_second()?,
        "patterns_per_second": per_second(200_000, || Pattern::parse(pattern).is_ok()),
    });
    println!("{report}");
    Ok(())
}

fn rows(path: &str) -> Outcome<Vec<Value>> {
    fs::read_to_string(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Simple indicators, read and judged from bytes, no two alike.
fn indicators_per_second() -> Outcome<f64> {
    let texts: Vec<String> = (0..20_000_u32)
        .map(|number| {
            json!({
                "type": "indicator", "spec_version": "2.1", "id": format!("indicator--{number:08x}-17d4-4cbf-938f-98ee46b3cd3f"),
                "created_by_ref": "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff", "created": "2026-04-06T20:03:48.000Z",
                "modified": "2026-04-06T20:03:48.000Z", "name": format!("Address {number}"), "description": "An address of a persona",
                "indicator_types": ["malicious-activity"], "pattern": format!("[email-addr:value = 'a{number}@mail.example']"),
                "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z",
                "object_marking_refs": ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"],
            })
            .to_string()
        })
        .collect();
    let mut texts = texts.iter().cycle();
    let mut sound = 0_u32;
    let rate = per_second(100_000, || {
        let text = texts.next().map_or("", String::as_str);
        let is_sound =
            Object::parse(text.as_bytes()).is_ok_and(|object| validate(&object) == bonafide_intel::stix::Verdict::default());
        sound += u32::from(is_sound);
        is_sound
    });
    if sound == 100_000 { Ok(rate) } else { Err("a simple indicator was not found sound".into()) }
}

fn per_second(times: u32, mut run: impl FnMut() -> bool) -> f64 {
    let started = Instant::now();
    (0..times).for_each(|_| {
        std::hint::black_box(run());
    });
    (f64::from(times) / started.elapsed().as_secs_f64()).round()
}
