//! The child side.

use std::{
    io::{self, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{
    frame,
    wire::{Request, Response, Task, WireError},
};
use crate::{image, limits::Limits, read, sheet};

/// Answers requests until the parent closes the pipe.
///
/// `bound_memory` is called with the limit of each request before its bytes are parsed; it should make allocations beyond the limit
/// fail, which ends the process. A panic of a reader is caught and answered as malformed input.
///
/// # Errors
/// Where the pipe breaks in the middle of a frame.
pub fn serve(mut input: impl Read, mut output: impl Write, bound_memory: impl Fn(u64)) -> io::Result<()> {
    while let Some(request) = frame::read(&mut input)? {
        let response = answer(&request, &bound_memory);
        let bytes = serde_json::to_vec(&response).map_err(io::Error::other)?;
        frame::write(&mut output, &[&bytes])?;
    }
    Ok(())
}

fn answer(frame: &[u8], bound_memory: &impl Fn(u64)) -> Response {
    let malformed = |why: String| Response::Failed(WireError::Malformed { format: "document".to_owned(), why });
    let Some((head, bytes)) = split(frame) else { return malformed("the request could not be read".to_owned()) };
    let request: Request = match serde_json::from_slice(head) {
        Ok(request) => request,
        Err(error) => return malformed(format!("the request could not be read: {error}")),
    };
    let limits: Limits = request.limits.into();
    bound_memory(limits.memory);
    catch_unwind(AssertUnwindSafe(|| perform(request.task, &request.name, bytes, &limits))).unwrap_or_else(|_| failed_on_it())
}

/// Does what a request asks.
pub(super) fn perform(task: Task, name: &str, bytes: &[u8], limits: &Limits) -> Response {
    let done = match task {
        Task::Document => read::read(name, bytes, limits).map(|document| Response::Document(Box::new(document))),
        Task::Picture => image::inspect(name, bytes, limits).map(|inspected| Response::Picture(inspected.into())),
        Task::Workbook => sheet::read(name, bytes, limits).map(Response::Workbook),
    };
    done.unwrap_or_else(|error| Response::Failed(error.into()))
}

/// The answer where a reader panicked.
pub(super) fn failed_on_it() -> Response {
    Response::Failed(WireError::Malformed { format: "document".to_owned(), why: "the reader failed on it".to_owned() })
}

/// The head of a request is preceded by its length in four bytes.
fn split(frame: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = frame.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    (length <= rest.len()).then(|| rest.split_at(length))
}
