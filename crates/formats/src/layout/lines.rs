//! From blocks of segments to lines.

use std::collections::HashMap;

use bonafide_model::place::{PageBox, Place};
use unicode_normalization::UnicodeNormalization;

use super::{
    Letter, Mark, bidi,
    columns::Block,
    dates,
    segments::Segment,
    words::{self, Between, Placed},
};
use crate::document::{Line, Run};

/// Share of the usual pitch by which a distance must exceed it to set a line apart.
const APART: f32 = 1.32;

pub(super) fn assemble(text: &str, page: u32, blocks: Vec<Block>) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        let column = block.column.unwrap_or(Line::FULL_WIDTH);
        let start = lines.len();
        let mut baselines = Vec::new();
        let mut rows = rows(block.segments).into_iter().peekable();
        while let Some(row) = rows.next() {
            let rests = rows.peek_mut().map(|below| dates::take_rests(text, &row, below)).unwrap_or_default();
            let baseline = row
                .iter()
                .map(|segment| (segment.baseline, segment.size))
                .fold((0.0, 0.0), |a, b| if b.1 > a.1 { b } else { a })
                .0;
            if let Some(line) = line(text, page, column, row, rests) {
                lines.push(line);
                baselines.push(baseline);
            }
        }
        mark_spaces(&mut lines[start..], &baselines);
    }
    restore_bullets(&mut lines);
    lines
}

/// Segments on one baseline, from the top down.
fn rows(mut segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    segments.sort_by(|a, b| a.level.total_cmp(&b.level).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        // Only the last rows can take the segment: baselines come in order.
        let row = rows.iter_mut().rev().take(4).find(|row| {
            let first = &row[0];
            let em = first.size.min(segment.size);
            // Type of another size beside larger type is often centred on it instead of set on its baseline.
            let middle = |segment: &Segment| segment.level - 0.29 * segment.size;
            let centred = segment.size != first.size && (middle(&segment) - middle(first)).abs() <= 0.25 * em;
            let level = (segment.level - first.level).abs() <= 0.35 * em || centred;
            level && row.iter().all(|other| segment.left >= other.right - 0.3 * em || segment.right <= other.left + 0.3 * em)
        });
        match row {
            Some(row) => row.push(segment),
            None => rows.push(vec![segment]),
        }
    }
    rows
}

fn line(text: &str, page: u32, column: u16, row: Vec<Segment>, rests: Vec<dates::Rest>) -> Option<Line> {
    let area = PageBox {
        left: row.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min),
        top: row.iter().map(Segment::top).fold(f32::INFINITY, f32::min),
        right: row.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max),
        bottom: row.iter().map(Segment::bottom).fold(f32::NEG_INFINITY, f32::max),
    };
    let ends: Vec<(f32, dates::Rest)> = rests.into_iter().filter_map(|rest| Some((row.get(rest.segment)?.right, rest))).collect();
    let mut letters: Vec<Letter> = row.into_iter().flat_map(|segment| segment.letters).collect();
    letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut placed = words::part(text, &letters);
    bidi::reorder(&mut placed);
    for (end, rest) in ends {
        let mut rest = words::part(text, &rest.letters);
        if let Some(first) = rest.first_mut() {
            first.before = Between::Space;
        }
        let behind = placed.iter().rposition(|letter| letter.right <= end + 0.01).map_or(0, |last| last + 1);
        placed.splice(behind..behind, rest);
    }
    let bullet = take_bullet(&mut placed);
    let mut line = Line { place: Place::Page { page, area }, page, area, column, bullet, ..Line::default() };
    write(&mut line, &placed);
    (!line.text.is_empty() || line.bullet.is_some()).then_some(line)
}

/// Cuts the bullet off the start of a line.
fn take_bullet(placed: &mut Vec<Placed>) -> Option<char> {
    let [mark, next, ..] = placed.as_slice() else { return None };
    let mut characters = mark.text.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else { return None };
    let em = mark.size.max(next.size);
    let apart = next.before != Between::Nothing || next.left - mark.right > 0.2 * em;
    let foreign = mark.font != next.font;
    let cuts = if words::is_bullet(character) {
        // A round or square mark is a bullet even where it touches the text.
        apart || matches!(character, '•' | '‣' | '▪' | '■' | '●' | '◦' | '➢' | '❖')
    } else {
        match character {
            '-' | '*' | '+' => apart && !next.text.starts_with(|digit: char| digit.is_ascii_digit()),
            'o' | '§' | 'q' | 'v' | 'Ø' | 'ü' => apart && foreign && next.left - mark.right > 0.4 * em,
            '\u{FFFD}' => apart && foreign,
            character if words::is_private(character) => apart && foreign,
            _ => false,
        }
    };
    if !cuts {
        return None;
    }
    placed.remove(0);
    placed[0].before = Between::Nothing;
    Some(character)
}

/// Icons before lines of contact data are cut like bullets; only those that start several lines at one place are bullets.
fn restore_bullets(lines: &mut [Line]) {
    let icons: Vec<(char, f32)> =
        lines.iter().filter_map(|line| Some((line.bullet.filter(|mark| words::is_private(*mark))?, line.area.left))).collect();
    for line in lines.iter_mut() {
        match line.bullet {
            Some(mark) if words::is_private(mark) => {
                let alike =
                    icons.iter().take(2000).filter(|(other, left)| *other == mark && (left - line.area.left).abs() < 2.0).count();
                line.bullet = (alike >= 3).then_some('•');
            }
            Some('\u{FFFD}') => line.bullet = Some('•'),
            _ => {}
        }
    }
}

