//! Builders of dossiers, the runner of Markdown case files, and generators of random facts and drawn populations.
//!
//! Depends on the vocabulary only, so that every room can be tested with it.

pub mod applicants;
pub mod cases;
pub mod dossiers;
pub mod people;
pub mod population;
pub mod random;
pub mod resumes;
pub mod surroundings;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
