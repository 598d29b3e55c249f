//! # What it finds
//! A network address in a range that is announced for a region under comprehensive sanctions, or leased to it.
//!
//! # Why it matters
//! Doing business with persons in such a region may be forbidden, whoever they are.
//!
//! # Innocent explanations
//! - Ranges are traded, and databases lag behind.
//! - A traveller, an aid worker, a mistake in the list.
//!
//! # What to ask next
//! - Ask compliance; the place is theirs to judge.
//!
//! # Sources
//! - Signal APP-018: Security Alliance; published lists of announced ranges.

use crate::{prelude::*, support::network_ranges::in_ranges};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-018"),
    slug: "sanctioned-region-network",
    stage: Stage::Application,
    title: "Sanctioned-region network",
    summary: "The network address against ranges announced for a sanctioned region.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Network,
    facts: &[FactKind::ClientIp],
    flags: Flags::NONE,
};

/// Categories of ranges.
const CATEGORIES: &[&str] = &["dprk", "sanctioned"];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    in_ranges(dossier, lens, CATEGORIES, META.strength)
}
