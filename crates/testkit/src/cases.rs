//! The runner of Markdown case files.
//!
//! A case file stands beside its check: prose, and per case a second-level heading and fenced blocks `facts`, optionally `lens`,
//! and `outcome`. The heading's first word says what kind of case it is, and the runner holds the outcome to it:
//!
//! | heading starts with | the check must answer |
//! |---|---|
//! | `Fires` | findings |
//! | `Innocent`, `Clear` | clear |
//! | `Not applicable` | not applicable |
//! | `Inconclusive` | inconclusive |
//!
//! With `BONAFIDE_BLESS=1` in the environment of the test, outcome blocks are rewritten; the kind of a case cannot change that way.

use std::fmt::Write as _;

use bonafide_model::{
    check::{Check, Missing, Outcome},
    finding::{ComparedKind, Evidence},
    lens::{Lens, Question, Reply},
};
use jiff::civil::Date;

use crate::{dossiers::dossier_from_lines, surroundings::Told};

/// The day all cases are judged on unless the dossier states when it was handed in.
pub const AS_OF: Date = jiff::civil::date(2026, 6, 1);

/// The kinds of cases a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseKind {
    /// The check must find something.
    Fires,
    /// A look-alike that must stay clear.
    Innocent,
    /// Nothing to look at.
    NotApplicable,
    /// Something is missing.
    Inconclusive,
}

/// What running a case file gave.
#[derive(Debug, Default)]
pub struct FileReport {
    /// Kinds of the cases, in order.
    pub kinds: Vec<CaseKind>,
    /// What is wrong, one message per case.
    pub wrong: Vec<String>,
    /// Outcomes of the promised kind that read otherwise than their block, one message per case.
    pub stale: Vec<String>,
    /// The file with its outcome blocks brought up to date.
    pub blessed: String,
}

struct Case<'a> {
    heading: &'a str,
    facts: Option<String>,
    lens: String,
    outcome: Option<String>,
}

/// Runs all cases of a file against a check.
#[must_use]
pub fn run_file(check: &dyn Check, text: &str) -> FileReport {
    let mut report = FileReport::default();
    let mut case: Option<Case<'_>> = None;
    let mut fence: Option<(&str, String)> = None;
    for line in text.lines() {
        if let Some((block, body)) = &mut fence {
            if line.trim_end() == "```" {
                let (block, body) = (*block, std::mem::take(body));
                match (&mut case, block) {
                    (Some(case), "facts") => case.facts = Some(body.clone()),
                    (Some(case), "lens") => case.lens.clone_from(&body),
                    (Some(case), "outcome") => case.outcome = Some(body.clone()),
                    _ => {}
                }
                if block == "outcome" && case.is_some() {
                    let outcome = finish(check, &mut case, &mut report);
                    report.blessed.push_str(&outcome);
                } else {
                    report.blessed.push_str(&body);
                }
                report.blessed.push_str("```\n");
                fence = None;
            } else {
                body.push_str(line);
                body.push('\n');
            }
            continue;
        }
        if let Some(block) = line.strip_prefix("```") {
            fence = Some((block.trim(), String::new()));
        } else if let Some(heading) = line.strip_prefix("## ")
            && let Some(unfinished) = case.replace(Case { heading, facts: None, lens: String::new(), outcome: None })
        {
            report.wrong.push(format!("'{}' has no outcome block", unfinished.heading));
        }
        report.blessed.push_str(line);
        report.blessed.push('\n');
    }
    if let Some(unfinished) = case {
        report.wrong.push(format!("'{}' has no outcome block", unfinished.heading));
    }
    report
}

/// Runs a case whose outcome block just ended; answers with the outcome as it is now.
fn finish(check: &dyn Check, case: &mut Option<Case<'_>>, report: &mut FileReport) -> String {
    let Some(case) = case.take() else { return String::new() };
    let heading = case.heading;
    let Some(kind) = kind_of(heading) else {
        report.wrong.push(format!("'{heading}': a case starts with Fires, Innocent, Clear, Not applicable or Inconclusive"));
        return case.outcome.unwrap_or_default();
    };
    report.kinds.push(kind);
    match outcome_of(check, &case) {
        Err(why) => {
            report.wrong.push(format!("'{heading}': {why}"));
            case.outcome.unwrap_or_default()
        }
        Ok(outcome) => {
            let actual = render(&outcome);
            if kind_of_outcome(&outcome) != kind {
                report.wrong.push(format!("'{heading}' promises {kind:?}; the check answered\n{actual}"));
            } else if case.outcome.as_deref() != Some(actual.as_str()) {
                let expected = case.outcome.unwrap_or_default();
                report.stale.push(format!("'{heading}'\n--- expected\n{expected}--- actual\n{actual}"));
            }
            actual
        }
    }
}

