//! # What it finds
//! A device, or several traits at once (number, device, network address), that the applicant shares with another applicant.
//!
//! # Why it matters
//! Applicants who say that they do not know each other and sit at one computer are one operator.
//!
//! # Innocent explanations
//! - One household, school, library or shared office.
//! - A family computer, a device bought second-hand.
//! - Carriers and VPN exits put thousands behind one address: an address alone is no finding.
//!
//! # What to ask next
//! - Where were you when you sent the application, and whose computer was it?
//!
//! # Sources
//! - Signal APP-010: US guidance of 2022-05-16; Greenhouse; Ashby.

use std::collections::BTreeMap;

use bonafide_model::lens::Holders;

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-010"),
    slug: "contact-data-shared-by-strangers",
    stage: Stage::Application,
    title: "Same contact data across applicants",
    summary: "Number, device and network address against those of applicants who claim not to know each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Phone, FactKind::ClientDevice, FactKind::ClientIp],
    flags: Flags::NONE,
};

/// What was asked of the lens, so that the evidence can be made when all answers are in.
struct Shared {
    what: &'static str,
    value: String,
    evidence: Evidence,
    known_bad: bool,
}

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut by_subject: BTreeMap<String, Vec<Shared>> = BTreeMap::new();
    let mut asked = 0_usize;
    let mut add = |what: &'static str, value: &str, holders: Holders, evidence: &dyn Fn(Compared) -> Evidence| {
        asked += 1;
        if holders.ignored.is_some() {
            return;
        }
        for holder in holders.subjects.into_iter().filter(|holder| !holder.same_person && !holder.same_name && holder.benign.is_none()) {
            let evidence = evidence(Compared::subject(&holder.subject));
            by_subject.entry(holder.subject).or_default().push(Shared { what, value: value.to_owned(), evidence, known_bad: holder.known_bad });
        }
    };
    for device in dossier.all::<ClientDevice>() {
        let Some(id) = &device.device_id else { continue };
        let holders = lens.holders(Identifier::new(IdentifierKind::Device, id))?;
        add("device", id, holders, &|other| observed(&device, id).relates("is the device of", other));
    }
    for phone in dossier.all::<Phone>() {
        let Some(e164) = &phone.e164 else { continue };
        let holders = lens.holders(Identifier::new(IdentifierKind::Phone, e164))?;
        add("telephone number", &phone.raw, holders, &|other| observed(&phone, &phone.raw).relates("is the telephone number of", other));
    }
    for ip in dossier.all::<ClientIp>() {
        let holders = lens.holders(Identifier::new(IdentifierKind::Ip, &ip.ip))?;
        add("network address", &ip.ip, holders, &|other| observed(&ip, &ip.ip).relates("is the network address of", other));
    }
    if asked == 0 {
        return Err(Early::not_applicable("no readable number, device or network address"));
    }
    let findings = by_subject.into_values().filter_map(finding).collect();
    Ok(Outcome::of(findings, format!("{} (numbers, devices, network addresses) against other subjects", count(asked, "identifier"))))
}

/// An address alone, or a number alone (which the check of one number and several names reads), is nothing here.
fn finding(shared: Vec<Shared>) -> Option<Finding> {
    let mut kinds: Vec<&str> = shared.iter().map(|shared| shared.what).collect();
    kinds.dedup();
    if kinds.len() < 2 && !kinds.contains(&"device") {
        return None;
    }
    let strength = if kinds.len() >= 2 || shared.iter().any(|shared| shared.known_bad) { Strength::Medium } else { Strength::Weak };
    let said: Vec<String> = shared.iter().map(|shared| format!("{} {}", shared.what, shared.value)).collect();
    let mut shared = shared.into_iter();
    let first = shared.next()?;
    Some(
        Finding::new(strength, format!("Another applicant under another name has the same {}.", list(&said, 4)), first.evidence)
            .and_all(shared.map(|shared| shared.evidence)),
    )
}
