//! The log on disk: SQLite, and the only place with SQL.
//!
//! `open` and `migrate` make the file, `write` adds to it, `read` and `past` read back, `chain` and
//! `verify` make tampering evident, `backup`, `doctor` and `salvage` see to it that nothing is lost.
//! A [`Store`] is one trainee's log in one home; it is not shared between threads, and several
//! programs may have the same file open.
//!
//! Times are kept as the clock said them, also where it went backwards: within a session the order
//! is that of writing, lists are by the clock.

mod backup;
mod chain;
mod content;
mod doctor;
mod error;
mod export;
mod migrate;
mod open;
mod past;
mod read;
mod salvage;
#[cfg(test)]
mod tests;
mod verify;
mod word;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use backup::daily as daily_backup;
pub use chain::{Hash, hex};
pub use content::{Continued, Opening, PrivateKind, Role};
pub use doctor::{Check, Fixed, Outcome, Report, check, fix};
pub use error::StoreError;
pub use export::{Selection, Whole};
pub use migrate::APPLICATION_ID;
pub use open::database;
pub use read::{AttemptFilter, Key, Recorded, SessionSummary};
pub use verify::Fault;

use crate::practice::Stamp;

/// One trainee's log in one home.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    person: Uuid,
    log: Uuid,
}

impl Store {
    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whose log it is.
    pub const fn person(&self) -> Uuid {
        self.person
    }

    /// The log that this program writes to.
    pub const fn log(&self) -> Uuid {
        self.log
    }
}

/// A reply that was typed and not given yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The session's id.
    pub session: Uuid,
    /// Index of the item in the session's plan.
    pub item: usize,
    /// When it was typed.
    pub at: Stamp,
    /// What was typed.
    pub text: String,
}
