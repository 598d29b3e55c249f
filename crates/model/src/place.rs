//! Where in a source something stands.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hash::ContentHash;

/// One artefact from which facts were read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// How the artefact is named to people: its path inside the application folder, or the name of the file and the record.
    pub name: String,
    /// Hash of the artefact's bytes (for a record of a set: of that record alone).
    pub content: ContentHash,
}

/// A rectangle on a page, in PDF points (1/72 inch) from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct PageBox {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

/// The place inside a source.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The source as a whole: a property of the file, or a summary of many of its records.
    #[default]
    Whole,
    /// A rectangle on a page; pages count from 1.
    Page {
        /// Page number, from 1.
        page: u32,
        /// The rectangle.
        #[serde(rename = "box")]
        area: PageBox,
    },
    /// A byte range of a text source, and the line it starts on.
    Text {
        /// Line number, from 1.
        line: u32,
        /// First byte and the byte behind the last.
        span: (u64, u64),
    },
    /// A part inside a container, such as `word/settings.xml` in a DOCX or `/Info` in a PDF; for DOCX text with its paragraph.
    Part {
        /// Name of the part.
        part: String,
        /// Paragraph or row inside the part, from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    },
    /// An interval of a recording, in seconds.
    Seconds {
        /// Start.
        from: f32,
        /// End.
        to: f32,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Page { page, .. } => write!(formatter, "page {page}"),
            Self::Text { line, .. } => write!(formatter, "line {line}"),
            Self::Part { part, line: Some(line) } => write!(formatter, "{part}, paragraph {line}"),
            Self::Part { part, line: None } => formatter.write_str(part),
            Self::Seconds { from, to } => write!(formatter, "{from:.1}–{to:.1} s"),
        }
    }
}
