//! Writes a population: `applicants SEED PEOPLE FOLDER usual|drawn|rare|flat`.

use std::{
    error::Error,
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
};

use bonafide_testkit::applicants::{FLAT, Population, stream};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, seed, people, folder, how] = arguments.as_slice() else {
        return Err("applicants SEED PEOPLE FOLDER usual|drawn|rare|flat".into());
    };
    let (seed, people) = (seed.parse()?, people.parse()?);
    let population = match how.as_str() {
        "drawn" => Population::drawn(seed, people),
        "rare" => Population { ring_share: 1.0 / 340.0, ..Population::usual(seed, people) },
        _ => Population::usual(seed, people),
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let file = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut applicants, mut truth) = (file(if how == "flat" { "flat.csv" } else { "applicants.jsonl" })?, file("truth.jsonl")?);
    let mut resumes = if how == "flat" { None } else { Some(file("resumes.jsonl")?) };
    if how == "flat" {
        writeln!(applicants, "{FLAT}")?;
    } else {
        fs::write(folder.join("population.txt"), format!("{population:#?}\n"))?;
    }
    stream(&population, |made| -> Result<(), std::io::Error> {
        if let Some(resumes) = &mut resumes {
            writeln!(applicants, "{}", made.application)?;
            writeln!(resumes, "{}", serde_json::json!({"id": made.application["id"], "text": made.resume}))?;
        } else {
            writeln!(applicants, "{}", made.flat())?;
        }
        writeln!(truth, "{}", made.truth)
    })?;
    Ok(())
}
