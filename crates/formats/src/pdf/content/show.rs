//! Text operators (ISO 32000-2, 9.4): from strings to placed glyphs.

use std::rc::Rc;

use super::{Interpreter, Numbers, PlacedGlyph, Running, State};
use crate::pdf::{
    canvas::GlyphPaint,
    colour::Ink,
    font::{Font, Kind},
    geometry::{Matrix, Rect},
    lexer::Token,
    structure::Pdf,
};

/// Bytes kept of what `ToUnicode` says against what the glyphs show.
const SAID: usize = 4_000;
/// Glyphs of one page: no page that is made to be read has as many.
const GLYPHS: usize = 150_000;

/// The text matrix and the text line matrix.
pub(super) struct Lines {
    matrix: Matrix,
    line: Matrix,
}

impl Default for Lines {
    fn default() -> Self {
        Self { matrix: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl Lines {
    /// `Td`
    fn next(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.matrix = self.line;
    }
}

impl<'p> Interpreter<'p, '_> {
    pub(super) fn text_operator(&mut self, operator: &[u8], operands: &[Token<'_>], stream: &mut Running<'p>) {
        let numbers = Numbers(operands);
        match operator {
            b"BT" => {
                stream.text = Lines::default();
                stream.text_clip = Rect::EMPTY;
            }
            b"ET" => {
                let bounds = std::mem::replace(&mut stream.text_clip, Rect::EMPTY);
                if !bounds.is_empty() {
                    stream.state_mut().clip_to_letters(bounds);
                }
            }
            b"Tf" => {
                if let [.., Token::Name(name), Token::Number(size)] = operands {
                    let font = self.font_named(name, stream);
                    let text = &mut stream.state_mut().text;
                    text.font = font;
                    text.size = *size;
                }
            }
            b"Tc" => stream.state_mut().text.character_space = numbers.first().unwrap_or(0.0),
            b"Tw" => stream.state_mut().text.word_space = numbers.first().unwrap_or(0.0),
            b"Tz" => stream.state_mut().text.scale = numbers.first().unwrap_or(100.0) / 100.0,
            b"TL" => stream.state_mut().text.leading = numbers.first().unwrap_or(0.0),
            b"Ts" => stream.state_mut().text.rise = numbers.first().unwrap_or(0.0),
            b"Tr" => stream.state_mut().text.mode = numbers.first().unwrap_or(0.0) as i64,
            b"Td" => numbers.pair(0).into_iter().for_each(|(x, y)| stream.text.next(x, y)),
            b"TD" => {
                if let Some((x, y)) = numbers.pair(0) {
                    stream.state_mut().text.leading = -y;
                    stream.text.next(x, y);
                }
            }
            b"Tm" => {
                if let Some(matrix) = numbers.matrix() {
                    stream.text = Lines { matrix, line: matrix };
                }
            }
            b"T*" => self.next_line(stream),
            b"Tj" | b"TJ" => self.show_all(operands, stream),
            b"'" => {
                self.next_line(stream);
                self.show_all(operands, stream);
            }
            b"\"" => {
                if let Some((word, character)) = numbers.pair(0) {
                    let text = &mut stream.state_mut().text;
                    text.word_space = word;
                    text.character_space = character;
                }
                self.next_line(stream);
                self.show_all(operands.get(2..).unwrap_or_default(), stream);
            }
            _ => {}
        }
    }

    fn next_line(&mut self, stream: &mut Running<'p>) {
        let leading = stream.state().text.leading;
        stream.text.next(0.0, -leading);
    }

    fn font_named(&mut self, name: &[u8], stream: &Running<'p>) -> Option<Rc<Font>> {
        let fonts = self.pdf.dictionary(stream.resources?, "Font")?;
        self.font_of(fonts.get(name).ok()?)
    }

    /// The strings and displacements of `Tj` and `TJ`.
    fn show_all(&mut self, operands: &[Token<'_>], stream: &mut Running<'p>) {
        for operand in operands {
            match operand {
                Token::Text(bytes) => self.show(bytes, stream),
                Token::Number(displacement) => {
                    let text = &stream.state().text;
                    let distance = -displacement / 1000.0 * text.size;
                    let vertical = text.font.as_ref().is_some_and(|font| font.vertical);
                    let step = if vertical { (0.0, distance) } else { (distance * text.scale, 0.0) };
                    stream.text.matrix = Matrix::translation(step.0, step.1).then(stream.text.matrix);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, mut bytes: &[u8], stream: &mut Running<'p>) {
        let order = self.next_order();
        let state = stream.states[stream.states.len() - 1].clone();
        let Some(font) = state.text.font.clone() else {
            if !bytes.is_empty() {
                self.pdf.note("text is shown without a font that could be found");
            }
            return;
        };
        let text = &state.text;
        while !bytes.is_empty() {
            if self.content.glyphs.len() >= GLYPHS {
                self.pdf.note(format!("a page has more than {GLYPHS} letters; the rest of it was not read"));
                return;
            }
            if (self.content.glyphs.len() as u64) >= self.shared.characters_left {
                note_characters(self.pdf);
                return;
            }
            let (code, length) = font.next_code(bytes);
            let length = length.clamp(1, bytes.len());
            let glyph = font.glyph(code, length);
            bytes = &bytes[length..];
            let word_space = if length == 1 && code == 32 { text.word_space } else { 0.0 };
            let advance = f64::from(glyph.advance) * text.size + text.character_space + word_space;
            let (across, up) = if font.vertical { (0.0, advance) } else { (advance * text.scale, 0.0) };
            // Space between characters belongs to the gap, not to the glyph.
            let own = f64::from(glyph.advance) * text.size;
            let (own_across, own_up) = if font.vertical { (0.0, own) } else { (own * text.scale, 0.0) };

            let glyph_matrix = Matrix::translation(0.0, text.rise).then(stream.text.matrix).then(state.matrix);
            let em = text.size.abs() * f64::from(font.em);
            let height = em * glyph_matrix.vertical_scale();
            let width = em * text.scale.abs() * glyph_matrix.horizontal_scale();
            let (above, below) = (em * f64::from(font.ascent), em * f64::from(font.descent));
            // Vertical glyphs hang centred below their origin.
            let extent = if font.vertical {
                Rect::from_corners(-em / 2.0, own_up, em / 2.0, 0.0)
            } else {
                Rect::from_corners(0.0, below, own_across, above)
            };
            let start = self.content.text.len();
            self.content.text.push_str(glyph.text.as_str(&mut [0; 4]));
            match glyph.kind {
                Kind::Text => self.shared.silent += u32::from(glyph.text.as_str(&mut [0; 4]).is_empty()),
                Kind::Pictograph => self.shared.pictographs += 1,
                Kind::Unmapped => *self.shared.unmapped.entry(font.name.clone()).or_default() += 1,
            }
            if let Some(said) = &glyph.said {
                self.shared.contradicted = self.shared.contradicted.saturating_add(1);
                if self.said.len() < SAID {
                    self.said.push_str(said);
                }
            } else if !self.said.is_empty() && !self.said.ends_with(' ') && glyph.text.as_str(&mut [0; 4]) == " " {
                self.said.push(' ');
            }
            self.shared.glyphs = self.shared.glyphs.saturating_add(1);
            let (ink, opacity) = glyph_paint(&state);
            let bounds = glyph_matrix.bounds(extent);
            let origin = glyph_matrix.apply(0.0, 0.0);
            if origin.0.is_finite() && origin.1.is_finite() && height.is_finite() && width.is_finite() {
                let clipped = state.clips_off(bounds.centre());
                let invisible = matches!(text.mode, 3 | 7) || self.hidden_marks > 0 || glyph.blank;
                if matches!(text.mode, 4..=7) {
                    stream.text_clip = stream.text_clip.united(bounds);
                }
                if text.mode == 7 {
                    self.pending_clip.push(self.content.glyphs.len());
                }
                self.content.glyphs.push(PlacedGlyph {
                    text: start..self.content.text.len(),
                    origin,
                    end: glyph_matrix.apply(own_across, own_up),
                    bounds,
                    size: height as f32,
                    // Filled and stroked: how writers without a bold cut make one.
                    bold: font.bold || (text.mode == 2 && state.line_width * state.matrix.horizontal_scale() > height * 0.015),
                    italic: font.italic || is_sheared(stream.text.matrix),
                    font: font.number,
                    kind: glyph.kind,
                    paint: GlyphPaint { order, invisible, ink, opacity, size: (height as f32).min(width as f32 * 2.0), clipped },
                });
            }
            stream.text.matrix = Matrix::translation(across, up).then(stream.text.matrix);
        }
    }
}

/// Ink and opacity of letters by render mode (9.3.6).
fn glyph_paint(state: &State) -> (Ink, f32) {
    let opacity = |own: f32| own * state.group_opacity;
    let (ink, opacity) = match state.text.mode {
        1 | 5 => (state.stroke, opacity(state.stroke_opacity)),
        2 | 6 => match (state.fill, state.stroke) {
            // Outlined letters show by whichever differs from the ground.
            (fill, stroke) if fill == stroke => (fill, opacity(state.fill_opacity)),
            _ => (Ink::Unknown, opacity(state.fill_opacity.max(state.stroke_opacity))),
        },
        _ => (state.fill, opacity(state.fill_opacity)),
    };
    if state.blended { (Ink::Unknown, opacity) } else { (ink, opacity) }
}

/// Whether upright letters are slanted by the text matrix, as writers without an italic cut do.
fn is_sheared(matrix: Matrix) -> bool {
    matrix.b == 0.0 && matrix.a > 0.0 && matrix.d != 0.0 && (0.1..0.6).contains(&(matrix.c / matrix.d))
}

fn note_characters(pdf: &Pdf<'_>) {
    pdf.note(format!("the document has more than {} characters; the rest was not read", pdf.limits.characters));
}
