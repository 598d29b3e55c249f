//! How runs look: run properties, colours, and whether a reader can see them.

use bonafide_model::fact::Hiding;

use super::names::{A, V, W, W14, WP, switch, twips, value};
use crate::{line::Letters, xml::Element};

/// Run properties (ISO/IEC 29500-1, 17.3.2), as far as they bear on sight; `None` is "not said here".
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RunLook {
    pub(super) size: Option<f32>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) vanish: Option<bool>,
    pub(super) colour: Option<Colour>,
    pub(super) fill: Option<Background>,
    pub(super) scale: Option<u16>,
    pub(super) transparent: Option<bool>,
}

/// A letter's colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Colour {
    /// The program chooses one that can be read.
    Automatic,
    Rgb([u8; 3]),
}

/// What stands behind letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Background {
    Rgb([u8; 3]),
    /// A picture, a pattern, a theme's colour, a table style's: it could be anything.
    Unknown,
}

impl Background {
    pub(super) const PAPER: Self = Self::Rgb([255; 3]);
}

impl RunLook {
    /// Reads a `w:rPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let mut look = Self::default();
        for child in properties.children() {
            match (child.space(), child.local()) {
                // Half points.
                (W, "sz") => look.size = child.attribute(W, "val").and_then(twips).map(|half| half as f32 / 2.0),
                (W, "color") => look.colour = read_colour(child),
                (W, "shd") => look.fill = read_shade(child),
                (W, "highlight") => look.fill = child.attribute(W, "val").and_then(highlight).or(look.fill),
                (W, "w") => {
                    look.scale = child.attribute(W, "val").and_then(|percent| percent.trim_end_matches('%').parse().ok());
                }
                (W14, "textFill") => look.transparent = Some(is_transparent(child)),
                _ => {}
            }
        }
        look.bold = switch(properties, "b");
        look.italic = switch(properties, "i");
        look.vanish = switch(properties, "vanish").or_else(|| switch(properties, "specVanish"));
        look
    }

    /// What `over` says counts, the rest stays.
    pub(super) fn under(&self, over: &Self) -> Self {
        Self {
            size: over.size.or(self.size),
            bold: over.bold.or(self.bold),
            italic: over.italic.or(self.italic),
            vanish: over.vanish.or(self.vanish),
            colour: over.colour.or(self.colour),
            fill: over.fill.or(self.fill),
            scale: over.scale.or(self.scale),
            transparent: over.transparent.or(self.transparent),
        }
    }

    /// Joins a paragraph style's look with a character style's: on-off properties said by both cancel out (17.7.3).
    pub(super) fn with_character_style(&self, character: &Self) -> Self {
        let toggled = |paragraph: Option<bool>, character: Option<bool>| match (paragraph, character) {
            (Some(a), Some(b)) => Some(a ^ b),
            (a, b) => a.or(b),
        };
        Self {
            bold: toggled(self.bold, character.bold),
            italic: toggled(self.italic, character.italic),
            vanish: toggled(self.vanish, character.vanish),
            ..self.under(character)
        }
    }

    pub(super) fn letters(&self) -> Letters {
        // Without any word about it, letters have ten points (17.3.2.38).
        Letters { size: self.size.unwrap_or(10.0), bold: self.bold.unwrap_or(false), italic: self.italic.unwrap_or(false) }
    }

    /// How the run is hidden on this background, where it is.
    pub(super) fn hiding(&self, background: Background) -> Option<Hiding> {
        if self.vanish == Some(true) {
            return Some(Hiding::Invisible);
        }
        if self.size.is_some_and(|size| size <= 2.0) || self.scale.is_some_and(|percent| percent <= 5) {
            return Some(Hiding::Tiny);
        }
        if self.transparent == Some(true) {
            return Some(Hiding::Transparent);
        }
        match (self.colour, self.fill.unwrap_or(background)) {
            (Some(Colour::Rgb(letters)), Background::Rgb(behind)) if contrast(letters, behind) < LEAST_CONTRAST => {
                Some(Hiding::BackgroundColour)
            }
            _ => None,
        }
    }

    /// Whether the letters are so light that paper would hide them.
    pub(super) fn is_paper_coloured(&self) -> bool {
        matches!(self.colour, Some(Colour::Rgb(letters)) if contrast(letters, [255; 3]) < LEAST_CONTRAST)
    }
}

