//! Splits the rows of a document into sections by their headings.

use std::collections::HashMap;

use bonafide_formats::document::Line;

use super::{
    dates, fold,
    prepare::{self, Row},
    types::SectionKind,
    vocabulary::{
        headings::{self, Certainty},
        occupations, organisations,
    },
};

mod content;

/// A section: its heading and its rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) kind: SectionKind,
    /// The heading as written and the row it stands in; none for the head of the document.
    pub(crate) heading: Option<(String, Row)>,
    pub(crate) rows: Vec<Row>,
}

/// What a heading looks like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Look {
    half_points: i32,
    bold: bool,
    upper: bool,
    style: Option<String>,
}

impl Look {
    fn of(row: &Row) -> Self {
        Self { half_points: (row.size * 2.0).round() as i32, bold: row.bold, upper: row.is_upper(), style: row.style.clone() }
    }
}

/// What a look means in this document.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    rows: u32,
    headings: u32,
}

struct Typography {
    uses: HashMap<Look, Use>,
    /// Size of most letters, in half points.
    body: i32,
    /// The look of most known headings.
    usual: Option<Look>,
}

impl Typography {
    fn of(rows: &[Row]) -> Self {
        let mut uses: HashMap<Look, Use> = HashMap::new();
        let mut letters: HashMap<i32, usize> = HashMap::new();
        for row in rows {
            let entry = uses.entry(Look::of(row)).or_default();
            entry.rows += 1;
            if row.bullet.is_none()
                && row.cells.len() == 1
                && headings::recognise(&row.text).is_some_and(|(_, certainty)| certainty == Certainty::Whole)
            {
                entry.headings += 1;
            }
            *letters.entry((row.size * 2.0).round() as i32).or_default() += row.text.len();
        }
        let body = letters.into_iter().max_by_key(|&(size, count)| (count, size)).map_or(0, |(size, _)| size);
        let usual = uses
            .iter()
            .filter(|(_, used)| used.headings > 0)
            .max_by_key(|(look, used)| (used.headings, look.half_points, look.upper, look.bold, std::cmp::Reverse(used.rows)))
            .map(|(look, _)| look.clone());
        Self { uses, body, usual }
    }

    /// Whether rows of this look are larger, bold, upper case or styled, compared with running text.
    fn stands_out(&self, look: &Look) -> bool {
        look.half_points > self.body || look.bold || look.upper || look.style.as_deref().is_some_and(is_heading_style)
    }

    /// Whether a look is that of most known headings; where a style marks them, capital letters make no difference.
    fn is_usual(&self, look: &Look) -> bool {
        self.usual.as_ref().is_some_and(|usual| {
            usual == look || usual.style.is_some() && (Look { upper: usual.upper, ..look.clone() }) == *usual
        })
    }

    /// Share of rows of this look that are known headings, and their number.
    fn trust(&self, look: &Look) -> (f32, u32) {
        let other = look.style.is_some().then(|| Look { upper: !look.upper, ..look.clone() });
        let uses = [Some(look), other.as_ref()].into_iter().flatten().filter_map(|look| self.uses.get(look));
        let (headings, rows) = uses.fold((0, 0), |sum, used| (sum.0 + used.headings, sum.1 + used.rows));
        (headings as f32 / rows.max(1) as f32, headings)
    }
}

/// Whether a paragraph style is one for headings.
fn is_heading_style(style: &str) -> bool {
    let folded = fold::fold(style);
    [
        "heading",
        "h1",
        "h2",
        "h3",
        "title",
        "section",
        "uberschrift",
        "titre",
        "titulo",
        "kop",
        "naglowek",
        "rubrik",
        "overskrift",
        "otsikko",
    ]
    .iter()
    .any(|name| folded.starts_with(name))
}

