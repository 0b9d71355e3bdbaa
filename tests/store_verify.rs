//! Records of any shape are read back as they were, and any change of the log is found.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;

use std::fs;
use std::sync::OnceLock;

use proptest::prelude::*;
use records::{attempt, ended, id, note, planned, stamp, start, times, vignette};
use rollwith::practice::{Answer, Attempt, NoteContent};
use rollwith::store::{Fault, Store, database};
use rusqlite::Connection;
use rusqlite::types::Value;

/// Every table of the log with the number of its columns.
const TABLES: [&str; 7] =
    ["chain", "openings", "sessions", "attempts", "notes", "logs", "vignettes"];

/// The file of a log of two sessions, made once.
fn made() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
        let vignettes: Vec<_> = (1..5).map(vignette).collect();
        for number in [100, 200] {
            let session = start(number);
            store.begin_session(&session, &planned(&vignettes), &vignettes).unwrap();
            for offset in 1..=6 {
                let attempt = attempt(session.id, number + offset, &vignettes[offset as usize % 4]);
                let private = times(number + 50 + offset, &attempt);
                store.record_attempt(&attempt, &[private], 0).unwrap();
                let content = NoteContent::OwnCall { met: offset % 2 == 0 };
                let note = note(number + 70 + offset, session.id, Some(attempt.id), content);
                store.record_note(&note).unwrap();
            }
            store.record_note(&ended(number + 99, session.id)).unwrap();
        }
        assert_eq!(store.verify(|_, _| {}), []);
        drop(store);
        fs::read(database(home.path())).unwrap()
    })
}

/// What verification finds after a change, with no triggers in the way.
fn tampered(change: impl FnOnce(&Connection)) -> Vec<Fault> {
    let home = tempfile::tempdir().unwrap();
    fs::write(database(home.path()), made()).unwrap();
    let raw = Connection::open(database(home.path())).unwrap();
    raw.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF").unwrap();
    let triggers: Vec<String> = raw
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        raw.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    change(&raw);
    // Whose log it is may have been changed: another trainee's store looks at all logs too.
    let store = Store::open_existing(home.path(), "Anna")
        .or_else(|_| Store::open(home.path(), "Ben", stamp(0)))
        .unwrap();
    store.verify(|_, _| {})
}

fn count(raw: &Connection, table: &str) -> usize {
    raw.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get::<_, u32>(0)).unwrap()
        as usize
}

/// A value with one thing about it changed.
fn changed(value: Value, byte: usize, by: u8) -> Value {
    let flip = |bytes: &mut [u8]| {
        let at = byte % bytes.len();
        bytes[at] ^= by % 127 + 1;
    };
    match value {
        Value::Null => Value::Integer(i64::from(by)),
        Value::Integer(number) => Value::Integer(number ^ (i64::from(by) + 1)),
        Value::Blob(mut bytes) if !bytes.is_empty() => {
            flip(&mut bytes);
            Value::Blob(bytes)
        }
        Value::Text(text) if !text.is_empty() => {
            let mut characters: Vec<char> = text.chars().collect();
            let at = byte % characters.len();
            characters[at] = if characters[at] == 'q' { 'z' } else { 'q' };
            Value::Text(characters.into_iter().collect())
        }
        other => panic!("nothing to change in {other:?}"),
    }
}

