//! From the letters of a line to its text.

use super::Letter;

/// Smallest gap between words, in ems, where letters stand at their natural distance.
const WORD_GAP: f32 = 0.17;
/// The same where the line has space characters, so that gaps need not speak.
const WORD_GAP_WITH_SPACES: f32 = 0.28;
/// The same between letters of different fonts.
const WORD_GAP_BETWEEN_FONTS: f32 = 0.14;
/// Gap that sets off a part of a line, in ems.
pub(super) const WIDE_GAP: f32 = 1.25;
/// Dots in a row that are a leader.
const LEADER: usize = 5;

/// What stands between two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    Nothing,
    Space,
    /// A gap much wider than a space.
    Gap,
}

/// A letter with its text and what stands before it.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) before: Between,
    pub(super) text: String,
    pub(super) size: f32,
    pub(super) font: u32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
}

/// Parts the letters of a line, sorted from left to right, into words.
pub(super) fn part(text: &str, letters: &[Letter]) -> Vec<Placed> {
    let mut placed = visible(text, letters);
    join_accents(&mut placed);
    fold_leaders(&mut placed);
    let tracking = tracking(&placed);
    let least = word_gap(&placed, tracking);
    let usual = usual_space(&placed, least);
    for index in 1..placed.len() {
        let (before, letter) = (&placed[index - 1], &placed[index]);
        let gap = (letter.left - before.right) / before.size.max(letter.size);
        // Writers place each stretch of one font by itself, and leave the space between out.
        let least = if before.font == letter.font { least } else { least.min(WORD_GAP_BETWEEN_FONTS + tracking) };
        let before_number = letter.text.starts_with(|first: char| first.is_ascii_digit());
        let is_wide = gap >= WIDE_GAP.max(3.0 * tracking + 1.0)
            || usual
                .is_some_and(|usual| (gap >= 0.95 && gap >= 3.2 * usual) || (before_number && gap >= 0.45 && gap >= 1.8 * usual));
        let between = if letter.before == Between::Gap || is_wide {
            Between::Gap
        } else if (gap >= least && !is_fused(before, letter)) || (letter.before == Between::Space && gap > 0.04) {
            Between::Space
        } else {
            Between::Nothing
        };
        placed[index].before = between;
    }
    fold_letter_spacing(&mut placed);
    placed
}

/// The letters that show something; blanks become the space before the next.
fn visible(text: &str, letters: &[Letter]) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(letters.len());
    let mut blank = false;
    for letter in letters {
        let raw = &text[letter.text.clone()];
        if raw.chars().all(|character| character.is_whitespace() || is_invisible(character) || is_private(character)) {
            blank |= raw.chars().any(char::is_whitespace);
            if !raw.chars().any(is_private) {
                continue;
            }
            // An icon: kept as a place holder so that a bullet can be told.
        }
        blank |= raw.starts_with(char::is_whitespace);
        let shown: String = raw.trim().chars().filter(|character| !is_invisible(*character)).map(visible_hyphen).collect();
        placed.push(Placed {
            before: if blank { Between::Space } else { Between::Nothing },
            text: shown,
            size: letter.size,
            font: letter.font,
            bold: letter.bold,
            italic: letter.italic,
            left: letter.left,
            right: letter.right,
            baseline: letter.baseline,
        });
        blank = raw.ends_with(char::is_whitespace);
    }
    placed
}

/// A soft hyphen that is drawn is a hyphen.
fn visible_hyphen(character: char) -> char {
    match character {
        '\u{AD}' => '-',
        character if character.is_whitespace() => ' ',
        other => other,
    }
}

/// Characters that show nothing.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E007F}')
}

pub(super) fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Glyphs that start list items.
pub(super) fn is_bullet(character: char) -> bool {
    matches!(
        character,
        '•' | '‣'
            | '⁃'
            | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '▢'
            | '●'
            | '○'
            | '◉'
            | '◆'
            | '◇'
            | '◈'
            | '❖'
            | '✦'
            | '✧'
            | '➢'
            | '➣'
            | '➤'
            | '➔'
            | '➜'
            | '►'
            | '▶'
            | '▸'
            | '▹'
            | '▷'
            | '✓'
            | '✔'
            | '✗'
            | '☑'
            | '☐'
            | '★'
            | '☆'
            | '∙'
            | '·'
            | '⋅'
            | '・'
            | '⬥'
            | '⧫'
            | '⬧'
            | '❍'
            | '❑'
            | '❒'
            | '❏'
            | '◻'
            | '◼'
            | '⦁'
            | '⚫'
            | '⬤'
            | '∗'
            | '⇨'
            | '»'
            | '›'
            | '→'
            | '⟐'
            | '–'
            | '—'
            | '−'
            | '‐'
            | '‒'
    )
}

