//! Columns of numbers, who holds a value, and the pairs that are worth a comparison.

pub mod block;
pub mod dictionary;
pub mod order;
pub mod postings;

pub use block::{Budget, Key, PackedPair, PairSet, compound, pack, unpack};
pub use dictionary::{Dictionary, MISSING, Texts, ValueId};
pub use order::sort_by_leading_bits;
pub use postings::Postings;
