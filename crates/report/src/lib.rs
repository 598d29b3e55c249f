//! Assessments, told to people and to programs.
//!
//! A [`Run`] of assessments becomes [terminal] text, one self-contained [HTML page](html), [CSV](csv) lines or [JSON v1](json::v1).
//! The crate decides nothing and looks nothing up: width, colour and verbosity come with [`Options`], and the same input gives the
//! same bytes.
//!
//! ```
//! use bonafide_report::{Options, Run, terminal};
//! let mut text = Vec::new();
//! terminal::write(&Run::default(), &Options::plain(80), &mut text)?;
//! assert!(String::from_utf8_lossy(&text).contains("No applications"));
//! # Ok::<(), bonafide_report::Error>(())
//! ```

mod clean;
pub mod csv;
mod error;
pub mod graph;
pub mod html;
pub mod json;
mod number;
mod options;
mod run;
pub mod terminal;
mod timeline;
mod waterfall;
mod words;

pub use clean::clean;
pub use error::Error;
pub use options::{Options, Palette, Remedies, Remedy, Role, Verbosity};
pub use run::{Gap, Noticed, Other, Reported, Run, Unread};
pub use timeline::Timeline;
