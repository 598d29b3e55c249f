//! Pure canonical forms of what applications state: e-mail addresses, telephone numbers, URLs and handles, wallets, names of
//! people, places, time zones and dates.
//!
//! Every function is pure: no file, no network, no clock, no environment. Every entry point takes text as written, has a limit on
//! its length and never panics. A canonical form is idempotent: normalising it again gives it back.
//!
//! What a value says of the person's origin is never inferred: a telephone number has a numbering plan and a place has a country,
//! but a name has no nationality here.

mod error;
mod text;

pub mod date;
pub mod email;
pub mod handle;
pub mod name;
pub mod phone;
pub mod place;
pub mod timezone;
pub mod url;
pub mod wallet;

pub use error::{Error, Subject};
