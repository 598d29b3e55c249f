//! # What it finds
//! Two different identifiers of the applicant (mailboxes, handles) end in the same four digits that read as month and day, behind
//! different letters, or one such mailbox carries a boast as well.
//!
//! # Why it matters
//! Invented applicants are often given a birthday, and everything made for them carries it. Of 1,277 listed freemail addresses
//! 29.8 % end in a month and a day.
//!
//! # Innocent explanations
//! - It is a birthday, and the person uses it everywhere: common among honest people in some regions (8.2 % on UTC+9 clocks,
//!   0.6 % on European ones). One such address alone is therefore no finding.
//! - The digits are a house number or an old student number.
//!
//! # What to ask next
//! - Do not ask about the digits; look at them only beside other findings.
//!
//! # Sources
//! - Signal APP-005: own measurement of a leaked list and of ordinary committers, 2026-11-20.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{
        address_pattern::{identifiers, shape},
        words::count,
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-005"),
    slug: "repeated-month-day",
    stage: Stage::Application,
    title: "Several names end in the same month and day",
    summary: "The last four digits of mailboxes and handles against each other, where they read as month and day.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::AddressPattern,
    facts: &[FactKind::Email],
    flags: Flags { fairness: true, never_alone: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let identifiers = identifiers(dossier);
    let mut by_digits: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, identifier) in identifiers.iter().enumerate() {
        if let Some(digits) = shape(&identifier.name).month_day {
            by_digits.entry(digits).or_default().push(index);
        }
    }
    let mut findings = Vec::new();
    for (digits, holders) in by_digits {
        let first = &identifiers[holders[0]];
        let stem = |index: usize| identifiers[index].name.trim_end_matches(|c: char| c.is_ascii_digit());
        let other = holders.iter().copied().find(|index| stem(*index) != stem(holders[0]));
        let boast = shape(&first.name).boast.filter(|boast| boast.digits == digits);
        let finding = match (other, boast) {
            (Some(other), _) => Finding::new(
                META.strength,
                format!(
                    "{} and {}, otherwise different, both end in {digits}, which reads as a month and a day.",
                    first.name, identifiers[other].name
                ),
                observed(&first.known, &first.name).relates(
                    "ends in the same month and day as",
                    Compared::fact(&identifiers[other].known, &identifiers[other].name),
                ),
            ),
            (None, Some(boast)) => Finding::new(
                META.strength,
                format!("{} ends in {digits}, which reads as a month and a day, behind the boast '{}'.", first.name, boast.word),
                observed(&first.known, &first.name).relates("holds", Compared::bound("pattern: boast, month and day", format!("'{}' and {digits}", boast.word))),
            )
            .rated("email.keyword_and_month_day"),
            (None, None) => continue,
        };
        findings.push(finding);
    }
    Ok(Outcome::of(findings, format!("the endings of {} (mailboxes, handles)", count(identifiers.len(), "name"))))
}
