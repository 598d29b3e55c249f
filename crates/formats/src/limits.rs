//! Limits on what a reader of foreign bytes may use.

use std::time::Duration;

/// Limits on one artefact. Over a limit the answer is an error or an entry in `incomplete`, never silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the artefact itself.
    pub bytes: u64,
    /// Bytes that all parts together may unpack to.
    pub unpacked: u64,
    /// Parts of a container: zip entries, PDF objects, records.
    pub parts: u32,
    /// Nodes of one tree: JSON values and keys, XML elements and texts.
    pub nodes: u32,
    /// Nesting of objects, elements or references.
    pub depth: u32,
    /// Pages, or screens of text.
    pub pages: u32,
    /// Characters of text kept.
    pub characters: u64,
    /// Pixels of one picture.
    pub pixels: u64,
    /// Wall time of one artefact in the worker.
    pub time: Duration,
    /// Memory of one worker, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    /// Room for any honest application, far below what harms: 32 MiB files, 64 MiB unpacked, 200 pages, 2 s, 160 MiB.
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            unpacked: 64 << 20,
            parts: 200_000,
            nodes: 4_000_000,
            depth: 128,
            pages: 200,
            characters: 2_000_000,
            pixels: 40_000_000,
            time: Duration::from_secs(2),
            memory: 160 << 20,
        }
    }
}