/// Splits rows into sections. The first block is the head of the document, possibly without rows.
pub(crate) fn split(mut rows: Vec<Row>) -> Vec<Block> {
    let typography = Typography::of(&rows);
    let mut label_uses: HashMap<String, u32> = HashMap::new();
    for row in &rows {
        if let Some((label, _)) = row.text.split_once(':')
            && label.len() < 60
        {
            *label_uses.entry(fold::key(label)).or_default() += 1;
        }
    }
    let mut splitter =
        Splitter { typography, label_uses, blocks: vec![Block::default()], columns: HashMap::new(), last: None, current: 0 };
    let mut index = 0;
    while index < rows.len() {
        let row = std::mem::take(&mut rows[index]);
        let ahead = &rows[index + 1..];
        index += 1;
        if let Some((second, joined)) = ahead.first().and_then(|next| Some((next, label_over_two_rows(&row, next)?))) {
            splitter.open(joined.0, joined.1, &row);
            splitter.add(row.cut_front(row.cells[0].end));
            splitter.add(second.cut_front(second.cells[0].end));
            index += 1;
            continue;
        }
        if let Some(whole) = ahead.first().and_then(|next| heading_over_two_rows(&row, next)) {
            index += 1;
            splitter.take(whole, &rows[index..]);
            continue;
        }
        splitter.take(row, ahead);
    }
    content::settle(&mut splitter.blocks);
    splitter.blocks
}

/// `Technical   Java …` over `Skills   Spring …`: a label beside two rows.
fn label_over_two_rows(first: &Row, second: &Row) -> Option<(SectionKind, String)> {
    if first.cells.len() < 2 || second.cells.len() < 2 || first.bullet.is_some() || second.bullet.is_some() {
        return None;
    }
    let label = format!("{} {}", first.cell(0), second.cell(0));
    let alone = headings::recognise(first.cell(0))
        .is_some_and(|(_, certainty)| certainty == Certainty::Whole && fold::key(first.cell(0)) != "technical");
    match headings::recognise(&label) {
        Some((kind, Certainty::Whole)) if !alone => Some((kind, label)),
        _ => None,
    }
}

/// `TECHNICAL` over `SKILLS`: a heading that wraps in a narrow column.
fn heading_over_two_rows(first: &Row, second: &Row) -> Option<Row> {
    let known = |text: &str| headings::recognise(text).filter(|(_, certainty)| *certainty == Certainty::Whole);
    let alike = first.has_area()
        && Look::of(first) == Look::of(second)
        && (first.bold || first.is_upper() || first.size > 11.0)
        && first.page == second.page
        && first.column == second.column
        && first.bullet.is_none()
        && second.bullet.is_none()
        && !second.space_before
        && (first.left - second.left).abs() < 3.0
        && second.top - first.top < 1.8 * first.size.max(8.0);
    if !alike || first.text.len() + second.text.len() > 60 {
        return None;
    }
    let text = format!("{} {}", first.text, second.text);
    known(&text)?;
    let mut whole = first.clone();
    whole.cells = std::iter::once(0..text.len()).collect();
    whole.text = text;
    whole.place = super::join_places(&first.place, &second.place);
    Some(whole)
}

/// How far the left edges of a column on two pages may lie apart, in points.
const SAME_EDGE: f32 = 40.0;

/// The section last open in a column.
#[derive(Clone, Copy, Debug)]
struct Open {
    page: u32,
    block: usize,
    /// Left edge of the column.
    left: f32,
}

struct Splitter {
    typography: Typography,
    label_uses: HashMap<String, u32>,
    blocks: Vec<Block>,
    /// The section last open in each column, and on which page.
    columns: HashMap<u16, Open>,
    last: Option<(u32, u16)>,
    current: usize,
}

