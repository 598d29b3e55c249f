//! Puts the rows of pages with two columns in reading order, also where single rows were taken for rows across both.

use bonafide_formats::document::Line;

use super::prepare::Row;

/// Rows of a column at least, for a page to count as one with columns.
const FEWEST_ROWS: usize = 3;

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

/// Horizontal extent of a column.
#[derive(Clone, Copy, Debug)]
struct Extent {
    left: f32,
    right: f32,
}

fn page(rows: Vec<Row>) -> Vec<Row> {
    let Some((first, second)) = two_columns(&rows) else { return rows };
    let mut moved = false;
    let mut placed: Vec<Row> = Vec::with_capacity(rows.len() + 4);
    for row in rows {
        match halves(&row, first, second).filter(|_| row.column == Line::FULL_WIDTH) {
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
        (half.bold, half.italic) = letters;
        half.column = column;
    }
    left.right = first.right;
    right.left = second.left;
    right.bullet = None;
    Some((left, right))
}

/// Between rows across the page: the left column from top to bottom, then the right one.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut ordered = Vec::with_capacity(rows.len());
    let mut band: Vec<Row> = Vec::new();
    let flush = |band: &mut Vec<Row>, ordered: &mut Vec<Row>| {
        let (left, right): (Vec<Row>, Vec<Row>) = band.drain(..).partition(|row| row.column == 0);
        ordered.extend(left);
        ordered.extend(right);
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
