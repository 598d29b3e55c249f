//! Instants as STIX writes them: `2026-11-22T10:00:00.000Z` (section 2.13).

/// An instant, ordered by time.
///
/// The text it was read from keeps the digits; this holds nanoseconds, and what is written beyond them does not order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Milliseconds since the beginning of year 0, in the proleptic calendar without leap seconds.
    milliseconds: u64,
    /// Nanoseconds of the millisecond.
    nanoseconds: u32,
    /// Digits of the fraction of a second.
    pub precision: u8,
}

impl Timestamp {
    /// Reads an instant: UTC with `Z`, a real date, seconds from 00 to 59, any number of digits behind the point.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (&[.., b'Z'], true) = (bytes, bytes.len() >= 20) else { return None };
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if separators.iter().any(|(at, sign)| bytes[*at] != *sign) {
            return None;
        }
        let number = |from: usize, to: usize| {
            bytes[from..to].iter().try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
        };
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        if !(1..=12).contains(&month) || day == 0 || day > days_of(year, month) || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let fraction = match &bytes[19..bytes.len() - 1] {
            [] => &[][..],
            [b'.', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => digits,
            _ => return None,
        };
        let nanoseconds = (0..9).fold(0_u32, |sum, at| sum * 10 + fraction.get(at).map_or(0, |digit| u32::from(digit - b'0')));
        let days = days_before(year) + (1..month).map(|month| u64::from(days_of(year, month))).sum::<u64>() + u64::from(day) - 1;
        let seconds = ((days * 24 + u64::from(hour)) * 60 + u64::from(minute)) * 60 + u64::from(second);
        Some(Self {
            milliseconds: seconds * 1_000 + u64::from(nanoseconds / 1_000_000),
            nanoseconds: nanoseconds % 1_000_000,
            precision: u8::try_from(fraction.len()).unwrap_or(u8::MAX),
        })
    }

    /// The instant cut to whole milliseconds, the precision in which versions of objects are compared (section 3.2).
    pub fn to_milliseconds(self) -> u64 {
        self.milliseconds
    }
}

fn days_before(year: u32) -> u64 {
    let year = u64::from(year);
    let leap_days = if year == 0 { 0 } else { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1 };
    year * 365 + leap_days
}

fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn instants_are_ordered_by_time() {
        let ordered = [
            "1999-12-31T23:59:59Z",
            "2000-02-29T00:00:00Z",
            "2000-03-01T00:00:00Z",
            "2016-04-06T20:03:48.000Z",
            "2016-04-06T20:03:48.0001Z",
            "2016-04-06T20:03:48.123Z",
        ];
        assert!(ordered.map(|text| Timestamp::parse(text).expect(text)).is_sorted());
        assert_eq!(Timestamp::parse(ordered[3]).map(|instant| instant.precision), Some(3));
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        let wrong = [
            "",
            "Z",
            "2016-04-06T20:03:48",
            "2016-04-06 20:03:48Z",
            "2016-13-06T20:03:48Z",
            "2017-02-29T00:00:00Z",
            "2016-04-31T00:00:00Z",
            "2016-04-06T24:00:00Z",
            "2016-04-06T20:60:00Z",
            "2016-04-06T20:03:61Z",
            "2016-04-06T20:03:48.Z",
            "2016-04-06T20:03:48+00:00",
            "2016-04-06t20:03:48z",
            "2016-4-6T20:03:48Z",
            "２０16-04-06T20:03:48Z",
        ];
        wrong.iter().for_each(|text| assert_eq!(Timestamp::parse(text), None, "{text}"));
    }
}
