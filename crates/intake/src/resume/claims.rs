//! Years of experience that a text claims: `Java: 15 years`, `10+ years of Rust`, `over eight years with Go`.

use super::{
    dates, fold,
    prepare::Row,
    types::{Quote, StatedYears},
};

/// A claim inside a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// Technologies; empty for experience in all.
    pub(crate) technologies: Vec<String>,
    pub(crate) months: u32,
    pub(crate) or_more: bool,
}

/// Reads all claims of rows, each technology once (the first claim wins). Gives claims for technologies and, apart, for all.
pub(crate) fn read<'a>(rows: impl Iterator<Item = &'a Row>) -> (Vec<StatedYears>, Option<StatedYears>) {
    let mut years: Vec<StatedYears> = Vec::new();
    let mut total: Option<StatedYears> = None;
    for row in rows {
        for claim in find(&row.text) {
            let quote = Quote::new(row.text.clone(), row.place.clone());
            let stated = |technology: String| StatedYears {
                technology,
                months: claim.months,
                or_more: claim.or_more,
                quote: quote.clone(),
            };
            if claim.technologies.is_empty() && total.is_none() {
                total = Some(stated(String::new()));
            }
            for technology in &claim.technologies {
                let key = fold::key(technology);
                if !key.is_empty() && years.iter().all(|known| fold::key(&known.technology) != key) {
                    years.push(stated(technology.clone()));
                }
            }
        }
    }
    (years, total)
}

/// A word of a line with its bytes.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
}

/// All claims of one line.
pub(crate) fn find(text: &str) -> Vec<Claim> {
    let folded_line = fold::fold(text);
    if !has_unit(&folded_line) {
        return Vec::new();
    }
    let words = cut_words(text);
    let mut claims = Vec::new();
    let mut from = 0;
    for index in 0..words.len() {
        let Some(unit) = unit(&fold::fold(slice(text, words[index]))) else { continue };
        let Some((number, begin)) = number_before(text, &words, index, from) else { continue };
        // "in 18 months", "within two years": how long something took.
        let took = begin.checked_sub(1).is_some_and(|before| {
            matches!(
                fold::fold(slice(text, words[before])).as_str(),
                "in" | "within" | "after" | "by" | "under" | "every" | "per" | "each" | "for" | "next" | "innerhalb" | "nach"
            )
        });
        if took || unit == Unit::Months && begin > 0 && begin != from {
            continue;
        }
        let months = (number.value * if unit == Unit::Years { 12.0 } else { 1.0 }).round();
        if !(1.0..=1200.0).contains(&months) {
            continue;
        }
        let (technologies, next) = technologies(text, &words, begin, index, from);
        let speaks_of_experience = mentions_experience(
            &words[index + 1..].iter().take(8).map(|word| fold::fold(slice(text, *word))).collect::<Vec<_>>(),
        );
        if technologies.is_empty() && !speaks_of_experience {
            continue;
        }
        claims.push(Claim { technologies, months: months as u32, or_more: number.or_more });
        from = next;
    }
    claims
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Years,
    Months,
}

fn unit(word: &str) -> Option<Unit> {
    match word.trim_matches(|c: char| !c.is_alphanumeric()) {
        "years" | "year" | "yrs" | "yr" | "years'" | "year's" | "jahre" | "jahren" | "jahr" | "ans" | "annees" | "annee"
        | "an" | "anos" | "ano" | "anni" | "anno" | "jaar" | "lat" | "lata" | "rok" | "ar" | "vuotta" | "vuoden" | "let"
        | "roky" | "rokov" | "godina" | "godine" | "ani" | "ev" | "eve" | "yil" | "yillik" | "χρονια" | "ετη" | "лет"
        | "года" | "год" | "роки" | "років" | "години" | "nam" | "tahun" => Some(Unit::Years),
        "months" | "month" | "mos" | "monate" | "monaten" | "mois" | "meses" | "mesi" | "maanden" | "miesiecy" | "miesiace"
        | "manader" | "месяцев" | "месяца" | "місяців" => Some(Unit::Months),
        _ => None,
    }
}

fn has_unit(folded: &str) -> bool {
    fold::words(folded).any(|word| unit(word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '+')).is_some())
}

