//! The encodings of simple fonts (ISO 32000-2, Annex D): code to character.

use super::super::strings::pdf_doc;

/// A named encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
    PdfDoc,
    Symbol,
    ZapfDingbats,
    /// Wingdings and its kin: only the glyphs that serve as bullets, marks and arrows.
    Wingdings,
}

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"PDFDocEncoding" => Some(Self::PdfDoc),
            _ => None,
        }
    }

    /// The encoding that a symbol font has built in, by its name.
    pub(super) fn of_symbol_font(name: &str) -> Option<Self> {
        let folded = name.to_ascii_lowercase();
        if folded.starts_with("symbol") || folded == "standardsymbolsps" || folded.contains("opensymbol") {
            Some(Self::Symbol)
        } else if folded.contains("zapfdingbats") || folded.starts_with("d050000l") || folded == "dingbats" {
            Some(Self::ZapfDingbats)
        } else if folded.contains("wingdings") {
            Some(Self::Wingdings)
        } else {
            None
        }
    }

    pub(super) fn character(self, code: u8) -> Option<char> {
        match self {
            Self::Standard => standard(code),
            Self::WinAnsi => win_ansi(code),
            Self::MacRoman => (code >= 0x20 && code != 0x7F).then(|| decoded(encoding_rs::MACINTOSH, code)).flatten(),
            Self::PdfDoc => pdf_doc(code).filter(|_| code >= 0x18),
            Self::Symbol => symbol(code),
            Self::ZapfDingbats => zapf_dingbats(code),
            Self::Wingdings => wingdings(code),
        }
    }
}

fn decoded(encoding: &'static encoding_rs::Encoding, code: u8) -> Option<char> {
    encoding.decode_without_bom_handling(&[code]).0.chars().next()
}

fn win_ansi(code: u8) -> Option<char> {
    match code {
        0..0x20 => None,
        // All unused codes above 0x20 stand for the bullet (Annex D.2, note 3).
        0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D => Some('•'),
        _ => decoded(encoding_rs::WINDOWS_1252, code),
    }
}

fn standard(code: u8) -> Option<char> {
    const UPPER: [(u8, &str); 5] =
        [(0xA1, "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ"), (0xB1, "–†‡·"), (0xB6, "¶•‚„”»…‰"), (0xC1, "`´ˆ˜¯˘˙¨"), (0xE8, "ŁØŒº")];
    match code {
        0x27 => Some('’'),
        0x60 => Some('‘'),
        0x20..=0x7E => Some(char::from(code)),
        0xBF => Some('¿'),
        0xCA => Some('˚'),
        0xCB => Some('¸'),
        0xCD => Some('˝'),
        0xCE => Some('˛'),
        0xCF => Some('ˇ'),
        0xD0 => Some('—'),
        0xE1 => Some('Æ'),
        0xE3 => Some('ª'),
        0xEB => Some('º'),
        0xF1 => Some('æ'),
        0xF5 => Some('ı'),
        0xF8 => Some('ł'),
        0xF9 => Some('ø'),
        0xFA => Some('œ'),
        0xFB => Some('ß'),
        _ => UPPER
            .iter()
            .rev()
            .find(|(first, _)| *first <= code)
            .and_then(|(first, run)| run.chars().nth(usize::from(code - first))),
    }
}

fn symbol(code: u8) -> Option<char> {
    const LOWER: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const UPPER: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪";
    const LAST: &str = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
    let (first, run) = match code {
        0x20..=0x7E => (0x20, LOWER),
        0xA0..=0xEF => (0xA0, UPPER),
        0xF1..=0xFE => (0xF1, LAST),
        _ => return None,
    };
    run.chars().nth(usize::from(code - first))
}

fn zapf_dingbats(code: u8) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x25 => Some('☎'),
        0x2A => Some('☛'),
        0x2B => Some('☞'),
        0x48 => Some('★'),
        0x6C => Some('●'),
        0x6E => Some('■'),
        0x73 => Some('▲'),
        0x74 => Some('▼'),
        0x75 => Some('◆'),
        0x77 => Some('◗'),
        0xA8 => Some('♣'),
        0xA9 => Some('♦'),
        0xAA => Some('♥'),
        0xAB => Some('♠'),
        0xD5 => Some('→'),
        0xD6 => Some('↔'),
        0xD7 => Some('↕'),
        0x21..=0x7E => char::from_u32(0x2701 + u32::from(code) - 0x21),
        0xA1..=0xA7 => char::from_u32(0x2761 + u32::from(code) - 0xA1),
        0xAC..=0xB5 => char::from_u32(0x2460 + u32::from(code) - 0xAC),
        0xB6..=0xD4 => char::from_u32(0x2776 + u32::from(code) - 0xB6),
        0xD8..=0xEF => char::from_u32(0x2798 + u32::from(code) - 0xD8),
        0xF1..=0xFE => char::from_u32(0x27B1 + u32::from(code) - 0xF1),
        _ => None,
    }
}

fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x28 => '☎',
        0x2A => '✉',
        0x46 => '☞',
        0x6C => '●',
        0x6D => '❍',
        0x6E => '■',
        0x6F => '□',
        0x70..=0x72 => '❑',
        0x73 => '⬧',
        0x74 => '⧫',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x9E => '·',
        0x9F => '•',
        0xA0 | 0xA7 => '▪',
        0xA1 | 0xA2 => '○',
        0xA4 => '◉',
        0xA8 => '◻',
        0xAB => '★',
        0xD8 | 0xD7 => '➢',
        0xDF | 0xE7 => '←',
        0xE0 | 0xE8 => '→',
        0xF0 => '⇨',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_standard() {
        let read =
            |encoding: Encoding, codes: &[u8]| codes.iter().filter_map(|&code| encoding.character(code)).collect::<String>();
        assert_eq!(read(Encoding::Standard, b"\x27\xa1\xaf\xb1\xb4\xb7\xbc\xbd\xd0\xe8\xeb\xfb"), "’¡ﬂ–·•…‰—Łºß");
        assert_eq!(read(Encoding::WinAnsi, b"\x80\x95\x96\xe9\x81\x01"), "€•–é•");
        assert_eq!(read(Encoding::MacRoman, b"\x80\xa5\xd0\x8e"), "Ä•–é");
        assert_eq!(read(Encoding::Symbol, b"a\xb7\xb3\xae\xd4\xe5\xf2"), "α•≥→™∑∫");
        assert_eq!(read(Encoding::ZapfDingbats, b"4ln\xd5"), "✔●■→");
        assert_eq!(read(Encoding::Wingdings, b"\xa7\xd8\xfc"), "▪➢✓");
        assert_eq!(Encoding::Standard.character(0xAE), Some('ﬁ'));
        assert_eq!(Encoding::Standard.character(0xB0), None);
    }
}
