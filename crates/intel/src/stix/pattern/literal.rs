//! Values in patterns.

use std::borrow::Cow;

use crate::stix::timestamp::Timestamp;

/// A value. Numbers and instants stay as they were written: nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal<'a> {
    /// `'…'`, its escapes taken out.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(&'a str),
    /// A number with a fraction.
    Float(&'a str),
    /// `true` or `false`.
    Bool(bool),
    /// `h'…'`: pairs of hexadecimal digits.
    Hex(&'a str),
    /// `b'…'`: base64.
    Binary(&'a str),
    /// `t'…'`: an instant.
    Timestamp(&'a str),
}

/// Whether a text is an instant as patterns and objects write it: in UTC, with a real date, and seconds.
pub fn is_timestamp(text: &str) -> bool {
    Timestamp::parse(text).is_some()
}

/// Whether a text is hexadecimal digits in pairs.
pub(super) fn is_hex(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
