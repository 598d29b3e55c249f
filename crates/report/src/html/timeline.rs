//! Claims over time against what can be dated, as a chart and as a table.

use maud::{Markup, html};

use super::{
    cell,
    chart::{Label, percent},
    foreign, table,
};
use crate::{
    clean::{self, clean},
    timeline::{Commits, Event, Overlap, Span, SpanKind, Timeline, month_name},
    words,
};

const BAR: usize = 10;
const SPACE: usize = 10;
/// Height of the lane of commits.
const LANE: usize = 44;
/// Height of the line of years.
const YEARS: usize = 20;
/// At most so many years are named on the axis.
const TICKS: i32 = 6;

/// The chart with its table twin; a sentence where nothing is dated.
pub(super) fn figure(timeline: &Timeline, anchor: &str) -> Markup {
    if timeline.is_empty() {
        return html! { p.note { "The dossier holds no dated job, course or account, so there is no timeline." } };
    }
    let drawing = Drawing::of(timeline);
    let (title, description) = (format!("{anchor}-time"), format!("{anchor}-time-text"));
    html! {
        figure.chart {
            figcaption { "Claims over time " span.sub { "as stated, against what can be dated" } }
            svg role="img" aria-labelledby={ (title) " " (description) } width="100%" height=(drawing.height) {
                title id=(title) { "Timeline of claimed jobs and studies, accounts and commits" }
                desc id=(description) { (described(timeline)) }
                (drawing.years())
                @for event in &timeline.events { (drawing.event_line(event)) }
                (drawing.rows)
            }
            (legend(timeline))
            details {
                summary { "The same as a table" }
                (twin(timeline))
            }
        }
    }
}

fn described(timeline: &Timeline) -> String {
    let of = |kind| timeline.spans.iter().filter(|span| span.kind == kind).count();
    let overlapping = timeline.overlaps().iter().filter(|overlaps| !overlaps.is_empty()).count();
    format!(
        "{}, {} of them overlapping; {}; {}. The table below lists them.",
        words::count(of(SpanKind::Job), "job"),
        overlapping,
        words::count(of(SpanKind::Studies), "course"),
        words::count(timeline.events.len(), "dated event"),
    )
}

struct Drawing {
    first: i32,
    months: i64,
    height: usize,
    rows: Markup,
}

impl Drawing {
    fn of(timeline: &Timeline) -> Self {
        let (first, last) = timeline.range();
        let mut drawing = Self { first, months: i64::from(last - first + 1), height: YEARS, rows: html! {} };
        let overlaps = timeline.overlaps();
        let mut rows = Vec::new();
        for (span, overlaps) in timeline.spans.iter().zip(&overlaps) {
            rows.push(drawing.span(span, overlaps, timeline.judged));
        }
        for event in &timeline.events {
            rows.push(drawing.event(event));
        }
        for commits in &timeline.commits {
            rows.push(drawing.commits(commits));
        }
        drawing.rows = html! { @for row in rows { (row) } };
        drawing
    }

    /// Where a month begins.
    fn at(&self, month: i32) -> String {
        percent(i64::from(month - self.first), self.months)
    }

    /// The width of a stretch of months, the last one included, as far as it is drawn.
    fn width(&self, (from, to): (i32, i32)) -> String {
        let end = i64::from(to - self.first + 1).clamp(0, self.months);
        percent((end - i64::from(from - self.first).max(0)).max(0), self.months)
    }

    fn is_drawn(&self, (from, to): (i32, i32)) -> bool {
        to >= self.first && i64::from(from - self.first) < self.months
    }

    fn is_wholly_drawn(&self, (from, to): (i32, i32)) -> bool {
        from >= self.first && i64::from(to - self.first) < self.months
    }

    /// Takes room for a row: its label and what is below it. Gives the label's upper edge and that of what is below.
    fn take(&mut self, label: &Label, below: usize) -> (usize, usize) {
        let above = self.height;
        let top = above + label.height() + 2;
        self.height = top + below + SPACE;
        (above, top)
    }

