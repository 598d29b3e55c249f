//! JSON text that is safe to look at: what is invisible or controls a terminal is written as `\u` escapes.
//!
//! JSON readers see the same strings. A person who pages through the file sees no colour changes and no reversed names.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::clean::is_hidden;

/// Serialises compactly, without a line end.
pub(super) fn to_writer(value: &impl Serialize, out: &mut impl Write) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))
}

struct Escaping(CompactFormatter);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, character) in fragment.char_indices() {
            if character.is_ascii() && character != '\u{7f}' || !is_hidden(character, None) {
                continue;
            }
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: &impl Serialize) -> String {
        let mut bytes = Vec::new();
        to_writer(value, &mut bytes).expect("writes to memory");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn hidden_characters_are_escaped() {
        let text = "a\u{202e}b\u{9b}31m\u{7f}\u{1b}[0m \u{E0041} é 山\n";
        assert_eq!(written(&text), r#""a\u202eb\u009b31m\u007f\u001b[0m \udb40\udc41 é 山\n""#);
    }

    proptest! {
        #[test]
        fn readers_see_the_same_text(text in any::<String>()) {
            let back: String = serde_json::from_str(&written(&text)).expect("is JSON");
            prop_assert_eq!(back, text);
        }
    }
}
