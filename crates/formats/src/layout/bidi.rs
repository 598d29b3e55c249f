//! From the order in which letters stand to the order in which they are read, for lines with right-to-left scripts: a small part of
//! the Unicode bidirectional algorithm (UAX #9), run backwards.

use super::words::{Between, Placed};

/// Puts the letters of a line in logical order.
pub(super) fn reorder(placed: &mut Vec<Placed>) {
    let classes: Vec<Class> = placed.iter().map(|letter| class(&letter.text)).collect();
    let right = classes.iter().filter(|class| **class == Class::Right).count();
    if right == 0 {
        return;
    }
    let left = classes.iter().filter(|class| **class == Class::Left).count();
    // The ends of a line show its direction where they agree; otherwise most of its letters do.
    let strong = || classes.iter().copied().filter(|class| matches!(class, Class::Left | Class::Right));
    let base = match (strong().next(), strong().next_back()) {
        (Some(first), Some(last)) if first == last => first,
        _ if right >= left => Class::Right,
        _ => Class::Left,
    };
    let levels = resolve(placed, &classes, base);

    let mut letters: Vec<(Placed, Class)> = placed.drain(..).zip(levels).collect();
    // What stands before a letter stands behind it once the order is turned.
    let between: Vec<Between> = letters.iter().map(|(letter, _)| letter.before).collect();
    let mut order: Vec<usize> = (0..letters.len()).collect();
    if base == Class::Right {
        order.reverse();
        reverse_runs(&mut order, |index| letters[index].1 != Class::Right);
    } else {
        reverse_runs(&mut order, |index| letters[index].1 == Class::Right);
    }
    let mut result: Vec<Placed> = Vec::with_capacity(letters.len());
    for (position, &index) in order.iter().enumerate() {
        let before = match position.checked_sub(1).map(|before| order[before]) {
            None => Between::Nothing,
            // Neighbours on the page: what is between them is what was before the right one.
            Some(previous) if previous.abs_diff(index) == 1 => between[previous.max(index)],
            // Where runs of different direction meet, the edges of the run carry the space.
            Some(previous) => edge(&between, previous).max(edge(&between, index)),
        };
        let letter = &mut letters[index];
        let mut taken = letter.0.clone();
        taken.before = before;
        if letter.1 == Class::Right {
            taken.text = mirrored(&taken.text);
        }
        result.push(taken);
    }
    *placed = result;
}

impl Between {
    fn max(self, other: Self) -> Self {
        match (self, other) {
            (Self::Gap, _) | (_, Self::Gap) => Self::Gap,
            (Self::Space, _) | (_, Self::Space) => Self::Space,
            _ => Self::Nothing,
        }
    }
}

/// What stands beside a letter on either side.
fn edge(between: &[Between], index: usize) -> Between {
    let after = between.get(index + 1).copied().unwrap_or(Between::Nothing);
    between[index].max(after)
}

fn reverse_runs(order: &mut [usize], belongs: impl Fn(usize) -> bool) {
    let mut start = 0;
    while start < order.len() {
        let length = order[start..].iter().take_while(|&&index| belongs(index)).count();
        order[start..start + length].reverse();
        start += length.max(1);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Left,
    Right,
    Number,
    Neutral,
}

fn class(text: &str) -> Class {
    text.chars()
        .map(|character| match character {
            '\u{590}'..='\u{5FF}'
            | '\u{600}'..='\u{65F}'
            | '\u{66A}'..='\u{6EF}'
            | '\u{6FA}'..='\u{8FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => Class::Right,
            '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Class::Number,
            character if character.is_alphabetic() => Class::Left,
            _ => Class::Neutral,
        })
        .find(|class| *class != Class::Neutral)
        .unwrap_or(Class::Neutral)
}

/// Gives numbers and neutrals the direction of what is around them.
fn resolve(placed: &[Placed], classes: &[Class], base: Class) -> Vec<Class> {
    let mut levels = classes.to_vec();
    // Numbers are written from left to right; separators inside them belong to them.
    for level in &mut levels {
        if *level == Class::Number {
            *level = Class::Left;
        }
    }
    let mut index = 0;
    while index < levels.len() {
        if levels[index] != Class::Neutral {
            index += 1;
            continue;
        }
        let end = (index..levels.len()).find(|&next| levels[next] != Class::Neutral).unwrap_or(levels.len());
        let before = index.checked_sub(1).map_or(base, |before| levels[before]);
        let after = levels.get(end).copied().unwrap_or(base);
        let inside_number = before == Class::Left && after == Class::Left;
        let wide = placed.get(index).is_some_and(|letter| letter.before == Between::Gap)
            || placed.get(end).is_some_and(|letter| letter.before == Between::Gap);
        let level = if before == after && (inside_number || before == Class::Right) && !wide { before } else { base };
        levels[index..end].fill(level);
        index = end;
    }
    levels
}

fn mirrored(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '{' => '}',
            '}' => '{',
            '<' => '>',
            '>' => '<',
            '«' => '»',
            '»' => '«',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(visual: &str) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut before = Between::Nothing;
        for (index, character) in visual.chars().enumerate() {
            if character == ' ' {
                before = Between::Space;
                continue;
            }
            let left = index as f32 * 5.0;
            placed.push(Placed {
                before,
                text: character.to_string(),
                size: 10.0,
                font: 0,
                bold: false,
                italic: false,
                left,
                right: left + 5.0,
                baseline: 0.0,
            });
            before = Between::Nothing;
        }
        placed
    }

    fn read(visual: &str) -> String {
        let mut placed = line(visual);
        reorder(&mut placed);
        placed
            .iter()
            .map(|letter| format!("{}{}", if letter.before == Between::Nothing { "" } else { " " }, letter.text))
            .collect()
    }

    #[test]
    fn visual_order_becomes_logical() {
        assert_eq!(read("abc 12"), "abc 12");
        assert_eq!(read("םולש"), "שלום");
        assert_eq!(read("םלוע םולש"), "שלום עולם");
        assert_eq!(read("2020 תנש"), "שנת 2020");
        assert_eq!(read("name םולש here now"), "name שלום here now");
    }
}
