//! # What it finds
//! Full names that have nothing in common with each other, on commits of one own address.
//!
//! # Why it matters
//! An address that commits under several people's names belongs to several personas, or to a crew.
//!
//! # Innocent explanations
//! - A changed name, by marriage or transition: former names that the application states are not counted.
//! - A nickname, a pen name, a name written in another script: single words are never counted, nor names that share a part.
//! - A shared computer, or pair programming under one address.
//!
//! # What to ask next
//! - Who is the person of the other name, and how did their commits come under your address?
//!
//! # Sources
//! - Signal ONL-008: gh-fake-analyzer (*identity rotation*), SEAL; own measurement: 28.6 % of ordinary developers with 20 commits or
//!   more have two names of any kind on one address.

use bonafide_normalise::name::{self, NameRelation, PersonalName};

use crate::{
    prelude::*,
    support::{
        git,
        words::{count, list, short},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-008"),
    slug: "many-names-on-one-address",
    stage: Stage::OnlinePresence,
    title: "Many author names on one e-mail",
    summary: "The author names on each own address against each other and against the names that the application states.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::CommitIdentity,
    facts: &[FactKind::CommitIdentity],
    flags: Flags::NONE,
};

/// The measured rule looks at addresses with 20 commits or more.
const COMMITS: u32 = 20;
/// A name on a single commit is a slip of a tool.
const COMMITS_OF_A_NAME: u32 = 2;
const NAMES: usize = 2;
/// So many names of an address are compared; an address with more of them is a service.
const COMPARED: usize = 64;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let own: Vec<_> = git::own_identities(dossier).into_iter().filter(|identity| !identity.names.is_empty()).collect();
    if own.is_empty() {
        return Err(Early::not_applicable("no own commits with an author name in the dossier"));
    }
    let stated: Vec<PersonalName> = dossier
        .all::<PersonName>()
        .filter(|name| matches!(name.role, NameRole::Application | NameRole::Former | NameRole::Resume))
        .map(|name| name::parse(&name.full))
        .collect();
    let findings = own.iter().filter_map(|identity| finding(identity, &stated)).collect();
    Ok(Outcome::of(findings, format!("the author names of {}", count(own.len(), "own address"))))
}

fn finding(identity: &Known<'_, CommitIdentity>, stated: &[PersonalName]) -> Option<Finding> {
    if identity.commits < COMMITS {
        return None;
    }
    let full = identity.names.iter().filter(|(_, commits)| *commits >= COMMITS_OF_A_NAME).take(COMPARED);
    let full = full.map(|(text, commits)| (text, *commits, name::parse(text))).filter(|(_, _, name)| is_full(name));
    let mut people: Vec<(&String, u32, PersonalName)> = Vec::new();
    let mut is_applicant_seen = false;
    for (text, commits, name) in full {
        // All the names that the application states are one person.
        let is_applicant = stated.iter().any(|own| own.compare(&name) <= NameRelation::SharesOnePart);
        let is_new = people.iter().all(|(_, _, other)| other.compare(&name) == NameRelation::Different);
        if is_new && !(is_applicant && is_applicant_seen) {
            people.push((text, commits, name));
        }
        is_applicant_seen |= is_applicant;
    }
    if people.len() < NAMES {
        return None;
    }
    let names: Vec<String> = people.iter().map(|(text, commits, _)| format!("{} ({commits})", short(text, 60))).collect();
    let (first, others) = people.split_first()?;
    let evidence = |(text, commits, _): &(&String, u32, PersonalName)| {
        observed(identity, format!("{}: {} on {}", identity.email, short(text, 60), count(*commits, "commit")))
            .relates("shares nothing with", Compared::bound("another name on the same address", short(first.0, 60)))
    };
    let mut evidence = others.iter().take(5).map(evidence);
    let summary = format!("{} commits under {} that share nothing: {}.", identity.email, count(people.len(), "name"), list(&names, 4));
    Some(Finding::new(Strength::Weak, summary, evidence.next()?).and_all(evidence).rated("git.two_or_more_names_per_email"))
}

/// Two words or more that are no initials: a single word is a handle.
fn is_full(name: &PersonalName) -> bool {
    name.words.iter().filter(|word| !word.is_initial).count() >= 2
}
