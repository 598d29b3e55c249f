//! Prints what the reader makes of PDF files, or measures it.
//!
//! `cargo run --release -p bonafide-formats --example read_pdf -- [--time N | --json] FILE…`

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use std::{path::PathBuf, time::Instant};

use bonafide_formats::{document::Line, limits::Limits, pdf};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut rounds = 0;
    if arguments.first().is_some_and(|argument| argument == "--time") {
        rounds = arguments[1].parse().unwrap();
        arguments.drain(..2);
    }
    let json = arguments.first().is_some_and(|argument| argument == "--json");
    if json {
        arguments.remove(0);
    }
    for path in arguments.iter().map(PathBuf::from) {
        let bytes = std::fs::read(&path).unwrap();
        if json {
            println!("{}", serde_json::to_string(&pdf::read(&bytes, &Limits::default()).unwrap()).unwrap());
            continue;
        }
        if rounds > 0 {
            let start = Instant::now();
            for _ in 0..rounds {
                std::hint::black_box(pdf::read(&bytes, &Limits::default()).ok());
            }
            println!("{:9.3} ms  {}", start.elapsed().as_secs_f64() * 1000.0 / f64::from(rounds), path.display());
            continue;
        }
        println!("==== {}", path.display());
        match pdf::read(&bytes, &Limits::default()) {
            Ok(document) => {
                for line in &document.lines {
                    print_line(line);
                }
                for property in &document.properties {
                    println!("  {} = {}  [{}]", property.name, property.value, property.part);
                }
                for hidden in &document.hidden {
                    println!("  HIDDEN {:?} {}: {}", hidden.hiding, hidden.place, hidden.text);
                }
                for link in &document.links {
                    println!("  LINK {} ({})", link.target, link.shown.as_deref().unwrap_or("-"));
                }
                for picture in &document.pictures {
                    println!("  PICTURE {picture:?}");
                }
                for sentence in &document.incomplete {
                    println!("  INCOMPLETE {sentence}");
                }
                if document.image_only {
                    println!("  IMAGE ONLY");
                }
            }
            Err(error) => println!("  ERROR {error}"),
        }
    }
}

fn print_line(line: &Line) {
    let column = if line.column == Line::FULL_WIDTH { "-".to_owned() } else { line.column.to_string() };
    let mut text = line.text.clone();
    for gap in line.gaps.iter().rev() {
        text.insert(*gap as usize, '⇥');
    }
    println!(
        "{}{column}{} {:4.1}{}{} {}{text}",
        line.page,
        if line.space_before { "^" } else { " " },
        line.size,
        if line.bold { "b" } else { " " },
        if line.italic { "i" } else { " " },
        line.bullet.map(|bullet| format!("[{bullet}] ")).unwrap_or_default(),
    );
}
