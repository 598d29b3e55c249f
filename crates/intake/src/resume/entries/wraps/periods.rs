//! Joins periods that wrap in their cells.

use bonafide_normalise::date::parse_end;

use super::{
    super::super::{
        dates::{self, Shape},
        join_places,
        prepare::Row,
    },
    set_cells,
};

/// Joins periods that wrap over three rows of a column at the right: `Line Cook    September` over `Bluebird    2020 – May` over
/// `2021`. What stands beside the later parts is in rows of its own.
pub(super) fn right_periods(rows: &[Row]) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        match right_period(&rows[at..]) {
            Some((count, whole)) => {
                let mut first = row.clone();
                let letters = first.letters_at(0);
                set_cells(&mut first, &[row.cell(0).to_owned(), whole]);
                first.runs = vec![(0, letters.0, letters.1, row.size)];
                first.place = rows[at + 1..at + count].iter().fold(first.place, |place, row| join_places(&place, &row.place));
                joined.push(first);
                joined.extend(rows[at + 1..at + count].iter().filter(|row| row.cells.len() == 2).map(|row| {
                    let mut left = row.clone();
                    let letters = left.letters_at(0);
                    set_cells(&mut left, &[row.cell(0).to_owned()]);
                    left.runs = vec![(0, letters.0, letters.1, row.size)];
                    left.right = row.first_gap().map_or(row.right, |gap| gap.0);
                    left
                }));
                at += count;
            }
            None => {
                joined.push(row.clone());
                at += 1;
            }
        }
    }
    joined
}

/// The period at the right of the first rows, and how many rows it takes.
fn right_period(rows: &[Row]) -> Option<(usize, String)> {
    let first = rows.first().filter(|row| row.bullet.is_none() && row.cells.len() == 2)?;
    let (_, edge) = first.first_gap()?;
    let mut whole = first.cell(1).to_owned();
    let is_period = |text: &str| {
        dates::find(text).iter().any(|date| date.shape == Shape::Period && date.range.len() == text.len()) && !is_cut_period(text)
    };
    let month = |text: &str| bonafide_normalise::date::parse_date(&format!("{text} 2020")).is_some();
    let begins = month(&whole) || dates::find(&whole).iter().any(|date| date.range.len() + 4 >= whole.len());
    if !begins || is_period(&whole) {
        return None;
    }
    for (nth, row) in rows.iter().enumerate().skip(1).take(3) {
        let in_column = match row.cells.len() {
            1 => row.left > edge - 4.0 * row.size,
            2 => row.first_gap().is_some_and(|gap| gap.1 > edge - 4.0 * row.size),
            _ => false,
        };
        let part = row.cell(row.cells.len().saturating_sub(1));
        if !in_column || row.space_before || row.page != first.page || row.column != first.column || part.len() > 16 {
            return None;
        }
        let dash = row.bullet.filter(|glyph| dates::is_dash(*glyph) && row.cells.len() == 1);
        if row.bullet.is_some() && dash.is_none() {
            return None;
        }
        whole = match dash {
            Some(dash) => format!("{whole} {dash} {part}"),
            None => format!("{whole} {part}"),
        };
        if is_period(&whole) {
            // Two rows are read with what stands beside the second.
            return (nth >= 2 || row.cells.len() == 1).then_some((nth + 1, whole));
        }
    }
    None
}

/// Joins periods that wrap inside their cell: `… | Community Heritage    May 2023 - June` over `Museum    2024`, and
/// `09/2022 –    Engineer` over `today    Initech`.
pub(crate) fn periods(rows: &[Row]) -> Vec<Row> {
    // What stands beside the second half of a period is a row of its own everywhere when it is one where there is room.
    let apart = rows.windows(2).any(|pair| {
        let (last, row) = (&pair[0], &pair[1]);
        let halves =
            last.cells.len() == 2 && row.cells.len() == 2 && is_cut_period(last.cell(1)) && parse_end(row.cell(1)).is_some();
        halves && row.first_gap().is_some() && !leaves_no_room(last, row)
    });
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
        if let Some(dash) = row.bullet.filter(|glyph| dates::is_dash(*glyph) && cuts_date_column(last, row)) {
            let whole = format!("{} {dash} {}", last.cell(0), row.cell(0));
            let cells: Vec<String> =
                std::iter::once(whole).chain((1..last.cells.len()).map(|index| last.cell(index).to_owned())).collect();
            set_cells(last, &cells);
            let rest: Vec<String> = (1..row.cells.len()).map(|index| row.cell(index).to_owned()).collect();
            let mut second = Row { bullet: None, ..row.clone() };
            set_cells(&mut second, &rest);
            joined.push(second);
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
                let wraps = (!apart || last.cell(0).contains(['|', '·', '•', '—', '–'])) && leaves_no_room(last, row);
                if let (Some(more), true, true) = (rest.first(), upper > 0, wraps) {
                    cells[0] = format!("{} {more}", cells[0]);
                }
                let letters = last.letters_at(0);
                set_cells(last, &cells);
                if !rest.is_empty() && upper > 0 && !wraps {
                    last.runs = last.cells.iter().take(1).map(|cell| (cell.start, letters.0, letters.1, last.size)).collect();
                    let mut second = row.clone();
                    set_cells(&mut second, &rest);
                    joined.push(second);
                }
            }
            break;
        }
        if !done {
            joined.push(row.clone());
        }
    }
    joined
}

/// `Dec 2021    Engineer` over `– Jan 2023    Initech`: the dash of a period in a column of dates was taken for a bullet glyph.
fn cuts_date_column(last: &Row, row: &Row) -> bool {
    let begins =
        dates::find(last.cell(0)).iter().any(|date| date.shape != Shape::Period && date.range.len() == last.cell(0).len());
    begins && last.cells.len() >= 2 && row.cells.len() >= 2 && parse_end(row.cell(0)).is_some()
}

/// Whether the first cell of a row had no room for the first word of the row below; true where nothing is known of the room.
fn leaves_no_room(last: &Row, row: &Row) -> bool {
    let (Some((begin, end)), Some((below, _))) = (last.first_gap(), row.first_gap()) else { return true };
    let first = row.cell(0);
    let width = (below - row.left) / first.chars().count().max(1) as f32;
    let word = first.split(' ').next().map_or(0, |word| word.chars().count()) as f32;
    begin + (word + 1.0) * width > end - 0.8 * row.size
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

fn ends_with_date(text: &str) -> bool {
    dates::find(text).last().is_some_and(|found| found.shape != Shape::Period && text.len() - found.range.end <= 1)
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
