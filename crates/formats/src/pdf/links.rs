//! Link annotations (ISO 32000-2, 12.5.6.5) and comments, with the text that stands under them.

use bonafide_model::{fact::Hiding, place::Place};
use lopdf::{Dictionary, Object};

use super::{
    geometry::Rect,
    page::Page,
    strings::text_of,
    structure::{Pdf, as_dictionary},
    visible::{Seen, page_box},
};
use crate::document::{DocumentLink, Hidden};

/// Annotations followed on one page, and links and comments kept of one document.
const ANNOTATIONS: usize = 5_000;
const KEPT: usize = 2_000;
/// Letters looked at for standing under links, in all.
const LOOKS: usize = 10_000_000;

/// What the annotations of pages say.
#[derive(Default)]
pub(super) struct Annotations {
    pub(super) links: Vec<DocumentLink>,
    /// Letters that were looked at for standing under links.
    looks: usize,
    pub(super) comments: Vec<Hidden>,
}

/// The flags *hidden* and *no view* (12.5.3).
pub(super) const HIDDEN: i64 = 1 << 1 | 1 << 5;

impl Annotations {
    pub(super) fn read(&mut self, pdf: &Pdf<'_>, page: &Page<'_>, seen: &Seen<'_>, number: u32) {
        for annotation in pdf.array(page.dictionary, "Annots").unwrap_or_default().iter().take(ANNOTATIONS) {
            if self.links.len() + self.comments.len() >= KEPT {
                pdf.note(format!("only the first {KEPT} links and comments were kept"));
                return;
            }
            let Some(annotation) = as_dictionary(pdf.resolve(annotation)) else { continue };
            let area = match pdf.array(annotation, "Rect").map(|array| pdf.numbers(array)).as_deref() {
                Some(&[x0, y0, x1, y1]) => page.to_page.bounds(Rect::from_corners(x0, y0, x1, y1)),
                _ => Rect::from_corners(0.0, 0.0, 0.0, 0.0),
            };
            let place = Place::Page { page: number, area: page_box(area) };
            match pdf.name(annotation, "Subtype") {
                Some(b"Link") => {
                    if let Some(target) = target(pdf, annotation) {
                        self.looks = self.looks.saturating_add(seen.len());
                        let shown = if self.looks <= LOOKS { seen.text_in(area) } else { None };
                        if self.looks > LOOKS {
                            pdf.note("there are too many links over too much text: what stands under some of them was not read");
                        }
                        self.links.push(DocumentLink { target, shown, place });
                    }
                }
                // Pop-ups repeat the text of what they belong to.
                Some(b"Popup") | None => {}
                Some(_) => {
                    // What these show is read with the page, unless they are hidden.
                    let hidden = pdf.integer(annotation, "F").unwrap_or(0) & HIDDEN != 0;
                    let shown = !hidden && matches!(pdf.name(annotation, "Subtype"), Some(b"FreeText" | b"Widget"));
                    for key in ["Contents", "RC", "TU", "V"] {
                        if let Some(text) = pdf
                            .get(annotation, key)
                            .and_then(text_of)
                            .filter(|text| !shown && text.chars().any(char::is_alphanumeric))
                        {
                            self.comments.push(Hidden { hiding: Hiding::Metadata, text, place: place.clone() });
                            break;
                        }
                    }
                }
            }
        }
    }
}

/// Where a link leads outside the document.
fn target(pdf: &Pdf<'_>, annotation: &Dictionary) -> Option<String> {
    ["A", "PA"].iter().find_map(|key| {
        let action = pdf.dictionary(annotation, key)?;
        let target = match pdf.name(action, "S") {
            Some(b"GoToR" | b"Launch") => match pdf.get(action, "F")? {
                Object::String(..) => pdf.get(action, "F").and_then(text_of),
                file => {
                    as_dictionary(file).and_then(|file| ["UF", "F"].iter().find_map(|key| pdf.get(file, key).and_then(text_of)))
                }
            },
            _ => pdf.get(action, "URI").and_then(text_of),
        };
        target.map(|target| target.trim().to_owned()).filter(|target| !target.is_empty())
    })
}
