//! The PDF reader: text lines in reading order, hidden text, properties, links and pictures.
//!
//! [`read`] is the whole interface. Structure (objects, cross-reference data, encryption) is parsed by `lopdf`; everything above it
//! is done here, because what a reader of the page sees and does not see depends on colours, render modes, clipping and the order of
//! painting, which text extractors throw away.
//!
//! # Properties
//!
//! See `docs/properties.md` of this crate for the names under which properties are given.

#![allow(dead_code)]

mod canvas;
mod colour;
mod content;
mod filter;
mod font;
mod geometry;
mod layers;
mod lexer;
mod page;
mod strings;
mod structure;
mod visible;

use self::{content::Shared, structure::Pdf};
use crate::{
    document::{Document, DocumentFormat, PageSize},
    error::Error,
    limits::Limits,
};

/// Reads a PDF.
///
/// # Errors
///
/// [`Error::Encrypted`] where a password is needed, [`Error::OverLimit`] where the file or its structure exceeds a limit, and
/// [`Error::Malformed`] where no structure can be found. A document that is damaged or cut short in parts is read as far as it goes,
/// with a sentence for each such part in [`Document::incomplete`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let pdf = Pdf::load(bytes, limits)?;
    let mut document = Document { format: DocumentFormat::Pdf, ..Document::default() };
    if pdf.repaired {
        pdf.note("the cross-reference data is damaged; objects were found by scanning the file");
    }
    let pages = page::pages(&pdf);
    let mut shared = Shared::new(&pdf);
    let mut scanned = 0;
    for (index, page) in pages.iter().enumerate() {
        document.pages.push(PageSize { width: page.width as f32, height: page.height as f32 });
        let content = content::interpret(&pdf, page, &mut shared);
        let seen = visible::lay_out(&pdf, page, &content, index as u32 + 1);
        shared.spend(&content);
        scanned += usize::from(seen.scanned);
        document.lines.extend(seen.lines);
        document.hidden.extend(seen.hidden);
    }
    document.image_only = scanned > 0 && document.lines.is_empty();
    document.incomplete = pdf.into_notes();
    Ok(document)
}
