//! What of an object a collection needs to know.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;

use super::instant::parse_instant;
use crate::stix;

/// Rules that a refusal names.
const MOST_TOLD: usize = 3;
/// Levels of an object; the specification's deepest object has some ten.
const MOST_LEVELS: usize = 100;
/// Bytes of an id: its type has at most 250 (STIX 2.1, section 3.1).
const LONGEST_ID: usize = 250 + 2 + 36;

/// The version of STIX that an object is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpecVersion {
    /// STIX 2.0, whose objects do not say so.
    V20,
    /// STIX 2.1.
    V21,
}

impl SpecVersion {
    /// As `match[spec_version]` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V20 => "2.0",
            Self::V21 => "2.1",
        }
    }

    /// By its name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::V20, Self::V21].into_iter().find(|version| version.name() == name)
    }

    /// The media type of objects of it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::V20 => "application/stix+json;version=2.0",
            Self::V21 => "application/stix+json;version=2.1",
        }
    }
}

/// Why an object is not taken.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It is no JSON object, or a property that every object needs is of another type.
    #[error("it is no STIX object: {0}")]
    NoObject(String),
    /// It is nested too deep.
    #[error("it is nested deeper than {MOST_LEVELS} levels")]
    TooDeep,
    /// A property is missing.
    #[error("it has no `{0}`")]
    Missing(&'static str),
    /// It breaks a rule of STIX 2.1.
    #[error("STIX 2.1 forbids it: {0}")]
    Invalid(String),
    /// A property says what it must not.
    #[error("its `{property}` {what}")]
    Wrong {
        /// The property.
        property: &'static str,
        /// What is wrong with it.
        what: String,
    },
}

/// What an object says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// Its identifier: `type--uuid`.
    pub id: Cow<'a, str>,
    /// Its type.
    pub kind: Cow<'a, str>,
    /// The version of STIX it is written in.
    pub spec: SpecVersion,
    /// Its version: when it was modified, or created where it is never modified; `None` for objects without either. With the number of
    /// decimals that it was written with, three at least.
    pub version: Option<(Timestamp, u8)>,
}

#[derive(Deserialize)]
struct Known<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    spec_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    created: Option<Cow<'a, str>>,
    #[serde(borrow)]
    modified: Option<Cow<'a, str>>,
}

impl<'a> Header<'a> {
    /// Reads the header of an object.
    ///
    /// # Errors
    /// [`Refusal`] where it cannot be kept: it has no type or id, or does not say when it was made.
    pub fn of(json: &'a str) -> Result<Self, Refusal> {
        if levels(json) > MOST_LEVELS {
            return Err(Refusal::TooDeep);
        }
        let known: Known<'a> = serde_json::from_str(json).map_err(|error| Refusal::NoObject(error.to_string()))?;
        let kind = known.kind.ok_or(Refusal::Missing("type"))?;
        let id = known.id.ok_or(Refusal::Missing("id"))?;
        check_type(&kind)?;
        check_id(&id, &kind)?;
        let instant = |property: &'static str, text: Option<&Cow<'a, str>>| {
            let Some(text) = text else { return Ok(None) };
            let at = parse_instant(text).ok_or_else(|| Refusal::Wrong {
                property,
                what: format!("is no instant: {:?}; write it as 2026-11-22T09:13:55.000Z", shortened(text)),
            })?;
            let decimals = text.split_once('.').map_or(0, |(_, rest)| rest.len().saturating_sub(1));
            Ok(Some((at, decimals.clamp(3, 9) as u8)))
        };
        let created = instant("created", known.created.as_ref())?;
        let modified = instant("modified", known.modified.as_ref())?;
        if let (Some((created, _)), Some((modified, _))) = (created, modified)
            && modified < created
        {
            return Err(Refusal::Wrong { property: "modified", what: "is earlier than its `created`".to_owned() });
        }
        let version = modified.or(created);
        let spec = match known.spec_version.as_deref() {
            Some(name) => SpecVersion::of_name(name).ok_or_else(|| Refusal::Wrong {
                property: "spec_version",
                what: format!("is {:?}; versions 2.0 and 2.1 are kept", shortened(name)),
            })?,
            // Objects of version 2.0 have no such property; observables of 2.1 may leave it out and have no dates.
            None if version.is_some() => SpecVersion::V20,
            None => SpecVersion::V21,
        };
        Ok(Self { id, kind, spec, version })
    }
}

