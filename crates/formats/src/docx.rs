//! Word documents: Office Open XML word processing (ISO/IEC 29500), Transitional and Strict.
//!
//! [`read`] answers with the text in the order a reader takes it in (headers, body with tables and text boxes, notes, footers), the
//! text that a reader does not see, links, pictures, and every property that tells where the file came from. Property names:
//! see the table in the crate's README.
//!
//! Nothing outside the file is ever opened. Damaged or over-large parts are named in `incomplete`, and the rest is read.

mod grid;
mod inline;
mod look;
mod names;
mod output;
mod package;
mod properties;
mod shapes;
mod story;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use bonafide_model::{fact::Hiding, place::Place};

use self::{
    names::{W, twips},
    output::Output,
    package::{Package, Relationship},
    story::{Context, Story},
    styles::{Numbering, Styles},
};
use crate::{
    digest,
    document::{Document, DocumentFormat, EmbeddedPicture, PageSize},
    error::Error,
    image,
    limits::Limits,
    xml::Element,
    zip::Archive,
};

/// Reads a document from its bytes.
///
/// # Errors
/// [`Error::Unsupported`] for other formats (`.doc`, `.odt`, `.rtf`, spreadsheets, presentations), [`Error::Encrypted`],
/// [`Error::OverLimit`] where the file itself is too large, [`Error::Malformed`] where it is no ZIP archive or has no text part.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    if let Some(error) = refusal(name, bytes) {
        return Err(error);
    }
    let package = Package::open(bytes, limits)?;
    let main = main_part(name, &package)?;
    let mut reader =
        Reader { package: &package, output: Output::new(limits), context: Context::default(), unused_links: Vec::new() };
    reader.read(&main)?;
    let mut document = reader.output.document;
    document.format = DocumentFormat::Docx;
    document.image_only = document.lines.is_empty() && !document.pictures.is_empty();
    let mut notes = package.into_notes();
    notes.append(&mut document.incomplete);
    document.incomplete = notes;
    Ok(document)
}

/// Names what is no Word document although its name or place may say so; `None` where [`read`] may try.
#[must_use]
pub fn refusal(name: &str, bytes: &[u8]) -> Option<Error> {
    let unsupported = |why: &str| Some(Error::Unsupported { name: name.to_owned(), why: why.to_owned() });
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        // An encrypted OOXML file is a compound file with this stream (MS-OFFCRYPTO, 2.3.1).
        let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return if memchr::memmem::find(bytes, &stream).is_some() {
            Some(Error::Encrypted { format: "DOCX" })
        } else {
            unsupported("a binary Word document of 1997 to 2003; save it as .docx or PDF")
        };
    }
    if bytes.starts_with(b"{\\rtf") {
        return unsupported("Rich Text Format; save it as .docx or PDF");
    }
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let archive = Archive::open(bytes, &Limits::default()).ok()?;
    let kind = archive.find("mimetype").filter(|entry| entry.size < 200).and_then(|entry| archive.read(entry).ok())?;
    let kind = String::from_utf8_lossy(&kind).into_owned();
    match kind.trim() {
        "application/vnd.oasis.opendocument.text" => unsupported("an OpenDocument text; save it as .docx or PDF"),
        kind if kind.starts_with("application/vnd.oasis.opendocument") || kind == "application/epub+zip" => unsupported(kind),
        _ => None,
    }
}

fn main_part(name: &str, package: &Package<'_>) -> Result<String, Error> {
    const TEXT: &str = "wordprocessingml.document.main+xml";
    let named = package
        .relationships("")
        .into_iter()
        .find(|relationship| relationship.kind == "officeDocument" && !relationship.external);
    let part = named
        .map(|relationship| relationship.part)
        .filter(|part| package.archive.find(part).is_some())
        .or_else(|| package.parts_of_type(TEXT))
        .unwrap_or_else(|| "word/document.xml".to_owned());
    if package.archive.find(&part).is_none() {
        return Err(Error::Malformed { format: "DOCX", why: format!("there is no text part ({part})") });
    }
    for (sign, what) in [("spreadsheetml", "a spreadsheet"), ("presentationml", "a presentation"), ("visio", "a drawing")] {
        if package.content_type(&part).is_some_and(|kind| kind.contains(sign)) {
            return Err(Error::Unsupported { name: name.to_owned(), why: what.to_owned() });
        }
    }
    Ok(part)
}

/// Most embedded pictures.
const MOST_PICTURES: usize = 1_000;

