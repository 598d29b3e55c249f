//! Building one line of a document from pieces of text.

use bonafide_model::{fact::Hiding, place::Place};

use crate::{
    document::{Hidden, Line, Run},
    invisible::{self, Sight},
};

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Letters {
    /// In points; 0 where unknown.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// A line in the making. White space is folded, invisible characters are taken out, gaps and runs are noted.
#[derive(Clone, Debug)]
pub(crate) struct LineBuilder {
    text: String,
    gaps: Vec<u32>,
    runs: Vec<Run>,
    /// The same with hidden characters spelled out; kept only once there are any.
    spelled_out: Option<String>,
    /// Direction marks, which are honest where letters run from right to left.
    directions: Vec<char>,
    right_to_left: bool,
    spaces: u32,
    gap: bool,
    before: Option<char>,
    /// So many spaces make a gap.
    gap_from: u32,
}

/// Longest excerpt of a line with hidden characters.
const EXCERPT: usize = 2_000;

impl LineBuilder {
    /// A line in which so many spaces in a row count as a gap.
    pub(crate) fn new(gap_from: u32) -> Self {
        Self {
            text: String::new(),
            gaps: Vec::new(),
            runs: Vec::new(),
            spelled_out: None,
            directions: Vec::new(),
            right_to_left: false,
            spaces: 0,
            gap: false,
            before: None,
            gap_from,
        }
    }

    /// A tab stop or a cell's border.
    pub(crate) fn gap(&mut self) {
        self.gap = true;
        self.before = Some(' ');
    }

    pub(crate) fn push(&mut self, text: &str, letters: Letters) {
        for character in text.chars() {
            if character == '\t' {
                self.gap();
                continue;
            }
            if character.is_whitespace() {
                self.spaces += 1;
                self.before = Some(' ');
                continue;
            }
            let sight = invisible::sight(character, self.before);
            if sight != Sight::Hidden || self.before.is_none_or(|before| !('\u{e0000}'..='\u{e007f}').contains(&before)) {
                self.before = Some(character);
            }
            match sight {
                Sight::Seen => self.letter(character, letters),
                Sight::Dropped => {}
                Sight::Direction => self.directions.push(character),
                Sight::Hidden => {
                    let text = &self.text;
                    let spelled_out = self.spelled_out.get_or_insert_with(|| text.clone());
                    if spelled_out.len() < EXCERPT {
                        spelled_out.push_str(&invisible::spelled_out(character));
                    }
                    // The next character is judged by what is seen before this one.
                    self.before = self.text.chars().next_back();
                }
            }
        }
    }

    fn letter(&mut self, character: char, letters: Letters) {
        if !self.text.is_empty() && (self.spaces > 0 || self.gap) {
            let sentence_end = self.text.ends_with(['.', '!', '?', ':', ';', ',']) && self.spaces < 3;
            // Two spaces are a slip of the finger between words, and a distance in front of a figure.
            let wide = self.spaces >= self.gap_from || (self.spaces == 2 && character.is_ascii_digit());
            if self.gap || (wide && !sentence_end) {
                self.gaps.push(self.text.len() as u32);
            }
            self.put(' ');
        }
        self.spaces = 0;
        self.gap = false;
        let same = self
            .runs
            .last()
            .is_some_and(|run| run.size == letters.size && run.bold == letters.bold && run.italic == letters.italic);
        if !same {
            self.runs.push(Run { start: self.text.len() as u32, size: letters.size, bold: letters.bold, italic: letters.italic });
        }
        self.right_to_left |= invisible::is_right_to_left(character);
        self.put(character);
    }

    fn put(&mut self, character: char) {
        self.text.push(character);
        if let Some(spelled_out) = self.spelled_out.as_mut().filter(|text| text.len() < EXCERPT) {
            spelled_out.push(character);
        }
    }

    /// Takes what was gathered and starts anew: the line, where it has visible text, and what is hidden in it.
    pub(crate) fn take(&mut self, place: &Place) -> (Option<Line>, Option<Hidden>) {
        let built = std::mem::replace(self, Self::new(self.gap_from));
        let suspicious = !built.right_to_left && !built.directions.is_empty();
        let mut excerpt = built.spelled_out.clone();
        if suspicious && excerpt.is_none() {
            let marks: String = built.directions.iter().take(20).map(|&mark| invisible::spelled_out(mark)).collect();
            excerpt = Some(format!("{marks}{}", built.text.chars().take(EXCERPT).collect::<String>()));
        }
        let hidden = excerpt.map(|text| Hidden { hiding: Hiding::ZeroWidth, text, place: place.clone() });
        if built.text.is_empty() {
            return (None, hidden);
        }
        let line = Line {
            size: built.runs.iter().map(|run| run.size).fold(0.0, f32::max),
            bold: built.runs.iter().all(|run| run.bold),
            italic: built.runs.iter().all(|run| run.italic),
            text: built.text,
            gaps: built.gaps,
            runs: built.runs,
            page: 1,
            place: place.clone(),
            ..Line::default()
        };
        (Some(line), hidden)
    }
}

/// Glyphs that start list items and are nothing else.
const BULLETS: &[char] = &[
    '•', '◦', '▪', '▫', '●', '○', '■', '□', '‣', '⁃', '∙', '·', '►', '▶', '▸', '▹', '➢', '➤', '➔', '➜', '→', '✓', '✔', '✦', '✧',
    '❖', '◆', '◇', '★', '☆', '⦁', '⬤', '⚫', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}', '\u{f0a8}', '\u{f076}', '\u{f06e}',
];
/// Marks that start list items when a space follows.
const DASHES: &[char] = &['-', '–', '—', '―', '−', '*', '+'];