/// Whether a row is part of the table above it: the rest of a cell, or a row with the same cells. A word of headings, such as
/// `Research` below `Centre for Ocean`, is none there.
fn is_cell_of(before: &Row, row: &Row) -> bool {
    let Some(lefts) = before.cell_lefts().filter(|lefts| lefts.len() >= 2) else { return false };
    let level = row.cell_lefts().unwrap_or_default();
    let same_cells = lefts.len() >= 3
        && level.len() == lefts.len()
        && level.iter().zip(&lefts).all(|(one, other)| (one - other).abs() < 3.0)
        && before.letters_at(0) == row.letters_at(0);
    // The word would not have fitted into the cell that it stands below.
    let width = (row.right - row.left) / row.text.chars().count().max(1) as f32;
    let word = row.text.split(' ').next().map_or(0, |word| word.chars().count()) as f32;
    let full =
        |cell: usize| before.gaps.get(cell).is_some_and(|&(_, begin, end)| begin + (word + 1.0) * width > end - 0.8 * row.size);
    let rest_of_cell = lefts.len() >= 3
        && row.cells.len() == 1
        && !row.space_before
        && before.letters_at(0) == row.letters_at(0)
        && (before.size - row.size).abs() < 0.3
        && lefts.iter().position(|left| (left - row.left).abs() < 3.0).is_some_and(full);
    (before.page, before.column) == (row.page, row.column)
        && (same_cells || rest_of_cell || row.cells.len() == 1 && prepare::wraps_in_first_cell(before, row))
}

impl Splitter {
    fn take(&mut self, row: Row, ahead: &[Row]) {
        let other_look = !self.typography.is_usual(&Look::of(&row));
        if other_look && self.blocks[self.current].rows.last().is_some_and(|before| is_cell_of(before, &row)) {
            self.add(row);
            return;
        }
        if let Some(kind) = self.whole_row(&row, ahead) {
            let text = headings::trim_ornaments(&row.text).to_owned();
            self.open(kind, text, &row);
            return;
        }
        if let Some((kind, bytes)) = self.in_front(&row, ahead) {
            let text = headings::trim_ornaments(&row.text[..bytes]).to_owned();
            self.open(kind, text, &row);
            let rest = row.cut_front(bytes);
            if !rest.text.is_empty() {
                self.add(rest);
            }
            return;
        }
        self.add(row);
    }

    fn open(&mut self, kind: SectionKind, text: String, row: &Row) {
        self.blocks.push(Block { kind, heading: Some((text, row.clone())), rows: Vec::new() });
        self.current = self.blocks.len() - 1;
        self.remember(row);
    }

    fn remember(&mut self, row: &Row) {
        let known = self.columns.get(&row.column).filter(|open| open.page == row.page).map_or(f32::INFINITY, |open| open.left);
        self.columns.insert(row.column, Open { page: row.page, block: self.current, left: known.min(row.left) });
        self.last = Some((row.page, row.column));
    }

    fn add(&mut self, row: Row) {
        // A column that goes on over the page break goes on with its own section: the one at the same left edge.
        if self.last.is_some_and(|last| last.0 != row.page) && row.column != Line::FULL_WIDTH {
            let before = self.columns.values().filter(|open| open.page + 1 == row.page);
            let nearest = before.min_by(|one, other| (one.left - row.left).abs().total_cmp(&(other.left - row.left).abs()));
            if let Some(open) = nearest.filter(|open| (open.left - row.left).abs() < SAME_EDGE) {
                self.current = open.block;
            }
        }
        // A column that begins beside or above the section that is open begins anew: on the first page, with the head.
        let heading = self.blocks[self.current].heading.as_ref().map(|(_, heading)| heading);
        let begins = row.page == 1 && row.column != Line::FULL_WIDTH && !self.columns.contains_key(&row.column);
        if begins
            && heading.is_some_and(|heading| {
                heading.page == 1
                    && heading.column != Line::FULL_WIDTH
                    && heading.column != row.column
                    && row.top < heading.top - 1.0
            })
        {
            self.current = 0;
        }
        self.remember(&row);
        self.blocks[self.current].rows.push(row);
    }

