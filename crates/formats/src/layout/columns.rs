//! Cutting a page into columns.
//!
//! A **gutter** is an empty upright strip between segments that parts two flows of text. Empty strips also stand before flush-right
//! dates, behind labels and between the cells of tables; there the parts of a row belong together. What tells them apart, for the
//! rows that a strip runs through:
//!
//! - two flows have baselines of their own, or fill their widths as running text does, or one side goes on for several lines where
//!   the other has none;
//! - dates and labels stand on the baseline of what they belong to, one or two at a time;
//! - the cells of a table stand on common baselines row by row;
//! - the edge of a tall panel of another colour in the strip says that it is a gutter.

use super::segments::Segment;

/// Least width of a gutter, in ems of the usual letters, and of one that many lines on both sides leave free.
const GUTTER: f32 = 0.75;
const NARROW_GUTTER: f32 = 0.45;
/// Least number of lines on either side, and where an edge marks the gutter.
const LINES: usize = 3;
const LINES_AT_EDGE: usize = 2;
/// How much of an address keeps a gutter away, in ems.
const FIRM: f32 = 6.0;
/// Nesting of cuts; pages with more columns in columns are no documents.
const DEPTH: u32 = 12;
/// Segments above which columns are not looked for: no page of text has as many.
const SEGMENTS: usize = 6_000;
/// Strips examined for one part of a page, and rows of all of them together.
const STRIPS: usize = 4_000;
const STRIP_ROWS: usize = 400_000;
/// Labels beside one text, and lines whose edges are compared: more are no labels, and enough to tell.
const STRETCHES: usize = 200;
const EDGES: usize = 500;
/// Letters of the longest name of a month, with what may stand beside it.
const MONTH: usize = 12;

/// Segments that are read together, in one column or across all.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) segments: Vec<Segment>,
    /// Column from 0; `None` for what stands across the columns of its page.
    pub(super) column: Option<u16>,
}

pub(super) fn cut(segments: Vec<Segment>, edges: &[f32]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if segments.len() > SEGMENTS {
        return vec![Block { segments, column: Some(0) }];
    }
    let columns = cut_part(segments, &Signs { edges, lefts: &[] }, 0, DEPTH, true, &mut blocks);
    if columns == 1 {
        for block in &mut blocks {
            block.column = Some(0);
        }
    }
    blocks
}

/// Cuts one part of a page; `first` is the number of its first column, `across` whether it is as wide as the page. Answers how many
/// columns it has.
fn cut_part(mut segments: Vec<Segment>, signs: &Signs<'_>, first: u16, depth: u32, across: bool, blocks: &mut Vec<Block>) -> u16 {
    segments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let found = if depth == 0 { Found::Nothing } else { look(&segments, signs) };
    let gutter = match found {
        Found::Gutter(gutter) => gutter,
        other => {
            if let Found::Labels(shifts) = other {
                for (index, shift) in shifts {
                    segments[index].level += shift;
                }
            }
            if !segments.is_empty() {
                blocks.push(Block { segments, column: Some(first) });
            }
            return 1;
        }
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        let side = if segment.baseline < gutter.top {
            &mut above
        } else if segment.baseline > gutter.bottom {
            &mut below
        } else if segment.left >= gutter.middle {
            &mut right
        } else {
            &mut left
        };
        side.push(segment);
    }
    let start = blocks.len();
    // The column at the right may begin above, and go on below, what stands across both.
    let lefts: Vec<f32> = signs.lefts.iter().copied().chain([gutter.right]).collect();
    let around = Signs { edges: signs.edges, lefts: &lefts };
    let inside = Signs { edges: signs.edges, lefts: &[] };
    let above_columns = cut_part(above, &around, first, depth - 1, across, blocks);
    let above_end = blocks.len();
    let left_columns = cut_part(left, &inside, first, depth - 1, false, blocks);
    let right_columns = cut_part(right, &inside, first.saturating_add(left_columns), depth - 1, false, blocks);
    let below_start = blocks.len();
    let below_columns = cut_part(below, &around, first, depth - 1, across, blocks);
    if across {
        // What was not cut stands across the columns beside it.
        if above_columns == 1 {
            blocks[start..above_end].iter_mut().for_each(|block| block.column = None);
        }
        if below_columns == 1 {
            blocks[below_start..].iter_mut().for_each(|block| block.column = None);
        }
    }
    above_columns.max(left_columns.saturating_add(right_columns)).max(below_columns)
}

