//! Fonts: character codes to text and widths (ISO 32000-2, 9.5 to 9.10).
//!
//! The text of a code is looked for in this order: `ToUnicode`; for symbol fonts known by name their built-in encoding; the glyph
//! name given by `Encoding`; a predefined CMap whose codes are text; the embedded font program. A code without any is *unmapped* and
//! counted; a code mapped to a private-use character is a *pictograph* (icon fonts) and counted apart.

mod cid_widths;
mod cmap;
mod encoding;
mod glyph_names;
mod predefined;
mod program;
mod standard;
mod style;
mod tex;

use std::{cell::RefCell, collections::HashMap};

use lopdf::{Dictionary, Object, Stream};
use unicode_normalization::UnicodeNormalization;

pub(super) use self::cmap::CMap;
use self::{cid_widths::CidWidths, encoding::Encoding, predefined::Predefined, program::Program, standard::Face};
use super::{
    lexer::{Lexer, Token},
    structure::{Pdf, as_dictionary},
};

/// Codes that `ToUnicode` and the program of an embedded font must disagree on before the program is believed.
const FEWEST_CONTRADICTIONS: usize = 4;
/// Letters that the glyph of a Latin font may stand for: ligatures have three.
const LETTERS_OF_GLYPH: usize = 6;
/// Letters that any glyph may stand for: the longest ligatures of Arabic have eighteen.
const LETTERS_OF_CLUSTER: usize = 24;
/// Unpacked bytes of one glyph that is looked at for painting nothing.
const GLYPH_BYTES: u64 = 4 << 10;
/// Unpacked bytes of one font program or CMap.
const PROGRAM_BYTES: u64 = 16 << 20;

/// Text of a glyph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum GlyphText {
    #[default]
    None,
    One(char),
    Many(Box<str>),
}

/// Whether a glyph's text is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Text,
    /// An icon: mapped to a private-use character.
    Pictograph,
    /// No text could be found.
    Unmapped,
}

/// A glyph as the interpreter needs it.
#[derive(Clone, Debug, Default)]
pub(super) struct Glyph {
    /// What a reader of the page sees.
    pub(super) text: GlyphText,
    pub(super) kind: Kind,
    /// Advance in text space for a font of size 1, along the writing direction.
    pub(super) advance: f32,
    /// Whether it is known to paint nothing.
    pub(super) blank: bool,
    /// What `ToUnicode` says where a reader of the page sees something else.
    pub(super) said: Option<Box<str>>,
}

/// A font ready for showing text.
pub(super) struct Font {
    /// Name without the subset tag.
    pub(super) name: String,
    /// Number that tells the fonts of a document apart.
    pub(super) number: u32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) vertical: bool,
    /// Height of the em in text space for a font of size 1; differs from 1 for Type 3 fonts only.
    pub(super) em: f32,
    /// Extent above and below the baseline in ems.
    pub(super) ascent: f32,
    pub(super) descent: f32,
    /// A font of icons: what its glyphs are called is no text that is seen.
    icons: bool,
    codes: Codes,
}

enum Codes {
    Simple(Box<[Glyph]>),
    Composite(Box<Composite>),
}

