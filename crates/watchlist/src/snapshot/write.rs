//! How a snapshot gets onto the disk: one writer at a time, every step flushed, nothing in force before all of it is there.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{Folder, Manifest};
use crate::{entry::ListCode, error::Error, source::ListFile};

/// A second writer waits so long for the first: reading the largest list takes seconds.
const PATIENCE: Duration = Duration::from_secs(30);
const NAP: Duration = Duration::from_millis(20);

/// The right to write one source. It ends with this value, and with the process, however that ends.
#[derive(Debug)]
pub(super) struct Writing(#[expect(dead_code, reason = "the lock is held as long as the file is open")] File);

impl Folder {
    /// Waits for the right to write a source.
    pub(super) fn write_lock(&self, source: &ListCode) -> Result<Writing, Error> {
        let folder = self.0.join(source.as_str());
        let failed = |source| Error::Folder { path: folder.display().to_string(), operation: "lock", source };
        fs::create_dir_all(&folder).map_err(failed)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(".lock")).map_err(failed)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Writing(file)),
                Err(fs::TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(NAP),
                Err(fs::TryLockError::WouldBlock) => return Err(Error::Busy { path: folder.display().to_string() }),
                Err(fs::TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// Writes a snapshot and puts it in force. An interruption at any point leaves what was in force before, or the new one as a
    /// whole; what is left over is cleared away by the next writer.
    pub(super) fn write(&self, _lock: &Writing, manifest: &Manifest, files: &[ListFile<'_>]) -> Result<(), Error> {
        let list = self.0.join(&manifest.source);
        let written = || -> io::Result<()> {
            clear_leftovers(&list)?;
            let (aside, place) = (list.join(format!(".{}.part", manifest.id)), list.join(&manifest.id));
            if place.exists() && !self.is_whole(manifest) {
                // Somebody changed what lies there; the bytes at hand are the ones it was made of.
                fs::remove_dir_all(&place)?;
            }
            if !place.exists() {
                step("make the folder")?;
                fs::create_dir(&aside)?;
                for (number, file) in files.iter().enumerate() {
                    write_flushed(&aside.join(number.to_string()), file.bytes)?;
                }
                let text = serde_json::to_vec_pretty(manifest).map_err(io::Error::other)?;
                write_flushed(&aside.join("manifest.json"), &text)?;
                flush_folder(&aside)?;
                step("move the snapshot into place")?;
                fs::rename(&aside, &place)?;
                flush_folder(&list)?;
            }
            replace(&list, "current", manifest.id.as_bytes())?;
            flush_folder(&self.0)
        };
        written().map_err(|source| Error::Folder { path: list.display().to_string(), operation: "write a snapshot into", source })
    }

    /// Whether a snapshot lies there as it was stored.
    fn is_whole(&self, manifest: &Manifest) -> bool {
        let Ok(source) = manifest.source.parse::<ListCode>() else { return false };
        self.manifest(&source, &manifest.id).is_ok_and(|stored| {
            stored.files.len() == manifest.files.len()
                && (0..stored.files.len()).all(|at| self.file(&source, &stored, at).is_ok())
        })
    }
}

/// Replaces a small file as a whole.
pub(super) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let aside = folder.join(format!(".{name}.part"));
    write_flushed(&aside, bytes)?;
    step("replace a small file")?;
    fs::rename(aside, folder.join(name))?;
    flush_folder(folder)
}

/// What killed writers left.
fn clear_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_left = name.to_str().is_some_and(|name| name.starts_with('.') && name.ends_with(".part"));
        if is_left && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if is_left {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    step("make a file")?;
    let mut file = File::create(path)?;
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    file.write_all(first)?;
    step("write the rest of a file")?;
    file.write_all(rest)?;
    step("flush a file")?;
    file.sync_all()
}

/// Names of files are flushed with their folder; a system that cannot open folders has no need of it.
fn flush_folder(path: &Path) -> io::Result<()> {
    step("flush a folder")?;
    match File::open(path) {
        Ok(folder) if cfg!(unix) => folder.sync_all(),
        Ok(_) => Ok(()),
        Err(error) if cfg!(unix) => Err(error),
        Err(_) => Ok(()),
    }
}

/// A point at which a process may be killed. Tests end it there; nothing cleans up behind it, as nothing does after a kill.
fn step(_doing: &'static str) -> io::Result<()> {
    #[cfg(test)]
    tests::fall(_doing)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::{
        snapshot::{Origin, Taken},
        source::sheets_in_process,
    };

    thread_local! {
        /// Steps that are still taken before the fall; none falls while it is empty.
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    pub(super) fn fall(doing: &'static str) -> io::Result<()> {
        match LEFT.get() {
            Some(0) => Err(io::Error::other(format!("killed before: {doing}"))),
            left => {
                LEFT.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }

    fn people(count: usize) -> String {
        let row =
            |n: usize| format!("{n},\"SAMPLE{n}, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
        (1..=count).map(row).collect()
    }

    fn take(folder: &Folder, count: usize) -> Result<Taken, Error> {
        let origin = Origin { fetched_at: "2026-11-01T06:00:00Z".parse().unwrap(), files: Vec::new() };
        let text = people(count);
        let files = [
            ListFile { name: "sdn.csv", bytes: text.as_bytes() },
            ListFile { name: "add.csv", bytes: b"1,1,-0- ,-0- ,\"Norway\",-0- \r\n" },
        ];
        folder.take(None, &files, &origin, &sheets_in_process)
    }

    /// Entries of what is in force, read back from the disk.
    fn in_force(folder: &Folder) -> Option<usize> {
        let manifest = folder.current(&ListCode::OFAC).unwrap()?;
        Some(folder.load(&ListCode::OFAC, &manifest.id, &sheets_in_process).unwrap().entries.len())
    }

    #[test]
    fn killed_at_any_step_the_old_or_the_new_snapshot_is_in_force_as_a_whole() {
        let mut seen = [0_u32; 2];
        for steps in 0.. {
            let place = tempfile::tempdir().unwrap();
            let folder = Folder::new(place.path());
            take(&folder, 10).unwrap();
            LEFT.set(Some(steps));
            let outcome = take(&folder, 11);
            let ended = LEFT.replace(None) != Some(0) || outcome.is_ok();
            let found = in_force(&folder).unwrap();
            assert!(found == 10 || found == 11, "{found} entries after {steps} steps");
            assert!(outcome.is_err() || found == 11, "what was acknowledged is in force");
            seen[found - 10] += 1;
            // Whatever was left over, the next writer succeeds, and leaves nothing behind.
            take(&folder, 12).unwrap();
            assert_eq!(in_force(&folder), Some(12));
            let left = fs::read_dir(place.path().join("ofac"))
                .unwrap()
                .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".part")));
            assert_eq!(left.count(), 0);
            if ended {
                assert!(steps > 10, "the test reached {steps} steps");
                break;
            }
        }
        assert!(seen[0] > 10 && seen[1] > 0, "{seen:?}");
    }

    #[test]
    fn killed_at_any_step_of_the_first_fetch_nothing_is_in_force() {
        for steps in 0..12 {
            let place = tempfile::tempdir().unwrap();
            let folder = Folder::new(place.path());
            LEFT.set(Some(steps));
            assert!(take(&folder, 10).is_err());
            LEFT.set(None);
            assert_eq!(in_force(&folder), None);
        }
    }

    #[test]
    fn writers_take_turns() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let lock = folder.write_lock(&ListCode::OFAC).unwrap();
        thread::scope(|scope| {
            let writer = scope.spawn(|| take(&folder, 10).map(|_| ()));
            thread::sleep(Duration::from_millis(100));
            assert_eq!(in_force(&folder), None, "the second waits");
            drop(lock);
            writer.join().unwrap().unwrap();
        });
        assert_eq!(in_force(&folder), Some(10));
    }

    #[test]
    fn what_was_damaged_on_the_disk_is_written_anew() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let Taken::New(manifest) = take(&folder, 10).unwrap() else { panic!("it is new") };
        take(&folder, 11).unwrap();
        fs::write(place.path().join("ofac").join(&manifest.id).join("0"), people(3)).unwrap();
        take(&folder, 10).unwrap();
        assert_eq!(in_force(&folder), Some(10));
    }
}
