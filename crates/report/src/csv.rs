//! One line a subject, for spreadsheets.
//!
//! Spreadsheets run cells that begin with `=`, `+`, `-` or `@`. A text cell that does is preceded by an apostrophe, the marker of
//! text in spreadsheets; numbers are the program's own and stay numbers.

use std::io::Write;

use bonafide_model::{
    assessment::{AssessedFinding, Assessment},
    check::Strength,
};

use crate::{
    clean::{self, clean},
    error::Error,
    number::six_digits,
    options::need,
    run::{Run, gaps_of},
};

/// The columns, in order.
pub const COLUMNS: [&str; 21] = [
    "subject",
    "name",
    "band",
    "weight_bits",
    "because",
    "findings_strong",
    "findings_medium",
    "findings_weak",
    "codes",
    "reasons",
    "ask",
    "checks_ran",
    "checks_clear",
    "checks_not_applicable",
    "checks_inconclusive",
    "needs",
    "ordinary_per_thousand",
    "incomplete",
    "applied_at",
    "as_of",
    "dossier_hash",
];

/// Writes the header and one line a subject, in the order of the queue.
///
/// # Errors
/// [`Error::Csv`] or [`Error::Write`] where the writer refuses.
pub fn write(run: &Run, out: impl Write) -> Result<(), Error> {
    let failed = |source| Error::Csv { source };
    let mut lines = ::csv::Writer::from_writer(out);
    lines.write_record(COLUMNS).map_err(failed)?;
    for subject in run.ranked() {
        lines.write_record(cells(&subject.assessment)).map_err(failed)?;
    }
    lines.flush().map_err(Error::writing("CSV"))
}

fn cells(assessment: &Assessment) -> [String; COLUMNS.len()] {
    let of_strength = |strength| assessment.findings.iter().filter(|finding| finding.strength == strength).count().to_string();
    let each = |tell: fn(&AssessedFinding) -> String| join("; ", assessment.findings.iter().map(tell));
    let coverage = &assessment.coverage;
    [
        text(assessment.subject.as_str()),
        text(&assessment.display_name),
        assessment.band.name().to_owned(),
        six_digits(assessment.weight.bits()),
        text(&assessment.because),
        of_strength(Strength::Strong),
        of_strength(Strength::Medium),
        of_strength(Strength::Weak),
        join(" ", assessment.findings.iter().map(|finding| finding.code.to_string())),
        text(&each(|finding| finding.summary.clone())),
        text(&join("; ", assessment.findings.iter().filter_map(|finding| finding.ask.first().cloned()))),
        coverage.ran.to_string(),
        coverage.clear.len().to_string(),
        coverage.not_applicable.len().to_string(),
        coverage.inconclusive.len().to_string(),
        join("; ", gaps_of(assessment).into_iter().map(|gap| need(gap.need).to_owned())),
        assessment.base_rate.as_ref().map(|rate| six_digits(rate.per_thousand)).unwrap_or_default(),
        text(&assessment.incomplete.join("; ")),
        assessment.applied_at.map(|at| at.to_string()).unwrap_or_default(),
        assessment.as_of.to_string(),
        assessment.dossier_hash.to_string(),
    ]
}

/// A text cell: clean, on one line, never a formula.
fn text(value: &str) -> String {
    let cell = clean(value, clean::SENTENCE * 4);
    // Some programs trim before they look for a formula, some take full-width signs for ASCII ones.
    let dangerous = |first: char| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%');
    if cell.trim_start().starts_with(dangerous) { format!("'{cell}") } else { cell }
}

fn join(between: &str, parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_cell_is_never_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1", "|calc"] {
            let cell = text(formula);
            assert!(cell.starts_with('\'') || cell.starts_with('↵'), "{formula:?} became {cell:?}");
        }
        assert_eq!(text("Jo Example"), "Jo Example");
        assert_eq!(text("a=b"), "a=b");
    }
}
