//! Sections that are lists: skills, languages, certificates, projects, references, interests.

use super::{
    claims,
    contacts::{self, Contact, Where},
    dates::{self, Found},
    entries::{self, BodyRow},
    fold, heads, join_places,
    prepare::Row,
    types::{Item, Quote, StatedEmail, StatedLanguage, StatedPhone, StatedReference, StatedSkill},
    vocabulary::occupations,
    work,
};

/// A text of one or several wrapped rows.
struct Stretch {
    text: String,
    quote: Quote,
}

/// Joins rows that wrap into stretches; each cell of a row with wide gaps is a stretch of its own where `by_cell` says so.
fn stretches(rows: &[Row], by_cell: bool) -> Vec<Stretch> {
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
                && row.cells.len() <= 1
                && !row.space_before
                && (open
                    || unclosed
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
        if !claims.is_empty() && text.split(' ').count() <= 6 {
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
    if parts.len() == 1 && text.matches(" / ").count() >= 2 {
        return text.split(" / ").collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Names of human languages in English and in themselves, folded; ISO 639 codes are left out, they collide with words.
const LANGUAGES: &[&str] = &[
    "english",
    "german",
    "french",
    "spanish",
    "portuguese",
    "italian",
    "dutch",
    "polish",
    "swedish",
    "danish",
    "norwegian",
    "finnish",
    "icelandic",
    "czech",
    "slovak",
    "slovene",
    "slovenian",
    "croatian",
    "serbian",
    "bosnian",
    "macedonian",
    "bulgarian",
    "romanian",
    "hungarian",
    "greek",
    "turkish",
    "russian",
    "ukrainian",
    "belarusian",
    "lithuanian",
    "latvian",
    "estonian",
    "albanian",
    "armenian",
    "georgian",
    "azerbaijani",
    "kazakh",
    "uzbek",
    "arabic",
    "hebrew",
    "persian",
    "farsi",
    "dari",
    "pashto",
    "urdu",
    "hindi",
    "bengali",
    "punjabi",
    "gujarati",
    "marathi",
    "tamil",
    "telugu",
    "kannada",
    "malayalam",
    "sinhala",
    "nepali",
    "thai",
    "lao",
    "khmer",
    "burmese",
    "vietnamese",
    "indonesian",
    "malay",
    "tagalog",
    "filipino",
    "cebuano",
    "chinese",
    "mandarin",
    "cantonese",
    "japanese",
    "korean",
    "mongolian",
    "tibetan",
    "swahili",
    "amharic",
    "somali",
    "hausa",
    "yoruba",
    "igbo",
    "zulu",
    "xhosa",
    "afrikaans",
    "catalan",
    "basque",
    "galician",
    "irish",
    "welsh",
    "scottish",
    "latin",
    "esperanto",
    "yiddish",
    "kurdish",
    "maltese",
    "luxembourgish",
    "flemish",
    "creole",
    "sign",
    "deutsch",
    "englisch",
    "franzosisch",
    "spanisch",
    "italienisch",
    "portugiesisch",
    "russisch",
    "polnisch",
    "turkisch",
    "arabisch",
    "chinesisch",
    "japanisch",
    "niederlandisch",
    "schwedisch",
    "griechisch",
    "ukrainisch",
    "tschechisch",
    "ungarisch",
    "rumanisch",
    "kroatisch",
    "serbisch",
    "koreanisch",
    "francais",
    "anglais",
    "allemand",
    "espagnol",
    "italien",
    "portugais",
    "russe",
    "polonais",
    "arabe",
    "chinois",
    "japonais",
    "neerlandais",
    "espanol",
    "ingles",
    "aleman",
    "frances",
    "italiano",
    "portugues",
    "ruso",
    "chino",
    "japones",
    "catalan",
    "gallego",
    "euskera",
    "polaco",
    "alemao",
    "espanhol",
    "russo",
    "arabo",
    "inglese",
    "francese",
    "tedesco",
    "spagnolo",
    "portoghese",
    "cinese",
    "giapponese",
    "nederlands",
    "engels",
    "duits",
    "frans",
    "spaans",
    "italiaans",
    "pools",
    "polski",
    "angielski",
    "niemiecki",
    "francuski",
    "hiszpanski",
    "rosyjski",
    "wloski",
    "ukrainski",
    "svenska",
    "engelska",
    "tyska",
    "franska",
    "spanska",
    "finska",
    "dansk",
    "engelsk",
    "tysk",
    "fransk",
    "spansk",
    "svensk",
    "norsk",
    "suomi",
    "englanti",
    "ruotsi",
    "saksa",
    "cestina",
    "anglictina",
    "nemcina",
    "slovencina",
    "francouzstina",
    "rustina",
    "hrvatski",
    "engleski",
    "njemacki",
    "srpski",
    "nemacki",
    "slovenscina",
    "anglescina",
    "romana",
    "engleza",
    "germana",
    "franceza",
    "magyar",
    "angol",
    "nemet",
    "turkce",
    "ingilizce",
    "almanca",
    "fransizca",
    "ελληνικα",
    "αγγλικα",
    "γερμανικα",
    "русский",
    "английский",
    "немецкий",
    "французский",
    "испанский",
    "украинский",
    "китайский",
    "українська",
    "англійська",
    "російська",
    "німецька",
    "польська",
    "български",
    "английски",
    "српски",
    "енглески",
    "日本語",
    "英語",
    "中国語",
    "韓国語",
    "中文",
    "英语",
    "日语",
    "普通话",
    "粤语",
    "法语",
    "德语",
    "韩语",
    "한국어",
    "영어",
    "일본어",
    "중국어",
    "العربية",
    "الإنجليزية",
    "الفرنسية",
    "עברית",
    "אנגלית",
    "ערבית",
    "فارسی",
    "انگلیسی",
    "tieng",
    "bahasa",
    "inggris",
    "हिन्दी",
    "अंग्रेज़ी",
    "ไทย",
    "ภาษาอังกฤษ",
];

/// Whether a text names a human language.
pub(crate) fn is_language(text: &str) -> bool {
    let folded = fold::fold(text);
    fold::words(&folded).any(|word| LANGUAGES.contains(&word))
        || !folded.is_ascii() && LANGUAGES.iter().any(|name| !name.is_ascii() && folded.contains(&fold::fold(name)))
}

/// Reads human languages with their levels.
pub(crate) fn languages(rows: &[Row], sure: bool) -> Vec<StatedLanguage> {
    let mut languages: Vec<StatedLanguage> = Vec::new();
    for stretch in stretches(rows, true) {
        let mut pending: Option<StatedLanguage> = None;
        for part in split_list(&stretch.text) {
            let part = part.trim();
            let cut = part
                .find([':', '(', '：', '（'])
                .or_else(|| [" – ", " — ", " - ", "–"].iter().filter_map(|dash| part.find(dash)).min());
            let (name, level) = match cut {
                Some(at) => (
                    part[..at].trim(),
                    part[at..].trim_matches(|c: char| {
                        c.is_whitespace() || matches!(c, ':' | '(' | ')' | '-' | '–' | '—' | '：' | '（' | '）')
                    }),
                ),
                None => {
                    part.split_once(' ').filter(|(first, rest)| is_language(first) && !is_language(rest)).unwrap_or((part, ""))
                }
            };
            // "Native: German" has it the other way round.
            let (name, level) = if !is_language(name) && is_language(level) { (level, name) } else { (name, level) };
            if !is_language(name) && !sure || name.split(' ').count() > 4 || name.is_empty() {
                if let Some(last) = pending.as_mut().filter(|last| last.fluency.is_none()) {
                    last.fluency = Some(part.to_owned());
                }
                continue;
            }
            if !is_language(name) {
                // In the section of languages, an unknown word is a level of the language before it, or a language we do not know.
                if let Some(last) = pending.as_mut().filter(|last| last.fluency.is_none()) {
                    last.fluency = Some(part.to_owned());
                    continue;
                }
            }
            languages.extend(pending.take());
            pending = Some(StatedLanguage {
                quote: Quote::new(name, stretch.quote.place.clone()),
                fluency: Some(level).filter(|level| !level.is_empty()).map(ToOwned::to_owned),
            });
        }
        languages.extend(pending);
    }
    // A level in a row of its own belongs to the language above it.
    let mut merged: Vec<StatedLanguage> = Vec::new();
    for language in languages {
        match merged.last_mut() {
            Some(last) if !is_language(&language.quote.text) && last.fluency.is_none() => {
                last.fluency = Some(language.quote.text);
            }
            _ => merged.push(language),
        }
    }
    merged
}

/// Reads certificates, awards, publications: one item a stretch.
pub(crate) fn items(rows: &[Row]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for stretch in stretches(rows, false) {
        let found = dates::find(&stretch.text);
        let row = Row { text: stretch.text.clone(), place: stretch.quote.place.clone(), ..Row::default() };
        let period = found.first().map(|date| work::period(&row, date));
        let mut name = stretch.text.clone();
        if let Some(date) = found.first() {
            name.replace_range(date.range.clone(), " ");
        }
        let link = contacts::find(&stretch.text, Where::Text).into_iter().find_map(|span| match span.what {
            Contact::Link { url, .. } => Some(url),
            _ => None,
        });
        let name = name
            .trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '|' | '·' | '(' | '[' | ']' | ':' | '•')
            })
            .trim_end_matches("()")
            .trim()
            .to_owned();
        let name = if name.ends_with(')') && !name.contains('(') { name.trim_end_matches(')').to_owned() } else { name };
        if name.is_empty() {
            if let Some(last) = items.last_mut().filter(|last| last.period.is_none()) {
                last.period = period;
            }
            continue;
        }
        let (title, by) = split_issuer(&name);
        items.push(Item { name: Quote::new(title, stretch.quote.place.clone()), by, period, url: link, text: Vec::new() });
    }
    items
}

/// `Name — Issuer`, `Name | Issuer`, `Name, Issuer`.
fn split_issuer(text: &str) -> (String, Option<String>) {
    for separator in [" | ", " — ", " · ", " – ", " - ", " • "] {
        if let Some((name, by)) = text.split_once(separator) {
            let by = by.trim_matches([' ', ',', '|']);
            if !by.is_empty() && by.split(' ').count() <= 6 {
                return (name.trim().to_owned(), Some(by.to_owned()));
            }
        }
    }
    (text.to_owned(), None)
}

/// Reads projects: entries with a head and bullet points, or one bullet point each.
pub(crate) fn projects(rows: &[Row]) -> Vec<Item> {
    let only_bullets =
        rows.iter().all(|row| row.bullet.is_some() || !row.space_before && row.text.starts_with(char::is_lowercase));
    if only_bullets {
        let body: Vec<BodyRow> = rows.iter().map(|row| BodyRow { row: row.clone(), continues: row.bullet.is_none() }).collect();
        return work::body(&body).0.into_iter().map(|quote| Item { name: quote, ..Item::default() }).collect();
    }
    let (found, lead) = entries::split(rows);
    let mut items: Vec<Item> = Vec::new();
    let mut current: Option<Item> = None;
    // Rows before the first dated head: heads without dates stand out by having bullet points below them.
    let mut previous_bullet = true;
    for BodyRow { row, continues } in &lead {
        add_project_row(row, *continues, &mut previous_bullet, &mut current, &mut items);
    }
    items.extend(current.take());
    for entry in &found {
        let head: Vec<&Row> = entry.head.iter().map(|head| &head.row).collect();
        let Some(first) = head.first() else { continue };
        let date = entry.head.iter().find_map(|head| head.dates.first().map(|date| (&head.row, date.clone())));
        let mut name = first.text.clone();
        if let Some((row, date)) = &date
            && std::ptr::eq(*row, *first)
        {
            name.replace_range(date.range.clone(), "");
        }
        let mut item = Item {
            name: Quote::new(tidy(&name), first.place.clone()),
            period: date.as_ref().map(|(row, date): &(&Row, Found)| work::period(row, date)),
            ..Item::default()
        };
        item.url = head.iter().flat_map(|row| contacts::find(&row.text, Where::Text)).find_map(|span| match span.what {
            Contact::Link { url, .. } => Some(url),
            _ => None,
        });
        item.text.extend(head.iter().skip(1).map(|row| Quote::new(row.text.clone(), row.place.clone())));
        // Undated projects below a dated one.
        let mut previous_bullet = false;
        current = Some(item);
        for BodyRow { row, continues } in &entry.body {
            add_project_row(row, *continues, &mut previous_bullet, &mut current, &mut items);
        }
        items.extend(current.take());
    }
    items.retain(|item| !item.name.is_empty());
    items
}

fn add_project_row(row: &Row, continues: bool, previous_bullet: &mut bool, current: &mut Option<Item>, items: &mut Vec<Item>) {
    let bullet = row.bullet.is_some();
    let starts = !bullet && !continues && *previous_bullet && row.text.split(' ').count() <= 14;
    if starts || current.is_none() {
        items.extend(current.take());
        *current = Some(Item { name: Quote::new(tidy(&row.text), row.place.clone()), ..Item::default() });
    } else if let Some(item) = current {
        match item.text.last_mut() {
            Some(last) if continues => {
                work::join_text(&mut last.text, &row.text);
                last.place = join_places(&last.place, &row.place);
            }
            _ => item.text.push(Quote::new(row.text.clone(), row.place.clone())),
        }
    }
    *previous_bullet = bullet || continues && *previous_bullet;
}

fn tidy(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–' | '—' | ':' | '·' | '(' | '•')).to_owned()
}

/// Reads references: people with contacts.
pub(crate) fn references(rows: &[Row]) -> Vec<StatedReference> {
    let mut references: Vec<StatedReference> = Vec::new();
    for row in rows {
        let folded = fold::fold(&row.text);
        if folded.contains("upon request")
            || folded.contains("on request")
            || folded.contains("auf anfrage")
            || folded.contains("sur demande")
        {
            continue;
        }
        for cell in if row.cells.len() > 1 { row.cells.clone() } else { std::iter::once(0..row.text.len()).collect() } {
            let text = row.text[cell].trim();
            let spans = contacts::find(text, Where::Contacts);
            let first_end = spans.first().map_or(text.len(), |span| span.range.start);
            let front = text[..first_end]
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–' | '—' | ':' | '·' | '•' | '('));
            let label_only = contacts::is_contact_label(front.trim_end_matches([':', ' ', '.']));
            let (name, company) = split_person(front);
            let person = !label_only
                && looks_like_person(name)
                && !(references.last().is_some_and(|last| {
                    last.company.is_none()
                        && last.email.is_none()
                        && last.phone.is_none()
                        && occupations::title_evidence(&fold::fold(front)) >= 1.5
                }));
            if person && (spans.is_empty() || !name.is_empty()) {
                references.push(StatedReference {
                    name: Quote::new(name, row.place.clone()),
                    company: company.map(ToOwned::to_owned),
                    text: text.to_owned(),
                    ..StatedReference::default()
                });
            } else if let Some(last) = references.last_mut() {
                last.text.push('\n');
                last.text.push_str(text);
                if last.company.is_none() && !front.is_empty() && !label_only {
                    last.company = Some(front.to_owned());
                }
            }
            let Some(last) = references.last_mut() else { continue };
            for span in spans {
                let quote = Quote::new(&text[span.range.clone()], row.place.clone());
                match span.what {
                    Contact::Email(canonical) if last.email.is_none() => {
                        last.email = Some(StatedEmail { quote, canonical, only_as_link: false });
                    }
                    Contact::Phone if last.phone.is_none() => {
                        if let Ok(number) = bonafide_normalise::phone::parse(&quote.text, None) {
                            last.phone = Some(StatedPhone {
                                quote,
                                e164: number.e164,
                                regions: number.regions.iter().map(|&region| region.to_owned()).collect(),
                                only_as_link: false,
                            });
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    references.retain(|reference| !reference.name.is_empty());
    references
}

fn split_person(text: &str) -> (&str, Option<&str>) {
    for separator in [", ", " – ", " — ", " - ", " | ", " at ", " (", " · "] {
        if let Some((name, rest)) = text.split_once(separator) {
            return (name.trim(), Some(rest.trim_matches([' ', ')', '|', ','])).filter(|rest| !rest.is_empty()));
        }
    }
    (text, None)
}

fn looks_like_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    (1..=5).contains(&words.len())
        && !text.contains(|c: char| c.is_ascii_digit())
        && words.iter().filter(|word| word.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphabetic())).count() * 2
            > words.len()
        && (words.len() > 1 || text.chars().any(fold::is_cjk))
        && occupations::title_evidence(&fold::fold(text)) < 3.0
        && heads::employment(text).is_none_or(|(_, whole)| !whole)
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
