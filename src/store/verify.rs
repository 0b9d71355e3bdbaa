//! Verification: every chained row is there, as it was written, in its place, and nothing else is.

use std::fmt;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::Store;
use super::chain::{self, Hash, Kind, ORIGIN};
use super::content::{Logged, Opening};
use super::word::Word;
use crate::practice::{Attempt, Note, SessionStart};

/// What verification found, one for each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A chain row does not follow from the one before: it was changed, moved or added.
    Broken {
        /// Whose chain.
        log: Uuid,
        /// The row's place, from 1.
        seq: u64,
    },
    /// The chain does not end where its log says: its last rows are missing, changed or added.
    Head {
        /// Whose chain.
        log: Uuid,
    },
    /// A log and its first row do not say the same.
    Opening {
        /// Which log.
        log: Uuid,
    },
    /// Rows of a log that is not there.
    NoLog {
        /// Which log.
        log: Uuid,
    },
    /// A row's content is missing, and nothing says why.
    Missing {
        /// Whose chain.
        log: Uuid,
        /// The row's place.
        seq: u64,
        /// What it is.
        kind: Kind,
    },
    /// A row's content was changed.
    Changed {
        /// Whose chain.
        log: Uuid,
        /// The row's place.
        seq: u64,
        /// What it is.
        kind: Kind,
        /// Which column; `body` is the row itself.
        column: &'static str,
    },
    /// Content that no chain row covers.
    Added {
        /// What it is.
        kind: Kind,
        /// Its place, as it says itself.
        seq: i64,
    },
    /// A vignette is not the one that its hash says.
    Vignette {
        /// The hash.
        hash: String,
    },
    /// The database cannot be read at some place.
    Unreadable {
        /// In SQLite's words.
        detail: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { log, seq } => {
                write!(f, "row {seq} of log {log} does not follow from the row before it")
            }
            Self::Head { log } => write!(f, "the last rows of log {log} are missing or changed"),
            Self::Opening { log } => write!(f, "log {log} and its first row do not say the same"),
            Self::NoLog { log } => write!(f, "there are rows of a log {log}, which is not there"),
            Self::Missing { log, seq, kind } => {
                write!(f, "row {seq} of log {log}: the {} is missing", kind.word())
            }
            Self::Changed { log, seq, kind, column: "body" } => {
                write!(f, "row {seq} of log {log}: the {} was changed", kind.word())
            }
            Self::Changed { log, seq, kind, column } => {
                write!(f, "row {seq} of log {log}: the {} was changed at {column}", kind.word())
            }
            Self::Added { kind, seq } => {
                write!(f, "a {} that says it is row {seq} is in no log", kind.word())
            }
            Self::Vignette { hash } => write!(f, "the vignette {hash} was changed"),
            Self::Unreadable { detail } => write!(f, "the database cannot be read: {detail}"),
        }
    }
}

impl Store {
    /// Checks every log in the database, not only the trainee's; `progress` hears how many rows of
    /// how many are done. Empty when all is sound.
    pub fn verify(&self, progress: impl FnMut(u64, u64)) -> Vec<Fault> {
        verify(&self.connection, progress)
    }
}

/// As [`Store::verify`], on any connection. What cannot be read is a fault, never an error.
pub(super) fn verify(connection: &Connection, mut progress: impl FnMut(u64, u64)) -> Vec<Fault> {
    let mut faults = Vec::new();
    // One snapshot: rows that another program adds meanwhile are not half seen.
    let snapshot = connection.unchecked_transaction();
    if let Err(error) = verify_all(connection, &mut faults, &mut progress) {
        faults.push(Fault::Unreadable { detail: error.to_string() });
    }
    drop(snapshot);
    faults
}

