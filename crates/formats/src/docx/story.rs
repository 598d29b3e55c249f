//! A story: the blocks of one part (body, header, text box) to lines.

use std::collections::{BTreeSet, HashMap};

use bonafide_model::{fact::Hiding, place::Place};

use super::{
    grid::{self, Cell, Row},
    inline::Paragraph,
    look::{Background, ParagraphLook, RunLook, read_shade},
    names::{MC, W, alternate, value},
    output::Output,
    package::Relationship,
    styles::{Numbering, Styles},
};
use crate::{document::Line, line, xml::Element};

/// What holds for the whole document.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// Page size in twentieths of a point.
    pub(super) page: (i32, i32),
    /// Whether shapes may paint behind the text.
    pub(super) backdrop: bool,
}

/// What holds for the blocks of a cell or a box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    pub(super) background: Background,
}

/// One part being read.
pub(super) struct Story<'s> {
    pub(super) context: &'s Context,
    pub(super) part: &'s str,
    /// Relationships of the part by id.
    pub(super) relationships: &'s HashMap<String, Relationship>,
    pub(super) output: &'s mut Output,
    /// Ids of relationships that the text uses.
    pub(super) used: BTreeSet<String>,
    /// Number of the last paragraph.
    pub(super) paragraph: u32,
    blank_before: bool,
}

/// Spacing that sets a line apart: 6 points.
const SET_APART: i32 = 120;
/// An exact line height of so much or less (1.5 points) shows no letters.
const NO_HEIGHT: i32 = 30;

impl<'s> Story<'s> {
    pub(super) fn new(
        context: &'s Context,
        part: &'s str,
        relationships: &'s HashMap<String, Relationship>,
        output: &'s mut Output,
    ) -> Self {
        Self { context, part, relationships, output, used: BTreeSet::new(), paragraph: 0, blank_before: false }
    }

    /// Reads the story from its outermost element.
    pub(super) fn read(&mut self, root: Element<'_>) -> Vec<Line> {
        // Shapes behind the text may paint the paper in any colour.
        let background = if self.context.backdrop { Background::Unknown } else { Background::PAPER };
        let mut lines = Vec::new();
        self.blocks(root, Surroundings { background }, &mut lines);
        lines
    }

    pub(super) fn place(&self) -> Place {
        Place::Part { part: self.part.to_owned(), line: Some(self.paragraph.max(1)) }
    }

    /// Depth is bounded by the depth of the tree, which the XML reader limits.
    pub(super) fn blocks(&mut self, parent: Element<'_>, surroundings: Surroundings, lines: &mut Vec<Line>) {
        for child in parent.children() {
            match (child.space(), child.local()) {
                (W, "p") => self.read_paragraph(child, surroundings, lines),
                (W, "tbl") => {
                    let table = self.table(child, surroundings);
                    lines.extend(grid::arrange(table));
                }
                (W, "sdt") => {
                    if let Some(content) = child.child(W, "sdtContent") {
                        self.blocks(content, surroundings, lines);
                    }
                }
                (W, "customXml" | "ins" | "moveTo") => self.blocks(child, surroundings, lines),
                (W, "del" | "moveFrom") => self.deleted(child),
                (MC, "AlternateContent") => {
                    if let Some(content) = alternate(child) {
                        self.blocks(content, surroundings, lines);
                    }
                }
                (W, "altChunk") => self.output.incomplete(format!("{}: an embedded foreign document was not read", self.part)),
                _ => {}
            }
        }
    }

    fn read_paragraph(&mut self, element: Element<'_>, surroundings: Surroundings, lines: &mut Vec<Line>) {
        self.paragraph = self.paragraph.saturating_add(1);
        let properties = element.child(W, "pPr");
        let style_id = properties.and_then(|properties| value(properties, "pStyle"));
        let style = self.context.styles.of_paragraph(style_id);
        let direct = properties.map(ParagraphLook::read).unwrap_or_default();
        let look = self.context.styles.paragraph_look(style, &direct);
        let run = self.context.styles.paragraph_run(style);
        let background = look.fill.unwrap_or(surroundings.background);

        let mut paragraph = Paragraph::new(self.place(), run, background);
        self.inline(element, &mut paragraph);
        let (mut own, boxes) = self.finish(paragraph);

        let name = style.map(|style| style.name.clone()).or_else(|| style_id.map(str::to_owned));
        let heading =
            look.outline.filter(|&level| level < 9).map(|level| level + 1).or_else(|| style.and_then(|style| style.heading));
        let bullet = look.list.as_ref().filter(|_| heading.is_none()).and_then(|list| self.context.numbering.glyph(list));
        let apart = look.space_before.is_some_and(|before| before >= SET_APART) || look.page_break == Some(true);
        for (number, line) in own.iter_mut().enumerate() {
            line.style.clone_from(&name);
            line.heading = heading;
            line::cut_bullet(line);
            if number == 0 {
                line.bullet = line.bullet.or(bullet);
                line.space_before = apart || self.blank_before;
            }
        }
        self.blank_before = own.is_empty();
        if look.exact_height.is_some_and(|height| height <= NO_HEIGHT) {
            self.hide(&mut own, Hiding::Tiny);
        } else if self.is_off_page(&look) {
            self.hide(&mut own, Hiding::OffPage);
        }

        let (before, after): (Vec<_>, Vec<_>) = boxes.into_iter().partition(|text_box| text_box.before);
        for text_box in before {
            self.read_box(&text_box, lines);
        }
        lines.append(&mut own);
        for text_box in after {
            self.read_box(&text_box, lines);
        }
    }

