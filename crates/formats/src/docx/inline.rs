//! The inside of a paragraph: runs, fields, links, tracked changes.

use bonafide_model::{fact::Hiding, place::Place};

use super::{
    look::{Background, RunLook},
    names::{A, MATH, MC, R, W, alternate},
    shapes::TextBox,
    story::Story,
};
use crate::{
    document::Line,
    line::{LineBuilder, plain_bullet},
    xml::Element,
};

/// A paragraph in the making.
pub(super) struct Paragraph<'t> {
    place: Place,
    look: RunLook,
    background: Background,
    builder: LineBuilder,
    lines: Vec<Line>,
    hidden: Vec<(Hiding, String)>,
    fields: Vec<Field>,
    links: Vec<OpenLink>,
    pub(super) boxes: Vec<TextBox<'t>>,
    page_break: bool,
}

/// A complex field (ISO/IEC 29500-1, 17.16.18) between its marks.
#[derive(Default)]
struct Field {
    instruction: String,
    in_result: bool,
    opened_link: bool,
}

struct OpenLink {
    target: String,
    shown: String,
}

/// So many spaces in a row are a gap: two are a habit of typists.
const GAP_FROM: u32 = 3;
/// Longest field instruction that is looked at.
const INSTRUCTION: usize = 8_192;

impl Paragraph<'_> {
    pub(super) fn new(place: Place, look: RunLook, background: Background) -> Self {
        Self {
            place,
            look,
            background,
            builder: LineBuilder::new(GAP_FROM),
            lines: Vec::new(),
            hidden: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            boxes: Vec::new(),
            page_break: false,
        }
    }

    /// Whether text here is the instruction of a field, which nobody sees.
    fn in_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.in_result)
    }
}

