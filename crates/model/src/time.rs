//! Dates as applications state them: often a month, sometimes only a year.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// A calendar month. Months count from 1; years lie in 1…9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i16,
    month: i8,
}

/// A text that is not a month.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not a month: expected YYYY-MM with a year from 0001 to 9999")]
pub struct NotAMonth(pub String);

impl YearMonth {
    /// A month; `None` outside the years 1…9999 or the months 1…12.
    #[must_use]
    pub const fn new(year: i16, month: i8) -> Option<Self> {
        if year < 1 || year > 9999 || month < 1 || month > 12 { None } else { Some(Self { year, month }) }
    }

    /// The month a day lies in.
    #[must_use]
    pub fn of_date(date: Date) -> Self {
        Self { year: date.year().max(1), month: date.month() }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1…12.
    #[must_use]
    pub const fn month(self) -> i8 {
        self.month
    }

    /// Whole months from `earlier` to `self`; negative where `self` is the earlier one.
    #[must_use]
    pub const fn months_since(self, earlier: Self) -> i32 {
        (self.year as i32 - earlier.year as i32) * 12 + self.month as i32 - earlier.month as i32
    }
}

impl FromStr for YearMonth {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAMonth(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let month = month.parse().map_err(|_| wrong())?;
        Self::new(year, month).ok_or_else(wrong)
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for YearMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A date to the precision it was given in: `2021`, `2021-03` or `2021-03-14`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// Only a year.
    Year(i16),
    /// A month.
    Month(YearMonth),
    /// A day.
    Day(Date),
}

/// A text that is not a date.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not a date: expected YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NotADate(pub String);

impl PartialDate {
    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) => year,
            Self::Month(month) => month.year(),
            Self::Day(date) => date.year(),
        }
    }

    /// The earliest month the date may mean.
    #[must_use]
    pub fn earliest_month(self) -> YearMonth {
        match self {
            Self::Year(year) => YearMonth { year, month: 1 },
            Self::Month(month) => month,
            Self::Day(date) => YearMonth::of_date(date),
        }
    }

    /// The latest month the date may mean.
    #[must_use]
    pub fn latest_month(self) -> YearMonth {
        match self {
            Self::Year(year) => YearMonth { year, month: 12 },
            other => other.earliest_month(),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotADate(text.to_owned());
        match text.len() {
            4 => text.parse().ok().filter(|year| (1..=9999).contains(year)).map(Self::Year).ok_or_else(wrong),
            7 => text.parse().map(Self::Month).map_err(|_| wrong()),
            10 => text.parse().ok().filter(|date: &Date| date.year() >= 1).map(Self::Day).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Month(month) => write!(formatter, "{month}"),
            Self::Day(date) => write!(formatter, "{date}"),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A distance from UTC in minutes, from −18 to +18 hours, written `+05:30`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset(i16);

/// A text or number that is not an offset from UTC.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not an offset from UTC: expected +HH:MM within 18 hours")]
pub struct NotAnOffset(pub String);

impl UtcOffset {
    /// UTC itself.
    pub const UTC: Self = Self(0);

    /// An offset from minutes east of Greenwich; `None` beyond 18 hours.
    #[must_use]
    pub const fn from_minutes(minutes: i32) -> Option<Self> {
        if minutes < -18 * 60 || minutes > 18 * 60 { None } else { Some(Self(minutes as i16)) }
    }

    /// Minutes east of Greenwich.
    #[must_use]
    pub const fn minutes(self) -> i32 {
        self.0 as i32
    }
}

impl FromStr for UtcOffset {
    type Err = NotAnOffset;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAnOffset(text.to_owned());
        if matches!(text, "Z" | "z") {
            return Ok(Self::UTC);
        }
        let (sign, digits) = match text.as_bytes().first() {
            Some(b'+') => (1, &text[1..]),
            Some(b'-') => (-1, &text[1..]),
            _ => return Err(wrong()),
        };
        let digits: String = digits.chars().filter(|&c| c != ':').collect();
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let number: i32 = digits.parse().map_err(|_| wrong())?;
        if number % 100 > 59 {
            return Err(wrong());
        }
        Self::from_minutes(sign * (number / 100 * 60 + number % 100)).ok_or_else(wrong)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(formatter, "{sign}{:02}:{:02}", self.0.abs() / 60, self.0.abs() % 60)
    }
}

impl fmt::Debug for UtcOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

macro_rules! serde_as_text {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
serde_as_text!(YearMonth, PartialDate, UtcOffset);

/// When a job or a course ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Nothing is said.
    #[default]
    Unknown,
    /// It goes on: "present", "today", or a job without an end.
    Present,
    /// It ended then.
    On(PartialDate),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_are_counted_from_calendar_months() {
        let month = |text: &str| text.parse::<YearMonth>().expect("a month");
        assert_eq!(month("2020-03").months_since(month("2019-12")), 3);
        assert_eq!(month("2019-12").months_since(month("2020-03")), -3);
        assert!("2020-13".parse::<YearMonth>().is_err());
        assert!("0000-01".parse::<YearMonth>().is_err());
        assert!("+020-01".parse::<YearMonth>().is_ok_and(|month| month.year() == 20));
    }

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2021", "2021-03", "2021-03-14"] {
            assert_eq!(text.parse::<PartialDate>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
        assert!("2021-02-30".parse::<PartialDate>().is_err());
        assert!("0000".parse::<PartialDate>().is_err());
        let year: PartialDate = "2021".parse().expect("a year");
        assert_eq!(year.earliest_month().to_string(), "2021-01");
        assert_eq!(year.latest_month().to_string(), "2021-12");
    }

    proptest! {
        #[test]
        fn offsets_survive_text(minutes in -1080_i32..=1080) {
            let offset = UtcOffset::from_minutes(minutes).expect("in range");
            prop_assert_eq!(offset.to_string().parse(), Ok(offset));
        }

        #[test]
        fn no_text_panics(text in ".{0,12}") {
            let _ = text.parse::<YearMonth>();
            let _ = text.parse::<PartialDate>();
            let _ = text.parse::<UtcOffset>();
        }
    }
}
