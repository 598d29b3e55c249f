//! Entries whose parts bear labels: `Employer: Initech` over `Position: Engineer`, and tables with a row of such labels on top.

use bonafide_model::time::End;

use super::{
    dates::{self, Found, Shape},
    education, entries, join_places, parts, places,
    prepare::Row,
    types::{Job, Period, Quote, Study},
    vocabulary::labels::{self, Field},
    work,
};

/// Labelled rows that make a section one of labels.
const FEWEST: usize = 2;

/// Reads the jobs of a section where employers or titles bear labels; nothing where they do not.
pub(crate) fn jobs(rows: &[Row]) -> Option<Vec<Job>> {
    let rows = under_heads(rows, &[Field::Employer, Field::Position]);
    let cut: Vec<Vec<(Field, Quote)>> = rows.iter().map(|row| fields(row, &JOB)).collect();
    let count = |field: Field| cut.iter().flatten().filter(|(known, _)| *known == field).count();
    let named = count(Field::Employer) + count(Field::Position);
    if count(Field::Employer) == 0 || named < FEWEST || count(Field::Position) + count(Field::Period) == 0 {
        return None;
    }
    let mut jobs: Vec<Job> = Vec::new();
    let mut seen: Vec<Field> = Vec::new();
    for (row, found) in rows.iter().zip(cut) {
        if found.is_empty() {
            if let Some(job) = jobs.last_mut() {
                describe(job, row);
            }
            continue;
        }
        for (field, quote) in found {
            if seen.contains(&field) || jobs.is_empty() {
                jobs.push(Job::default());
                seen.clear();
            }
            seen.push(field);
            if let Some(job) = jobs.last_mut() {
                set(job, field, quote);
            }
        }
    }
    jobs.retain(|job| !job.employer.is_empty() || !job.title.is_empty());
    Some(jobs)
}

/// Fields of a job.
const JOB: [Field; 6] = [Field::Employer, Field::Position, Field::Period, Field::Start, Field::End, Field::Place];

/// Reads the courses of a section where schools or degrees bear labels; nothing where they do not.
pub(crate) fn studies(rows: &[Row]) -> Option<Vec<Study>> {
    const STUDY: [Field; 4] = [Field::School, Field::Degree, Field::Period, Field::Place];
    let rows = under_heads(rows, &[Field::School, Field::Degree]);
    let cut: Vec<Vec<(Field, Quote)>> = rows.iter().map(|row| fields(row, &STUDY)).collect();
    let count = |field: Field| cut.iter().flatten().filter(|(known, _)| *known == field).count();
    if count(Field::School) == 0 || count(Field::Degree) == 0 {
        return None;
    }
    let mut studies: Vec<Study> = Vec::new();
    let mut seen: Vec<Field> = Vec::new();
    for (row, found) in rows.iter().zip(cut) {
        if found.is_empty() {
            if let Some(study) = studies.last_mut() {
                study.text.push(Quote::new(row.text.clone(), row.place.clone()));
            }
            continue;
        }
        for (field, quote) in found {
            if seen.contains(&field) || studies.is_empty() {
                studies.push(Study::default());
                seen.clear();
            }
            seen.push(field);
            let Some(study) = studies.last_mut() else { continue };
            match field {
                Field::School => study.school = quote,
                Field::Degree => study.degree = quote,
                Field::Period => {
                    study.period = period(&quote).map(|period| match period.end {
                        // One date of a course is its end.
                        End::On(end) if period.start == Some(end) => Period { start: None, ..period },
                        _ => period,
                    });
                }
                _ => study.location = Some(places::stated(places::read(&quote.text), quote)),
            }
        }
    }
    studies.iter_mut().for_each(education::finish);
    Some(studies)
}

/// Adds what stands below the labels: bullet points and text.
fn describe(job: &mut Job, row: &Row) {
    let goes_on = row.bullet.is_none() && row.text.starts_with(char::is_lowercase);
    let list = if row.bullet.is_some() || goes_on && !job.bullets.is_empty() { &mut job.bullets } else { &mut job.text };
    match list.last_mut().filter(|_| goes_on) {
        Some(last) => {
            work::join_text(&mut last.text, &row.text);
            last.place = join_places(&last.place, &row.place);
        }
        None => list.push(Quote::new(row.text.clone(), row.place.clone())),
    }
}

