//! Tables with headings, from CSV or a spreadsheet, in one form.

use std::collections::HashMap;

use bonafide_formats::sheet::Workbook;

/// Rows under headings. Headings are compared in lower case with white space and underscores collapsed.
#[derive(Clone)]
pub(super) struct Grid {
    columns: HashMap<String, usize>,
    /// Number of a row in its file, from 1, and its fields.
    rows: Vec<(u32, Vec<String>)>,
    /// What stands above the headings.
    pub(super) preamble: Vec<String>,
    /// Rows that could not be split into fields.
    pub(super) damaged: Vec<(u32, String)>,
    /// Whether a quote is open at the end of the text.
    is_open: bool,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct GridRow<'g> {
    pub(super) number: u32,
    fields: &'g [String],
    columns: &'g HashMap<String, usize>,
}

/// Rows above the headings that are looked through for them.
pub(super) const MOST_PREAMBLE: usize = 20;

impl Grid {
    /// Finds the row that holds all of `headings` and takes what follows; `None` where there is none.
    fn new(rows: Vec<(u32, Vec<String>)>, damaged: Vec<(u32, String)>, headings: &[&str]) -> Option<Self> {
        let columns = |fields: &[String]| -> HashMap<String, usize> {
            // The first of several equal headings counts.
            fields.iter().enumerate().rev().map(|(at, name)| (heading(name), at)).collect()
        };
        let at = rows.iter().take(MOST_PREAMBLE).position(|(_, fields)| {
            let columns = columns(fields);
            headings.iter().all(|name| columns.contains_key(*name))
        })?;
        let columns = columns(&rows[at].1);
        let preamble = rows[..at].iter().flat_map(|(_, fields)| fields.iter().filter(|text| !text.is_empty()).cloned()).collect();
        Some(Self { columns, rows: rows.into_iter().skip(at + 1).collect(), preamble, damaged, is_open: false })
    }

    /// From the first sheet that has the headings.
    pub(super) fn of_workbook(workbook: &Workbook, headings: &[&str]) -> Option<Self> {
        workbook.sheets.iter().find_map(|sheet| {
            Self::new(sheet.rows.iter().map(|row| (row.number, row.cells.clone())).collect(), Vec::new(), headings)
        })
    }

    /// From a text whose fields are divided by the character that is most frequent among comma, semicolon, tab and bar in the line
    /// that holds the first heading.
    pub(super) fn of_text(text: &str, headings: &[&str]) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let first = headings.first()?;
        let line = text.lines().take(MOST_PREAMBLE).find(|line| heading(line).contains(first))?;
        let delimiter = delimiter(line)?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let (mut rows, mut damaged) = (Vec::new(), Vec::new());
        for (index, record) in reader.records().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            match record {
                Ok(record) => rows.push((number, record.iter().map(str::to_owned).collect())),
                Err(error) => damaged.push((number, error.to_string())),
            }
        }
        let grid = Self::new(rows, damaged, headings)?;
        Some(Self { is_open: ends_in_quotes(text), ..grid })
    }

    /// With other names for columns: the first name of each pair stands for a column that is called by the second, where no column
    /// has the first.
    pub(super) fn also_called(&self, names: &[(&str, &str)]) -> Self {
        let mut grid = self.clone();
        for (name, called) in names {
            if let Some(&at) = self.columns.get(*called) {
                grid.columns.entry((*name).to_owned()).or_insert(at);
            }
        }
        grid
    }

    /// The headings, in the order of their columns.
    pub(super) fn headings(&self) -> Vec<&str> {
        let mut headings: Vec<(usize, &str)> = self.columns.iter().map(|(name, at)| (*at, name.as_str())).collect();
        headings.sort_unstable();
        headings.into_iter().map(|(_, name)| name).collect()
    }

    /// Why the text may have been cut off: its last row has fewer fields than there are headings.
    pub(super) fn cut(&self) -> Option<String> {
        let (number, fields) = self.rows.last()?;
        if self.is_open {
            return Some(format!("in its last row, number {number}, a quote is still open"));
        }
        let width = self.columns.values().max().map_or(0, |at| at + 1);
        // Writers that leave empty fields at the end of rows away do so in other rows too.
        let is_habit = self.rows.iter().rev().skip(1).take(200).any(|(_, other)| other.len() < width);
        let is_cut = fields.len() < width && !is_habit;
        is_cut.then(|| format!("its last row, number {number}, has {} of {width} fields", fields.len()))
    }

    /// Whether a heading stands there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// The rows that hold anything.
    pub(super) fn rows(&self) -> impl Iterator<Item = GridRow<'_>> {
        let rows = self.rows.iter().filter(|(_, fields)| fields.iter().any(|field| !field.trim().is_empty()));
        rows.map(|(number, fields)| GridRow { number: *number, fields, columns: &self.columns })
    }
}

impl<'g> GridRow<'g> {
    /// A field by its heading (in lower case), trimmed; empty where there is none.
    pub(super) fn get(self, name: &str) -> &'g str {
        self.columns.get(name).and_then(|&at| self.fields.get(at)).map_or("", |field| field.trim())
    }
}

/// The character that is most frequent among comma, semicolon, tab and bar in a line of headings.
pub(super) fn delimiter(line: &str) -> Option<u8> {
    b",;\t|".iter().copied().max_by_key(|&mark| line.bytes().filter(|&byte| byte == mark).count())
}

/// Whether a text ends inside quotes: an odd number of them, and no line end behind the last. Quotes that a careless writer left
/// single elsewhere do not count as a cut.
pub(super) fn ends_in_quotes(text: &str) -> bool {
    !text.ends_with('\n') && text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

/// A heading as it is compared.
pub(super) fn heading(text: &str) -> String {
    text.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