fn cut_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let mut previous_digit = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = !c.is_whitespace()
            && !matches!(
                c,
                ',' | ';' | ':' | '(' | ')' | '|' | '[' | ']' | '•' | '·' | '—' | '–' | '"' | '“' | '”' | '=' | '/' | '、' | '，'
            );
        let digit = c.is_ascii_digit();
        // "5years", "5y"
        let breaks = inside
            && start.is_some()
            && previous_digit
            && c.is_alphabetic()
            && unit(&fold::fold(text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default())).is_some();
        if let Some(begin) = start.filter(|_| !inside || breaks) {
            words.push(Word { start: begin, end: at });
            start = None;
        }
        if inside && start.is_none() {
            start = Some(at);
        }
        previous_digit = digit || c == '+' && previous_digit;
    }
    words
}

fn slice(text: &str, word: Word) -> &str {
    &text[word.start..word.end]
}

struct Number {
    value: f32,
    or_more: bool,
}

/// The number before a unit, and the word it begins at (words such as "over" included).
fn number_before(text: &str, words: &[Word], unit: usize, from: usize) -> Option<(Number, usize)> {
    let mut at = unit.checked_sub(1).filter(|&at| at >= from)?;
    let mut or_more = false;
    let mut token = fold::fold(slice(text, words[at]));
    // "10 plus years", "10 or more years", "10 full years"
    while matches!(
        token.as_str(),
        "plus"
            | "+"
            | "more"
            | "or"
            | "full"
            | "solid"
            | "straight"
            | "good"
            | "oder"
            | "mehr"
            | "ou"
            | "plus de"
            | "hands-on"
            | "professional"
    ) && at > from
    {
        or_more |= matches!(token.as_str(), "plus" | "+" | "more" | "mehr");
        at -= 1;
        token = fold::fold(slice(text, words[at]));
    }
    let plus = token.ends_with('+');
    let value = numeral(token.trim_end_matches('+'))?;
    or_more |= plus;
    let mut begin = at;
    while begin > from {
        let before = fold::fold(slice(text, words[begin - 1]));
        match before.as_str() {
            "over" | "than" | "least" | "mehr" | "als" | "uber" | "mindestens" | "plus" | "de" | "mas" | "mais" | "piu"
            | "di" | "meer" | "dan" | "ponad" | "minst" | "mer" | "an" | "более" | "больше" | "понад" | "свыше" | "exceeding"
            | "beyond" => {
                or_more = true;
                begin -= 1;
            }
            "more" | "at" | "nearly" | "almost" | "about" | "around" | "approximately" | "fast" | "rund" | "ca" | "environ"
            | "presque" | "casi" | "quase" | "quasi" | "circa" | "bijna" | "prawie" | "okolo" | "около" | "my" | "with"
            | "have" | "has" | "having" | "the" | "a" | "i" | "of" | "mit" | "avec" | "con" | "com" | "seit" => begin -= 1,
            _ => break,
        }
    }
    Some((Number { value, or_more }, begin))
}

