//! A finding as a card.

use bonafide_model::{
    assessment::AssessedFinding,
    finding::{ComparedKind, Evidence},
};
use maud::{Markup, html};

use super::{Contents, foreign};
use crate::{clean, words};

/// So many pieces of evidence are shown at once; the others open on request.
const EVIDENCE: usize = 12;

/// The card.
pub(super) fn card(number: usize, finding: &AssessedFinding, anchor: &str, page: &Contents<'_>) -> Markup {
    let title = format!("{anchor}-finding-{number}");
    html! {
        section class={ "finding " (finding.strength.name()) } {
            h4 id=(title) { (number) ". " (foreign(&finding.title, clean::NAME * 2)) }
            p.tags {
                span class={ "strength " (finding.strength.name()) } { (finding.strength.name()) }
                span { (words::counted(finding)) }
                span { (words::family(finding.family)) }
                span.code { (finding.code) }
            }
            p.summary { (foreign(&finding.summary, clean::SENTENCE)) }
            @if let Some(reason) = &finding.held_back { p.note { "Held back: " (foreign(reason, clean::SENTENCE)) } }
            @let (first, rest) = finding.evidence.split_at(finding.evidence.len().min(EVIDENCE));
            (table(first, page))
            @if !rest.is_empty() {
                details {
                    summary { (words::thousands(rest.len())) " more pieces of evidence" }
                    (table(rest, page))
                }
            }
            @if !finding.innocent.is_empty() || !finding.ask.is_empty() {
                div.talk {
                    (list("May be innocent", "innocent", &finding.innocent))
                    (list("Ask", "ask", &finding.ask))
                }
            }
        }
    }
}

fn table(evidence: &[Evidence], page: &Contents<'_>) -> Markup {
    html! {
        table.evidence role="table" {
            caption { "Evidence" }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { "This application" }
                    th role="columnheader" scope="col" { "Relation" }
                    th role="columnheader" scope="col" { "Compared with" }
                }
            }
            tbody role="rowgroup" { @for evidence in evidence { (row(evidence, page)) } }
        }
    }
}

fn row(evidence: &Evidence, page: &Contents<'_>) -> Markup {
    let compared = words::compared(&evidence.compared_with, page.directory.resolve(evidence).as_ref());
    let place = words::place(&evidence.document, &evidence.place);
    let another = evidence.compared_with.kind == ComparedKind::Subject;
    let link = page.anchor_of(&evidence.compared_with.id).filter(|_| another);
    html! {
        tr role="row" {
            td role="cell" {
                span.value { (foreign(&evidence.subject_value, clean::VALUE)) }
                @if !place.is_empty() { span.place { (foreign(&place, usize::MAX)) } }
            }
            td.relation role="cell" { (words::relation(evidence)) }
            td role="cell" {
                @if !compared.value.is_empty() {
                    span.value {
                        @if let Some(anchor) = link { a href={ "#" (anchor) } { (foreign(&compared.value, usize::MAX)) } }
                        @else { (foreign(&compared.value, usize::MAX)) }
                    }
                }
                span.place { (foreign(&compared.source, usize::MAX)) }
            }
        }
    }
}

fn list(title: &str, class: &str, items: &[String]) -> Markup {
    html! {
        @if !items.is_empty() {
            div class=(class) {
                h5 { (title) }
                ul { @for item in items { li { (foreign(item, clean::SENTENCE)) } } }
            }
        }
    }
}
