//! # What it finds
//! Accounts that the subject follows and that partners have listed. Only edges that the subject made count; who follows the subject
//! is never looked at.
//!
//! # Why it matters
//! Members of a crew follow each other to look established, and keep doing so under new names.
//!
//! # Innocent explanations
//! - Following back whoever follows, or following thousands.
//! - A listed account that is popular, or listed wrongly.
//! - Curiosity about, or research into, such accounts.
//!
//! # What to ask next
//! - How do you know the owners of these accounts?
//!
//! # Sources
//! - Signal ONL-002: Ketman, gh-fake-analyzer. An ordinary user was listed there because a fake account followed him: inbound edges
//!   never count.

use bonafide_model::lens::{IndicatorHit, IndicatorStatus};

use crate::{
    prelude::*,
    support::{
        indicators,
        words::{at_least, count, grouped, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-002"),
    slug: "follows-listed-accounts",
    stage: Stage::OnlinePresence,
    title: "Follows listed accounts",
    summary: "Accounts that the subject follows against indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::GithubFollowing],
    flags: Flags { guided: true, ..Flags::NONE },
};

/// One listed account among those followed may be chance; who follows thousands follows some by chance.
const SEVERAL: usize = 2;
const REMARKABLE_PERCENT: u64 = 1;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut examined = 0_usize;
    for following in dossier.all::<GithubFollowing>() {
        let mut logins: Vec<String> = following.follows.iter().map(|login| login.to_lowercase()).collect();
        logins.sort_unstable();
        logins.dedup();
        if logins.is_empty() {
            continue;
        }
        examined += logins.len();
        let identifiers: Vec<Identifier> = logins.iter().map(|login| Identifier::new(IdentifierKind::Github, login)).collect();
        let hits = lens.indicators_among(identifiers)?;
        findings.extend(finding(&following, &hits, logins.len()));
    }
    if examined == 0 {
        return Err(Early::not_applicable("no account that the subject follows in the dossier"));
    }
    Ok(Outcome::of(findings, format!("{} against indicators", count(examined, "followed account"))))
}

fn finding(following: &Known<'_, GithubFollowing>, hits: &[IndicatorHit], all: usize) -> Option<Finding> {
    // Who follows a victim of identity theft follows an ordinary person.
    let mut listed: Vec<&IndicatorHit> =
        hits.iter().filter(|hit| hit.exact && hit.status != IndicatorStatus::Impersonated).collect();
    listed.sort_by(|left, right| left.value.cmp(&right.value).then_with(|| left.id.cmp(&right.id)));
    let mut values: Vec<&str> = listed.iter().map(|hit| hit.value.as_str()).collect();
    values.dedup();
    let remarkable = values.len() >= SEVERAL && at_least(values.len() as u64, all as u64, REMARKABLE_PERCENT);
    let vouched = listed.iter().map(|hit| indicators::strength(hit, META.strength)).max()?;
    let mut evidence = listed.iter().take(10).map(|hit| {
        let row = format!("{}, {}, confidence {} of 100", hit.source, hit.grade, hit.confidence);
        observed(following, format!("{} follows {}", following.login, hit.value)).relates(
            "which is listed by",
            Compared::entry(ComparedKind::Indicator, &hit.id, &hit.value, row, &hit.version).in_cluster(hit.cluster.clone()),
        )
    });
    let first = evidence.next()?;
    let summary = format!(
        "{} follows {} that partners list, among {}: {}.",
        following.login,
        count(values.len(), "account"),
        grouped(all as u64),
        list(&values, 5),
    );
    Some(Finding::new(if remarkable { vouched } else { Strength::Weak }, summary, first).and_all(evidence))
}
