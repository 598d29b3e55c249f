//! Cuts a section of jobs (or other dated positions) into entries: the head of each, and what stands below it.

use super::{
    dates::{self, Found, Shape},
    fold, places,
    prepare::Row,
    vocabulary::{occupations, organisations},
};

mod wraps;

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

/// Puts the date that dates the entry first: a period, otherwise a date at an edge of the row.
fn main_first(row: &Row, mut found: Vec<Found>) -> Vec<Found> {
    let at_edge = |date: &Found| {
        let before = row.text[..date.range.start].trim_end();
        let behind = row.text[date.range.end..].trim_start();
        let free_before = before.is_empty() || before.ends_with(['|', '·', '•', ',', '(', '–', '—', '-', '[', ':', '/', '●']);
        let free_behind =
            behind.is_empty() || behind.starts_with(['|', '·', '•', ',', ')', '–', '—', '-', ']', ':', ';', '/', '●']);
        let own_cell = row.cells.iter().any(|cell| {
            row.text[cell.clone()].trim_matches(['(', ')', '[', ']', ' ']).len() <= date.range.len() + 1
                && cell.start <= date.range.start
                && date.range.end <= cell.end
        });
        let begins_cell = row.cells.iter().any(|cell| cell.start == date.range.start);
        own_cell || (free_before && free_behind) || before.is_empty() || behind.is_empty() || (begins_cell && free_behind)
    };
    // "… became the default in 2021", "… im Jahr 2020": a date of the text.
    let of_text = |date: &Found| {
        let before = fold::fold(&row.text[..date.range.start]);
        let words = before.split(' ').count();
        words > 3 && before.rsplit(' ').next().is_some_and(|word| PREPOSITIONS.contains(&word))
    };
    found.retain(|date| match date.shape {
        Shape::Period => true,
        Shape::Date => at_edge(date) && !of_text(date),
        Shape::Year => {
            let before = row.text[..date.range.start].trim_end();
            at_edge(date)
                && !of_text(date)
                && !before.ends_with(['#', '$'])
                && (!before.is_empty() || row.text[date.range.end..].trim_start().len() < 80)
        }
    });
    found.sort_by_key(|date| (date.shape != Shape::Period, date.range.start));
    found
}

/// Words before a date that belongs to a sentence.
const PREPOSITIONS: &[&str] = &[
    "in",
    "im",
    "jahr",
    "jahre",
    "en",
    "nel",
    "nell'anno",
    "anno",
    "em",
    "ano",
    "año",
    "during",
    "by",
    "and",
    "of",
    "w",
    "roku",
    "the",
    "for",
    "on",
    "around",
    "annee",
    "l'annee",
    "dans",
    "durante",
    "onder",
    "jaar",
    "und",
    "et",
    "e",
    "y",
    "i",
];

fn classify(rows: &[Row], dates: &[Vec<Found>], measures: &Measures) -> Vec<Kind> {
    let plain_dates = rows.iter().zip(dates).filter(|(row, found)| row.bullet.is_none() && !found.is_empty()).count();
    let mut kinds: Vec<Kind> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let previous = index.checked_sub(1).map(|before| (kinds[before], &rows[before]));
        let kind = if row.bullet.is_some() {
            let dated = dates[index].first().is_some_and(|found| found.shape == Shape::Period)
                && words(&row.text) <= 16
                && !row.text.ends_with('.');
            if dated && plain_dates == 0 && evidence(&row.text) >= 1.0 { Kind::Dated } else { Kind::Bullet }
        } else if is_dated_head(row, &dates[index], previous, measures) {
            Kind::Dated
        } else if previous.is_some_and(|(kind, before)| {
            matches!(kind, Kind::Bullet | Kind::Body | Kind::Tail) && continues(row, before, kind, measures)
        }) {
            Kind::Tail
        } else if head_score(row, measures) >= 1.0 {
            Kind::Head
        } else {
            Kind::Body
        };
        kinds.push(kind);
    }
    kinds
}