/// Below this ratio nobody reads letters. The palest greys in honest use (`D9D9D9`, form hints) have 1.4 on white.
const LEAST_CONTRAST: f32 = 1.15;

/// Contrast ratio of WCAG 2.2: 1 (none) to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

fn luminance(rgb: [u8; 3]) -> f32 {
    let linear = rgb.map(|value| {
        let value = f32::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn read_colour(element: Element<'_>) -> Option<Colour> {
    match element.attribute(W, "val") {
        Some("auto") => match element.attribute(W, "themeColor") {
            Some("background1" | "light1") => Some(Colour::Rgb([255; 3])),
            _ => Some(Colour::Automatic),
        },
        Some(digits) => rgb(digits).map(Colour::Rgb),
        None => matches!(element.attribute(W, "themeColor"), Some("background1" | "light1")).then_some(Colour::Rgb([255; 3])),
    }
}

/// A `w:shd`: `None` where it paints nothing.
pub(super) fn read_shade(element: Element<'_>) -> Option<Background> {
    match element.attribute(W, "val") {
        Some("solid") => {
            element.attribute(W, "color").and_then(rgb).map_or(Some(Background::Unknown), |rgb| Some(Background::Rgb(rgb)))
        }
        Some("clear" | "nil") | None => element.attribute(W, "fill").and_then(rgb).map(Background::Rgb),
        Some(_) => Some(Background::Unknown),
    }
}

pub(super) fn rgb(digits: &str) -> Option<[u8; 3]> {
    let digits = digits.trim_start_matches('#');
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
    Some([(number >> 16) as u8, (number >> 8) as u8, number as u8])
}

fn highlight(name: &str) -> Option<Background> {
    let rgb = match name {
        "none" => return None,
        "white" => [255, 255, 255],
        "black" => [0, 0, 0],
        "yellow" => [255, 255, 0],
        "lightGray" => [192, 192, 192],
        _ => return Some(Background::Unknown),
    };
    Some(Background::Rgb(rgb))
}

/// Whether a `w14:textFill` paints nothing: no fill, or an alpha (transparency, in thousandths of a percent) of nearly all.
fn is_transparent(fill: Element<'_>) -> bool {
    fill.child(W14, "noFill").is_some()
        || fill.descendants().filter(|element| element.is(W14, "alpha")).any(|alpha| {
            alpha.attribute(W14, "val").and_then(|value| value.parse::<u32>().ok()).is_some_and(|value| value >= 95_000)
        })
}

/// The fill of a DrawingML shape, from its `spPr`; `None` where it says that it has none.
pub(super) fn shape_fill(properties: Option<Element<'_>>, styled: bool) -> Option<Background> {
    for child in properties.into_iter().flat_map(Element::children) {
        match (child.space(), child.local()) {
            (A, "noFill") => return None,
            (A, "solidFill") => {
                let colour = child.children().next();
                let known = match colour.map(|colour| (colour.local(), colour.attribute(0, "val").unwrap_or_default())) {
                    Some(("srgbClr", digits)) => rgb(digits),
                    Some(("schemeClr", "bg1" | "lt1")) => Some([255; 3]),
                    Some(("schemeClr", "tx1" | "dk1")) => Some([0; 3]),
                    Some(("sysClr", "window")) => Some([255; 3]),
                    Some(("prstClr", "white")) => Some([255; 3]),
                    _ => None,
                };
                // Shades and tints change the colour.
                let changed = colour.is_some_and(|colour| colour.children().next().is_some());
                return Some(known.filter(|_| !changed).map_or(Background::Unknown, Background::Rgb));
            }
            (A, "gradFill" | "blipFill" | "pattFill" | "grpFill") => return Some(Background::Unknown),
            _ => {}
        }
    }
    styled.then_some(Background::Unknown)
}

/// The paragraph properties that bear on layout and sight.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ParagraphLook {
    /// Numbering: list and level.
    pub(super) list: Option<(String, u8)>,
    /// Outline level from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    pub(super) space_before: Option<i32>,
    /// Exact line height in twentieths of a point.
    pub(super) exact_height: Option<i32>,
    pub(super) indent: Option<i32>,
    pub(super) fill: Option<Background>,
    pub(super) page_break: Option<bool>,
    /// Position of a text frame.
    pub(super) frame: Option<(i32, i32)>,
}

impl ParagraphLook {
    /// Reads a `w:pPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let mut look = Self::default();
        for child in properties.children().filter(|child| child.space() == W) {
            match child.local() {
                "numPr" => {
                    let level = value(child, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                    look.list = value(child, "numId").map(|id| (id.to_owned(), level));
                }
                "outlineLvl" => look.outline = child.attribute(W, "val").and_then(|level| level.parse().ok()),
                "spacing" => {
                    look.space_before = child.attribute(W, "before").and_then(twips);
                    if child.attribute(W, "lineRule") == Some("exact") {
                        look.exact_height = child.attribute(W, "line").and_then(twips);
                    }
                }
                "ind" => {
                    look.indent = child.attribute(W, "left").or_else(|| child.attribute(W, "start")).and_then(twips);
                    if let Some(first) = child.attribute(W, "firstLine").and_then(twips) {
                        look.indent = Some(look.indent.unwrap_or(0).saturating_add(first));
                    }
                }
                "shd" => look.fill = read_shade(child),
                "framePr" => {
                    let position = |name| child.attribute(W, name).and_then(twips).unwrap_or(0);
                    look.frame = Some((position("x"), position("y")));
                }
                "pageBreakBefore" => look.page_break = switch(properties, "pageBreakBefore"),
                _ => {}
            }
        }
        look
    }

    pub(super) fn under(&self, over: &Self) -> Self {
        Self {
            list: over.list.clone().or_else(|| self.list.clone()),
            outline: over.outline.or(self.outline),
            space_before: over.space_before.or(self.space_before),
            exact_height: over.exact_height.or(self.exact_height),
            indent: over.indent.or(self.indent),
            fill: over.fill.or(self.fill),
            page_break: over.page_break.or(self.page_break),
            frame: over.frame.or(self.frame),
        }
    }
}

/// Whether shapes in a part may paint behind its text: then the colour of letters alone hides nothing for certain.
pub(super) fn has_backdrop(root: Element<'_>) -> bool {
    // An inch wide and 0.3 inch high, in EMU: smaller ones are icons.
    let large = |extent: Element<'_>| {
        let size = |name| extent.attribute(0, name).and_then(|size| size.parse::<i64>().ok()).unwrap_or(0);
        size("cx") >= 914_400 && size("cy") >= 274_320
    };
    root.descendants().any(|element| match (element.space(), element.local()) {
        (WP, "anchor") => {
            element.child(WP, "extent").is_some_and(large) && !element.descendants().any(|inner| inner.is(W, "txbxContent"))
        }
        (V, "rect" | "shape" | "roundrect" | "group" | "background") => {
            element.attribute(0, "style").is_some_and(|style| style.contains("position:absolute"))
                && element.child(V, "textbox").is_none()
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use bonafide_model::fact::Hiding;

    use super::{Background, Colour, RunLook, contrast};

    #[test]
    fn white_on_paper_is_hidden_and_white_on_blue_is_not() {
        let white = RunLook { colour: Some(Colour::Rgb([255; 3])), ..RunLook::default() };
        assert_eq!(white.hiding(Background::PAPER), Some(Hiding::BackgroundColour));
        assert_eq!(white.hiding(Background::Rgb([0x1f, 0x3a, 0x5f])), None);
        assert_eq!(white.hiding(Background::Unknown), None);
        let own_fill = RunLook { fill: Some(Background::Rgb([0; 3])), ..white };
        assert_eq!(own_fill.hiding(Background::PAPER), None);
        let black_on_black = RunLook { colour: Some(Colour::Rgb([0; 3])), ..own_fill };
        assert_eq!(black_on_black.hiding(Background::PAPER), Some(Hiding::BackgroundColour));
        assert!(contrast([0xd9; 3], [255; 3]) > 1.3 && contrast([0xfa; 3], [255; 3]) < 1.1);
    }

    #[test]
    fn styles_of_two_kinds_cancel_out() {
        let bold = RunLook { bold: Some(true), ..RunLook::default() };
        assert_eq!(bold.with_character_style(&bold).bold, Some(false));
        assert_eq!(bold.with_character_style(&RunLook::default()).bold, Some(true));
    }
}
