//! Embedded font programs, as far as they say which character a glyph is.

mod cff;
mod sfnt;
mod type1;

use std::collections::HashMap;

use super::GlyphText;

/// What a font program says about its glyphs.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// Text of each glyph by glyph index.
    texts: Vec<GlyphText>,
    /// Built-in encoding: glyph index of each code; 0 where there is none.
    glyph_of_code: Vec<u16>,
    /// Glyph index of each CID, for CID-keyed fonts.
    glyph_of_cid: Option<HashMap<u32, u16>>,
    /// Advance widths in thousandths of an em by glyph index.
    widths: Vec<f64>,
    /// Whether the built-in encoding speaks for itself: codes outside it have no text.
    complete: bool,
}

impl Program {
    /// Reads a TrueType, OpenType, CFF or Type 1 program; `None` for what is none of these.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b'O', b'T', b'T', b'O', ..] | [b't', b't', b'c', b'f', ..] => {
                sfnt::parse(bytes)
            }
            [1, 0, ..] => cff::parse(bytes),
            [b'%', b'!', ..] | [0x80, 1, ..] => type1::parse(bytes),
            _ => None,
        }
    }

    pub(super) fn text_of_glyph(&self, glyph: u16) -> Option<GlyphText> {
        self.texts.get(usize::from(glyph)).filter(|text| **text != GlyphText::None).cloned()
    }

    pub(super) fn text_of_code(&self, code: u8) -> Option<GlyphText> {
        match self.glyph_of_code.get(usize::from(code))? {
            0 => None,
            glyph => self.text_of_glyph(*glyph),
        }
    }

    pub(super) fn width_of_code(&self, code: u8) -> Option<f64> {
        let glyph = *self.glyph_of_code.get(usize::from(code)).filter(|glyph| **glyph != 0)?;
        self.widths.get(usize::from(glyph)).or(self.widths.last()).copied()
    }

    pub(super) fn glyph_of_cid(&self, cid: u32) -> Option<u16> {
        self.glyph_of_cid.as_ref().map(|map| map.get(&cid).copied().unwrap_or(0))
    }

    pub(super) fn has_no_names(&self) -> bool {
        !self.complete
    }
}

/// Big-endian reads that answer `None` outside the bytes.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// An unsigned number of one to four bytes.
    fn sized(self, at: usize, size: usize) -> Option<usize> {
        let bytes = self.0.get(at..at.checked_add(size)?)?;
        Some(bytes.iter().fold(0, |value, &byte| value << 8 | usize::from(byte)))
    }

    fn slice(self, at: usize, length: usize) -> Option<Reader<'a>> {
        self.0.get(at..at.checked_add(length)?).map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_program_or_not(kind in 0_usize..5, bytes: Vec<u8>) {
            let mut program = [&[0, 1, 0, 0][..], b"OTTO", &[1, 0, 4, 1], b"%!", &[0x80, 1]][kind].to_vec();
            program.extend(bytes);
            let _ = Program::parse(&program);
        }
    }
}
