//! The parts that speak of the whole run.

use bonafide_model::assessment::{Assessment, Band};
use maud::{Markup, html};

use super::{Contents, cell, foreign, table};
use crate::{
    clean,
    options::{self, Options},
    run::{Gap, Reported, Run, first_of_each},
    words,
};

/// So many records of one input that could not be read are shown; all are counted.
const UNREAD: usize = 20;
/// So many different wordings of one need are shown; the number of the others is stated.
const WORDINGS: usize = 3;

/// The triage table.
pub(super) fn queue(ranked: &[&Reported], page: &Contents<'_>) -> Markup {
    html! {
        section #triage aria-labelledby="triage-title" {
            h2 #triage-title { "Triage" }
            @if ranked.is_empty() {
                p { "No applications were given, so there is nothing to tell." }
            } @else {
                // Narrow screens lay the rows out as blocks, which would take the table's meaning from it without the roles.
                table.triage role="table" {
                    caption { "All applications, the order in which to look at them: band, then weight." }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for column in ["Band", "Applicant", "Weight in bits", "Why", "Ask next", "Checks ran / open"] {
                                th role="columnheader" scope="col" { (column) }
                            }
                        }
                    }
                    tbody role="rowgroup" {
                        @for (at, subject) in ranked.iter().enumerate() { (row(&subject.assessment, page.anchor(at))) }
                    }
                }
                @if page.left_out > 0 {
                    p.note {
                        (words::count(page.left_out, "clear application")) " without any finding have a row and no section on this page; \
                        their coverage is in the JSON report."
                    }
                }
            }
        }
    }
}

fn row(assessment: &Assessment, anchor: Option<&str>) -> Markup {
    let ask = words::next_question(assessment);
    html! {
        tr.(assessment.band.name()) role="row" {
            td.b role="cell" { (badge(assessment.band)) }
            th.who role="rowheader" scope="row" {
                @match anchor {
                    Some(anchor) => a href={ "#" (anchor) } { (name(assessment)) },
                    None => (name(assessment)),
                }
                @if has_name(assessment) { " " span.id { (foreign(assessment.subject.as_str(), clean::NAME)) } }
            }
            td.number role="cell" data-label="Weight in bits" { (words::weight(assessment.weight)) }
            td.why role="cell" data-label="Why" { (reasons(assessment)) }
            td class=(if ask.is_some() { "ask" } else { "ask none" }) role="cell" data-label="Ask next" {
                @if let Some(ask) = ask { (foreign(ask, clean::SENTENCE)) } @else { "–" }
            }
            td.number role="cell" data-label="Checks ran / open" {
                (words::thousands(assessment.coverage.ran as usize)) " / " (words::thousands(assessment.coverage.inconclusive.len()))
            }
        }
    }
}

fn reasons(assessment: &Assessment) -> Markup {
    let (reasons, others) = words::reasons(assessment);
    html! {
        @if reasons.is_empty() { span.none { "no findings" } }
        @else {
            ul.reasons {
                @for reason in &reasons {
                    li {
                        (foreign(&reason.first.title, clean::NAME * 2)) " " span.code { (reason.first.code.signal()) }
                        span.none { (reason.remark()) }
                    }
                }
                @if others > 0 { li.none { "and " (words::thousands(others)) " more" } }
            }
        }
        @if let Some(unread) = words::unread_part(assessment) { div.unread-part { (foreign(&unread, clean::SENTENCE)) } }
    }
}

/// The band as a badge: word and shape, not colour alone.
pub(super) fn badge(band: Band) -> Markup {
    html! { span class={ "badge " (band.name()) } { (band.name()) } }
}

/// The name, or the id where no name is known.
pub(super) fn name(assessment: &Assessment) -> Markup {
    let name = if has_name(assessment) { assessment.display_name.as_str() } else { assessment.subject.as_str() };
    foreign(name, clean::NAME)
}

pub(super) fn has_name(assessment: &Assessment) -> bool {
    !assessment.display_name.is_empty() && assessment.display_name != assessment.subject.as_str()
}

/// Inputs that could not be read.
pub(super) fn unread(run: &Run) -> Markup {
    html! {
        @if !run.unread.is_empty() {
            section #unread aria-labelledby="unread-title" {
                h2 #unread-title { "Could not be read" }
                (table(&cell("These inputs are not in the table above."), &["Input", "Why, and what to do"], first_of_each(&run.unread, UNREAD).iter().map(|unread| {
                    vec![foreign(&unread.input, clean::VALUE), foreign(&unread.reason, clean::SENTENCE)]
                })))
            }
        }
    }
}

/// What readers noticed and left nothing unread.
pub(super) fn noticed(run: &Run) -> Markup {
    html! {
        @if !run.noticed.is_empty() {
            section #noticed aria-labelledby="noticed-title" {
                h2 #noticed-title { "Noticed when reading" }
                (table(&cell("What was handed in is kept as it was."), &["What", "Where"], run.noticed.iter().map(|noticed| {
                    vec![foreign(&noticed.what, clean::SENTENCE), foreign(&words::applications(noticed), clean::SENTENCE)]
                })))
            }
        }
    }
}

/// What could not be checked in the whole run, with the commands that change it.
pub(super) fn gaps(run: &Run, options: &Options) -> Markup {
    let gaps = run.gaps();
    html! {
        @if !gaps.is_empty() {
            section #gaps aria-labelledby="gaps-title" {
                h2 #gaps-title { "What could not be checked" }
                (table(
                    &cell("Checks that lacked something to compare with. They are open, which is not the same as clear."),
                    &["Needs", "Checks", "Applications", "How to add it"],
                    gaps.iter().map(|gap| gap_row(gap, run, options)),
                ))
            }
        }
    }
}

fn gap_row(gap: &Gap, run: &Run, options: &Options) -> Vec<Markup> {
    let remedy = options.remedies.of(gap.need);
    vec![
        html! {
            (options::need(gap.need)) " "
            @for what in gap.what.iter().take(WORDINGS) { span.sub { (foreign(what, clean::NAME * 2)) } }
            @if gap.what.len() > WORDINGS { span.sub { "and " (gap.what.len() - WORDINGS) " more, named in each section" } }
        },
        html! { (words::thousands(gap.checks.len())) " " span.sub.code { (codes(&gap.checks)) } },
        html! { (words::thousands(gap.subjects)) " of " (words::thousands(run.subjects.len())) },
        html! { @if !remedy.command.is_empty() { code.command { (remedy.command) } " " } (remedy.does) },
    ]
}

/// Codes without their common beginning, in one line.
pub(super) fn codes(codes: &[bonafide_model::id::CheckCode]) -> String {
    // A code does not break at its hyphen.
    codes.iter().map(|code| code.signal().replace('-', "\u{2011}")).collect::<Vec<_>>().join(", ")
}

/// How to read the page.
pub(super) fn reading(run: &Run) -> Markup {
    html! {
        footer.page {
            h2 { "How to read this" }
            dl {
                @for (band, meaning) in words::BANDS {
                    dt { (badge(band)) }
                    dd { (meaning) " (" (words::thousands(run.count(band))) ")" }
                }
            }
            p { (words::WEIGHTS) }
            p { "Checks that ran gave findings or were clear; open ones lacked something and could not tell. A check that had nothing to look at counts as neither." }
            p { "This page holds personal data. Keep it, share it and delete it as your rules for applications say." }
        }
    }
}
