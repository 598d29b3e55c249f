//! Dossiers from lines of text.
//!
//! A line is the name of a kind of fact, its payload as JSON, and optionally ` @document`:
//!
//! ```text
//! claimed_years {"technology":"Rust","months":240} @cv.pdf
//! ```

use bonafide_model::{
    ContentHash,
    dossier::Dossier,
    fact::{Fact, FactKind, FactSink, FactValue},
    id::SubjectId,
    place::{Place, Source},
};
use thiserror::Error;

/// A line that is not a fact.
#[derive(Debug, Error)]
#[error("line {line}: {why}: {text}")]
pub struct NotAFact {
    /// Line number from 1.
    pub line: u32,
    /// What is wrong.
    pub why: String,
    /// The line.
    pub text: String,
}

/// Reads facts of one subject from lines.
///
/// # Errors
/// [`NotAFact`] for the first line that does not read as one.
pub fn facts_from_lines(subject: &str, text: &str) -> Result<Vec<Fact>, NotAFact> {
    let mut facts = Vec::new();
    let mut offset = 0_u64;
    for (index, line) in text.lines().enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        let span = (offset, offset + line.len() as u64);
        offset = span.1 + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: String| NotAFact { line: number, why, text: line.to_owned() };
        let (kind, payload) = line.split_once(' ').ok_or_else(|| wrong("expected a kind and a payload".into()))?;
        let (payload, document) = match payload.rsplit_once(" @") {
            Some((payload, document)) if !document.contains(['"', '}']) => (payload, document),
            _ => (payload, "application.json"),
        };
        let payload: serde_json::Value = serde_json::from_str(payload).map_err(|error| wrong(error.to_string()))?;
        let value: FactValue = serde_json::from_value(serde_json::json!({ "kind": kind, "value": payload }))
            .map_err(|error| wrong(error.to_string()))?;
        if value.kind() == FactKind::Unknown {
            let why = match typed_error(kind, &payload) {
                Some(error) => format!("the payload does not fit the kind ({error})"),
                None => "no such kind of fact".to_owned(),
            };
            return Err(wrong(why));
        }
        let source = Source { name: document.to_owned(), content: ContentHash::of_bytes(document.as_bytes()) };
        let mut sink = FactSink::new(SubjectId::new(subject), source);
        sink.push(value, Place::Text { line: number, span });
        facts.extend(sink.into_facts());
    }
    Ok(facts)
}

/// Why a payload of a known kind was read as unknown: the untagged fallback hides the reason, so it is asked for again.
fn typed_error(kind: &str, payload: &serde_json::Value) -> Option<String> {
    FactKind::ALL.iter().any(|known| known.name() == kind).then(|| format!("{payload}"))
}

/// A dossier from lines; see [`facts_from_lines`].
///
/// # Errors
/// [`NotAFact`] for the first line that does not read as one.
pub fn dossier_from_lines(subject: &str, text: &str) -> Result<Dossier, NotAFact> {
    Ok(Dossier::new(SubjectId::new(subject), facts_from_lines(subject, text)?))
}
