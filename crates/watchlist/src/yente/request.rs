//! Requests and responses without any network: what a server hands over and gets back.

use std::borrow::Cow;

use serde::Serialize;

/// A request, as a server read it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// `GET` or `POST`, in upper case.
    pub method: &'r str,
    /// The path below the place where the service is mounted, such as `/match/default`.
    pub path: &'r str,
    /// The query, without its question mark; empty where there is none.
    pub query: &'r str,
    /// The body; empty where there is none.
    pub body: &'r [u8],
}

/// A response: JSON, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status of HTTP.
    pub status: u16,
    /// Headers besides the content type, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Content type of every response.
pub const CONTENT_TYPE: &str = "application/json";

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    #[serde(skip)]
    pub(super) status: u16,
    pub(super) detail: String,
}

impl Refusal {
    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self { status: 400, detail: detail.into() }
    }

    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self { status: 404, detail: detail.into() }
    }
}

impl Response {
    pub(super) fn of<T: Serialize>(outcome: Result<T, Refusal>) -> Self {
        let (status, body) = match outcome {
            Ok(answer) => (200, serde_json::to_vec(&answer)),
            Err(refusal) => (refusal.status, serde_json::to_vec(&refusal)),
        };
        match body {
            Ok(body) => Self { status, headers: Vec::new(), body },
            // Maps with keys of text and finite numbers are all that is written: this does not happen, and is no reason to panic.
            Err(error) => Self { status: 500, headers: Vec::new(), body: format!("{{\"detail\":\"{error}\"}}").into_bytes() },
        }
    }

    pub(super) fn with(mut self, header: &'static str, value: String) -> Self {
        self.headers.push((header, value));
        self
    }
}

/// Parameters of a query, or fields of a form: several values may stand under one name.
pub(super) struct Parameters<'p>(Vec<(Cow<'p, str>, Cow<'p, str>)>);

/// Parameters that are read; more are left out.
const MOST_PARAMETERS: usize = 500;

impl<'p> Parameters<'p> {
    /// Reads `application/x-www-form-urlencoded` text.
    pub(super) fn of(text: &'p str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).take(MOST_PARAMETERS);
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_ref()).filter(|value| !value.is_empty())
    }

    /// A number within bounds.
    pub(super) fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, Refusal> {
        match self.get(name) {
            None | Some("") => Ok(default),
            Some(text) => text
                .parse()
                .ok()
                .filter(|number| *number <= most)
                .ok_or_else(|| Refusal::bad(format!("'{name}' must be a number from 0 to {most}"))),
        }
    }

    /// A part of one.
    pub(super) fn part(&self, name: &str, default: f64) -> Result<f64, Refusal> {
        match self.get(name) {
            None | Some("") => Ok(default),
            Some(text) => text
                .parse()
                .ok()
                .filter(|part: &f64| (0.0..=1.0).contains(part))
                .ok_or_else(|| Refusal::bad(format!("'{name}' must be a number from 0 to 1"))),
        }
    }

    pub(super) fn flag(&self, name: &str, default: bool) -> bool {
        self.get(name).map_or(default, |text| matches!(text.to_ascii_lowercase().as_str(), "" | "true" | "1" | "yes" | "on"))
    }
}

/// Percent-decoding, a plus being a space; bytes that are no UTF-8 are replaced.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| byte == b'%') {
            Some(value) => {
                plain.push(value);
                at += 3;
            }
            None => {
                plain.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_may_come_often() {
        let parameters = Parameters::of("q=Robin%20S%C3%A5mple+jr&datasets=un&datasets=ofac&fuzzy&limit=7&odd=%zz%4");
        assert_eq!(parameters.get("q"), Some("Robin Såmple jr"));
        assert_eq!(parameters.all("datasets").collect::<Vec<_>>(), ["un", "ofac"]);
        assert!(parameters.flag("fuzzy", false));
        assert_eq!(parameters.number("limit", 5, 10), Ok(7));
        assert!(parameters.number("limit", 5, 6).is_err() && parameters.part("q", 0.5).is_err());
        assert_eq!(parameters.get("odd"), Some("%zz%4"));
    }
}
