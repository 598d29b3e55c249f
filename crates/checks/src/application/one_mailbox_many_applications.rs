//! # What it finds
//! A mailbox from which many applications came within a month.
//!
//! # Why it matters
//! Personas are sprayed over every open role; a person chooses.
//!
//! # Innocent explanations
//! - An eager job seeker who fits several roles.
//! - A recruiter or agency that applies for its candidates.
//!
//! # What to ask next
//! - Which of the roles do you want most, and why?
//!
//! # Sources
//! - Signal APP-008: Cinder; Security Alliance.

use bonafide_model::lens::Holder;

use crate::{
    prelude::*,
    support::{distinct::mailboxes, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-008"),
    slug: "one-mailbox-many-applications",
    stage: Stage::Application,
    title: "One mailbox, many applications",
    summary: "How often the mailbox applied within a short time, from the store.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Process,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
};

/// Within this many days.
const WINDOW_DAYS: i32 = 31;

/// From this many other applications on; two or three are an eager job seeker.
const MANY: usize = 5;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = dossier.judged_on(lens);
    let mailboxes = mailboxes(dossier);
    let mut findings = Vec::new();
    for email in &mailboxes {
        let holders = lens.holders(Identifier::new(IdentifierKind::Email, &email.canonical))?;
        if holders.ignored.is_some() {
            continue;
        }
        let recent: Vec<_> = holders
            .subjects
            .iter()
            .filter(|holder| holder.benign.is_none())
            .filter(|holder| holder.applied_on.is_some_and(|on| (judged - on).get_days().abs() <= WINDOW_DAYS))
            .collect();
        let [first, rest @ ..] = recent.as_slice() else { continue };
        if recent.len() < MANY {
            continue;
        }
        let evidence = |holder: &&Holder| observed(email, &email.address).relates("also applied as", Compared::subject(&holder.subject));
        findings.push(
            Finding::new(
                META.strength,
                format!("{} other applications came from {} within {WINDOW_DAYS} days.", recent.len(), email.address),
                evidence(first),
            )
            .and_all(rest.iter().map(evidence)),
        );
    }
    Ok(Outcome::of(findings, format!("applications from {}", count(mailboxes.len(), "mailbox"))))
}
