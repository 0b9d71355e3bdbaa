//! Tests that look inside: query plans and migrations.

use std::path::Path;

use rusqlite::types::Value;

use super::migrate::{self, STEPS};
use super::open::{connect, database};
use super::{Store, StoreError, export, past, read};
use crate::practice::Stamp;

fn now() -> Stamp {
    chrono::DateTime::parse_from_rfc3339("2026-05-14T09:30:00+02:00").unwrap()
}

/// Every query of a screen and of the export.
const QUERIES: [&str; 21] = [
    read::LATEST_UNFINISHED,
    read::LATEST_BEGUN,
    read::SESSION,
    read::SESSION_ATTEMPTS,
    read::SESSION_NOTES,
    read::SESSION_PRIVATE,
    read::SESSIONS,
    read::SESSION_COUNTS,
    read::ATTEMPTS,
    read::ATTEMPTS_OF_DRILL,
    read::ATTEMPTS_ON,
    read::PRIVATE_ROWS,
    read::DRAFT,
    past::PAST,
    past::DISPUTES,
    past::OWN_CALLS,
    export::ALL_ATTEMPTS,
    export::ATTEMPTS_OF_SESSION,
    export::NOTES_OF_ATTEMPT,
    export::TIMES_OF_ATTEMPT,
    export::OF_SESSION,
];

fn plan(store: &Store, sql: &str) -> Vec<String> {
    let mut statement = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![Value::Null; statement.parameter_count()];
    statement
        .query_map(rusqlite::params_from_iter(values), |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn every_query_has_its_index() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path(), "Anna", now()).unwrap();
    for sql in QUERIES {
        for step in plan(&store, sql) {
            assert!(!step.starts_with("SCAN "), "{step}: {sql}");
        }
    }
    for paged in [
        read::SESSIONS,
        read::ATTEMPTS,
        read::ATTEMPTS_OF_DRILL,
        read::LATEST_UNFINISHED,
        read::LATEST_BEGUN,
    ] {
        let plan = plan(&store, paged);
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:?}: {paged}");
    }
    let past = plan(&store, past::PAST);
    assert!(past[0].contains("USING COVERING INDEX attempts_past"), "{past:?}");
    assert_eq!(past.len(), 1, "no sorting: {past:?}");
}

/// Opens a home's file as a program would whose schema is two steps on.
fn migrate_with(home: &Path, step: &str) -> Result<(), StoreError> {
    let path = database(home);
    let mut connection = connect(&path)?;
    migrate::migrate(&mut connection, &path, &[STEPS[0], step], now())
}

#[test]
fn a_migration_keeps_a_checked_copy_of_what_was_before() {
    let home = tempfile::tempdir().unwrap();
    drop(Store::open(home.path(), "Anna", now()).unwrap());
    migrate_with(home.path(), "ALTER TABLE people ADD COLUMN pseudonym TEXT").unwrap();
    let newer = Store::open(home.path(), "Anna", now()).unwrap_err();
    assert!(matches!(newer, StoreError::Newer { found: 2, known: 1, .. }), "{newer}");

    let copy = home.path().join("backups/rollwith-2026-05-14T093000-format-1.db");
    std::fs::copy(copy, database(home.path())).unwrap();
    let store = Store::open(home.path(), "Anna", now()).unwrap();
    assert_eq!(store.verify(|_, _| {}), []);
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    drop(Store::open(home.path(), "Anna", now()).unwrap());
    let step = "ALTER TABLE people ADD COLUMN pseudonym TEXT; SELECT nothing FROM nowhere";
    assert!(migrate_with(home.path(), step).is_err());
    let store = Store::open(home.path(), "Anna", now()).unwrap();
    let columns: i64 = store
        .connection
        .query_row("SELECT count(*) FROM pragma_table_info('people')", (), |row| row.get(0))
        .unwrap();
    assert_eq!(columns, 2);
}

#[test]
fn a_migration_that_cannot_be_backed_up_does_not_begin() {
    let home = tempfile::tempdir().unwrap();
    drop(Store::open(home.path(), "Anna", now()).unwrap());
    std::fs::write(home.path().join("backups"), "in the way").unwrap();
    assert!(migrate_with(home.path(), "ALTER TABLE people ADD COLUMN pseudonym TEXT").is_err());
    assert!(Store::open(home.path(), "Anna", now()).is_ok(), "it is still of format 1");
}
