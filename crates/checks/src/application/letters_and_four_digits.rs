//! # What it finds
//! Two or more different identifiers of the applicant (mailboxes, handles) that are each letters followed by exactly four digits,
//! with neither the letters nor the digits in common.
//!
//! # Why it matters
//! Accounts made in numbers are named by a generator. One such name says nothing: 4.4 % of ordinary committers have it, 10.8 % of
//! those on UTC+9 clocks. A person who has several that share nothing did not choose them.
//!
//! # Innocent explanations
//! - Providers and platforms propose such names, and some people accept them.
//! - The person keeps work and private identities apart.
//!
//! # What to ask next
//! - Do not ask about the names; look at them only beside other findings.
//!
//! # Sources
//! - Signal APP-006: the naming rule of gh-fake-analyzer, measured on ordinary committers, 2026-11-20: as a rule on one address it
//!   discriminates by region and is not used here.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{
        address_pattern::{identifiers, shape},
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-006"),
    slug: "letters-and-four-digits",
    stage: Stage::Application,
    title: "Several names of letters and four digits",
    summary: "Mailboxes and handles against the pattern of letters and four digits, where several unlike ones have it.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::AddressPattern,
    facts: &[FactKind::Email],
    flags: Flags { fairness: true, never_alone: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let identifiers = identifiers(dossier);
    let (mut letters, mut digits) = (BTreeSet::new(), BTreeSet::new());
    let mut unlike = Vec::new();
    for identifier in &identifiers {
        if let Some(head) = shape(&identifier.name).letters_then_four
            && letters.insert(head)
            && digits.insert(&identifier.name[head.len()..])
        {
            unlike.push(identifier);
        }
    }
    let examined = format!("the shape of {} (mailboxes, handles)", count(identifiers.len(), "name"));
    let names: Vec<&str> = unlike.iter().map(|identifier| identifier.name.as_str()).collect();
    let [first, second, ..] = unlike.as_slice() else { return Ok(Outcome::clear(examined)) };
    let finding = Finding::new(
        META.strength,
        format!("{} are letters and four digits and have nothing in common: {}.", count(unlike.len(), "identifier"), list(&names, 4)),
        observed(&first.known, &first.name).relates(
            "has the pattern of, and nothing in common with,",
            Compared::fact(&second.known, &second.name),
        ),
    );
    Ok(Outcome::Findings(vec![finding]))
}
