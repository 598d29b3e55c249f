//! Sections that are lists: skills and interests, and how their rows are joined and split.

use super::{
    claims, fold, join_places,
    prepare::{self, Row},
    types::{Quote, StatedSkill},
    work,
};

/// A text of one or several wrapped rows.
pub(crate) struct Stretch {
    pub(crate) text: String,
    pub(crate) quote: Quote,
}

/// Joins rows that wrap into stretches; each cell of a row with wide gaps is a stretch of its own where `by_cell` says so.
pub(crate) fn stretches(rows: &[Row], by_cell: bool) -> Vec<Stretch> {
    let longest = rows.iter().map(|row| row.text.chars().count()).max().unwrap_or(0);
    let right = rows.iter().map(|row| row.right).fold(0.0_f32, f32::max);
    let left = rows.iter().filter(|row| row.has_area()).map(|row| row.left).fold(f32::INFINITY, f32::min);
    let is_full = |row: &Row| {
        if row.has_area() && right > left {
            row.right > left + (right - left) * 0.75 && row.text.chars().count() > 20
        } else {
            longest >= 50 && row.text.chars().count() * 10 >= longest * 7
        }
    };
    // Where all begin with a bullet glyph, a row without one goes on.
    let bulleted = rows.first().is_some_and(|row| row.bullet.is_some())
        && rows.iter().filter(|row| row.bullet.is_some()).count() * 2 > rows.len();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut previous: Option<&Row> = None;
    for row in rows {
        let wraps = previous.is_some_and(|before| {
            let labelled = label_end(&row.text).is_some();
            let commas =
                before.text.contains(',') || before.text.contains('•') || before.text.contains('·') || before.text.contains('|');
            let open = before.text.ends_with([',', '(', '&', '/']) || before.text.ends_with(" and");
            let lower = row.text.starts_with(char::is_lowercase);
            let unclosed = before.text.matches('(').count() > before.text.matches(')').count();
            row.bullet.is_none()
                && !labelled
                && claims::find(&row.text).is_empty()
                && row.cells.len() <= 1
                && !row.space_before
                && (open
                    || unclosed
                    || row.text.starts_with('(')
                    || commas && prepare::no_room(before, row, right) && !before.text.ends_with('.')
                    || bulleted && before.has_area() && before.page == row.page && row.left > before.left - 1.0
                    || lower && before.text.len() > 15
                    || commas && is_full(before) && !before.text.ends_with('.')
                    || before.bullet.is_some() && row.has_area() && row.left > before.left + 2.0 && is_full(before))
        });
        match stretches.last_mut() {
            Some(last) if wraps => {
                work::join_text(&mut last.text, &row.text);
                last.quote.text = last.text.clone();
                last.quote.place = join_places(&last.quote.place, &row.place);
            }
            _ if by_cell && row.cells.len() > 1 => {
                stretches.extend(row.cells.iter().map(|cell| Stretch {
                    text: row.text[cell.clone()].to_owned(),
                    quote: Quote::new(&row.text[cell.clone()], row.place.clone()),
                }));
            }
            _ => stretches.push(Stretch { text: row.text.clone(), quote: Quote::new(row.text.clone(), row.place.clone()) }),
        }
        previous = Some(row);
    }
    stretches
}

/// Where the text behind a label such as `Databases:` begins.
fn label_end(text: &str) -> Option<usize> {
    let colon = text.find([':', '：'])?;
    let label = &text[..colon];
    let behind = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
    (label.chars().count() <= 45
        && label.split(' ').count() <= 6
        && !label.contains([',', '('])
        && !text[behind..].starts_with("//"))
    .then_some(behind)
}