/// A number in digits or words.
fn numeral(word: &str) -> Option<f32> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        // "3-5 years": the lower bound.
        let lower = word.split(['-', '–']).next()?;
        let value: f32 = lower.replace(',', ".").parse().ok()?;
        return (0.0..=80.0).contains(&value).then_some(value);
    }
    const WORDS: &[(&str, f32)] = &[
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("sixteen", 16.0),
        ("seventeen", 17.0),
        ("eighteen", 18.0),
        ("nineteen", 19.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("ein", 1.0),
        ("zwei", 2.0),
        ("drei", 3.0),
        ("vier", 4.0),
        ("funf", 5.0),
        ("sechs", 6.0),
        ("sieben", 7.0),
        ("acht", 8.0),
        ("neun", 9.0),
        ("zehn", 10.0),
        ("zwolf", 12.0),
        ("funfzehn", 15.0),
        ("zwanzig", 20.0),
        ("deux", 2.0),
        ("trois", 3.0),
        ("quatre", 4.0),
        ("cinq", 5.0),
        ("sept", 7.0),
        ("huit", 8.0),
        ("neuf", 9.0),
        ("dix", 10.0),
        ("quinze", 15.0),
        ("vingt", 20.0),
        ("dos", 2.0),
        ("tres", 3.0),
        ("cuatro", 4.0),
        ("cinco", 5.0),
        ("seis", 6.0),
        ("siete", 7.0),
        ("ocho", 8.0),
        ("nueve", 9.0),
        ("diez", 10.0),
        ("quince", 15.0),
        ("veinte", 20.0),
        ("dois", 2.0),
        ("quatro", 4.0),
        ("sete", 7.0),
        ("oito", 8.0),
        ("nove", 9.0),
        ("dez", 10.0),
        ("vinte", 20.0),
        ("due", 2.0),
        ("tre", 3.0),
        ("quattro", 4.0),
        ("cinque", 5.0),
        ("sei", 6.0),
        ("sette", 7.0),
        ("otto", 8.0),
        ("dieci", 10.0),
        ("twee", 2.0),
        ("drie", 3.0),
        ("vijf", 5.0),
        ("zes", 6.0),
        ("zeven", 7.0),
        ("negen", 9.0),
        ("tien", 10.0),
        ("dwa", 2.0),
        ("trzy", 3.0),
        ("cztery", 4.0),
        ("piec", 5.0),
        ("szesc", 6.0),
        ("siedem", 7.0),
        ("osiem", 8.0),
        ("dziewiec", 9.0),
        ("dziesiec", 10.0),
        ("decade", 10.0),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn mentions_experience(words: &[String]) -> bool {
    words.iter().any(|word| {
        [
            "experience",
            "experienced",
            "erfahrung",
            "berufserfahrung",
            "expertise",
            "esperienza",
            "experiencia",
            "ervaring",
            "doswiadczenia",
            "erfarenhet",
            "erfaring",
            "kokemus",
            "kokemusta",
            "zkusenosti",
            "praxe",
            "skusenosti",
            "iskustva",
            "experienta",
            "tapasztalat",
            "deneyim",
            "εμπειρια",
            "опыта",
            "опыт",
            "досвіду",
            "kinh",
            "pengalaman",
            "building",
            "working",
            "developing",
            "engineering",
            "leading",
            "shipping",
            "designing",
            "writing",
            "d'experience",
        ]
        .contains(&word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''))
            || word.ends_with("erfahrung")
    })
}

/// The technologies a number of years belongs to: before it (`Java: 15 years`) or behind it (`15 years of Java`). Also gives the word
/// to go on from.
fn technologies(text: &str, words: &[Word], begin: usize, unit: usize, from: usize) -> (Vec<String>, usize) {
    let behind = behind(text, words, unit);
    if !behind.0.is_empty() {
        return behind;
    }
    // "Java: 15 years", "Java (15 years)", "Java – 15 years", "Java 15 years"
    if begin > from {
        let number_start = words[begin].start;
        let front = text[words[from].start..number_start].trim_end();
        let joined = front.ends_with([':', '(', '–', '—', '-', '|', '=', '[', '•', '·']);
        let name = front.trim_end_matches([':', '(', '–', '—', '-', '|', '=', '[', ' ', '•', '·', ',']);
        let name = name.rsplit([',', ';', '|', '•', '·', ')', ']', '(']).next().unwrap_or_default().trim();
        let name = name.rsplit(": ").next().unwrap_or_default();
        let name = name.trim_start_matches(['-', '*', ' ']);
        let count = name.split(' ').filter(|word| !word.is_empty()).count();
        let is_list = joined || count <= 2 && unit + 1 == words.len();
        // "June 2023 – now (1 year 4 months)": how long a job lasted.
        let dated = !dates::find(name).is_empty() || bonafide_normalise::date::parse_end(name).is_some();
        if is_list && !dated && (1..=4).contains(&count) && !is_sentence(name) && !is_general(&fold::fold(name)) {
            return (vec![name.to_owned()], behind.1.max(unit + 1));
        }
    }
    (Vec::new(), unit + 1)
}

fn is_sentence(name: &str) -> bool {
    let folded = fold::fold(name);
    fold::words(&folded).any(|word| {
        matches!(
            word,
            "i" | "have"
                | "was"
                | "the"
                | "for"
                | "with"
                | "worked"
                | "spent"
                | "in"
                | "over"
                | "last"
                | "past"
                | "than"
                | "about"
                | "experience"
                | "to"
                | "from"
                | "and"
                | "during"
                | "within"
                | "after"
        )
    })
}

/// Names that are no technology: `Experience: 10 years`.
fn is_general(folded: &str) -> bool {
    fold::words(folded).all(|word| {
        matches!(
            word,
            "experience"
                | "work"
                | "professional"
                | "total"
                | "overall"
                | "industry"
                | "berufserfahrung"
                | "erfahrung"
                | "experiencia"
                | "experience:"
                | "esperienza"
                | "duration"
                | "tenure"
                | "age"
                | "hands-on"
                | "years"
                | "relevant"
                | "commercial"
                | "full-time"
                | "it"
                | "software"
                | "engineering"
                | "development"
                | "the"
                | "career"
                | "expertise"
                | "of"
                | "in"
                | "laboral"
                | "professionnelle"
                | "profissional"
                | "lavorativa"
                | "doswiadczenie"
                | "опыт"
                | "работы"
                | "programming"
                | "gesamt"
                | "summary"
                | "profile"
                | "about"
        )
    })
}

/// `… years of (professional) experience with Java, Python and Go`.
fn behind(text: &str, words: &[Word], unit: usize) -> (Vec<String>, usize) {
    let mut at = unit + 1;
    let mut preposition = false;
    let mut experience = false;
    let mut taken = 0;
    while at < words.len() && taken < 9 {
        // A bracket or colon ends the phrase: "(15 years) Python".
        let gap = &text[words[at - 1].end..words[at].start];
        if gap.contains([')', ':', ';', '|', '•', '·', ']', '—']) || gap.contains(',') && !experience {
            return (Vec::new(), at);
        }
        let raw = slice(text, words[at]);
        if slice(text, words[at - 1]).ends_with('.') && taken > 0 {
            return (Vec::new(), at);
        }
        let word = fold::fold(raw);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        match word {
            "of" | "in" | "with" | "using" | "on" | "mit" | "in:" | "im" | "avec" | "en" | "con" | "de" | "com" | "em" | "di"
            | "met" | "van" | "z" | "w" | "med" | "av" | "i" | "inom" | "s" | "v" | "cu" | "of:" | "as" | "sur" | "sviluppo"
            | "ile" | "с" | "на" | "в" | "з" | "u" | "dengan" | "bei" | "auf" | "an" | "como" | "come" | "als" | "jako" | "a"
            | "the" | "our" => {
                if matches!(word, "as" | "como" | "come" | "als" | "jako") {
                    return (Vec::new(), at);
                }
                preposition = true;
            }
            "experience" | "exp" | "expertise" | "erfahrung" | "berufserfahrung" | "d'experience" | "experiencia"
            | "experiencias" | "esperienza" | "ervaring" | "werkervaring" | "doswiadczenia" | "doswiadczenie" | "erfarenhet"
            | "erfaring" | "zkusenosti" | "praxe" | "iskustva" | "опыта" | "опыт" | "досвіду" | "работы" | "tapasztalat"
            | "deneyim" | "pengalaman" => experience = true,
            "professional"
            | "hands-on"
            | "practical"
            | "commercial"
            | "industry"
            | "proven"
            | "solid"
            | "extensive"
            | "combined"
            | "full-time"
            | "work"
            | "working"
            | "relevant"
            | "production"
            | "deep"
            | "strong"
            | "professionelle"
            | "praktische"
            | "professionnelle"
            | "laboral"
            | "profesional"
            | "profissional"
            | "professionale"
            | "relevante"
            | "komercyjnego"
            | "zawodowego"
            | "developing"
            | "programming"
            | "coding"
            | "building"
            | "writing"
            | "development"
            | "experience:"
            | "коммерческого" => {}
            _ => break,
        }
        at += 1;
        taken += 1;
    }
    if at >= words.len() || !(preposition || experience) || taken == 0 {
        return (Vec::new(), unit + 1);
    }
    if !preposition {
        return (Vec::new(), at);
    }
    list(text, words, at)
}

/// A list of technologies from a word on: `Java, Python and Go`.
fn list(text: &str, words: &[Word], mut at: usize) -> (Vec<String>, usize) {
    let mut names: Vec<String> = Vec::new();
    let mut current: Option<(usize, usize)> = None;
    let close = |current: &mut Option<(usize, usize)>, names: &mut Vec<String>| {
        if let Some((start, end)) = current.take() {
            let name = text[start..end].trim_end_matches(['.', ',', '!']);
            if !name.is_empty() && !is_general(&fold::fold(name)) {
                names.push(name.to_owned());
            }
        }
    };
    let mut previous_end = None;
    while at < words.len() {
        let raw = slice(text, words[at]);
        let folded = fold::fold(raw);
        let word = folded.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '.'));
        let gap = previous_end.map_or("", |end| &text[end..words[at].start]);
        if gap.contains([';', ':', '(', ')', '|', '•', '·', '—', '–']) {
            break;
        }
        if gap.contains([',', '/', '、', '，']) {
            close(&mut current, &mut names);
            // A number behind a comma begins the next claim.
            if numeral(word.trim_end_matches('+')).is_some() {
                break;
            }
        }
        if matches!(word, "and" | "und" | "et" | "y" | "e" | "en" | "i" | "och" | "og" | "or" | "&" | "и" | "та" | "as" | "plus")
        {
            close(&mut current, &mut names);
            previous_end = Some(words[at].end);
            at += 1;
            if word == "as" || at < words.len() && numeral(fold::fold(slice(text, words[at])).trim_end_matches('+')).is_some() {
                break;
            }
            continue;
        }
        if matches!(word, "over" | "more" | "almost" | "nearly" | "about" | "around" | "mehr" | "plus")
            && (current.is_none() || gap.contains(','))
        {
            break;
        }
        let technical = raw.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '+' | '#'))
            || raw.contains(".js")
            || raw.trim_end_matches('.').contains('.');
        let stops = matches!(
            word,
            "experience"
                | "for"
                | "at"
                | "in"
                | "on"
                | "to"
                | "across"
                | "with"
                | "that"
                | "which"
                | "who"
                | "including"
                | "building"
                | "while"
                | "from"
                | "by"
                | "using"
                | "i"
                | "we"
                | "development"
                | "under"
                | "within"
                | "erfahrung"
                | "a"
                | "the"
                | "an"
                | "my"
                | "our"
        );
        if stops {
            close(&mut current, &mut names);
            break;
        }
        let length = current.map_or(0, |(start, _)| text[start..words[at].start].split(' ').count());
        if !technical && (current.is_some() && length >= 3 || current.is_none() && names.len() >= 2 && !gap.contains(',')) {
            close(&mut current, &mut names);
            break;
        }
        current = Some(current.map_or((words[at].start, words[at].end), |(start, _)| (start, words[at].end)));
        previous_end = Some(words[at].end);
        at += 1;
        if raw.ends_with('.') && !raw.trim_end_matches('.').contains('.') || raw.ends_with(['!', '?']) {
            break;
        }
    }
    close(&mut current, &mut names);
    names.truncate(12);
    (names, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> String {
        find(text)
            .iter()
            .map(|claim| format!("{}:{}{}", claim.technologies.join("+"), claim.months, if claim.or_more { "+" } else { "" }))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn years_in_many_words() {
        for (text, expected) in [
            ("Java: 15 years", "Java:180"),
            ("10+ years of Rust", "Rust:120+"),
            ("5 yrs experience with Kubernetes", "Kubernetes:60"),
            ("over eight years with Go", "Go:96+"),
            ("Node.js: 14 years", "Node.js:168"),
            ("C++ (7 years), Python (3 years)", "C++:84 Python:36"),
            ("4 years of experience. Works with C++ and Solidity.", ":48"),
            ("More than 6 years of professional experience in Java, Spring Boot and AWS", "Java+Spring Boot+AWS:72+"),
            ("10 Jahre Erfahrung mit Python", "Python:120"),
            ("5 ans d'expérience en Django", "Django:60"),
            ("8 años de experiencia con React", "React:96"),
            ("18 months of Rust", "Rust:18"),
            ("2.5 years of Go", "Go:30"),
            ("Rust – 6 yrs", "Rust:72"),
            ("eight years building reliable data platforms", ":96"),
            ("saving 400 engineering hours per year", ""),
            ("ethers.js: 6 years", "ethers.js:72"),
            ("With 15+ years of hands-on software engineering expertise", ":180+"),
            ("5 years of React, 3 years of Go", "React:60 Go:36"),
            ("GCP: 1 year", "GCP:12"),
            ("saving 93k USD a year, by splitting", ""),
            ("Scaled platform in 18 months with a 6-person remote team", ""),
            ("promotion over 18 months with Go", ""),
        ] {
            assert_eq!(read_one(text), expected, "{text}");
        }
    }
}
