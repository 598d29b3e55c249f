//! Courses of studies.

use bonafide_model::{place::Place, time::End};

use super::{
    dates::{self, Found, Shape},
    entries, fold, join_places, labelled, places,
    prepare::{self, Row},
    types::{Period, Quote, Study},
    vocabulary::{degrees, organisations},
    work,
};

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    School,
    Degree,
    Place,
    Score,
    Other,
}

#[derive(Clone, Debug)]
struct Part {
    text: String,
    what: What,
    place: Place,
}

/// A row cut into parts, with its dates.
struct Cut {
    parts: Vec<Part>,
    date: Option<Found>,
    is_date_only: bool,
}

impl Cut {
    fn has(&self, what: What) -> bool {
        self.parts.iter().any(|part| part.what == what)
    }
}

/// Reads the courses of a section.
pub(crate) fn read(rows: &[Row]) -> Vec<Study> {
    if let Some(studies) = labelled::studies(rows) {
        return studies;
    }
    let rows = &joined(&entries::join_periods(rows));
    let mut cuts: Vec<Cut> = rows.iter().map(cut).collect();
    follow_typography(rows, &mut cuts);
    let dates_first = cuts
        .iter()
        .find(|cut| cut.is_date_only || cut.has(What::School) || cut.has(What::Degree))
        .is_some_and(|cut| cut.is_date_only);
    let school_first = cuts
        .iter()
        .find(|cut| cut.has(What::School) || cut.has(What::Degree))
        .is_some_and(|cut| cut.has(What::School) && !cut.has(What::Degree));
    let mut studies: Vec<Study> = Vec::new();
    let mut current: Option<Study> = None;
    let mut pending: Option<Period> = None;
    let mut held: Option<Quote> = None;
    for (index, (row, cut)) in rows.iter().zip(&cuts).enumerate() {
        if row.bullet.is_some() && !starts_entry_bullet(cut, &cuts, rows) {
            if let Some(study) = &mut current {
                note(study, row);
            }
            continue;
        }
        let (school, degree) = (cut.has(What::School), cut.has(What::Degree));
        let starts = match &current {
            None => school || degree || !cut.is_date_only && cut.date.is_some(),
            Some(study) => {
                let repeats = school && !study.school.is_empty() || degree && !study.degree.is_empty();
                let by_blank = row.space_before && (school || degree) && (!study.school.is_empty() && !study.degree.is_empty());
                let unnamed =
                    !school && !degree && row.space_before && cut.date.is_some() && study.period.is_some() && !cut.is_date_only;
                repeats || by_blank || unnamed
            }
        };
        if starts {
            let shared = match &current {
                // A second degree under the same school.
                Some(study) if school_first && degree && !school => Some((study.school.clone(), study.location.clone())),
                _ => None,
            };
            studies.extend(current.take());
            let mut study = Study::default();
            if let Some((school, location)) = shared {
                study.school = school;
                study.location = location;
            }
            study.period = pending.take();
            if let Some(name) = held.take().filter(|_| !school && study.school.is_empty()) {
                study.school = name;
            }
            current = Some(study);
        } else if let Some(name) = name_above(rows, &cuts, index, current.as_ref()) {
            held = Some(name);
            continue;
        }
        let period = cut.date.as_ref().map(|date| period(row, date));
        if cut.is_date_only {
            match &mut current {
                Some(study) if !dates_first && study.period.is_none() => study.period = period,
                _ => {
                    let next_starts = cuts.get(index + 1).is_some_and(|next| !next.is_date_only);
                    if next_starts {
                        pending = period;
                        if dates_first {
                            studies.extend(current.take());
                        }
                    }
                }
            }
            continue;
        }
        let Some(study) = &mut current else { continue };
        if study.period.is_none() {
            study.period = period;
        }
        take(study, cut, rows, &cuts, index);
    }
    studies.extend(current);
    studies.iter_mut().for_each(finish);
    studies
}

/// A row that no word tells apart and that stands above a degree, at the start of the section or behind a blank: the school.
fn name_above(rows: &[Row], cuts: &[Cut], index: usize, current: Option<&Study>) -> Option<Quote> {
    let (row, cut) = (&rows[index], &cuts[index]);
    let next = cuts.get(index + 1)?;
    let begins = current.is_none_or(|study| row.space_before && !study.degree.is_empty());
    let degree_follows =
        next.has(What::Degree) && !next.has(What::School) && rows[index + 1].bullet.is_none() && !rows[index + 1].space_before;
    let [part] = cut.parts.as_slice() else { return None };
    let plain = part.what == What::Other && !is_note(&row.text) && part.text.split(' ').count() <= 8 && !part.text.ends_with('.');
    (begins && degree_follows && plain && cut.date.is_none()).then(|| Quote::new(part.text.clone(), part.place.clone()))
}

