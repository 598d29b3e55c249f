//! The bitmap fonts of TeX: Type 3 fonts without names, whose glyphs are called `a65` after their codes.
//!
//! Which of TeX's encodings such a font has is not written in the file; the codes that it uses tell. Tables: The TeXbook, appendix F
//! (OT1, OMS), and the Cork (T1) and text companion (TS1) encodings of `encguide`.

use std::collections::HashMap;

use super::{GlyphText, glyph_names};

/// An encoding of TeX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TexEncoding {
    /// Text fonts of 128 codes.
    Ot1,
    /// Text fonts of 256 codes, *Cork*.
    T1,
    /// Symbols beside text.
    Ts1,
    /// Mathematical symbols, of which bullets and bars stand in documents.
    Oms,
}

impl TexEncoding {
    /// The encoding behind glyph names by code, where they are numbered as TeX numbers them.
    pub(super) fn of_names(names: &HashMap<u8, String>) -> Option<Self> {
        let mut codes: Vec<u8> = Vec::new();
        for (&code, name) in names.iter().filter(|(_, name)| name.as_str() != ".notdef") {
            if name.strip_prefix('a').and_then(|digits| digits.parse().ok()) != Some(code) {
                return None;
            }
            codes.push(code);
        }
        if codes.is_empty() {
            return None;
        }
        let all_in = |encoding: Self| codes.iter().all(|&code| encoding.character(code).is_some());
        let any = |wanted: fn(u8) -> bool| codes.iter().any(|&code| wanted(code));
        Some(if all_in(Self::Oms) {
            Self::Oms
        } else if all_in(Self::Ts1) {
            Self::Ts1
        } else if any(|code| code >= 0x80)
            || (any(|code| matches!(code, 21 | 22 | 27..=31)) && !any(|code| matches!(code, 11..=15)))
        {
            Self::T1
        } else {
            Self::Ot1
        })
    }

    pub(super) fn text(self, code: u8) -> Option<GlyphText> {
        let ligature = match (self, code) {
            (Self::Ot1, 11) | (Self::T1, 27) => "ff",
            (Self::Ot1, 12) | (Self::T1, 28) => "fi",
            (Self::Ot1, 13) | (Self::T1, 29) => "fl",
            (Self::Ot1, 14) | (Self::T1, 30) => "ffi",
            (Self::Ot1, 15) | (Self::T1, 31) => "ffl",
            _ => return self.character(code).map(GlyphText::One),
        };
        Some(GlyphText::Many(ligature.into()))
    }

    fn character(self, code: u8) -> Option<char> {
        const OT1_LOW: &str = "ΓΔΘΛΞΠΣΥΦΨΩ\0\0\0\0\0ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ";
        const T1_LOW: &str = "`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›“”„«»–—\u{200C}\0ıȷ";
        const T1_HIGH: &str = "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£";
        let nth = |run: &str, index: u8| run.chars().nth(usize::from(index)).filter(|character| *character != '\0');
        match (self, code) {
            (Self::Ot1, 0..=31) => nth(OT1_LOW, code),
            (Self::Ot1, 34) => Some('”'),
            (Self::Ot1, 60) => Some('¡'),
            (Self::Ot1, 62) => Some('¿'),
            (Self::Ot1, 92) => Some('“'),
            (Self::Ot1, 94) => Some('ˆ'),
            (Self::Ot1, 95) => Some('˙'),
            (Self::Ot1, 123) => Some('–'),
            (Self::Ot1, 124) => Some('—'),
            (Self::Ot1, 125) => Some('˝'),
            (Self::Ot1, 126) => Some('˜'),
            (Self::Ot1, 127) => Some('¨'),
            (Self::Ot1, 128..) => None,
            (Self::T1, 0..=31) => nth(T1_LOW, code),
            (Self::T1, 32) => Some('␣'),
            (Self::T1, 127) => Some('-'),
            (Self::T1, 0x80..=0xBF) => nth(T1_HIGH, code - 0x80),
            (Self::T1, 0xD7) => Some('Œ'),
            (Self::T1, 0xDF) => Some('ẞ'),
            (Self::T1, 0xF7) => Some('œ'),
            (Self::T1, 0xFF) => Some('ß'),
            (Self::T1, 0xC0..) => Some(char::from(code)),
            (Self::Ot1 | Self::T1, 39) => Some('’'),
            (Self::Ot1 | Self::T1, 96) => Some('‘'),
            (Self::Ot1 | Self::T1, 32..=126) => Some(char::from(code)),
            (Self::Ts1, _) => text_companion(code),
            (Self::Oms, _) => symbol(code),
        }
    }
}

