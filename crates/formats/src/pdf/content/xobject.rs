//! External objects (ISO 32000-2, 8.8 to 8.10): pictures and forms.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::{FORM_DEPTH, FORMS, Interpreter, Running, state::State};
use crate::pdf::{
    canvas::Shape,
    colour::Ink,
    geometry::{Matrix, Rect},
    lexer::Token,
    pictures,
};

impl<'p> Interpreter<'p, '_> {
    /// `Do` (8.8).
    pub(super) fn draw(&mut self, operands: &[Token<'_>], stream: &mut Running<'p>) {
        let Some(Token::Name(name)) = operands.last() else { return };
        let pdf = self.pdf;
        let Some(object) = stream
            .resources
            .and_then(|resources| pdf.dictionary(resources, "XObject"))
            .and_then(|objects| objects.get(name).ok())
        else {
            return;
        };
        let Object::Stream(drawn) = pdf.resolve(object) else { return };
        let hidden = u32::from(self.layers.hides_entry(pdf, &drawn.dict));
        let id = object.as_reference().ok();
        match pdf.name(&drawn.dict, "Subtype") {
            Some(b"Image") if hidden == 0 => self.draw_picture(id, drawn, stream.state()),
            Some(b"Form") => {
                let state = stream.state().clone();
                self.hidden_marks += hidden;
                self.run_form(id, drawn, stream.resources, state);
                self.hidden_marks -= hidden;
            }
            _ => {}
        }
    }

    fn draw_picture(&mut self, id: Option<ObjectId>, picture: &Stream, state: &State) {
        let order = self.next_order();
        self.painted_through(Ink::Unknown);
        let place = state.matrix.bounds(Rect::UNIT).intersection(state.clip);
        if self.hidden_marks > 0 {
            return;
        }
        if let Some(id) = id
            && self.content.pictures.len() < 10_000
        {
            self.content.pictures.push((id, place));
        }
        let stencil = matches!(self.pdf.get(&picture.dict, "ImageMask"), Some(Object::Boolean(true)));
        let see_through =
            stencil || ["SMask", "Mask", "SMaskInData"].iter().any(|key| self.pdf.get(&picture.dict, key).is_some());
        let ink = if see_through { Ink::Unknown } else { self.ink_of_picture(id, picture) };
        self.paint_picture(order, place, see_through, ink, state);
    }

    /// The colour of a picture that has only one.
    fn ink_of_picture(&mut self, id: Option<ObjectId>, picture: &Stream) -> Ink {
        let pdf = self.pdf;
        let Some(id) = id else { return Ink::Unknown };
        *self.shared.pictures.entry(id).or_insert_with(|| pictures::only_colour(pdf, picture).unwrap_or(Ink::Unknown))
    }

    pub(super) fn paint_picture(&mut self, order: u32, place: Rect, see_through: bool, ink: Ink, state: &State) {
        let opacity = state.fill_opacity * state.group_opacity;
        let opacity = if see_through || !state.paints_for_certain() { opacity.min(0.5) } else { opacity };
        self.content.canvas.paint(Shape {
            order,
            bounds: place,
            outline: None,
            even_odd: false,
            ink: if state.paints_for_certain() { ink } else { Ink::Unknown },
            opacity,
            picture: true,
        });
    }

    /// Runs a form XObject (8.10).
    pub(super) fn run_form(&mut self, id: Option<ObjectId>, form: &'p Stream, outer: Option<&'p Dictionary>, mut state: State) {
        let pdf = self.pdf;
        if self.open_forms.len() as u32 >= FORM_DEPTH.min(pdf.limits.depth) || id.is_some_and(|id| self.open_forms.contains(&id))
        {
            pdf.note("a form is nested in itself or deeper than forms are followed");
            return;
        }
        if self.shared.forms_left == 0 {
            pdf.note(format!("the document draws more than {FORMS} forms; the rest was not read"));
            return;
        }
        self.shared.forms_left -= 1;
        let matrix = pdf.array(&form.dict, "Matrix").map(|array| pdf.numbers(array));
        if let Some(&[a, b, c, d, e, f]) = matrix.as_deref() {
            state.matrix = Matrix::new(a, b, c, d, e, f).then(state.matrix);
        }
        if let Some(&[x0, y0, x1, y1]) = pdf.array(&form.dict, "BBox").map(|array| pdf.numbers(array)).as_deref() {
            state.clip = state.clip.intersection(state.matrix.bounds(Rect::from_corners(x0, y0, x1, y1)));
        }
        if pdf.dictionary(&form.dict, "Group").is_some() {
            state.group_opacity *= state.fill_opacity;
            state.fill_opacity = 1.0;
            state.stroke_opacity = 1.0;
        }
        let resources = pdf.dictionary(&form.dict, "Resources").or(outer);
        let bytes = self.form_bytes(id, form);
        self.open_forms.push(id.unwrap_or((0, 0)));
        self.run(&bytes, resources, state);
        self.open_forms.pop();
    }

    fn form_bytes(&mut self, id: Option<ObjectId>, form: &Stream) -> Rc<[u8]> {
        if let Some(bytes) = id.and_then(|id| self.shared.forms.get(&id)) {
            return Rc::clone(bytes);
        }
        let bytes: Rc<[u8]> = self.pdf.unpack(form, "a form").into();
        if let Some(id) = id {
            self.shared.forms.insert(id, Rc::clone(&bytes));
        }
        bytes
    }
}