/// Rows that look like the rows of schools (or of degrees) are such rows, and others are not.
fn follow_typography(rows: &[Row], cuts: &mut [Cut]) {
    type Look = (i32, bool, bool, bool);
    let look = |row: &Row| -> Look { ((row.size * 2.0).round() as i32, row.bold, row.italic, row.is_upper()) };
    for what in [What::School, What::Degree] {
        let other = if what == What::School { What::Degree } else { What::School };
        let pure = |cut: &Cut| cut.has(what) && !cut.has(other);
        let looks: Vec<Look> = rows
            .iter()
            .zip(cuts.iter())
            .filter(|(row, cut)| row.bullet.is_none() && pure(cut))
            .map(|(row, _)| look(row))
            .collect();
        let Some(&usual) = looks.first() else { continue };
        // The look has to be one of its own: not that of the rows of the other kind or of notes.
        let shared = rows.iter().zip(cuts.iter()).any(|(row, cut)| {
            row.bullet.is_none() && look(row) == usual && (cut.has(other) && !cut.has(what) || cut.has(What::Score))
        });
        let marked = rows.iter().any(|row| look(row) != usual)
            && (usual.1 || usual.2 || usual.3 || rows.iter().any(|row| look(row).0 < usual.0));
        if shared || !marked {
            continue;
        }
        for (row, cut) in rows.iter().zip(cuts.iter_mut()) {
            if row.bullet.is_some() || cut.has(other) {
                continue;
            }
            if look(row) == usual && !cut.has(what) {
                if let Some(part) = cut.parts.iter_mut().find(|part| part.what == What::Other) {
                    part.what = what;
                }
            } else if look(row) != usual
                && pure(cut)
                && what == What::School
                && looks.iter().filter(|seen| **seen == usual).count() >= 2
            {
                cut.parts.iter_mut().filter(|part| part.what == what).for_each(|part| part.what = What::Other);
            }
        }
    }
}

/// Joins rows of which the second goes on with the first: `Bachelor of Music, Music Composition` over `| Certificate, Music Business`.
fn joined(rows: &[Row]) -> Vec<Row> {
    let right = rows.iter().map(|row| row.right).fold(0.0_f32, f32::max);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let mut previous: Option<&Row> = None;
    // Where the cell ends that the last rows were joined with, beside a date.
    let mut limit: Option<f32> = None;
    for row in rows {
        let wrapped = previous.is_some_and(|before| {
            before.cells.len() <= 1
                && row.cells.len() <= 1
                && before.bullet.is_none()
                && prepare::wraps(before, row, right)
                && dates::find(&row.text).is_empty()
        });
        let beside = previous.is_some_and(|before| {
            let school = |text: &str| organisations::school_evidence(&fold::fold(text)) >= 1.5;
            let parted = before.cell(0).contains([',', '|', '·', '•', '—', '–']);
            before.cells.len() == 2
                && prepare::wraps_in_first_cell(before, row)
                && row.text.split(' ').count() <= 3
                && (parted || !school(&row.text))
        });
        let goes_on = limit.zip(previous).is_some_and(|(limit, before)| {
            row.cells.len() <= 1 && dates::find(&row.text).is_empty() && prepare::wraps(before, row, limit)
        });
        limit = if beside { previous.and_then(Row::first_gap).map(|gap| gap.1) } else { limit.filter(|_| goes_on) };
        previous = Some(row);
        if let (true, Some(last)) = (beside || goes_on, joined.last_mut()) {
            let at = last.cells.first().map_or(0, |cell| cell.end);
            last.text.insert_str(at, &format!(" {}", row.text));
            let shift = row.text.len() + 1;
            for (nth, cell) in last.cells.iter_mut().enumerate() {
                *cell = cell.start + if nth > 0 { shift } else { 0 }..cell.end + shift;
            }
            last.runs.retain(|run| run.0 < at);
            last.place = join_places(&last.place, &row.place);
            continue;
        }
        let starts_low =
            row.text.chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, '|' | ',' | '&')) && row.bullet.is_none();
        match joined.last_mut() {
            Some(last)
                if (starts_low || wrapped)
                    && last.bullet.is_none()
                    && last.cells.len() <= 1
                    && dates::find(&last.text).last().is_none_or(|date| last.text.len() - date.range.end > 3)
                    && last.text.len() + row.text.len() < 200 =>
            {
                work::join_text(&mut last.text, &row.text);
                last.cells = std::iter::once(0..last.text.len()).collect();
                last.place = join_places(&last.place, &row.place);
            }
            _ => joined.push(row.clone()),
        }
    }
    joined
}

