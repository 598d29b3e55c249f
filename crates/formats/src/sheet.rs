//! Spreadsheets: XLSX (ECMA-376) and ODS (ISO/IEC 26300) as rows of texts, within limits.
//!
//! Only values are read: no formulas, no macros, no links to elsewhere. A cell with a number or a date keeps the value as the file
//! stores it (XLSX stores days since 1899-12-30, see [`Workbook::counts_from_1904`]); what a column means is the caller's to know.
//! A container like this belongs into a worker process, see [`crate::worker`].

use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    limits::Limits,
    xml::{self, Element, Space},
    zip::Archive,
};

/// The sheets of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// The sheets in order.
    pub sheets: Vec<Sheet>,
    /// Whether days count from 1904-01-01 instead of 1899-12-30 (XLSX of old Macintosh programs).
    pub counts_from_1904: bool,
    /// What could not be read.
    pub notes: Vec<String>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty where it is not known.
    pub name: String,
    /// Rows that hold anything, in order.
    pub rows: Vec<SheetRow>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Number in the sheet, from 1.
    pub number: u32,
    /// Texts of the cells from the first column to the last that holds anything.
    pub cells: Vec<String>,
}

/// Columns of the widest sheets (XLSX: 16,384).
const MOST_COLUMNS: usize = 16_384;
/// Sheets that are read of one file.
const MOST_SHEETS: u32 = 100;

/// Reads an XLSX or ODS file.
///
/// # Errors
/// [`Error::Unsupported`] where the container holds neither, [`Error::OverLimit`] over a limit (`nodes` bounds the cells,
/// `characters` the text), [`Error::Malformed`] where it is damaged.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, Error> {
    let archive = Archive::open(bytes, limits)?;
    let mut budget = Budget { cells: u64::from(limits.nodes), characters: limits.characters };
    let book = if archive.find("xl/workbook.xml").is_some() {
        xlsx(&archive, limits, &mut budget)?
    } else if archive.find("content.xml").is_some() {
        ods(&archive, limits, &mut budget)?
    } else {
        return Err(Error::Unsupported { name: name.to_owned(), why: "a ZIP container without sheets".into() });
    };
    Ok(book)
}

/// What cells may still take.
struct Budget {
    cells: u64,
    characters: u64,
}

impl Budget {
    fn take(&mut self, text: &str) -> Result<(), Error> {
        let over = |what: &str, limit: &str| Error::OverLimit { format: "sheet", what: what.into(), limit: limit.into() };
        self.cells = self.cells.checked_sub(1).ok_or_else(|| over("the number of cells", "nodes"))?;
        self.characters = self.characters.checked_sub(text.len() as u64).ok_or_else(|| over("the text", "characters"))?;
        Ok(())
    }
}

fn part(archive: &Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Error> {
    archive.find(name).map(|entry| archive.read(entry)).transpose()
}

/// Names of elements and attributes are told apart without their namespaces.
fn no_spaces(_: &str) -> Space {
    0
}

/// An attribute by its local name in any namespace (`r:id` and `id` differ in none of these formats' elements).
fn attribute<'t>(element: Element<'t>, local: &str) -> Option<&'t str> {
    element.attributes().find(|(_, name, _)| *name == local).map(|(_, _, value)| value)
}