/// Spacing accents drawn over a letter, as fonts without accented letters do it, become part of the letter.
fn join_accents(placed: &mut Vec<Placed>) {
    let combining = |text: &str| -> Option<char> {
        Some(match text {
            "´" => '\u{301}',
            "`" => '\u{300}',
            "ˆ" | "^" => '\u{302}',
            "¨" => '\u{308}',
            "˜" | "~" => '\u{303}',
            "¯" => '\u{304}',
            "˘" => '\u{306}',
            "˙" => '\u{307}',
            "˚" => '\u{30A}',
            "˝" => '\u{30B}',
            "ˇ" => '\u{30C}',
            "¸" => '\u{327}',
            "˛" => '\u{328}',
            _ => return None,
        })
    };
    if !placed.iter().any(|letter| combining(&letter.text).is_some()) {
        return;
    }
    let mut index = 0;
    while index < placed.len() {
        let Some(accent) = combining(&placed[index].text) else {
            index += 1;
            continue;
        };
        let (left, right) = (placed[index].left, placed[index].right);
        let composed = |neighbour: &Placed| -> Option<char> {
            let overlap = right.min(neighbour.right) - left.max(neighbour.left);
            if overlap < 0.5 * (right - left).min(neighbour.right - neighbour.left) || overlap <= 0.0 {
                return None;
            }
            let mut characters = neighbour.text.chars();
            let base = match (characters.next()?, characters.next()) {
                ('ı', None) => 'i',
                ('ȷ', None) => 'j',
                (base, None) => base,
                _ => return None,
            };
            unicode_normalization::char::compose(base, accent)
        };
        let next = placed.get(index + 1).and_then(composed).map(|letter| (index + 1, letter));
        let found = next.or_else(|| index.checked_sub(1).and_then(|before| Some((before, composed(&placed[before])?))));
        match found {
            Some((base, letter)) => {
                placed[base].text = letter.to_string();
                if base > index {
                    placed[base].before = placed[index].before;
                }
                placed.remove(index);
            }
            None => index += 1,
        }
    }
}

/// Rows of dots or dashes that lead the eye to the right become a gap.
fn fold_leaders(placed: &mut Vec<Placed>) {
    let leads = |letter: &Placed| {
        !letter.text.is_empty() && letter.text.chars().all(|character| matches!(character, '.' | '·' | '…' | '_' | '․'))
    };
    let mut index = 0;
    while index < placed.len() {
        let dots =
            placed[index..].iter().take_while(|letter| leads(letter)).map(|letter| letter.text.chars().count()).sum::<usize>();
        let letters = placed[index..].iter().take_while(|letter| leads(letter)).count();
        let ellipses = placed[index..index + letters].iter().filter(|letter| letter.text.contains('…')).count();
        if dots + 2 * ellipses >= LEADER {
            placed.drain(index..index + letters);
            if let Some(next) = placed.get_mut(index) {
                next.before = Between::Gap;
            }
        } else {
            index += letters.max(1);
        }
    }
}

/// Gaps inside words, in ems, as far as no space or wide gap is known to be there.
fn narrow_gaps(placed: &[Placed]) -> Vec<f32> {
    let mut gaps: Vec<f32> = placed
        .windows(2)
        .filter(|pair| pair[1].before == Between::Nothing)
        .map(|pair| (pair[1].left - pair[0].right) / pair[0].size.max(pair[1].size))
        .filter(|gap| *gap < WIDE_GAP)
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps
}

/// The usual extra distance of letters inside words, in ems: more than nothing where letters are spaced out.
fn tracking(placed: &[Placed]) -> f32 {
    let gaps = narrow_gaps(placed);
    // Beyond this, letters are folded as letter-spacing after the words are parted.
    if gaps.len() < 4 { 0.0 } else { gaps[gaps.len() / 2].clamp(0.0, 0.14) }
}

