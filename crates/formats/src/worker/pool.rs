//! The parent side: a pool of workers.

use std::{
    ffi::OsString,
    io::{self, BufReader, BufWriter},
    path::PathBuf,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use super::{
    frame,
    wire::{Picture, Request, Response, Task, WireError},
};
use crate::{document::Document, error::Error, limits::Limits};

/// Time beyond the artefact's own that a worker gets to hand its answer over.
const HAND_OVER: Duration = Duration::from_millis(250);

/// Worker processes, started when needed and used again. One call uses one worker, so a pool serves as many threads as call it.
pub struct Pool {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

struct Worker {
    child: Child,
    requests: BufWriter<ChildStdin>,
    responses: Receiver<io::Result<Option<Vec<u8>>>>,
}

impl Pool {
    /// A pool that starts `program` with `arguments` as worker; that program must call [`serve`](super::serve) on its standard input
    /// and output. No process is started before the first call.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self { program, arguments, limits, idle: Mutex::new(Vec::new()) }
    }

    /// Reads a document in a worker.
    ///
    /// # Errors
    /// As [`read`](crate::read::read); [`Error::WorkerLost`] where the worker died or took too long, [`Error::Worker`] where none
    /// could be started.
    pub fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error> {
        match self.call(Task::Document, name, bytes)? {
            Response::Document(document) => Ok(*document),
            Response::Failed(error) => Err(error.into()),
            Response::Picture(_) => Err(Self::mixed_up(name)),
        }
    }

    /// Inspects a picture in a worker.
    ///
    /// # Errors
    /// As [`inspect`](crate::image::inspect); [`Error::WorkerLost`] where the worker died or took too long, [`Error::Worker`] where
    /// none could be started.
    pub fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Error> {
        match self.call(Task::Picture, name, bytes)? {
            Response::Picture(picture) => Ok(picture),
            Response::Failed(error) => Err(error.into()),
            Response::Document(_) => Err(Self::mixed_up(name)),
        }
    }

    fn mixed_up(name: &str) -> Error {
        Error::WorkerLost { name: name.to_owned(), why: "it answered another question".to_owned() }
    }

    /// Process ids of the workers that are idle now.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|worker| worker.child.id()).collect()
    }

    fn call(&self, task: Task, name: &str, bytes: &[u8]) -> Result<Response, Error> {
        if bytes.len() as u64 > self.limits.bytes {
            let (what, limit) = (format!("the file's size of {} bytes", bytes.len()), format!("{} bytes", self.limits.bytes));
            return Ok(Response::Failed(WireError::OverLimit { format: "document".to_owned(), what, limit }));
        }
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.start()?,
        };
        match self.ask(&mut worker, task, name, bytes) {
            Ok(response) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                Ok(response)
            }
            // A worker that failed is never used again: whatever it was made to parse may have left it in any state.
            Err(error) => {
                worker.end();
                Err(error)
            }
        }
    }

    fn start(&self) -> Result<Worker, Error> {
        let failed = |operation: &str, source: io::Error| Error::Worker {
            operation: format!("{operation} {}", self.program.display()),
            source,
        };
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| failed("starting", source))?;
        let (Some(requests), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("connecting to", io::Error::other("the worker has no pipes")));
        };
        let (sender, responses) = mpsc::sync_channel(1);
        // A thread of its own reads answers, because waiting for a pipe cannot be given a time limit everywhere.
        let reader = thread::Builder::new().name("worker answers".to_owned()).spawn(move || {
            let mut answers = BufReader::new(answers);
            loop {
                let frame = frame::read(&mut answers);
                let over = !matches!(frame, Ok(Some(_)));
                if sender.send(frame).is_err() || over {
                    break;
                }
            }
        });
        match reader {
            Ok(_) => Ok(Worker { child, requests: BufWriter::new(requests), responses }),
            Err(source) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(failed("listening to", source))
            }
        }
    }

    fn ask(&self, worker: &mut Worker, task: Task, name: &str, bytes: &[u8]) -> Result<Response, Error> {
        let lost = |why: String| Error::WorkerLost { name: name.to_owned(), why };
        let request = Request { task, name: name.to_owned(), limits: (&self.limits).into() };
        let head = serde_json::to_vec(&request).map_err(|error| lost(format!("it could not be asked ({error})")))?;
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_be_bytes();
        if frame::write(&mut worker.requests, &[&length, &head, bytes]).is_err() {
            return Err(lost(format!("it ended{}", worker.status())));
        }
        match worker.responses.recv_timeout(self.limits.time + HAND_OVER) {
            Ok(Ok(Some(answer))) => {
                serde_json::from_slice(&answer).map_err(|error| lost(format!("its answer could not be read ({error})")))
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(lost(format!(
                "it ended, out of memory (limit {} MiB) or on a fault,{}",
                self.limits.memory >> 20,
                worker.status()
            ))),
            Err(RecvTimeoutError::Timeout) => {
                Err(lost(format!("it was killed over the time limit of {:.1} s", self.limits.time.as_secs_f64())))
            }
        }
    }
}

impl Worker {
    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// How the process ended, in words that follow "ended".
    fn status(&mut self) -> String {
        // It may still be on its way out.
        for _ in 0..20 {
            match self.child.try_wait() {
                Ok(Some(status)) => return in_words(status),
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
        }
        String::new()
    }
}

fn in_words(status: ExitStatus) -> String {
    format!(" with {status}")
}

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
        for worker in idle {
            // Closing the pipe lets a worker end by itself; one that does not is ended.
            let Worker { mut child, requests, responses } = worker;
            drop(requests);
            drop(responses);
            if !matches!(child.try_wait(), Ok(Some(_))) {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}
