//! What several checks share: small pure helpers, no checks.

pub(crate) mod address_pattern;
pub(crate) mod holders;
pub(crate) mod indicators;
pub(crate) mod jobs;