/// What tells of gutters beside the text of a part of a page.
struct Signs<'a> {
    /// Edges of tall panels.
    edges: &'a [f32],
    /// Where columns begin that were found above or below the part.
    lefts: &'a [f32],
}

/// What the strips of a part of a page say.
enum Found {
    Nothing,
    Gutter(Gutter),
    /// Labels that are centred beside the texts they belong to: segments, and how far to shift them to the first lines of those.
    Labels(Vec<(usize, f32)>),
}

/// A gutter that was found.
#[derive(Debug)]
struct Gutter {
    middle: f32,
    /// Where the column at its right begins.
    right: f32,
    /// Baselines of the first and last row it runs through.
    top: f32,
    bottom: f32,
}

/// Segments on about one baseline.
struct Row {
    baseline: f32,
    /// Range of the sorted segments.
    from: usize,
    to: usize,
}

fn look(segments: &[Segment], signs: &Signs<'_>) -> Found {
    if segments.len() < 2 * LINES_AT_EDGE {
        return Found::Nothing;
    }
    let em = usual_size(segments);
    let rows = rows_of(segments, em);
    let mut gutters: Vec<(f32, usize, usize, Strip)> = Vec::new();
    let mut labels: Vec<(usize, f32)> = Vec::new();
    let mut label_strips: Vec<(Strip, bool)> = Vec::new();
    for strip in strips(segments, &rows, NARROW_GUTTER * em) {
        let marked = signs.edges.iter().any(|edge| (strip.left - 0.8 * em..=strip.right + 0.8 * em).contains(edge));
        let known = signs.lefts.iter().any(|left| (strip.right - left).abs() <= 0.3 * em);
        match judge(segments, &rows, &strip, em, Marked { marked, known }) {
            Judged::Gutter { first, last, score } => gutters.push((score, first, last, strip)),
            Judged::Labels { shifts, dates } => {
                if shifts.len() > labels.len() {
                    labels = shifts;
                }
                label_strips.push((strip, dates));
            }
            Judged::Nothing => {}
        }
    }
    // What parts labels from texts over many rows is no gutter over some of them; and where the labels are dates, what goes on below
    // or above them, with dates at the margin or whatever, is no gutter either.
    gutters.retain(|(.., strip)| {
        !label_strips.iter().any(|(labels, dates)| {
            let same_rows = labels.first <= strip.first && strip.last <= labels.last;
            let more_rows = strip.first <= labels.first && labels.last <= strip.last;
            let same_place = labels.left < strip.right && strip.left < labels.right;
            same_place && (same_rows || (*dates && more_rows))
        })
    });
    let best = gutters.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.3.left.total_cmp(&a.3.left)));
    match best {
        Some((_, first, last, strip)) => {
            // The baselines of a row differ a little: the whole row is on one side of the cut.
            let baselines = |row: &Row| segments[row.from..row.to].iter().map(|segment| segment.baseline);
            Found::Gutter(Gutter {
                middle: (strip.left + strip.right) / 2.0,
                right: strip.right,
                top: baselines(&rows[*first]).fold(f32::INFINITY, f32::min),
                bottom: baselines(&rows[*last]).fold(f32::NEG_INFINITY, f32::max),
            })
        }
        None if labels.is_empty() => Found::Nothing,
        None => Found::Labels(labels),
    }
}

/// The size of most letters.
fn usual_size(segments: &[Segment]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = segments.iter().map(|segment| (segment.size, segment.letters.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut seen = 0;
    sizes
        .iter()
        .find(|(_, letters)| {
            seen += letters;
            seen > half
        })
        .map_or(10.0, |(size, _)| *size)
}

fn rows_of(segments: &[Segment], em: f32) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if segment.baseline - row.baseline <= 0.2 * segment.size.min(em) => row.to = index + 1,
            _ => rows.push(Row { baseline: segment.baseline, from: index, to: index + 1 }),
        }
    }
    rows
}

