//! # What it finds
//! A telephone number on a VoIP line, or one that was ported within the month before the application.
//!
//! # Why it matters
//! A number that can be had from anywhere in a minute ties a person to no place. Invented applicants need one in the country they claim.
//!
//! # Innocent explanations
//! - Many people use VoIP lines, above all those who work abroad or keep work and private calls apart.
//! - Numbers are ported when contracts end.
//!
//! # What to ask next
//! - Under which number may we call you on the day of the interview?
//!
//! # Sources
//! - Signal APP-011: US guidance of 2022-05-16; KnowBe4, 2024-07; Greenhouse.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-011"),
    slug: "voip-or-fresh-number",
    stage: Stage::Application,
    title: "VoIP or short-lived phone number",
    summary: "The line type and age of each number, as a look-up reported them.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Contact,
    facts: &[FactKind::Phone, FactKind::PhoneLine],
    flags: Flags::NONE,
};

/// Ported this shortly before the application or later.
const FRESH_DAYS: i32 = 30;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = dossier.judged_on(lens);
    let mut findings = Vec::new();
    let lines: Vec<_> = dossier.all::<PhoneLine>().collect();
    if lines.is_empty() {
        return Err(Early::inconclusive(Need::Collector, "the line type of the number"));
    }
    for line in &lines {
        let ported_days = match line.ported {
            Some(PartialDate::Day(day)) => Some((judged - day).get_days()),
            _ => None,
        };
        let (what, bound) = if line.line_type.eq_ignore_ascii_case("voip") {
            ("is a VoIP line".to_owned(), "VoIP")
        } else if let Some(days) = ported_days.filter(|days| (0..=FRESH_DAYS).contains(days)) {
            (format!("was ported {} before the application", count(days, "day")), "ported within 30 days")
        } else {
            continue;
        };
        findings.push(Finding::new(
            META.strength,
            format!("The number {} {what}.", line.number),
            observed(line, &line.number).relates("is on a line that is", Compared::bound("line type", bound)),
        ));
    }
    Ok(Outcome::of(findings, format!("the lines of {}", count(lines.len(), "number"))))
}
