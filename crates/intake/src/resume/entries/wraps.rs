//! Joins the rows of a head that one line could not hold: periods cut in two, brackets left open, lists that go on below.

use std::collections::HashMap;

use bonafide_normalise::date::parse_end;

use super::{
    super::{
        dates::{self, Shape},
        fold, join_places, parts, places,
        prepare::{self, Row},
        vocabulary::{occupations, organisations},
    },
    Measures, ends_sentence, words,
};

/// Longest joined row in bytes.
const LONGEST: usize = 300;

/// Joins what belongs together.
pub(super) fn join(rows: &[Row]) -> Vec<Row> {
    // "4 years 2 months" in a row of its own says nothing that the dates do not say.
    let rows: Vec<Row> =
        rows.iter().filter(|row| !parts::is_duration(&row.text) || !dates::find(&row.text).is_empty()).cloned().collect();
    marked(open_ends(table_cells(periods(&rows))))
}

/// The right edge of each column.
struct Edges(HashMap<(u32, u16), f32>);

impl Edges {
    fn of(rows: &[Row]) -> Self {
        let mut edges: HashMap<(u32, u16), f32> = HashMap::new();
        for row in rows {
            let edge = edges.entry((row.page, row.column)).or_insert(0.0);
            *edge = edge.max(row.right);
        }
        Self(edges)
    }

    /// Whether the first word of a row would not have fitted into the row before it.
    fn no_room(&self, before: &Row, row: &Row) -> bool {
        if !before.has_area() {
            return before.text.len() >= 45;
        }
        let right = self.0.get(&(before.page, before.column)).copied().unwrap_or(f32::INFINITY);
        prepare::no_room(before, row, right)
    }
}

/// Joins rows whose text goes on: an open bracket, a separator at the end or at the beginning, a place cut in two.
fn open_ends(rows: Vec<Row>) -> Vec<Row> {
    let edges = Edges::of(&rows);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut before: Option<Row> = None;
    for row in rows {
        let goes_on = match (&before, joined.last()) {
            (Some(before), Some(last)) => {
                before.page == row.page
                    && before.column == row.column
                    && row.bullet.is_none()
                    && last.bullet.is_none()
                    && !row.space_before
                    && last.text.len() + row.text.len() < LONGEST
                    && words(&last.text) <= 22
                    && (last.cells.len() <= 1 || leaves_bracket_open(last.cell(last.cells.len() - 1)))
                    && is_open(last, &row, edges.no_room(before, &row))
            }
            _ => false,
        };
        before = Some(row.clone());
        let in_first_cell = joined.last().is_some_and(|last| goes_on_beside_date(last, &row));
        match joined.last_mut() {
            Some(last) if in_first_cell => {
                let beside = usize::from(dates::find(last.cell(0)).iter().any(|date| last.cell(0).len() - date.range.len() <= 2));
                let mut cells = [last.cell(0).to_owned(), last.cell(1).to_owned()];
                cells[beside] = format!("{} {}", cells[beside], row.text);
                let letters = [0, 1].map(|index| last.letters_at(last.cells[index].start));
                set_cells(last, &cells);
                last.runs = (0..last.cells.len())
                    .map(|index| (last.cells[index].start, letters[index].0, letters[index].1, last.size))
                    .collect();
                last.place = join_places(&last.place, &row.place);
            }
            Some(last) if goes_on => append(last, &row),
            _ => joined.push(row),
        }
    }
    joined
}

/// Whether what stands beside a flush-right date goes on below: `Responsable de    2012 – 2016` over `operaciones, Talleres Iruña`.
fn goes_on_beside_date(last: &Row, row: &Row) -> bool {
    let is_date = |cell: &str| dates::find(cell).iter().any(|date| cell.len() - date.range.len() <= 2);
    let dated = || is_date(last.cell(0)) != is_date(last.cell(1));
    last.cells.len() == 2
        && row.cells.len() <= 1
        && last.page == row.page
        && last.column == row.column
        && last.bullet.is_none()
        && row.bullet.is_none()
        && !row.space_before
        && (!row.has_area() || (row.left - last.left).abs() < 3.0)
        && words(&row.text) <= 10
        && dates::find(&row.text).is_empty()
        && dated()
        && {
            let first = if is_date(last.cell(0)) { last.cell(1) } else { last.cell(0) };
            let folded = fold::fold(first);
            first.ends_with([',', '|', '—', '–', '&', '/', '('])
                || OPEN_WORDS.iter().any(|word| folded.ends_with(word))
                || leaves_bracket_open(first)
                || prepare::wraps_beside_date(last, row) && completes(first, &row.text)
        }
}

