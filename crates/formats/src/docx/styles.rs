//! Styles (ISO/IEC 29500-1, 17.7) with their inheritance resolved, and numbering (17.9).

use std::collections::HashMap;

use super::{
    look::{ParagraphLook, RunLook},
    names::{W, value},
};
use crate::{line::plain_bullet, xml::Element};

/// All styles of a document, resolved.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Document defaults.
    pub(super) run: RunLook,
    paragraph: ParagraphLook,
    default_paragraph: Option<String>,
    styles: HashMap<String, Style>,
}

/// One style with everything it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) run: RunLook,
    pub(super) paragraph: ParagraphLook,
    /// Level of a built-in heading style that it is or is based on, from 1.
    pub(super) heading: Option<u8>,
    /// Whether it (a table style) paints cells or letters in some colour.
    pub(super) paints: bool,
}

/// Most styles of a document; Word itself knows some 400.
pub(super) const MOST_STYLES: usize = 5_000;
/// Longest chain of styles based on each other.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut styles = Self::default();
        if let Some(defaults) = root.child(W, "docDefaults") {
            styles.run = defaults
                .child(W, "rPrDefault")
                .and_then(|element| element.child(W, "rPr"))
                .map(RunLook::read)
                .unwrap_or_default();
            styles.paragraph = defaults
                .child(W, "pPrDefault")
                .and_then(|element| element.child(W, "pPr"))
                .map(ParagraphLook::read)
                .unwrap_or_default();
        }
        let mut own: HashMap<&str, (Style, Option<&str>)> = HashMap::new();
        for element in root.children().filter(|child| child.is(W, "style")).take(MOST_STYLES) {
            let Some(id) = element.attribute(W, "styleId") else { continue };
            let name = value(element, "name").unwrap_or(id);
            let style = Style {
                name: name.to_owned(),
                run: element.child(W, "rPr").map(RunLook::read).unwrap_or_default(),
                paragraph: element.child(W, "pPr").map(ParagraphLook::read).unwrap_or_default(),
                heading: heading_level(name),
                paints: element.descendants().any(|inner| inner.is(W, "shd") || inner.is(W, "color")),
            };
            if element.attribute(W, "type") == Some("paragraph")
                && matches!(element.attribute(W, "default"), Some("1" | "true" | "on"))
            {
                styles.default_paragraph = Some(id.to_owned());
            }
            own.insert(id, (style, value(element, "basedOn")));
        }
        styles.styles = own.keys().map(|&id| (id.to_owned(), inherited(&own, id))).collect();
        styles
    }

    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }

    /// The style of a paragraph: the named one, or the default.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Option<&Style> {
        id.and_then(|id| self.get(id)).or_else(|| self.get(self.default_paragraph.as_deref()?))
    }

    pub(super) fn paragraph_look(&self, style: Option<&Style>, direct: &ParagraphLook) -> ParagraphLook {
        match style {
            Some(style) => self.paragraph.under(&style.paragraph).under(direct),
            None => self.paragraph.under(direct),
        }
    }

    /// The look of a paragraph's letters before its runs have a say.
    pub(super) fn paragraph_run(&self, style: Option<&Style>) -> RunLook {
        style.map_or_else(|| self.run.clone(), |style| self.run.under(&style.run))
    }
}

fn inherited(own: &HashMap<&str, (Style, Option<&str>)>, id: &str) -> Style {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some((style, based_on)) = next.and_then(|id| own.get(id)) {
        chain.push(style);
        next = *based_on;
        // A style based on itself, at whatever remove, ends here too.
        if chain.len() >= LONGEST_CHAIN {
            break;
        }
    }
    let mut resolved = Style { name: chain.first().map(|style| style.name.clone()).unwrap_or_default(), ..Style::default() };
    for style in chain.iter().rev() {
        resolved.run = resolved.run.under(&style.run);
        resolved.paragraph = resolved.paragraph.under(&style.paragraph);
        resolved.heading = style.heading.or(resolved.heading);
        resolved.paints |= style.paints;
    }
    resolved
}

/// Built-in headings are named in English whatever the language of the program.
fn heading_level(name: &str) -> Option<u8> {
    let level = name.get(..8).filter(|start| start.eq_ignore_ascii_case("heading "))?.len();
    name[level..].parse().ok().filter(|level| (1..=9).contains(level))
}

/// What starts the items of lists.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Glyph by list and level; `None` where the level shows nothing.
    glyphs: HashMap<(String, u8), Option<char>>,
}