    /// The section a row announces when all of it is a heading.
    fn whole_row(&self, row: &Row, ahead: &[Row]) -> Option<SectionKind> {
        if row.cells.len() > 1 && !row.is_upper() || row.text.len() > 120 {
            return None;
        }
        if self.blocks.len() == 1 && self.blocks[0].rows.len() < 2 && headings::is_document_title(&row.text) {
            return None;
        }
        if is_offer_of_references(&row.text) {
            return Some(SectionKind::References);
        }
        let look = Look::of(row);
        let stands_out = self.typography.stands_out(&look);
        let (trust, known) = self.typography.trust(&look);
        let here = self.blocks[self.current].kind;
        let styled = row.style.as_deref().is_some_and(is_heading_style);
        if row.bullet.is_some()
            && !(styled
                || row.bullet.is_some_and(|glyph| ('\u{e000}'..='\u{f8ff}').contains(&glyph))
                || stands_out && self.typography.usual.as_ref() == Some(&look))
        {
            return None;
        }
        match headings::recognise(&row.text) {
            Some((kind, Certainty::Whole)) => {
                let speaks =
                    kind == SectionKind::Languages && ahead.first().is_some_and(|next| content::begins_with_language(&next.text));
                let nested = !speaks && self.is_nested(kind, here, &look);
                let word_of_prose = !stands_out
                    && !row.space_before
                    && self.typography.usual.as_ref().is_some_and(|usual| self.typography.stands_out(usual))
                    && trust < 0.3;
                (!nested && !word_of_prose).then_some(kind)
            }
            Some((kind, Certainty::Qualified)) => {
                if ahead.is_empty() && here == SectionKind::Head {
                    return None;
                }
                let as_others = self.typography.usual.as_ref() == Some(&look) && stands_out;
                let alone = self.typography.usual.is_none() && row.space_before;
                let entry = occupations::title_evidence(&fold::fold(&row.text)) >= 3.0;
                let plain = !stands_out && row.space_before && trust > 0.5 && title_case(&row.text);
                ((as_others || alone || plain || styled || look.upper && row.space_before) && !entry).then_some(kind)
            }
            None => {
                // A heading that is not understood: it looks like the others, and little else does.
                if here == SectionKind::Head && !content::entries_follow(ahead)
                    || row.cells.len() > 1
                    || !self.typography.is_usual(&look)
                    || row.text.split(' ').count() > 6
                {
                    return None;
                }
                let folded = fold::fold(&row.text);
                let content = occupations::title_evidence(&folded) >= 1.5
                    || organisations::firm_evidence(&folded) >= 2.0
                    || !dates::find(&row.text).is_empty()
                    || row.text.contains(['@', ',', '|', '•', '·', '.', '(']);
                let larger = look.half_points > self.typography.body || styled;
                let marked = styled && here == SectionKind::Head;
                let enough = if marked {
                    known >= 1
                } else if larger {
                    trust >= 0.4 && known >= 2
                } else {
                    trust >= 0.6 && known >= 3 && row.space_before
                };
                (stands_out && enough && !content).then_some(SectionKind::Other)
            }
        }
    }

    /// Whether a known heading is only a label inside the section that is open (`Languages` among the skills).
    fn is_nested(&self, kind: SectionKind, here: SectionKind, look: &Look) -> bool {
        let Some(usual) = &self.typography.usual else { return false };
        let (_, known) = self.typography.trust(usual);
        // Capital letters alone do not make a heading more or less than its neighbours.
        let lesser = look.half_points < usual.half_points
            || usual.bold && !look.bold
            || usual.upper && !look.upper && usual.half_points <= self.typography.body
            || usual.style.is_some() && look.style != usual.style;
        let smaller = lesser && known >= 2 && look.half_points <= usual.half_points;
        let weak = matches!(
            kind,
            SectionKind::Languages
                | SectionKind::Coursework
                | SectionKind::Skills
                | SectionKind::Personal
                | SectionKind::Awards
                | SectionKind::Contact
                | SectionKind::Projects
        );
        let inside = match here {
            SectionKind::Skills => matches!(kind, SectionKind::Languages | SectionKind::Skills),
            SectionKind::Education => matches!(kind, SectionKind::Coursework | SectionKind::Awards),
            SectionKind::Work | SectionKind::Projects => {
                matches!(kind, SectionKind::Skills | SectionKind::Awards | SectionKind::Projects)
            }
            SectionKind::Awards => kind == SectionKind::Awards,
            _ => false,
        };
        smaller && weak && inside
    }

