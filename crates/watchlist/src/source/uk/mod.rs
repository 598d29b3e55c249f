//! The UK Sanctions List, and the consolidated list of financial sanctions that came before it.

pub(super) mod table;
pub(super) mod xml;