fn xlsx(archive: &Archive<'_>, limits: &Limits, budget: &mut Budget) -> Result<Workbook, Error> {
    let mut book = Workbook::default();
    let bytes = part(archive, "xl/workbook.xml")?.unwrap_or_default();
    let decoded = xml::decode(&bytes);
    let tree = xml::parse(&decoded.text, no_spaces, limits);
    let mut names = Vec::new();
    for element in tree.root().into_iter().flat_map(Element::descendants) {
        match element.local() {
            "sheet" => names.push(attribute(element, "name").unwrap_or_default().to_owned()),
            "workbookPr" => book.counts_from_1904 = matches!(attribute(element, "date1904"), Some("1" | "true")),
            _ => {}
        }
    }
    let strings = shared_strings(archive, limits, budget, &mut book.notes)?;
    // Sheets are numbered in the order in which they were made; nearly always that of the workbook.
    for number in 1..=MOST_SHEETS {
        let Some(bytes) = part(archive, &format!("xl/worksheets/sheet{number}.xml"))? else { break };
        let decoded = xml::decode(&bytes);
        let tree = xml::parse(&decoded.text, no_spaces, limits);
        book.notes.extend(tree.notes.iter().map(|note| format!("sheet {number}: {note}")));
        let name = names.get(number as usize - 1).cloned().unwrap_or_default();
        let mut sheet = Sheet { name, rows: Vec::new() };
        for row in tree.root().into_iter().flat_map(Element::descendants).filter(|element| element.local() == "row") {
            let before = sheet.rows.last().map_or(0, |row| row.number);
            let number = attribute(row, "r").and_then(|text| text.parse().ok()).unwrap_or(before.saturating_add(1));
            let cells = xlsx_cells(row, &strings, budget)?;
            if !cells.is_empty() {
                sheet.rows.push(SheetRow { number, cells });
            }
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn shared_strings(
    archive: &Archive<'_>,
    limits: &Limits,
    budget: &mut Budget,
    notes: &mut Vec<String>,
) -> Result<Vec<String>, Error> {
    let bytes = part(archive, "xl/sharedStrings.xml")?.unwrap_or_default();
    let decoded = xml::decode(&bytes);
    let tree = xml::parse(&decoded.text, no_spaces, limits);
    notes.extend(tree.notes.iter().filter(|_| !bytes.is_empty()).map(|note| format!("shared texts: {note}")));
    let items = tree.root().into_iter().flat_map(Element::children).filter(|element| element.local() == "si");
    items
        .map(|item| {
            let text = runs(item);
            budget.take(&text).map(|()| text)
        })
        .collect()
}

/// The text of a shared or inline string: its runs, without phonetic guides.
fn runs(item: Element<'_>) -> String {
    let mut text = String::new();
    for child in item.children() {
        match child.local() {
            // Carriage returns are escaped (ECMA-376 part 1, 22.9.2.19).
            "t" => text.push_str(&child.text().replace("_x000D_", "\r")),
            "r" => child.children().filter(|part| part.local() == "t").for_each(|part| text.push_str(&part.text())),
            _ => {}
        }
    }
    text
}

fn xlsx_cells(row: Element<'_>, strings: &[String], budget: &mut Budget) -> Result<Vec<String>, Error> {
    let mut cells: Vec<String> = Vec::new();
    for cell in row.children().filter(|cell| cell.local() == "c") {
        let value = || cell.children().find(|part| part.local() == "v").map(Element::text).unwrap_or_default();
        let text = match attribute(cell, "t") {
            Some("s") => value().trim().parse().ok().and_then(|index: usize| strings.get(index).cloned()).unwrap_or_default(),
            Some("inlineStr") => cell.children().find(|part| part.local() == "is").map(runs).unwrap_or_default(),
            Some("e") => String::new(),
            _ => value(),
        };
        let at = attribute(cell, "r").and_then(column).unwrap_or(cells.len());
        if text.is_empty() || at >= MOST_COLUMNS {
            continue;
        }
        budget.take(&text)?;
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        cells[at] = text;
    }
    Ok(cells)
}

/// The column of a reference such as `AB12`, from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(None, |at: Option<usize>, letter| Some(at.map_or(0, |at| at + 1) * 26 + usize::from(letter - b'A')))
}

fn ods(archive: &Archive<'_>, limits: &Limits, budget: &mut Budget) -> Result<Workbook, Error> {
    let mut book = Workbook::default();
    let bytes = part(archive, "content.xml")?.unwrap_or_default();
    let decoded = xml::decode(&bytes);
    let tree = xml::parse(&decoded.text, no_spaces, limits);
    book.notes.extend(tree.notes.iter().cloned());
    let tables = tree.root().into_iter().flat_map(Element::descendants).filter(|element| element.local() == "table");
    for table in tables.take(MOST_SHEETS as usize) {
        let mut sheet = Sheet { name: attribute(table, "name").unwrap_or_default().to_owned(), rows: Vec::new() };
        let mut number = 1_u32;
        for row in table.descendants().filter(|element| element.local() == "table-row") {
            let cells = ods_cells(row, budget)?;
            let repeated: u32 = attribute(row, "number-rows-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
            if cells.is_empty() {
                number = number.saturating_add(repeated);
                continue;
            }
            for _ in 0..repeated {
                cells.iter().try_for_each(|text| budget.take(text))?;
                sheet.rows.push(SheetRow { number, cells: cells.clone() });
                number = number.saturating_add(1);
            }
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn ods_cells(row: Element<'_>, budget: &mut Budget) -> Result<Vec<String>, Error> {
    let mut cells = Vec::new();
    let mut at = 0_usize;
    for cell in row.children().filter(|cell| matches!(cell.local(), "table-cell" | "covered-table-cell")) {
        let repeated: usize = attribute(cell, "number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
        let text = ods_text(cell);
        let end = at.saturating_add(repeated).min(MOST_COLUMNS);
        if !text.is_empty() && at < end {
            cells.resize(at, String::new());
            for _ in at..end {
                budget.take(&text)?;
                cells.push(text.clone());
            }
        }
        at = end;
    }
    Ok(cells)
}

/// The stored value of a date, else the shown paragraphs.
fn ods_text(cell: Element<'_>) -> String {
    if let Some(date) = attribute(cell, "date-value") {
        return date.to_owned();
    }
    let paragraphs = cell.children().filter(|child| child.local() == "p");
    paragraphs.map(|paragraph| paragraph.text().trim().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn xlsx_cells_stand_where_their_references_say() {
        let bytes = packed(&[
            ("xl/workbook.xml", r#"<workbook><sheets><sheet name="People"/></sheets></workbook>"#),
            ("xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><r><t>Robin </t></r><r><t>Sample</t></r></si></sst>"),
            (
                "xl/worksheets/sheet1.xml",
                r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>
                <row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3"><v>46126</v></c><c r="D3" t="inlineStr"><is><t>x</t></is></c></row>
                </sheetData></worksheet>"#,
            ),
        ]);
        let book = read("people.xlsx", &bytes, &Limits::default()).unwrap();
        assert_eq!(book.sheets[0].name, "People");
        let rows: Vec<(u32, Vec<&str>)> =
            book.sheets[0].rows.iter().map(|row| (row.number, row.cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(rows, [(1, vec!["Name"]), (3, vec!["Robin Sample", "", "46126", "x"])]);
    }

    #[test]
    fn ods_repetitions_are_unfolded_where_they_hold_anything() {
        let bytes = packed(&[(
            "content.xml",
            r#"<d xmlns:table="t" xmlns:text="x" xmlns:office="o"><table:table table:name="S">
            <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            <table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell><table:table-cell/>
            <table:table-cell office:date-value="2021-03-14"><text:p>14.03.21</text:p></table:table-cell></table:table-row>
            </table:table></d>"#,
        )]);
        let book = read("s.ods", &bytes, &Limits::default()).unwrap();
        assert_eq!(
            book.sheets[0].rows,
            [SheetRow { number: 1_000_001, cells: vec!["a".into(), "a".into(), String::new(), "2021-03-14".into()] }]
        );
    }

    #[test]
    fn floods_of_cells_end_at_the_limit() {
        let bytes = packed(&[(
            "content.xml",
            r#"<d xmlns:table="t" xmlns:text="x"><table:table><table:table-row table:number-rows-repeated="4000000000">
            <table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell></table:table-row></table:table></d>"#,
        )]);
        let limits = Limits { nodes: 100_000, ..Limits::default() };
        assert!(matches!(read("s.ods", &bytes, &limits), Err(Error::OverLimit { .. })));
        assert!(read("s.ods", b"PK\x03\x04", &limits).is_err());
        assert!(matches!(read("s.zip", &packed(&[("a", "b")]), &limits), Err(Error::Unsupported { .. })));
    }

    #[test]
    fn columns_of_references() {
        assert_eq!(["A1", "Z9", "AA1", "XFD1", "12"].map(column), [Some(0), Some(25), Some(26), Some(16_383), None]);
    }
}
