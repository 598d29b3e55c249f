#![doc = include_str!("../README.md")]

pub mod entry;
pub mod identifier;
pub mod index;