fn verify_all(
    connection: &Connection,
    faults: &mut Vec<Fault>,
    progress: &mut dyn FnMut(u64, u64),
) -> rusqlite::Result<()> {
    let total: i64 = connection.query_row("SELECT count(*) FROM chain", (), |row| row.get(0))?;
    let logs = connection
        .prepare("SELECT id, person, role, installation, head, length FROM logs ORDER BY id")?
        .query_map((), Log::from_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut done = 0;
    for log in &logs {
        verify_log(connection, log, faults, &mut |rows| {
            done += rows;
            progress(done, total as u64);
        })?;
    }
    let strangers = connection
        .prepare("SELECT DISTINCT log FROM chain WHERE log NOT IN (SELECT id FROM logs)")?
        .query_map((), |row| row.get_ref(0)?.as_bytes().map(uuid_of).map_err(Into::into))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    faults.extend(strangers.into_iter().map(|log| Fault::NoLog { log }));
    for kind in Kind::ALL {
        find_added(connection, kind, faults)?;
    }
    verify_vignettes(connection, faults)
}

struct Log {
    id: Uuid,
    person: Vec<u8>,
    role: String,
    installation: Vec<u8>,
    head: Vec<u8>,
    length: i64,
}

impl Log {
    fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: uuid_of(row.get_ref(0)?.as_bytes()?),
            person: row.get(1)?,
            role: row.get(2)?,
            installation: row.get(3)?,
            head: row.get(4)?,
            length: row.get(5)?,
        })
    }
}

/// An id's bytes; those of a wrong length name no log, and are a fault elsewhere.
fn uuid_of(bytes: &[u8]) -> Uuid {
    Uuid::from_slice(bytes).unwrap_or_default()
}

fn verify_log(
    connection: &Connection,
    log: &Log,
    faults: &mut Vec<Fault>,
    done: &mut dyn FnMut(u64),
) -> rusqlite::Result<()> {
    let mut previous = ORIGIN;
    let mut last = 0;
    let mut statement = connection
        .prepare("SELECT seq, kind, digest, hash FROM chain WHERE log = ?1 ORDER BY seq")?;
    let mut rows = statement.query([log.id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let word = String::from_utf8_lossy(row.get_ref(1)?.as_bytes()?).into_owned();
        let digest: Vec<u8> = row.get(2)?;
        let hash: Vec<u8> = row.get(3)?;
        let place = Place { log, seq };
        let expected = <&Hash>::try_from(digest.as_slice())
            .map(|digest| chain::link(log.id, seq as u64, &word, &previous, digest));
        let follows = expected.as_ref().is_ok_and(|expected| expected[..] == hash[..]);
        if !follows || seq != last + 1 {
            faults.push(Fault::Broken { log: log.id, seq: seq as u64 });
        }
        match (Kind::from_word(&word), seq) {
            (Some(Kind::Opening), 1) => place.check::<Opening>(connection, &digest, faults)?,
            (Some(Kind::Session), 2..) => {
                place.check::<SessionStart>(connection, &digest, faults)?;
            }
            (Some(Kind::Attempt), 2..) => place.check::<Attempt>(connection, &digest, faults)?,
            (Some(Kind::Note), 2..) => place.check::<Note>(connection, &digest, faults)?,
            (Some(Kind::Review), 2..) => {}
            _ => faults.push(Fault::Opening { log: log.id }),
        }
        last = seq;
        previous = hash.try_into().or(expected).unwrap_or(previous);
        done(1);
    }
    if last != log.length || previous[..] != log.head[..] {
        faults.push(Fault::Head { log: log.id });
    }
    verify_opening(connection, log, faults)
}

/// What a log says of itself must be what its first row says.
fn verify_opening(
    connection: &Connection,
    log: &Log,
    faults: &mut Vec<Fault>,
) -> rusqlite::Result<()> {
    let body: Option<Vec<u8>> = connection
        .prepare_cached("SELECT CAST(body AS BLOB) FROM openings WHERE id = ?1")?
        .query_row([log.id.as_bytes()], |row| row.get(0))
        .optional()?;
    let same = body.and_then(|body| serde_json::from_slice::<Opening>(&body).ok()).is_some_and(
        |opening| {
            opening.person.as_bytes()[..] == log.person[..]
                && opening.installation.as_bytes()[..] == log.installation[..]
                && opening.role.word() == log.role
        },
    );
    if !same {
        faults.push(Fault::Opening { log: log.id });
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Place<'a> {
    log: &'a Log,
    seq: i64,
}

impl Place<'_> {
    /// Checks that the content of a digest is there, and as it was written in every column.
    fn check<T: Logged>(
        self,
        connection: &Connection,
        digest: &[u8],
        faults: &mut Vec<Fault>,
    ) -> rusqlite::Result<()> {
        let (log, seq) = (self.log.id, self.seq as u64);
        let mut statement = connection.prepare_cached(T::BY_DIGEST)?;
        let mut rows = statement.query([digest])?;
        let Some(row) = rows.next()? else {
            if !is_absent(connection, digest)? {
                faults.push(Fault::Missing { log, seq, kind: T::KIND });
            }
            return Ok(());
        };
        let mut changed = |column| faults.push(Fault::Changed { log, seq, kind: T::KIND, column });
        let body = row.get_ref(4)?.as_bytes()?;
        let record = std::str::from_utf8(body)
            .ok()
            .filter(|body| chain::digest(T::KIND, body)[..] == *digest)
            .and_then(|body| serde_json::from_str::<T>(body).ok());
        let Some(record) = record else {
            changed("body");
            return Ok(());
        };
        if row.get_ref(1)? != ValueRef::Blob(log.as_bytes()) {
            changed("log");
        }
        if row.get_ref(2)? != ValueRef::Integer(self.seq) {
            changed("seq");
        }
        if row.get_ref(3)? != ValueRef::Blob(&self.log.person) {
            changed("person");
        }
        for (index, (column, value)) in T::COLUMNS.iter().zip(record.values()).enumerate() {
            if !is_same(row.get_ref(5 + index)?, &value) {
                changed(column);
            }
        }
        Ok(())
    }
}

fn is_same(found: ValueRef, expected: &Value) -> bool {
    found == ValueRef::from(expected)
}

fn is_absent(connection: &Connection, digest: &[u8]) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM absences WHERE digest = ?1)")?
        .query_row([digest], |row| row.get(0))
}

