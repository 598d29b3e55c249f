//! Word lists by which lines of a résumé are told apart. All are our own compilations.

pub(crate) mod degrees;
pub(crate) mod headings;
pub(crate) mod labels;
pub(crate) mod languages;
mod list;
pub(crate) mod occupations;
pub(crate) mod organisations;
