//! Cuts the head of an entry into its parts at separators, and weighs the words of each.

use bonafide_model::{fact::Employment, place::Place};

use super::{
    dates,
    entries::HeadRow,
    fold,
    places::{self, Reading},
    vocabulary::{labels, occupations, organisations},
};

/// A part of a head between separators.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// Row relative to the row with the dates.
    pub(crate) row: i32,
    /// Number of the part in its row.
    pub(crate) nth: usize,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) upper: bool,
    pub(crate) title: f32,
    pub(crate) firm: f32,
    pub(crate) reading: Reading,
    pub(crate) field: bool,
}

impl Part {
    fn new(text: &str, place: Place, row: i32, nth: usize, letters: (bool, bool)) -> Self {
        // "Developer, part-time": the remark weighs nothing.
        let weighed = match text.rsplit_once(',') {
            Some((front, tail)) if employment(tail).is_some_and(|(_, whole)| whole) => front,
            _ => text,
        };
        let folded = fold::fold(weighed);
        let reading = places::read(text);
        let title = occupations::title_evidence(&folded);
        let mut firm = organisations::firm_evidence(&folded);
        if reading.complete && reading.certainty >= 2.5 {
            // "Denver, CO" holds no legal form.
            firm =
                reading.city.as_ref().map_or(0.0, |city| organisations::firm_evidence(&fold::fold(places::without_kind(city))));
        } else if title >= 3.0 && !organisations::has_legal_form(&folded) {
            // "Head of Data", "Director of the Institute": the noun belongs to the title.
            firm *= 0.4;
        }
        if describes(text) {
            firm *= 0.3;
        }
        Self {
            title,
            firm,
            reading,
            field: occupations::is_field_of_work(&folded),
            upper: fold::is_upper(text),
            text: text.to_owned(),
            place,
            row,
            nth,
            bold: letters.0,
            italic: letters.1,
        }
    }

    pub(crate) fn with_text(&self, text: &str, nth: usize) -> Self {
        Self::new(text, self.place.clone(), self.row, nth, (self.bold, self.italic))
    }
}

/// Whether a text says what an employer does and does not name it: `Regional provider of billing software`.
pub(crate) fn describes(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
    let lower = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    words.len() >= 3 && lower * 2 > words.len() && !organisations::has_legal_form(&fold::fold(text))
}

/// Characters that separate parts wherever they stand.
fn is_separator(c: char) -> bool {
    matches!(
        c,
        '|' | '•'
            | '·'
            | '●'
            | '∙'
            | '◦'
            | '‖'
            | '¦'
            | '∣'
            | '⋅'
            | '▪'
            | '■'
            | '—'
            | '―'
            | '｜'
            | '⁃'
            | '◆'
            | '→'
            | '»'
            | '；'
            | ';'
    )
}

/// Cuts the rows of a head into parts, dates left out.
pub(crate) fn parts(head: &[HeadRow], anchor: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    for (index, HeadRow { row, dates }) in head.iter().enumerate() {
        let relative = index as i32 - anchor as i32;
        let mut bounds: Vec<(usize, usize)> = dates.iter().map(|date| (date.range.start, date.range.end)).collect();
        for pair in row.cells.windows(2) {
            bounds.push((pair[0].end, pair[1].start));
        }
        for (at, c) in row.text.char_indices() {
            if is_separator(c) {
                bounds.push((at, at + c.len_utf8()));
            } else if dates::is_dash(c) || c == '/' || c == '\\' {
                let before = row.text[..at].ends_with(' ');
                let behind = row.text[at + c.len_utf8()..].starts_with([' ', '/']) || at + c.len_utf8() == row.text.len();
                if before && behind || c == '–' && (before || behind) {
                    bounds.push((at, at + c.len_utf8()));
                }
            } else if c == ':' && row.text[at + 1..].starts_with(' ') || c == '：' {
                bounds.push((at, at + c.len_utf8()));
            }
        }
        bounds.extend(numbering(&row.text).map(|end| (0, end)));
        let rest_begin = dates.first().map_or(0, |date| if date.range.start == 0 { date.range.end } else { 0 });
        if is_row_of_short_sentences(&row.text[rest_begin..]) {
            bounds.extend(row.text.match_indices(". ").filter(|(at, _)| *at >= rest_begin).map(|(at, _)| (at, at + 1)));
            bounds.push((row.text.len() - 1, row.text.len()));
        }
        bounds.push((row.text.len(), row.text.len()));
        bounds.sort_unstable();
        let mut start = 0;
        let mut nth = 0;
        for (stop, resume) in bounds {
            if stop >= start {
                let raw = &row.text[start..stop];
                let text = clean(raw);
                let label = row.text[stop..].starts_with([':', '：']) && !labels::entry_fields(text).is_empty();
                if !text.is_empty() && !is_duration(text) && !label && !is_joint(text) {
                    let at = text.as_ptr() as usize - row.text.as_ptr() as usize;
                    parts.push(Part::new(text, row.place.clone(), relative, nth, row.letters_at(at)));
                    nth += 1;
                }
            }
            start = start.max(resume);
        }
    }
    parts
}

