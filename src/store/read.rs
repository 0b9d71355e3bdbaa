//! Reading sessions and attempts back; every list is paged by key.

use chrono::TimeDelta;
use rusqlite::{OptionalExtension, Row as SqlRow};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::content::{PrivateKind, at};
use super::error::StoreError;
use super::word::Word;
use super::{Draft, Store};
use crate::pack::Vignette;
use crate::practice::{
    Attempt, Drill, Ending, Note, NoteContent, PlannedItem, Private, PrivateContent, Row,
    SessionStart, Stamp,
};
use crate::rubric::Verdict;

/// A session that was not ended is offered again for so long.
const RESUMABLE: TimeDelta = TimeDelta::days(14);

pub(super) const LATEST_UNFINISHED: &str = "SELECT id FROM sessions
     WHERE person = ?1 AND at >= ?2
       AND NOT EXISTS (SELECT 1 FROM notes WHERE notes.session = sessions.id AND kind = 'ended')
     ORDER BY at DESC, id DESC LIMIT 1";

/// As [`LATEST_UNFINISHED`], of those that hold an attempt or a draft.
pub(super) const LATEST_BEGUN: &str = "SELECT id FROM sessions
     WHERE person = ?1 AND at >= ?2
       AND NOT EXISTS (SELECT 1 FROM notes WHERE notes.session = sessions.id AND kind = 'ended')
       AND (EXISTS (SELECT 1 FROM attempts WHERE attempts.session = sessions.id)
         OR EXISTS (SELECT 1 FROM drafts WHERE drafts.session = sessions.id))
     ORDER BY at DESC, id DESC LIMIT 1";

pub(super) const SESSION: &str = "SELECT body FROM sessions WHERE id = ?1 AND person = ?2";

pub(super) const SESSION_ATTEMPTS: &str = "SELECT log, seq, body FROM attempts WHERE session = ?1";

pub(super) const SESSION_NOTES: &str = "SELECT log, seq, body FROM notes WHERE session = ?1";

pub(super) const SESSION_PRIVATE: &str = "SELECT log, place, body FROM private WHERE session = ?1
     ORDER BY written";

pub(super) const SESSIONS: &str = "SELECT sessions.id, sessions.body,
         (SELECT body FROM notes WHERE notes.session = sessions.id AND kind = 'ended'),
         EXISTS (SELECT 1 FROM drafts WHERE drafts.session = sessions.id)
     FROM sessions
     WHERE person = ?1 AND (at, id) < (?2, ?3)
     ORDER BY at DESC, id DESC LIMIT ?4";

pub(super) const SESSION_COUNTS: &str = "SELECT try_number, drill, met, verdict, abstained
     FROM attempts INDEXED BY attempts_by_session WHERE session = ?1";

pub(super) const ATTEMPTS: &str = "SELECT body FROM attempts
     WHERE person = ?1 AND (at, id) < (?2, ?3) AND at >= ?4
       AND (?5 = 0 OR try_number = 1) AND (?6 IS NULL OR verdict = ?6)
     ORDER BY at DESC, id DESC LIMIT ?7";

pub(super) const ATTEMPTS_OF_DRILL: &str = "SELECT body FROM attempts
     WHERE person = ?1 AND drill = ?8 AND (at, id) < (?2, ?3) AND at >= ?4
       AND (?5 = 0 OR try_number = 1) AND (?6 IS NULL OR verdict = ?6)
     ORDER BY at DESC, id DESC LIMIT ?7";

pub(super) const ATTEMPTS_ON: &str = "SELECT body FROM attempts
     WHERE vignette_hash = ?1 AND person = ?2 ORDER BY at DESC, id DESC LIMIT ?3";

pub(super) const PRIVATE_ROWS: &str = "SELECT body FROM private
     WHERE person = ?1 AND kind = ?2 ORDER BY written DESC LIMIT ?3";

pub(super) const DRAFT: &str =
    "SELECT body FROM drafts WHERE session = ?1 ORDER BY at DESC LIMIT 1";

/// A row's log and its place in it.
type Place = ([u8; 16], i64);

/// Where a list goes on: the last row of the page before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    at: i64,
    id: Uuid,
}

impl Key {
    const FIRST: Self = Self { at: i64::MAX, id: Uuid::max() };

    /// The key of an attempt or a session, by its time and id.
    pub fn of(stamp: Stamp, id: Uuid) -> Self {
        Self { at: at(stamp), id }
    }
}

/// A session as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its first row.
    pub start: SessionStart,
    /// Its plan; none where the private rows were deleted.
    pub planned: Option<Vec<PlannedItem>>,
    /// Every other row in the order written, as `Session::replay` takes them.
    pub rows: Vec<Row>,
}

impl Recorded {
    /// The attempts, in order.
    pub fn attempts(&self) -> impl Iterator<Item = &Attempt> {
        self.rows.iter().filter_map(|row| match row {
            Row::Attempt(attempt) => Some(attempt.as_ref()),
            _ => None,
        })
    }

