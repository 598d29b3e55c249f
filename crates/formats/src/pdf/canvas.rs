//! What a page's content paints, in order, and what a reader sees of its text.
//!
//! Each glyph is judged against the painter's model: what was painted before it gives the ground it stands on, what was painted after
//! it may cover it. Shapes are kept as outlines, so that letters beside a round shape are not taken for letters on it. Pictures,
//! patterns and shadings may look like anything: text on them counts as visible.

use std::cell::Cell;

use bonafide_model::fact::Hiding;

use super::{
    colour::Ink,
    geometry::{Point, Rect},
    visible::page_box,
};
use crate::layout::Mark;

/// Letters of this size or less cannot be read, in points.
const TINY: f32 = 2.0;
/// Pale letters of this size can be read all the same: decoration.
const DECORATION: f32 = 36.0;
/// Cells of the grid that finds shapes by place.
const GRID: usize = 24;
/// Shapes kept of one page.
const SHAPES: usize = 20_000;
/// Shapes looked at for the letters of one page, and corners of theirs.
const LOOKS: u64 = 60_000_000;
/// Corners kept of all shapes of one page.
const ALL_CORNERS: usize = 1_000_000;
/// Corners kept of one shape.
pub(super) const CORNERS: usize = 2_000;

/// A painted area.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Place in the order of painting.
    pub(super) order: u32,
    /// Bounds, clipped.
    pub(super) bounds: Rect,
    /// Outlines where the shape is not its bounds.
    pub(super) outline: Option<Vec<Vec<Point>>>,
    pub(super) even_odd: bool,
    pub(super) ink: Ink,
    /// From 0 to 1.
    pub(super) opacity: f32,
    pub(super) picture: bool,
}

impl Shape {
    fn contains(&self, point: Point) -> bool {
        if !self.bounds.contains(point) {
            return false;
        }
        self.outline.as_ref().is_none_or(|outline| is_inside(outline, self.even_odd, point))
    }

    fn corners(&self) -> usize {
        self.outline.iter().flatten().map(Vec::len).sum()
    }
}

/// Whether a point is inside of rings by the even-odd or the non-zero rule (8.5.3.3).
pub(super) fn is_inside(rings: &[Vec<Point>], even_odd: bool, (x, y): Point) -> bool {
    let mut winding = 0_i32;
    for ring in rings {
        let Some(&last) = ring.last() else { continue };
        let mut from = last;
        for &to in ring {
            if (from.1 <= y) != (to.1 <= y) {
                let crossing = from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0);
                if crossing > x {
                    winding += if to.1 > from.1 { 1 } else { -1 };
                }
            }
            from = to;
        }
    }
    if even_odd { winding % 2 != 0 } else { winding != 0 }
}

/// How a glyph is painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct GlyphPaint {
    pub(super) order: u32,
    /// Neither filled nor stroked (render mode 3), or in optional content that is off.
    pub(super) invisible: bool,
    pub(super) ink: Ink,
    pub(super) opacity: f32,
    /// Letter size in points, the smaller of height and width.
    pub(super) size: f32,
    /// Whether it lies outside the clipping path.
    pub(super) clipped: bool,
}

/// The shapes of a page.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    shapes: Vec<Shape>,
    /// Small shapes, filled or outlined, that may be bullets.
    pub(super) marks: Vec<Mark>,
    pub(super) overflowed: bool,
    /// Corners of all outlines.
    corners: usize,
}

/// Marks kept of one page.
const MARKS: usize = 5_000;

impl Canvas {
    /// Notes a shape of the size of a bullet.
    pub(super) fn mark(&mut self, bounds: Rect, hollow: bool, angular: bool) {
        let (width, height) = (bounds.width(), bounds.height());
        let small = (0.8..14.0).contains(&width) && (0.8..14.0).contains(&height) && width < 1.4 * height && height < 1.4 * width;
        if small && self.marks.len() < MARKS {
            self.marks.push(Mark { area: page_box(bounds), hollow, angular });
        }
    }

    pub(super) fn paint(&mut self, shape: Shape) {
        if shape.bounds.is_empty() || shape.opacity <= 0.01 {
            return;
        }
        self.corners += shape.corners();
        if self.shapes.len() >= SHAPES || self.corners > ALL_CORNERS {
            self.overflowed = true;
            return;
        }
        self.shapes.push(shape);
    }

    /// A finder for the shapes at a place.
    pub(super) fn index(&self, page: Rect) -> Index<'_> {
        let mut cells = vec![Vec::new(); GRID * GRID];
        for (number, shape) in self.shapes.iter().enumerate() {
            let inside = shape.bounds.intersection(page);
            if inside.is_empty() {
                continue;
            }
            let (left, low) = cell(page, (inside.left, inside.low));
            let (right, high) = cell(page, (inside.right, inside.high));
            for row in low..=high {
                for column in left..=right {
                    cells[row * GRID + column].push(number as u32);
                }
            }
        }
        Index { canvas: self, page, cells, looks_left: Cell::new(LOOKS) }
    }
}

