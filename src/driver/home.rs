//! Where data live, and whose they are.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// Where data live; a guest's folder is gone when this is dropped.
#[derive(Debug)]
pub enum Home {
    /// A folder that stays.
    Kept(PathBuf),
    /// A temporary folder.
    Guest(tempfile::TempDir),
}

/// Why there is nowhere to keep data.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The platform names no data folder.
    #[error("no folder to keep data in: set ROLLWITH_HOME or give --home DIR")]
    None,
    /// The temporary folder cannot be made.
    #[error("a guest's temporary folder cannot be made ({0}): check TMPDIR")]
    NoGuestFolder(#[source] std::io::Error),
}

impl Home {
    /// The folder: a guest's, else the one given, else `$ROLLWITH_HOME`, else the platform's own.
    ///
    /// # Errors
    /// When there is no such folder to be had.
    pub fn find(guest: bool, given: Option<PathBuf>) -> Result<Self, HomeError> {
        if guest {
            return tempfile::Builder::new()
                .prefix("rollwith-guest-")
                .tempdir()
                .map(Self::Guest)
                .map_err(HomeError::NoGuestFolder);
        }
        if let Some(folder) = given.or_else(|| said("ROLLWITH_HOME").map(PathBuf::from)) {
            return Ok(Self::Kept(folder));
        }
        let base = etcetera::choose_base_strategy().map_err(|_| HomeError::None)?;
        Ok(Self::Kept(base.data_dir().join("rollwith")))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Guest(folder) => folder.path(),
        }
    }
}

/// Who practises: the name given, else `$ROLLWITH_TRAINEE`, else the account's user name.
pub fn trainee(given: Option<&str>) -> String {
    given
        .map(str::to_owned)
        .or_else(|| ["ROLLWITH_TRAINEE", "USER", "LOGNAME", "USERNAME"].into_iter().find_map(said))
        .map(|name| crate::text::neutralise(name.trim()).replace('\n', " "))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "me".to_owned())
}

fn said(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|value| !value.trim().is_empty())
}

/// The time, with the local offset: the one clock of the program.
pub fn now() -> crate::practice::Stamp {
    chrono::Local::now().fixed_offset()
}

/// A seed for a set that names none.
pub fn fresh_seed() -> u64 {
    uuid::Uuid::now_v7().as_u64_pair().1
}
