//! # What it finds
//! Two pictures of the applicant that agree in the background to the letter and differ in the middle, where the face is.
//!
//! # Why it matters
//! A bought face is pasted onto a stock body. The body and its background are the same in every picture that was made from it.
//!
//! # Innocent explanations
//! - Several portraits taken in one session before one backdrop.
//! - Collage applications and filters that replace the background.
//!
//! # What to ask next
//! - A person must look at both pictures side by side before anything is asked.
//!
//! # Sources
//! - Signal RES-017: Nisos, on employment fraud; KnowBe4, 2024-07.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-017"),
    slug: "face-pasted-on-other-body",
    stage: Stage::Resume,
    title: "Photo face pasted on other bodies",
    summary: "Backgrounds and centres of the applicant's pictures against each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Picture,
    facts: &[FactKind::Picture],
    flags: Flags { guided: true, ..Flags::NONE },
};

/// Backgrounds this close (of 64 bits) are one photograph; sessions before one backdrop differ more, because people move.
const SAME_BACKGROUND_BITS: u32 = 3;

/// Centres this far apart are different pictures.
const OTHER_CENTRE_BITS: u32 = 20;

/// A background with fewer bits set or unset is flat: a wall has no identity.
const FEWEST_DETAILS: u32 = 12;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut pictures = Vec::new();
    for picture in dossier.all::<Picture>() {
        if let (Some(background), Some(centre)) = (bits(&picture.background_phash), bits(&picture.centre_phash)) {
            pictures.push((picture, background, centre));
        }
    }
    if pictures.len() < 2 {
        return Err(Early::inconclusive(Need::Facts, format!("two pictures that could be decoded; {} could", pictures.len())));
    }
    let mut findings = Vec::new();
    for (index, (left, left_background, left_centre)) in pictures.iter().enumerate() {
        for (right, right_background, right_centre) in &pictures[index + 1..] {
            let background = (left_background ^ right_background).count_ones();
            let centre = (left_centre ^ right_centre).count_ones();
            let details = left_background.count_ones().min(left_background.count_zeros());
            if background > SAME_BACKGROUND_BITS || centre < OTHER_CENTRE_BITS || details < FEWEST_DETAILS {
                continue;
            }
            findings.push(Finding::new(
                META.strength,
                format!("{} and {} have one background ({background} of 64 bits differ) and different centres ({centre} differ).", left.name, right.name),
                observed(left, &left.name).relates("has the background, but not the centre, of", Compared::fact(right, &right.name)),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("{} against each other", count(pictures.len(), "picture"))))
}

fn bits(hash: &Option<String>) -> Option<u64> {
    u64::from_str_radix(hash.as_deref()?, 16).ok()
}
