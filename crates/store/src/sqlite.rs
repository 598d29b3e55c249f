//! The database: every statement of SQL in this crate stands here.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
    time::Duration,
};

use bonafide_model::ContentHash;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, backup::Backup, params};
use rusqlite_migration::{M, Migrations};

use crate::{
    chain::Header,
    disk,
    error::{Result, StoreError},
    id::{Position, StoreId, SubjectKeyId},
};

/// Marks the file as a store: `BFST` in the header of the database.
const APPLICATION_ID: i32 = 0x4246_5354;

static MIGRATIONS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(vec![M::up(include_str!("migrations/0001_log.sql"))]));

/// Formats this program knows: the number of migrations.
const NEWEST: i64 = 1;

/// An event as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredEvent {
    pub(crate) position: Position,
    pub(crate) header: Header,
    pub(crate) sealed: Vec<u8>,
    pub(crate) link: ContentHash,
}

/// An event, or where it stands as far as that can be read, and why it cannot be.
pub(crate) type MaybeEvent = std::result::Result<StoredEvent, (Option<Position>, String)>;

/// A row of the table of blobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StoredBlob {
    pub(crate) address: ContentHash,
    pub(crate) subject: SubjectKeyId,
    pub(crate) bytes: u64,
}

/// The database file, open.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    path: PathBuf,
    wait: Duration,
}

/// Names in the table `meta`.
pub(crate) mod meta {
    pub(crate) const STORE: &str = "store";
    pub(crate) const COVERED: &str = "covered";
    pub(crate) const ERASED: &str = "erased";
}