/// Stands for a number, a letter or any other counted label.
pub(super) const COUNTED: char = '#';

impl Numbering {
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut definitions: HashMap<&str, Element<'_>> = HashMap::new();
        let mut by_style: HashMap<&str, Element<'_>> = HashMap::new();
        for definition in root.children().filter(|child| child.is(W, "abstractNum")) {
            if let Some(id) = definition.attribute(W, "abstractNumId") {
                definitions.insert(id, definition);
            }
            if let Some(style) = value(definition, "styleLink") {
                by_style.insert(style, definition);
            }
        }
        let mut glyphs = HashMap::new();
        for list in root.children().filter(|child| child.is(W, "num")) {
            let Some(id) = list.attribute(W, "numId") else { continue };
            let Some(&definition) = value(list, "abstractNumId").and_then(|id| definitions.get(id)) else { continue };
            let definition =
                value(definition, "numStyleLink").and_then(|style| by_style.get(style)).copied().unwrap_or(definition);
            let overrides = list.children().filter(|child| child.is(W, "lvlOverride")).flat_map(Element::children);
            for level in definition.children().chain(overrides).filter(|child| child.is(W, "lvl")) {
                if let Some(number) = level.attribute(W, "ilvl").and_then(|level| level.parse().ok()) {
                    glyphs.insert((id.to_owned(), number), glyph(level));
                }
            }
        }
        Self { glyphs }
    }

    /// The glyph of an item; a list that is defined nowhere has a bullet all the same.
    pub(super) fn glyph(&self, list: &(String, u8)) -> Option<char> {
        match list.0.as_str() {
            // Zero takes an inherited list away (17.9.18).
            "0" => None,
            _ => self.glyphs.get(list).copied().unwrap_or(Some('•')),
        }
    }
}

fn glyph(level: Element<'_>) -> Option<char> {
    let shown = value(level, "lvlText").unwrap_or_default();
    match value(level, "numFmt") {
        Some("none") => None,
        Some("bullet") => shown.chars().find(|character| !character.is_whitespace()).map(plain_bullet),
        _ if shown.is_empty() => None,
        _ => Some(COUNTED),
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbering, Styles, heading_level};
    use crate::{docx::names::space, limits::Limits, xml};

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    #[test]
    fn styles_inherit_and_cycles_end() {
        let text = format!(
            "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
             <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
             <w:style w:styleId='H'><w:name w:val='heading 1'/><w:rPr><w:b/><w:sz w:val='32'/></w:rPr><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
             <w:style w:styleId='S'><w:name w:val='Section'/><w:basedOn w:val='H'/><w:rPr><w:b w:val='0'/></w:rPr></w:style>\
             <w:style w:styleId='x'><w:name w:val='x'/><w:basedOn w:val='y'/></w:style><w:style w:styleId='y'><w:basedOn w:val='x'/></w:style></w:styles>"
        );
        let tree = xml::parse(&text, space, &Limits::default());
        let styles = Styles::read(tree.root().expect("there"));
        let section = styles.of_paragraph(Some("S")).expect("there");
        assert_eq!((section.name.as_str(), section.heading, section.paragraph.outline), ("Section", Some(1), Some(0)));
        assert_eq!((section.run.bold, section.run.size), (Some(false), Some(16.0)));
        assert_eq!(styles.paragraph_run(styles.of_paragraph(None)).size, Some(11.0));
        assert_eq!(styles.of_paragraph(None).map(|style| style.name.as_str()), Some("Normal"));
        assert!(styles.get("x").is_some());
        assert_eq!((heading_level("Heading 3"), heading_level("heading"), heading_level("Überschrift 1")), (Some(3), None, None));
    }

    #[test]
    fn lists_have_glyphs() {
        let text = format!(
            "<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f0b7}'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl><w:lvl w:ilvl='2'><w:numFmt w:val='none'/></w:lvl></w:abstractNum>\
             <w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
        );
        let tree = xml::parse(&text, space, &Limits::default());
        let numbering = Numbering::read(tree.root().expect("there"));
        let glyph = |list: &str, level| numbering.glyph(&(list.to_owned(), level));
        assert_eq!(
            [glyph("7", 0), glyph("7", 1), glyph("7", 2), glyph("0", 0), glyph("9", 0)],
            [Some('•'), Some('#'), None, None, Some('•')]
        );
    }
}
