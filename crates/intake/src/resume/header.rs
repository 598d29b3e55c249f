//! The head of a résumé: name, headline, residence.

use std::ops::Range;

use bonafide_model::fact::LinkKind;
use bonafide_normalise::{handle, phone, url};

use super::{
    contacts::{self, Contact, Span, Where},
    dates, fold, places,
    prepare::Row,
    sections::Block,
    types::{Carried, Quote, Resume, SectionKind, StatedEmail, StatedLink, StatedLocation, StatedPhone, StatedWallet},
    vocabulary::{degrees, headings, occupations, organisations},
};
use bonafide_formats::document::DocumentLink;

/// A part of a line of the head that is no contact.
#[derive(Clone, Debug)]
struct Piece<'a> {
    text: &'a str,
    row: &'a Row,
    /// Number of the row among the rows of the head.
    order: usize,
    /// Number of the piece in its row.
    nth: usize,
    /// Whether it is all of the row.
    whole: bool,
    /// The label in front of it, such as `Address`.
    label: Option<&'a str>,
    /// Whether contacts stand in the same row or the row is of the contact section.
    among_contacts: bool,
}

/// Reads contacts, name, headline and residence into the résumé.
pub(crate) fn read(blocks: &[Block], links: &[DocumentLink], carried: &Carried, resume: &mut Resume) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut phones: Vec<Quote> = Vec::new();
    let mut order = 0;
    for block in blocks {
        if block.kind == SectionKind::References {
            continue;
        }
        let contacts = matches!(block.kind, SectionKind::Head | SectionKind::Contact | SectionKind::Personal);
        for row in &block.rows {
            let spans = contacts::find(&row.text, if contacts { Where::Contacts } else { Where::Text });
            for span in &spans {
                collect(row, span, resume, &mut phones);
            }
            if contacts {
                cut(row, order, &spans, block.kind == SectionKind::Contact, &mut pieces);
                order += 1;
            }
        }
    }
    if !pieces.iter().any(|piece| piece.row.page <= 1 && piece.order < 3)
        || blocks.first().is_none_or(|block| block.rows.is_empty())
    {
        stray_heads(blocks, &mut pieces);
    }
    annotations(links, resume, &mut phones);
    let name_rows = name(&pieces, carried, resume);
    label(&pieces, &name_rows, resume);
    location(&pieces, &name_rows, resume);
    let country = resume.location.as_ref().and_then(|location| location.country.clone());
    for quote in phones {
        add_phone(quote, country.as_deref(), false, resume);
    }
    summary(blocks, &name_rows, resume);
}

/// Takes a contact into the résumé, once.
fn collect(row: &Row, span: &Span, resume: &mut Resume, phones: &mut Vec<Quote>) {
    let quote = Quote::new(&row.text[span.range.clone()], row.place.clone());
    match &span.what {
        Contact::Email(canonical) => {
            if resume.emails.iter().all(|email| &email.canonical != canonical) {
                resume.emails.push(StatedEmail { quote, canonical: canonical.clone(), only_as_link: false });
            }
        }
        Contact::Phone => phones.push(quote),
        Contact::Link { service, url, handle } => {
            if resume.links.iter().all(|link| &link.url != url) {
                resume.links.push(StatedLink {
                    quote,
                    service: *service,
                    url: url.clone(),
                    handle: handle.clone(),
                    shown_as: None,
                    from_annotation: false,
                });
            }
        }
        Contact::Wallet { chain, canonical } => {
            if resume.wallets.iter().all(|wallet| &wallet.canonical != canonical) {
                resume.wallets.push(StatedWallet { quote, chain: (*chain).to_owned(), canonical: canonical.clone() });
            }
        }
    }
}

