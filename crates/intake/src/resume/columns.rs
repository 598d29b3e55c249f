//! Puts the rows of pages with two columns in reading order, also where single rows were taken for rows across both.

use bonafide_formats::document::Line;

use super::{prepare::Row, vocabulary::headings};

mod table;

use table::is_date;

/// Rows of a column at least, for a page to count as one with columns.
const FEWEST_ROWS: usize = 3;

/// How far above the columns a row may stand that holds the first row of both, in points.
const ABOVE_COLUMNS: f32 = 60.0;

/// Regroups the rows of each page that has exactly two columns.
pub(crate) fn regroup(rows: Vec<Row>) -> Vec<Row> {
    let mut pages: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match pages.last_mut() {
            Some(page) if page.first().is_some_and(|first| first.page == row.page) => page.push(row),
            _ => pages.push(vec![row]),
        }
    }
    pages.into_iter().flat_map(page).collect()
}

/// Parts rows across the page that hold the headings of two columns: `Contact    Experience`.
fn part_headings(rows: Vec<Row>) -> Vec<Row> {
    let mut lefts: Vec<(u16, f32)> = Vec::new();
    for row in rows.iter().filter(|row| row.column != Line::FULL_WIDTH && row.has_area()) {
        match lefts.iter_mut().find(|(column, _)| *column == row.column) {
            Some((_, left)) => *left = left.min(row.left),
            None => lefts.push((row.column, row.left)),
        }
    }
    // With exactly two columns the columns themselves are parted further below.
    if lefts.len() < 3 {
        return rows;
    }
    let nearest =
        |x: f32| lefts.iter().min_by(|one, other| (one.1 - x).abs().total_cmp(&(other.1 - x).abs())).map(|(column, _)| *column);
    let mut parted = Vec::with_capacity(rows.len() + 2);
    for row in rows {
        let whole = |cell: &str| headings::recognise(cell).is_some_and(|(_, certainty)| certainty == headings::Certainty::Whole);
        let two = row.column == Line::FULL_WIDTH && row.cells.len() == 2 && whole(row.cell(0)) && whole(row.cell(1));
        // Where the second begins is known only from how wide its letters must be.
        let begins = row.right - row.cell(1).chars().count() as f32 * row.size * 0.55;
        let columns = nearest(row.left).zip(nearest(begins)).filter(|(first, second)| two && first != second);
        let Some((first, second)) = columns else {
            parted.push(row);
            continue;
        };
        for (index, column) in [(0, first), (1, second)] {
            let mut part = row.clone();
            part.text = row.cell(index).to_owned();
            part.cells = std::iter::once(0..part.text.len()).collect();
            part.column = column;
            if index == 1 {
                part.left = begins;
            }
            parted.push(part);
        }
    }
    in_order(parted)
}

/// Horizontal extent of a column.
#[derive(Clone, Copy, Debug)]
struct Extent {
    left: f32,
    right: f32,
}

fn page(rows: Vec<Row>) -> Vec<Row> {
    let rows = table::join(table::join_wrapped_dates(&part_headings(rows)));
    let Some((first, second)) = two_columns(&rows) else { return rows };
    let rows = match rail(rows, second) {
        Ok(joined) => return joined,
        Err(rows) => rows,
    };
    let highest = |column: u16| rows.iter().filter(|row| row.column == column).map(|row| row.top).fold(f32::INFINITY, f32::min);
    let begin = highest(0).min(highest(1)) - ABOVE_COLUMNS;
    let mut moved = false;
    let mut placed: Vec<Row> = Vec::with_capacity(rows.len() + 4);
    for row in rows {
        match halves(&row, first, second).filter(|_| row.column == Line::FULL_WIDTH && row.top >= begin) {
            Some((left, right)) => {
                moved = true;
                placed.push(left);
                placed.push(right);
            }
            None => placed.push(row),
        }
    }
    let tops = |column: u16| -> Vec<f32> { placed.iter().filter(|row| row.column == column).map(|row| row.top).collect() };
    let (left_tops, right_tops) = (tops(0), tops(1));
    // A row belongs to a column where it keeps to its width and the other column has rows above and below it.
    let beside =
        |row: &Row, tops: &[f32]| tops.iter().any(|&top| top <= row.top + 4.0) && tops.iter().any(|&top| top >= row.top - 4.0);
    for row in placed.iter_mut().filter(|row| row.column == Line::FULL_WIDTH && row.has_area()) {
        if row.right <= first.right + 2.0 && row.left >= first.left - 2.0 && beside(row, &right_tops) {
            row.column = 0;
            moved = true;
        } else if row.left >= second.left - 2.0 && beside(row, &left_tops) {
            row.column = 1;
            moved = true;
        }
    }
    if moved { in_order(placed) } else { placed }
}

