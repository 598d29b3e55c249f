//! Decides which part of an entry's head is the title, the employer, the place.
//!
//! Parts are compared by words (occupations, legal forms, places), and by the résumé's own habits: a part that stands at the same
//! spot of every entry, or in the same letters, is the same field in every entry.

use std::collections::HashMap;

use bonafide_model::fact::Employment;

use super::{
    entries::Entry,
    fold,
    parts::{self, Part, employment, parts},
    places::{self, Reading},
    vocabulary::{occupations, organisations},
};

/// The fields of one head.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) title: Option<Part>,
    pub(crate) employer: Option<Part>,
    pub(crate) location: Option<(Part, Reading)>,
    pub(crate) remote: Option<bool>,
    pub(crate) employment: Option<Employment>,
    pub(crate) other: Vec<Part>,
    /// Whether the place stood behind the employer in one part.
    location_was_peeled: bool,
    /// Whether title and employer stand in rows of their own, the employer above.
    pub(crate) employer_above: bool,
    /// In which order the parts stand.
    pub(crate) template: String,
}

/// Reads the heads of all entries of a section together.
pub(crate) fn read(entries: &[Entry]) -> Vec<Fields> {
    let parts: Vec<Vec<Part>> = entries.iter().map(|entry| parts(&entry.head, entry.anchor.unwrap_or(0))).collect();
    let options: Vec<Vec<Choice>> = parts.iter().map(|parts| choices(parts)).collect();
    let habits = Habits::of(&options);
    let mut fields: Vec<Fields> =
        parts.into_iter().zip(options).map(|(parts, options)| settle(parts, options, &habits)).collect();
    let peeled = fields.iter().filter(|fields| fields.location_was_peeled).count();
    let kept = fields
        .iter()
        .filter(|fields| {
            fields.location.is_none() && fields.employer.as_ref().is_some_and(|part| part.text.contains([',', '，', '、']))
        })
        .count();
    if peeled > 0 && peeled >= kept {
        fields.iter_mut().for_each(peel_by_habit);
    }
    fields
}

/// Where other entries have the place behind the employer, so has this one, also where the place is not known.
fn peel_by_habit(fields: &mut Fields) {
    if fields.location.is_some() {
        return;
    }
    let Some(part) = fields.employer.as_mut() else { return };
    let Some(comma) = part.text.rfind([',', '，', '、']) else { return };
    let (front, tail) =
        (part.text[..comma].trim().to_owned(), part.text[comma..].trim_matches([',', '，', '、', ' ']).to_owned());
    let reading = places::read(&tail);
    if reading.certainty > 0.0 && !front.is_empty() && !organisations::is_legal_form(&fold::fold(&tail)) {
        fields.location = Some((part.with_text(&tail, part.nth), reading));
        part.text = front;
    }
}

/// A way to read a head: which part is the title, which the employer.
#[derive(Clone, Debug)]
struct Choice {
    title: Option<Part>,
    employer: Option<Part>,
    score: f32,
    /// Which parts of the head are used up, by number.
    used: Vec<usize>,
    slots: (u64, u64),
}

/// The spot of a part: row, number in the row, and how it was split off.
fn slot(part: &Part, split: u8) -> u64 {
    ((part.row + 8) as u64) << 16 | (part.nth.min(15) as u64) << 8 | u64::from(split)
}

fn style(part: &Part) -> u64 {
    1 << 40 | u64::from(part.bold) << 2 | u64::from(part.italic) << 1 | u64::from(part.upper)
}

