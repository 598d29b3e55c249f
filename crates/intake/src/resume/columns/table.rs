//! Tables whose columns were taken for columns of the page: a column of dates beside columns of titles and firms.

use bonafide_formats::document::Line;
use bonafide_normalise::date::parse_end;

use super::{
    super::{dates, join_places, prepare::Row, vocabulary::headings},
    beside_each_other, in_order,
};

/// Dates of a table at least, where its column holds other rows as well.
const FEWEST: usize = 2;

/// Rows of a page and column, more than which are not searched.
const MOST: usize = 400;

/// Joins the rows of such tables. Gives the rows back unchanged where there is none.
pub(super) fn join(mut rows: Vec<Row>) -> Vec<Row> {
    let mut columns: Vec<u16> = rows.iter().filter(|row| row.column != Line::FULL_WIDTH).map(|row| row.column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() < 2 || rows.len() > MOST {
        return rows;
    }
    let mut changed = false;
    for &column in &columns {
        while let Some(table) = find(&rows, column) {
            changed = true;
            rows = merge(rows, &table);
        }
    }
    if changed { in_order(rows) } else { rows }
}

/// Whether a row is a date and nothing else.
pub(super) fn is_date(row: &Row) -> bool {
    let words = row.text.split(' ').count();
    words <= 7
        && (dates::find(&row.text).first().is_some_and(|date| row.text.len() - date.range.len() <= 6)
            || words <= 3 && parse_end(&row.text).is_some())
}

fn is_heading(row: &Row) -> bool {
    headings::recognise(&row.text).is_some_and(|(_, certainty)| certainty == headings::Certainty::Whole)
}

/// Whether two rows stand on one line.
fn same_line(one: &Row, other: &Row) -> bool {
    (one.top - other.top).abs() <= 0.45 * one.size.max(8.0)
}

/// A table: its column of dates, the columns beside it, and its extent.
struct Table {
    columns: Vec<u16>,
    top: f32,
    bottom: f32,
}

/// Whether one of the cells of a row is a period: `Initech    2019 – 2021`.
fn has_dated_cell(row: &Row) -> bool {
    let leads = || {
        dates::find(&row.text).first().is_some_and(|date| date.shape == dates::Shape::Period && date.range.start == 0)
            && row.text.split(' ').count() <= 12
    };
    row.bullet.is_none()
        && (row.cells.len() >= 2 || leads())
        && (leads()
            || (0..row.cells.len()).any(|index| {
                let cell = row.cell(index);
                dates::find(cell).iter().any(|date| date.shape != dates::Shape::Year && cell.len() - date.range.len() <= 6)
            }))
}

/// Finds the first table whose dates stand in a column.
fn find(rows: &[Row], column: u16) -> Option<Table> {
    let mut own: Vec<&Row> = rows.iter().filter(|row| row.column == column && row.has_area()).collect();
    own.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut start = 0;
    while start < own.len() {
        // A run goes up to the next heading.
        let end = (start..own.len()).find(|&index| is_heading(own[index])).unwrap_or(own.len());
        if let Some(table) = of_run(rows, &own[start..end], own.get(end).map(|row| row.top), column) {
            return Some(table);
        }
        start = end + 1;
    }
    None
}

fn of_run(rows: &[Row], run: &[&Row], below: Option<f32>, column: u16) -> Option<Table> {
    let cells = run.iter().filter(|row| !is_date(row) && has_dated_cell(row)).count() >= FEWEST;
    let dated: Vec<&&Row> = run.iter().filter(|row| is_date(row) || cells && has_dated_cell(row)).collect();
    let fewest = if dated.len() == run.len() { 1 } else { FEWEST };
    // Where no gap parts the dates from the words, two rows may stand beside another column by chance.
    let fewest = if dated.iter().any(|row| !is_date(row) && row.cells.len() < 2) { 3 } else { fewest };
    // Places may stand below the dates, in a line or two.
    let places =
        run.iter().all(|row| is_date(row) || row.bullet.is_none() && row.text.split(' ').count() <= 4 && row.cells.len() <= 1);
    if dated.len() < fewest || dated.len() * if places { 3 } else { 2 } < run.len() {
        return None;
    }
    let beside = |date: &Row, other: u16| {
        rows.iter().any(|row| {
            row.column == other
                && row.page == date.page
                && same_line(date, row)
                && !is_date(row)
                && !is_heading(row)
                && row.bullet.is_none()
        })
    };
    let mut columns: Vec<u16> =
        rows.iter().map(|row| row.column).filter(|&other| other != column && other != Line::FULL_WIDTH).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|&other| {
        dated.iter().all(|date| beside(date, other))
            && (!cells || matched(rows, &dated, other))
            && !is_sidebar(rows, &dated, other)
    });
    // Beside a single column the older rule for rails of dates knows more; a table has further columns, or words right of the dates.
    if columns.is_empty() {
        return None;
    }
    columns.push(column);
    columns.sort_unstable();
    let top = run
        .iter()
        .filter(|row| {
            columns.iter().all(|&other| other == column || rows.iter().any(|near| near.column == other && same_line(row, near)))
        })
        .map(|row| row.top)
        .fold(f32::INFINITY, f32::min);
    let last = dated.last().map_or(top, |row| row.top);
    let next_heading = rows
        .iter()
        .filter(|row| columns.contains(&row.column) && row.top > last + 1.0 && is_heading(row))
        .map(|row| row.top)
        .fold(below.unwrap_or(f32::INFINITY), f32::min);
    Some(Table { columns, top, bottom: next_heading })
}

