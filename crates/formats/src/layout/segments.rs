//! Chains of letters on one baseline without a wide gap.

use std::collections::HashMap;

use super::Letter;

/// Gap up to which letters belong together, in ems. Word spaces stay below it even in justified text; gutters do not.
const JOIN: f32 = 0.6;
/// Difference of baselines on one line, in ems.
const LEVEL: f32 = 0.27;
/// Letters of an address at least.
const ADDRESS: usize = 12;
/// Chains looked at on one shelf; more stand on each other only where somebody wants to waste time.
const LIVE: usize = 200;

/// Letters on one baseline, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) letters: Vec<Letter>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The baseline of the line it is read with: another than its own for a label centred beside a longer text.
    pub(super) level: f32,
    /// Largest letter size.
    pub(super) size: f32,
    /// Whether it starts with a bullet or the number of a list.
    pub(super) listed: bool,
    /// Whether its first letter is a small one.
    pub(super) lower: bool,
    /// Whether it looks like a heading: all bold, or all capitals.
    pub(super) heading: bool,
    /// Whether it is digits for a good part: a date, a number.
    pub(super) numeric: bool,
    /// Whether it is an address or a heading of one long word, that no line can break: without room it runs out of its column.
    pub(super) unbroken: bool,
}

impl Segment {
    fn of(letter: Letter) -> Self {
        Self {
            left: letter.left,
            right: letter.right,
            baseline: letter.baseline,
            level: letter.baseline,
            size: letter.size,
            letters: vec![letter],
            listed: false,
            lower: false,
            heading: false,
            numeric: false,
            unbroken: false,
        }
    }

    pub(super) fn top(&self) -> f32 {
        self.baseline - 0.8 * self.size
    }

    pub(super) fn bottom(&self) -> f32 {
        self.baseline + 0.22 * self.size
    }

    /// Takes in another segment; the baseline stays that of the larger letters.
    fn absorb(&mut self, other: Self) {
        if other.size > self.size * 1.2 {
            self.baseline = other.baseline;
        }
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.size = self.size.max(other.size);
        self.letters.extend(other.letters);
    }

    fn push(&mut self, letter: Letter) {
        self.left = self.left.min(letter.left);
        self.right = self.right.max(letter.right);
        self.size = self.size.max(letter.size);
        self.letters.push(letter);
    }

    fn is_blank(&self, text: &str) -> bool {
        self.letters.iter().all(|letter| text[letter.text.clone()].trim().is_empty())
    }

    /// The text without blanks, when it is short.
    fn short_text(&self, text: &str) -> Option<String> {
        if self.letters.len() > 6 {
            return None;
        }
        Some(
            self.letters
                .iter()
                .flat_map(|letter| text[letter.text.clone()].chars())
                .filter(|character| !character.is_whitespace())
                .collect(),
        )
    }
}

pub(super) fn build(text: &str, letters: Vec<Letter>) -> Vec<Segment> {
    let runs = in_drawing_order(letters);
    let mut segments = by_place(runs, JOIN, LEVEL);
    for segment in &mut segments {
        segment.letters.sort_by(|a, b| a.left.total_cmp(&b.left));
        drop_doubles(text, segment);
        trim(text, segment);
    }
    segments.retain(|segment| !segment.letters.is_empty() && !segment.is_blank(text));
    attach_raised(&mut segments);
    attach_bullets(text, &mut segments);
    for segment in &mut segments {
        segment.level = segment.baseline;
        let mut texts = segment.letters.iter().map(|letter| text[letter.text.clone()].trim());
        let first = texts.next().unwrap_or_default();
        segment.listed |= first.chars().all(super::words::is_bullet) && segment.letters.len() > 1;
        segment.lower = first.starts_with(char::is_lowercase);
        let (mut capitals, mut alphabetic, mut digits) = (0, 0, 0);
        for character in segment.letters.iter().flat_map(|letter| text[letter.text.clone()].chars()) {
            capitals += usize::from(character.is_uppercase());
            alphabetic += usize::from(character.is_alphabetic());
            digits += usize::from(character.is_ascii_digit());
        }
        let bold = segment.letters.iter().all(|letter| letter.bold);
        segment.numeric = digits >= 4 && digits * 3 >= alphabetic;
        segment.heading = !segment.numeric && (bold || (alphabetic >= 4 && capitals == alphabetic));
        segment.unbroken = is_unbroken(text, segment);
    }
    segments
}

