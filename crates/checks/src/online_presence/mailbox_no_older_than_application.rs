//! # What it finds
//! E-mail addresses of the application of which no trace is older than the month of the application.
//!
//! # Why it matters
//! A mailbox in use for years leaves traces: accounts, pictures, leaks. One whose first trace is of this month was made for this
//! application, or for a persona. Careful people leave no traces at all, so that none is weak, and forwarding aliases do not count.
//!
//! # Innocent explanations
//! - A fresh mailbox for the search of a job, as many guides advise.
//! - A change of name or of provider.
//! - An alias, or an address kept private with care.
//!
//! # What to ask next
//! - Which address do your former colleagues know you by?
//!
//! # Sources
//! - Signal ONL-033: Socure; Google Threat Intelligence 2024.

use bonafide_model::lens::MailProvider;

use crate::{
    prelude::*,
    support::words::{count, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-033"),
    slug: "mailbox-no-older-than-application",
    stage: Stage::OnlinePresence,
    title: "E-mail not older than the application",
    summary: "The oldest trace of an address against the month of the application.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contact,
    facts: &[FactKind::EmailAge],
    flags: Flags::NONE,
};

/// One source may not know the address.
const SOURCES: u32 = 2;
/// So many sources together know nearly every address that is in use; where they saw it first this month, it is of this month.
const MANY_SOURCES: u32 = 5;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = YearMonth::of_date(dossier.judged_on(lens));
    let ages: Vec<_> = dossier.all::<EmailAge>().collect();
    let mut findings = Vec::new();
    let mut told = 0_usize;
    let mut aliases = 0_usize;
    for age in &ages {
        // An alias is made to leave no traces. Without the table of providers every address is taken for a mailbox.
        let domain = age.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        if matches!(lens.mail_provider(domain), Ok(MailProvider::Alias)) {
            aliases += 1;
            continue;
        }
        match read(age, judged) {
            Answer::Old => told += 1,
            Answer::Young(finding) => findings.push(finding),
            Answer::Unknown => {}
        }
    }
    if findings.is_empty() && told == 0 && aliases == ages.len() {
        return Ok(Outcome::clear(format!("{}, whose age tells nothing", count(aliases, "forwarding alias"))));
    }
    if findings.is_empty() && told == 0 {
        return Err(Early::inconclusive(Need::Collector, format!("{SOURCES} sources that know how old an address is")));
    }
    // One address with a past is a past: a second one, made for the search of a job, tells nothing.
    if told > 0 {
        return Ok(Outcome::clear(format!("the oldest traces of {}", count(ages.len(), "address"))));
    }
    Ok(Outcome::Findings(findings))
}

enum Answer {
    Old,
    Young(Finding),
    Unknown,
}

fn read(age: &Known<'_, EmailAge>, judged: YearMonth) -> Answer {
    let address = short(&age.address, 80);
    let answered = count(age.sources, "source");
    let fresh = if age.sources >= MANY_SOURCES { Strength::Medium } else { Strength::Weak };
    match (age.found, age.first_seen) {
        (Found::Found, Some(first)) if first.earliest_month() >= judged => Answer::Young(Finding::new(
            fresh,
            format!("The oldest trace of {address} is of {first}, the month of the application ({answered})."),
            observed(age, format!("{address}: first seen {first}"))
                .relates("is not older than", Compared::bound("month of application", judged.to_string())),
        )),
        (Found::Found, _) => Answer::Old,
        (Found::NotFound, _) if age.sources >= SOURCES => Answer::Young(Finding::new(
            Strength::Weak,
            format!("{answered} know no trace of {address}."),
            observed(age, format!("{address}: no trace"))
                .relates("is not older than", Compared::bound("month of application", judged.to_string())),
        )),
        (Found::NotFound | Found::Unknown, _) => Answer::Unknown,
    }
}