/// An empty strip through consecutive rows.
#[derive(Debug)]
struct Strip {
    left: f32,
    right: f32,
    /// First and last row.
    first: usize,
    last: usize,
}

/// All strips of at least the given width that can be made neither wider nor longer, found with one pass over the rows: for each
/// row, the heights of the empty space above it form a skyline whose maximal rectangles are the strips that end there.
fn strips(segments: &[Segment], rows: &[Row], width: f32) -> Vec<Strip> {
    let left = segments.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let right = segments.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let step = ((right - left) / 1200.0).max(width / 8.0).max(0.01);
    let count = (((right - left) / step).ceil() as usize).clamp(1, 4000);
    let bin = |x: f32| (((x - left) / step).max(0.0) as usize).min(count);
    let least = (width / step).floor().max(1.0) as usize;
    let most = (STRIP_ROWS / rows.len().max(1)).clamp(50, STRIPS);
    let mut heights = vec![0_usize; count];
    let mut found = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        heights.iter_mut().for_each(|height| *height += 1);
        for segment in &segments[row.from..row.to] {
            let (from, to) = (bin(segment.left), bin(firm_right(segment)) + 1);
            heights[from.min(count)..to.min(count)].fill(0);
        }
        // A strip that goes on through the next row is found there.
        let next: Vec<(usize, usize)> = match rows.get(number + 1) {
            Some(next) => segments[next.from..next.to]
                .iter()
                .map(|segment| (bin(segment.left), (bin(firm_right(segment)) + 1).min(count)))
                .collect(),
            None => vec![(0, count)],
        };
        let mut open: Vec<(usize, usize)> = Vec::new();
        for place in 0..=count {
            let height = heights.get(place).copied().unwrap_or(0);
            let mut start = place;
            while let Some(&(from, tall)) = open.last()
                && tall > height
            {
                open.pop();
                start = from;
                let blocked = next.iter().any(|&(low, high)| low < place && high > from);
                if place - from >= least && tall >= 2 && from > 0 && place < count && blocked && found.len() < most {
                    found.push(Strip {
                        left: left + from as f32 * step,
                        right: left + place as f32 * step,
                        first: number + 1 - tall,
                        last: number,
                    });
                }
            }
            if height > 0 && open.last().is_none_or(|&(_, tall)| tall < height) {
                open.push((start, height));
            }
        }
    }
    found
}

/// Where a segment ends, or could end if it were to wrap: an address that is too long for its column runs over the gutter.
fn firm_right(segment: &Segment) -> f32 {
    if segment.unbroken { segment.right.min(segment.left + FIRM * segment.size) } else { segment.right }
}

/// One side of a strip.
#[derive(Default)]
struct Side {
    /// Rows with text on this side.
    rows: Vec<usize>,
    /// Left and right ends of the text in those rows.
    extents: Vec<(f32, f32)>,
    /// Rows that start a list item.
    listed: usize,
    /// Whether each row starts with a small letter.
    lower: Vec<bool>,
    /// Letters of each row.
    letters: Vec<usize>,
    /// Rows that look like headings.
    headings: Vec<usize>,
    /// Rows of dates and numbers.
    numeric: Vec<usize>,
}

impl Side {
    fn add(&mut self, row: usize, segment: &Segment) {
        self.listed += usize::from(segment.listed);
        if self.rows.last() == Some(&row) {
            let last = self.extents.len() - 1;
            let extent = &mut self.extents[last];
            *extent = (extent.0.min(segment.left), extent.1.max(segment.right));
            self.letters[last] += segment.letters.len();
        } else {
            self.rows.push(row);
            self.extents.push((segment.left, segment.right));
            self.lower.push(segment.lower);
            self.letters.push(segment.letters.len());
            if segment.numeric {
                self.numeric.push(row);
            }
            if segment.heading {
                self.headings.push(row);
            }
        }
    }

    /// Share of the rows that the other side has too. Headings stand alone on either side and say nothing.
    fn shared_with(&self, other: &Self) -> f32 {
        let in_other = |row: &&usize| other.rows.binary_search(row).is_ok();
        let alone = self.headings.iter().filter(|row| !in_other(row)).count();
        let counted = self.rows.len() - alone;
        if counted == 0 { 0.0 } else { self.rows.iter().filter(in_other).count() as f32 / counted as f32 }
    }

