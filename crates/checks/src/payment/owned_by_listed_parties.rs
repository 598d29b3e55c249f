//! # What it finds
//! An employer, agency or holder of a bank account whose name is that of a firm which listed parties own at one half or more.
//!
//! # Why it matters
//! What listed parties own at one half or more is treated as theirs, although no list names it. Pay to it is pay to them.
//!
//! # Innocent explanations
//! - Data on owners lag behind: the shares may have been sold.
//! - Another firm bears the same name; a register number tells them apart.
//! - Whoever worked for such a firm is not its owner.
//!
//! # What to ask next
//! - Ask compliance for the register number of the firm and for its owners today.
//!
//! # Sources
//! - Signal PAY-015: OFAC, revised guidance on entities owned by blocked persons, 2014-08-13.

use std::collections::BTreeSet;

use bonafide_model::lens::{ListedOwner, OwnershipHit};

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-PAY-015"),
    slug: "owned-by-listed-parties",
    stage: Stage::Payment,
    title: "Entity owned half or more by listed persons",
    summary: "Owners of the firms that the application names.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Sanctions,
    facts: &[FactKind::Work, FactKind::CurrentEmployer, FactKind::Agency, FactKind::BankAccount],
    flags: Flags::NONE,
};

/// One half, in hundredths of a percent.
const HALF: u16 = 5_000;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut firms: Firms<'_> = Firms { lens, asked: BTreeSet::new(), findings: Vec::new() };
    for work in dossier.all::<Work>() {
        firms.ask("employer", &work, &work.employer)?;
    }
    for employer in dossier.all::<CurrentEmployer>() {
        firms.ask("employer", &employer, &employer.name)?;
    }
    for agency in dossier.all::<Agency>() {
        firms.ask("agency", &agency, &agency.name)?;
    }
    for account in dossier.all::<BankAccount>() {
        firms.ask("holder of the bank account", &account, account.holder.as_deref().unwrap_or_default())?;
    }
    if firms.asked.is_empty() {
        return Err(Early::not_applicable("no firm and no holder of an account is named"));
    }
    Ok(Outcome::of(firms.findings, format!("{} against owners on watch lists", count(firms.asked.len(), "name"))))
}

struct Firms<'l> {
    lens: &'l Lens<'l>,
    asked: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Firms<'_> {
    fn ask<T>(&mut self, role: &str, fact: &Known<'_, T>, name: &str) -> Result<(), Early> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || !self.asked.insert(name.to_lowercase()) {
            return Ok(());
        }
        for hit in self.lens.listed_owners(name.clone())? {
            self.findings.extend(finding(role, fact, &name, &hit));
        }
        Ok(())
    }
}

/// A name is nobody's proof: what stands here is asked and never counts, until a register number says which firm is meant.
fn finding<T>(role: &str, fact: &Known<'_, T>, name: &str, hit: &OwnershipHit) -> Option<Finding> {
    let open = hit.owners.iter().any(|owner| owner.share.is_none());
    if hit.total < HALF && !open {
        return None;
    }
    let owners: Vec<String> = hit.owners.iter().map(owner).collect();
    let owned = if hit.total >= HALF {
        format!("is owned at {} by listed parties", percent(hit.total))
    } else {
        "has listed owners whose shares are not told".to_owned()
    };
    let entry = Compared::entry(ComparedKind::ListEntry, &hit.entry, &hit.name, &hit.list, &hit.version).with_content(&hit.entry_hash);
    let strength = if hit.total >= HALF { META.strength } else { Strength::Weak };
    let summary = format!("The {role} bears the name of {} ({}), which {owned}: {}.", hit.name, hit.entry, list(&owners, 4));
    let evidence = observed(fact, name).relates(format!("resembles, {} of 100,", hit.score), entry);
    Some(Finding::new(strength, summary, evidence).on_a_name_alone())
}

fn owner(owner: &ListedOwner) -> String {
    let share = owner.share.map_or_else(|| "share not told".to_owned(), percent);
    let indirect = if owner.indirect { ", owned by listed parties itself" } else { "" };
    format!("{} ({}, {share}{indirect})", owner.name, owner.entry)
}

fn percent(hundredths: u16) -> String {
    format!("{} %", f64::from(hundredths) / 100.0)
}
