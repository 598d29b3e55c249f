//! What the rows of a section say about its kind, where its heading does not.

use super::{
    super::{
        dates::{self, Shape},
        fold, lists,
        prepare::Row,
        types::SectionKind,
        vocabulary::{
            degrees,
            headings::{self, Certainty},
            languages, occupations, organisations,
        },
    },
    Block,
};

/// Rows behind a heading that are searched for the dates of an entry.
const NEAR: usize = 5;

/// Rows that are searched for further entries of a section.
const FAR: usize = 40;

/// Whether the first word of a list names a human language: `English (native), Welsh`.
pub(super) fn begins_with_language(text: &str) -> bool {
    lists::split_list(text)
        .first()
        .is_some_and(|first| first.split(' ').count() <= 5 && languages::is_language(first) && !first.contains('/'))
}

/// Whether entries with periods follow soon, before the next heading.
pub(super) fn entries_follow(ahead: &[Row]) -> bool {
    dated_within(ahead, NEAR)
}

/// Whether the section goes on with entries: a label among them is a part of one.
pub(super) fn entries_go_on(ahead: &[Row]) -> bool {
    dated_within(ahead, FAR)
}

fn dated_within(ahead: &[Row], rows: usize) -> bool {
    ahead
        .iter()
        .take(rows)
        .take_while(|row| headings::recognise(&row.text).is_none_or(|(_, certainty)| certainty != Certainty::Whole))
        .any(is_dated)
}

/// Whether a row bears the period of an entry.
fn is_dated(row: &Row) -> bool {
    row.bullet.is_none()
        && row.text.split(' ').count() <= 20
        && !row.text.ends_with('.')
        && dates::find(&row.text).iter().any(|date| date.shape == Shape::Period && date.is_usual())
}

/// Gives sections under headings of unknown words the kind that their rows have, where the document has no such section yet.
pub(super) fn settle(blocks: &mut [Block]) {
    for kind in [SectionKind::Work, SectionKind::Education, SectionKind::Languages] {
        if blocks.iter().any(|block| block.kind == kind && !block.rows.is_empty()) {
            continue;
        }
        let test = match kind {
            SectionKind::Work => holds_jobs,
            SectionKind::Education => holds_studies,
            _ => holds_languages,
        };
        if let Some(block) = blocks.iter_mut().find(|block| block.kind == SectionKind::Other && test(&block.rows)) {
            block.kind = kind;
        }
    }
}

/// The folded cells of the rows that are no bullet points.
fn folded(rows: &[Row]) -> impl Iterator<Item = String> {
    rows.iter().filter(|row| row.bullet.is_none()).flat_map(|row| {
        if row.cells.len() > 1 {
            (0..row.cells.len()).map(|index| fold::fold(row.cell(index))).collect()
        } else {
            vec![fold::fold(&row.text)]
        }
    })
}

fn holds_jobs(rows: &[Row]) -> bool {
    rows.iter().any(is_dated) && folded(rows).any(|row| occupations::title_evidence(&row) >= 1.5) && !holds_studies(rows)
}

fn holds_studies(rows: &[Row]) -> bool {
    let named =
        folded(rows).filter(|row| organisations::school_evidence(row) >= 1.5 || degrees::degree_evidence(row) >= 1.5).count();
    let titled = folded(rows).filter(|row| occupations::title_evidence(row) >= 1.5).count();
    named > titled && named > 0 && rows.iter().any(|row| !dates::find(&row.text).is_empty())
}

fn holds_languages(rows: &[Row]) -> bool {
    !rows.is_empty() && rows.len() <= 12 && rows.iter().all(|row| begins_with_language(&row.text))
}
