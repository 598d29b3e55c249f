//! Bytes to text: which encoding foreign text is in, and whether byte positions survive the decoding.

use std::borrow::Cow;

/// Text decoded from bytes.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    /// The text; a byte-order mark at its start is kept (as U+FEFF) so that positions stay true.
    pub text: Cow<'a, str>,
    /// WHATWG name of the encoding that was used.
    pub encoding: &'static str,
    /// Whether byte positions in `text` are byte positions in the input.
    pub exact: bool,
    /// Whether bytes could not be decoded and were replaced by U+FFFD.
    pub damaged: bool,
    /// What a person should know: the encoding when it was guessed or is unusual, bytes that could not be decoded.
    pub note: Option<String>,
}

impl Decoded<'_> {
    /// Length in bytes of the byte-order mark that starts the text: 3 or 0.
    #[must_use]
    pub fn mark_length(&self) -> usize {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }
}

/// Decodes text of unknown encoding: by byte-order mark, then UTF-8 where it is valid, then UTF-16 or UTF-32 by its pattern of
/// zero bytes, then UTF-8 with replaced errors where almost all of it is UTF-8, and otherwise Windows-1252 (which reads
/// Latin-1 as well). Never fails; what was guessed or replaced stands in the note.
///
/// The decoded text has at most three times as many bytes as the input.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return utf32(bytes, u32::from_le_bytes, "UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => return utf32(bytes, u32::from_be_bytes, "UTF-32BE"),
        [0xff, 0xfe, ..] => return foreign(bytes, encoding_rs::UTF_16LE, false),
        [0xfe, 0xff, ..] => return foreign(bytes, encoding_rs::UTF_16BE, false),
        _ => {}
    }
    if let Some(encoding) = utf16_by_zero_bytes(bytes) {
        return foreign(bytes, encoding, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", exact: true, damaged: false, note: None },
        Err(_) => broken_utf8_or_windows_1252(bytes),
    }
}

/// Decodes with a named encoding, such as one declared in a header; an unknown name falls back to [`decode`].
#[must_use]
pub fn decode_as<'a>(bytes: &'a [u8], label: &str) -> Decoded<'a> {
    match encoding_rs::Encoding::for_label(label.trim().as_bytes()) {
        Some(encoding) if encoding == encoding_rs::UTF_8 => decode(bytes),
        // A part that declares UTF-16 in an eight-bit declaration is not UTF-16.
        Some(encoding) if !encoding.is_ascii_compatible() => decode(bytes),
        Some(encoding) => foreign(bytes, encoding, false),
        None => decode(bytes),
    }
}

fn foreign<'a>(bytes: &'a [u8], encoding: &'static encoding_rs::Encoding, guessed: bool) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let exact = matches!(text, Cow::Borrowed(_));
    let mut note = format!("the text is {}{}", encoding.name(), if guessed { " (guessed)" } else { "" });
    if had_errors {
        note.push_str("; bytes that are not valid in it are shown as U+FFFD");
    }
    if !exact {
        note.push_str("; byte positions refer to the decoded text");
    }
    Decoded { text, encoding: encoding.name(), exact, damaged: had_errors, note: Some(note) }
}

fn utf32<'a>(bytes: &'a [u8], read: fn([u8; 4]) -> u32, name: &'static str) -> Decoded<'a> {
    let text: String = bytes
        .chunks(4)
        .map(|chunk| <[u8; 4]>::try_from(chunk).ok().and_then(|four| char::from_u32(read(four))).unwrap_or('\u{fffd}'))
        .collect();
    let note = Some(format!("the text is {name}; byte positions refer to the decoded text"));
    let damaged = text.contains('\u{fffd}');
    Decoded { text: Cow::Owned(text), encoding: name, exact: false, damaged, note }
}

/// UTF-16 without a mark: Western text has a zero in every second byte (RFC 4627, section 3 uses the same sign for JSON).
fn utf16_by_zero_bytes(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |offset: usize| sample[offset..].iter().step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // More than half of one half of the bytes, and hardly any of the other.
    if odd * 2 > pairs && even * 8 <= pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 2 > pairs && odd * 8 <= pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn broken_utf8_or_windows_1252(bytes: &[u8]) -> Decoded<'_> {
    let (mut valid_sequences, mut errors, mut first_error) = (0_usize, 0_usize, None);
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        valid_sequences += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            errors += 1;
            first_error.get_or_insert(offset);
            offset += chunk.invalid().len();
        }
    }
    // In Windows-1252 text valid multi-byte sequences are rare accidents; in damaged UTF-8 they are the rule.
    if valid_sequences > 2 * errors {
        let note = format!(
            "the text is UTF-8 with {errors} broken sequences, the first at byte {}; they are shown as U+FFFD and byte positions refer \
             to the decoded text",
            first_error.unwrap_or(0)
        );
        return Decoded {
            text: String::from_utf8_lossy(bytes),
            encoding: "UTF-8",
            exact: false,
            damaged: true,
            note: Some(note),
        };
    }
    foreign(bytes, encoding_rs::WINDOWS_1252, true)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn utf8_is_borrowed_and_exact() {
        let decoded = decode("\u{feff}Zoë".as_bytes());
        assert!(decoded.exact && decoded.note.is_none());
        assert_eq!(decoded.mark_length(), 3);
    }

    #[test]
    fn utf16_is_recognised_with_and_without_a_mark() {
        let little: Vec<u8> = "Zoë Example".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}Zoë Example".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let without_mark = decode(&little);
        assert_eq!((without_mark.text.as_ref(), without_mark.encoding), ("Zoë Example", "UTF-16LE"));
        let with_mark = decode(&big);
        assert_eq!((with_mark.text.as_ref(), with_mark.encoding), ("\u{feff}Zoë Example", "UTF-16BE"));
        assert!(!with_mark.exact);
    }

    #[test]
    fn utf32_is_read_by_its_mark() {
        let bytes: Vec<u8> = "\u{feff}Zoë".chars().flat_map(|character| u32::from(character).to_le_bytes()).collect();
        assert_eq!(decode(&bytes).text, "\u{feff}Zoë");
    }

    #[test]
    fn latin_1_becomes_windows_1252_with_a_note() {
        let decoded = decode(b"Zo\xeb from M\xfcnster \x96 Example");
        assert_eq!(decoded.text, "Zoë from Münster – Example");
        assert!(decoded.note.is_some_and(|note| note.contains("windows-1252 (guessed)")));
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_mojibake() {
        let decoded = decode("Zoë, Jürgen, Søren, Łucja, Ångström \u{fffd}".replace('\u{fffd}', "").into_bytes().leak());
        assert!(decoded.exact);
        let mut bytes = "Zoë, Jürgen, Søren, Łucja, Ångström".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, "Zoë, Jürgen, Søren, Łucja, Ångström\u{fffd}");
        assert!(!decoded.exact && decoded.note.is_some_and(|note| note.contains("1 broken")));
    }
}
