//! Tests of the crate through its public interface.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests, which say what they skip")]

mod bounds;
mod date;
mod email;
mod handle;
mod name;
mod phone;
mod place;
mod samples;
mod timezone;
mod url;
