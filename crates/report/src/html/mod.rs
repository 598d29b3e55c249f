//! One self-contained HTML page: no scripts, no requests, nothing outside the file.
//!
//! The page's content security policy allows one thing, its own style sheet, named by hash. Everything that comes from an
//! application is cleaned, escaped and isolated in its writing direction. Charts are SVG with a table twin; the page reflows at 320
//! CSS pixels, follows the reader's light or dark scheme and prints on A4 and Letter.

mod chart;
mod finding;
mod subject;
mod timeline;
mod triage;
mod waterfall;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use bonafide_model::assessment::{Assessment, Band};
use maud::{Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::{
    clean::{self, clean},
    error::Error,
    options::Options,
    run::{Directory, Reported, Run},
    words,
};

/// The rules of every page.
const STYLE: &str = concat!(include_str!("style.css"), include_str!("../graph/graph.css"));

/// Writes the page, subject by subject.
///
/// # Errors
/// [`Error::Write`] where the writer refuses.
pub fn write(run: &Run, options: &Options, out: &mut impl Write) -> Result<(), Error> {
    let mut put = |markup: Markup| out.write_all(markup.into_string().as_bytes()).map_err(Error::writing("HTML"));
    let ranked = run.ranked();
    let page = Contents::of(run, &ranked, options);
    put(PreEscaped("<!DOCTYPE html><html lang=\"en-GB\">".to_owned()))?;
    put(head(&format!("Vetting report: {}, {}", words::count(run.subjects.len(), "application"), tally_words(run))))?;
    put(PreEscaped("<body>".to_owned()))?;
    put(header(run))?;
    put(PreEscaped("<main>".to_owned()))?;
    put(triage::queue(&ranked, &page))?;
    put(triage::unread(run))?;
    put(triage::noticed(run))?;
    put(triage::gaps(run, options))?;
    for (at, subject) in ranked.iter().enumerate() {
        if let Some(anchor) = page.anchor(at) {
            put(subject::section(subject, anchor, &page))?;
        }
    }
    put(PreEscaped("</main>".to_owned()))?;
    put(triage::reading(run))?;
    put(PreEscaped("</body></html>\n".to_owned()))
}

/// What the page holds, and under which anchors.
struct Contents<'a> {
    anchors: Vec<Option<String>>,
    by_subject: BTreeMap<&'a str, usize>,
    ranked: Vec<&'a Assessment>,
    directory: Directory<'a>,
    /// Clear subjects that have a row and no section.
    left_out: usize,
}

impl<'a> Contents<'a> {
    fn of(run: &'a Run, ranked: &[&'a Reported], options: &Options) -> Self {
        let ranked_assessments = ranked.iter().map(|subject| &subject.assessment).collect();
        let mut contents = Self {
            anchors: Vec::new(),
            by_subject: BTreeMap::new(),
            ranked: ranked_assessments,
            directory: run.directory(),
            left_out: 0,
        };
        let mut taken = BTreeSet::new();
        for (at, subject) in ranked.iter().enumerate() {
            let assessment = &subject.assessment;
            if ranked.len() > options.page_limit && assessment.band == Band::Clear && assessment.findings.is_empty() {
                contents.anchors.push(None);
                contents.left_out += 1;
                continue;
            }
            let readable = format!("subject-{}", assessment.subject);
            let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let usable = readable.len() <= 80 && readable.chars().all(simple) && taken.insert(readable.clone());
            contents.anchors.push(Some(if usable { readable } else { format!("rank-{}", at + 1) }));
            contents.by_subject.entry(assessment.subject.as_str()).or_insert(at);
        }
        contents
    }

    fn anchor(&self, rank: usize) -> Option<&str> {
        self.anchors.get(rank)?.as_deref()
    }

    /// The assessment of another subject of the same page.
    fn assessment_of(&self, subject: &str) -> Option<&'a Assessment> {
        self.by_subject.get(subject).map(|rank| self.ranked[*rank])
    }

    /// The anchor of another subject of the same page.
    fn anchor_of(&self, subject: &str) -> Option<&str> {
        self.by_subject.get(subject).and_then(|rank| self.anchor(*rank))
    }
}

/// The head of a page: its title, its one style sheet, and that nothing else may be loaded.
pub(crate) fn head(title: &str) -> Markup {
    let policy = format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", style_hash());
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="robots" content="noindex";
            title { (title) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn header(run: &Run) -> Markup {
    html! {
        a.skip href="#triage" { "Skip to the table" }
        header.page {
            h1 { "Vetting report" }
            p.meta {
                (words::count(run.subjects.len(), "application")) " · surroundings as of " time { (run.as_of) }
                @if !run.program.is_empty() { " · " (clean(&run.program, clean::NAME)) }
            }
            ul.tally {
                @for (band, meaning) in words::BANDS {
                    li class=(band.name()) {
                        strong { (words::thousands(run.count(band))) } " "
                        span.band { (band.name()) }
                        span.meaning { (meaning) }
                    }
                }
            }
            p.decides { (words::A_PERSON_DECIDES) }
        }
        (chart::shared_patterns())
    }
}

fn tally_words(run: &Run) -> String {
    let of = |band: Band| format!("{} {band}", words::thousands(run.count(band)));
    [Band::Urgent, Band::Look, Band::Clear].map(of).join(", ")
}

/// The style sheet's SHA-256 in base64, as content security policies name it.
fn style_hash() -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(STYLE.as_bytes());
    let mut text = String::with_capacity(44);
    for group in digest.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            text.push(if digit <= group.len() { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    text
}

/// A text of a stranger: cleaned, escaped, isolated in its direction.
pub(crate) fn foreign(text: &str, limit: usize) -> Markup {
    html! { bdi { (clean(text, limit)) } }
}

/// A table that narrow screens lay out as blocks: the first cell of a row names it, the others carry their column's name.
pub(crate) fn table(caption: &Markup, columns: &[&str], rows: impl IntoIterator<Item = Vec<Markup>>) -> Markup {
    html! {
        // A block layout would take the table's meaning from it without the roles.
        table.plain role="table" {
            caption { (caption) }
            thead role="rowgroup" { tr role="row" { @for column in columns { th role="columnheader" scope="col" { (column) } } } }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 { th role="rowheader" scope="row" { (cell) } }
                            @else { td role="cell" data-label=[columns.get(at)] { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// A plain text in a cell.
pub(crate) fn cell(text: impl maud::Render) -> Markup {
    html! { (text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_hash_is_base64_of_sha_256() {
        let hash = style_hash();
        assert_eq!(hash.len(), 44);
        assert!(hash.ends_with('=') && !hash.ends_with("=="));
        assert!(!STYLE.contains("</"), "the style sheet would end early");
    }
}
