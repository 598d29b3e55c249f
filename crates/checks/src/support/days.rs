//! Days and the distances between them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The UTC day of an instant.
pub(crate) fn utc(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Whole days from one instant to another; negative where the second is the earlier one.
pub(crate) fn between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).div_euclid(24 * 3600)
}

/// A length of time as people say it: `26 hours`, `3 days`, `2 years and 3 months`.
pub(crate) fn length(seconds: i64) -> String {
    let plural = |number: i64, noun: &str| super::words::count(number.max(0), noun);
    let days = seconds / 86_400;
    match days {
        0..2 if seconds < 3600 => plural(seconds / 60, "minute"),
        0..2 => plural(seconds / 3600, "hour"),
        2..=60 => plural(days, "day"),
        _ => months((days as f64 / 30.44).round() as i32),
    }
}

/// Months as people say them: `7 months`, `2 years`, `2 years and 3 months`.
pub(crate) fn months(months: i32) -> String {
    let plural = |number: i32, noun: &str| super::words::count(number.max(0), noun);
    match (months / 12, months % 12) {
        (0, months) => plural(months, "month"),
        (years, 0) => plural(years, "year"),
        (years, months) => format!("{} and {}", plural(years, "year"), plural(months, "month")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_in_the_fitting_unit() {
        let said = [90, 3 * 3600, 26 * 3600, 3 * 86_400, 800 * 86_400].map(length);
        assert_eq!(said, ["1 minute", "3 hours", "26 hours", "3 days", "2 years and 2 months"]);
        assert_eq!([months(1), months(24)], ["1 month", "2 years"]);
    }

    #[test]
    fn days_between_instants() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        assert_eq!(between(at("2024-01-01T23:00:00Z"), at("2024-01-03T01:00:00Z")), 1);
        assert_eq!(between(at("2024-01-03T01:00:00Z"), at("2024-01-01T23:00:00Z")), -2);
    }
}
