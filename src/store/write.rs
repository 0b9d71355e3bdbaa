//! Writing: each call is one transaction, and saying the same twice writes it once.

use std::path::Path;
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::chain::{self, Hash};
use super::content::{Logged, PrivateKind, at, encode, encode_logged, encode_private};
use super::error::StoreError;
use super::migrate::{self, STEPS, State};
use super::{Draft, Store};
use crate::pack::Vignette;
use crate::practice::{Attempt, Note, PlannedItem, Private, PrivateContent, SessionStart};

impl Store {
    /// Writes the first row of a session, its plan (private), and every vignette that it may show,
    /// so that a replay needs no pack.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing of it was written.
    pub fn begin_session(
        &mut self,
        start: &SessionStart,
        planned: &[PlannedItem],
        vignettes: &[Arc<Vignette>],
    ) -> Result<(), StoreError> {
        let plan = Private {
            id: plan_id(start),
            session: Some(start.id),
            at: start.at,
            content: PrivateContent::Planned { items: planned.to_vec() },
        };
        self.in_transaction(|writer| {
            for vignette in vignettes {
                writer.keep_vignette(vignette)?;
            }
            writer.log(start)?;
            writer.private(&plan)
        })
    }

    /// Writes an attempt with the private rows that go with it, and discards the draft of the item
    /// at index `item` of the plan. Once this returns, a power cut does not lose it.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing of it was written.
    pub fn record_attempt(
        &mut self,
        attempt: &Attempt,
        private: &[Private],
        item: usize,
    ) -> Result<(), StoreError> {
        self.in_transaction(|writer| {
            writer.log(attempt)?;
            for row in private {
                writer.private(row)?;
            }
            writer.discard_draft(attempt.session, item)
        })
    }

    /// Writes a later row of the trainee's; the one that ends a session discards its drafts.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing of it was written.
    pub fn record_note(&mut self, note: &Note) -> Result<(), StoreError> {
        self.in_transaction(|writer| {
            writer.log(note)?;
            if matches!(note.content, crate::practice::NoteContent::Ended { .. }) {
                writer.discard_drafts(note.session)?;
            }
            Ok(())
        })
    }

    /// Writes a private row, outside the chain; a skip discards the draft of its item.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing of it was written.
    pub fn record_private(&mut self, private: &Private) -> Result<(), StoreError> {
        self.in_transaction(|writer| {
            writer.private(private)?;
            match (&private.content, private.session) {
                (PrivateContent::Skipped { item, .. }, Some(session)) => {
                    writer.discard_draft(session, *item)
                }
                _ => Ok(()),
            }
        })
    }

    /// Keeps what was typed so far, in place of what was kept before for the same item.
    ///
    /// # Errors
    /// See [`StoreError`]; then the earlier draft is still there.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let body = encode("draft", draft)?;
        self.in_transaction(|writer| {
            writer.execute(
                "INSERT INTO drafts (session, item, at, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (session, item) DO UPDATE SET at = excluded.at, body = excluded.body",
                (draft.session.as_bytes(), place(draft.item), at(draft.at), &body),
            )
        })
    }

    /// Discards what was typed for the item at an index of a session's plan.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn discard_draft(&mut self, session: Uuid, item: usize) -> Result<(), StoreError> {
        self.in_transaction(|writer| writer.discard_draft(session, item))
    }

    fn in_transaction(
        &mut self,
        write: impl FnOnce(&Writer) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let path = &self.path;
        let failed = |source| StoreError::of(path, source);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        // A newer program may have migrated the file since it was opened.
        let known = STEPS.len() as u32;
        match migrate::state(&transaction).map_err(failed)? {
            State::Version(version) if version == known => {}
            State::Version(found) => {
                return Err(StoreError::Newer { path: path.clone(), found, known });
            }
            State::Empty | State::Foreign => {
                return Err(StoreError::Foreign { path: path.clone() });
            }
        }
        let writer = Writer { transaction, path, log: self.log, person: self.person };
        write(&writer)?;
        writer.transaction.commit().map_err(failed)
    }
}

