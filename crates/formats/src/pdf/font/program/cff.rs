//! Compact Font Format (Adobe Technical Note 5176): glyph names, built-in encoding, CIDs.

use std::collections::HashMap;

use super::{Program, Reader};
use crate::pdf::font::{GlyphText, encoding::Encoding, glyph_names};

/// Number of strings that need not be written out (Appendix A).
const STANDARD_STRINGS: usize = 391;
/// The first 228 of them, as characters: the ISOAdobe character set.
const STANDARD_CHARACTERS: &str = " !\"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ–†‡·¶•‚„”»…‰¿`´ˆ˜¯˘˙¨˚¸˝˛ˇ—ÆªŁØŒºæıłøœß¹¬µ™Ð½±Þ¼÷¦°þ¾²®−ð×³©ÁÂÄÀÅÃÇÉÊËÈÍÎÏÌÑÓÔÖÒÕŠÚÛÜÙÝŸŽáâäàåãçéêëèíîïìñóôöòõšúûüùýÿž";

pub(super) fn parse(bytes: &[u8]) -> Option<Program> {
    let file = Reader(bytes);
    let header = usize::from(file.u8(2)?);
    let (_, after_names) = index(file, header)?;
    let (tops, after_tops) = index(file, after_names)?;
    let (strings, _) = index(file, after_tops)?;
    let top = TopDictionary::read(tops.first()?);
    let (glyphs, _) = index(file, top.char_strings?)?;
    let count = glyphs.len();
    let sids = charset(file, top.charset, count);
    let mut program = Program { complete: true, ..Program::default() };
    if top.cid_keyed {
        let cids: HashMap<u32, u16> = sids.iter().enumerate().map(|(glyph, &cid)| (u32::from(cid), glyph as u16)).collect();
        program.glyph_of_cid = Some(cids);
        program.complete = false;
        return Some(program);
    }
    let name = |sid: u16| -> GlyphText {
        let sid = usize::from(sid);
        let text = match sid.checked_sub(STANDARD_STRINGS) {
            Some(custom) => strings.get(custom).and_then(|name| glyph_names::text(std::str::from_utf8(name).ok()?)),
            None => sid.checked_sub(1).and_then(|index| STANDARD_CHARACTERS.chars().nth(index)).map(GlyphText::One),
        };
        text.unwrap_or_default()
    };
    program.texts = sids.iter().map(|&sid| name(sid)).collect();
    program.glyph_of_code = vec![0; 256];
    if top.encoding <= 1 {
        // Standard encoding: by the character of each glyph.
        for (glyph, text) in program.texts.iter().enumerate() {
            if let GlyphText::One(character) = text
                && let Some(code) = (0..=255_u8).find(|&code| Encoding::Standard.character(code) == Some(*character))
            {
                program.glyph_of_code[usize::from(code)] = glyph as u16;
            }
        }
    } else {
        read_encoding(file, top.encoding, &sids, &mut program);
    }
    Some(program)
}

/// The entries of an INDEX and the place behind it.
fn index(file: Reader<'_>, at: usize) -> Option<(Vec<&[u8]>, usize)> {
    let count = usize::from(file.u16(at)?);
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = usize::from(file.u8(at + 2)?);
    if !(1..=4).contains(&size) {
        return None;
    }
    let data = at + 3 + (count + 1) * size - 1;
    let offset = |entry: usize| file.sized(at + 3 + entry * size, size);
    let mut entries = Vec::with_capacity(count.min(file.0.len() / size));
    for entry in 0..count {
        let (start, end) = (offset(entry)?, offset(entry + 1)?);
        entries.push(file.0.get(data.checked_add(start)?..data.checked_add(end)?)?);
    }
    Some((entries, data.checked_add(offset(count)?)?))
}

/// The operators of a Top DICT that lead to the names of glyphs.
#[derive(Default)]
struct TopDictionary {
    charset: usize,
    encoding: usize,
    char_strings: Option<usize>,
    cid_keyed: bool,
}

impl TopDictionary {
    fn read(bytes: &[u8]) -> Self {
        let mut top = Self::default();
        let data = Reader(bytes);
        let mut operand: i64 = 0;
        let mut at = 0;
        while let Some(byte) = data.u8(at) {
            at += 1;
            let place = usize::try_from(operand).unwrap_or(0);
            match byte {
                12 => {
                    top.cid_keyed |= data.u8(at) == Some(30);
                    at += 1;
                }
                15 => top.charset = place,
                16 => top.encoding = place,
                17 => top.char_strings = Some(place),
                28 => {
                    operand = data.u16(at).map_or(0, |value| i64::from(value as i16));
                    at += 2;
                }
                29 => {
                    operand = data.u32(at).map_or(0, |value| i64::from(value as i32));
                    at += 4;
                }
                30 => {
                    // A real number: nibbles up to one that is 15.
                    while let Some(pair) = data.u8(at) {
                        at += 1;
                        if pair >> 4 == 15 || pair & 15 == 15 {
                            break;
                        }
                    }
                }
                32..=246 => operand = i64::from(byte) - 139,
                247..=250 => {
                    operand = (i64::from(byte) - 247) * 256 + i64::from(data.u8(at).unwrap_or(0)) + 108;
                    at += 1;
                }
                251..=254 => {
                    operand = -(i64::from(byte) - 251) * 256 - i64::from(data.u8(at).unwrap_or(0)) - 108;
                    at += 1;
                }
                _ => {}
            }
        }
        top
    }
}

