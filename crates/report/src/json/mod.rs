//! Assessments for programs: one compact JSON object a line.

mod escape;
pub mod v1;