/// Takes over the targets of links.
fn annotations(links: &[DocumentLink], resume: &mut Resume, phones: &mut Vec<Quote>) {
    for link in links {
        let target = link.target.trim();
        let lower = target.get(..8.min(target.len())).unwrap_or_default().to_ascii_lowercase();
        let shown = link.shown.as_deref().map(str::trim).filter(|shown| !shown.is_empty());
        if lower.starts_with("mailto:") {
            let address = target[7..].split('?').next().unwrap_or_default();
            if let Some(canonical) = bonafide_normalise::email::canonical(address)
                && resume.emails.iter().all(|email| email.canonical != canonical)
            {
                resume.emails.push(StatedEmail { quote: Quote::new(address, link.place.clone()), canonical, only_as_link: true });
            }
        } else if lower.starts_with("tel:") {
            let number = target[4..].trim();
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let same = |known: &str| {
                !digits(known).is_empty()
                    && (digits(number).ends_with(&digits(known)) || digits(known).ends_with(&digits(number)))
            };
            if !phones.iter().any(|known| same(&known.text)) {
                phones.push(Quote::new(number, link.place.clone()));
            }
        } else if let Ok(address) = url::parse(target) {
            if resume.links.iter().any(|known| known.url == address.url && known.from_annotation) {
                continue;
            }
            let shows_target = shown
                .is_some_and(|shown| url::parse(shown).is_ok_and(|seen| seen.url == address.url || seen.key() == address.key()));
            if resume.links.iter().any(|known| known.url == address.url) && (shows_target || shown.is_none()) {
                continue;
            }
            resume.links.push(StatedLink {
                quote: Quote::new(shown.unwrap_or(target), link.place.clone()),
                service: address.service,
                url: address.url,
                handle: address.handle,
                shown_as: if shows_target { None } else { shown.map(ToOwned::to_owned) },
                from_annotation: true,
            });
        }
    }
}

fn add_phone(quote: Quote, country: Option<&str>, only_as_link: bool, resume: &mut Resume) {
    let Ok(number) = phone::parse(&quote.text, country) else { return };
    let e164 = number.e164.clone();
    let known = resume.phones.iter().any(|phone| phone.quote.text == quote.text || phone.e164.is_some() && phone.e164 == e164);
    if !known {
        resume.phones.push(StatedPhone {
            quote,
            e164,
            regions: number.regions.iter().map(|&region| region.to_owned()).collect(),
            only_as_link,
        });
    }
}

const SEPARATORS: &[char] = &[
    '|', '•', '·', '●', '∙', '◦', '⋄', '♦', '▪', '■', '∣', '¦', '‖', '❖', '◆', '★', '☆', '⁃', '●', '○', '✦', '⋅', '～', '»', '«',
    '\u{2022}', '；', '｜', '／',
];

/// Cuts a row at its contacts, cells and separators.
fn cut<'a>(row: &'a Row, order: usize, spans: &[Span], contact_section: bool, pieces: &mut Vec<Piece<'a>>) {
    let mut nth = 0;
    let cells: Vec<Range<usize>> =
        if row.cells.is_empty() { std::iter::once(0..row.text.len()).collect() } else { row.cells.clone() };
    for cell in &cells {
        let mut start = cell.start;
        let mut ends: Vec<(usize, usize)> = spans
            .iter()
            .filter(|span| span.range.start < cell.end && span.range.end > cell.start)
            .map(|span| (span.range.start, span.range.end))
            .collect();
        ends.push((cell.end, cell.end));
        for (stop, resume_at) in ends {
            let stop = stop.clamp(start, cell.end);
            for part in split_parts(&row.text[start..stop]) {
                let (label, text) = unlabel(part);
                let text = text.trim_matches(|c: char| {
                    c.is_whitespace()
                        || matches!(
                            c,
                            ',' | ';'
                                | ':'
                                | '-'
                                | '–'
                                | '—'
                                | '/'
                                | '|'
                                | '<'
                                | '>'
                                | '('
                                | '['
                                | ']'
                                | '✉'
                                | '☎'
                                | '📞'
                                | '📧'
                                | '📍'
                                | '✆'
                                | '⌂'
                                | '🏠'
                                | '“'
                                | '”'
                                | '"'
                                | '*'
                                | '_'
                                | '~'
                                | '#'
                        )
                });
                let text = if text.ends_with(')') && !text.contains('(') { text.trim_end_matches(')') } else { text };
                if !text.is_empty() && text.chars().any(char::is_alphabetic) && !contacts::is_contact_label(text) {
                    let whole = text.len() + 3 >= row.text.trim().len();
                    pieces.push(Piece {
                        text,
                        row,
                        order,
                        nth,
                        whole,
                        label,
                        among_contacts: contact_section || !spans.is_empty(),
                    });
                    nth += 1;
                }
            }
            start = resume_at.clamp(start, cell.end);
        }
    }
}

