//! # What it finds
//! A job in a city where a curated table of the employer's offices has none in those years.
//!
//! # Why it matters
//! Invented histories put a famous employer into the city that the story needs.
//!
//! # Innocent explanations
//! - The job was remote, and the city is where the person lived.
//! - A client's site, a co-working space or an office too small for the table.
//! - The table is incomplete or out of date.
//!
//! # What to ask next
//! - Where did you go to work there, and who else sat in that office?
//!
//! # Sources
//! - Signal RES-009: Cinder engineering blog via press.

use bonafide_normalise::place;

use crate::{
    prelude::*,
    support::{
        jobs::in_words,
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-009"),
    slug: "office-that-never-existed",
    stage: Stage::Resume,
    title: "Office that never existed",
    summary: "The city of each job against a table of the employer's offices in those years.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::History,
    facts: &[FactKind::Work],
    flags: Flags::NONE,
};

/// Offices open before the ribbon is cut and linger after the sign is taken down.
const TOLERANCE_YEARS: i16 = 1;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let (mut placed, mut compared) = (0_usize, 0_usize);
    for work in dossier.all::<Work>() {
        let (Some(city), false) = (work.city.as_deref(), work.remote == Some(true)) else { continue };
        placed += 1;
        let Some(record) = lens.employer(work.employer.clone())? else { continue };
        if !record.offices_complete {
            continue;
        }
        compared += 1;
        let first = work.start.map(PartialDate::year);
        let last = match work.end {
            End::On(date) => Some(date.year()),
            _ => None,
        };
        let in_city: Vec<_> = record.offices.iter().filter(|(office, ..)| same_city(office, city)).collect();
        let open = in_city.iter().any(|(_, opened, closed)| {
            let opened_in_time = last.zip(*opened).is_none_or(|(last, opened)| opened <= last.saturating_add(TOLERANCE_YEARS));
            let not_closed = first.zip(*closed).is_none_or(|(first, closed)| closed.saturating_add(TOLERANCE_YEARS) >= first);
            opened_in_time && not_closed
        });
        if open {
            continue;
        }
        let offices: Vec<&str> = record.offices.iter().map(|(office, ..)| office.as_str()).collect();
        let (strength, why) =
            if in_city.is_empty() { (Strength::Medium, "none there") } else { (Strength::Weak, "none there in those years") };
        findings.push(Finding::new(
            strength,
            format!("The job at {} is placed in {city}; the table of its offices has {why}.", work.employer),
            observed(&work, format!("{}, {city}", in_words(&work))).relates(
                "is at none of the offices of",
                Compared::reference(format!("employer/{}", record.name), list(&offices, 8), "offices", &record.source),
            ),
        ));
    }
    if placed == 0 {
        return Err(Early::not_applicable("no job on site with a city"));
    }
    if compared == 0 {
        return Err(Early::inconclusive(Need::ReferenceTable, format!("offices of any of the employers of {}", count(placed, "job"))));
    }
    Ok(Outcome::of(findings, format!("{compared} of {} with a city against the offices of their employers", count(placed, "job"))))
}

/// One city under its names: *Bangalore* and *Bengaluru*, *New York* and *New York City*.
fn same_city(left: &str, right: &str) -> bool {
    let folded = |city: &str| -> String { city.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let first = |city: &str| folded(city.split(',').next().unwrap_or(city));
    let usual = |city: &str| place::parse(city).city.map(|city| folded(&city));
    first(left) == first(right) || usual(left).is_some_and(|left| usual(right) == Some(left))
}
