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
//! The child side is [`serve`], called with a hook that limits the memory of the process, such as the `cap` crate's allocator.

mod frame;
mod pool;
mod serve;
mod wire;

pub use pool::Pool;
pub use serve::serve;
pub use wire::{Picture, Task};
