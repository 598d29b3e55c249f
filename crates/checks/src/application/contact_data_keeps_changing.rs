//! # What it finds
//! Contact or payment data of one applicant that were changed more than once while the application was under way.
//!
//! # Why it matters
//! Personas are handed on: the one who applied, the one who is interviewed and the one who is paid have different telephones and banks.
//!
//! # Innocent explanations
//! - Moving house changes an address and a telephone at once: both within a month count as one change.
//! - A new job mailbox, a lost telephone.
//! - Typing errors that are corrected the same day.
//!
//! # What to ask next
//! - Call the number of the first application and ask for the person by name.
//!
//! # Sources
//! - Signal APP-013: US guidance of 2022-05-16.

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-013"),
    slug: "contact-data-keeps-changing",
    stage: Stage::Application,
    title: "Contact data changes during the process",
    summary: "The applicant system's audit trail: how often contact and payment data changed.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Process,
    facts: &[FactKind::ContactChange],
    flags: Flags::NONE,
};

/// Changes within this many days are one occasion: a move, a lost telephone.
const ONE_OCCASION_DAYS: i64 = 30;

const FIELDS: &[&str] = &["email", "phone", "address", "wallet", "bank"];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut changes: Vec<_> = dossier
        .all::<ContactChange>()
        .filter(|change| FIELDS.contains(&change.field.as_str()) && change.at.is_some())
        .collect();
    changes.sort_by_key(|change| change.at);
    if changes.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "an audit trail with times"));
    }
    // Occasions: a change starts a new one when the last one began long enough ago or the same field changes again on a later day.
    let mut occasions: Vec<Vec<&Known<'_, ContactChange>>> = Vec::new();
    for change in &changes {
        let fits = occasions.last().is_some_and(|occasion| {
            let days = days_between(occasion[0], change);
            let corrected_at_once = occasion.last().is_some_and(|last| days_between(last, change) == 0);
            corrected_at_once || (days <= ONE_OCCASION_DAYS && occasion.iter().all(|earlier| earlier.field != change.field))
        });
        match occasions.last_mut() {
            Some(occasion) if fits => occasion.push(change),
            _ => occasions.push(vec![change]),
        }
    }
    let is_payment = |change: &&Known<'_, ContactChange>| matches!(change.field.as_str(), "wallet" | "bank");
    let payment = occasions.iter().filter(|occasion| occasion.iter().any(is_payment)).count();
    let examined = format!("{} on {}", count(changes.len(), "change"), count(occasions.len(), "occasion"));
    let strength = match (occasions.len(), payment) {
        (3.., _) => Strength::Medium,
        (2, 2..) => Strength::Medium,
        (2, _) => Strength::Weak,
        _ => return Ok(Outcome::clear(examined)),
    };
    let evidence = |change: &Known<'_, ContactChange>| {
        let value = format!("{} → {}", change.from.as_deref().unwrap_or("?"), change.to.as_deref().unwrap_or("?"));
        let when = change.at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
        observed(change, value).relates(format!("changed the {} on {when}, beside", change.field), Compared::bound("what changes in an ordinary process", "nothing, or all at once"))
    };
    let mut fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    let [first, rest @ ..] = changes.as_slice() else { return Ok(Outcome::clear(examined)) };
    let finding = Finding::new(
        strength,
        format!("Contact or payment data changed on {} during the process: {}.", count(occasions.len(), "occasion"), list(&fields, 5)),
        evidence(first),
    )
    .and_all(rest.iter().take(9).map(evidence));
    Ok(Outcome::Findings(vec![finding]))
}

fn days_between(earlier: &ContactChange, later: &ContactChange) -> i64 {
    match (earlier.at, later.at) {
        (Some(earlier), Some(later)) => (later.as_second() - earlier.as_second()) / 86_400,
        _ => 0,
    }
}