/// Gives lines the bullets that are painted as shapes to the left of them. One alone may be an icon: the lines of a list have theirs at
/// one place.
pub(super) fn take_marks(lines: &mut [Line], marks: &[Mark]) {
    let mut marks: Vec<&Mark> = marks.iter().take(5_000).collect();
    let middle = |area: PageBox| (area.top + area.bottom) / 2.0;
    marks.sort_by(|a, b| middle(a.area).total_cmp(&middle(b.area)));
    let found: Vec<Option<&Mark>> = lines
        .iter()
        .map(|line| {
            let em = line.size.max(1.0);
            // The lower edge of a line is a fifth of an em below its baseline.
            let (high, low) = (line.area.bottom - 0.95 * em, line.area.bottom - 0.22 * em);
            let start = marks.partition_point(|mark| middle(mark.area) < high);
            marks[start..].iter().take_while(|mark| middle(mark.area) <= low).copied().find(|mark| {
                let (width, height) = (mark.area.right - mark.area.left, mark.area.bottom - mark.area.top);
                let distance = line.area.left - mark.area.right;
                (0.1 * em..0.75 * em).contains(&width)
                    && (0.1 * em..0.75 * em).contains(&height)
                    && (0.1 * em..2.4 * em).contains(&distance)
            })
        })
        .collect();
    let places: Vec<f32> = found.iter().flatten().map(|mark| mark.area.left).collect();
    for (line, mark) in lines.iter_mut().zip(&found) {
        if let Some(mark) = mark
            && line.bullet.is_none()
            && places.iter().filter(|place| (**place - mark.area.left).abs() < 1.5).count() >= 2
        {
            line.bullet = Some(match (mark.hollow, mark.angular) {
                (true, true) => '▫',
                (true, false) => '◦',
                (false, true) => '▪',
                (false, false) => '•',
            });
        }
    }
}

/// Writes the text, gaps and runs of a line.
fn write(line: &mut Line, placed: &[Placed]) {
    let mut text = String::with_capacity(placed.len() + 16);
    // Where the letters so far end.
    let mut end = f32::NEG_INFINITY;
    for letter in placed {
        if letter.text.chars().all(words::is_private) {
            // An icon shows no text, but parts what is beside it.
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            continue;
        }
        if !text.is_empty() {
            match letter.before {
                Between::Nothing => {}
                Between::Space | Between::Gap => {
                    if !text.ends_with(' ') {
                        text.push(' ');
                    }
                    if letter.before == Between::Gap {
                        line.gaps.push(text.len() as u32 - 1);
                        line.gap_spans.push((end.min(letter.left), letter.left.max(end)));
                    }
                }
            }
        }
        let run = Run { start: text.len() as u32, size: letter.size, bold: letter.bold, italic: letter.italic };
        let changes = line.runs.last().is_none_or(|last| {
            (last.size - run.size).abs() > 0.05 * last.size.max(run.size) || last.bold != run.bold || last.italic != run.italic
        });
        if changes {
            line.runs.push(run);
        }
        push_normalised(&mut text, &letter.text);
        end = letter.right;
        line.size = line.size.max(letter.size);
    }
    let kept = text.trim_end().len();
    text.truncate(kept);
    line.gaps.retain(|gap| (*gap as usize) < kept);
    line.gap_spans.truncate(line.gaps.len());
    line.bold = !line.runs.is_empty() && line.runs.iter().all(|run| run.bold);
    line.italic = !line.runs.is_empty() && line.runs.iter().all(|run| run.italic);
    line.text = text;
}

/// Ligatures and presentation forms become the letters they stand for; letters and accents become one.
fn push_normalised(text: &mut String, letter: &str) {
    if letter.is_ascii() {
        text.push_str(letter);
        return;
    }
    let presentation =
        |character: char| matches!(character, '\u{FB00}'..='\u{FB4F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}');
    if letter.chars().any(presentation) {
        text.extend(letter.nfkc());
    } else {
        let accent_first = letter.starts_with(unicode_normalization::char::is_combining_mark);
        match (accent_first, text.pop()) {
            (true, Some(base)) => {
                let joined: String = base.to_string() + letter;
                text.extend(joined.nfc());
            }
            (_, popped) => {
                text.extend(popped);
                text.extend(letter.nfc());
            }
        }
    }
}

/// Marks lines that a clearly larger distance than usual precedes.
fn mark_spaces(lines: &mut [Line], baselines: &[f32]) {
    // Usual pitches by letter size, in half points.
    let bucket = |size: f32| (size * 2.0).round() as i32;
    let mut pitches: HashMap<i32, Vec<f32>> = HashMap::new();
    for (pair, line) in baselines.windows(2).zip(lines.iter().skip(1)) {
        let pitch = pair[1] - pair[0];
        if (0.5 * line.size..2.0 * line.size).contains(&pitch) {
            pitches.entry(bucket(line.size)).or_default().push(pitch);
        }
    }
    let usual: HashMap<i32, f32> = pitches
        .into_iter()
        .map(|(size, mut pitches)| {
            pitches.sort_by(f32::total_cmp);
            (size, pitches[pitches.len() / 3])
        })
        .collect();
    for (pair, line) in baselines.windows(2).zip(lines.iter_mut().skip(1)) {
        let size = line.size.max(1.0);
        // A third of an em of lead where there are no lines of this size to compare with.
        let usual = usual.get(&bucket(line.size)).copied().unwrap_or(1.3 * size).max(0.9 * size);
        line.space_before = pair[1] - pair[0] > APART * usual;
    }
}
