//! The section of one subject.

use bonafide_model::{
    assessment::{Assessment, Band},
    id::CheckCode,
};
use maud::{Markup, html};

use super::{
    Contents, cell, finding, foreign, table, timeline,
    triage::{badge, codes, has_name, name},
    waterfall,
};
use crate::{
    clean, graph, options,
    run::{Reported, by_reason, gaps_of},
    words,
};

/// The section: all of it for *look* and *urgent*, in short for *clear*.
pub(super) fn section(subject: &Reported, anchor: &str, page: &Contents<'_>) -> Markup {
    let assessment = &subject.assessment;
    let is_clear = assessment.band == Band::Clear;
    let title = format!("{anchor}-name");
    html! {
        article class={ "subject " (assessment.band.name()) } id=(anchor) aria-labelledby=(title) {
            header {
                (badge(assessment.band))
                h2 id=(title) { (name(assessment)) @if has_name(assessment) { " " span.id { (foreign(assessment.subject.as_str(), clean::NAME)) } } }
                p.because { (foreign(&assessment.because, clean::SENTENCE)) }
                (key_facts(assessment))
            }
            @if !assessment.incomplete.is_empty() { (incomplete(assessment)) }
            @if is_clear {
                @if !assessment.findings.is_empty() {
                    details {
                        summary { (words::count(assessment.findings.len(), "finding")) " that did not change the band" }
                        h3 { "Findings" }
                        (findings(assessment, anchor, page))
                    }
                }
            } @else {
                div.charts { (waterfall::figure(assessment, anchor)) (timeline::figure(&subject.timeline, anchor)) }
                @if let Some(links) = graph::of_assessment(assessment, |subject| page.assessment_of(subject), &page.directory) {
                    (graph::figure(&links, &format!("{anchor}-links")))
                }
                h3 { "Findings" }
                (findings(assessment, anchor, page))
            }
            (coverage(assessment))
            (record(assessment))
            p.back { a href="#triage" { "Back to the table" } }
        }
    }
}

fn findings(assessment: &Assessment, anchor: &str, page: &Contents<'_>) -> Markup {
    html! { @for (at, finding) in assessment.findings.iter().enumerate() { (finding::card(at + 1, finding, anchor, page)) } }
}

fn key_facts(assessment: &Assessment) -> Markup {
    html! {
        dl.key {
            div { dt { "Weight" } dd { (words::weight(assessment.weight)) " bits" } }
            div {
                @match assessment.applied_at {
                    Some(at) => { dt { "Applied" } dd { time { (at.strftime("%Y-%m-%d")) } span.sub { "claims are judged as of then" } } },
                    None => { dt { "Applied" } dd { "not stated" span.sub { "claims are judged as of " (assessment.as_of) } } },
                }
            }
            div {
                dt { "Checks" }
                dd {
                    (words::thousands(assessment.coverage.ran as usize)) " ran, "
                    (words::thousands(assessment.coverage.inconclusive.len())) " open"
                }
            }
            @if let Some(rate) = &assessment.base_rate { div.wide { dt { "Base rate" } dd { (words::base_rate(rate)) } } }
        }
    }
}

fn incomplete(assessment: &Assessment) -> Markup {
    html! {
        div.incomplete {
            p { strong { "Incomplete." } " Of this application was not read or cut short:" }
            ul { @for what in &assessment.incomplete { li { (foreign(what, clean::SENTENCE)) } } }
        }
    }
}

fn coverage(assessment: &Assessment) -> Markup {
    let coverage = &assessment.coverage;
    html! {
        details.coverage {
            summary {
                "Coverage: " (words::count(coverage.ran as usize, "check")) " ran, " (words::thousands(coverage.inconclusive.len()))
                " could not be checked, " (words::thousands(coverage.not_applicable.len())) " had nothing to look at"
            }
            @let gaps = gaps_of(assessment);
            @if !gaps.is_empty() {
                (table(&cell("Could not be checked"), &["Needs", "Missing", "Checks"], gaps.iter().map(|gap| vec![
                    cell(options::need(gap.need)),
                    html! { @for what in &gap.what { span.line { (foreign(what, clean::SENTENCE)) } } },
                    html! { span.codes { (codes(&gap.checks)) } },
                ])))
            }
            (reasons("Looked and found nothing", "Examined", &by_reason(coverage.clear.iter().map(|check| (check.code, check.examined.as_str())))))
            (reasons("Had nothing to look at", "Why", &by_reason(coverage.not_applicable.iter().map(|check| (check.code, check.why.as_str())))))
        }
    }
}

fn reasons(caption: &str, column: &str, reasons: &[(&str, Vec<CheckCode>)]) -> Markup {
    let rows = reasons.iter().map(|(reason, of)| vec![foreign(reason, clean::SENTENCE), html! { span.codes { (codes(of)) } }]);
    html! { @if !reasons.is_empty() { (table(&cell(caption), &[column, "Checks"], rows)) } }
}

fn record(assessment: &Assessment) -> Markup {
    let rows = words::record(assessment).into_iter().map(|(name, value)| vec![cell(name), html! { span.codes { (value) } }]);
    html! {
        details.record {
            summary { "For the record: hashes and versions" }
            (table(&cell("What would let somebody repeat this assessment"), &["Of", "Version or hash"], rows))
        }
    }
}