fn choices(parts: &[Part]) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut open: Vec<usize> = (0..parts.len()).filter(|&index| !is_settled(&parts[index])).collect();
    if !open.iter().any(|&index| parts[index].title >= 1.5) {
        // "Intern" is a form of contract beside a title, and the title where there is no other.
        open.extend((0..parts.len()).filter(|&index| is_settled(&parts[index]) && parts[index].title >= 1.5));
        open.sort_unstable();
    }
    if open.len() == 1 && open.iter().all(|&index| parts[index].title >= 1.5) {
        // "Engineer — Initech Mobility, USA": a name that no table of cities holds, where the employer would be missing.
        open.extend(
            (0..parts.len()).filter(|index| !open.contains(index) && may_be_firm(&parts[*index])).take(1).collect::<Vec<_>>(),
        );
        open.sort_unstable();
    }
    for &one in &open {
        for &other in &open {
            if one != other {
                let (title, employer) = (&parts[one], &parts[other]);
                let distance = (title.row - employer.row).unsigned_abs() as f32;
                let skipped = open.iter().filter(|&&part| part < one.max(other) && part != one && part != other).count() as f32;
                let score = pair_score(title, employer) - 0.2 * (distance - 1.0).max(0.0) - 0.5 * skipped;
                choices.push(Choice {
                    title: Some(title.clone()),
                    employer: Some(employer.clone()),
                    score,
                    used: vec![one, other],
                    slots: (slot(title, 0), slot(employer, 0)),
                });
            }
        }
    }
    for &one in &open {
        let part = &parts[one];
        let others = open.len() > 1;
        for (left, right, split) in splits(part) {
            let (left, right) = (part.with_text(left, part.nth), part.with_text(right, part.nth));
            // A place between two names leaves no doubt that they are two.
            let base = if split == 32 {
                1.0
            } else if others {
                -0.8
            } else {
                0.2
            };
            let forward = pair_score(&left, &right) + base + if split == 2 { 1.5 } else { 0.0 };
            let is_team = |part: &Part| split != 2 && part.field && part.title < 1.5 && part.firm < 3.0;
            if !is_team(&right) {
                choices.push(Choice {
                    title: Some(left.clone()),
                    employer: Some(right.clone()),
                    score: forward,
                    used: vec![one],
                    slots: (slot(&left, split), slot(&right, split + 1)),
                });
            }
            if split != 2 && !is_team(&left) && !is_team(&right) {
                let backward = pair_score(&right, &left) + base - 0.1;
                choices.push(Choice {
                    title: Some(right.clone()),
                    employer: Some(left.clone()),
                    score: backward,
                    used: vec![one],
                    slots: (slot(&right, split + 1), slot(&left, split)),
                });
            }
        }
        let splits_well = splits(part).iter().any(|(left, right, _)| {
            let (left, right) = (fold::fold(left), fold::fold(right));
            let pair = |title: &str, firm: &str| {
                occupations::title_evidence(title) >= 1.5
                    && occupations::title_evidence(firm) < 1.5
                    && !occupations::is_field_of_work(firm)
            };
            pair(&left, &right) || pair(&right, &left)
        });
        let alone = if others {
            -1.5
        } else if splits_well {
            -1.2
        } else {
            0.0
        };
        choices.push(Choice {
            title: Some(part.clone()),
            employer: None,
            score: part.title - 0.5 * part.firm + alone + 0.1,
            used: vec![one],
            slots: (slot(part, 0), 0),
        });
        choices.push(Choice {
            title: None,
            employer: Some(part.clone()),
            score: part.firm - 0.5 * part.title - place_weight(part) + alone,
            used: vec![one],
            slots: (0, slot(part, 0)),
        });
    }
    choices
}

/// Whether a part is surely neither title nor employer: a place, a form of contract, a team.
fn is_settled(part: &Part) -> bool {
    part.reading.certainty >= 2.4 && part.reading.complete && part.firm < 2.4 && part.title < 1.5
        || employment(&part.text).is_some_and(|(_, whole)| whole) && part.nth > 0
        || places::remote(&part.text).is_some() && part.reading.complete && part.text.split(' ').count() <= 3
        || is_address(&part.text)
}

/// Whether a part that reads as a place may be an employer with a place behind it: its city is not known.
fn may_be_firm(part: &Part) -> bool {
    let city = part.reading.city.as_deref().unwrap_or_default();
    city.contains(' ')
        && part.text.contains(',')
        && part.reading.postal_code.is_none()
        && places::remote(&part.text).is_none()
        && !places::is_known_city(city, part.reading.country.as_deref())
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http") || text.starts_with("www.")) && !text.contains(' ')
}

fn place_weight(part: &Part) -> f32 {
    if part.reading.certainty >= 2.0 && part.reading.complete && !may_be_firm(part) { 2.0 } else { 0.0 }
}

