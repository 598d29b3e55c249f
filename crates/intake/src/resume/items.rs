//! Certificates, awards, publications and projects.

use super::{
    contacts::{self, Contact, Where},
    dates::{self, Found},
    entries::{self, BodyRow},
    join_places,
    lists::stretches,
    prepare::Row,
    types::{Item, Quote},
    work,
};

/// Reads certificates, awards, publications: one item a stretch.
pub(crate) fn read(rows: &[Row]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for stretch in stretches(rows, false) {
        let found = dates::find(&stretch.text);
        let row = Row { text: stretch.text.clone(), place: stretch.quote.place.clone(), ..Row::default() };
        let period = found.first().map(|date| work::period(&row, date));
        let mut name = stretch.text.clone();
        if let Some(date) = found.first() {
            name.replace_range(date.range.clone(), " ");
        }
        let link = contacts::find(&stretch.text, Where::Text).into_iter().find_map(|span| match span.what {
            Contact::Link { url, .. } => Some(url),
            _ => None,
        });
        let name = name
            .trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '|' | '·' | '(' | '[' | ']' | ':' | '•')
            })
            .trim_end_matches("()")
            .trim()
            .to_owned();
        let name = if name.ends_with(')') && !name.contains('(') { name.trim_end_matches(')').to_owned() } else { name };
        if name.is_empty() {
            if let Some(last) = items.last_mut().filter(|last| last.period.is_none()) {
                last.period = period;
            }
            continue;
        }
        let (title, by) = split_issuer(&name);
        items.push(Item { name: Quote::new(title, stretch.quote.place.clone()), by, period, url: link, text: Vec::new() });
    }
    items
}

/// `Name — Issuer`, `Name | Issuer`, `Name, Issuer`.
fn split_issuer(text: &str) -> (String, Option<String>) {
    for separator in [" | ", " — ", " · ", " – ", " - ", " • "] {
        if let Some((name, by)) = text.split_once(separator) {
            let by = by.trim_matches([' ', ',', '|']);
            if !by.is_empty() && by.split(' ').count() <= 6 {
                return (name.trim().to_owned(), Some(by.to_owned()));
            }
        }
    }
    (text.to_owned(), None)
}

/// Reads projects: entries with a head and bullet points, or one bullet point each.
pub(crate) fn projects(rows: &[Row]) -> Vec<Item> {
    let only_bullets =
        rows.iter().all(|row| row.bullet.is_some() || !row.space_before && row.text.starts_with(char::is_lowercase));
    if only_bullets {
        let body: Vec<BodyRow> = rows.iter().map(|row| BodyRow { row: row.clone(), continues: row.bullet.is_none() }).collect();
        return work::body(&body).0.into_iter().map(|quote| Item { name: quote, ..Item::default() }).collect();
    }
    let (found, lead) = entries::split(rows);
    let mut items: Vec<Item> = Vec::new();
    let mut current: Option<Item> = None;
    // Rows before the first dated head: heads without dates stand out by having bullet points below them.
    let mut previous_bullet = true;
    for BodyRow { row, continues } in &lead {
        add_project_row(row, *continues, &mut previous_bullet, &mut current, &mut items);
    }
    items.extend(current.take());
    for entry in &found {
        let head: Vec<&Row> = entry.head.iter().map(|head| &head.row).collect();
        let Some(first) = head.first() else { continue };
        let date = entry.head.iter().find_map(|head| head.dates.first().map(|date| (&head.row, date.clone())));
        let mut name = first.text.clone();
        if let Some((row, date)) = &date
            && std::ptr::eq(*row, *first)
        {
            name.replace_range(date.range.clone(), "");
        }
        let mut item = Item {
            name: Quote::new(tidy(&name), first.place.clone()),
            period: date.as_ref().map(|(row, date): &(&Row, Found)| work::period(row, date)),
            ..Item::default()
        };
        item.url = head.iter().flat_map(|row| contacts::find(&row.text, Where::Text)).find_map(|span| match span.what {
            Contact::Link { url, .. } => Some(url),
            _ => None,
        });
        item.text.extend(head.iter().skip(1).map(|row| Quote::new(row.text.clone(), row.place.clone())));
        // Undated projects below a dated one.
        let mut previous_bullet = false;
        current = Some(item);
        for BodyRow { row, continues } in &entry.body {
            add_project_row(row, *continues, &mut previous_bullet, &mut current, &mut items);
        }
        items.extend(current.take());
    }
    items.retain(|item| !item.name.is_empty());
    items
}

fn add_project_row(row: &Row, continues: bool, previous_bullet: &mut bool, current: &mut Option<Item>, items: &mut Vec<Item>) {
    let bullet = row.bullet.is_some();
    let starts = !bullet && !continues && *previous_bullet && row.text.split(' ').count() <= 14;
    if starts || current.is_none() {
        items.extend(current.take());
        *current = Some(Item { name: Quote::new(tidy(&row.text), row.place.clone()), ..Item::default() });
    } else if let Some(item) = current {
        match item.text.last_mut() {
            Some(last) if continues => {
                work::join_text(&mut last.text, &row.text);
                last.place = join_places(&last.place, &row.place);
            }
            _ => item.text.push(Quote::new(row.text.clone(), row.place.clone())),
        }
    }
    *previous_bullet = bullet || continues && *previous_bullet;
}

fn tidy(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–' | '—' | ':' | '·' | '(' | '•')).to_owned()
}
