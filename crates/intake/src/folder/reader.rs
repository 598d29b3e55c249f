//! Who reads documents and pictures: the caller decides whether that happens in this process.

use bonafide_formats::{
    document::Document,
    error::Error,
    image,
    limits::Limits,
    read,
    worker::{Picture, Pool},
};

/// Reads the formats of documents and pictures.
pub trait DocumentReader {
    /// Reads a document: PDF, DOCX, text or Markdown, recognised by its content and, for text, by its name.
    ///
    /// # Errors
    /// As [`read::read`].
    fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error>;

    /// Reads a picture.
    ///
    /// # Errors
    /// As [`image::inspect`].
    fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Error>;
}

/// Reads everything in this process: for tests, fuzzing and trusted input.
#[derive(Clone, Debug, Default)]
pub struct InProcess {
    /// Limits on one artefact.
    pub limits: Limits,
}

impl DocumentReader for InProcess {
    fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error> {
        read::read(name, bytes, &self.limits)
    }

    fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Error> {
        image::inspect(name, bytes, &self.limits).map(Picture::from)
    }
}

/// Reads in worker processes what was made to be attacked with, and plain text in this one.
#[derive(Clone, Copy)]
pub struct Isolated<'p> {
    /// The workers.
    pub pool: &'p Pool,
    /// Limits on what is read in this process.
    pub limits: &'p Limits,
}

impl DocumentReader for Isolated<'_> {
    fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error> {
        if read::needs_isolation(bytes) { self.pool.document(name, bytes) } else { read::read(name, bytes, self.limits) }
    }

    fn picture(&self, name: &str, bytes: &[u8]) -> Result<Picture, Error> {
        self.pool.picture(name, bytes)
    }
}
