//! Marked content (ISO 32000-2, 14.6): replacement text and optional content.

use lopdf::Dictionary;

use super::Interpreter;
use crate::pdf::{font::Kind, lexer::Token, strings};

/// Nesting of marked content that is followed.
const NESTING: usize = 256;

/// One open sequence of marked content.
#[derive(Default)]
pub(super) struct Mark {
    /// Replacement text and the first glyph it stands for.
    actual_text: Option<(String, usize)>,
    /// In optional content that is off.
    hides: bool,
}

impl Interpreter<'_, '_> {
    /// `BMC` and `BDC`.
    pub(super) fn begin_marked(&mut self, operands: &[Token<'_>], resources: Option<&Dictionary>) {
        let mut mark = Mark::default();
        let properties = |name: &[u8]| {
            let properties = self.pdf.dictionary(resources?, "Properties")?;
            properties.get(name).ok()
        };
        match operands {
            [Token::Name(tag), Token::Name(name), ..] => {
                if let Some(object) = properties(name) {
                    if tag.as_ref() == b"OC" {
                        mark.hides = self.layers.hides(self.pdf, object);
                    }
                    let dictionary = crate::pdf::structure::as_dictionary(self.pdf.resolve(object));
                    let text =
                        dictionary.and_then(|dictionary| self.pdf.get(dictionary, "ActualText")).and_then(strings::text_of);
                    mark.actual_text = text.map(|text| (text, self.content.glyphs.len()));
                }
            }
            [Token::Name(_), Token::DictionaryStart, rest @ ..] => {
                let mut depth = 0;
                for pair in rest.windows(2) {
                    match pair {
                        [Token::DictionaryStart | Token::ArrayStart, _] => depth += 1,
                        [Token::DictionaryEnd | Token::ArrayEnd, _] => depth -= 1,
                        [Token::Name(key), Token::Text(value)] if depth == 0 && key.as_ref() == b"ActualText" => {
                            mark.actual_text = Some((strings::text(value), self.content.glyphs.len()));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        if self.marks.len() < NESTING {
            self.hidden_marks += u32::from(mark.hides);
            self.marks.push(mark);
        } else {
            self.overflowing_marks += 1;
        }
    }

    /// `EMC`.
    pub(super) fn end_marked(&mut self) {
        if self.overflowing_marks > 0 {
            self.overflowing_marks -= 1;
            return;
        }
        let Some(mark) = self.marks.pop() else { return };
        self.hidden_marks -= u32::from(mark.hides);
        if let Some((text, first)) = mark.actual_text {
            self.replace(&text, first);
        }
    }

    /// Puts replacement text in place of glyphs.
    ///
    /// A reader of the page sees the glyphs, so replacement text is believed where the glyphs have no text of their own or say nearly
    /// the same (ligatures, hyphens, bullets); where it says something else the glyphs stand and the replacement is hidden text.
    fn replace(&mut self, text: &str, first: usize) {
        let glyphs = self.content.glyphs.get_mut(first..).unwrap_or_default();
        let shown: String = glyphs.iter().map(|glyph| &self.content.text[glyph.text.clone()]).collect();
        let unmapped = glyphs.iter().any(|glyph| glyph.kind == Kind::Unmapped);
        let (seen, said) = (letters(&shown), letters(text));
        let believed = if seen == said || said.is_empty() {
            unmapped
        } else if seen.is_empty() {
            unmapped || said.chars().count() <= 3
        } else {
            unmapped || (!is_part(&seen, &said) && agrees(&seen, &said))
        };
        // Names of icons and of what follows them are alternative text of the honest kind: a few letters more than what is shown.
        let added = said.chars().count().saturating_sub(seen.chars().count());
        let telling = !believed && if seen.is_empty() || is_part(&seen, &said) { added >= 25 } else { !said.is_empty() };
        match glyphs {
            [head, tail @ ..] if believed => {
                let start = self.content.text.len();
                self.content.text.push_str(text);
                head.text = start..self.content.text.len();
                head.kind = Kind::Text;
                for glyph in tail {
                    glyph.text = start..start;
                    glyph.kind = Kind::Text;
                    // One wide glyph on its line; glyphs of later lines are gone.
                    if glyph.end.0 > head.end.0 && (glyph.origin.1 - head.origin.1).abs() < f64::from(head.size) * 0.5 {
                        head.end = glyph.end;
                    }
                }
            }
            _ if telling => self.content.unseen.push(text.to_owned()),
            _ => {}
        }
    }
}

fn letters(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|character| character.is_alphanumeric()).collect()
}

/// Whether all letters shown are in the replacement text, in their order.
fn is_part(shown: &str, said: &str) -> bool {
    let mut rest = said.chars();
    shown.chars().all(|character| rest.any(|other| other == character))
}

/// Whether replacement text differs from the glyphs by little: one in four letters at most.
fn agrees(shown: &str, said: &str) -> bool {
    let mut rest: Vec<char> = shown.chars().collect();
    let all = said.chars().count().max(rest.len());
    let missing = said
        .chars()
        .filter(|character| match rest.iter().position(|other| other == character) {
            Some(index) => {
                rest.swap_remove(index);
                false
            }
            None => true,
        })
        .count();
    (missing + rest.len()) * 4 <= all
}