fn cell(page: Rect, (x, y): Point) -> (usize, usize) {
    let place = |value: f64, from: f64, extent: f64| {
        ((value - from) / extent.max(1.0) * GRID as f64).clamp(0.0, GRID as f64 - 1.0) as usize
    };
    (place(x, page.left, page.width()), place(y, page.low, page.height()))
}

/// Finds shapes by place.
pub(super) struct Index<'c> {
    canvas: &'c Canvas,
    page: Rect,
    cells: Vec<Vec<u32>>,
    looks_left: Cell<u64>,
}

impl Index<'_> {
    fn at(&self, point: Point) -> impl Iterator<Item = &Shape> {
        let (column, row) = cell(self.page, point);
        let cell = &self.cells[row * GRID + column];
        self.looks_left.set(self.looks_left.get().saturating_sub(cell.len() as u64));
        cell.iter().map(|&number| &self.canvas.shapes[number as usize])
    }

    /// Whether a shape holds a point, charged for its corners.
    fn holds(&self, shape: &Shape, point: Point) -> bool {
        if shape.outline.is_some() && shape.bounds.contains(point) {
            self.looks_left.set(self.looks_left.get().saturating_sub(shape.corners() as u64));
        }
        shape.contains(point)
    }

    /// Whether there were too many shapes to look at all of them for each letter: letters may have been taken for seen.
    pub(super) fn gave_up(&self) -> bool {
        self.looks_left.get() == 0
    }

    /// How a glyph with the given bounds is kept from the reader's eyes; `None` for what can be seen.
    pub(super) fn hiding(&self, bounds: Rect, paint: &GlyphPaint) -> Option<Hiding> {
        if !bounds.overlaps(self.page) {
            return Some(Hiding::OffPage);
        }
        if paint.invisible && !self.is_drawn(bounds) {
            return Some(Hiding::Invisible);
        }
        if paint.clipped {
            return Some(Hiding::OffPage);
        }
        if paint.invisible {
            return None;
        }
        if paint.opacity <= 0.04 {
            return Some(Hiding::Transparent);
        }
        if paint.size <= TINY {
            return Some(Hiding::Tiny);
        }
        if self.gave_up() {
            return None;
        }
        let centre = bounds.centre();
        let ground = self.ground(centre, paint.order);
        if paint.ink.over(ground, paint.opacity).vanishes_on(ground) && paint.size < DECORATION {
            return Some(Hiding::BackgroundColour);
        }
        if self.is_covered(bounds, centre, paint) {
            return Some(Hiding::Covered);
        }
        None
    }

    /// What the page looks like at a point before something is painted there.
    fn ground(&self, point: Point, order: u32) -> Ink {
        self.at(point)
            .take_while(|shape| shape.order < order)
            .filter(|shape| self.holds(shape, point))
            .fold(Ink::WHITE, |ground, shape| shape.ink.over(ground, shape.opacity))
    }

    /// Whether opaque paint of later order lies over the middle and both halves of a glyph.
    fn is_covered(&self, bounds: Rect, centre: Point, paint: &GlyphPaint) -> bool {
        let halves = [(bounds.left * 0.8 + bounds.right * 0.2, centre.1), (bounds.left * 0.2 + bounds.right * 0.8, centre.1)];
        self.at(centre).any(|shape| {
            shape.order > paint.order
                && shape.opacity >= 0.95
                && self.holds(shape, centre)
                && halves.iter().all(|&point| self.holds(shape, point))
                // A shape of letter size is a letter painted over its like, not a cover.
                && shape.bounds.area() > bounds.area() * 1.5
        })
    }

    /// Whether shapes of letter size stand where an invisible glyph is: writers that cannot embed a font paint its outlines and put
    /// invisible text over them.
    fn is_drawn(&self, bounds: Rect) -> bool {
        self.at(bounds.centre()).any(|shape| {
            !shape.picture
                && shape.opacity > 0.5
                && shape.bounds.overlaps(bounds)
                && shape.bounds.height() <= bounds.height() * 1.6
                && shape.bounds.width() <= bounds.height() * 3.0
                && !shape.ink.vanishes_on(self.ground(shape.bounds.centre(), shape.order))
        })
    }

    /// Places of the left and right edges of panels at least a third of the page high: the grounds of sidebars.
    pub(super) fn panel_edges(&self) -> Vec<f32> {
        let tall = |shape: &&Shape| {
            let bounds = shape.bounds.intersection(self.page);
            let wide = bounds.width() > 0.08 * self.page.width() && bounds.width() < 0.85 * self.page.width();
            !shape.picture && wide && bounds.height() > 0.33 * self.page.height()
        };
        let edges = |shape: &Shape| [shape.bounds.left as f32, shape.bounds.right as f32];
        let mut edges: Vec<f32> = self.canvas.shapes.iter().filter(tall).flat_map(edges).collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|a, b| (*a - *b).abs() < 1.0);
        edges.truncate(100);
        edges
    }

    /// Share of the page under pictures, from 0 to 1, counting the largest picture only.
    pub(super) fn picture_share(&self) -> f64 {
        let largest = self
            .canvas
            .shapes
            .iter()
            .filter(|shape| shape.picture)
            .map(|shape| shape.bounds.intersection(self.page).area())
            .fold(0.0, f64::max);
        largest / self.page.area().max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Rect = Rect { left: 0.0, low: 0.0, right: 600.0, high: 800.0 };
    const GLYPH: Rect = Rect { left: 100.0, low: 100.0, right: 106.0, high: 110.0 };

    fn shape(order: u32, bounds: Rect, ink: Ink) -> Shape {
        Shape { order, bounds, outline: None, even_odd: false, ink, opacity: 1.0, picture: false }
    }

    fn text(order: u32, ink: Ink) -> GlyphPaint {
        GlyphPaint { order, invisible: false, ink, opacity: 1.0, size: 10.0, clipped: false }
    }

    fn judged(shapes: &[Shape], paint: GlyphPaint) -> Option<Hiding> {
        let mut canvas = Canvas::default();
        shapes.iter().cloned().for_each(|shape| canvas.paint(shape));
        canvas.index(PAGE).hiding(GLYPH, &paint)
    }

    #[test]
    fn the_ground_decides() {
        let sidebar = Rect { left: 0.0, low: 0.0, right: 200.0, high: 800.0 };
        let dark = Ink::Colour([0.1, 0.15, 0.3]);
        assert_eq!(judged(&[], text(1, Ink::BLACK)), None);
        assert_eq!(judged(&[], text(1, Ink::WHITE)), Some(Hiding::BackgroundColour));
        assert_eq!(judged(&[shape(0, sidebar, dark)], text(1, Ink::WHITE)), None);
        assert_eq!(judged(&[shape(0, sidebar, dark)], text(1, dark)), Some(Hiding::BackgroundColour));
        let clear = Shape { opacity: 0.05, ..shape(0, sidebar, Ink::BLACK) };
        assert_eq!(judged(&[clear], text(1, Ink::WHITE)), Some(Hiding::BackgroundColour));
        assert_eq!(judged(&[shape(0, sidebar, Ink::Unknown)], text(1, Ink::WHITE)), None);
    }

    #[test]
    fn later_paint_covers() {
        let wide = Rect { left: 0.0, low: 90.0, right: 600.0, high: 130.0 };
        assert_eq!(judged(&[shape(2, wide, Ink::WHITE)], text(1, Ink::BLACK)), Some(Hiding::Covered));
        assert_eq!(judged(&[Shape { opacity: 0.3, ..shape(2, wide, Ink::WHITE) }], text(1, Ink::BLACK)), None);
        let beside = Rect { left: 103.0, ..wide };
        assert_eq!(judged(&[shape(2, beside, Ink::WHITE)], text(1, Ink::BLACK)), None);
    }

    #[test]
    fn round_shapes_end_where_they_end() {
        let triangle = vec![vec![(0.0, 0.0), (600.0, 0.0), (0.0, 120.0)]];
        let corner = Rect { left: 0.0, low: 0.0, right: 600.0, high: 120.0 };
        let shape = Shape { outline: Some(triangle), ..shape(0, corner, Ink::BLACK) };
        assert!(shape.contains((50.0, 50.0)));
        assert!(!shape.contains((500.0, 100.0)));
        assert_eq!(judged(&[shape], text(1, Ink::BLACK)), None);
    }

    #[test]
    fn small_clear_and_invisible() {
        assert_eq!(judged(&[], GlyphPaint { size: 1.0, ..text(1, Ink::BLACK) }), Some(Hiding::Tiny));
        assert_eq!(judged(&[], GlyphPaint { opacity: 0.0, ..text(1, Ink::BLACK) }), Some(Hiding::Transparent));
        assert_eq!(judged(&[], GlyphPaint { invisible: true, ..text(1, Ink::BLACK) }), Some(Hiding::Invisible));
        let outline = Rect { left: 100.5, low: 101.0, right: 105.0, high: 109.0 };
        assert_eq!(judged(&[shape(0, outline, Ink::BLACK)], GlyphPaint { invisible: true, ..text(1, Ink::BLACK) }), None);
    }
}