/// Splits at separators, and at dashes and slashes with spaces around them.
fn split_parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in text.split(SEPARATORS) {
        let mut rest = part;
        while let Some((at, length)) =
            [" – ", " — ", " - ", " // ", " / ", " ~ "].iter().filter_map(|dash| rest.find(dash).map(|at| (at, dash.len()))).min()
        {
            parts.push(&rest[..at]);
            rest = &rest[at + length..];
        }
        parts.push(rest);
    }
    parts
}

/// `Address: 12 Example Way` → label and text.
fn unlabel(part: &str) -> (Option<&str>, &str) {
    if let Some((label, text)) = part.split_once([':', '：'])
        && label.chars().count() <= 30
        && !text.starts_with("//")
    {
        return (Some(label.trim()), text);
    }
    (None, part)
}

/// Where the head is empty (the sidebar comes first in reading order): the largest lines of the first page and the first line of each
/// column.
fn stray_heads<'a>(blocks: &'a [Block], pieces: &mut Vec<Piece<'a>>) {
    let rows = || {
        blocks.iter().flat_map(|block| block.heading.iter().map(|(_, row)| row).chain(&block.rows)).filter(|row| row.page <= 1)
    };
    let largest = rows().map(|row| row.size).fold(0.0_f32, f32::max);
    let mut order = pieces.len();
    for (index, row) in rows().enumerate() {
        let large = largest > 0.0 && row.size > largest * 0.95;
        if (large || index < 2) && headings::recognise(&row.text).is_none() {
            for part in split_parts(&row.text) {
                let text = part.trim();
                if !text.is_empty() {
                    pieces.push(Piece {
                        text,
                        row,
                        order,
                        nth: 0,
                        whole: part.len() == row.text.len(),
                        label: None,
                        among_contacts: false,
                    });
                }
            }
            order += 1;
        }
    }
}

