//! Places in a text by UTF-16 code units, as Telegram counts them, and by bytes, as everything here does.

use std::ops::Range;

/// One text's places in both counts. Both ways are a binary search over the characters outside ASCII.
///
/// ```
/// use bonafide_intel::extract::Utf16Places;
/// let text = "🙂 roe@site.example";
/// let places = Utf16Places::of(text);
/// assert_eq!(places.bytes(3..19).map(|range| &text[range]), Some("roe@site.example"));
/// assert_eq!(places.units(5..21), Some(3..19));
/// ```
#[derive(Clone, Debug)]
pub struct Utf16Places {
    /// For each character outside ASCII: its first byte, its first unit, its length in bytes and in units.
    wide: Vec<Wide>,
    bytes: usize,
    units: usize,
}

#[derive(Clone, Copy, Debug)]
struct Wide {
    byte: usize,
    unit: usize,
    bytes: usize,
    units: usize,
}

impl Utf16Places {
    /// The places of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut saved = 0;
        if !text.is_ascii() {
            for (byte, character) in text.char_indices().filter(|(_, character)| !character.is_ascii()) {
                let (bytes, units) = (character.len_utf8(), character.len_utf16());
                wide.push(Wide { byte, unit: byte - saved, bytes, units });
                saved += bytes - units;
            }
        }
        Self { wide, bytes: text.len(), units: text.len() - saved }
    }

    /// The bytes of a range of UTF-16 units; `None` where it is backwards, lies outside, or cuts a character in two.
    #[must_use]
    pub fn bytes(&self, units: Range<usize>) -> Option<Range<usize>> {
        let (start, end) = (self.byte(units.start)?, self.byte(units.end)?);
        (start <= end).then_some(start..end)
    }

    /// The UTF-16 units of a range of bytes; `None` where it is backwards, lies outside, or cuts a character in two.
    #[must_use]
    pub fn units(&self, bytes: Range<usize>) -> Option<Range<usize>> {
        let (start, end) = (self.unit(bytes.start)?, self.unit(bytes.end)?);
        (start <= end).then_some(start..end)
    }

    fn byte(&self, unit: usize) -> Option<usize> {
        if unit > self.units {
            return None;
        }
        let Some(wide) = self.last(|wide| wide.unit < unit) else { return Some(unit) };
        let behind = unit.checked_sub(wide.unit + wide.units)?;
        Some(wide.byte + wide.bytes + behind)
    }

    fn unit(&self, byte: usize) -> Option<usize> {
        if byte > self.bytes {
            return None;
        }
        let Some(wide) = self.last(|wide| wide.byte < byte) else { return Some(byte) };
        let behind = byte.checked_sub(wide.byte + wide.bytes)?;
        Some(wide.unit + wide.units + behind)
    }

    /// The last wide character that begins before a place.
    fn last(&self, is_before: impl Fn(&Wide) -> bool) -> Option<&Wide> {
        self.wide.partition_point(is_before).checked_sub(1).and_then(|index| self.wide.get(index))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_surrogate_pair_is_not_cut() {
        let places = Utf16Places::of("a🙂é");
        assert_eq!(places.bytes(1..3), Some(1..5));
        assert_eq!(places.bytes(1..2), None);
        assert_eq!(places.units(1..6), None);
        assert_eq!(places.bytes(0..5), None);
        assert_eq!(places.units(5..7), Some(3..4));
    }

    proptest! {
        #[test]
        fn both_ways_meet(text in ".{0,40}") {
            let places = Utf16Places::of(&text);
            let units: Vec<u16> = text.encode_utf16().collect();
            for unit in 0..=units.len() {
                let expected = String::from_utf16(&units[..unit]).ok().map(|before| 0..before.len());
                prop_assert_eq!(places.bytes(0..unit), expected.clone());
                if let Some(bytes) = expected {
                    prop_assert_eq!(places.units(bytes), Some(0..unit));
                }
            }
        }
    }
}
