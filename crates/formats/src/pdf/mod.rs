//! The PDF reader: text lines in reading order, hidden text, properties, links and pictures.
//!
//! [`read`] is the whole interface. Structure (objects, cross-reference data, encryption) is parsed by `lopdf`; everything above it
//! is done here, because what a reader of the page sees and does not see depends on colours, render modes, clipping and the order of
//! painting, which text extractors throw away.
//!
//! The names of the properties are documented in `docs/pdf-properties.md` of this crate.

mod canvas;
mod colour;
mod content;
mod filter;
mod font;
mod geometry;
mod layers;
mod lexer;
mod links;
mod page;
mod pictures;
mod properties;
mod strings;
mod structure;
#[cfg(test)]
mod tests;
mod values;
mod visible;

use self::{content::Shared, links::Annotations, pictures::Drawn, properties::Output, structure::Pdf};
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
    let mut annotations = Annotations::default();
    let mut drawn = Drawn::default();
    let mut scanned = 0;
    let mut output = Output::new(&pdf);
    for (number, page) in (1..).zip(&pages) {
        document.pages.push(PageSize { width: page.width as f32, height: page.height as f32 });
        let mut content = content::interpret(&pdf, page, &mut shared);
        drawn.note(&content.pictures, std::mem::take(&mut content.inline_pictures), number);
        shared.spend(&content);
        let seen = visible::lay_out(&pdf, page, &content, number);
        annotations.read(&pdf, page, &seen, number);
        if seen.recognised {
            output.add("ocr_layer", format!("page {number}"), "/Pages");
        }
        scanned += usize::from(seen.scanned);
        document.lines.extend(seen.lines);
        document.hidden.extend(seen.hidden);
    }
    shared.report(&pdf, &mut output);
    properties::read(&mut output, &pages, shared.fonts_used());
    document.pictures = pictures::read(&pdf, &drawn, &mut output);
    document.hidden.extend(output.hidden_texts());
    document.properties = output.into_properties();
    document.hidden.extend(annotations.comments);
    document.links = annotations.links;
    document.image_only = scanned > 0 && document.lines.is_empty();
    if document.image_only {
        pdf.note("the pages are pictures without text: a scan");
    }
    document.incomplete = pdf.into_notes();
    Ok(document)
}