impl Font {
    pub(super) fn load(pdf: &Pdf<'_>, dictionary: &Dictionary, number: u32) -> Self {
        let base_name =
            pdf.name(dictionary, "BaseFont").map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        let name = without_subset_tag(&base_name).to_owned();
        let subtype = pdf.name(dictionary, "Subtype").unwrap_or_default();
        let descendant = pdf
            .array(dictionary, "DescendantFonts")
            .and_then(|fonts| fonts.first())
            .and_then(|font| as_dictionary(pdf.resolve(font)));
        let described = descendant.unwrap_or(dictionary);
        let descriptor = pdf.dictionary(described, "FontDescriptor");
        let style = style::Style::of(&name, descriptor.map(|descriptor| style::Hints::read(pdf, descriptor)));
        let extent = |key: &str, low: f64, high: f64| {
            descriptor
                .and_then(|descriptor| pdf.number(descriptor, key))
                .map(|value| (value / 1000.0).abs())
                .filter(|value| (low..=high).contains(value))
        };
        let mut font = Self {
            number,
            bold: style.bold,
            italic: style.italic,
            vertical: false,
            em: 1.0,
            ascent: extent("Ascent", 0.4, 1.5).unwrap_or(0.8) as f32,
            descent: -extent("Descent", 0.05, 0.8).unwrap_or(0.2) as f32,
            icons: false,
            codes: Codes::Simple(Box::default()),
            name,
        };
        let to_unicode = pdf.stream(dictionary, "ToUnicode").map(|stream| parse_cmap(pdf, stream)).filter(CMap::has_texts);
        font.icons = is_icon_font(&font.name);
        match (subtype, descendant) {
            (b"Type0", Some(descendant)) => {
                let composite = Composite::load(pdf, dictionary, descendant, to_unicode, &font.name);
                font.vertical = composite.vertical;
                font.codes = Codes::Composite(Box::new(composite));
            }
            (b"Type3", _) => font.load_type3(pdf, dictionary, to_unicode.as_ref()),
            _ => font.codes = Codes::Simple(simple_codes(pdf, dictionary, descriptor, to_unicode.as_ref(), &font.name, subtype)),
        }
        font
    }

    /// The next code of a shown string and its length in bytes.
    pub(super) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        match &self.codes {
            Codes::Simple(_) => (bytes.first().copied().map_or(0, u32::from), 1),
            Codes::Composite(composite) => composite.next_code(bytes),
        }
    }

    pub(super) fn glyph(&self, code: u32, length: usize) -> Glyph {
        let glyph = match &self.codes {
            Codes::Simple(glyphs) => glyphs.get(code as usize).cloned().unwrap_or_default(),
            Codes::Composite(composite) => composite.glyph(code, length),
        };
        let blank = matches!(glyph.text, GlyphText::One(character) if character.is_whitespace());
        if self.icons && !blank { Glyph { text: GlyphText::None, kind: Kind::Pictograph, ..glyph } } else { glyph }
    }

    fn load_type3(&mut self, pdf: &Pdf<'_>, dictionary: &Dictionary, to_unicode: Option<&CMap>) {
        let matrix = pdf.array(dictionary, "FontMatrix").map(|array| pdf.numbers(array)).unwrap_or_default();
        let (across, up) = match matrix.as_slice() {
            [a, _, _, d, ..] if *a != 0.0 && *d != 0.0 => (a.abs(), d.abs()),
            _ => (0.001, 0.001),
        };
        let widths = Widths::read(pdf, dictionary);
        let box_height = pdf
            .array(dictionary, "FontBBox")
            .map(|array| pdf.numbers(array))
            .filter(|numbers| numbers.len() == 4)
            .map(|numbers| (numbers[3] - numbers[1]).abs() * up)
            .filter(|height| *height > 0.0);
        let widest = widths.list.iter().copied().fold(0.0, f64::max) * across;
        self.em = box_height.unwrap_or(widest).clamp(1e-4, 1e4) as f32;
        let names = Differences::read(pdf, dictionary);
        let procedures = pdf.dictionary(dictionary, "CharProcs");
        let tex = if to_unicode.is_none() { tex::TexEncoding::of_names(&names.names) } else { None };
        let glyphs = (0..=255_u8).map(|code| {
            let text = to_unicode
                .and_then(|cmap| cmap.text(u32::from(code)))
                .or_else(|| tex::text_of_name(tex, code, names.names.get(&code)?));
            let advance = widths.of(code).unwrap_or(0.0) * across;
            let procedure = procedures.zip(names.names.get(&code));
            let procedure = procedure.and_then(|(procedures, name)| pdf.stream(procedures, name));
            let blank = procedure.is_some_and(|procedure| paints_nothing(&pdf.peek(procedure, GLYPH_BYTES)));
            Glyph { advance: advance as f32, blank, ..classified(text, u32::from(code), None) }
        });
        self.codes = Codes::Simple(glyphs.collect());
        if self.name.is_empty() {
            self.name = pdf.name(dictionary, "Name").map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        }
    }
}

