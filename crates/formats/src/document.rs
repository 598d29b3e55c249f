//! What every document reader answers with: text lines in reading order with places and typography, properties, hidden text, links
//! and pictures.

use bonafide_model::{
    fact::Hiding,
    place::{PageBox, Place},
};
use serde::{Deserialize, Serialize};

/// A document as structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Which reader made it.
    pub format: DocumentFormat,
    /// Page sizes in points; empty for formats without pages.
    pub pages: Vec<PageSize>,
    /// Visible text lines in reading order: column by column where a page has columns.
    pub lines: Vec<Line>,
    /// Properties of the file, such as `author` or `rsid_root`; names as in the résumé reader's `meta` object. A property with
    /// several values stands several times.
    pub properties: Vec<Property>,
    /// Text that a reader does not see.
    pub hidden: Vec<Hidden>,
    /// Link targets.
    pub links: Vec<DocumentLink>,
    /// Embedded pictures.
    pub pictures: Vec<EmbeddedPicture>,
    /// Whether pages hold pictures and no text: a scan.
    pub image_only: bool,
    /// What could not be read or was cut short, one sentence each; empty when all was read.
    pub incomplete: Vec<String>,
}

/// The formats of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentFormat {
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// Office Open XML word processing (ISO/IEC 29500).
    Docx,
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
}

/// Size of a page in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageSize {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// One visible line of text.
///
/// A table row or a line with tab stops is one line whose parts are told apart by [`Line::gaps`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Text without its bullet glyph, inner white space folded to single spaces.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Page from 1; 1 for formats without pages.
    pub page: u32,
    /// Rectangle on the page; zero for formats without positions.
    pub area: PageBox,
    /// Number of the column on the page from 0 (left to right); a line across all columns has [`Line::FULL_WIDTH`].
    pub column: u16,
    /// Largest letter size in the line, in points; 0 where unknown.
    pub size: f32,
    /// Whether all letters are bold.
    pub bold: bool,
    /// Whether all letters are italic.
    pub italic: bool,
    /// The bullet glyph that was cut off, where the line starts a list item.
    pub bullet: Option<char>,
    /// Style name of the paragraph (DOCX) or heading mark (Markdown: `h1` …).
    pub style: Option<String>,
    /// Level of a heading from 1, where the format itself says that the line is one (outline level, heading mark).
    #[serde(default)]
    pub heading: Option<u8>,
    /// Byte offsets into `text` where a gap much wider than a word space stands (tab stop, table cell, flush-right date): the space
    /// there is the gap.
    pub gaps: Vec<u32>,
    /// For each gap where it begins and ends on the page, from left to right in points; empty for formats without positions.
    #[serde(default)]
    pub gap_spans: Vec<(f32, f32)>,
    /// Where letters change inside the line: byte offset at which each run starts.
    pub runs: Vec<Run>,
    /// Whether a vertical distance clearly larger than the usual line pitch precedes the line.
    pub space_before: bool,
}

impl Line {
    /// The column of a line across all columns.
    pub const FULL_WIDTH: u16 = u16::MAX;
}

/// A run of letters of one appearance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Byte offset into the line's text.
    pub start: u32,
    /// Letter size in points; 0 where unknown.
    pub size: f32,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// A property of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Property {
    /// Name, such as `author`.
    pub name: String,
    /// Value as text.
    pub value: String,
    /// The part it was read from, such as `docProps/core.xml` or `/Info`.
    pub part: String,
}

/// Text that a reader does not see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hidden {
    /// How it is hidden.
    pub hiding: Hiding,
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A link target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentLink {
    /// The target as written, such as `mailto:a@x.example`.
    pub target: String,
    /// The visible text over the link, where there is any.
    pub shown: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// An embedded picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmbeddedPicture {
    /// SHA-256 of the raw bytes as they stand in the file (PDF: the stream as stored), lower case.
    pub sha256: String,
    /// Width in pixels; 0 where unknown.
    pub width: u32,
    /// Height in pixels; 0 where unknown.
    pub height: u32,
    /// 64-bit perceptual hash, 16 hexadecimal digits, where the picture could be decoded.
    pub phash: Option<String>,
    /// Software named in its metadata.
    pub software: Option<String>,
    /// Where it stands.
    pub place: Place,
}
