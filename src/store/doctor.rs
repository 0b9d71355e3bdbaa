//! Whether all is well with a home's log, and what to do where it is not.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::backup;
use super::error::StoreError;
use super::migrate::{self, STEPS, State};
use super::open::{connect, create_file, database, wal};
use super::salvage::{Salvaged, salvage};
use super::verify::verify;
use crate::practice::Stamp;

/// Faults listed by name; the rest is a number.
const LISTED: usize = 8;

/// Bytes of free space below which the doctor says so: room for a backup and a long day.
const LITTLE_SPACE: u64 = 100 * 1024 * 1024;

/// How long a repair waits for other programs to close the file.
const PATIENCE: Duration = Duration::from_millis(500);

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it should be.
    Sound,
    /// Worth knowing, and no fault.
    Notice,
    /// Something is wrong.
    Fault,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found, in a line.
    pub says: String,
    /// What to do, where there is something to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Check {
    /// All is well.
    pub fn sound(name: &'static str, says: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Sound, says: says.into(), remedy: None }
    }

    /// Worth knowing.
    pub fn notice(name: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Notice, says: says.into(), remedy: Some(remedy.into()) }
    }

    /// Something is wrong.
    pub fn fault(name: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Fault, says: says.into(), remedy: Some(remedy.into()) }
    }
}

/// All that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In order.
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether there is no fault.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.outcome != Outcome::Fault)
    }
}

/// What `fix` did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fixed {
    /// Where the damaged file was put, if there was one.
    pub kept_aside: Option<PathBuf>,
    /// The backup that was restored; none where there was no good one.
    pub backup: Option<PathBuf>,
    /// Rows that were taken over from the damaged file, private ones among them.
    pub salvaged: u64,
    /// Files and folders whose mode was tightened.
    pub modes: Vec<PathBuf>,
}

const FIX: &str = "run `rollwith doctor --fix`: it keeps the file aside, restores the newest good \
                   backup and takes over every later row that verifies";

/// Looks at a home's database, logs, modes, space and backups; changes nothing.
pub fn check(home: &Path) -> Report {
    let mut checks = Vec::new();
    let path = database(home);
    if path.exists() {
        check_database(home, &path, &mut checks);
        check_modes(home, &mut checks);
    } else if home.is_dir() && backup::newest(home).is_some() {
        checks.push(Check::fault("database", format!("{} is missing", path.display()), FIX));
    } else {
        checks.push(Check::notice(
            "database",
            format!("{} does not exist yet", path.display()),
            "start with `rollwith`",
        ));
    }
    check_space(home, &mut checks);
    check_backups(home, &mut checks);
    Report { checks }
}

fn check_database(home: &Path, path: &Path, checks: &mut Vec<Check>) {
    let connection = match super::open::open_database(home) {
        Ok(connection) => connection,
        Err(error) => {
            let remedy = match error {
                StoreError::Damaged { .. } | StoreError::NotADatabase { .. } => FIX,
                _ => "see the line above",
            };
            checks.push(Check::fault("database", error.to_string(), remedy));
            return;
        }
    };
    match integrity(&connection) {
        Ok(()) => checks.push(Check::sound("database", path.display().to_string())),
        Err(detail) => checks.push(Check::fault(
            "database",
            format!("{} is damaged: {detail}", path.display()),
            FIX,
        )),
    }
    let faults = verify(&connection, |_, _| {});
    let rows: i64 = connection
        .query_row("SELECT coalesce(sum(length), 0) FROM logs", (), |row| row.get(0))
        .unwrap_or_default();
    if faults.is_empty() {
        checks.push(Check::sound("log", format!("all {rows} rows verify")));
    }
    for fault in faults.iter().take(LISTED) {
        checks.push(Check::fault("log", fault.to_string(), FIX));
    }
    if faults.len() > LISTED {
        let says = format!("and {} more", faults.len() - LISTED);
        checks.push(Check::fault("log", says, FIX));
    }
}

