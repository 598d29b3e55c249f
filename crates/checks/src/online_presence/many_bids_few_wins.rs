//! # What it finds
//! Freelancing accounts with very many bids and next to no wins, most of all where the bids repeat one text.
//!
//! # Why it matters
//! Crews bid from many accounts with one set of texts. A person who bids in vain changes the text or the market.
//!
//! # Innocent explanations
//! - Beginners, and markets with a hundred bids for each job.
//! - A text of one's own that is used again with care.
//! - A platform that counts viewed jobs as bids.
//!
//! # What to ask next
//! - How do you choose the jobs you bid for?
//!
//! # Sources
//! - Signal ONL-026: guidance of three US departments, 2022-05.

use crate::{
    prelude::*,
    support::words::{count, grouped, percent},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-026"),
    slug: "many-bids-few-wins",
    stage: Stage::OnlinePresence,
    title: "Many bids, few wins, templates repeated",
    summary: "Bids, wins and repeated texts of accounts on freelancing platforms.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Platform,
    facts: &[FactKind::PlatformAccount],
    flags: Flags::NONE,
};

/// A beginner's bids.
const BIDS: u32 = 100;
/// One win in fifty bids: about what a stranger wins on a crowded platform.
const BIDS_PER_WIN: u32 = 50;
const REPEATED: f64 = 0.6;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let bidding: Vec<_> = dossier.all::<PlatformAccount>().filter(|account| account.bids.is_some()).collect();
    if bidding.is_empty() {
        return Err(Early::not_applicable("no account with bids in the dossier"));
    }
    if bidding.iter().all(|account| account.bids.unwrap_or(0) >= BIDS && account.wins.is_none()) {
        return Err(Early::inconclusive(Need::Facts, "how many of the bids were won"));
    }
    let findings = bidding.iter().filter_map(finding).collect();
    Ok(Outcome::of(findings, format!("bids and wins of {}", count(bidding.len(), "account"))))
}

fn finding(account: &Known<'_, PlatformAccount>) -> Option<Finding> {
    let (bids, wins) = (account.bids?, account.wins?);
    if bids < BIDS || wins.saturating_mul(BIDS_PER_WIN) > bids {
        return None;
    }
    let repeated = account.repeated_bids.filter(|share| *share >= REPEATED && *share <= 1.0);
    let numbers = format!("{} and {}", count(bids, "bid"), count(wins, "win"));
    let texts = repeated.map(|share| format!("; {} of the bids repeat a text", percent((share * 1000.0) as u64, 1000))).unwrap_or_default();
    Some(Finding::new(
        if repeated.is_some() { Strength::Medium } else { Strength::Weak },
        format!("{} on {}: {numbers}{texts}.", account.account, account.platform),
        observed(account, format!("{numbers}{texts}")).relates(
            "falls below",
            Compared::bound("wins of a stranger on a crowded platform", format!("1 in {BIDS_PER_WIN} ({} of {})", grouped(u64::from(bids / BIDS_PER_WIN)), grouped(u64::from(bids)))),
        ),
    ))
}
