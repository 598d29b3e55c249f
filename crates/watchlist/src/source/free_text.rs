//! Numbers and dates that stand in free text: reasons, notes, other information.
//!
//! Only what is labelled or has an unmistakable form is taken. The text itself stays a remark, so nothing is lost where nothing is
//! recognised.

use super::dates;
use crate::{
    entry::{Document, DocumentKind, Entry, EntryKind, Identifier, IdentifierKind},
    identifier::visible,
};

/// Texts are looked through up to here.
const MOST_BYTES: usize = 64 << 10;

/// A number or a date stands so near behind its label.
const MOST_BEHIND: usize = 100;

/// Labels before a number of a paper, in lower case; the longest fitting one counts.
const PAPERS: [(&str, DocumentKind); 22] = [
    ("passport number", DocumentKind::Passport),
    ("passport no.", DocumentKind::Passport),
    ("passport no", DocumentKind::Passport),
    ("passport:", DocumentKind::Passport),
    ("passport", DocumentKind::Passport),
    ("national identification number", DocumentKind::NationalId),
    ("national identification no.", DocumentKind::NationalId),
    ("national identification no", DocumentKind::NationalId),
    ("national identification", DocumentKind::NationalId),
    ("national identity card number", DocumentKind::NationalId),
    ("national identity card", DocumentKind::NationalId),
    ("national id no.", DocumentKind::NationalId),
    ("national id number", DocumentKind::NationalId),
    ("national id", DocumentKind::NationalId),
    ("identity card number", DocumentKind::NationalId),
    ("identity card no.", DocumentKind::NationalId),
    ("identity card no", DocumentKind::NationalId),
    ("identity card", DocumentKind::NationalId),
    ("id card number", DocumentKind::NationalId),
    ("id card no.", DocumentKind::NationalId),
    ("driving licence number", DocumentKind::DrivingLicence),
    ("driver's license no.", DocumentKind::DrivingLicence),
];

/// Words between a label and its number.
const BETWEEN: [&str; 9] = ["number", "no.", "no", "nr.", "nr", "#", "№", "is", "was"];

/// Labels before a date of birth, in lower case.
const BORN: [&str; 6] = ["date of birth:", "date of birth", "d.o.b.", "dob:", "dob ", "born on "];

/// Adds what the text names exactly.
pub(super) fn mine(text: &str, entry: &mut Entry) {
    let text = &*visible(&text[..text.floor_char_boundary(MOST_BYTES.min(text.len()))]);
    mailboxes_and_wallets(text, entry);
    if entry.kind == EntryKind::Person || entry.kind == EntryKind::Other {
        papers(text, entry);
        births(text, entry);
    }
}

/// Adds mailboxes and wallets, whose form alone tells what they are.
pub(super) fn mailboxes_and_wallets(text: &str, entry: &mut Entry) {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '<' | '>' | '"' | '[' | ']'));
    for word in words {
        let word = word.trim_matches(['.', ':', '\'']);
        if word.contains('@') {
            // A label may stand before it without a space: `Email:x@y`. Unquoted, a mailbox has neither sign (RFC 5322, §3.2.3).
            for mailbox in word.split([':', '|']).filter(|part| bonafide_normalise::email::parse(part).is_ok()) {
                entry.add_identifier(Identifier::new(IdentifierKind::Email, mailbox));
            }
        } else if (26..=110).contains(&word.len()) && word.is_ascii() && bonafide_normalise::wallet::canonical(word).is_some() {
            entry.add_identifier(Identifier::new(IdentifierKind::Wallet, word));
        }
    }
}

/// What stands behind a label in a text of lower case, as far as it may belong to it; letters of ASCII alone are lowered, so that
/// places are those of the text itself.
fn labelled<'t>(text: &'t str, lower: &str, label: &'t str) -> Vec<&'t str> {
    let is_word = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let behind = |at: usize| {
        let rest = &text[at + label.len()..];
        &rest[..rest.floor_char_boundary(MOST_BEHIND.min(rest.len()))]
    };
    lower.match_indices(label).filter(|(at, _)| is_word(*at)).map(|(at, _)| behind(at)).collect()
}

