//! Identifiers as numbers: what the link index lists without knowing what it is.

use bonafide_model::lens::{Identifier, IdentifierKind};

/// The number of an identifier, of a followed account, or of something that is said of an application.
///
/// Sixty-four bits of a cryptographic hash: among ten million distinct identifiers two of one number meet by chance once in 370,000
/// such collections, and then two strangers are said to share a value that one of them does not state. The index keys it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Token(pub(super) u64);

/// First bytes of what is no identifier, which no [`IdentifierKind`] has.
const FOLLOWED: u8 = u8::MAX;
const SAID: u8 = u8::MAX - 1;

impl Token {
    /// The number of an identifier. Of a telephone number the last nine digits count: the country's code may be written or not.
    pub(super) fn of(identifier: &Identifier) -> Self {
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

    /// The number of an account that somebody follows: another thing than an account that somebody holds.
    pub(super) fn followed(login: &str) -> Self {
        let mut bytes = vec![FOLLOWED];
        bytes.extend_from_slice(login.to_lowercase().as_bytes());
        Self::hash(&bytes)
    }

    /// Everybody has it of whom a résumé with text is known.
    pub(super) fn has_text() -> Self {
        Self::hash(&[SAID, 0])
    }

    /// Everybody has it of whom followed accounts are known.
    pub(super) fn follows() -> Self {
        Self::hash(&[SAID, 1])
    }

    /// The first sixty-four bits of a hash.
    fn hash(bytes: &[u8]) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
        Self(u64::from_le_bytes(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_one_identifier_are_one() {
        let of = |kind: IdentifierKind, value: &str| Token::of(&Identifier::new(kind, value));
        assert_eq!(of(IdentifierKind::Phone, "+1 512 555 0142"), of(IdentifierKind::Phone, "(512) 555-0142"));
        assert_eq!(of(IdentifierKind::Github, "AdaVell"), of(IdentifierKind::Github, "adavell"));
        assert_ne!(of(IdentifierKind::Email, "a@b.example"), of(IdentifierKind::Handle, "a@b.example"));
        assert_ne!(of(IdentifierKind::Github, "adavell"), Token::followed("adavell"));
        assert_ne!(Token::has_text(), Token::follows());
    }
}
