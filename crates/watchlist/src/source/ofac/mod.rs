//! Lists of the US Treasury's Office of Foreign Assets Control.

pub(super) mod advanced;
pub(super) mod csv;
mod remarks;
pub(super) mod xml;
