//! What goes out of the log for other programs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;

use records::{attempt, felt, note, planned, stamp, start, times, vignette};
use rollwith::practice::{Answer, NoteContent};
use rollwith::report::{COLUMNS, ExportError, When, csv, help, jsonl};
use rollwith::store::{Selection, Store, StoreError};
use serde_json::Value;

/// Two sessions of six attempts; the first reply of each looks like a formula.
fn filled(home: &std::path::Path) -> Store {
    let mut store = Store::open(home, "Anna", stamp(0)).unwrap();
    let vignettes = [vignette(1)];
    for number in [100, 200] {
        let session = start(number);
        store.begin_session(&session, &planned(&vignettes), &vignettes).unwrap();
        store.record_private(&felt(number + 50, session.id, 0)).unwrap();
        for offset in 1..=6 {
            let mut attempt = attempt(session.id, number + offset, &vignettes[0]);
            if let Answer::Responded(responded) = &mut attempt.answer {
                responded.response = format!("=HYPERLINK(\"x\"),\n\"{offset}\"");
            }
            attempt.try_number = 1;
            let private = times(number + 60 + offset, &attempt);
            store.record_attempt(&attempt, &[private], 0).unwrap();
            if offset == 2 {
                let content = NoteContent::Disputed { reason: "-- no".to_owned() };
                store
                    .record_note(&note(number + 90, session.id, Some(attempt.id), content))
                    .unwrap();
            }
        }
    }
    store
}

fn lines(store: &Store, selection: &Selection) -> Vec<Value> {
    let mut out = Vec::new();
    jsonl::write(store, selection, &mut out).unwrap();
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_attempt_is_one_line_with_the_documented_columns() {
    let home = tempfile::tempdir().unwrap();
    let store = filled(home.path());
    let out = lines(&store, &Selection::default());
    assert_eq!(out.len(), 12);
    for line in &out {
        for column in COLUMNS {
            let there = line.get(column.name).is_some();
            assert_eq!(there, column.when == When::Always, "{}", column.name);
        }
    }
    let disputed = &out[1];
    assert_eq!(disputed["standing"], "disputed");
    assert_eq!(disputed["disagreement"], "-- no");
    let replied = out.iter().find(|line| line["drill"] == "respond").unwrap();
    assert!(replied["response"].as_str().unwrap().starts_with("=HYPERLINK"), "as it was said");
    assert_eq!(replied["moves"][0]["code"], "complex_reflection");
    assert_eq!(replied["topics"][0], "homework");
    for column in COLUMNS {
        assert!(help().contains(column.name) && help().contains(column.what));
    }
}

#[test]
fn private_rows_go_only_when_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let store = filled(home.path());
    let asked = Selection { with_feelings: true, with_times: true, ..Selection::default() };
    let out = lines(&store, &asked);
    let replied: Vec<_> = out.iter().filter(|line| line["drill"] == "respond").collect();
    assert!(!replied.is_empty());
    for line in replied {
        assert_eq!((&line["feeling"], &line["strength"]), (&"guilty".into(), &4.into()));
        assert_eq!((&line["first_key_ms"], &line["submitted_ms"]), (&2_100.into(), &61_000.into()));
    }
    let mut plain = Vec::new();
    csv::write(&store, &Selection::default(), &mut plain).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    assert!(!plain.contains("guilty") && !plain.contains("61000"));
}

#[test]
fn csv_reads_back_and_starts_no_formula() {
    let home = tempfile::tempdir().unwrap();
    let store = filled(home.path());
    let mut out = Vec::new();
    csv::write(&store, &Selection::default(), &mut out).unwrap();
    let mut reader = ::csv::Reader::from_reader(&out[..]);
    let names = reader.headers().unwrap().clone();
    let response = names.iter().position(|name| name == "response").unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().any(|row| row[response].starts_with("'=HYPERLINK(\"x\"),\n\"")));
    for cell in rows.iter().flatten() {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
}

#[test]
fn days_and_sessions_narrow_it() {
    let home = tempfile::tempdir().unwrap();
    let store = filled(home.path());
    let of = |selection: &Selection| lines(&store, selection).len();
    assert_eq!(of(&Selection { since: Some(stamp(204)), ..Selection::default() }), 3);
    assert_eq!(of(&Selection { sessions: vec![start(100).id], ..Selection::default() }), 6);
    let unknown = Selection { sessions: vec![start(300).id], ..Selection::default() };
    let mut out = Vec::new();
    let error = jsonl::write(&store, &unknown, &mut out).unwrap_err();
    assert!(matches!(error, ExportError::Store(StoreError::NoSession(_))));
    assert!(out.is_empty());
}
