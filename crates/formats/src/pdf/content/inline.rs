//! Inline pictures (ISO 32000-2, 8.9.7).

use lopdf::{Dictionary, Object, Stream, StringFormat};

use super::{Interpreter, Running};
use crate::pdf::{
    colour::Ink,
    geometry::Rect,
    lexer::{Lexer, Token, is_space},
    pictures,
};

/// A picture that stands in a content stream.
pub(in crate::pdf) struct InlinePicture {
    pub(in crate::pdf) dictionary: Dictionary,
    pub(in crate::pdf) data: Vec<u8>,
    pub(in crate::pdf) place: Rect,
}

/// Inline pictures kept of one page, and bytes of one.
const PICTURES: usize = 200;
const PICTURE_BYTES: usize = 4 << 20;

impl<'p> Interpreter<'p, '_> {
    /// `BI` to `EI`; the lexer stands behind `BI`.
    pub(super) fn inline_picture(&mut self, lexer: &mut Lexer<'_>, stream: &Running<'p>) {
        let mut dictionary = Dictionary::new();
        let mut key: Option<Vec<u8>> = None;
        let mut array: Option<Vec<Object>> = None;
        loop {
            let value = match lexer.next() {
                None | Some(Token::Word(b"EI")) => return,
                Some(Token::Word(b"ID")) => break,
                Some(Token::Word(b"true")) => Object::Boolean(true),
                Some(Token::Name(name)) if key.is_none() => {
                    key = Some(long_key(&name).to_vec());
                    continue;
                }
                Some(Token::Name(name)) => Object::Name(name.into_owned()),
                Some(Token::Number(number)) if number.fract() == 0.0 => Object::Integer(number as i64),
                Some(Token::Number(number)) => Object::Real(number as f32),
                Some(Token::Text(text)) => Object::String(text.into_owned(), StringFormat::Hexadecimal),
                Some(Token::ArrayStart) => {
                    array = Some(Vec::new());
                    continue;
                }
                Some(Token::ArrayEnd) => Object::Array(array.take().unwrap_or_default()),
                Some(_) => continue,
            };
            match (&mut array, key.take()) {
                (Some(items), kept) => {
                    items.push(value);
                    key = kept;
                }
                (None, Some(key)) if dictionary.len() < 50 => dictionary.set(key, value),
                _ => {}
            }
        }
        // One white-space byte stands between `ID` and the data.
        let rest = lexer.rest();
        let rest = if rest.first().is_some_and(|&byte| is_space(byte)) { &rest[1..] } else { rest };
        let start = lexer.place() + (lexer.rest().len() - rest.len());
        let (length, skipped) = data_length(rest, self.exact_length(&dictionary));
        lexer.seek(start + skipped);
        if self.hidden_marks == 0 {
            let order = self.next_order();
            self.painted_through(Ink::Unknown);
            let place = stream.state().matrix.bounds(Rect::UNIT).intersection(stream.state().clip);
            let stencil = matches!(dictionary.get(b"ImageMask"), Ok(Object::Boolean(true)));
            let masked = stencil || dictionary.has(b"Mask") || dictionary.has(b"SMask");
            let picture = Stream::new(dictionary, rest.get(..length.min(PICTURE_BYTES)).unwrap_or_default().to_vec());
            let ink = if masked { None } else { pictures::only_colour(self.pdf, &picture) };
            self.paint_picture(order, place, stencil, ink.unwrap_or(Ink::Unknown), stream.state());
            if self.content.inline_pictures.len() < PICTURES && length <= PICTURE_BYTES {
                self.content.inline_pictures.push(InlinePicture { dictionary: picture.dict, data: picture.content, place });
            }
        }
    }

    /// Length of unfiltered data, which its dimensions give.
    fn exact_length(&self, dictionary: &Dictionary) -> Option<usize> {
        if dictionary.has(b"Filter") {
            return None;
        }
        let number = |key: &str| self.pdf.integer(dictionary, key).and_then(|value| usize::try_from(value).ok());
        let stencil = matches!(dictionary.get(b"ImageMask"), Ok(Object::Boolean(true)));
        let bits = if stencil { 1 } else { number("BitsPerComponent")? };
        let components = match dictionary.get(b"ColorSpace") {
            _ if stencil => 1,
            Ok(Object::Name(name)) => match name.as_slice() {
                b"G" | b"DeviceGray" => 1,
                b"RGB" | b"DeviceRGB" => 3,
                b"CMYK" | b"DeviceCMYK" => 4,
                _ => return None,
            },
            Ok(Object::Array(_)) => 1,
            _ => return None,
        };
        let row = number("Width")?.checked_mul(bits)?.checked_mul(components)?.div_ceil(8);
        row.checked_mul(number("Height")?)
    }
}

/// Length of the data, and of the data with the `EI` behind it.
fn data_length(rest: &[u8], exact: Option<usize>) -> (usize, usize) {
    if let Some(length) = exact
        && let Some(after) = rest.get(length..)
    {
        let space = after.iter().take_while(|&&byte| is_space(byte)).count();
        if after[space..].starts_with(b"EI") {
            return (length, length + space + 2);
        }
    }
    let mut from = 0;
    while let Some(at) = rest[from..].windows(2).position(|pair| pair == b"EI") {
        let at = from + at;
        let before = at == 0 || is_space(rest[at - 1]);
        let after = rest.get(at + 2).is_none_or(|&byte| is_space(byte));
        // Binary data may hold `EI` between blanks: what follows the real one is text.
        let textual = rest[at + 2..].iter().take(12).all(|&byte| matches!(byte, 0x20..=0x7E | b'\n' | b'\r' | b'\t' | 0));
        if before && after && textual {
            return (at.saturating_sub(1), at + 2);
        }
        from = at + 2;
    }
    (rest.len(), rest.len())
}

fn long_key(key: &[u8]) -> &[u8] {
    match key {
        b"BPC" => b"BitsPerComponent",
        b"CS" => b"ColorSpace",
        b"D" => b"Decode",
        b"DP" => b"DecodeParms",
        b"F" => b"Filter",
        b"H" => b"Height",
        b"IM" => b"ImageMask",
        b"I" => b"Interpolate",
        b"W" => b"Width",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_behind_data_that_look_like_it() {
        assert_eq!(data_length(b"ab EI\x01 cd\nEI\nQ q", None), (9, 12));
        assert_eq!(data_length(b"a EI EI b EI Q", Some(9)), (9, 12));
        assert_eq!(data_length(b"never ends", None), (10, 10));
    }
}
