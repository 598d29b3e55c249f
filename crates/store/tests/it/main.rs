//! The store as its callers see it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod appending;
mod crash;
mod damage;
mod erasing;
mod following;
mod golden;
mod keys;
mod kill;
mod model;
mod support;
