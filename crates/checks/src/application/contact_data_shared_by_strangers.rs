//! # What it finds
//! Contact data, a device, a wallet or a picture that the applicant shares with others, several things at once or rare ones, so that
//! the link graph holds one hand behind them for more likely than not; and ways over shared values to somebody who was confirmed to
//! have misrepresented.
//!
//! # Why it matters
//! Applicants who say that they do not know each other and sit at one computer are one operator.
//!
//! # Innocent explanations
//! - One household, school, library or shared office.
//! - A family computer, a device bought second-hand.
//! - Carriers and VPN exits put thousands behind one address: an address alone is no finding, and what many share is left out.
//! - An agency's telephone, an exchange's deposit address, a placeholder picture, a course's template: discounted as far as known.
//!
//! # What to ask next
//! - Where were you when you sent the application, and whose computer was it?
//!
//! # Sources
//! - Signal APP-010: US guidance of 2022-05-16; Greenhouse; Ashby.

use std::collections::BTreeMap;

use bonafide_model::lens::{Holders, TieForm};

use crate::{
    prelude::*,
    support::{
        holders, link_hits, ties,
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-010"),
    slug: "contact-data-shared-by-strangers",
    stage: Stage::Application,
    title: "Same contact data across applicants",
    summary: "Contact data, device, wallet and picture against those of applicants who claim not to know each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[
        FactKind::Phone,
        FactKind::ClientDevice,
        FactKind::ClientIp,
        FactKind::Email,
        FactKind::Wallet,
        FactKind::Picture,
        FactKind::Link,
        FactKind::GithubAccount,
        FactKind::CommitIdentity,
    ],
    flags: Flags::NONE,
};

/// What was asked of the lens, so that the evidence can be made when all answers are in.
struct Shared {
    what: &'static str,
    value: String,
    evidence: Evidence,
    known_bad: bool,
    likely: bool,
}

/// A way to somebody known to be bad counts from this weight of its weakest step on, in hundredths of a bit, and over so many steps.
const SURE_STEP: i32 = 700;
const SHORT_WAY: u32 = 2;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut by_subject: BTreeMap<String, Vec<Shared>> = BTreeMap::new();
    let (mut asked, mut ignored) = (0_usize, Vec::new());
    let mut add = |what: &'static str, value: &str, holders: Holders, evidence: &dyn Fn(Compared) -> Evidence| {
        asked += 1;
        if let Some(why) = &holders.ignored {
            ignored.push(format!("{what} {why}"));
            return;
        }
        for holder in holders.subjects.into_iter().filter(|holder| !holder.same_person && !holder.same_name && holder.benign.is_none()) {
            let evidence = evidence(Compared::subject(&holder.subject));
            let (known_bad, likely) = (holders::is_known_bad(&holder), holders::likely(&holder));
            by_subject.entry(holder.subject).or_default().push(Shared { what, value: value.to_owned(), evidence, known_bad, likely });
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
    let tied = lens.ties(dossier.subject().to_string());
    let rings = tied.iter().flatten().filter(|tied| tied.form == TieForm::Ring);
    let mut findings: Vec<Finding> = rings
        .filter_map(|ring| {
            let strength = if ring.odds >= link_hits::TELLING { META.strength } else { Strength::Weak };
            ties::ring(dossier, ring, strength)
        })
        .collect();
    // What is said of the ring as a whole is not said again of everybody in it.
    if findings.is_empty() {
        findings.extend(by_subject.into_values().filter_map(finding));
        findings.extend(tied.iter().flatten().filter(|tied| tied.form == TieForm::Way).filter_map(|way| {
            let strength = if way.odds >= SURE_STEP && way.size <= SHORT_WAY { META.strength } else { Strength::Weak };
            ties::way(dossier, way, strength)
        }));
    }
    match tied {
        // What was not asked is not clear.
        Err(missing) if findings.is_empty() => Err(missing.into()),
        _ => {
            let mut examined = format!("{} (numbers, devices, network addresses) and the link graph", count(asked, "identifier"));
            if !ignored.is_empty() {
                examined.push_str(&format!("; {}", list(&ignored, 3)));
            }
            Ok(Outcome::of(findings, examined))
        }
    }
}

/// An address alone, or a number alone (which the check of one number and several names reads), is nothing here.
fn finding(shared: Vec<Shared>) -> Option<Finding> {
    let mut kinds: Vec<&str> = shared.iter().map(|shared| shared.what).collect();
    kinds.dedup();
    if kinds.len() < 2 && !kinds.contains(&"device") {
        return None;
    }
    let several = kinds.len() >= 2 && shared.iter().any(|shared| shared.likely);
    let strength = if several || shared.iter().any(|shared| shared.known_bad) { Strength::Medium } else { Strength::Weak };
    let said: Vec<String> = shared.iter().map(|shared| format!("{} {}", shared.what, shared.value)).collect();
    let mut shared = shared.into_iter();
    let first = shared.next()?;
    Some(
        Finding::new(strength, format!("Another applicant under another name has the same {}.", list(&said, 4)), first.evidence)
            .and_all(shared.map(|shared| shared.evidence)),
    )
}