/// Words that stand before dates and say nothing on their own.
fn is_joint(text: &str) -> bool {
    matches!(
        fold::fold(text).as_str(),
        "from"
            | "since"
            | "von"
            | "vom"
            | "seit"
            | "ab"
            | "de"
            | "du"
            | "depuis"
            | "desde"
            | "dal"
            | "dalla"
            | "van"
            | "sinds"
            | "od"
            | "to"
            | "until"
            | "bis"
    )
}

/// Where the text behind `1.` or `2)` begins.
fn numbering(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..)?.strip_prefix(['.', ')'])?;
    ((1..=2).contains(&digits) && behind.starts_with(' ')).then_some(digits + 1)
}

/// `Senior Developer. Initech. Madrid.`: full stops in place of commas.
fn is_row_of_short_sentences(text: &str) -> bool {
    let sentences: Vec<&str> = text.trim_matches(['.', ' ']).split(". ").collect();
    text.ends_with('.')
        && sentences.len() >= 2
        && sentences.iter().all(|sentence| {
            let words = sentence.split(' ').filter(|word| !word.is_empty()).count();
            (1..=5).contains(&words)
                && sentence.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && !sentence.trim().starts_with(char::is_lowercase)
        })
}

/// Cuts punctuation, unbalanced brackets and stranded prepositions off a part.
fn clean(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | '|'
                    | ':'
                    | '-'
                    | '–'
                    | '—'
                    | '/'
                    | '*'
                    | '_'
                    | '~'
                    | '“'
                    | '”'
                    | '"'
                    | '<'
                    | '>'
                    | '['
                    | ']'
                    | '…'
                    | '#'
                    | '='
                    | '■'
                    | '【'
                    | '】'
            )
    });
    loop {
        let before = text;
        let opens = text.matches(['(', '（']).count();
        let closes = text.matches([')', '）']).count();
        if opens > closes {
            text = text.strip_suffix(['(', '（']).unwrap_or(text).trim_end();
            text = text.strip_prefix(['(', '（']).unwrap_or(text);
        } else if closes > opens {
            text = text.strip_prefix([')', '）']).unwrap_or(text).trim_start();
            text = text.strip_suffix([')', '）']).unwrap_or(text).trim_end();
        }
        // "(Initech)" on its own.
        if let Some(inside) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'))
            && !inside.contains(['(', ')'])
        {
            text = inside.trim();
        }
        if let Some(rest) = text.strip_prefix("()").or_else(|| text.strip_suffix("()")) {
            text = rest.trim();
        }
        for phrase in [
            "employed by ",
            "employed at ",
            "working for ",
            "angestellt bei ",
            "bei der ",
            "bei ",
            "chez ",
            "presso ",
            "@ ",
            "at ",
        ] {
            if let Some(rest) = text.strip_prefix(phrase).filter(|rest| rest.chars().next().is_some_and(|c| !c.is_lowercase())) {
                text = rest;
            }
        }
        for word in [
            "from", "since", "von", "vom", "seit", "de", "du", "depuis", "desde", "dal", "da", "van", "sinds", "od", "с", "από",
            "frå", "från", "fra", "in",
        ] {
            if let Some(rest) = text.strip_suffix(word)
                && rest.ends_with(' ')
            {
                text = rest.trim_end();
            }
        }
        text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | ':'));
        if text == before {
            break;
        }
    }
    if text.chars().any(char::is_alphanumeric) { text } else { "" }
}

