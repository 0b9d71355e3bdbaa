//! Attempts one after the other with all that belongs to each, in constant memory.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::content::at;
use super::error::StoreError;
use super::{PrivateKind, Store};
use crate::practice::{Attempt, Feeling, Note, PlannedItem, Private, PrivateContent, Stamp};

pub(super) const ALL_ATTEMPTS: &str = "SELECT body FROM attempts INDEXED BY attempts_past
     WHERE person = ?1 AND at >= ?2 ORDER BY at, id";

pub(super) const ATTEMPTS_OF_SESSION: &str = "SELECT body FROM attempts
     WHERE session = ?3 AND person = ?1 AND at >= ?2 ORDER BY session, seq";

pub(super) const NOTES_OF_ATTEMPT: &str = "SELECT body FROM notes WHERE attempt = ?1 ORDER BY seq";

pub(super) const TIMES_OF_ATTEMPT: &str = "SELECT body FROM private
     WHERE attempt = ?1 AND kind = 'times' ORDER BY written DESC LIMIT 1";

pub(super) const OF_SESSION: &str = "SELECT body FROM private
     WHERE session = ?1 AND kind = ?2 ORDER BY place";

/// Which attempts go out, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Made at this time or later.
    pub since: Option<Stamp>,
    /// Of these sessions; empty is all of them.
    pub sessions: Vec<Uuid>,
    /// With what the trainee noticed.
    pub with_feelings: bool,
    /// With how long it took.
    pub with_times: bool,
}

/// One attempt with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The attempt.
    pub attempt: Attempt,
    /// The trainee's later rows about it.
    pub notes: Vec<Note>,
    /// What was noticed before it, on first tries; only where asked for.
    pub felt: Option<(Feeling, Option<u8>)>,
    /// Milliseconds to the first key and to submission; only where asked for.
    pub times: Option<(Option<u64>, u64)>,
}

impl Store {
    /// Hands over each selected attempt, the earliest first (by session, where sessions are
    /// given), from one snapshot of the database. Stops at the first error.
    ///
    /// # Errors
    /// `NoSession` before the first attempt, where one of the sessions is not the trainee's; those
    /// of [`StoreError`], and the receiver's own.
    pub fn for_each_attempt<E: From<StoreError>>(
        &self,
        selection: &Selection,
        mut each: impl FnMut(Whole) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |source| StoreError::of(&self.path, source);
        let snapshot = self.connection.unchecked_transaction().map_err(failed)?;
        for session in &selection.sessions {
            self.must_have(*session)?;
        }
        let mut noticed = Noticed::default();
        let mut pass = |sql: &str, session: Option<Uuid>| -> Result<(), E> {
            let mut statement = snapshot.prepare_cached(sql).map_err(failed)?;
            let since = selection.since.map_or(i64::MIN, at);
            let person = self.person.as_bytes();
            let mut rows = match &session {
                Some(session) => statement.query((person, since, session.as_bytes())),
                None => statement.query((person, since)),
            }
            .map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                let attempt: Attempt = row
                    .get_ref(0)
                    .and_then(|body| Ok(self.decode(body.as_str()?)))
                    .map_err(failed)??;
                each(self.whole(attempt, selection, &mut noticed)?)?;
            }
            Ok(())
        };
        if selection.sessions.is_empty() {
            return pass(ALL_ATTEMPTS, None);
        }
        selection.sessions.iter().try_for_each(|session| pass(ATTEMPTS_OF_SESSION, Some(*session)))
    }

    fn must_have(&self, session: Uuid) -> Result<(), StoreError> {
        let there: Option<i64> = self.sql(|connection| {
            connection
                .prepare_cached("SELECT 1 FROM sessions WHERE id = ?1 AND person = ?2")?
                .query_row((session.as_bytes(), self.person.as_bytes()), |row| row.get(0))
                .optional()
        })?;
        there.map(|_| ()).ok_or(StoreError::NoSession(session))
    }

    fn whole(
        &self,
        attempt: Attempt,
        selection: &Selection,
        noticed: &mut Noticed,
    ) -> Result<Whole, StoreError> {
        let notes = self.texts(NOTES_OF_ATTEMPT, [attempt.id.as_bytes()])?;
        let notes = notes.iter().map(|body| self.decode(body)).collect::<Result<Vec<Note>, _>>()?;
        let felt = if selection.with_feelings && attempt.try_number == 1 {
            noticed.turn_to(self, attempt.session)?;
            noticed.before(&attempt)
        } else {
            None
        };
        let mut times = None;
        if selection.with_times {
            for body in self.texts(TIMES_OF_ATTEMPT, [attempt.id.as_bytes()])? {
                let row: Private = self.decode(&body)?;
                if let PrivateContent::Times { first_key_ms, submitted_ms, .. } = row.content {
                    times = Some((first_key_ms, submitted_ms));
                }
            }
        }
        Ok(Whole { attempt, notes, felt, times })
    }

    fn texts(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<String>, StoreError> {
        self.sql(|connection| {
            connection.prepare_cached(sql)?.query_map(values, |row| row.get(0))?.collect()
        })
    }
}

/// What was noticed in the session that is being read.
#[derive(Default)]
struct Noticed {
    session: Option<Uuid>,
    planned: Vec<PlannedItem>,
    felt: Vec<(usize, Feeling, Option<u8>)>,
}

impl Noticed {
    fn turn_to(&mut self, store: &Store, session: Uuid) -> Result<(), StoreError> {
        if self.session == Some(session) {
            return Ok(());
        }
        *self = Self { session: Some(session), ..Self::default() };
        for kind in [PrivateKind::Planned, PrivateKind::Felt] {
            for body in store.texts(OF_SESSION, (session.as_bytes(), kind.word()))? {
                match store.decode::<Private>(&body)?.content {
                    PrivateContent::Planned { items } => self.planned = items,
                    PrivateContent::Felt { item, feeling, strength } => {
                        self.felt.push((item, feeling, strength));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn before(&self, attempt: &Attempt) -> Option<(Feeling, Option<u8>)> {
        self.felt
            .iter()
            .find(|(item, _, _)| {
                self.planned.get(*item).is_some_and(|planned| {
                    planned.drill == attempt.drill && planned.vignette.hash == attempt.vignette.hash
                })
            })
            .map(|(_, feeling, strength)| (*feeling, *strength))
    }
}