/// The key by which a row can be named, also while it is changed.
fn key(table: &str) -> &'static str {
    match table {
        "chain" => "hex(log) || seq",
        _ => "rowid",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_of_any_column_is_found(
        table in 0..TABLES.len(),
        row in any::<prop::sample::Index>(),
        column in any::<prop::sample::Index>(),
        byte in any::<usize>(),
        by in any::<u8>(),
    ) {
        let table = TABLES[table];
        let mut what = String::new();
        let faults = tampered(|raw| {
            let row = row.index(count(raw, table)) as u32;
            let names: Vec<String> = raw
                .prepare(&format!("SELECT * FROM {table}"))
                .unwrap()
                .column_names()
                .map(str::to_owned)
                .collect();
            let name = &names[column.index(names.len())];
            let key = key(table);
            let (key_value, old): (Value, Value) = raw
                .query_row(
                    &format!("SELECT {key}, {name} FROM {table} ORDER BY {key} LIMIT 1 OFFSET ?1"),
                    [row],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .unwrap();
            // STRICT keeps a number out of a text column: there, absence becomes a word.
            let new = match (changed(old, byte, by), name.as_str()) {
                (Value::Integer(_), "verdict" | "judged_stance") => Value::Text("mixed".to_owned()),
                (Value::Integer(_), "attempt" | "continues") => Value::Blob(vec![by; 16]),
                (new, _) => new,
            };
            what = format!("{table}.{name} row {row}");
            let done = raw
                .execute(&format!("UPDATE {table} SET {name} = ?1 WHERE {key} = ?2"), (new, key_value));
            // What the database refuses (a role that there is not, a number twice) was not changed.
            match done {
                Ok(rows) => assert_eq!(rows, 1),
                Err(error) => {
                    let refused = error.to_string();
                    let by_rule = refused.contains("CHECK") || refused.contains("UNIQUE");
                    assert!(by_rule, "{what}: {error}");
                    raw.execute_batch("UPDATE logs SET length = length + 1").unwrap();
                }
            }
        });
        prop_assert!(!faults.is_empty(), "{}", what);
    }

    #[test]
    fn any_row_removed_is_found(
        table in 0..TABLES.len() - 1,
        row in any::<prop::sample::Index>(),
    ) {
        let table = TABLES[table];
        let faults = tampered(|raw| {
            let row = row.index(count(raw, table)) as u32;
            let key = key(table);
            let sql = format!(
                "DELETE FROM {table} WHERE {key} = (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET ?1)"
            );
            assert_eq!(raw.execute(&sql, [row]).unwrap(), 1);
        });
        prop_assert!(!faults.is_empty(), "{}", table);
    }

    #[test]
    fn any_two_rows_that_change_places_are_found(a in 1_i64..29, b in 1_i64..29) {
        prop_assume!(a != b);
        let faults = tampered(|raw| {
            for (from, to) in [(a, -1), (b, a), (-1, b)] {
                raw.execute("UPDATE chain SET seq = ?2 WHERE seq = ?1", (from, to)).unwrap();
            }
        });
        prop_assert!(!faults.is_empty());
    }

    #[test]
    fn attempts_of_any_words_read_back_as_they_were(
        number in 1_u64..1_000_000,
        response in any::<String>(),
        statement in proptest::option::of(any::<String>()),
        pack in any::<String>(),
        topics in proptest::collection::vec(any::<String>(), 0..4),
        numbers in proptest::array::uniform3(-1e6..1e6_f64),
        offset in -720..720_i32,
        minutes in -10_000_000..10_000_000_i64,
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
        let session = start(1);
        let mut written: Attempt = attempt(session.id, number + 1, &vignette(number));
        written.at = stamp(minutes).with_timezone(&chrono::FixedOffset::east_opt(offset * 60).unwrap());
        written.shown.statement = statement;
        written.vignette.pack = pack;
        written.topics = topics;
        if let Answer::Responded(responded) = &mut written.answer {
            responded.response = response;
            let score = responded.score.as_mut().unwrap();
            [score.stance, score.confidence, score.behaviour.other] = numbers;
        }
        store.begin_session(&session, &[], &[]).unwrap();
        store.record_attempt(&written, &[], 0).unwrap();
        let recorded = store.recorded(session.id).unwrap();
        prop_assert_eq!(recorded.attempts().next(), Some(&written));
        let past = store.past().unwrap();
        prop_assert_eq!(past[0].at.timestamp_millis(), written.at.timestamp_millis());
        prop_assert_eq!(&past[0].pack, &written.vignette.pack);
        prop_assert_eq!(store.verify(|_, _| {}), []);
    }
}

#[test]
fn rows_that_were_added_are_found() {
    for sql in [
        "INSERT INTO chain SELECT log, seq + 1, kind, digest, hash FROM chain ORDER BY seq DESC LIMIT 1",
        "INSERT INTO sessions SELECT zeroblob(32), log, person, seq, randomblob(16), at, body
         FROM sessions LIMIT 1",
        "INSERT INTO notes SELECT randomblob(32), log, person, seq, randomblob(16), session, attempt, at,
         kind, own_call, body FROM notes LIMIT 1",
        "INSERT INTO vignettes VALUES ('0000', '{}')",
        "INSERT INTO chain VALUES (randomblob(16), 1, 'note', randomblob(32), randomblob(32))",
        "INSERT INTO logs SELECT randomblob(16), person, role, installation, head, length FROM logs",
    ] {
        assert!(!tampered(|raw| raw.execute_batch(sql).unwrap()).is_empty(), "{sql}");
    }
}

#[test]
fn the_last_rows_cut_off_are_found() {
    let faults = tampered(|raw| {
        let last = id(299);
        raw.execute("DELETE FROM notes WHERE id = ?1", [last.as_bytes()]).unwrap();
        raw.execute_batch("DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)").unwrap();
    });
    assert!(matches!(faults[..], [Fault::Head { .. }]), "{faults:?}");
}

#[test]
fn absent_content_is_a_fault_unless_a_record_says_why() {
    let remove = |raw: &Connection, says_why: bool| {
        let attempt = id(103);
        if says_why {
            raw.execute(
                "INSERT INTO absences SELECT digest, 'forgotten', 0 FROM attempts WHERE id = ?1",
                [attempt.as_bytes()],
            )
            .unwrap();
        }
        raw.execute("DELETE FROM attempts WHERE id = ?1", [attempt.as_bytes()]).unwrap();
    };
    assert!(matches!(tampered(|raw| remove(raw, false))[..], [Fault::Missing { .. }]));
    assert_eq!(tampered(|raw| remove(raw, true)), []);
}

#[test]
fn private_rows_may_go_without_a_trace() {
    assert_eq!(
        tampered(|raw| raw.execute_batch("DELETE FROM private; DELETE FROM drafts").unwrap()),
        []
    );
}
