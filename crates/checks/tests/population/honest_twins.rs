//! Whole dossiers of honest people who look like impostors at first sight: all checks run over each.

use std::fmt::Write as _;

use bonafide_checks::CATALOGUE;
use bonafide_model::{check::Outcome, check::Strength, lens::Lens};
use bonafide_testkit::{
    cases::{AS_OF, lens_from_lines},
    dossiers::dossier_from_lines,
};

const TWINS: &str = include_str!("honest_twins.md");

#[test]
fn nothing_of_weight_is_held_against_an_honest_twin() {
    let mut told = String::new();
    for twin in TWINS.split("\n## ").skip(1) {
        let heading = twin.lines().next().unwrap_or_default();
        let _ = writeln!(told, "{heading}");
        let dossier = dossier_from_lines("twin", block(twin, "facts")).expect("facts");
        let surroundings = lens_from_lines(block(twin, "lens")).expect("a lens");
        let lens = Lens::new(AS_OF, &surroundings);
        for check in CATALOGUE {
            let meta = check.meta();
            let Outcome::Findings(findings) = check.run(&dossier, &lens).unwrap_or_else(Outcome::from) else { continue };
            for finding in findings.iter().filter(|_| !meta.flags.off_by_default) {
                let _ = writeln!(told, "  {} {}: {}", meta.code, finding.strength(), finding.summary());
                assert_eq!(finding.strength(), Strength::Weak, "{heading}: {} {}", meta.code, finding.summary());
            }
        }
    }
    insta::assert_snapshot!(told);
}

/// The body of a fenced block; empty where there is none.
fn block<'a>(text: &'a str, name: &str) -> &'a str {
    let Some((_, behind)) = text.split_once(&format!("```{name}\n")) else { return "" };
    behind.split_once("```").map_or("", |(body, _)| body)
}
