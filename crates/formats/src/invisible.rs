//! Characters that nobody sees: zero-width, bidirectional controls, tag characters.
//!
//! Many of them have honest uses (joining Indic letters or emoji, marking Arabic beside Latin, a hint where a word may break);
//! those are dropped or kept in silence. What remains can hide words from a reader or split words that a machine looks for.

/// What to do with a character of visible text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is seen: keep it.
    Seen,
    /// It is not seen, and honest: drop it.
    Dropped,
    /// A direction mark: honest beside right-to-left letters, to be judged when the line is known.
    Direction,
    /// It is not seen and has no honest use here.
    Hidden,
}

/// Judges a character by itself and the character before it.
#[must_use]
pub const fn sight(character: char, before: Option<char>) -> Sight {
    match character {
        ' '..='~' => Sight::Seen,
        '\u{ad}' => Sight::Dropped,
        '\u{feff}' if before.is_none() => Sight::Dropped,
        // Joiners: needed by Indic, Arabic and emoji sequences, useless between Latin, Greek or Cyrillic letters.
        '\u{200c}' | '\u{200d}' => match before {
            Some(before) if before as u32 >= 0x0590 => Sight::Seen,
            _ => Sight::Hidden,
        },
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => Sight::Direction,
        '\u{200b}'
        | '\u{202d}'
        | '\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{180e}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' => Sight::Hidden,
        // Tags follow the black flag in the flags of England, Scotland and Wales.
        '\u{e0000}'..='\u{e007f}' => match before {
            Some('\u{1f3f4}' | '\u{e0000}'..='\u{e007f}') => Sight::Dropped,
            _ => Sight::Hidden,
        },
        '\u{fe00}'..='\u{fe0f}' => Sight::Dropped,
        // Variants of ideographs, and elsewhere a hiding place for bytes.
        '\u{e0100}'..='\u{e01ef}' => match before {
            Some(before) if before as u32 >= 0x2e80 && (before as u32) < 0xe0000 => Sight::Dropped,
            _ => Sight::Hidden,
        },
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' => Sight::Dropped,
        _ => Sight::Seen,
    }
}

/// Whether a letter is written from right to left.
#[must_use]
pub const fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Makes hidden characters visible as `⟨U+200B⟩`, and tag characters as the letters they stand for.
#[must_use]
pub fn spelled_out(character: char) -> String {
    match character {
        '\u{e0020}'..='\u{e007e}' => {
            char::from_u32(character as u32 - 0xe_0000).map_or_else(String::new, |letter| letter.to_string())
        }
        _ => format!("⟨U+{:04X}⟩", character as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::{Sight, sight};

    fn hidden(text: &str) -> Vec<char> {
        let mut before = None;
        text.chars()
            .filter(|&character| {
                let hidden = sight(character, before) == Sight::Hidden;
                before = Some(character);
                hidden
            })
            .collect()
    }

    #[test]
    fn honest_uses_are_left_alone() {
        for honest in [
            "\u{feff}start",
            "soft\u{ad}hyphen",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}💻",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}",
            "❤\u{fe0f}",
        ] {
            assert_eq!(hidden(honest), [], "{honest:?}");
        }
    }

    #[test]
    fn split_words_and_smuggled_letters_are_found() {
        assert_eq!(hidden("Py\u{200b}thon"), ['\u{200b}']);
        assert_eq!(hidden("Ko\u{200d}tlin"), ['\u{200d}']);
        assert_eq!(hidden("x\u{e0068}\u{e0069}"), ['\u{e0068}']);
        assert_eq!(hidden("user\u{202e}gpj.exe"), ['\u{202e}']);
    }
}
