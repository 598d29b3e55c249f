//! Who holds an identifier: sorted pairs of a hash and a row, no values.

use bonafide_model::lens::{Identifier, IdentifierKind};

/// Rows by the hash of an identifier.
///
/// Sixty-four bits of a cryptographic hash: among ten million distinct identifiers two of one hash meet by chance once in 370,000
/// such collections, and then two strangers are said to share a value that one of them does not state.
#[derive(Debug, Default)]
pub(super) struct Postings(Vec<(u64, u32)>);

impl Postings {
    pub(super) fn new(mut held: Vec<(u64, u32)>) -> Self {
        held.sort_unstable();
        held.dedup();
        Self(held)
    }

    /// The hash of an identifier. Of a telephone number the last nine digits count: the country's code may be written or not.
    pub(super) fn key(identifier: &Identifier) -> u64 {
        let mut bytes = vec![identifier.kind as u8];
        match identifier.kind {
            IdentifierKind::Phone => {
                let digits: Vec<u8> = identifier.value.bytes().filter(u8::is_ascii_digit).collect();
                bytes.extend_from_slice(&digits[digits.len().saturating_sub(9)..]);
            }
            IdentifierKind::Github | IdentifierKind::Avatar => {
                bytes.extend_from_slice(identifier.value.to_lowercase().as_bytes());
            }
            _ => bytes.extend_from_slice(identifier.value.as_bytes()),
        }
        Self::hash(&bytes)
    }

    /// The hash of an account that somebody follows: another thing than an account that somebody holds.
    pub(super) fn followed(login: &str) -> u64 {
        let mut bytes = vec![u8::MAX];
        bytes.extend_from_slice(login.to_lowercase().as_bytes());
        Self::hash(&bytes)
    }

    /// The first sixty-four bits of a hash.
    pub(super) fn hash(bytes: &[u8]) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
        u64::from_le_bytes(first)
    }

    /// The rows that hold an identifier, ascending.
    pub(super) fn holders(&self, identifier: &Identifier) -> impl Iterator<Item = u32> {
        self.rows(Self::key(identifier))
    }

    /// The rows with a key, ascending.
    pub(super) fn rows(&self, key: u64) -> impl Iterator<Item = u32> {
        let start = self.0.partition_point(|&(held, _)| held < key);
        self.0[start..].iter().take_while(move |&&(held, _)| held == key).map(|&(_, row)| row)
    }
}
