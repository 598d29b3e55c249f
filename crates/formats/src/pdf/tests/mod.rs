//! Tests of the reader with files written by hand.

mod builder;
mod columns;
mod fonts;
mod hidden;
mod hostile;
mod properties;
mod text;

use crate::{
    document::{Document, Line},
    limits::Limits,
};

fn read(file: &[u8]) -> Document {
    super::read(file, &Limits::default()).unwrap()
}

/// The lines with gaps as `|`, bullets in brackets and columns in front where there are any.
fn shown(document: &Document) -> Vec<String> {
    let columns = document.lines.iter().any(|line| line.column != 0);
    document
        .lines
        .iter()
        .map(|line| {
            let mut text = line.text.clone();
            for gap in line.gaps.iter().rev() {
                text.replace_range(*gap as usize..=*gap as usize, " | ");
            }
            let bullet = line.bullet.map(|bullet| format!("[{bullet}] ")).unwrap_or_default();
            let column = match line.column {
                _ if !columns => String::new(),
                Line::FULL_WIDTH => "- ".to_owned(),
                column => format!("{column} "),
            };
            format!("{column}{bullet}{text}")
        })
        .collect()
}

/// Reads a page with the given content.
fn shown_on(content: &str) -> Vec<String> {
    shown(&read(&builder::page(content)))
}
