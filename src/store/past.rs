//! Slim rows of all past attempts, from one covering index and without reading any JSON.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset};
use rusqlite::Row;
use rusqlite::types::Type;
use uuid::Uuid;

use super::Store;
use super::error::StoreError;
use super::word::Word;
use crate::practice::{Past, Stamp, Standing, settled};
use crate::rubric::Criteria;

pub(super) const PAST: &str =
    "SELECT id, session, at, utc_offset, ordinal, try_number, drill, framing, pack, vignette, level,
         nature, met, verdict, abstained, understanding, curiosity, autonomy, nondirective, fit,
         judged_stance, judged_resistance, copied
     FROM attempts INDEXED BY attempts_past WHERE person = ?1 ORDER BY at, id";

pub(super) const DISPUTES: &str =
    "SELECT attempt FROM notes WHERE person = ?1 AND kind = 'disputed' AND attempt IS NOT NULL";

pub(super) const OWN_CALLS: &str = "SELECT attempt, own_call FROM notes
     WHERE person = ?1 AND kind = 'own_call' AND attempt IS NOT NULL ORDER BY seq";

impl Store {
    /// Every attempt of the trainee's, the earliest first, with the trainee's later word on it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn past(&self) -> Result<Vec<Past>, StoreError> {
        self.read_past().map_err(|source| StoreError::of(&self.path, source))
    }

    fn read_past(&self) -> rusqlite::Result<Vec<Past>> {
        let person = self.person.as_bytes();
        // One snapshot, so that no note is older than its attempt.
        let snapshot = self.connection.unchecked_transaction()?;
        let disputed = snapshot
            .prepare_cached(DISPUTES)?
            .query_map([person], |row| row.get(0))?
            .collect::<rusqlite::Result<HashSet<[u8; 16]>>>()?;
        let own_calls = snapshot
            .prepare_cached(OWN_CALLS)?
            .query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<HashMap<[u8; 16], bool>>>()?;
        snapshot
            .prepare_cached(PAST)?
            .query_map([person], |row| {
                let id: [u8; 16] = row.get(0)?;
                let standing = if disputed.contains(&id) {
                    Standing::Disputed
                } else {
                    settled(word(row, 12)?, own_calls.get(&id).copied())
                };
                past(row, id, standing)
            })?
            .collect()
    }
}

fn past(row: &Row, id: [u8; 16], standing: Standing) -> rusqlite::Result<Past> {
    let criteria = match row.get(15)? {
        None => None,
        Some(understanding) => Some(Criteria {
            understanding,
            curiosity: row.get(16)?,
            autonomy: row.get(17)?,
            nondirective: row.get(18)?,
            fit: row.get(19)?,
        }),
    };
    Ok(Past {
        attempt: Uuid::from_bytes(id),
        session: Uuid::from_bytes(row.get(1)?),
        at: stamp(row.get(2)?, row.get(3)?).ok_or_else(|| unreadable(2, "time"))?,
        ordinal: row.get(4)?,
        try_number: row.get(5)?,
        drill: word(row, 6)?,
        framing: word(row, 7)?,
        pack: row.get(8)?,
        vignette: row.get(9)?,
        level: word(row, 10)?,
        nature: word(row, 11)?,
        standing,
        verdict: optional_word(row, 13)?,
        abstained: row.get(14)?,
        criteria,
        judged_stance: optional_word(row, 20)?,
        judged_resistance: row.get(21)?,
        copied: row.get(22)?,
    })
}

/// A time from its columns, milliseconds and seconds; none where they are out of range.
pub(super) fn stamp(at: i64, offset: i32) -> Option<Stamp> {
    Some(DateTime::from_timestamp_millis(at)?.with_timezone(&FixedOffset::east_opt(offset)?))
}

pub(super) fn word<W: Word>(row: &Row, column: usize) -> rusqlite::Result<W> {
    optional_word(row, column)?.ok_or_else(|| unreadable(column, "nothing"))
}

fn optional_word<W: Word>(row: &Row, column: usize) -> rusqlite::Result<Option<W>> {
    let value = row.get_ref(column)?;
    let Some(text) = value.as_str_or_null()? else { return Ok(None) };
    W::from_word(text).map(Some).ok_or_else(|| unreadable(column, text))
}

fn unreadable(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        Type::Text,
        format!("{what} is no value of this column").into(),
    )
}