/// Whether a segment, its bullet aside, is one long word: an address by its signs, or a heading.
fn is_unbroken(text: &str, segment: &Segment) -> bool {
    let blank = |letter: &Letter| text[letter.text.clone()].trim().is_empty();
    // A bullet, or a sign that stands for one.
    let bullet = usize::from(segment.listed || segment.letters.get(1).is_some_and(blank));
    let blanks = segment.letters.iter().skip(bullet).take_while(|letter| blank(letter)).count();
    let letters = &segment.letters[bullet + blanks..];
    let signs = |letter: &Letter| text[letter.text.clone()].contains(['@', '/', '.', '_']);
    letters.len() >= ADDRESS
        && (segment.heading || letters.iter().any(signs))
        && !letters.iter().any(blank)
        && letters.windows(2).all(|pair| pair[1].left - pair[0].right < 0.2 * segment.size)
}

/// Letters that follow one another while they are drawn.
fn in_drawing_order(letters: Vec<Letter>) -> Vec<Segment> {
    let mut runs: Vec<Segment> = Vec::new();
    for letter in letters {
        let follows = runs.last().is_some_and(|run| {
            let em = run.size.min(letter.size);
            let gap = letter.left - run.right;
            (letter.baseline - run.baseline).abs() <= 0.05 * em
                && (-0.5 * em..=JOIN * em).contains(&gap)
                && letter.left >= run.letters[run.letters.len() - 1].left - 0.05 * em
                && letter.size <= run.size * 1.3
                && run.size <= letter.size * 1.3
        });
        match runs.last_mut() {
            Some(run) if follows => run.push(letter),
            _ => runs.push(Segment::of(letter)),
        }
    }
    runs
}

/// Chains runs from left to right wherever one ends close to where another begins.
fn by_place(mut runs: Vec<Segment>, join: f32, level: f32) -> Vec<Segment> {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.baseline.total_cmp(&b.baseline)));
    let mut chains: Vec<Segment> = Vec::with_capacity(runs.len());
    // Chains by the height of their baselines, so that a run looks at its neighbours only.
    let mut shelves: HashMap<i32, Vec<usize>> = HashMap::new();
    const SHELF: f32 = 6.0;
    for run in runs {
        let reach = level * run.size;
        let (first, last) = (shelf(run.baseline - reach, SHELF), shelf(run.baseline + reach, SHELF));
        let mut best: Option<(usize, f32)> = None;
        for number in first..=last.min(first.saturating_add(64)) {
            let Some(standing) = shelves.get_mut(&number) else { continue };
            // Runs come from left to right: a chain that ended too far back is done with.
            standing.retain(|&index| run.left - chains[index].right <= 2.0 * join * chains[index].size);
            for &index in standing.iter().rev().take(LIVE) {
                let chain = &chains[index];
                let em = chain.size.min(run.size);
                let gap = run.left - chain.right;
                let reach = join * em.max((0.8 * chain.size.max(run.size)).min(2.0 * em));
                // A run that starts inside a chain continues it: overlapping letters, or letters drawn twice.
                let joins = gap <= reach && run.left >= chain.left - 0.2 * em;
                let level_with = (chain.baseline - run.baseline).abs() <= level * em;
                let lies_across = gap < -0.6 * em && run.right > chain.right + 0.6 * em;
                let distance = gap.abs() + 2.0 * (chain.baseline - run.baseline).abs();
                if joins && level_with && !lies_across && best.is_none_or(|(_, least)| distance < least) {
                    best = Some((index, distance));
                }
            }
        }
        match best {
            Some((index, _)) => chains[index].absorb(run),
            None => {
                shelves.entry(shelf(run.baseline, SHELF)).or_default().push(chains.len());
                chains.push(run);
            }
        }
    }
    chains
}

fn shelf(height: f32, step: f32) -> i32 {
    (height / step).floor().clamp(-1e6, 1e6) as i32
}

/// Letters drawn twice at one place, as writers without a bold cut do, count once and are bold.
fn drop_doubles(text: &str, segment: &mut Segment) {
    let mut kept: Vec<Letter> = Vec::with_capacity(segment.letters.len());
    for letter in segment.letters.drain(..) {
        let double = kept.iter_mut().rev().take(3).find(|other| {
            let em = letter.size.max(other.size);
            (letter.left - other.left).abs() < 0.12 * em
                && (letter.right - other.right).abs() < 0.15 * em
                && (letter.baseline - other.baseline).abs() < 0.12 * em
                && text[letter.text.clone()] == text[other.text.clone()]
                && letter.right - letter.left > 0.1 * em
        });
        match double {
            Some(other) => other.bold = true,
            None => kept.push(letter),
        }
    }
    segment.letters = kept;
}

/// Blanks at the ends are no part of a segment.
fn trim(text: &str, segment: &mut Segment) {
    let blank = |letter: &Letter| text[letter.text.clone()].trim().is_empty();
    while segment.letters.last().is_some_and(blank) {
        segment.letters.pop();
    }
    let leading = segment.letters.iter().take_while(|letter| blank(letter)).count();
    segment.letters.drain(..leading);
    segment.left = segment.letters.iter().map(|letter| letter.left).fold(f32::INFINITY, f32::min);
    segment.right = segment.letters.iter().map(|letter| letter.right).fold(f32::NEG_INFINITY, f32::max);
    segment.size = segment.letters.iter().map(|letter| letter.size).fold(0.0, f32::max);
}

