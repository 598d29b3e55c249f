//! Tables as text: comma-separated values (RFC 4180) and their relatives, row by row with places.
//!
//! ```
//! use bonafide_formats::{limits::Limits, table::Table};
//!
//! let mut table = Table::new(&b"id;name\n7;\"Sample; Robin\"\n"[..], &Limits::default())?;
//! let row = table.next_row().expect("there is one")?;
//! assert_eq!(row.get("name").as_deref(), Some("Sample; Robin"));
//! assert_eq!((row.number, row.line, row.span), (1, 2, (8, 26)));
//! # Ok::<(), bonafide_formats::error::Error>(())
//! ```

use std::{
    borrow::Cow,
    collections::HashMap,
    io::{self, BufRead, BufReader, Cursor, Read},
};

use bonafide_model::place::Place;

use crate::{encoding, error::Error, limits::Limits, packed::Unpacked};

/// How much of the start is looked at to recognise delimiter and encoding.
const SAMPLE: usize = 64 << 10;

/// A table that is read row by row with bounded memory; gzip, xz and UTF-16 are unpacked on the way.
pub struct Table<'r> {
    records: Records<'r>,
    headers: Vec<String>,
    columns: HashMap<String, usize>,
    duplicates: Vec<String>,
    delimiter: u8,
    windows_1252: bool,
    note: Option<String>,
    number: u64,
    ended: bool,
}

/// One row.
#[derive(Debug)]
pub struct Row<'t> {
    /// Number of the row from 1, headings not counted.
    pub number: u64,
    /// Line of the (unpacked) text on which it starts, from 1.
    pub line: u64,
    /// First byte in the (unpacked) text and the byte behind the last, line end included.
    pub span: (u64, u64),
    fields: &'t [u8],
    ends: &'t [usize],
    columns: &'t HashMap<String, usize>,
    headers: &'t [String],
    windows_1252: bool,
}

impl<'r> Table<'r> {
    /// Reads the heading row. The delimiter (comma, semicolon, tab or bar) is recognised by how evenly it divides the first lines.
    ///
    /// # Errors
    /// [`Error::Malformed`] where the source cannot be read or there is no heading row.
    pub fn new(source: impl Read + Send + 'r, limits: &Limits) -> Result<Self, Error> {
        let mut unpacked = Unpacked::new(source, limits)?;
        let mut note =
            unpacked.decoded_from().map(|name| format!("the text is {name}; byte positions refer to the decoded text"));
        let mut sample = Vec::new();
        (&mut unpacked).take(SAMPLE as u64).read_to_end(&mut sample).map_err(|error| failed(error, "the headings"))?;
        let mark = if sample.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let (declared, declaration) = declared_delimiter(&sample[mark..]);
        let delimiter = declared.unwrap_or_else(|| sniffed_delimiter(&sample[mark..]));
        let valid = std::str::from_utf8(&sample).is_ok() || cut_only(&sample);
        let windows_1252 = !valid && encoding::decode(&sample).encoding != "UTF-8";
        if windows_1252 {
            note = Some("the text is windows-1252 (guessed)".to_owned());
        }
        let mut records = Records {
            source: BufReader::with_capacity(SAMPLE, Box::new(Cursor::new(sample).chain(unpacked))),
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            fields: vec![0; 1024],
            ends: vec![0; 32],
            offset: 0,
            line: 1,
            most: limits.bytes,
        };
        records.skip(mark + declaration).map_err(|error| failed(error, "the headings"))?;
        let Some(record) = records.next_record(0)? else {
            return Err(Error::Malformed { format: "CSV", why: "there is no heading row".into() });
        };
        let (fields, ends) = records.record(&record);
        let headers: Vec<String> = (0..ends.len())
            .filter_map(|column| field(fields, ends, column))
            .map(|name| text(name, windows_1252).trim().to_owned())
            .collect();
        let mut columns = HashMap::with_capacity(headers.len());
        let mut duplicates = Vec::new();
        for (position, name) in headers.iter().enumerate() {
            if columns.contains_key(name) {
                duplicates.push(name.clone());
            } else {
                columns.insert(name.clone(), position);
            }
        }
        Ok(Self { records, headers, columns, duplicates, delimiter, windows_1252, note, number: 0, ended: false })
    }

