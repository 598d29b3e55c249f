//! Cases one a line, answered one a line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Finding, Object, Verdict, pattern::Pattern, validate};

/// What is said of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether no MUST is broken.
    pub valid: bool,
    /// What is said of the object or the pattern.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why the line holds no case; `errors` says so too.
    #[serde(skip)]
    pub problem: Option<String>,
}

impl Answer {
    fn of(verdict: Verdict) -> Self {
        Self { valid: verdict.is_valid(), verdict, problem: None }
    }

    /// The answer to a line that holds no case, and why.
    pub fn failed(why: String) -> Self {
        Self { problem: Some(why.clone()), ..Self::of(broken(why, "")) }
    }
}

/// A line. Other members are not looked at.
#[derive(Deserialize)]
struct Case<'a> {
    #[serde(borrow)]
    obj: Option<&'a RawValue>,
    #[serde(borrow)]
    pattern: Option<Cow<'a, str>>,
}

/// Judges a line of `{"obj":…}`, a STIX object or bundle, or `{"pattern":…}`.
pub fn answer_line(line: &[u8]) -> Answer {
    match serde_json::from_slice::<Case<'_>>(line) {
        Ok(Case { obj: Some(raw), pattern: None }) => Answer::of(match Object::parse(raw.get().as_bytes()) {
            Ok(object) => validate(&object),
            Err(error) => broken(error.to_string(), "3"),
        }),
        Ok(Case { obj: None, pattern: Some(pattern) }) => Answer::of(match Pattern::parse(&pattern) {
            Ok(_) => Verdict::default(),
            Err(error) => broken(error.to_string(), "9"),
        }),
        Ok(_) => Answer::failed("not a case; write {\"obj\":{…}} or {\"pattern\":\"[…]\"}".to_owned()),
        Err(error) => {
            // The place within one line is its column.
            let said = error.to_string().replace(" at line 1 column ", ", column ");
            Answer::failed(format!("not a case ({said}); write {{\"obj\":{{…}}}} or {{\"pattern\":\"[…]\"}}"))
        }
    }
}

fn broken(what: String, section: &'static str) -> Verdict {
    Verdict { errors: vec![Finding { at: String::new(), what, section }], warnings: Vec::new() }
}
