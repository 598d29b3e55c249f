//! The readers over real lists and over bad input.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod advanced;
mod data;
mod entities;
mod lists;
mod names;
mod schemas;
mod snapshots;
mod tables;
