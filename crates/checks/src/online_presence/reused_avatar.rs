//! # What it finds
//! An avatar or profile picture that other subjects show as theirs, or that equals an indicator, by perceptual hash.
//!
//! # Why it matters
//! One face or drawing above several names is one source of pictures behind them.
//!
//! # Innocent explanations
//! - Memes, collections, cartoon figures and default icons, which thousands show.
//! - The applicant's own picture, taken by others.
//! - Two pictures that only look alike.
//!
//! # What to ask next
//! - Where is this picture from, and do you have the original?
//!
//! # Sources
//! - Signal ONL-021: Ketman, SEAL.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{holders, indicators, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-021"),
    slug: "reused-avatar",
    stage: Stage::OnlinePresence,
    title: "Avatar reused",
    summary: "Perceptual hashes of avatars and profile pictures against other subjects and indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Picture,
    facts: &[FactKind::Picture],
    flags: Flags::NONE,
};

/// A hash with hardly any or nearly all bits set belongs to an empty or even picture, which resembles every other one.
const LEAST_BITS: u32 = 8;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let pictures: Vec<_> =
        dossier.all::<Picture>().filter(|picture| matches!(picture.role, PictureRole::Avatar | PictureRole::Profile)).collect();
    if pictures.is_empty() {
        return Err(Early::not_applicable("no avatar in the dossier"));
    }
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    let mut missing = None;
    for picture in &pictures {
        let Some(hash) = picture.phash.as_deref().map(str::to_lowercase).filter(|hash| tells_something(hash)) else { continue };
        if !asked.insert(hash.clone()) {
            continue;
        }
        let identifier = Identifier::new(IdentifierKind::Avatar, &hash);
        let value = format!("picture {} (hash {hash})", picture.name);
        match lens.holders(identifier.clone()) {
            Ok(held) => findings.extend(holders::shared(picture, &value, "picture", &held, META.strength)),
            Err(none) => missing = Some(none),
        }
        match lens.indicators(identifier) {
            Ok(hits) => findings.extend(hits.iter().map(|hit| indicators::finding(picture, &value, "avatar,", hit, META.strength))),
            Err(none) => missing = missing.or(Some(none)),
        }
    }
    match missing {
        _ if asked.is_empty() => Err(Early::inconclusive(Need::Facts, "an avatar with enough detail to be told from others")),
        // What was not asked is not clear.
        Some(missing) if findings.is_empty() => Err(missing.into()),
        _ => Ok(Outcome::of(findings, format!("{} against other subjects and indicators", count(asked.len(), "avatar")))),
    }
}

fn tells_something(hash: &str) -> bool {
    hash.len() == 16
        && u64::from_str_radix(hash, 16).is_ok_and(|bits| (LEAST_BITS..=64 - LEAST_BITS).contains(&bits.count_ones()))
}
