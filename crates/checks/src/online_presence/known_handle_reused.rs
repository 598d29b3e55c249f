//! # What it finds
//! Handles of the subject, on any service, that equal an indicator from partners, old logins of the account included.
//!
//! # Why it matters
//! A handle is chosen, kept and remembered. Personas change names and mailboxes and come back under the handle their network knows.
//!
//! # Innocent explanations
//! - An abandoned handle that somebody else has taken since.
//! - The same handle on another service, held by another person.
//! - A row in a list that names a bystander, or a victim.
//!
//! # What to ask next
//! - Since when do you have this handle, and can you post a word of our choice with it?
//!
//! # Sources
//! - Signal ONL-001: SEAL, gh-fake-analyzer; press on a cluster of developers who came back.

use std::collections::BTreeSet;

use bonafide_normalise::handle::{canonical, service_name};

use crate::{
    prelude::*,
    support::{git, indicators, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-001"),
    slug: "known-handle-reused",
    stage: Stage::OnlinePresence,
    title: "Known handle reused",
    summary: "Handles of the subject on every service against indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Intel,
    facts: &[FactKind::Link, FactKind::GithubAccount, FactKind::CommitIdentity],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    for account in dossier.all::<GithubAccount>().filter(|account| !account.login.is_empty()) {
        ask(lens, &account, "GitHub login", &account.login, github(&account.login), &mut asked, &mut findings)?;
    }
    for link in dossier.all::<Link>() {
        let Some(handle) = link.handle.as_deref() else { continue };
        let identifier = match link.service {
            LinkKind::Github => github(handle),
            LinkKind::Other | LinkKind::Portfolio => continue,
            service => Identifier::new(IdentifierKind::Handle, format!("{}:{handle}", service_name(service))),
        };
        ask(lens, &link, &format!("{} handle", service_name(link.service)), handle, identifier, &mut asked, &mut findings)?;
    }
    for identity in git::own_addresses(dossier) {
        let Some(login) = identity.noreply_login.as_deref() else { continue };
        ask(lens, &identity, "GitHub login in own commits", login, github(login), &mut asked, &mut findings)?;
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no handle in the dossier"));
    }
    Ok(Outcome::of(findings, format!("{} against indicators", count(asked.len(), "handle"))))
}

fn github(login: &str) -> Identifier {
    Identifier::new(IdentifierKind::Github, canonical(LinkKind::Github, login).unwrap_or_else(|| login.to_lowercase()))
}

/// Asks once for each identifier, whatever number of sources states it.
fn ask<T>(
    lens: &Lens<'_>,
    known: &Known<'_, T>,
    what: &str,
    value: &str,
    identifier: Identifier,
    asked: &mut BTreeSet<Identifier>,
    findings: &mut Vec<Finding>,
) -> Result<(), Early> {
    if asked.insert(identifier.clone()) {
        let hits = lens.indicators(identifier)?;
        findings.extend(hits.iter().map(|hit| indicators::finding(known, value, what, hit, META.strength)));
    }
    Ok(())
}
