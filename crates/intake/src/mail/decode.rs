//! Encodings of mail: transfer encodings, words in headers, character sets, dates.

use bonafide_formats::encoding;

use crate::instant::Instant;

/// Bytes of a body in quoted-printable (RFC 2045, section 6.7); what is no escape stays.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'=' {
            decoded.push(byte);
            at += 1;
            continue;
        }
        match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'\r'), Some(b'\n')) => at += 3,
            (Some(b'\n'), _) => at += 2,
            (Some(&high), Some(&low)) => match (hexadecimal(high), hexadecimal(low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    at += 3;
                }
                _ => {
                    decoded.push(byte);
                    at += 1;
                }
            },
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    decoded
}

const fn hexadecimal(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Bytes of a body in Base64 (RFC 2045, section 6.8); other characters are passed over, as the standard asks.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count & 0xff) as u8);
        }
    }
    decoded
}

/// Text of a character set by its name, and whether its bytes are those of the input; an unknown one is guessed from the bytes.
pub(super) fn text(bytes: &[u8], charset: &str) -> (String, bool) {
    let decoded = encoding::decode_as(bytes, charset);
    (decoded.text.into_owned(), decoded.exact)
}

/// A header with its encoded words (RFC 2047) decoded: `=?utf-8?B?…?=` and `=?utf-8?Q?…?=`.
pub(super) fn words(header: &str) -> String {
    let mut decoded = String::with_capacity(header.len());
    let mut rest = header;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((word, behind)) = encoded_word(from) else {
            decoded.push_str(before);
            decoded.push_str("=?");
            rest = &from[2..];
            after_word = false;
            continue;
        };
        // White space between two encoded words is not part of the text.
        if !(after_word && before.trim().is_empty()) {
            decoded.push_str(before);
        }
        decoded.push_str(&word);
        rest = behind;
        after_word = true;
    }
    decoded.push_str(rest);
    decoded.trim().to_owned()
}

fn encoded_word(from: &str) -> Option<(String, &str)> {
    let (charset, rest) = from.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, behind) = rest.split_once("?=")?;
    if content.contains(['?', ' ']) {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => base64(content.as_bytes()),
        "Q" | "q" => quoted_printable(content.replace('_', " ").as_bytes()),
        _ => return None,
    };
    // RFC 2231 puts a language behind the character set.
    let charset = charset.split('*').next().unwrap_or(charset);
    Some((text(&bytes, charset).0, behind))
}

/// A parameter of a header such as `multipart/mixed; boundary="x"`.
pub(super) fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
    })
}

/// A date of RFC 5322: `Mon, 2 Nov 2026 09:14:05 +0100 (CET)`.
pub(super) fn date(text: &str) -> Option<Instant> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.split('(').next()?.rsplit(',').next()?;
    let mut words = text.split_whitespace();
    let day: u8 = words.next()?.parse().ok()?;
    let name = words.next()?.to_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))? + 1;
    let year: u16 = words.next()?.parse().ok()?;
    let time = words.next()?;
    let zone = match words.next() {
        Some(zone) if zone.starts_with(['+', '-']) => zone,
        Some("EST") => "-0500",
        Some("EDT") => "-0400",
        Some("CST") => "-0600",
        Some("CDT") => "-0500",
        Some("MST") => "-0700",
        Some("MDT") => "-0600",
        Some("PST") => "-0800",
        Some("PDT") => "-0700",
        _ => "+0000",
    };
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    Instant::parse(&format!("{year:04}-{month:02}-{day:02}T{time}{zone}"))
}
