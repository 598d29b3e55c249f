//! Jobs and other positions.

use bonafide_model::time::{End, PartialDate};

use super::{
    dates::{Found, Shape},
    entries::{self, BodyRow, Entry, HeadRow},
    fold,
    heads::{self, Fields},
    join_places, labelled, parts, places,
    prepare::Row,
    types::{Job, Period, Quote},
    vocabulary::{occupations, organisations},
};

/// Reads the jobs of a section. Also gives the order in which the parts of a head stand.
pub(crate) fn read(rows: &[Row]) -> (Vec<Job>, Option<String>) {
    if let Some(jobs) = labelled::jobs(rows) {
        return (jobs, Some("labels".into()));
    }
    let (mut entries, _) = entries::split(rows);
    entries.iter_mut().for_each(rescue_bulleted_head);
    let fields = heads::read(&entries);
    let template = usual_template(&entries, &fields);
    let mut jobs: Vec<Job> = Vec::with_capacity(entries.len());
    // The employer in a row above its roles, and the whole period of a group of roles.
    let mut above: Option<Quote> = None;
    let mut group: Option<Period> = None;
    for (index, (entry, found)) in entries.iter().zip(&fields).enumerate() {
        let mut job = job(entry, found);
        let names_roles_below = fields.get(index + 1).is_some_and(|next| next.title.is_some() && next.employer.is_none());
        // A name that no word tells from a title, above roles within its period.
        let unknown = !job.title.is_empty()
            && job.employer.is_empty()
            && entry.body.is_empty()
            && entry.anchor.is_some()
            && occupations::title_evidence(&fold::fold(&job.title.text)) < 1.0
            && names_roles_below
            && next_within(entries.get(index + 1), job.period.as_ref());
        if unknown {
            job.employer = std::mem::take(&mut job.title);
        }
        if job.title.is_empty() && !job.employer.is_empty() && entry.body.is_empty() && names_roles_below {
            above = Some(job.employer);
            group = job.period;
            continue;
        }
        if job.employer.is_empty() {
            let within = group.as_ref().is_none_or(|period| covers(period, job.period.as_ref()));
            if let Some(employer) = above.as_ref().filter(|_| within && !job.title.is_empty()) {
                job.employer = employer.clone();
            }
        } else {
            group = None;
            above = found.employer_above.then(|| job.employer.clone());
        }
        jobs.push(job);
    }
    (jobs, template)
}

/// Whether the next entry lies within a period.
fn next_within(next: Option<&Entry>, period: Option<&Period>) -> bool {
    let (Some(next), Some(outer)) = (next, period) else { return false };
    let dates =
        next.anchor.and_then(|anchor| next.head.get(anchor)).and_then(|head| head.dates.first().map(|date| (&head.row, date)));
    dates.is_some_and(|(row, date)| covers(outer, Some(&self::period(row, date))))
}

/// Whether a period lies inside another.
fn covers(outer: &Period, inner: Option<&Period>) -> bool {
    let Some(inner) = inner else { return true };
    match (outer.start, inner.start) {
        (Some(outer), Some(inner)) => outer.earliest_month() <= inner.latest_month(),
        _ => true,
    }
}

