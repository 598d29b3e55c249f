//! # What it finds
//! Profiles and sites that the applicant names as theirs, and that show a name which shares nothing with any name the applicant
//! states.
//!
//! # Why it matters
//! Links are copied from the person whose life was borrowed, or left over from the persona before.
//!
//! # Innocent explanations
//! - A typing error in the address, which leads to a stranger.
//! - A changed name, a pen name or an alias: former names that the application states agree, and single words are not compared.
//! - A site of a firm, a family or a friend.
//!
//! # What to ask next
//! - Is this profile yours, and can you change a word on it while we look?
//!
//! # Sources
//! - Signal ONL-023: Ketman; guidance of three US departments, 2022-05.

use bonafide_normalise::name::{self, NameRelation, PersonalName};

use crate::{
    prelude::*,
    support::words::{count, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-023"),
    slug: "profile-of-a-third-person",
    stage: Stage::OnlinePresence,
    title: "Profile shows another name",
    summary: "Names on linked profiles and sites against every name that the application states.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::SocialProfile, FactKind::Website],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let stated: Vec<(Known<'_, PersonName>, PersonalName)> = dossier
        .all::<PersonName>()
        .filter(|name| matches!(name.role, NameRole::Application | NameRole::Former | NameRole::Resume))
        .map(|known| (known, name::parse(&known.full)))
        .filter(|(_, name)| !name.words.is_empty())
        .collect();
    let profiles: Vec<_> = dossier.all::<SocialProfile>().filter_map(|profile| Some((profile, shown(profile.payload.name.as_deref())?))).collect();
    let sites: Vec<_> = dossier.all::<Website>().filter_map(|site| Some((site, shown(site.payload.owner_name.as_deref())?))).collect();
    let all = profiles.len() + sites.len();
    if all == 0 {
        return Err(Early::not_applicable("no linked profile or site that shows a full name"));
    }
    if stated.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "a name of the applicant"));
    }
    let mut findings: Vec<Finding> =
        profiles.iter().filter_map(|(profile, name)| finding(profile, &format!("{} profile", profile.network), name, &stated, META.strength)).collect();
    findings.extend(sites.iter().filter_map(|(site, name)| finding(site, "site", name, &stated, Strength::Weak)));
    Ok(Outcome::of(findings, format!("the names on {}", count(all, "linked page"))))
}

/// Words in the name of a firm that owns a site.
const FIRM_WORDS: &[&str] = &[
    "agency", "consulting", "corp", "design", "digital", "gmbh", "group", "inc", "labs", "limited", "llc", "ltd", "media", "official",
    "services", "software", "solutions", "studio", "studios", "systems", "tech", "technologies", "the", "web",
];

/// A name of two words or more; a single word is a handle, and firms own sites too.
fn shown(name: Option<&str>) -> Option<PersonalName> {
    let name = name::parse(name?);
    let is_firm = name.words.iter().any(|word| FIRM_WORDS.contains(&word.folded.as_str()));
    (!is_firm && name.words.iter().filter(|word| !word.is_initial).count() >= 2).then_some(name)
}

fn finding<T>(page: &Known<'_, T>, what: &str, shown: &PersonalName, stated: &[(Known<'_, PersonName>, PersonalName)], strength: Strength) -> Option<Finding> {
    if stated.iter().any(|(_, name)| shown.compare(name) != NameRelation::Different) {
        return None;
    }
    let name = short(&shown.original, 80);
    let mut evidence = stated
        .iter()
        .take(4)
        .map(|(known, _)| observed(page, name.clone()).relates("shares nothing with", Compared::fact(known, short(&known.full, 80))));
    let summary = format!("The linked {what} shows the name {name}, which shares nothing with the names that the application states.");
    Some(Finding::new(strength, summary, evidence.next()?).and_all(evidence))
}
