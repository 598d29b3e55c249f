-- The log. Sealed payloads; of a person only a random key id stands in clear.
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    tag      BLOB NOT NULL,
    subject  BLOB NOT NULL,
    kind     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    sealed   BLOB NOT NULL,
    link     BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_tag ON event (tag);
CREATE INDEX event_subject ON event (subject, position);
CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Derived: can be rebuilt from the log at any time.
CREATE TABLE projection (
    name    TEXT NOT NULL,
    subject BLOB NOT NULL,
    sealed  BLOB NOT NULL,
    PRIMARY KEY (name, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE projector (
    name     TEXT PRIMARY KEY,
    version  INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blob (
    address BLOB PRIMARY KEY,
    subject BLOB NOT NULL,
    bytes   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_subject ON blob (subject);

-- The store's id, the position the checkpoints covered when the last commit began, and how much of the erasure ledger is done.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