/// The string or CID of each glyph.
fn charset(file: Reader<'_>, at: usize, count: usize) -> Vec<u16> {
    if at <= 2 {
        // Predefined: ISOAdobe numbers its glyphs as its strings; the expert sets are not text fonts.
        return (0..count.min(229)).map(|sid| if at == 0 { sid as u16 } else { 0 }).collect();
    }
    let mut sids = vec![0];
    let mut place = at + 1;
    match file.u8(at) {
        Some(0) => {
            while sids.len() < count
                && let Some(sid) = file.u16(place)
            {
                sids.push(sid);
                place += 2;
            }
        }
        Some(format @ (1 | 2)) => {
            let width = usize::from(format);
            while sids.len() < count
                && let (Some(first), Some(left)) = (file.u16(place), file.sized(place + 2, width))
            {
                let room = count - sids.len();
                sids.extend((0..=left).take(room).map(|step| first.wrapping_add(step as u16)));
                place += 2 + width;
            }
        }
        _ => {}
    }
    sids
}

fn read_encoding(file: Reader<'_>, at: usize, sids: &[u16], program: &mut Program) {
    let Some(format) = file.u8(at) else { return };
    let count = usize::from(file.u8(at + 1).unwrap_or(0));
    let mut place = at + 2;
    let mut glyph = 1_u16;
    match format & 0x7F {
        0 => {
            for _ in 0..count {
                let Some(code) = file.u8(place) else { return };
                program.glyph_of_code[usize::from(code)] = glyph;
                glyph = glyph.saturating_add(1);
                place += 1;
            }
        }
        1 => {
            for _ in 0..count {
                let (Some(first), Some(left)) = (file.u8(place), file.u8(place + 1)) else { return };
                for step in 0..=left {
                    program.glyph_of_code[usize::from(first.wrapping_add(step))] = glyph;
                    glyph = glyph.saturating_add(1);
                }
                place += 2;
            }
        }
        _ => return,
    }
    if format & 0x80 != 0 {
        let supplements = usize::from(file.u8(place).unwrap_or(0));
        for supplement in 0..supplements {
            let at = place + 1 + supplement * 3;
            let (Some(code), Some(sid)) = (file.u8(at), file.u16(at + 1)) else { return };
            if let Some(glyph) = sids.iter().position(|&other| other == sid) {
                program.glyph_of_code[usize::from(code)] = glyph as u16;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_characters_are_in_their_places() {
        let at = |sid: usize| STANDARD_CHARACTERS.chars().nth(sid - 1);
        assert_eq!(STANDARD_CHARACTERS.chars().count(), 228);
        assert_eq!(
            (at(1), at(34), at(66), at(109), at(116), at(149)),
            (Some(' '), Some('A'), Some('a'), Some('ﬁ'), Some('•'), Some('ß'))
        );
        assert_eq!((at(150), at(170), at(171), at(200), at(228)), (Some('¹'), Some('©'), Some('Á'), Some('á'), Some('ž')));
    }

    #[test]
    fn small_font_with_custom_name_and_encoding() {
        fn index_of(entries: &[&[u8]]) -> Vec<u8> {
            let mut bytes = (entries.len() as u16).to_be_bytes().to_vec();
            if entries.is_empty() {
                return bytes;
            }
            bytes.push(1);
            let mut offset = 1_u8;
            bytes.push(offset);
            for entry in entries {
                offset += entry.len() as u8;
                bytes.push(offset);
            }
            entries.iter().for_each(|entry| bytes.extend_from_slice(entry));
            bytes
        }
        // charset, encoding and char strings are placed by 16-bit numbers so that the dictionary has a fixed size
        let top = |charset: u16, encoding: u16, glyphs: u16| {
            let mut bytes = Vec::new();
            for (place, operator) in [(charset, 15), (encoding, 16), (glyphs, 17)] {
                bytes.push(28);
                bytes.extend(place.to_be_bytes());
                bytes.push(operator);
            }
            bytes
        };
        let head =
            |top: &[u8]| [vec![1, 0, 4, 1], index_of(&[b"F"]), index_of(&[top]), index_of(&[b"eacute"]), vec![0, 0]].concat();
        let length = head(&top(0, 0, 0)).len() as u16;
        let charset = [0, 0, 34, 1, 135]; // A (34), first custom string (391)
        let encoding = [0, 2, b'x', b'y'];
        let glyphs = index_of(&[b"\x0e", b"\x0e", b"\x0e"]);
        let font = [&head(&top(length, length + 5, length + 9))[..], &charset, &encoding, &glyphs].concat();
        let program = parse(&font).unwrap();
        assert_eq!(program.text_of_code(b'x'), Some(GlyphText::One('A')));
        assert_eq!(program.text_of_code(b'y'), Some(GlyphText::One('é')));
        assert_eq!(program.text_of_code(b'z'), None);
    }
}