/// Whether the section is a list with one course per bullet point.
fn starts_entry_bullet(cut: &Cut, cuts: &[Cut], rows: &[Row]) -> bool {
    let named = |cut: &Cut| cut.has(What::School) || cut.has(What::Degree) && cut.date.is_some();
    let plain = rows.iter().zip(cuts).any(|(row, cut)| row.bullet.is_none() && (cut.has(What::School) || cut.has(What::Degree)));
    !plain && named(cut)
}

fn period(row: &Row, date: &Found) -> Period {
    let quote = Quote::new(&row.text[date.range.clone()], row.place.clone());
    match date.shape {
        Shape::Period => Period { start: date.start, end: date.end, quote },
        // One date of a course is its end.
        _ => Period { start: None, end: date.start.map_or(End::Unknown, End::On), quote },
    }
}

fn cut(row: &Row) -> Cut {
    let found = dates::find(&row.text);
    // "The institute does not exist any more." is no school.
    let sentence = row.text.ends_with('.')
        && !row.text.contains(',')
        && found.is_empty()
        && row.text.split(' ').filter(|word| word.starts_with(char::is_lowercase)).count() >= 4;
    let is_note = sentence || is_note(&row.text);
    let date = if is_note {
        None
    } else {
        found
            .iter()
            .find(|date| date.shape == Shape::Period)
            .or_else(|| found.iter().rev().find(|date| date.is_sure() || edge_year(row, date)))
            .cloned()
    };
    let mut parts = Vec::new();
    let mut bounds: Vec<(usize, usize)> = Vec::new();
    if let Some(date) = &date {
        bounds.push((date.range.start, date.range.end));
    }
    for pair in row.cells.windows(2) {
        bounds.push((pair[0].end, pair[1].start));
    }
    for (at, c) in row.text.char_indices() {
        let behind = at + c.len_utf8();
        let spaced = row.text[..at].ends_with(' ') && row.text[behind..].starts_with(' ');
        if matches!(c, '|' | '•' | '·' | '●' | '—' | ';' | '｜' | '∙')
            || (dates::is_dash(c))
                && (spaced || c == '–' && (row.text[..at].ends_with(' ') || row.text[behind..].starts_with(' ')))
        {
            bounds.push((at, behind));
        }
    }
    bounds.push((row.text.len(), row.text.len()));
    bounds.sort_unstable();
    let mut start = 0;
    for (stop, resume) in bounds {
        if stop >= start && !is_note {
            part(&row.text[start..stop], row, &mut parts);
        }
        start = start.max(resume);
    }
    if is_note {
        parts.push(Part {
            text: row.text.clone(),
            what: if is_score(&row.text) { What::Score } else { What::Other },
            place: row.place.clone(),
        });
    }
    let is_date_only = date.as_ref().is_some_and(|date| row.text.len() - date.range.len() <= 3);
    Cut { parts, date, is_date_only }
}

fn edge_year(row: &Row, date: &Found) -> bool {
    let behind = row.text[date.range.end..].trim_start();
    behind.is_empty()
        || behind.starts_with(['|', '·', ',', ')', '•', '—', '–', '-'])
        || row.text[..date.range.start].trim().is_empty()
}

/// Rows that say something about a course without naming it.
fn is_note(text: &str) -> bool {
    let folded = fold::fold(text);
    let label = folded.split(':').next().unwrap_or_default();
    folded.contains(':')
        && [
            "coursework",
            "courses",
            "course work",
            "thesis",
            "honors",
            "honours",
            "activities",
            "awards",
            "gpa",
            "cgpa",
            "grade",
            "note",
            "relevant",
            "abschlussnote",
            "schwerpunkt",
            "thema",
            "abschlussarbeit",
            "masterarbeit",
            "bachelorarbeit",
            "dissertation",
            "advisor",
            "minor",
            "focus",
            "specialization",
            "mention",
            "memoire",
            "nota",
            "tesis",
            "tesi",
            "tese",
            "voto",
            "praca",
            "ocena",
            "examensarbete",
            "achievements",
            "leadership",
        ]
        .iter()
        .any(|word| fold::words(label).any(|known| known == *word) || label.contains(word) && word.len() > 6)
}

