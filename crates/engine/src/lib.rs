//! Joins the rooms: answers the lens, runs the catalogue, isolates failures, combines findings into a recommendation, replays.
//!
//! ```
//! use bonafide_engine::{Engine, House};
//! use bonafide_model::{dossier::Dossier, id::SubjectId};
//!
//! let engine = Engine::new(House::offline(), "2026-06-01".parse().expect("a day"));
//! let assessed = engine.assess(&Dossier::new(SubjectId::new("a-1"), Vec::new()), &[]);
//! assert_eq!(assessed.assessment.band.name(), "clear");
//! assert!(assessed.assessment.coverage.clear.is_empty(), "nothing was examined, and it says so");
//! ```

pub mod changes;
pub mod combine;
mod error;
mod house;
pub mod isolate;
pub mod links;
pub mod lists;
pub mod networks;
pub mod rates;
pub mod replay;
mod run;
pub mod tables;

pub use error::Error;
pub use house::{House, Room};
pub use run::{Assessed, CATALOGUE_VERSION, Engine, display_name};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