    /// Lines beside lines of the other side that go on with the sentence of a long line before them, as running text does; the
    /// further lines of a cell have nothing beside them.
    fn continued(&self, other: &Self) -> usize {
        let long = 0.7 * self.width();
        let goes_on = |line: usize| {
            let beside = other.rows.binary_search(&self.rows[line]).is_ok();
            let (left, right) = self.extents[line - 1];
            beside && self.lower[line] && self.rows[line] == self.rows[line - 1] + 1 && right - left >= long
        };
        (1..self.rows.len()).filter(|&line| goes_on(line)).count()
    }

    /// Most consecutive lines at the usual pitch.
    fn longest_run(&self, rows: &[Row], pitch: f32) -> usize {
        let mut longest = usize::from(!self.rows.is_empty());
        let mut current = longest;
        for pair in self.rows.windows(2) {
            current = if rows[pair[1]].baseline - rows[pair[0]].baseline <= pitch { current + 1 } else { 1 };
            longest = longest.max(current);
        }
        longest
    }

    /// Stretches of consecutive lines, as ranges of the lines of this side. Headings that stand alone are no part of them and end
    /// them.
    fn stretches(&self, other: &Self, rows: &[Row], pitch: f32) -> Vec<std::ops::Range<usize>> {
        let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
        for (line, row) in self.rows.iter().enumerate() {
            if self.headings.binary_search(row).is_ok() && other.rows.binary_search(row).is_err() {
                continue;
            }
            match stretches.last_mut() {
                Some(last) if last.end == line && rows[*row].baseline - rows[self.rows[line - 1]].baseline <= pitch => {
                    last.end = line + 1;
                }
                _ => stretches.push(line..line + 1),
            }
        }
        stretches
    }

    /// Whether this side has labels: short stretches of a line or two, each starting on a line of the other side, or each standing
    /// beside a stretch of the other side that it has to itself. Answers the rows that are to be read with other rows, and those.
    fn labels(&self, other: &Self, rows: &[Row], pitch: f32) -> Option<Vec<(usize, usize)>> {
        let own = self.stretches(other, rows, pitch);
        let shared = |line: usize| other.rows.binary_search(&self.rows[line]).is_ok();
        // Years may stand line by line, each beside its text.
        let short = |stretch: &std::ops::Range<usize>| {
            stretch.len() <= 2 || stretch.clone().all(|line| shared(line) && self.numeric.binary_search(&self.rows[line]).is_ok())
        };
        if own.len() < 2 || own.len() > STRETCHES || !own.iter().all(short) {
            return None;
        }
        let anchored = own.iter().filter(|stretch| shared(stretch.start)).count();
        if anchored * 10 >= own.len() * 9 {
            return Some(Vec::new());
        }
        let reach = 0.35 * pitch;
        let span = |side: &Self, stretch: &std::ops::Range<usize>| {
            (rows[side.rows[stretch.start]].baseline - reach, rows[side.rows[stretch.end - 1]].baseline + reach)
        };
        let others = other.stretches(self, rows, pitch);
        let mut held = vec![0; others.len()];
        let mut shifts = Vec::new();
        let mut alone = 0;
        for stretch in &own {
            let (top, bottom) = span(self, stretch);
            let beside = |other_stretch: &&std::ops::Range<usize>| {
                let (other_top, other_bottom) = span(other, other_stretch);
                other_top < bottom && top < other_bottom
            };
            let mut holders = (0..others.len()).filter(|&index| beside(&&others[index]));
            if let (Some(holder), None) = (holders.next(), holders.next())
                && held[holder] == 0
                && others[holder].len() >= stretch.len()
            {
                held[holder] = 1;
                alone += 1;
                shifts.extend(
                    (0..stretch.len()).map(|line| (self.rows[stretch.start + line], other.rows[others[holder].start + line])),
                );
            }
        }
        if alone * 10 >= own.len() * 9 {
            return Some(shifts);
        }
        self.centred(&own, other, &others, rows, pitch)
    }

