//! The widths of the glyphs of CID fonts (ISO 32000-2, 9.7.4.3).

use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use crate::pdf::structure::Pdf;

/// Widths kept one by one, and ranges of one width: a font has 65,536 CIDs.
const SINGLE: usize = 70_000;
const RANGES: usize = 2_000;

/// The `W` array, in thousandths of an em.
#[derive(Default)]
pub(super) struct CidWidths {
    single: HashMap<u32, f32>,
    /// First and last CID, and the width of all of them.
    ranges: Vec<(u32, u32, f32)>,
}

impl CidWidths {
    pub(super) fn read(pdf: &Pdf<'_>, descendant: &Dictionary) -> Self {
        let mut widths = Self::default();
        let number = |object: &Object| pdf.as_number(object).unwrap_or(0.0) as f32;
        let mut rest = pdf.array(descendant, "W").unwrap_or_default();
        while let [first, second, after @ ..] = rest {
            let Some(first) = pdf.as_number(first).map(|first| first as u32) else { break };
            match pdf.resolve(second) {
                Object::Array(list) => {
                    let room = SINGLE.saturating_sub(widths.single.len());
                    for (cid, width) in (first..=u32::MAX).zip(list.iter().take(room)) {
                        widths.single.entry(cid).or_insert_with(|| number(width));
                    }
                    rest = after;
                }
                last => {
                    let (Some(last), [width, after @ ..]) = (pdf.as_number(last), after) else { break };
                    if widths.ranges.len() < RANGES {
                        widths.ranges.push((first, last as u32, number(width)));
                    }
                    rest = after;
                }
            }
        }
        widths
    }

    pub(super) fn of(&self, cid: u32) -> Option<f32> {
        let in_range = || self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&cid)).map(|(.., width)| *width);
        self.single.get(&cid).copied().or_else(in_range)
    }
}
