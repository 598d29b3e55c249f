//! Foreign bytes to structure, with places and limits and without meaning.
//!
//! Nothing here knows what a résumé is. A reader takes bytes and [`Limits`](limits::Limits) and answers with structure whose every
//! part names its place, or with an [`Error`](error::Error) that says which limit or which rule was broken. Formats that this
//! project did not write a parser for itself run in a worker process.

pub mod digest;
pub mod document;
pub mod docx;
pub mod encoding;
pub mod error;
pub mod image;
pub mod invisible;
pub mod json;
pub mod layout;
pub mod limits;
mod line;
pub mod packed;
pub mod pdf;
pub mod read;
pub mod segment;
pub mod sheet;
pub mod table;
pub mod text;
pub mod worker;
pub mod xml;
pub mod zip;
