//! What stands sealed on the disk: ids may be people's addresses, and what people judged names them.

use super::key::Key;
use crate::error::Error;

/// Bytes that make the stream of every file, and of every frame of a log, another one.
pub(super) const NONCE: usize = 16;

/// Random bytes that are used once.
pub(super) fn random_nonce() -> Result<[u8; NONCE], Error> {
    let mut bytes = [0; NONCE];
    getrandom::getrandom(&mut bytes).map_err(|source| Error::Index {
        path: "nonce".to_owned(),
        what: "the system gives no random numbers".to_owned(),
        source: Some(std::io::Error::other(source.to_string())),
    })?;
    Ok(bytes)
}

/// A stream of BLAKE3's extendable output under a key and a nonce: added to bytes it seals them, added once more it unseals them.
pub(super) struct Seal(blake3::OutputReader);

impl Seal {
    pub(super) fn of(key: &Key, nonce: &[u8]) -> Self {
        Self(blake3::Hasher::new_keyed(key.sealing()).update(nonce).finalize_xof())
    }

    /// Seals or unseals bytes that stand at a place of the stream.
    pub(super) fn apply(&self, at: u64, bytes: &mut [u8]) {
        let mut stream = self.0.clone();
        stream.set_position(at);
        let mut block = [0; 64];
        for part in bytes.chunks_mut(block.len()) {
            let block = &mut block[..part.len()];
            stream.fill(block);
            part.iter_mut().zip(block).for_each(|(byte, other)| *byte ^= *other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_unsealed_where_they_stand() {
        let seal = Seal::of(&Key::from_bytes([3; 32]), b"once");
        let plain: Vec<u8> = (0..400_u32).map(|number| number as u8).collect();
        let mut sealed = plain.clone();
        seal.apply(0, &mut sealed);
        assert!(sealed.windows(4).all(|part| !plain.windows(4).any(|other| other == part)));
        for (from, to) in [(0, 400), (63, 65), (64, 128), (399, 400), (200, 200)] {
            let mut part = sealed[from..to].to_vec();
            seal.apply(from as u64, &mut part);
            assert_eq!(part, plain[from..to]);
        }
        let mut other = plain;
        Seal::of(&Key::from_bytes([3; 32]), b"twice").apply(0, &mut other);
        assert_ne!(sealed, other);
    }
}