    /// A heading in front of text on the same row: in a cell of its own, or before a colon.
    fn in_front(&self, row: &Row, ahead: &[Row]) -> Option<(SectionKind, usize)> {
        if row.bullet.is_some() {
            return None;
        }
        let here = self.blocks[self.current].kind;
        let in_skills = |kind: SectionKind| {
            here == SectionKind::Skills
                && matches!(
                    kind,
                    SectionKind::Skills
                        | SectionKind::Languages
                        | SectionKind::Projects
                        | SectionKind::Certificates
                        | SectionKind::Publications
                )
        };
        if row.cells.len() > 1 {
            let first = row.cells[0].clone();
            let (kind, certainty) = headings::recognise(&row.text[first.clone()])?;
            let sets_off =
                row.space_before || self.blocks.len() == 1 || row.text[first.clone()].chars().all(|c| !c.is_lowercase());
            return (certainty == Certainty::Whole && !in_skills(kind) && sets_off && kind != SectionKind::Personal)
                .then_some((kind, first.end));
        }
        let colon = row.text.find([':', '：']).filter(|&colon| colon < 60)?;
        let (kind, certainty) = headings::recognise(&row.text[..colon])?;
        // "Languages: English, Welsh" ends the skills, "Languages: Python, Go" does not.
        let behind = &row.text[colon + row.text[colon..].chars().next().map_or(1, char::len_utf8)..];
        let human = kind == SectionKind::Languages && content::begins_with_language(behind);
        let kind = if kind == SectionKind::Languages && !human { SectionKind::Skills } else { kind };
        if certainty != Certainty::Whole || in_skills(kind) && !human || behind.trim().is_empty() {
            return None;
        }
        let once = self.label_uses.get(&fold::key(&row.text[..colon])).copied().unwrap_or(0) <= 1;
        let allowed = match here {
            SectionKind::Head => !matches!(kind, SectionKind::Contact | SectionKind::Work | SectionKind::Personal),
            SectionKind::Work | SectionKind::Projects | SectionKind::Volunteer => {
                once && row.space_before
                    && !content::entries_go_on(ahead)
                    && !matches!(
                        kind,
                        SectionKind::Awards
                            | SectionKind::Projects
                            | SectionKind::Work
                            | SectionKind::Contact
                            | SectionKind::Personal
                    )
            }
            SectionKind::Education => {
                once && (row.space_before || kind == SectionKind::Skills || kind == SectionKind::Languages)
                    && kind != SectionKind::Coursework
                    && kind != SectionKind::Education
            }
            SectionKind::Contact => !matches!(kind, SectionKind::Contact | SectionKind::Personal),
            _ => {
                once && kind != here
                    && !matches!(
                        kind,
                        SectionKind::Contact
                            | SectionKind::Work
                            | SectionKind::Education
                            | SectionKind::Personal
                            | SectionKind::Summary
                    )
            }
        };
        allowed.then_some((kind, row.text.len() - behind.len()))
    }
}

/// `References available upon request`: a section of one line.
fn is_offer_of_references(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let folded = fold::fold(text);
    let offers = folded.contains("request")
        || folded.contains("auf anfrage")
        || folded.contains("sur demande")
        || folded.contains("a peticion")
        || folded.contains("op aanvraag")
        || folded.contains("su richiesta");
    offers && (folded.starts_with("referen") || folded.starts_with("professional referen"))
}

/// Whether most words begin with an upper-case letter.
fn title_case(text: &str) -> bool {
    let (mut upper, mut all) = (0, 0);
    for word in text.split(' ').filter(|word| word.chars().next().is_some_and(char::is_alphabetic)) {
        all += 1;
        upper += u32::from(word.chars().next().is_some_and(char::is_uppercase));
    }
    all > 0 && upper * 2 > all
}
