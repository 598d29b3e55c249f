//! # What it finds
//! A school that a register lists as a seller of degrees; and a registrar's telephone number or mail domain, given by the
//! applicant, that is not the school's.
//!
//! # Why it matters
//! Bought degrees come with a telephone that is answered by the seller. Whoever checks a degree through the applicant's own contact
//! data checks nothing.
//!
//! # Innocent explanations
//! - The applicant was deceived by the seller.
//! - The school changed its domain or its telephone, or the directory is out of date.
//! - The contact is a person or a faculty with an address of its own.
//!
//! # What to ask next
//! - Ask the school through a contact found independently.
//! - How were lectures and examinations held, and where?
//!
//! # Sources
//! - Signal RES-010: US guidance of 2022-05-16; press on developer infiltration.

use std::collections::BTreeSet;

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-010"),
    slug: "school-not-what-it-claims",
    stage: Stage::Resume,
    title: "School is not what it claims to be",
    summary: "The school and its registrar's contact data against a register of schools.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::History,
    facts: &[FactKind::Education],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    let mut known = 0;
    for education in dossier.all::<Education>().filter(|education| !education.school.trim().is_empty()) {
        if !asked.insert(education.school.to_lowercase()) {
            continue;
        }
        let Some(record) = lens.school(education.school.clone())? else { continue };
        known += 1;
        let reference = |value: &str| Compared::reference(format!("school/{}", record.name), value, "schools", &record.source);
        if record.degree_mill {
            findings.push(Finding::new(
                Strength::Medium,
                format!("The register lists {} as a seller of degrees.", education.school),
                observed(&education, &education.school).relates("is listed as", reference("seller of degrees")),
            ));
        }
        findings.extend(foreign_mail(&education, &record.domains, reference));
        findings.extend(foreign_phone(&education, &record.phones, reference));
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no school is named"));
    }
    Ok(Outcome::of(findings, format!("{} against the register; {known} of them in it", count(asked.len(), "school"))))
}

fn foreign_mail(education: &Known<'_, Education>, domains: &[String], reference: impl Fn(&str) -> Compared) -> Option<Finding> {
    let given = education.contact_email.as_deref()?;
    let domain = given.rsplit_once('@')?.1.to_lowercase();
    let belongs = domains.iter().any(|own| domain == *own || domain.ends_with(&format!(".{own}")));
    if domains.is_empty() || belongs {
        return None;
    }
    Some(Finding::new(
        Strength::Medium,
        format!("The registrar's address {given} does not belong to {}.", education.school),
        observed(education, given).relates("is not at", reference(&domains.join(", "))),
    ))
}

fn foreign_phone(education: &Known<'_, Education>, phones: &[String], reference: impl Fn(&str) -> Compared) -> Option<Finding> {
    let given = education.contact_phone.as_deref()?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let given_digits = digits(given);
    // Extensions differ within one school; the exchange does not.
    let same_exchange = |own: &String| {
        let own = digits(own);
        own.len() >= 7 && given_digits.len() >= 7 && given_digits.contains(&own[own.len().saturating_sub(9)..own.len() - 3])
    };
    if phones.is_empty() || phones.iter().any(same_exchange) {
        return None;
    }
    Some(Finding::new(
        Strength::Weak,
        format!("The registrar's telephone {given} is none that the directory has for {}.", education.school),
        observed(education, given).relates("is none of", reference(&phones.join(", "))),
    ))
}
