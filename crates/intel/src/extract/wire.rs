//! The JSON of `bonafide intel extract`: messages and what they hold, one object a line. Frozen: fields are added, never changed or
//! dropped.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Kind, extract};

/// A message.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Message {
    /// Whatever the asker calls the message by; given back as it stands.
    #[serde(default)]
    pub id: Value,
    /// What it says.
    pub text: String,
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The message's own id.
    pub id: Value,
    /// Its indicators as `[type, value]`, by place; each once, where it stands first.
    pub found: Vec<(&'static str, String)>,
    /// The bytes of the original that each was read from.
    pub spans: Vec<(usize, usize)>,
    /// `clear`, `green`, `amber`, `amber+strict`, `red` or null.
    pub tlp: Option<&'static str>,
    /// `clear`, `green`, `amber`, `red` or null.
    pub pap: Option<&'static str>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Answer {
    /// Reads a message.
    #[must_use]
    pub fn of(message: Message) -> Self {
        let read = extract(&message.text);
        let mut answer = Self {
            id: message.id,
            found: Vec::with_capacity(read.found.len()),
            spans: Vec::with_capacity(read.found.len()),
            tlp: read.markings.tlp.map(super::Tlp::name),
            pap: read.markings.pap.map(super::Pap::name),
            error: None,
        };
        let mut seen: HashSet<(Kind, String)> = HashSet::with_capacity(read.found.len());
        for found in read.found {
            if seen.insert((found.kind, found.value.clone())) {
                answer.found.push((found.kind.name(), found.value));
                answer.spans.push((found.span.start, found.span.end));
            }
        }
        answer
    }

    /// The answer to a line that is no message.
    #[must_use]
    pub const fn failed(id: Value, why: String) -> Self {
        Self { id, found: Vec::new(), spans: Vec::new(), tlp: None, pap: None, error: Some(why) }
    }
}

/// Reads one line of messages and answers it; a line that is no message is answered with the reason.
#[must_use]
pub fn answer_line(line: &[u8]) -> Answer {
    match serde_json::from_slice::<Message>(line) {
        Ok(message) => Answer::of(message),
        Err(error) => {
            // The place within one line is its column.
            let said = error.to_string().replace(" at line 1 column ", ", column ");
            match serde_json::from_slice::<Value>(line) {
                Ok(mut value) => {
                    let id = value.get_mut("id").map(Value::take).unwrap_or_default();
                    Answer::failed(id, format!("not a message ({said}); write {{\"id\":1,\"text\":\"…\"}}"))
                }
                Err(_) => Answer::failed(Value::Null, format!("not JSON ({said})")),
            }
        }
    }
}
