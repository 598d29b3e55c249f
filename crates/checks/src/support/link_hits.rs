//! Wording of what the link graph knows.

use bonafide_model::{check::Missing, lens::LinkHit};

use super::words::list;
use crate::prelude::*;

/// From this weight on, in hundredths of a bit, the link graph holds the sharing for no coincidence: odds of one to eight.
pub(crate) const TELLING: i32 = 300;

/// Below this weight the sharing is what many have in common, and nothing is said: odds of one to two.
const COMMON: i32 = 100;

/// The strength of a hit: what the link graph holds for no coincidence counts up to `at_most`, a thin tie is weak, and what many share
/// is nothing.
pub(crate) fn strength(hit: &LinkHit, at_most: Strength) -> Option<Strength> {
    match hit.weight {
        TELLING.. => Some(at_most),
        COMMON.. => Some(Strength::Weak),
        _ => None,
    }
}

/// A finding for a hit: "*what* is tied to the cluster …".
pub(crate) fn tie<T>(known: &Known<'_, T>, value: &str, what: &str, hit: &LinkHit, at_most: Strength) -> Option<Finding> {
    let strength = strength(hit, at_most)?;
    let kind = if hit.kind.is_empty() { "cluster" } else { &hit.kind };
    let summary = format!("{what} is tied to the {kind} {} by {}.", name(hit), shares(hit));
    Some(Finding::new(strength, summary, observed(known, value).relates(format!("shares {} with", shares(hit)), compared(hit))))
}

/// Findings for what the link graph knows of every document, asked by the hash of its content.
pub(crate) fn of_documents(
    texts: &[Known<'_, ResumeText>],
    ask: impl Fn(String) -> Result<Vec<LinkHit>, Missing>,
    finding: impl Fn(&Known<'_, ResumeText>, &LinkHit, Strength) -> Finding,
    at_most: Strength,
) -> Result<Vec<Finding>, Early> {
    let mut findings = Vec::new();
    for text in texts {
        let hits = ask(text.fact.source.content.to_string())?;
        findings.extend(hits.iter().filter_map(|hit| Some(finding(text, hit, strength(hit, at_most)?))));
    }
    Ok(findings)
}

/// A hit as the other side of a piece of evidence.
pub(crate) fn compared(hit: &LinkHit) -> Compared {
    let kind = match hit.kind.as_str() {
        "ring" => ComparedKind::Ring,
        "subject" => return Compared::subject(&hit.id),
        "persona" => ComparedKind::Persona,
        _ => ComparedKind::Cluster,
    };
    Compared::entry(kind, &hit.id, name(hit), "link graph", &hit.version).in_cluster(hit.cluster.clone())
}

/// The name of a hit for people: its cluster's, or its id.
pub(crate) fn name(hit: &LinkHit) -> &str {
    hit.cluster.as_deref().unwrap_or(&hit.id)
}

/// What is shared, in words.
pub(crate) fn shares(hit: &LinkHit) -> String {
    if hit.shares.is_empty() { "what the link graph recorded".to_owned() } else { list(&hit.shares, 4) }
}
