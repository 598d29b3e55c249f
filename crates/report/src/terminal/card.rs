//! The card of one subject: why, the findings with their evidence, how the sum came about, and what could not be checked.

use bonafide_model::{
    assessment::{AssessedFinding, Assessment, Weight},
    id::CheckCode,
};

use super::flow::{Cell, Page, Piece, columns, piece, quiet, text};
use crate::{
    clean::{self, clean},
    options::{self, Options, Role},
    run::{Directory, Gap, Reported, by_reason, gaps_of},
    waterfall::Waterfall,
    words,
};

/// How much a card says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// The sentence, the titles of findings, and the coverage in one line.
    Short,
    /// Everything a person needs to ask and to decide.
    Findings,
    /// Also every check, and the hashes.
    All,
}

pub(super) fn write(page: &mut Page, subject: &Reported, directory: &Directory<'_>, options: &Options, detail: Detail) {
    let assessment = &subject.assessment;
    head(page, assessment);
    if detail == Detail::Short {
        for finding in &assessment.findings {
            page.hanging(
                2,
                &[text("• ")],
                &[text(clean(&finding.summary, clean::SENTENCE)), quiet(format!(" ({})", counted(finding)))],
            );
        }
        incomplete(page, assessment);
        page.paragraph(2, &[quiet(coverage_line(assessment))]);
        return;
    }
    for (at, finding) in assessment.findings.iter().enumerate() {
        page.gap();
        write_finding(page, at + 1, finding, directory, detail);
    }
    waterfall(page, assessment);
    coverage(page, assessment, options, detail);
    incomplete(page, assessment);
    if let Some(rate) = &assessment.base_rate {
        page.gap();
        page.hanging(2, &[label("Base rate")], &[text(words::base_rate(rate))]);
    }
    if detail == Detail::All {
        record(page, assessment);
    }
}

fn head(page: &mut Page, assessment: &Assessment) {
    let (id, name) = (clean(assessment.subject.as_str(), clean::NAME), clean(&assessment.display_name, clean::NAME));
    let who = if name.is_empty() || name == id { id } else { format!("{name}  {id}") };
    page.gap();
    page.line(&[quiet("━".repeat(page.width))]);
    page.hanging(
        0,
        &[piece(assessment.band.into(), assessment.band.name().to_uppercase()), text("  ")],
        &[piece(Role::Heading, who), text("  "), quiet(format!("{} bits", words::weight(assessment.weight)))],
    );
    page.paragraph(0, &[text(clean(&assessment.because, clean::SENTENCE))]);
    let judged = match assessment.applied_at {
        Some(at) => {
            format!("Applied {}; claims are judged as of then. Surroundings as of {}.", at.strftime("%Y-%m-%d"), assessment.as_of)
        }
        None => format!("No day of application stated; claims are judged as of {}.", assessment.as_of),
    };
    page.paragraph(0, &[quiet(judged)]);
}

/// So many pieces of evidence per finding are shown unless more is asked for.
const EVIDENCE: usize = 8;

fn write_finding(page: &mut Page, number: usize, finding: &AssessedFinding, directory: &Directory<'_>, detail: Detail) {
    let lead = format!("{number}. ");
    let inner = columns(&lead) + 2;
    page.hanging(
        2,
        &[piece(Role::Heading, lead)],
        &[
            piece(Role::Heading, clean(&finding.title, clean::NAME * 2)),
            text("  "),
            piece(finding.strength.into(), finding.strength.name()),
            quiet(format!("  {}  {}", words::counted(finding), finding.code)),
        ],
    );
    page.paragraph(inner, &[text(clean(&finding.summary, clean::SENTENCE))]);
    if let Some(reason) = &finding.held_back {
        page.paragraph(inner, &[quiet(format!("Held back: {}.", full_stop(reason)))]);
    }
    let shown = if detail == Detail::All { finding.evidence.len() } else { EVIDENCE };
    for evidence in finding.evidence.iter().take(shown) {
        let compared = words::compared(&evidence.compared_with, directory.resolve(evidence).as_ref());
        let mut pieces = quoted(&evidence.subject_value);
        pieces.push(quiet(parenthesis(&words::place(&evidence.document, &evidence.place))));
        pieces.push(text(format!(" {} ", words::relation(evidence))));
        pieces.extend(quoted(&compared.value));
        pieces.push(quiet(parenthesis(&compared.source)));
        page.hanging(inner, &[text("• ")], &pieces);
    }
    if finding.evidence.len() > shown {
        let more = words::thousands(finding.evidence.len() - shown);
        page.hanging(inner, &[text("• ")], &[quiet(format!("and {more} more like these; the verbose report shows all"))]);
    }
    list(page, inner, "Innocent:", &finding.innocent);
    list(page, inner, "Ask:", &finding.ask);
}

