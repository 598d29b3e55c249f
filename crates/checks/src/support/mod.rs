//! What several checks share: small pure helpers, no checks.

pub(crate) mod address_pattern;
pub(crate) mod borrowed;
pub(crate) mod career;
pub(crate) mod clock_claim;
pub(crate) mod clock_stretch;
pub(crate) mod copied_sites;
pub(crate) mod days;
pub(crate) mod distinct;
pub(crate) mod foreign_histories;
pub(crate) mod git;
pub(crate) mod holders;
pub(crate) mod indicators;
pub(crate) mod jobs;
pub(crate) mod link_hits;
pub(crate) mod listed;
pub(crate) mod moved_history;
pub(crate) mod network_ranges;
pub(crate) mod own_clocks;
pub(crate) mod rewriting;
pub(crate) mod stated_move;
pub(crate) mod territories;
pub(crate) mod ties;
pub(crate) mod versions;
pub(crate) mod words;
