//! Telephone numbers as people write them, in E.164 form.
//!
//! A number is read by its *form*, not by whether a carrier would route it: applicants use new ranges, test data uses invented
//! ones, and a number that "does not exist" still links two applications. What is needed is the country calling code (ITU-T E.164,
//! list of assigned codes), the trunk and international prefixes (ITU-T Operational Bulletin, annex on dialling procedures) and the
//! usual lengths of national numbers. These stand in a table of this crate, which a test compares with the
//! metadata of libphonenumber. That library itself is not used at run time: it needs some 50 ms to load, compiles a regular
//! expression per country, and refuses numbers outside its tables.
//!
//! # Notations
//! `+44 20 7946 0958` · `0044…`, `011 44…` and the other international prefixes · `+44 (0)20…` · `tel:` links · national notation
//! with a country as hint · `(512) 555-0142`, `512-555-0142`, `1.512.555.0142`, the North American grouping, also without a hint ·
//! digits of other scripts · vanity letters (`1-800-FLOWERS`) · extensions (`x12`, `ext. 12`, `;ext=12`) kept apart · labels and
//! remarks around the number.

mod plan;

use crate::{
    error::{Error, Subject},
    text,
};

pub use plan::calling_code;

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 300;
/// Digits of an international number at most (ITU-T E.164 §6.1).
const MAX_DIGITS: usize = 15;
/// Digits of the shortest international numbers in use (country code and four digits).
const MIN_DIGITS: usize = 7;

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As written.
    pub original: String,
    /// E.164 form, such as `+15125550142`; `None` where no country could be told.
    pub e164: Option<String>,
    /// Country calling code, where it could be told.
    pub calling_code: Option<u16>,
    /// ISO 3166-1 codes of the countries and territories the number may belong to: one where the calling code or the area code
    /// decides, all that share the plan where it does not (its main country first, the others sorted), none where the code belongs
    /// to no country (satellite services).
    pub regions: Vec<&'static str>,
    /// Whether the length is one the numbering plan uses.
    pub usual_length: bool,
    /// Extension, digits only.
    pub extension: Option<String>,
    /// How the country was told.
    pub read_as: Notation,
    digits: String,
}

/// How the country of a number was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notation {
    /// A plus sign or an international prefix stands before the calling code.
    International,
    /// The calling code stands there without any prefix.
    CodeAlone,
    /// National notation of the country given as hint.
    National,
    /// The North American grouping 3-3-4.
    NorthAmericanGrouping,
    /// Not at all.
    Unknown,
}

impl PhoneNumber {
    /// The last nine digits, for comparing numbers whose country is not known; `None` for shorter ones. Equal keys across
    /// countries are chance one time in a billion, and yet two national numbers of two countries can share them: weak by itself.
    #[must_use]
    pub fn last_nine(&self) -> Option<&str> {
        let digits = self.e164.as_deref().unwrap_or(&self.digits);
        digits.len().checked_sub(9).and_then(|start| digits.get(start..)).filter(|last| !last.contains('+'))
    }

    /// The canonical form: E.164 where the country could be told, else the digits alone.
    #[must_use]
    pub fn canonical(&self) -> &str {
        self.e164.as_deref().unwrap_or(&self.digits)
    }
}