fn quoted(value: &str) -> Vec<Piece> {
    let value = clean(value, clean::VALUE);
    if value.is_empty() { Vec::new() } else { vec![text("“"), piece(Role::Value, value), text("”")] }
}

fn parenthesis(source: &str) -> String {
    if source.is_empty() { String::new() } else { format!(" ({source})") }
}

/// A list beside its title.
fn list(page: &mut Page, indent: usize, title: &str, items: &[String]) {
    for (at, item) in items.iter().enumerate() {
        let title = if at == 0 { title } else { "" };
        page.hanging(indent, &[piece(Role::Heading, format!("{title:<10}")), text("– ")], &[text(clean(item, clean::SENTENCE))]);
    }
}

fn label(name: &str) -> Piece {
    piece(Role::Heading, format!("{name}: "))
}

fn full_stop(sentence: &str) -> String {
    clean(sentence, clean::SENTENCE).trim_end_matches('.').to_owned()
}

fn counted(finding: &AssessedFinding) -> String {
    format!("{}, {}, {}", finding.code, finding.strength, words::counted(finding))
}

/// The widest a bar becomes; longer ones are no easier to compare.
const LONGEST_BAR: usize = 60;
/// The narrowest bar that still tells something.
const SHORTEST_BAR: usize = 12;

fn waterfall(page: &mut Page, assessment: &Assessment) {
    let waterfall = Waterfall::of(assessment);
    if waterfall.steps.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(2, &[piece(Role::Heading, "How the weight came about"), quiet(" (bits; one bit doubles the odds)")]);
    let figure = waterfall
        .steps
        .iter()
        .map(|step| step.finding.counted)
        .chain([waterfall.total])
        .map(|weight| columns(&words::weight(weight)))
        .max()
        .unwrap_or(0);
    let title = if page.width < 72 { 0 } else { ((page.width - 20) / 2).min(46) };
    let bar = page.width.saturating_sub(4 + 9 + 2 + title + usize::from(title > 0) * 2 + figure + 2);
    let bar = bar.clamp(SHORTEST_BAR, LONGEST_BAR);
    let mut draw = |code: String, name: &str, weight: Weight, role: Role, bars: (u32, u32, bool)| {
        let mut cells = vec![Cell::left(2, Vec::new()), Cell::left(9, vec![quiet(code)])];
        if title > 0 {
            cells.push(Cell::left(title, vec![text(clean(name, clean::NAME * 2))]));
        }
        cells.push(Cell::right(figure, vec![text(words::weight(weight))]));
        let (blank, filled) = cells_of(bars.0, bars.1, bar);
        let block = if bars.2 { "▒" } else { "█" };
        cells.push(Cell::left(bar, vec![text(" ".repeat(blank)), piece(role, block.repeat(filled))]));
        page.row(&cells);
    };
    for step in &waterfall.steps {
        let drawn = waterfall.bar(step);
        let finding = step.finding;
        draw(
            finding.code.signal(),
            &finding.title,
            finding.counted,
            finding.strength.into(),
            (drawn.left, drawn.width, drawn.down),
        );
    }
    let total = waterfall.total_bar();
    draw("sum".to_owned(), "", waterfall.total, assessment.band.into(), (total.left, total.width, total.down));
}

