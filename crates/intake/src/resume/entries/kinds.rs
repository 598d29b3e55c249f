//! Tells what each row of a section is: part of the head of an entry, its dates, a bullet point, text.

use super::{
    super::{
        dates::{self, Found, Shape},
        fold, places,
        prepare::Row,
        vocabulary::{
            labels::{self, Field},
            occupations, organisations,
        },
    },
    Kind, Measures, runs, template,
};

/// Puts the date that dates the entry first: a period, otherwise a date at an edge of the row.
pub(super) fn main_first(row: &Row, mut found: Vec<Found>) -> Vec<Found> {
    for date in &mut found {
        // "School District No. 7    Jan 2024": what stands before a wide gap is no day of the date behind it.
        let inside = row.cells.iter().map(|cell| cell.start).find(|start| (date.range.start + 1..date.range.end).contains(start));
        let Some(start) = inside.filter(|&start| row.text[date.range.start..start].trim().len() <= 2) else { continue };
        if let Some(mut later) = dates::find(&row.text[start..]).into_iter().find(|later| later.range.start == 0) {
            later.range = start..start + later.range.end;
            *date = later;
        }
    }
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
        let long = before.split(' ').count() > 3 || row.text.starts_with(char::is_lowercase);
        long && before.rsplit(' ').next().is_some_and(|word| PREPOSITIONS.contains(&word))
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

pub(super) fn classify(rows: &[Row], dates: &[Vec<Found>], measures: &Measures) -> Vec<Kind> {
    let plain_dates = rows
        .iter()
        .zip(dates)
        .filter(|(row, found)| row.bullet.is_none() && found.first().is_some_and(|date| date.shape == Shape::Period))
        .count();
    let mut kinds: Vec<Kind> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let previous = index.checked_sub(1).map(|before| (kinds[before], &rows[before]));
        // Below what stands beside a date in a column of its own, a row is not indented.
        let beside_date = || {
            previous.is_some_and(|(kind, before)| {
                let second = before.cell_lefts().and_then(|lefts| lefts.get(1).copied());
                kind == Kind::Dated && row.has_area() && second.is_some_and(|left| (left - row.left).abs() < 3.0)
            })
        };
        let kind = if row.bullet.is_some() {
            let dated = bullet_is_dated(row, &dates[index]);
            // "■ Initech (2019 – 2021)": the glyph marks heads where all its rows bear dates.
            let marks = || {
                rows.iter()
                    .zip(dates)
                    .filter(|(other, _)| other.bullet == row.bullet)
                    .all(|(other, found)| bullet_is_dated(other, found))
            };
            if dated && plain_dates == 0 && (evidence(&row.text) >= 1.0 || marks()) { Kind::Dated } else { Kind::Bullet }
        } else if is_dated_head(row, &dates[index], previous, measures) {
            Kind::Dated
        } else if previous.is_some_and(|(kind, before)| {
            matches!(kind, Kind::Bullet | Kind::Body | Kind::Tail) && continues(row, before, kind, measures)
        }) {
            Kind::Tail
        } else if head_score(row, measures) + if index == 0 { 1.0 } else { 0.0 } + if beside_date() { 1.5 } else { 0.0 } >= 1.0 {
            Kind::Head
        } else {
            Kind::Body
        };
        kinds.push(kind);
    }
    kinds
}

/// Whether a row looks like the first of an entry below the text of another.
fn begins_entry(row: &Row, before: &Row, kind: Kind) -> bool {
    let marked = row.bold && !before.bold || row.is_upper() && !before.is_upper() || row.size > before.size * 1.04;
    row.space_before || matches!(kind, Kind::Bullet | Kind::Tail) || kind == Kind::Body && marked
}

fn bullet_is_dated(row: &Row, dates: &[Found]) -> bool {
    dates.first().is_some_and(|found| found.shape == Shape::Period) && words(&row.text) <= 16 && !row.text.ends_with('.')
}