/// Content that is in its table, and in no chain at that place.
fn find_added(
    connection: &Connection,
    kind: Kind,
    faults: &mut Vec<Fault>,
) -> rusqlite::Result<()> {
    let sql = match kind {
        Kind::Opening => {
            "SELECT seq FROM openings WHERE NOT EXISTS (SELECT 1 FROM chain
             WHERE chain.digest = openings.digest AND kind = 'opening')"
        }
        Kind::Session => {
            "SELECT seq FROM sessions WHERE NOT EXISTS (SELECT 1 FROM chain
             WHERE chain.digest = sessions.digest AND kind = 'session')"
        }
        Kind::Attempt => {
            "SELECT seq FROM attempts WHERE NOT EXISTS (SELECT 1 FROM chain
             WHERE chain.digest = attempts.digest AND kind = 'attempt')"
        }
        Kind::Note => {
            "SELECT seq FROM notes WHERE NOT EXISTS (SELECT 1 FROM chain
             WHERE chain.digest = notes.digest AND kind = 'note')"
        }
        Kind::Review => {
            "SELECT seq FROM reviews WHERE NOT EXISTS (SELECT 1 FROM chain
             WHERE chain.digest = reviews.digest AND kind = 'review')"
        }
    };
    let added = connection
        .prepare(sql)?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    faults.extend(added.into_iter().map(|seq| Fault::Added { kind, seq }));
    Ok(())
}

fn verify_vignettes(connection: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT hash, body FROM vignettes")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let hash = String::from_utf8_lossy(row.get_ref(0)?.as_bytes()?);
        let body = std::str::from_utf8(row.get_ref(1)?.as_bytes()?);
        if body.map(chain::hex_of).as_deref() != Ok(&hash) {
            faults.push(Fault::Vignette { hash: hash.into_owned() });
        }
    }
    Ok(())
}
