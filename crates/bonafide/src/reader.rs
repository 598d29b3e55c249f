//! How this program reads foreign formats: in worker processes that are this program again.

use std::{ffi::OsString, path::PathBuf};

use bonafide_formats::{
    document::Document,
    error::Error,
    limits::Limits,
    read,
    sheet::Workbook,
    worker::{Picture, Pool},
};
use bonafide_intake::folder::DocumentReader;

use crate::status::Failure;

/// Reads documents and pictures through a pool of workers; plain text in this process.
pub(crate) struct WorkerReader {
    pool: Pool,
    limits: Limits,
}

impl WorkerReader {
    /// A reader whose workers are this program with the command `worker`.
    pub(crate) fn new(limits: &Limits) -> Result<Self, Failure> {
        let program: PathBuf = std::env::current_exe().map_err(|source| {
            Failure::internal(
                "cannot find the program's own file to start workers from",
                "call the program by its full path",
                source,
            )
        })?;
        Ok(Self { pool: Pool::new(program, vec![OsString::from("worker")], limits.clone()), limits: limits.clone() })
    }

    /// Reads a spreadsheet in a worker.
    pub(crate) fn workbook(&self, name: &str, bytes: &[u8]) -> Result<Workbook, Error> {
        self.pool.workbook(name, bytes)
    }

    /// Process ids of the workers.
    pub(crate) fn processes(&self) -> Vec<u32> {
        self.pool.processes()
    }
}

impl DocumentReader for WorkerReader {
    fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error> {
        if read::needs_isolation(bytes) { self.pool.document(name, bytes) } else { read::read(name, bytes, &self.limits) }
    }

    fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Error> {
        self.pool.picture(name, bytes)
    }
}
