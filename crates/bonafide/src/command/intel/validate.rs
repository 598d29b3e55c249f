//! `bonafide intel validate`: STIX objects and patterns, judged.

use bonafide_intel::stix;

use crate::{
    cli::{Global, LinesInOut},
    command::intel::lines::{self, Answer},
    status::{Failure, Status},
};

pub(super) fn run(global: &Global, arguments: &LinesInOut) -> Result<Status, Failure> {
    lines::run(global, arguments, "cases", |line| {
        let answer = line.map_or_else(stix::Answer::failed, stix::answer_line);
        // Texts and lists of them: there is nothing that JSON could not hold.
        Answer { text: serde_json::to_string(&answer).unwrap_or_default(), problem: answer.problem }
    })
}
