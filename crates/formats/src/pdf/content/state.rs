//! The graphics state (ISO 32000-2, 8.4) as far as text and its ground depend on it.

use std::rc::Rc;

use crate::pdf::{
    canvas::is_inside,
    colour::{Ink, Space},
    font::Font,
    geometry::{Matrix, Point, Rect},
};

/// What `q` saves and `Q` restores.
#[derive(Clone)]
pub(super) struct State {
    /// From user space to the page.
    pub(super) matrix: Matrix,
    pub(super) clip: Rect,
    /// The clipping paths that are no rectangles, the latest first; their bounds are in [`State::clip`].
    pub(super) clip_paths: Option<Rc<ClipPath>>,
    pub(super) fill: Ink,
    pub(super) stroke: Ink,
    pub(super) fill_space: Rc<Space>,
    pub(super) stroke_space: Rc<Space>,
    pub(super) fill_opacity: f32,
    pub(super) stroke_opacity: f32,
    /// Opacity of the groups around.
    pub(super) group_opacity: f32,
    /// Whether a soft mask or a blend mode makes the result depend on more than ink and opacity.
    pub(super) blended: bool,
    /// Whether letters clip what is painted (render modes 4 to 7).
    pub(super) clipped_to_letters: bool,
    pub(super) line_width: f64,
    pub(super) text: TextState,
}

/// The text state (9.3).
#[derive(Clone)]
pub(super) struct TextState {
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f64,
    pub(super) character_space: f64,
    pub(super) word_space: f64,
    /// Horizontal scaling; 1 is normal.
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
}

/// One clipping path, and those around it.
pub(super) struct ClipPath {
    rings: Vec<Vec<Point>>,
    even_odd: bool,
    around: Option<Rc<ClipPath>>,
    depth: u32,
}

/// Clipping paths inside one another that are looked at, and their corners.
const CLIP_PATHS: u32 = 8;
const CLIP_CORNERS: usize = 400;

impl State {
    /// Whether an area that is painted now has the colour and the outline that ink and path say.
    pub(super) fn paints_for_certain(&self) -> bool {
        !self.blended && !self.clipped_to_letters
    }

    /// Narrows the clip to letters (9.3.6).
    pub(super) fn clip_to_letters(&mut self, bounds: Rect) {
        self.clip = self.clip.intersection(bounds);
        self.clipped_to_letters = true;
    }

    /// Narrows the clip to a path, whose bounds are in it already.
    pub(super) fn clip_to(&mut self, rings: Vec<Vec<Point>>, even_odd: bool) {
        let depth = self.clip_paths.as_ref().map_or(0, |path| path.depth) + 1;
        if depth <= CLIP_PATHS && rings.iter().map(Vec::len).sum::<usize>() <= CLIP_CORNERS {
            self.clip_paths = Some(Rc::new(ClipPath { rings, even_odd, around: self.clip_paths.take(), depth }));
        }
    }

    /// Whether what is painted at a point is outside of the clip.
    pub(super) fn clips_off(&self, point: Point) -> bool {
        let mut paths = std::iter::successors(self.clip_paths.as_deref(), |path| path.around.as_deref());
        !self.clip.contains(point) || paths.any(|path| !is_inside(&path.rings, path.even_odd, point))
    }

    pub(super) fn new(matrix: Matrix, clip: Rect) -> Self {
        Self {
            matrix,
            clip,
            clip_paths: None,
            fill: Ink::BLACK,
            stroke: Ink::BLACK,
            fill_space: Rc::new(Space::Gray),
            stroke_space: Rc::new(Space::Gray),
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            group_opacity: 1.0,
            blended: false,
            clipped_to_letters: false,
            line_width: 1.0,
            text: TextState {
                font: None,
                size: 0.0,
                character_space: 0.0,
                word_space: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }
}
