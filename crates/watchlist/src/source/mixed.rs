//! Texts in which lines of two encodings stand side by side, as lists have them that were pasted together.

use std::borrow::Cow;

use bonafide_formats::encoding::{self, Decoded};

/// Decodes each line by itself where some are UTF-8 beyond ASCII and others are not; `None` for a text of one encoding.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let (mut unicode, mut other) = (0_usize, 0_usize);
    for line in lines().filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => unicode += 1,
            Err(_) => other += 1,
        }
    }
    if unicode == 0 || other == 0 {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut damaged = false;
    for line in lines() {
        let decoded = encoding::decode(line);
        damaged |= decoded.damaged;
        text.push_str(&decoded.text);
    }
    let note = format!("two encodings are mixed: {unicode} lines are UTF-8 and {other} are not; each was decoded by itself");
    Some(Decoded { text: Cow::Owned(text), encoding: "UTF-8", exact: false, damaged, note: Some(note) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_decoded_by_itself() {
        let decoded = decode(b"R\xc3\xa9mi\nplain\nR\xe9mi\n").unwrap();
        assert_eq!((&*decoded.text, decoded.damaged), ("Rémi\nplain\nRémi\n", false));
        assert!(decode("Rémi\nplain\n".as_bytes()).is_none());
        assert!(decode(b"R\xe9mi\nR\xe9my\n").is_none());
    }
}