impl Header<'_> {
    /// Whether an object of version 2.1 keeps the rules that the specification says must be kept. Objects of 2.0 are taken as they are.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the first rules that it breaks.
    pub fn check(&self, json: &str) -> Result<(), Refusal> {
        if self.spec == SpecVersion::V20 {
            return Ok(());
        }
        let object = stix::Object::parse(json.as_bytes()).map_err(|error| Refusal::NoObject(error.to_string()))?;
        let errors = stix::validate(&object).errors;
        if errors.is_empty() {
            return Ok(());
        }
        let told = errors.iter().take(MOST_TOLD).map(|error| format!("{}: {} (section {})", error.at, error.what, error.section));
        let mut told: Vec<String> = told.collect();
        if errors.len() > MOST_TOLD {
            told.push(format!("and {} more", errors.len() - MOST_TOLD));
        }
        Err(Refusal::Invalid(told.join("; ")))
    }
}

/// STIX 2.1, section 3.1: lower-case letters, digits and hyphens, three to 250 of them, no two hyphens together.
fn check_type(kind: &str) -> Result<(), Refusal> {
    let is_right = (3..=250).contains(&kind.len())
        && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !kind.contains("--")
        && !kind.starts_with('-')
        && !kind.ends_with('-');
    if is_right && kind != "bundle" {
        return Ok(());
    }
    let what =
        if is_right { "is bundle, which is no object to keep".to_owned() } else { format!("is none: {:?}", shortened(kind)) };
    Err(Refusal::Wrong { property: "type", what })
}

/// Its type, two hyphens and a UUID (STIX 2.1, section 2.9).
fn check_id(id: &str, kind: &str) -> Result<(), Refusal> {
    let uuid = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix("--"));
    if id.len() <= LONGEST_ID && uuid.is_some_and(is_uuid) {
        return Ok(());
    }
    Err(Refusal::Wrong { property: "id", what: format!("is not `{kind}--` and a UUID: {:?}", shortened(id)) })
}

fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, &byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
        && matches!(bytes[19], b'8' | b'9' | b'a' | b'b' | b'A' | b'B')
}

/// The most brackets that are open at once, outside of strings.
fn levels(json: &str) -> usize {
    let (mut open, mut most, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                open += 1;
                most = most.max(open);
            }
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "e2b0f1a4-1c7d-4a8e-9f00-0123456789ab";

    fn object(more: &str) -> String {
        format!(r#"{{"type":"indicator","id":"indicator--{UUID}"{more}}}"#)
    }

    #[test]
    fn headers_say_which_version_an_object_is() {
        let json =
            object(r#","spec_version":"2.1","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-02T00:00:00.123456Z""#);
        let header = Header::of(&json).unwrap();
        assert_eq!((header.kind.as_ref(), header.spec, header.version.unwrap().1), ("indicator", SpecVersion::V21, 6));
        let old = object(r#","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z""#);
        assert_eq!(Header::of(&old).unwrap().spec, SpecVersion::V20);
        let observable = format!(r#"{{"type":"ipv4-addr","id":"ipv4-addr--{UUID}","value":"203.0.113.7"}}"#);
        let header = Header::of(&observable).unwrap();
        assert_eq!((header.spec, header.version), (SpecVersion::V21, None));
    }

    #[test]
    fn what_cannot_be_kept_is_refused_with_the_reason() {
        let deep = object(&format!(r#","x":{}{}"#, "[".repeat(100_000), "]".repeat(100_000)));
        let cases = [
            ("17".to_owned(), "no STIX object"),
            ("{}".to_owned(), "`type`"),
            (r#"{"type":"indicator"}"#.to_owned(), "`id`"),
            (r#"{"type":"indicator","id":17}"#.to_owned(), "no STIX object"),
            (r#"{"type":"indicator","id":"indicator--1"}"#.to_owned(), "`id`"),
            (format!(r#"{{"type":"malware","id":"indicator--{UUID}"}}"#), "`id`"),
            (format!(r#"{{"type":"bundle","id":"bundle--{UUID}"}}"#), "`type`"),
            (object(r#","created":"yesterday""#), "`created`"),
            (object(r#","created":"2026-01-02T00:00:00Z","modified":"2026-01-01T00:00:00Z""#), "`modified`"),
            (object(r#","spec_version":"3.0""#), "`spec_version`"),
            (object(r#","type":"indicator""#), "no STIX object"),
            (deep, "nested"),
        ];
        for (json, reason) in cases {
            let refusal = Header::of(&json).unwrap_err().to_string();
            assert!(refusal.contains(reason), "{refusal}");
        }
    }
}
