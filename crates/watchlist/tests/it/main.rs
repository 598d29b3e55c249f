//! The readers over real lists and over bad input.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod advanced;
mod data;
mod entities;
mod history;
mod hostile;
mod lists;
mod names;
mod rescreening;
mod samples;
mod schemas;
mod snapshots;
mod tables;
