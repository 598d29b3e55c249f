//! # What it finds
//! A bank or payment account to which a subject with another name has its pay sent too.
//!
//! # Why it matters
//! Pay of many invented workers flows to few accounts: accounts are opened with papers, names are not.
//!
//! # Innocent explanations
//! - A couple or family with one account.
//! - An agency that is paid for the people whom it places.
//!
//! # What to ask next
//! - Whose account is it, and who else is paid to it?
//!
//! # Sources
//! - Signal PAY-006: US guidance of 2022-05-16; reports on payroll of remote workers.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{holders, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-PAY-006"),
    slug: "one-account-for-several",
    stage: Stage::Payment,
    title: "One account for several workers",
    summary: "Bank and payment accounts against those of subjects with other names.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::BankAccount],
    flags: Flags::NONE,
};

/// Shorter references are no account numbers.
const SHORTEST: usize = 6;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    for account in dossier.require::<BankAccount>("bank account")? {
        let Some(written) = account.payload.reference.as_deref() else { continue };
        let number: String = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if number.len() < SHORTEST || !asked.insert(number.clone()) {
            continue;
        }
        let mut held = lens.holders(Identifier::new(IdentifierKind::BankAccount, number))?;
        held.subjects.retain(|holder| !holder.same_name);
        findings.extend(holders::shared(&account, written, "account", &held, META.strength));
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no number of an account"));
    }
    Ok(Outcome::of(findings, format!("{} against those of other subjects", count(asked.len(), "account"))))
}
