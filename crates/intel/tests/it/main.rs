//! The readers over sample data and over bad input.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod extract;
mod extract_generated;
mod stix;
mod stix_pattern;
mod taxii;
