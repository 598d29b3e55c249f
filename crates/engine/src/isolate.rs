//! Isolation of a failing check.
//!
//! A check that panics must not take the others along. It is caught, reported as *inconclusive*, and named in the report, so that
//! it can never be mistaken for *clear*.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
};

thread_local! {
    static ISOLATING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside [`isolated`]. A program's panic hook asks this to stay silent: the panic will be reported as an
/// outcome.
#[must_use]
pub fn isolating() -> bool {
    ISOLATING.get()
}

/// Runs `work`; a panic inside becomes its message.
///
/// # Errors
/// The panic's message.
pub fn isolated<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = ISOLATING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    ISOLATING.set(outer);
    result.map_err(|panic| {
        panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panicked without a message".to_owned())
    })
}
