//! Sealing: what is stored of a person is readable only with that person's key.
//!
//! XChaCha20-Poly1305 with a nonce derived from the key, the associated data and the plaintext (a synthetic nonce): a weak random
//! source cannot repeat a nonce, and the same original file of the same subject seals to the same bytes, so a retry writes the same
//! blob instead of a second one.

use std::fmt;

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::AeadInPlace};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::id::EventId;

/// Length of the nonce in front of sealed bytes.
const NONCE: usize = 24;
/// Length of the authentication tag behind sealed bytes.
const TAG: usize = 16;

/// The 32-byte key of one subject. Erased from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SubjectKey([u8; 32]);

impl SubjectKey {
    /// Takes 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SubjectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SubjectKey(…)")
    }
}

/// What a sealed thing is; each has a key of its own, derived from the subject's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Event,
    Blob,
    Projection,
    Reference,
}

/// Seals and opens under one subject's key.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Seal {
    event: [u8; 32],
    blob: [u8; 32],
    projection: [u8; 32],
    reference: [u8; 32],
    nonce: [u8; 32],
    tag: [u8; 32],
}

impl Seal {
    /// Derives the working keys.
    pub(crate) fn new(key: &SubjectKey) -> Self {
        let mut stream = blake3::Hasher::new_derive_key("bonafide store 1: keys of one subject").update(&key.0).finalize_xof();
        let mut seal =
            Self { event: [0; 32], blob: [0; 32], projection: [0; 32], reference: [0; 32], nonce: [0; 32], tag: [0; 32] };
        stream.fill(&mut seal.event);
        stream.fill(&mut seal.blob);
        stream.fill(&mut seal.projection);
        stream.fill(&mut seal.reference);
        stream.fill(&mut seal.nonce);
        stream.fill(&mut seal.tag);
        seal
    }

    fn key(&self, purpose: Purpose) -> &[u8; 32] {
        match purpose {
            Purpose::Event => &self.event,
            Purpose::Blob => &self.blob,
            Purpose::Projection => &self.projection,
            Purpose::Reference => &self.reference,
        }
    }

    /// Nonce, ciphertext and tag.
    pub(crate) fn seal(&self, purpose: Purpose, associated: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new_keyed(&self.nonce);
        hasher.update(&[purpose as u8]).update(&(associated.len() as u64).to_le_bytes()).update(associated).update(plain);
        let mut nonce = [0; NONCE];
        hasher.finalize_xof().fill(&mut nonce);
        seal_with(self.key(purpose), &nonce, associated, plain)
    }

    /// The plaintext, or `None` where the bytes were changed or belong elsewhere.
    pub(crate) fn open(&self, purpose: Purpose, associated: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        open_with(self.key(purpose), associated, sealed)
    }

    /// The event id as it may stand in clear.
    pub(crate) fn tag(&self, id: &EventId) -> [u8; 16] {
        let mut tag = [0; 16];
        blake3::Hasher::new_keyed(&self.tag).update(id.as_bytes()).finalize_xof().fill(&mut tag);
        tag
    }
}

/// Seals under a bare key with a nonce of the caller's.
pub(crate) fn seal_with(key: &[u8; 32], nonce: &[u8; NONCE], associated: &[u8], plain: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let mut sealed = Vec::with_capacity(NONCE + plain.len() + TAG);
    sealed.extend_from_slice(nonce);
    sealed.extend_from_slice(plain);
    // The cipher fails only above 256 GiB, far beyond the limits on payloads and blobs; an empty result would open for nobody and
    // so be noticed at once.
    match cipher.encrypt_in_place_detached(XNonce::from_slice(nonce), associated, &mut sealed[NONCE..]) {
        Ok(tag) => sealed.extend_from_slice(&tag),
        Err(_) => sealed.clear(),
    }
    sealed
}

/// Opens what [`seal_with`] sealed.
pub(crate) fn open_with(key: &[u8; 32], associated: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, rest) = sealed.split_at_checked(NONCE)?;
    let (cipher_text, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
    let mut plain = cipher_text.to_vec();
    XChaCha20Poly1305::new(key.into())
        .decrypt_in_place_detached(XNonce::from_slice(nonce), associated, &mut plain, tag.into())
        .ok()?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_the_same_key_purpose_and_header_open(plain in proptest::collection::vec(any::<u8>(), 0..200), flip in any::<usize>()) {
            let seal = Seal::new(&SubjectKey::from_bytes([7; 32]));
            let sealed = seal.seal(Purpose::Event, b"header", &plain);
            prop_assert_eq!(seal.open(Purpose::Event, b"header", &sealed), Some(plain));
            prop_assert_eq!(seal.open(Purpose::Blob, b"header", &sealed), None);
            prop_assert_eq!(seal.open(Purpose::Event, b"other", &sealed), None);
            prop_assert_eq!(Seal::new(&SubjectKey::from_bytes([8; 32])).open(Purpose::Event, b"header", &sealed), None);
            let mut bent = sealed.clone();
            let bit = flip % (bent.len() * 8);
            bent[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(seal.open(Purpose::Event, b"header", &bent), None);
            prop_assert_eq!(seal.open(Purpose::Event, b"header", &sealed[..flip % sealed.len()]), None);
        }
    }

    #[test]
    fn the_same_plaintext_seals_to_the_same_bytes_of_one_subject_only() {
        let one = Seal::new(&SubjectKey::from_bytes([1; 32]));
        let two = Seal::new(&SubjectKey::from_bytes([2; 32]));
        assert_eq!(one.seal(Purpose::Blob, b"", b"x"), one.seal(Purpose::Blob, b"", b"x"));
        assert_ne!(one.seal(Purpose::Blob, b"", b"x"), two.seal(Purpose::Blob, b"", b"x"));
        assert_ne!(one.tag(&EventId::named("x")), two.tag(&EventId::named("x")));
    }
}
