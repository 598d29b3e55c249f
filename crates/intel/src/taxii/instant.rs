//! Instants as TAXII and STIX write them.

use jiff::Timestamp;

/// Reads an instant: `2026-11-22T09:13:55.123456Z`, any number of decimals up to nine, always of UTC (RFC 3339 with the letter Z).
///
/// ```
/// use bonafide_intel::taxii::parse_instant;
/// assert!(parse_instant("2026-11-22T09:13:55.1Z").is_some());
/// assert!(parse_instant("2026-11-22T09:13:55+01:00").is_none() && parse_instant("yesterday").is_none());
/// ```
#[must_use]
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let has = |at: usize, sign: u8| bytes.get(at) == Some(&sign);
    let has_form = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18].into_iter().all(is_digit)
        && has(4, b'-')
        && has(7, b'-')
        && has(10, b'T')
        && has(13, b':')
        && has(16, b':');
    let decimals = text.get(19..)?.strip_suffix('Z')?;
    let decimals_are_right = match decimals.strip_prefix('.') {
        None => decimals.is_empty(),
        Some(digits) => (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()),
    };
    // A leap second would be brought to the second before.
    if !has_form || !decimals_are_right || &bytes[17..19] == b"60" {
        return None;
    }
    text.parse().ok()
}

/// Writes microseconds since 1970 as an instant with six decimals, which is how TAXII writes all of its own (section 1.6.4).
#[must_use]
pub fn write_instant(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map_or_else(|_| "1970-01-01T00:00:00.000000Z".to_owned(), |at| with_decimals(at, 6))
}

/// An instant with so many decimals, three at least unless there are none.
pub(super) fn with_decimals(at: Timestamp, decimals: u8) -> String {
    format!("{at:.*}", usize::from(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_and_written() {
        let at = parse_instant("2026-11-22T09:13:55.123456Z").unwrap();
        assert_eq!(write_instant(at.as_microsecond()), "2026-11-22T09:13:55.123456Z");
        assert_eq!(with_decimals(parse_instant("2017-01-01T12:34:56Z").unwrap(), 3), "2017-01-01T12:34:56.000Z");
        assert_eq!(parse_instant("2017-01-01T12:34:56Z"), parse_instant("2017-01-01T12:34:56.000Z"));
        for bad in [
            "",
            "Z",
            "2017",
            "2017-01-01",
            "2017-01-01T12:34:56",
            "2017-01-01 12:34:56Z",
            "2017-13-01T12:34:56Z",
            "2017-01-01T12:34:56.Z",
            "2017-01-01T12:34:56.1234567890Z",
            "2017-01-01T12:34:60Z",
            "2017-01-01t12:34:56z",
            "2017-02-30T12:34:56Z",
            "２０17-01-01T12:34:56Z",
            "2017-01-01T12:34:56.1aZ",
        ] {
            assert_eq!(parse_instant(bad), None, "{bad}");
        }
    }
}
