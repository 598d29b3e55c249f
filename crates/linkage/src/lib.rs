#![doc = include_str!("../README.md")]

pub mod cluster;
pub mod columns;
pub mod dedupe;
mod error;
pub mod people;
pub mod person;

pub use error::Error;
