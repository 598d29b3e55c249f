//! The worker process: foreign bytes are parsed where a crash, a hang or a flood of memory takes nobody along.
//!
//! The program starts itself again (`program worker`), hands over one artefact at a time through a pipe and reads structure back.
//! The parent bounds the time and kills what exceeds it; the child bounds its memory with its own allocator; either way the
//! artefact gets a named [`Error`](crate::error::Error) and the next one a fresh worker. A worker ends when its parent does, because
//! its standard input closes.
//!
//! ```no_run
//! use bonafide_formats::{limits::Limits, worker::Pool};
//! let pool = Pool::new(std::env::current_exe()?, vec!["worker".into()], Limits::default());
//! let document = pool.document("cv.pdf", &std::fs::read("cv.pdf")?)?;
//! println!("{} lines", document.lines.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The child side is [`serve`](serve()), called with a hook that limits the memory of the process. A program does that with an
//! allocator that refuses beyond a limit, such as the `cap` crate's; an allocation that is refused aborts the process, which is
//! what makes the parent name the artefact and start a fresh worker:
//!
//! ```ignore
//! #[global_allocator]
//! static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);
//!
//! // in the command `worker`:
//! serve(stdin().lock(), stdout().lock(), |bytes| {
//!     // Refused where more than that is in use already.
//!     if ALLOCATOR.set_limit(bytes as usize).is_err() {
//!         std::process::abort();
//!     }
//! })?;
//! ```
//!
//! Libraries and tests that cannot start themselves again use [`Isolation::InProcess`].

mod frame;
mod pool;
mod serve;
mod wire;

pub use pool::{Isolation, Pool};
pub use serve::serve;
pub use wire::{Picture, Task};
