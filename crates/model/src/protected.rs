//! Claims that may be compared and never scored.
//!
//! Nationality, ethnicity, language, birthplace, appearance and disability stand in applications, and two sources that state them
//! may contradict each other. That they contradict is evidence; what they say is not. A [`Protected`] claim therefore has no
//! accessor: a check can learn whether two sources [agree](Agreement) and nothing else. The stored value leaves the type only
//! through serialisation, which checks cannot reach (their crate has no serialiser among its dependencies).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether two sources say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Both state the same value.
    Agree,
    /// Both state a value, and the values differ.
    Differ,
    /// At least one is empty, so nothing can be said.
    Unknown,
}

/// A claim whose value no check may read.
///
/// It has no ordering and no accessor, and its debug form hides the value:
///
/// ```
/// use bonafide_model::protected::{Agreement, Protected};
/// let passport = Protected::seal("Utopian");
/// let application = Protected::seal("utopian ");
/// assert_eq!(passport.compare(&application), Agreement::Agree);
/// assert_eq!(format!("{passport:?}"), "Protected(…)");
/// ```
///
/// ```compile_fail
/// use bonafide_model::protected::Protected;
/// let claim = Protected::seal("Utopian");
/// let value: &str = claim.0; // private
/// ```
///
/// ```compile_fail
/// use bonafide_model::protected::Protected;
/// let claim = Protected::seal("Utopian");
/// println!("{claim}"); // cannot be shown
/// ```
///
/// ```compile_fail
/// use bonafide_model::protected::Protected;
/// let claim = Protected::seal("Utopian");
/// if claim == claim {} // not even comparable outside `compare`
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Protected(String);

impl Protected {
    /// Seals a stated value. For readers of applications only: the lint configuration of the catalogue forbids the call, so that
    /// no check can compare a claim with a guess of its own.
    #[must_use]
    pub fn seal(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Compares two stated values without case and surrounding space.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Agreement {
        let (left, right) = (self.0.trim().to_lowercase(), other.0.trim().to_lowercase());
        if left.is_empty() || right.is_empty() {
            Agreement::Unknown
        } else if left == right {
            Agreement::Agree
        } else {
            Agreement::Differ
        }
    }
}

impl fmt::Debug for Protected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Protected(…)")
    }
}