/// Cuts the bullet off a line that starts with one.
pub(crate) fn cut_bullet(line: &mut Line) {
    let mut characters = line.text.chars();
    let Some(first) = characters.next() else { return };
    let rest = characters.as_str();
    let is_bullet = BULLETS.contains(&first)
        || (DASHES.contains(&first) && rest.starts_with(' '))
        || (first == 'o' && line.gaps.first() == Some(&1));
    let kept = rest.trim_start();
    if !is_bullet || kept.is_empty() {
        return;
    }
    let cut = (line.text.len() - kept.len()) as u32;
    line.text.drain(..cut as usize);
    line.bullet = Some(plain_bullet(first));
    line.gaps.retain(|&gap| gap > cut);
    line.gaps.iter_mut().for_each(|gap| *gap -= cut);
    let covering = line.runs.iter().rposition(|run| run.start <= cut).unwrap_or(0);
    line.runs.drain(..covering);
    line.runs.iter_mut().for_each(|run| run.start = run.start.saturating_sub(cut));
    // The glyph's own look says nothing about the text.
    line.size = line.runs.iter().map(|run| run.size).fold(0.0, f32::max);
    line.bold = line.runs.iter().all(|run| run.bold);
    line.italic = line.runs.iter().all(|run| run.italic);
}

/// The Unicode character of glyphs of the Symbol and Wingdings fonts, which stand in the private use area.
pub(crate) const fn plain_bullet(glyph: char) -> char {
    match glyph {
        '\u{f0b7}' | '\u{f06c}' => '•',
        '\u{f0a7}' | '\u{f06e}' => '▪',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' => '✔',
        '\u{f076}' => '❖',
        '\u{f0a8}' | '\u{f071}' => '◻',
        '\u{f075}' => '◆',
        '\u{f0e0}' => '→',
        other => other,
    }
}