/// Whether the content stream of a Type 3 glyph has no operator that paints.
fn paints_nothing(content: &[u8]) -> bool {
    const PAINT: [&[u8]; 17] =
        [b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"BI", b"EI", b"Tj", b"TJ", b"'", b"\""];
    let painted = |token: Token<'_>| matches!(token, Token::Word(word) if PAINT.contains(&word));
    (content.len() as u64) < GLYPH_BYTES && !Lexer::new(content).any(painted)
}

fn is_icon_font(name: &str) -> bool {
    const FAMILIES: [&str; 14] = [
        "fontawesome",
        "icomoon",
        "materialicons",
        "materialsymbols",
        "ionicons",
        "fontello",
        "glyphicon",
        "academicons",
        "simpleicons",
        "devicon",
        "typicons",
        "mdl2assets",
        "bootstrapicons",
        "featherfont",
    ];
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    FAMILIES.iter().any(|family| folded.starts_with(family))
}

/// A font's name without the tag of six capitals that marks a subset (9.9.2).
pub(super) fn without_subset_tag(name: &str) -> &str {
    match subset_tag(name) {
        Some(tag) => &name[tag.len() + 1..],
        None => name,
    }
}

/// The tag of a subset font: six capitals before a plus sign.
pub(super) fn subset_tag(name: &str) -> Option<&str> {
    let (tag, _) = name.split_once('+')?;
    (tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(tag)
}

fn parse_cmap(pdf: &Pdf<'_>, stream: &Stream) -> CMap {
    CMap::parse(&pdf.unpack_within(stream, "a CMap", PROGRAM_BYTES))
}

/// The embedded program of a font.
fn program(pdf: &Pdf<'_>, descriptor: Option<&Dictionary>) -> Option<Program> {
    let descriptor = descriptor?;
    let stream = ["FontFile2", "FontFile3", "FontFile"].iter().find_map(|key| pdf.stream(descriptor, key))?;
    Program::parse(&pdf.unpack_within(stream, "a font program", PROGRAM_BYTES))
}

fn simple_codes(
    pdf: &Pdf<'_>,
    dictionary: &Dictionary,
    descriptor: Option<&Dictionary>,
    to_unicode: Option<&CMap>,
    name: &str,
    subtype: &[u8],
) -> Box<[Glyph]> {
    let symbol_font = Encoding::of_symbol_font(name);
    let differences = Differences::read(pdf, dictionary);
    let symbolic = descriptor.and_then(|descriptor| pdf.integer(descriptor, "Flags")).is_some_and(|flags| flags & 4 != 0);
    let named = match pdf.get(dictionary, "Encoding") {
        Some(Object::Name(name)) => Encoding::named(name),
        Some(object) => as_dictionary(object).and_then(|dictionary| Encoding::named(pdf.name(dictionary, "BaseEncoding")?)),
        None => None,
    };
    let embedded = descriptor
        .is_some_and(|descriptor| ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| pdf.stream(descriptor, key).is_some()));
    let needs_program = embedded
        && (dictionary.get(b"Widths").is_err()
            || (to_unicode.is_none() && (named.is_none() || symbolic || differences.has_numbered_names())));
    let program = if needs_program { program(pdf, descriptor) } else { None };
    let fallback = if subtype == b"TrueType" { Encoding::WinAnsi } else { Encoding::Standard };
    let widths = Widths::read(pdf, dictionary);
    let missing = descriptor.and_then(|descriptor| pdf.number(descriptor, "MissingWidth"));
    let face = Face::of(name);

    let said = |code: u8| to_unicode.and_then(|cmap| cmap.text(u32::from(code)));
    let seen = |code: u8| -> Option<GlyphText> {
        if let Some(text) = differences.text(code) {
            return Some(text);
        }
        if let (Some(glyph), Some(program)) = (differences.glyph_index(code), &program) {
            return program.text_of_glyph(glyph);
        }
        if differences.names.contains_key(&code) {
            return None;
        }
        if let Some(encoding) = symbol_font {
            return encoding.character(code).map(GlyphText::One);
        }
        if let (None, Some(text)) = (named.filter(|_| !symbolic), program.as_ref().and_then(|program| program.text_of_code(code)))
        {
            return Some(text);
        }
        named
            .unwrap_or(fallback)
            .character(code)
            .filter(|_| program.as_ref().is_none_or(Program::has_no_names))
            .map(GlyphText::One)
    };
    let contradicted: Vec<u8> = match to_unicode {
        Some(_) if symbol_font.is_none() => {
            (0..=255).filter(|&code| said(code).zip(seen(code)).is_some_and(|(said, seen)| contradicts(&said, &seen))).collect()
        }
        _ => Vec::new(),
    };
    // What a font that is not embedded shows is what its encoding says. The codes of an embedded one may mean anything, unless its
    // program says the same.
    let believed = !embedded
        || (contradicted.len() >= FEWEST_CONTRADICTIONS
            && self::program(pdf, descriptor).is_some_and(|program| {
                let agrees = |code: &&u8| program.text_of_code(**code) == seen(**code);
                contradicted.iter().filter(agrees).count() * 5 >= contradicted.len() * 4
            }));
    (0..=255_u8)
        .map(|code| {
            let lie = if believed && contradicted.contains(&code) { said(code) } else { None };
            let text = if lie.is_some() { seen(code) } else { said(code).or_else(|| seen(code)) };
            let mut glyph = classified(text, u32::from(code), symbol_font);
            glyph.said = lie.map(|lie| lie.as_str(&mut [0; 4]).into());
            let width = widths.of(code).or(missing).or_else(|| {
                let character = match &glyph.text {
                    GlyphText::One(character) => Some(*character),
                    _ => None,
                };
                match (&program, face, character) {
                    _ if !widths.list.is_empty() => Some(0.0),
                    (Some(program), ..) if program.width_of_code(code).is_some() => program.width_of_code(code),
                    (_, Some(face), Some(character)) => Some(f64::from(face.width(character))),
                    _ => None,
                }
            });
            Glyph { advance: (width.unwrap_or(500.0) / 1000.0) as f32, ..glyph }
        })
        .collect()
}