/// Rows that a head lacks: a name below a title with dates that stands alone, and a line between a name and its dates.
fn complete_heads(rows: &[Row], dates: &[Vec<Found>], kinds: &mut [Kind]) {
    let is_name = |row: &Row| {
        let folded = fold::fold(&row.text);
        row.bullet.is_none()
            && !row.space_before
            && words(&row.text) <= 6
            && row.text.chars().next().is_some_and(|c| c.is_uppercase() || fold::is_cjk(c) || c.is_numeric())
            && !ends_sentence(&row.text)
            && !row.text.contains(':')
            && !is_verb(folded.split(' ').next().unwrap_or_default())
    };
    for at in 0..rows.len() {
        if kinds[at] != Kind::Dated {
            continue;
        }
        let alone = at == 0 || kinds[at - 1] != Kind::Head;
        let one_part = dates[at].first().is_some_and(|date| {
            let rest = format!("{}{}", &rows[at].text[..date.range.start], &rows[at].text[date.range.end..]);
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
            (1..=6).contains(&words(rest)) && !rest.contains([',', '|', '·', '–', '—', '@']) && !rest.contains(" at ")
        });
        let below = (at + 1 < rows.len()).then(|| &rows[at + 1]);
        let ends = rows.get(at + 2).is_none_or(|next| next.bullet.is_some() || next.space_before || next.text.len() > 60);
        if alone && one_part && ends && below.is_some_and(is_name) && kinds[at + 1] == Kind::Body {
            kinds[at + 1] = Kind::Head;
        }
        // "Zephyrine" over "Regional provider of software" over "Office Manager   2019 – 2022".
        if at >= 2
            && kinds[at - 1] == Kind::Body
            && kinds[at - 2] == Kind::Head
            && !rows[at].space_before
            && !rows[at - 1].space_before
            && (at == 2 || rows[at - 2].space_before)
            && words(&rows[at - 1].text) <= 10
        {
            kinds[at - 1] = Kind::Head;
        }
    }
}

/// Rows that stand where the heads of other entries go on, and look like those, are parts of heads too, whatever their words.
fn follow_template(rows: &[Row], kinds: &mut [Kind]) {
    let (_, after) = template(&runs(kinds), kinds);
    for offset in 1..=after.min(3) {
        let anchors: Vec<usize> = (0..rows.len().saturating_sub(offset)).filter(|&row| kinds[row] == Kind::Dated).collect();
        let look = |row: &Row| ((row.size * 2.0).round() as i32, row.bold, row.italic);
        let heads: Vec<usize> = anchors.iter().map(|anchor| anchor + offset).filter(|&row| kinds[row] == Kind::Head).collect();
        if heads.len() * 2 < anchors.len() {
            continue;
        }
        for anchor in anchors {
            let at = anchor + offset;
            let like_others =
                heads.iter().any(|&head| look(&rows[head]) == look(&rows[at]) && (rows[head].left - rows[at].left).abs() < 3.0);
            let follows = (anchor + 1..at).all(|row| matches!(kinds[row], Kind::Head));
            if matches!(kinds[at], Kind::Body | Kind::Tail)
                && follows
                && like_others
                && !rows[at].space_before
                && words(&rows[at].text) <= 8
                && !ends_sentence(&rows[at].text)
            {
                kinds[at] = Kind::Head;
            }
        }
    }
}

fn words(text: &str) -> usize {
    text.split(' ').filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Whether a row holds the dates of an entry.
fn is_dated_head(row: &Row, dates: &[Found], previous: Option<(Kind, &Row)>, measures: &Measures) -> bool {
    let Some(main) = dates.first() else { return false };
    let rest = row.text.len() - main.range.len();
    let rest_words = words(&row.text[..main.range.start]) + words(&row.text[main.range.end..]);
    if rest <= 3 {
        // The last word of a bullet point or sentence: "… between March and June" over "2020."
        let ends_text = previous.is_some_and(|(kind, before)| {
            matches!(kind, Kind::Bullet | Kind::Body | Kind::Tail)
                && main.shape != Shape::Period
                && !row.space_before
                && !row.bold
                && !ends_sentence(&before.text)
                && (row.text.ends_with('.') || measures.is_full(before) || measures.hangs(row))
        });
        let sure =
            main.is_sure() || previous.is_none_or(|(kind, _)| !matches!(kind, Kind::Tail | Kind::Body) || row.space_before);
        return sure && !ends_text;
    }
    let prose = rest_words > 18
        || row.text.ends_with('.') && rest_words > 8 && !row.text[main.range.clone()].ends_with('.')
        || row.text.starts_with(char::is_lowercase) && main.range.start > 0 && rest_words > 3;
    let indented = row.has_area()
        && row.left > measures.left + 30.0
        && measures.has_bullets
        && row.cells.len() == 1
        && main.shape != Shape::Period;
    let wraps = previous.is_some_and(|(kind, before)| {
        matches!(kind, Kind::Bullet | Kind::Tail)
            && !row.space_before
            && measures.is_full(before)
            && row.cells.len() == 1
            && !row.bold
            && main.range.start > 0
            && evidence(&row.text) < 1.5
            && !ends_sentence(&before.text)
    });
    !prose && !indented && !wraps
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '。', ';'])
}

