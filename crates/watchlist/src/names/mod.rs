//! Names of people and organisations compared, with the reasons.
//!
//! A name is analysed once ([`AnalysedName`]): disguises folded, every script romanised, titles and job words told apart, words
//! weighted by what they say (a frequent name says little, a particle hardly anything). Two analysed names are compared by
//! [`compare`] without allocation: words are assigned to words so that the whole fits best, words written together or apart are
//! met, and what finds no partner counts against the match.
//!
//! The score tells how well two *spellings* fit, 0…1. It is no probability that two parties are one: that needs a birth date, a
//! document or another attribute, and the same rules hold for names of every origin.

mod analyse;
mod assign;
mod compare;
mod distance;
mod joined;
mod letters;
mod organisation;
mod pair;
mod population;
mod score;
mod store;
mod tables;
mod token;
mod view;

pub use analyse::{AnalysedName, NameKind};
pub use compare::{MAX_OPERATIONS, NameFeatures, NameMatch, Operation, OperationKind, compare};
pub use score::{MEASURES, Model, SIGNS};
pub(crate) use store::{Memo, NameStore, NameStoreBuilder};
pub(crate) use token::WHATEVER_SPELLING;
pub use token::{Token, TokenKind};
