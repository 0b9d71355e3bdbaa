-- Version 1. Never edited once released: a change is a new step of migrate.rs.
-- Times (`at`) are milliseconds since 1970 in UTC, `utc_offset` is in seconds; ids are 16 bytes.
-- In a table of the log, `body` is the row itself as JSON, `digest` covers it, and every other
-- column is taken from it so that it can be searched; `verify` recomputes them all.

CREATE TABLE installation (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    id   BLOB NOT NULL
) STRICT;

CREATE TABLE people (
    id   BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- One person in one role on one installation; head and length are those of its chain.
CREATE TABLE logs (
    id           BLOB NOT NULL PRIMARY KEY,
    person       BLOB NOT NULL REFERENCES people (id),
    role         TEXT NOT NULL CHECK (role IN ('trainee', 'supervisor')),
    installation BLOB NOT NULL,
    head         BLOB NOT NULL,
    length       INTEGER NOT NULL
) STRICT;
CREATE INDEX logs_by_person ON logs (person, role);

CREATE TABLE chain (
    log    BLOB NOT NULL REFERENCES logs (id),
    seq    INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    digest BLOB NOT NULL,
    hash   BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_by_digest ON chain (digest);

-- The first row of each log.
CREATE TABLE openings (
    digest       BLOB NOT NULL PRIMARY KEY,
    log          BLOB NOT NULL,
    seq          INTEGER NOT NULL,
    id           BLOB NOT NULL UNIQUE,
    person       BLOB NOT NULL,
    role         TEXT NOT NULL,
    installation BLOB NOT NULL,
    at           INTEGER NOT NULL,
    continues    BLOB,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX openings_by_log ON openings (log, seq);
CREATE INDEX openings_by_continued ON openings (continues);

CREATE TABLE sessions (
    digest BLOB NOT NULL PRIMARY KEY,
    log    BLOB NOT NULL REFERENCES logs (id),
    person BLOB NOT NULL REFERENCES people (id),
    seq    INTEGER NOT NULL,
    id     BLOB NOT NULL UNIQUE,
    at     INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_log ON sessions (log, seq);
CREATE INDEX sessions_by_time ON sessions (person, at, id);

CREATE TABLE attempts (
    digest            BLOB NOT NULL PRIMARY KEY,
    log               BLOB NOT NULL REFERENCES logs (id),
    person            BLOB NOT NULL REFERENCES people (id),
    seq               INTEGER NOT NULL,
    id                BLOB NOT NULL UNIQUE,
    session           BLOB NOT NULL REFERENCES sessions (id),
    at                INTEGER NOT NULL,
    utc_offset        INTEGER NOT NULL,
    ordinal           INTEGER NOT NULL,
    try_number        INTEGER NOT NULL,
    drill             TEXT NOT NULL,
    framing           TEXT NOT NULL,
    pack              TEXT NOT NULL,
    pack_version      TEXT NOT NULL,
    vignette          TEXT NOT NULL,
    vignette_hash     TEXT NOT NULL,
    level             TEXT NOT NULL,
    nature            TEXT NOT NULL,
    met               TEXT NOT NULL,
    verdict           TEXT,
    abstained         INTEGER NOT NULL,
    points            INTEGER,
    understanding     INTEGER,
    curiosity         INTEGER,
    autonomy          INTEGER,
    nondirective      INTEGER,
    fit               INTEGER,
    judged_stance     TEXT,
    judged_resistance INTEGER,
    copied            INTEGER NOT NULL,
    body              TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_by_log ON attempts (log, seq);
-- A session's attempts in order, and its counts in history.
CREATE INDEX attempts_by_session ON attempts
    (session, seq, try_number, ordinal, drill, met, verdict, abstained);
CREATE INDEX attempts_by_drill ON attempts (person, drill, at, id);
CREATE INDEX attempts_by_vignette ON attempts (vignette_hash, person, at);
-- All that the plan and the progress screen read, in one pass over this index alone.
CREATE INDEX attempts_past ON attempts
    (person, at, id, session, utc_offset, ordinal, try_number, drill, framing, pack, vignette, level,
     nature, met, verdict, abstained, understanding, curiosity, autonomy, nondirective, fit,
     judged_stance, judged_resistance, copied);

CREATE TABLE notes (
    digest   BLOB NOT NULL PRIMARY KEY,
    log      BLOB NOT NULL REFERENCES logs (id),
    person   BLOB NOT NULL REFERENCES people (id),
    seq      INTEGER NOT NULL,
    id       BLOB NOT NULL UNIQUE,
    session  BLOB NOT NULL REFERENCES sessions (id),
    attempt  BLOB REFERENCES attempts (id),
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    own_call INTEGER,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_log ON notes (log, seq);
CREATE INDEX notes_by_session ON notes (session, kind, seq);
CREATE INDEX notes_by_attempt ON notes (attempt, seq);
-- What changes the standing of an attempt.
CREATE INDEX notes_by_kind ON notes (person, kind, seq, attempt, own_call);

-- The supervisor's rows; their columns come with the screens that write them.
CREATE TABLE reviews (
    digest BLOB NOT NULL PRIMARY KEY,
    log    BLOB NOT NULL REFERENCES logs (id),
    seq    INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_by_log ON reviews (log, seq);

-- Why the content of a chained digest may be absent.
CREATE TABLE absences (
    digest BLOB NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL CHECK (reason IN ('withheld', 'not_yet_arrived', 'forgotten')),
    at     INTEGER NOT NULL
) STRICT;

-- Vignettes by the SHA-256 of their JSON, so that a past attempt can be seen again as it was.
CREATE TABLE vignettes (
    hash TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- The trainee's own, outside every chain. `place` is the length of the log when it was written.
CREATE TABLE private (
    written INTEGER NOT NULL PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    log     BLOB NOT NULL REFERENCES logs (id),
    person  BLOB NOT NULL REFERENCES people (id),
    place   INTEGER NOT NULL,
    session BLOB,
    attempt BLOB,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;
CREATE INDEX private_by_session ON private (session, kind, place);
CREATE INDEX private_by_kind ON private (person, kind, written);
CREATE INDEX private_by_attempt ON private (attempt);

CREATE TABLE drafts (
    session BLOB NOT NULL,
    item    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (session, item)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER chain_keeps BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER chain_stays BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER chain_once BEFORE INSERT ON chain
WHEN EXISTS (SELECT 1 FROM chain WHERE log = NEW.log AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

CREATE TRIGGER openings_keep BEFORE UPDATE ON openings
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER openings_stay BEFORE DELETE ON openings
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER openings_once BEFORE INSERT ON openings
WHEN EXISTS (SELECT 1 FROM openings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

CREATE TRIGGER sessions_keep BEFORE UPDATE ON sessions
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER sessions_stay BEFORE DELETE ON sessions
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER sessions_once BEFORE INSERT ON sessions
WHEN EXISTS (SELECT 1 FROM sessions WHERE id = NEW.id OR digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

CREATE TRIGGER attempts_keep BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER attempts_once BEFORE INSERT ON attempts
WHEN EXISTS (SELECT 1 FROM attempts WHERE id = NEW.id OR digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

CREATE TRIGGER notes_keep BEFORE UPDATE ON notes
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER notes_stay BEFORE DELETE ON notes
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER notes_once BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id OR digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

CREATE TRIGGER reviews_keep BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;
CREATE TRIGGER reviews_once BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM reviews WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END;

-- A log's head moves one row at a time, and nothing else of it changes.
CREATE TRIGGER logs_grow BEFORE UPDATE ON logs
WHEN NEW.length <> OLD.length + 1 OR NEW.id <> OLD.id OR NEW.person <> OLD.person
    OR NEW.role <> OLD.role OR NEW.installation <> OLD.installation
BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
CREATE TRIGGER logs_stay BEFORE DELETE ON logs
BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
