//! Sets: many applications in one file.

pub(crate) mod row;
