//! Who asks.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use argon2::{Argon2, PasswordHash, PasswordVerifier as _};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::sync::Semaphore;

use super::{TaxiiError, UserSettings};

/// Passwords that are verified at once: each takes its memory and a processor for a while.
const AT_ONCE: usize = 2;
/// Credentials that are remembered.
const MOST_REMEMBERED: usize = 10_000;
/// Bytes of a credential.
const LONGEST: usize = 1_024;

/// The users, and whose credentials were verified.
pub(super) struct Users {
    users: Vec<UserSettings>,
    /// By keyed hash of a credential, the user's number.
    remembered: RwLock<HashMap<[u8; 32], usize>>,
    key: [u8; 32],
    room: Semaphore,
}

impl Users {
    pub(super) fn of(users: &[UserSettings]) -> Result<Self, TaxiiError> {
        for user in users {
            let is_argon = PasswordHash::new(&user.password_hash).is_ok_and(|hash| hash.algorithm.as_str() == "argon2id");
            if !is_argon {
                return Err(TaxiiError::Settings(format!(
                    "the password_hash of {} is no argon2id PHC string ($argon2id$v=19$…); make one with any argon2 tool",
                    user.name
                )));
            }
        }
        let mut key = [0; 32];
        getrandom::getrandom(&mut key).map_err(|error| TaxiiError::Randomness(error.to_string()))?;
        Ok(Self { users: users.to_vec(), remembered: RwLock::default(), key, room: Semaphore::new(AT_ONCE) })
    }

    /// The user whose credential a header holds (RFC 7617); a password is verified once and then remembered.
    pub(super) async fn find(&self, header: Option<&str>) -> Option<&UserSettings> {
        let (scheme, encoded) = header?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") || encoded.len() > LONGEST {
            return None;
        }
        let credential = STANDARD.decode(encoded.trim()).ok()?;
        let hash = *blake3::keyed_hash(&self.key, &credential).as_bytes();
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner).get(&hash).copied();
        if let Some(number) = remembered {
            return self.users.get(number);
        }
        let number = self.verified(credential).await?;
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() < MOST_REMEMBERED {
            remembered.insert(hash, number);
        }
        self.users.get(number)
    }

    async fn verified(&self, credential: Vec<u8>) -> Option<usize> {
        let at = credential.iter().position(|&byte| byte == b':')?;
        let name = std::str::from_utf8(&credential[..at]).ok()?;
        let known = self.users.iter().position(|user| user.name == name);
        // Who is unknown is made to wait as long as who is known.
        let hash = self.users.get(known.unwrap_or_default())?.password_hash.clone();
        let _permit = self.room.acquire().await.ok()?;
        let verify = move || {
            let hash = PasswordHash::new(&hash).ok()?;
            Argon2::default().verify_password(&credential[at + 1..], &hash).ok()
        };
        tokio::task::spawn_blocking(verify).await.ok().flatten()?;
        known
    }
}

impl UserSettings {
    pub(super) fn may_read(&self, collection: &str) -> bool {
        self.read.iter().any(|id| id == collection)
    }

    pub(super) fn may_write(&self, collection: &str) -> bool {
        self.write.iter().any(|id| id == collection)
    }
}
