//! # What it finds
//! A mailbox name that holds a boast of trade or luck (`dev`, `star`, `dragon` …) with three or more digits glued to it that are no
//! year of birth.
//!
//! # Why it matters
//! Mailboxes made by the dozen for invented applicants are named by a pattern. Of 1,277 listed freemail addresses 23.1 % have this
//! one, of 11,888 addresses of ordinary committers 0.3 %. Names composed with a full stop or hyphen, and years of birth, are how
//! people tell themselves from namesakes; they were counted in these figures and are left out here.
//!
//! # Innocent explanations
//! - Many real developers named a mailbox like this when they were young.
//! - The plain name was taken, and the provider proposed digits.
//!
//! # What to ask next
//! - Do not ask about the address; look at it only beside other findings.
//!
//! # Sources
//! - Signal APP-004: own measurement of a leaked list and of ordinary committers, 2026-11-20.

use crate::{
    prelude::*,
    support::{address_pattern::shape, distinct::mailboxes, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-004"),
    slug: "boastful-local-part",
    stage: Stage::Application,
    title: "Mailbox named by a pattern: boast and digits",
    summary: "The name of the mailbox against the pattern of a boast and three or more digits.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::AddressPattern,
    facts: &[FactKind::Email],
    flags: Flags { fairness: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mailboxes = mailboxes(dossier);
    let mut findings = Vec::new();
    for email in &mailboxes {
        let Some(boast) = shape(email.local_part()).boast else { continue };
        let (word, digits) = (boast.word, boast.digits);
        findings.push(
            Finding::new(
                META.strength,
                format!(
                    "The mailbox {} joins '{word}' to the digits {digits}, a pattern that is common among listed addresses and rare among ordinary ones.",
                    email.address,
                ),
                observed(email, &email.address)
                    .relates("has the", Compared::bound("pattern: boast and three or more digits", format!("'{word}' and {digits}"))),
            )
            .rated("email.keyword_and_3_digits"),
        );
    }
    Ok(Outcome::of(findings, format!("the names of {}", count(mailboxes.len(), "mailbox"))))
}
