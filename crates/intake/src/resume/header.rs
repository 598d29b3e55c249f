//! The head of a résumé: name, headline, residence.

use std::ops::Range;

use bonafide_normalise::{phone, url};

use super::{
    contacts::{self, Contact, Span, Where},
    fold, name, places,
    prepare::Row,
    sections::Block,
    types::{Carried, Quote, Resume, SectionKind, StatedEmail, StatedLink, StatedLocation, StatedPhone, StatedWallet},
    vocabulary::{headings, labels, occupations, organisations},
};
use bonafide_formats::document::DocumentLink;

/// A part of a line of the head that is no contact.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    pub(crate) row: &'a Row,
    /// Number of the row among the rows of the head.
    pub(crate) order: usize,
    /// Number of the piece in its row.
    pub(crate) nth: usize,
    /// Whether it is all of the row.
    pub(crate) whole: bool,
    /// The label in front of it, such as `Address`.
    pub(crate) label: Option<&'a str>,
    /// Whether contacts stand in the same row or the row is of the contact section.
    pub(crate) among_contacts: bool,
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
            let spans = found_in(row, if contacts { Where::Contacts } else { Where::Text });
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
    if phones.is_empty() {
        phones.extend(stray_phone(blocks));
    }
    let name_rows = name::find(&pieces, carried, resume);
    label(&pieces, &name_rows, resume);
    location(&pieces, &name_rows, resume);
    let country = resume.location.as_ref().and_then(|location| location.country.clone());
    for quote in phones {
        add_phone(quote, country.as_deref(), false, resume);
    }
    summary(blocks, &name_rows, resume);
}

/// The contacts in the cells of a row: a number does not go on behind a wide gap.
fn found_in(row: &Row, place: Where) -> Vec<Span> {
    if row.cells.len() <= 1 {
        return contacts::find(&row.text, place);
    }
    let in_cell = |cell: &Range<usize>| {
        let shift = cell.start;
        contacts::find(&row.text[cell.clone()], place).into_iter().map(move |mut span| {
            span.range = span.range.start + shift..span.range.end + shift;
            span
        })
    };
    row.cells.iter().flat_map(in_cell).collect()
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

/// The number that begins a cell of the first page where no contacts hold one: a sidebar whose rows stand in those of the text.
fn stray_phone(blocks: &[Block]) -> Option<Quote> {
    let rows = blocks.iter().filter(|block| block.kind != SectionKind::References).flat_map(|block| &block.rows);
    rows.filter(|row| row.page <= 1).find_map(|row| {
        let begins = |span: &Span| row.cells.iter().any(|cell| cell.start == span.range.start) || span.range.start == 0;
        let digits = |span: &Span| row.text[span.range.clone()].bytes().filter(u8::is_ascii_digit).count();
        found_in(row, Where::Contacts)
            .into_iter()
            .find(|span| matches!(span.what, Contact::Phone) && begins(span) && digits(span) >= 9)
            .map(|span| Quote::new(&row.text[span.range], row.place.clone()))
    })
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
            let leads_there =
                |text: &str| url::parse(text).is_ok_and(|seen| seen.url == address.url || seen.key() == address.key());
            // TeX draws an underscore as a rule: "github.com/jane roe" is the account jane_roe, and the part before the gap is no account.
            let drawn = shown.filter(|shown| shown.contains(' ')).is_some_and(|shown| leads_there(&shown.replace(' ', "_")));
            if drawn {
                resume.links.retain(|known| {
                    known.from_annotation
                        || !address.url.strip_prefix(known.url.as_str()).is_some_and(|rest| rest.starts_with('_'))
                });
            }
            let shows_target = drawn || shown.is_some_and(leads_there);
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
                let text = without_next_label(text);
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
                if !text.is_empty() && text.chars().any(char::is_alphabetic) && !labels::is_contact(text) {
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

/// Cuts the label of the contact that follows off the end: `Curitiba, Brasil, T:`.
fn without_next_label(text: &str) -> &str {
    let trimmed = text.trim_end();
    let Some(rest) = trimmed.strip_suffix([':', '：']) else { return text };
    let start = rest.rfind([' ', ',']).map_or(0, |at| at + 1);
    let label = &rest[start..];
    if label.chars().count() == 1 || labels::is_contact(label) { &rest[..start] } else { text }
}

/// `Address: 12 Example Way` → label and text.
fn unlabel(part: &str) -> (Option<&str>, &str) {
    if let Some((label, text)) = part.split_once([':', '：'])
        && label.chars().count() <= 30
        && !text.starts_with("//")
    {
        return (Some(label.trim()), text);
    }
    // "Location Leeds": a label without a colon.
    if let Some((label, text)) = part.trim_start().split_once(' ')
        && label.chars().count() > 3
        && labels::is_place(label)
        && places::read(text).certainty >= 1.0
    {
        return (Some(label), text);
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
        let labelled = piece.label.is_some_and(labels::is_place);
        // "A: Accra, Ghana": one letter in place of an icon.
        let lettered = piece.label.is_some_and(|label| label.chars().count() == 1);
        if piece.label.is_some() && !labelled && !lettered && !labels::is_contact(piece.label.unwrap_or_default())
            || labels::is_remark(&folded)
            || name::is_service_or_label(piece.text)
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
