//! # What it finds
//! Freelancing accounts whose ratings come from one payer who shares payment data with the account.
//!
//! # Why it matters
//! Accounts buy their reputation from themselves: a second account pays for small jobs and praises them.
//!
//! # Innocent explanations
//! - A loyal client, who is the usual case; without shared payment data nothing is found.
//! - A family business, or a client's card used for both.
//! - A beginner whose first client is a friend.
//!
//! # What to ask next
//! - Who is this client, and how do you know each other?
//!
//! # Sources
//! - Signal ONL-025: guidance of three US departments, 2022-05.

use crate::{
    prelude::*,
    support::words::{at_least, count, percent},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-025"),
    slug: "ratings-from-one-client",
    stage: Stage::OnlinePresence,
    title: "Freelance account ratings from one client",
    summary: "The share of ratings from the payer with most of them, and whether that payer shares payment data.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Platform,
    facts: &[FactKind::PlatformAccount],
    flags: Flags::NONE,
};

/// A beginner's first ratings come from one client.
const RATINGS: u32 = 5;
const ONE_PAYER_PERCENT: u64 = 70;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let rated: Vec<_> = dossier.all::<PlatformAccount>().filter(|account| account.ratings.is_some_and(|ratings| ratings > 0)).collect();
    if rated.is_empty() {
        return Err(Early::not_applicable("no account with ratings in the dossier"));
    }
    let concentrated: Vec<_> = rated
        .iter()
        .filter(|account| {
            let ratings = account.ratings.unwrap_or(0);
            let top = account.top_payer_ratings.or(account.ratings.filter(|_| account.payers == Some(1))).unwrap_or(0);
            ratings >= RATINGS && at_least(u64::from(top.min(ratings)), u64::from(ratings), ONE_PAYER_PERCENT)
        })
        .collect();
    let findings: Vec<Finding> = concentrated.iter().filter(|account| account.payer_shares_payment_data == Some(true)).map(|account| finding(account)).collect();
    if findings.is_empty() && concentrated.iter().any(|account| account.payer_shares_payment_data.is_none()) {
        return Err(Early::inconclusive(Need::Facts, "whether the client with most ratings shares payment data with the account"));
    }
    Ok(Outcome::of(findings, format!("the ratings of {}", count(rated.len(), "account"))))
}

fn finding(account: &Known<'_, PlatformAccount>) -> Finding {
    let ratings = account.ratings.unwrap_or(0);
    let top = account.top_payer_ratings.unwrap_or(ratings).min(ratings);
    let share = percent(u64::from(top), u64::from(ratings));
    Finding::new(
        Strength::Weak,
        format!(
            "{} of {} on {} ({share}) come from one client who shares payment data with the account.",
            top,
            count(ratings, "rating"),
            account.platform,
        ),
        observed(account, format!("{}: {top} of {} from one payer", account.account, count(ratings, "rating")))
            .relates("come from a payer with", Compared::bound("payment data", "shared with the account")),
    )
}
