//! What the catalogue finds in a drawn population: a change of a check shows here in how many applicants it marks.
//!
//! The applicants are drawn at random by a seed, of all clock regions, with careers, devices and code histories that contradict each
//! other far more often than life does. The counts are no rates; they tell a reviewer what a change moves, and where it moves more
//! than it meant to.

use std::{collections::BTreeMap, fmt::Write as _};

use bonafide_engine::{Engine, House};
use bonafide_model::{
    assessment::{Assessment, Band},
    check::Strength,
    dossier::Dossier,
};
use bonafide_testkit::population;

const PEOPLE: usize = 600;

fn assessments() -> Vec<Assessment> {
    let engine = Engine::new(House::offline(), "2026-06-01".parse().expect("a day"));
    population::draw(19, PEOPLE)
        .iter()
        .map(|applicant| engine.assess(&Dossier::new(applicant.subject.clone(), applicant.facts.clone()), &[]).assessment)
        .collect()
}

#[test]
fn findings_in_a_drawn_population() {
    let mut found: BTreeMap<(String, Strength), usize> = BTreeMap::new();
    let mut bands: BTreeMap<Band, usize> = BTreeMap::new();
    for assessment in assessments() {
        *bands.entry(assessment.band).or_default() += 1;
        let codes: std::collections::BTreeSet<_> =
            assessment.findings.iter().map(|finding| (format!("{} {}", finding.code, finding.title), finding.strength)).collect();
        for code in codes {
            *found.entry(code).or_default() += 1;
        }
    }
    let mut told = format!("{PEOPLE} drawn applicants\n");
    for (band, count) in &bands {
        let _ = writeln!(told, "{count:5} {band}");
    }
    told.push_str("applicants with a finding of\n");
    for ((check, strength), count) in &found {
        let _ = writeln!(told, "{count:5} {strength:7} {check}");
    }
    insta::assert_snapshot!(told);
}