impl Database {
    /// Opens for writing; makes the file where it is missing and brings its format up to date.
    pub(crate) fn open(path: &Path, wait: Duration) -> Result<Self> {
        if !path.exists() {
            // Made by us first, because SQLite would make it readable for everybody; its side files take over the permission.
            disk::private_file(path).map_err(|source| StoreError::file("make", path, source))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut database = Self::connect(path, wait, flags)?;
        database.check_format()?;
        database.configure()?;
        MIGRATIONS.to_latest(&mut database.connection).map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => database.failed("bring the format up to date", err),
            other => StoreError::Database {
                operation: "bring the format up to date",
                path: path.to_owned(),
                source: rusqlite::Error::ToSqlConversionFailure(other.to_string().into()),
            },
        })?;
        Ok(database)
    }

    /// Opens for reading only. Nothing in the folder changes but SQLite's own lock file.
    pub(crate) fn open_read_only(path: &Path, wait: Duration) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Self::connect(path, wait, flags)?;
        match database.check_format() {
            Err(StoreError::Database { source, .. })
                if source.sqlite_error_code() == Some(ErrorCode::CannotOpen) && disk::length(&side_file(path, "-wal"))? == 0 =>
            {
                // A folder that may not be written to: without a write-ahead log the file is all there is.
                let address = format!("file:{}?immutable=1", escape(path));
                let database = Self::connect(Path::new(&address), wait, flags | OpenFlags::SQLITE_OPEN_URI)?;
                let database = Self { path: path.to_owned(), ..database };
                database.check_format().map(|()| database)
            }
            other => other.map(|()| database),
        }
    }

    fn connect(path: &Path, wait: Duration, flags: OpenFlags) -> Result<Self> {
        let connection = Connection::open_with_flags(path, flags).map_err(|source| StoreError::Database {
            operation: "open the file",
            path: path.to_owned(),
            source,
        })?;
        let database = Self { connection, path: path.to_owned(), wait };
        database.connection.busy_timeout(wait).map_err(|error| database.failed("set the waiting time", error))?;
        database.connection.set_prepared_statement_cache_capacity(64);
        Ok(database)
    }

    fn check_format(&self) -> Result<()> {
        let pragma = |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let read = |name| {
            pragma(name).map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => StoreError::NotAStore { path: self.path.clone() },
                _ => self.failed("read the format", error),
            })
        };
        let (found, application) = (read("user_version")?, read("application_id")?);
        if found == 0 && application == 0 && self.is_empty()? {
            return Ok(());
        }
        if application != i64::from(APPLICATION_ID) {
            return Err(StoreError::NotAStore { path: self.path.clone() });
        }
        if found > NEWEST {
            return Err(StoreError::Newer { path: self.path.clone(), found, known: NEWEST });
        }
        Ok(())
    }

    fn is_empty(&self) -> Result<bool> {
        self.connection
            .query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| self.failed("read the schema", error))
    }

    fn configure(&self) -> Result<()> {
        let set = |name: &'static str, value: &dyn rusqlite::ToSql| {
            self.connection.pragma_update(None, name, value).map_err(|error| self.failed("configure", error))
        };
        if self.is_empty()? {
            set("application_id", &APPLICATION_ID)?;
        }
        set("journal_mode", &"WAL")?;
        set("synchronous", &"FULL")?;
        set("fullfsync", &true)?;
        set("secure_delete", &true)?;
        set("temp_store", &"MEMORY")?;
        set("trusted_schema", &false)?;
        set("cell_size_check", &true)?;
        Ok(())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn failed(&self, operation: &'static str, source: rusqlite::Error) -> StoreError {
        let path = self.path.clone();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path, waited: self.wait },
            Some(ErrorCode::DiskFull) => StoreError::NoSpace { operation, path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                let source = std::io::Error::new(std::io::ErrorKind::PermissionDenied, source);
                StoreError::NotPermitted { operation, path, source }
            }
            Some(ErrorCode::NotADatabase) => StoreError::NotAStore { path },
            _ => StoreError::Database { operation, path, source },
        }
    }

    fn execute(&self, operation: &'static str, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<usize> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(values))
            .map_err(|error| self.failed(operation, error))
    }

    fn one<T>(
        &self,
        operation: &'static str,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(values, read).optional())
            .map_err(|error| self.failed(operation, error))
    }

    fn many<T>(
        &self,
        operation: &'static str,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(values, read)?.collect())
            .map_err(|error| self.failed(operation, error))
    }

    // --- transactions -----------------------------------------------------------------------------------------------------

    /// Takes the head lock: from here to commit or rollback nobody else writes.
    pub(crate) fn begin(&self) -> Result<()> {
        self.execute("take the head lock", "BEGIN IMMEDIATE", &[]).map(drop)
    }

    /// A consistent view for several reads.
    pub(crate) fn begin_reading(&self) -> Result<()> {
        self.execute("begin reading", "BEGIN DEFERRED", &[]).map(drop)
    }

    pub(crate) fn commit(&self) -> Result<()> {
        self.execute("commit", "COMMIT", &[]).map(drop)
    }

    /// Gives up the transaction, if one is open. That itself cannot fail in a way that matters: the next `begin` would tell.
    pub(crate) fn rollback(&self) {
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Whether a transaction is open: some errors end it.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    pub(crate) fn savepoint(&self) -> Result<()> {
        self.execute("set a savepoint", "SAVEPOINT request", &[]).map(drop)
    }

    pub(crate) fn release(&self) -> Result<()> {
        self.execute("release a savepoint", "RELEASE request", &[]).map(drop)
    }

    pub(crate) fn undo_to_savepoint(&self) -> Result<()> {
        self.execute("return to a savepoint", "ROLLBACK TO request", &[])?;
        self.release()
    }

    // --- the log ----------------------------------------------------------------------------------------------------------

    /// The last event's position and link.
    pub(crate) fn head(&self) -> Result<Option<(Position, ContentHash)>> {
        self.one("read the head", "SELECT position, link FROM event ORDER BY position DESC LIMIT 1", &[], |row| {
            Ok((position(row, 0)?, hash(row, 1)?))
        })
    }

    pub(crate) fn insert(&self, event: &StoredEvent) -> Result<()> {
        self.execute(
            "append an event",
            "INSERT INTO event (position, tag, subject, kind, version, sealed, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                event.position.0 as i64,
                event.header.tag,
                event.header.subject.as_bytes(),
                event.header.kind,
                event.header.version,
                event.sealed,
                event.link.as_bytes(),
            ],
        )
        .map(drop)
    }

    pub(crate) fn find_tag(&self, tag: &[u8; 16]) -> Result<Option<Position>> {
        self.one("look for an event id", "SELECT position FROM event WHERE tag = ?1", params![tag], |row| position(row, 0))
    }

    pub(crate) fn event(&self, at: Position) -> Result<Option<StoredEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event WHERE position = ?1";
        self.one("read an event", sql, params![at.0 as i64], stored_event)
    }

    pub(crate) fn link(&self, at: Position) -> Result<Option<ContentHash>> {
        self.one("read a link", "SELECT link FROM event WHERE position = ?1", params![at.0 as i64], |row| hash(row, 0))
    }

    /// Events behind a position, at most `limit`.
    pub(crate) fn events(&self, after: Position, limit: usize) -> Result<Vec<StoredEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event WHERE position > ?1 ORDER BY position LIMIT ?2";
        self.many("read events", sql, params![after.0 as i64, limit as i64], stored_event)
    }

    /// The same, each row by itself, so that one damaged row does not hide the others.
    pub(crate) fn events_one_by_one(&self, after: Position, limit: usize) -> Result<Vec<MaybeEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event WHERE position > ?1 ORDER BY position LIMIT ?2";
        self.many("read events", sql, params![after.0 as i64, limit as i64], |row| {
            Ok(stored_event(row).map_err(|error| (position(row, 0).ok(), error.to_string())))
        })
    }

    /// All events of a subject, oldest first.
    pub(crate) fn subject_events(&self, subject: SubjectKeyId, after: Position) -> Result<Vec<StoredEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event
                   WHERE subject = ?1 AND position > ?2 ORDER BY position";
        self.many("read a subject's events", sql, params![subject.as_bytes(), after.0 as i64], stored_event)
    }

    /// A subject's events of one kind, oldest first.
    pub(crate) fn subject_events_of(&self, subject: SubjectKeyId, kind: &str) -> Result<Vec<StoredEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event
                   WHERE subject = ?1 AND kind = ?2 ORDER BY position";
        self.many("read a subject's events", sql, params![subject.as_bytes(), kind], stored_event)
    }

    /// A subject's first event of one kind.
    pub(crate) fn first_of(&self, subject: SubjectKeyId, kind: &str) -> Result<Option<StoredEvent>> {
        let sql = "SELECT position, tag, subject, kind, version, sealed, link FROM event
                   WHERE subject = ?1 AND kind = ?2 ORDER BY position LIMIT 1";
        self.one("read a subject's first event", sql, params![subject.as_bytes(), kind], stored_event)
    }

    /// How many events a subject has.
    pub(crate) fn count_of(&self, subject: SubjectKeyId) -> Result<u64> {
        let sql = "SELECT count(*) FROM event WHERE subject = ?1";
        Ok(self.one("count a subject's events", sql, params![subject.as_bytes()], |row| number(row, 0))?.unwrap_or(0))
    }

    /// The opaque ids of those that have events of some kinds behind a position, the store itself included.
    pub(crate) fn touched(&self, after: Position, kinds: &[&str]) -> Result<Vec<SubjectKeyId>> {
        let sql = "SELECT DISTINCT subject FROM event WHERE position > ?1 AND kind IN (SELECT value FROM json_each(?2)) ORDER BY subject";
        let kinds = serde_json::to_string(kinds).map_err(|source| StoreError::Encode { what: "kinds".into(), source })?;
        self.many("list who was touched", sql, params![after.0 as i64, kinds], |row| key_id(row, 0))
    }

    /// The opaque ids of all subjects that have events, the store itself included.
    pub(crate) fn subjects_of_log(&self) -> Result<Vec<SubjectKeyId>> {
        self.many("list subjects", "SELECT DISTINCT subject FROM event ORDER BY subject", &[], |row| key_id(row, 0))
    }

    // --- projections ------------------------------------------------------------------------------------------------------

    pub(crate) fn projection(&self, name: &str, subject: SubjectKeyId) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT sealed FROM projection WHERE name = ?1 AND subject = ?2";
        self.one("read a projection", sql, params![name, subject.as_bytes()], |row| row.get(0))
    }

    pub(crate) fn put_projection(&self, name: &str, subject: SubjectKeyId, sealed: &[u8]) -> Result<()> {
        let sql = "INSERT INTO projection (name, subject, sealed) VALUES (?1, ?2, ?3)
                   ON CONFLICT (name, subject) DO UPDATE SET sealed = excluded.sealed";
        self.execute("write a projection", sql, params![name, subject.as_bytes(), sealed]).map(drop)
    }

    pub(crate) fn drop_projection(&self, name: &str, subject: SubjectKeyId) -> Result<()> {
        let sql = "DELETE FROM projection WHERE name = ?1 AND subject = ?2";
        self.execute("clear a projection", sql, params![name, subject.as_bytes()]).map(drop)
    }

    pub(crate) fn clear_projection(&self, name: &str) -> Result<()> {
        self.execute("clear a projection", "DELETE FROM projection WHERE name = ?1", params![name]).map(drop)
    }

    pub(crate) fn projections(&self, name: &str) -> Result<Vec<(SubjectKeyId, Vec<u8>)>> {
        let sql = "SELECT subject, sealed FROM projection WHERE name = ?1 ORDER BY subject";
        self.many("read projections", sql, params![name], |row| Ok((key_id(row, 0)?, row.get(1)?)))
    }

    /// Version of a projection's fold, and the position up to which events are folded in.
    pub(crate) fn projector(&self, name: &str) -> Result<Option<(u32, Position)>> {
        let sql = "SELECT version, position FROM projector WHERE name = ?1";
        self.one("read the state of a projection", sql, params![name], |row| Ok((row.get(0)?, position(row, 1)?)))
    }

    pub(crate) fn set_projector(&self, name: &str, version: u32, folded: Position) -> Result<()> {
        let sql = "INSERT INTO projector (name, version, position) VALUES (?1, ?2, ?3)
                   ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position";
        self.execute("write the state of a projection", sql, params![name, version, folded.0 as i64]).map(drop)
    }

    // --- blobs ------------------------------------------------------------------------------------------------------------

    pub(crate) fn put_blob(&self, blob: &StoredBlob) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO blob (address, subject, bytes) VALUES (?1, ?2, ?3)";
        let values = params![blob.address.as_bytes(), blob.subject.as_bytes(), blob.bytes as i64];
        self.execute("note a blob", sql, values).map(drop)
    }

    pub(crate) fn blobs(&self) -> Result<Vec<StoredBlob>> {
        self.many("list blobs", "SELECT address, subject, bytes FROM blob ORDER BY address", &[], stored_blob)
    }

    pub(crate) fn blobs_of(&self, subject: SubjectKeyId) -> Result<Vec<StoredBlob>> {
        let sql = "SELECT address, subject, bytes FROM blob WHERE subject = ?1 ORDER BY address";
        self.many("list a subject's blobs", sql, params![subject.as_bytes()], stored_blob)
    }

    /// Removes what is derived from a subject's events.
    pub(crate) fn purge(&self, subject: SubjectKeyId) -> Result<()> {
        let subject = subject.as_bytes();
        self.execute("purge projections", "DELETE FROM projection WHERE subject = ?1", params![subject])?;
        self.execute("purge the list of blobs", "DELETE FROM blob WHERE subject = ?1", params![subject]).map(drop)
    }

    // --- the rest ---------------------------------------------------------------------------------------------------------

    pub(crate) fn meta_bytes(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.one("read the store's data", "SELECT value FROM meta WHERE name = ?1", params![name], |row| row.get(0))
    }

    pub(crate) fn meta_number(&self, name: &str) -> Result<u64> {
        let bytes = self.meta_bytes(name)?.unwrap_or_default();
        Ok(bytes.try_into().map_or(0, u64::from_le_bytes))
    }

    pub(crate) fn set_meta(&self, name: &str, value: &[u8]) -> Result<()> {
        let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.execute("write the store's data", sql, params![name, value]).map(drop)
    }

    pub(crate) fn store(&self) -> Result<Option<StoreId>> {
        let bytes = self.meta_bytes(meta::STORE)?;
        Ok(bytes.and_then(|bytes| bytes.try_into().ok()).map(StoreId::from_bytes))
    }

    /// Moves the write-ahead log into the database file and empties it. `false` where a reader held it back.
    pub(crate) fn empty_write_ahead_log(&self) -> Result<bool> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
            .map(|busy| busy == 0)
            .map_err(|error| self.failed("empty the write-ahead log", error))
    }

    /// Caps the size of the file, to see what a full disk does.
    pub(crate) fn limit_pages(&self, pages: u32) -> Result<()> {
        self.connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .map_err(|error| self.failed("limit the size", error))
    }

    /// What SQLite itself finds wrong with the file; empty where it is sound.
    pub(crate) fn integrity(&self) -> Result<Vec<String>> {
        let found: Vec<String> = self.many("check the file's structure", "PRAGMA integrity_check(20)", &[], |row| row.get(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// The schema as stored and as the migrations make it; equal in a sound store.
    pub(crate) fn schemas(&self) -> Result<(Vec<String>, Vec<String>)> {
        let sql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
        let mut fresh = Connection::open_in_memory().map_err(|error| self.failed("make a database in memory", error))?;
        let made = MIGRATIONS
            .to_latest(&mut fresh)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.to_string().into()))
            .and_then(|()| fresh.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>())
            .map_err(|error| self.failed("make a database in memory", error))?;
        Ok((self.many("read the schema", sql, &[], |row| row.get(0))?, made))
    }

    /// Copies the database into a new file, as of now.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        disk::private_file(path).map_err(|source| StoreError::file("make", path, source))?;
        let failed = |source| StoreError::Database { operation: "copy", path: path.to_owned(), source };
        let mut copy = Connection::open(path).map_err(failed)?;
        copy.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(4096, Duration::ZERO, None))
            .map_err(|error| self.failed("copy", error))?;
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(failed)?;
        copy.close().map_err(|(_, source)| failed(source))
    }

    /// Closes the file, telling of what went wrong.
    pub(crate) fn close(self) -> Result<()> {
        let Self { connection, path, .. } = self;
        connection.close().map_err(|(_, source)| StoreError::Database { operation: "close", path, source })
    }
}

