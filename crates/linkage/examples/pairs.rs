//! Writes pairs of résumés: `pairs RESUMES OUT`.

#![expect(clippy::print_stderr, reason = "a program for developers")]

use std::{error::Error, fmt::Write as _, fs, fs::File, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::Resumes;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, resumes, out] = arguments.as_slice() else { return Err("pairs RESUMES OUT".into()) };
    let limits = Limits { unpacked: 1 << 40, ..Limits::default() };
    let start = Instant::now();
    let (read, problems) = Resumes::read(resumes, File::open(resumes)?, &limits)?;
    eprintln!("{} texts, {} problems, {:?}", read.count(), problems.count, start.elapsed());
    let mut text = String::new();
    for pair in read.pairs() {
        writeln!(text, "{}", serde_json::to_string(&pair)?)?;
    }
    eprintln!("{:?}", start.elapsed());
    fs::write(out, text)?;
    Ok(())
}
