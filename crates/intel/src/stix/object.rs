//! An object as it was received: its bytes, and what readers ask of it first.

use super::{Timestamp, error::Error, format::Identifier, json::Json};

/// The version of the specification that an object follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecVersion {
    /// STIX 2.0: `spec_version` stands on bundles alone.
    V20,
    /// STIX 2.1
    V21,
}

/// A STIX object or bundle. The bytes are never written anew: what is passed on is what came.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    raw: &'a [u8],
    json: Json<'a>,
}

impl<'a> Object<'a> {
    /// Reads one object or bundle.
    ///
    /// # Errors
    /// Says why the bytes are no JSON object. Rules are for [`validate`](super::validate) to judge.
    pub fn parse(raw: &'a [u8]) -> Result<Self, Error> {
        let json = Json::parse(raw)?;
        match json {
            Json::Map(_) => Ok(Self { raw, json }),
            other => Err(Error::Json(format!("{} where a STIX object must stand", other.kind()))),
        }
    }

    /// The bytes it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// All of it.
    pub fn json(&self) -> &Json<'a> {
        &self.json
    }

    /// Its type, as written.
    pub fn object_type(&self) -> Option<&str> {
        self.json.text_of("type")
    }

    /// Its identifier.
    pub fn id(&self) -> Option<&str> {
        self.json.text_of("id")
    }

    /// Its identifier, taken apart, where it is one.
    pub fn identifier(&self) -> Option<Identifier<'_>> {
        Identifier::parse(self.id()?)
    }

    /// When this version was made; observables have none.
    pub fn modified(&self) -> Option<Timestamp> {
        Timestamp::parse(self.json.text_of("modified")?)
    }

    /// The version of the specification it follows. Without `spec_version`, what has dates of its own is STIX 2.0, observables and
    /// bundles are 2.1 (section 3.2).
    pub fn spec_version(&self) -> SpecVersion {
        spec_version(&self.json)
    }
}

pub(super) fn spec_version(json: &Json<'_>) -> SpecVersion {
    match json.text_of("spec_version") {
        Some("2.0") => SpecVersion::V20,
        Some(_) => SpecVersion::V21,
        None if json.text_of("type") == Some("bundle") => match json.get("objects").and_then(Json::list).and_then(<[_]>::first) {
            Some(first) => spec_version(first),
            None => SpecVersion::V21,
        },
        None if json.get("created").is_some() && json.get("modified").is_some() => SpecVersion::V20,
        None => SpecVersion::V21,
    }
}
