//! The invented applicants of `examples/applications`: every band, the reasons for it, and the places of the evidence.
//!
//! `examples/README.md` tells who they are. A change that makes an honest one anything but *clear*, or an impostor *clear*, fails here.

#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;

const AS_OF: &str = "2026-11-21T00:00:00Z";

/// One applicant: what is expected of them.
struct Expected {
    /// Folder under `examples/applications`.
    folder: &'static str,
    /// The application's own id.
    id: &'static str,
    band: &'static str,
    /// Checks whose findings must count towards the band.
    because: &'static [&'static str],
}

const fn honest(folder: &'static str, id: &'static str) -> Expected {
    Expected { folder, id, band: "clear", because: &[] }
}

const fn impostor(folder: &'static str, id: &'static str, band: &'static str, because: &'static [&'static str]) -> Expected {
    Expected { folder, id, band, because }
}

const APPLICANTS: &[Expected] = &[
    impostor("anselm-quarrey", "71040311", "look", &["BF-RES-006"]),
    honest("aurel-dimakos", "ex-k1"),
    impostor("corwin-haldane", "ex-a1", "urgent", &["BF-RES-004", "BF-ONL-010", "BF-ONL-033"]),
    honest("edda-thornbury", "5f0f7c52-0000-4000-8000-00000000e4da"),
    impostor("evander-lisle", "ex-d1", "look", &["BF-APP-013", "BF-APP-022", "BF-RES-021"]),
    impostor("gideon-fallowmere", "ex-c1", "urgent", &["BF-ONL-006", "BF-ONL-010"]),
    honest("haneul-baek", "ex-e1"),
    honest("jonas-achterberg", "ex-d3"),
    impostor("lucan-merriweld", "ex-b3", "urgent", &["BF-APP-019", "BF-RES-006", "BF-RES-007"]),
    honest("maelle-kerdoncuff", "ex-h1"),
    honest("marlis-ankervold", "ex-a2"),
    honest("odile-krantz", "ex-g1"),
    honest("ottoline-brask", "ex-m1"),
    honest("ranggasena", "71040377"),
    honest("rosalind-achterberg", "ex-d2"),
    honest("samir-dastanbek", "ex-f1"),
    honest("sorcha-pellinor", "ex-c2"),
    honest("tamsin-roake", "ex-j1"),
    impostor("tobin-ravensdale", "ex-b2", "look", &["BF-APP-020", "BF-RES-006", "BF-RES-015"]),
    honest("wren-castellane", "ex-i1"),
];

#[test]
fn every_applicant_has_the_band_of_their_story() {
    let assessments = vet(&[]);
    let mut wrong = Vec::new();
    for applicant in APPLICANTS {
        let assessment = of(&assessments, applicant);
        let counted = counted(assessment);
        if assessment["band"] != applicant.band {
            wrong.push(format!("{}: {} instead of {} ({counted:?})", applicant.folder, assessment["band"], applicant.band));
        }
        for code in applicant.because {
            if !counted.contains(*code) {
                wrong.push(format!("{}: {code} does not count; these do: {counted:?}", applicant.folder));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_medium_is_held_against_the_honest() {
    let assessments = vet(&[]);
    for applicant in APPLICANTS.iter().filter(|applicant| applicant.band == "clear") {
        for finding in list(&of(&assessments, applicant)["findings"]) {
            assert_eq!(finding["strength"], "weak", "{}: {} {}", applicant.folder, finding["code"], finding["summary"]);
        }
    }
}

#[test]
fn the_table_is_complete() {
    let folders: BTreeSet<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let expected: BTreeSet<String> = APPLICANTS.iter().map(|applicant| applicant.folder.to_owned()).collect();
    assert_eq!(folders, expected);
    let ids: BTreeSet<String> = vet(&[]).iter().map(|assessment| assessment["subject"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, APPLICANTS.iter().map(|applicant| applicant.id.to_owned()).collect());
    let told = fs::read_to_string(folder().with_file_name("README.md")).unwrap();
    for applicant in APPLICANTS {
        assert!(told.contains(&format!("`{}`", applicant.folder)), "examples/README.md does not tell of {}", applicant.folder);
    }
}

#[test]
fn texts_hold_what_the_evidence_quotes() {
    let assessments = vet(&[]);
    let mut looked_up = 0;
    for applicant in APPLICANTS {
        for finding in list(&of(&assessments, applicant)["findings"]) {
            for evidence in list(&finding["evidence"]) {
                let compared = &evidence["compared_with"];
                let sides = [(&evidence["place"], &evidence["subject_value"]), (&compared["place"], &compared["value"])];
                for (place, value) in sides {
                    let Some(words) = words_at(&folder().join(applicant.folder), place) else { continue };
                    let value = value.as_str().unwrap();
                    assert!(holds(&words, value), "{} {}: '{value}' is not in '{words}'", applicant.folder, finding["code"]);
                    looked_up += 1;
                }
            }
        }
    }
    assert!(looked_up >= 20, "only {looked_up} places in texts were looked up");
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let first = output(&["--threads", "1"]);
    assert!(!first.is_empty());
    assert_eq!(first, output(&["--threads", "1"]));
    assert_eq!(first, output(&["--threads", "4"]));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/applications")
}

/// Vets the examples offline, without the store and the configuration of whoever runs the test.
fn output(more: &[&str]) -> String {
    let nowhere = tempfile::tempdir().unwrap();
    let run = Command::cargo_bin("bonafide")
        .unwrap()
        .current_dir(nowhere.path())
        .arg("vet")
        .arg(folder())
        .args(["--dry-run", "--as-of", AS_OF, "--json", "-", "--quiet", "--data"])
        .arg(nowhere.path().join("store"))
        .args(more)
        .env("HOME", nowhere.path())
        .env("XDG_CONFIG_HOME", nowhere.path())
        .assert()
        .success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

fn vet(more: &[&str]) -> Vec<Value> {
    output(more).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of<'a>(assessments: &'a [Value], applicant: &Expected) -> &'a Value {
    let found = assessments.iter().find(|assessment| assessment["subject"] == applicant.id);
    found.unwrap_or_else(|| panic!("{} ({}) was not vetted", applicant.folder, applicant.id))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Codes of the findings that count towards the band.
fn counted(assessment: &Value) -> BTreeSet<&str> {
    let findings = list(&assessment["findings"]).iter();
    findings.filter(|finding| finding["counted"].as_f64() > Some(0.0)).filter_map(|finding| finding["code"].as_str()).collect()
}

/// The words at a place that names bytes, after a look at its line; `None` for places in documents of pages or parts.
fn words_at(folder: &Path, place: &Value) -> Option<String> {
    let span = list(&place["span"]);
    let [start, end] = [span.first()?, span.get(1)?].map(|at| usize::try_from(at.as_u64().unwrap()).unwrap());
    let document = place["document"].as_str().unwrap();
    let text = fs::read_to_string(folder.join(document)).unwrap();
    let words = text.get(start..end).unwrap_or_else(|| panic!("{document} has no bytes {start} to {end}"));
    let line = text[..start].matches('\n').count() as u64 + 1;
    assert_eq!(place["line"].as_u64(), Some(line), "{document}, bytes {start} to {end}");
    Some(words.to_owned())
}

/// Whether the words at a place hold a value: as it is, as minutes where it is a clock, or its first or last word where evidence
/// puts a number or a place in words of its own (`2310 of 2374 characters pasted`).
fn holds(words: &str, value: &str) -> bool {
    let words = words.to_lowercase();
    let value = value.to_lowercase();
    let told = |part: &str| {
        let part = part.trim_matches(|c: char| c.is_ascii_punctuation());
        part.len() >= 3 && words.contains(part)
    };
    words.contains(&value)
        || minutes(&value).is_some_and(|minutes| words.contains(&minutes))
        || value.split_whitespace().next().is_some_and(told)
        || value.split_whitespace().next_back().is_some_and(told)
}

/// The minutes of a clock such as `+05:30`.
fn minutes(clock: &str) -> Option<String> {
    let (hours, minutes) = clock.split_once(':')?;
    let (sign, hours) = (if hours.starts_with('-') { -1 } else { 1 }, hours.get(1..)?.parse::<i32>().ok()?);
    Some((sign * (hours * 60 + minutes.parse::<i32>().ok()?)).to_string())
}
