//! Hashes of files and addresses of wallets.

use bonafide_normalise::wallet::{self, Chain, Checksum};

use super::Kind;

/// The shortest and longest token that can be a hash or a wallet.
const SHORTEST: usize = 25;
const LONGEST: usize = 90;

/// What stands around a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// A word before it says that it belongs to a transaction, a session or the like.
    pub(super) is_reference: bool,
    /// Beside it stands a sign of base64 or of a path.
    pub(super) is_part: bool,
}

/// What a run of letters and digits is, with its canonical value.
pub(super) fn read(token: &str, around: Surroundings) -> Option<(Kind, String)> {
    if !(SHORTEST..=LONGEST).contains(&token.len()) {
        return None;
    }
    hash(token, around).or_else(|| address(token, around))
}

fn hash(token: &str, around: Surroundings) -> Option<(Kind, String)> {
    let kind = match token.len() {
        32 => Kind::Md5,
        64 => Kind::Sha256,
        _ => return None,
    };
    let bytes = token.as_bytes();
    let is_hash = bytes.iter().all(u8::is_ascii_hexdigit)
        // A number, a word or a filler is not what a hash function gives.
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && bytes.iter().any(u8::is_ascii_digit)
        && bytes.iter().any(|byte| !byte.eq_ignore_ascii_case(&bytes[0]));
    (is_hash && !around.is_reference).then(|| (kind, token.to_ascii_lowercase()))
}

fn address(token: &str, around: Surroundings) -> Option<(Kind, String)> {
    let first = token.as_bytes().first()?;
    let is_ethereum = token.len() == 42 && *first == b'0';
    let is_segwit = token.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("bc1"));
    let is_short_base58 = token.len() <= 44 && token.bytes().all(is_base58);
    if !(is_ethereum || is_segwit || is_short_base58) {
        return None;
    }
    let read = wallet::parse(token).ok()?;
    let kind = match read.chain {
        Chain::Ethereum => Kind::Eth,
        Chain::Bitcoin => Kind::Btc,
        Chain::Tron => Kind::Trx,
        Chain::Solana => Kind::Sol,
    };
    let is_address = match read.checksum {
        Checksum::Holds => true,
        Checksum::Fails => false,
        Checksum::Absent if kind == Kind::Eth => token.bytes().skip(3).any(|byte| byte != token.as_bytes()[2]),
        // Thirty-two random bytes have 43 or 44 digits all but one time in a thousand, and digits of every kind.
        Checksum::Absent => {
            let has = |of_kind: fn(&u8) -> bool| token.as_bytes().iter().any(of_kind);
            token.len() >= 40
                && !around.is_reference
                && !around.is_part
                && has(u8::is_ascii_digit)
                && has(u8::is_ascii_lowercase)
                && has(u8::is_ascii_uppercase)
        }
    };
    is_address.then_some((kind, read.canonical))
}

const fn is_base58(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}
