//! The vocabulary of Bonafide.
//!
//! Everything that two rooms of the house say to each other is a type of this crate: a [`Fact`](fact::Fact) observed about a
//! subject, the immutable [`Dossier`](dossier::Dossier) of all its facts, the [`Lens`](lens::Lens) through which a check sees the
//! surroundings, the [`Outcome`](check::Outcome) a check answers with, and the [`Assessment`](assessment::Assessment) that
//! combines them. The crate does no I/O, reads no clock and holds no state.
//!
//! Reading order: [`fact`], [`dossier`], [`lens`], [`check`], [`finding`], [`assessment`].

pub mod assessment;
pub mod check;
pub mod dossier;
pub mod fact;
pub mod finding;
mod hash;
pub mod id;
pub mod lens;
pub mod place;
pub mod protected;
pub mod time;

pub use hash::{Canonical, ContentHash};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