/// `2 yrs 3 mos`, `(4 years)`, `1 Jahr 2 Monate`.
pub(crate) fn is_duration(text: &str) -> bool {
    let folded = fold::fold(text.trim_matches(['(', ')']));
    let mut number = false;
    let mut unit = false;
    for word in fold::words(&folded) {
        let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
        if word.is_empty() {
            number = true;
        } else if matches!(
            word,
            "yr" | "yrs"
                | "year"
                | "years"
                | "mo"
                | "mos"
                | "month"
                | "months"
                | "jahr"
                | "jahre"
                | "monat"
                | "monate"
                | "an"
                | "ans"
                | "mois"
                | "ano"
                | "anos"
                | "mes"
                | "meses"
                | "anno"
                | "anni"
                | "mese"
                | "mesi"
                | "jaar"
                | "maand"
                | "maanden"
                | "rok"
                | "lata"
                | "lat"
                | "miesiac"
                | "miesiace"
                | "miesiecy"
                | "y"
                | "m"
                | "w"
                | "week"
                | "weeks"
                | "г"
                | "года"
                | "лет"
                | "мес"
                | "год"
                | "месяца"
                | "месяцев"
                | "ar"
                | "manader"
                | "maned"
                | "maneder"
        ) {
            unit = true;
        } else if !matches!(word, "and" | "und" | "et" | "y" | "e" | "i" | "и" | "en") {
            return false;
        }
    }
    unit && (number || folded.chars().next().is_some_and(|c| c.is_ascii_digit()))
}

/// The form of contract that a text names, and whether it says nothing else.
pub(crate) fn employment(text: &str) -> Option<(Employment, bool)> {
    let folded = fold::fold(text);
    let mut found = None;
    let mut others = 0;
    for word in folded.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\''))).filter(|word| !word.is_empty()) {
        let kind = match word {
            "full-time" | "fulltime" | "vollzeit" | "permanent" | "festanstellung" | "cdi" | "heltid" | "voltijds" => {
                Some(Employment::FullTime)
            }
            "part-time" | "parttime" | "teilzeit" | "deeltijds" | "deltid" | "werkstudent" | "werkstudentin" | "minijob"
            | "advisory" => Some(Employment::PartTime),
            "contract" | "contractor" | "freelance" | "freelancer" | "self-employed" | "selbststandig" | "freiberuflich"
            | "freiberufler" | "freiberuflerin" | "independant" | "independiente" | "autonomo" | "b2b" | "consultancy"
            | "freelancing" | "zzp" | "zelfstandig" | "фриланс" | "libero" => Some(Employment::Contract),
            "intern"
            | "internship"
            | "praktikum"
            | "praktikant"
            | "praktikantin"
            | "stage"
            | "stagiaire"
            | "practicas"
            | "pasantia"
            | "becario"
            | "becaria"
            | "tirocinio"
            | "tirocinante"
            | "estagio"
            | "estagiario"
            | "estagiaria"
            | "staz"
            | "stazysta"
            | "trainee"
            | "stagiair"
            | "стажировка"
            | "стажер"
            | "стажёр" => Some(Employment::Internship),
            "volunteer" | "voluntary" | "ehrenamtlich" | "benevole" | "voluntario" | "voluntaria" | "volontario"
            | "vrijwilliger" | "wolontariusz" => Some(Employment::Volunteer),
            _ => None,
        };
        match kind {
            Some(kind) => found = found.or(Some(kind)),
            None if matches!(word, "position" | "role" | "job" | "employment" | "based" | "basis" | "time") => {}
            None => others += 1,
        }
    }
    found.map(|kind| (kind, others == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stranded_words_and_brackets_go() {
        assert_eq!(clean(" Acme Corp ( "), "Acme Corp");
        assert_eq!(clean("Engineer from"), "Engineer");
        assert_eq!(clean("Danggeun Pay Inc. (KarrotPay)"), "Danggeun Pay Inc. (KarrotPay)");
        assert!(is_duration("2 yrs 3 mos") && is_duration("(4 years)") && !is_duration("2 Degrees"));
    }
}