/// Reads skills, each once.
pub(crate) fn skills(rows: &[Row]) -> Vec<StatedSkill> {
    let mut skills: Vec<StatedSkill> = Vec::new();
    let mut group: Option<String> = None;
    let all = stretches(rows, true);
    for (index, stretch) in all.iter().enumerate() {
        let mut text = stretch.text.as_str();
        let claims = claims::find(text);
        if !claims.is_empty() && text.split(' ').count() <= 6 && !text.contains(',') {
            for name in claims.into_iter().flat_map(|claim| claim.technologies) {
                add_skill(&name, &stretch.quote, group.as_deref(), &mut skills);
            }
            continue;
        }
        if let Some(end) = label_end(text) {
            let label = text[..end].trim_end_matches([':', '：', ' ']);
            // "Rust: expert" is a skill and its level, "Databases: PostgreSQL, Redis" a group.
            if is_level(text[end..].trim()) {
                add_skill(label, &stretch.quote, group.as_deref(), &mut skills);
                continue;
            }
            group = Some(label.to_owned());
            text = text[end..].trim();
            if text.is_empty() {
                continue;
            }
            if is_not_about_skills(label) {
                continue;
            }
        } else if rows.iter().any(|row| label_end(&row.text).is_some()) && text.split(' ').count() > 14 {
            group = None;
        }
        if group.as_deref().is_some_and(is_not_about_skills) && label_end(&stretch.text).is_none() && index > 0 {
            continue;
        }
        for name in split_list(text) {
            add_skill(name, &stretch.quote, group.as_deref(), &mut skills);
        }
    }
    skills
}

fn is_not_about_skills(label: &str) -> bool {
    matches!(
        fold::key(label).as_str(),
        "interests" | "hobbies" | "interest" | "interessen" | "hobbys" | "interets" | "loisirs" | "intereses" | "zainteresowania"
    )
}

fn is_level(text: &str) -> bool {
    let folded = fold::fold(text);
    matches!(
        folded.trim_matches(|c: char| !c.is_alphanumeric()),
        "expert"
            | "advanced"
            | "intermediate"
            | "beginner"
            | "proficient"
            | "basic"
            | "fluent"
            | "native"
            | "sehr gut"
            | "gut"
            | "grundkenntnisse"
            | "fortgeschritten"
            | "experte"
            | "avance"
            | "intermediaire"
            | "avanzado"
            | "intermedio"
            | "basico"
            | "5/5"
            | "4/5"
            | "3/5"
            | "2/5"
            | "1/5"
    ) || !folded.is_empty()
        && folded.chars().all(|c| matches!(c, '★' | '☆' | '●' | '○' | '■' | '□' | '•' | ' ' | '⬤' | '◯' | '▰' | '▱'))
}

fn add_skill(name: &str, quote: &Quote, group: Option<&str>, skills: &mut Vec<StatedSkill>) {
    let name = name
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '|' | '•' | '·' | '-' | '–' | ':' | '*' | '★' | '☆' | '●' | '○' | '"')
        })
        .trim_end_matches('.');
    let name = name.strip_prefix("and ").unwrap_or(name);
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || !name.chars().any(char::is_alphanumeric) {
        return;
    }
    if skills.len() < 500 && skills.iter().all(|known| known.quote.text != name) {
        skills.push(StatedSkill { quote: Quote::new(name, quote.place.clone()), group: group.map(ToOwned::to_owned) });
    }
}

/// Splits a list at its separators, not inside brackets.
pub(crate) fn split_list(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    let separators = |c: char, depth: i32| {
        depth == 0
            && matches!(
                c,
                ',' | ';' | '|' | '•' | '·' | '●' | '∙' | '◦' | '、' | '，' | '・' | '▪' | '■' | '‣' | '\n' | '｜' | '،'
            )
    };
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = (depth - 1).max(0),
            c if separators(c, depth) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    if parts.len() == 1 {
        for separator in [" / ", " - ", " – "] {
            if text.matches(separator).count() >= 2 {
                return text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
            }
        }
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Reads interests.
pub(crate) fn interests(rows: &[Row]) -> Vec<Quote> {
    stretches(rows, true)
        .iter()
        .flat_map(|stretch| {
            split_list(&stretch.text)
                .into_iter()
                .map(|text| Quote::new(text.trim_end_matches('.'), stretch.quote.place.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}