/// The extents of the two columns of a page: apart from each other, and one beside the other.
fn two_columns(rows: &[Row]) -> Option<(Extent, Extent)> {
    let extent = |column: u16| {
        let members: Vec<&Row> = rows.iter().filter(|row| row.column == column && row.has_area()).collect();
        let left = members.iter().map(|row| row.left).fold(f32::INFINITY, f32::min);
        let right = members.iter().map(|row| row.right).fold(f32::NEG_INFINITY, f32::max);
        (members.len() >= FEWEST_ROWS).then_some(Extent { left, right })
    };
    if rows.iter().any(|row| row.column != Line::FULL_WIDTH && row.column > 1) {
        return None;
    }
    let (first, second) = (extent(0)?, extent(1)?);
    (first.right < second.left).then_some((first, second))
}

/// Joins a column of dates (and headings) with the rows beside it: `2019 – 2021 | Engineer`. Gives the rows back where the left column
/// holds anything else.
fn rail(rows: Vec<Row>, second: Extent) -> Result<Vec<Row>, Vec<Row>> {
    let right_tops = || rows.iter().filter(|row| row.column == 1).map(|row| row.top);
    let (begin, end) = (right_tops().fold(f32::INFINITY, f32::min) - 4.0, right_tops().fold(f32::NEG_INFINITY, f32::max) + 4.0);
    let beside: Vec<&Row> = rows.iter().filter(|row| row.column == 0 && row.top >= begin && row.top <= end).collect();
    let is_heading = |row: &Row| headings::recognise(&row.text).is_some();
    let only_dates = beside.iter().all(|row| is_date(row) || is_heading(row)) && beside.iter().any(|row| is_date(row));
    if !only_dates {
        return Err(rows);
    }
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut rows = rows;
    rows.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut waiting: Option<Row> = None;
    for mut row in rows {
        let beside = waiting
            .as_ref()
            .is_some_and(|date| (date.top - row.top).abs() <= 0.45 * date.size.max(8.0) && row.left >= second.left - 2.0);
        if beside {
            if let Some(date) = waiting.take() {
                row = beside_each_other(&date, &row);
            }
        } else if let Some(previous) = joined.last_mut().filter(|previous| {
            previous.column == 1 && (previous.top - row.top).abs() <= 0.45 * row.size.max(8.0) && row.column == 0 && is_date(&row)
        }) {
            *previous = beside_each_other(&row, previous);
            continue;
        } else {
            joined.extend(waiting.take());
            if row.column == 0 && is_date(&row) {
                waiting = Some(row);
                continue;
            }
        }
        joined.push(row);
    }
    joined.extend(waiting);
    joined.iter_mut().for_each(|row| row.column = 0);
    Ok(joined)
}

/// One row of two: a date and what stands beside it.
fn beside_each_other(date: &Row, row: &Row) -> Row {
    let mut joined = row.clone();
    joined.text = format!("{} {}", date.text, row.text);
    joined.gaps.clear();
    let shift = date.text.len() + 1;
    joined.cells =
        std::iter::once(0..date.text.len()).chain(row.cells.iter().map(|cell| cell.start + shift..cell.end + shift)).collect();
    joined.runs = std::iter::once((0, date.bold, date.italic, date.size))
        .chain(std::iter::once((shift, row.bold, row.italic, row.size)))
        .collect();
    joined.runs.extend(row.runs.iter().filter(|run| run.0 > 0).map(|run| (run.0 + shift, run.1, run.2, run.3)));
    // The edge of the words counts: what goes on below stands under them, not under the dates.
    joined.left = if is_date(date) { row.left } else { date.left };
    joined.place = super::join_places(&date.place, &row.place);
    joined.space_before |= date.space_before;
    joined
}

/// A row that holds one cell of each column: both on their own.
fn halves(row: &Row, first: Extent, second: Extent) -> Option<(Row, Row)> {
    let in_both = row.left >= first.left - 2.0 && row.left < first.right && row.right > second.left;
    if !in_both || row.cells.len() != 2 {
        return None;
    }
    let (mut left, mut right) = (row.clone(), row.clone());
    for (half, cell, column) in [(&mut left, row.cells[0].clone(), 0), (&mut right, row.cells[1].clone(), 1)] {
        let letters = row.letters_at(cell.start);
        half.size = row.size_at(cell.start);
        half.text = row.text[cell.clone()].to_owned();
        half.cells = std::iter::once(0..half.text.len()).collect();
        half.runs = Vec::new();
        half.gaps = Vec::new();
        (half.bold, half.italic) = letters;
        half.column = column;
    }
    left.right = first.right;
    right.left = second.left;
    right.bullet = None;
    Some((left, right))
}

/// Between rows across the page: each column from top to bottom, from left to right.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut ordered = Vec::with_capacity(rows.len());
    let mut band: Vec<Row> = Vec::new();
    let flush = |band: &mut Vec<Row>, ordered: &mut Vec<Row>| {
        band.sort_by_key(|row| row.column);
        ordered.append(band);
    };
    for row in rows {
        if row.column == Line::FULL_WIDTH {
            flush(&mut band, &mut ordered);
            ordered.push(row);
        } else {
            band.push(row);
        }
    }
    flush(&mut band, &mut ordered);
    ordered
}