    /// Headings in order, trimmed.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Headings that stand several times; the first of them counts.
    #[must_use]
    pub fn duplicates(&self) -> &[String] {
        &self.duplicates
    }

    /// Position of a heading.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(name).copied()
    }

    /// The delimiter that was recognised.
    #[must_use]
    pub const fn delimiter(&self) -> char {
        self.delimiter as char
    }

    /// What is to be known about the encoding, where it is not plain UTF-8.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The next row; `None` behind the last and after an error.
    ///
    /// # Errors
    /// [`Error::OverLimit`] where one row exceeds `limits.bytes` (an unclosed quote, most often); [`Error::Malformed`] where the
    /// source cannot be read.
    pub fn next_row(&mut self) -> Option<Result<Row<'_>, Error>> {
        if self.ended {
            return None;
        }
        match self.records.next_record(self.number + 1) {
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Ok(Some(record)) => {
                self.number += 1;
                let (fields, ends) = self.records.record(&record);
                Some(Ok(Row {
                    number: self.number,
                    line: record.line,
                    span: (record.start, self.records.offset),
                    fields,
                    ends,
                    columns: &self.columns,
                    headers: &self.headers,
                    windows_1252: self.windows_1252,
                }))
            }
        }
    }
}

impl<'t> Row<'t> {
    /// The field under a heading; `None` where there is no such heading or the row is too short.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'t, str>> {
        self.at(*self.columns.get(name)?)
    }

    /// The field at a position.
    #[must_use]
    pub fn at(&self, column: usize) -> Option<Cow<'t, str>> {
        field(self.fields, self.ends, column).map(|bytes| text(bytes, self.windows_1252))
    }

    /// Headings and fields in order. Fields behind the last heading have an empty one.
    pub fn fields(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> + use<'t> {
        let (fields, ends, headers, windows_1252) = (self.fields, self.ends, self.headers, self.windows_1252);
        (0..ends.len()).filter_map(move |column| {
            let bytes = field(fields, ends, column)?;
            Some((headers.get(column).map_or("", String::as_str), text(bytes, windows_1252)))
        })
    }

    /// Number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether all fields are empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.last().is_none_or(|&end| end == 0)
    }

    /// Line and span as a place.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::Text { line: u32::try_from(self.line).unwrap_or(u32::MAX), span: self.span }
    }
}

/// The bytes of the table as records, in two buffers that are used again and again.
struct Records<'r> {
    source: BufReader<Box<dyn Read + Send + 'r>>,
    parser: csv_core::Reader,
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// Bytes and lines taken so far.
    offset: u64,
    line: u64,
    most: u64,
}

/// Where a record starts, and how much of the buffers it takes.
struct Record {
    start: u64,
    line: u64,
    fields: usize,
    ends: usize,
}

