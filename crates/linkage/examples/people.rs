//! Links applicants and prints clusters: `people APPLICANTS OUT [RESUMES]`.

#![expect(clippy::print_stderr, reason = "a program for developers")]
use std::{error::Error, fmt::Write as _, fs, fs::File, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, applicants, out, rest @ ..] = arguments.as_slice() else { return Err("people APPLICANTS OUT [RESUMES]".into()) };
    let limits = Limits { unpacked: 1 << 40, ..Limits::default() };
    let start = Instant::now();
    let (mut read, problems) = people::read(applicants, File::open(applicants)?, &limits)?;
    eprintln!("{} rows, {} problems, {:?}", read.rows(), problems.count, start.elapsed());
    if let Some(resumes) = rest.first() {
        people::read_resumes(resumes, File::open(resumes)?, &limits, &mut read)?;
        eprintln!("texts {:?}", start.elapsed());
    }
    let linked = people::link(&read);
    eprintln!("{} compared, {} weighed, {:?}", linked.compared, linked.weighed(), start.elapsed());
    let names = linked.names(&read);
    let mut text = String::new();
    for row in read.in_input_order() {
        writeln!(text, "{}", serde_json::to_string(&linked.line(&read, &names, row))?)?;
    }
    eprintln!("{:?}", start.elapsed());
    fs::write(out, text)?;
    Ok(())
}
