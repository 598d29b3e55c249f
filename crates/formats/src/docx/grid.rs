//! Tables: which cells are read beside each other, and which one after the other.
//!
//! Word processors have no columns that are easy to use, so résumés are laid out with tables: a side bar beside the main text, dates
//! beside jobs, or true tables of skills. What it is shows in how much text stands in the cells.

use crate::{document::Line, line};

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
}

/// A cell with its text.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// First column it takes, from 0.
    pub(super) start: u16,
    pub(super) lines: Vec<Line>,
}

/// A cell with so many lines is a column of text, not an entry.
const TALL: usize = 4;

/// Lines of a table in reading order.
pub(super) fn arrange(rows: Vec<Row>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut block: Vec<Row> = Vec::new();
    for mut row in rows {
        row.cells.retain(|cell| !cell.lines.is_empty());
        match row.cells.len() {
            0 => {}
            // A row of one cell at the left interrupts the columns: a heading across.
            1 if row.cells[0].start == 0 && row.cells[0].lines.len() < TALL => {
                arrange_block(&mut block, &mut lines);
                lines.extend(row.cells.into_iter().flat_map(|cell| cell.lines));
            }
            _ => block.push(row),
        }
    }
    arrange_block(&mut block, &mut lines);
    lines
}

fn arrange_block(block: &mut Vec<Row>, lines: &mut Vec<Line>) {
    let rows = std::mem::take(block);
    let tall = rows.iter().filter(|row| row.cells.iter().filter(|cell| cell.lines.len() >= TALL).count() >= 2).count();
    if tall > 0 && tall * 2 >= rows.len() {
        by_columns(rows, lines);
    } else {
        for row in rows {
            by_row(row, lines);
        }
    }
}

fn by_columns(rows: Vec<Row>, lines: &mut Vec<Line>) {
    let mut cells: Vec<Cell> = rows.into_iter().flat_map(|row| row.cells).collect();
    // Stable: within a column the rows keep their order.
    cells.sort_by_key(|cell| cell.start);
    let mut column = 0;
    let mut last_start = cells.first().map_or(0, |cell| cell.start);
    for cell in cells {
        if cell.start != last_start {
            last_start = cell.start;
            column += 1;
        }
        lines.extend(cell.lines.into_iter().map(|line| Line { column, ..line }));
    }
}

fn by_row(row: Row, lines: &mut Vec<Line>) {
    let counts: Vec<usize> = row.cells.iter().map(|cell| cell.lines.len()).collect();
    let longest = counts.iter().copied().max().unwrap_or(0);
    let even = counts.iter().all(|&count| count == longest) && longest < TALL;
    let listed = row.cells.iter().flat_map(|cell| &cell.lines).any(|line| line.bullet.is_some());
    if even && (longest == 1 || !listed) {
        // Entries: what stands on one height is one line.
        let mut cells: Vec<_> = row.cells.into_iter().map(|cell| cell.lines.into_iter()).collect();
        for _ in 0..longest {
            lines.extend(line::beside(cells.iter_mut().filter_map(Iterator::next)));
        }
        return;
    }
    // Dates or a place beside a longer text: the first lines stand on one height. A caption without a figure in it stands alone.
    let beside = counts[0] < TALL && row.cells[0].lines[0].text.bytes().any(|byte| byte.is_ascii_digit());
    let mut cells: Vec<_> = row.cells.into_iter().map(|cell| cell.lines.into_iter()).collect();
    if beside && cells.iter().skip(1).all(|cell| cell.as_slice().first().is_some_and(|line| line.bullet.is_none())) {
        lines.extend(line::beside(cells.iter_mut().filter_map(Iterator::next)));
    }
    lines.extend(cells.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::{Cell, Row, arrange};
    use crate::document::Line;

    fn row(cells: &[&[&str]]) -> Row {
        let cells = cells.iter().enumerate().map(|(start, texts)| Cell {
            start: start as u16,
            lines: texts
                .iter()
                .map(|text| Line {
                    text: text.trim_start_matches("* ").to_owned(),
                    bullet: text.starts_with("* ").then_some('*'),
                    ..Line::default()
                })
                .collect(),
        });
        Row { cells: cells.collect() }
    }

    fn read(rows: Vec<Row>) -> Vec<String> {
        arrange(rows)
            .into_iter()
            .map(|line| {
                let mut text = line.text;
                for &gap in line.gaps.iter().rev() {
                    text.replace_range(gap as usize..=gap as usize, " | ");
                }
                if line.column > 0 { format!("{}: {text}", line.column) } else { text }
            })
            .collect()
    }

    #[test]
    fn entries_stand_beside_each_other() {
        let rows = vec![
            row(&[&["Skill"], &["Years"]]),
            row(&[&["Rust"], &["5"]]),
            row(&[&["Globex", "Engineer"], &["Springfield", "2019"]]),
        ];
        assert_eq!(read(rows), ["Skill | Years", "Rust | 5", "Globex | Springfield", "Engineer | 2019"]);
    }

    #[test]
    fn dates_stand_beside_the_first_line_of_the_job() {
        let rows = vec![
            row(&[&["2019 – 2022", "Springfield"], &["Engineer, Globex", "* Built", "* Ran"]]),
            row(&[&["Languages"], &["German", "Korean"]]),
        ];
        assert_eq!(
            read(rows),
            ["2019 – 2022 | Engineer, Globex", "Springfield", "Built", "Ran", "Languages", "German", "Korean"]
        );
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let rows = vec![
            row(&[&["Robin Sample"], &[]]),
            row(&[&["a1", "a2", "a3", "a4"], &["b1", "b2", "b3", "b4", "b5"]]),
            row(&[&["a5", "a6", "a7", "a8"], &["b6", "b7", "b8", "b9"]]),
        ];
        let text = read(rows);
        assert_eq!(text[..5], ["Robin Sample", "a1", "a2", "a3", "a4"]);
        assert_eq!(text[9..11], ["1: b1", "1: b2"]);
        assert_eq!(text.last().map(String::as_str), Some("1: b9"));
    }
}
