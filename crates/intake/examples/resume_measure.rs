//! Measures the résumé reader on the test data: `cargo run --release -p bonafide-intake --example resume_measure [-- --errors N]
//! [--truth FILE]`. The folder is `BONAFIDE_TEST_DATA`, by default `../shared/data` beside the workspace. `--truth FILE` adds truth
//! for further files of `resume_pdfs`: an object of the shape of its `*.truth.json` by name of the file.

use std::{env, error::Error, fs, path::Path, path::PathBuf, process::ExitCode, time::Instant};

use bonafide_formats::{docx, limits::Limits, packed, pdf, text};
use bonafide_intake::resume::{
    self,
    measure::{self, Scores},
};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(3)
        }
    }
}

#[allow(clippy::print_stdout, reason = "an example prints")]
fn say(line: &str) {
    println!("{line}");
}

fn run() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let value_of = |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1));
    let errors = value_of("--errors").and_then(|count| count.parse().ok()).unwrap_or(0);
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = env::var_os("BONAFIDE_TEST_DATA").map_or(default, PathBuf::from).join("linkage");
    let further: Value = match value_of("--truth") {
        Some(file) => serde_json::from_slice(&fs::read(file)?)?,
        None => Value::Null,
    };
    report("resume_pdfs", &resume_pdfs(&data.join("resume_pdfs"), &further)?, errors);
    report("docs_meta", &docs_meta(&data.join("docs_meta"))?, errors);
    report("applicants10k", &applicants(&data.join("applicants10k"))?, errors);
    Ok(())
}

fn report(name: &str, scores: &Scores, errors: usize) {
    say(&format!("{name}:"));
    for (field, tally) in &scores.fields {
        say(&format!("  {field:24} {:6} of {:6}  {:.4}", tally.right, tally.all, tally.share()));
    }
    scores.errors.iter().take(errors).for_each(|error| say(&format!("    {error}")));
}

fn resume_pdfs(folder: &Path, further: &Value) -> Outcome<Scores> {
    let mut scores = Scores::default();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "pdf")) {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let truth_file = folder.join(format!("{stem}.truth.json"));
        let truth = if truth_file.exists() { serde_json::from_slice(&fs::read(truth_file)?)? } else { further[&stem].clone() };
        if truth.is_object() {
            let document = pdf::read(&fs::read(file)?, &Limits::default())?;
            measure::against_hand_written(&stem, &resume::read(&document), &truth, &mut scores);
        }
    }
    Ok(scores)
}

fn docs_meta(folder: &Path) -> Outcome<Scores> {
    let mut scores = Scores::default();
    let expected: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("expected.json"))?)?;
    for record in &expected {
        let name = record["file"].as_str().unwrap_or_default();
        let bytes = fs::read(folder.join(name))?;
        let document = if name.ends_with(".pdf") {
            pdf::read(&bytes, &Limits::default())?
        } else {
            docx::read(name, &bytes, &Limits::default())?
        };
        measure::against_planted(name, &resume::read(&document), record, &mut scores);
    }
    Ok(scores)
}

fn applicants(folder: &Path) -> Outcome<Scores> {
    let mut scores = Scores::default();
    let lines = |name: &str| -> Outcome<Vec<Value>> {
        let limits = Limits { bytes: 1 << 30, unpacked: 1 << 30, ..Limits::default() };
        let bytes = packed::read_all(fs::File::open(folder.join(name))?, &limits)?;
        bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).map(|line| Ok(serde_json::from_slice(line)?)).collect()
    };
    let (applicants, texts) = (lines("applicants.jsonl.gz")?, lines("resumes.jsonl.gz")?);
    let mut spent = std::time::Duration::ZERO;
    for (applicant, record) in applicants.iter().zip(&texts) {
        let document = text::read("resume.txt", record["text"].as_str().unwrap_or_default().as_bytes(), &Limits::default())?;
        let start = Instant::now();
        let read = resume::read(&document);
        spent += start.elapsed();
        measure::against_applicant(&read, applicant, &mut scores);
    }
    say(&format!("{} texts, {:.3} ms each", texts.len(), spent.as_secs_f64() * 1e3 / texts.len().max(1) as f64));
    Ok(scores)
}