/// `GPA 3.8/4.0`, `3.8 GPA`, `Note: 1,3`.
fn is_score(text: &str) -> bool {
    let folded = fold::fold(text);
    if folded.len() < 60
        && [
            "cum laude",
            "dean's list",
            "with honors",
            "with honours",
            "first class",
            "with distinction",
            "mit auszeichnung",
            "mention bien",
        ]
        .iter()
        .any(|honour| folded.contains(honour))
        && !folded.contains("bachelor")
        && !folded.contains("master")
    {
        return true;
    }
    let names = fold::words(&folded).any(|word| {
        matches!(
            word,
            "gpa"
                | "cgpa"
                | "grade"
                | "note"
                | "abschlussnote"
                | "nota"
                | "voto"
                | "ocena"
                | "mention"
                | "average"
                | "percentage"
                | "cum"
                | "marks"
                | "distinction"
        )
    });
    names && folded.bytes().any(|byte| byte.is_ascii_digit()) && folded.len() < 40
}

fn part(raw: &str, row: &Row, parts: &mut Vec<Part>) {
    let mut push = |text: &str, what: What| {
        let text = text
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '-' | '–' | '—' | ':' | '"' | '“' | '”'));
        let text = if text.ends_with('(') { text.trim_end_matches(['(', ' ']) } else { text };
        let text = text.strip_prefix(')').unwrap_or(text).trim();
        let text = if text.starts_with('(') && !text.contains(')') { &text[1..] } else { text };
        if text.chars().any(char::is_alphanumeric) {
            parts.push(Part { text: text.to_owned(), what, place: row.place.clone() });
        }
    };
    let text = raw.trim();
    if text.is_empty() {
        return;
    }
    if is_score(text) {
        // "Bachelor of Science in Computer Science, GPA 3.8"
        if let Some(comma) = text.rfind(',').filter(|&comma| is_score(&text[comma + 1..]) && !is_score(&text[..comma])) {
            part(&text[..comma], row, parts);
            parts.push(Part { text: text[comma + 1..].trim().to_owned(), what: What::Score, place: row.place.clone() });
            return;
        }
        push(text, What::Score);
        return;
    }
    let folded = fold::fold(text);
    // "High School Diploma" is no school, with a comma in front of its year neither.
    let diploma = fold::words(&folded).any(|word| matches!(word, "diploma" | "degree" | "ged"));
    let one = !text.trim_end_matches([',', ';', ' ']).contains(',');
    let school = if diploma && one { 0.0 } else { organisations::school_evidence(&folded) };
    let degree = degrees::degree_evidence(text);
    if school >= 1.5 && degree >= 1.5 {
        // Both in one part: split at a comma, "at", "from".
        if let Some((left, right)) = split_school(text) {
            part(left, row, parts);
            part(right, row, parts);
            return;
        }
    }
    let reading = places::read(text);
    if reading.certainty >= 2.0 && school < 1.5 && degree < 1.5 {
        push(text, What::Place);
        return;
    }
    if school >= 1.5 && school >= degree {
        if let Some((front, tail, _)) =
            places::split_tail(text).filter(|(front, _, reading)| reading.certainty >= 2.5 || !places::ends_in_region(front))
            && organisations::school_evidence(&fold::fold(front)) >= 1.5
            && organisations::school_evidence(&fold::fold(tail)) < 1.5
        {
            push(front, What::School);
            push(tail, What::Place);
            return;
        }
        push(text, What::School);
    } else if degree >= 1.5 {
        push(text, What::Degree);
    } else {
        push(text, What::Other);
    }
}

/// Splits a text that names a degree and a school.
fn split_school(text: &str) -> Option<(&str, &str)> {
    let weigh = |left: &str, right: &str| {
        let school = |text: &str| organisations::school_evidence(&fold::fold(text));
        let forward = degrees::degree_evidence(left) + school(right) - school(left) - 0.5 * degrees::degree_evidence(right);
        let backward = school(left) + degrees::degree_evidence(right) - school(right) - 0.5 * degrees::degree_evidence(left);
        // The school's side holds as little else as possible: "Bachelor of Engineering, Electronics, Harlow Institute".
        let surplus = if forward >= backward { right.matches(',').count() } else { left.matches(',').count() };
        forward.max(backward) - 0.3 * surplus as f32
    };
    let mut best: Option<(f32, usize, usize)> = None;
    let mut consider = |at: usize, length: usize| {
        let (left, right) = (text[..at].trim(), text[at + length..].trim());
        if left.is_empty() || right.is_empty() {
            return;
        }
        let weight = weigh(left, right);
        if weight >= 2.5 && best.is_none_or(|(top, ..)| weight > top) {
            best = Some((weight, at, length));
        }
    };
    for (at, _) in text.match_indices(',') {
        consider(at, 1);
    }
    for (at, _) in text.match_indices(": ") {
        consider(at, 1);
    }
    for (at, _) in text.match_indices('(') {
        consider(at, 1);
    }
    for word in [
        " at ", " from ", " @ ", " an der ", " bei ", " à ", " de la ", " en la ", " presso ", " na ", " aan de ", " vid ",
        " ved ", " w ", " at the ", ". ",
    ] {
        for (at, _) in text.match_indices(word) {
            consider(at, word.len());
        }
    }
    best.map(|(_, at, length)| (text[..at].trim(), text[at + length..].trim()))
}

