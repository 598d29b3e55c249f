//! Reads list files and prints what was read and how long it took:
//! `cargo run --release -p bonafide-watchlist --example load_lists -- FILE…`. Files of one set (the four CSV files of OFAC) are joined.
#![allow(clippy::print_stdout)]

use std::{env, error::Error, fs, time::Instant};

use bonafide_watchlist::{
    entry::Entry,
    source::{ListFile, read_files},
};

fn main() -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = env::args().skip(1).collect();
    let contents = names.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    let files: Vec<ListFile<'_>> = names.iter().zip(&contents).map(|(name, bytes)| ListFile { name, bytes }).collect();
    let start = Instant::now();
    let reads = read_files(&files);
    let took = start.elapsed();
    for read in &reads {
        match read {
            Ok(read) => {
                let aliases: usize = read.entries.iter().map(|entry| entry.names.len()).sum();
                println!(
                    "{}: {} entries, {aliases} names, {} refused",
                    read.format.name(),
                    read.entries.len(),
                    read.refused.len()
                );
                let count = |of: fn(&Entry) -> usize| read.entries.iter().map(of).sum::<usize>();
                println!(
                    "  {} births, {} papers, {} identifiers, {} links, {} of them to entries",
                    count(|entry| entry.births.len()),
                    count(|entry| entry.documents.len()),
                    count(|entry| entry.identifiers.len()),
                    count(|entry| entry.links.len()),
                    count(|entry| entry.links.iter().filter(|link| link.entry.is_some()).count()),
                );
                read.refused.iter().take(5).for_each(|refused| println!("  {refused}"));
                read.notes.iter().take(5).for_each(|note| println!("  {note}"));
            }
            Err(error) => println!("{error}"),
        }
    }
    println!("read in {} ms", took.as_millis());
    Ok(())
}