/// Finds the name. Gives the numbers of the rows it stands in.
fn name(pieces: &[Piece<'_>], carried: &Carried, resume: &mut Resume) -> Vec<usize> {
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
        if piece.label.is_some_and(is_name_label) {
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
    // Given name and family name in two large lines, one below the other.
    if let Some(next) = pieces.get(index + 1) {
        let same = next.order == piece.order + 1
            && next.whole
            && piece.whole
            && next.row.size == piece.row.size
            && next.row.bold == piece.row.bold
            && piece.row.size > smallest * 1.1;
        if same
            && piece.text.split(' ').count() <= 2
            && next.text.split(' ').count() <= 2
            && let Some(second) = Candidate::of(next.text).filter(|second| second.score > 0.0)
        {
            let joined = format!("{} {}", candidate.text, second.text);
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

fn is_name_label(label: &str) -> bool {
    const LABELS: &[&str] = &[
        "name",
        "full name",
        "nom",
        "nombre",
        "nome",
        "naam",
        "imię i nazwisko",
        "namn",
        "navn",
        "nimi",
        "jméno",
        "meno",
        "ime",
        "ime i prezime",
        "nume",
        "név",
        "ad soyad",
        "adı soyadı",
        "ονοματεπώνυμο",
        "имя",
        "фио",
        "ф.и.о",
        "ім'я",
        "піб",
        "име",
        "họ và tên",
        "họ tên",
        "nama",
        "氏名",
        "名前",
        "姓名",
        "이름",
        "성명",
        "الاسم",
        "שם",
        "نام",
        "nombre completo",
        "nom complet",
        "nome completo",
        "nom et prénom",
        "nombre y apellidos",
        "vor- und nachname",
        "prénom et nom",
        "vorname nachname",
        "candidate",
    ];
    let key = fold::key(label);
    LABELS.iter().any(|known| fold::key(known) == key)
}

/// What is known of the person from elsewhere in the document: mailbox, account names, properties of the file.
struct Keys {
    mailboxes: Vec<String>,
    handles: Vec<String>,
    properties: Vec<String>,
}

fn identity_keys(resume: &Resume, carried: &Carried) -> Keys {
    let squeeze = |text: &str| fold::key(&any_ascii_latin(text));
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

/// Folding already drops Latin marks; other scripts stay as they are.
fn any_ascii_latin(text: &str) -> String {
    fold::fold(text)
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
        if bonafide_model_service(&core) {
            score -= 6.0;
        }
        let reading = places::read(&core);
        if reading.certainty >= 2.5 || places::country(&core).is_some() {
            score -= 4.0;
        } else if reading.certainty >= 2.0 {
            // Many surnames are names of cities.
            score -= 1.0;
        }
        if !dates::find(&core).is_empty() || is_remark(&folded) {
            score -= 5.0;
        }
        Some(Self { text: core, honorifics, score })
    }
}

fn bonafide_model_service(text: &str) -> bool {
    handle::service_from_name(text).is_some() || contacts::is_contact_label(text)
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
pub(crate) fn strip_honorifics(text: &str) -> (String, Vec<String>) {
    const BEFORE: &[&str] = &[
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "dame",
        "rev",
        "hon",
        "capt",
        "lt",
        "sgt",
        "eng",
        "engr",
        "ing",
        "dipl-ing",
        "diplomingenieur",
        "diploming",
        "diplinf",
        "dipl-inf",
        "mag",
        "herr",
        "frau",
        "mme",
        "mlle",
        "sr",
        "sra",
        "srta",
        "dott",
        "dottssa",
        "drs",
        "ir",
        "mgr",
        "inż",
        "inz",
        "mgrinż",
        "hab",
        "phd",
        "md",
        "doc",
        "rndr",
        "mudr",
        "judr",
        "bc",
        "univprof",
        "dring",
        "drmed",
        "drrernat",
        "dipl",
    ];
    let mut honorifics = Vec::new();
    let (head, tail) = text.split_once(',').unwrap_or((text, ""));
    let mut words: Vec<&str> = head.split_whitespace().collect();
    while words.len() > 1 {
        let key: String = fold::fold(words[0]).chars().filter(|c| c.is_alphanumeric()).collect();
        let known = BEFORE.iter().any(|title| fold::key(title) == key)
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

/// Remarks about permits, availability and the like: neither name nor place.
fn is_remark(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "citizen",
        "citizenship",
        "visa",
        "authorized",
        "authorised",
        "authorization",
        "resident",
        "residency",
        "clearance",
        "available",
        "availability",
        "relocate",
        "relocation",
        "sponsorship",
        "nationality",
        "married",
        "single",
        "born",
        "license",
        "licence",
        "driver's",
        "driving",
        "open",
        "pronouns",
        "she",
        "he",
        "they",
        "him",
        "her",
        "updated",
        "page",
        "confidential",
        "eu",
        "green",
        "card",
        "work",
        "permit",
        "birth",
        "gender",
        "male",
        "female",
        "age",
        "years",
        "staatsangehörigkeit",
        "geboren",
        "verheiratet",
        "ledig",
        "führerschein",
        "nationalité",
        "nacionalidad",
        "permis",
        "né",
        "née",
    ];
    fold::words(folded).any(|word| WORDS.iter().any(|known| fold::fold(known) == word))
}

/// Finds the headline: the first piece that names an occupation, or the line under the name that is nothing else.
fn label(pieces: &[Piece<'_>], name_rows: &[usize], resume: &mut Resume) {
    let name = resume.name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
    let after = name_rows.last().copied();
    let fits = |piece: &&Piece<'_>| {
        !name.contains(piece.text)
            && piece.text.split(' ').count() <= 14
            && after.is_none_or(|after| piece.order >= after && piece.order <= after + 4)
            && piece.label.is_none_or(|label| fold::key(label) == "title" || fold::key(label) == "position")
    };
    let found = pieces.iter().filter(fits).find(|piece| {
        let folded = fold::fold(piece.text);
        occupations::title_evidence(&folded) >= 1.5 && places::read(piece.text).certainty < 2.0 && !piece.text.ends_with('.')
    });
    if let Some(piece) = found {
        let row_is_label = pieces
            .iter()
            .filter(|other| other.order == piece.order)
            .all(|other| !name.contains(other.text) && places::read(other.text).certainty < 2.0)
            && !piece.among_contacts
            && !name_rows.contains(&piece.order);
        let text = if row_is_label { piece.row.text.as_str() } else { piece.text };
        resume.label = Some(Quote::new(text, piece.row.place.clone()));
    }
}

/// Finds the residence.
fn location(pieces: &[Piece<'_>], name_rows: &[usize], resume: &mut Resume) {
    let name = resume.name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
    let label = resume.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    let mut best: Option<(f32, StatedLocation)> = None;
    for piece in pieces {
        if name.contains(piece.text) || !label.is_empty() && label.contains(piece.text) || piece.text.split(' ').count() > 12 {
            continue;
        }
        let folded = fold::fold(piece.text);
        let labelled = piece.label.is_some_and(is_place_label);
        if piece.label.is_some() && !labelled && !contacts::is_contact_label(piece.label.unwrap_or_default())
            || is_remark(&folded)
            || bonafide_model_service(piece.text)
        {
            continue;
        }
        let reading = places::read(piece.text);
        if reading.certainty <= 0.0 {
            continue;
        }
        let mut score = reading.certainty;
        if labelled {
            score += 3.0;
        }
        if piece.among_contacts {
            score += 0.8;
        }
        if name_rows.contains(&piece.order) {
            score -= 0.4;
        }
        score -= 1.2 * occupations::title_evidence(&folded) + organisations::firm_evidence(&folded) * 0.8;
        score -= piece.order as f32 * 0.02;
        if score >= 0.6 && best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, places::stated(reading, Quote::new(piece.text, piece.row.place.clone()))));
        }
    }
    resume.location = best.map(|(_, location)| location);
}

fn is_place_label(label: &str) -> bool {
    const LABELS: &[&str] = &[
        "address",
        "location",
        "city",
        "based in",
        "lives in",
        "residence",
        "adresse",
        "anschrift",
        "wohnort",
        "standort",
        "ort",
        "localisation",
        "ville",
        "dirección",
        "ubicación",
        "ciudad",
        "endereço",
        "localização",
        "cidade",
        "indirizzo",
        "residenza",
        "città",
        "luogo",
        "adres",
        "woonplaats",
        "miejscowość",
        "miasto",
        "adress",
        "ort",
        "adresse",
        "bopæl",
        "bosted",
        "osoite",
        "адрес",
        "город",
        "адреса",
        "місто",
        "cím",
        "lakóhely",
        "adresă",
        "lokacija",
        "mesto",
        "şehir",
        "διεύθυνση",
        "địa chỉ",
        "alamat",
        "住所",
        "地址",
        "주소",
        "العنوان",
        "כתובת",
        "home",
        "current location",
    ];
    let key = fold::key(label);
    LABELS.iter().any(|known| fold::key(known) == key)
}

/// The summary: the section of that kind, otherwise prose in the head of the document.
fn summary(blocks: &[Block], name_rows: &[usize], resume: &mut Resume) {
    let mut text = String::new();
    let mut place = None;
    let mut add = |row: &Row| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&row.text);
        place = Some(place.as_ref().map_or_else(|| row.place.clone(), |known| super::join_places(known, &row.place)));
    };
    let sections = blocks.iter().filter(|block| block.kind == SectionKind::Summary && !block.rows.is_empty());
    let mut any = false;
    for block in sections {
        any = true;
        block.rows.iter().for_each(&mut add);
    }
    if !any {
        let prose = |row: &&Row| row.text.split(' ').count() >= 10 && contacts::find(&row.text, Where::Contacts).is_empty();
        if let Some(head) = blocks.first() {
            let first = head.rows.iter().enumerate().position(|(order, row)| !name_rows.contains(&order) && prose(&row));
            if let Some(first) = first {
                head.rows[first..]
                    .iter()
                    .take_while(|row| contacts::find(&row.text, Where::Contacts).is_empty())
                    .for_each(&mut add);
            }
        }
    }
    if let Some(place) = place {
        resume.summary = Some(Quote::new(text, place));
    }
}
