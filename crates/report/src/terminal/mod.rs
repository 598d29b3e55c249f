//! Terminal text: the triage table of all subjects, a card for each that deserves a look, and a footer that says how to read it.
//!
//! Width and colour come from the caller, who knows whether there is a terminal. Nothing is said by colour alone and nothing is cut
//! off: what does not fit wraps.

mod card;
mod flow;
mod footer;
mod table;

use std::io::Write;

use bonafide_model::assessment::Band;

use crate::{
    clean::{self, clean},
    error::Error,
    options::{Options, Role, Verbosity},
    run::{Reported, Run},
    words,
};
pub(crate) use flow::columns;
use flow::{Page, piece, quiet, text};

/// Writes the whole report: table, cards, footer.
///
/// # Errors
/// [`Error::Write`] where the writer refuses.
pub fn write(run: &Run, options: &Options, out: &mut impl Write) -> Result<(), Error> {
    let mut page = Page::new(options.columns(), options.palette);
    heading(&mut page, run);
    let ranked = run.ranked();
    emit(&mut page, out)?;
    if ranked.is_empty() {
        page.gap();
        page.paragraph(0, &[text("No applications were given, so there is nothing to tell.")]);
    } else {
        let table = table::Table::fitting(&ranked, page.width);
        page.gap();
        table.head(&mut page);
        for subject in &ranked {
            table.row(&mut page, &subject.assessment);
            emit(&mut page, out)?;
        }
    }
    let directory = run.directory();
    for subject in &ranked {
        if let Some(detail) = detail(subject, options.verbosity) {
            card::write(&mut page, subject, &directory, options, detail);
            emit(&mut page, out)?;
        }
    }
    footer::write(&mut page, run, options);
    emit(&mut page, out)
}

/// Writes the card of one subject of a run and nothing else, in the detail of the options.
///
/// # Errors
/// [`Error::Write`] where the writer refuses.
pub fn write_card(run: &Run, subject: &Reported, options: &Options, out: &mut impl Write) -> Result<(), Error> {
    let mut page = Page::new(options.columns(), options.palette);
    let detail = if options.verbosity == Verbosity::Verbose { card::Detail::All } else { card::Detail::Findings };
    card::write(&mut page, subject, &run.directory(), options, detail);
    emit(&mut page, out)
}

/// How much is said about a subject below the table; nothing where it has no card.
fn detail(subject: &Reported, verbosity: Verbosity) -> Option<card::Detail> {
    match (verbosity, subject.assessment.band) {
        (Verbosity::Brief, _) | (Verbosity::Normal, Band::Clear) => None,
        (Verbosity::Normal, _) => Some(card::Detail::Findings),
        (Verbosity::Verbose, Band::Clear) => Some(card::Detail::Short),
        (Verbosity::Verbose, _) => Some(card::Detail::All),
    }
}

fn heading(page: &mut Page, run: &Run) {
    let mut line = Vec::new();
    if !run.program.is_empty() {
        line.extend([piece(Role::Heading, clean(&run.program, clean::NAME)), text(" · ")]);
    }
    line.push(piece(Role::Heading, words::count(run.subjects.len(), "application")));
    for band in [Band::Urgent, Band::Look, Band::Clear] {
        line.extend([text(" · "), piece(band.into(), format!("{} {band}", words::thousands(run.count(band))))]);
    }
    if !run.unread.is_empty() {
        line.extend([text(" · "), piece(Role::Heading, format!("{} could not be read", words::thousands(run.unread.len())))]);
    }
    line.extend([text(" · "), quiet(format!("as of {}", run.as_of))]);
    page.paragraph(0, &line);
}

fn emit(page: &mut Page, out: &mut impl Write) -> Result<(), Error> {
    out.write_all(page.take().as_bytes()).map_err(Error::writing("terminal"))
}