/// Reads a number as written. `hint` is the ISO 3166-1 alpha-2 code of the country whose national notation may have been used:
/// the residence the same document states.
///
/// ```
/// use bonafide_normalise::phone;
/// let number = phone::parse("+44 (0)20 7946 0958 ext. 3", None)?;
/// assert_eq!(number.e164.as_deref(), Some("+442079460958"));
/// assert_eq!(number.regions, ["GB"]);
/// assert_eq!(number.extension.as_deref(), Some("3"));
/// assert_eq!(phone::parse("030 555 0142", Some("DE"))?.e164.as_deref(), Some("+49305550142"));
/// assert_eq!(phone::parse("(512) 555-0142", None)?.e164.as_deref(), Some("+15125550142"));
/// # Ok::<(), bonafide_normalise::Error>(())
/// ```
///
/// # Errors
/// [`Error`] where the text is empty, too long, or has fewer than five or more than twenty digits.
pub fn parse(text: &str, hint: Option<&str>) -> Result<PhoneNumber, Error> {
    if text.len() > MAX_TEXT {
        return Err(Error::TooLong { subject: Subject::Phone, limit: MAX_TEXT });
    }
    let tidy = text::tidy_lower(text);
    if tidy.is_empty() {
        return Err(Error::Empty { subject: Subject::Phone });
    }
    let (main, extension) = split_extension(&tidy);
    let written = Written::read(main)?;
    let hint = hint.and_then(plan::of_region);
    let reading = read_number(&written, hint);
    let (e164, calling_code, regions, usual_length, read_as) = match reading {
        Some(reading) => (
            Some(format!("+{}{}", reading.code, reading.national)),
            Some(reading.code),
            plan::regions(reading.code, &reading.national),
            plan::has_usual_length(reading.code, reading.national.len()),
            reading.notation,
        ),
        None => (None, None, Vec::new(), false, Notation::Unknown),
    };
    Ok(PhoneNumber {
        original: text.to_owned(),
        e164,
        calling_code,
        regions,
        usual_length,
        extension,
        read_as,
        digits: written.digits,
    })
}

/// The E.164 form of a number, `None` where it cannot be told.
#[must_use]
pub fn e164(text: &str, hint: Option<&str>) -> Option<String> {
    parse(text, hint).ok()?.e164
}

const fn malformed(problem: &'static str) -> Error {
    Error::malformed(Subject::Phone, problem)
}

/// Cuts an extension off: `x12`, `ext. 12`, `;ext=12`, `#12`, `доб. 12`.
fn split_extension(tidy: &str) -> (&str, Option<String>) {
    const MARKS: &[&str] = &[
        ";ext=",
        "extension",
        "extn",
        "ext.",
        "ext",
        "durchwahl",
        "anexo",
        "доб.",
        "доб",
        "poste",
        "内线",
        "內線",
        "内線",
        "#",
        "x",
    ];
    for mark in MARKS {
        let Some(position) = tidy.rfind(mark) else { continue };
        let (before, after) = (&tidy[..position], &tidy[position + mark.len()..]);
        let digits: String = after.chars().filter_map(digit).collect();
        let is_only_digits = after.chars().all(|c| digit(c).is_some() || c.is_whitespace() || matches!(c, '.' | ':' | '=' | ')'));
        let stands_behind_number = before.chars().filter(|&c| digit(c).is_some()).count() >= 5;
        if stands_behind_number && is_only_digits && (1..=7).contains(&digits.len()) {
            return (before, Some(digits));
        }
    }
    (tidy, None)
}