/// The id of a session's plan: the same each time.
fn plan_id(start: &SessionStart) -> Uuid {
    let digest = Sha256::digest(start.id.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    let milliseconds = u64::try_from(at(start.at)).unwrap_or_default();
    Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

/// One transaction on one log.
struct Writer<'a> {
    transaction: Transaction<'a>,
    path: &'a Path,
    log: Uuid,
    person: Uuid,
}

impl Writer<'_> {
    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(values))
            .map(|_| ())
            .map_err(|source| StoreError::of(self.path, source))
    }

    fn log<T: Logged>(&self, record: &T) -> Result<(), StoreError> {
        append(&self.transaction, self.path, self.log, self.person, record).map(|_| ())
    }

    fn keep_vignette(&self, vignette: &Vignette) -> Result<(), StoreError> {
        let body = encode("vignette", vignette)?;
        self.execute(
            "INSERT INTO vignettes (hash, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            (chain::hex_of(&body), &body),
        )
    }

    fn private(&self, private: &Private) -> Result<(), StoreError> {
        let body = encode_private(private)?;
        insert_private(&self.transaction, self.log, self.person, private, &body, None)
            .map(|_| ())
            .map_err(|source| StoreError::of(self.path, source))
    }

    fn discard_draft(&self, session: Uuid, item: usize) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM drafts WHERE session = ?1 AND item = ?2",
            (session.as_bytes(), place(item)),
        )
    }

    fn discard_drafts(&self, session: Uuid) -> Result<(), StoreError> {
        self.execute("DELETE FROM drafts WHERE session = ?1", [session.as_bytes()])
    }
}

/// Inserts a private row, unless its id is there, after so many rows of its log (by default all);
/// returns how many were inserted.
pub(super) fn insert_private(
    connection: &Connection,
    log: Uuid,
    person: Uuid,
    private: &Private,
    body: &str,
    place: Option<i64>,
) -> rusqlite::Result<u64> {
    let attempt = match private.content {
        PrivateContent::Times { attempt, .. } => Some(attempt),
        _ => None,
    };
    connection
        .prepare_cached(
            "INSERT INTO private (id, log, person, place, session, attempt, at, kind, body)
             VALUES (?1, ?2, ?3, coalesce(?9, (SELECT length FROM logs WHERE id = ?2)), ?4, ?5, ?6,
                 ?7, ?8)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute((
            private.id.as_bytes(),
            log.as_bytes(),
            person.as_bytes(),
            private.session.as_ref().map(Uuid::as_bytes),
            attempt.as_ref().map(Uuid::as_bytes),
            at(private.at),
            PrivateKind::of(&private.content).word(),
            body,
            place,
        ))
        .map(|rows| rows as u64)
}

/// Adds a row to a log, in the caller's transaction: content, chain row, head and length. Adds
/// nothing where the same row is there already, and then returns none.
pub(super) fn append<T: Logged>(
    connection: &Connection,
    path: &Path,
    log: Uuid,
    person: Uuid,
    record: &T,
) -> Result<Option<Hash>, StoreError> {
    let (body, digest) = encode_logged(record)?;
    let failed = |source| StoreError::of(path, source);
    let present: Option<String> = connection
        .prepare_cached(T::BY_ID)
        .and_then(|mut statement| {
            statement.query_row([record.id().as_bytes()], |row| row.get(0)).optional()
        })
        .map_err(failed)?;
    match present {
        Some(there) if there == body => return Ok(None),
        Some(_) => return Err(StoreError::Conflict(record.id())),
        None => {}
    }
    append_body(connection, log, person, record, &body, &digest).map(Some).map_err(failed)
}

/// As [`append`], for a body whose digest is known and that is not there yet.
pub(super) fn append_body<T: Logged>(
    connection: &Connection,
    log: Uuid,
    person: Uuid,
    record: &T,
    body: &str,
    digest: &Hash,
) -> rusqlite::Result<Hash> {
    let (previous, length): (Hash, i64) = connection
        .prepare_cached("SELECT head, length FROM logs WHERE id = ?1")?
        .query_row([log.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let seq = length + 1;
    let kind = T::KIND.word();
    let hash = chain::link(log, seq as u64, kind, &previous, digest);
    connection
        .prepare_cached(
            "INSERT INTO chain (log, seq, kind, digest, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((log.as_bytes(), seq, kind, digest, hash))?;
    let mut values = vec![
        Value::Blob(digest.to_vec()),
        Value::Blob(log.as_bytes().to_vec()),
        Value::Integer(seq),
        Value::Blob(person.as_bytes().to_vec()),
        Value::Text(body.to_owned()),
    ];
    values.extend(record.values());
    connection.prepare_cached(T::INSERT)?.execute(rusqlite::params_from_iter(values))?;
    connection
        .prepare_cached("UPDATE logs SET head = ?2, length = ?3 WHERE id = ?1")?
        .execute((log.as_bytes(), hash, seq))?;
    Ok(hash)
}

/// An index of a plan as its column has it.
fn place(item: usize) -> i64 {
    i64::try_from(item).unwrap_or(i64::MAX)
}