struct Reader<'r, 'a> {
    package: &'r Package<'a>,
    output: Output,
    context: Context,
    /// Targets that no text links to, with their part: that text was deleted or replaced, and may have been another person's.
    unused_links: Vec<(String, String)>,
}

/// Reads the properties of a part.
type PropertyReader = fn(Element<'_>, &str, &mut Output);

impl Reader<'_, '_> {
    fn read(&mut self, main: &str) -> Result<(), Error> {
        let relationships = self.package.relationships(main);
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Files that a hand has edited may hold parts that no relationship names.
        let part = |kind: &str, file: &str| {
            let named = relationships.iter().find(|relationship| relationship.kind == kind && !relationship.external);
            let usual = format!("{folder}/{file}");
            named.map(|relationship| relationship.part.clone()).or_else(|| self.package.archive.find(&usual).map(|_| usual))
        };
        let parts = [
            part("styles", "styles.xml"),
            part("numbering", "numbering.xml"),
            part("settings", "settings.xml"),
            part("fontTable", "fontTable.xml"),
            part("theme", "theme/theme1.xml"),
            part("people", "people.xml"),
            part("comments", "comments.xml"),
        ];
        let [styles, numbering, settings, font_table, theme, people, comments] = parts;

        properties::archive(self.package, &mut self.output);
        self.file_properties();
        if let Some(part) = styles {
            self.context.styles = self.hashed(&part, "styles_sha256", properties::styles, Styles::read).unwrap_or_default();
        }
        if let Some(part) = numbering {
            self.context.numbering =
                self.hashed(&part, "numbering_sha256", properties::numbering, Numbering::read).unwrap_or_default();
        }
        for (part, name, read) in [
            (font_table, "font_table_sha256", properties::font_table as PropertyReader),
            (theme, "theme_sha256", properties::theme),
            (people, "people_sha256", properties::people),
        ] {
            if let Some(part) = part {
                self.hashed(&part, name, read, |_| ());
            }
        }
        let even_pages = settings.is_some_and(|part| self.settings(&part));
        self.custom_xml();
        self.body(main, &relationships, even_pages)?;
        if let Some(part) = comments {
            self.comments(&part);
        }
        self.pictures();
        self.leftovers();
        let used: HashSet<String> = self.output.document.links.iter().map(|link| link.target.clone()).collect();
        for (target, part) in std::mem::take(&mut self.unused_links) {
            if !used.contains(&target) {
                self.output.property("unused_link_target", &target, &part);
            }
        }
        Ok(())
    }

    fn file_properties(&mut self) {
        let relationships = self.package.relationships("");
        for (kind, usual, read) in [
            ("core-properties", "docProps/core.xml", properties::core as PropertyReader),
            ("extended-properties", "docProps/app.xml", properties::extended),
            ("custom-properties", "docProps/custom.xml", properties::custom),
        ] {
            // Strict files name the kinds `coreProperties` and so on.
            let same = |relationship: &&Relationship| relationship.kind.replace("Properties", "-properties") == kind;
            let part = relationships.iter().find(same).map_or_else(|| usual.to_owned(), |relationship| relationship.part.clone());
            let output = &mut self.output;
            self.package.with_xml(&part, |root, _| read(root, &part, output));
        }
        for relationship in relationships.iter().filter(|relationship| relationship.kind == "thumbnail") {
            if let Some(bytes) = self.package.part(&relationship.part) {
                self.output.property("thumbnail_sha256", &digest::sha256(&bytes), &relationship.part);
            }
        }
    }

    /// Reads a part's properties and its hash, by which files made from one template are told.
    fn hashed<T>(&mut self, part: &str, name: &str, read: PropertyReader, then: impl FnOnce(Element<'_>) -> T) -> Option<T> {
        let output = &mut self.output;
        self.package.with_xml(part, |root, bytes| {
            output.property(name, &digest::sha256(bytes), part);
            read(root, part, output);
            properties::marks(root, part, output);
            then(root)
        })
    }

    /// Reads the settings; true where odd and even pages have headers of their own.
    fn settings(&mut self, part: &str) -> bool {
        let relationships = self.package.relationships(part);
        let output = &mut self.output;
        self.package
            .with_xml(part, |root, _| {
                properties::settings(root, part, &relationships, output);
                names::switch(root, "evenAndOddHeaders").unwrap_or(false)
            })
            .unwrap_or(false)
    }

    fn custom_xml(&mut self) {
        let names: Vec<String> = self.package.archive.entries().iter().map(|entry| entry.name.clone()).collect();
        for part in names.iter().filter(|name| name.starts_with("customXml/itemProps") && name.ends_with(".xml")) {
            let output = &mut self.output;
            self.package.with_xml(part, |root, _| properties::custom_xml(root, part, output));
        }
    }

    /// The text: headers, body, notes, footers.
    fn body(&mut self, main: &str, relationships: &[Relationship], even_pages: bool) -> Result<(), Error> {
        let package = self.package;
        let part_of = |id: &String| {
            relationships.iter().find(|relationship| relationship.id == *id).map(|relationship| relationship.part.clone())
        };
        let read = package.with_xml(main, |root, _| {
            let sections = Sections::read(root, even_pages);
            let headers: Vec<String> = sections.headers.iter().filter_map(part_of).collect();
            let footers: Vec<String> = sections.footers.iter().filter_map(part_of).collect();
            self.context.page = sections.page;
            self.context.backdrop = look::has_backdrop(root)
                || headers.iter().any(|part| package.with_xml(part, |header, _| look::has_backdrop(header)).unwrap_or(false));
            if sections.page.0 > 0 {
                let (width, height) = (sections.page.0 as f32 / 20.0, sections.page.1 as f32 / 20.0);
                self.output.document.pages.push(PageSize { width, height });
            }
            for part in &headers {
                self.other_story(part);
            }
            self.story(main, root, relationships);
            for kind in ["footnotes", "endnotes"] {
                let notes = relationships.iter().find(|relationship| relationship.kind == kind && !relationship.external);
                if let Some(notes) = notes {
                    self.other_story(&notes.part);
                }
            }
            for part in &footers {
                self.other_story(part);
            }
            let shown = |part: &String| headers.contains(part) || footers.contains(part);
            for unused in relationships.iter().filter(|one| matches!(one.kind.as_str(), "header" | "footer") && !shown(&one.part))
            {
                self.unused_story(&unused.part);
            }
        });
        read.ok_or_else(|| Error::Malformed {
            format: "DOCX",
            why: format!("the text part {main} cannot be read: {}", package.last_note().unwrap_or_default()),
        })
    }

    /// A part beside the body: header, footer, notes.
    fn other_story(&mut self, part: &str) {
        let relationships = self.package.relationships(part);
        self.package.with_xml(part, |root, _| self.story(part, root, &relationships));
    }

    fn story(&mut self, part: &str, root: Element<'_>, relationships: &[Relationship]) {
        properties::marks(root, part, &mut self.output);
        let by_id: HashMap<String, Relationship> =
            relationships.iter().map(|relationship| (relationship.id.clone(), relationship.clone())).collect();
        let mut story = Story::new(&self.context, part, &by_id, &mut self.output);
        let lines = match root.local() {
            "document" => root.child(W, "body").map(|body| story.read(body)).unwrap_or_default(),
            "footnotes" | "endnotes" => root
                .children()
                // Separators have a type.
                .filter(|note| note.attribute(W, "type").is_none_or(|kind| kind == "normal"))
                .flat_map(|note| story.read(note))
                .collect(),
            _ => story.read(root),
        };
        let used = std::mem::take(&mut story.used);
        self.output.document.lines.extend(lines);
        let unused = relationships.iter().filter(|one| one.kind == "hyperlink" && one.external && !used.contains(&one.id));
        self.unused_links.extend(unused.map(|relationship| (relationship.target.clone(), part.to_owned())));
    }

    /// A header or footer that no page shows.
    fn unused_story(&mut self, part: &str) {
        let output = &mut self.output;
        self.package.with_xml(part, |root, _| {
            properties::marks(root, part, output);
            let text: Vec<String> = root.descendants().filter(|inner| inner.is(W, "t")).map(Element::text).collect();
            let text = text.concat();
            if !text.trim().is_empty() && output.allows(&text) {
                output.property("unused_header", text.trim(), part);
            }
        });
    }

    fn comments(&mut self, part: &str) {
        let output = &mut self.output;
        self.package.with_xml(part, |root, _| {
            properties::marks(root, part, output);
            for (number, comment) in root.children().filter(|child| child.is(W, "comment")).enumerate() {
                output.some_property("comment_author", comment.attribute(W, "author"), part);
                output.some_property("comment_initials", comment.attribute(W, "initials"), part);
                output.some_property("comment_date", comment.attribute(W, "date"), part);
                let text: Vec<String> = comment.descendants().filter(|inner| inner.is(W, "t")).map(Element::text).collect();
                let place = Place::Part { part: part.to_owned(), line: Some(number as u32 + 1) };
                output.hidden(Hiding::Metadata, &text.concat(), &place);
            }
        });
    }

    fn pictures(&mut self) {
        let package = self.package;
        // All pictures together may have as many pixels as one.
        let mut limits = package.limits.clone();
        for entry in package.archive.entries().iter().filter(|entry| entry.name.contains("/media/") && !entry.is_folder()) {
            let name = entry.name.as_str();
            if self.output.document.pictures.len() == MOST_PICTURES {
                self.output.incomplete(format!("only the first {MOST_PICTURES} pictures were read"));
                break;
            }
            let Some(bytes) = package.part(name) else { continue };
            let place = self.output.picture_places.get(&name.to_ascii_lowercase()).cloned();
            let place = place.unwrap_or_else(|| Place::Part { part: name.to_owned(), line: None });
            let mut picture = EmbeddedPicture { sha256: digest::sha256(&bytes), place, ..EmbeddedPicture::default() };
            self.output.property("image_sha256", &picture.sha256, name);
            match image::inspect(name, &bytes, &limits) {
                Ok(inspected) => {
                    limits.pixels = limits.pixels.saturating_sub(u64::from(inspected.width) * u64::from(inspected.height));
                    (picture.width, picture.height) = (inspected.width, inspected.height);
                    picture.phash = inspected.phash.map(|hash| hash.to_string());
                    picture.software = inspected.software;
                    for property in inspected.metadata {
                        self.output.property(&format!("image_{}", property.name), &property.value, name);
                    }
                    for sign in inspected.generator_signs {
                        self.output.property("image_generator_sign", &sign, name);
                    }
                    inspected.incomplete.into_iter().for_each(|why| self.output.incomplete(why));
                }
                // Drawings of other kinds are told by their hash alone.
                Err(Error::Unsupported { .. }) => {}
                Err(error) => self.output.incomplete(format!("{name}: {error}")),
            }
            self.output.document.pictures.push(picture);
        }
    }

    /// Targets outside, macros, embedded files, signatures.
    fn leftovers(&mut self) {
        let package = self.package;
        for entry in package.archive.entries() {
            let name = entry.name.as_str();
            if let Some(part) = part_of_relationships(name) {
                for relationship in package.relationships(&part).iter().filter(|relationship| relationship.external) {
                    self.output.property("external_target", &relationship.target, name);
                }
            } else if name.ends_with("vbaProject.bin") {
                if let Some(bytes) = package.part(name) {
                    self.output.property("macros_sha256", &digest::sha256(&bytes), name);
                }
            } else if name.contains("/embeddings/") && !entry.is_folder() {
                self.output.property("embedded_file", name, name);
            } else if name.starts_with("_xmlsignatures/") && name.ends_with(".xml") {
                self.output.property("signature", name, name);
            }
        }
    }
}

/// `word/_rels/document.xml.rels` belongs to `word/document.xml`.
fn part_of_relationships(name: &str) -> Option<String> {
    let (folder, file) = name.strip_suffix(".rels")?.rsplit_once("_rels/")?;
    Some(format!("{folder}{file}"))
}

/// What the sections of the text say about pages, headers and footers (ISO/IEC 29500-1, 17.6, 17.10).
#[derive(Default)]
struct Sections {
    /// Relationship ids of those that are shown, in order.
    headers: Vec<String>,
    footers: Vec<String>,
    /// Size of the first section's pages in twentieths of a point; zero where unknown.
    page: (i32, i32),
}

impl Sections {
    fn read(root: Element<'_>, even_pages: bool) -> Self {
        let mut sections = Self::default();
        for section in root.descendants().filter(|element| element.is(W, "sectPr")) {
            if let Some(size) = section.child(W, "pgSz").filter(|_| sections.page == (0, 0)) {
                let measure = |name| size.attribute(W, name).and_then(twips).unwrap_or(0);
                sections.page = (measure("w"), measure("h"));
            }
            let title_page = names::switch(section, "titlePg").unwrap_or(false);
            for kind in ["first", "default", "even"] {
                if (kind == "first" && !title_page) || (kind == "even" && !even_pages) {
                    continue;
                }
                for reference in section.children().filter(|child| child.attribute(W, "type").unwrap_or("default") == kind) {
                    let list = match reference.local() {
                        "headerReference" => &mut sections.headers,
                        "footerReference" => &mut sections.footers,
                        _ => continue,
                    };
                    if let Some(id) = reference.attribute(names::R, "id").filter(|&id| !list.iter().any(|known| known == id)) {
                        list.push(id.to_owned());
                    }
                }
            }
        }
        sections
    }
}
