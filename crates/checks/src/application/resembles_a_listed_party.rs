//! # What it finds
//! An entry of a watch list that resembles the applicant in name and agrees in a second attribute: date of birth, country, document
//! number, mailbox, wallet. A resemblance in name alone is shown, counts nothing and asks compliance for a second attribute.
//!
//! # Why it matters
//! Paying a listed person is an offence whatever the intent. Namesakes are many, and most of them have done nothing.
//!
//! # Innocent explanations
//! - Namesakes are common, above all for short names.
//! - An entry without a date of birth fits everybody of that name.
//!
//! # What to ask next
//! - Ask compliance for a second attribute: date of birth, place of birth or document number from a document that was checked.
//!
//! # Sources
//! - Signal APP-002: press on the Kraken applicant; US guidance of 2022-05-16; OFAC, assessing name matches.

use bonafide_model::lens::{ListHit, ListQuery};

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-002"),
    slug: "resembles-a-listed-party",
    stage: Stage::Application,
    title: "Name or alias on a sanctions list",
    summary: "All names of the applicant against watch lists, with a second attribute.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Sanctions,
    facts: &[FactKind::PersonName],
    flags: Flags { guided: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let names = dossier.require::<PersonName>("name")?;
    let birth_date = dossier.first::<BirthDate>();
    let country = dossier.all::<Location>().find_map(|place| place.country.clone());
    let mut identifiers: Vec<Identifier> =
        dossier.all::<Email>().map(|email| Identifier::new(IdentifierKind::Email, &email.canonical)).collect();
    identifiers.extend(dossier.all::<Phone>().filter_map(|phone| Some(Identifier::new(IdentifierKind::Phone, phone.e164.as_deref()?))));
    identifiers.extend(dossier.all::<Wallet>().map(|wallet| Identifier::new(IdentifierKind::Wallet, &wallet.canonical)));
    identifiers.sort();
    identifiers.dedup();
    let mut asked: Vec<String> = names.iter().filter(|name| name.role != NameRole::Document).map(|name| name.full.clone()).collect();
    asked.sort();
    asked.dedup();
    let query = ListQuery { names: asked, birth_date: birth_date.map(|birth| birth.date), country, identifiers };
    let number = query.names.len();
    let findings = lens.list_hits(query)?.iter().map(|hit| finding(dossier, closest(&names, hit), hit)).collect();
    Ok(Outcome::of(findings, format!("{} against watch lists", count(number, "name"))))
}

/// The name that resembles the entry: an application may state former names too.
fn closest<'a, 'd>(names: &'a [Known<'d, PersonName>], hit: &ListHit) -> &'a Known<'d, PersonName> {
    let rank = |name: &&Known<'_, PersonName>| (name.role == NameRole::Document, bonafide_normalise::name::compare(&name.full, &hit.name));
    names.iter().min_by_key(rank).unwrap_or(&names[0])
}

/// The facts behind the second attributes, as the watch list names them.
fn second_evidence(dossier: &Dossier, hit: &ListHit, entry: &Compared) -> Vec<Evidence> {
    let agrees = |words: &[&str]| {
        hit.second_attributes.iter().any(|attribute| {
            let attribute = attribute.to_lowercase();
            words.iter().any(|word| attribute.contains(word))
        })
    };
    let agree = "agrees with";
    let birth = dossier.first::<BirthDate>().filter(|_| agrees(&["birth"]));
    let birth = birth.map(|birth| observed(&birth, birth.date.to_string()).relates(agree, entry.clone()));
    let place = dossier.all::<Location>().find(|place| place.country.is_some()).filter(|_| agrees(&["country"]));
    let place = place.map(|place| observed(&place, &place.raw).relates(agree, entry.clone()));
    let email = dossier.first::<Email>().filter(|_| agrees(&["mail"]));
    let email = email.map(|email| observed(&email, &email.address).relates(agree, entry.clone()));
    let phone = dossier.first::<Phone>().filter(|_| agrees(&["phone"]));
    let phone = phone.map(|phone| observed(&phone, &phone.raw).relates(agree, entry.clone()));
    let wallet = dossier.first::<Wallet>().filter(|_| agrees(&["wallet"]));
    let wallet = wallet.map(|wallet| observed(&wallet, &wallet.address).relates(agree, entry.clone()));
    [birth, place, email, phone, wallet].into_iter().flatten().collect()
}

fn finding(dossier: &Dossier, name: &Known<'_, PersonName>, hit: &ListHit) -> Finding {
    let entry = Compared::entry(ComparedKind::ListEntry, &hit.entry, &hit.name, &hit.list, &hit.version);
    let resembles = format!("resembles, {} of 100,", hit.score);
    if hit.second_attributes.is_empty() || !hit.contradictions.is_empty() {
        let but = if hit.contradictions.is_empty() { String::new() } else { format!("; {} contradicts", hit.contradictions.join(", ")) };
        return Finding::new(
            Strength::Weak,
            format!("The name resembles {} on {} ({} of 100){but}. A name alone counts nothing.", hit.name, hit.list, hit.score),
            observed(name, &name.full).relates(resembles, entry),
        )
        .on_a_name_alone();
    }
    Finding::new(
        Strength::Strong,
        format!("Name and {} agree with {} on {} ({} of 100).", hit.second_attributes.join(", "), hit.name, hit.list, hit.score),
        observed(name, &name.full)
            .relates(format!("{resembles} and agrees in {} with", hit.second_attributes.join(", ")), entry.clone()),
    )
    .and_all(second_evidence(dossier, hit, &entry))
}