fn text_companion(code: u8) -> Option<char> {
    Some(match code {
        0x84 => '†',
        0x85 => '‡',
        0x88 => '•',
        0x97 => '™',
        0x9B => '○',
        0xA7 => '§',
        0xA9 => '©',
        0xAE => '®',
        0xB0 => '°',
        0xB1 => '±',
        0xB5 => 'µ',
        0xB6 => '¶',
        0xB7 => '·',
        0xBF => '€',
        _ => return None,
    })
}

fn symbol(code: u8) -> Option<char> {
    Some(match code {
        0 => '−',
        1 => '·',
        2 => '×',
        3 => '∗',
        5 => '⋄',
        14 => '∘',
        15 => '•',
        33 => '→',
        106 => '|',
        _ => return None,
    })
}

/// The text of a glyph name, or of the code where the names are TeX's.
pub(super) fn text_of_name(encoding: Option<TexEncoding>, code: u8, name: &str) -> Option<GlyphText> {
    match encoding {
        Some(encoding) if name != ".notdef" => encoding.text(code),
        _ => glyph_names::text(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(codes: &[u8]) -> HashMap<u8, String> {
        codes.iter().map(|&code| (code, format!("a{code}"))).collect()
    }

    fn read(codes: &[u8]) -> Option<String> {
        let encoding = TexEncoding::of_names(&names(codes))?;
        Some(codes.iter().filter_map(|&code| encoding.text(code)).map(|text| text.as_str(&mut [0; 4]).to_owned()).collect())
    }

    #[test]
    fn codes_tell_the_encoding() {
        assert_eq!(read(b"o\x0ece{").as_deref(), Some("office–"));
        assert_eq!(read(b"o\x1ece\x15").as_deref(), Some("office–"));
        assert_eq!(read(b"Jos\xe9 \x8arka\xff").as_deref(), Some("José␣Łrkaß"));
        assert_eq!(read(&[0x88]).as_deref(), Some("•"));
        assert_eq!(read(&[15, 106]).as_deref(), Some("•|"));
        assert_eq!(read(b"plain").as_deref(), Some("plain"));
    }

    #[test]
    fn other_names_are_left_alone() {
        assert_eq!(TexEncoding::of_names(&HashMap::from([(65, "A".to_owned())])), None);
        assert_eq!(TexEncoding::of_names(&HashMap::from([(65, "a66".to_owned())])), None);
        assert_eq!(TexEncoding::of_names(&HashMap::from([(65, ".notdef".to_owned())])), None);
    }

    #[test]
    fn tables_are_as_long_as_their_codes() {
        assert_eq!(TexEncoding::Ot1.character(31), Some('Ø'));
        assert_eq!(TexEncoding::T1.character(26), Some('ȷ'));
        assert_eq!((TexEncoding::T1.character(0x80), TexEncoding::T1.character(0xBF)), (Some('Ă'), Some('£')));
        for code in 0..=255 {
            for encoding in [TexEncoding::Ot1, TexEncoding::T1, TexEncoding::Ts1, TexEncoding::Oms] {
                assert_ne!(encoding.character(code), Some('\0'));
            }
        }
    }
}
