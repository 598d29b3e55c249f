//! Cursors: where a page ended, and what was asked for.
//!
//! A cursor names the collection, the user, the endpoint and the filter that it belongs to, under a seal that only the server can make:
//! with another collection, in another's hands or with another filter it is refused. It may be used again, so that a page that was lost on
//! the way can be asked for once more; and by itself, for it holds the filter.

use std::fmt::Write as _;

use super::Filter;

/// Bytes of the seal.
const SEAL: usize = 16;
/// The first byte of every cursor.
const FORM: u8 = 1;
/// Bytes of a cursor at most: its filter came in a request line.
const MOST_BYTES: usize = 32 << 10;

/// What a cursor is sealed with.
#[derive(Clone)]
pub struct CursorKey([u8; 32]);

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CursorKey(…)")
    }
}

/// What is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The objects of a collection.
    Objects,
    /// What is known of them.
    Manifest,
    /// One object.
    Object,
    /// The versions of one object.
    Versions,
}

/// Whom and what a cursor is for.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'p> {
    /// The collection.
    pub collection: &'p str,
    /// The user.
    pub user: &'p str,
    /// What is paged.
    pub endpoint: Endpoint,
    /// The object, where one is asked for; empty elsewhere.
    pub object: &'p str,
}

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When the last object of the page was added, in microseconds since 1970.
    pub after: i64,
    /// What was asked for.
    pub filter: Filter,
}

impl CursorKey {
    /// From 32 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Writes a cursor down.
    #[must_use]
    pub fn seal(&self, cursor: &Cursor, purpose: &Purpose<'_>) -> String {
        let filter = cursor.filter.canonical();
        let seal = self.seal_of(cursor.after, &filter, purpose);
        let bytes = [FORM].into_iter().chain(cursor.after.to_be_bytes()).chain(seal).chain(filter.into_bytes());
        bytes.fold(String::new(), |mut text, byte| {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Reads a cursor; `None` where it was made for anything else, or by somebody else.
    #[must_use]
    pub fn open(&self, text: &str, purpose: &Purpose<'_>) -> Option<Cursor> {
        let bytes = hexadecimal(text)?;
        let (&form, rest) = bytes.split_first()?;
        let (after, rest) = rest.split_first_chunk::<8>()?;
        let (seal, filter) = rest.split_first_chunk::<SEAL>()?;
        let after = i64::from_be_bytes(*after);
        let filter = std::str::from_utf8(filter).ok()?;
        let expected = self.seal_of(after, filter, purpose);
        // Compared as hashes are: no byte tells how many before it were right.
        let differing = seal.iter().zip(expected).fold(0, |differing, (one, other)| differing | (one ^ other));
        if form != FORM || differing != 0 {
            return None;
        }
        Some(Cursor { after, filter: Filter::of_canonical(filter)? })
    }

    fn seal_of(&self, after: i64, filter: &str, purpose: &Purpose<'_>) -> [u8; SEAL] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&[purpose.endpoint as u8]).update(&after.to_be_bytes());
        for text in [purpose.collection, purpose.user, purpose.object, filter] {
            hasher.update(&(text.len() as u64).to_be_bytes()).update(text.as_bytes());
        }
        let mut seal = [0; SEAL];
        seal.copy_from_slice(&hasher.finalize().as_bytes()[..SEAL]);
        seal
    }
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() > 2 * MOST_BYTES || !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_for_what_it_was_made_and_nothing_else() {
        let key = CursorKey::from_bytes([7; 32]);
        let filter = Filter { added_after: Some(5), ..Filter::default() };
        let cursor = Cursor { after: 1_700_000_000_000_123, filter };
        let purpose = Purpose { collection: "green", user: "ada", endpoint: Endpoint::Objects, object: "" };
        let text = key.seal(&cursor, &purpose);
        assert_eq!(key.open(&text, &purpose), Some(cursor));
        assert_eq!(key.open(&text, &Purpose { collection: "red", ..purpose }), None);
        assert_eq!(key.open(&text, &Purpose { user: "bo", ..purpose }), None);
        assert_eq!(key.open(&text, &Purpose { endpoint: Endpoint::Manifest, ..purpose }), None);
        assert_eq!(key.open(&text, &Purpose { object: "x", ..purpose }), None);
        assert_eq!(CursorKey::from_bytes([8; 32]).open(&text, &purpose), None);
        for at in 0..text.len() {
            let mut other = text.clone();
            other.replace_range(at..=at, if &text[at..=at] == "0" { "1" } else { "0" });
            assert_eq!(key.open(&other, &purpose), None);
        }
        for bad in ["", "0", "00", "zz", &text[2..], &text[..text.len() - 2], &"é".repeat(25)] {
            assert_eq!(key.open(bad, &purpose), None);
        }
        let plain = key.seal(&Cursor { after: 1, filter: Filter::default() }, &purpose);
        assert_eq!(key.open(&plain, &purpose).map(|cursor| cursor.after), Some(1));
    }
}
