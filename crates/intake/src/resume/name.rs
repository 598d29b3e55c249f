//! Finds the name of the person in the head of a résumé.

use bonafide_model::fact::LinkKind;
use bonafide_normalise::handle;

use super::{
    dates, fold,
    header::Piece,
    places,
    types::{Carried, Quote, Resume},
    vocabulary::{degrees, headings, labels, occupations, organisations},
};

/// Finds the name. Gives the numbers of the rows it stands in.
pub(crate) fn find(pieces: &[Piece<'_>], carried: &Carried, resume: &mut Resume) -> Vec<usize> {
    let largest = pieces.iter().map(|piece| piece.row.size).fold(0.0_f32, f32::max);
    let smallest = pieces.iter().map(|piece| piece.row.size).fold(f32::MAX, f32::min);
    let keys = identity_keys(resume, carried);
    let mut best: Option<(f32, usize, Candidate)> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let Some(candidate) = Candidate::of(piece.text) else { continue };
        let mut score = candidate.score;
        if largest > smallest * 1.1 {
            score += if piece.row.size > largest * 0.97 { 3.5 } else { -0.5 };
        }
        if piece.row.style.as_deref().is_some_and(|style| matches!(style, "h1" | "Title" | "title" | "Name")) {
            score += 3.0;
        }
        score += match piece.order {
            0 => 2.5,
            1 => 1.2,
            2 => 0.6,
            _ => 0.0,
        };
        score += if piece.nth == 0 { 0.6 } else { -0.6 };
        score += keys.agreement(&candidate.text);
        if piece.label.is_some_and(labels::is_name) {
            score += 6.0;
        } else if piece.label.is_some() {
            score -= 3.0;
        }
        if piece.among_contacts && !piece.whole {
            score -= 0.5;
        }
        if best.as_ref().is_none_or(|(top, ..)| score > *top) {
            best = Some((score, index, candidate));
        }
    }
    let Some((score, index, mut candidate)) = best else { return Vec::new() };
    if score < 2.0 {
        return Vec::new();
    }
    let piece = &pieces[index];
    let mut rows = vec![piece.order];
    let mut quote = Quote::new(candidate.text.clone(), piece.row.place.clone());
    // Given name and family name in two large lines, one below the other; either may be the one that agrees with the mailbox.
    for other in [index.checked_add(1), index.checked_sub(1)].into_iter().flatten() {
        let Some(next) = pieces.get(other).filter(|next| next.order.abs_diff(piece.order) == 1) else { continue };
        let labelled = piece.label.is_some_and(labels::is_name) && piece.nth == 0 && other > index;
        let same = next.whole
            && (piece.whole || labelled)
            && next.row.size == piece.row.size
            && next.row.bold == piece.row.bold
            && piece.row.size > smallest * 1.1;
        if rows.len() == 1
            && same
            && piece.text.split(' ').count() <= 2
            && next.text.split(' ').count() <= 2
            && let Some(second) = Candidate::of(next.text).filter(|second| second.score > 0.0)
        {
            let joined = if other > index {
                format!("{} {}", candidate.text, second.text)
            } else {
                format!("{} {}", second.text, candidate.text)
            };
            if keys.agreement(&joined) >= keys.agreement(&candidate.text) {
                quote = Quote::new(joined, super::join_places(&piece.row.place, &next.row.place));
                candidate.honorifics.extend(second.honorifics);
                rows.push(next.order);
            }
        }
    }
    resume.name = Some(quote);
    resume.honorifics = candidate.honorifics;
    rows
}

/// What is known of the person from elsewhere in the document: mailbox, account names, properties of the file.
struct Keys {
    mailboxes: Vec<String>,
    handles: Vec<String>,
    properties: Vec<String>,
}

