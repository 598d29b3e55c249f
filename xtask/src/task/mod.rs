//! One file per task.

pub(crate) mod bench;
pub(crate) mod docs;
pub(crate) mod new_check;
pub(crate) mod readme;
pub(crate) mod test;
