//! What readers of reports see.

mod csv;
mod html;
mod json;
mod people;
mod terminal;

use bonafide_report::{Options, Palette, Run, Verbosity};

fn terminal_text(run: &Run, options: &Options) -> String {
    let mut out = Vec::new();
    bonafide_report::terminal::write(run, options, &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn page_text(run: &Run) -> String {
    let mut out = Vec::new();
    bonafide_report::html::write(run, &Options::default(), &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn options(width: usize, colour: bool, verbosity: Verbosity) -> Options {
    Options { width, palette: Palette::when(colour), verbosity, ..Options::default() }
}

fn nobody() -> Run {
    Run { subjects: Vec::new(), unread: Vec::new(), ..people::run() }
}

fn only_mallory() -> Run {
    let unread = vec![bonafide_report::Unread {
        input: "\u{1b}[1Aapp\u{202e}".into(),
        reason: "<img src=x onerror=alert(1)>\u{7}".into(),
    }];
    Run { subjects: vec![people::mallory()], unread, ..people::run() }
}

/// Every character that may hide or move text.
fn is_dangerous(character: char) -> bool {
    character.is_control() && character != '\n'
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
