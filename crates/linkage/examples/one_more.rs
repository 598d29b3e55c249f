//! The time to link one application with many: `one_more EARLY LATE FOLDER [TEXTS]` links EARLY at once into an index in FOLDER (or takes
//! the one that is there), opens it, and adds LATE one by one; TEXTS are their résumés.

#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::{error::Error, fs::File, path::Path, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::{self, Applicants, Index};

fn read(path: &str, texts: Option<&String>) -> Result<Applicants, Box<dyn Error>> {
    let limits = Limits { unpacked: 64 << 30, ..Limits::default() };
    let (mut applicants, _) = people::read(path, File::open(path)?, &limits)?;
    if let Some(texts) = texts {
        people::read_resumes(texts, File::open(texts)?, &limits, &mut applicants)?;
    }
    Ok(applicants)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, early, late, folder, texts @ ..] = arguments.as_slice() else {
        return Err("one_more EARLY LATE FOLDER [TEXTS]".into());
    };
    let folder = Path::new(folder);
    if !folder.join("index").exists() {
        let applicants = read(early, texts.first())?;
        let started = Instant::now();
        let linked = people::link(&applicants);
        println!("linked in {:?}", started.elapsed());
        let started = Instant::now();
        Index::create(folder, &applicants, &linked, &[], None)?;
        println!("written in {:?}", started.elapsed());
    }
    let started = Instant::now();
    let mut index = Index::open(folder, None)?;
    println!("opened in {:?}", started.elapsed());
    let started = Instant::now();
    index.verify()?;
    println!("verified in {:?}", started.elapsed());
    println!("{} applications, {} bytes each", index.count()?, index.bytes()? / index.count()?.max(1) as u64);
    let late = read(late, texts.first())?;
    let (mut took, mut flagged) = (Vec::new(), Vec::new());
    index.add(&late, &late.in_input_order(), |_, added| {
        if let Some(added) = added {
            flagged.extend(added.line.ring_cluster.is_some().then_some(added.took));
            took.push(added.took);
        }
    })?;
    for (what, mut took) in [("added", took), ("flagged", flagged)] {
        took.sort_unstable();
        let of = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
        let most = took.last().copied().unwrap_or_default();
        println!("{} {what}: p50 {:?}, p99 {:?}, most {most:?}", took.len(), of(0.5), of(0.99));
    }
    // Nothing was committed: the index is as it was.
    Ok(())
}