    /// The notes, in order.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.rows.iter().filter_map(|row| match row {
            Row::Note(note) => Some(note),
            _ => None,
        })
    }

    /// The private rows but the plan, in order.
    pub fn private(&self) -> impl Iterator<Item = &Private> {
        self.rows.iter().filter_map(|row| match row {
            Row::Private(private) => Some(private),
            _ => None,
        })
    }
}

/// One line of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSummary {
    /// Its first row.
    pub start: SessionStart,
    /// How it ended; none while it is open.
    pub ending: Option<Ending>,
    /// Whether something typed is kept for it.
    pub has_draft: bool,
    /// All attempts.
    pub attempts: u32,
    /// Statements attempted (first tries).
    pub statements: u32,
    /// First tries by drill, in the order of `Drill::ALL`.
    pub by_drill: [u32; 3],
    /// First tries that were met or right, by the scorer's word or by the answer.
    pub met: u32,
    /// First tries by verdict in the order of `Verdict::ALL`, those that the scorer is sure of.
    pub verdicts: [u32; 4],
    /// First tries that the scorer was not sure of.
    pub unsure: u32,
}

impl SessionSummary {
    /// Where the list goes on after this one.
    pub fn key(&self) -> Key {
        Key::of(self.start.at, self.start.id)
    }
}

/// Which attempts to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    /// Of one drill.
    pub drill: Option<Drill>,
    /// First tries only.
    pub first_tries: bool,
    /// Of one verdict.
    pub verdict: Option<Verdict>,
    /// Since a time.
    pub since: Option<Stamp>,
}

