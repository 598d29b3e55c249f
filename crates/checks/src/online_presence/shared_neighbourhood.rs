//! # What it finds
//! An account whose neighbourhood in the follow graph it shares with a known cluster far above chance.
//!
//! # Why it matters
//! A crew's accounts are fed from the same circle of followers and followings. One common neighbour means nothing; dozens that few
//! others have are a circle.
//!
//! # Innocent explanations
//! - Hub accounts and follow-back bots, which everybody has in common; the link graph discounts them.
//! - A course, a community or a town whose members follow each other.
//!
//! # What to ask next
//! - What do you have in common with the accounts you follow?
//!
//! # Sources
//! - Signal ONL-003: Ketman; own measurement (15 shared neighbours reach 3 of 12 hidden accounts).

use crate::{
    prelude::*,
    support::{link_hits, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-003"),
    slug: "shared-neighbourhood",
    stage: Stage::OnlinePresence,
    title: "Dense shared neighbourhood with a cluster",
    summary: "The account's neighbours in the follow graph against those of known clusters.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::GithubFollowing],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let circles: Vec<_> = dossier.all::<GithubFollowing>().filter(|following| !following.follows.is_empty()).collect();
    if circles.is_empty() {
        return Err(Early::not_applicable("no account that the subject follows in the dossier"));
    }
    for following in &circles {
        for hit in lens.neighbourhood(following.login.to_lowercase())? {
            if hit.weight <= 0 {
                continue;
            }
            let strength = if hit.weight >= link_hits::TELLING { META.strength } else { Strength::Weak };
            let shares = link_hits::shares(&hit);
            findings.push(Finding::new(
                strength,
                format!("{} shares its circle with the cluster {}: {shares}.", following.login, link_hits::name(&hit)),
                observed(following, format!("{} and {}", following.login, count(following.follows.len(), "followed account")))
                    .relates("lies within the circle of", link_hits::compared(&hit)),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("the circles of {}", count(circles.len(), "account"))))
}
