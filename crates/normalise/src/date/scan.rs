//! A scanner that walks over a text once and tries a date at every number and word.

use bonafide_model::time::{End, PartialDate, YearMonth};
use unicode_normalization::char::is_combining_mark;

use super::{
    DateRange, FoundDate,
    characters::{digit, is_apostrophe, is_dash, is_unspaced},
    shape::{RangeEnd, Shape, century, day_of, month_of, plain_year, resolve, single, three_numbers, valid_year},
    words,
};

/// What the scanner reports.
pub(super) enum Found {
    Date(FoundDate),
    Range(DateRange),
}

/// The longest word that is looked up, in bytes; longer ones are in no table.
const LONGEST_WORD: usize = 40;

pub(super) struct Scanner<'a> {
    text: &'a str,
    word: String,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, word: String::new() }
    }

    /// Calls `report` for every range and date in order, until it answers `false`.
    pub(super) fn scan(&mut self, mut report: impl FnMut(Found) -> bool) {
        let mut position = 0;
        while let Some(character) = self.char_at(position) {
            let next = position + character.len_utf8();
            if !starts_date(character) || self.continues_word(position) {
                position = next;
                continue;
            }
            if let Some([first, second]) = self.text.as_bytes().get(position..position + 2)
                && !words::may_start_date(*first, *second)
            {
                position = self.skip_token(position).max(next);
                continue;
            }
            let (found, end) = self.found_at(position);
            position = match found {
                Some(found) => {
                    if !report(found) {
                        return;
                    }
                    end
                }
                None => self.skip_token(position).max(next),
            };
        }
    }

    /// A date that fills the whole text.
    pub(super) fn whole_date(&mut self) -> Option<PartialDate> {
        let (shape, end) = self.shape_at(0)?;
        (end == self.text.len()).then(|| match shape {
            Shape::Year(year) | Shape::ShortYear(year) => valid_year(year).map(PartialDate::Year),
            Shape::ShortNumeric { month, year } => YearMonth::new(year, month).map(PartialDate::Month),
            other => single(other),
        })?
    }

    /// Whether the text is a word for "today".
    pub(super) fn is_present(&mut self) -> bool {
        let start = self.skip_connector(0).map_or(0, |at| self.skip_spaces(at));
        [start, 0].into_iter().any(|start| self.present_at(start) == Some(self.text.len()))
    }

    fn found_at(&mut self, position: usize) -> (Option<Found>, usize) {
        let (start, is_open) = match self.opening_word(position) {
            Some(behind) => (behind, true),
            None => (position, false),
        };
        let Some((shape, end)) = self.shape_at(start) else { return (None, position) };
        if let Some((range_end, end_of_range)) = self.range_end(shape, end)
            && let Some((from, to)) = resolve(shape, range_end)
        {
            let range = DateRange { start: from, end: to, span: start..end_of_range };
            return (Some(Found::Range(range)), end_of_range);
        }
        let Some(date) = single(shape).or_else(|| plain_year(shape).filter(|_| self.is_plain_year(start, end))) else {
            return (None, position);
        };
        if is_open {
            let range = DateRange { start: date, end: End::Present, span: position..end };
            return (Some(Found::Range(range)), end);
        }
        (Some(Found::Date(FoundDate { date, span: start..end })), end)
    }

    /// The position behind "since" and its like in other languages, which open a range without an end.
    fn opening_word(&mut self, position: usize) -> Option<usize> {
        let end = self.read_word(position)?;
        words::OPENING.binary_search(&self.word.as_str()).is_ok().then(|| self.skip_spaces(end)).filter(|&start| start > end)
    }

    // --- One date ---------------------------------------------------------------------------------------------------------------

    fn shape_at(&mut self, position: usize) -> Option<(Shape, usize)> {
        let character = self.char_at(position)?;
        if digit(character).is_some() {
            return self.number_first(position);
        }
        if is_apostrophe(character) {
            return self.short_year(position);
        }
        self.word_first(position)
    }

    fn number_first(&mut self, position: usize) -> Option<(Shape, usize)> {
        let (value, digits, end) = self.number_at(position)?;
        match digits {
            4 => self.year_first(value, end),
            1 | 2 => self.numeric(value, digits, end).or_else(|| self.day_first(value, end)),
            _ => None,
        }
    }

    /// `2021-03-14`, `2021/3`, `2021.03`, `2021年3月`, `2021 March`, `2021 Q3`, `2021`.
    fn year_first(&mut self, year: i16, end: usize) -> Option<(Shape, usize)> {
        let behind = self.char_at(end);
        if let Some(separator @ ('-' | '/' | '.')) = behind
            && let Some((month, digits, month_end)) = self.number_at(end + 1)
            && (digits == 2 || (digits == 1 && separator == '/'))
            && let Some(year_month) = month_of(year, month)
            && !self.is_word_at(month_end)
        {
            let day = self.char_at(month_end).filter(|&c| c == separator).and_then(|_| self.number_at(month_end + 1));
            return Some(match day {
                Some((day, 1 | 2, day_end)) if day_of(year, month, day).is_some() && !self.is_digit_at(day_end) => {
                    (Shape::Date(day_of(year, month, day)?), day_end)
                }
                _ => (Shape::Date(PartialDate::Month(year_month)), month_end),
            });
        }
        let at = self.skip_spaces(end);
        if let Some(year_sign @ ('年' | '년')) = self.char_at(at) {
            let at = at + year_sign.len_utf8();
            return Some(self.cjk_month(year, self.skip_spaces(at)).unwrap_or((Shape::Year(year), at)));
        }
        // "2021 March", unless the month belongs to a year of its own behind it.
        if at > end && at - end <= 2 {
            if let Some((Shape::MonthOnly(month), month_end)) = self.word_first(at) {
                return Some((Shape::Date(PartialDate::Month(month_of(year, month.into())?)), month_end));
            }
            if let Some((first, last, part_end)) = self.part_of_year(at)
                && self.year_behind(part_end).is_none()
            {
                return Some((Shape::Months { year, first, last }, part_end));
            }
        }
        let end = self.skip_year_word(end);
        Some((Shape::Year(year), end))
    }

    /// `3月14日`, `3월`.
    fn cjk_month(&self, year: i16, position: usize) -> Option<(Shape, usize)> {
        let (month, _, end) = self.number_at(position)?;
        let at = self.skip_spaces(end);
        let sign = self.char_at(at).filter(|c| matches!(c, '月' | '월'))?;
        let year_month = month_of(year, month)?;
        let end = at + sign.len_utf8();
        let day = self.number_at(self.skip_spaces(end)).and_then(|(day, _, day_end)| {
            let at = self.skip_spaces(day_end);
            let sign = self.char_at(at).filter(|c| matches!(c, '日' | '일'))?;
            Some((day_of(year, month, day)?, at + sign.len_utf8()))
        });
        Some(day.map_or((Shape::Date(PartialDate::Month(year_month)), end), |(day, end)| (Shape::Date(day), end)))
    }

    /// `03/2021`, `3.2021`, `14.03.2021`, `3/14/2021`, `03/21`.
    fn numeric(&self, first: i16, first_digits: usize, end: usize) -> Option<(Shape, usize)> {
        let at = if self.char_at(end) == Some(' ') && self.char_at(end + 1) == Some('/') { end + 1 } else { end };
        let separator = self.char_at(at).filter(|c| matches!(c, '/' | '.' | '-'))?;
        let behind = if separator != '-' && self.char_at(at + 1) == Some(' ') { at + 2 } else { at + 1 };
        let (second, digits, second_end) = self.number_at(behind)?;
        if digits == 4 {
            return (!self.is_word_at(second_end))
                .then_some((Shape::Date(PartialDate::Month(month_of(second, first)?)), second_end));
        }
        if digits > 2 {
            return None;
        }
        let third = self.char_at(second_end).filter(|&c| c == separator).and_then(|_| {
            let at = if self.char_at(second_end + 1) == Some(' ') && separator == '.' { second_end + 2 } else { second_end + 1 };
            self.number_at(at)
        });
        match third {
            Some((year, digits @ (2 | 4), third_end)) if !self.is_word_at(third_end) => {
                let year = if digits == 2 { century(year) } else { year };
                Some((Shape::Date(three_numbers(first, second, year, separator)?), third_end))
            }
            Some(_) => None,
            None if first_digits == 2
                && digits == 2
                && separator != '-'
                && (1..=12).contains(&first)
                && !self.is_word_at(second_end) =>
            {
                Some((Shape::ShortNumeric { month: first as i8, year: century(second) }, second_end))
            }
            None => None,
        }
    }

    /// `14 March 2021`, `14th of March, 2021`, `14. März '21`, `1er mars`.
    fn day_first(&mut self, day: i16, end: usize) -> Option<(Shape, usize)> {
        let mut at = end;
        if self.char_at(at) == Some('.') {
            at += 1;
        } else if let Some(suffix_end) = self.read_word(at) {
            if !matches!(self.word.as_str(), "st" | "nd" | "rd" | "th" | "er" | "o" | "a") {
                return None;
            }
            at = suffix_end;
        }
        let at = self.skip_filler(at);
        let word_end = self.read_word(at)?;
        let month = words::month(&self.word)?;
        let word_end = if self.char_at(word_end) == Some('.') { word_end + 1 } else { word_end };
        let Some((year, year_end)) = self.year_behind(word_end) else {
            return ((1..=31).contains(&day) && month != 0).then_some((Shape::DayAndMonth { month, day }, word_end));
        };
        if month == 0 {
            return Some((Shape::Date(PartialDate::Year(valid_year(year)?)), year_end));
        }
        Some((Shape::Date(day_of(year, month.into(), day)?), year_end))
    }

    /// `Mar 2021`, `March 14, 2021`, `Mar '21`, `Mar-21`, `Summer 2021`, `Q3 2021`.
    fn word_first(&mut self, position: usize) -> Option<(Shape, usize)> {
        if let Some((first, last, end)) = self.part_of_year(position) {
            let (year, end) = self.year_behind(end)?;
            return Some((Shape::Months { year: valid_year(year)?, first, last }, end));
        }
        let end = self.read_word(position)?;
        if words::SEASONS.binary_search(&self.word.as_str()).is_ok() {
            let (year, end) = self.year_behind(end)?;
            return Some((Shape::Date(PartialDate::Year(valid_year(year)?)), end));
        }
        let month = words::month(&self.word)?;
        let end = if self.char_at(end) == Some('.') { end + 1 } else { end };
        if let Some((year, year_end)) = self.year_behind(end) {
            let date = if month == 0 {
                valid_year(year).map(PartialDate::Year)
            } else {
                month_of(year, month.into()).map(PartialDate::Month)
            };
            return Some((Shape::Date(date?), year_end));
        }
        if month == 0 {
            return None;
        }
        Some(self.number_behind_month(month, end).unwrap_or((Shape::MonthOnly(month), end)))
    }

    /// `14, 2021` and `14th 2021` behind a month; `19` alone; `-21`.
    fn number_behind_month(&mut self, month: i8, end: usize) -> Option<(Shape, usize)> {
        if let Some('-' | '/') = self.char_at(end)
            && let Some((year, 2, year_end)) = self.number_at(end + 1)
            && !self.is_word_at(year_end)
        {
            return Some((Shape::Date(PartialDate::Month(month_of(century(year), month.into())?)), year_end));
        }
        let at = self.skip_spaces(end);
        let (number, 1 | 2, number_end) = self.number_at(at).filter(|_| at > end)? else { return None };
        let mut behind = number_end;
        if let Some(suffix_end) = self.read_word(number_end) {
            if !matches!(self.word.as_str(), "st" | "nd" | "rd" | "th") {
                return None;
            }
            behind = suffix_end;
        }
        if let Some((year, year_end)) = self.year_behind(behind)
            && let Some(day) = day_of(year, month.into(), number)
        {
            return Some((Shape::Date(day), year_end));
        }
        let is_plain = !matches!(self.char_at(number_end), Some('%' | '+' | ':' | '.')) && !self.is_word_at(number_end);
        is_plain.then_some((Shape::MonthAndNumber { month, number }, number_end))
    }

    /// `Q3`, `H1`: first and last month.
    fn part_of_year(&self, position: usize) -> Option<(i8, i8, usize)> {
        let letter = self.char_at(position)?;
        let number = self.char_at(position + letter.len_utf8()).and_then(digit)? as i8;
        let months = match letter {
            'q' | 'Q' if (1..=4).contains(&number) => (number * 3 - 2, number * 3),
            'h' | 'H' if (1..=2).contains(&number) => (number * 6 - 5, number * 6),
            _ => return None,
        };
        let end = position + letter.len_utf8() + 1;
        (!self.is_word_at(end)).then_some((months.0, months.1, end))
    }

    /// A year behind a month or season: space, comma, hyphen, slash, "of" or an apostrophe may stand between.
    fn year_behind(&mut self, end: usize) -> Option<(i16, usize)> {
        let at = self.skip_filler(end);
        let character = self.char_at(at)?;
        if is_apostrophe(character) {
            let (shape, end) = self.short_year(at)?;
            return if let Shape::ShortYear(year) = shape { Some((year, end)) } else { None };
        }
        let (year, 4, year_end) = self.number_at(at)? else { return None };
        (!self.is_word_at(year_end)).then(|| (year, self.skip_year_word(year_end)))
    }

    /// `'21`, `’21`.
    fn short_year(&self, position: usize) -> Option<(Shape, usize)> {
        let at = position + self.char_at(position)?.len_utf8();
        let (year, 2, end) = self.number_at(at)? else { return None };
        (!self.is_word_at(end)).then_some((Shape::ShortYear(century(year)), end))
    }

    // --- The end of a range -----------------------------------------------------------------------------------------------------

    fn range_end(&mut self, start: Shape, end: usize) -> Option<(RangeEnd, usize)> {
        let connector = self.skip_spaces(end);
        let behind = self.skip_connector(connector)?;
        let is_hyphen = self.char_at(connector) == Some('-');
        let at = self.skip_spaces(behind);
        if let Some(end) = self.present_at(at) {
            return Some((RangeEnd::Present, end));
        }
        if let (Shape::Year(year), Some((short, 2, short_end))) = (start, self.number_at(at))
            && !self.is_word_at(short_end)
            && !matches!(self.char_at(short_end), Some('/' | '.' | '-' | '%' | '+'))
            && at == behind
            && (!is_hyphen || connector == end)
        {
            let full = year - year.rem_euclid(100) + short;
            return (full > year).then_some((RangeEnd::Shape(Shape::Year(full)), short_end));
        }
        let (shape, end) = self.shape_at(at)?;
        Some((RangeEnd::Shape(shape), end))
    }

    /// The position behind what joins two dates: dashes, arrows, tildes, a slash between years, a word.
    fn skip_connector(&mut self, position: usize) -> Option<usize> {
        let character = self.char_at(position)?;
        if is_dash(character) || matches!(character, '→' | '/') {
            let mut end = position + character.len_utf8();
            while let Some(next) = self.char_at(end).filter(|&c| is_dash(c) || c == '>') {
                end += next.len_utf8();
                if end - position > 12 {
                    return None;
                }
            }
            // "2019 – to date", "2019 - till now"
            let at = self.skip_spaces(end);
            return Some(match self.read_word(at) {
                Some(word_end) if words::CONNECTORS.binary_search(&self.word.as_str()).is_ok() => word_end,
                _ => end,
            });
        }
        if matches!(character, '至' | '到') {
            return Some(position + character.len_utf8());
        }
        if let Some(rest) = self.text.get(position..).filter(|_| !character.is_ascii())
            && let Some(word) = ["から", "부터", "까지"].iter().find(|word| rest.starts_with(**word))
        {
            return Some(position + word.len());
        }
        let end = self.read_word(position)?;
        words::CONNECTORS.binary_search(&self.word.as_str()).is_ok().then_some(end)
    }

    /// The end of a word or phrase for "today" that starts here.
    fn present_at(&mut self, position: usize) -> Option<usize> {
        let rest = self.text.get(position..)?;
        if let Some(phrase) = words::PRESENT_UNSPACED.iter().find(|phrase| rest.starts_with(**phrase)) {
            return Some(position + phrase.len());
        }
        // The longest phrase has four words, an article included.
        let mut ends = [0; 4];
        let mut phrase = String::new();
        let mut best = None;
        let mut at = position;
        for end in &mut ends {
            let Some(word_end) = self.read_word(at) else { break };
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&self.word);
            *end = word_end;
            let is_article = words::ARTICLES.binary_search(&phrase.as_str()).is_ok();
            if words::PRESENT.binary_search(&phrase.as_str()).is_ok() {
                best = Some(word_end);
            }
            if is_article {
                phrase.clear();
            }
            at = self.skip_spaces(if self.char_at(word_end) == Some('.') { word_end + 1 } else { word_end });
        }
        best
    }

    // --- Characters -------------------------------------------------------------------------------------------------------------

    fn char_at(&self, position: usize) -> Option<char> {
        self.text.get(position..)?.chars().next()
    }

    fn is_digit_at(&self, position: usize) -> bool {
        self.char_at(position).and_then(digit).is_some()
    }

    /// Whether a letter or digit of an alphabetic script stands here: what came before is then only part of a token.
    fn is_word_at(&self, position: usize) -> bool {
        self.char_at(position).is_some_and(|c| (c.is_alphanumeric() && !is_unspaced(c)) || c == '_')
    }

    fn continues_word(&self, position: usize) -> bool {
        let before = self.text.get(..position).and_then(|text| text.chars().next_back());
        let here = self.char_at(position);
        match (before, here) {
            (Some(before), Some(here)) if is_apostrophe(here) => before.is_alphanumeric(),
            // A decimal or grouped number, an amount, a version, a path.
            (Some('.' | ','), Some(here)) if digit(here).is_some() => {
                let earlier = self.text.get(..position - 1).and_then(|text| text.chars().next_back());
                earlier.is_some_and(|c| digit(c).is_some())
            }
            (Some('$' | '€' | '£' | '¥' | '₹' | '#' | '_' | '@'), _) => true,
            (Some(before), _) => before.is_alphanumeric() && !is_unspaced(before),
            _ => false,
        }
    }

    /// Whether what stands around a lone number lets it be a year.
    fn is_plain_year(&self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).and_then(|text| text.chars().next_back());
        let after = self.char_at(end);
        let followed_by_digit = |c: char| self.char_at(end + c.len_utf8()).is_some_and(|c| digit(c).is_some());
        !matches!(before, Some('/' | '-' | '+' | '.' | ':' | '='))
            && !matches!(after, Some('%' | '+' | '€' | '$' | '°'))
            && !after.is_some_and(|c| matches!(c, ',' | '.' | ':' | '-' | '/') && followed_by_digit(c))
    }

    /// The end of the number or word that starts here.
    fn skip_token(&self, position: usize) -> usize {
        let rest = self.text.get(position..).unwrap_or_default();
        let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if ascii > 0 && rest.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
            return position + ascii;
        }
        let first_unspaced = rest.chars().next().is_some_and(is_unspaced);
        if first_unspaced {
            return position + rest.chars().next().map_or(0, char::len_utf8);
        }
        position + rest.find(|c: char| !c.is_alphanumeric() || is_unspaced(c)).unwrap_or(rest.len())
    }

    /// A number of at most nine digits: its value, its digits, the position behind it.
    fn number_at(&self, position: usize) -> Option<(i16, usize, usize)> {
        let mut value: i32 = 0;
        let mut digits = 0;
        let mut end = position;
        for character in self.text.get(position..)?.chars() {
            let Some(digit) = digit(character) else { break };
            digits += 1;
            if digits > 4 {
                return None;
            }
            value = value * 10 + digit as i32;
            end += character.len_utf8();
        }
        (digits > 0).then_some((value as i16, digits, end))
    }

    /// Reads the word here into `self.word`, folded; the position behind it.
    fn read_word(&mut self, position: usize) -> Option<usize> {
        self.word.clear();
        let rest = self.text.get(position..)?;
        let mut end = position;
        for character in rest.chars() {
            let is_inner_apostrophe = is_apostrophe(character) && end > position;
            if (!character.is_alphabetic() && !is_combining_mark(character) && !is_inner_apostrophe) || is_unspaced(character) {
                break;
            }
            end += character.len_utf8();
            if end - position > LONGEST_WORD {
                return None;
            }
            words::push_folded(character, &mut self.word);
        }
        // "Mar '21": the apostrophe belongs to what follows.
        while self.text[position..end].ends_with(is_apostrophe) {
            end -= self.text[position..end].chars().next_back().map_or(1, char::len_utf8);
            self.word.pop();
        }
        (end > position && !self.word.is_empty()).then_some(end)
    }

    /// Skips spaces, and at most one line break with what indents the next line; bounded.
    fn skip_spaces(&self, position: usize) -> usize {
        let mut breaks = 0;
        let mut at = position;
        for character in self.text.get(position..).unwrap_or_default().chars().take(16) {
            breaks += usize::from(character == '\n');
            if !(character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')) || breaks > 1 {
                break;
            }
            at += character.len_utf8();
        }
        at
    }

    /// Skips what may stand between the parts of one date.
    fn skip_filler(&mut self, position: usize) -> usize {
        let mut at = self.skip_spaces(position);
        if let Some(',' | '/' | '-' | '.') = self.char_at(at) {
            let is_joined = at == position;
            let is_comma = self.char_at(at) == Some(',');
            if is_comma || is_joined {
                at = if is_comma { self.skip_spaces(at + 1) } else { at + 1 };
            }
        }
        if let Some(end) = self.read_word(at)
            && matches!(self.word.as_str(), "of" | "de" | "del" | "di" | "do" | "des" | "the")
        {
            let behind = self.skip_spaces(end);
            if behind > end {
                return behind;
            }
        }
        at
    }

    /// Russian, Ukrainian and Bulgarian put a word or its first letter behind a year.
    fn skip_year_word(&mut self, end: usize) -> usize {
        let at = self.skip_spaces(end);
        match self.read_word(at) {
            Some(word_end)
                if matches!(self.word.as_str(), "г" | "гг" | "год" | "года" | "году" | "р" | "рр" | "року" | "рік") =>
            {
                if self.char_at(word_end) == Some('.') {
                    word_end + 1
                } else {
                    word_end
                }
            }
            _ => end,
        }
    }
}

fn starts_date(character: char) -> bool {
    character.is_alphabetic() || digit(character).is_some() || is_apostrophe(character)
}