    fn is_off_page(&self, look: &ParagraphLook) -> bool {
        let (width, height) = self.context.page;
        let beyond = |offset: i32, size: i32| size > 0 && offset.saturating_abs() >= size;
        look.indent.is_some_and(|indent| beyond(indent, width))
            || look.frame.is_some_and(|(x, y)| beyond(x, width) || beyond(y, height))
    }

    fn read_box(&mut self, text_box: &super::shapes::TextBox<'_>, lines: &mut Vec<Line>) {
        let mut own = Vec::new();
        self.blocks(text_box.content, Surroundings { background: text_box.fill }, &mut own);
        match text_box.hiding {
            Some(hiding) => self.hide(&mut own, hiding),
            None => lines.append(&mut own),
        }
    }

    fn table(&mut self, element: Element<'_>, surroundings: Surroundings) -> Vec<Row> {
        let properties = element.child(W, "tblPr");
        let painted = properties
            .and_then(|properties| value(properties, "tblStyle"))
            .and_then(|id| self.context.styles.get(id))
            .is_some_and(|style| style.paints);
        let own = properties.and_then(|properties| properties.child(W, "shd")).and_then(read_shade);
        let background = if painted { Background::Unknown } else { own.unwrap_or(surroundings.background) };
        let mut rows = Vec::new();
        self.rows(element, Surroundings { background }, &mut rows);
        rows
    }

    fn rows(&mut self, parent: Element<'_>, surroundings: Surroundings, rows: &mut Vec<Row>) {
        for child in parent.children() {
            match (child.space(), child.local()) {
                (W, "tr") => {
                    let properties = child.child(W, "trPr");
                    if properties.is_some_and(|properties| properties.child(W, "del").is_some()) {
                        self.deleted(child);
                        continue;
                    }
                    let mut row = Row::default();
                    let before =
                        properties.and_then(|properties| value(properties, "gridBefore")).and_then(|count| count.parse().ok());
                    self.cells(child, surroundings, &mut before.unwrap_or(0), &mut row);
                    if properties.and_then(|properties| super::names::switch(properties, "hidden")) == Some(true) {
                        for cell in &mut row.cells {
                            self.hide(&mut cell.lines, Hiding::Invisible);
                        }
                    }
                    rows.push(row);
                }
                (W, "sdt") => {
                    if let Some(content) = child.child(W, "sdtContent") {
                        self.rows(content, surroundings, rows);
                    }
                }
                (W, "customXml" | "ins" | "moveTo") => self.rows(child, surroundings, rows),
                _ => {}
            }
        }
    }

    fn cells(&mut self, parent: Element<'_>, surroundings: Surroundings, column: &mut u16, row: &mut Row) {
        for child in parent.children() {
            match (child.space(), child.local()) {
                (W, "tc") => {
                    let properties = child.child(W, "tcPr");
                    let fill = properties.and_then(|properties| properties.child(W, "shd")).and_then(read_shade);
                    let span = properties
                        .and_then(|properties| value(properties, "gridSpan"))
                        .and_then(|span| span.parse().ok())
                        .unwrap_or(1);
                    let mut cell = Cell { start: *column, lines: Vec::new() };
                    self.blocks(child, Surroundings { background: fill.unwrap_or(surroundings.background) }, &mut cell.lines);
                    *column = column.saturating_add(span);
                    row.cells.push(cell);
                }
                (W, "sdt") => {
                    if let Some(content) = child.child(W, "sdtContent") {
                        self.cells(content, surroundings, column, row);
                    }
                }
                (W, "customXml") => self.cells(child, surroundings, column, row),
                _ => {}
            }
        }
    }

    /// Turns lines into hidden text.
    pub(super) fn hide(&mut self, lines: &mut Vec<Line>, hiding: Hiding) {
        for line in lines.drain(..) {
            self.output.hidden(hiding, &line.text, &line.place);
        }
    }

    /// Text that a tracked change has taken away: nobody sees it, and it tells about an earlier state.
    pub(super) fn deleted(&mut self, element: Element<'_>) {
        let text: String = element
            .descendants()
            .filter(|inner| inner.is(W, "delText") || inner.is(W, "t"))
            .map(Element::text)
            .collect::<Vec<_>>()
            .join("");
        if !text.trim().is_empty() && self.output.allows(&text) {
            self.output.property("deleted_text", text.trim(), self.part);
        }
    }

    /// The look of a run: paragraph's, then character style's, then its own.
    pub(super) fn run_look(&self, paragraph: &RunLook, properties: Option<Element<'_>>) -> RunLook {
        let Some(properties) = properties else { return paragraph.clone() };
        let direct = RunLook::read(properties);
        match value(properties, "rStyle").and_then(|id| self.context.styles.get(id)) {
            Some(style) => paragraph.with_character_style(&style.run).under(&direct),
            None => paragraph.under(&direct),
        }
    }
}
