//! Writes a report about invented applicants: `sample terminal [COLUMNS]`, `sample colour [COLUMNS]`, `sample verbose [COLUMNS]`,
//! `sample html`, `sample csv`, `sample json`; a second word `crowd`, `nobody` or `hostile` takes other applicants.

#![allow(dead_code, reason = "the people are shared with the tests")]

#[path = "../tests/it/people.rs"]
mod people;

use std::io::{self, Write};

use bonafide_report::{Error, Options, Palette, Run, Verbosity, csv, html, json, terminal};

fn main() -> Result<(), Error> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    let run = if has("crowd") {
        people::crowd(200)
    } else if has("nobody") {
        Run { subjects: Vec::new(), ..people::run() }
    } else if has("hostile") {
        Run { subjects: vec![people::mallory()], ..people::run() }
    } else {
        people::run()
    };
    let mut out = io::stdout().lock();
    let options = Options {
        width: words.iter().find_map(|word| word.parse().ok()).unwrap_or(100),
        palette: Palette::when(has("colour")),
        verbosity: if has("verbose") { Verbosity::Verbose } else { Verbosity::Normal },
        ..Options::default()
    };
    let written = match words.first().map(String::as_str) {
        Some("html") => html::write(&run, &options, &mut out),
        Some("csv") => csv::write(&run, &mut out),
        Some("json") => run.ranked().iter().try_for_each(|subject| json::v1::write_line(&subject.assessment, &mut out)),
        _ => terminal::write(&run, &options, &mut out),
    };
    match written {
        Err(error) if error.is_broken_pipe() => Ok(()),
        written => written.and_then(|()| out.flush().or(Ok(()))),
    }
}