/// Rows that a head lacks: a name below a title with dates that stands alone, and a line between a name and its dates.
pub(super) fn complete_heads(rows: &[Row], dates: &[Vec<Found>], kinds: &mut [Kind]) {
    let is_name = |row: &Row| {
        let folded = fold::fold(&row.text);
        row.bullet.is_none()
            && !row.space_before
            && words(&row.text) <= 6
            && row.text.chars().next().is_some_and(|c| c.is_uppercase() || fold::is_cjk(c) || c.is_numeric())
            && !ends_sentence(&row.text)
            && !row.text.contains(':')
            && (is_titled(&row.text) || !is_verb(folded.split(' ').next().unwrap_or_default()))
    };
    for at in 0..rows.len() {
        if kinds[at] != Kind::Dated {
            continue;
        }
        let alone = at == 0 || kinds[at - 1] != Kind::Head;
        let one_part = dates[at].first().is_some_and(|date| {
            let rest = format!("{}{}", &rows[at].text[..date.range.start], &rows[at].text[date.range.end..]);
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
            let titled = rest.contains(',')
                && rows.get(at + 1).is_some_and(|next| is_titled(&next.text) || words(&next.text) == 1)
                && occupations::title_evidence(&fold::fold(rest)) >= 1.5;
            (1..=8).contains(&words(rest))
                && (titled || !rest.contains(','))
                && !rest.contains(['|', '·', '–', '—', '@'])
                && !rest.contains(" at ")
        });
        let titled_above = dates[at].first().is_some_and(|date| rows[at].text.len() - date.range.len() <= 3)
            && at >= 1
            && kinds[at - 1] == Kind::Head
            && (at == 1 || kinds[at - 2] != Kind::Head || rows[at - 1].space_before)
            && {
                let above = fold::fold(&rows[at - 1].text);
                let title = occupations::title_evidence(&above);
                title >= 1.5
                    && (organisations::firm_evidence(&above) < 1.0 || title >= 3.0 && !organisations::has_legal_form(&above))
                    && !above.contains([',', '|', '·', '–', '—', '@', '('])
                    && !above.contains(" at ")
            };
        let below = (at + 1 < rows.len()).then(|| &rows[at + 1]);
        let ends = rows.get(at + 2).is_none_or(|next| {
            let place = places::read(&next.text);
            next.bullet.is_some() || next.space_before || next.text.len() > 60 || place.complete && place.certainty >= 2.4
        });
        if (alone && one_part || titled_above) && ends && below.is_some_and(is_name) && kinds[at + 1] == Kind::Body {
            kinds[at + 1] = Kind::Head;
        }
        // "Zephyrine" over "Regional provider of software" over "Office Manager   2019 – 2022".
        if at >= 2
            && kinds[at - 1] == Kind::Body
            && kinds[at - 2] == Kind::Head
            && !rows[at].space_before
            && !rows[at - 1].space_before
            && (at == 2 || begins_entry(&rows[at - 2], &rows[at - 3], kinds[at - 3]))
            && words(&rows[at - 1].text) <= 10
        {
            kinds[at - 1] = Kind::Head;
        }
    }
}

/// Rows that stand where the heads of other entries go on, and look like those, are parts of heads too, whatever their words.
pub(super) fn follow_template(rows: &[Row], kinds: &mut [Kind]) {
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

pub(super) fn words(text: &str) -> usize {
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
    let leads = main.shape == Shape::Period && main.range.start == 0 && evidence(&row.text) >= 1.5 && rest_words <= 16;
    let prose = rest_words > 18
        || row.text.ends_with('.') && rest_words > 8 && !row.text[main.range.clone()].ends_with('.') && !leads
        || row.text.starts_with(char::is_lowercase) && main.range.start > 0 && rest_words > 3;
    let indented = row.has_area()
        && row.left > measures.left + 30.0
        && measures.has_bullets
        && row.cells.len() == 1
        && main.shape != Shape::Period;
    let in_brackets = main.shape == Shape::Period && row.text.ends_with([')', ']']) && rest_words <= 10;
    let at_edge = measures.hanging && row.has_area() && row.left < measures.left + 2.0;
    let wraps = !in_brackets
        && !at_edge
        && previous.is_some_and(|(kind, before)| {
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

pub(super) fn ends_sentence(text: &str) -> bool {
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
    if row.cells.len() == 2 && (evidence(&row.text) >= 1.5 || is_beside_place(row)) {
        return false;
    }
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

/// Whether the second of two cells is a place: `Tri-County Transit    Remote`.
pub(super) fn is_beside_place(row: &Row) -> bool {
    let place = places::read(row.cell(1));
    row.cells.len() == 2 && place.complete && place.certainty >= 2.4
}

/// How much the words of a row speak for a title or an employer.
pub(super) fn evidence(text: &str) -> f32 {
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
    let mut title = occupations::title_evidence(&folded);
    let mut firm = organisations::firm_evidence(&folded);
    // "Rheinfels AG / Bielefeld": a legal form counts at the end of each part.
    for part in folded.split(['|', '/', '·', '•', '–', '—']).map(str::trim) {
        firm = firm.max(organisations::firm_evidence(part));
        title = title.max(occupations::title_evidence(part));
    }
    let mut score = 0.6 * title.max(firm) + 0.3 * title.min(firm);
    let ends_in_place = || places::split_tail(text).is_some_and(|(.., reading)| reading.certainty >= 3.0);
    if places::read(text).certainty >= 2.0 || is_beside_place(row) || ends_in_place() {
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
    if text.contains([':', '：']) {
        let label = text.split([':', '：']).next().unwrap_or_default();
        let field = labels::entry_fields(label).iter().any(|field| matches!(field, Field::Employer | Field::Position));
        if field {
            score += 2.0;
        } else if text.contains(": ") || text.ends_with(':') {
            score -= 1.5;
        }
    }
    if title < 2.9 && !is_titled(text) && is_verb(folded.split(' ').next().unwrap_or_default()) {
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

/// Whether each of a few words begins with a capital letter, as in a name: `Sterling Mobility`, not `Leading a team`.
fn is_titled(text: &str) -> bool {
    (2..=4).contains(&words(text))
        && text.split(' ').all(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c == '&'))
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
