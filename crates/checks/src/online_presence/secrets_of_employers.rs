//! # What it finds
//! Secrets in own public repositories with the name of a firm beside them.
//!
//! # Why it matters
//! Credentials of former employers in a public repository tell of code that was carried away, and of how the next employer's will be
//! treated.
//!
//! # Innocent explanations
//! - Carelessness: a key that slipped into a commit long ago.
//! - A revoked or invented key of an example.
//! - A secret of the applicant's own firm.
//!
//! # What to ask next
//! - Does the firm know that this key is public, and has it been revoked?
//!
//! # Sources
//! - Signal ONL-030: Ketman.

use crate::{
    prelude::*,
    support::words::{count, list, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-030"),
    slug: "secrets-of-employers",
    stage: Stage::OnlinePresence,
    title: "Secrets of former employers in public repositories",
    summary: "Secrets found in own repositories and the firms named beside them.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::CodeHistory,
    facts: &[FactKind::LeakedSecret],
    flags: Flags::NONE,
};

/// Files in which invented keys stand for show.
const EXAMPLE_PARTS: &[&str] = &["example", "sample", "test", "fixture", "mock", "dummy", "template"];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let secrets: Vec<_> = dossier.all::<LeakedSecret>().collect();
    let forks: Vec<&str> =
        dossier.all::<GithubRepository>().filter(|repository| repository.fork == Some(true)).map(|repository| repository.payload.name.as_str()).collect();
    let is_example = |path: &str| {
        let path = path.to_lowercase();
        EXAMPLE_PARTS.iter().any(|part| path.contains(part))
    };
    let named: Vec<_> = secrets
        .iter()
        .filter(|secret| !is_example(&secret.path) && !forks.contains(&secret.repository.as_str()))
        .filter_map(|secret| Some((secret, secret.firm.as_deref().filter(|firm| !firm.trim().is_empty())?)))
        .collect();
    let mut evidence = named.iter().take(6).map(|(secret, firm)| {
        let place = format!("{} in {}/{}", secret.secret, secret.repository, short(&secret.path, 80));
        observed(*secret, place).relates("stands beside the name of", Compared::bound("firm", short(firm, 60)))
    });
    let Some(first) = evidence.next() else {
        return Ok(Outcome::clear(format!("{}, none beside a firm's name", count(secrets.len(), "secret"))));
    };
    let mut firms: Vec<&str> = named.iter().map(|(_, firm)| *firm).collect();
    firms.sort_unstable();
    firms.dedup();
    let summary = format!("{} with the name of {} in own public repositories.", count(named.len(), "secret"), list(&firms, 3));
    Ok(Outcome::Findings(vec![Finding::new(Strength::Weak, summary, first).and_all(evidence)]))
}