/// Whether a column has headings or contacts of its own beside the dates.
fn is_sidebar(rows: &[Row], dated: &[&&Row], column: u16) -> bool {
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else { return false };
    rows.iter()
        .filter(|row| row.column == column && row.page == first.page && row.top > first.top - 4.0 && row.top < last.top + 4.0)
        .any(|row| {
            is_heading(row)
                || row.text.contains(['@'])
                || row.text.contains("www.")
                || row.text.contains("://")
                || row.text.contains(".com/")
        })
}

/// Whether most rows of a column, as far down as the dates go, stand beside a date: the column belongs to the table and has no text of
/// its own.
fn matched(rows: &[Row], dated: &[&&Row], column: u16) -> bool {
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else { return false };
    let within = || {
        rows.iter()
            .filter(|row| row.column == column && row.page == first.page && row.top > first.top - 4.0 && row.top < last.top + 4.0)
    };
    let near = within().filter(|row| dated.iter().any(|date| same_line(date, row))).count();
    near * 2 >= within().count()
}

/// Joins the rows of a table that stand on one line; the table then stands in its leftmost column.
fn merge(rows: Vec<Row>, table: &Table) -> Vec<Row> {
    let first = table.columns.first().copied().unwrap_or_default();
    let (mut inside, mut outside): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| {
        table.columns.contains(&row.column) && row.has_area() && row.top >= table.top - 4.0 && row.top < table.bottom - 1.0
    });
    inside.sort_by(|one, other| one.top.total_cmp(&other.top).then(one.left.total_cmp(&other.left)));
    let mut joined: Vec<Row> = Vec::with_capacity(inside.len());
    let mut line: Vec<Row> = Vec::new();
    let flush = |line: &mut Vec<Row>, joined: &mut Vec<Row>| {
        line.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut parts = line.drain(..).rev();
        let Some(mut whole) = parts.next() else { return };
        for part in parts {
            whole = beside_each_other(&part, &whole);
        }
        whole.column = first;
        joined.push(whole);
    };
    for row in inside {
        if line.first().is_some_and(|known| !same_line(known, &row)) {
            flush(&mut line, &mut joined);
        }
        line.push(row);
    }
    flush(&mut line, &mut joined);
    outside.extend(joined);
    outside
}

