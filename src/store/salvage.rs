//! Salvage: what of a damaged database still verifies, taken over into a restored one.
//!
//! Rows that go on from the backup without a gap are added to the same log with the same hashes,
//! so that every earlier bundle stays a prefix of it. After that each log ends, a new one goes on
//! from it, and whatever still verifies by itself is added there.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use uuid::{Builder, Uuid};

use super::chain::{self, Hash, Kind, ORIGIN, hex};
use super::content::{Continued, Logged, Opening, Role};
use super::error::StoreError;
use super::word::Word;
use super::{open, write};
use crate::practice::{Attempt, Note, Private, SessionStart, Stamp};

/// Tries so many rows of a table whose end cannot be read.
const BLIND_ROWS: i64 = 1_000_000;

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Salvaged {
    /// Rows of the logs that were in neither the backup nor lost.
    pub(super) logged: u64,
    /// Private rows.
    pub(super) private: u64,
}

/// Takes over into `to` what verifies in `from`, and lets each log go on in a new one.
pub(super) fn salvage(
    from: Option<&Connection>,
    to: &mut Connection,
    path: &Path,
    now: Stamp,
) -> Result<Salvaged, StoreError> {
    let failed = |source| StoreError::of(path, source);
    // A row may have outlived the session or the person that it points at.
    to.pragma_update(None, "foreign_keys", false).map_err(failed)?;
    let transaction =
        to.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let mut salvaged = Salvaged::default();
    if let Some(from) = from {
        take_people(from, &transaction).map_err(failed)?;
        for opening in openings(from) {
            salvaged.logged += go_on(from, &transaction, &opening).map_err(failed)?;
        }
    }
    let successors = open_successors(&transaction, path, now)?;
    if let Some(from) = from {
        salvaged.logged += take_loose(from, &transaction, &successors).map_err(failed)?;
        salvaged.private = take_private(from, &transaction).map_err(failed)?;
        take_vignettes(from, &transaction).map_err(failed)?;
        take_drafts(from, &transaction).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    to.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    Ok(salvaged)
}

/// Reads what can be read of one query's rows; a damaged page ends it.
fn readable<T>(
    from: &Connection,
    sql: &str,
    mut read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
) -> Vec<T> {
    let Ok(mut statement) = from.prepare(sql) else { return Vec::new() };
    let Ok(rows) = statement.query_map((), |row| Ok(read(row))) else { return Vec::new() };
    rows.map_while(Result::ok).filter_map(Result::ok).collect()
}

/// Reads the rows of a table one by one, so that a damaged page costs only its own rows.
fn each_row<T>(
    from: &Connection,
    last: &str,
    one: &str,
    read: impl Fn(&rusqlite::Row) -> rusqlite::Result<T>,
) -> Vec<T> {
    let last: i64 = from
        .query_row(last, (), |row| row.get::<_, Option<i64>>(0))
        .map_or(BLIND_ROWS, |last| last.unwrap_or(0));
    let Ok(mut statement) = from.prepare(one) else { return Vec::new() };
    (1..=last).filter_map(|rowid| statement.query_row([rowid], &read).ok()).collect()
}

fn take_people(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    for id in readable(from, "SELECT id FROM installation", |row| row.get::<_, [u8; 16]>(0)) {
        to.execute(
            "INSERT INTO installation (only, id) VALUES (1, ?1) ON CONFLICT DO NOTHING",
            [id],
        )?;
    }
    open::installation(to)?;
    let people = readable(from, "SELECT id, name FROM people", |row| {
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?))
    });
    for (id, name) in people {
        to.execute(
            "INSERT INTO people (id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            (id, name),
        )?;
    }
    Ok(())
}

/// The first rows of the logs, those that verify.
fn openings(from: &Connection) -> Vec<Opening> {
    rows_of::<Opening>(
        from,
        "SELECT max(rowid) FROM openings",
        "SELECT digest, log, seq, body FROM openings WHERE rowid = ?1",
    )
    .into_iter()
    .map(|loose| loose.record)
    .collect()
}

