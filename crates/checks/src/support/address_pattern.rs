//! Shapes of the part before the `@`.
//!
//! Shapes are weak: they are habits of naming, and habits differ between honest groups. Single shapes (four digits at the end, a
//! month and a day) are up to thirteen times commoner in some regions than in others, so the checks that read them fire only where
//! an unusual shape is confirmed by something else, and all of them together add no more than one bit.

use crate::prelude::{Dossier, Email, FactValue, Known, Link};

/// A word that boasts of a trade or of luck, as pattern-made mailboxes carry it.
///
/// No word of this list is a family or given name that is common anywhere: a name must not become a boast.
const BOASTS: &[&str] = &[
    "dev",
    "developer",
    "devstar",
    "star",
    "dragon",
    "top",
    "web",
    "code",
    "coder",
    "coding",
    "tech",
    "techno",
    "pro",
    "master",
    "super",
    "smart",
    "crypto",
    "blockchain",
    "fullstack",
    "stack",
    "soft",
    "software",
    "talent",
    "guru",
    "ninja",
    "expert",
    "best",
    "bright",
    "dream",
    "engineer",
    "hacker",
    "wizard",
    "genius",
    "legend",
    "hero",
    "lucky",
    "magic",
    "success",
    "victory",
    "winner",
    "ultra",
    "mega",
    "mighty",
    "cyber",
    "matrix",
    "programmer",
];

/// What a local part looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape<'a> {
    /// The boast it carries and the digits glued to it.
    pub(crate) boast: Option<Boast<'a>>,
    /// The four digits at its end, where they are exactly four and read as month and day.
    pub(crate) month_day: Option<&'a str>,
    /// The letters before exactly four digits, where it is made of these alone.
    pub(crate) letters_then_four: Option<&'a str>,
}

/// A boast at the start or end of a run of letters, with digits glued to that run.
///
/// Pattern-made mailboxes are one word. A full stop or hyphen between boast and digits (`karo.dev.311`) is how people compose a
/// name, and four digits that are a year of birth are how they tell it from their namesakes'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Boast<'a> {
    /// The word of the list.
    pub(crate) word: &'static str,
    /// Three or more digits, no year of birth.
    pub(crate) digits: &'a str,
}

/// Fewer digits are an age, a year in short or a lucky number.
const FEWEST_DIGITS: usize = 3;

/// Years in which people who work today were born.
const YEARS_OF_BIRTH: std::ops::RangeInclusive<u16> = 1940..=2015;

/// A name that the subject chose: the local part of a mailbox or a handle.
pub(crate) struct Identifier<'a> {
    /// The name in canonical form.
    pub(crate) name: String,
    /// The fact it stands in.
    pub(crate) known: Known<'a, FactValue>,
}

/// All distinct names that the subject chose, mailboxes first.
pub(crate) fn identifiers(dossier: &Dossier) -> Vec<Identifier<'_>> {
    let mailboxes = dossier.all::<Email>().map(|email| (email.local_part().to_owned(), email.fact));
    let handles = dossier.all::<Link>().filter_map(|link| Some((link.handle.as_ref()?.to_ascii_lowercase(), link.fact)));
    let mut found: Vec<Identifier<'_>> = Vec::new();
    for (name, fact) in mailboxes.chain(handles) {
        if !found.iter().any(|known| known.name == name) {
            found.push(Identifier { name, known: Known { fact, payload: &fact.value } });
        }
    }
    found
}

/// Reads the shape of a local part or handle in canonical form.
pub(crate) fn shape(local: &str) -> Shape<'_> {
    let digits_from = local.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = local.split_at(digits_from);
    let four = (tail.len() == 4).then_some(tail);
    Shape {
        boast: boast_in(local),
        month_day: four.filter(|digits| is_month_day(digits)),
        letters_then_four: four.and((!head.is_empty() && head.bytes().all(|b| b.is_ascii_alphabetic())).then_some(head)),
    }
}

fn boast_in(local: &str) -> Option<Boast<'_>> {
    local.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
        let runs: Vec<&str> = runs(word).collect();
        runs.windows(2).find_map(|pair| match pair {
            [digits, letters] if is_number(digits) => boast_beside(letters, digits),
            [letters, digits] => boast_beside(letters, digits),
            _ => None,
        })
    })
}

fn boast_beside<'a>(letters: &str, digits: &'a str) -> Option<Boast<'a>> {
    if digits.len() < FEWEST_DIGITS || is_year_of_birth(digits) {
        return None;
    }
    let word = BOASTS.iter().copied().find(|word| letters.starts_with(word) || letters.ends_with(word))?;
    Some(Boast { word, digits })
}

fn is_number(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

fn is_year_of_birth(digits: &str) -> bool {
    digits.len() == 4 && digits.parse().is_ok_and(|year: u16| YEARS_OF_BIRTH.contains(&year))
}

fn is_month_day(digits: &str) -> bool {
    let (Ok(month), Ok(day)) = (digits[..2].parse::<u8>(), digits[2..].parse::<u8>()) else { return false };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Runs of letters and runs of digits in a word of these alone.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let is_digits = is_number(rest);
        let end = rest.find(|c: char| c.is_ascii_digit() != is_digits).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        (!run.is_empty()).then_some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boasts_stand_at_the_edge_of_a_run_of_letters() {
        for (local, boast) in [
            ("topstar417", Some(("star", "417"))),
            ("417dragonkaro", Some(("dragon", "417"))),
            ("x9_devkaro0417", Some(("dev", "0417"))),
            ("devkaro88", None),
            ("mydevelopment417", None),
            ("christopher417", None),
            ("417", None),
            ("417dev", Some(("dev", "417"))),
            ("", None),
        ] {
            assert_eq!(shape(local).boast, boast.map(|(word, digits)| Boast { word, digits }), "{local}");
        }
    }

    #[test]
    fn composed_names_and_years_of_birth_are_no_pattern() {
        for local in ["karo.dev.417", "dev-417", "karo_417.dev", "karodev1987", "1987dev", "karo.dev2001"] {
            assert_eq!(shape(local).boast, None, "{local}");
        }
        assert!(shape("karodev2060").boast.is_some() && shape("karodev19870").boast.is_some());
    }

    #[test]
    fn four_digits_are_exactly_four() {
        assert_eq!(shape("karo1231").month_day, Some("1231"));
        assert_eq!(shape("karo0231").month_day, None);
        assert_eq!(shape("karo91231").month_day, None);
        assert_eq!(shape("karo1231").letters_then_four, Some("karo"));
        assert_eq!(shape("ka.ro1231").letters_then_four, None);
        assert_eq!(shape("1231").letters_then_four, None);
    }
}
