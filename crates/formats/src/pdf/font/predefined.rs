//! Predefined CMaps (ISO 32000-2, 9.7.5.2) whose codes are text in a known character set, so that no CMap file is needed.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};

/// How the codes of a predefined CMap are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Predefined {
    /// Two-byte codes that are CIDs.
    Identity,
    /// UCS-2 or UTF-16, big-endian.
    Utf16,
    Utf8,
    Utf32,
    /// A legacy character set of one- and two-byte codes.
    Legacy(&'static Encoding),
    /// Two bytes of seven bits each: the row and cell of a set whose EUC form has both high bits set.
    Rows(&'static Encoding),
}

impl Predefined {
    /// By the name of the CMap, and whether it writes vertically.
    pub(super) fn named(name: &[u8]) -> Option<(Self, bool)> {
        let name = std::str::from_utf8(name).ok()?;
        let (stem, vertical) = match (name.strip_suffix("-H"), name.strip_suffix("-V")) {
            (Some(stem), _) => (stem, false),
            (_, Some(stem)) => (stem, true),
            _ if matches!(name, "H" | "V") => ("JIS", name == "V"),
            _ => return None,
        };
        let kind = if stem == "Identity" {
            Self::Identity
        } else if stem.contains("UCS2") || stem.contains("UTF16") {
            Self::Utf16
        } else if stem.contains("UTF8") {
            Self::Utf8
        } else if stem.contains("UTF32") {
            Self::Utf32
        } else if stem.contains("RKSJ") {
            Self::Legacy(SHIFT_JIS)
        } else if matches!(stem, "EUC") {
            Self::Legacy(EUC_JP)
        } else if matches!(stem, "JIS" | "Ext" | "Add" | "Hojo" | "NWP") {
            Self::Rows(EUC_JP)
        } else if stem.starts_with("GBK2K") {
            Self::Legacy(GB18030)
        } else if stem.starts_with("GB") {
            if stem == "GB" || stem == "GBT" { Self::Rows(GBK) } else { Self::Legacy(GBK) }
        } else if stem.contains("B5") || stem.starts_with("ETHK") {
            Self::Legacy(BIG5)
        } else if stem.starts_with("KSC") {
            if stem == "KSC" { Self::Rows(EUC_KR) } else { Self::Legacy(EUC_KR) }
        } else {
            return None;
        };
        Some((kind, vertical))
    }

    /// The next code and its length in bytes.
    pub(super) fn next_code(self, bytes: &[u8]) -> (u32, usize) {
        let first = bytes.first().copied().unwrap_or(0);
        let length = match self {
            Self::Identity | Self::Rows(_) => 2,
            Self::Utf16 => match bytes {
                [0xD8..=0xDB, _, 0xDC..=0xDF, _, ..] => 4,
                _ => 2,
            },
            Self::Utf8 => match first {
                0xC0..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF7 => 4,
                _ => 1,
            },
            Self::Utf32 => 4,
            Self::Legacy(encoding) => match first {
                0..0x80 => 1,
                0xA0..=0xDF if encoding == SHIFT_JIS => 1,
                0x80 | 0xFF => 1,
                _ if encoding == GB18030 && matches!(bytes.get(1), Some(b'0'..=b'9')) => 4,
                0x8F if encoding == EUC_JP => 3,
                _ => 2,
            },
        };
        let length = length.min(bytes.len()).max(1);
        (bytes.iter().take(length).fold(0, |code, &byte| code << 8 | u32::from(byte)), length)
    }

    /// The character of a code; `None` for codes that are CIDs, and outside the character set.
    pub(super) fn character(self, code: u32, length: usize) -> Option<char> {
        let bytes = code.to_be_bytes();
        let bytes = &bytes[4 - length.clamp(1, 4)..];
        let character = match self {
            Self::Identity => None,
            Self::Utf16 if length == 4 => char::decode_utf16([(code >> 16) as u16, code as u16]).next().and_then(Result::ok),
            Self::Utf16 | Self::Utf32 => char::from_u32(code),
            Self::Utf8 => std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next()),
            Self::Legacy(encoding) => decoded(encoding, bytes),
            Self::Rows(encoding) => match bytes {
                [row @ 0x21..=0x7E, cell @ 0x21..=0x7E] => decoded(encoding, &[row | 0x80, cell | 0x80]),
                _ => None,
            },
        };
        character.filter(|character| *character != '\0')
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad { None } else { text.chars().next() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, mut bytes: &[u8]) -> String {
        let (cmap, _) = Predefined::named(name.as_bytes()).unwrap();
        let mut text = String::new();
        while !bytes.is_empty() {
            let (code, length) = cmap.next_code(bytes);
            text.extend(cmap.character(code, length));
            bytes = &bytes[length..];
        }
        text
    }

    #[test]
    fn character_sets_of_east_asia() {
        assert_eq!(read("UniJIS-UCS2-H", b"\x65\xe5\x67\x2c"), "日本");
        assert_eq!(read("UniGB-UTF16-H", b"\x4e\x2d\xd8\x3d\xde\x00"), "中😀");
        assert_eq!(read("90ms-RKSJ-H", b"A\x93\xfa\xb1"), "A日ｱ");
        assert_eq!(read("EUC-H", b"\xc6\xfc"), "日");
        assert_eq!(read("V", b"\x46\x7c"), "日");
        assert_eq!(read("GBK-EUC-H", b"a\xd6\xd0"), "a中");
        assert_eq!(read("GBK2K-V", b"\xd6\xd0"), "中");
        assert_eq!(read("ETen-B5-H", b"\xa4\xa4"), "中");
        assert_eq!(read("KSCms-UHC-H", b"\xb1\xe8"), "김");
        assert_eq!(read("UniKS-UTF8-H", "김a".as_bytes()), "김a");
        assert!(Predefined::named(b"V").unwrap().1);
        assert_eq!(Predefined::named(b"Custom"), None);
    }
}
