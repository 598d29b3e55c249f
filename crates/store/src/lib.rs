//! The append-only, sealed, hash-chained log and its projections