    /// Dates that stand each beside the middle of all that belongs to it, as in the cells of a table that are centred upright: the
    /// stretches of the other side fall into as many groups, one after the other, whose middles are those of the dates.
    fn centred(
        &self,
        own: &[std::ops::Range<usize>],
        other: &Self,
        others: &[std::ops::Range<usize>],
        rows: &[Row],
        pitch: f32,
    ) -> Option<Vec<(usize, usize)>> {
        if !self.are_dates(rows, pitch) || others.len() > STRETCHES {
            return None;
        }
        let height = |side: &Self, line: usize| rows[side.rows[line]].baseline;
        let middle = |side: &Self, first: usize, last: usize| (height(side, first) + height(side, last)) / 2.0;
        let mut shifts = Vec::new();
        let mut next = 0;
        for (number, stretch) in own.iter().enumerate() {
            let wanted = middle(self, stretch.start, stretch.end - 1);
            // Something may stand above the first.
            let starts = if number == 0 { 0..others.len() } else { next..(next + 1).min(others.len()) };
            let (first, last) =
                starts.flat_map(|first| (first..others.len()).map(move |last| (first, last))).find(|&(first, last)| {
                    (middle(other, others[first].start, others[last].end - 1) - wanted).abs() <= 0.6 * pitch
                        && height(other, others[first].start) <= wanted + 0.35 * pitch
                })?;
            next = last + 1;
            // The headings of texts stand alone, but close above them.
            let mut top = others[first].start;
            while top > 0
                && other.headings.binary_search(&other.rows[top - 1]).is_ok()
                && height(other, top) - height(other, top - 1) <= pitch
            {
                top -= 1;
            }
            shifts.extend(stretch.clone().enumerate().filter_map(|(line, from)| {
                let to = (top + line).min(others[last].end - 1);
                Some((*self.rows.get(from)?, other.rows[to]))
            }));
        }
        Some(shifts)
    }

    /// Whether nearly all stretches of lines are dates: the first line holds one, or a month at most, and the second the rest of it.
    fn are_dates(&self, rows: &[Row], pitch: f32) -> bool {
        let stretches = self.stretches(&Self::default(), rows, pitch);
        let holds_date = |line: usize| self.numeric.binary_search(&self.rows[line]).is_ok();
        let dated = |stretch: &&std::ops::Range<usize>| {
            let first = stretch.start;
            holds_date(first) || self.letters[first] <= MONTH && stretch.len() > 1 && holds_date(first + 1)
        };
        stretches.len() >= 2 && stretches.iter().filter(dated).count() * 10 >= stretches.len() * 9
    }

    /// Share of the lines that reach at least three quarters across the side.
    fn fill(&self) -> f32 {
        let left = self.extents.iter().map(|extent| extent.0).fold(f32::INFINITY, f32::min);
        let right = self.extents.iter().map(|extent| extent.1).fold(f32::NEG_INFINITY, f32::max);
        let long = self.extents.iter().filter(|extent| extent.1 - left >= 0.75 * (right - left)).count();
        long as f32 / self.extents.len().max(1) as f32
    }

    /// Share of the lines that start at the most common left edge.
    fn left_aligned(&self, em: f32) -> f32 {
        Self::aligned(self.extents.iter().map(|extent| extent.0), em)
    }

    /// The left edge that most lines start at.
    fn common_left(&self, em: f32) -> Option<f32> {
        let edges: Vec<f32> = self.extents.iter().take(EDGES).map(|extent| extent.0).collect();
        let near = |edge: f32| edges.iter().filter(|other| (**other - edge).abs() <= 0.3 * em).count();
        edges.iter().copied().max_by_key(|edge| near(*edge))
    }

    /// Dates that end at the right margin, far from where the lines of this side start, and stand beside lines of the other side:
    /// they belong to these, whatever stands above or below them.
    fn dates_at_margin(&self, other: &Self, em: f32) -> Vec<usize> {
        let Some(common) = self.common_left(em) else { return Vec::new() };
        let margin = self.extents.iter().map(|extent| extent.1).fold(f32::NEG_INFINITY, f32::max);
        let at_margin = |(row, (left, right)): &(&usize, &(f32, f32))| {
            *left > common + 2.0 * em
                && *right > margin - 0.5 * em
                && self.numeric.binary_search(row).is_ok()
                && other.rows.binary_search(row).is_ok()
        };
        self.rows.iter().zip(&self.extents).filter(at_margin).map(|(row, _)| *row).collect()
    }