/// Whether a text is more likely the end of what stands above it than a part of its own: `Title, Northgate` over `Freight`.
fn completes(first: &str, tail: &str) -> bool {
    let weigh = |text: &str| {
        let folded = fold::fold(text);
        (occupations::title_evidence(&folded), organisations::firm_evidence(&folded))
    };
    let ((title, firm), (tail_title, tail_firm)) = (weigh(first), weigh(tail));
    let has_parts = |text: &str| {
        text.contains([',', '|', '·', '•', '—', '–']) || [" - ", " / ", " at ", " @ "].iter().any(|joint| text.contains(joint))
    };
    let adds = tail_firm >= 2.0 && firm < 2.0 || tail_title >= 1.5 && title < 1.5;
    let alike = tail_title >= 1.5 && title >= 1.5 || organisations::is_legal_form(&fold::fold(tail));
    words(tail) <= 3
        && !has_parts(tail)
        && places::read(tail).certainty < 2.0
        && (alike && !(tail_firm >= 2.0 && firm < 2.0) || has_parts(first) && (!adds || first.ends_with('-')) || {
            // A name that only the two halves make: "Pinecrest School" over "District".
            has_parts(first) && title >= 1.5 && tail_title < 1.5
        })
}

fn leaves_bracket_open(text: &str) -> bool {
    text.matches('(').count() > text.matches(')').count()
}

/// Whether a row goes on below.
fn is_open(last: &Row, row: &Row, no_room: bool) -> bool {
    let (upper, lower) = (last.text.as_str(), row.text.as_str());
    let count = |text: &str, c: char| text.matches(c).count();
    if leaves_bracket_open(upper) {
        let first = row.cell(0);
        return first.contains(')') && count(first, ')') > count(first, '(');
    }
    if lower.starts_with(['|', '·', ',', '/']) {
        return !ends_sentence(upper);
    }
    let first = lower.split([' ', ',', '|']).next().unwrap_or_default();
    let rest = lower[first.len()..].trim_start();
    if organisations::is_legal_form(&fold::fold(first))
        && first.len() > 1
        && (rest.is_empty() || rest.starts_with(['|', '·', ',', '(', '–', '—']))
    {
        return !ends_sentence(upper);
    }
    if !no_room || ends_sentence(upper) {
        return false;
    }
    let open_period = dates::find(upper).last().is_some_and(|date| date.range.end == upper.len());
    if upper.ends_with(['|', '·', '•', ',', '—', '–', '&', '/']) && !open_period {
        return true;
    }
    if OPEN_WORDS.iter().any(|word| upper.ends_with(word)) {
        return true;
    }
    let undated = dates::find(upper).is_empty();
    // "… Beacon Hill Credit" over "Union. Graphic Designer."
    if upper.contains(". ") && lower.contains(". ") && lower.ends_with('.') && words(lower) <= 8 && !dates::find(upper).is_empty()
    {
        return true;
    }
    let bars = |text: &str| [" | ", " · ", " • ", " / "].into_iter().find(|bar| text.contains(bar));
    if undated && bars(upper).is_some() && bars(upper) == bars(lower) && !dates::find(lower).is_empty() {
        return true;
    }
    undated && cuts_place(upper, lower)
}

/// Words after which a name goes on.
const OPEN_WORDS: &[&str] = &[
    " of", " in", " and", " at", " the", " for", " und", " für", " der", " des", " bei", " et", " de", " du", " la", " chez",
    " en", " y", " del", " da", " do", " di", " della", " dei", " presso", " van", " voor", " en het", " w",
];

/// Whether the end of one text and the beginning of the next make a known place: `…, Buenos` over `Aires, Argentina`.
fn cuts_place(upper: &str, lower: &str) -> bool {
    let whole = format!("{upper} {lower}");
    places::split_tail(&whole).is_some_and(|(_, tail, reading)| {
        let city = reading.city.as_deref().unwrap_or_default();
        tail.len() > lower.len() && city.contains(' ') && !lower.starts_with(city) && reading.certainty >= 5.0
    })
}

