#![doc = include_str!("../README.md")]

mod error;
mod text;

pub mod date;
pub mod email;
pub mod handle;
pub mod login;
pub mod name;
pub mod phone;
pub mod place;
pub mod script;
pub mod timezone;
pub mod url;
pub mod wallet;

pub use error::{Error, Subject};
