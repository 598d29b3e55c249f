//! Text strings (ISO 32000-2, 7.9.2) and dates (7.9.4).

use lopdf::Object;

/// A text string: UTF-16 or UTF-8 by its byte order mark, otherwise PDFDocEncoding. Control characters other than line ends and tabs
/// are dropped, as are the language escapes of UTF-16 strings.
pub(super) fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Writers that put UTF-8 without a mark are common; PDFDocEncoding text that is valid UTF-8 beyond ASCII is rare.
        _ => match std::str::from_utf8(bytes) {
            Ok(text) if !bytes.is_ascii() => text.to_owned(),
            _ => bytes.iter().filter_map(|&byte| pdf_doc(byte)).collect(),
        },
    };
    clean(&decoded)
}

/// A text string from a string or name object.
pub(super) fn text_of(object: &Object) -> Option<String> {
    match object {
        Object::String(bytes, _) => Some(text(bytes)),
        Object::Name(bytes) => Some(text(bytes)),
        Object::Boolean(value) => Some(value.to_string()),
        Object::Integer(value) => Some(value.to_string()),
        Object::Real(value) => Some(value.to_string()),
        _ => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut escaped = false;
    for character in char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)) {
        // ESC language ESC (7.9.2.2)
        match character {
            '\u{1B}' => escaped = !escaped,
            _ if escaped => {}
            _ => text.push(character),
        }
    }
    text
}

fn clean(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// PDFDocEncoding (Annex D.3).
pub(super) fn pdf_doc(byte: u8) -> Option<char> {
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š',
        'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x18..=0x1F => Some(LOW[usize::from(byte - 0x18)]),
        0x80..=0x9E => Some(HIGH[usize::from(byte - 0x80)]),
        0x7F | 0x9F | 0xAD => None,
        0xA0 => Some('€'),
        _ => Some(char::from(byte)),
    }
}

/// A date with the parts that are there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Date {
    /// RFC 3339 with as many fields as the source gave: `2025`, `2025-02`, `2025-02-11`, `2025-02-11T04:15:00` and an offset.
    pub(super) text: String,
    /// Offset from UTC as `+09:00`; `Z` reads as `+00:00`. Absent where the source gives none.
    pub(super) offset: Option<String>,
}

/// A PDF date `D:YYYYMMDDHHmmSSOHH'mm'`, in all the shapes that writers give it, or an ISO 8601 date as XMP has.
pub(super) fn date(written: &str) -> Option<Date> {
    let written = written.trim();
    let written = written.strip_prefix("D:").or_else(|| written.strip_prefix("d:")).unwrap_or(written).trim();
    let mut reader = Digits(written);
    let year = reader.take(4)?;
    let mut text = format!("{year:04}");
    let mut complete = true;
    for (separator, most, least, digits_before) in
        [('-', 12, 1, "-"), ('-', 31, 1, "-"), ('T', 23, 0, "T "), (':', 59, 0, ":"), (':', 60, 0, ":")]
    {
        if reader.0.starts_with(|character| digits_before.contains(character))
            && reader.0[1..].starts_with(|next: char| next.is_ascii_digit())
        {
            // `-` may also start an offset: only dates that are written with separators have one here.
            if digits_before == "-" && written.as_bytes().get(4).is_none_or(|&byte| byte != b'-') {
                complete = false;
                break;
            }
            reader.0 = &reader.0[1..];
        }
        match reader.take(2) {
            Some(value) if (least..=most).contains(&value) => {
                text.push(separator);
                text.push_str(&format!("{value:02}"));
            }
            _ => {
                complete = false;
                break;
            }
        }
    }
    if complete && let Some(fraction) = reader.0.strip_prefix('.') {
        reader.0 = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    let offset = offset(reader.0);
    if let (Some(offset), true) = (&offset, text.len() > 10) {
        text.push_str(offset);
    }
    Some(Date { text, offset })
}

/// The offset at the end of a date: `Z`, `+09'00'`, `-0500`, `+9`, `+05'30`, `-05:00`, `Z00'00'`.
fn offset(written: &str) -> Option<String> {
    let written = written.trim();
    let mut characters = written.chars();
    let sign = match characters.next()? {
        'Z' | 'z' => return Some("+00:00".to_owned()),
        '+' => '+',
        '-' | '−' => '-',
        _ => return None,
    };
    let digits: Vec<char> = characters.as_str().chars().collect();
    let parts: Vec<String> = digits
        .split(|character| !character.is_ascii_digit())
        .map(|part| part.iter().collect::<String>())
        .filter(|part| !part.is_empty())
        .collect();
    let (hours, minutes): (u32, u32) = match parts.as_slice() {
        [both] if both.len() == 4 => (both[..2].parse().ok()?, both[2..].parse().ok()?),
        [both] if both.len() == 3 => (both[..1].parse().ok()?, both[1..].parse().ok()?),
        [hours] => (hours.parse().ok()?, 0),
        [hours, minutes, ..] => (hours.parse().ok()?, minutes.parse().ok()?),
        [] => return None,
    };
    // The widest real offsets are −12:00 and +14:00; a little room for ones that are wrong.
    (hours <= 15 && minutes < 60).then(|| {
        let sign = if hours == 0 && minutes == 0 { '+' } else { sign };
        format!("{sign}{hours:02}:{minutes:02}")
    })
}

struct Digits<'a>(&'a str);

