//! Second pass over a list: links that give a name find the entry that bears it, and texts that name other entries become links.

use std::collections::HashMap;

use super::Read;
use crate::entry::{Entry, EntryId, Found, IdentifierKind, Link, NameQuality, Relation, Share};

/// Texts are looked through up to here.
const MOST_BYTES: usize = 64 << 10;
/// Words that may stand between a mark and the end of a name.
const MOST_WORDS: usize = 14;

/// Phrases behind which the name of an owner or of another party stands, in lower case.
const PHRASES: [(&str, Relation); 9] = [
    ("owned or controlled by", Relation::Controller),
    ("owned and controlled by", Relation::Owner),
    ("owned by", Relation::Owner),
    ("controlled by", Relation::Controller),
    ("subsidiary of", Relation::Owner),
    ("on behalf of", Relation::Controller),
    ("parent company:", Relation::Owner),
    ("owner of", Relation::Owned),
    ("associated with", Relation::Linked),
];

/// Joins the links of one list.
pub(super) fn join(read: &mut Read) {
    let by_name = by_name(&read.entries);
    let by_reference = by_reference(&read.entries);
    let ids: Vec<(EntryId, Box<str>)> =
        read.entries.iter().map(|entry| (entry.id.clone(), entry.primary_name().into())).collect();
    for (at, entry) in read.entries.iter_mut().enumerate() {
        for link in entry.links.iter_mut().filter(|link| link.entry.is_none()) {
            let found = by_name.get(&folded(&link.name)).copied().flatten();
            if let Some(found) = found.filter(|found| *found != at) {
                link.entry = Some(ids[found].0.clone());
                link.found = Found::ByName;
            }
        }
        let remarks = std::mem::take(&mut entry.remarks);
        for remark in &remarks {
            let bytes = remark.floor_char_boundary(remark.len().min(MOST_BYTES));
            let text = &remark[..bytes];
            let by_phrase = phrases(text, &by_name).into_iter();
            let by_number = references(text, &by_reference).into_iter();
            for (found, relation, wording, share) in by_phrase.chain(by_number) {
                let (id, name) = &ids[found];
                let is_known = entry.links.iter().any(|link| link.entry.as_ref() == Some(id));
                if found != at && !is_known {
                    let link = Link::to_entry(relation, id.clone(), name).worded(wording).of_share(share);
                    entry.add_link(Link { found: Found::InText, ..link });
                }
            }
        }
        entry.remarks = remarks;
    }
}

/// The entry of each name: who bears it as primary name, or else who bears it at all. `None` for a name that several bear alike,
/// since a guess would accuse.
fn by_name(entries: &[Entry]) -> HashMap<String, Option<usize>> {
    let mut found: HashMap<String, Option<usize>> = HashMap::new();
    for is_primary in [true, false] {
        let mut round: HashMap<String, Option<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for name in entry.names.iter().filter(|name| (name.quality == NameQuality::Primary) == is_primary) {
                let family_first = name.parts.as_deref().map(|parts| folded(&format!("{} {}", parts.family, parts.given)));
                for key in [Some(folded(&name.text)), family_first].into_iter().flatten().filter(|key| key.len() > 2) {
                    let holder = round.entry(key).or_insert(Some(at));
                    if *holder != Some(at) {
                        *holder = None;
                    }
                }
            }
        }
        for (key, holder) in round {
            found.entry(key).or_insert(holder);
        }
    }
    found
}

/// The entry of each of the lists' own numbers, such as `KPi.001`.
fn by_reference(entries: &[Entry]) -> HashMap<Box<str>, Option<usize>> {
    let mut found: HashMap<Box<str>, Option<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let numbers = entry.identifiers.iter().filter(|identifier| identifier.kind == IdentifierKind::ListReference);
        for number in numbers.map(|identifier| &identifier.written).filter(|number| is_reference(number)) {
            let holder = found.entry(number.clone()).or_insert(Some(at));
            if *holder != Some(at) {
                *holder = None;
            }
        }
    }
    found
}

/// Letters and digits in lower case, one space between words.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '.') && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

type Named = (usize, Relation, &'static str, Option<Share>);

/// Parties named behind a phrase. Only the longest run of words that is a listed name counts, so that nothing is guessed.
fn phrases(text: &str, by_name: &HashMap<String, Option<usize>>) -> Vec<Named> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (phrase, relation) in PHRASES {
        for (at, _) in lower.match_indices(phrase) {
            let rest = text[at + phrase.len()..].trim_start_matches([' ', ':']).trim_start_matches("the ");
            let mut key = String::new();
            let mut best = None;
            for word in rest.split_whitespace().take(MOST_WORDS) {
                let ends = word.ends_with(';');
                let word = folded(word);
                if !key.is_empty() && !word.is_empty() {
                    key.push(' ');
                }
                key.push_str(&word);
                // A name of one short word may be any word.
                if key.len() > 4
                    && let Some(entry) = by_name.get(&key).copied().flatten()
                {
                    best = Some(entry);
                }
                if ends {
                    break;
                }
            }
            found.extend(best.map(|entry| (entry, relation, phrase, share_before(&lower[..at]))));
        }
    }
    found
}