    /// Lines that start far to the left of the most common left edge: parts of another column, or dates at its end.
    fn intruders(&self, em: f32) -> usize {
        let Some(common) = self.common_left(em) else { return 0 };
        self.extents.iter().take(EDGES).filter(|extent| extent.0 < common - 2.0 * em).count()
    }

    fn right_aligned(&self, em: f32) -> f32 {
        Self::aligned(self.extents.iter().map(|extent| extent.1), em)
    }

    fn aligned(places: impl Iterator<Item = f32>, em: f32) -> f32 {
        let mut places: Vec<f32> = places.collect();
        places.sort_by(f32::total_cmp);
        let mut most = 0;
        let mut from = 0;
        for to in 0..places.len() {
            while places[to] - places[from] > 0.3 * em {
                from += 1;
            }
            most = most.max(to + 1 - from);
        }
        most as f32 / places.len().max(1) as f32
    }

    fn width(&self) -> f32 {
        let left = self.extents.iter().map(|extent| extent.0).fold(f32::INFINITY, f32::min);
        let right = self.extents.iter().map(|extent| extent.1).fold(f32::NEG_INFINITY, f32::max);
        (right - left).max(0.0)
    }
}

/// What a strip turns out to be.
enum Judged {
    Nothing,
    /// A gutter through rows, the leading ones trimmed, and a score by which gutters are compared.
    Gutter {
        first: usize,
        last: usize,
        score: f32,
    },
    /// It parts labels from their texts.
    Labels {
        /// Segments, and how far they are to be shifted.
        shifts: Vec<(usize, f32)>,
        /// Whether the labels stand on the left and are dates, two at least.
        dates: bool,
    },
}

/// What sets a strip off beside its text.
#[derive(Clone, Copy)]
struct Marked {
    /// The edge of a panel stands in it.
    marked: bool,
    /// A column begins at its right that was found above or below.
    known: bool,
}

