//! # What it finds
//! An entry of a watch list that resembles the applicant in name and agrees in a second attribute: date of birth, country, document
//! number, mailbox, telephone. The same is asked of employers, agencies, references and holders of bank accounts that the
//! application names. A resemblance in name alone is shown, counts nothing and asks compliance for a second attribute.
//!
//! # Why it matters
//! Paying a listed person is an offence whatever the intent. Namesakes are many, and most of them have done nothing.
//!
//! # Innocent explanations
//! - Namesakes are common, above all for short names and where few family names are shared by many people.
//! - An entry without a date of birth fits everybody of that name.
//! - Numbers of documents of different countries may be equal by chance.
//! - Whoever worked for a listed firm, or is recommended by a namesake, is not listed.
//!
//! # What to ask next
//! - Ask compliance for a second attribute: date of birth, place of birth or document number from a document that was checked.
//!
//! # Sources
//! - Signal APP-002: press on the Kraken applicant; US guidance of 2022-05-16; OFAC, assessing name matches.

use std::collections::BTreeSet;

use bonafide_model::lens::{ListAttributeKind, PartyKind};

use crate::{
    prelude::*,
    support::{
        listed::Party,
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-002"),
    slug: "resembles-a-listed-party",
    stage: Stage::Application,
    title: "Name or alias on a sanctions list",
    summary: "Names and identifiers of the applicant and of parties the application names against watch lists.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Sanctions,
    facts: &[FactKind::PersonName],
    flags: Flags { guided: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    dossier.require::<PersonName>("name")?;
    let parties = parties(dossier);
    let mut examined: Vec<String> = Vec::new();
    for role in ["applicant", "holder of the bank account", "employer", "agency", "reference"] {
        let names: usize = parties.iter().filter(|party| party.role == role).map(|party| party.names.len()).sum();
        if names > 0 {
            examined.push(format!("{} of the {role}", count(names, "name")));
        }
    }
    let mut findings = Vec::new();
    for party in parties {
        findings.extend(party.ask(lens)?);
    }
    Ok(Outcome::of(findings, format!("{} against watch lists", list(&examined, examined.len()))))
}

/// Everybody whom the dossier names, each once.
fn parties(dossier: &Dossier) -> Vec<Party<'_>> {
    let mut parties = vec![applicant(dossier)];
    let mut known: BTreeSet<String> = parties[0].query.names.iter().map(|name| folded(name)).collect();
    for holder in dossier.all::<PersonName>().filter(|name| name.role == NameRole::BankHolder) {
        if known.insert(folded(&holder.full)) {
            let mut party = Party::new("holder of the bank account", Strength::Strong);
            party.named(&holder, &holder.full);
            parties.push(party);
        }
    }
    for reference in dossier.all::<Reference>() {
        if known.insert(folded(&reference.name)) {
            let mut party = Party::new("reference", Strength::Medium);
            party.named(&reference, &reference.name);
            if let Some(canonical) = &reference.email_canonical {
                party.identified(&reference, IdentifierKind::Email, canonical, reference.email.as_deref().unwrap_or(canonical));
            }
            if let Some(number) = &reference.phone_e164 {
                party.identified(&reference, IdentifierKind::Phone, number, reference.phone.as_deref().unwrap_or(number));
            }
            parties.push(party);
        }
    }
    let employers = dossier.all::<Work>().filter_map(|work| organisation("employer", &work, &work.employer));
    let current = dossier.all::<CurrentEmployer>().filter_map(|work| organisation("employer", &work, &work.name));
    let agencies = dossier.all::<Agency>().filter_map(|agency| organisation("agency", &agency, &agency.name));
    for firm in employers.chain(current).chain(agencies) {
        if firm.query.names.iter().all(|name| known.insert(folded(name))) {
            parties.push(firm);
        }
    }
    parties
}

fn applicant(dossier: &Dossier) -> Party<'_> {
    let mut party = Party::new("applicant", Strength::Strong);
    // The author of a document and the holder of an account may be somebody else.
    let own = dossier.all::<PersonName>().filter(|name| !matches!(name.role, NameRole::Document | NameRole::BankHolder));
    for name in own {
        party.named(&name, &name.full);
    }
    if let Some(birth) = dossier.first::<BirthDate>() {
        party.query.birth_date = Some(birth.date);
        party.attributes.push((ListAttributeKind::BirthDate, birth.date.to_string(), observed(&birth, birth.date.to_string())));
    }
    if let Some((place, country)) = dossier.all::<Location>().find_map(|place| Some((place, place.payload.country.clone()?))) {
        party.attributes.push((ListAttributeKind::Country, country.clone(), observed(&place, &place.raw)));
        party.query.country = Some(country);
    }
    for paper in dossier.all::<IdentityDocument>() {
        party.query.papers.push(paper.number.clone());
        party.attributes.push((ListAttributeKind::Document, paper.number.clone(), observed(&paper, &paper.number)));
    }
    for email in dossier.all::<Email>() {
        party.identified(&email, IdentifierKind::Email, &email.canonical, &email.address);
    }
    for phone in dossier.all::<Phone>() {
        party.identified(&phone, IdentifierKind::Phone, phone.e164.as_deref().unwrap_or_default(), &phone.raw);
    }
    party
}

fn organisation<'d, T>(role: &'static str, fact: &Known<'d, T>, name: &str) -> Option<Party<'d>> {
    let mut party = Party::new(role, Strength::Medium);
    party.query.party = PartyKind::Organisation;
    party.named(fact, name);
    (!party.names.is_empty()).then_some(party)
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
