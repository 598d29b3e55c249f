//! Collections of STIX objects as TAXII 2.1 has them (OASIS Standard, 10 June 2021): kept, filtered and paged. No socket is opened
//! here: a server puts requests before [`Collection`] and writes what it answers.
//!
//! A collection is an append-only log of the bytes that were received, and an index of it in memory. Objects are never written anew, so
//! whatever a member sent comes out as it went in. Every version that is added has a date of its own, later than all before: who pages
//! by `added_after` misses nothing and gets nothing twice, however many came in one envelope.

mod collection;
mod cursor;
mod envelope;
mod filter;
mod instant;
mod log;
mod object;

pub use collection::{Added, Collection, CollectionError, Deleted, Listed, Outcome, Page};
pub use cursor::{Cursor, CursorKey, Endpoint, Purpose};
pub use envelope::{EnvelopeError, objects_of};
pub use filter::{Filter, FilterError, Match, MatchVersion};
pub use instant::{parse_instant, write_instant};
pub use object::{Header, Refusal, SpecVersion};

/// The media type of everything a TAXII 2.1 server says (section 1.6.9).
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";
/// Objects of a page at most; who asks for more gets so many.
pub const MOST_OF_A_PAGE: usize = 1_000;
/// Objects of a page where nothing is asked for.
pub const USUAL_PAGE: usize = 100;
