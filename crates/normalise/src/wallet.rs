//! Addresses of wallets: the chain, the canonical form, and whether the checksum holds.
//!
//! | chain | form | checksum |
//! |---|---|---|
//! | `eth` and the chains that share its addresses | `0x` and 40 hexadecimal digits | EIP-55, in the case of letters; none where all have one case |
//! | `btc` | Base58Check with version 0 (P2PKH) or 5 (P2SH); Bech32 (BIP 173, witness 0) and Bech32m (BIP 350, witness 1…16) with `bc` | always |
//! | `trx` | Base58Check with version 0x41 | always |
//! | `sol` | Base58 of 32 bytes | none |
//!
//! A wrong checksum is reported, not refused: a mistyped or invented address is a fact about an application too.

use std::fmt;

use sha3::{Digest, Keccak256};

use crate::error::{Error, Subject};

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 300;

/// A chain, or a family of chains that share one form of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// Ethereum and the chains that share its addresses.
    Ethereum,
    /// Bitcoin.
    Bitcoin,
    /// Tron.
    Tron,
    /// Solana.
    Solana,
}

impl Chain {
    /// The short name: `eth`, `btc`, `trx`, `sol`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ethereum => "eth",
            Self::Bitcoin => "btc",
            Self::Tron => "trx",
            Self::Solana => "sol",
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What the checksum of an address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It holds.
    Holds,
    /// It does not hold: mistyped, cut or invented.
    Fails,
    /// The address carries none.
    Absent,
}

/// The address of a wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletAddress {
    /// As written.
    pub original: String,
    /// The chain its form belongs to.
    pub chain: Chain,
    /// The canonical form: lower case where case does not count.
    pub canonical: String,
    /// What the checksum says.
    pub checksum: Checksum,
}

impl WalletAddress {
    /// The form to show to people: with the EIP-55 checksum where the chain uses it.
    #[must_use]
    pub fn display_form(&self) -> String {
        match self.chain {
            Chain::Ethereum => eip55(&self.canonical),
            _ => self.canonical.clone(),
        }
    }
}

/// Reads an address, alone or in a payment URI (BIP 21, EIP-681, CAIP-10).
///
/// ```
/// use bonafide_normalise::wallet::{self, Chain, Checksum};
/// let wallet = wallet::parse("0x52908400098527886E0F7030069857D2E4169EE7")?;
/// assert_eq!((wallet.chain, wallet.checksum), (Chain::Ethereum, Checksum::Holds));
/// assert_eq!(wallet.canonical, "0x52908400098527886e0f7030069857d2e4169ee7");
/// # Ok::<(), bonafide_normalise::Error>(())
/// ```
///
/// # Errors
/// [`Error`] where the text is empty, too long, or has the form of no chain.
pub fn parse(text: &str) -> Result<WalletAddress, Error> {
    if text.len() > MAX_TEXT {
        return Err(Error::TooLong { subject: Subject::Wallet, limit: MAX_TEXT });
    }
    let visible: String = text.chars().filter(|&c| !crate::text::is_ignorable(c)).collect();
    let address = bare_address(visible.trim());
    if address.is_empty() {
        return Err(Error::Empty { subject: Subject::Wallet });
    }
    let (chain, canonical, checksum) = ethereum(address)
        .or_else(|| segwit(address))
        .or_else(|| base58(address))
        .ok_or(Error::malformed(Subject::Wallet, "the text has the form of no known chain (eth, btc, trx, sol)"))?;
    Ok(WalletAddress { original: text.to_owned(), chain, canonical, checksum })
}

/// The canonical form of an address, `None` where the text is not one.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    parse(text).ok().map(|wallet| wallet.canonical)
}

/// Takes a payment URI's scheme, chain id and parameters away.
fn bare_address(text: &str) -> &str {
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | ',' | ';' | '.'));
    let behind_scheme = text.rsplit(':').next().unwrap_or(text).trim_start();
    let address = behind_scheme.strip_prefix("//").unwrap_or(behind_scheme);
    address.split(['?', '@', '/', ' ']).next().unwrap_or(address)
}

fn ethereum(address: &str) -> Option<(Chain, String, Checksum)> {
    let digits = address.strip_prefix("0x").or_else(|| address.strip_prefix("0X"))?;
    if digits.len() != 40 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let canonical = format!("0x{}", digits.to_ascii_lowercase());
    let has_lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_upper = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    let expected = eip55(&canonical);
    let checksum = match (has_lower, has_upper) {
        _ if expected[2..] == *digits && has_upper => Checksum::Holds,
        (true, true) => Checksum::Fails,
        _ => Checksum::Absent,
    };
    Some((Chain::Ethereum, canonical, checksum))
}

