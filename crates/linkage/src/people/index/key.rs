//! Keyed hashes: what an index holds instead of values.

use std::fmt;

use super::super::columns::Column;
use crate::error::Error;

/// What a hash is about: equal texts of two spaces have unrelated hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Space(pub(super) u8);

impl Space {
    /// Number of spaces that have a table of values in a segment.
    pub(super) const TABLES: usize = 22;
    pub(super) const MAILBOXES: Self = Self(13);
    pub(super) const EMPLOYERS: Self = Self(14);
    pub(super) const PHRASES: Self = Self(15);
    pub(super) const ACCOUNTS: Self = Self(16);
    pub(super) const WALLETS: Self = Self(17);
    pub(super) const ALIASES: Self = Self(18);
    /// Given and family name as one value.
    pub(super) const NAME: Self = Self(19);
    /// A popular value together with a name, or a popular name with a place.
    pub(super) const POPULAR: Self = Self(20);
    /// Tokens of the caller's.
    pub(super) const TOKENS: Self = Self(21);
    /// Forms of a name, whatever part of one it is.
    const FORMS: Self = Self(22);
    /// The picture's isometry.
    const PICTURE: Self = Self(23);

    /// The space of a column. Given and family names have one of their own each; their hashes are alike.
    pub(super) const fn of(column: Column) -> Self {
        Self(column as u8)
    }
}

/// The key of an index: who has the index without it has nothing but random numbers.
///
/// Whoever has both can test whether a value he knows is in it; so keep the key apart where the index leaves the house.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; 32],
    /// The key under which ids and events are sealed.
    sealing: [u8; 32],
    picture: Isometry,
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

impl Key {
    /// Number of its bytes.
    pub const BYTES: usize = 32;

    /// A random key.
    ///
    /// # Errors
    /// [`Error::Index`] where the system has no randomness.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = [0; Self::BYTES];
        getrandom::getrandom(&mut bytes).map_err(|source| Error::Index {
            path: "key".to_owned(),
            what: "the system gives no random numbers".to_owned(),
            source: Some(std::io::Error::other(source.to_string())),
        })?;
        Ok(Self::from_bytes(bytes))
    }

    /// A key that is kept elsewhere.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let picture = Isometry::of(&bytes);
        let sealing = blake3::derive_key("bonafide link index 2026 sealing of ids", &bytes);
        Self { bytes, sealing, picture }
    }

    /// The key itself, for keeping it.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.bytes
    }

    /// The key under which ids and events are sealed.
    pub(super) const fn sealing(&self) -> &[u8; 32] {
        &self.sealing
    }

    /// The hash of a caller's token, never 0.
    pub(super) fn token(&self, token: u64) -> u64 {
        self.hash(Space::TOKENS, &token.to_le_bytes())
    }

    /// The hash of a text, never 0; 0 for the empty text.
    pub(super) fn hash(&self, space: Space, text: &[u8]) -> u64 {
        if text.is_empty() {
            return 0;
        }
        // Names are one space: given and family name may be swapped.
        let is_name = space == Space::of(Column::Given) || space == Space::of(Column::Family);
        let space = if is_name { Space::FORMS } else { space };
        first_eight(blake3::Hasher::new_keyed(&self.bytes).update(&[space.0]).update(text).finalize().as_bytes()).max(1)
    }

    /// A short hash of a form of a name.
    pub(super) fn form(&self, text: &[u8]) -> u32 {
        first_eight(blake3::Hasher::new_keyed(&self.bytes).update(b"form").update(text).finalize().as_bytes()) as u32
    }

    /// A perceptual hash so that its distances to others stay, and nothing else; never 0.
    pub(super) fn picture(&self, hash: u64) -> u64 {
        self.picture.apply(hash).max(1)
    }

    /// A number that tells keys apart and says nothing about them.
    pub(super) fn mark(&self) -> u64 {
        first_eight(blake3::derive_key("bonafide link index 2026 mark of key", &self.bytes).as_slice())
    }
}

/// Two hashes as one.
pub(super) fn both(one: u64, other: u64) -> u64 {
    let mixed = (one ^ other.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ other;
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ one.rotate_left(17)).max(1)
}

fn first_eight(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// A map of 64-bit words that keeps all Hamming distances: bytes change places, bits change places within bytes, some are flipped.
/// Bytes stay bytes, so that what agrees in two bytes still does.
#[derive(Clone)]
struct Isometry {
    bytes: [u8; 8],
    bits: [[u8; 8]; 8],
    flipped: u64,
}

impl Isometry {
    fn of(key: &[u8; 32]) -> Self {
        let mut stream = blake3::Hasher::new_keyed(key).update(&[Space::PICTURE.0]).finalize_xof();
        let mut draw = |below: u64| {
            let mut bytes = [0; 8];
            stream.fill(&mut bytes);
            u64::from_le_bytes(bytes) % below
        };
        let mut order = || {
            let mut order: [u8; 8] = std::array::from_fn(|at| at as u8);
            for at in (1..8).rev() {
                order.swap(at, draw(at as u64 + 1) as usize);
            }
            order
        };
        let (bytes, bits) = (order(), std::array::from_fn(|_| order()));
        Self { bytes, bits, flipped: draw(u64::MAX) }
    }

    fn apply(&self, hash: u64) -> u64 {
        let mut mapped = 0;
        for (from, (&to, bits)) in self.bytes.iter().zip(&self.bits).enumerate() {
            for (bit, &place) in bits.iter().enumerate() {
                mapped |= (hash >> (8 * from + bit) & 1) << (8 * u32::from(to) + u32::from(place));
            }
        }
        mapped ^ self.flipped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_keep_their_distances_and_nothing_else() {
        let key = Key::from_bytes([7; 32]);
        let pictures = [0x0123_4567_89AB_CDEF_u64, 0x0123_4567_89AB_CDEE, 0xFFFF_0000_FFFF_0000, 1];
        for one in pictures {
            for other in pictures {
                assert_eq!((one ^ other).count_ones(), (key.picture(one) ^ key.picture(other)).count_ones());
            }
            assert_ne!(one, key.picture(one));
        }
        assert_ne!(key.picture(pictures[0]), Key::from_bytes([8; 32]).picture(pictures[0]));
    }

    #[test]
    fn hashes_depend_on_key_space_and_text() {
        let key = Key::from_bytes([7; 32]);
        let of = |column: Column| key.hash(Space::of(column), b"a text");
        assert_ne!(of(Column::Email), of(Column::Phone));
        assert_eq!(of(Column::Given), of(Column::Family), "names may be swapped");
        assert_ne!(of(Column::Email), Key::from_bytes([8; 32]).hash(Space::of(Column::Email), b"a text"));
        assert_eq!(key.hash(Space::of(Column::Email), b""), 0);
    }
}