impl Story<'_> {
    pub(super) fn inline<'t>(&mut self, parent: Element<'t>, paragraph: &mut Paragraph<'t>) {
        for child in parent.children() {
            match (child.space(), child.local()) {
                (W, "r") => {
                    let look = self.run_look(&paragraph.look, child.child(W, "rPr"));
                    self.run(child, &look, paragraph);
                }
                (W, "hyperlink") => {
                    let target = self.related(child.attribute(R, "id"));
                    let opened = target.map(|target| self.open_link(target, paragraph)).is_some();
                    self.inline(child, paragraph);
                    if opened {
                        self.close_link(paragraph);
                    }
                }
                (W, "fldSimple") => {
                    let instruction = child.attribute(W, "instr").unwrap_or_default();
                    let opened = self.field(instruction, paragraph);
                    self.inline(child, paragraph);
                    if opened {
                        self.close_link(paragraph);
                    }
                }
                (W, "del" | "moveFrom") => self.deleted(child),
                (W, "sdt") => {
                    if let Some(content) = child.child(W, "sdtContent") {
                        self.inline(content, paragraph);
                    }
                }
                (W, "ins" | "moveTo" | "smartTag" | "customXml" | "dir" | "bdo") => self.inline(child, paragraph),
                (MC, "AlternateContent") => {
                    self.compare_alternates(child, &paragraph.place);
                    if let Some(content) = alternate(child) {
                        self.inline(content, paragraph);
                    }
                }
                (MATH, _) => {
                    for text in child.descendants().filter(|inner| inner.is(MATH, "t")) {
                        let look = paragraph.look.clone();
                        self.put(&text.text(), &look, paragraph);
                    }
                }
                _ => {}
            }
        }
    }

    fn run<'t>(&mut self, run: Element<'t>, look: &RunLook, paragraph: &mut Paragraph<'t>) {
        for child in run.children() {
            match (child.space(), child.local()) {
                (W, "t") => self.put(&child.text(), look, paragraph),
                (W, "tab" | "ptab") => {
                    paragraph.builder.gap();
                    paragraph.links.iter_mut().for_each(|link| link.shown.push(' '));
                }
                (W, "br" | "cr") => {
                    let page = matches!(child.attribute(W, "type"), Some("page" | "column"));
                    self.end_line(paragraph);
                    paragraph.page_break |= page;
                }
                (W, "noBreakHyphen") => self.put("-", look, paragraph),
                (W, "sym") => {
                    let code = child.attribute(W, "char").and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    if let Some(character) = code.and_then(char::from_u32) {
                        self.put(plain_bullet(character).encode_utf8(&mut [0; 4]), look, paragraph);
                    }
                }
                (W, "fldChar") => self.field_mark(child.attribute(W, "fldCharType").unwrap_or_default(), paragraph),
                (W, "instrText") => {
                    if let Some(field) = paragraph.fields.last_mut().filter(|field| field.instruction.len() < INSTRUCTION) {
                        field.instruction.push_str(&child.text());
                    }
                }
                (W, "drawing" | "pict" | "object") => self.shapes(child, paragraph),
                (W, "ruby") => {
                    if let Some(base) = child.child(W, "rubyBase") {
                        self.inline(base, paragraph);
                    }
                }
                (MC, "AlternateContent") => {
                    self.compare_alternates(child, &paragraph.place);
                    if let Some(content) = alternate(child) {
                        self.run(content, look, paragraph);
                    }
                }
                _ => {}
            }
        }
    }

    /// Puts text where it belongs: into the line, or among the hidden.
    pub(super) fn put(&mut self, text: &str, look: &RunLook, paragraph: &mut Paragraph<'_>) {
        if paragraph.in_instruction() || !self.output.allows(text) {
            return;
        }
        match look.hiding(paragraph.background) {
            Some(hiding) => match paragraph.hidden.last_mut() {
                Some((last, hidden)) if *last == hiding => hidden.push_str(text),
                _ => paragraph.hidden.push((hiding, text.to_owned())),
            },
            None => {
                if look.is_paper_coloured() && look.fill.is_none() && paragraph.background == Background::Unknown {
                    // Most likely on a coloured shape, but nobody can tell from here.
                    self.output.property("white_text_over_drawing", text.trim(), self.part);
                }
                paragraph.builder.push(text, look.letters());
                paragraph.links.iter_mut().for_each(|link| link.shown.push_str(text));
            }
        }
    }

    fn end_line(&mut self, paragraph: &mut Paragraph<'_>) {
        let (line, hidden) = paragraph.builder.take(&paragraph.place);
        if let Some(hidden) = hidden {
            self.output.hidden(hidden.hiding, &hidden.text, &hidden.place);
        }
        if let Some(mut line) = line.filter(|_| self.output.allows_line()) {
            line.space_before = std::mem::take(&mut paragraph.page_break);
            paragraph.lines.push(line);
        }
    }

    /// Ends the paragraph: its lines, and the boxes anchored in it from top to bottom.
    pub(super) fn finish<'t>(&mut self, mut paragraph: Paragraph<'t>) -> (Vec<Line>, Vec<TextBox<'t>>) {
        self.end_line(&mut paragraph);
        while !paragraph.links.is_empty() {
            self.close_link(&mut paragraph);
        }
        for (hiding, text) in std::mem::take(&mut paragraph.hidden) {
            self.output.hidden(hiding, &text, &paragraph.place);
        }
        paragraph.boxes.sort_by_key(|text_box| text_box.order);
        (paragraph.lines, paragraph.boxes)
    }

    fn field_mark(&mut self, kind: &str, paragraph: &mut Paragraph<'_>) {
        match kind {
            "begin" => paragraph.fields.push(Field::default()),
            "separate" => {
                let instruction = paragraph.fields.last().map(|field| field.instruction.clone()).unwrap_or_default();
                let opened_link = self.field(&instruction, paragraph);
                if let Some(field) = paragraph.fields.last_mut() {
                    field.in_result = true;
                    field.opened_link = opened_link;
                }
            }
            "end" => {
                if let Some(field) = paragraph.fields.pop() {
                    let closes = field.opened_link || (!field.in_result && self.field(&field.instruction, paragraph));
                    if closes {
                        self.close_link(paragraph);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes note of a field; true where it is a link, which then is open.
    fn field(&mut self, instruction: &str, paragraph: &mut Paragraph<'_>) -> bool {
        let mut words = words(instruction);
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "HYPERLINK" => {
                if let Some(target) = words.next().filter(|target| !target.starts_with('\\')) {
                    self.open_link(target, paragraph);
                    return true;
                }
            }
            // Fields that fetch from elsewhere, or that a mail merge has filled.
            "INCLUDEPICTURE" | "INCLUDETEXT" | "IMPORT" | "LINK" | "DDE" | "DDEAUTO" | "DATABASE" | "RD" => {
                self.output.property("external_field", instruction.trim(), self.part);
            }
            "MERGEFIELD" => self.output.some_property("merge_field", words.next().as_deref(), self.part),
            _ => {}
        }
        false
    }

    fn open_link(&mut self, target: String, paragraph: &mut Paragraph<'_>) {
        paragraph.links.push(OpenLink { target, shown: String::new() });
    }

    fn close_link(&mut self, paragraph: &mut Paragraph<'_>) {
        if let Some(link) = paragraph.links.pop() {
            self.output.link(&link.target, Some(link.shown), &paragraph.place);
        }
    }

    /// The target of a link by the id of its relationship; internal targets are no links.
    pub(super) fn related(&mut self, id: Option<&str>) -> Option<String> {
        let relationship = self.relationships.get(id?)?;
        self.used.insert(relationship.id.clone());
        relationship.external.then(|| relationship.target.clone())
    }

    /// Word shows the first choice; text that stands only in the fallback is there for other readers alone.
    pub(super) fn compare_alternates(&mut self, element: Element<'_>, place: &Place) {
        let text = |branch: Option<Element<'_>>| -> String {
            let texts = branch.into_iter().flat_map(Element::descendants).filter(|inner| inner.is(W, "t") || inner.is(A, "t"));
            texts.map(Element::text).collect::<String>().split_whitespace().collect()
        };
        let (choice, fallback) = (element.child(MC, "Choice"), element.child(MC, "Fallback"));
        if choice.is_none() || fallback.is_none() {
            return;
        }
        let (shown, other) = (text(choice), text(fallback));
        if other != shown && !other.is_empty() {
            let whole: Vec<String> = fallback
                .into_iter()
                .flat_map(Element::descendants)
                .filter(|inner| inner.is(W, "t") || inner.is(A, "t"))
                .map(Element::text)
                .collect();
            self.output.hidden(Hiding::Invisible, &whole.join(" "), place);
        }
    }
}

/// Words of a field instruction; quotes hold words together, a backslash in them keeps the next character.
fn words(instruction: &str) -> impl Iterator<Item = String> {
    let mut characters = instruction.chars().peekable();
    std::iter::from_fn(move || {
        while characters.next_if(|character| character.is_whitespace()).is_some() {}
        let quoted = characters.next_if(|&character| character == '"' || character == '“').is_some();
        let mut word = String::new();
        while let Some(character) = characters.next() {
            match character {
                '"' | '”' if quoted => return Some(word),
                '\\' if quoted => word.extend(characters.next()),
                character if !quoted && character.is_whitespace() => return Some(word),
                character => word.push(character),
            }
        }
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn instructions_are_split_into_words() {
        assert_eq!(
            words(r#" HYPERLINK "https://a.example/x y" \o "tip" "#).collect::<Vec<_>>(),
            ["HYPERLINK", "https://a.example/x y", "\\o", "tip"]
        );
        assert_eq!(words(r#"INCLUDETEXT "C:\\Users\\robin\\cv.docx""#).nth(1).as_deref(), Some(r"C:\Users\robin\cv.docx"));
        assert_eq!(words("  ").count(), 0);
    }
}
