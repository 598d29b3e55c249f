//! # What it finds
//! An organisation's badge on a profile where everything the account did in that organisation is trivial: greetings, badges, typing
//! errors in a manual, empty issues.
//!
//! # Why it matters
//! A well-known organisation's badge impresses who does not look behind it, and a single merged comma earns it.
//!
//! # Innocent explanations
//! - A first contribution in good faith; everybody's first ones are small.
//! - Translators and writers, whose work is text.
//! - Work in the organisation's private repositories.
//!
//! # What to ask next
//! - Which contribution to this organisation are you proud of, and why was it needed?
//!
//! # Sources
//! - Signal ONL-014: Ketman, SEAL.

use crate::{
    prelude::*,
    support::words::{at_least, count, percent},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-014"),
    slug: "badge-hunting",
    stage: Stage::OnlinePresence,
    title: "Badge hunting",
    summary: "What an account did in an organisation whose badge it shows, by the collector's rule for trivial contributions.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Account,
    facts: &[FactKind::GithubEvents],
    flags: Flags::NONE,
};

/// Two contributions are a beginning, whatever they are.
const CONTRIBUTIONS: u64 = 3;
const TRIVIAL_PERCENT: u64 = 80;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let badges: Vec<_> = dossier.all::<GithubEvents>().filter(|events| events.organisation.is_some()).collect();
    if badges.is_empty() {
        return Err(Early::not_applicable("no organisation's badge in the dossier"));
    }
    let findings = badges.iter().filter_map(finding).collect();
    Ok(Outcome::of(findings, format!("contributions to {} whose badge is shown", count(badges.len(), "organisation"))))
}

fn finding(events: &Known<'_, GithubEvents>) -> Option<Finding> {
    let all = u64::from(events.issues) + u64::from(events.comments) + u64::from(events.pulls_merged);
    let trivial = u64::from(events.trivial).min(all);
    if all < CONTRIBUTIONS || !at_least(trivial, all, TRIVIAL_PERCENT) {
        return None;
    }
    let organisation = events.organisation.as_deref().unwrap_or("the organisation");
    Some(Finding::new(
        Strength::Weak,
        format!("{trivial} of {} to {organisation} ({}) are trivial.", count(all, "contribution"), percent(trivial, all)),
        observed(
            events,
            format!(
                "{organisation}: {}, {}, {}, {trivial} of them trivial",
                count(events.issues, "issue"),
                count(events.comments, "comment"),
                count(events.pulls_merged, "merged pull request"),
            ),
        )
        .relates("does not bear out", Compared::bound("badge", format!("member or contributor of {organisation}"))),
    ))
}