/// Adds to a log what follows in the damaged file without a gap; returns how many rows.
fn go_on(from: &Connection, to: &Connection, opening: &Opening) -> rusqlite::Result<u64> {
    let log = opening.log;
    let known = to
        .query_row("SELECT length FROM logs WHERE id = ?1", [log.as_bytes()], |row| row.get(0))
        .optional()?;
    let mut seq: i64 = if let Some(length) = known {
        length
    } else {
        name_person(to, opening.person)?;
        to.execute(
            "INSERT INTO logs (id, person, role, installation, head, length)
             VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            (
                log.as_bytes(),
                opening.person.as_bytes(),
                opening.role.word(),
                opening.installation.as_bytes(),
                ORIGIN,
            ),
        )?;
        0
    };
    let mut added = 0;
    loop {
        seq += 1;
        let link = from.query_row(
            "SELECT kind, digest, hash FROM chain WHERE log = ?1 AND seq = ?2",
            (log.as_bytes(), seq),
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, Hash>(1)?, row.get::<_, Hash>(2)?)),
        );
        let Ok((kind, digest, hash)) = link else { return Ok(added) };
        let head: Hash =
            to.query_row("SELECT head FROM logs WHERE id = ?1", [log.as_bytes()], |row| {
                row.get(0)
            })?;
        if chain::link(log, seq as u64, &kind, &head, &digest) != hash {
            return Ok(added);
        }
        let followed = match Kind::from_word(&kind) {
            Some(Kind::Opening) => follow::<Opening>(from, to, opening, &digest)?,
            Some(Kind::Session) => follow::<SessionStart>(from, to, opening, &digest)?,
            Some(Kind::Attempt) => follow::<Attempt>(from, to, opening, &digest)?,
            Some(Kind::Note) => follow::<Note>(from, to, opening, &digest)?,
            Some(Kind::Review) | None => false,
        };
        if !followed {
            return Ok(added);
        }
        added += 1;
    }
}

fn follow<T: Logged>(
    from: &Connection,
    to: &Connection,
    opening: &Opening,
    digest: &Hash,
) -> rusqlite::Result<bool> {
    let body = from.query_row(T::BY_DIGEST, [digest], |row| row.get::<_, String>(4));
    let Some((body, record)) = body.ok().and_then(|body| verified::<T>(body, digest)) else {
        return Ok(false);
    };
    write::append_body(to, opening.log, opening.person, &record, &body, digest)?;
    Ok(true)
}

fn verified<T: Logged>(body: String, digest: &Hash) -> Option<(String, T)> {
    if chain::digest(T::KIND, &body) != *digest {
        return None;
    }
    let record = serde_json::from_str(&body).ok()?;
    Some((body, record))
}

/// A person whose name cannot be read gets one, so that the log stays theirs.
fn name_person(to: &Connection, person: Uuid) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO people (id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        (person.as_bytes(), format!("restored {person}")),
    )
    .map(|_| ())
}

/// Opens a new log after every log that none goes on from; by the id of the old one.
fn open_successors(
    to: &Connection,
    path: &Path,
    now: Stamp,
) -> Result<BTreeMap<Uuid, Opening>, StoreError> {
    let failed = |source| StoreError::of(path, source);
    let installation = open::installation(to).map_err(failed)?;
    let ends = to
        .prepare(
            "SELECT id, person, role, head, length FROM logs
             WHERE NOT EXISTS (SELECT 1 FROM openings WHERE openings.continues = logs.id)",
        )
        .and_then(|mut statement| {
            statement
                .query_map((), |row| {
                    Ok((
                        Uuid::from_bytes(row.get(0)?),
                        Uuid::from_bytes(row.get(1)?),
                        row.get::<_, String>(2)?,
                        row.get::<_, Hash>(3)?,
                        row.get::<_, i64>(4)?,
                    ))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        })
        .map_err(failed)?;
    let mut successors = BTreeMap::new();
    for (log, person, role, head, length) in ends {
        let opening = Opening {
            log: id_after(log, now),
            person,
            role: Role::from_word(&role).unwrap_or(Role::Trainee),
            installation,
            at: now,
            continues: Some(Continued { log, length: length as u64, head: hex(&head) }),
        };
        open::open_log(to, path, &opening)?;
        successors.insert(log, opening);
    }
    Ok(successors)
}

/// A new id that sorts after an old one, also where the clock went backwards in between.
fn id_after(log: Uuid, now: Stamp) -> Uuid {
    let old = log.get_timestamp().map_or(0, |stamp| {
        let (seconds, nanoseconds) = stamp.to_unix();
        seconds * 1_000 + u64::from(nanoseconds) / 1_000_000
    });
    let now = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    let random = Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext));
    let mut tail = [0; 10];
    tail.copy_from_slice(&random.as_bytes()[6..]);
    Builder::from_unix_timestamp_millis(now.max(old + 1), &tail).into_uuid()
}

/// A row that verifies by itself.
struct Loose<T> {
    log: Uuid,
    seq: i64,
    digest: Hash,
    body: String,
    record: T,
}

