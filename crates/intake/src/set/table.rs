//! The flat table of applicants: CSV with one row an application.

use std::borrow::Cow;

use bonafide_formats::table::Row;
use serde_json::{Map, Value};

/// The fields of a row that a column may hold, and the other headings under which systems and people export them.
const FIELDS: &[(&str, &[&str])] = &[
    ("id", &["application_id", "candidate_id", "applicant_id", "reference"]),
    ("applied_at", &["applied", "applied_on", "application_date", "date_applied", "created_at", "submitted_at", "timestamp"]),
    ("name", &["full_name", "candidate", "candidate_name", "applicant", "applicant_name"]),
    ("first_name", &["given_name", "forename", "firstname"]),
    ("last_name", &["family_name", "surname", "lastname"]),
    ("email", &["e_mail", "email_address", "e_mail_address", "mail", "emails"]),
    ("phone", &["phone_number", "telephone", "mobile", "mobile_phone", "cell_phone", "phones"]),
    ("country", &["country_code", "country_of_residence"]),
    ("region", &["state", "province"]),
    ("city", &["town"]),
    ("employer", &["company", "current_company", "current_employer"]),
    ("github", &["github_url", "github_profile", "github_username"]),
    ("linkedin", &["linkedin_url", "linkedin_profile"]),
    ("telegram", &["telegram_handle"]),
    ("portfolio", &["website", "portfolio_url", "personal_website", "homepage"]),
    ("ip", &["ip_address"]),
    ("device", &["device_id"]),
    ("wallet", &["wallet_address"]),
    ("avatar_phash", &[]),
    ("github_created", &[]),
    ("browser_utc_offset", &[]),
];

/// The field that a heading stands for. Case, spaces and punctuation do not count: `E-Mail Address` is `email`.
pub(super) fn field_of(heading: &str) -> Option<&'static str> {
    let words: Vec<String> = heading
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let heading = words.join("_");
    FIELDS.iter().find(|(field, others)| *field == heading || others.contains(&heading.as_str())).map(|(field, _)| *field)
}

/// The fields by their own names, for messages.
pub(super) fn fields() -> String {
    FIELDS.iter().map(|(field, _)| *field).collect::<Vec<_>>().join(", ")
}

/// Whether headings are those of a table of applicants: a column of a person's beside the id.
pub(super) fn is_of_applicants(headings: &[String]) -> bool {
    headings.iter().any(|heading| field_of(heading).is_some_and(|field| field != "id"))
}

/// The row as a JSON object: each column that is not empty, as text, under the name of its field where it is known. The first of
/// several columns of one field counts.
pub(super) fn object_of(row: &Row<'_>) -> Vec<u8> {
    let mut object = Map::new();
    for (name, value) in row.fields().filter(|(name, value)| !name.is_empty() && !value.trim().is_empty()) {
        let name = field_of(name).map_or(Cow::Borrowed(name), Cow::Borrowed);
        object.entry(name).or_insert_with(|| Value::String(value.into_owned()));
    }
    Value::Object(object).to_string().into_bytes()
}
