//! # What it finds
//! An application that was sent through a commercial VPN, a proxy or a data centre. It counts as weak: it hides a place, and many have
//! good reasons to hide theirs.
//!
//! # Why it matters
//! A claimed place can only be compared with a network that is not rented elsewhere.
//!
//! # Innocent explanations
//! - Engineers use privacy tools, and refugees and dissidents need them.
//! - A firm's own network leaves through a data centre.
//!
//! # What to ask next
//! - Compare the claimed place by other means: the clock of the browser, the telephone, the interview.
//!
//! # Sources
//! - Signal APP-014: US guidance of 2022-05-16; Mandiant, 2024-09; Greenhouse; Ashby.

use crate::{prelude::*, support::network_ranges::in_ranges};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-014"),
    slug: "sent-through-a-vpn",
    stage: Stage::Application,
    title: "Application sent through commercial VPN, proxy or hosting",
    summary: "The network address against ranges of VPNs, proxies and hosting.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Network,
    facts: &[FactKind::ClientIp],
    flags: Flags::NONE,
};

/// Categories of ranges.
const CATEGORIES: &[&str] = &["vpn", "proxy", "datacenter", "tor"];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    in_ranges(dossier, lens, CATEGORIES, META.strength)
}
