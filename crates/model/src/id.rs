//! Typed identifiers: two of different kinds cannot be mixed up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::hash::ContentHash;

/// Names one subject: the application's own `id` where it has one, otherwise derived from its content by intake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubjectId(String);

impl SubjectId {
    /// Takes an identifier as it is written.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SubjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names one fact by *where it was observed*, never by its value: subject, source content, place and kind.
///
/// The value is left out on purpose. An identifier that stands in somebody else's evidence must not let anyone who guesses a
/// phone number confirm the guess after the owner was erased.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u64);

impl FactId {
    /// Derives the identifier from the bytes that name the place of observation.
    #[must_use]
    pub fn derive(naming: &[u8]) -> Self {
        let hash = ContentHash::of_bytes(naming);
        let mut first = [0_u8; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl fmt::Debug for FactId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for FactId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FactId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

/// The code of a check, such as `BF-RES-006`: `BF`, three capital letters, three digits.
///
/// The part behind `BF-` is the id of the signal in the catalogue of signals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckCode {
    area: [u8; 3],
    number: u16,
}

/// A text that is not a check code.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not a check code: expected BF-, three capital letters, a hyphen and three digits, such as BF-RES-006")]
pub struct NotACheckCode(pub String);

impl CheckCode {
    /// Builds a code in a constant; a malformed text fails the build.
    ///
    /// # Panics
    /// Where the text is not `BF-XXX-000`; in a constant that is a compile error.
    #[must_use]
    pub const fn new(text: &str) -> Self {
        match Self::try_new(text) {
            Some(code) => code,
            None => panic!("a check code reads BF-XXX-000"),
        }
    }

    const fn try_new(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[0] != b'B' || bytes[1] != b'F' || bytes[2] != b'-' || bytes[6] != b'-' {
            return None;
        }
        let mut index = 3;
        while index < 10 {
            let right = match index {
                3..=5 => bytes[index].is_ascii_uppercase(),
                6 => true,
                _ => bytes[index].is_ascii_digit(),
            };
            if !right {
                return None;
            }
            index += 1;
        }
        let number = (bytes[7] - b'0') as u16 * 100 + (bytes[8] - b'0') as u16 * 10 + (bytes[9] - b'0') as u16;
        Some(Self { area: [bytes[3], bytes[4], bytes[5]], number })
    }

    /// The id of the signal: the code without `BF-`, such as `RES-006`.
    #[must_use]
    pub fn signal(&self) -> String {
        self.to_string().split_off(3)
    }
}

impl FromStr for CheckCode {
    type Err = NotACheckCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_new(text).ok_or_else(|| NotACheckCode(text.to_owned()))
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.area.map(char::from);
        write!(formatter, "BF-{a}{b}{c}-{:03}", self.number)
    }
}

impl fmt::Debug for CheckCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for CheckCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CheckCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_code_survives_text() {
        let code = CheckCode::new("BF-RES-006");
        assert_eq!(code.to_string(), "BF-RES-006");
        assert_eq!(code.signal(), "RES-006");
        assert_eq!("BF-RES-006".parse(), Ok(code));
        for wrong in ["", "BF-RES-06", "bf-res-006", "BF-RES-0060", "BF_RES_006", "BF-RÉS-06"] {
            assert!(wrong.parse::<CheckCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn codes_sort_by_area_then_number() {
        let mut codes = [CheckCode::new("BF-RES-010"), CheckCode::new("BF-APP-020"), CheckCode::new("BF-RES-002")];
        codes.sort();
        assert_eq!(codes.map(|code| code.to_string()), ["BF-APP-020", "BF-RES-002", "BF-RES-010"]);
    }
}