fn identity_keys(resume: &Resume, carried: &Carried) -> Keys {
    let squeeze = |text: &str| fold::key(text);
    Keys {
        mailboxes: resume.emails.iter().filter_map(|email| email.quote.text.split('@').next().map(squeeze)).collect(),
        handles: resume
            .links
            .iter()
            .filter(|link| link.service != LinkKind::Other)
            .filter_map(|link| link.handle.as_deref().map(squeeze))
            .collect(),
        properties: carried
            .properties
            .iter()
            .filter(|property| matches!(property.name.as_str(), "author" | "title" | "last_modified_by"))
            .map(|property| squeeze(&property.value))
            .collect(),
    }
}

impl Keys {
    /// How far the words of a name agree with mailbox, accounts and properties.
    fn agreement(&self, name: &str) -> f32 {
        let folded = fold::fold(name);
        let words: Vec<&str> = fold::words(&folded).filter(|word| word.chars().count() >= 3).collect();
        if words.is_empty() {
            return 0.0;
        }
        let hits = |keys: &[String]| {
            keys.iter().map(|key| words.iter().filter(|word| key.contains(**word)).count()).max().unwrap_or(0).min(2) as f32
        };
        2.0 * hits(&self.mailboxes) + 1.2 * hits(&self.handles) + 0.6 * hits(&self.properties)
    }
}

/// A piece of text that may be a name.
#[derive(Clone, Debug)]
struct Candidate {
    text: String,
    honorifics: Vec<String>,
    score: f32,
}

impl Candidate {
    fn of(text: &str) -> Option<Self> {
        let text = without_pronouns(text);
        if text.chars().count() > 80
            || text.contains(|c: char| {
                c.is_ascii_digit() || matches!(c, '@' | ':' | '/' | '!' | '?' | '%' | '=' | '+' | '#' | '&' | ';')
            })
        {
            return None;
        }
        if headings::is_document_title(text) {
            return None;
        }
        let (core, honorifics) = strip_honorifics(text);
        let core = spread_letters(&core);
        let words: Vec<&str> = core.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let cjk = core.chars().any(fold::is_cjk);
        if words.is_empty() || words.len() > 7 || core.contains(". ") && words.len() > 5 {
            return None;
        }
        let particle = |word: &str| {
            matches!(
                fold::fold(word).as_str(),
                "de" | "da"
                    | "do"
                    | "dos"
                    | "das"
                    | "del"
                    | "della"
                    | "di"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "ten"
                    | "ter"
                    | "la"
                    | "le"
                    | "el"
                    | "al"
                    | "bin"
                    | "binti"
                    | "ibn"
                    | "abu"
                    | "y"
                    | "e"
                    | "i"
                    | "zu"
                    | "af"
                    | "av"
                    | "du"
                    | "des"
                    | "st"
                    | "mac"
                    | "ap"
                    | "op"
                    | "vom"
                    | "zum"
                    | "'t"
                    | "dela"
                    | "san"
                    | "bint"
            )
        };
        let mut score = 0.0;
        for word in &words {
            let first = word.chars().next()?;
            if !(first.is_alphabetic() || matches!(first, '\'' | '’' | '(' | '"' | '“')) {
                return None;
            }
            if first.is_lowercase() && !particle(word) {
                score -= 2.5;
            }
            if !word.chars().all(|c| {
                c.is_alphabetic()
                    || unicode_normalization::char::is_combining_mark(c)
                    || matches!(c, '\'' | '’' | '-' | '.' | '(' | ')' | '"' | '“' | '”' | '·' | '・' | 'ʼ' | '`')
            }) {
                return None;
            }
        }
        score += match words.len() {
            2 | 3 => 2.0,
            4 => 1.2,
            1 => {
                if cjk {
                    1.5
                } else {
                    0.2
                }
            }
            5 => 0.2,
            _ => -1.0,
        };
        if cjk && core.chars().filter(|c| fold::is_cjk(*c)).count() > 6 {
            score -= 2.0;
        }
        let folded = fold::fold(&core);
        let weight = if occupations::may_be_surname(&folded) { 0.7 } else { 1.8 };
        score -= weight * occupations::title_evidence(&folded);
        score -= organisations::firm_evidence(&folded) * if words.len() == 1 { 0.5 } else { 1.0 };
        if headings::recognise(&core).is_some() {
            score -= 4.0;
        }
        if is_service_or_label(&core) {
            score -= 6.0;
        }
        let reading = places::read(&core);
        if reading.certainty >= 2.5 || places::country(&core).is_some() {
            score -= 4.0;
        } else if reading.certainty >= 2.0 {
            // Many surnames are names of cities.
            score -= 1.0;
        }
        if !dates::find(&core).is_empty() || labels::is_remark(&folded) {
            score -= 5.0;
        }
        Some(Self { text: core, honorifics, score })
    }
}

