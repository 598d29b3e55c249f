//! # What it finds
//! An unsolicited message to a founder or head of engineering that offers work.
//!
//! # Why it matters
//! A direct pitch goes around the people and steps that check applicants.
//!
//! # Innocent explanations
//! - Writing to founders is what career advice recommends.
//! - They met at a conference or through a friend.
//!
//! # What to ask next
//! - Please apply through the form, like everybody else.
//!
//! # Sources
//! - Signal APP-021: US guidance of 2022-05-16; Security Alliance.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-021"),
    slug: "pitch-to-the-founder",
    stage: Stage::Application,
    title: "Direct pitch to the founder or CTO",
    summary: "Messages that the applicant sent first, outside any application, against the role of who received them.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Process,
    facts: &[FactKind::Message],
    flags: Flags::NONE,
};

/// Words and phrases of roles, as whole words: a director is no CTO.
const HEADS: &[&str] = &[
    "founder", "cofounder", "ceo", "cto", "head of engineering", "vp engineering", "vp of engineering", "chief executive", "chief technology",
    "chief technical",
];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let (mut sent, mut known) = (0_usize, 0_usize);
    for message in dossier.all::<Message>().filter(|message| message.direction == Direction::FromSubject) {
        sent += 1;
        let (Some(role), Some(unsolicited)) = (&message.to_role, message.unsolicited) else { continue };
        known += 1;
        if !unsolicited || !is_head(role) {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("An unsolicited message went to the {role} by {}.", message.channel),
            observed(&message, message.subject.clone().unwrap_or_else(|| message.text.chars().take(80).collect()))
                .relates("was sent unasked to", Compared::bound("role of the receiver", role)),
        ));
    }
    if sent == 0 {
        return Err(Early::not_applicable("no message from the applicant"));
    }
    if known == 0 {
        return Err(Early::inconclusive(Need::Facts, format!("to whom {} went, and whether it was asked for", count(sent, "message"))));
    }
    findings.truncate(1);
    Ok(Outcome::of(findings, format!("{} whose receiver is known", count(known, "message"))))
}

fn is_head(role: &str) -> bool {
    let words: Vec<String> = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let role = format!(" {} ", words.join(" "));
    HEADS.iter().any(|head| role.contains(&format!(" {head} ")))
}