/// The value of a decimal digit of any script (NFKC has already turned the wide and mathematical ones into ASCII).
fn digit(character: char) -> Option<char> {
    if character.is_ascii() {
        return character.is_ascii_digit().then_some(character);
    }
    // First digits of the decimal blocks (Unicode 16, category Nd) of scripts in daily use for telephone numbers.
    const ZEROS: &[char] = &[
        '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}', '\u{0C66}', '\u{0CE6}',
        '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{0F20}', '\u{1040}', '\u{17E0}', '\u{1810}',
    ];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

/// What stands there: whether a plus sign leads, the digits, and the shape of their groups.
struct Written {
    has_plus: bool,
    digits: String,
    /// Lengths of the groups of digits between separators, at most eight.
    groups: Vec<usize>,
    /// Whether the first group (or the second behind a lone `1`) stands in parentheses.
    in_parentheses: bool,
}

impl Written {
    fn read(main: &str) -> Result<Self, Error> {
        let start = main
            .char_indices()
            .position(|(_, c)| digit(c).is_some() || c == '+')
            .ok_or(malformed("there is no digit; a number looks like +15125550142"))?;
        let mut characters = main.chars().skip(start).peekable();
        let mut written = Self { has_plus: false, digits: String::new(), groups: Vec::new(), in_parentheses: false };
        // An opening parenthesis before the first digit belongs to it.
        written.in_parentheses = main.chars().take(start).last() == Some('(');
        let mut is_open = written.in_parentheses;
        let mut group = 0_usize;
        let mut letters = 0_usize;
        while let Some(character) = characters.next() {
            if let Some(digit) = digit(character) {
                // The optional trunk prefix "(0)" is dialled only without the country code.
                if is_open && digit == '0' && group == 0 && characters.peek() == Some(&')') && !written.digits.is_empty() {
                    continue;
                }
                written.digits.push(digit);
                group += 1;
            } else if character == '+' && written.digits.is_empty() {
                written.has_plus = true;
            } else if character.is_ascii_lowercase() && is_vanity(&written, &characters) {
                written.digits.push(keypad_digit(character));
                group += 1;
                letters += 1;
            } else if character.is_alphabetic() || matches!(character, ',' | ';' | '|') || character == '+' {
                // A remark or a second number follows.
                break;
            } else {
                is_open = character == '(' || (is_open && character == ' ');
                written.in_parentheses |= character == '(' && matches!(written.digits.as_str(), "" | "1");
                if group > 0 {
                    written.groups.push(group);
                    group = 0;
                }
            }
            if written.digits.len() > 20 {
                return Err(malformed("there are more than 20 digits; the longest number has 15"));
            }
        }
        if group > 0 {
            written.groups.push(group);
        }
        if written.digits.len() < 5 || letters > written.digits.len() - 1 {
            return Err(malformed("there are fewer than five digits; a number looks like +15125550142"));
        }
        Ok(written)
    }

    /// The North American notation: groups 3-3-4, area code and exchange beginning with 2…9, with or without a leading 1.
    fn north_american(&self) -> Option<&str> {
        let groups = match self.groups.as_slice() {
            [1, rest @ ..] if self.digits.starts_with('1') => rest,
            rest => rest,
        };
        let ten = if self.digits.len() == 11 { self.digits.strip_prefix('1')? } else { &self.digits };
        (groups == [3, 3, 4] && is_north_american(ten)).then_some(ten)
    }
}

/// Whether a letter is part of a vanity number: at least three letters stand together, and the digits so far are not a whole number.
fn is_vanity<I: Iterator<Item = char> + Clone>(written: &Written, rest: &I) -> bool {
    let before = written.digits.len();
    let ahead: Vec<char> = rest.clone().take_while(|c| c.is_ascii_lowercase() || *c == '-').take(12).collect();
    let letters_ahead = ahead.iter().filter(|c| c.is_ascii_lowercase()).count();
    (3..=10).contains(&before) && before + letters_ahead + 1 >= 7 && (letters_ahead >= 2 || before >= 7)
}

const fn keypad_digit(letter: char) -> char {
    match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        _ => '9',
    }
}

/// Ten digits, area code and exchange beginning with 2…9 (North American Numbering Plan).
fn is_north_american(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 10 && bytes[0] >= b'2' && bytes[3] >= b'2'
}

struct Reading {
    code: u16,
    national: String,
    notation: Notation,
}

