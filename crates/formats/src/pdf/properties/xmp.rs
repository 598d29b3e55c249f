//! XMP packets (ISO 16684-1), in all the shapes in which writers serialise them: properties as attributes or as elements, arrays,
//! nested resources, other prefixes, UTF-16.

use lopdf::{Object, ObjectId, Stream};

use super::Output;
use crate::{
    pdf::structure::Pdf,
    xml::{self, Element, Space},
};

const NONE: Space = 0;
const X: Space = 1;
const RDF: Space = 2;
const MM: Space = 3;
const XMP: Space = 4;
const PDF: Space = 5;
const DC: Space = 6;
const EVENT: Space = 7;
const REFERENCE: Space = 8;
const PHOTOSHOP: Space = 9;
const PDFX: Space = 10;
const PDFA: Space = 11;
const PDFUA: Space = 12;
const TIFF: Space = 13;
const XML: Space = 14;

fn spaces(name: &str) -> Space {
    match name {
        "adobe:ns:meta/" => X,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => RDF,
        "http://ns.adobe.com/xap/1.0/mm/" => MM,
        "http://ns.adobe.com/xap/1.0/" => XMP,
        "http://ns.adobe.com/pdf/1.3/" => PDF,
        "http://purl.org/dc/elements/1.1/" => DC,
        "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" => EVENT,
        "http://ns.adobe.com/xap/1.0/sType/ResourceRef#" => REFERENCE,
        "http://ns.adobe.com/photoshop/1.0/" => PHOTOSHOP,
        "http://ns.adobe.com/pdfx/1.3/" => PDFX,
        "http://www.aiim.org/pdfa/ns/id/" => PDFA,
        "http://www.aiim.org/pdfua/ns/id/" => PDFUA,
        "http://ns.adobe.com/tiff/1.0/" => TIFF,
        "http://www.w3.org/XML/1998/namespace" => XML,
        _ => NONE,
    }
}

/// Namespace, name, name of the value.
const SIMPLE: [(Space, &str, &str); 24] = [
    (MM, "DocumentID", "document_id"),
    (MM, "InstanceID", "instance_id"),
    (MM, "OriginalDocumentID", "original_document_id"),
    (MM, "VersionID", "version_id"),
    (MM, "RenditionClass", "rendition_class"),
    (XMP, "CreatorTool", "creator_tool"),
    (XMP, "CreateDate", "create_date"),
    (XMP, "ModifyDate", "modify_date"),
    (XMP, "MetadataDate", "metadata_date"),
    (XMP, "Nickname", "nickname"),
    (PDF, "Producer", "producer"),
    (PDF, "Keywords", "keywords"),
    (DC, "creator", "dc_creator"),
    (DC, "title", "dc_title"),
    (DC, "description", "dc_description"),
    (DC, "subject", "dc_subject"),
    (DC, "language", "dc_language"),
    (DC, "publisher", "dc_publisher"),
    (DC, "rights", "dc_rights"),
    (DC, "source", "dc_source"),
    (PHOTOSHOP, "DocumentAncestors", "document_ancestor"),
    (PDFA, "part", "pdfa_part"),
    (PDFUA, "part", "pdfua_part"),
    (TIFF, "Software", "tiff_software"),
];

/// What a packet says: names and values in order.
#[derive(Debug, Default)]
pub(super) struct Packet {
    values: Vec<(String, String)>,
}

/// Bytes of one packet that are read, and packets read of one file.
const PACKET_BYTES: u64 = 4 << 20;
const PACKETS: usize = 100;

/// Reads the packet of the document, and those of its pictures and other parts.
pub(super) fn read(output: &mut Output<'_>) -> Packet {
    let pdf = output.pdf;
    let main_id = pdf.catalog().and_then(|catalog| catalog.get(b"Metadata").ok()).and_then(|object| object.as_reference().ok());
    let main = pdf.catalog().and_then(|catalog| pdf.stream(catalog, "Metadata"));
    let others: Vec<(ObjectId, &Stream)> = pdf
        .document
        .objects
        .iter()
        .filter_map(|(id, object)| match object {
            Object::Stream(stream) if Some(*id) != main_id && pdf.name(&stream.dict, "Type") == Some(b"Metadata") => {
                Some((*id, stream))
            }
            _ => None,
        })
        .take(PACKETS)
        .collect();
    let packet = main.map(|stream| Packet::of(pdf, stream)).unwrap_or_default();
    for (name, value) in &packet.values {
        output.add(&format!("xmp_{name}"), value.clone(), "/Metadata");
    }
    for (id, stream) in others {
        let part = format!("object {} {}", id.0, id.1);
        for (name, value) in Packet::of(pdf, stream).values {
            output.add(&format!("component_xmp_{name}"), value, &part);
        }
    }
    packet
}

impl Packet {
    fn of(pdf: &Pdf<'_>, stream: &Stream) -> Self {
        let bytes = pdf.unpack_within(stream, "an XMP packet", PACKET_BYTES);
        Self::parse(pdf, &bytes)
    }

