//! Links applicants and prints clusters: `people APPLICANTS OUT [RESUMES|- [KNOWN_BAD]]`; known bad are ids, one a line.

#![expect(clippy::print_stderr, reason = "a program for developers")]
use std::{error::Error, fmt::Write as _, fs, fs::File, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, applicants, out, rest @ ..] = arguments.as_slice() else {
        return Err("people APPLICANTS OUT [RESUMES|- [KNOWN_BAD]]".into());
    };
    let limits = Limits { unpacked: 1 << 40, ..Limits::default() };
    let start = Instant::now();
    let (mut read, problems) = people::read(applicants, File::open(applicants)?, &limits)?;
    eprintln!("{} rows, {} problems, {:?}", read.rows(), problems.count, start.elapsed());
    if let Some(resumes) = rest.first().filter(|path| *path != "-") {
        people::read_resumes(resumes, File::open(resumes)?, &limits, &mut read)?;
        eprintln!("texts {:?}", start.elapsed());
    }
    let mut linked = people::link(&read);
    if let Some(bad) = rest.get(1) {
        let rows = read.rows_by_id();
        linked.set_known_bad(&fs::read_to_string(bad)?.lines().filter_map(|id| rows.get(id, &read)).collect::<Vec<u32>>());
    }
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
