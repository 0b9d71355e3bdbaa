//! The schema and its versions (`PRAGMA user_version`).

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::backup;
use super::error::StoreError;
use crate::practice::Stamp;

/// `PRAGMA application_id` of a rollwith database: "rllw".
pub const APPLICATION_ID: i32 = 0x726c_6c77;

/// Steps from each version to the next; the first makes an empty database one of version 1.
/// A released step is never edited.
pub(super) const STEPS: &[&str] = &[include_str!("schema.sql")];

/// What a database file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It holds nothing.
    Empty,
    /// A rollwith database of this version.
    Version(u32),
    /// Another program's.
    Foreign,
}

/// Says what a database is, without writing to it.
pub(super) fn state(connection: &Connection) -> rusqlite::Result<State> {
    let read = |pragma: &str| connection.query_row(pragma, (), |row| row.get::<_, i64>(0));
    let application = read("PRAGMA application_id")?;
    let version = read("PRAGMA user_version")?;
    if application == i64::from(APPLICATION_ID) && version > 0 {
        return Ok(State::Version(u32::try_from(version).unwrap_or(u32::MAX)));
    }
    let tables = read("SELECT count(*) FROM sqlite_master")?;
    Ok(if application == 0 && version == 0 && tables == 0 { State::Empty } else { State::Foreign })
}

/// Brings a database to the version that `steps` lead to; each step is one transaction.
///
/// A database with rows in it is first copied to the backups, and the copy checked. Another
/// program may do the same at the same time: each step looks again once it holds the lock.
///
/// # Errors
/// `Foreign` and `Newer`, before anything is written; what SQLite and the backup say.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    steps: &[&str],
    now: Stamp,
) -> Result<(), StoreError> {
    let known = steps.len() as u32;
    let failed = |source| StoreError::of(path, source);
    match state(connection).map_err(failed)? {
        State::Version(version) if version == known => return Ok(()),
        State::Version(version) if version > known => {
            return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
        }
        State::Version(version) => backup::before_migration(connection, path, version, now)?,
        State::Empty => {}
        State::Foreign => return Err(StoreError::Foreign { path: path.to_owned() }),
    }
    loop {
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let version = match state(&transaction).map_err(failed)? {
            State::Empty => 0,
            State::Version(version) => version,
            State::Foreign => return Err(StoreError::Foreign { path: path.to_owned() }),
        };
        let Some(step) = steps.get(version as usize) else { return Ok(()) };
        transaction.execute_batch(step).map_err(failed)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
        transaction.pragma_update(None, "user_version", version + 1).map_err(failed)?;
        transaction.commit().map_err(failed)?;
    }
}
