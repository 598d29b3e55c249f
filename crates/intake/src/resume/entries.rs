//! Cuts a section of jobs (or other dated positions) into entries: the head of each, and what stands below it.

use super::{
    dates::{self, Found},
    places,
    prepare::Row,
};

mod kinds;
mod wraps;

use kinds::{classify, complete_heads, ends_sentence, evidence, follow_template, is_beside_place, main_first, words};

/// One entry: rows that name it, and rows that describe it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Rows of the head in order, with the dates in them.
    pub(crate) head: Vec<HeadRow>,
    /// Number of the row of the head that holds the period, if any.
    pub(crate) anchor: Option<usize>,
    /// Rows below: bullet points and text.
    pub(crate) body: Vec<BodyRow>,
}

/// A row of a head.
#[derive(Clone, Debug)]
pub(crate) struct HeadRow {
    pub(crate) row: Row,
    /// The dates in the row; the main one first.
    pub(crate) dates: Vec<Found>,
}

/// A row of a body.
#[derive(Clone, Debug)]
pub(crate) struct BodyRow {
    pub(crate) row: Row,
    /// Whether it goes on with the row before.
    pub(crate) continues: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Head,
    Dated,
    Bullet,
    Body,
    /// Goes on with the row before.
    Tail,
}

/// What the measures of a section are.
struct Measures {
    /// Left edge of the heads; negative infinity where unknown.
    left: f32,
    /// Usual size of letters.
    size: f32,
    /// Whether most rows are bold or italic, so that it says nothing.
    bold: bool,
    italic: bool,
    /// Length of the longest usual row in characters.
    length: usize,
    /// Right edge of the longest rows.
    right: f32,
    has_bullets: bool,
    /// Whether the text of bullet points hangs right of the left edge.
    hanging: bool,
}

/// Cuts rows into entries. Rows before the first entry are given back apart.
pub(crate) fn split(rows: &[Row]) -> (Vec<Entry>, Vec<BodyRow>) {
    let rows = wraps::join(rows);
    let measures = Measures::of(&rows);
    let dates: Vec<Vec<Found>> = rows.iter().map(|row| main_first(row, dates::find(&row.text))).collect();
    let mut kinds = classify(&rows, &dates, &measures);
    complete_heads(&rows, &dates, &mut kinds);
    follow_template(&rows, &mut kinds);
    assemble(&rows, &dates, &kinds, &measures)
}

/// Joins what wraps inside the cells of a table of jobs.
pub(crate) fn join_table_cells(rows: Vec<Row>) -> Vec<Row> {
    wraps::table_cells(rows)
}

/// Joins periods that wrap.
pub(crate) fn join_periods(rows: &[Row]) -> Vec<Row> {
    wraps::periods(rows)
}

impl Measures {
    fn of(rows: &[Row]) -> Self {
        let placed = rows.iter().any(Row::has_area);
        let left =
            rows.iter().filter(|row| row.bullet.is_none() && row.has_area()).map(|row| row.left).fold(f32::INFINITY, f32::min);
        let letters = |pick: fn(&Row) -> bool| rows.iter().filter(|row| pick(row)).map(|row| row.text.len()).sum::<usize>();
        let all = letters(|_| true);
        let mut sizes: Vec<f32> = rows.iter().map(|row| row.size).collect();
        sizes.sort_by(f32::total_cmp);
        let mut lengths: Vec<usize> = rows.iter().map(|row| row.text.chars().count()).collect();
        lengths.sort_unstable();
        Self {
            left: if placed { left } else { f32::NEG_INFINITY },
            size: sizes.get(sizes.len() / 2).copied().unwrap_or(0.0),
            bold: letters(|row| row.bold) * 2 > all,
            italic: letters(|row| row.italic) * 2 > all,
            length: lengths.get(lengths.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0),
            right: rows.iter().map(|row| row.right).fold(0.0, f32::max),
            has_bullets: rows.iter().any(|row| row.bullet.is_some()),
            hanging: rows.windows(2).any(|pair| {
                pair[0].bullet.is_some() && pair[1].bullet.is_none() && pair[1].has_area() && pair[1].left > left + 5.0
            }),
        }
    }

    /// Whether a row is so long that its text wraps.
    fn is_full(&self, row: &Row) -> bool {
        if row.has_area() && self.right > self.left {
            row.right > self.left + (self.right - self.left) * 0.8
        } else {
            row.text.chars().count() >= 50 && row.text.chars().count() * 10 >= self.length * 7
        }
    }

    /// Whether a row stands where the text of bullet points hangs.
    fn hangs(&self, row: &Row) -> bool {
        row.has_area() && self.has_bullets && row.left > self.left + 3.0
    }
}

