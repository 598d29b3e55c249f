//! The consolidated list of financial sanctions of the European Union (FSF), as XML and as CSV.
//!
//! Source: the published schema of `xmlFullSanctionsList_1_1` and the headings of `csvFullSanctionsList_1_1`; no real file was at
//! hand. The CSV names its columns as the XML names its attributes, behind the name of the element: one set of rules reads both.

pub(super) mod csv;
mod party;
pub(super) mod xml;
