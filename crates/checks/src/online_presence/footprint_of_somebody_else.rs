//! # What it finds
//! A person on the open web who shares the applicant's history and has another face, or lives and works elsewhere.
//!
//! # Why it matters
//! A borrowed identity passes every search for its name, because somebody bears it. What the search finds is the owner.
//!
//! # Innocent explanations
//! - A namesake: persons who share nothing but the name are not counted.
//! - An old profile: people move, change jobs and age.
//! - Appearance changes, also by illness or transition: a picture alone decides nothing.
//! - The applicant is the victim, and the profile found is the false one.
//!
//! # What to ask next
//! - Is this profile yours? If it is not, do you know its owner?
//!
//! # Sources
//! - Signal ONL-018: Cinder, SEAL.

use crate::{prelude::*, support::words::{count, list, short}};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-018"),
    slug: "footprint-of-somebody-else",
    stage: Stage::OnlinePresence,
    title: "Footprint belongs to someone else",
    summary: "What agrees and what differs between the applicant and the person a search found, as the searcher recorded it.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Footprint,
    facts: &[FactKind::SearchResult],
    flags: Flags::NONE,
};

/// Traits that say who somebody is and never whether they are genuine: whatever a searcher notes of them is not read.
const NEVER_READ: &[&str] = &[
    "accent", "age", "citizenship", "disability", "ethnicity", "gender", "language", "nationality", "origin", "race", "religion", "sex", "skin",
];

/// Traits that change in an ordinary life.
const CHANGING: &[&str] = &["city", "country", "job", "employer", "title"];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let searches: Vec<_> = dossier.all::<SearchResult>().filter(|search| search.about == "person" || search.about == "face").collect();
    if searches.is_empty() {
        return Err(Early::not_applicable("no search for the person in the dossier"));
    }
    let found: Vec<_> = searches.iter().filter(|search| search.found == Found::Found).collect();
    if found.is_empty() && searches.iter().all(|search| search.found == Found::Unknown) {
        return Err(Early::inconclusive(Need::Collector, "a search that answered"));
    }
    let compared = found.iter().filter(|search| !search.agrees.is_empty() || !search.differs.is_empty()).count();
    if !found.is_empty() && compared == 0 {
        return Err(Early::inconclusive(Need::Facts, "what of the person found agrees with the applicant and what differs"));
    }
    let findings = found.iter().filter_map(|search| finding(search)).collect();
    Ok(Outcome::of(findings, format!("{} found and compared with the applicant", count(compared, "person"))))
}

fn finding(search: &Known<'_, SearchResult>) -> Option<Finding> {
    let (agreeing, differing) = (readable(&search.agrees), readable(&search.differs));
    // Somebody who shares the name alone is a namesake.
    if agreeing.iter().all(|word| word.eq_ignore_ascii_case("name")) || differing.is_empty() {
        return None;
    }
    let lasting = differing.iter().any(|word| !CHANGING.contains(&word.to_lowercase().as_str()));
    let (agrees, differs) = (list(&agreeing, 5), list(&differing, 5));
    Some(Finding::new(
        if lasting { Strength::Medium } else { Strength::Weak },
        format!("The person found shares {agrees} with the applicant and differs in {differs}."),
        observed(search, format!("{}: shares {agrees}", short(&search.query, 80)))
            .relates("yet differs in", Compared::bound("what the searcher recorded", differs)),
    ))
}

fn readable(traits: &[String]) -> Vec<&str> {
    let never = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| NEVER_READ.contains(&word));
    traits.iter().map(String::as_str).filter(|text| !never(text)).collect()
}
