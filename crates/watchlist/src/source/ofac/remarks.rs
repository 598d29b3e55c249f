//! The remarks of OFAC's CSV files: items divided by semicolons, each with a label.
//!
//! Source: OFAC, "SDN data specification", and the labels that stand in the published lists. An item whose label is not known stays
//! a remark as it is written.

use super::super::free_text;
use crate::{
    entry::{
        CountryRole, Document, DocumentKind, Entry, EntryKind, Identifier, IdentifierKind, Link, ListedName, NameQuality,
        Relation,
    },
    identifier::country_code,
    source::dates,
};

/// Labels of papers of persons. The longest fitting label counts.
const DOCUMENTS: [(&str, DocumentKind); 38] = [
    ("Passport", DocumentKind::Passport),
    ("Diplomatic Passport", DocumentKind::Passport),
    ("Service Passport", DocumentKind::Passport),
    ("Official Passport", DocumentKind::Passport),
    ("Stateless Person Passport", DocumentKind::Passport),
    ("Stateless Person ID Card", DocumentKind::Other),
    ("Refugee ID Card", DocumentKind::Other),
    ("National ID No.", DocumentKind::NationalId),
    ("National Foreign ID Number", DocumentKind::NationalId),
    ("Identification Number", DocumentKind::NationalId),
    ("Citizen's Card Number", DocumentKind::NationalId),
    ("Personal ID Card", DocumentKind::NationalId),
    ("Tarjeta de Identidad Card Number", DocumentKind::NationalId),
    ("Turkish Identification Number", DocumentKind::NationalId),
    ("Kuwaiti Civil ID No.", DocumentKind::NationalId),
    ("Bosnian Personal ID No.", DocumentKind::NationalId),
    ("Personal Identification Number", DocumentKind::NationalId),
    ("Cedula No.", DocumentKind::NationalId),
    ("Cedula de Ciudadania", DocumentKind::NationalId),
    ("Cedula de Residencia", DocumentKind::Residence),
    ("Numero de Identidad", DocumentKind::NationalId),
    ("Afghan Money Service Provider License Number", DocumentKind::Other),
    ("C.U.R.P.", DocumentKind::NationalId),
    ("D.N.I.", DocumentKind::NationalId),
    ("C.U.I.", DocumentKind::NationalId),
    ("N.I.E.", DocumentKind::NationalId),
    ("I.F.E.", DocumentKind::NationalId),
    ("SSN", DocumentKind::NationalId),
    ("Credencial electoral", DocumentKind::NationalId),
    ("Electoral Registry No.", DocumentKind::NationalId),
    ("Driver's License No.", DocumentKind::DrivingLicence),
    ("Birth Certificate Number", DocumentKind::BirthCertificate),
    ("Residency Number", DocumentKind::Residence),
    ("Residence Permit", DocumentKind::Residence),
    ("Travel Document Number", DocumentKind::Passport),
    ("Visa Number", DocumentKind::Residence),
    ("Moroccan Personal ID No.", DocumentKind::NationalId),
    ("Cartilla de Servicio Militar Nacional", DocumentKind::Other),
];

/// Labels of identifiers. The longest fitting label counts, among these and the papers.
const IDENTIFIERS: [(&str, IdentifierKind); 34] = [
    ("Email Address", IdentifierKind::Email),
    ("Website", IdentifierKind::Website),
    ("Phone Number", IdentifierKind::Phone),
    ("Telephone", IdentifierKind::Phone),
    ("Telephone No.", IdentifierKind::Phone),
    ("Telephone Number", IdentifierKind::Phone),
    ("Fax", IdentifierKind::Phone),
    ("Fax No.", IdentifierKind::Phone),
    ("Fax Number", IdentifierKind::Phone),
    ("Vessel Registration Identification IMO", IdentifierKind::Imo),
    ("Vessel Registration Number IMO", IdentifierKind::Imo),
    ("MMSI", IdentifierKind::Mmsi),
    ("SWIFT/BIC", IdentifierKind::Bic),
    ("Legal Entity Number", IdentifierKind::Registration),
    ("Aircraft Tail Number", IdentifierKind::TailNumber),
    ("Aircraft Manufacturer's Serial Number (MSN)", IdentifierKind::SerialNumber),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", IdentifierKind::SerialNumber),
    ("Aircraft Mode S Transponder Code", IdentifierKind::Other),
    ("Tax ID No.", IdentifierKind::Tax),
    ("R.F.C.", IdentifierKind::Tax),
    ("RFC", IdentifierKind::Tax),
    ("RUC #", IdentifierKind::Tax),
    ("NIT #", IdentifierKind::Tax),
    ("RIF #", IdentifierKind::Tax),
    ("C.U.I.T.", IdentifierKind::Tax),
    ("C.U.I.P.", IdentifierKind::Tax),
    ("V.A.T. Number", IdentifierKind::Tax),
    ("US FEIN", IdentifierKind::Tax),
    ("Italian Fiscal Code", IdentifierKind::Tax),
    ("Numero de RUC", IdentifierKind::Tax),
    ("Company Number IMO", IdentifierKind::Registration),
    ("Identification Number IMO", IdentifierKind::Imo),
    ("D-U-N-S Number", IdentifierKind::Registration),
    ("BIK (RU)", IdentifierKind::Other),
];