/// What SQLite says of the pages.
fn integrity(connection: &Connection) -> Result<(), String> {
    match connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get::<_, String>(0)) {
        Ok(says) if says == "ok" => Ok(()),
        Ok(says) => Err(says.lines().last().unwrap_or_default().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// The home's own files and folders whose mode lets others in.
#[cfg(unix)]
fn open_to_others(home: &Path) -> Vec<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let path = database(home);
    let mut own = vec![home.to_owned(), path.clone(), wal(&path), shared_memory(&path)];
    own.push(backup::folder(home));
    own.extend(backup::all(home));
    own.retain(|each| {
        let mode = fs::metadata(each).map_or(0, |metadata| metadata.permissions().mode());
        // A sticky folder is one that many people share, such as /tmp: not ours to close.
        let is_shared = mode & 0o1000 != 0;
        mode & 0o077 != 0 && !is_shared
    });
    own
}

#[cfg(not(unix))]
fn open_to_others(_home: &Path) -> Vec<PathBuf> {
    Vec::new()
}

fn shared_memory(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-shm");
    name.into()
}

fn check_modes(home: &Path, checks: &mut Vec<Check>) {
    let open = open_to_others(home);
    if open.is_empty() {
        checks.push(Check::sound("privacy", "only you can read the files"));
    }
    let remedy = "run `rollwith doctor --fix`, which closes it to them";
    for path in open {
        let name = path.display();
        checks.push(if path.is_dir() {
            let says = format!("others on this computer can see which files are in {name}");
            Check::notice("privacy", says, remedy)
        } else {
            Check::fault("privacy", format!("others on this computer can read {name}"), remedy)
        });
    }
}

#[cfg(unix)]
fn check_space(home: &Path, checks: &mut Vec<Check>) {
    let folder = home.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let Ok(space) = rustix::fs::statvfs(folder) else { return };
    let free = space.f_bavail * space.f_frsize;
    let says = format!("{} MB free", free / 1024 / 1024);
    checks.push(if free < LITTLE_SPACE {
        Check::notice("space", says, "free some space, so that the log can grow")
    } else {
        Check::sound("space", says)
    });
}

#[cfg(not(unix))]
fn check_space(_home: &Path, _checks: &mut Vec<Check>) {}

fn check_backups(home: &Path, checks: &mut Vec<Check>) {
    let backups = backup::all(home);
    let Some(newest) = backups.first() else {
        checks.push(Check::sound("backups", "none yet; one is made each day you practise"));
        return;
    };
    let name = newest.file_name().unwrap_or_default().to_string_lossy().into_owned();
    checks.push(match examine(newest) {
        Ok(()) => Check::sound("backups", format!("{}, the newest is {name}", backups.len())),
        Err(detail) => Check::fault(
            "backups",
            format!("{name} is not sound: {detail}"),
            format!("remove {}; the next is made the next day you practise", newest.display()),
        ),
    });
}

/// Whether a backup is one of ours and sound throughout.
fn examine(path: &Path) -> Result<(), String> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| error.to_string())?;
    match migrate::state(&connection).map_err(|error| error.to_string())? {
        State::Version(version) if version <= STEPS.len() as u32 => {}
        _ => return Err("it is not of this version".to_owned()),
    }
    integrity(&connection)?;
    match verify(&connection, |_, _| {}).first() {
        None => Ok(()),
        Some(fault) => Err(fault.to_string()),
    }
}

/// Repairs a home: tightens modes, and where the database or its logs are not sound, keeps the file
/// aside as `rollwith.db.damaged-<time>`, restores the newest good backup, and takes over every
/// later row that verifies. Each log then goes on in a new one, whose first row names it.
///
/// # Errors
/// `Busy` where another program has the file open; `Foreign` and `Newer`, which are not ours to
/// repair; see [`StoreError`]. The damaged file is never changed.
pub fn fix(home: &Path, now: Stamp) -> Result<Fixed, StoreError> {
    let path = database(home);
    let mut fixed = Fixed { kept_aside: None, backup: None, salvaged: 0, modes: tighten(home)? };
    if !path.exists() {
        return match newest_good(home) {
            Some(backup) => {
                let salvaged = restore(home, None, Some(&backup), now)?;
                fixed.backup = Some(backup);
                fixed.salvaged = salvaged.logged + salvaged.private;
                Ok(fixed)
            }
            None => Err(StoreError::NoDatabase { path }),
        };
    }
    if is_sound(home, &path)? {
        return Ok(fixed);
    }
    let aside = keep_aside(&path, now)?;
    fixed.backup = newest_good(home);
    let salvaged = restore(home, Some(&aside), fixed.backup.as_deref(), now)?;
    fixed.salvaged = salvaged.logged + salvaged.private;
    fixed.kept_aside = Some(aside);
    Ok(fixed)
}

