//! What a piece of text may mean as a date, and how two ends of a range settle it.

use std::ops::Range;

use bonafide_model::time::{End, PartialDate, YearMonth};
use jiff::civil::Date;

/// Years a number standing alone in running text may mean.
pub(super) const PLAIN_YEARS: Range<i16> = 1900..2101;

/// A date before its ambiguities are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A date that stands by itself.
    Date(PartialDate),
    /// A year, in four digits.
    Year(i16),
    /// A year in two digits behind an apostrophe.
    ShortYear(i16),
    /// A span of months inside a year: quarter, half-year.
    Months { year: i16, first: i8, last: i8 },
    /// A month without a year.
    MonthOnly(i8),
    /// A month and a number that is a day or a two-digit year (`Jan 19`).
    MonthAndNumber { month: i8, number: i16 },
    /// A day and a month (`19 January`).
    DayAndMonth { month: i8, day: i16 },
    /// Month and two-digit year in numbers (`03/21`).
    ShortNumeric { month: i8, year: i16 },
}

/// What ends a range.
#[derive(Clone, Copy)]
pub(super) enum RangeEnd {
    Present,
    Shape(Shape),
}

/// The date of a shape that stands alone; none where it is half a date.
pub(super) fn single(shape: Shape) -> Option<PartialDate> {
    match shape {
        Shape::Date(date) => Some(date),
        Shape::Months { year, .. } => Some(PartialDate::Year(year)),
        _ => None,
    }
}

pub(super) fn plain_year(shape: Shape) -> Option<PartialDate> {
    match shape {
        Shape::Year(year) if PLAIN_YEARS.contains(&year) => Some(PartialDate::Year(year)),
        _ => None,
    }
}

/// Both ends of a range, each helping to read the other.
pub(super) fn resolve(start: Shape, end: RangeEnd) -> Option<(PartialDate, End)> {
    let RangeEnd::Shape(end) = end else {
        return Some((range_start(start, None)?, End::Present));
    };
    let last = match (start, end) {
        (_, Shape::Date(date)) => date,
        (Shape::Year(first), Shape::Year(year)) if PLAIN_YEARS.contains(&first) && PLAIN_YEARS.contains(&year) => {
            PartialDate::Year(year)
        }
        (Shape::Year(_), Shape::Year(_)) => return None,
        (_, Shape::Year(year) | Shape::ShortYear(year)) => PartialDate::Year(valid_year(year)?),
        (_, Shape::Months { year, last, .. }) => PartialDate::Month(YearMonth::new(year, last)?),
        (Shape::MonthAndNumber { .. }, Shape::MonthAndNumber { month, number }) => {
            PartialDate::Month(YearMonth::new(century(number), month)?)
        }
        (Shape::ShortNumeric { .. }, Shape::ShortNumeric { month, year }) => PartialDate::Month(YearMonth::new(year, month)?),
        _ => return None,
    };
    Some((range_start(start, Some((last, end)))?, End::On(last)))
}

pub(super) fn range_start(start: Shape, end: Option<(PartialDate, Shape)>) -> Option<PartialDate> {
    let month = |year, month| YearMonth::new(year, month).map(PartialDate::Month);
    // The year of the end, or the one before where the start's month lies behind the end's.
    let borrowed_year = |month: i8| match end?.0 {
        PartialDate::Year(_) => None,
        date => Some(if month > date.earliest_month().month() { date.year() - 1 } else { date.year() }),
    };
    match start {
        Shape::Date(date) => Some(date),
        Shape::Year(year) => {
            (PLAIN_YEARS.contains(&year) || end.is_some_and(|(_, shape)| !matches!(shape, Shape::Year(_)))).then_some(())?;
            valid_year(year).map(PartialDate::Year)
        }
        Shape::ShortYear(year) => valid_year(year).map(PartialDate::Year),
        Shape::Months { year, first, .. } => month(year, first),
        Shape::MonthOnly(first) => month(borrowed_year(first)?, first),
        Shape::MonthAndNumber { month: first, number } => match end {
            Some((PartialDate::Day(_), Shape::Date(_))) => day_of(borrowed_year(first)?, first.into(), number),
            _ => month(century(number), first),
        },
        Shape::DayAndMonth { month: first, day } => day_of(borrowed_year(first)?, first.into(), day),
        Shape::ShortNumeric { month: first, year } => month(year, first),
    }
}

/// Three numbers: day, month and year in the order that is possible; the year alone where two are.
pub(super) fn three_numbers(first: i16, second: i16, year: i16, separator: char) -> Option<PartialDate> {
    let day_month = day_of(year, second, first);
    let month_day = day_of(year, first, second);
    match (day_month, month_day) {
        (Some(date), _) if separator == '.' => Some(date),
        (Some(one), Some(other)) if one != other => Some(PartialDate::Year(year)),
        (Some(date), _) | (None, Some(date)) => Some(date),
        (None, None) => None,
    }
}

pub(super) fn valid_year(year: i16) -> Option<i16> {
    (1..=9999).contains(&year).then_some(year)
}

pub(super) fn month_of(year: i16, month: i16) -> Option<YearMonth> {
    YearMonth::new(year, i8::try_from(month).ok()?)
}

pub(super) fn day_of(year: i16, month: i16, day: i16) -> Option<PartialDate> {
    valid_year(year)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(PartialDate::Day)
}

/// The year of a two-digit year.
pub(super) const fn century(short: i16) -> i16 {
    if short < 50 { 2000 + short } else { 1900 + short }
}
