//! Opening: which file, in which state, whose log.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use uuid::Uuid;

use super::chain::ORIGIN;
use super::content::{Opening, Role};
use super::error::StoreError;
use super::migrate::{self, STEPS, State};
use super::{Store, backup, write};
use crate::practice::Stamp;

/// How long one program waits for another's write.
const BUSY: Duration = Duration::from_secs(5);

/// How long the cooperative switch to WAL is tried, which the busy timeout does not cover.
const WAL_TRIES: u32 = 50;

/// The database of a home.
pub fn database(home: &Path) -> PathBuf {
    home.join("rollwith.db")
}

impl Store {
    /// Opens the log of a trainee, and creates what is missing: folder, database, person, log.
    ///
    /// `now` dates what is created. A folder made here has mode 0700 and its files 0600 (Unix); a
    /// folder that was there keeps its mode, and `doctor` says where that is too open.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written to a file that is foreign, newer or damaged.
    pub fn open(home: &Path, trainee: &str, now: Stamp) -> Result<Self, StoreError> {
        create_folder(home)?;
        let path = database(home);
        refuse_broken(home, &path)?;
        create_file(&path)?;
        let mut connection = connect(&path)?;
        migrate::migrate(&mut connection, &path, STEPS, now)?;
        settle(&connection, &path)?;
        let (person, log) =
            match find_log(&connection, trainee).map_err(|e| StoreError::of(&path, e))? {
                Some(found) => found,
                None => create_log(&mut connection, &path, trainee, now)?,
            };
        Ok(Self { connection, path, person, log })
    }

    /// Opens the log of a trainee to read it, and creates nothing.
    ///
    /// # Errors
    /// `NoDatabase`, `NoTrainee` and those of [`Store::open`].
    pub fn open_existing(home: &Path, trainee: &str) -> Result<Self, StoreError> {
        let path = database(home);
        let connection = open_database(home)?;
        let failed = |source| StoreError::of(&path, source);
        let Some((person, log)) = find_log(&connection, trainee).map_err(failed)? else {
            let mut names =
                connection.prepare("SELECT name FROM people ORDER BY name").map_err(failed)?;
            let known = names
                .query_map((), |row| row.get(0))
                .and_then(Iterator::collect)
                .map_err(failed)?;
            return Err(StoreError::NoTrainee { name: trainee.to_owned(), known });
        };
        Ok(Self { connection, path, person, log })
    }
}

/// Opens a home's database as it is, refusing one that this program should not touch.
pub(super) fn open_database(home: &Path) -> Result<Connection, StoreError> {
    let path = database(home);
    if !path.try_exists().map_err(|source| StoreError::of_io(&path, source))? {
        return Err(StoreError::NoDatabase { path });
    }
    refuse_broken(home, &path)?;
    let connection = connect(&path)?;
    let known = STEPS.len() as u32;
    match migrate::state(&connection).map_err(|source| StoreError::of(&path, source))? {
        State::Empty => Err(StoreError::NoDatabase { path }),
        State::Foreign => Err(StoreError::Foreign { path }),
        State::Version(found) if found > known => Err(StoreError::Newer { path, found, known }),
        State::Version(found) if found < known => Err(StoreError::Damaged {
            path,
            detail: format!("format {found}; start `rollwith` once to bring it up to date"),
        }),
        State::Version(_) => Ok(connection),
    }
}

/// A connection with the settings that are not kept in the file.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let settings = |connection: &Connection| {
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(48);
        connection.execute_batch(
            "PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA recursive_triggers = ON;",
        )
    };
    Connection::open_with_flags(path, flags)
        .and_then(|connection| settings(&connection).map(|()| connection))
        .map_err(|source| StoreError::of(path, source))
}

