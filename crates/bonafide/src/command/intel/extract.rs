//! `bonafide intel extract`: indicators out of chat.

use bonafide_intel::extract;
use serde_json::Value;

use crate::{
    cli::{Global, LinesInOut},
    command::intel::lines::{self, Answer},
    status::{Failure, Status},
};

pub(super) fn run(global: &Global, arguments: &LinesInOut) -> Result<Status, Failure> {
    lines::run(global, arguments, "messages", |line| {
        let answer = line.map_or_else(|why| extract::Answer::failed(Value::Null, why), extract::answer_line);
        // Texts, numbers and lists of them: there is nothing that JSON could not hold.
        Answer { text: serde_json::to_string(&answer).unwrap_or_default(), problem: answer.error }
    })
}
