//! `bonafide worker`: parses foreign bytes for a parent process.

use std::io;

use bonafide_formats::worker;

use crate::{
    ALLOCATOR,
    status::{Failure, Status},
};

pub(crate) fn run() -> Result<Status, Failure> {
    let bound_memory = |bytes: u64| {
        // Only ever tightened: what is in use already must not exceed the limit, or the worker would not live to answer.
        let limit = usize::try_from(bytes).unwrap_or(usize::MAX).max(ALLOCATOR.allocated());
        let _ = ALLOCATOR.set_limit(limit);
    };
    worker::serve(io::stdin().lock(), io::stdout().lock(), bound_memory)
        .map_err(|source| Failure::internal("the parent process went away", "", source))?;
    Ok(Status::Done)
}