fn set(job: &mut Job, field: Field, quote: Quote) {
    match field {
        Field::Employer => {
            if let Some((front, tail, reading)) = places::split_tail(&quote.text) {
                let place = Quote::new(tail, quote.place.clone());
                job.location.get_or_insert(places::stated(reading, place));
                job.employer = Quote::new(front, quote.place);
            } else {
                job.employer = quote;
            }
        }
        Field::Position => {
            job.employment = job.employment.or_else(|| parts::employment(&quote.text).map(|(kind, _)| kind));
            job.title = quote;
        }
        Field::Period => job.period = period(&quote).or(job.period.take()),
        Field::Start | Field::End => {
            let Some(found) = dates::find(&quote.text).into_iter().next().map(|date| (date.start, date.end)) else {
                if field == Field::End
                    && let (Some(period), Some(end)) = (&mut job.period, bonafide_normalise::date::parse_end(&quote.text))
                {
                    period.end = end;
                }
                return;
            };
            let known = job.period.get_or_insert_with(|| Period { quote: quote.clone(), ..Period::default() });
            if field == Field::Start {
                known.start = found.0;
            } else {
                known.end = found.0.map_or(found.1, End::On);
            }
        }
        Field::Place => {
            let reading = places::read(&quote.text);
            job.remote = job.remote.or_else(|| places::remote(&quote.text));
            job.location = Some(places::stated(reading, quote));
        }
        Field::School | Field::Degree => {}
    }
}

fn period(quote: &Quote) -> Option<Period> {
    let found = dates::find(&quote.text);
    let date: &Found = found.iter().find(|date| date.shape == Shape::Period).or_else(|| found.first())?;
    let row = Row { text: quote.text.clone(), place: quote.place.clone(), ..Row::default() };
    Some(work::period(&row, date))
}

/// The labelled fields of a row, each with its text.
pub(crate) fn fields(row: &Row, wanted: &[Field]) -> Vec<(Field, Quote)> {
    let field_of = |text: &str| labels::entry_fields(text.trim()).iter().copied().find(|field| wanted.contains(field));
    let mut found = Vec::new();
    if row.text.len() > 400 {
        return found;
    }
    let mut add = |field: Field, text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '|' | ',' | ';'));
        if !text.is_empty() {
            found.push((field, Quote::new(text, row.place.clone())));
        }
    };
    // A label in a cell of its own: `Employer    Initech`.
    if row.cells.len() == 2
        && row.bullet.is_none()
        && let Some(field) = field_of(row.cell(0).trim_end_matches([':', '：', ' ']))
    {
        add(field, row.cell(1));
        return found;
    }
    let separators = |c: char| matches!(c, '|' | '·' | '•' | '｜' | ';');
    let pieces: Vec<&str> = if row.cells.len() > 1 {
        (0..row.cells.len()).flat_map(|index| row.cell(index).split(separators)).collect()
    } else {
        row.text.split(separators).collect()
    };
    for piece in pieces {
        if let Some((label, text)) = piece.split_once([':', '：'])
            && let Some(field) = field_of(label)
        {
            add(field, text);
        }
    }
    found
}

/// Where a row of labels heads a table, its rows with the labels written in front of each cell: one row a field.
pub(crate) fn under_heads(rows: &[Row], telling: &[Field]) -> Vec<Row> {
    let Some((at, heads)) = rows.iter().enumerate().find_map(|(index, row)| Some((index, head_row(row, telling)?))) else {
        return rows.to_vec();
    };
    let mut given = rows[..at].to_vec();
    for row in &entries::join_table_cells(rows[at + 1..].to_vec()) {
        if row.cells.len() != heads.len() || row.bullet.is_some() {
            given.push(row.clone());
            continue;
        }
        for (index, label) in heads.iter().enumerate() {
            let text = format!("{label}: {}", row.cell(index));
            let mut field = row.clone();
            field.cells = std::iter::once(0..text.len()).collect();
            field.runs = Vec::new();
            field.text = text;
            given.push(field);
        }
    }
    given
}

/// The labels of a row that holds nothing else.
fn head_row(row: &Row, telling: &[Field]) -> Option<Vec<String>> {
    if row.cells.len() < 2 || row.bullet.is_some() || row.text.len() > 150 {
        return None;
    }
    let cells: Vec<String> = (0..row.cells.len()).map(|index| row.cell(index).trim_end_matches([':', ' ']).to_owned()).collect();
    let fields = |cell: &String| labels::entry_fields(cell);
    let all = cells.iter().all(|cell| !fields(cell).is_empty());
    let tells = cells.iter().any(|cell| fields(cell).iter().any(|field| telling.contains(field)));
    (all && tells).then_some(cells)
}