/// Where only dates stand above the bullet points, the first bullet point is the head.
fn rescue_bulleted_head(entry: &mut Entry) {
    let rows = 1 + entry.body.iter().skip(1).take_while(|body| body.continues).take(2).count();
    let Some(mut first) = entry.body.first().map(|body| body.row.clone()) else { return };
    for more in entry.body.iter().take(rows).skip(1) {
        join_text(&mut first.text, &more.row.text);
        first.place = join_places(&first.place, &more.row.place);
        first.cells = std::iter::once(0..first.text.len()).collect();
    }
    let sentence = first.text.ends_with('.') && !organisations::has_legal_form(&fold::fold(&first.text));
    let short = first.text.split(' ').count() <= 16 && !sentence;
    let bare_length = |head: &HeadRow| head.row.text.len() - head.dates.first().map_or(0, |date| date.range.len());
    if entry.anchor.is_none() || !short || entry.head.iter().map(bare_length).sum::<usize>() > 60 {
        return;
    }
    let bare = entry.head.iter().all(|HeadRow { row, dates }| {
        let mut rest = row.text.clone();
        if let Some(date) = dates.first() {
            rest.replace_range(date.range.clone(), "");
        }
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let reading = places::read(rest);
        rest.is_empty() || reading.certainty >= 2.0 && reading.complete
    });
    let folded = fold::fold(&first.text);
    let named = occupations::title_evidence(&folded) >= 1.5 || organisations::firm_evidence(&folded) >= 2.0;
    if bare && named {
        entry.body.drain(..rows);
        entry.head.push(HeadRow { row: first, dates: Vec::new() });
    }
}

fn job(entry: &Entry, fields: &Fields) -> Job {
    let quote = |part: &parts::Part| Quote::new(part.text.clone(), part.place.clone());
    let period = entry
        .anchor
        .and_then(|anchor| entry.head.get(anchor))
        .and_then(|head| head.dates.first().map(|date| period(&head.row, date)));
    let (bullets, text) = body(&entry.body);
    Job {
        employer: fields.employer.as_ref().map(quote).unwrap_or_default(),
        title: fields.title.as_ref().map(quote).unwrap_or_default(),
        period,
        location: fields.location.as_ref().map(|(part, reading)| places::stated(reading.clone(), quote(part))),
        remote: fields.remote,
        employment: fields.employment,
        other: fields.other.iter().map(quote).collect(),
        text,
        bullets,
    }
}

/// A found date as the period of a job: one date alone is both beginning and end.
pub(crate) fn period(row: &Row, date: &Found) -> Period {
    let quote = Quote::new(&row.text[date.range.clone()], row.place.clone());
    let single = |date: Option<PartialDate>| date.map_or(End::Unknown, End::On);
    let end = match date.shape {
        Shape::Period => date.end,
        _ => single(date.start),
    };
    Period { start: date.start, end, quote }
}

/// Joins wrapped rows of a body: bullet points and other text.
pub(crate) fn body(rows: &[BodyRow]) -> (Vec<Quote>, Vec<Quote>) {
    let mut bullets: Vec<Quote> = Vec::new();
    let mut text: Vec<Quote> = Vec::new();
    let mut last_is_bullet = false;
    for BodyRow { row, continues } in rows {
        let list = if row.bullet.is_some() {
            last_is_bullet = true;
            &mut bullets
        } else if *continues && last_is_bullet {
            &mut bullets
        } else {
            if !continues {
                last_is_bullet = false;
            }
            &mut text
        };
        match list.last_mut() {
            Some(last) if *continues => {
                join_text(&mut last.text, &row.text);
                last.place = join_places(&last.place, &row.place);
            }
            _ => list.push(Quote::new(row.text.clone(), row.place.clone())),
        }
    }
    (bullets, text)
}

/// Appends a wrapped line; a hyphen at the end of the line before is a word break where both sides are lower case.
pub(crate) fn join_text(text: &mut String, more: &str) {
    let broken = text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(char::is_lowercase)
        && more.chars().next().is_some_and(char::is_lowercase);
    if !(broken || text.ends_with('/') || text.is_empty()) {
        text.push(' ');
    }
    text.push_str(more);
}

/// The order of title, employer and dates in most entries.
fn usual_template(entries: &[Entry], fields: &[Fields]) -> Option<String> {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for (entry, fields) in entries.iter().zip(fields) {
        if fields.template.is_empty() {
            continue;
        }
        let dates = match entry.anchor {
            Some(_) if entry.head.len() == 1 => ", dates",
            Some(0) => " / below dates",
            Some(_) => " / dates",
            None => "",
        };
        *counts.entry(format!("{}{dates}", fields.template)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(template, _)| template)
}
