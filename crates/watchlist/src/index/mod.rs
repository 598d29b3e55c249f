//! From a query to the few listed names worth comparing: keys, postings, candidates.
//!
//! Every listed name is filed under keys: three letters in a row, the sounds of a word, the syllables of a Korean name. A query's
//! keys lead to the names that share the rare ones. What the index answers is only *which* names to look at; how well they fit is
//! for the comparison to say. Mailboxes, wallets and papers are looked up as they are.

mod candidates;
mod column;
mod exact;
mod key;
mod postings;
mod table;

pub use candidates::{Candidate, Seeker};
pub(crate) use column::Column;
pub use exact::{Exact, ExactBuilder, ExactColumns};
pub use key::{Key, KeyKind};
pub use postings::{Postings, PostingsBuilder, PostingsColumns};