fn judge(segments: &[Segment], rows: &[Row], strip: &Strip, em: f32, Marked { marked, known }: Marked) -> Judged {
    let least = if marked { LINES_AT_EDGE } else { LINES };
    let middle = (strip.left + strip.right) / 2.0;
    let sides = |first: usize, last: usize| {
        let (mut left, mut right) = (Side::default(), Side::default());
        for (number, row) in rows.iter().enumerate().take(last + 1).skip(first) {
            for segment in &segments[row.from..row.to] {
                let side = if segment.left >= middle { &mut right } else { &mut left };
                side.add(number, segment);
            }
        }
        (left, right)
    };
    let (left, right) = sides(strip.first, strip.last);
    if left.rows.len() < least || right.rows.len() < least {
        return Judged::Nothing;
    }
    let first = trimmed_first(segments, rows, strip.first, &left, &right, em);
    let (left, right) = if first == strip.first { (left, right) } else { sides(first, strip.last) };
    let dates = if marked { Vec::new() } else { right.dates_at_margin(&left, em) };
    let (first, last) = longest_without(&dates, first, strip.last);
    let (left, right) = if dates.is_empty() { (left, right) } else { sides(first, last) };
    if left.rows.len() < least || right.rows.len() < least {
        return Judged::Nothing;
    }
    let (left_shared, right_shared) = (left.shared_with(&right), right.shared_with(&left));
    let pitch = 1.9 * em;
    let (left_run, right_run) = (left.longest_run(rows, pitch), right.longest_run(rows, pitch));

    let narrow = strip.right - strip.left < GUTTER * em;
    if narrow && !(left_run >= 3 && right_run >= 3 && left.rows.len() >= 5 && right.rows.len() >= 5) {
        return Judged::Nothing;
    }
    for (labels, on_the_left) in [(left.labels(&right, rows, pitch), true), (right.labels(&left, rows, pitch), false)] {
        if let (Some(labels), false) = (labels, marked || known && right.left_aligned(em) > 0.5) {
            let shifts = labels.iter().flat_map(|&(row, to)| {
                (rows[row].from..rows[row].to)
                    .filter(|&index| (segments[index].left < middle) == on_the_left)
                    .map(move |index| (index, rows[to].baseline - segments[index].baseline))
            });
            let dates = on_the_left && left.are_dates(rows, pitch);
            return Judged::Labels { shifts: shifts.collect(), dates };
        }
    }
    // A date beside its text and the place below it, centred in a cell, are no column.
    let first_is_date =
        right.rows.first().is_some_and(|row| right.numeric.binary_search(row).is_ok() && left.rows.binary_search(row).is_ok());
    if !marked && first_is_date && right.rows.len() <= 4 && right.headings.is_empty() {
        return Judged::Nothing;
    }
    let gutter = if marked || known && right.left_aligned(em) > 0.5 || left_shared.max(right_shared) < 0.7 {
        // Set off by a panel, or with baselines of their own.
        true
    } else if left.listed >= 2 && right.listed >= 2 {
        // Lists side by side.
        true
    } else if left_shared.min(right_shared) >= 0.8 {
        // Row by row: a table, unless both sides are running text, or go on side by side for long.
        let narrow = left.width().min(right.width());
        let running = left.fill() >= 0.6 && right.fill() >= 0.6 && narrow > 14.0 * em && left.rows.len() >= 4;
        let goes_on = left.rows.len() >= 4 && (left.continued(&right) > 0 || right.continued(&left) > 0);
        running || goes_on || (left.rows.len() >= 10 && narrow > 9.0 * em && right.left_aligned(em) >= 0.6)
    } else if left.rows.len() < right.rows.len() {
        // A few lines at the left of many: labels come one or two at a time, a sidebar goes on.
        left_run >= 4 || (left_run == 3 && left.rows.len() == 3 && left.left_aligned(em) > 0.9 && right_run >= 6)
    } else {
        // A few lines at the right of many: dates and places come one or two at a time, or end at the margin, and have no headings.
        let flush_right = right.right_aligned(em) > 0.8 && right_shared > 0.95;
        let flows = right_run >= 4 || right.headings.len() >= 2 || (right.headings.len() == 1 && right_run >= 3);
        flows && !flush_right && right.numeric.len() * 2 < right.rows.len()
    };
    if !gutter {
        return Judged::Nothing;
    }
    // The wider of strips through as many rows, as it is less by chance.
    let rows_through = (left.rows.len() + right.rows.len()) as f32 - 2.0 * right.intruders(em) as f32;
    let width = ((strip.right - strip.left) / em).min(8.0) * 0.1;
    Judged::Gutter { first, last, score: rows_through * if marked { 2.0 } else { 1.0 } + width }
}

/// The longest range of rows without any of the given ones.
fn longest_without(rows: &[usize], first: usize, last: usize) -> (usize, usize) {
    let starts = std::iter::once(first).chain(rows.iter().map(|row| row + 1));
    let ends = rows.iter().map(|row| row.saturating_sub(1)).chain(std::iter::once(last));
    starts.zip(ends).max_by_key(|(from, to)| (to + 1).saturating_sub(*from)).unwrap_or((first, last))
}

/// Leading rows with text on one side only are a heading above the columns where they stand clear of the other side, and a wider
/// distance parts them from the rest of their own.
fn trimmed_first(segments: &[Segment], rows: &[Row], first: usize, left: &Side, right: &Side, em: f32) -> usize {
    let (Some(&left_start), Some(&right_start)) = (left.rows.first(), right.rows.first()) else { return first };
    let (early, late) = if left_start < right_start { (left, right_start) } else { (right, left_start) };
    let late_top = segments[rows[late].from..rows[late].to].iter().map(Segment::top).fold(f32::INFINITY, f32::min);
    let mut cut = first;
    for pair in early.rows.windows(2) {
        let (row, next) = (pair[0], pair[1]);
        let bottom = segments[rows[row].from..rows[row].to].iter().map(Segment::bottom).fold(f32::NEG_INFINITY, f32::max);
        if row >= late || bottom > late_top - 0.3 * em {
            break;
        }
        if rows[next].baseline - rows[row].baseline > 2.2 * em {
            cut = row + 1;
        }
    }
    cut
}
