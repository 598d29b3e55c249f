#![doc = include_str!("../README.md")]

pub mod extract;
pub mod stix;
pub mod taxii;