impl Store {
    /// The latest session that was not ended and began within 14 days before `now`. One that holds
    /// an attempt or a draft goes before one that was only opened, which would hide it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn unfinished(&self, now: Stamp) -> Result<Option<Recorded>, StoreError> {
        let since = at(now - RESUMABLE);
        let latest = |query| {
            self.sql(|connection| {
                connection
                    .prepare_cached(query)?
                    .query_row((self.person.as_bytes(), since), |row| row.get(0))
                    .optional()
            })
        };
        let latest = latest(LATEST_BEGUN)?
            .map_or_else(|| latest(LATEST_UNFINISHED), |id| Ok(Some(id)))?
            .map(Uuid::from_bytes);
        latest.map(|session| self.recorded(session)).transpose()
    }

    /// A session with all its rows.
    ///
    /// # Errors
    /// `NoSession` where the trainee has none of that id; else see [`StoreError`].
    pub fn recorded(&self, session: Uuid) -> Result<Recorded, StoreError> {
        let id = session.as_bytes();
        let body: Option<String> = self.sql(|connection| {
            connection
                .prepare_cached(SESSION)?
                .query_row((id, self.person.as_bytes()), |row| row.get(0))
                .optional()
        })?;
        let start = self.decode(&body.ok_or(StoreError::NoSession(session))?)?;
        // Private rows stand outside the chain: each is placed after the chained row before it. A
        // log that goes on from another has the later id.
        let mut placed: Vec<(Place, u8, Row)> = Vec::new();
        for (seq, attempt) in self.placed(SESSION_ATTEMPTS, session)? {
            placed.push((seq, 0, Row::Attempt(Box::new(attempt))));
        }
        for (seq, note) in self.placed(SESSION_NOTES, session)? {
            placed.push((seq, 0, Row::Note(note)));
        }
        let mut planned = None;
        for (place, private) in self.placed::<Private>(SESSION_PRIVATE, session)? {
            match private.content {
                PrivateContent::Planned { items } => planned = Some(items),
                _ => placed.push((place, 1, Row::Private(private))),
            }
        }
        placed.sort_by_key(|(place, rank, _)| (*place, *rank));
        let rows = placed.into_iter().map(|(_, _, row)| row).collect();
        Ok(Recorded { start, planned, rows })
    }

    /// Sessions, the latest first, `limit` at most, after the one whose key is given.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn sessions(
        &self,
        before: Option<Key>,
        limit: u32,
    ) -> Result<Vec<SessionSummary>, StoreError> {
        let key = before.unwrap_or(Key::FIRST);
        let rows = self.sql(|connection| {
            connection
                .prepare_cached(SESSIONS)?
                .query_map((self.person.as_bytes(), key.at, key.id.as_bytes(), limit), |row| {
                    Ok((
                        row.get::<_, [u8; 16]>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, Option<String>>(2)?,
                        row.get::<_, bool>(3)?,
                    ))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        rows.into_iter()
            .map(|(id, start, ended, has_draft)| {
                let ended: Option<Note> =
                    ended.as_deref().map(|body| self.decode(body)).transpose()?;
                let ending = ended.and_then(|note| match note.content {
                    NoteContent::Ended { ending } => Some(ending),
                    _ => None,
                });
                self.counted(id, self.decode(&start)?, ending, has_draft)
            })
            .collect()
    }

    fn counted(
        &self,
        id: [u8; 16],
        start: SessionStart,
        ending: Option<Ending>,
        has_draft: bool,
    ) -> Result<SessionSummary, StoreError> {
        let mut summary = SessionSummary {
            start,
            ending,
            has_draft,
            attempts: 0,
            statements: 0,
            by_drill: [0; 3],
            met: 0,
            verdicts: [0; 4],
            unsure: 0,
        };
        self.sql(|connection| {
            let mut statement = connection.prepare_cached(SESSION_COUNTS)?;
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                count(&mut summary, row)?;
            }
            Ok(())
        })?;
        Ok(summary)
    }

    /// Attempts, the latest first, `limit` at most, before the one whose key is given.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn attempts(
        &self,
        filter: AttemptFilter,
        before: Option<Key>,
        limit: u32,
    ) -> Result<Vec<Attempt>, StoreError> {
        let key = before.unwrap_or(Key::FIRST);
        let person = self.person;
        let since = filter.since.map_or(i64::MIN, at);
        let verdict = filter.verdict.map(Word::word);
        let (first, limit) = (filter.first_tries, limit);
        let (person, id) = (person.as_bytes(), key.id.as_bytes());
        let bodies = self.sql(|connection| match filter.drill {
            None => {
                bodies(connection, ATTEMPTS, (person, key.at, id, since, first, verdict, limit))
            }
            Some(drill) => bodies(
                connection,
                ATTEMPTS_OF_DRILL,
                (person, key.at, id, since, first, verdict, limit, Word::word(drill)),
            ),
        })?;
        bodies.iter().map(|body| self.decode(body)).collect()
    }

    /// The trainee's attempts on a vignette, by its hash, the latest first, `limit` at most.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn attempts_on(&self, vignette: &str, limit: u32) -> Result<Vec<Attempt>, StoreError> {
        let found = self.sql(|connection| {
            bodies(connection, ATTEMPTS_ON, (vignette, self.person.as_bytes(), limit))
        })?;
        found.iter().map(|body| self.decode(body)).collect()
    }

    /// A vignette as it was when it was shown, by its hash.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn vignette(&self, hash: &str) -> Result<Option<Vignette>, StoreError> {
        let body: Option<String> = self.sql(|connection| {
            connection
                .prepare_cached("SELECT body FROM vignettes WHERE hash = ?1")?
                .query_row([hash], |row| row.get(0))
                .optional()
        })?;
        body.map(|body| self.decode(&body)).transpose()
    }

    /// The newest private rows of a kind, `limit` at most, in the order written.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn private_rows(&self, kind: PrivateKind, limit: u32) -> Result<Vec<Private>, StoreError> {
        let found = self.sql(|connection| {
            bodies(connection, PRIVATE_ROWS, (self.person.as_bytes(), kind.word(), limit))
        })?;
        found.iter().rev().map(|body| self.decode(body)).collect()
    }

    /// The latest draft of a session.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn draft(&self, session: Uuid) -> Result<Option<Draft>, StoreError> {
        let body: Option<String> = self.sql(|connection| {
            connection
                .prepare_cached(DRAFT)?
                .query_row([session.as_bytes()], |row| row.get(0))
                .optional()
        })?;
        body.map(|body| self.decode(&body)).transpose()
    }

    fn placed<T: DeserializeOwned>(
        &self,
        sql: &str,
        session: Uuid,
    ) -> Result<Vec<(Place, T)>, StoreError> {
        let rows = self.sql(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map([session.as_bytes()], |row| {
                    Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        rows.into_iter().map(|(place, body)| Ok((place, self.decode(&body)?))).collect()
    }

    pub(super) fn sql<T>(
        &self,
        read: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        read(&self.connection).map_err(|source| StoreError::of(&self.path, source))
    }

    pub(super) fn decode<T: DeserializeOwned>(&self, body: &str) -> Result<T, StoreError> {
        serde_json::from_str(body).map_err(|error| StoreError::Unreadable {
            path: self.path.clone(),
            detail: error.to_string(),
        })
    }
}

fn bodies(
    connection: &rusqlite::Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> rusqlite::Result<Vec<String>> {
    connection.prepare_cached(sql)?.query_map(values, |row| row.get(0))?.collect()
}

fn count(summary: &mut SessionSummary, row: &SqlRow) -> rusqlite::Result<()> {
    summary.attempts += 1;
    if row.get::<_, u8>(0)? > 1 {
        return Ok(());
    }
    summary.statements += 1;
    let drill: Drill = super::past::word(row, 1)?;
    summary.by_drill[drill as usize] += 1;
    if row.get_ref(2)?.as_str()? == "yes" {
        summary.met += 1;
    }
    if row.get(4)? {
        summary.unsure += 1;
    } else if row.get_ref(3)?.as_str_or_null()?.is_some() {
        let verdict: Verdict = super::past::word(row, 3)?;
        summary.verdicts[verdict as usize] += 1;
    }
    Ok(())
}
