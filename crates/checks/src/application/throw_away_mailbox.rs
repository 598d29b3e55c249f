//! # What it finds
//! A mailbox at a provider of addresses that vanish within hours. Forwarding aliases, which keep a mailbox private and lasting, are
//! named in what was examined and are no finding.
//!
//! # Why it matters
//! An applicant wants to be reached for weeks. An address that vanishes is chosen by who wants to vanish.
//!
//! # Innocent explanations
//! - A privacy-minded person who did not know that the address would expire.
//! - The provider's domain is used by a firm or school that the table confuses.
//!
//! # What to ask next
//! - Under which lasting address can we reach you?
//!
//! # Sources
//! - Signal APP-007: US guidance of 2022-05-16; own reading of a leaked list, 1.5 % of which is disposable.

use bonafide_model::lens::MailProvider;

use crate::{
    prelude::*,
    support::{distinct::mailboxes, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-007"),
    slug: "throw-away-mailbox",
    stage: Stage::Application,
    title: "Throw-away mailbox",
    summary: "The domain of each mailbox against a table of mail providers.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Contact,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut mailboxes = mailboxes(dossier);
    mailboxes.retain(|email| !email.domain().is_empty());
    let mut aliases = 0_usize;
    for email in &mailboxes {
        match lens.mail_provider(email.domain().to_owned())? {
            MailProvider::Alias => aliases += 1,
            MailProvider::Disposable => findings.push(Finding::new(
                META.strength,
                format!("The mailbox {} is at a provider of throw-away addresses.", email.address),
                observed(email, &email.address).relates(
                    "is at",
                    Compared::reference(format!("mail provider/{}", email.domain()), "disposable", "mail providers", bonafide_version()),
                ),
            )),
            MailProvider::Free | MailProvider::Other => {}
        }
    }
    if mailboxes.is_empty() {
        return Err(Early::not_applicable("no address with a domain"));
    }
    let also = if aliases == 0 { String::new() } else { format!("; {}, which is no sign", count(aliases, "forwarding alias")) };
    Ok(Outcome::of(findings, format!("the providers of {}{also}", count(mailboxes.len(), "mailbox"))))
}

/// The table is part of the program and has its version.
fn bonafide_version() -> &'static str {
    crate::VERSION
}