/// Whether `ToUnicode` says another letter or digit than the glyph is, or far more than one glyph can say.
fn contradicts(said: &GlyphText, seen: &GlyphText) -> bool {
    let (mut said_buffer, mut seen_buffer) = ([0; 4], [0; 4]);
    let letters = |text: &str| -> String {
        let folded = text.nfkd().flat_map(char::to_lowercase);
        folded.filter(|character| character.is_alphanumeric()).collect()
    };
    let (said, seen) = (letters(said.as_str(&mut said_buffer)), letters(seen.as_str(&mut seen_buffer)));
    !said.is_empty() && ((!seen.is_empty() && !said.contains(&seen)) || said.chars().count() > LETTERS_OF_GLYPH)
}

/// Decides what the text of a glyph is worth: private-use characters of symbol fonts are translated, others are pictographs.
fn classified(text: Option<GlyphText>, code: u32, symbol_font: Option<Encoding>) -> Glyph {
    let text = match (text, symbol_font) {
        (Some(GlyphText::One(character)), Some(encoding)) => {
            // Symbol fonts are often mapped to U+F000 + code, or to the Latin letter of the code.
            let low = match u32::from(character) {
                value @ 0xF020..=0xF0FF => Some(value as u8),
                value @ 0x20..=0xFF if value == code || encoding == Encoding::Wingdings => Some(value as u8),
                _ => None,
            };
            Some(low.and_then(|low| encoding.character(low)).map_or(GlyphText::One(character), GlyphText::One))
        }
        (text, _) => text,
    };
    let kind = match &text {
        None | Some(GlyphText::None) => Kind::Unmapped,
        // Mapped to nothing on purpose: part of a cluster whose text another glyph has.
        Some(GlyphText::Many(text)) if text.is_empty() => Kind::Text,
        Some(GlyphText::One(character)) if is_private(*character) => Kind::Pictograph,
        Some(GlyphText::One(char::REPLACEMENT_CHARACTER)) => Kind::Unmapped,
        Some(GlyphText::Many(text)) if text.chars().all(is_private) => Kind::Pictograph,
        // A sentence is no glyph: nobody sees it.
        Some(GlyphText::Many(text))
            if text.chars().filter(|character| character.is_alphanumeric()).count() > LETTERS_OF_CLUSTER =>
        {
            let said = Some(text.clone());
            return Glyph { kind: Kind::Unmapped, said, ..Glyph::default() };
        }
        Some(_) => Kind::Text,
    };
    Glyph { text: if kind == Kind::Text { text.unwrap_or_default() } else { GlyphText::None }, kind, ..Glyph::default() }
}

fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF0000..=0x10_FFFF)
}

/// The letters of a ligature as Ghostscript 10.0 writes them: with their bytes the wrong way round, `fi` as U+6600 U+6900,
/// and the second and third of three letters added up, `ffi` as U+6600 U+CF00. No font has a glyph for such pairs of ideographs.
fn ligature_of_ghostscript(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes.chunks_exact(2).try_fold(String::new(), |letters, pair| match pair {
        [letter, 0] if letter.is_ascii_alphabetic() => Some(letters + char::from(*letter).encode_utf8(&mut [0; 4])),
        [0xCF, 0] if letters == "f" => Some(letters + "fi"),
        [0xD0, 0] if letters == "f" => Some(letters + "fj"),
        [0xD2, 0] if letters == "f" => Some(letters + "fl"),
        [0xDA, 0] if letters == "f" => Some(letters + "ft"),
        _ => None,
    })
}

/// `FirstChar` and `Widths` of a simple font.
struct Widths {
    first: i64,
    list: Vec<f64>,
}

impl Widths {
    fn read(pdf: &Pdf<'_>, dictionary: &Dictionary) -> Self {
        let list = pdf.array(dictionary, "Widths").unwrap_or_default();
        Self {
            first: pdf.integer(dictionary, "FirstChar").unwrap_or(0),
            list: list.iter().take(256).map(|width| pdf.as_number(width).unwrap_or(0.0)).collect(),
        }
    }

    fn of(&self, code: u8) -> Option<f64> {
        let index = usize::try_from(i64::from(code) - self.first).ok()?;
        self.list.get(index).copied()
    }
}

/// The glyph names of an encoding dictionary.
#[derive(Default)]
struct Differences {
    names: HashMap<u8, String>,
}

impl Differences {
    fn read(pdf: &Pdf<'_>, dictionary: &Dictionary) -> Self {
        let mut names = HashMap::new();
        let mut code = 0_i64;
        let encoding = pdf.dictionary(dictionary, "Encoding");
        for item in encoding.and_then(|encoding| pdf.array(encoding, "Differences")).unwrap_or_default().iter().take(2000) {
            match pdf.resolve(item) {
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        names.insert(code, String::from_utf8_lossy(name).into_owned());
                    }
                    code = code.saturating_add(1);
                }
                other => code = pdf.as_number(other).map_or(code, |number| number as i64),
            }
        }
        Self { names }
    }

    fn text(&self, code: u8) -> Option<GlyphText> {
        glyph_names::text(self.names.get(&code)?)
    }

    /// The number in names such as `g37`, `glyph37`, `cid37` or `index37`, which number the glyphs of the program.
    fn glyph_index(&self, code: u8) -> Option<u16> {
        let name = self.names.get(&code)?;
        let digits = ["glyph", "index", "cid", "gid", "g"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
        digits.parse().ok()
    }

    fn has_numbered_names(&self) -> bool {
        self.names.keys().any(|&code| self.glyph_index(code).is_some())
    }
}

