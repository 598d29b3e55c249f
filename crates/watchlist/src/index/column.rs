//! Columns of numbers: in memory, or used where an index file lies.

use std::{ops::Deref, sync::Arc};

use bonafide_formats::segment::{Segment, SegmentError};
use bytemuck::Pod;

/// Numbers in a row.
#[derive(Clone, Debug)]
pub(crate) struct Column<T: Pod>(Place<T>);

#[derive(Clone, Debug)]
enum Place<T> {
    Held(Vec<T>),
    Filed { segment: Arc<Segment>, name: &'static str },
}

impl<T: Pod> Column<T> {
    /// A column of an index file.
    pub(crate) fn filed(segment: &Arc<Segment>, name: &'static str) -> Result<Self, SegmentError> {
        segment.column::<T>(name)?;
        Ok(Self(Place::Filed { segment: Arc::clone(segment), name }))
    }
}

impl<T: Pod> Deref for Column<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Place::Held(values) => values,
            // It was there when the column was made, and a segment never changes.
            Place::Filed { segment, name } => segment.column(name).unwrap_or_default(),
        }
    }
}

impl<T: Pod> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Place::Held(values))
    }
}

impl<T: Pod + PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