/// Finds the country; the first of these that fits: plus sign, international prefix, North American grouping where the hint's own
/// notation would look different, national notation of the hint, bare calling code.
fn read_number(written: &Written, hint: Option<&'static plan::Plan>) -> Option<Reading> {
    let digits = written.digits.as_str();
    if written.has_plus {
        let digits = digits.trim_start_matches('0');
        return international(digits, 1).map(|reading| reading.with(Notation::International));
    }
    let own_prefix = hint.map_or("011", plan::international_prefix);
    for prefix in ["00", own_prefix] {
        let Some(rest) = digits.strip_prefix(prefix) else { continue };
        // Without a hint, 011 may also be a trunk prefix with an area code: only long numbers pass.
        let is_prefix = prefix != "011" || hint.is_some_and(|plan| plan.code == 1) || rest.len() >= 10;
        let reading = international(rest, 8).filter(|reading| reading.code != 1 || is_north_american(&reading.national));
        if let Some(reading) = reading.filter(|_| is_prefix) {
            return Some(reading.with(Notation::International));
        }
    }
    if let Some(ten) = written.north_american()
        && hint.is_none_or(|plan| !reads_as_own(plan, written, ten))
    {
        return Some(Reading { code: 1, national: ten.to_owned(), notation: Notation::NorthAmericanGrouping });
    }
    if let Some(plan) = hint {
        if let Some(national) = national(plan, digits) {
            return Some(Reading { code: plan.code, national, notation: Notation::National });
        }
        let behind_code = digits.strip_prefix(plan::code_text(plan.code).as_str());
        if let Some(national) = behind_code.and_then(|rest| national(plan, rest)) {
            return Some(Reading { code: plan.code, national, notation: Notation::CodeAlone });
        }
    }
    // Eleven digits with a leading 1 are a North American number; twelve and more are national nowhere.
    let is_long = digits.len() >= 12 && !digits.starts_with('0');
    let is_eleven = digits.len() == 11 && digits.strip_prefix('1').is_some_and(is_north_american);
    if is_eleven || is_long {
        return international(digits, 8)
            .filter(|reading| plan::has_usual_length(reading.code, reading.national.len()))
            .map(|reading| reading.with(Notation::CodeAlone));
    }
    None
}

impl Reading {
    fn with(mut self, notation: Notation) -> Self {
        self.notation = notation;
        self
    }
}

/// Splits a calling code off; the trunk prefix that some write behind it is dropped.
fn international(digits: &str, at_least: usize) -> Option<Reading> {
    let (code, rest) = plan::split_code(digits)?;
    let rest = plan::without_trunk_prefix(code, rest);
    let total = plan::code_text(code).len() + rest.len();
    (total >= at_least.max(MIN_DIGITS) && total <= MAX_DIGITS && rest.len() >= 4).then(|| Reading {
        code,
        national: rest.to_owned(),
        notation: Notation::International,
    })
}

/// A national number without its trunk prefix; `None` where its length is not one of the plan's.
fn national(plan: &plan::Plan, digits: &str) -> Option<String> {
    if plan.region == "AR"
        && let Some(mobile) = argentine_mobile(digits)
    {
        return Some(mobile);
    }
    let shortest = MIN_DIGITS - plan::code_text(plan.code).len();
    let fits =
        |number: &str| plan.fits(number.len()) && number.len() >= shortest && !(plan.trunk == "0" && number.starts_with('0'));
    let without_prefix = plan::national_prefixes(plan)
        .filter_map(|prefix| digits.strip_prefix(prefix))
        .find(|rest| fits(rest) && (plan.code != 1 || is_north_american(rest)));
    let number = without_prefix.or_else(|| fits(digits).then_some(digits))?;
    if plan.code == 1 && !is_north_american(number) {
        return None;
    }
    Some(number.to_owned())
}

/// Argentina writes a mobile number as 0, area code, 15, number; from abroad it is 9, area code, number.
fn argentine_mobile(digits: &str) -> Option<String> {
    let rest = digits.strip_prefix('0').filter(|rest| rest.len() == 12)?;
    let area = if rest.starts_with("11") { 2..3 } else { 3..5 };
    area.into_iter().find_map(|length| {
        let (area, number) = rest.split_at_checked(length)?;
        Some(format!("9{area}{}", number.strip_prefix("15")?))
    })
}

/// Whether ten digits in North American grouping are ordinary in the hint's own notation: in countries that write no trunk prefix
/// before ten-digit numbers, and, without parentheses, mobile numbers of ten digits, which many people write without it.
fn reads_as_own(plan: &plan::Plan, written: &Written, ten: &str) -> bool {
    if plan.code == 1 || !plan.fits(10) || written.digits.len() != 10 {
        return plan.code == 1;
    }
    plan.trunk.is_empty()
        || plan::writes_ten_digits_bare(plan)
        || (!written.in_parentheses && plan::is_ten_digit_mobile(plan, ten))
}