/// Joins lines that stand beside each other, left to right, with a gap between them.
pub(crate) fn beside(lines: impl IntoIterator<Item = Line>) -> Option<Line> {
    let mut lines = lines.into_iter();
    let mut joined = lines.next()?;
    for line in lines {
        let gap = joined.text.len() as u32;
        joined.text.push(' ');
        joined.text.push_str(&line.text);
        joined.gaps.push(gap);
        joined.gaps.extend(line.gaps.iter().map(|offset| offset + gap + 1));
        joined.runs.extend(line.runs.iter().map(|run| Run { start: run.start + gap + 1, ..*run }));
        joined.size = joined.size.max(line.size);
        joined.bold &= line.bold;
        joined.italic &= line.italic;
        joined.heading = joined.heading.or(line.heading);
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use bonafide_model::place::Place;
    use proptest::prelude::*;

    use super::{Letters, LineBuilder, beside, cut_bullet};
    use crate::document::Line;

    const PLAIN: Letters = Letters { size: 11.0, bold: false, italic: false };
    const BOLD: Letters = Letters { size: 11.0, bold: true, italic: false };

    fn line(pieces: &[(&str, Letters)]) -> Line {
        let mut builder = LineBuilder::new(3);
        for (text, letters) in pieces {
            builder.push(text, *letters);
        }
        builder.take(&Place::Whole).0.expect("there is text")
    }

    #[test]
    fn spaces_fold_and_gaps_are_noted() {
        let line = line(&[("  Engineer,\u{a0} Globex", BOLD), ("\t2019", PLAIN), (" –   2022 ", PLAIN)]);
        assert_eq!(line.text, "Engineer, Globex 2019 – 2022");
        assert_eq!(line.gaps.iter().map(|&gap| &line.text[gap as usize..]).collect::<Vec<_>>(), [" 2019 – 2022", " 2022"]);
        assert_eq!(line.runs.iter().map(|run| (run.start, run.bold)).collect::<Vec<_>>(), [(0, true), (17, false)]);
        assert!(!line.bold);
    }

    #[test]
    fn bullets_are_cut_with_their_offsets() {
        let mut bulleted = line(&[("•\t", PLAIN), ("Led\tteams", BOLD)]);
        cut_bullet(&mut bulleted);
        assert_eq!((bulleted.bullet, bulleted.text.as_str(), bulleted.bold), (Some('•'), "Led teams", true));
        assert_eq!((bulleted.gaps.as_slice(), bulleted.runs.len(), bulleted.runs[0].start), (&[3][..], 1, 0));
        for (text, bullet, rest) in [
            ("- one", Some('-'), "one"),
            ("-one", None, "-one"),
            ("o one", None, "o one"),
            ("•", None, "•"),
            ("\u{f0b7}x", Some('•'), "x"),
        ] {
            let mut found = line(&[(text, PLAIN)]);
            cut_bullet(&mut found);
            assert_eq!((found.bullet, found.text.as_str()), (bullet, rest));
        }
    }

    #[test]
    fn hidden_characters_are_taken_out_and_told() {
        let mut builder = LineBuilder::new(3);
        builder.push("Py\u{200b}thon x\u{e0068}\u{e0069}", PLAIN);
        let (line, hidden) = builder.take(&Place::Whole);
        assert_eq!(line.expect("text").text, "Python x");
        assert_eq!(hidden.expect("there").text, "Py⟨U+200B⟩thon xhi");
        builder.push("שלום\u{200f} (a)", PLAIN);
        assert!(builder.take(&Place::Whole).1.is_none());
        builder.push("abc\u{200f}", PLAIN);
        assert_eq!(builder.take(&Place::Whole).1.expect("there").text, "⟨U+200F⟩abc");
    }

    #[test]
    fn cells_stand_beside_each_other() {
        let joined = beside([line(&[("2019", PLAIN)]), line(&[("Engineer\tGlobex", BOLD)])]).expect("two");
        assert_eq!((joined.text.as_str(), joined.gaps.as_slice()), ("2019 Engineer Globex", &[4, 13][..]));
        assert_eq!(joined.runs[1].start, 5);
    }

    proptest! {
        #[test]
        fn offsets_are_true(pieces in prop::collection::vec(("[•a-cé \t\u{200b}-]{0,6}", any::<bool>()), 0..6)) {
            let mut builder = LineBuilder::new(2);
            for (text, bold) in &pieces {
                builder.push(text, if *bold { BOLD } else { PLAIN });
            }
            if let (Some(mut line), _) = builder.take(&Place::Whole) {
                for _ in 0..2 {
                    prop_assert!(line.gaps.iter().all(|&gap| line.text[gap as usize..].starts_with(' ')));
                    prop_assert!(line.runs.iter().all(|run| line.text.is_char_boundary(run.start as usize)));
                    prop_assert_eq!(line.runs[0].start, 0);
                    prop_assert!(!line.text.contains("  ") && line.text.trim() == line.text);
                    cut_bullet(&mut line);
                }
            }
        }
    }
}
