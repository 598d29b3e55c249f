//! # What it finds
//! Other accounts of the same platform on the subject's device or address.
//!
//! # Why it matters
//! Platforms grant each person one account. Several on one device are several personas, or a market in accounts.
//!
//! # Innocent explanations
//! - A family or a shared flat, above all on one address.
//! - An agency that manages accounts for its members.
//! - A client's account beside a freelancer's.
//! - A computer bought second hand, or in a library.
//!
//! # What to ask next
//! - Who else uses this computer for the platform?
//!
//! # Sources
//! - Signal ONL-027: guidance of three US departments, 2022-05.

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-027"),
    slug: "several-platform-accounts",
    stage: Stage::OnlinePresence,
    title: "Several platform accounts on one device or address",
    summary: "How many other accounts of a platform were seen on the subject's device and address.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Platform,
    facts: &[FactKind::PlatformAccount],
    flags: Flags::NONE,
};

/// One other account on a device is a partner's or a client's.
const ON_DEVICE: u32 = 2;
/// Households, offices and mobile networks share addresses; from here on they no longer explain it by themselves.
const ON_ADDRESS: u32 = 5;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let counted: Vec<_> = dossier
        .all::<PlatformAccount>()
        .filter(|account| account.accounts_on_device.is_some() || account.accounts_on_ip.is_some())
        .collect();
    if counted.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "how many accounts the platform sees on the device and the address"));
    }
    let benign = benign_reasons(dossier, lens);
    let findings = counted.iter().filter_map(|account| finding(account, &benign)).collect();
    Ok(Outcome::of(findings, format!("accounts on the device and address of {}", count(counted.len(), "account"))))
}

/// Why the link graph holds sharing of the subject's device or address for ordinary. Where no graph is loaded nothing is excused.
fn benign_reasons(dossier: &Dossier, lens: &Lens<'_>) -> Vec<String> {
    let devices = dossier.all::<ClientDevice>().filter_map(|device| device.device_id.clone());
    let addresses = dossier.all::<ClientIp>().map(|ip| ip.ip.clone());
    let asked = devices
        .map(|value| Identifier::new(IdentifierKind::Device, value))
        .chain(addresses.map(|value| Identifier::new(IdentifierKind::Ip, value)));
    let mut reasons: Vec<String> = asked
        .take(8)
        .filter_map(|identifier| lens.holders(identifier).ok())
        .flat_map(|holders| holders.ignored.into_iter().chain(holders.subjects.into_iter().filter_map(|holder| holder.benign)))
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

fn finding(account: &Known<'_, PlatformAccount>, benign: &[String]) -> Option<Finding> {
    let on_device = account.accounts_on_device.filter(|others| *others >= ON_DEVICE);
    let on_address = account.accounts_on_ip.filter(|others| *others >= ON_ADDRESS);
    if on_device.is_none() && on_address.is_none() {
        return None;
    }
    let parts: Vec<String> = [on_device.map(|others| format!("{} on the device", count(others, "other account"))), on_address.map(|others| format!("{} on the address", count(others, "other account")))]
        .into_iter()
        .flatten()
        .collect();
    let strength = if on_device.is_some() && benign.is_empty() { Strength::Medium } else { Strength::Weak };
    let said = list(&parts, 2);
    let mut finding = Finding::new(
        strength,
        format!("{} on {}: {said}.", account.account, account.platform),
        observed(account, said).relates(
            "exceeds",
            Compared::bound("accounts of one person", format!("1; {ON_DEVICE} others on a device or {ON_ADDRESS} on an address are remarkable")),
        ),
    );
    if !benign.is_empty() {
        finding = finding.innocent(format!("The link graph knows an ordinary reason for the sharing: {}.", list(benign, 3)));
    }
    Some(finding)
}
