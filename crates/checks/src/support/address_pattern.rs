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
    /// The boast it carries, at the start or end of a run of letters.
    pub(crate) boast: Option<&'static str>,
    /// The longest run of digits.
    pub(crate) longest_digits: usize,
    /// The four digits at its end, where they are exactly four and read as month and day.
    pub(crate) month_day: Option<&'a str>,
    /// The letters before exactly four digits, where it is made of these alone.
    pub(crate) letters_then_four: Option<&'a str>,
}

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
    let mut boast = None;
    let mut longest_digits = 0;
    for run in runs(local) {
        if run.starts_with(|c: char| c.is_ascii_digit()) {
            longest_digits = longest_digits.max(run.len());
        } else if boast.is_none() {
            boast = BOASTS.iter().copied().find(|word| run.starts_with(word) || run.ends_with(word));
        }
    }
    let digits_from = local.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = local.split_at(digits_from);
    let four = (tail.len() == 4).then_some(tail);
    Shape {
        boast,
        longest_digits,
        month_day: four.filter(|digits| is_month_day(digits)),
        letters_then_four: four.and((!head.is_empty() && head.bytes().all(|b| b.is_ascii_alphabetic())).then_some(head)),
    }
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

/// Runs of ASCII letters and runs of ASCII digits; everything else separates.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let first = rest.chars().next()?;
        let same = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_ascii_alphabetic() };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boasts_stand_at_the_edge_of_a_run_of_letters() {
        for (local, boast) in [
            ("topstar417", Some("star")),
            ("devkaro88", Some("dev")),
            ("karo.dev.1990", Some("dev")),
            ("mydevelopment1", None),
            ("anna.topolski", Some("top")),
            ("christopher", None),
            ("1234", None),
            ("", None),
        ] {
            assert_eq!(shape(local).boast.is_some(), boast.is_some(), "{local}");
        }
    }

    #[test]
    fn four_digits_are_exactly_four() {
        assert_eq!(shape("karo1231").month_day, Some("1231"));
        assert_eq!(shape("karo0231").month_day, None);
        assert_eq!(shape("karo91231").month_day, None);
        assert_eq!(shape("karo1231").letters_then_four, Some("karo"));
        assert_eq!(shape("ka.ro1231").letters_then_four, None);
        assert_eq!(shape("1231").letters_then_four, None);
        assert_eq!(shape("karo12é1231").longest_digits, 4);
    }
}