fn assemble(rows: &[Row], dates: &[Vec<Found>], kinds: &[Kind], measures: &Measures) -> (Vec<Entry>, Vec<BodyRow>) {
    let runs = runs(kinds);
    let (before, after) = template(&runs, kinds);
    // For each row: the entry it heads, by the number of its anchor; or none.
    let mut heads: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for &(start, end) in &runs {
        let anchors: Vec<usize> = (start..end).filter(|&row| kinds[row] == Kind::Dated).collect();
        if anchors.is_empty() {
            let strong = (start..end).any(|row| evidence(&rows[row].text) >= 2.0)
                && (rows[start].space_before
                    || rows[start].bold && !measures.bold
                    || start == 0
                    || rows[start].size > measures.size * 1.04);
            if strong && end - start <= 3 && end < rows.len() {
                heads.push((start, end, None));
            }
            continue;
        }
        let mut begin = start;
        if let Some(&first) = anchors.first() {
            begin = first_row(rows, start, first, before);
        }
        for (nth, &anchor) in anchors.iter().enumerate() {
            let stop = match anchors.get(nth + 1) {
                None => end.min(anchor + 4),
                Some(&next) => anchor + 1 + cut_between(rows, anchor, next, before, after),
            };
            heads.push((begin, stop, Some(anchor)));
            begin = stop;
        }
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(heads.len());
    let mut lead = Vec::new();
    for (index, &(start, stop, anchor)) in heads.iter().enumerate() {
        let body_end = heads.get(index + 1).map_or(rows.len(), |next| next.0);
        let head = (start..stop).map(|row| HeadRow { row: rows[row].clone(), dates: dates[row].clone() }).collect();
        let body = (stop..body_end).map(|row| body_row(rows, kinds, row)).collect();
        entries.push(Entry { head, anchor: anchor.map(|anchor| anchor - start), body });
    }
    let first = heads.first().map_or(rows.len(), |head| head.0);
    lead.extend((0..first).map(|row| body_row(rows, kinds, row)));
    (entries, lead)
}

/// The row that a head begins with: rows of the run before it may be the last of the entry before.
fn first_row(rows: &[Row], start: usize, anchor: usize, before: usize) -> usize {
    let earliest = start.max(anchor.saturating_sub(3));
    if start == 0 {
        return earliest;
    }
    let cost = |begin: usize| {
        let mut cost = if (anchor - begin) > before {
            0.7 * (anchor - begin - before) as f32
        } else {
            0.9 * (before - (anchor - begin)) as f32
        };
        if rows[begin].space_before {
            cost -= 1.6;
        }
        if (begin + 1..=anchor).any(|row| rows[row].space_before) {
            cost += 0.8;
        }
        if rows[earliest..begin].iter().any(|row| row.bold && !rows[anchor].bold || is_beside_place(row)) {
            cost += 2.0;
        }
        cost
    };
    (earliest..=anchor).min_by(|&one, &other| cost(one).total_cmp(&cost(other))).unwrap_or(earliest)
}

fn body_row(rows: &[Row], kinds: &[Kind], row: usize) -> BodyRow {
    BodyRow { row: rows[row].clone(), continues: kinds[row] == Kind::Tail }
}

/// Runs of rows that may be heads.
fn runs(kinds: &[Kind]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (index, kind) in kinds.iter().chain([&Kind::Body]).enumerate() {
        let head = matches!(kind, Kind::Head | Kind::Dated);
        match (head, start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                runs.push((first, index));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// How many rows of a head usually stand before and after the row with the dates.
fn template(runs: &[(usize, usize)], kinds: &[Kind]) -> (usize, usize) {
    let mut before = [0_u32; 4];
    let mut after = [0_u32; 4];
    for &(start, end) in runs {
        let anchors: Vec<usize> = (start..end).filter(|&row| kinds[row] == Kind::Dated).collect();
        if let (Some(first), Some(last)) = (anchors.first(), anchors.last()) {
            // A run of several entries tells less: its first rows may be the last of the entry before.
            let weight = if anchors.len() == 1 { 3 } else { 2 };
            before[(first - start).min(3)] += weight;
            if end < kinds.len() || anchors.len() == 1 {
                after[(end - last - 1).min(3)] += weight;
            } else {
                after[(end - last - 1).min(3)] += 1;
            }
        }
    }
    let most = |votes: &[u32; 4]| (0..4).max_by_key(|&index| (votes[index], 4 - index)).unwrap_or(0);
    (most(&before), most(&after))
}

/// How many of the rows between two anchors belong to the first.
fn cut_between(rows: &[Row], anchor: usize, next: usize, before: usize, after: usize) -> usize {
    let between = next - anchor - 1;
    let cost = |first: usize| {
        let second = between - first;
        let mut cost = first.abs_diff(after) as f32 + second.abs_diff(before) as f32;
        let boundary = anchor + 1 + first;
        if rows[boundary].space_before {
            cost -= 1.6;
        }
        if (anchor + 1..=next).any(|row| row != boundary && rows[row].space_before) {
            cost += 0.8;
        }
        if second > 0 && places::read(&rows[boundary].text).certainty >= 2.5 {
            cost += 1.2;
        }
        cost
    };
    (0..=between).min_by(|&one, &other| cost(one).total_cmp(&cost(other))).unwrap_or(0)
}
