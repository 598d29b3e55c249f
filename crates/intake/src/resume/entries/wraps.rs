//! Joins the rows of a head that one line could not hold: periods cut in two, brackets left open, lists that go on below.

use std::collections::HashMap;

use super::{
    super::{
        dates::{self, Shape},
        fold, join_places, parts, places,
        prepare::{self, Row},
        vocabulary::{occupations, organisations},
    },
    Measures, ends_sentence, words,
};

mod periods;

pub(super) use periods::periods;

/// Longest joined row in bytes.
const LONGEST: usize = 300;

/// Joins what belongs together.
pub(super) fn join(rows: &[Row]) -> Vec<Row> {
    // "4 years 2 months" in a row of its own says nothing that the dates do not say.
    let rows: Vec<Row> =
        rows.iter().filter(|row| !parts::is_duration(&row.text) || !dates::find(&row.text).is_empty()).cloned().collect();
    marked(open_ends(table_cells(periods(&periods::right_periods(&rows)))))
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
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        if let Some(last) = joined.last_mut()
            && names_wrap(last, &row, rows.peek())
        {
            take_tail(last, &row);
            before = Some(row);
            continue;
        }
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
                || prepare::wraps_in_first_cell(last, row) && completes(first, &row.text)
        }
}

/// Whether a name finds no room beside a place, or beside a date that stands in the second of its rows.
fn names_wrap(last: &Row, row: &Row, next: Option<&Row>) -> bool {
    if !prepare::wraps_in_first_cell(last, row) || last.text.len() + row.text.len() > LONGEST {
        return false;
    }
    let tail = row.cell(0);
    let beside = if last.cells.len() == 2 { last.cell(1) } else { row.cell(1) };
    let place = places::read(beside);
    let is_place = place.certainty >= 2.0 && place.complete;
    let plain = words(tail) <= 3
        && occupations::title_evidence(&fold::fold(tail)) < 1.5
        && !tail.contains([',', '|', '·', '•', '—', '–'])
        && places::read(tail).certainty < 2.0;
    // A title in a row of its own has no date beside the row below it.
    let title_follows = || {
        next.is_some_and(|next| {
            next.cells.len() == 2 && !dates::find(next.cell(1)).is_empty() && dates::find(next.cell(0)).is_empty()
        })
    };
    if last.cells.len() == 2 {
        is_place && plain && title_follows()
    } else if is_place {
        plain
    } else {
        !dates::find(beside).is_empty() && completes(&last.text, tail)
    }
}

/// Joins the first cell of a row with that of the row before; a second cell of either stays one.
fn take_tail(last: &mut Row, row: &Row) {
    let letters = [last.letters_at(0), row.letters_at(row.text.len())];
    let beside = if last.cells.len() == 2 { last.cell(1) } else { row.cell(1) }.to_owned();
    let second = if last.cells.len() == 2 { last.letters_at(last.cells[1].start) } else { letters[1] };
    let first = format!("{} {}", last.cell(0), row.cell(0));
    set_cells(last, &[first, beside]);
    last.runs = [letters[0], second]
        .iter()
        .zip(&last.cells)
        .map(|(letters, cell)| (cell.start, letters.0, letters.1, last.size))
        .collect();
    last.place = join_places(&last.place, &row.place);
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
    if tail.starts_with(char::is_lowercase) && words(tail) <= 4 {
        return true;
    }
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
    // "2020 – 2023 | Staff Writer | Community" over "Heritage Museum": all of a head in one row that was too short for it.
    let parts = [" | ", " · ", " • "].iter().map(|bar| upper.matches(bar).count()).max().unwrap_or(0);
    let short = words(lower) <= 6 && !ends_sentence(lower) && dates::find(lower).is_empty() && row.cells.len() <= 1;
    if !undated && parts >= 2 && short && !open_period {
        return true;
    }
    undated && (cuts_place(upper, lower) || cuts_name(upper, lower))
}

/// Whether a name goes on below: `International Centre for Ocean` over `Research, Seattle, WA`, `Saint Catherine's Regional` over
/// `Medical Center`.
fn cuts_name(upper: &str, lower: &str) -> bool {
    let weigh = |text: &str| {
        let folded = fold::fold(text);
        (occupations::title_evidence(&folded), organisations::firm_evidence(&folded))
    };
    let plain = |text: &str| !text.contains([',', '|', '·', '•', '—', '–', ':']);
    let named =
        |text: &str| text.split(' ').all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()) || word.len() <= 3);
    let tail = places::split_tail(lower).filter(|(.., reading)| reading.certainty >= 2.5).map(|(front, ..)| front);
    let (front, before_place) = (tail.unwrap_or(lower), tail.is_some());
    let ((title, firm), (tail_title, tail_firm)) = (weigh(upper), weigh(front));
    let whole = weigh(&format!("{upper} {front}")).1;
    plain(upper)
        && plain(front)
        && words(upper) <= 7
        && (1..=3).contains(&words(front))
        && named(upper)
        && named(front)
        && title < 1.5
        && tail_title < 1.5
        && places::read(upper).certainty < 2.0
        && places::read(front).certainty < 2.0
        && (before_place && firm < 3.0 || whole >= 2.0 && firm < 2.0 && (tail_firm >= 1.0 || whole > tail_firm))
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
    // Where the cells of the last row with dates begin.
    let mut lefts: Option<Vec<f32>> = None;
    for row in rows {
        let below = lefts.as_ref().filter(|_| row.cells.len() == 1 && row.has_area());
        let below = below.and_then(|lefts| lefts.iter().position(|left| (left - row.left).abs() < 3.0));
        let fits = |last: &Row| {
            row.bullet.is_none()
                && row.cells.len() < last.cells.len()
                && last.page == row.page
                && wide(last)
                && (0..row.cells.len()).all(|index| {
                    let cell = row.cell(index);
                    completes_period(last, cell).is_some()
                        || words(cell) <= if below.is_some() { 6 } else { 3 }
                            && !row.space_before
                            && !ends_sentence(cell)
                            && dates::find(cell).is_empty()
                })
        };
        match joined.last_mut().filter(|last| fits(last)) {
            Some(last) => {
                let mut cells: Vec<String> = (0..last.cells.len()).map(|index| last.cell(index).to_owned()).collect();
                let undated: Vec<usize> = (0..cells.len()).filter(|&index| dates::find(&cells[index]).is_empty()).collect();
                for index in 0..row.cells.len() {
                    let tail = row.cell(index);
                    let by_order = || (undated.len() == row.cells.len()).then(|| undated[index]);
                    let at = completes_period(last, tail)
                        .or(below)
                        .or_else(by_order)
                        .unwrap_or_else(|| cell_of(last, &row, index, &habits));
                    let glue = if cells[at].ends_with(fold::is_cjk) && !tail.is_ascii() { "" } else { " " };
                    cells[at] = format!("{}{glue}{tail}", cells[at]);
                }
                set_cells(last, &cells);
                last.place = join_places(&last.place, &row.place);
            }
            None => {
                lefts = row.cell_lefts();
                joined.push(row);
            }
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
