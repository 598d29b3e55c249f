//! The parent side: a pool of workers.

use std::{
    ffi::OsString,
    io::{self, BufReader, BufWriter},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

use super::{
    frame, serve,
    wire::{Picture, Request, Response, Task, WireError},
};
use crate::{document::Document, error::Error, limits::Limits, sheet::Workbook};

/// Time beyond the artefact's own that a worker gets to start and to hand its answer over.
const HAND_OVER: Duration = Duration::from_millis(250);
/// Time that a worker gets to end by itself once its pipe is closed.
const LEAVE: Duration = Duration::from_millis(100);

/// Workers that read foreign bytes. One call uses one worker, so a pool serves as many threads as call it.
pub struct Pool {
    isolation: Isolation,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

/// Where foreign bytes are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// In processes of their own, started when needed and used again.
    Process {
        /// The program; it must call [`serve`](super::serve()) on its standard input and output.
        program: PathBuf,
        /// What makes it a worker.
        arguments: Vec<OsString>,
    },
    /// In the calling thread, for libraries and tests: a panic is caught, but time and memory are bounded by the readers alone, and
    /// a reader that exhausts the stack or memory takes the process along.
    InProcess,
}

struct Worker {
    child: Child,
    requests: SyncSender<[Vec<u8>; 2]>,
    responses: Receiver<io::Result<Option<Vec<u8>>>>,
}

impl Pool {
    /// A pool that starts `program` with `arguments` as worker; that program must call [`serve`](super::serve()) on its standard
    /// input and output. No process is started before the first call.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self::with(Isolation::Process { program, arguments }, limits)
    }

    /// A pool with the given isolation.
    #[must_use]
    pub fn with(isolation: Isolation, limits: Limits) -> Self {
        Self { isolation, limits, idle: Mutex::new(Vec::new()) }
    }

    /// The limits under which artefacts are read.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
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
            Response::Picture(_) | Response::Workbook(_) => Err(Self::mixed_up(name)),
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
            Response::Document(_) | Response::Workbook(_) => Err(Self::mixed_up(name)),
        }
    }

    /// Reads the sheets of a spreadsheet in a worker.
    ///
    /// # Errors
    /// As [`read`](crate::sheet::read); [`Error::WorkerLost`] where the worker died or took too long, [`Error::Worker`] where none
    /// could be started.
    pub fn workbook(&self, name: &str, bytes: &[u8]) -> Result<Workbook, Error> {
        match self.call(Task::Workbook, name, bytes)? {
            Response::Workbook(workbook) => Ok(workbook),
            Response::Failed(error) => Err(error.into()),
            Response::Document(_) | Response::Picture(_) => Err(Self::mixed_up(name)),
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
        let Isolation::Process { program, arguments } = &self.isolation else {
            return Ok(catch_unwind(AssertUnwindSafe(|| serve::perform(task, name, bytes, &self.limits)))
                .unwrap_or_else(|_| serve::failed_on_it()));
        };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(program, arguments)?,
        };
        match worker.ask(task, name, bytes, &self.limits) {
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
}

impl Worker {
    fn start(program: &Path, arguments: &[OsString]) -> Result<Self, Error> {
        let failed = |operation: &str, source: io::Error| Error::Worker {
            operation: format!("{operation} {}", program.display()),
            source,
        };
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| failed("starting", source))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("connecting to", io::Error::other("the worker has no pipes")));
        };
        let (requests, asked) = mpsc::sync_channel(1);
        let (answers, responses) = mpsc::sync_channel(1);
        // A thread of its own talks to the worker, because neither writing to a pipe nor reading from one can be given a time limit
        // everywhere. It ends with the worker, or when the pool lets go of the channel, which closes the worker's input.
        let talker = thread::Builder::new().name("worker pipe".to_owned()).spawn(move || talk(&asked, &answers, input, output));
        match talker {
            Ok(_) => Ok(Self { child, requests, responses }),
            Err(source) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(failed("listening to", source))
            }
        }
    }

    fn ask(&mut self, task: Task, name: &str, bytes: &[u8], limits: &Limits) -> Result<Response, Error> {
        let lost = |why: String| Error::WorkerLost { name: name.to_owned(), why };
        let request = Request { task, name: name.to_owned(), limits: limits.into() };
        let head = serde_json::to_vec(&request).map_err(|error| lost(format!("it could not be asked ({error})")))?;
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_be_bytes();
        if self.requests.send([[&length[..], &head].concat(), bytes.to_vec()]).is_err() {
            return Err(lost(format!("it ended{}", self.status())));
        }
        match self.responses.recv_timeout(limits.time + HAND_OVER) {
            Ok(Ok(Some(answer))) => {
                serde_json::from_slice(&answer).map_err(|error| lost(format!("its answer could not be read ({error})")))
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => {
                Err(lost(format!("it ended, out of memory (limit {} MiB) or on a fault,{}", limits.memory >> 20, self.status())))
            }
            Err(RecvTimeoutError::Timeout) => {
                Err(lost(format!("it was killed over the time limit of {:.1} s", limits.time.as_secs_f64())))
            }
        }
    }

    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// How the process ended, in words that follow "ended".
    fn status(&mut self) -> String {
        // It may still be on its way out.
        match self.wait(LEAVE) {
            Some(status) => format!(" with {status}"),
            None => String::new(),
        }
    }

    fn wait(&mut self, most: Duration) -> Option<std::process::ExitStatus> {
        const STEP: Duration = Duration::from_millis(2);
        for _ in 0..=most.as_millis() / STEP.as_millis() {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => thread::sleep(STEP),
                Err(_) => break,
            }
        }
        None
    }
}

/// Passes requests to a worker and its answers back, until either side is gone.
fn talk(
    asked: &Receiver<[Vec<u8>; 2]>,
    answers: &SyncSender<io::Result<Option<Vec<u8>>>>,
    input: ChildStdin,
    output: ChildStdout,
) {
    let (mut input, mut output) = (BufWriter::new(input), BufReader::new(output));
    while let Ok([head, bytes]) = asked.recv() {
        let answer = frame::write(&mut input, &[&head, &bytes]).and_then(|()| frame::read(&mut output));
        let over = !matches!(answer, Ok(Some(_)));
        if answers.send(answer).is_err() || over {
            break;
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
        let children: Vec<Child> = idle
            .into_iter()
            .map(|worker| {
                // Letting go of the channel closes the pipe, which lets a worker end by itself.
                let Worker { child, requests, responses } = worker;
                drop((requests, responses));
                child
            })
            .collect();
        for child in children {
            let (requests, _) = mpsc::sync_channel(1);
            let (_, responses) = mpsc::sync_channel(1);
            let mut worker = Worker { child, requests, responses };
            if worker.wait(LEAVE).is_none() {
                worker.end();
            }
        }
    }
}