fn pair_score(title: &Part, employer: &Part) -> f32 {
    let mut score = title.title.min(4.5) - 0.7 * title.firm.min(4.0) + employer.firm.min(4.0) - 0.7 * employer.title.min(4.5);
    score -= place_weight(employer) + place_weight(title);
    if (employer.field || is_unit(&employer.text)) && employer.firm < 2.0 {
        score -= 1.5;
    }
    // City names without a country are seldom firms when they come last.
    if employer.reading.certainty > 0.0
        && employer.firm < 0.5
        && employer.nth > title.nth
        && employer.row == title.row
        && employer.nth > 1
    {
        score -= 0.4;
    }
    if employer.text.split(' ').count() > 9 {
        score -= 1.0;
    }
    if parts::describes(&employer.text) {
        score -= 2.5;
    }
    // "Assistant Vice President, Treasury Operations, Initech": the unit belongs to the title.
    if employer.text.split_once(',').is_some_and(|(unit, name)| is_unit(unit) && !organisations::is_legal_form(&fold::fold(name)))
    {
        score -= 1.5;
    }
    score + if (title.row, title.nth) < (employer.row, employer.nth) { 0.1 } else { 0.0 }
}

/// Whether a text names a part of an organisation: `Treasury Operations`, `Robotics Summer Program`.
fn is_unit(text: &str) -> bool {
    let folded = fold::fold(text);
    let last = fold::words(&folded).last().unwrap_or_default();
    occupations::is_field_of_work(&folded)
        || matches!(
            last,
            "program"
                | "programme"
                | "programs"
                | "operations"
                | "division"
                | "department"
                | "team"
                | "unit"
                | "desk"
                | "branch"
                | "practice"
                | "office"
                | "abteilung"
                | "bereich"
                | "equipe"
                | "departamento"
        )
}

/// Ways to split one part into two: at "at" (2), at a comma (4), where the letters change (8), at a bracket (16), around a place (32).
fn splits(part: &Part) -> Vec<(&str, &str, u8)> {
    let text = part.text.as_str();
    let mut splits = Vec::new();
    for word in [
        ", angestellt bei ",
        " angestellt bei ",
        ", employed by ",
        " employed by ",
        " employed at ",
        " working for ",
        " working at ",
        " at ",
        " @ ",
        " bei ",
        " chez ",
        " presso ",
        " bij ",
        " hos ",
        " w ",
        " в ",
        " у ",
        " para ",
        " en ",
        " na ",
        " bei der ",
        " bei dem ",
        " with ",
    ] {
        if let Some(at) = text.find(word) {
            let (left, right) = (text[..at].trim(), text[at + word.len()..].trim());
            let capital = right.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_lowercase());
            let sure = word.contains(" employed ")
                || word.contains(" working ")
                || matches!(word, " at " | " @ " | " bei " | " chez " | " presso " | " bij " | " hos ");
            let folded = fold::fold(left);
            let titled = occupations::title_evidence(&folded) >= 1.5;
            let named = sure || organisations::firm_evidence(&fold::fold(right)) >= 2.0;
            // "Barback @ Initech": the sign leaves no doubt.
            let sign = word == " @ ";
            if capital && (titled || sign) && named && !left.is_empty() && !right.is_empty() {
                splits.push((left, right, 2));
            }
        }
    }
    splits.extend(bracketed(text));
    splits.extend(around_place(text).map(|(left, _, right)| (left, right, 32)));
    // Japanese puts a space between firm and title, and none inside them.
    for (at, _) in text.match_indices(' ') {
        let cjk = |c: Option<char>| c.is_some_and(fold::is_cjk);
        if text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '社'))
            && cjk(text[..at].chars().next_back())
            && cjk(text[at + 1..].chars().next())
        {
            splits.push((&text[..at], &text[at + 1..], 4));
        }
    }
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | '，' | '、' if depth == 0 => {
                let (left, right) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
                let remark = |text: &str| employment(text).is_some_and(|(_, whole)| whole);
                let form = organisations::is_legal_form(&fold::fold(right)) || remark(right) || remark(left);
                if !left.is_empty() && !right.is_empty() && !form {
                    splits.push((left, right, 4));
                }
            }
            _ => {}
        }
    }
    splits
}