fn outcome_of(check: &dyn Check, case: &Case<'_>) -> Result<Outcome, String> {
    let facts = case.facts.as_deref().ok_or("has no facts block")?;
    let dossier = dossier_from_lines("case", facts).map_err(|error| format!("facts: {error}"))?;
    let told = lens_from_lines(&case.lens)?;
    let lens = Lens::new(AS_OF, &told);
    Ok(check.run(&dossier, &lens).unwrap_or_else(Outcome::from))
}

/// Reads answers from lines `question about => reply`, such as `technology "Rust" => null`; `missing` stands for no answer.
///
/// # Errors
/// What is wrong with the first line that does not read as a question and its reply.
pub fn lens_from_lines(text: &str) -> Result<Told, String> {
    let mut told = Told::nothing();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let wrong = |why: &str| format!("lens: {why}: {line}");
        let (asked, reply) = line.split_once(" => ").ok_or_else(|| wrong("expected 'question about => reply'"))?;
        let (name, about) = asked.split_once(' ').ok_or_else(|| wrong("expected a question and what it is about"))?;
        let about: serde_json::Value = serde_json::from_str(about).map_err(|error| wrong(&error.to_string()))?;
        let question: Question = serde_json::from_value(serde_json::json!({ "ask": name, "about": about }))
            .map_err(|error| wrong(&error.to_string()))?;
        let answer = if reply.trim() == "missing" {
            Err(Missing::new(question.need(), "nothing is loaded"))
        } else {
            let reply: serde_json::Value = serde_json::from_str(reply).map_err(|error| wrong(&error.to_string()))?;
            let reply: Reply = serde_json::from_value(serde_json::json!({ "reply": name, "is": reply }))
                .map_err(|error| wrong(&error.to_string()))?;
            Ok(reply)
        };
        told.tell(question, answer);
    }
    Ok(told)
}

fn kind_of(heading: &str) -> Option<CaseKind> {
    [
        ("Fires", CaseKind::Fires),
        ("Innocent", CaseKind::Innocent),
        ("Clear", CaseKind::Innocent),
        ("Not applicable", CaseKind::NotApplicable),
        ("Inconclusive", CaseKind::Inconclusive),
    ]
    .into_iter()
    .find_map(|(word, kind)| heading.starts_with(word).then_some(kind))
}

fn kind_of_outcome(outcome: &Outcome) -> CaseKind {
    match outcome {
        Outcome::Findings(_) => CaseKind::Fires,
        Outcome::Clear { .. } => CaseKind::Innocent,
        Outcome::NotApplicable { .. } => CaseKind::NotApplicable,
        Outcome::Inconclusive { .. } => CaseKind::Inconclusive,
    }
}

/// An outcome as text, as it stands in outcome blocks.
#[must_use]
pub fn render(outcome: &Outcome) -> String {
    let mut text = String::new();
    match outcome {
        Outcome::Findings(findings) => {
            for finding in findings {
                let rate = finding.rate().map(|rate| format!(" (rate {rate})")).unwrap_or_default();
                let _ = writeln!(text, "{}{rate}: {}", finding.strength(), finding.summary());
                for evidence in finding.evidence() {
                    let _ = writeln!(text, "  {}", render_evidence(evidence));
                }
                for innocent in finding.particular_innocent() {
                    let _ = writeln!(text, "  innocent: {innocent}");
                }
                for ask in finding.particular_ask() {
                    let _ = writeln!(text, "  ask: {ask}");
                }
            }
        }
        Outcome::Clear { examined } => {
            let _ = writeln!(text, "clear: {examined}");
        }
        Outcome::NotApplicable { why } => {
            let _ = writeln!(text, "not applicable: {why}");
        }
        Outcome::Inconclusive { missing } => {
            let _ = writeln!(text, "inconclusive: {missing}");
        }
    }
    text
}

fn render_evidence(evidence: &Evidence) -> String {
    let compared = &evidence.compared_with;
    // Ids of facts are hashes; the document names the fact well enough for a reader of cases.
    let against = match compared.kind {
        ComparedKind::Fact => format!("\"{}\" in {}", compared.value, compared.source),
        ComparedKind::Bound => format!("{} \"{}\"", compared.id, compared.value),
        ComparedKind::Subject => format!("subject {}", compared.id),
        _ => format!("{} \"{}\" ({})", compared.id, compared.value, compared.source),
    };
    format!("\"{}\" in {} {} {against}", evidence.subject_value, evidence.document, evidence.relation)
}