/// A percentage right before a phrase: `51 % owned by`, `51 per cent owned by`.
fn share_before(text: &str) -> Option<Share> {
    let text = text.trim_end();
    let text = ["%", "per cent", "percent"].iter().find_map(|mark| text.strip_suffix(mark))?.trim_end();
    let number = text.rsplit(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).next()?;
    Share::of_percent(number.trim_matches(['.', ',']))
}

/// Entries named by the list's own numbers.
fn references(text: &str, by_reference: &HashMap<Box<str>, Option<usize>>) -> Vec<Named> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).map(|word| word.trim_matches('.'));
    let numbers = words.filter(|word| is_reference(word)).filter_map(|word| by_reference.get(word).copied().flatten());
    numbers.map(|entry| (entry, Relation::Linked, "reference number", None)).collect()
}

/// The United Nations' numbers: letters of the committee, `i` or `e`, a dot and three digits.
fn is_reference(text: &str) -> bool {
    let Some((letters, digits)) = text.split_once('.') else { return false };
    (3..=5).contains(&letters.len())
        && letters.ends_with(['i', 'e'])
        && letters[..letters.len() - 1].bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.len() == 3
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ListFile, read_file};

    /// Parties of OFAC's main file with their remarks.
    fn links(rows: &[(&str, &str)]) -> Vec<Vec<String>> {
        let row = |(at, (name, remarks)): (usize, &(&str, &str))| {
            format!("{},\"{name}\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n", at + 1)
        };
        let text: String = rows.iter().enumerate().map(row).collect();
        let read = read_file(&ListFile { name: "sdn.csv", bytes: text.as_bytes() }).unwrap();
        let shown = |link: &Link| {
            let entry = link.entry.as_ref().map(ToString::to_string).unwrap_or_default();
            let share = link.share.map(|share| share.to_string()).unwrap_or_default();
            format!("{:?} {} {entry} {share}", link.relation, link.name).trim_end().to_owned()
        };
        read.entries.iter().map(|entry| entry.links.iter().map(shown).collect()).collect()
    }

    #[test]
    fn a_name_that_one_party_bears_is_found_and_one_that_two_bear_is_not() {
        let links = links(&[
            ("Quillfeather Holding", "Linked To: FALLOWMERE BANK."),
            ("FALLOWMERE BANK", "Linked To: Common Name; Linked To: Nobody Listed."),
            ("Common Name", ""),
            ("COMMON NAME.", ""),
        ]);
        assert_eq!(links[0], ["Linked FALLOWMERE BANK ofac:2"]);
        assert_eq!(links[1], ["Linked Common Name", "Linked Nobody Listed"]);
    }

    #[test]
    fn texts_that_name_listed_parties_become_links() {
        let links = links(&[
            ("Quillfeather Shipping", "The company is 51.5% owned by Fallowmere Bank of Commerce and others."),
            ("FALLOWMERE BANK", ""),
            ("Fallowmere Bank of Commerce", "It acts on behalf of Somebody Else."),
        ]);
        assert_eq!(links[0], ["Owner Fallowmere Bank of Commerce ofac:3 51.5 %"], "the longest name counts");
        assert!(links[2].is_empty(), "who is not listed is not guessed");
    }

    #[test]
    fn what_is_found_by_others_does_not_change_what_an_entry_says() {
        let entries = |with_bank: bool| {
            let mut text = String::from(
                "1,\"Quillfeather\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: FALLOWMERE BANK; it is owned by Fallowmere Bank.\"\r\n",
            );
            if with_bank {
                text.push_str("2,\"FALLOWMERE BANK\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
            }
            read_file(&ListFile { name: "sdn.csv", bytes: text.as_bytes() }).unwrap().entries
        };
        let (alone, both) = (entries(false), entries(true));
        assert!(alone[0].links.iter().all(|link| link.entry.is_none()) && both[0].links.iter().any(|link| link.entry.is_some()));
        assert_eq!(alone[0].hash(), both[0].hash());
        let diff = crate::diff::Diff::between(&alone, &both);
        assert_eq!((diff.added.len(), diff.changed.len()), (1, 0));
    }

    #[test]
    fn only_whole_reference_numbers_are_ones() {
        assert!(is_reference("KPi.001") && is_reference("QDe.004"));
        assert!(!is_reference("No.001") && !is_reference("i.001") && !is_reference("KPi.0012"));
    }
}