/// Joins dates that wrap in their column: `Aug. 2022 – Jan.` over `2023`, `March 2019 –` over `present`.
pub(super) fn join_wrapped_dates(rows: &[Row]) -> Vec<Row> {
    let rows = join_more(rows);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let goes_on = joined.last().is_some_and(|last: &Row| {
            let near = row.page == last.page
                && row.column == last.column
                && row.has_area()
                && last.has_area()
                && is_below(last, &row)
                && row.top > last.top
                && row.top - last.top < 1.9 * row.size.max(8.0) * (1.0 + last.text.matches('\n').count() as f32);
            let short = last.text.len() <= 24 && row.text.len() <= 16 && row.cells.len() <= 1 && last.cells.len() <= 1;
            near && short && !last.text.is_empty() && {
                let whole = format!("{} {}", last.text, dash_and(&row));
                let year = row.text.len() == 4 && row.text.bytes().all(|byte| byte.is_ascii_digit());
                let month_last = last.text.ends_with(|c: char| c.is_alphabetic() || c == '.');
                let cut = year && month_last
                    || dates::find(&last.text).first().is_none_or(|date| {
                        date.shape != dates::Shape::Period
                            || last.text.trim_end().ends_with(dates::is_dash)
                            || last.text.len() > date.range.end
                    });
                cut && dates::find(&whole)
                    .iter()
                    .any(|date| date.shape == dates::Shape::Period && date.range.len() == whole.len())
            }
        });
        match joined.last_mut() {
            Some(last) if goes_on => {
                last.text = format!("{} {}", last.text, dash_and(&row));
                last.cells = std::iter::once(0..last.text.len()).collect();
                last.right = last.right.max(row.right);
                last.place = join_places(&last.place, &row.place);
            }
            _ => joined.push(row),
        }
    }
    joined
}

/// `Nov. 2021` over `– Sept.` over `2024`, `December` over `2022 —` over `March` over `2025`.
fn join_more(rows: &[Row]) -> Vec<Row> {
    let follows = |last: &Row, row: &Row| {
        row.page == last.page
            && row.column == last.column
            && row.column != Line::FULL_WIDTH
            && row.has_area()
            && is_below(last, row)
            && row.top > last.top
            && row.top - last.top < 1.9 * row.size.max(8.0)
            && row.text.len() <= 16
            && row.cells.len() <= 1
    };
    let is_period =
        |text: &str| dates::find(text).iter().any(|date| date.shape == dates::Shape::Period && date.range.len() == text.len());
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let run = rows[at..].windows(2).take(3).take_while(|pair| follows(&pair[0], &pair[1])).count() + 1;
        let with = |count: usize, glue: &str| {
            let rest = rows[at + 1..at + count].iter().map(|row| format!("{glue}{}", dash_and(row)));
            std::iter::once(row.text.clone()).chain(rest).collect::<String>()
        };
        // A very narrow cell breaks words as well: "01/202" over "4 –" over "Presen" over "t".
        let text = |count: usize| {
            let spaced = with(count, " ");
            let glued = with(count, "");
            if !is_period(&spaced) && is_period(&glued) { glued } else { spaced }
        };
        // The fewest rows that are a whole period, and no fewer: `March 2019 –` alone lasts until now.
        let whole =
            |count: &usize| text(*count).len() <= 40 && is_period(&text(*count)) && !text(*count).ends_with(dates::is_dash);
        match (2..=run).find(whole).filter(|count| *count >= 3) {
            Some(count) => {
                let mut first = row.clone();
                first.text = text(count);
                first.cells = std::iter::once(0..first.text.len()).collect();
                first.right = rows[at..at + count].iter().map(|row| row.right).fold(first.right, f32::max);
                first.place = rows[at + 1..at + count].iter().fold(first.place, |place, row| join_places(&place, &row.place));
                joined.push(first);
                at += count;
            }
            None => {
                joined.push(row.clone());
                at += 1;
            }
        }
    }
    joined
}

/// Whether a row stands below another in one cell, flush or centred.
fn is_below(above: &Row, row: &Row) -> bool {
    let middle = |row: &Row| (row.left + row.right) / 2.0;
    (row.left - above.left).abs() < 3.0 || (middle(row) - middle(above)).abs() < 3.0 || (row.right - above.right).abs() < 3.0
}

/// The text of a row with the dash that was taken for a bullet glyph.
fn dash_and(row: &Row) -> String {
    match row.bullet.filter(|glyph| dates::is_dash(*glyph)) {
        Some(dash) => format!("{dash} {}", row.text),
        None => row.text.clone(),
    }
}
