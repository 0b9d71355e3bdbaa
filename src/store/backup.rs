//! Backups: by SQLite's backup API, checked before they count.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::open::{connect, create_file, create_folder, database};
use crate::practice::Stamp;

/// Backups kept while one of them is at most [`LARGE`].
const KEPT: usize = 7;

/// Backups kept above that.
const KEPT_LARGE: usize = 2;

/// Bytes above which a backup is large.
const LARGE: u64 = 200 * 1024 * 1024;

/// Pages copied at once; in WAL nobody waits for it.
const PAGES: i32 = 1_000;

/// The folder of a home's backups.
pub(super) fn folder(home: &Path) -> PathBuf {
    home.join("backups")
}

/// A home's backups with the time of each, the newest first; those before a migration too.
pub(super) fn all(home: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(std::time::SystemTime, PathBuf)> = fs::read_dir(folder(home))
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path();
            let name = path.file_name()?.to_str()?;
            let is_backup = name.strip_suffix(".db")?.starts_with("rollwith-");
            let modified = entry.metadata().ok()?.modified().ok()?;
            is_backup.then_some((modified, path))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

/// The newest backup.
pub(super) fn newest(home: &Path) -> Option<PathBuf> {
    all(home).into_iter().next()
}

/// Makes today's backup, where there is none yet and rows were added since the newest; then removes
/// what is more than seven (two where a backup is above 200 MB). Returns the one made.
///
/// It opens the file for itself, so it can run on a thread of its own, after the first frame.
///
/// # Errors
/// See [`StoreError`]; earlier backups are then still there.
pub fn daily(home: &Path, now: Stamp) -> Result<Option<PathBuf>, StoreError> {
    let today = folder(home).join(format!("rollwith-{}.db", now.format("%Y-%m-%d")));
    if today.exists() {
        return Ok(None);
    }
    let source = super::open::open_database(home)?;
    let path = database(home);
    let rows = |connection: &Connection| rows(connection);
    let added = rows(&source).map_err(|error| StoreError::of(&path, error))?;
    let kept = newest(home).and_then(|newest| {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        rows(&Connection::open_with_flags(newest, flags).ok()?).ok()
    });
    if added == (0, 0) || kept == Some(added) {
        return Ok(None);
    }
    copy(&source, &path, &today)?;
    prune(home)?;
    Ok(Some(today))
}

/// Copies a database before its format changes; the copy is checked before this returns.
pub(super) fn before_migration(
    source: &Connection,
    path: &Path,
    version: u32,
    now: Stamp,
) -> Result<(), StoreError> {
    let home = path.parent().unwrap_or(Path::new("."));
    let name = format!("rollwith-{}-format-{version}.db", now.format("%Y-%m-%dT%H%M%S"));
    copy(source, path, &folder(home).join(name))
}

/// How much there is: chained rows and private rows.
fn rows(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    connection.query_row(
        "SELECT (SELECT coalesce(sum(length), 0) FROM logs), (SELECT count(*) FROM private)",
        (),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Copies aside, checks the copy, and only then gives it its name.
pub(super) fn copy(source: &Connection, path: &Path, to: &Path) -> Result<(), StoreError> {
    let folder = to.parent().unwrap_or(Path::new("."));
    create_folder(folder)?;
    // Two programs may make the same backup at once.
    let aside = to.with_extension(format!("{}.partial", std::process::id()));
    let copied = copy_aside(source, path, &aside)
        .and_then(|()| fs::rename(&aside, to).map_err(|error| StoreError::of_io(to, error)));
    if copied.is_err() {
        // What is half made is of no use; where even this fails, the next backup overwrites it.
        let _ = fs::remove_file(&aside);
    }
    copied
}

fn copy_aside(source: &Connection, path: &Path, aside: &Path) -> Result<(), StoreError> {
    create_file(aside)?;
    let mut copy = connect(aside)?;
    let failed = |error| StoreError::of(aside, error);
    Backup::new(source, &mut copy)
        .and_then(|backup| backup.run_to_completion(PAGES, Duration::from_millis(1), None))
        .map_err(failed)?;
    // One file, without a -wal beside it.
    copy.query_row("PRAGMA journal_mode = DELETE", (), |_| Ok(())).map_err(failed)?;
    let sound: String =
        copy.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0)).map_err(failed)?;
    if sound != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), detail: sound });
    }
    drop(copy);
    fs::File::open(aside)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::of_io(aside, error))
}

fn prune(home: &Path) -> Result<(), StoreError> {
    let size = |path: &PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let mut found: Vec<PathBuf> = all(home);
    found.sort_by_key(|path| Reverse(path.file_name().map(ToOwned::to_owned)));
    let kept = if found.iter().any(|path| size(path) > LARGE) { KEPT_LARGE } else { KEPT };
    for path in found.iter().skip(kept) {
        fs::remove_file(path).map_err(|error| StoreError::of_io(path, error))?;
    }
    Ok(())
}
