#![doc = include_str!("../README.md")]

mod listen;
pub mod taxii;

pub use listen::{ListenError, serve, wait};
