//! The content-stream interpreter (ISO 32000-2, 7.8, 8 and 9): glyphs with places and paint, painted shapes, pictures.

mod inline;
mod marked;
mod path;
mod show;
mod state;
mod xobject;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    rc::Rc,
};

use lopdf::{Dictionary, Object, ObjectId};

pub(super) use self::inline::InlinePicture;
use self::{
    marked::Mark,
    path::{Clip, Path},
    state::State,
};
use super::{
    canvas::{Canvas, GlyphPaint, Shape},
    colour::{Ink, Space},
    font::{Font, Kind},
    geometry::{Matrix, Point, Rect},
    layers::Layers,
    lexer::{Lexer, Token},
    links::HIDDEN,
    page::Page,
    properties::Output,
    structure::{Pdf, as_dictionary},
};

/// Operators run in one document.
const OPERATORS: u64 = 4_000_000;
/// Form XObjects run in one document.
const FORMS: u32 = 20_000;
/// Bytes of content run in one document, counted as often as they are run, as a multiple of what it may unpack to.
const CONTENT: u64 = 8;
/// Nesting of form XObjects.
const FORM_DEPTH: u32 = 24;
/// Saved graphics states.
const STATES: usize = 512;
/// Operands of one operator; `TJ` arrays and inline dictionaries are the long ones.
const OPERANDS: usize = 200_000;

/// A glyph on the page.
#[derive(Clone, Debug)]
pub(super) struct PlacedGlyph {
    /// Into [`PageContent::text`].
    pub(super) text: Range<usize>,
    /// Start and end of the advance on the baseline, in page coordinates (down is positive).
    pub(super) origin: Point,
    pub(super) end: Point,
    pub(super) bounds: Rect,
    /// Height of the em in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) kind: Kind,
    /// Number of the font in the document.
    pub(super) font: u32,
    pub(super) paint: GlyphPaint,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct PageContent {
    pub(super) text: String,
    pub(super) glyphs: Vec<PlacedGlyph>,
    pub(super) canvas: Canvas,
    /// XObject pictures drawn: object, place.
    pub(super) pictures: Vec<(ObjectId, Rect)>,
    /// Inline pictures: dictionary, raw data, place.
    pub(super) inline_pictures: Vec<InlinePicture>,
    /// Replacement text that contradicts what is shown.
    pub(super) unseen: Vec<String>,
}

/// What the pages of a document share.
pub(super) struct Shared {
    fonts: HashMap<ObjectId, Rc<Font>>,
    forms: HashMap<ObjectId, Rc<[u8]>>,
    spaces: HashMap<(usize, Vec<u8>), Rc<Space>>,
    /// The one colour of pictures, or that they have more.
    pictures: HashMap<ObjectId, Ink>,
    operators_left: u64,
    forms_left: u32,
    content_left: u64,
    characters_left: u64,
    layers: Rc<Layers>,
    /// Glyphs without text by font name, and how many.
    unmapped: BTreeMap<String, u32>,
    pictographs: u32,
    /// Glyphs that are mapped to no text.
    silent: u32,
    glyphs: u32,
    /// Glyphs whose `ToUnicode` says something else than they show.
    contradicted: u32,
    /// Fonts that were set for text, by the object that defines them.
    fonts_used: HashSet<ObjectId>,
}

impl Shared {
    pub(super) fn new(pdf: &Pdf<'_>) -> Self {
        Self {
            fonts: HashMap::new(),
            forms: HashMap::new(),
            spaces: HashMap::new(),
            pictures: HashMap::new(),
            operators_left: OPERATORS,
            forms_left: FORMS,
            content_left: pdf.limits.unpacked.saturating_mul(CONTENT),
            characters_left: pdf.limits.characters,
            layers: Rc::new(Layers::read(pdf)),
            unmapped: BTreeMap::new(),
            pictographs: 0,
            silent: 0,
            glyphs: 0,
            contradicted: 0,
            fonts_used: HashSet::new(),
        }
    }

