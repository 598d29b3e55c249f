//! # What it finds
//! A person named as reference who has the applicant's own telephone number, mailbox, network address or device.
//!
//! # Why it matters
//! Impostors answer for themselves. A reference who can be reached only where the applicant is reached is the applicant.
//!
//! # Innocent explanations
//! - A couple or family who work together and share a connection.
//! - A small firm with one telephone, or one office network.
//! - The form was filled in wrongly: own data in the field of the reference.
//!
//! # What to ask next
//! - Please name a reference who can be reached through the firm's public number.
//! - Call the reference on video, at a time you choose.
//!
//! # Sources
//! - Signal RES-021: Google GTIG, 2025-04; Vitay, on conflicts of addresses.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-021"),
    slug: "reference-shares-contact-data",
    stage: Stage::Resume,
    title: "Reference shares contact data with the applicant",
    summary: "Telephone, mailbox, network address and device of each reference against the applicant's and the other references'.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contact,
    facts: &[FactKind::Reference],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let references: Vec<_> = dossier.all::<Reference>().collect();
    let mut findings = Vec::new();
    for reference in &references {
        findings.extend(shared_with_applicant(dossier, reference));
    }
    for (index, left) in references.iter().enumerate() {
        for right in &references[index + 1..] {
            findings.extend(shared_between(left, right));
        }
    }
    let reachable = references.iter().filter(|reference| reference.email.is_some() || reference.phone.is_some()).count();
    if findings.is_empty() && reachable == 0 {
        return Err(Early::inconclusive(Need::Facts, "a telephone number or address of any reference"));
    }
    Ok(Outcome::of(findings, format!("the contact data of {}", count(reachable, "reference"))))
}

/// A mailbox or a number is held by one person; a network or a device is shared in homes and offices and counts little.
fn shared_with_applicant(dossier: &Dossier, reference: &Known<'_, Reference>) -> Option<Finding> {
    let finding = |strength: Strength, what: &str, value: &str, own: Compared| {
        Finding::new(
            strength,
            format!("The reference {} has the applicant's own {what}, {value}.", reference.name),
            observed(reference, value).relates(format!("is the {what} of"), own),
        )
    };
    if let Some(own) = dossier.all::<Email>().find(|own| reference.email_canonical.as_deref() == Some(own.canonical.as_str())) {
        return Some(finding(Strength::Medium, "mailbox", reference.email.as_deref().unwrap_or_default(), Compared::fact(&own, &own.address)));
    }
    if let Some(own) = dossier.all::<Phone>().find(|own| own.e164.is_some() && own.e164 == reference.phone_e164) {
        return Some(finding(Strength::Medium, "telephone number", reference.phone.as_deref().unwrap_or_default(), Compared::fact(&own, &own.raw)));
    }
    if let Some(own) = dossier.all::<ClientDevice>().find(|own| own.device_id.is_some() && own.device_id == reference.device_id) {
        return Some(finding(Strength::Medium, "device", reference.device_id.as_deref().unwrap_or_default(), Compared::fact(&own, "the same device")));
    }
    let own = dossier.all::<ClientIp>().find(|own| reference.ip.as_deref() == Some(own.ip.as_str()))?;
    Some(finding(Strength::Weak, "network address", &own.ip.clone(), Compared::fact(&own, &own.ip)))
}

fn shared_between(left: &Known<'_, Reference>, right: &Known<'_, Reference>) -> Option<Finding> {
    let shared = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let what = if shared(&left.email_canonical, &right.email_canonical) {
        "mailbox"
    } else if shared(&left.phone_e164, &right.phone_e164) && left.company != right.company {
        "telephone number"
    } else {
        return None;
    };
    Some(Finding::new(
        Strength::Weak,
        format!("The references {} and {} share one {what}.", left.name, right.name),
        observed(left, &left.name).relates(format!("shares a {what} with"), Compared::fact(right, &right.name)),
    ))
}
