//! The triage table: every subject has a row, in the order of the queue.

use bonafide_model::assessment::{Assessment, Band};

use super::flow::{Cell, Page, Piece, columns, piece, quiet, text};
use crate::{
    clean::{self, clean},
    options::Role,
    run::Reported,
    words,
};

/// From this width on the rows have columns; below, each subject is a small block.
const COLUMNED: usize = 88;
/// From this width on the next question has a column of its own.
const WITH_ASK: usize = 150;
const BAND: usize = 6;
const CHECKS: usize = 10;

/// The shape of the table for one run.
pub(super) struct Table {
    shape: Shape,
}

enum Shape {
    Blocks,
    Columns { weight: usize, subject: usize, name: usize, why: usize, ask: usize },
}

impl Table {
    /// The shape that fits the subjects into the width.
    pub(super) fn fitting(subjects: &[&Reported], width: usize) -> Self {
        if width < COLUMNED {
            return Self { shape: Shape::Blocks };
        }
        let widest = |tell: &dyn Fn(&Assessment) -> String, least: usize, most: usize| {
            let widths = subjects.iter().map(|subject| columns(&tell(&subject.assessment)));
            widths.max().unwrap_or(0).clamp(least, most)
        };
        let weight = widest(&|assessment| words::weight(assessment.weight), 6, 12);
        let subject = widest(&|assessment| clean(assessment.subject.as_str(), clean::NAME), 7, width / 7);
        let name = widest(&|assessment| name(assessment).text, 4, width / 6);
        let gaps = if width < WITH_ASK { 5 } else { 6 } * 2;
        let left = width - BAND - weight - subject - name - CHECKS - gaps;
        let ask = if width < WITH_ASK { 0 } else { left * 2 / 5 };
        Self { shape: Shape::Columns { weight, subject, name, why: left - ask, ask } }
    }

    /// The head of the table.
    pub(super) fn head(&self, page: &mut Page) {
        let Shape::Columns { weight, subject, name, why, ask } = self.shape else { return };
        let head = |text: &str| vec![piece(Role::Heading, text)];
        let mut cells = vec![
            Cell::left(BAND, head("BAND")),
            Cell::right(weight, head("WEIGHT")),
            Cell::left(subject, head("SUBJECT")),
            Cell::left(name, head("NAME")),
            Cell::left(why, head("WHY")),
        ];
        if ask > 0 {
            cells.push(Cell::left(ask, head("ASK")));
        }
        cells.push(Cell::right(CHECKS, head("RAN / OPEN")));
        page.row(&cells);
        page.line(&[quiet("─".repeat(page.width))]);
    }

    /// The row of a subject.
    pub(super) fn row(&self, page: &mut Page, assessment: &Assessment) {
        match self.shape {
            Shape::Blocks => block(page, assessment),
            Shape::Columns { weight, subject, name, why, ask } => {
                let mut reasons = vec![reasons(assessment)];
                let question = question(assessment);
                if let (0, Some(question)) = (ask, &question) {
                    reasons.push([vec![quiet("Ask: ")], question.clone()].concat());
                }
                let mut cells = vec![
                    Cell::left(BAND, vec![band(assessment.band)]),
                    Cell::right(weight, vec![text(words::weight(assessment.weight))]),
                    Cell::left(subject, vec![text(clean(assessment.subject.as_str(), clean::NAME))]),
                    Cell::left(name, vec![self::name(assessment)]),
                    Cell { width: why, right: false, paragraphs: reasons },
                ];
                if ask > 0 {
                    cells.push(Cell::left(ask, question.unwrap_or_default()));
                }
                cells.push(Cell::right(CHECKS, vec![quiet(checks(assessment))]));
                if page.row(&cells) > 1 {
                    page.gap();
                }
            }
        }
    }
}

fn block(page: &mut Page, assessment: &Assessment) {
    page.hanging(
        0,
        &[band(assessment.band), text("  ")],
        &[
            text(clean(assessment.subject.as_str(), clean::NAME)),
            text("  "),
            Piece { role: Role::Heading, ..name(assessment) },
            text("  "),
            quiet(words::weight(assessment.weight)),
        ],
    );
    page.hanging(2, &[quiet("Why: ")], &reasons(assessment));
    if let Some(question) = question(assessment) {
        page.hanging(2, &[quiet("Ask: ")], &question);
    }
    page.hanging(2, &[quiet("Checks ran / open: ")], &[quiet(checks(assessment))]);
    page.gap();
}

/// The name, or a dash where only the id is known.
fn name(assessment: &Assessment) -> Piece {
    if assessment.display_name.is_empty() || assessment.display_name == assessment.subject.as_str() {
        quiet("–")
    } else {
        text(clean(&assessment.display_name, clean::NAME))
    }
}

fn band(band: Band) -> Piece {
    piece(Role::from(band), band.name())
}

fn checks(assessment: &Assessment) -> String {
    format!("{} / {}", assessment.coverage.ran, assessment.coverage.inconclusive.len())
}

/// The checks that found most, with the number of the other findings, and what was not read.
fn reasons(assessment: &Assessment) -> Vec<Piece> {
    let (reasons, others) = words::reasons(assessment);
    let mut pieces = if reasons.is_empty() { vec![quiet("no findings")] } else { Vec::new() };
    for (at, reason) in reasons.iter().enumerate() {
        if at > 0 {
            pieces.push(text("; "));
        }
        let title = clean(&reason.first.title, clean::NAME * 2);
        let role = if assessment.band == Band::Clear { Role::Quiet } else { Role::Text };
        pieces.extend([piece(role, title), quiet(format!(" ({}{})", reason.first.code.signal(), reason.remark()))]);
    }
    if others > 0 {
        pieces.push(quiet(format!("; and {} more", words::thousands(others))));
    }
    // Nothing found in what nobody read is no good news.
    if let Some(unread) = words::unread_part(assessment) {
        pieces.extend([text("; "), piece(Role::Look, unread)]);
    }
    pieces
}

fn question(assessment: &Assessment) -> Option<Vec<Piece>> {
    words::next_question(assessment).map(|question| vec![text(clean(question, clean::SENTENCE))])
}
