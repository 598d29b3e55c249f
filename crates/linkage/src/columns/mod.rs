//! Columns of numbers, who holds a value, and the pairs that are worth a comparison.

pub mod block;
pub mod dictionary;
pub mod postings;

pub use block::{Budget, Key, PackedPair, PairSet, compound, pack, unpack};
pub use dictionary::{Dictionary, MISSING, ValueId};
pub use postings::Postings;
