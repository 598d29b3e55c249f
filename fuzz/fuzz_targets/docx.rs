//! Word documents: any bytes as a file, and any text as the parts of a sound package.
#![no_main]

use std::io::{Cursor, Write};

use bonafide_formats::{docx, limits::Limits};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const PARTS: &[&str] = &["word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "docProps/core.xml"];
const SPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' xmlns:v='urn:schemas-microsoft-com:vml'";

fuzz_target!(|bytes: &[u8]| {
    let _ = docx::read("cv.docx", bytes, &Limits::default());
    let Some((&selector, content)) = bytes.split_first() else { return };
    let content = String::from_utf8_lossy(content);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (index, part) in PARTS.iter().enumerate() {
        let text = match (index == usize::from(selector) % PARTS.len(), *part) {
            (true, "word/document.xml") => format!("<w:document {SPACES}><w:body>{content}</w:body></w:document>"),
            (true, _) => content.clone().into_owned(),
            (false, "word/document.xml") => format!("<w:document {SPACES}><w:body><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>"),
            (false, _) => continue,
        };
        if writer.start_file(*part, options).is_err() || writer.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
    let Ok(package) = writer.finish() else { return };
    if let Ok(document) = docx::read("cv.docx", &package.into_inner(), &Limits::default()) {
        for line in &document.lines {
            assert!(!line.text.is_empty() && line.text.trim() == line.text);
            assert!(line.gaps.iter().all(|&gap| line.text[gap as usize..].starts_with(' ')), "{line:?}");
            assert!(line.runs.iter().all(|run| line.text.is_char_boundary(run.start as usize)), "{line:?}");
        }
    }
});