impl Digits<'_> {
    /// The next `count` digits as a number.
    fn take(&mut self, count: usize) -> Option<u32> {
        let digits = self.0.get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.0 = &self.0[count..];
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_in_all_encodings() {
        assert_eq!(text(b"Caf\xe9 \x8d\x8e"), "Café “”");
        assert_eq!(text(b"\xfe\xff\x00A\x01\x61"), "Aš");
        assert_eq!(text(b"\xff\xfeA\x00\x61\x01"), "Aš");
        assert_eq!(text("\u{feff}Zoë".as_bytes()), "Zoë");
        assert_eq!(text("김민수".as_bytes()), "김민수");
        assert_eq!(text(b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00H\x00i"), "Hi");
        assert_eq!(text(b"\xfe\xff\xd8\x3d\xde\x00\xd8"), "😀");
        assert_eq!(text(b"a\x00b\x07"), "ab");
    }

    #[test]
    fn dates_of_all_shapes() {
        for (written, expected, offset) in [
            ("D:20250211041500-05'00'", "2025-02-11T04:15:00-05:00", Some("-05:00")),
            ("D:20250211041500+09'00", "2025-02-11T04:15:00+09:00", Some("+09:00")),
            ("D:20250211041500+0530", "2025-02-11T04:15:00+05:30", Some("+05:30")),
            ("D:20250211041500Z", "2025-02-11T04:15:00+00:00", Some("+00:00")),
            ("D:20250211041500Z00'00'", "2025-02-11T04:15:00+00:00", Some("+00:00")),
            ("D:20250211041500-00'00'", "2025-02-11T04:15:00+00:00", Some("+00:00")),
            ("20250211041500+8", "2025-02-11T04:15:00+08:00", Some("+08:00")),
            ("D:20250211041500", "2025-02-11T04:15:00", None),
            ("D:202502110415+02'00'", "2025-02-11T04:15+02:00", Some("+02:00")),
            ("D:20250211", "2025-02-11", None),
            ("D:2025", "2025", None),
            ("2025-02-11T04:15:00.123-03:30", "2025-02-11T04:15:00-03:30", Some("-03:30")),
            ("2025-02-11T04:15Z", "2025-02-11T04:15+00:00", Some("+00:00")),
            ("2025-02-11", "2025-02-11", None),
            ("2025-02", "2025-02", None),
            ("2025-02-11 04:15:00 +01:00", "2025-02-11T04:15:00+01:00", Some("+01:00")),
        ] {
            let date = date(written).unwrap();
            assert_eq!((date.text.as_str(), date.offset.as_deref()), (expected, offset), "{written}");
        }
        assert_eq!(date("yesterday"), None);
        assert_eq!(date(""), None);
        assert_eq!(date("D:20251345").unwrap().text, "2025");
    }

    proptest::proptest! {
        #[test]
        fn any_string_is_a_date_or_not(written in ".{0,40}") {
            let _ = date(&written);
        }

        #[test]
        fn any_bytes_are_text(bytes: Vec<u8>) {
            let _ = text(&bytes);
        }
    }
}