/// Whether a row goes on with the bullet point or text before it.
fn continues(row: &Row, before: &Row, kind: Kind, measures: &Measures) -> bool {
    if row.space_before && kind != Kind::Tail || row.bold && !before.bold || row.size > before.size * 1.05 {
        return false;
    }
    if row.page == before.page
        && row.column == before.column
        && (row.space_before || row.has_area() && row.left + 4.0 < before.left)
    {
        return false;
    }
    let first = row.text.chars().next().unwrap_or(' ');
    if first.is_lowercase() {
        return true;
    }
    if row.has_area() && row.left > measures.left + 3.0 && measures.has_bullets && matches!(kind, Kind::Bullet | Kind::Tail) {
        // Indented like the text of the bullet point before.
        return (row.left - before.left).abs() < 25.0 && (measures.is_full(before) || !ends_sentence(&before.text));
    }
    let open_end = before.text.ends_with([',', '-', '/', '&', '('])
        || ["and", "the", "of", "with", "for", "to", "in", "a", "by", "und", "et", "y", "de", "e"]
            .iter()
            .any(|word| before.text.ends_with(&format!(" {word}")));
    if open_end && measures.is_full(before) {
        return true;
    }
    measures.is_full(before) && !ends_sentence(&before.text) && head_score(row, measures) < 2.5
}

/// How much the words of a row speak for a title or an employer.
fn evidence(text: &str) -> f32 {
    let folded = fold::fold(text);
    occupations::title_evidence(&folded).max(organisations::firm_evidence(&folded))
}

/// How much speaks for a row without dates being part of a head; from 1 it is.
fn head_score(row: &Row, measures: &Measures) -> f32 {
    let text = row.text.as_str();
    let count = words(text);
    if count == 0 {
        return -5.0;
    }
    let folded = fold::fold(text);
    let title = occupations::title_evidence(&folded);
    let firm = organisations::firm_evidence(&folded);
    let mut score = 0.6 * title.max(firm) + 0.3 * title.min(firm);
    if places::read(text).certainty >= 2.0 {
        score += 2.0;
    }
    score += f32::from(u8::from(row.bold && !measures.bold)) * 2.0;
    score += f32::from(u8::from(row.italic && !measures.italic)) * 1.0;
    score += f32::from(u8::from(row.size > measures.size * 1.04 && measures.size > 0.0)) * 1.2;
    score += f32::from(u8::from(row.is_upper())) * 1.2;
    score += f32::from(u8::from(row.space_before)) * 1.0;
    score += f32::from(u8::from(row.cells.len() > 1)) * 0.8;
    score += f32::from(u8::from(
        row.style.as_deref().is_some_and(|style| matches!(style, "h3" | "h4" | "h5") || fold::fold(style).starts_with("heading")),
    )) * 3.0;
    score += match count {
        1..=6 => 0.6,
        7..=9 => 0.0,
        10..=12 => -1.0,
        _ => -3.0,
    };
    let first = text.chars().next().unwrap_or(' ');
    if first.is_lowercase() {
        score -= 3.0;
    }
    if ends_sentence(text) && !organisations::has_legal_form(&folded) && count > 2 {
        score -= 2.5;
    }
    if text.contains(": ") || text.ends_with(':') {
        score -= 1.5;
    }
    if title < 2.9 && is_verb(folded.split(' ').next().unwrap_or_default()) {
        score -= 2.0;
    }
    let prose = fold::words(&folded)
        .filter(|word| {
            matches!(
                *word,
                "the"
                    | "with"
                    | "using"
                    | "by"
                    | "that"
                    | "which"
                    | "from"
                    | "into"
                    | "our"
                    | "their"
                    | "across"
                    | "through"
                    | "und"
                    | "mit"
                    | "avec"
                    | "para"
                    | "con"
                    | "per"
                    | "met"
                    | "oraz"
            )
        })
        .count();
    score -= 0.7 * (prose.min(3) as f32);
    if row.has_area() && row.left > measures.left + 4.0 && measures.left.is_finite() && row.cells.len() == 1 {
        score -= 1.5;
    }
    score
}

/// Whether an English word is likely a verb that begins a bullet point.
fn is_verb(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing") && word != "engineering")
        || matches!(
            word,
            "led"
                | "built"
                | "wrote"
                | "ran"
                | "drove"
                | "grew"
                | "cut"
                | "won"
                | "made"
                | "took"
                | "oversaw"
                | "taught"
                | "held"
                | "set"
                | "put"
                | "spoke"
                | "rebuilt"
                | "rewrote"
                | "sold"
                | "brought"
                | "kept"
                | "gave"
                | "began"
                | "helped"
                | "work"
                | "design"
                | "develop"
                | "create"
                | "build"
                | "lead"
                | "manage"
                | "implement"
                | "maintain"
                | "provide"
                | "support"
                | "responsible"
                | "using"
                | "was"
                | "assist"
                | "collaborate"
                | "conduct"
                | "write"
                | "ensure"
                | "participate"
                | "perform"
                | "prepare"
                | "coordinate"
                | "analyze"
                | "improve"
                | "engage"
                | "virtually"
        )
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
        if let Some(first) = anchors.first()
            && first - begin > 3
        {
            begin = first - 3;
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
