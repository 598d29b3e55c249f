//! From an example in the FollowTheMoney form to what a search looks for.

use bonafide_model::time::PartialDate;
use serde_json::Value;

use super::{request::Refusal, wire::EntityExample};
use crate::{
    entry::EntryKind,
    identifier::{IdentifierKind, country_code},
    screening::Wanted,
    source::ftm_identifiers,
};

/// Values of one property that are read.
const MOST_VALUES: usize = 50;
/// Characters of one value that are read.
const MOST_CHARACTERS: usize = 5_000;

const NAMES: [&str; 5] = ["name", "alias", "previousName", "weakAlias", "abbreviation"];
const PAPERS: [&str; 4] = ["passportNumber", "idNumber", "socialSecurityNumber", "passport"];
const BIRTHS: [&str; 3] = ["birthDate", "incorporationDate", "buildDate"];
const COUNTRIES: [&str; 7] = ["nationality", "citizenship", "country", "jurisdiction", "birthCountry", "mainCountry", "flag"];

/// What an example looks for.
pub(super) fn wanted(example: &EntityExample) -> Result<Wanted, Refusal> {
    let kind = kind(&example.schema)?;
    let mut names: Vec<String> = NAMES.iter().flat_map(|name| texts(example, name)).collect();
    let part = |names: [&str; 3]| {
        let parts: Vec<String> = names.iter().filter_map(|name| texts(example, name).next()).collect();
        parts.join(" ")
    };
    if names.is_empty() {
        let (given, family) = (part(["firstName", "middleName", "fatherName"]), part(["lastName", "motherName", ""]));
        let whole = if given.is_empty() || family.is_empty() { format!("{given}{family}") } else { format!("{family}, {given}") };
        names.extend(Some(whole).filter(|name| !name.is_empty()));
    }
    let identifiers: Vec<(IdentifierKind, String)> =
        ftm_identifiers().flat_map(|(property, kind)| texts(example, property).map(move |text| (kind, text))).collect();
    let births: Vec<PartialDate> = BIRTHS
        .iter()
        .flat_map(|name| texts(example, name))
        .filter_map(|text| text.get(..10).unwrap_or(&text).parse().ok())
        .collect();
    let countries = COUNTRIES.iter().flat_map(|name| texts(example, name)).filter_map(|text| country_code(&text));
    Ok(Wanted {
        kind,
        names,
        identifiers,
        papers: PAPERS.iter().flat_map(|name| texts(example, name)).collect(),
        births,
        countries: countries.map(String::from).collect(),
    })
}

/// What a schema narrows a search to; one that is not known is refused, as a misspelt one would find nobody.
pub(super) fn kind(schema: &str) -> Result<Option<EntryKind>, Refusal> {
    Ok(match schema {
        "Person" => Some(EntryKind::Person),
        "Organization" | "Company" | "PublicBody" => Some(EntryKind::Organisation),
        "Vessel" => Some(EntryKind::Vessel),
        "Airplane" => Some(EntryKind::Aircraft),
        "Thing" | "LegalEntity" | "CryptoWallet" | "Vehicle" | "Asset" | "Value" | "Security" => None,
        other => return Err(Refusal::bad(format!("No such schema: {}", other.chars().take(60).collect::<String>()))),
    })
}

fn texts<'e>(example: &'e EntityExample, name: &str) -> impl Iterator<Item = String> + use<'e> {
    let values = example.properties.get(name).map_or(&[][..], Vec::as_slice).iter().take(MOST_VALUES);
    values
        .filter_map(|value| match value {
            Value::String(text) => Some(text.trim().chars().take(MOST_CHARACTERS).collect()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .filter(|text: &String| !text.is_empty())
}
