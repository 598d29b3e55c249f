//! # What it finds
//! A telephone number, and no other, from a country in which the applicant claims neither to live nor to have worked, and whose
//! numbering plan is another. It never counts alone: it is the mark of a migrant.
//!
//! # Why it matters
//! Somebody who lives in a place usually has a number there. Many honest people do not yet, or not any more: it is weak.
//!
//! # Innocent explanations
//! - Recent migrants and frequent travellers keep the number of their old home.
//! - Two SIM cards, a partner's contract, an employer's telephone.
//!
//! # What to ask next
//! - Is there a number at which we can reach you where you live?
//!
//! # Sources
//! - Signal APP-012: US guidance of 2022-05-16; FBI IC3 PSA231018.
//! - Numbering plans: ITU-T E.164; one plan may serve several countries.

use bonafide_normalise::{phone, place};

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-012"),
    slug: "number-from-another-country",
    stage: Stage::Application,
    title: "Phone country differs from claimed country",
    summary: "The countries of all numbers against all claimed countries.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Contact,
    facts: &[FactKind::Phone],
    flags: Flags { fairness: true, never_alone: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let claims: Vec<_> = dossier.all::<Location>().filter(|place| place.country.is_some()).collect();
    let Some(claim) = claims.iter().find(|claim| claim.role == LocationRole::Application).or(claims.first()) else {
        return Err(Early::not_applicable("no country is claimed"));
    };
    let phones: Vec<_> = dossier.all::<Phone>().filter(|phone| !phone.regions.is_empty()).collect();
    if phones.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "a telephone number with a country"));
    }
    let claimed = |region: &String| claims.iter().any(|claim| claim.country.as_deref().is_some_and(|country| are_one_plan(country, region)));
    let examined = format!("{} against {}", count(phones.len(), "number"), count(claims.len(), "claimed place"));
    // One number that fits is enough: who has two telephones is not asked about the second.
    if phones.iter().any(|phone| phone.regions.iter().any(claimed) || worked_there(dossier, &phone.regions)) {
        return Ok(Outcome::clear(examined));
    }
    let phone = &phones[0];
    let finding = Finding::new(
        META.strength,
        format!("The number {} is from {}; the claimed place is {}.", phone.raw, origin(&phone.regions), claim.raw),
        observed(phone, &phone.raw).relates("is not from the country of", Compared::fact(claim, &claim.raw)),
    );
    Ok(Outcome::Findings(vec![finding]))
}

/// A number from a place of an earlier job is an old number.
fn worked_there(dossier: &Dossier, regions: &[String]) -> bool {
    dossier.all::<Work>().any(|work| {
        let country = work.location.as_deref().and_then(|place| bonafide_normalise::place::parse(place).country);
        country.is_some_and(|country| regions.iter().any(|region| are_one_plan(country, region)))
    })
}

/// Inside one numbering plan (North America, Russia and Kazakhstan, Great Britain and its islands) numbers move with people.
fn are_one_plan(left: &str, right: &str) -> bool {
    let code = phone::calling_code(left);
    left.eq_ignore_ascii_case(right) || (code.is_some() && code == phone::calling_code(right))
}

/// Countries by name; a plan that many share by its code.
fn origin(regions: &[String]) -> String {
    match (regions, regions.first().and_then(|region| phone::calling_code(region))) {
        ([_, _, _, ..], Some(code)) => format!("the countries of +{code}"),
        _ => {
            let names = regions.iter().map(|region| place::country_name(region).map_or_else(|| region.clone(), |name| format!("{name} ({region})")));
            names.collect::<Vec<_>>().join(" or ")
        }
    }
}
