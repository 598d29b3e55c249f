//! # What it finds
//! A media page with several pictures, none of which shows an event, a place or another person, as the person who looked recorded.
//!
//! # Why it matters
//! A studio portrait can be bought or generated. A life leaves pictures taken by others.
//!
//! # Innocent explanations
//! - Privacy, and care for the people who would be in the pictures.
//! - Pictures of work, drawings and screens instead of oneself.
//! - Faith, custom or a reason to hide.
//!
//! # What to ask next
//! - Nothing by itself: it counts only together with findings of another kind.
//!
//! # Sources
//! - Signal ONL-020: SEAL. Never a reason alone.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-020"),
    slug: "no-candid-pictures",
    stage: Stage::OnlinePresence,
    title: "No photo outside studio or generated pictures",
    summary: "How many pictures of a media page show events, places or other people, by the person who looked.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Picture,
    facts: &[FactKind::SocialProfile],
    flags: Flags { never_alone: true, guided: true, ..Flags::NONE },
};

/// Fewer pictures than this are no media page: most people show none or one.
const PICTURES: u64 = 6;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let profiles: Vec<_> = dossier.all::<SocialProfile>().filter(|profile| profile.pictures.is_some()).collect();
    if profiles.is_empty() {
        return Err(Early::not_applicable("no media page was read"));
    }
    let full: Vec<_> = profiles.iter().filter(|profile| profile.pictures.unwrap_or(0) >= PICTURES).collect();
    if full.iter().any(|profile| profile.candid_pictures.is_some_and(|candid| candid > 0)) || full.is_empty() {
        return Ok(Outcome::clear(format!("the pictures of {}", count(profiles.len(), "media page"))));
    }
    let looked: Vec<_> = full.iter().filter(|profile| profile.candid_pictures == Some(0)).collect();
    let mut evidence = looked.iter().map(|profile| {
        let pictures = count(profile.pictures.unwrap_or(0), "picture");
        observed(*profile, format!("{}: {pictures}", profile.network)).relates("hold", Compared::bound("candid pictures", "none"))
    });
    let Some(first) = evidence.next() else {
        return Err(Early::inconclusive(Need::Facts, "how many of the pictures show events, places or other people"));
    };
    let pictures = looked.iter().filter_map(|profile| profile.pictures).fold(0, u64::saturating_add);
    let summary = format!("None of {} shows an event, a place or another person.", count(pictures, "picture"));
    Ok(Outcome::Findings(vec![Finding::new(Strength::Weak, summary, first).and_all(evidence)]))
}