fn rows_of<T: Logged>(from: &Connection, last: &str, one: &str) -> Vec<Loose<T>> {
    let rows = each_row(from, last, one, |row| {
        let (digest, log): (Hash, [u8; 16]) = (row.get(0)?, row.get(1)?);
        Ok((digest, Uuid::from_bytes(log), row.get::<_, i64>(2)?, row.get::<_, String>(3)?))
    });
    rows.into_iter()
        .filter_map(|(digest, log, seq, body)| {
            let (body, record) = verified::<T>(body, &digest)?;
            Some(Loose { log, seq, digest, body, record })
        })
        .filter(|loose| is_chained_or_unknown(from, loose))
        .collect()
}

/// Whether the chain names this content at its place, or can no longer say what stood there.
fn is_chained_or_unknown<T>(from: &Connection, loose: &Loose<T>) -> bool {
    from.query_row(
        "SELECT digest FROM chain WHERE log = ?1 AND seq = ?2",
        (loose.log.as_bytes(), loose.seq),
        |row| row.get::<_, Hash>(0),
    )
    .map_or(true, |digest| digest == loose.digest)
}

fn take_loose(
    from: &Connection,
    to: &Connection,
    successors: &BTreeMap<Uuid, Opening>,
) -> rusqlite::Result<u64> {
    let sessions = rows_of::<SessionStart>(
        from,
        "SELECT max(rowid) FROM sessions",
        "SELECT digest, log, seq, body FROM sessions WHERE rowid = ?1",
    );
    let attempts = rows_of::<Attempt>(
        from,
        "SELECT max(rowid) FROM attempts",
        "SELECT digest, log, seq, body FROM attempts WHERE rowid = ?1",
    );
    let notes = rows_of::<Note>(
        from,
        "SELECT max(rowid) FROM notes",
        "SELECT digest, log, seq, body FROM notes WHERE rowid = ?1",
    );
    let mut order: Vec<(i64, Piece)> = Vec::new();
    order.extend(sessions.into_iter().map(|loose| (loose.seq, Piece::Session(loose))));
    order.extend(attempts.into_iter().map(|loose| (loose.seq, Piece::Attempt(Box::new(loose)))));
    order.extend(notes.into_iter().map(|loose| (loose.seq, Piece::Note(loose))));
    order.sort_by_key(|(seq, _)| *seq);
    let mut added = 0;
    for (_, piece) in &order {
        added += u64::from(match piece {
            Piece::Session(loose) => add_loose(to, successors, loose)?,
            Piece::Attempt(loose) => add_loose(to, successors, loose)?,
            Piece::Note(loose) => add_loose(to, successors, loose)?,
        });
    }
    Ok(added)
}

enum Piece {
    Session(Loose<SessionStart>),
    Attempt(Box<Loose<Attempt>>),
    Note(Loose<Note>),
}

fn add_loose<T: Logged>(
    to: &Connection,
    successors: &BTreeMap<Uuid, Opening>,
    loose: &Loose<T>,
) -> rusqlite::Result<bool> {
    let there = to
        .query_row(T::BY_ID, [loose.record.id().as_bytes()], |row| row.get::<_, String>(0))
        .optional()?;
    let Some(opening) = successors.get(&loose.log) else { return Ok(false) };
    if there.is_some() {
        return Ok(false);
    }
    write::append_body(to, opening.log, opening.person, &loose.record, &loose.body, &loose.digest)?;
    Ok(true)
}

fn take_private(from: &Connection, to: &Connection) -> rusqlite::Result<u64> {
    let rows = each_row(
        from,
        "SELECT max(written) FROM private",
        "SELECT log, person, place, body FROM private WHERE written = ?1",
        |row| {
            let (log, person): ([u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?);
            Ok((log, person, row.get::<_, i64>(2)?, row.get::<_, String>(3)?))
        },
    );
    let mut added = 0;
    for (log, person, place, body) in rows {
        let Ok(private) = serde_json::from_str::<Private>(&body) else { continue };
        let place = Some(place);
        let (log, person) = (Uuid::from_bytes(log), Uuid::from_bytes(person));
        added += write::insert_private(to, log, person, &private, &body, place)?;
    }
    Ok(added)
}

fn take_vignettes(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    let bodies = each_row(
        from,
        "SELECT max(rowid) FROM vignettes",
        "SELECT hash, body FROM vignettes WHERE rowid = ?1",
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
    );
    for (hash, body) in bodies {
        if chain::hex_of(&body) == hash {
            to.execute(
                "INSERT INTO vignettes (hash, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                (hash, body),
            )?;
        }
    }
    Ok(())
}

fn take_drafts(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    let drafts = readable(from, "SELECT session, item, at, body FROM drafts", |row| {
        let session: [u8; 16] = row.get(0)?;
        Ok((session, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?))
    });
    to.execute("DELETE FROM drafts", ())?;
    for draft in drafts {
        to.execute(
            "INSERT INTO drafts (session, item, at, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
            draft,
        )?;
    }
    Ok(())
}