    pub(super) fn fonts_used(&self) -> &HashSet<ObjectId> {
        &self.fonts_used
    }

    /// Tells which glyphs had no text.
    pub(super) fn report(&self, pdf: &Pdf<'_>, output: &mut Output<'_>) {
        for (font, count) in self.unmapped.iter().take(50) {
            pdf.note(format!("{count} glyphs of the font {font} have no text that could be found; they stand as \u{FFFD}"));
        }
        if self.silent * 5 > self.glyphs {
            pdf.note(format!("{} of {} glyphs are mapped to no text and were left out", self.silent, self.glyphs));
        }
        if self.contradicted > 0 {
            output.add("to_unicode_contradictions", self.contradicted.to_string(), "/Pages");
        }
        if self.pictographs > 0 {
            output.add("pictograph_count", self.pictographs.to_string(), "/Pages");
            if self.pictographs * 5 > self.glyphs {
                pdf.note(format!(
                    "{} of {} glyphs are mapped to private characters and were left out",
                    self.pictographs, self.glyphs
                ));
            }
        }
    }

    /// Charges the glyphs of a page to the document.
    pub(super) fn spend(&mut self, content: &PageContent) {
        self.characters_left = self.characters_left.saturating_sub(content.glyphs.len() as u64);
    }
}

/// Runs the content of one page and the appearances of its annotations.
pub(super) fn interpret(pdf: &Pdf<'_>, page: &Page<'_>, shared: &mut Shared) -> PageContent {
    let mut interpreter = Interpreter {
        pdf,
        layers: Rc::clone(&shared.layers),
        shared,
        content: PageContent::default(),
        order: 0,
        marks: Vec::new(),
        overflowing_marks: 0,
        hidden_marks: 0,
        open_forms: Vec::new(),
        pending_clip: Vec::new(),
        local_fonts: HashMap::new(),
        said: String::new(),
    };
    let state = State::new(page.to_page, page.area());
    let bytes = page_stream(pdf, page);
    interpreter.run(&bytes, page.resources, state.clone());
    interpreter.run_appearances(page, &state);
    if !interpreter.said.is_empty() {
        let said = std::mem::take(&mut interpreter.said);
        interpreter.content.unseen.push(said.trim().to_owned());
    }
    if interpreter.content.canvas.overflowed {
        pdf.note("a page paints more shapes than are followed; hidden text may be missed there");
    }
    interpreter.content
}

/// The content streams of a page as one; tokens do not span streams.
fn page_stream<'p>(pdf: &'p Pdf<'_>, page: &Page<'p>) -> Cow<'p, [u8]> {
    match pdf.get(page.dictionary, "Contents") {
        Some(Object::Stream(stream)) => pdf.unpack(stream, "a page's content"),
        Some(Object::Array(parts)) => {
            let mut whole = Vec::new();
            for part in parts.iter().take(pdf.limits.parts as usize) {
                if let Object::Stream(stream) = pdf.resolve(part) {
                    whole.extend_from_slice(&pdf.unpack(stream, "a page's content"));
                    whole.push(b'\n');
                }
                if whole.len() as u64 > pdf.limits.unpacked {
                    pdf.note("a page's content unpacks to more than the limit and was cut short");
                    break;
                }
            }
            Cow::Owned(whole)
        }
        _ => Cow::Borrowed(&[]),
    }
}

struct Interpreter<'p, 's> {
    pdf: &'p Pdf<'p>,
    layers: Rc<Layers>,
    shared: &'s mut Shared,
    content: PageContent,
    /// Place in the order of painting.
    order: u32,
    marks: Vec<Mark>,
    overflowing_marks: u32,
    hidden_marks: u32,
    open_forms: Vec<ObjectId>,
    /// Glyphs that only clip (render mode 7) and show what is painted through them.
    pending_clip: Vec<usize>,
    /// Fonts that are no indirect objects, by where their dictionary stands.
    local_fonts: HashMap<usize, Rc<Font>>,
    /// What `ToUnicode` says of glyphs that show something else.
    said: String,
}

