//! How a résumé is laid out: what stays the same when a template is filled in for another person.

use std::collections::BTreeMap;

use bonafide_formats::document::{Document, Line};

use super::{
    dates, fold,
    prepare::Row,
    sections::Block,
    types::{Layout, Resume, SectionKind},
};

/// Distinct letter sizes kept at most.
const MOST_SIZES: usize = 8;

/// Measures the layout.
pub(crate) fn read(document: &Document, blocks: &[Block], resume: &Resume, job_template: Option<String>) -> Layout {
    let headings: Vec<(&str, &Row)> =
        blocks.iter().filter_map(|block| block.heading.as_ref().map(|(text, row)| (text.as_str(), row))).collect();
    let rows = || blocks.iter().flat_map(|block| &block.rows);
    let mut bullets: BTreeMap<char, usize> = BTreeMap::new();
    rows().filter_map(|row| row.bullet).for_each(|glyph| *bullets.entry(glyph).or_default() += 1);
    let mut styles: BTreeMap<String, usize> = BTreeMap::new();
    let mut separators: BTreeMap<String, usize> = BTreeMap::new();
    for job in resume.work.iter().chain(&resume.volunteer) {
        if let Some(period) = &job.period {
            let (style, separator) = dates::style(&period.quote.text);
            *styles.entry(style).or_default() += 1;
            if let Some(separator) = separator {
                *separators.entry(separator).or_default() += 1;
            }
        }
    }
    let mut sizes: Vec<i32> =
        document.lines.iter().filter(|line| line.size > 0.0).map(|line| (line.size * 10.0).round() as i32).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    sizes.truncate(MOST_SIZES);
    let mut lefts: Vec<i32> = headings.iter().filter(|(_, row)| row.has_area()).map(|(_, row)| row.left.round() as i32).collect();
    lefts.sort_unstable();
    lefts.dedup();
    Layout {
        columns: columns(document),
        pages: u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
        heading_case: case(headings.iter().map(|(text, _)| *text)),
        headings: headings.iter().map(|(text, _)| (*text).to_owned()).collect(),
        order: blocks.iter().map(|block| block.kind).filter(|kind| *kind != SectionKind::Head).collect(),
        bullet: most(bullets),
        date_format: most(styles),
        date_separator: most(separators),
        sizes: sizes.into_iter().map(|size| size as f32 / 10.0).collect(),
        heading_lefts: lefts,
        job_template,
    }
}

fn most<K: Ord + Clone>(counts: BTreeMap<K, usize>) -> Option<K> {
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(key, _)| key)
}

/// Columns on the page with the most; a column counts with three lines or more.
fn columns(document: &Document) -> u16 {
    let mut lines: BTreeMap<(u32, u16), usize> = BTreeMap::new();
    for line in document.lines.iter().filter(|line| line.column != Line::FULL_WIDTH) {
        *lines.entry((line.page, line.column)).or_default() += 1;
    }
    let mut pages: BTreeMap<u32, u16> = BTreeMap::new();
    for ((page, _), _) in lines.into_iter().filter(|(_, count)| *count >= 3) {
        *pages.entry(page).or_default() += 1;
    }
    pages.into_values().max().unwrap_or(1).max(1)
}

fn case<'a>(headings: impl Iterator<Item = &'a str>) -> &'static str {
    let mut cases = BTreeMap::new();
    let mut all = 0_usize;
    for heading in headings {
        let case = if fold::is_upper(heading) {
            "upper"
        } else if heading
            .split(' ')
            .filter(|word| word.chars().count() > 3)
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()))
        {
            "title"
        } else if heading.chars().all(|c| !c.is_uppercase()) {
            "lower"
        } else {
            "mixed"
        };
        all += 1;
        *cases.entry(case).or_insert(0_usize) += 1;
    }
    match cases.into_iter().max_by_key(|(_, count)| *count) {
        Some((case, count)) if count * 2 > all => case,
        Some(_) => "mixed",
        None => "",
    }
}
