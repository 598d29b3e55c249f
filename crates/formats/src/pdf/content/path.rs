//! Paths and what is painted with them (ISO 32000-2, 8.5).

use super::state::State;
use crate::pdf::{
    canvas::{CORNERS, Canvas, Shape},
    colour::Ink,
    geometry::{Matrix, Point, Rect},
};

/// Straight pieces that a curve is cut into.
const PIECES: u32 = 6;
/// Lines thinner than this, in points, hide nothing and are no ground for letters.
const THIN: f64 = 2.5;

/// The rule by which a path clips (8.5.4).
#[derive(Clone, Copy)]
pub(super) enum Clip {
    NonZero,
    EvenOdd,
}

/// The current path in page coordinates.
#[derive(Default)]
pub(super) struct Path {
    rings: Vec<Vec<Point>>,
    corners: usize,
    current: Point,
    /// Whether `W` or `W*` stands between the path and the operator that paints it.
    pub(super) clips: Option<Clip>,
}

impl Path {
    pub(super) fn move_to(&mut self, matrix: Matrix, x: f64, y: f64) {
        self.current = (x, y);
        self.rings.push(Vec::new());
        self.push(matrix.apply(x, y));
    }

    pub(super) fn line_to(&mut self, matrix: Matrix, x: f64, y: f64) {
        self.current = (x, y);
        if self.rings.is_empty() {
            self.rings.push(Vec::new());
        }
        self.push(matrix.apply(x, y));
    }

    /// A curve to the last of three points; the first control point is the current point where it is absent.
    pub(super) fn curve_to(&mut self, matrix: Matrix, first: Option<Point>, second: Point, end: Point) {
        let start = self.current;
        let first = first.unwrap_or(start);
        for step in 1..=PIECES {
            let t = f64::from(step) / f64::from(PIECES);
            let s = 1.0 - t;
            let along =
                |a: f64, b: f64, c: f64, d: f64| s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
            self.line_to(matrix, along(start.0, first.0, second.0, end.0), along(start.1, first.1, second.1, end.1));
        }
        self.current = end;
    }

    pub(super) fn rectangle(&mut self, matrix: Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(matrix, x, y);
        for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
            self.push(matrix.apply(x, y));
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(&first) = self.rings.last().and_then(|ring| ring.first()) {
            self.push(first);
        }
    }

    fn push(&mut self, point: Point) {
        if self.corners < CORNERS
            && let Some(ring) = self.rings.last_mut()
        {
            ring.push(point);
            self.corners += 1;
        }
    }

    fn bounds(&self) -> Rect {
        Rect::around(self.rings.iter().flatten().copied())
    }

    /// Whether the path is one rectangle parallel to the page.
    fn is_rectangle(&self) -> bool {
        let mut drawn = self.rings.iter().filter(|ring| ring.len() > 1);
        let (Some(ring), None) = (drawn.next(), drawn.next()) else { return false };
        let corners: &[Point] = match ring.as_slice() {
            [corners @ .., last] if corners.len() == 4 && same(corners[0], *last) => corners,
            corners if corners.len() == 4 => corners,
            _ => return false,
        };
        let straight = |a: Point, b: Point| (a.0 - b.0).abs() < 0.01 || (a.1 - b.1).abs() < 0.01;
        (0..4).all(|index| straight(corners[index], corners[(index + 1) % 4])) && !straight(corners[0], corners[2])
    }

    /// Whether it has few corners, as shapes without curves do.
    fn is_angular(&self) -> bool {
        self.corners <= 6
    }

    pub(super) fn fill(&self, canvas: &mut Canvas, state: &State, order: u32, even_odd: bool) {
        let bounds = self.bounds().intersection(state.clip);
        canvas.mark(bounds, false, self.is_angular());
        if bounds.width() < THIN.min(1.0) || bounds.height() < THIN.min(1.0) {
            return;
        }
        canvas.paint(Shape {
            order,
            bounds,
            outline: if self.is_rectangle() { None } else { Some(self.rings.clone()) },
            even_odd,
            ink: if state.paints_for_certain() { state.fill } else { Ink::Unknown },
            opacity: opacity(state, state.fill_opacity),
            picture: false,
        });
    }

    /// Thick lines paint areas, as the bars behind some headings are drawn.
    pub(super) fn stroke(&self, canvas: &mut Canvas, state: &State, order: u32) {
        canvas.mark(self.bounds().intersection(state.clip), true, self.is_angular());
        let width = state.line_width * state.matrix.horizontal_scale().min(state.matrix.vertical_scale());
        if width < THIN {
            return;
        }
        for pair in self.rings.iter().flat_map(|ring| ring.windows(2)) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            if length < 1e-6 {
                continue;
            }
            let (across, up) = (-(y1 - y0) / length * width / 2.0, (x1 - x0) / length * width / 2.0);
            let quad = vec![(x0 + across, y0 + up), (x1 + across, y1 + up), (x1 - across, y1 - up), (x0 - across, y0 - up)];
            canvas.paint(Shape {
                order,
                bounds: Rect::around(quad.iter().copied()).intersection(state.clip),
                outline: Some(vec![quad]),
                even_odd: false,
                ink: if state.paints_for_certain() { state.stroke } else { Ink::Unknown },
                opacity: opacity(state, state.stroke_opacity),
                picture: false,
            });
        }
    }

    /// Ends the path: narrows the clip where one was asked for.
    pub(super) fn end(&mut self, state: &mut State) {
        if let Some(rule) = self.clips {
            state.clip = state.clip.intersection(self.bounds());
            if !self.is_rectangle() && self.corners > 0 {
                state.clip_to(std::mem::take(&mut self.rings), matches!(rule, Clip::EvenOdd));
            }
        }
        *self = Self::default();
    }
}

fn same(a: Point, b: Point) -> bool {
    (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01
}

/// Opacity of an area: blended paint never counts as opaque, nor does what is clipped to letters.
fn opacity(state: &State, own: f32) -> f32 {
    let opacity = own * state.group_opacity;
    if state.paints_for_certain() { opacity } else { opacity.min(0.5) }
}
