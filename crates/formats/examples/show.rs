//! Shows what is read from documents: `cargo run -p bonafide-formats --example show FILE…`.

use std::io::{self, Write};

use bonafide_formats::{docx, limits::Limits};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for path in std::env::args().skip(1) {
        writeln!(out, "== {path}")?;
        match docx::read(&path, &std::fs::read(&path)?, &Limits::default()) {
            Err(error) => writeln!(out, "{error}")?,
            Ok(document) => show(&mut out, &document)?,
        }
    }
    Ok(())
}

fn show(out: &mut impl Write, document: &bonafide_formats::document::Document) -> io::Result<()> {
    for line in &document.lines {
        let mut text = line.text.clone();
        for &gap in line.gaps.iter().rev() {
            text.replace_range(gap as usize..=gap as usize, " ⇥ ");
        }
        let bullet = line.bullet.map_or_else(String::new, |bullet| format!("{bullet} "));
        let heading = line.heading.map_or_else(String::new, |level| format!("h{level} "));
        let look = [(line.bold, "bold "), (line.italic, "italic ")].map(|(on, name)| if on { name } else { "" }).concat();
        let style = line.style.as_deref().unwrap_or("-");
        let apart = if line.space_before { "↧" } else { " " };
        writeln!(
            out,
            "{apart} {bullet}{text}   [{heading}{look}{}pt col {} style {style}; {}]",
            line.size, line.column, line.place
        )?;
    }
    for hidden in &document.hidden {
        writeln!(out, "hidden {:?} ({}): {}", hidden.hiding, hidden.place, hidden.text)?;
    }
    for link in &document.links {
        writeln!(out, "link {} shown {:?} ({})", link.target, link.shown, link.place)?;
    }
    for picture in &document.pictures {
        writeln!(
            out,
            "picture {}x{} {} {:?} {:?} ({})",
            picture.width, picture.height, picture.sha256, picture.phash, picture.software, picture.place
        )?;
    }
    for property in &document.properties {
        writeln!(out, "{} = {:?} ({})", property.name, property.value, property.part)?;
    }
    for why in &document.incomplete {
        writeln!(out, "incomplete: {why}")?;
    }
    Ok(())
}
