//! Invented résumés of many templates, as plain text and as PDF, with the truth about each.
//!
//! Seeded: the same seed writes the same bytes. Names, firms and schools are made of parts and belong to nobody; addresses end in
//! `.example`, telephone numbers begin with the exchange 555.

use crate::random::Random;

mod page;
mod words;

use words::{DUTIES, FAMILY, FIRM_KINDS, FIRM_STEMS, GIVEN, MONTHS, PLACES, SCHOOLS, SKILLS, TITLES};

/// A position that a résumé states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Title.
    pub title: String,
    /// Employer.
    pub employer: String,
    /// Year and month (1–12) of the first day.
    pub start: (i16, i8),
    /// Year and month of the last day; `None` where it lasts.
    pub end: Option<(i16, i8)>,
}

/// A written résumé and what is true of it.
#[derive(Clone, Debug)]
pub struct Resume {
    /// Name as written.
    pub name: String,
    /// Mail address as written.
    pub email: String,
    /// Telephone number as written.
    pub phone: String,
    /// Positions, newest first.
    pub positions: Vec<Position>,
    /// The template of a position, such as `title   dates / employer`.
    pub template: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What a résumé is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text in UTF-8.
    Text,
    /// PDF of one column.
    Page,
    /// PDF with contacts and skills in a column beside the rest.
    Sidebar,
}

