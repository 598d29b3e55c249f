//! The page tree (ISO 32000-2, 7.7.3) and the geometry of pages.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::{
    geometry::{Matrix, Rect},
    structure::{Pdf, as_dictionary},
};

/// A page with what it inherits.
pub(super) struct Page<'p> {
    pub(super) dictionary: &'p Dictionary,
    pub(super) resources: Option<&'p Dictionary>,
    /// From user space to points from the upper left corner of the page as shown.
    pub(super) to_page: Matrix,
    /// Size as shown.
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Page<'_> {
    /// The page as a rectangle in its own coordinates.
    pub(super) fn area(&self) -> Rect {
        Rect { left: 0.0, low: 0.0, right: self.width, high: self.height }
    }
}

/// What kids inherit from their parents.
#[derive(Clone, Copy, Default)]
struct Inherited<'p> {
    resources: Option<&'p Dictionary>,
    media_box: Option<&'p [Object]>,
    crop_box: Option<&'p [Object]>,
    rotate: Option<i64>,
}

/// The pages in order, up to the limit; more are noted.
pub(super) fn pages<'p>(pdf: &'p Pdf<'_>) -> Vec<Page<'p>> {
    let Some(catalog) = pdf.catalog() else {
        pdf.note("the document has no catalog");
        return Vec::new();
    };
    let mut pages = Vec::new();
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut open: Vec<(&Object, Inherited<'p>, u32)> = Vec::new();
    open.extend(catalog.get(b"Pages").ok().map(|root| (root, Inherited::default(), 0)));
    let mut unread = 0_u64;
    while let Some((object, inherited, depth)) = open.pop() {
        let id = object.as_reference().ok();
        if let Some(id) = id
            && !seen.insert(id)
        {
            pdf.note("the page tree refers to a page or branch twice");
            continue;
        }
        let Some(node) = as_dictionary(pdf.resolve(object)) else {
            pdf.note("a page of the page tree is missing");
            continue;
        };
        let inherited = inherited.with(pdf, node);
        match pdf.array(node, "Kids") {
            Some(kids) if !node.has_type(b"Page") => {
                if depth >= pdf.limits.depth {
                    pdf.note(format!("the page tree is nested deeper than {} levels", pdf.limits.depth));
                    continue;
                }
                if open.len() + kids.len() > pdf.limits.parts as usize {
                    pdf.note("a branch of the page tree has more kids than the limits allow");
                    continue;
                }
                open.extend(kids.iter().rev().map(|kid| (kid, inherited, depth + 1)));
            }
            _ if pages.len() < pdf.limits.pages as usize => pages.push(inherited.page(pdf, node)),
            _ => unread += 1,
        }
    }
    if unread > 0 {
        pdf.note(format!("only the first {} of {} pages were read", pages.len(), pages.len() as u64 + unread));
    }
    if pages.is_empty() {
        pdf.note("the document has no pages");
    }
    pages
}

impl<'p> Inherited<'p> {
    fn with(self, pdf: &'p Pdf<'_>, node: &'p Dictionary) -> Self {
        Self {
            resources: pdf.dictionary(node, "Resources").or(self.resources),
            media_box: pdf.array(node, "MediaBox").or(self.media_box),
            crop_box: pdf.array(node, "CropBox").or(self.crop_box),
            rotate: pdf.integer(node, "Rotate").or(self.rotate),
        }
    }

    fn page(self, pdf: &'p Pdf<'_>, dictionary: &'p Dictionary) -> Page<'p> {
        // A page without a box is shown as US Letter by common viewers.
        let letter = Rect { left: 0.0, low: 0.0, right: 612.0, high: 792.0 };
        let rect = |array: Option<&[Object]>| match pdf.numbers(array?).as_slice() {
            &[x0, y0, x1, y1, ..] => {
                Some(Rect::from_corners(x0, y0, x1, y1)).filter(|rect| rect.width() >= 1.0 && rect.height() >= 1.0)
            }
            _ => None,
        };
        let media = rect(self.media_box).unwrap_or(letter);
        let shown =
            rect(self.crop_box).map(|crop| crop.intersection(media)).filter(|shown| !shown.is_empty() && shown.area() > 1.0);
        let shown = shown.unwrap_or(media);
        let unit = pdf.number(dictionary, "UserUnit").filter(|unit| (0.01..=100.0).contains(unit)).unwrap_or(1.0);
        let (left, low, right, high) = (shown.left, shown.low, shown.right, shown.high);
        let (to_page, turned) = match self.rotate.unwrap_or(0).rem_euclid(360) {
            90 => (Matrix::new(0.0, 1.0, 1.0, 0.0, -low, -left), true),
            180 => (Matrix::new(-1.0, 0.0, 0.0, 1.0, right, -low), false),
            270 => (Matrix::new(0.0, -1.0, -1.0, 0.0, high, right), true),
            _ => (Matrix::new(1.0, 0.0, 0.0, -1.0, -left, high), false),
        };
        let (width, height) = if turned { (shown.height(), shown.width()) } else { (shown.width(), shown.height()) };
        Page {
            dictionary,
            resources: self.resources,
            to_page: to_page.then(Matrix::new(unit, 0.0, 0.0, unit, 0.0, 0.0)),
            width: width * unit,
            height: height * unit,
        }
    }
}
