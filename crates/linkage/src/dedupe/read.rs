//! A table into columns.

use std::{
    collections::HashSet,
    io::{Cursor, Read},
};

use bonafide_formats::{limits::Limits, table};

use super::typing::ID_HEADINGS;
use crate::{
    columns::{Dictionary, ValueId},
    error::Error,
};

/// Rows that a table may have: rows are numbered in 32 bits, pairs in 64.
const MOST_ROWS: u64 = 1 << 31;

/// How a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

/// One column as it was written.
pub struct Column {
    /// The heading.
    pub heading: String,
    /// One value a row.
    pub cells: Vec<ValueId>,
    /// The values.
    pub values: Dictionary,
}

/// A table in columns, its ids apart.
pub struct Table {
    /// One id a row, as written; all different.
    pub ids: Vec<String>,
    /// The other columns.
    pub columns: Vec<Column>,
}

/// Reads a table of comma-separated values (also by semicolon, tab or bar, also packed by gzip or xz). `left_out` names columns
/// that are no evidence.
///
/// # Errors
/// [`Error::Parquet`] for a Parquet file, [`Error::Read`] for what is no table or exceeds `limits`; [`Error::NoId`] and [`Error::RepeatedId`] where rows cannot be named.
pub fn read_csv(name: &str, mut source: impl Read + Send, limits: &Limits, left_out: &[&str]) -> Result<Table, Error> {
    let failed = |source| Error::Read { name: name.to_owned(), source };
    let mut start = Vec::with_capacity(PARQUET.len());
    (&mut source)
        .take(PARQUET.len() as u64)
        .read_to_end(&mut start)
        .map_err(|error| failed(bonafide_formats::error::Error::Malformed { format: "CSV", why: error.to_string() }))?;
    if start == PARQUET {
        return Err(Error::Parquet { name: name.to_owned() });
    }
    let mut table = table::Table::new(Cursor::new(start).chain(source), limits).map_err(failed)?;
    let mut columns: Vec<Column> = table
        .headers()
        .iter()
        .map(|heading| Column { heading: heading.clone(), cells: Vec::new(), values: Dictionary::default() })
        .collect();
    let mut rows = 0_u64;
    while let Some(row) = table.next_row() {
        let row = row.map_err(failed)?;
        if row.is_empty() {
            continue;
        }
        rows += 1;
        if rows > MOST_ROWS {
            return Err(Error::OverLimit { what: format!("{name}: the number of rows"), limit: MOST_ROWS.to_string() });
        }
        for (at, column) in columns.iter_mut().enumerate() {
            let cell = row.at(at).unwrap_or_default();
            let id = column.values.intern(present(&cell))?;
            column.cells.push(id);
        }
    }
    let ids = take_ids(name, &mut columns, rows as usize)?;
    columns.retain(|column| !column.heading.is_empty() && !left_out.contains(&column.heading.as_str()));
    Ok(Table { ids, columns })
}

/// A cell without the words that stand for nothing.
fn present(cell: &str) -> &str {
    let cell = cell.trim();
    let nothing = cell.len() <= 4 && ["null", "none", "nan", "n/a", "na", "-"].iter().any(|word| cell.eq_ignore_ascii_case(word));
    if nothing { "" } else { cell }
}

/// The column that names the rows, taken out.
fn take_ids(name: &str, columns: &mut Vec<Column>, rows: usize) -> Result<Vec<String>, Error> {
    let by_heading = ID_HEADINGS.iter().find_map(|heading| columns.iter().position(|column| column.heading == *heading));
    let all_different = || columns.iter().position(|column| column.values.bound() - 1 == rows);
    let Some(at) = by_heading.or_else(all_different) else { return Err(Error::NoId { name: name.to_owned() }) };
    let column = columns.remove(at);
    let mut seen = HashSet::with_capacity(rows);
    for (row, &value) in column.cells.iter().enumerate() {
        if !seen.insert(value) || value == 0 {
            let id = column.values.text(value).to_owned();
            return Err(Error::RepeatedId { name: name.to_owned(), row: row as u64 + 1, id });
        }
    }
    Ok(column.cells.iter().map(|&value| column.values.text(value).to_owned()).collect())
}