/// Appends a row to the row that it goes on with; its further cells stay cells.
fn append(last: &mut Row, row: &Row) {
    let glue = !(last.text.ends_with('-') && row.text.starts_with(char::is_lowercase) || last.text.ends_with('/'));
    if glue {
        last.text.push(' ');
    }
    let shift = last.text.len();
    last.text.push_str(&row.text);
    let first_end = row.cells.first().map_or(row.text.len(), |cell| cell.end) + shift;
    match last.cells.last_mut() {
        Some(cell) => cell.end = first_end,
        None => last.cells = std::iter::once(0..first_end).collect(),
    }
    last.cells.extend(row.cells.iter().skip(1).map(|cell| cell.start + shift..cell.end + shift));
    last.runs.push((shift, row.bold, row.italic, row.size));
    last.runs.extend(row.runs.iter().filter(|run| run.0 > 0).map(|run| (run.0 + shift, run.1, run.2, run.3)));
    // The next row is measured against the end of this one.
    last.right = row.right;
    last.place = join_places(&last.place, &row.place);
}

/// In a table with firm, title and dates side by side, a short row below goes on with the cells above it.
pub(super) fn table_cells(rows: Vec<Row>) -> Vec<Row> {
    let wide = |row: &Row| {
        row.bullet.is_none() && row.cells.len() >= 3 && dates::find(&row.text).iter().any(|date| date.shape != Shape::Year)
    };
    if rows.iter().filter(|row| wide(row)).count() < 2 {
        return rows;
    }
    let habits = habits(rows.iter().filter(|row| wide(row)));
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let fits = |last: &Row| {
            row.bullet.is_none()
                && row.cells.len() < last.cells.len()
                && last.page == row.page
                && wide(last)
                && (0..row.cells.len()).all(|index| {
                    let cell = row.cell(index);
                    completes_period(last, cell).is_some()
                        || words(cell) <= 3 && !row.space_before && !ends_sentence(cell) && dates::find(cell).is_empty()
                })
        };
        match joined.last_mut().filter(|last| fits(last)) {
            Some(last) => {
                let mut cells: Vec<String> = (0..last.cells.len()).map(|index| last.cell(index).to_owned()).collect();
                let undated: Vec<usize> = (0..cells.len()).filter(|&index| dates::find(&cells[index]).is_empty()).collect();
                for index in 0..row.cells.len() {
                    let tail = row.cell(index);
                    let by_order = || (undated.len() == row.cells.len()).then(|| undated[index]);
                    let at =
                        completes_period(last, tail).or_else(by_order).unwrap_or_else(|| cell_of(last, &row, index, &habits));
                    let glue = if cells[at].ends_with(fold::is_cjk) && !tail.is_ascii() { "" } else { " " };
                    cells[at] = format!("{}{glue}{tail}", cells[at]);
                }
                set_cells(last, &cells);
                last.place = join_places(&last.place, &row.place);
            }
            None => joined.push(row),
        }
    }
    joined
}

/// The cell whose period goes on with a text: `2020-06 – 2024` and `-08`, `2025年5月～現在に` and `至る`.
fn completes_period(above: &Row, tail: &str) -> Option<usize> {
    (0..above.cells.len()).find(|&index| {
        let cell = above.cell(index);
        let Some(date) = dates::find(cell).into_iter().find(|date| date.shape != Shape::Year) else { return false };
        let spaced = format!("{cell} {tail}");
        let glued = format!("{cell}{tail}");
        let whole = |text: &str| {
            dates::find(text).iter().any(|longer| {
                longer.shape == Shape::Period && longer.range.end == text.len() && longer.range.start == date.range.start
            })
        };
        cell.len() - date.range.end <= 6 && tail.len() <= 20 && (whole(&spaced) || whole(&glued))
    })
}

/// How far a text leans to titles (above 0) or to names of firms (below 0).
fn lean(text: &str) -> f32 {
    let folded = fold::fold(text);
    let title = occupations::title_evidence(&folded);
    title - organisations::firm_evidence(&folded) * if title >= 3.0 { 0.4 } else { 1.0 }
}