impl Records<'_> {
    fn record(&self, record: &Record) -> (&[u8], &[usize]) {
        (&self.fields[..record.fields], &self.ends[..record.ends])
    }

    fn next_record(&mut self, number: u64) -> Result<Option<Record>, Error> {
        self.skip_line_ends().map_err(|error| row_failed(error, number))?;
        let mut record = Record { start: self.offset, line: self.line, fields: 0, ends: 0 };
        loop {
            let input = self.source.fill_buf().map_err(|error| row_failed(error, number))?;
            let (result, taken, written, ended) =
                self.parser.read_record(input, &mut self.fields[record.fields..], &mut self.ends[record.ends..]);
            let lines = memchr::memchr_iter(b'\n', &input[..taken]).count();
            self.source.consume(taken);
            self.offset += taken as u64;
            self.line += lines as u64;
            record.fields += written;
            record.ends += ended;
            if self.offset - record.start > self.most {
                let what = format!("row {number} (is a quote left open on line {}?)", record.line);
                return Err(Error::OverLimit { format: "CSV", what, limit: format!("{} bytes", self.most) });
            }
            match result {
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                csv_core::ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                csv_core::ReadRecordResult::Record => return Ok(Some(record)),
                csv_core::ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Moves to the first byte of the next record, which so has a true place.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = self.source.fill_buf()?;
            let blank = input.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
            let (all, more) = (blank == input.len(), !input.is_empty());
            self.skip(blank)?;
            if !(all && more) {
                return Ok(());
            }
        }
    }

    fn skip(&mut self, mut bytes: usize) -> io::Result<()> {
        while bytes > 0 {
            let input = self.source.fill_buf()?;
            let taken = bytes.min(input.len());
            if taken == 0 {
                break;
            }
            self.line += memchr::memchr_iter(b'\n', &input[..taken]).count() as u64;
            self.source.consume(taken);
            self.offset += taken as u64;
            bytes -= taken;
        }
        Ok(())
    }
}

fn field<'t>(fields: &'t [u8], ends: &[usize], column: usize) -> Option<&'t [u8]> {
    let end = *ends.get(column)?;
    let start = if column == 0 { 0 } else { ends[column - 1] };
    fields.get(start..end)
}

fn text(field: &[u8], windows_1252: bool) -> Cow<'_, str> {
    if windows_1252 { encoding_rs::WINDOWS_1252.decode_without_bom_handling(field).0 } else { String::from_utf8_lossy(field) }
}

/// Whether the only thing wrong is a character cut in two by the end.
fn cut_only(sample: &[u8]) -> bool {
    std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_none() && sample.len() == SAMPLE)
}

/// Spreadsheet programs write `sep=;` as a first line; answers the delimiter and the length of that line.
fn declared_delimiter(sample: &[u8]) -> (Option<u8>, usize) {
    let Some(rest) = sample.strip_prefix(b"sep=") else { return (None, 0) };
    match rest {
        [delimiter, b'\r', b'\n', ..] => (Some(*delimiter), 7),
        [delimiter, b'\n', ..] => (Some(*delimiter), 6),
        _ => (None, 0),
    }
}

fn sniffed_delimiter(sample: &[u8]) -> u8 {
    // How often each candidate stands outside quotes in the heading row, and in how many of the following rows it does so again.
    let candidates = *b",;\t|";
    let mut counts: Vec<[usize; 4]> = vec![[0; 4]];
    let mut quoted = false;
    for &byte in sample {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if counts.len() >= 50 {
                    break;
                }
                counts.push([0; 4]);
            }
            _ if !quoted => {
                if let (Some(which), Some(row)) = (candidates.iter().position(|&candidate| candidate == byte), counts.last_mut())
                {
                    row[which] += 1;
                }
            }
            _ => {}
        }
    }
    let rows = counts.iter().filter(|row| row.iter().any(|&count| count > 0)).count().max(1);
    (0..candidates.len())
        .filter(|&which| counts[0][which] > 0)
        .max_by_key(|&which| {
            let same = counts.iter().filter(|row| row[which] == counts[0][which]).count();
            (same * 100 / rows, counts[0][which], std::cmp::Reverse(which))
        })
        .map_or(b',', |which| candidates[which])
}

fn failed(error: io::Error, what: &str) -> Error {
    match error.downcast::<Error>() {
        Ok(limit) => limit,
        Err(error) => Error::Malformed { format: "CSV", why: format!("reading {what} failed: {error}") },
    }
}

