//! What a reader has to say beside the facts: nothing that was handed in is dropped without a word.

use std::{cell::RefCell, collections::BTreeMap, fmt};

use bonafide_formats::json::Node;
use serde::{Deserialize, Serialize};

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// A field that this version does not know. Its value is in the stored original.
    UnknownField,
    /// A value that could not be understood as what its field asks for. It is in the stored original.
    Unreadable,
    /// A file that this version does not read, or whose purpose is not known.
    NotRead,
    /// Something was left out over a limit; what was read is incomplete.
    OverLimit,
    /// Something has to be fetched or done before the application is complete.
    Needed,
    /// A file has to be fetched and put beside before the application is complete.
    FileNeeded,
    /// Two statements of the input about itself do not fit.
    Conflict,
    /// The text is in another encoding than UTF-8; places refer to the decoded text.
    Encoding,
    /// The event of an applicant system is another than the announcement of a new application.
    OtherEvent,
    /// An answer about gender, ethnicity, disability and the like: never read.
    Withheld,
}

impl RemarkKind {
    /// Whether something of the application is missing from the facts, so that "nothing found" may not be said of it.
    #[must_use]
    pub const fn is_incomplete(self) -> bool {
        matches!(self, Self::Unreadable | Self::NotRead | Self::OverLimit | Self::Needed | Self::FileNeeded)
    }
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// The artefact, by its path inside the application folder.
    pub source: String,
    /// Line, from 1, where the artefact has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The field as JSON pointer (RFC 6901), where the artefact is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was seen and what to do, one sentence.
    pub text: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.source)?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        if let Some(field) = &self.field {
            write!(formatter, ", {field}")?;
        }
        // Readers' errors name the artefact first too.
        let text = self.text.strip_prefix(&self.source).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&self.text);
        write!(formatter, ": {text}")
    }
}

/// Remarks of one kind kept for one artefact; a hostile file has a million unknown fields.
const KEPT: usize = 32;

/// Collects the remarks on one artefact.
#[derive(Clone, Debug)]
pub(crate) struct Remarks {
    source: String,
    found: RefCell<Vec<Remark>>,
    counts: RefCell<BTreeMap<RemarkKind, usize>>,
}

impl Remarks {
    pub(crate) fn on(source: &str) -> Self {
        Self { source: source.to_owned(), found: RefCell::default(), counts: RefCell::default() }
    }

    /// A remark on the artefact as a whole.
    pub(crate) fn say(&self, kind: RemarkKind, text: impl Into<String>) {
        self.push(kind, |source| Remark { kind, source, line: None, field: None, text: text.into() });
    }

    /// A remark on a line.
    pub(crate) fn say_line(&self, kind: RemarkKind, line: u32, text: impl Into<String>) {
        self.push(kind, |source| Remark { kind, source, line: Some(line), field: None, text: text.into() });
    }

    /// A remark on a JSON value.
    pub(crate) fn say_of(&self, kind: RemarkKind, node: Node<'_>, text: impl Into<String>) {
        self.push(kind, |source| {
            let field = Some(node.path()).filter(|path| !path.is_empty());
            Remark { kind, source, line: Some(node.line()), field, text: text.into() }
        });
    }

    fn push(&self, kind: RemarkKind, remark: impl FnOnce(String) -> Remark) {
        let mut counts = self.counts.borrow_mut();
        let count = counts.entry(kind).or_insert(0);
        *count += 1;
        if *count <= KEPT {
            self.found.borrow_mut().push(remark(self.source.clone()));
        }
    }

    pub(crate) fn into_list(self) -> Vec<Remark> {
        let mut list = self.found.into_inner();
        for (kind, count) in self.counts.into_inner().into_iter().filter(|(_, count)| *count > KEPT) {
            let text = format!("{} more remarks of this kind on this file", count - KEPT);
            list.push(Remark { kind, source: self.source.clone(), line: None, field: None, text });
        }
        list
    }
}