    fn parse(pdf: &Pdf<'_>, bytes: &[u8]) -> Self {
        let text = xml::decode(bytes);
        // Padding and stray characters before the first element are skipped.
        let text = text.text.find('<').map_or("", |start| &text.text[start..]);
        let tree = xml::parse(text, spaces, pdf.limits);
        let mut packet = Self::default();
        if let Some(root) = tree.root() {
            packet.read_element(root);
        }
        if packet.values.is_empty() && !text.is_empty() {
            pdf.note("an XMP packet could not be read");
        }
        packet
    }

    fn push(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.values.len() < 5000 {
            self.values.push((name.to_owned(), value.to_owned()));
        }
    }

    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name, joined as `/Info` would have them.
    pub(super) fn joined(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.values.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("; "))
    }

    /// Looks for descriptions in an element and everything inside.
    fn read_element(&mut self, root: Element<'_>) {
        for element in std::iter::once(root).chain(root.descendants()) {
            if element.local() == "xmpmeta" {
                for (_, name, value) in element.attributes() {
                    if name == "xmptk" {
                        self.push("toolkit", value);
                    }
                }
            }
            // Descriptions inside a property belong to it.
            if element.is(RDF, "Description") {
                self.read_description(element);
            }
        }
    }

    fn read_description(&mut self, description: Element<'_>) {
        for (space, local, value) in description.attributes() {
            self.read_property(space, local, value);
        }
        for property in description.children() {
            match (property.space(), property.local()) {
                (MM | NONE, "History") => self.read_events(property),
                (MM | NONE, "DerivedFrom") => self.read_reference("derived_from", property),
                (MM | NONE, "Ingredients" | "Pantry" | "ManagedFrom") => {
                    for item in items(property) {
                        self.read_reference("ingredient", item);
                    }
                }
                (space, local) => {
                    for value in values(property) {
                        self.read_property(space, local, &value);
                    }
                }
            }
        }
    }

    fn read_property(&mut self, space: Space, local: &str, value: &str) {
        if matches!(space, RDF | XML | X) {
            return;
        }
        if space == PDFX {
            self.push(&format!("custom:{local}"), value);
            return;
        }
        // A prefix that was not declared leaves the name alone, which is telling enough for the identifiers.
        let known = SIMPLE.iter().find(|(own, name, _)| {
            *name == local && (*own == space || (space == NONE && matches!(*own, MM) && local.ends_with("ID")))
        });
        if let Some((.., name)) = known {
            self.push(name, value);
        }
    }

    fn read_events(&mut self, history: Element<'_>) {
        for event in items(history).into_iter().take(500) {
            let field = |name: &str| field(event, EVENT, name);
            let mut sentence = Vec::new();
            for name in ["action", "when", "softwareAgent", "instanceID", "changed", "parameters"] {
                if let Some(value) = field(name) {
                    match name {
                        "softwareAgent" => self.push("history_agent", &value),
                        "instanceID" => self.push("history_instance_id", &value),
                        "when" => self.push("history_when", &value),
                        _ => {}
                    }
                    sentence.push(value);
                }
            }
            self.push("history", &sentence.join(" | "));
        }
    }

    fn read_reference(&mut self, name: &str, reference: Element<'_>) {
        for (field_name, suffix) in [
            ("documentID", "document_id"),
            ("instanceID", "instance_id"),
            ("originalDocumentID", "original_document_id"),
            ("filePath", "file_path"),
        ] {
            if let Some(value) = field(reference, REFERENCE, field_name) {
                self.push(&format!("{name}_{suffix}"), &value);
            }
        }
    }
}

/// The values of a property: its items where it is an array, otherwise its text.
fn values(property: Element<'_>) -> Vec<String> {
    let list = items(property);
    if list.len() == 1 && list[0].is(property.space(), property.local()) {
        // `rdf:value` inside a resource carries the value of a qualified property.
        let qualified = property.descendants().find(|inner| inner.is(RDF, "value")).map(|inner| inner.text());
        let attribute = property.attribute(RDF, "resource").map(str::to_owned);
        return vec![qualified.or(attribute).unwrap_or_else(|| property.text())];
    }
    list.into_iter().take(200).map(Element::text).collect()
}

/// The items of an array property; the property itself where it is none.
fn items(property: Element<'_>) -> Vec<Element<'_>> {
    let array = property.children().find(|child| child.space() == RDF && matches!(child.local(), "Seq" | "Bag" | "Alt"));
    match array {
        Some(array) => array.children().filter(|item| item.is(RDF, "li")).collect(),
        None => vec![property],
    }
}

/// A field of a structure: an attribute or an element, on the element or on a description inside.
fn field(structure: Element<'_>, space: Space, name: &str) -> Option<String> {
    let of_space = |own: Space| own == space || own == NONE;
    std::iter::once(structure).chain(structure.children().filter(|child| child.is(RDF, "Description"))).find_map(|element| {
        let attribute =
            element.attributes().find(|(own, local, _)| of_space(*own) && *local == name).map(|(.., value)| value.to_owned());
        attribute.or_else(|| element.children().find(|child| of_space(child.space()) && child.local() == name).map(Element::text))
    })
}