/// How far each column of a table leans to titles.
fn habits<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<f32> {
    let mut habits: Vec<f32> = Vec::new();
    for row in rows {
        habits.resize(habits.len().max(row.cells.len()), 0.0);
        for (index, habit) in habits.iter_mut().enumerate() {
            *habit += lean(row.cell(index));
        }
    }
    let mean = habits.iter().sum::<f32>() / habits.len().max(1) as f32;
    habits.iter_mut().for_each(|habit| *habit -= mean);
    habits
}

/// The cell that a row below goes on with: the first where it stands at the left edge, otherwise the longest that holds no dates.
fn cell_of(above: &Row, row: &Row, nth: usize, habits: &[f32]) -> usize {
    let dated = |index: usize| !dates::find(above.cell(index)).is_empty();
    let at_left = row.has_area() && (row.left - above.left).abs() < 3.0 && nth == 0;
    if at_left && !dated(0) {
        return 0;
    }
    let first = usize::from(row.has_area() && !at_left);
    let tail = row.cell(nth);
    // A word of titles belongs to the cell of titles, a word of names to that of names; others to the longest.
    let leaning = if organisations::is_legal_form(&fold::fold(tail)) { -4.0 } else { lean(tail) };
    let habit = |index: usize| habits.get(index).copied().unwrap_or(0.0);
    (first..above.cells.len())
        .filter(|&index| !dated(index))
        .max_by(|&one, &other| {
            let by_words = (leaning * habit(one)).total_cmp(&(leaning * habit(other)));
            by_words.then(above.cell(one).len().cmp(&above.cell(other).len()))
        })
        .unwrap_or(0)
}

/// Joins periods that wrap inside their cell: `… | Community Heritage    May 2023 - June` over `Museum    2024`, and
/// `09/2022 –    Engineer` over `today    Initech`.
pub(super) fn periods(rows: &[Row]) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(last) = joined.last_mut() else {
            joined.push(row.clone());
            continue;
        };
        // A dash that begins the second row was taken for a bullet glyph.
        let dash = row.bullet.filter(|glyph| {
            dates::is_dash(*glyph) && row.text.len() <= 40 && parse_end(&row.text).is_some() && ends_with_date(&last.text)
        });
        if let Some(dash) = dash {
            let from = last.text.len();
            last.text = format!("{} {dash} {}", last.text, row.text);
            if let Some(cell) = last.cells.last_mut().filter(|cell| cell.end == from) {
                cell.end = last.text.len();
            }
            last.place = join_places(&last.place, &row.place);
            continue;
        }
        if row.bullet.is_some() || last.cells.is_empty() {
            joined.push(row.clone());
            continue;
        }
        if let Some(cells) = cut_beside_text(last, row) {
            set_cells(last, &cells);
            let rest: Vec<String> = (1..row.cells.len()).map(|index| row.cell(index).to_owned()).collect();
            let mut second = row.clone();
            set_cells(&mut second, &rest);
            joined.push(second);
            continue;
        }
        let count = last.cells.len();
        let mut done = false;
        for first in [false, true] {
            let (upper, lower) = if first { (0, 0) } else { (count - 1, row.cells.len().saturating_sub(1)) };
            if done || !is_cut_period(last.cell(upper)) || first && (count < 2 || row.cells.len() < 2) {
                continue;
            }
            let tail = row.cell(lower).to_owned();
            let whole = format!("{} {tail}", last.cell(upper));
            let complete = dates::find(&whole)
                .iter()
                .any(|found| found.shape == Shape::Period && found.range.end == whole.len() && !is_cut_period(&whole));
            if !complete || tail.is_empty() || tail.split(' ').count() > 3 {
                continue;
            }
            done = true;
            last.place = join_places(&last.place, &row.place);
            let mut cells: Vec<String> = (0..count).map(|index| last.cell(index).to_owned()).collect();
            cells[upper] = whole;
            let rest: Vec<String> =
                (0..row.cells.len()).filter(|index| *index != lower).map(|index| row.cell(index).to_owned()).collect();
            if first {
                // What stands beside the second half of the period is a row of its own.
                set_cells(last, &cells);
                let mut second = row.clone();
                set_cells(&mut second, &rest);
                joined.push(second);
            } else {
                if let (Some(more), true) = (rest.first(), upper > 0) {
                    cells[0] = format!("{} {more}", cells[0]);
                }
                set_cells(last, &cells);
            }
            break;
        }
        if !done {
            joined.push(row.clone());
        }
    }
    joined
}

