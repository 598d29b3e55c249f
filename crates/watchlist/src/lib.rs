#![doc = include_str!("../README.md")]

pub mod diff;
pub mod entry;
pub mod error;
pub mod identifier;
pub mod index;
pub mod link;
pub mod merge;
pub mod names;
pub mod ownership;
pub mod publisher;
pub mod rescreen;
pub mod screening;
pub mod snapshot;
pub mod source;
pub mod wire;
pub mod yente;

pub use error::Error;