/// `Initech, Dublin, Ireland, Engineer`: a known place between two names. Gives what stands before it, the place, and what stands behind.
fn around_place(text: &str) -> Option<(&str, &str, &str)> {
    let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).take(8).collect();
    for (nth, &first) in commas.iter().enumerate() {
        let rest = places::read(text[first + 2..].trim());
        if rest.complete && rest.certainty >= 2.0 {
            return None;
        }
        // The longest place counts.
        for &last in commas[nth + 1..].iter().rev() {
            let (front, place, behind) = (text[..first].trim(), text[first + 2..last].trim(), text[last + 2..].trim());
            let reading = places::read(place);
            if reading.complete && reading.certainty >= 2.0 && !front.is_empty() && !behind.is_empty() {
                return Some((front, place, behind));
            }
        }
    }
    None
}

/// `Engineer (Initech)`, `Initech (Engineer)`: a name in brackets that is no remark on what stands before it.
fn bracketed(text: &str) -> Option<(&str, &str, u8)> {
    let open = text.rfind('(').filter(|_| text.ends_with(')'))?;
    let (front, inside) = (text[..open].trim(), text[open + 1..text.len() - 1].trim());
    let named =
        inside.chars().next().is_some_and(|c| !c.is_lowercase()) && inside.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let remark = employment(inside).is_some() || places::read(inside).certainty >= 2.0;
    let titled = |text: &str| occupations::title_evidence(&fold::fold(text));
    let firm = |text: &str| organisations::firm_evidence(&fold::fold(text));
    let pair = organisations::has_legal_form(&fold::fold(inside)) && titled(front) >= 1.5
        || firm(inside) >= 3.0 && firm(front) < 1.0 && titled(inside) < 1.5
        || titled(front) >= 1.5 && titled(inside) < 1.5 && !occupations::is_field_of_work(&fold::fold(inside))
        || titled(inside) >= 1.5 && titled(front) < 1.5;
    (named && !remark && pair && !front.is_empty()).then_some((front, inside, 16))
}

/// What the résumé does at each spot and in each style of letters.
struct Habits {
    spots: HashMap<u64, (f32, f32)>,
    styles: usize,
}

impl Habits {
    fn of(options: &[Vec<Choice>]) -> Self {
        let mut spots: HashMap<u64, (f32, f32)> = HashMap::new();
        let mut styles = std::collections::BTreeSet::new();
        for choices in options {
            let mut seen: HashMap<u64, f32> = HashMap::new();
            for choice in choices {
                for (part, slot) in [(&choice.title, choice.slots.0), (&choice.employer, choice.slots.1)] {
                    if let Some(part) = part {
                        let leaning = (part.title.min(4.0) - part.firm.min(4.0)).clamp(-4.0, 4.0);
                        seen.entry(slot).or_insert(leaning);
                        if slot & 0xff == 0 {
                            seen.entry(style(part)).or_insert(leaning);
                            styles.insert(style(part));
                        }
                    }
                }
            }
            for (slot, leaning) in seen {
                let entry = spots.entry(slot).or_default();
                entry.0 += leaning;
                entry.1 += 1.0;
            }
        }
        Self { spots, styles: styles.len() }
    }

    /// How far the spot of a part leans to titles, from all entries.
    fn leaning(&self, part: &Part, slot: u64) -> f32 {
        let of = |key: u64| self.spots.get(&key).map_or(0.0, |&(sum, count)| if count > 1.0 { sum / count } else { 0.0 });
        let by_style = if self.styles > 1 && slot & 0xff == 0 { 0.4 * of(style(part)) } else { 0.0 };
        0.6 * of(slot) + by_style
    }
}