/// Endings of labels that announce a number, for the hundred or so registers with few entries each.
const NUMBER_ENDINGS: [&str; 12] =
    ["Number", "No.", "No", "#", "ID", "(USCC)", "(CBLS)", "License", "Code", "Registration", "(PSRN)", "(OKPO)"];

/// Reads remarks into an entry. `is_cut` says that the last item may be incomplete: it stays a remark, so that half a number never
/// passes for a whole one.
pub(super) fn read(remarks: &str, is_cut: bool, entry: &mut Entry) {
    let mut items = split(remarks).peekable();
    while let Some(item) = items.next() {
        let is_last = items.peek().is_none();
        let item = if is_last { item.strip_suffix('.').unwrap_or(item) } else { item };
        if item.is_empty() {
            continue;
        }
        if is_last && is_cut {
            entry.remarks.push(item.into());
        } else {
            read_whole(item, entry);
        }
    }
}

/// Reads one item, which may hold semicolons.
pub(super) fn read_whole(item: &str, entry: &mut Entry) {
    if !read_item(item, entry) {
        // Older entries label in ways of their own: `TELEX …; EMAIL x@y`, `x@y (email)`.
        free_text::mailboxes_and_wallets(item, entry);
        entry.remarks.push(item.into());
    }
}

/// Divides remarks at semicolons; a semicolon inside the quotes of an alias does not count.
fn split(remarks: &str) -> impl Iterator<Item = &str> {
    let mut rest = remarks.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let from = if is_quoted_alias(rest) {
            // The closing quote stands before a semicolon or the end.
            rest.find("';").map_or(rest.len(), |at| at + 1)
        } else {
            0
        };
        let end = rest[from..].find(';').map_or(rest.len(), |at| from + at);
        let item = rest[..end].trim();
        rest = rest.get(end + 1..).unwrap_or_default().trim_start();
        Some(item)
    })
}

fn is_quoted_alias(text: &str) -> bool {
    let text = text.strip_prefix("alt. ").unwrap_or(text);
    ["a.k.a. '", "f.k.a. '", "n.k.a. '"].iter().any(|mark| text.starts_with(mark))
}

/// Whether the item was understood as a whole.
fn read_item(item: &str, entry: &mut Entry) -> bool {
    let item = item.strip_prefix("alt. ").unwrap_or(item);
    alias(item, entry)
        || dated(item, entry)
        || country(item, entry)
        || link(item, entry)
        || wallet(item, entry)
        || number(item, entry)
}

fn alias(item: &str, entry: &mut Entry) -> bool {
    if !is_quoted_alias(item) {
        return false;
    }
    let quality = if item.starts_with('a') { NameQuality::Weak } else { NameQuality::Former };
    let text = item[8..].trim_end_matches('.').trim();
    let text = text.strip_suffix('\'').unwrap_or(text);
    entry.add_name(name(text, quality, entry.kind));
    true
}

/// A name in the notation of OFAC: only persons have their family name first; organisations' commas are their own.
pub(super) fn name(text: &str, quality: NameQuality, kind: EntryKind) -> ListedName {
    match kind {
        EntryKind::Person => ListedName::of_family_first(text, quality),
        _ => ListedName::whole(text, quality),
    }
}

fn dated(item: &str, entry: &mut Entry) -> bool {
    let labels = ["DOB ", "Organization Established Date ", "Vessel Year of Build ", "Aircraft Manufacture Date "];
    let Some(text) = labels.iter().find_map(|label| item.strip_prefix(label)) else { return false };
    let Some(birth) = dates::birth(text) else { return false };
    entry.add_birth(birth);
    true
}

fn country(item: &str, entry: &mut Entry) -> bool {
    let labels = [
        ("nationality ", CountryRole::Nationality),
        ("citizen ", CountryRole::Citizenship),
        ("Former Vessel Flag ", CountryRole::FormerFlag),
        ("Other Vessel Flag ", CountryRole::Flag),
    ];
    if let Some((text, role)) = labels.iter().find_map(|(label, role)| item.strip_prefix(label).map(|text| (text, *role))) {
        entry.add_country(role, text);
        return true;
    }
    if let Some(place) = item.strip_prefix("POB ") {
        // "Pyongyang, Korea, North": the country may itself contain a comma.
        let commas = place.match_indices(", ").map(|(at, _)| at + 2);
        let mut tails = std::iter::once(0).chain(commas).map(|at| &place[at..]);
        if let Some(country) = tails.find(|tail| country_code(tail).is_some()) {
            entry.add_country(CountryRole::Birth, country);
        }
    }
    false
}