/// EIP-55: a letter is in upper case where the same place of the Keccak-256 hash of the address in lower case is 8 or more.
fn eip55(canonical: &str) -> String {
    let digits = canonical.strip_prefix("0x").unwrap_or(canonical);
    let hash = Keccak256::digest(digits.as_bytes());
    let is_high = |place: usize| hash.get(place / 2).is_some_and(|byte| byte >> (4 * (1 - place % 2)) & 0xF >= 8);
    let mixed = digits.char_indices().map(|(place, c)| if is_high(place) { c.to_ascii_uppercase() } else { c });
    std::iter::once("0x".to_owned()).chain(mixed.map(String::from)).collect()
}

/// Bech32 and Bech32m addresses of Bitcoin.
fn segwit(address: &str) -> Option<(Chain, String, Checksum)> {
    let has_prefix = address.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("bc1"));
    let is_charset = |byte: u8| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&byte.to_ascii_lowercase());
    // BIP 173: 14 to 74 characters for the human-readable part `bc`.
    if !has_prefix || !(14..=74).contains(&address.len()) || !address.bytes().skip(3).all(is_charset) {
        return None;
    }
    let checksum = if bech32::segwit::decode(address).is_ok() { Checksum::Holds } else { Checksum::Fails };
    Some((Chain::Bitcoin, address.to_ascii_lowercase(), checksum))
}

/// Version byte, twenty bytes of hash, four bytes of checksum; or the 32 bytes of a Solana key.
fn base58(address: &str) -> Option<(Chain, String, Checksum)> {
    if !(25..=44).contains(&address.len()) {
        return None;
    }
    let bytes = bs58::decode(address).into_vec().ok()?;
    let chain = match (bytes.len(), bytes.first()?, address.as_bytes().first()?) {
        (25, 0x00, b'1') | (25, 0x05, b'3') => Chain::Bitcoin,
        (25, 0x41, b'T') => Chain::Tron,
        (32, ..) => return Some((Chain::Solana, address.to_owned(), Checksum::Absent)),
        _ => return None,
    };
    let holds = bs58::decode(address).with_check(None).into_vec().is_ok();
    Some((chain, address.to_owned(), if holds { Checksum::Holds } else { Checksum::Fails }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (Chain, Checksum) {
        let wallet = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (wallet.chain, wallet.checksum)
    }

    /// The mixed-case and one-case examples of EIP-55 itself.
    #[test]
    fn eip_55_examples_hold() {
        for address in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
            "0x52908400098527886E0F7030069857D2E4169EE7",
        ] {
            assert_eq!(read(address), (Chain::Ethereum, Checksum::Holds), "{address}");
            assert_eq!(parse(address).expect("an address").display_form(), address);
        }
        assert_eq!(read("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), (Chain::Ethereum, Checksum::Absent));
        assert_eq!(read("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"), (Chain::Ethereum, Checksum::Absent));
        assert_eq!(read("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed"), (Chain::Ethereum, Checksum::Fails));
    }

    /// The examples of BIP 173 and BIP 350, and the address of the first block's reward.
    #[test]
    fn bitcoin_examples_hold() {
        for address in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        ] {
            assert_eq!(read(address), (Chain::Bitcoin, Checksum::Holds), "{address}");
        }
        // A Bech32 checksum on witness version 1 is wrong (BIP 350); one changed letter is wrong anywhere.
        for address in [
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        ] {
            assert_eq!(read(address), (Chain::Bitcoin, Checksum::Fails), "{address}");
        }
    }

    #[test]
    fn tron_and_solana_are_told_by_length_and_version() {
        let tron = bs58::encode([&[0x41_u8][..], &[7; 20]].concat()).with_check().into_string();
        assert_eq!(read(&tron), (Chain::Tron, Checksum::Holds));
        let solana = bs58::encode([9_u8; 32]).into_string();
        assert_eq!(read(&solana), (Chain::Solana, Checksum::Absent));
        assert_eq!(parse(&solana).expect("an address").canonical, solana);
    }

    #[test]
    fn uris_and_surroundings_are_taken_away() {
        let address = "0x52908400098527886e0f7030069857d2e4169ee7";
        for text in [
            format!(" {address}. "),
            format!("ethereum:{address}@1?value=1"),
            format!("eip155:1:{address}"),
            format!("ETH: {address}"),
            format!("\u{200b}{address}"),
        ] {
            assert_eq!(canonical(&text).as_deref(), Some(address), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in
            ["", " ", "0x", "0x1234", "hello", "name.eth", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "bc1", &"1".repeat(400)]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        // A transaction hash is no address.
        assert!(parse(&format!("0x{}", "ab".repeat(32))).is_err());
    }

    proptest! {
        #[test]
        fn canonical_is_idempotent(text in "(0x[0-9a-fA-F]{40})|(bc1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{11,60})|([1-9A-HJ-NP-Za-km-z]{25,44})|.{0,60}") {
            if let Some(once) = canonical(&text) {
                prop_assert_eq!(canonical(&once), Some(once));
            }
        }
    }
}
