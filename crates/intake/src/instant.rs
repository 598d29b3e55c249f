//! Instants as foreign systems write them: RFC 3339, git's ISO form, or seconds and milliseconds since 1970.

use bonafide_model::time::UtcOffset;
use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// An instant and the clock it was written by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    /// The instant.
    pub at: Timestamp,
    /// Distance of the writing clock from UTC.
    pub offset: UtcOffset,
    /// The writer's wall clock.
    pub wall: DateTime,
}

impl Instant {
    /// Reads `2024-05-14T16:34:59-04:00`, also with a space for the `T`, fractions of a second, an offset without its colon or
    /// after a space (git's `--date=iso`), and `Z`. A time without an offset is taken as UTC, as applicant systems mean it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = text.as_bytes();
        if bytes.len() < 16 || !text.is_ascii() || bytes[4] != b'-' || bytes[7] != b'-' || bytes[13] != b':' {
            return None;
        }
        if !matches!(bytes[10], b'T' | b't' | b' ') {
            return None;
        }
        let number = |from: usize, to: usize| -> Option<i16> {
            bytes
                .get(from..to)?
                .iter()
                .try_fold(0_i16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0')))
        };
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute) = (number(11, 13)?, number(14, 16)?);
        let mut rest = 16;
        let mut second = 0;
        let mut nanos = 0_i32;
        if bytes.get(16) == Some(&b':') {
            // A leap second has no instant of its own; it is the end of its minute.
            second = number(17, 19)?.min(if number(17, 19)? == 60 { 59 } else { i16::MAX });
            rest = 19;
            if matches!(bytes.get(19), Some(b'.' | b',')) {
                rest = 20;
                let mut unit = 100_000_000_i32;
                while let Some(digit) = bytes.get(rest).filter(|byte| byte.is_ascii_digit()) {
                    nanos += i32::from(digit - b'0') * unit;
                    unit /= 10;
                    rest += 1;
                }
                if rest == 20 {
                    return None;
                }
            }
        }
        let offset = match text[rest..].trim_start() {
            "" => UtcOffset::UTC,
            zone if zone.eq_ignore_ascii_case("utc") => UtcOffset::UTC,
            zone if zone.len() == 3 => format!("{zone}00").parse().ok()?,
            zone => zone.parse().ok()?,
        };
        let small = |number: i16| i8::try_from(number).ok();
        let wall = DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, nanos).ok()?;
        let at = Offset::from_seconds(offset.minutes() * 60).ok()?.to_timestamp(wall).ok()?;
        (year >= 1).then_some(Self { at, offset, wall })
    }

    /// Reads a number since 1970: seconds where it is below 10¹¹ (the year 5138), milliseconds above.
    pub(crate) fn of_number(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > 2.5e14 {
            return None;
        }
        let millis = if number.abs() < 1e11 { number * 1000.0 } else { number };
        let at = Timestamp::from_millisecond(millis as i64).ok()?;
        Some(Self { at, offset: UtcOffset::UTC, wall: Offset::UTC.to_datetime(at) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_one_instant() {
        let forms = [
            "2024-05-14T16:34:59-04:00",
            "2024-05-14 16:34:59 -0400",
            "2024-05-14T20:34:59Z",
            "2024-05-14T20:34:59.000Z",
            "2024-05-14 20:34:59",
            "2024-05-14T16:34:59-04",
        ];
        for form in forms {
            assert_eq!(Instant::parse(form).expect(form).at.to_string(), "2024-05-14T20:34:59Z", "{form}");
        }
        let clock = Instant::parse("2024-06-16T20:16:52+03:30").expect("reads");
        assert_eq!((clock.offset.to_string().as_str(), clock.wall.hour()), ("+03:30", 20));
    }

    #[test]
    fn what_is_no_instant() {
        for text in [
            "",
            "2024-05-14",
            "2024-02-30T10:00:00Z",
            "2024-05-14T25:00:00Z",
            "2024-05-14T10:00:00+99:00",
            "0000-01-01T00:00:00Z",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
        assert_eq!(Instant::of_number(f64::NAN), None);
        assert_eq!(Instant::of_number(1e300), None);
    }

    #[test]
    fn numbers_are_seconds_or_milliseconds() {
        let seconds = Instant::of_number(1_793_610_845.0).expect("reads");
        assert_eq!(Some(seconds), Instant::of_number(1_793_610_845_000.0));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = Instant::parse(&text);
        }

        #[test]
        fn the_wall_clock_is_the_instant_plus_the_offset(seconds in 0_i64..4_000_000_000, minutes in -1080_i32..=1080) {
            let offset = UtcOffset::from_minutes(minutes).expect("in range");
            let wall = Offset::from_seconds(minutes * 60).expect("in range")
                .to_datetime(Timestamp::from_second(seconds).expect("in range"));
            let read = Instant::parse(&format!("{wall}{offset}")).expect("reads");
            prop_assert_eq!((read.at.as_second(), read.offset, read.wall), (seconds, offset, wall));
        }
    }
}