/// A row of a résumé before it is laid out.
#[derive(Clone, Debug)]
enum Piece {
    Name(String),
    Heading(&'static str),
    Plain(String),
    /// The head of an entry: what stands left, whether in bold letters, and what stands at the right margin.
    Line(String, bool, Option<String>),
    Bullet(String),
    Gap,
}

/// How a position is written: rows of what stands left and what stands at the right margin, with `{t}`, `{f}`, `{p}` and `{d}` for
/// title, firm, place and dates.
type Template = (&'static str, &'static [(&'static str, &'static str)]);

/// The templates; the kinds are those of common builders, word processors and typesetters.
const TEMPLATES: &[Template] = &[
    ("title, firm   dates", &[("{t}, {f}", "{d}")]),
    ("title   dates / firm", &[("{t}", "{d}"), ("{f}", "")]),
    ("title   dates / firm / place", &[("{t}", "{d}"), ("{f}", ""), ("{p}", "")]),
    ("title   dates / firm | place", &[("{t}", "{d}"), ("{f} | {p}", "")]),
    ("title / firm | place / dates", &[("{t}", ""), ("{f} | {p}", ""), ("{d}", "")]),
    ("title / firm · place · dates", &[("{t}", ""), ("{f} · {p} · {d}", "")]),
    ("title · firm / place | dates", &[("{t} · {f}", ""), ("{p} | {d}", "")]),
    ("title — firm / dates", &[("{t} — {f}", ""), ("{d}", "")]),
    ("title, firm / dates · place", &[("{t}, {f}", ""), ("{d} · {p}", "")]),
    ("firm   place / title   dates", &[("{f}", "{p}"), ("{t}", "{d}")]),
    ("firm   dates / title   place", &[("{f}", "{d}"), ("{t}", "{p}")]),
    ("firm   dates / title", &[("{f}", "{d}"), ("{t}", "")]),
    ("firm / title   dates", &[("{f}", ""), ("{t}", "{d}")]),
    ("firm / title · dates", &[("{f}", ""), ("{t} · {d}", "")]),
    ("firm — title, dates", &[("{f} — {t}, {d}", "")]),
    ("FIRM | title / dates | place", &[("{F} | {t}", ""), ("{d} | {p}", "")]),
    ("title | firm   dates", &[("{t} | {f}", "{d}")]),
    ("dates / title / firm, place", &[("{d}", ""), ("{t}", ""), ("{f}, {p}", "")]),
    ("dates | title | firm", &[("{d} | {t} | {f}", "")]),
    ("title @ firm (dates)", &[("{t} @ {f} ({d})", "")]),
];

/// How many templates there are.
#[must_use]
pub const fn templates() -> usize {
    TEMPLATES.len()
}

/// Writes a résumé. `template` is taken modulo the number of templates.
///
/// # Panics
/// Never: the lists of words are not empty.
#[must_use]
pub fn write(seed: u64, template: usize, form: Form) -> Resume {
    let mut dice = Random::new(seed);
    let name = format!("{} {}", dice.pick(GIVEN), dice.pick(FAMILY));
    let slug = |glue: &str| name.to_lowercase().replace([' ', '-'], glue);
    let email = match dice.below(3) {
        0 => format!("{}@mail.example", slug(".")),
        1 => format!("{}@inbox.example", slug("")),
        _ => format!("hello@{}.example", slug("-")),
    };
    let number = 100 + dice.below(100);
    let area = *dice.pick(&[206, 312, 415, 512, 614, 973]);
    let phone = match dice.below(4) {
        0 => format!("({area}) 555-0{number}"),
        1 => format!("{area}-555-0{number}"),
        2 => format!("+1 {area} 555 0{number}"),
        _ => format!("{area}.555.0{number}"),
    };
    let place = (*dice.pick(PLACES)).to_owned();
    let positions = positions(&mut dice);
    let template = &TEMPLATES[template % TEMPLATES.len()];
    let body = body(&mut dice, &positions, template.1);
    let contacts = vec![email.clone(), phone.clone(), place, format!("linkedin.com/in/{}", slug("-"))];
    let mut skills: Vec<&str> = SKILLS.to_vec();
    dice.shuffle(&mut skills);
    skills.truncate(6);
    let bytes = arrange(&mut dice, form, &name, &contacts, body, &skills);
    Resume { name, email, phone, positions, template: template.0, bytes }
}

/// Positions one after the other, newest first.
fn positions(dice: &mut Random) -> Vec<Position> {
    let mut titles: Vec<&str> = TITLES.to_vec();
    dice.shuffle(&mut titles);
    let mut month = 2026 * 12 + 5_i32;
    let mut end = dice.chance(0.7).then_some(()).map_or(Some(month - 9), |()| None);
    let mut positions = Vec::new();
    for title in titles.into_iter().take(2 + dice.below(3)) {
        let last = end.unwrap_or(month);
        month = last - 5 - dice.below(40) as i32;
        let kind = *dice.pick(FIRM_KINDS);
        let employer = format!("{}{}{kind}", dice.pick(FIRM_STEMS), if kind.is_empty() { "" } else { " " });
        let of = |month: i32| ((month / 12) as i16, (month % 12 + 1) as i8);
        positions.push(Position { title: title.to_owned(), employer, start: of(month), end: end.map(of) });
        month -= dice.below(3) as i32;
        end = Some(month);
    }
    positions
}

/// The sections of work and studies.
fn body(dice: &mut Random, positions: &[Position], template: &[(&str, &str)]) -> Vec<Piece> {
    let heading = *dice.pick(&["Experience", "Work Experience", "Professional Experience", "Employment History"]);
    let mut pieces = vec![Piece::Heading(heading)];
    let style = dice.below(4);
    let dash = *dice.pick(&[" - ", " – ", " – "]);
    let date = |(year, month): (i16, i8)| {
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        match style {
            0 => format!("{name} {year}"),
            1 => format!("{} {year}", &name[..3]),
            2 => format!("{month:02}/{year}"),
            _ => format!("{}. {year}", &name[..3]),
        }
    };
    for position in positions {
        let dates = format!("{}{dash}{}", date(position.start), position.end.map_or_else(|| "Present".to_owned(), date));
        let place = *dice.pick(PLACES);
        let fill = |text: &str| {
            text.replace("{t}", &position.title)
                .replace("{f}", &position.employer)
                .replace("{F}", &position.employer.to_uppercase())
                .replace("{p}", place)
                .replace("{d}", &dates)
        };
        pieces.push(Piece::Gap);
        for (nth, (left, right)) in template.iter().enumerate() {
            pieces.push(Piece::Line(fill(left), nth == 0, (!right.is_empty()).then(|| fill(right))));
        }
        for _ in 0..=dice.below(3) {
            pieces.push(Piece::Bullet((*dice.pick(DUTIES)).to_owned()));
        }
    }
    pieces.push(Piece::Heading("Education"));
    let year = positions.last().map_or(2010, |position| position.start.0);
    pieces.push(Piece::Line(format!("BSc Physics, {}", dice.pick(SCHOOLS)), false, Some(format!("{} - {year}", year - 4))));
    pieces
}

/// Puts the sections in order and lays them out.
fn arrange(dice: &mut Random, form: Form, name: &str, contacts: &[String], body: Vec<Piece>, skills: &[&str]) -> Vec<u8> {
    let shown = if dice.chance(0.3) { name.to_uppercase() } else { name.to_owned() };
    let skills = [Piece::Heading("Skills"), Piece::Plain(skills.join(", "))];
    match form {
        Form::Sidebar => {
            let mut side = vec![Piece::Heading("Contact")];
            side.extend(contacts.iter().map(|contact| Piece::Plain(contact.clone())));
            side.extend(skills);
            page::two_columns(dice, &Piece::Name(shown), &side, &body)
        }
        Form::Page | Form::Text => {
            let bar = *dice.pick(&[" | ", " · ", " • "]);
            let mut pieces = vec![Piece::Name(shown), Piece::Plain(contacts.join(bar))];
            pieces.extend(body);
            pieces.extend(skills);
            if form == Form::Text { text(&pieces).into_bytes() } else { page::one_column(dice, &pieces) }
        }
    }
}

/// Plain text: what stands at the right margin follows four blanks.
fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Name(line) | Piece::Plain(line) => text.push_str(line),
            Piece::Heading(heading) => text.push_str(&format!("\n{}", heading.to_uppercase())),
            Piece::Line(left, _, right) => {
                text.push_str(left);
                if let Some(right) = right {
                    text.push_str(&format!("    {right}"));
                }
            }
            Piece::Bullet(duty) => text.push_str(&format!("- {duty}")),
            Piece::Gap => {}
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_writes_the_same_file() {
        for form in [Form::Text, Form::Page, Form::Sidebar] {
            assert_eq!(write(7, 3, form).bytes, write(7, 3, form).bytes);
            assert_ne!(write(7, 3, form).bytes, write(8, 3, form).bytes);
        }
    }
}
