//! The chain over the log: each event's hash covers the hash before it, the position, the header and the sealed bytes as stored.

use bonafide_model::ContentHash;

use crate::id::{Position, StoreId, SubjectKeyId};

/// The clear columns of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Event id, keyed with the subject's key.
    pub(crate) tag: [u8; 16],
    /// Whose key seals the payload.
    pub(crate) subject: SubjectKeyId,
    /// Kind of the payload.
    pub(crate) kind: String,
    /// Version of the payload.
    pub(crate) version: u16,
}

impl Header {
    /// The associated data of the sealed payload: the header without the position, which is given later.
    pub(crate) fn associated(&self, store: &StoreId) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + self.kind.len());
        bytes.extend_from_slice(b"bonafide event 1");
        bytes.extend_from_slice(store.as_bytes());
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.tag);
        bytes.extend_from_slice(self.subject.as_bytes());
        bytes.extend_from_slice(&self.version.to_le_bytes());
        bytes.extend_from_slice(&(self.kind.len() as u64).to_le_bytes());
        bytes.extend_from_slice(self.kind.as_bytes());
    }
}

/// What stands before the first event of a store.
pub(crate) fn genesis(store: &StoreId) -> ContentHash {
    let mut hasher = blake3::Hasher::new_derive_key("bonafide store 1: genesis of the log");
    hasher.update(store.as_bytes());
    ContentHash::from_bytes(*hasher.finalize().as_bytes())
}

/// The hash of an event.
pub(crate) fn link(previous: &ContentHash, position: Position, header: &Header, sealed: &[u8]) -> ContentHash {
    let mut head = Vec::with_capacity(128);
    head.extend_from_slice(previous.as_bytes());
    head.extend_from_slice(&position.0.to_le_bytes());
    header.write(&mut head);
    head.extend_from_slice(&(sealed.len() as u64).to_le_bytes());
    let mut hasher = blake3::Hasher::new_derive_key("bonafide store 1: link of the log");
    hasher.update(&head).update(sealed);
    ContentHash::from_bytes(*hasher.finalize().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_stored_is_covered() {
        let header =
            Header { tag: [1; 16], subject: SubjectKeyId::from_bytes([2; 16]), kind: "subject.facts".into(), version: 1 };
        let before = genesis(&StoreId::from_bytes([3; 16]));
        let right = link(&before, Position(1), &header, b"sealed");
        let wrong = [
            link(&genesis(&StoreId::from_bytes([4; 16])), Position(1), &header, b"sealed"),
            link(&before, Position(2), &header, b"sealed"),
            link(&before, Position(1), &Header { tag: [9; 16], ..header.clone() }, b"sealed"),
            link(&before, Position(1), &Header { subject: SubjectKeyId::from_bytes([9; 16]), ..header.clone() }, b"sealed"),
            link(&before, Position(1), &Header { kind: "subject.fact".into(), ..header.clone() }, b"ssealed"),
            link(&before, Position(1), &Header { version: 2, ..header.clone() }, b"sealed"),
            link(&before, Position(1), &header, b"sealee"),
        ];
        assert!(!wrong.contains(&right));
    }
}