/// Blank and filled cells of a bar; what was counted at all is at least one cell long.
fn cells_of(left: u32, width: u32, cells: usize) -> (usize, usize) {
    let scaled = |thousandths: u32| (thousandths as usize * cells + 500) / 1_000;
    let blank = scaled(left).min(cells.saturating_sub(1));
    let filled = if width == 0 { 0 } else { scaled(left + width).saturating_sub(blank).max(1) };
    (blank, filled)
}

fn coverage(page: &mut Page, assessment: &Assessment, options: &Options, detail: Detail) {
    page.gap();
    page.hanging(2, &[label("Coverage")], &[text(coverage_line(assessment))]);
    for gap in gaps_of(assessment) {
        page.hanging(4, &[text("– ")], &gap_pieces(&gap, options, detail));
    }
    if detail == Detail::All {
        let coverage = &assessment.coverage;
        reasons(
            page,
            "Looked and found nothing",
            by_reason(coverage.clear.iter().map(|check| (check.code, check.examined.as_str()))),
        );
        reasons(
            page,
            "Had nothing to look at",
            by_reason(coverage.not_applicable.iter().map(|check| (check.code, check.why.as_str()))),
        );
    }
}

fn coverage_line(assessment: &Assessment) -> String {
    let coverage = &assessment.coverage;
    format!(
        "{} ran, {} of them found nothing; {} had nothing to look at; {} could not be checked.",
        words::count(coverage.ran as usize, "check"),
        words::thousands(coverage.clear.len()),
        words::thousands(coverage.not_applicable.len()),
        words::thousands(coverage.inconclusive.len()),
    )
}

fn gap_pieces(gap: &Gap, options: &Options, detail: Detail) -> Vec<Piece> {
    let verb = if gap.checks.len() == 1 { "needs" } else { "need" };
    let mut pieces = vec![text(format!("{} {verb} {}", codes(&gap.checks), options::need(gap.need)))];
    if detail == Detail::All {
        let what = gap.what.iter().map(|what| clean(what, clean::NAME * 2)).collect::<Vec<_>>();
        pieces.push(quiet(format!(" ({})", what.join("; "))));
    }
    let remedy = options.remedies.of(gap.need);
    if remedy.command.is_empty() {
        pieces.push(quiet(format!(" — {}", remedy.does)));
    } else {
        pieces.extend([quiet(" — "), command(&remedy.command), quiet(" adds it")]);
    }
    pieces
}

/// A command, told from the text around it also without colour.
pub(super) fn command(command: &str) -> Piece {
    piece(Role::Command, format!("`{command}`"))
}

pub(super) fn codes(codes: &[CheckCode]) -> String {
    codes.iter().map(CheckCode::signal).collect::<Vec<_>>().join(", ")
}

fn reasons(page: &mut Page, title: &str, reasons: Vec<(&str, Vec<CheckCode>)>) {
    if reasons.is_empty() {
        return;
    }
    page.paragraph(4, &[piece(Role::Heading, title)]);
    for (reason, of) in reasons {
        page.hanging(6, &[text("– ")], &[text(clean(reason, clean::SENTENCE)), quiet(format!(" ({})", codes(&of)))]);
    }
}

fn incomplete(page: &mut Page, assessment: &Assessment) {
    if assessment.incomplete.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(2, &[piece(Role::Look, "Incomplete"), text(": of this application was not read or cut short")]);
    for what in &assessment.incomplete {
        page.hanging(4, &[text("– ")], &[text(clean(what, clean::SENTENCE))]);
    }
}

fn record(page: &mut Page, assessment: &Assessment) {
    page.gap();
    page.paragraph(2, &[piece(Role::Heading, "For the record")]);
    for (name, value) in words::record(assessment) {
        page.hanging(4, &[quiet(format!("{name}: "))], &[quiet(value)]);
    }
}
