//! Keys: what a name is filed under.

/// A key: a kind and a text, in 64 bits. Two texts meet in one key by chance once in some 10^19 pairs; a comparison follows anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

/// Kinds of keys. Their numbers stand in index files: they never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum KeyKind {
    /// Three letters in a row of the folded name, borders of words included.
    Trigram = 1,
    /// The sounds of a word.
    Sound = 2,
    /// The consonants of a word.
    Skeleton = 3,
    /// Two syllables of a Korean name that stand side by side, by class.
    Syllables = 4,
    /// Two words of a name, one of them frequent, whatever their spelling and order.
    Words = 5,
    /// Two syllables of a Chinese name.
    ChineseSyllables = 6,
    /// A canonical e-mail address.
    Email = 16,
    /// A canonical telephone number.
    Phone = 17,
    /// A canonical wallet.
    Wallet = 18,
    /// The canonical number of a person's paper.
    Document = 19,
    /// A website, account or other name on the net.
    Online = 20,
    /// Any other canonical number.
    Number = 21,
}

impl Key {
    /// The key of a text.
    #[must_use]
    pub fn new(kind: KeyKind, text: &[u8]) -> Self {
        // FNV-1a, 64 bits (Fowler, Noll, Vo: RFC 9923), then the finaliser of MurmurHash3, so that the top bits, by which keys are
        // looked up, depend on all others. The result stands in files and must never change.
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let mut hash = text.iter().fold(step(0xcbf2_9ce4_8422_2325, kind as u8), |hash, byte| step(hash, *byte));
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Self(hash ^ (hash >> 33))
    }

    /// The 64 bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_never_change() {
        // Index files hold these numbers.
        assert_eq!(Key::new(KeyKind::Trigram, b"abc").bits(), 6_876_944_984_413_607_365);
        assert_ne!(Key::new(KeyKind::Trigram, b"abc"), Key::new(KeyKind::Sound, b"abc"));
    }
}
