//! People named as references.

use super::{
    contacts::{self, Contact, Where},
    fold,
    parts::employment,
    prepare::Row,
    types::{Quote, StatedEmail, StatedPhone, StatedReference},
    vocabulary::{labels, occupations},
};

/// Reads references: people with contacts.
pub(crate) fn read(rows: &[Row]) -> Vec<StatedReference> {
    let mut references: Vec<StatedReference> = Vec::new();
    for row in rows {
        let folded = fold::fold(&row.text);
        if folded.contains("upon request")
            || folded.contains("on request")
            || folded.contains("auf anfrage")
            || folded.contains("sur demande")
        {
            continue;
        }
        for cell in if row.cells.len() > 1 { row.cells.clone() } else { std::iter::once(0..row.text.len()).collect() } {
            let text = row.text[cell].trim();
            let spans = contacts::find(text, Where::Contacts);
            let first_end = spans.first().map_or(text.len(), |span| span.range.start);
            let front = text[..first_end]
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–' | '—' | ':' | '·' | '•' | '('));
            let label_only = labels::is_contact(front.trim_end_matches([':', ' ', '.']));
            let (name, company) = split_person(front);
            let person = !label_only
                && looks_like_person(name)
                && !(references.last().is_some_and(|last| {
                    last.company.is_none()
                        && last.email.is_none()
                        && last.phone.is_none()
                        && occupations::title_evidence(&fold::fold(front)) >= 1.5
                }));
            if person && (spans.is_empty() || !name.is_empty()) {
                references.push(StatedReference {
                    name: Quote::new(name, row.place.clone()),
                    company: company.map(ToOwned::to_owned),
                    text: text.to_owned(),
                    ..StatedReference::default()
                });
            } else if let Some(last) = references.last_mut() {
                last.text.push('\n');
                last.text.push_str(text);
                if last.company.is_none() && !front.is_empty() && !label_only {
                    last.company = Some(front.to_owned());
                }
            }
            let Some(last) = references.last_mut() else { continue };
            for span in spans {
                let quote = Quote::new(&text[span.range.clone()], row.place.clone());
                match span.what {
                    Contact::Email(canonical) if last.email.is_none() => {
                        last.email = Some(StatedEmail { quote, canonical, only_as_link: false });
                    }
                    Contact::Phone if last.phone.is_none() => {
                        if let Ok(number) = bonafide_normalise::phone::parse(&quote.text, None) {
                            last.phone = Some(StatedPhone {
                                quote,
                                e164: number.e164,
                                regions: number.regions.iter().map(|&region| region.to_owned()).collect(),
                                only_as_link: false,
                            });
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    references.retain(|reference| !reference.name.is_empty());
    references
}

fn split_person(text: &str) -> (&str, Option<&str>) {
    for separator in [", ", " – ", " — ", " - ", " | ", " at ", " (", " · "] {
        if let Some((name, rest)) = text.split_once(separator) {
            return (name.trim(), Some(rest.trim_matches([' ', ')', '|', ','])).filter(|rest| !rest.is_empty()));
        }
    }
    (text, None)
}

fn looks_like_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    (1..=5).contains(&words.len())
        && !text.contains(|c: char| c.is_ascii_digit())
        && words.iter().filter(|word| word.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphabetic())).count() * 2
            > words.len()
        && (words.len() > 1 || text.chars().any(fold::is_cjk))
        && occupations::title_evidence(&fold::fold(text)) < 3.0
        && employment(text).is_none_or(|(_, whole)| !whole)
}