/// A side file of the database.
pub(crate) fn side_file(path: &Path, suffix: &str) -> PathBuf {
    disk::with_suffix(path, suffix)
}

fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

fn stored_event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        position: position(row, 0)?,
        header: Header { tag: row.get(1)?, subject: key_id(row, 2)?, kind: row.get(3)?, version: row.get(4)? },
        sealed: row.get(5)?,
        link: hash(row, 6)?,
    })
}

fn stored_blob(row: &Row<'_>) -> rusqlite::Result<StoredBlob> {
    Ok(StoredBlob { address: hash(row, 0)?, subject: key_id(row, 1)?, bytes: number(row, 2)? })
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

fn position(row: &Row<'_>, column: usize) -> rusqlite::Result<Position> {
    number(row, column).map(Position)
}

fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<ContentHash> {
    row.get(column).map(ContentHash::from_bytes)
}

fn key_id(row: &Row<'_>, column: usize) -> rusqlite::Result<SubjectKeyId> {
    row.get(column).map(SubjectKeyId::from_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_sound() {
        MIGRATIONS.validate().expect("valid");
    }

    #[test]
    fn the_newest_format_is_the_number_of_migrations() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(&folder.path().join("x"), Duration::ZERO).expect("opens");
        let version: i64 = database.connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a number");
        assert_eq!(version, NEWEST);
    }

    #[test]
    fn other_databases_and_newer_stores_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let foreign = folder.path().join("foreign");
        Connection::open(&foreign).and_then(|db| db.execute_batch("CREATE TABLE x (y)")).expect("a foreign database");
        assert!(matches!(Database::open(&foreign, Duration::ZERO), Err(StoreError::NotAStore { .. })));
        let text = folder.path().join("text");
        std::fs::write(&text, "not a database, but long enough to look like a page ".repeat(20)).expect("writes");
        assert!(matches!(Database::open(&text, Duration::ZERO), Err(StoreError::NotAStore { .. })));
        let newer = folder.path().join("newer");
        drop(Database::open(&newer, Duration::ZERO).expect("opens"));
        Connection::open(&newer).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("a newer store");
        for opened in [Database::open(&newer, Duration::ZERO), Database::open_read_only(&newer, Duration::ZERO)] {
            assert!(matches!(opened, Err(StoreError::Newer { found: 99, .. })));
        }
    }

    #[test]
    fn the_log_refuses_edits() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(&folder.path().join("x"), Duration::ZERO).expect("opens");
        let event = StoredEvent {
            position: Position(1),
            header: Header { tag: [1; 16], subject: SubjectKeyId::from_bytes([2; 16]), kind: "k".into(), version: 1 },
            sealed: vec![1, 2, 3],
            link: ContentHash::of_bytes(b"x"),
        };
        database.insert(&event).expect("inserts");
        assert_eq!(database.event(Position(1)).expect("reads"), Some(event));
        for edit in ["UPDATE event SET version = 2", "DELETE FROM event"] {
            assert!(database.connection.execute(edit, []).is_err(), "{edit}");
        }
    }
}
