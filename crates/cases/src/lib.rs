//! Queue, decision, evidence package and erasure over the log