fn row_failed(error: io::Error, number: u64) -> Error {
    failed(error, &format!("row {number}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Table;
    use crate::limits::Limits;

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut table = Table::new(bytes, &Limits::default()).expect("headings");
        let mut rows = vec![table.headers().to_vec()];
        while let Some(row) = table.next_row() {
            rows.push(row.expect("readable").fields().map(|(_, field)| field.into_owned()).collect());
        }
        rows
    }

    #[test]
    fn delimiters_are_recognised() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2,5\n3,5;4\n", ';'),
            ("a\tb, or not\n1\t2\n", '\t'),
            ("a|b\n1|2", '|'),
            ("\"a,b,c\";d\n1;2", ';'),
            ("only\none\n", ','),
            ("sep=;\na,x;b\n1;2\n", ';'),
            ("sep=\t\r\na\tb\r\n", '\t'),
        ] {
            assert_eq!(Table::new(text.as_bytes(), &Limits::default()).expect("headings").delimiter(), delimiter, "{text:?}");
        }
    }

    #[test]
    fn places_point_into_the_text() {
        let text = "\u{feff}id,note\r\n1,\"two\nlines\"\r\n2,\"say \"\"hi\"\"\"\n3\n";
        let mut table = Table::new(text.as_bytes(), &Limits::default()).expect("headings");
        assert_eq!(table.headers(), ["id", "note"]);
        let mut seen = Vec::new();
        while let Some(row) = table.next_row() {
            let row = row.expect("readable");
            let (start, end) = row.span;
            seen.push((
                row.number,
                row.line,
                text[start as usize..end as usize].trim().to_owned(),
                row.get("note").map(String::from),
            ));
        }
        assert_eq!(
            seen,
            [
                (1, 2, "1,\"two\nlines\"".to_owned(), Some("two\nlines".to_owned())),
                (2, 4, "2,\"say \"\"hi\"\"\"".to_owned(), Some("say \"hi\"".to_owned())),
                (3, 5, "3".to_owned(), None),
            ]
        );
    }

    #[test]
    fn foreign_encodings_are_read() {
        assert_eq!(rows(b"name;city\nZo\xeb;M\xfcnster\n")[1], ["Zoë", "Münster"]);
        let wide: Vec<u8> = "\u{feff}name\tcity\nZoë\tMünster".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&wide)[1], ["Zoë", "Münster"]);
    }

    #[test]
    fn duplicate_headings_are_named_and_long_rows_kept() {
        let mut table = Table::new(&b"a,a,b\n1,2,3,4\n"[..], &Limits::default()).expect("headings");
        assert_eq!(table.duplicates(), ["a"]);
        let row = table.next_row().expect("there").expect("readable");
        assert_eq!((row.get("a").as_deref(), row.get("b").as_deref(), row.len()), (Some("1"), Some("3"), 4));
        assert_eq!(row.fields().last(), Some(("", "4".into())));
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_file() {
        let mut text = b"id,name\n1,\"never closed\n".to_vec();
        text.extend(std::iter::repeat_n(*b"2,some name\n", 100_000).flatten());
        let mut table = Table::new(&text[..], &Limits { bytes: 200_000, ..Limits::default() }).expect("headings");
        let error = table.next_row().expect("there").expect_err("too long");
        assert!(error.to_string().contains("row 1") && error.to_string().contains("quote"), "{error}");
        assert!(table.next_row().is_none());
    }

    #[test]
    fn nothing_is_no_table() {
        assert!(Table::new(&b""[..], &Limits::default()).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(table in prop::collection::vec(prop::collection::vec("[a-zé,;\"\n ]{0,8}", 3), 1..8)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record(["first", "second", "third"]).expect("memory");
            for row in &table {
                writer.write_record(row).expect("memory");
            }
            let bytes = writer.into_inner().expect("memory");
            prop_assert_eq!(&rows(&bytes)[1..], &table[..]);
        }

        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(mut table) = Table::new(&bytes[..], &Limits::default()) {
                while let Some(row) = table.next_row() {
                    if let Ok(row) = row { prop_assert!(row.fields().count() == row.len()); }
                }
            }
        }
    }
}