impl<'p> Interpreter<'p, '_> {
    /// Runs a content stream to its end.
    fn run(&mut self, bytes: &[u8], resources: Option<&'p Dictionary>, state: State) {
        let Some(left) = self.shared.content_left.checked_sub(bytes.len() as u64) else {
            let most = self.pdf.limits.unpacked.saturating_mul(CONTENT);
            self.pdf.note(format!("the document draws more than {most} bytes of content; the rest was not read"));
            return;
        };
        self.shared.content_left = left;
        let mut lexer = Lexer::new(bytes);
        let mut operands: Vec<Token<'_>> = Vec::with_capacity(16);
        let mut stream = Running {
            states: vec![state],
            overflowing: 0,
            path: Path::default(),
            resources,
            text: show::Lines::default(),
            text_clip: Rect::EMPTY,
        };
        let marks = self.marks.len();
        while let Some(token) = lexer.next() {
            let Token::Word(operator) = token else {
                if operands.len() < OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            if self.shared.operators_left == 0 {
                self.pdf.note(format!("the document has more than {OPERATORS} drawing operators; the rest was not read"));
                break;
            }
            self.shared.operators_left -= 1;
            match operator {
                b"BI" => self.inline_picture(&mut lexer, &stream),
                // Words that are operands.
                b"true" | b"false" | b"null" => continue,
                _ => self.operate(operator, &operands, &mut stream),
            }
            operands.clear();
        }
        // What a stream leaves open ends with it.
        while self.marks.len() > marks {
            self.end_marked();
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Token<'_>], stream: &mut Running<'p>) {
        let numbers = Numbers(operands);
        let matrix = stream.state().matrix;
        match operator {
            b"q" => stream.save(self.pdf),
            b"Q" => stream.restore(),
            b"cm" => {
                if let Some(inner) = numbers.matrix() {
                    stream.state_mut().matrix = inner.then(matrix);
                }
            }
            b"w" => stream.state_mut().line_width = numbers.first().unwrap_or(1.0).abs(),
            b"gs" => self.graphics_state(operands, stream),
            b"m" => numbers.pair(0).into_iter().for_each(|(x, y)| stream.path.move_to(matrix, x, y)),
            b"l" => numbers.pair(0).into_iter().for_each(|(x, y)| stream.path.line_to(matrix, x, y)),
            b"c" => {
                if let (Some(first), Some(second), Some(end)) = (numbers.pair(0), numbers.pair(2), numbers.pair(4)) {
                    stream.path.curve_to(matrix, Some(first), second, end);
                }
            }
            b"v" => {
                if let (Some(second), Some(end)) = (numbers.pair(0), numbers.pair(2)) {
                    stream.path.curve_to(matrix, None, second, end);
                }
            }
            b"y" => {
                if let (Some(first), Some(end)) = (numbers.pair(0), numbers.pair(2)) {
                    stream.path.curve_to(matrix, Some(first), end, end);
                }
            }
            b"h" => stream.path.close(),
            b"re" => {
                if let (Some((x, y)), Some((width, height))) = (numbers.pair(0), numbers.pair(2)) {
                    stream.path.rectangle(matrix, x, y, width, height);
                }
            }
            b"W" => stream.path.clips = Some(Clip::NonZero),
            b"W*" => stream.path.clips = Some(Clip::EvenOdd),
            b"n" => stream.end_path(),
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" => self.paint_path(operator, stream),
            b"sh" => self.shade(stream),
            b"Do" => self.draw(operands, stream),
            b"BMC" | b"BDC" => self.begin_marked(operands, stream.resources),
            b"EMC" => self.end_marked(),
            _ if self.set_colour(operator, operands, stream) => {}
            _ => self.text_operator(operator, operands, stream),
        }
    }

    /// The next place in the order of painting.
    fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// What is painted now, in one ink or another, shows through glyphs that clip.
    fn painted_through(&mut self, ink: Ink) {
        for glyph in self.pending_clip.drain(..) {
            if let Some(glyph) = self.content.glyphs.get_mut(glyph) {
                glyph.paint.invisible = false;
                glyph.paint.ink = ink;
            }
        }
    }

    fn paint_path(&mut self, operator: &[u8], stream: &mut Running<'p>) {
        let order = self.next_order();
        self.painted_through(match operator {
            b"f" | b"F" | b"f*" => stream.state().fill,
            _ => Ink::Unknown,
        });
        if matches!(operator, b"s" | b"b" | b"b*") {
            stream.path.close();
        }
        if self.hidden_marks == 0 {
            let state = &stream.states[stream.states.len() - 1];
            if !matches!(operator, b"S" | b"s") {
                stream.path.fill(&mut self.content.canvas, state, order, operator.ends_with(b"*"));
            }
            if !matches!(operator, b"f" | b"F" | b"f*") {
                stream.path.stroke(&mut self.content.canvas, state, order);
            }
        }
        stream.end_path();
    }

    fn shade(&mut self, stream: &Running<'p>) {
        let order = self.next_order();
        self.painted_through(Ink::Unknown);
        if self.hidden_marks == 0 {
            let opacity = stream.state().fill_opacity * stream.state().group_opacity;
            let bounds = stream.state().clip;
            // A shading may leave parts clear: it is ground of unknown colour, but covers nothing for certain.
            let opacity = opacity.min(0.5);
            self.content.canvas.paint(Shape {
                order,
                bounds,
                outline: None,
                even_odd: false,
                ink: Ink::Unknown,
                opacity,
                picture: false,
            });
        }
    }

    /// Colour operators; false for all others.
    fn set_colour(&mut self, operator: &[u8], operands: &[Token<'_>], stream: &mut Running<'p>) -> bool {
        let values: Vec<f64>;
        let device = match operator {
            b"g" | b"G" => Space::Gray,
            b"rg" | b"RG" => Space::Rgb,
            b"k" | b"K" => Space::Cmyk,
            b"cs" | b"CS" => {
                let space = match operands.last() {
                    Some(Token::Name(name)) => self.colour_space(name, stream.resources),
                    _ => Rc::new(Space::Unknown),
                };
                let ink = space.initial();
                stream.set_ink(operator == b"CS", Some(space), ink);
                return true;
            }
            b"sc" | b"scn" | b"SC" | b"SCN" => {
                let stroking = operator.starts_with(b"S");
                let state = stream.state();
                let space = if stroking { &state.stroke_space } else { &state.fill_space };
                values = Numbers(operands).all();
                let ink = match operands.last() {
                    Some(Token::Name(_)) => Ink::Unknown,
                    _ => space.ink(&values),
                };
                stream.set_ink(stroking, None, ink);
                return true;
            }
            _ => return false,
        };
        values = Numbers(operands).all();
        let ink = device.ink(&values);
        if values.len() >= device.components() {
            stream.set_ink(operator[0].is_ascii_uppercase(), Some(Rc::new(device)), ink);
        }
        true
    }

    fn colour_space(&mut self, name: &[u8], resources: Option<&'p Dictionary>) -> Rc<Space> {
        let place = resources.map_or(0, |resources| std::ptr::from_ref(resources).addr());
        if let Some(space) = self.shared.spaces.get(&(place, name.to_vec())) {
            return Rc::clone(space);
        }
        let space = Rc::new(Space::named(self.pdf, name, resources));
        self.shared.spaces.insert((place, name.to_vec()), Rc::clone(&space));
        space
    }

    /// `gs` (8.4.5).
    fn graphics_state(&mut self, operands: &[Token<'_>], stream: &mut Running<'p>) {
        let Some(Token::Name(name)) = operands.last() else { return };
        let pdf = self.pdf;
        let Some(parameters) = stream
            .resources
            .and_then(|resources| pdf.dictionary(resources, "ExtGState"))
            .and_then(|states| states.get(name).ok())
            .and_then(|state| as_dictionary(pdf.resolve(state)))
        else {
            return;
        };
        let opacity = |key: &str| pdf.number(parameters, key).map(|value| value.clamp(0.0, 1.0) as f32);
        let font = pdf.array(parameters, "Font").and_then(|pair| Some((pair.first()?, pdf.as_number(pair.get(1)?)?)));
        let font = font.map(|(font, size)| (self.font_of(font), size));
        let state = stream.state_mut();
        if let Some(opacity) = opacity("ca") {
            state.fill_opacity = opacity;
        }
        if let Some(opacity) = opacity("CA") {
            state.stroke_opacity = opacity;
        }
        if let Some(width) = pdf.number(parameters, "LW") {
            state.line_width = width.abs();
        }
        if let Some((font, size)) = font {
            state.text.font = font;
            state.text.size = size;
        }
        let masked = pdf.get(parameters, "SMask").map(|mask| !matches!(mask, Object::Name(_)));
        let mode = pdf.get(parameters, "BM").map(|mode| match mode {
            Object::Array(modes) => modes.first().and_then(|mode| pdf.resolve(mode).as_name().ok()).unwrap_or_default(),
            mode => mode.as_name().unwrap_or_default(),
        });
        match (masked, mode.map(|mode| !matches!(mode, b"Normal" | b"Compatible"))) {
            (None, None) => {}
            (masked, blended) => state.blended = masked.unwrap_or(false) || blended.unwrap_or(false),
        }
    }

    /// The normal appearances of annotations that show text of their own: form fields, free text, stamps (12.5.5).
    fn run_appearances(&mut self, page: &Page<'p>, state: &State) {
        const SHOWN: [&[u8]; 4] = [b"Widget", b"FreeText", b"Stamp", b"Redact"];
        let pdf = self.pdf;
        for annotation in pdf.array(page.dictionary, "Annots").unwrap_or_default().iter().take(5000) {
            let Some(annotation) = as_dictionary(pdf.resolve(annotation)) else { continue };
            let hidden = pdf.integer(annotation, "F").unwrap_or(0) & HIDDEN != 0 || self.layers.hides_entry(pdf, annotation);
            if hidden || !pdf.name(annotation, "Subtype").is_some_and(|subtype| SHOWN.contains(&subtype)) {
                continue;
            }
            let Some(normal) = pdf.dictionary(annotation, "AP").and_then(|appearances| appearances.get(b"N").ok()) else {
                continue;
            };
            let (id, form) = match pdf.resolve(normal) {
                Object::Stream(form) => (normal.as_reference().ok(), form),
                Object::Dictionary(states) => {
                    let current = pdf.name(annotation, "AS").and_then(|state| states.get(state).ok());
                    match current.map(|state| (state, pdf.resolve(state))) {
                        Some((state, Object::Stream(form))) => (state.as_reference().ok(), form),
                        _ => continue,
                    }
                }
                _ => continue,
            };
            let numbers = |dictionary: &Dictionary, key: &str| pdf.array(dictionary, key).map(|array| pdf.numbers(array));
            let (Some(&[x0, y0, x1, y1]), Some(&[u0, v0, u1, v1])) =
                (numbers(annotation, "Rect").as_deref(), numbers(&form.dict, "BBox").as_deref())
            else {
                continue;
            };
            let place = Rect::from_corners(x0, y0, x1, y1);
            let matrix = match numbers(&form.dict, "Matrix").as_deref() {
                Some(&[a, b, c, d, e, f]) => Matrix::new(a, b, c, d, e, f),
                _ => Matrix::IDENTITY,
            };
            let drawn = matrix.bounds(Rect::from_corners(u0, v0, u1, v1));
            if drawn.width() < 1e-6 || drawn.height() < 1e-6 {
                continue;
            }
            let (across, up) = (place.width() / drawn.width(), place.height() / drawn.height());
            let fit = Matrix::new(across, 0.0, 0.0, up, place.left - drawn.left * across, place.low - drawn.low * up);
            let mut state = state.clone();
            state.matrix = fit.then(state.matrix);
            self.run_form(id, form, page.resources, state);
        }
    }

    /// The font behind an entry of the font resources.
    fn font_of(&mut self, object: &'p Object) -> Option<Rc<Font>> {
        let pdf = self.pdf;
        let dictionary = as_dictionary(pdf.resolve(object))?;
        let number = (self.shared.fonts.len() + self.local_fonts.len()) as u32;
        let load = || Rc::new(Font::load(pdf, dictionary, number));
        let font = match object.as_reference() {
            Ok(id) => {
                self.shared.fonts_used.insert(id);
                self.shared.fonts.entry(id).or_insert_with(load)
            }
            Err(_) => self.local_fonts.entry(std::ptr::from_ref(dictionary).addr()).or_insert_with(load),
        };
        Some(Rc::clone(font))
    }
}

/// What belongs to one run of a content stream.
struct Running<'p> {
    /// The current state last; never empty.
    states: Vec<State>,
    /// `q` beyond the limit, to be matched by as many `Q`.
    overflowing: u32,
    path: Path,
    resources: Option<&'p Dictionary>,
    text: show::Lines,
    /// Bounds of the letters of this text object that clip.
    text_clip: Rect,
}

impl Running<'_> {
    fn state(&self) -> &State {
        &self.states[self.states.len() - 1]
    }

    fn state_mut(&mut self) -> &mut State {
        let last = self.states.len() - 1;
        &mut self.states[last]
    }

    fn save(&mut self, pdf: &Pdf<'_>) {
        if self.states.len() < STATES {
            self.states.push(self.state().clone());
        } else {
            pdf.note(format!("graphics states are saved more than {STATES} deep"));
            self.overflowing += 1;
        }
    }

    fn restore(&mut self) {
        if self.overflowing > 0 {
            self.overflowing -= 1;
        } else if self.states.len() > 1 {
            self.states.pop();
        }
    }

    fn end_path(&mut self) {
        let last = self.states.len() - 1;
        self.path.end(&mut self.states[last]);
    }

    fn set_ink(&mut self, stroking: bool, space: Option<Rc<Space>>, ink: Ink) {
        let state = self.state_mut();
        let (own_space, own_ink) =
            if stroking { (&mut state.stroke_space, &mut state.stroke) } else { (&mut state.fill_space, &mut state.fill) };
        if let Some(space) = space {
            *own_space = space;
        }
        *own_ink = ink;
    }
}

/// Operands read as numbers.
struct Numbers<'o, 't>(&'o [Token<'t>]);

impl Numbers<'_, '_> {
    fn at(&self, index: usize) -> Option<f64> {
        match self.0.get(index) {
            Some(Token::Number(number)) => Some(*number),
            _ => None,
        }
    }

    fn first(&self) -> Option<f64> {
        self.at(0)
    }

    fn pair(&self, index: usize) -> Option<Point> {
        Some((self.at(index)?, self.at(index + 1)?))
    }

    fn matrix(&self) -> Option<Matrix> {
        let ((a, b), (c, d), (e, f)) = (self.pair(0)?, self.pair(2)?, self.pair(4)?);
        Some(Matrix::new(a, b, c, d, e, f))
    }

    fn all(&self) -> Vec<f64> {
        self.0
            .iter()
            .filter_map(|token| match token {
                Token::Number(number) => Some(*number),
                _ => None,
            })
            .take(32)
            .collect()
    }
}
