//! The inner loops over bytes: strings, numbers, white space, lines.

/// What ended the quick part of a string.
pub(super) enum StringEnd {
    /// The closing quote stands at this offset.
    Quote(usize),
    /// A backslash stands at this offset.
    Backslash(usize),
    /// A control character stands at this offset.
    Control(usize),
    /// The text ended.
    EndOfText,
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Finds the next quote, backslash or control character, eight bytes at a time.
#[inline]
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> StringEnd {
    while let Some(chunk) = bytes.get(at..at + 8) {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let special = special_bytes(u64::from_le_bytes(word));
        if special != 0 {
            at += (special.trailing_zeros() / 8) as usize;
            return classify(bytes[at], at);
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            return classify(byte, at);
        }
        at += 1;
    }
    StringEnd::EndOfText
}

/// Has the high bit of the lowest special byte set (higher bytes may be set by borrow, which does not matter: the lowest counts).
#[inline]
const fn special_bytes(word: u64) -> u64 {
    let quotes = word ^ (ONES * b'"' as u64);
    let backslashes = word ^ (ONES * b'\\' as u64);
    let zero_quotes = quotes.wrapping_sub(ONES) & !quotes;
    let zero_backslashes = backslashes.wrapping_sub(ONES) & !backslashes;
    let below_space = word.wrapping_sub(ONES * 0x20) & !word;
    (zero_quotes | zero_backslashes | below_space) & HIGH
}

#[inline]
const fn classify(byte: u8, at: usize) -> StringEnd {
    match byte {
        b'"' => StringEnd::Quote(at),
        b'\\' => StringEnd::Backslash(at),
        _ => StringEnd::Control(at),
    }
}

/// Skips the four white-space characters of JSON.
#[inline]
pub(super) fn skip_white(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// Why a number ended too early.
pub(super) struct NumberFault {
    pub(super) at: usize,
    pub(super) expected: &'static str,
}

/// Reads `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` and answers the offset behind it.
pub(super) fn number_end(bytes: &[u8], mut at: usize) -> Result<usize, NumberFault> {
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        Some(b'1'..=b'9') => digits_end(bytes, at),
        _ => return Err(NumberFault { at, expected: "a digit" }),
    };
    if bytes.get(at) == Some(&b'.') {
        at = some_digits(bytes, at + 1, "a digit behind the decimal point")?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = some_digits(bytes, at, "a digit of the exponent")?;
    }
    Ok(at)
}

fn some_digits(bytes: &[u8], at: usize, expected: &'static str) -> Result<usize, NumberFault> {
    let end = digits_end(bytes, at);
    if end == at { Err(NumberFault { at, expected }) } else { Ok(end) }
}

fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b'0'..=b'9')) {
        at += 1;
    }
    at
}

/// Offsets at which the second and later lines start.
pub(super) fn line_starts(bytes: &[u8]) -> Vec<u32> {
    memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1).collect()
}