/// Raised and lowered letters (1st, H₂O, footnote marks) join the larger ones beside them.
fn attach_raised(segments: &mut Vec<Segment>) {
    segments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut taken = vec![false; segments.len()];
    let mut joins: Vec<(usize, usize)> = Vec::new();
    for small in 0..segments.len() {
        let piece = &segments[small];
        if piece.letters.len() > 8 {
            continue;
        }
        let reach = piece.size * 1.5;
        let near = |range: &mut dyn Iterator<Item = usize>| -> Option<(usize, f32)> {
            range
                .take_while(|&other| (segments[other].baseline - piece.baseline).abs() <= reach)
                .take(60)
                .filter(|&other| other != small)
                .filter_map(|other| {
                    let base = &segments[other];
                    let raised = piece.size < base.size * 0.86 && piece.size > base.size * 0.35;
                    let rise = base.baseline - piece.baseline;
                    let beside = rise < 0.62 * base.size && rise > -0.35 * base.size;
                    let gap = (piece.left - base.right).max(base.left - piece.right);
                    (raised && beside && gap < 0.3 * base.size).then_some((other, gap.abs()))
                })
                .min_by(|a, b| a.1.total_cmp(&b.1))
        };
        let below = near(&mut (small + 1..segments.len()));
        let above = near(&mut (0..small).rev());
        let best = match (below, above) {
            (Some(a), Some(b)) => Some(if a.1 <= b.1 { a } else { b }),
            (one, other) => one.or(other),
        };
        if let Some((base, _)) = best {
            joins.push((small, base));
        }
    }
    for (small, base) in joins {
        if taken[small] || taken[base] {
            continue;
        }
        taken[small] = true;
        let piece = std::mem::take(&mut segments[small]);
        let base = &mut segments[base];
        let baseline = base.baseline;
        base.absorb(piece);
        base.baseline = baseline;
        base.letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    let mut index = 0;
    segments.retain(|_| {
        index += 1;
        !taken[index - 1]
    });
    // A raised piece may have stood between two pieces of one line.
    let merged = by_place(std::mem::take(segments), JOIN, LEVEL);
    *segments = merged;
    for segment in segments.iter_mut() {
        segment.letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
}

/// Bullets and numbers of lists join the text to the right of them, so that the space between is no gutter.
fn attach_bullets(text: &str, segments: &mut Vec<Segment>) {
    const REACH: f32 = 3.5;
    segments.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut taken = vec![false; segments.len()];
    for mark in 0..segments.len() {
        let Some(label) = segments[mark].short_text(text).filter(|label| is_list_mark(label)) else { continue };
        let (baseline, size, right) = (segments[mark].baseline, segments[mark].size, segments[mark].right);
        let follower = (mark + 1..segments.len())
            .take_while(|&other| segments[other].left <= right + REACH * size * 2.0)
            .take(400)
            .filter(|&other| {
                let item = &segments[other];
                let gap = item.left - right;
                // Bullets are often set in larger or smaller type, a little off the baseline.
                let level = (item.baseline - baseline).abs() <= 0.45 * item.size.max(size.min(2.0 * item.size));
                !taken[other] && level && (-0.2 * size..=REACH * item.size.max(size)).contains(&gap)
            })
            .min_by(|&a, &b| segments[a].left.total_cmp(&segments[b].left));
        // A number may also be the last cell of a table: only a bullet joins over a wide gap.
        let Some(item) = follower else { continue };
        let wide = segments[item].left - right > 1.8 * size;
        if wide && label.chars().any(char::is_alphanumeric) {
            continue;
        }
        taken[mark] = true;
        let bullet = std::mem::take(&mut segments[mark]);
        let item = &mut segments[item];
        let (baseline, size) = (item.baseline, item.size);
        item.letters.splice(0..0, bullet.letters);
        item.left = bullet.left;
        item.baseline = baseline;
        item.size = size;
        item.listed = true;
    }
    let mut index = 0;
    segments.retain(|_| {
        index += 1;
        !taken[index - 1]
    });
}

/// `•`, `1.`, `(a)` and their like.
fn is_list_mark(label: &str) -> bool {
    let mut characters = label.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return super::words::is_bullet(character)
            || matches!(character, '-' | '*' | 'o' | '\u{FFFD}')
            || super::words::is_private(character);
    }
    let core = label.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']']);
    label.len() > core.len()
        && label.ends_with(['.', ')', ']'])
        && ((core.len() <= 2 && core.bytes().all(|byte| byte.is_ascii_digit()))
            || (core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_lowercase())))
        && !core.is_empty()
}