fn link(item: &str, entry: &mut Entry) -> bool {
    let Some(name) = item.strip_prefix("Linked To:") else { return false };
    entry.add_link(Link::to_name(Relation::Linked, name).worded("Linked To"));
    true
}

fn wallet(item: &str, entry: &mut Entry) -> bool {
    let Some(rest) = item.strip_prefix("Digital Currency Address - ") else { return false };
    // One entry runs the currency and the address together.
    let run_together = || ["XBT", "ETH"].into_iter().find_map(|code| rest.strip_prefix(code).map(|address| (code, address)));
    let Some((currency, address)) = rest.split_once(' ').or_else(run_together) else { return false };
    let address = address.trim().trim_end_matches('.');
    if address.is_empty() || address.contains(' ') {
        return false;
    }
    entry.add_identifier(Identifier::new(IdentifierKind::Wallet, address).labelled(currency));
    true
}

/// A label and its number, such as `Passport A1234567 (Iran) issued 28 Oct 2008 expires 29 Oct 2013`.
fn number(item: &str, entry: &mut Entry) -> bool {
    let fits = |label: &str| item.strip_prefix(label).is_some_and(|rest| rest.starts_with(' ') && rest.len() > 1);
    let document = DOCUMENTS.iter().filter(|(label, _)| fits(label)).max_by_key(|(label, _)| label.len());
    let identifier = IDENTIFIERS.iter().filter(|(label, _)| fits(label)).max_by_key(|(label, _)| label.len());
    match (document, identifier) {
        (Some((label, _)), Some((longer, kind))) if longer.len() > label.len() => push_identifier(item, longer, *kind, entry),
        (Some((label, kind)), _) if entry.kind == EntryKind::Person => {
            let (number, country, note) = divided(&item[label.len()..]);
            let note = if *label == "Passport" { note.to_owned() } else { format!("{label} {note}") };
            Document::new(*kind, number, country, &note).map(|document| entry.documents.push(document)).is_some()
        }
        // Companies too have an "Identification Number".
        (Some((label, _)), _) => push_identifier(item, label, IdentifierKind::Registration, entry),
        (None, Some((label, kind))) => push_identifier(item, label, *kind, entry),
        (None, None) => match other_label(item) {
            Some(label) => push_identifier(item, label, IdentifierKind::Registration, entry),
            None => false,
        },
    }
}

fn push_identifier(item: &str, label: &str, kind: IdentifierKind, entry: &mut Entry) -> bool {
    let rest = item[label.len()..].trim();
    let (value, country) = match kind {
        IdentifierKind::Website => (rest, ""),
        _ => {
            let (value, country, _) = divided(rest);
            (value, country)
        }
    };
    let identifier = Identifier::new(kind, value).of_country(country);
    if identifier.value.is_empty() {
        return false;
    }
    let keeps_label = matches!(kind, IdentifierKind::Registration | IdentifierKind::Other | IdentifierKind::Tax);
    entry.add_identifier(if keeps_label { identifier.labelled(label) } else { identifier });
    true
}

/// A label of words that ends as numbers' labels do, before a text with a digit.
fn other_label(item: &str) -> Option<&str> {
    let words = item.match_indices(' ').map(|(at, _)| at);
    let label =
        words.map(|at| &item[..at]).take(12).filter(|label| NUMBER_ENDINGS.iter().any(|end| label.ends_with(end))).last()?;
    let value = item[label.len()..].trim();
    let is_number = value.len() <= 80 && value.bytes().any(|byte| byte.is_ascii_digit());
    (is_number && !label.contains(':') && label.starts_with(|c: char| c.is_uppercase())).then_some(label)
}

/// Number, country and the rest of `A1234567 (Iran) issued …`.
fn divided(text: &str) -> (&str, &str, &str) {
    let text = text.trim();
    if let Some((number, rest)) = text.split_once(" (") {
        let (country, note) = rest.split_once(')').unwrap_or((rest, ""));
        return (number.trim(), country.trim(), note.trim());
    }
    let cut = [" issued ", " expires ", ", issued", ", expires"].iter().filter_map(|word| text.find(word)).min();
    cut.map_or((text, "", ""), |at| (text[..at].trim(), "", text[at..].trim_start_matches(',').trim()))
}