pub(crate) fn is_service_or_label(text: &str) -> bool {
    handle::service_from_name(text).is_some() || labels::is_contact(text)
}

/// Cuts a remark on pronouns off the end: `Jane Roe (she/her)`.
fn without_pronouns(text: &str) -> &str {
    let Some(open) = text.rfind(['(', '[']) else { return text };
    let inside = fold::fold(text[open + 1..].trim_end_matches([')', ']']));
    let pronoun = |word: &str| {
        matches!(
            word,
            "she"
                | "her"
                | "hers"
                | "he"
                | "him"
                | "his"
                | "they"
                | "them"
                | "theirs"
                | "sie"
                | "ihr"
                | "er"
                | "ihm"
                | "elle"
                | "il"
                | "iel"
                | "ella"
                | "el"
        )
    };
    let all = fold::words(&inside).next().is_some() && fold::words(&inside).all(pronoun);
    if all { text[..open].trim_end() } else { text }
}

/// `J A N E   R O E` or `J A N E R O E`: letter-spaced names are closed up where a wide gap tells the words apart.
fn spread_letters(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() < 5 || words.iter().any(|word| word.chars().count() > 1) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    words.concat()
}

/// Cuts titles before the name and degrees behind it.
fn strip_honorifics(text: &str) -> (String, Vec<String>) {
    let mut honorifics = Vec::new();
    let (head, tail) = text.split_once(',').unwrap_or((text, ""));
    let mut words: Vec<&str> = head.split_whitespace().collect();
    while words.len() > 1 {
        let key: String = fold::fold(words[0]).chars().filter(|c| c.is_alphanumeric()).collect();
        let known = labels::is_title(&key)
            && (words[0].ends_with('.')
                || matches!(
                    key.as_str(),
                    "dr" | "prof" | "professor" | "mr" | "mrs" | "ms" | "miss" | "sir" | "herr" | "frau" | "engr" | "mme"
                ));
        if !known {
            break;
        }
        honorifics.push(words.remove(0).to_owned());
    }
    while words.len() > 1 && degrees::is_credential(words[words.len() - 1].trim_matches(['(', ')'])) {
        let last = words.pop().unwrap_or_default();
        if matches!(fold::key(last).as_str(), "jr" | "sr" | "ii" | "iii" | "iv") {
            words.push(last);
            break;
        }
        honorifics.push(last.trim_matches(['(', ')']).to_owned());
    }
    // A pronoun remark: "Jane Roe (she/her)".
    if let Some(open) = words.iter().position(|word| word.starts_with('(')) {
        let inside = words[open..].join(" ");
        if ["she", "he", "they", "her", "him", "them"]
            .iter()
            .any(|pronoun| fold::words(&fold::fold(&inside)).any(|word| word == *pronoun))
        {
            words.truncate(open.max(1));
        }
    }
    let mut core = words.join(" ");
    let mut extra = Vec::new();
    for part in tail.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if part.split_whitespace().all(degrees::is_credential) {
            honorifics.push(part.to_owned());
        } else {
            extra.push(part);
        }
    }
    if !extra.is_empty() {
        core = format!("{core}, {}", extra.join(", "));
    }
    (core, honorifics)
}