/// A Type 0 font.
struct Composite {
    encoding: CompositeEncoding,
    to_unicode: Option<CMap>,
    program: Option<Program>,
    /// `CIDToGIDMap` as a stream of two-byte glyph indices.
    glyph_of_cid: Option<Vec<u8>>,
    symbol_font: Option<Encoding>,
    /// Whether CIDs 1 to 94 are ASCII, as in all of Adobe's East Asian collections.
    adobe_collection: bool,
    widths: CidWidths,
    default_width: f64,
    vertical: bool,
    cache: RefCell<HashMap<u32, Glyph>>,
}

enum CompositeEncoding {
    Predefined(Predefined),
    Embedded { cmap: CMap, base: Option<Predefined> },
}

impl Composite {
    fn load(pdf: &Pdf<'_>, dictionary: &Dictionary, descendant: &Dictionary, to_unicode: Option<CMap>, name: &str) -> Self {
        let (encoding, vertical) = match pdf.get(dictionary, "Encoding") {
            Some(Object::Name(name)) => {
                let (predefined, vertical) = Predefined::named(name).unwrap_or_else(|| {
                    pdf.note(format!("the CMap {} is not known", String::from_utf8_lossy(name)));
                    (Predefined::Identity, name.ends_with(b"-V"))
                });
                (CompositeEncoding::Predefined(predefined), vertical)
            }
            Some(Object::Stream(stream)) => {
                let cmap = parse_cmap(pdf, stream);
                let base_name = pdf.name(&stream.dict, "UseCMap").or(cmap.uses.as_deref());
                let base = base_name.and_then(Predefined::named).map(|(base, _)| base);
                let vertical = cmap.vertical || pdf.integer(&stream.dict, "WMode") == Some(1);
                (CompositeEncoding::Embedded { cmap, base }, vertical)
            }
            _ => (CompositeEncoding::Predefined(Predefined::Identity), false),
        };
        let is_text = matches!(&encoding, CompositeEncoding::Predefined(predefined) if *predefined != Predefined::Identity);
        let descriptor = pdf.dictionary(descendant, "FontDescriptor");
        let ordering = pdf
            .dictionary(descendant, "CIDSystemInfo")
            .and_then(|info| pdf.get(info, "Ordering"))
            .and_then(super::strings::text_of)
            .unwrap_or_default();
        Self {
            program: if to_unicode.is_some() || is_text { None } else { program(pdf, descriptor) },
            glyph_of_cid: pdf
                .stream(descendant, "CIDToGIDMap")
                .map(|map| pdf.unpack_within(map, "a glyph map", 1 << 18).into_owned()),
            symbol_font: Encoding::of_symbol_font(name),
            adobe_collection: ["Japan1", "GB1", "CNS1", "Korea1", "KR"].contains(&ordering.as_str()),
            widths: CidWidths::read(pdf, descendant),
            default_width: if vertical {
                pdf.array(descendant, "DW2")
                    .map(|array| pdf.numbers(array))
                    .and_then(|pair| pair.get(1).copied())
                    .unwrap_or(-1000.0)
            } else {
                pdf.number(descendant, "DW").unwrap_or(1000.0)
            },
            vertical,
            encoding,
            to_unicode,
            cache: RefCell::default(),
        }
    }

    fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        match &self.encoding {
            CompositeEncoding::Predefined(predefined) => predefined.next_code(bytes),
            CompositeEncoding::Embedded { cmap, base } => match base {
                Some(base) if !cmap.has_codespace() => base.next_code(bytes),
                _ if cmap.has_codespace() => cmap.next_code(bytes),
                _ => Predefined::Identity.next_code(bytes),
            },
        }
    }

    fn glyph(&self, code: u32, length: usize) -> Glyph {
        if let Some(glyph) = self.cache.borrow().get(&code) {
            return glyph.clone();
        }
        let (cid, character) = self.cid_and_character(code, length);
        // CID 0 is the box that stands for a missing glyph: what it is mapped to is chance.
        let missing = cid == 0 && matches!(self.encoding, CompositeEncoding::Predefined(Predefined::Identity));
        let text = self
            .to_unicode
            .as_ref()
            .filter(|_| !missing)
            .and_then(|cmap| cmap.text(code))
            .or_else(|| character.map(GlyphText::One))
            .or_else(|| self.program.as_ref()?.text_of_glyph(self.glyph_index(cid)))
            .or_else(|| (self.adobe_collection && (1..=95).contains(&cid)).then(|| GlyphText::One(char::from(cid as u8 + 0x1F))));
        let width = if self.vertical { self.default_width } else { self.width(cid) };
        let glyph = Glyph { advance: (width / 1000.0) as f32, ..classified(text, code, self.symbol_font) };
        self.cache.borrow_mut().insert(code, glyph.clone());
        glyph
    }

    fn cid_and_character(&self, code: u32, length: usize) -> (u32, Option<char>) {
        let of_predefined = |predefined: Predefined| {
            let character = predefined.character(code, length);
            // The CIDs of CMaps that are not at hand are known for ASCII only; it is what has widths of its own.
            let cid = match (predefined, character) {
                (Predefined::Identity, _) => code,
                (_, Some(ascii @ ' '..='~')) => ascii as u32 - 0x1F,
                _ => u32::MAX,
            };
            (cid, character)
        };
        match &self.encoding {
            CompositeEncoding::Predefined(predefined) => of_predefined(*predefined),
            CompositeEncoding::Embedded { cmap, base } => match (cmap.cid(code), base) {
                (Some(cid), base) => (cid, base.and_then(|base| base.character(code, length))),
                (None, Some(base)) => of_predefined(*base),
                (None, None) => (code, None),
            },
        }
    }

    fn glyph_index(&self, cid: u32) -> u16 {
        match &self.glyph_of_cid {
            Some(map) => {
                let at = cid as usize * 2;
                map.get(at..at + 2).map_or(0, |pair| u16::from_be_bytes([pair[0], pair[1]]))
            }
            None => self.program.as_ref().and_then(|program| program.glyph_of_cid(cid)).unwrap_or(cid as u16),
        }
    }

    fn width(&self, cid: u32) -> f64 {
        self.widths.of(cid).map_or(self.default_width, f64::from)
    }
}

impl GlyphText {
    /// From the target of a `ToUnicode` mapping; control characters and nothing at all are no text.
    fn from_utf16_be(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Many(Box::default());
        }
        if let [single] = bytes {
            return Self::from_text(char::from(*single).encode_utf8(&mut [0; 4]));
        }
        if let Some(letters) = ligature_of_ghostscript(bytes) {
            return Self::from_text(&letters);
        }
        let units = bytes.chunks_exact(2).take(64).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        Self::from_text(&char::decode_utf16(units).filter_map(Result::ok).collect::<String>())
    }

    fn from_text(text: &str) -> Self {
        let usable = |character: &char| !character.is_control() || matches!(character, '\t' | '\n' | '\r');
        let text: String =
            text.chars().filter(usable).map(|character| if character.is_control() { ' ' } else { character }).collect();
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Self::None,
            (Some(character), None) => Self::One(character),
            _ => Self::Many(text.into_boxed_str()),
        }
    }

    /// The text `steps` codes after this one in a range: the last character is advanced.
    fn advanced(&self, steps: u32) -> Option<Self> {
        let later = |character: char| char::from_u32(u32::from(character).checked_add(steps)?);
        match self {
            Self::None => None,
            same if steps == 0 => Some(same.clone()),
            Self::One(character) => later(*character).map(Self::One),
            Self::Many(text) => {
                let last = text.chars().next_back()?;
                let kept = &text[..text.len() - last.len_utf8()];
                Some(Self::Many(format!("{kept}{}", later(last)?).into_boxed_str()))
            }
        }
    }

    pub(super) fn as_str<'s>(&'s self, buffer: &'s mut [u8; 4]) -> &'s str {
        match self {
            Self::None => "",
            Self::One(character) => character.encode_utf8(buffer),
            Self::Many(text) => text,
        }
    }
}
