//! Drawings and pictures inside runs: text boxes, alternative texts, links on shapes, embedded objects.

use bonafide_model::{fact::Hiding, place::Place};

use super::{
    inline::Paragraph,
    look::{Background, rgb, shape_fill},
    names::{A, MC, NONE, O, R, V, W, WP, WPS, alternate},
    story::Story,
};
use crate::xml::Element;

/// A text box anchored in a paragraph.
pub(super) struct TextBox<'t> {
    /// Its `w:txbxContent`.
    pub(super) content: Element<'t>,
    pub(super) fill: Background,
    pub(super) hiding: Option<Hiding>,
    /// Offsets from the top and from the left, in EMU.
    pub(super) order: (i64, i64),
    /// Whether it stands above the paragraph.
    pub(super) before: bool,
}

/// What holds inside a shape.
#[derive(Clone, Copy)]
struct Frame {
    fill: Background,
    hiding: Option<Hiding>,
    order: (i64, i64),
    before: bool,
}

/// English Metric Units in a twentieth of a point (ISO/IEC 29500-1, 20.1.2.1: 914,400 in an inch).
const EMU: i64 = 635;
/// Boxes of up to a point in both directions show nothing.
const NO_SIZE: i64 = 12_700;

impl Story<'_> {
    /// Reads a `w:drawing`, `w:pict` or `w:object`.
    pub(super) fn shapes<'t>(&mut self, element: Element<'t>, paragraph: &mut Paragraph<'t>) {
        let fill = if self.context.backdrop { Background::Unknown } else { Background::PAPER };
        self.shape_contents(element, Frame { fill, hiding: None, order: (0, 0), before: false }, paragraph);
    }

    fn shape_contents<'t>(&mut self, parent: Element<'t>, frame: Frame, paragraph: &mut Paragraph<'t>) {
        let place = self.place();
        for child in parent.children() {
            let mut inner = frame;
            match (child.space(), child.local()) {
                (W, "txbxContent") => {
                    paragraph.boxes.push(TextBox {
                        content: child,
                        fill: frame.fill,
                        hiding: frame.hiding,
                        order: frame.order,
                        before: frame.before,
                    });
                    continue;
                }
                (MC, "AlternateContent") => {
                    self.compare_alternates(child, &place);
                    if let Some(content) = alternate(child) {
                        self.shape_contents(content, frame, paragraph);
                    }
                    continue;
                }
                (WP, "anchor" | "inline") => self.anchor(child, &mut inner),
                (WP, "docPr") => self.description(child, &place),
                (WPS, "wsp") => {
                    let styled =
                        child.descendants().any(|style| style.is(A, "fillRef") && style.attribute(NONE, "idx") != Some("0"));
                    inner.fill = shape_fill(child.child(WPS, "spPr"), styled).unwrap_or(frame.fill);
                }
                (A, "blip") => {
                    self.picture(child.attribute(R, "embed"), &place);
                    if let Some(target) = self.related(child.attribute(R, "link")) {
                        self.output.property("linked_picture", &target, self.part);
                    }
                }
                (A, "graphicData") if child.attribute(NONE, "uri").is_some_and(|uri| uri.ends_with("/diagram")) => {
                    self.output.incomplete(format!("{}: the text of a diagram was not read", self.part));
                }
                (A, "hlinkClick" | "hlinkHover") => {
                    if let Some(target) = self.related(child.attribute(R, "id")) {
                        self.output.link(&target, None, &place);
                    }
                }
                (A, "p") => {
                    // Text of charts and other drawings that are no text boxes.
                    let text: String = child.descendants().filter(|text| text.is(A, "t")).map(Element::text).collect();
                    let look = self.context.styles.run.clone();
                    self.put(&text, &look, paragraph);
                    continue;
                }
                (V, "shape" | "rect" | "roundrect" | "oval") => self.vector_shape(child, &mut inner, &place),
                (V, "imagedata") => self.picture(child.attribute(R, "id"), &place),
                (V, "textpath") => self.output.some_property("watermark", child.attribute(NONE, "string"), self.part),
                (O, "OLEObject") => self.output.some_property("embedded_object", child.attribute(NONE, "ProgID"), self.part),
                _ => {}
            }
            self.shape_contents(child, inner, paragraph);
        }
    }

    fn anchor(&mut self, anchor: Element<'_>, frame: &mut Frame) {
        let number = |text: &str| text.trim().parse::<i64>().ok();
        let size =
            |name| anchor.child(WP, "extent").and_then(|extent| extent.attribute(NONE, name)).and_then(number).unwrap_or(0);
        let offset = |name| {
            let position = anchor.child(WP, name)?;
            Some((position.attribute(NONE, "relativeFrom")?, number(&position.child(WP, "posOffset")?.text())?))
        };
        let (width, height) = (size("cx"), size("cy"));
        let (horizontal, vertical) = (offset("positionH"), offset("positionV"));
        let (page_width, page_height) = (i64::from(self.context.page.0) * EMU, i64::from(self.context.page.1) * EMU);
        let outside = |position: Option<(&str, i64)>, page: i64, size: i64| {
            position.is_some_and(|(from, offset)| {
                // Positions from a margin start up to some inches inside the page: only those that lie outside in any case count.
                let surely = if from == "page" { 0 } else { 4 * 914_400 };
                page > 0 && (offset >= page || offset.saturating_add(size).saturating_add(surely) <= 0)
            })
        };
        let hidden = anchor.attribute(NONE, "hidden") == Some("1")
            || anchor
                .child(WP, "docPr")
                .is_some_and(|description| matches!(description.attribute(NONE, "hidden"), Some("1" | "true")));
        frame.hiding = if hidden {
            Some(Hiding::Invisible)
        } else if outside(horizontal, page_width, width) || outside(vertical, page_height, height) {
            Some(Hiding::OffPage)
        } else if anchor.child(WP, "extent").is_some() && width <= NO_SIZE && height <= NO_SIZE {
            Some(Hiding::Tiny)
        } else {
            frame.hiding
        };
        frame.order = (vertical.map_or(0, |(_, offset)| offset), horizontal.map_or(0, |(_, offset)| offset));
        // Anchored to the top of the page by one of the first paragraphs: a letter head or a side bar that starts there.
        frame.before = self.paragraph <= 3
            && vertical.is_some_and(|(from, offset)| matches!(from, "page" | "topMargin") && offset < 1_371_600);
    }

    fn description(&mut self, element: Element<'_>, place: &Place) {
        for name in ["descr", "title"] {
            if let Some(text) = element.attribute(NONE, name) {
                self.output.hidden(Hiding::Metadata, text, place);
            }
        }
    }

    fn vector_shape(&mut self, shape: Element<'_>, frame: &mut Frame, place: &Place) {
        if let Some(text) = shape.attribute(NONE, "alt") {
            self.output.hidden(Hiding::Metadata, text, place);
        }
        if let Some(target) = shape.attribute(NONE, "href") {
            self.output.link(target, None, place);
        }
        let style = shape.attribute(NONE, "style").unwrap_or_default();
        if style.contains("visibility:hidden") || style.contains("display:none") {
            frame.hiding = Some(Hiding::Invisible);
        }
        let filled = !matches!(shape.attribute(NONE, "filled"), Some("f" | "false"));
        frame.fill = match shape.attribute(NONE, "fillcolor") {
            Some(colour) if filled => match colour.split_whitespace().next() {
                Some("white" | "window") => Background::Rgb([255; 3]),
                Some("black") => Background::Rgb([0; 3]),
                Some(digits) => rgb(digits).map_or(Background::Unknown, Background::Rgb),
                None => Background::Unknown,
            },
            _ => frame.fill,
        };
    }

    fn picture(&mut self, id: Option<&str>, place: &Place) {
        let Some(relationship) = id.and_then(|id| self.relationships.get(id)) else { return };
        self.used.insert(relationship.id.clone());
        if relationship.external {
            self.output.property("linked_picture", &relationship.target, self.part);
        } else {
            self.output.picture_places.entry(relationship.part.to_ascii_lowercase()).or_insert_with(|| place.clone());
        }
    }
}