/// Puts the file into WAL, once it is known to be ours.
fn settle(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    for _ in 0..WAL_TRIES {
        let mode = connection
            .query_row("PRAGMA journal_mode = WAL", (), |row| row.get::<_, String>(0))
            .map_err(|source| StoreError::of(path, source));
        match mode {
            Ok(_) => return Ok(()),
            Err(StoreError::Busy { .. }) => std::thread::sleep(BUSY / WAL_TRIES),
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Busy { path: path.to_owned() })
}

/// The person of a name, and the trainee's log on this installation that no other goes on from.
fn find_log(connection: &Connection, trainee: &str) -> rusqlite::Result<Option<(Uuid, Uuid)>> {
    connection
        .query_row(
            "SELECT people.id, logs.id FROM people
             JOIN logs ON logs.person = people.id AND logs.role = 'trainee'
             WHERE people.name = ?1
               AND logs.installation = (SELECT id FROM installation)
               AND NOT EXISTS (SELECT 1 FROM openings WHERE openings.continues = logs.id)
             ORDER BY logs.id DESC LIMIT 1",
            [trainee],
            |row| Ok((Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?))),
        )
        .optional()
}

fn create_log(
    connection: &mut Connection,
    path: &Path,
    trainee: &str,
    now: Stamp,
) -> Result<(Uuid, Uuid), StoreError> {
    let failed = |source| StoreError::of(path, source);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another program may have made it while this one waited for the lock.
    if let Some(found) = find_log(&transaction, trainee).map_err(failed)? {
        return Ok(found);
    }
    let person = person(&transaction, trainee).map_err(failed)?;
    let opening = Opening {
        log: Uuid::now_v7(),
        person,
        role: Role::Trainee,
        installation: installation(&transaction).map_err(failed)?,
        at: now,
        continues: None,
    };
    open_log(&transaction, path, &opening)?;
    transaction.commit().map_err(failed)?;
    Ok((person, opening.log))
}

/// Writes a new log and its first row, in the caller's transaction.
pub(super) fn open_log(
    transaction: &Connection,
    path: &Path,
    opening: &Opening,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO logs (id, person, role, installation, head, length)
             VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            (
                opening.log.as_bytes(),
                opening.person.as_bytes(),
                super::word::Word::word(opening.role),
                opening.installation.as_bytes(),
                ORIGIN,
            ),
        )
        .map_err(|source| StoreError::of(path, source))?;
    write::append(transaction, path, opening.log, opening.person, opening).map(|_| ())
}

/// The person of a name, made if need be.
pub(super) fn person(connection: &Connection, name: &str) -> rusqlite::Result<Uuid> {
    let known = connection
        .query_row("SELECT id FROM people WHERE name = ?1", [name], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(Uuid::from_bytes(id));
    }
    let id = Uuid::now_v7();
    connection.execute("INSERT INTO people (id, name) VALUES (?1, ?2)", (id.as_bytes(), name))?;
    Ok(id)
}

/// This installation's id, made if need be.
pub(super) fn installation(connection: &Connection) -> rusqlite::Result<Uuid> {
    connection.execute(
        "INSERT INTO installation (only, id) VALUES (1, ?1) ON CONFLICT DO NOTHING",
        [Uuid::now_v7().as_bytes()],
    )?;
    connection.query_row("SELECT id FROM installation", (), |row| row.get(0)).map(Uuid::from_bytes)
}

/// Refuses a file that opening would silently treat as new.
///
/// It looks from outside only: to open and close a database file other than through SQLite would
/// drop the locks that this process holds on it.
fn refuse_broken(home: &Path, path: &Path) -> Result<(), StoreError> {
    let Ok(size) = fs::metadata(path).map(|metadata| metadata.len()) else { return Ok(()) };
    let has_wal = fs::metadata(wal(path)).is_ok_and(|metadata| metadata.len() > 0);
    if has_wal {
        return Ok(());
    }
    match backup::newest(home) {
        Some(_) if size == 0 => Err(StoreError::Damaged {
            path: path.to_owned(),
            detail: "it is empty, and there are backups".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// The `-wal` file beside a database.
pub(super) fn wal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Makes a folder for one person's eyes.
pub(super) fn create_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::of_io(folder, source))
}

/// Makes an empty file for one person's eyes; SQLite gives `-wal` and `-shm` the same mode.
pub(super) fn create_file(path: &Path) -> Result<(), StoreError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(StoreError::of_io(path, source)),
    }
}