fn settle(parts: Vec<Part>, options: Vec<Choice>, habits: &Habits) -> Fields {
    let rated = options.into_iter().map(|choice| {
        let lean = choice.title.as_ref().map_or(0.0, |part| habits.leaning(part, choice.slots.0))
            - choice.employer.as_ref().map_or(0.0, |part| habits.leaning(part, choice.slots.1));
        (choice.score + lean, choice)
    });
    let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, choice)| choice);
    let mut fields = Fields::default();
    // The place that a part was split around.
    let between = best.as_ref().and_then(|choice| match choice.used.as_slice() {
        [one] if (choice.slots.0 & 0xfe) == 32 || (choice.slots.1 & 0xfe) == 32 => {
            let part = &parts[*one];
            around_place(&part.text).map(|(_, place, _)| part.with_text(place, part.nth))
        }
        _ => None,
    });
    let used = best.as_ref().map(|choice| choice.used.clone()).unwrap_or_default();
    if let Some(choice) = best {
        fields.employer_above = match (&choice.title, &choice.employer) {
            (Some(title), Some(employer)) => employer.row < title.row,
            _ => false,
        };
        fields.template = match (&choice.title, &choice.employer) {
            (Some(title), Some(employer)) => {
                let joint = if title.row == employer.row { ", " } else { " / " };
                if (title.row, title.nth) <= (employer.row, employer.nth) && choice.slots.0 & 0xff <= choice.slots.1 & 0xff {
                    format!("title{joint}employer")
                } else {
                    format!("employer{joint}title")
                }
            }
            (Some(_), None) => "title".into(),
            _ => "employer".into(),
        };
        fields.title = choice.title;
        fields.employer = choice.employer;
    }
    if let Some(place) = between {
        let reading = place.reading.clone();
        fields.remote = places::remote(&place.text);
        fields.location = Some((place, reading));
    }
    for (index, part) in parts.into_iter().enumerate() {
        if used.contains(&index) {
            continue;
        }
        take_rest(part, &mut fields);
    }
    peel(&mut fields);
    fields
}

/// Files a part that is neither title nor employer.
fn take_rest(part: Part, fields: &mut Fields) {
    if let Some(remote) = places::remote(&part.text) {
        fields.remote.get_or_insert(remote);
    }
    if let Some((kind, true)) = employment(&part.text) {
        fields.employment.get_or_insert(kind);
        return;
    }
    let reading = part.reading.clone();
    let is_place = reading.certainty >= 2.0 && (reading.complete || part.firm < 1.0)
        || reading.certainty > 0.0 && !part.field && part.firm < 1.0 && part.title < 1.0;
    if is_place && fields.location.is_none() {
        fields.location = Some((part, reading));
    } else {
        fields.other.push(part);
    }
}

/// Takes places, forms of contract and remarks off the ends of title and employer.
fn peel(fields: &mut Fields) {
    let mut location = None;
    let mut remote = None;
    let mut kind = None;
    for (is_employer, part) in [(true, fields.employer.as_mut()), (false, fields.title.as_mut())] {
        let Some(part) = part else { continue };
        // "(Remote)", "(Contract)", "(Berlin, Germany)" at the end.
        while let Some(open) = part.text.rfind('(').filter(|_| part.text.ends_with(')')) {
            let inside = part.text[open + 1..part.text.len() - 1].trim().to_owned();
            let reading = places::read(&inside);
            let found_kind = employment(&inside);
            if let Some((found, _)) = found_kind {
                kind.get_or_insert(found);
            } else if reading.certainty >= 2.0 {
                if places::remote(&inside).is_some() {
                    remote = remote.or(places::remote(&inside));
                }
                location.get_or_insert((part.with_text(&inside, part.nth), reading));
            } else {
                break;
            }
            part.text.truncate(open);
            part.text.truncate(part.text.trim_end().len());
        }
        if let Some((front, found)) = part.text.rsplit_once(',').and_then(|(front, tail)| match employment(tail) {
            Some((found, true)) => Some((front.trim().to_owned(), found)),
            _ => None,
        }) {
            kind.get_or_insert(found);
            part.text = front;
        }
        if let Some((front, tail, reading)) =
            places::split_tail(&part.text).map(|(front, tail, reading)| (front.to_owned(), tail.to_owned(), reading))
        {
            let known = organisations::school_evidence(&fold::fold(&front)) < 3.0 || reading.certainty >= 2.5;
            if known && (is_employer || occupations::title_evidence(&fold::fold(&front)) > 0.0) {
                if places::remote(&tail).is_some() {
                    remote = remote.or(places::remote(&tail));
                }
                location.get_or_insert((part.with_text(&tail, part.nth), reading));
                part.text = front;
            }
        }
        if kind.is_none() {
            kind = employment(&part.text).map(|(kind, _)| kind);
        }
    }
    if fields.location.is_none() {
        fields.location_was_peeled = location.is_some();
        fields.location = location;
    }
    fields.remote = fields.remote.or(remote);
    fields.employment = fields.employment.or(kind);
}