/// `Aug. 2019– Engineer (part-time),` over `March 2023    Initech`: a column of dates so near that no gap parts it from the text.
fn cut_beside_text(last: &Row, row: &Row) -> Option<[String; 2]> {
    if last.cells.len() != 1 || row.cells.len() < 2 {
        return None;
    }
    let date = dates::find(&last.text).into_iter().next().filter(|date| date.range.start == 0 && date.shape != Shape::Period)?;
    let behind = last.text[date.range.end..].trim_start();
    let rest = behind.trim_start_matches(dates::is_dash);
    if rest.len() == behind.len() || rest.trim().is_empty() {
        return None;
    }
    // "Jan. 2020–Nov. Engineer, Initech," over "2021    Leeds": the month stands above its year.
    let month = rest.trim_start().split(' ').next().unwrap_or_default();
    let dated = |text: &str| bonafide_normalise::date::parse_date(text).is_some();
    let with_month = month.chars().all(|c| c.is_alphabetic() || c == '.') && dated(&format!("{month} {}", row.cell(0)));
    let (end, rest) = if with_month {
        (format!("{month} {}", row.cell(0)), &rest.trim_start()[month.len()..])
    } else {
        (row.cell(0).to_owned(), rest)
    };
    let whole = format!("{} – {end}", &last.text[date.range]);
    let complete = dates::find(&whole).iter().any(|date| date.shape == Shape::Period && date.range.len() == whole.len());
    complete.then(|| [whole, rest.trim().to_owned()])
}

/// Joins rows of letters that mark heads where the first had no more room.
fn marked(rows: Vec<Row>) -> Vec<Row> {
    let right = rows.iter().map(|row| row.right).fold(0.0_f32, f32::max);
    let measures = Measures::of(&rows);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut before: Option<Row> = None;
    for row in rows {
        let marked = row.bold && !measures.bold || row.italic && !measures.italic;
        let wraps = marked
            && row.cells.len() <= 1
            && before.as_ref().is_some_and(|before| {
                before.bullet.is_none()
                    && before.cells.len() <= 1
                    && prepare::wraps(before, &row, right)
                    && dates::find(&before.text).is_empty()
            });
        before = Some(row.clone());
        match joined.last_mut() {
            Some(last) if wraps => {
                last.text.push(' ');
                last.text.push_str(&row.text);
                last.cells = std::iter::once(0..last.text.len()).collect();
                last.place = join_places(&last.place, &row.place);
            }
            _ => joined.push(row),
        }
    }
    joined
}

fn ends_with_date(text: &str) -> bool {
    dates::find(text).last().is_some_and(|found| found.shape != Shape::Period && text.len() - found.range.end <= 1)
}

/// Gives a row other cells.
fn set_cells(row: &mut Row, cells: &[String]) {
    row.text.clear();
    row.cells.clear();
    row.runs.clear();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        if !row.text.is_empty() {
            row.text.push(' ');
        }
        let start = row.text.len();
        row.text.push_str(cell);
        row.cells.push(start..row.text.len());
    }
}

/// Whether a text ends inside a period: `May 2023 - June`, `2019 –`, `Dec 2015 to May`.
fn is_cut_period(text: &str) -> bool {
    let dash = text.char_indices().rfind(|&(_, c)| dates::is_dash(c)).map(|(at, dash)| (at, dash.len_utf8()));
    let word = JOINTS.iter().filter_map(|word| text.rfind(word).map(|at| (at, word.len()))).max();
    let padded =
        || JOINTS.iter().find(|word| text.ends_with(word.trim_end())).map(|word| (text.len() + 1 - word.len(), word.len() - 1));
    let Some((at, length)) = dash.max(word).max(padded()) else { return false };
    let behind = text[at + length..].trim();
    let begins = dates::find(text[..at].trim()).iter().any(|found| found.range.end == text[..at].trim().len());
    begins
        && (behind.is_empty()
            || behind.chars().all(|c| c.is_alphabetic() || c == '.')
                && bonafide_normalise::date::parse_date(&format!("{behind} 2020")).is_some())
}

/// Words between the two ends of a period.
const JOINTS: &[&str] =
    &[" to ", " bis ", " until ", " till ", " à ", " a ", " al ", " até ", " hasta ", " tot ", " do ", " til ", " till "];
