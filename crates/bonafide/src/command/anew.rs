//! Assessing stored subjects anew, when not they but their surroundings changed.

use std::{collections::BTreeSet, sync::Arc};

use bonafide_cases::Cases;
use bonafide_engine::Engine;
use bonafide_model::{
    assessment::{Assessment, Band},
    finding::ComparedKind,
    id::SubjectId,
};
use bonafide_report::clean;
use bonafide_store::{AssessmentRecord, Others, SqliteStore, Store};

use crate::{config::Settings, interrupt::interrupted, output, status::Failure, vetted::store_failed};

/// Assessments of one commit.
const BATCH: usize = 64;
/// Cases that are named; all are counted.
const NAMED: usize = 20;
/// Subjects that one call assesses anew because it brought them new company; of more it says so.
const MOST: usize = 2_000;

/// Assesses anew the subjects of the store whose ring has grown. What was done, for people.
pub(super) fn of_links(
    settings: &Settings,
    store: &Arc<SqliteStore>,
    engine: &Engine,
    touched: &BTreeSet<SubjectId>,
) -> Result<Option<String>, Failure> {
    let first: BTreeSet<SubjectId> = touched.iter().take(MOST).cloned().collect();
    let said = file(settings, store, engine, &first, Unchanged::LeftOut)?;
    let left = touched.len().saturating_sub(MOST);
    let beyond =
        format!("{} of rings with somebody of this call left as they were; vet again to go on\n", output::count(left, "case"));
    Ok(match (said, left) {
        (said, 0) => said,
        (said, _) => Some(said.unwrap_or_default() + &beyond),
    })
}

/// What becomes of an assessment that says what the last one said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unchanged {
    /// It is filed: it says by which versions of the surroundings it holds.
    Filed,
    /// It is left out.
    LeftOut,
}

/// Assesses subjects anew and files what came of it.
pub(super) fn file(
    settings: &Settings,
    store: &Arc<SqliteStore>,
    engine: &Engine,
    touched: &BTreeSet<SubjectId>,
    unchanged: Unchanged,
) -> Result<Option<String>, Failure> {
    if touched.is_empty() {
        return Ok(None);
    }
    let failed = |error| store_failed(settings, "cannot keep what was assessed anew", error);
    let cases = Cases::new(Arc::clone(store) as Arc<dyn Store>);
    let (mut batch, mut lines, mut done) = (Vec::new(), Vec::new(), 0);
    let mut flush = |batch: &mut Vec<(SubjectId, AssessmentRecord, String)>| -> Result<(), Failure> {
        let (records, notes): (Vec<_>, Vec<_>) = batch.drain(..).map(|(subject, record, note)| ((subject, record), note)).unzip();
        let reasons = cases.assess_anew(records).map_err(|error| store_failed(settings, "cannot keep an assessment", error))?;
        for (note, reason) in notes.into_iter().zip(reasons) {
            match reason {
                Some(reason) => lines.push(format!("{note}; the case is open again: {reason}")),
                None if !note.is_empty() => lines.push(note),
                None => {}
            }
        }
        Ok(())
    };
    for subject in touched {
        if interrupted() {
            flush(&mut batch)?;
            return Err(Failure::Interrupted { done: output::count(done, "case") });
        }
        let Some(before) = store.assessment(subject, Others::Named).map_err(failed)? else { continue };
        let Some(dossier) = store.dossier(subject).map_err(failed)? else { continue };
        let assessed = engine.assess(&dossier, &before.assessed.assessment.incomplete);
        done += 1;
        if unchanged == Unchanged::LeftOut && says(&before.assessed.assessment) == says(&assessed.assessment) {
            continue;
        }
        let note = changed(subject, &before.assessed.assessment, &assessed.assessment);
        batch.push((
            subject.clone(),
            AssessmentRecord { assessment: assessed.assessment, asked: assessed.asked, event: None },
            note,
        ));
        if batch.len() >= BATCH {
            flush(&mut batch)?;
        }
    }
    flush(&mut batch)?;
    let mut text = format!("{} assessed anew, {} with news\n", output::count(done, "case"), lines.len());
    for line in lines.iter().take(NAMED) {
        text.push_str(&format!("  {line}\n"));
    }
    if lines.len() > NAMED {
        text.push_str(&format!("  and {} more; `bonafide case list` shows the queue\n", lines.len() - NAMED));
    }
    Ok(Some(text))
}

/// What an assessment says, whatever its surroundings were.
fn says(assessment: &Assessment) -> (Band, i32, Vec<&str>) {
    let findings = assessment.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    (assessment.band, assessment.weight.0, findings)
}

/// What a person should know of a new assessment; empty where it says what the last one said.
fn changed(subject: &SubjectId, before: &Assessment, after: &Assessment) -> String {
    let compared = |assessment: &Assessment, kinds: &[ComparedKind]| -> BTreeSet<String> {
        let findings = assessment.findings.iter().flat_map(|finding| &finding.evidence);
        let of_kinds = findings.filter(|evidence| kinds.contains(&evidence.compared_with.kind));
        of_kinds.map(|evidence| evidence.compared_with.id.clone()).collect()
    };
    let mut parts = Vec::new();
    if before.band != after.band {
        let word = |band: Band| band.name();
        parts.push(format!("{} → {}", word(before.band), word(after.band)));
    }
    for (kinds, come, gone) in [
        (&[ComparedKind::ListEntry][..], "resembles", "no longer"),
        (&[ComparedKind::Subject, ComparedKind::Ring][..], "tied to", "no longer tied to"),
    ] {
        let (old, new) = (compared(before, kinds), compared(after, kinds));
        for (word, ids) in [(come, new.difference(&old)), (gone, old.difference(&new))] {
            let ids: Vec<&str> = ids.map(String::as_str).collect();
            if !ids.is_empty() {
                parts.push(format!("{word} {}", listed(&ids)));
            }
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("{}: {}", clean(subject.as_str(), 60), parts.join("; "))
}

/// Ids one after another, many of them shortened.
fn listed(ids: &[&str]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| clean(id, 60)).collect();
    let more = ids.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
