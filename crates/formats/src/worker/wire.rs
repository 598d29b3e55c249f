//! What parent and worker say to each other, as JSON in frames.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    document::Document,
    error::Error,
    image::{Inspected, PerceptualHash},
    limits::Limits,
    sheet::Workbook,
};

/// What a worker is asked to do with an artefact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Read a document, see [`crate::read::read`].
    Document,
    /// Inspect a picture, see [`crate::image::inspect`].
    Picture,
    /// Read the sheets of a spreadsheet, see [`crate::sheet::read`].
    Workbook,
}

/// What a picture tells, as it comes from a worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// SHA-256 of the bytes, lower case.
    pub sha256: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Perceptual hash of the whole, 16 hexadecimal digits.
    pub phash: Option<String>,
    /// Perceptual hash of the border region.
    pub background_phash: Option<String>,
    /// Perceptual hash of the centre.
    pub centre_phash: Option<String>,
    /// The program that the metadata names.
    pub software: Option<String>,
    /// Signs in the metadata that a generator made it.
    pub generator_signs: Vec<String>,
}

impl From<Inspected> for Picture {
    fn from(inspected: Inspected) -> Self {
        let text = |hash: Option<PerceptualHash>| hash.map(|hash| hash.to_string());
        Self {
            sha256: inspected.sha256,
            width: inspected.width,
            height: inspected.height,
            phash: text(inspected.phash),
            background_phash: text(inspected.background_phash),
            centre_phash: text(inspected.centre_phash),
            software: inspected.software,
            generator_signs: inspected.generator_signs,
        }
    }
}

/// The head of a request; the artefact's bytes follow it in the same frame.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) task: Task,
    pub(super) name: String,
    pub(super) limits: WireLimits,
}

/// [`Limits`] on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WireLimits {
    bytes: u64,
    unpacked: u64,
    parts: u32,
    nodes: u32,
    depth: u32,
    pages: u32,
    characters: u64,
    pixels: u64,
    time_ms: u64,
    memory: u64,
}

impl From<&Limits> for WireLimits {
    fn from(limits: &Limits) -> Self {
        Self {
            bytes: limits.bytes,
            unpacked: limits.unpacked,
            parts: limits.parts,
            nodes: limits.nodes,
            depth: limits.depth,
            pages: limits.pages,
            characters: limits.characters,
            pixels: limits.pixels,
            time_ms: u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX),
            memory: limits.memory,
        }
    }
}

impl From<WireLimits> for Limits {
    fn from(limits: WireLimits) -> Self {
        Self {
            bytes: limits.bytes,
            unpacked: limits.unpacked,
            parts: limits.parts,
            nodes: limits.nodes,
            depth: limits.depth,
            pages: limits.pages,
            characters: limits.characters,
            pixels: limits.pixels,
            time: Duration::from_millis(limits.time_ms),
            memory: limits.memory,
        }
    }
}

/// A worker's answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Response {
    Document(Box<Document>),
    Picture(Picture),
    Workbook(Workbook),
    Failed(WireError),
}

/// An [`Error`] on the wire; errors of the worker itself never travel.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WireError {
    OverLimit { format: String, what: String, limit: String },
    Malformed { format: String, why: String },
    Encrypted { format: String },
    Unsupported { name: String, why: String },
}

impl From<Error> for WireError {
    fn from(error: Error) -> Self {
        match error {
            Error::OverLimit { format, what, limit } => Self::OverLimit { format: format.to_owned(), what, limit },
            Error::Malformed { format, why } => Self::Malformed { format: format.to_owned(), why },
            Error::Encrypted { format } => Self::Encrypted { format: format.to_owned() },
            Error::Unsupported { name, why } => Self::Unsupported { name, why },
            other => Self::Malformed { format: "document".to_owned(), why: other.to_string() },
        }
    }
}

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        match error {
            WireError::OverLimit { format, what, limit } => Self::OverLimit { format: known(&format), what, limit },
            WireError::Malformed { format, why } => Self::Malformed { format: known(&format), why },
            WireError::Encrypted { format } => Self::Encrypted { format: known(&format) },
            WireError::Unsupported { name, why } => Self::Unsupported { name, why },
        }
    }
}

/// Names of formats are constants on this side of the pipe too.
fn known(format: &str) -> &'static str {
    ["PDF", "DOCX", "ZIP", "XML", "text", "image", "JPEG", "PNG", "WebP", "JSON", "CSV", "layout", "sheet"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(format))
        .unwrap_or("document")
}