/// Files the parts of a row.
fn take(study: &mut Study, cut: &Cut, rows: &[Row], cuts: &[Cut], index: usize) {
    let row = &rows[index];
    for part in &cut.parts {
        let quote = Quote::new(part.text.clone(), part.place.clone());
        match part.what {
            What::School if study.school.is_empty() || study.school.text.is_empty() => study.school = quote,
            What::Degree if study.degree.is_empty() => study.degree = quote,
            What::Place if study.location.is_none() => study.location = Some(places::stated(places::read(&part.text), quote)),
            What::Score if study.score.is_none() => study.score = Some(part.text.clone()),
            What::Other if !is_note(&row.text) => {
                let next_names =
                    |what: What| cuts.get(index + 1).is_some_and(|next| next.has(what) && !rows[index + 1].space_before);
                let first_rows = study.text.is_empty();
                let reading = places::read(&part.text);
                if !study.degree.is_empty()
                    && study.degree.place == part.place
                    && study.area.is_none()
                    && study.school != quote
                    && part.text.split(' ').count() <= 6
                    && !cut.has(What::School)
                    && reading.certainty < 2.0
                    && study.school.is_empty()
                    && next_names(What::School)
                {
                    // "BSc — Computer Science": the subject behind the degree.
                    study.area = Some(part.text.clone());
                } else if study.school.is_empty()
                    && first_rows
                    && part.text.split(' ').count() <= 8
                    && !next_names(What::School)
                    && !study.degree.is_empty()
                {
                    study.school = quote;
                } else if study.degree.is_empty()
                    && first_rows
                    && !study.school.is_empty()
                    && part.text.split(' ').count() <= 10
                    && !next_names(What::Degree)
                    && !(reading.certainty > 0.0 && cut.has(What::School))
                {
                    study.degree = quote;
                } else if reading.certainty > 0.0 && study.location.is_none() && cut.has(What::School) {
                    study.location = Some(places::stated(reading, quote));
                } else {
                    study.text.push(quote);
                }
            }
            _ => study.text.push(quote),
        }
    }
}

/// Adds a bullet point or note.
fn note(study: &mut Study, row: &Row) {
    if is_score(&row.text) && study.score.is_none() {
        study.score = Some(row.text.clone());
    }
    study.text.push(Quote::new(row.text.clone(), row.place.clone()));
}

/// Tells the kind of the degree from its subject.
pub(crate) fn finish(study: &mut Study) {
    let text = study.degree.text.clone();
    if text.is_empty() {
        return;
    }
    for word in [" in ", " of ", " en ", " em ", " für ", " i ", " в ", " im ", " inom "] {
        if let Some(at) = text.find(word) {
            let (kind, area) = (text[..at].trim(), text[at + word.len()..].trim());
            // "Bachelor of Science in Physics": the kind goes up to "in".
            if word == " of " && text.contains(" in ") {
                continue;
            }
            if degrees::degree_evidence(kind) >= 1.5 && !area.is_empty() {
                let generic = word == " of "
                    && matches!(
                        fold::fold(area).as_str(),
                        "science"
                            | "arts"
                            | "engineering"
                            | "technology"
                            | "education"
                            | "business administration"
                            | "philosophy"
                            | "laws"
                            | "commerce"
                            | "fine arts"
                            | "music"
                    );
                if generic {
                    study.kind = Some(text.clone());
                } else {
                    study.kind = Some(kind.to_owned());
                    study.area.get_or_insert(area.to_owned());
                }
                return;
            }
        }
    }
    if let Some((kind, area)) = text.split_once([',', ':'])
        && degrees::degree_evidence(kind) >= 1.5
        && !area.trim().is_empty()
    {
        study.kind = Some(kind.trim().to_owned());
        study.area.get_or_insert(area.trim().to_owned());
        return;
    }
    let mut words = text.split(' ');
    if let Some(first) = words.next() {
        let rest = words.collect::<Vec<_>>().join(" ");
        if degrees::degree_evidence(first) >= 2.0 && !rest.is_empty() {
            study.kind = Some(first.to_owned());
            study.area.get_or_insert(rest);
            return;
        }
    }
    study.kind = Some(text);
}
