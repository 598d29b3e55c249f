//! Files of the program's own making, used where they lie.
//!
//! An index of a million applications has 270 MB. To read it costs 135 ms and as much memory before the first answer; mapped, opening
//! costs a tenth of a millisecond and only pages that are looked at are read, shared among all programs that have the file open.
//!
//! # Why this is sound
//! A mapping is a shared slice of bytes, so nobody may change the file while it lives. That cannot be proved from within a program;
//! these are the reasons why it holds for the files this crate is for:
//!
//! 1. They are written beside their place, made read-only, synchronised, and renamed into place: no version of the program opens one
//!    for writing, and what replaces one is another file. A mapping keeps the file it was made of even when its name is gone.
//! 2. [`MappedFile::open`] maps only files without any permission to write. Whoever wants to change one has to take that away first,
//!    on purpose, in a folder that belongs to the program. All other files are read into memory instead: the same answers, slower.
//! 3. All bit patterns are bytes, so whatever the pages hold there is no invalid value; what the bytes mean is checked by who reads them.
//!
//! A disk that fails, or a file that is cut by somebody who took its permissions away, ends the program with a bus error, as a lost disk
//! ends every program whose code lies on it. Elsewhere than on Unix files are always read.

use std::{fs::File, io, ops::Deref};

/// Files that are not larger are read: a mapping would cost as much.
const SMALL: u64 = 64 << 10;

/// The bytes of a file, aligned for numbers of up to eight bytes.
#[derive(Debug)]
pub struct MappedFile(Bytes);

#[derive(Debug)]
enum Bytes {
    #[cfg(unix)]
    Mapped(memmap2::Mmap),
    /// As numbers, so that it is aligned, and its length in bytes.
    Read(Vec<u64>, usize),
}

impl MappedFile {
    /// Maps a file that nobody may write to, and reads any other. `length` is what the caller found to be its length and allows.
    ///
    /// # Errors
    /// Where the file cannot be mapped or read, or is shorter than `length`.
    ///
    /// ```
    /// # fn main() -> std::io::Result<()> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("numbers");
    /// std::fs::write(&path, [1, 2, 3])?;
    /// let file = std::fs::File::open(&path)?;
    /// let bytes = bonafide_mapped::MappedFile::open(&file, file.metadata()?.len())?;
    /// assert_eq!(bytes[..], [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn open(file: &File, length: u64) -> io::Result<Self> {
        #[cfg(unix)]
        if length > SMALL && is_sealed(file)? {
            return map(file, length);
        }
        Self::read(file, length)
    }

    fn read(mut file: &File, length: u64) -> io::Result<Self> {
        let length = usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let mut words = vec![0_u64; length.div_ceil(size_of::<u64>())];
        io::Read::read_exact(&mut file, &mut bytemuck::cast_slice_mut(&mut words)[..length])?;
        Ok(Self(Bytes::Read(words, length)))
    }

    /// Bytes that stand in memory already, copied.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut words = vec![0_u64; bytes.len().div_ceil(size_of::<u64>())];
        bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self(Bytes::Read(words, bytes.len()))
    }

    /// Whether the file is mapped and not read.
    #[must_use]
    pub const fn is_mapped(&self) -> bool {
        match self.0 {
            #[cfg(unix)]
            Bytes::Mapped(_) => true,
            Bytes::Read(..) => false,
        }
    }
}

impl Deref for MappedFile {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            #[cfg(unix)]
            Bytes::Mapped(map) => map,
            Bytes::Read(words, length) => &bytemuck::cast_slice(words)[..*length],
        }
    }
}

/// Takes the permission to write from a file that is complete, so that it can be mapped. Where that cannot be done, as on file systems
/// without permissions, the file is read instead of mapped.
///
/// # Errors
/// Where the permissions cannot be set.
pub fn seal(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut permissions = file.metadata()?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions)
    }
    // Elsewhere a read-only file could not be replaced.
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(())
    }
}

/// Whether it is an ordinary file that nobody may write to.
#[cfg(unix)]
fn is_sealed(file: &File) -> io::Result<bool> {
    let metadata = file.metadata()?;
    Ok(metadata.is_file() && metadata.permissions().readonly())
}

#[cfg(unix)]
fn map(file: &File, length: u64) -> io::Result<MappedFile> {
    let length = usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    // SAFETY: the file is not changed while the mapping lives: see the reasons at the top of this file. It is an ordinary file that
    // nobody may write to (`is_sealed`), made by `seal` after its last byte was written, and replaced by renaming alone. The slice is
    // of bytes, which have no invalid values.
    #[expect(unsafe_code, reason = "measured and reasoned at the top of this file")]
    let map = unsafe { memmap2::MmapOptions::new().len(length).map(file) }?;
    // A file that was cut since its length was looked at would end the program where it is read.
    if file.metadata()?.len() < length as u64 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(MappedFile(Bytes::Mapped(map)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8], sealed: bool) -> (tempfile::TempDir, File) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        if sealed {
            seal(&File::open(&path).unwrap()).unwrap();
        }
        let file = File::open(path).unwrap();
        (folder, file)
    }

    #[test]
    fn mapped_and_read_are_the_same() {
        let bytes: Vec<u8> = (0..200_003_u32).map(|number| (number * 7 % 251) as u8).collect();
        for sealed in [false, true] {
            let (_folder, file) = file(&bytes, sealed);
            let mapped = MappedFile::open(&file, bytes.len() as u64).unwrap();
            assert_eq!(mapped.is_mapped(), sealed && cfg!(unix));
            assert_eq!(mapped[..], bytes[..]);
            assert_eq!(mapped.as_ptr().align_offset(align_of::<u64>()), 0);
        }
        assert_eq!(MappedFile::of_bytes(&bytes)[..], bytes[..]);
    }

    #[test]
    fn small_files_are_read() {
        for bytes in [&b""[..], b"a", b"123456789"] {
            let (_folder, file) = file(bytes, true);
            let read = MappedFile::open(&file, bytes.len() as u64).unwrap();
            assert!(!read.is_mapped());
            assert_eq!(read[..], *bytes);
        }
    }

    #[test]
    fn a_file_shorter_than_it_was_is_an_error() {
        for sealed in [false, true] {
            let (_folder, file) = file(&vec![1; 100_000], sealed);
            assert!(MappedFile::open(&file, 200_000).is_err());
        }
    }

    #[test]
    fn a_mapping_outlives_the_name_of_its_file() {
        let (folder, file) = file(&vec![5; 100_000], true);
        let mapped = MappedFile::open(&file, 100_000).unwrap();
        std::fs::write(folder.path().join("other"), vec![6; 100_000]).unwrap();
        std::fs::rename(folder.path().join("other"), folder.path().join("file")).unwrap();
        assert!(mapped.iter().all(|&byte| byte == 5));
    }
}
