//! The catalogue of checks
