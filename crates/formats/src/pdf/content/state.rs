//! The graphics state (ISO 32000-2, 8.4) as far as text and its ground depend on it.

use std::rc::Rc;

use crate::pdf::{
    colour::{Ink, Space},
    font::Font,
    geometry::{Matrix, Rect},
};

/// What `q` saves and `Q` restores.
#[derive(Clone)]
pub(super) struct State {
    /// From user space to the page.
    pub(super) matrix: Matrix,
    pub(super) clip: Rect,
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

impl State {
    pub(super) fn new(matrix: Matrix, clip: Rect) -> Self {
        Self {
            matrix,
            clip,
            fill: Ink::BLACK,
            stroke: Ink::BLACK,
            fill_space: Rc::new(Space::Gray),
            stroke_space: Rc::new(Space::Gray),
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            group_opacity: 1.0,
            blended: false,
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
