//! Dates that are broken in a narrow cell: `June 2010 – May` above `2024`.
//!
//! Read line by line, the second half of such a date stands behind whatever is beside it, and neither half is a range. The half goes
//! back to where it belongs where one stands right below the other, flush left or right, and both are nothing but halves of a range.

use super::{Letter, segments::Segment};

/// Distance of the lines of one cell, in ems.
const PITCH: f32 = 1.9;
/// Difference of edges that are flush, in ems.
const FLUSH: f32 = 0.4;
/// Letters looked at for the end of an open range.
const REACH: usize = 40;

/// The rest of a date, and the place in its row of the segment that it ends.
pub(super) struct Rest {
    pub(super) segment: usize,
    pub(super) letters: Vec<Letter>,
}

/// Takes the rests of dates out of the row below.
pub(super) fn take_rests(text: &str, row: &[Segment], below: &mut Vec<Segment>) -> Vec<Rest> {
    let mut rests = Vec::new();
    for (number, open) in row.iter().enumerate() {
        let found = below.iter().position(|rest| {
            let em = open.size.min(rest.size);
            let close = (0.5 * em..=PITCH * em).contains(&(rest.baseline - open.baseline));
            close && rest.letters.len() <= 20 && stands_below(text, open, rest, em)
        });
        if let Some(found) = found {
            rests.push(Rest { segment: number, letters: below.remove(found).letters });
        }
    }
    rests
}

fn stands_below(text: &str, open: &Segment, rest: &Segment, em: f32) -> bool {
    let flush_left = open.letters.iter().rev().take(REACH).position(|letter| (letter.left - rest.left).abs() <= FLUSH * em);
    let letters = match flush_left {
        Some(behind) => &open.letters[open.letters.len() - 1 - behind..],
        None if (open.right - rest.right).abs() <= FLUSH * em => &open.letters[open.letters.len().saturating_sub(REACH)..],
        None => return false,
    };
    is_half(&compact(text, letters), &compact(text, &rest.letters))
}

fn compact(text: &str, letters: &[Letter]) -> String {
    let characters = letters.iter().flat_map(|letter| text[letter.text.clone()].chars());
    characters.filter(|character| !character.is_whitespace()).collect()
}

/// Whether a range that is open at its end goes on with the rest, both without blanks.
fn is_half(open: &str, rest: &str) -> bool {
    let dash = |character: char| matches!(character, '-' | '–' | '—' | '−' | '‐');
    let Some((from, to)) = open.rsplit_once(dash) else { return false };
    let begins = from.chars().rev().take(4).filter(char::is_ascii_digit).count() == 4;
    begins
        && match to {
            "" => is_end(rest),
            month => is_word(month) && is_year(rest),
        }
}

fn is_end(rest: &str) -> bool {
    const NOW: [&str; 8] = ["present", "now", "current", "currently", "today", "ongoing", "heute", "date"];
    let start_of_year = rest.len().checked_sub(4).filter(|&at| rest.is_char_boundary(at));
    NOW.contains(&rest.to_lowercase().as_str())
        || start_of_year.is_some_and(|at| {
            let (month, year) = rest.split_at(at);
            let number = |month: &str| month.len() <= 2 && month.bytes().all(|byte| byte.is_ascii_digit());
            let month = month.trim_end_matches(['/', '.', ',', '-']);
            is_year(year) && (number(month) || is_word(month))
        })
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word as long as the names of months are.
fn is_word(text: &str) -> bool {
    (3..=10).contains(&text.chars().count()) && text.trim_end_matches('.').chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::is_half;

    #[test]
    fn halves_of_ranges() {
        for (open, rest) in [
            ("June2011–", "Present"),
            ("June2010–May", "2024"),
            ("01/2016-", "02/2019"),
            ("January2016–", "February2019"),
            ("2016—", "2019"),
            ("Mar.2009–Sept.", "2018"),
        ] {
            assert!(is_half(open, rest), "{open} {rest}");
        }
        for (open, rest) in [
            ("June2011", "Present"),
            ("2009–2013", "2014"),
            ("full-", "2019"),
            ("June2011–", "Engineer"),
            ("June2011–", "2019ff"),
            ("1234–May", "12"),
            ("", ""),
            ("–", "2019"),
        ] {
            assert!(!is_half(open, rest), "{open} {rest}");
        }
    }
}
