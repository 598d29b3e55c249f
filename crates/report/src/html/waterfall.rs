//! How the weight came about, as a chart and as a table.

use bonafide_model::assessment::Assessment;
use maud::{Markup, html};

use super::{
    cell,
    chart::{Label, percent},
    foreign, table,
};
use crate::{
    clean::{self, clean},
    waterfall::{Bar, Waterfall},
    words,
};

const BAR: usize = 12;
/// Space behind a row.
const SPACE: usize = 12;

struct Row {
    label: Label,
    bar: Bar,
    class: &'static str,
    top: usize,
}

/// The chart with its table twin; empty where nothing has weight.
pub(super) fn figure(assessment: &Assessment, anchor: &str) -> Markup {
    let waterfall = Waterfall::of(assessment);
    if waterfall.steps.is_empty() {
        return html! {};
    }
    let mut rows = Vec::new();
    let mut height = 4;
    let mut add = |label: Label, bar: Bar, class: &'static str| {
        let top = height;
        height += label.height() + BAR + SPACE;
        rows.push(Row { label, bar, class, top });
    };
    for step in &waterfall.steps {
        let finding = step.finding;
        let title = clean(&finding.title, clean::NAME * 2);
        add(Label::led_by(&words::weight(finding.counted), &title), waterfall.bar(step), finding.strength.name());
    }
    add(Label::led_by(&words::weight(waterfall.total), "sum"), waterfall.total_bar(), assessment.band.name());
    let (title, description) = (format!("{anchor}-weights"), format!("{anchor}-weights-text"));
    let zero = percent(waterfall.zero().into(), 1_000);
    html! {
        figure.chart {
            figcaption { "How the weight came about " span.sub { "bits; one bit doubles the odds" } }
            svg role="img" aria-labelledby={ (title) " " (description) } width="100%" height=(height) {
                title id=(title) { "Waterfall of weights" }
                desc id=(description) { (described(assessment, &waterfall)) }
                @if waterfall.zero() > 0 { line.axis x1=(zero) x2=(zero) y1="0" y2=(height) {} }
                @for row in &rows { (draw(row)) }
            }
            details {
                summary { "The same as a table" }
                (twin(assessment, &waterfall))
            }
        }
    }
}

fn draw(row: &Row) -> Markup {
    let top = row.top + row.label.height() + 2;
    let width = if row.bar.width == 0 { "2".to_owned() } else { percent(row.bar.width.into(), 1_000) };
    html! {
        (row.label.draw(row.top))
        rect class={ "bar " (row.class) @if row.bar.down { " down" } } x=(percent(row.bar.left.into(), 1_000)) y=(top) width=(width) height=(BAR) rx="2" {}
    }
}

fn described(assessment: &Assessment, waterfall: &Waterfall<'_>) -> String {
    format!(
        "{} add up to {} bits. The table below lists them.",
        words::count(waterfall.steps.len(), "finding"),
        words::weight(assessment.weight)
    )
}

fn twin(assessment: &Assessment, waterfall: &Waterfall<'_>) -> Markup {
    let number = |text: String| html! { span.number { (text) } };
    let steps = waterfall.steps.iter().map(|step| {
        let finding = step.finding;
        vec![
            html! { (foreign(&finding.title, clean::NAME * 2)) " " span.code { (finding.code) } },
            number(words::weight(finding.weight)),
            number(words::weight(finding.counted)),
            html! {
                (foreign(&finding.weighed_by, clean::SENTENCE)) " "
                @if let Some(reason) = &finding.held_back { span.sub { "Held back: " (foreign(reason, clean::SENTENCE)) } }
            },
        ]
    });
    let sum = vec![cell("Sum"), cell(""), number(words::weight(assessment.weight)), cell("")];
    table(&cell("Weights in bits"), &["Finding", "Worth", "Counted", "Where the weight comes from"], steps.chain([sum]))
}
