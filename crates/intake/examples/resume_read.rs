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
        _ => bonafide_formats::text::read(&name, &bytes, &limits),
    }
}
