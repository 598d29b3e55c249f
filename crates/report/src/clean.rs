//! Text of strangers, made safe to show.
//!
//! Names, values and summaries come from people who may want to mislead whoever reads the report: an escape sequence that repaints
//! the terminal, an override that reverses a name, an invisible character that makes two addresses look alike, a name of ten
//! thousand letters. Nothing of that is dropped in silence. What cannot be shown as it is stands as a marker such as `‹U+202E›`.

use unicode_width::UnicodeWidthChar;

/// How many characters of a name are shown.
pub(crate) const NAME: usize = 80;
/// How many characters of a value are shown.
pub(crate) const VALUE: usize = 600;
/// How many characters of a sentence are shown.
pub(crate) const SENTENCE: usize = 1_200;

/// Combining marks that may follow one letter; written languages need at most four or five.
const MARKS: usize = 6;

/// Makes a text safe to show on one line: control characters, invisible and direction-changing characters become visible markers,
/// line breaks become `↵`, other white space becomes a space, and of a longer text `limit` characters are shown with the number of
/// those left out.
///
/// ```
/// use bonafide_report::clean;
/// assert_eq!(clean("Zoë Example", 80), "Zoë Example");
/// assert_eq!(clean("\u{1b}[2Jgone", 80), "‹U+001B›[2Jgone");
/// assert_eq!(clean("abcdef", 4), "abcd… ‹2 more characters›");
/// ```
#[must_use]
pub fn clean(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    let mut marks = Marks::default();
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    let mut taken = 0_usize;
    while let Some((at, character)) = characters.next() {
        if taken == limit {
            marks.finish(&mut shown);
            let left = text[at..].chars().count();
            shown.push_str(&format!("… ‹{} more characters›", crate::words::thousands(left)));
            return shown;
        }
        taken += 1;
        if character == '\r' && matches!(characters.peek(), Some((_, '\n'))) {
            continue;
        }
        if is_mark(character) && !is_hidden(character, before) {
            marks.push(&mut shown, character, before);
            before = Some(character);
            continue;
        }
        marks.finish(&mut shown);
        match character {
            '\n' | '\r' => shown.push_str("↵ "),
            '\t' => shown.push(' '),
            hidden if is_hidden(hidden, before) => {
                shown.push_str(&format!("‹U+{:04X}›", u32::from(hidden)));
                before = None;
                continue;
            }
            space if space.is_whitespace() => shown.push(' '),
            plain => shown.push(plain),
        }
        before = Some(character);
    }
    marks.finish(&mut shown);
    shown
}

/// Whether a character is invisible, changes the direction of its neighbours or controls the device that shows it.
///
/// `before` is the character in front of it: a joiner inside a word of a script that is written with joiners, or inside an emoji, is
/// part of the spelling and not hidden.
pub(crate) fn is_hidden(character: char, before: Option<char>) -> bool {
    match character {
        '\n' | '\r' | '\t' => false,
        '\u{200C}' | '\u{200D}' => !before.is_some_and(joins),
        '\u{FE0E}' | '\u{FE0F}' => !before.is_some_and(|c| !c.is_ascii() || c.is_ascii_digit() || matches!(c, '#' | '*')),
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}' => {
            true
        }
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{2800}' | '\u{FE00}'..='\u{FE0D}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' => true,
        '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{10FFFF}' => true,
        other => other.is_control() || u32::from(other) & 0xFFFE == 0xFFFE,
    }
}

/// Whether spelling may put a joiner behind this character: Arabic, Syriac, the scripts of India and their neighbours, Mongolian,
/// and pictures that join into one emoji.
fn joins(before: char) -> bool {
    matches!(before,
        '\u{0620}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AA}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FE0F}' | '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn is_mark(character: char) -> bool {
    !character.is_ascii() && character.width() == Some(0)
}

/// Marks that follow one letter: the first few are kept, the rest counted.
#[derive(Default)]
struct Marks {
    count: usize,
}

impl Marks {
    fn push(&mut self, shown: &mut String, mark: char, before: Option<char>) {
        if self.count == 0 && before.is_none_or(char::is_whitespace) {
            // A mark without a letter would sit on the report's own text.
            shown.push('◌');
        }
        self.count += 1;
        if self.count <= MARKS {
            shown.push(mark);
        }
    }

    fn finish(&mut self, shown: &mut String) {
        if self.count > MARKS {
            shown.push_str(&format!("‹{} more marks›", crate::words::thousands(self.count - MARKS)));
        }
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_names_of_any_script_stay_as_they_are() {
        for name in [
            "Zoë Ångström-O’Neil",
            "नीलम शर्मा",
            "박서연",
            "محمد‌رضا",
            "Nguyễn Thị Ánh",
            "ශ්‍රී",
            "Ze\u{301}",
            "山田 太郎",
            "👩🏽‍💻 dev",
            "ཀྵ",
        ] {
            assert_eq!(clean(name, 80), name);
        }
    }

    #[test]
    fn what_hides_is_shown() {
        for (hostile, shown) in [
            ("a\u{202E}gpj.exe", "a‹U+202E›gpj.exe"),
            ("pay\u{200B}pal", "pay‹U+200B›pal"),
            ("\u{9b}31m", "‹U+009B›31m"),
            ("x\u{7f}", "x‹U+007F›"),
            ("x\u{0}y", "x‹U+0000›y"),
            ("a\u{200D}b", "a‹U+200D›b"),
            ("tag\u{E0041}", "tag‹U+E0041›"),
            ("one\r\ntwo\nthree\tfour", "one↵ two↵ three four"),
            ("\u{301}x", "◌\u{301}x"),
            ("a\u{2066}b\u{2069}", "a‹U+2066›b‹U+2069›"),
            ("private \u{E000}", "private ‹U+E000›"),
        ] {
            assert_eq!(clean(hostile, 80), shown);
        }
    }

    #[test]
    fn piled_marks_are_counted() {
        let piled = format!("e{}x", "\u{301}".repeat(2_000));
        assert_eq!(clean(&piled, 3_000), format!("e{}‹1,994 more marks›x", "\u{301}".repeat(6)));
    }

    #[test]
    fn a_long_text_says_how_long_it_was() {
        let shown = clean(&"ä".repeat(10_000), 80);
        assert!(shown.starts_with("ää") && shown.ends_with("… ‹9,920 more characters›"));
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in "\\PC{0,40}|.{0,40}|[\\x00-\\x1f\u{200b}-\u{2069}a-c\u{301}]{0,40}", limit in 0_usize..60) {
            let shown = clean(&text, limit);
            let mut before = None;
            for character in shown.chars() {
                prop_assert!(!is_hidden(character, before), "{:?} in {:?}", character, shown);
                prop_assert!(!character.is_control());
                before = Some(character);
            }
            prop_assert_eq!(clean(&shown, usize::MAX), shown);
        }
    }
}
