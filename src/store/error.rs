//! What can go wrong with the store, each in one line that says what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi;
use uuid::Uuid;

/// Why the store cannot do what was asked. Nothing that was committed is lost by any of these.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is an SQLite database of another program.
    #[error("{} is a database of another program; choose another folder with --home", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The file is no database.
    #[error("{} is not a database, or its beginning is damaged; `rollwith doctor --fix` keeps it aside and restores a backup", path.display())]
    NotADatabase {
        /// Which file.
        path: PathBuf,
    },
    /// The schema is of a later version of the program.
    #[error("{} was written by a newer rollwith (format {found}, this one knows {known}); update rollwith, or choose another folder with --home", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its `user_version`.
        found: u32,
        /// The version that this program writes.
        known: u32,
    },
    /// Another program holds the lock for longer than the timeout.
    #[error("another program is using {}; close it and try again (nothing is lost)", path.display())]
    Busy {
        /// Which file.
        path: PathBuf,
    },
    /// No room on the disk.
    #[error("the disk is full: {} cannot grow; free some space and try again", path.display())]
    DiskFull {
        /// Which file.
        path: PathBuf,
    },
    /// No right to write.
    #[error("{} cannot be written; make it and its folder writable, or choose another folder with --home", path.display())]
    ReadOnly {
        /// Which file or folder.
        path: PathBuf,
    },
    /// Pages are missing or wrong.
    #[error("{} is damaged ({detail}); `rollwith doctor --fix` keeps it aside and restores what it can", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// In SQLite's words.
        detail: String,
    },
    /// The operating system refuses.
    #[error("{} cannot be opened: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing has been practised in this folder.
    #[error("{} does not exist yet; start with `rollwith`", path.display())]
    NoDatabase {
        /// Which file.
        path: PathBuf,
    },
    /// The folder knows no trainee of that name.
    #[error("no trainee called {name} here; {}", known_names(known))]
    NoTrainee {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// No session has that id.
    #[error("no session has the id {0}; `rollwith export` lists them in its column session")]
    NoSession(Uuid),
    /// A row with that id is there already, with other content.
    #[error("the log already holds a row {0} with other content; nothing was written")]
    Conflict(Uuid),
    /// A record that would not be read back as it is; nothing was written.
    #[error("a {kind} cannot be kept as it is ({detail}); nothing was written")]
    NotKeepable {
        /// What it was to be.
        kind: &'static str,
        /// Why.
        detail: String,
    },
    /// A row's JSON cannot be read.
    #[error("a row of {} cannot be read ({detail}); `rollwith doctor` says more", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// Anything else that SQLite says.
    #[error("{}: {source}; `rollwith doctor` says more", path.display())]
    Sqlite {
        /// Which file.
        path: PathBuf,
        /// In SQLite's words.
        source: rusqlite::Error,
    },
}

fn known_names(known: &[String]) -> String {
    match known {
        [] => "nobody has practised yet".to_owned(),
        names => format!("there is {}", names.join(", ")),
    }
}

impl StoreError {
    /// What an error of SQLite's on this file means.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(code, ref message) = source else {
            return match source {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => {
                    Self::Unreadable { path, detail: source.to_string() }
                }
                _ => Self::Sqlite { path, source },
            };
        };
        match code.code {
            ErrorCode::DiskFull => Self::DiskFull { path },
            ErrorCode::SystemIoFailure if is_failed_write(code.extended_code) => {
                Self::DiskFull { path }
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly { path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy { path },
            ErrorCode::NotADatabase => Self::NotADatabase { path },
            ErrorCode::DatabaseCorrupt => Self::Damaged {
                path,
                detail: message.clone().unwrap_or_else(|| "malformed".to_owned()),
            },
            ErrorCode::CannotOpen => match std::fs::metadata(&path) {
                Err(source) => Self::of_io(&path, source),
                Ok(_) => Self::ReadOnly { path },
            },
            _ => Self::Sqlite { path, source },
        }
    }

    /// What an error of the operating system's on this file or folder means.
    pub(super) fn of_io(path: &Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull { path }
            }
            _ => Self::Io { path, source },
        }
    }
}

/// SQLite reports a quota or file size limit as a failed write, a full disk as such.
const fn is_failed_write(extended: i32) -> bool {
    matches!(
        extended,
        ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE | ffi::SQLITE_IOERR_SHMSIZE
    )
}
