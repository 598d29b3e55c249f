//! The readers over real lists and over bad input.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod advanced;
mod data;
mod entities;
mod hostile;
mod lists;
mod names;
mod samples;
mod schemas;
mod snapshots;
mod tables;