fn papers(text: &str, entry: &mut Entry) {
    let lower = text.to_ascii_lowercase();
    for (label, kind) in PAPERS {
        for rest in labelled(text, &lower, label) {
            if let Some(document) = number(rest).and_then(|number| Document::new(kind, number, country(rest, number), "")) {
                let is_known = entry.documents.iter().any(|known| known.kind == kind && known.number == document.number);
                if !is_known {
                    entry.add_document(document);
                }
            }
        }
    }
}

/// The number behind a label: within a few words, with two digits at least, letters in upper case.
fn number(rest: &str) -> Option<&str> {
    let mut words = rest.split([' ', ':', '\u{a0}']).filter(|word| !word.is_empty()).take(4);
    let word = words.find(|word| !BETWEEN.contains(&word.to_ascii_lowercase().trim_end_matches(':')))?;
    let word = word.split([',', ';', '(', ')', '"']).next()?.trim_end_matches('.');
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = (5..=20).contains(&word.chars().count())
        && digits >= 4
        && word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '-' | '/' | '.'))
        // A date is no number of a paper.
        && dates::day_first(word).is_none()
        && dates::birth(word).is_none();
    is_number.then_some(word)
}

/// A country in brackets right behind the number.
fn country<'t>(rest: &'t str, number: &str) -> &'t str {
    let Some((_, behind)) = rest.split_once(number) else { return "" };
    let inside = behind.trim_start().strip_prefix('(').and_then(|inside| inside.split_once(')')).map_or("", |(inside, _)| inside);
    if crate::identifier::country_code(inside).is_some() { inside } else { "" }
}

fn births(text: &str, entry: &mut Entry) {
    let lower = text.to_ascii_lowercase();
    for label in BORN {
        for rest in labelled(text, &lower, label) {
            let rest = rest.trim_start_matches([' ', ':']);
            let end = rest.find([',', ';', '(', ')', '\n']).unwrap_or(rest.len());
            let phrase = &rest[..end];
            // "born on 5 May 1964 in Oslo": the longest run of words that is a date.
            let ends = phrase.match_indices(' ').map(|(at, _)| at).chain([phrase.len()]).take(6);
            let births = ends.filter_map(|at| {
                let text = phrase[..at].trim_end_matches('.');
                dates::day_first(text).map(crate::entry::Birth::on).or_else(|| dates::birth(text))
            });
            births.last().into_iter().for_each(|birth| entry.add_birth(birth));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{EntryId, EntryPlace, ListCode};

    fn mined(text: &str) -> String {
        let mut entry = Entry::new(EntryId::new(ListCode::AU, "1"), EntryKind::Person, EntryPlace::default());
        mine(text, &mut entry);
        let documents = entry.documents.iter().map(|paper| format!("{:?} {} {}", paper.kind, paper.written, paper.country));
        let births = entry.births.iter().map(|birth| birth.from.to_string());
        let identifiers = entry.identifiers.iter().map(|id| format!("{:?} {}", id.kind, id.value));
        documents.chain(births).chain(identifiers).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn labelled_numbers_and_dates_are_found() {
        assert_eq!(mined("Passport number: X1234567 (Norway), issued in Oslo."), "Passport X1234567 Norway");
        assert_eq!(
            mined("holds passport no. 123-456-78; National ID No. 4455667788"),
            "Passport 123-456-78 ; NationalId 4455667788 "
        );
        assert_eq!(mined("Date of birth: 5 May 1964 in Oslo"), "1964-05-05");
        assert_eq!(mined("DOB: 05/03/1964"), "1964-03-05");
        assert_eq!(mined("write to robin@sample.example."), "Email robin@sample.example");
        assert_eq!(mined("Passport F 12; Email:robin@sample.example."), "Email robin@sample.example");
    }

    #[test]
    fn what_is_not_labelled_is_no_number() {
        for text in [
            "passport issued 2014",
            "the passport office moved to 12 High Street",
            "Passport 12/03/2014",
            "Resolution 1267 (1999)",
        ] {
            assert_eq!(mined(text), "", "{text}");
        }
    }
}