    fn span(&mut self, span: &Span, overlaps: &[Overlap<'_>], judged: i32) -> Markup {
        let share = span.share().map(|share| format!(", {share}")).unwrap_or_default();
        let stated = span.months(judged).map(|months| months.outer);
        let beyond = if stated.is_some_and(|months| !self.is_wholly_drawn(months)) { ", beyond the drawn years" } else { "" };
        let label = Label::new(&clean(&span.label(), clean::NAME), format!("{}{share}{beyond}", span.dates()));
        let months = span.months(judged).filter(|months| self.is_drawn(months.outer));
        let (above, top) = self.take(&label, if months.is_some() { BAR } else { 0 });
        let class = match span.kind {
            SpanKind::Job => "job",
            SpanKind::Studies => "study",
        };
        let bar = |class: &str, months: (i32, i32)| {
            html! { rect class=(class) x=(self.at(months.0)) y=(top) width=(self.width(months)) height=(BAR) rx="2" {} }
        };
        html! {
            (label.draw(above))
            @if let Some(months) = months {
                @if months.sure != Some(months.outer) { (bar(&format!("span {class} maybe"), months.outer)) }
                @if let Some(sure) = months.sure.filter(|sure| self.is_drawn(*sure)) { (bar(&format!("span {class}"), sure)) }
                @for overlap in overlaps { (bar("overlap", overlap.months)) }
            }
        }
    }

    fn event(&mut self, event: &Event) -> Markup {
        let label = Label::new(&clean(&event.what, clean::NAME), event.date.as_str());
        let drawn = self.is_drawn(event.months);
        let (above, top) = self.take(&label, if drawn { BAR } else { 0 });
        html! {
            (label.draw(above))
            @if drawn {
                svg.mark x=(self.middle(event)) y=(top) overflow="visible" {
                    path class=(if event.application { "event application" } else { "event" }) d="M0 0L5 5L0 10L-5 5Z" {}
                }
            }
        }
    }

    fn middle(&self, event: &Event) -> String {
        percent(i64::from(event.months.0 + event.months.1 + 1 - 2 * self.first), self.months * 2)
    }

    fn event_line(&self, event: &Event) -> Markup {
        let x = self.middle(event);
        html! {
            @if self.is_drawn(event.months) {
                line class=(if event.application { "when application" } else { "when" }) x1=(x) x2=(x) y1=(YEARS) y2=(self.height) {}
            }
        }
    }

    fn commits(&mut self, commits: &Commits) -> Markup {
        let most = commits.months.iter().map(|(_, number)| *number).max().unwrap_or(0);
        let busiest = commits.months.iter().find(|(_, number)| *number == most);
        let note =
            busiest.map(|(month, number)| format!("most: {} in {}", words::thousands(*number as usize), month_name(*month)));
        let label = Label::new(&format!("Commits per month by {}", clean(&commits.login, clean::NAME)), note.unwrap_or_default());
        let (above, top) = self.take(&label, LANE);
        let bar = |number: u32| ((number as usize * LANE).div_ceil(most.max(1) as usize)).max(2);
        html! {
            (label.draw(above))
            line.axis x1="0" x2="100%" y1=(top + LANE) y2=(top + LANE) {}
            @for (month, number) in commits.months.iter().filter(|(month, number)| *number > 0 && self.is_drawn((*month, *month))) {
                rect.commits x=(self.at(*month)) y=(top + LANE - bar(*number)) width=(self.width((*month, *month))) height=(bar(*number)) {}
            }
        }
    }

    fn years(&self) -> Markup {
        let years = i32::try_from(self.months / 12).unwrap_or(TICKS);
        let step = [1, 2, 5, 10, 20].into_iter().find(|step| years <= step * TICKS).unwrap_or(50);
        let first = self.first.div_euclid(12);
        let ticks = (first..first + years).filter(|year| year.rem_euclid(step) == 0);
        html! {
            @for year in ticks {
                @let x = self.at(year * 12);
                line.year x1=(x) x2=(x) y1="0" y2=(self.height) {}
                // The last name would leave the picture.
                @if i64::from(year * 12 - self.first) * 10 <= self.months * 9 {
                    svg.mark x=(x) y="0" overflow="visible" { text.year x="3" y="12" { (year) } }
                }
            }
        }
    }
}

fn legend(timeline: &Timeline) -> Markup {
    let has_overlap = timeline.overlaps().iter().any(|overlaps| !overlaps.is_empty());
    let is_vague =
        timeline.spans.iter().any(|span| span.months(timeline.judged).is_some_and(|months| months.sure != Some(months.outer)));
    let key = |class: &str, meaning: &str| {
        html! {
            li {
                svg width="18" height="10" aria-hidden="true" focusable="false" { rect class=(class) x="0.5" y="0.5" width="17" height="9" rx="2" {} }
                " " (meaning)
            }
        }
    };
    html! {
        ul.legend {
            @if timeline.spans.iter().any(|span| span.kind == SpanKind::Job) { (key("span job", "job")) }
            @if timeline.spans.iter().any(|span| span.kind == SpanKind::Studies) { (key("span study", "studies")) }
            @if is_vague { (key("span job maybe", "only the year is stated")) }
            @if has_overlap { (key("overlap", "two jobs at once, none said to be part time")) }
            @if !timeline.commits.is_empty() { (key("commits", "commits")) }
        }
        @if timeline.left_out > 0 {
            p.note { (words::count(timeline.left_out, "more dated statement")) " are not drawn; the dossier holds them." }
        }
    }
}

fn twin(timeline: &Timeline) -> Markup {
    let overlaps = timeline.overlaps();
    let spans = timeline.spans.iter().zip(&overlaps).map(|(span, overlaps)| span_row(span, overlaps));
    let events = timeline.events.iter().map(|event| vec![cell(&event.date), foreign(&event.what, clean::VALUE)]);
    html! {
        @if !timeline.spans.is_empty() {
            (table(&cell("Jobs and studies as stated"), &["What", "Dates", "Stated in", "Overlaps with"], spans))
        }
        @if !timeline.events.is_empty() { (table(&cell("Dated events"), &["Date", "What"], events)) }
        @for commits in &timeline.commits { (commit_table(commits)) }
    }
}

fn span_row(span: &Span, overlaps: &[Overlap<'_>]) -> Vec<Markup> {
    let overlap = |overlap: &Overlap<'_>| {
        let (from, to) = (month_name(overlap.months.0), month_name(overlap.months.1));
        html! { span.line { (foreign(overlap.with, clean::NAME)) ", " (from) " to " (to) } }
    };
    vec![
        html! { (foreign(&span.label(), clean::VALUE)) " " @if let Some(share) = span.share() { span.sub { (share) } } },
        cell(span.dates()),
        html! { @for document in &span.said_by { (foreign(document, clean::NAME * 2)) " " } },
        html! { @if overlaps.is_empty() { "–" } @for shared in overlaps { (overlap(shared)) } },
    ]
}

fn commit_table(commits: &Commits) -> Markup {
    let mut years: Vec<(i32, u64, Vec<String>)> = Vec::new();
    for (month, number) in &commits.months {
        let year = month.div_euclid(12);
        if years.last().is_none_or(|(last, ..)| *last != year) {
            years.push((year, 0, Vec::new()));
        }
        if let Some((_, sum, months)) = years.last_mut() {
            *sum += u64::from(*number);
            months.push(format!("{}: {}", month_name(*month), words::thousands(*number as usize)));
        }
    }
    let caption = html! { "Commits by " (foreign(&commits.login, clean::NAME)) };
    let rows = years.into_iter().map(|(year, sum, months)| {
        vec![cell(year), html! { span.number { (words::thousands(sum as usize)) } }, cell(months.join(", "))]
    });
    table(&caption, &["Year", "Commits", "Per month"], rows)
}
