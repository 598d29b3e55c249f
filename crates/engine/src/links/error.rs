//! Why subjects cannot be linked.

/// Subjects cannot be linked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The linker cannot take them, or its index cannot be used.
    #[error(transparent)]
    Linkage(#[from] bonafide_linkage::Error),
    /// A subject that is kept elsewhere cannot be read.
    #[error("a subject of the store cannot be read: {why}")]
    Subject {
        /// What is wrong with it.
        why: String,
    },
}

impl Error {
    /// Whether another program has the index open for writing.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Linkage(bonafide_linkage::Error::Busy { .. }))
    }
}
