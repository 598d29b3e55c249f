//! What a birth date and a country say for or against a name that fits.

use bonafide_model::time::PartialDate;

use super::{Wanted, entries::Entries};
use crate::entry::Birth;

/// An attribute besides the name, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Qualifier {
    /// What it is: `birth date` or `country`.
    pub attribute: &'static str,
    /// The query's value.
    pub query: String,
    /// The entry's values.
    pub listed: String,
    /// What it says.
    pub speaks: Speaks,
}

/// Whether an attribute speaks for or against a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// Agrees to the day.
    For,
    /// Agrees as far as both are known: a year, a country.
    Somewhat,
    /// Nearly agrees: a year beside, day and month swapped.
    Nearly,
    /// Contradicts.
    Against,
}

impl Speaks {
    /// What it adds to the log-odds of a match.
    const fn log_odds(self) -> f64 {
        match self {
            Self::For => 2.5,
            Self::Somewhat => 0.6,
            Self::Nearly => 0.0,
            Self::Against => -3.0,
        }
    }
}

/// What birth dates and countries say of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'w> {
    birth: Option<(PartialDate, Speaks)>,
    country: Option<&'w str>,
}

impl<'w> Said<'w> {
    /// What is known of birth and countries on both sides.
    pub(super) fn of(entries: &Entries, entry: u32, wanted: &'w Wanted) -> Self {
        // The pair that fits best speaks: several dates are several claims of one person.
        let birth = wanted
            .births
            .iter()
            .flat_map(|date| entries.births(entry).iter().map(|birth| (*date, meets(*date, birth))))
            .max_by(|left, right| left.1.log_odds().total_cmp(&right.1.log_odds()));
        // People move and lists know little: another country says nothing against a match.
        let known = entries.countries(entry);
        let country =
            wanted.countries.iter().find(|country| known.iter().any(|code| code.eq_ignore_ascii_case(country.as_bytes())));
        Self { birth, country: country.map(String::as_str) }
    }

    /// What they add to the log-odds of a match.
    fn log_odds(&self) -> f64 {
        self.birth.map_or(0.0, |(_, speaks)| speaks.log_odds()) + self.country.map_or(0.0, |_| Speaks::Somewhat.log_odds())
    }

    /// The same in words.
    pub(super) fn qualifiers(&self, entries: &Entries, number: u32) -> Vec<Qualifier> {
        let birth = self.birth.map(|(date, speaks)| {
            let listed: Vec<String> = entries.births(number).iter().map(written).collect();
            Qualifier { attribute: "birth date", query: date.to_string(), listed: listed.join("; "), speaks }
        });
        let country = self.country.map(|country| {
            let listed: Vec<&str> = entries.countries(number).iter().filter_map(|code| std::str::from_utf8(code).ok()).collect();
            Qualifier { attribute: "country", query: country.to_owned(), listed: listed.join("; "), speaks: Speaks::Somewhat }
        });
        birth.into_iter().chain(country).collect()
    }
}

/// A score by name with what speaks for and against it.
pub(super) fn qualify(by_name: f64, said: &Said<'_>) -> f64 {
    if by_name <= 0.0 {
        return 0.0;
    }
    let bounded = by_name.clamp(1e-6, 1.0 - 1e-6);
    let odds = (bounded / (1.0 - bounded)).ln() + said.log_odds();
    1.0 / (1.0 + (-odds).exp())
}

fn meets(date: PartialDate, birth: &Birth) -> Speaks {
    let (first, last) = (birth.from.earliest_month(), birth.to.latest_month());
    let (from, to) = (date.earliest_month(), date.latest_month());
    if from <= last && to >= first {
        let exact = birth.from == birth.to && !birth.circa && date == birth.from;
        return match (date, birth.from, birth.to) {
            (PartialDate::Day(_), PartialDate::Day(_), PartialDate::Day(_)) if exact => Speaks::For,
            (PartialDate::Day(_), PartialDate::Day(_), PartialDate::Day(_)) if birth.from == birth.to && !birth.circa => {
                Speaks::Nearly
            }
            _ => Speaks::Somewhat,
        };
    }
    if let (PartialDate::Day(left), PartialDate::Day(right)) = (date, birth.from)
        && left.year() == right.year()
        && left.month() == right.day()
        && left.day() == right.month()
    {
        return Speaks::Nearly;
    }
    let slack = if birth.circa { 24 } else { 12 };
    let apart = if from > last { from.months_since(last) } else { first.months_since(to) };
    if apart <= slack { Speaks::Nearly } else { Speaks::Against }
}

fn written(birth: &Birth) -> String {
    let circa = if birth.circa { "about " } else { "" };
    if birth.from == birth.to { format!("{circa}{}", birth.from) } else { format!("{circa}{} to {}", birth.from, birth.to) }
}
