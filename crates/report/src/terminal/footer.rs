//! The footer: how to read the report, and what the run as a whole could not check.

use super::{
    card::{codes, command},
    flow::{Page, piece, quiet, text},
};
use crate::{
    clean::{self, clean},
    options::{self, Options, Role, Verbosity},
    run::{Run, first_of_each},
    words,
};

/// So many different wordings of one need are shown unless more is asked for.
const WORDINGS: usize = 3;
/// So many records of one input that could not be read are shown; all are counted.
const UNREAD: usize = 5;
/// So many remarks of readers are shown unless more is asked for.
const NOTICED: usize = 12;

pub(super) fn write(page: &mut Page, run: &Run, options: &Options) {
    unread(page, run);
    noticed(page, run, options);
    gaps(page, run, options);
    if run.subjects.is_empty() {
        return;
    }
    page.gap();
    page.line(&[quiet("─".repeat(page.width))]);
    page.paragraph(0, &[piece(Role::Heading, "How to read this")]);
    for (band, meaning) in words::BANDS {
        let count = words::thousands(run.count(band));
        page.hanging(
            2,
            &[piece(band.into(), format!("{:<6}", band.name())), text("  ")],
            &[text(format!("{meaning} ({count})"))],
        );
    }
    page.paragraph(2, &[quiet(words::WEIGHTS)]);
    page.paragraph(2, &[quiet("“Ran / open” counts the checks that ran and those that could not be checked.")]);
    page.paragraph(2, &[text(words::A_PERSON_DECIDES)]);
}

fn unread(page: &mut Page, run: &Run) {
    if run.unread.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(0, &[piece(Role::Urgent, "Could not be read"), text(": these inputs are not in the table")]);
    for unread in first_of_each(&run.unread, UNREAD) {
        let input = clean(&unread.input, clean::VALUE);
        page.hanging(2, &[text("– ")], &[text(input), quiet(format!(": {}", clean(&unread.reason, clean::SENTENCE)))]);
    }
}

fn noticed(page: &mut Page, run: &Run, options: &Options) {
    if run.noticed.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(0, &[piece(Role::Heading, "Noticed when reading"), quiet(" (what was handed in is kept as it was)")]);
    let shown = if options.verbosity == Verbosity::Verbose { run.noticed.len() } else { NOTICED };
    for noticed in run.noticed.iter().take(shown) {
        let what = clean(&noticed.what, clean::SENTENCE);
        page.hanging(2, &[text("– ")], &[text(what), quiet(format!(" ({})", words::applications(noticed)))]);
    }
    if run.noticed.len() > shown {
        page.paragraph(2, &[quiet(format!("and {} more with --verbose", words::thousands(run.noticed.len() - shown)))]);
    }
}

fn gaps(page: &mut Page, run: &Run, options: &Options) {
    let gaps = run.gaps();
    if gaps.is_empty() {
        return;
    }
    page.gap();
    page.line(&[quiet("─".repeat(page.width))]);
    page.paragraph(0, &[piece(Role::Heading, "What could not be checked in this run"), quiet(" (not the same as clear)")]);
    for gap in gaps {
        let subjects = if gap.subjects == run.subjects.len() {
            "for every application".to_owned()
        } else {
            format!("for {} of {}", words::thousands(gap.subjects), words::count(run.subjects.len(), "application"))
        };
        let checks = words::count(gap.checks.len(), "check");
        let verb = if gap.checks.len() == 1 { "needs" } else { "need" };
        page.hanging(
            2,
            &[text("• ")],
            &[
                text(format!("{checks} {verb} {}, {subjects}", options::need(gap.need))),
                quiet(format!(": {}", codes(&gap.checks))),
            ],
        );
        let shown = if options.verbosity == Verbosity::Verbose { gap.what.len() } else { WORDINGS };
        let mut what: Vec<_> = gap.what.iter().take(shown).map(|what| clean(what, clean::NAME * 2)).collect();
        if gap.what.len() > shown {
            what.push(format!("and {} more, named in each application's coverage", words::thousands(gap.what.len() - shown)));
        }
        page.paragraph(4, &[quiet(format!("missing: {}", what.join("; ")))]);
        let remedy = options.remedies.of(gap.need);
        if remedy.command.is_empty() {
            page.paragraph(4, &[quiet(remedy.does.clone())]);
        } else {
            page.paragraph(4, &[command(&remedy.command), quiet(format!(" {}", remedy.does))]);
        }
    }
}
