//! Widths of the fourteen standard fonts (ISO 32000-2, 9.6.2.2), which files need not embed nor describe.

use unicode_normalization::char::decompose_canonical;

/// A face of the standard fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Helvetica,
    HelveticaBold,
    Times,
    TimesBold,
    TimesItalic,
    TimesBoldItalic,
    Courier,
}

impl Face {
    /// The standard face that a font's name (without subset tag) stands for, also under the names of its metric twins.
    pub(super) fn of(name: &str) -> Option<Self> {
        let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let bold = folded.contains("bold");
        let italic = folded.contains("italic") || folded.contains("oblique");
        if folded.starts_with("helvetica") || folded.starts_with("arial") || folded.starts_with("liberationsans") {
            Some(if bold { Self::HelveticaBold } else { Self::Helvetica })
        } else if folded.starts_with("times") || folded.starts_with("liberationserif") {
            Some(match (bold, italic) {
                (false, false) => Self::Times,
                (true, false) => Self::TimesBold,
                (false, true) => Self::TimesItalic,
                (true, true) => Self::TimesBoldItalic,
            })
        } else if folded.starts_with("courier") || folded.starts_with("liberationmono") {
            Some(Self::Courier)
        } else {
            None
        }
    }

    /// Width of a character in thousandths of an em. Accented letters are as wide as their base letters.
    pub(super) fn width(self, character: char) -> u16 {
        let (ascii, others) = match self {
            Self::Helvetica => (&HELVETICA, &HELVETICA_OTHERS),
            Self::HelveticaBold => (&HELVETICA_BOLD, &HELVETICA_BOLD_OTHERS),
            Self::Times => (&TIMES, &TIMES_OTHERS),
            Self::TimesBold => (&TIMES_BOLD, &TIMES_BOLD_OTHERS),
            Self::TimesItalic => (&TIMES_ITALIC, &TIMES_ITALIC_OTHERS),
            Self::TimesBoldItalic => (&TIMES_BOLD_ITALIC, &TIMES_BOLD_ITALIC_OTHERS),
            Self::Courier => return 600,
        };
        let mut base = None;
        decompose_canonical(character, |part| {
            base.get_or_insert(part);
        });
        let base = match base.unwrap_or(character) {
            '\u{A0}' => ' ',
            '\u{AD}' | '\u{2010}' | '\u{2011}' => '-',
            base => base,
        };
        match base {
            ' '..='~' => ascii[base as usize - 0x20],
            _ => match OTHERS.iter().position(|&other| other == base) {
                Some(index) => others[index],
                None => 556,
            },
        }
    }
}

/// The characters beyond ASCII whose widths are listed.
const OTHERS: [char; 27] = [
    '•', '–', '—', '‘', '’', '“', '”', '…', '€', 'ß', 'Æ', 'Œ', 'æ', 'œ', 'Ø', 'ø', 'Ł', 'ł', 'ı', '°', '·', '«', '»', '§', '™',
    '©', '®',
];

const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const HELVETICA_OTHERS: [u16; 27] = [
    350, 556, 1000, 222, 222, 333, 333, 1000, 556, 611, 1000, 1000, 889, 944, 778, 611, 556, 222, 278, 400, 278, 556, 556, 556,
    1000, 737, 737,
];

const HELVETICA_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278,
    556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
const HELVETICA_BOLD_OTHERS: [u16; 27] = [
    350, 556, 1000, 278, 278, 500, 500, 1000, 556, 611, 1000, 1000, 889, 944, 778, 611, 611, 278, 278, 400, 278, 556, 556, 556,
    1000, 737, 737,
];

const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722,
    667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
    500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
const TIMES_OTHERS: [u16; 27] = [
    350, 500, 1000, 333, 333, 444, 444, 1000, 500, 500, 889, 889, 667, 722, 722, 500, 611, 278, 278, 400, 250, 500, 500, 500,
    980, 760, 760,
];

const TIMES_BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778,
    722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333,
    556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];
const TIMES_BOLD_OTHERS: [u16; 27] = [
    350, 500, 1000, 333, 333, 500, 500, 1000, 500, 556, 1000, 1000, 722, 722, 778, 500, 667, 278, 278, 400, 250, 500, 500, 500,
    1000, 747, 747,
];

const TIMES_ITALIC: [u16; 95] = [
    250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667, 556, 833, 667, 722, 611, 722,
    611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278,
    444, 278, 722, 500, 500, 500, 500, 389, 389, 278, 500, 444, 667, 444, 444, 389, 400, 275, 400, 541,
];
const TIMES_ITALIC_OTHERS: [u16; 27] = [
    350, 500, 889, 333, 333, 556, 556, 889, 500, 500, 889, 944, 667, 667, 722, 500, 556, 278, 278, 400, 250, 500, 500, 500, 980,
    760, 760,
];

const TIMES_BOLD_ITALIC: [u16; 95] = [
    250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389, 500, 667, 611, 889, 722, 722, 611, 722,
    667, 556, 611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570, 500, 333, 500, 500, 444, 500, 444, 333, 500, 556, 278, 278,
    500, 278, 778, 556, 500, 500, 500, 389, 389, 278, 556, 444, 667, 500, 444, 389, 348, 220, 348, 570,
];
const TIMES_BOLD_ITALIC_OTHERS: [u16; 27] = [
    350, 500, 1000, 333, 333, 500, 500, 1000, 500, 500, 944, 944, 722, 722, 722, 500, 611, 278, 278, 400, 250, 500, 500, 500,
    1000, 747, 747,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_and_widths() {
        assert_eq!(Face::of("Helvetica-BoldOblique"), Some(Face::HelveticaBold));
        assert_eq!(Face::of("TimesNewRoman,Italic"), Some(Face::TimesItalic));
        assert_eq!(Face::of("Calibri"), None);
        assert_eq!(Face::Helvetica.width('A'), 667);
        assert_eq!(Face::Helvetica.width('Ä'), 667);
        assert_eq!(Face::Times.width('—'), 1000);
        assert_eq!(Face::Courier.width('i'), 600);
    }
}
