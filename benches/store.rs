//! What the log costs: one attempt written, all past attempts read, a page of history.
//!
//! Attempts are made by the very calls that the program makes, on a disk of whatever speed.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use rollwith::report::jsonl;
use rollwith::store::{AttemptFilter, Selection, Store};
use rusqlite::Connection;

#[path = "../tests/records/mod.rs"]
mod records;

use records::{attempt, home_of, id, planned, stamp, start, times, vignette};

fn main() {
    divan::main();
}

fn ten_thousand() -> &'static tempfile::TempDir {
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    HOME.get_or_init(|| home_of(10_000))
}

fn hundred_thousand() -> &'static tempfile::TempDir {
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    HOME.get_or_init(|| home_of(100_000))
}

#[divan::bench]
fn record_one_attempt(bencher: Bencher) {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let (session, vignette) = (start(1), vignette(1));
    store.begin_session(&session, &planned(&[]), &[]).unwrap();
    let mut number = 1;
    bencher
        .with_inputs(|| {
            number += 1;
            attempt(session.id, number, &vignette)
        })
        .bench_local_values(|attempt| {
            let private = times(1_000_000 + u64::from(attempt.ordinal), &attempt);
            store.record_attempt(&attempt, &[private], 0).unwrap();
        });
}

/// The yardstick of `record_one_attempt`: one row of the same size in a table of one column.
#[divan::bench]
fn yardstick_insert_one_row(bencher: Bencher) {
    let home = tempfile::tempdir().unwrap();
    let raw = Connection::open(home.path().join("raw.db")).unwrap();
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (body TEXT)",
    )
    .unwrap();
    let body = serde_json::to_string(&attempt(id(1), 3, &vignette(1))).unwrap();
    bencher.bench_local(|| raw.execute("INSERT INTO rows VALUES (?1)", [&body]).unwrap());
}

#[divan::bench]
fn open_at_10_000_attempts(bencher: Bencher) {
    let home = ten_thousand();
    bencher.bench_local(|| Store::open(home.path(), "Anna", stamp(0)).unwrap());
}

#[divan::bench]
fn past_at_10_000_attempts(bencher: Bencher) {
    let store = Store::open(ten_thousand().path(), "Anna", stamp(0)).unwrap();
    assert!(store.past().unwrap().len() > 9_900);
    bencher.bench_local(|| black_box(store.past().unwrap()));
}

#[divan::bench(sample_count = 10)]
fn verify_10_000_attempts(bencher: Bencher) {
    let store = Store::open(ten_thousand().path(), "Anna", stamp(0)).unwrap();
    bencher.bench_local(|| assert!(store.verify(|_, _| {}).is_empty()));
}

#[divan::bench(sample_count = 10)]
fn past_at_100_000_attempts(bencher: Bencher) {
    let store = Store::open(hundred_thousand().path(), "Anna", stamp(0)).unwrap();
    bencher.bench_local(|| black_box(store.past().unwrap()));
}

#[divan::bench]
fn page_of_50_sessions_at_100_000_attempts(bencher: Bencher) {
    let store = Store::open(hundred_thousand().path(), "Anna", stamp(0)).unwrap();
    let first = store.sessions(None, 50).unwrap();
    let key = first.last().map(rollwith::store::SessionSummary::key);
    bencher.bench_local(|| black_box(store.sessions(key, 50).unwrap()));
}

#[divan::bench]
fn page_of_50_attempts_at_100_000_attempts(bencher: Bencher) {
    let store = Store::open(hundred_thousand().path(), "Anna", stamp(0)).unwrap();
    bencher.bench_local(|| black_box(store.attempts(AttemptFilter::default(), None, 50).unwrap()));
}

/// Bytes a second are in the column of throughput.
#[divan::bench(sample_count = 5)]
fn export_10_000_attempts_as_json_lines(bencher: Bencher) {
    let store = Store::open(ten_thousand().path(), "Anna", stamp(0)).unwrap();
    let export = || {
        let mut out = Vec::new();
        jsonl::write(&store, &Selection::default(), &mut out).unwrap();
        out
    };
    bencher.counter(divan::counter::BytesCount::new(export().len())).bench_local(export);
}
