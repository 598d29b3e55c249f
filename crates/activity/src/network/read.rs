//! Files of ranges: one a line, or a table with a column `cidr`.

use std::net::IpAddr;

use super::{Ranges, canonical};

/// Longer lines are no ranges.
const LONGEST: usize = 1_000;
/// Refused lines that are kept; all are counted.
const KEPT: usize = 100;

/// What was read of a file of ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RangeFile {
    /// The ranges.
    pub ranges: Ranges,
    /// Lines that hold none; at most a hundred of them.
    pub refused: Vec<RefusedLine>,
    /// How many lines hold none.
    pub refused_count: usize,
}

/// A line that holds no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Its number, from 1.
    pub line: usize,
    /// Its start.
    pub text: String,
}

impl RangeFile {
    /// Whether the file is one of ranges: most of its lines are.
    #[must_use]
    pub fn is_ranges(&self) -> bool {
        !self.ranges.is_empty() && self.refused_count * 10 <= self.ranges.len()
    }
}

/// Reads ranges. Empty lines and comments are none; whatever else cannot be read is counted and named.
#[must_use]
pub fn read_ranges(bytes: &[u8]) -> RangeFile {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut file = RangeFile::default();
    // A table names its columns first.
    let column = text.lines().next().and_then(cidr_column);
    for (number, line) in text.lines().enumerate().skip(usize::from(column.is_some())) {
        let content = line.split(['#', ';']).next().unwrap_or_default().trim();
        let cell = column.map_or(content, |column| content.split(',').nth(column).unwrap_or_default().trim_matches(['"', ' ']));
        if content.is_empty() {
            continue;
        }
        match range(cell) {
            Some(Range::V4(start, end)) => file.ranges.v4.push((start, end)),
            Some(Range::V6(start, end)) => file.ranges.v6.push((start, end)),
            None => {
                file.refused_count += 1;
                if file.refused.len() < KEPT {
                    file.refused.push(RefusedLine { line: number + 1, text: line.chars().take(80).collect() });
                }
            }
        }
    }
    file
}

fn cidr_column(heading: &str) -> Option<usize> {
    let names = ["cidr", "range", "network", "prefix"];
    heading.split(',').position(|cell| names.iter().any(|name| cell.trim_matches(['"', ' ']).eq_ignore_ascii_case(name)))
}

enum Range {
    V4(u32, u32),
    V6(u128, u128),
}

fn range(text: &str) -> Option<Range> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some((start, end)) = text.split_once('-') {
        let (start, end) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
        return match (canonical(start), canonical(end)) {
            (IpAddr::V4(start), IpAddr::V4(end)) if start <= end => Some(Range::V4(start.to_bits(), end.to_bits())),
            (IpAddr::V6(start), IpAddr::V6(end)) if start <= end => Some(Range::V6(start.to_bits(), end.to_bits())),
            _ => None,
        };
    }
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address.trim().parse::<IpAddr>().ok()?, Some(length.trim().parse::<u32>().ok()?)),
        None => (text.parse::<IpAddr>().ok()?, None),
    };
    match address {
        IpAddr::V4(address) => {
            let length = length.unwrap_or(32);
            // Bits behind the prefix; a shift by the whole width is none.
            let rest = u32::MAX.checked_shr(length).unwrap_or(0);
            (length <= 32).then(|| Range::V4(address.to_bits() & !rest, address.to_bits() | rest))
        }
        IpAddr::V6(address) => {
            let length = length.unwrap_or(128);
            let rest = u128::MAX.checked_shr(length).unwrap_or(0);
            let range = || match (address.to_ipv4_mapped(), length.checked_sub(96)) {
                (Some(address), Some(length)) => {
                    let rest = u32::MAX.checked_shr(length).unwrap_or(0);
                    Range::V4(address.to_bits() & !rest, address.to_bits() | rest)
                }
                _ => Range::V6(address.to_bits() & !rest, address.to_bits() | rest),
            };
            (length <= 128).then(range)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_tables_and_comments() {
        let file = read_ranges(b"\xef\xbb\xbf# list\n\n203.0.113.0/24 # exit\n203.0.113.9;x\n2001:db8::/32\nAS64500 # none\n10.0.0.9-10.0.0.1\n1.2.3.4/33\n");
        assert_eq!((file.ranges.len(), file.refused_count), (3, 3));
        assert_eq!(file.refused[0], RefusedLine { line: 6, text: "AS64500 # none".into() });
        assert!(!file.is_ranges());
        let table = read_ranges(b"meaning,cidr,basis\nan example,\"198.51.100.0/24\",none\n");
        assert_eq!((table.ranges.len(), table.is_ranges()), (1, true));
        assert!(!read_ranges(b"employer,founded\nExample,1999\n").is_ranges() && !read_ranges(b"").is_ranges());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let file = read_ranges(&bytes);
            prop_assert!(file.refused.len() <= file.refused_count.min(KEPT));
        }
    }
}
