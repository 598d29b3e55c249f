//! What a birth date and a country say for or against a name that fits.

use bonafide_model::time::PartialDate;

use super::Wanted;
use crate::entry::{Birth, CountryRole, Entry, EntryKind};

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
            Self::For => 2.0,
            Self::Somewhat => 0.6,
            Self::Nearly => 0.0,
            Self::Against => -2.0,
        }
    }
}

/// What is known of birth and countries on both sides.
pub(super) fn of(entry: &Entry, wanted: &Wanted) -> Vec<Qualifier> {
    let mut qualifiers = Vec::new();
    if entry.kind == EntryKind::Person && !entry.births.is_empty() {
        // The pair that fits best speaks: several dates are several claims of one person.
        let best = wanted.births.iter().filter_map(|date| {
            let speaks = entry
                .births
                .iter()
                .map(|birth| meets(*date, birth))
                .max_by(|left, right| left.log_odds().total_cmp(&right.log_odds()))?;
            Some((date, speaks))
        });
        if let Some((date, speaks)) = best.max_by(|left, right| left.1.log_odds().total_cmp(&right.1.log_odds())) {
            let listed: Vec<String> = entry.births.iter().map(written).collect();
            qualifiers.push(Qualifier { attribute: "birth date", query: date.to_string(), listed: listed.join("; "), speaks });
        }
    }
    let known: Vec<&str> = entry
        .countries
        .iter()
        .filter(|country| {
            matches!(
                country.role,
                CountryRole::Nationality | CountryRole::Citizenship | CountryRole::Birth | CountryRole::Address
            )
        })
        .filter_map(|country| country.code.as_deref())
        .collect();
    if !known.is_empty() && !wanted.countries.is_empty() {
        let agrees = wanted.countries.iter().find(|country| known.iter().any(|known| known.eq_ignore_ascii_case(country)));
        // People move and lists know little: another country says nothing against a match.
        if let Some(country) = agrees {
            qualifiers.push(Qualifier {
                attribute: "country",
                query: country.clone(),
                listed: known.join("; "),
                speaks: Speaks::Somewhat,
            });
        }
    }
    qualifiers
}

/// A score by name with what speaks for and against it.
pub(super) fn qualify(by_name: f64, qualifiers: &[Qualifier]) -> f64 {
    if by_name <= 0.0 {
        return 0.0;
    }
    let bounded = by_name.clamp(0.001, 0.995);
    let sum: f64 = qualifiers.iter().map(|qualifier| qualifier.speaks.log_odds()).sum();
    let odds = (bounded / (1.0 - bounded)).ln() + sum;
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
