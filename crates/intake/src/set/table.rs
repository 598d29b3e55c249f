//! The flat table of applicants: CSV with one row an application.

use bonafide_formats::table::Row;
use serde_json::{Map, Value};

/// The columns that are known, as the fields of a row are.
pub(super) const COLUMNS: &[&str] = &[
    "id",
    "applied_at",
    "first_name",
    "last_name",
    "email",
    "phone",
    "country",
    "city",
    "employer",
    "github",
    "ip",
    "device",
    "wallet",
    "avatar_phash",
    "github_created",
    "browser_utc_offset",
];

/// Whether headings are those of a table of applicants: a column of a person's beside the id.
pub(super) fn is_of_applicants(headings: &[String]) -> bool {
    headings.iter().any(|name| name != "id" && COLUMNS.contains(&name.as_str()))
}

/// The row as a JSON object: each column that is not empty, as text.
pub(super) fn object_of(row: &Row<'_>) -> Vec<u8> {
    let mut object = Map::new();
    for (name, value) in row.fields().filter(|(name, value)| !name.is_empty() && !value.trim().is_empty()) {
        object.entry(name).or_insert_with(|| Value::String(value.into_owned()));
    }
    Value::Object(object).to_string().into_bytes()
}
