//! One entry for all documents: the reader is chosen by content, and for text by name.

use crate::{document::Document, docx, error::Error, limits::Limits, pdf, text};

/// How far into a file the mark of a PDF is looked for: printers and mail gateways put bytes before it (ISO 32000-2, annex H.3.4.1
/// of its predecessor).
const PDF_MARK_WITHIN: usize = 1_024;

/// Reads a document: PDF, DOCX, plain text or Markdown.
///
/// # Errors
/// As the reader that its content calls for; [`Error::Unsupported`] where no reader fits, [`Error::OverLimit`] over the limit on
/// bytes.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Error::OverLimit {
            format: "document",
            what: format!("the file's size of {} bytes", bytes.len()),
            limit: format!("{} bytes", limits.bytes),
        });
    }
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return pdf::read(bytes, limits);
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) || bytes.starts_with(b"{\\rtf") {
        return docx::read(name, bytes, limits);
    }
    text::read(name, bytes, limits)
}

/// Whether a document must be read in a worker process: formats that were made to be attacked with.
#[must_use]
pub fn needs_isolation(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    head.windows(5).any(|window| window == b"%PDF-") || bytes.starts_with(b"PK")
}