/// The smallest gap that parts words in this line, in ems.
///
/// Where a line has space characters, gaps need not speak. Where it has none, gaps fall in two groups, those inside words and those
/// between them: the middle of the empty range between the groups parts them, however tight the line is set.
fn word_gap(placed: &[Placed], tracking: f32) -> f32 {
    const STEP: f32 = 0.07;
    const TIGHTEST: f32 = 0.11;
    const LOOSEST: f32 = 0.3;
    let spaced = placed.iter().skip(1).filter(|letter| letter.before == Between::Space).count() * 12 >= placed.len();
    if spaced {
        return WORD_GAP_WITH_SPACES + tracking;
    }
    let gaps = narrow_gaps(placed);
    let parts = |index: usize| {
        let (narrow, wide) = (gaps[index - 1], gaps[index]);
        // Words have some letters each: the wider gaps are the fewer.
        narrow < LOOSEST && wide >= TIGHTEST && wide - narrow.max(-0.02) >= STEP && (gaps.len() - index) * 2 < gaps.len()
    };
    (1..gaps.len())
        .find(|&index| parts(index))
        .map_or(WORD_GAP + tracking, |index| (gaps[index - 1].max(0.0) + gaps[index]) / 2.0)
}

/// The usual distance of words in this line, in ems; `None` where there are too few to tell.
fn usual_space(placed: &[Placed], least: f32) -> Option<f32> {
    let mut gaps: Vec<f32> = placed
        .windows(2)
        .map(|pair| ((pair[1].left - pair[0].right) / pair[0].size.max(pair[1].size), pair[1].before))
        .filter(|(gap, before)| *gap >= least || (*before == Between::Space && *gap > 0.04))
        .map(|(gap, _)| gap)
        .collect();
    if gaps.len() < 3 {
        return None;
    }
    gaps.sort_by(f32::total_cmp);
    Some(gaps[gaps.len() / 2])
}

/// Letters that never stand apart: what is raised keeps to its word, and numbers keep their separators.
fn is_fused(before: &Placed, letter: &Placed) -> bool {
    let raised = letter.size < before.size * 0.86 && before.baseline - letter.baseline > 0.12 * before.size;
    let narrow = |text: &str| matches!(text, "." | "," | ":" | ";" | "’" | "'");
    let gap = (letter.left - before.right) / before.size.max(letter.size);
    (raised && gap < 0.25) || (narrow(&letter.text) && gap < 0.3)
}

/// Folds words of single letters (`E X P E R I E N C E`) by their own distances.
fn fold_letter_spacing(placed: &mut [Placed]) {
    let mut start = 0;
    while start < placed.len() {
        let end = (start + 1..placed.len()).find(|&index| placed[index].before == Between::Gap).unwrap_or(placed.len());
        fold_part(&mut placed[start..end]);
        start = end;
    }
}

fn fold_part(placed: &mut [Placed]) {
    let mut words: Vec<usize> = Vec::new();
    for (index, letter) in placed.iter().enumerate() {
        match words.last_mut() {
            Some(length) if index > 0 && letter.before == Between::Nothing => *length += 1,
            _ => words.push(1),
        }
    }
    let single = words.iter().filter(|&&length| length == 1).count();
    let letters = placed.iter().filter(|letter| letter.text.chars().all(char::is_alphabetic)).count();
    let looks_spaced = words.len() >= 4
        && single * 10 >= words.len() * 6
        && placed.len() * 10 <= words.len() * 16
        && letters * 10 >= placed.len() * 8;
    if !looks_spaced {
        return;
    }
    let gap = |placed: &[Placed], index: usize| {
        (placed[index].left - placed[index - 1].right) / placed[index].size.max(placed[index - 1].size)
    };
    let mut gaps: Vec<f32> = (1..placed.len()).map(|index| gap(placed, index)).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps[gaps.len() / 2].max(0.05);
    for index in 1..placed.len() {
        let apart = gap(placed, index) > 1.7 * usual + 0.05;
        placed[index].before = if apart { Between::Space } else { Between::Nothing };
    }
}
