//! Reads résumés: a document's lines to name, contacts, jobs, studies, skills and claims, each with the words it was read from.

mod claims;
mod columns;
mod contacts;
mod date_order;
mod dates;
mod education;
mod entries;
mod facts;
mod fold;
mod header;
mod heads;
mod items;
pub mod json;
mod labelled;
mod languages;
mod layout;
mod lists;
pub mod measure;
mod name;
mod parts;
mod places;
mod prepare;
mod references;
mod sections;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_on_data;
mod types;
mod vocabulary;
mod work;

pub use facts::facts;
pub use types::*;

use bonafide_formats::document::Document;
use bonafide_model::place::{PageBox, Place};

use sections::Block;

/// Reads a document as a résumé.
///
/// Never fails: what is not understood stays in its section's lines, and what is missing or doubtful is named in the warnings.
///
/// ```
/// use bonafide_formats::document::{Document, Line};
/// use bonafide_intake::resume;
/// let line = |text: &str| Line { text: text.into(), page: 1, ..Line::default() };
/// let document = Document {
///     lines: ["Ada Example", "ada@mail.example | +1 512 555 0142", "Experience", "Engineer, Initech  2019-03 - Present"].map(line).into(),
///     ..Document::default()
/// };
/// let resume = resume::read(&document);
/// assert_eq!(resume.name.as_ref().map(|name| name.text.as_str()), Some("Ada Example"));
/// assert_eq!((resume.work[0].title.text.as_str(), resume.work[0].employer.text.as_str()), ("Engineer", "Initech"));
/// ```
#[must_use]
pub fn read(document: &Document) -> Resume {
    let (rows, furniture) = prepare::rows(document);
    let blocks = sections::split(rows);
    let mut resume = Resume { carried: Carried::of(document), ..Resume::default() };
    let carried = std::mem::take(&mut resume.carried);
    header::read(&blocks, &document.links, &carried, &mut resume);
    resume.carried = carried;
    let job_template = sections_into(&blocks, &mut resume);
    date_order::settle(&mut resume);
    let (years, total) =
        claims::read(blocks.iter().filter(|block| block.kind != SectionKind::References).flat_map(|block| &block.rows));
    resume.claimed_years = years;
    resume.total_years = total;
    resume.layout = layout::read(document, &blocks, &resume, job_template);
    resume.sections = listed(&blocks, document, &furniture);
    resume.warnings = warnings(document, &resume);
    resume
}

/// Reads each section into its fields. Gives the order of the parts of a job.
fn sections_into(blocks: &[Block], resume: &mut Resume) -> Option<String> {
    let mut template = None;
    for block in blocks {
        match block.kind {
            SectionKind::Work => {
                let (jobs, order) = work::read(&block.rows);
                resume.work.extend(jobs);
                template = template.or(order);
            }
            SectionKind::Volunteer => resume.volunteer.extend(work::read(&block.rows).0),
            SectionKind::Education => resume.education.extend(education::read(&block.rows)),
            SectionKind::Skills => resume.skills.extend(lists::skills(&block.rows)),
            SectionKind::Languages => resume.languages.extend(languages::read(&block.rows, true)),
            SectionKind::Certificates => resume.certificates.extend(items::read(&block.rows)),
            SectionKind::Awards => resume.awards.extend(items::read(&block.rows)),
            SectionKind::Publications => resume.publications.extend(items::read(&block.rows)),
            SectionKind::Projects => resume.projects.extend(items::projects(&block.rows)),
            SectionKind::Interests => resume.interests.extend(lists::interests(&block.rows)),
            SectionKind::References => resume.references.extend(references::read(&block.rows)),
            SectionKind::Head
            | SectionKind::Contact
            | SectionKind::Summary
            | SectionKind::Coursework
            | SectionKind::Personal
            | SectionKind::Other => {}
        }
    }
    template
}

/// All lines by section. Lines that repeat on every page stand at the end of the head.
fn listed(blocks: &[Block], document: &Document, furniture: &[usize]) -> Vec<Section> {
    let mut sections: Vec<Section> = blocks
        .iter()
        .map(|block| Section {
            kind: block.kind,
            heading: block.heading.as_ref().map(|(text, row)| Quote::new(text.clone(), row.place.clone())),
            lines: block.rows.iter().map(|row| Quote::new(row.text.clone(), row.place.clone())).collect(),
        })
        .collect();
    if let Some(head) = sections.first_mut() {
        let repeated = furniture.iter().filter_map(|&line| document.lines.get(line)).filter(|line| !line.text.trim().is_empty());
        head.lines.extend(repeated.map(|line| Quote::new(line.text.clone(), line.place.clone())));
    }
    sections
}

fn warnings(document: &Document, resume: &Resume) -> Vec<String> {
    let mut warnings = Vec::new();
    if document.image_only {
        warnings.push("the pages are pictures without text (a scan): nothing could be read from them".to_owned());
    }
    warnings.extend(document.incomplete.iter().cloned());
    if document.lines.is_empty() {
        if !document.image_only {
            warnings.push("the document holds no text".to_owned());
        }
        return warnings;
    }
    if resume.name.is_none() {
        warnings.push("no name was found".to_owned());
    }
    if resume.emails.is_empty() && resume.phones.is_empty() {
        warnings.push("no e-mail address and no telephone number were found".to_owned());
    }
    if resume.work.is_empty() {
        warnings.push("no jobs were found".to_owned());
    }
    for job in &resume.work {
        let named = if job.title.is_empty() { &job.employer.text } else { &job.title.text };
        if job.period.is_none() {
            warnings.push(format!("no dates were found for the job '{named}'"));
        }
        if let Some(period) = &job.period {
            if let (Some(start), bonafide_model::time::End::On(end)) = (period.start, period.end)
                && end.latest_month() < start.earliest_month()
            {
                warnings.push(format!("the job '{named}' ends before it begins ({})", period.quote.text));
            }
            let wild = |year: i16| !(1900..=2100).contains(&year);
            let end_year = match period.end {
                bonafide_model::time::End::On(end) => Some(end.year()),
                _ => None,
            };
            if period.start.map(bonafide_model::time::PartialDate::year).into_iter().chain(end_year).any(wild) {
                warnings
                    .push(format!("the dates of the job '{named}' lie outside the years 1900 to 2100 ({})", period.quote.text));
            }
        }
    }
    warnings.truncate(MOST_WARNINGS);
    warnings
}

/// Warnings kept at most.
const MOST_WARNINGS: usize = 100;

/// The place that covers two places of one document.
pub(crate) fn join_places(one: &Place, other: &Place) -> Place {
    match (one, other) {
        (Place::Page { page, area }, Place::Page { page: other_page, area: other_area }) if page == other_page => Place::Page {
            page: *page,
            area: PageBox {
                left: area.left.min(other_area.left),
                top: area.top.min(other_area.top),
                right: area.right.max(other_area.right),
                bottom: area.bottom.max(other_area.bottom),
            },
        },
        (Place::Text { line, span }, Place::Text { line: other_line, span: other_span }) => {
            Place::Text { line: (*line).min(*other_line), span: (span.0.min(other_span.0), span.1.max(other_span.1)) }
        }
        _ => one.clone(),
    }
}
