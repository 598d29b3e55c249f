//! The file as bytes: header, identifiers, cross-reference sections, order of objects.

use std::collections::HashSet;

use lopdf::{Object, xref::XrefEntry};
use memchr::memmem;
use sha2::{Digest, Sha256};

use super::{Output, hexadecimal};
use crate::digest;
use crate::pdf::{
    lexer::{Lexer, Token},
    structure::{Pdf, as_dictionary},
};

/// Cross-reference sections followed.
const SECTIONS: usize = 1_000;

pub(super) fn read(output: &mut Output<'_>) {
    let pdf = output.pdf;
    output.add("pdf_version", pdf.document.version.clone(), "header");
    output.add_some("header_binary_comment", binary_comment(pdf.bytes), "header");
    output.add("linearized", pdf.document.linearization.is_some().to_string(), "header");
    output.add("eof_count", memmem::find_iter(pdf.bytes, b"%%EOF").count().to_string(), "file");
    read_identifiers(output);
    let sections = Sections::follow(pdf.bytes);
    output.add_some("xref_kind", sections.kind, "file");
    output.add("prev_chain", sections.count.saturating_sub(1).to_string(), "file");
    output.add("object_count", pdf.document.objects.len().to_string(), "file");
    output.add("object_type_hash", object_type_hash(pdf), "file");
    if pdf.encrypted {
        output.add("encrypted", "opens with the empty password", "trailer");
    }
    if pdf.repaired {
        output.add("xref_repaired", "true", "file");
    }
}

fn read_identifiers(output: &mut Output<'_>) {
    let pdf = output.pdf;
    let ids = pdf.array(&pdf.document.trailer, "ID").unwrap_or_default();
    for (name, id) in ["trailer_id0", "trailer_id1"].iter().zip(ids) {
        if let Object::String(bytes, _) = pdf.resolve(id) {
            output.add(name, hexadecimal(bytes), "trailer");
        }
    }
}

/// The comment of bytes above 127 that follows the header line.
fn binary_comment(bytes: &[u8]) -> Option<String> {
    let start = memmem::find(&bytes[..bytes.len().min(2048)], b"%PDF-")?;
    let line_end = |bytes: &[u8]| bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
    let rest = &bytes[start + line_end(&bytes[start..])..];
    let rest = rest.trim_ascii_start().strip_prefix(b"%")?;
    let comment = &rest[..line_end(rest).min(32)];
    comment.iter().any(|byte| *byte > 127).then(|| hexadecimal(comment))
}

/// The cross-reference sections from the last to the first.
struct Sections {
    kind: Option<&'static str>,
    count: usize,
}

impl Sections {
    fn follow(bytes: &[u8]) -> Self {
        let mut sections = Self { kind: None, count: 0 };
        // Offsets count from the header, which need not stand at the start of the file.
        let header = memmem::find(&bytes[..bytes.len().min(2048)], b"%PDF-").unwrap_or(0);
        let mut next = memmem::rfind(bytes, b"startxref").and_then(|at| match Lexer::new(&bytes[at + 9..]).next() {
            Some(Token::Number(offset)) if offset >= 0.0 => Some(offset as usize),
            _ => None,
        });
        let mut seen = HashSet::new();
        while let Some(offset) = next
            && sections.count < SECTIONS
            && seen.insert(offset)
            && let Some(section) = bytes.get(header.saturating_add(offset)..)
        {
            let section = section.trim_ascii_start();
            let table = section.starts_with(b"xref");
            let dictionary = if table {
                // The trailer follows the entries of the table: twenty bytes each.
                memmem::find(section, b"trailer").map(|at| &section[at + 7..])
            } else {
                memmem::find(&section[..section.len().min(64)], b"<<").map(|at| &section[at..])
            };
            let Some(dictionary) = dictionary else { break };
            let links = Links::read(dictionary);
            if sections.kind.is_none() {
                sections.kind = Some(match (table, links.hybrid) {
                    (true, true) => "hybrid",
                    (true, false) => "table",
                    (false, _) => "stream",
                });
            }
            sections.count += 1;
            next = links.previous;
        }
        sections
    }
}

/// The entries of a trailer that lead to other sections.
#[derive(Default)]
struct Links {
    previous: Option<usize>,
    hybrid: bool,
}

impl Links {
    fn read(dictionary: &[u8]) -> Self {
        let mut links = Self::default();
        let mut depth = 0;
        let mut key: Option<Vec<u8>> = None;
        for token in Lexer::new(dictionary).take(5000) {
            match token {
                Token::DictionaryStart | Token::ArrayStart => depth += 1,
                Token::DictionaryEnd | Token::ArrayEnd => {
                    depth -= 1;
                    if depth <= 0 {
                        break;
                    }
                }
                Token::Name(name) if depth == 1 => {
                    key = Some(name.into_owned());
                    continue;
                }
                Token::Number(number) if depth == 1 && number >= 0.0 => match key.as_deref() {
                    Some(b"Prev") => links.previous = Some(number as usize),
                    Some(b"XRefStm") => links.hybrid = true,
                    _ => {}
                },
                _ => {}
            }
            key = None;
        }
        links
    }
}

/// Digest of the kinds of objects in the order in which they stand in the file: files of one writer and one template share it.
fn object_type_hash(pdf: &Pdf<'_>) -> String {
    let entries = &pdf.document.reference_table.entries;
    let place = |number: u32| match entries.get(&number) {
        Some(XrefEntry::Normal { offset, .. }) => (*offset, 0),
        Some(XrefEntry::Compressed { container, index }) => match entries.get(container) {
            Some(XrefEntry::Normal { offset, .. }) => (*offset, u32::from(*index) + 1),
            _ => (u32::MAX, u32::from(*index)),
        },
        _ => (u32::MAX, number),
    };
    let mut order: Vec<((u32, u32), &Object)> = pdf.document.objects.iter().map(|(id, object)| (place(id.0), object)).collect();
    order.sort_by_key(|(place, _)| *place);
    let mut digest = Sha256::new();
    for (_, object) in order {
        let name = |key: &str| as_dictionary(object).and_then(|dictionary| pdf.name(dictionary, key)).unwrap_or_default();
        digest.update(object.enum_variant().as_bytes());
        digest.update([b'/']);
        digest.update(name("Type"));
        digest.update([b'/']);
        digest.update(name("Subtype"));
        digest.update([b'\n']);
    }
    digest::hexadecimal(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_followed_once() {
        let body = "%PDF-1.4\nxref\n0 1\ntrailer <</Size 1>>\n";
        let file = format!("{body}xref\n0 1\ntrailer <</Size 1/Prev 9/XRefStm 4>>\nstartxref\n{}\n%%EOF", body.len());
        let sections = Sections::follow(file.as_bytes());
        assert_eq!((sections.kind, sections.count), (Some("hybrid"), 2));
        let circle = b"%PDF-1.4\nxref\n0 1\ntrailer <</Size 1/Prev 9>>\nstartxref\n9\n%%EOF";
        assert_eq!(Sections::follow(circle).count, 1);
        assert_eq!(Sections::follow(b"nothing").kind, None);
    }

    #[test]
    fn binary_comment_is_the_line_behind_the_header() {
        assert_eq!(binary_comment(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj").as_deref(), Some("E2E3CFD3"));
        assert_eq!(binary_comment(b"%PDF-1.7\n1 0 obj"), None);
    }
}
