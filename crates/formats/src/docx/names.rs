//! Namespaces of the parts, Transitional and Strict (ISO/IEC 29500-1 and -4) and Microsoft's extensions, as numbers.

use crate::xml::{Element, Space};

pub(super) const NONE: Space = 0;
/// WordprocessingML.
pub(super) const W: Space = 1;
/// Relationships inside parts (`r:id`).
pub(super) const R: Space = 2;
/// Relationship parts.
pub(super) const RELS: Space = 3;
/// DrawingML.
pub(super) const A: Space = 4;
/// DrawingML in text documents.
pub(super) const WP: Space = 5;
/// Word's text boxes and shapes.
pub(super) const WPS: Space = 6;
/// Markup compatibility.
pub(super) const MC: Space = 7;
pub(super) const W14: Space = 8;
pub(super) const W15: Space = 9;
pub(super) const W16CID: Space = 10;
/// Core properties.
pub(super) const CORE: Space = 11;
pub(super) const DC: Space = 12;
pub(super) const DCTERMS: Space = 13;
/// Extended properties.
pub(super) const APP: Space = 14;
/// Custom properties.
pub(super) const CUSTOM: Space = 15;
pub(super) const MATH: Space = 16;
/// Vector Markup Language, and Microsoft Office's additions to it.
pub(super) const V: Space = 17;
pub(super) const O: Space = 18;
pub(super) const CONTENT_TYPES: Space = 19;
/// Custom XML data storage.
pub(super) const DS: Space = 20;

pub(super) fn space(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" | "http://purl.oclc.org/ooxml/wordprocessingml/main" => W,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        | "http://purl.oclc.org/ooxml/officeDocument/relationships" => R,
        "http://schemas.openxmlformats.org/package/2006/relationships" => RELS,
        "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => A,
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => WP,
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape" => WPS,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => MC,
        "http://schemas.microsoft.com/office/word/2010/wordml" => W14,
        "http://schemas.microsoft.com/office/word/2012/wordml" => W15,
        "http://schemas.microsoft.com/office/word/2016/wordml/cid" => W16CID,
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties" => CORE,
        "http://purl.org/dc/elements/1.1/" => DC,
        "http://purl.org/dc/terms/" => DCTERMS,
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        | "http://purl.oclc.org/ooxml/officeDocument/extendedProperties" => APP,
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
        | "http://purl.oclc.org/ooxml/officeDocument/customProperties" => CUSTOM,
        "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => MATH,
        "urn:schemas-microsoft-com:vml" => V,
        "urn:schemas-microsoft-com:office:office" => O,
        "http://schemas.openxmlformats.org/package/2006/content-types" => CONTENT_TYPES,
        "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
        | "http://purl.oclc.org/ooxml/officeDocument/customXml" => DS,
        _ => NONE,
    }
}

/// The `w:val` of a child.
pub(super) fn value<'t>(parent: Element<'t>, child: &str) -> Option<&'t str> {
    parent.child(W, child)?.attribute(W, "val")
}

/// An on-off child (ISO/IEC 29500-1, 17.17.4): there without a value it is on.
pub(super) fn switch(parent: Element<'_>, child: &str) -> Option<bool> {
    let element = parent.child(W, child)?;
    Some(!matches!(element.attribute(W, "val"), Some("0" | "false" | "off" | "none")))
}

/// A measure in twentieths of a point, where it is written as a number; Strict files may write `12pt`.
pub(super) fn twips(text: &str) -> Option<i32> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return number.is_finite().then_some(number as i32);
    }
    let split = text.find(|character: char| character.is_ascii_alphabetic())?;
    let number: f64 = text[..split].parse().ok()?;
    let scale = match &text[split..] {
        "pt" => 20.0,
        "pc" | "pi" => 240.0,
        "in" => 1440.0,
        "cm" => 1440.0 / 2.54,
        "mm" => 144.0 / 2.54,
        _ => return None,
    };
    Some((number * scale) as i32)
}

/// The first element of a part with alternates (ISO/IEC 29500-3, 9.3): the first choice, or the fallback.
pub(super) fn alternate(element: Element<'_>) -> Option<Element<'_>> {
    element.child(MC, "Choice").or_else(|| element.child(MC, "Fallback"))
}