/// Refuses where another program has the file open. What is damaged cannot always be locked.
fn be_alone(path: &Path) -> Result<(), StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(|source| StoreError::of(path, source))?;
    let locked = connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .and_then(|_| connection.busy_timeout(PATIENCE))
        // Set before the first read, so that even an idle connection elsewhere is in its way.
        .and_then(|()| {
            connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK")
        });
    match locked.map_err(|source| StoreError::of(path, source)) {
        Err(error @ StoreError::Busy { .. }) => Err(error),
        _ => Ok(()),
    }
}

/// Whether a database needs no repair.
fn is_sound(home: &Path, path: &Path) -> Result<bool, StoreError> {
    let opened = match super::open::open_database(home) {
        Ok(connection) => {
            drop(connection);
            be_alone(path).and_then(|()| super::open::open_database(home))
        }
        refused => refused,
    };
    match opened {
        Ok(connection) => {
            let unchanged =
                connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            unchanged.map_err(|source| StoreError::of(path, source))?;
            Ok(verify(&connection, |_, _| {}).is_empty() && integrity(&connection).is_ok())
        }
        Err(StoreError::NoDatabase { .. }) => Ok(true),
        Err(
            StoreError::Damaged { .. }
            | StoreError::NotADatabase { .. }
            | StoreError::Unreadable { .. }
            | StoreError::Sqlite { .. },
        ) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The newest backup that is sound throughout.
fn newest_good(home: &Path) -> Option<PathBuf> {
    backup::all(home).into_iter().find(|path| examine(path).is_ok())
}

/// Copies a damaged file, and what is beside it, to a name of its own.
fn keep_aside(path: &Path, now: Stamp) -> Result<PathBuf, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".damaged-{}", now.format("%Y-%m-%dT%H%M%S")));
    let aside = PathBuf::from(name);
    for (from, to) in [(path.to_owned(), aside.clone()), (wal(path), wal(&aside))] {
        if from.exists() {
            create_file(&to)?;
            fs::copy(&from, &to)
                .and_then(|_| fs::OpenOptions::new().append(true).open(&to)?.sync_all())
                .map_err(|source| StoreError::of_io(&to, source))?;
        }
    }
    Ok(aside)
}

/// Builds the restored database beside the damaged one, and puts it in its place in one step.
fn restore(
    home: &Path,
    aside: Option<&Path>,
    backup: Option<&Path>,
    now: Stamp,
) -> Result<Salvaged, StoreError> {
    let path = database(home);
    let restored = home.join("rollwith.restored.partial");
    remove(&restored)?;
    if let Some(backup) = backup {
        let source = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|source| StoreError::of(backup, source))?;
        backup::copy(&source, backup, &restored)?;
    }
    create_file(&restored)?;
    let mut to = connect(&restored)?;
    migrate::migrate(&mut to, &restored, STEPS, now)?;
    let from = aside.and_then(open_damaged);
    let salvaged = salvage(from.as_ref(), &mut to, &restored, now)?;
    drop(from);
    drop(to);
    // A -wal of the damaged file must not be taken for the restored one's.
    remove(&wal(&path))?;
    remove(&shared_memory(&path))?;
    fs::rename(&restored, &path).map_err(|source| StoreError::of_io(&path, source))?;
    if let Some(aside) = aside {
        remove(&shared_memory(aside))?;
    }
    Ok(salvaged)
}

/// Opens a damaged file to read what can be read.
fn open_damaged(aside: &Path) -> Option<Connection> {
    let connection = Connection::open_with_flags(aside, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    // A schema that cannot be read leaves nothing to ask for.
    connection.query_row("SELECT count(*) FROM sqlite_master", (), |_| Ok(())).ok()?;
    Some(connection)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::of_io(path, source))
        }
        _ => Ok(()),
    }
}

/// Takes other people's rights from what is too open; returns what was changed.
fn tighten(home: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let open = open_to_others(home);
    #[cfg(unix)]
    for path in &open {
        use std::os::unix::fs::PermissionsExt;
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
            .map_err(|source| StoreError::of_io(path, source))?;
    }
    Ok(open)
}
