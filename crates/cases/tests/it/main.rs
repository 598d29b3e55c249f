//! Cases as the people who work them see them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod keeping;
mod packages;
mod support;
mod working;
