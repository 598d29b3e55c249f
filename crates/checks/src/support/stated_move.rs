//! When the applicant moved to the claimed place, in their own words.
//!
//! A claimed residence is a claim about now. Where the applicant says since when they live there, it claims nothing of earlier
//! months.

use bonafide_normalise::date;

use super::clock_claim::ClockClaim;
use crate::prelude::*;

/// So many answers and messages are read, and so much of each.
const TEXTS: usize = 64;
const TEXT_CHARACTERS: usize = 4_000;
/// Plans further ahead than this are no move.
const AHEAD_MONTHS: i32 = 12;
/// Words of a move, with what begins with them.
const MOVE: &[&str] = &[
    "moved",
    "moving",
    "move",
    "relocat",
    "settled",
    "umgezogen",
    "gezogen",
    "umzug",
    "übersied",
    "mudé",
    "mudei",
    "mudado",
    "mudança",
    "mudanza",
    "trasladé",
    "trasladado",
    "déménag",
    "installé",
    "trasferit",
];
/// Words of a residence; they tell of a move where a beginning is named.
const LIVE: &[&str] =
    &["live", "living", "lived", "based", "resid", "wohn", "leb", "viv", "moro", "habit", "abit", "address", "location"];
const SINCE: &[&str] = &["since", "seit", "desde", "depuis", "dal", "from"];

/// A move that the applicant states.
pub(crate) struct StatedMove {
    /// The last month in which it may have been.
    pub(crate) month: YearMonth,
}

/// The latest move to the claimed place that the applicant dates in an answer or a message.
pub(crate) fn to_place_of(dossier: &Dossier, claim: &ClockClaim<'_>) -> Option<StatedMove> {
    let places = claim.names_of_the_place();
    let answers =
        dossier.all::<Answer>().take(TEXTS).map(|answer| (answer.payload.question.as_str(), answer.payload.answer.as_str()));
    let messages = dossier.all::<Message>().filter(|message| message.direction == Direction::FromSubject).take(TEXTS);
    let texts = answers.chain(messages.map(|message| ("", message.payload.text.as_str())));
    let month = texts.filter_map(|(question, text)| moved(question, text, &places, claim.as_of)).max()?;
    Some(StatedMove { month })
}

fn moved(question: &str, text: &str, places: &[String], judged: YearMonth) -> Option<YearMonth> {
    let question: String = question.chars().take(TEXT_CHARACTERS).collect::<String>().to_lowercase();
    let text: String = text.chars().take(TEXT_CHARACTERS).collect();
    // "Since when have you lived at your present address?": the answer need not say so again.
    let asked = has_word(&question, MOVE)
        || (has_word(&question, LIVE) && has_word(&question, &["since", "when", "how long", "seit", "wann"]));
    sentences(&text)
        .filter_map(|sentence| {
            let lower = sentence.to_lowercase();
            let tells = has_word(&lower, MOVE) || (has_word(&lower, LIVE) && has_word(&lower, SINCE));
            let names = places.iter().any(|place| lower.contains(place.as_str()));
            ((tells && names) || asked).then(|| latest_date(sentence, judged)).flatten()
        })
        .max()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '!', '?']).flat_map(|line| line.split(". "))
}

/// Whether a text in lower case has a word that begins with one of the stems; stems with a space stand anywhere.
fn has_word(text: &str, stems: &[&str]) -> bool {
    text.split(|character: char| !character.is_alphanumeric()).any(|word| stems.iter().any(|stem| word.starts_with(stem)))
        || stems.iter().any(|stem| stem.contains(' ') && text.contains(stem))
}

fn latest_date(sentence: &str, judged: YearMonth) -> Option<YearMonth> {
    let dates = date::find_dates(sentence).into_iter().map(|found| found.date);
    let ranges = date::find_ranges(sentence).into_iter().map(|range| range.start);
    let months = dates.chain(ranges).map(|date| date.latest_month());
    months.filter(|month| month.months_since(judged) <= AHEAD_MONTHS).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(question: &str, text: &str) -> Option<String> {
        let judged = YearMonth::new(2025, 6).expect("a month");
        let places = ["berlin".to_owned(), "germany".to_owned()];
        moved(question, text, &places, judged).map(|month| month.to_string())
    }

    #[test]
    fn a_dated_move_is_read() {
        for text in [
            "I moved to Berlin in April 2025 for family reasons.",
            "Happy to talk. I relocated from Recife to Germany in 04/2025; my papers are in order.",
            "I have lived in Berlin since April 2025.",
            "Ich bin im April 2025 nach Berlin gezogen.",
        ] {
            assert_eq!(said("", text).as_deref(), Some("2025-04"), "{text}");
        }
        assert_eq!(said("Since when have you lived at your current address?", "April 2025").as_deref(), Some("2025-04"));
        assert_eq!(said("", "I moved to Berlin in 2024.").as_deref(), Some("2024-12"), "a year is over at its end");
    }

    #[test]
    fn what_is_no_dated_move() {
        for text in [
            "I moved our systems to Kafka in April 2025.",
            "I live in Berlin.",
            "Berlin, April 2025",
            "I moved to Berlin and like it. We shipped in April 2025.",
            "I will move to Berlin in April 2031.",
        ] {
            assert_eq!(said("", text), None, "{text}");
        }
        assert_eq!(said("What did you do in your last role?", "April 2025"), None);
    }
}
