//! Reads résumé files and prints each as one line of JSON: `cargo run -p bonafide-intake --example resume_read -- FILE…`.

use std::{env, fs, path::Path, process::ExitCode};

use bonafide_formats::{document::Document, docx, error::Error, limits::Limits, pdf};
use bonafide_intake::resume::{self, json::JsonResume};

fn main() -> ExitCode {
    let mut failed = false;
    for path in env::args().skip(1) {
        match open(Path::new(&path)) {
            Ok(document) => {
                if env::var_os("LINES").is_some() {
                    show(&document);
                }
                let answer = JsonResume::of(&resume::read(&document));
                let line = serde_json::to_string(&serde_json::json!({ "file": path, "resume": answer })).unwrap_or_default();
                write(&line);
            }
            Err(error) => {
                failed = true;
                write(&format!("{path}: {error}"));
            }
        }
    }
    if failed { ExitCode::from(3) } else { ExitCode::SUCCESS }
}

#[allow(clippy::print_stdout, reason = "an example prints")]
fn write(line: &str) {
    println!("{line}");
}

fn show(document: &Document) {
    for line in &document.lines {
        write(&format!(
            "p{} c{:5} {:6.1} {:6.1} {:6.1} s{:4.1} {}{}{} {:?} {:?} |{}|",
            line.page,
            line.column,
            line.area.left,
            line.area.right,
            line.area.top,
            line.size,
            if line.bold { "B" } else { "-" },
            if line.italic { "I" } else { "-" },
            if line.space_before { "^" } else { " " },
            line.bullet,
            line.gaps,
            line.text
        ));
    }
}

fn open(path: &Path) -> Result<Document, Error> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|source| Error::Worker { operation: format!("reading {name}"), source })?;
    let limits = Limits::default();
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => pdf::read(&bytes, &limits),
        Some("docx") => docx::read(&name, &bytes, &limits),
        _ => Ok(plain(&String::from_utf8_lossy(&bytes))),
    }
}

/// Lines of plain text; stands in for the reader of text.
fn plain(text: &str) -> Document {
    use bonafide_formats::document::Line;
    let mut lines: Vec<Line> = Vec::new();
    let mut blank = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        let mut folded = String::new();
        let mut gaps = Vec::new();
        let mut spaces = 0;
        for c in trimmed.chars() {
            if c == ' ' || c == '\t' {
                spaces += if c == '\t' { 2 } else { 1 };
                continue;
            }
            if spaces >= 2 {
                gaps.push(folded.len() as u32);
            }
            if spaces >= 1 {
                folded.push(' ');
            }
            spaces = 0;
            folded.push(c);
        }
        lines.push(Line { text: folded, page: 1, gaps, space_before: blank, ..Line::default() });
        blank = false;
    }
    Document { lines, ..Document::default() }
}
