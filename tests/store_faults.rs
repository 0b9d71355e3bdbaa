//! What may go wrong around the log: each has a defined end, and none loses a committed attempt.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::slice;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use records::{attempt, ended, id, note, planned, stamp, start, times, vignette};
use rollwith::practice::{NoteContent, SessionStart};
use rollwith::store::{Store, StoreError, check, daily_backup, database, fix};
use rusqlite::Connection;

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A session of so many attempts in a store of its own.
fn fill(home: &Path, number: u64, attempts: u64) -> (Store, SessionStart) {
    let mut store = Store::open(home, "Anna", stamp(0)).unwrap();
    let vignette = vignette(1);
    let session = start(number);
    store
        .begin_session(&session, &planned(slice::from_ref(&vignette)), slice::from_ref(&vignette))
        .unwrap();
    for offset in 1..=attempts {
        let attempt = attempt(session.id, number + offset, &vignette);
        let private = times(number + 50_000 + offset, &attempt);
        store.record_attempt(&attempt, &[private], 0).unwrap();
        if offset % 4 == 0 {
            let content = NoteContent::Disputed { reason: "She was joking.".to_owned() };
            store
                .record_note(&note(number + 90_000 + offset, session.id, Some(attempt.id), content))
                .unwrap();
        }
    }
    (store, session)
}

fn ids(home: &Path) -> Vec<uuid::Uuid> {
    let store = Store::open_existing(home, "Anna").unwrap();
    store.past().unwrap().into_iter().map(|past| past.attempt).collect()
}

fn line(error: &StoreError) -> String {
    let text = error.to_string();
    assert!(!text.contains('\n'), "one line: {text}");
    text
}

#[test]
fn another_programs_files_are_refused_untouched() {
    let home = home();
    let path = database(home.path());
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    let before = fs::read(&path).unwrap();
    let error = Store::open(home.path(), "Anna", stamp(0)).unwrap_err();
    assert!(matches!(error, StoreError::Foreign { .. }));
    assert!(line(&error).contains("choose another folder with --home"));
    assert!(matches!(fix(home.path(), stamp(0)), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::write(&path, "Dear diary, this is no database at all. ".repeat(100)).unwrap();
    let error = Store::open(home.path(), "Anna", stamp(0)).unwrap_err();
    assert!(matches!(error, StoreError::NotADatabase { .. }), "{error}");
    assert!(line(&error).contains("doctor --fix"));
    assert!(fs::read_to_string(&path).unwrap().starts_with("Dear diary"));
}

#[test]
fn a_newer_format_is_refused_with_advice_and_never_written_to() {
    let home = home();
    let (mut open_before, session) = fill(home.path(), 100, 2);
    let raw = Connection::open(database(home.path())).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    let error = Store::open(home.path(), "Anna", stamp(0)).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, known: 1, .. }));
    assert!(line(&error).contains("update rollwith"));
    let late = attempt(session.id, 140, &vignette(1));
    let error = open_before.record_attempt(&late, &[], 0).unwrap_err();
    assert!(matches!(error, StoreError::Newer { .. }), "opened before it was migrated: {error}");
    assert!(matches!(fix(home.path(), stamp(0)), Err(StoreError::Newer { .. })));
    let rows: i64 = raw.query_row("SELECT count(*) FROM attempts", (), |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
}

#[test]
fn the_database_itself_refuses_to_change_the_log() {
    let home = home();
    let (store, _) = fill(home.path(), 100, 4);
    let raw = Connection::open(database(home.path())).unwrap();
    raw.pragma_update(None, "recursive_triggers", false).unwrap();
    for table in ["chain", "openings", "sessions", "attempts", "notes"] {
        for sql in [
            format!("UPDATE {table} SET seq = seq + 1000"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
        ] {
            let error = raw.execute(&sql, ()).unwrap_err().to_string();
            assert_eq!(error, "the log is insert-only", "{sql}");
        }
    }
    for sql in
        ["DELETE FROM logs", "UPDATE logs SET head = zeroblob(32)", "UPDATE logs SET length = 1"]
    {
        assert_eq!(raw.execute(sql, ()).unwrap_err().to_string(), "a log only grows", "{sql}");
    }
    assert_eq!(store.verify(|_, _| {}), []);
}

#[test]
fn two_programs_write_at_once_and_both_logs_hold() {
    let home = home();
    let writers: Vec<_> = ["Anna", "Ben", "Anna"]
        .into_iter()
        .enumerate()
        .map(|(writer, name)| {
            let home = home.path().to_owned();
            std::thread::spawn(move || {
                let mut store = Store::open(&home, name, stamp(0)).unwrap();
                let number = 1_000 * (writer as u64 + 1);
                let session = start(number);
                store.begin_session(&session, &[], &[]).unwrap();
                for offset in 1..=30 {
                    let attempt = attempt(session.id, number + offset, &vignette(1));
                    store.record_attempt(&attempt, &[], 0).unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let anna = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    assert_eq!(anna.past().unwrap().len(), 60);
    assert_eq!(Store::open(home.path(), "Ben", stamp(0)).unwrap().past().unwrap().len(), 30);
    assert_eq!(anna.verify(|_, _| {}), []);
}

#[test]
fn a_lock_held_too_long_is_a_clear_line_and_the_retry_writes_once() {
    let home = home();
    let (mut store, session) = fill(home.path(), 100, 1);
    let other = Connection::open(database(home.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let late = attempt(session.id, 120, &vignette(1));
    let began = Instant::now();
    let error = store.record_attempt(&late, &[], 0).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }));
    assert!(began.elapsed() > Duration::from_secs(4), "it waits before it gives up");
    assert!(line(&error).contains("close it and try again"));
    assert_eq!(store.past().unwrap().len(), 1, "reading goes on meanwhile");
    other.execute_batch("ROLLBACK").unwrap();
    store.record_attempt(&late, &[], 0).unwrap();
    store.record_attempt(&late, &[], 0).unwrap();
    assert_eq!(store.past().unwrap().len(), 2);
}

/// Attempts until the disk is full; prints each that is in the log, then the error.
#[test]
#[ignore = "the child of a_full_disk_loses_nothing_committed"]
fn child_fills_the_disk() {
    let home = std::env::var("ROLLWITH_TEST_HOME").unwrap();
    let (mut store, session) = fill(Path::new(&home), 100, 1);
    for number in 1_000..5_000 {
        let attempt = attempt(session.id, number, &vignette(1));
        match store.record_attempt(&attempt, &[], 0) {
            Ok(()) => println!("kept {}", attempt.id),
            Err(error) => {
                println!("error {error}");
                println!("still {}", store.past().unwrap().len());
                return;
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_committed() {
    let home = home();
    // A limit on the size of files stands for a full disk.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "child_fills_the_disk", "--nocapture"])
        .env("ROLLWITH_TEST_HOME", home.path())
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let kept: Vec<_> = printed.lines().filter_map(|line| line.strip_prefix("kept ")).collect();
    let error = printed.lines().find_map(|line| line.strip_prefix("error ")).unwrap_or_default();
    assert!(error.starts_with("the disk is full"), "{printed}");
    assert!(kept.len() > 20, "{printed}");
    let there = ids(home.path());
    assert_eq!(there.len(), kept.len() + 1);
    for id in kept {
        assert!(there.iter().any(|there| there.to_string() == id), "{id} is lost");
    }
    // With room again, it goes on where it was.
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    store.record_attempt(&attempt(id(100), 9_000, &vignette(1)), &[], 0).unwrap();
    assert_eq!(store.verify(|_, _| {}), []);
}

#[test]
#[ignore = "the child of a_read_only_folder_is_a_clear_line"]
fn child_opens_what_it_may_not_write() {
    let home = std::env::var("ROLLWITH_TEST_HOME").unwrap();
    match Store::open(Path::new(&home), "Anna", stamp(0)) {
        Ok(_) => println!("opened"),
        Err(error) => println!("error {error}"),
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_a_clear_line() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let outside = home();
    let home = outside.path().join("home");
    drop(fill(&home, 100, 3));
    let program = outside.path().join("child");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    for (path, mode) in [(outside.path(), 0o755), (&home, 0o555), (&program, 0o755)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::set_permissions(database(&home), fs::Permissions::from_mode(0o444)).unwrap();
    for existing in [true, false] {
        let at = if existing { home.clone() } else { home.join("new") };
        let mut command = Command::new(&program);
        command
            .args(["--ignored", "--exact", "child_opens_what_it_may_not_write", "--nocapture"])
            .env("ROLLWITH_TEST_HOME", at);
        // Modes do not bind the superuser.
        if is_root() {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            printed.contains("cannot be written; make it and its folder writable"),
            "{printed}"
        );
    }
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    fs::set_permissions(database(&home), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(ids(&home).len(), 3);
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // A file that this process makes is its own.
    tempfile::NamedTempFile::new().unwrap().as_file().metadata().unwrap().uid() == 0
}

#[test]
fn a_clock_that_goes_backwards_loses_and_reorders_nothing() {
    let home = home();
    let (mut store, session) = fill(home.path(), 100, 2);
    let mut early = attempt(session.id, 150, &vignette(1));
    early.at = stamp(-600);
    store.record_attempt(&early, &[], 0).unwrap();
    let late = attempt(session.id, 160, &vignette(1));
    store.record_attempt(&late, &[], 0).unwrap();
    let recorded = store.recorded(session.id).unwrap();
    let order: Vec<_> = recorded.attempts().map(|attempt| attempt.id).collect();
    assert_eq!(order, [id(101), id(102), id(150), id(160)], "as written");
    assert_eq!(store.past().unwrap()[0].attempt, id(150), "by the clock");
    let before = stamp(-600);
    assert!(store.unfinished(before).unwrap().is_some(), "begun in the future is not too long ago");
    assert_eq!(store.verify(|_, _| {}), []);
}

#[cfg(unix)]
#[test]
fn only_the_trainee_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let outside = home();
    let home = outside.path().join("a/home");
    let (store, _) = fill(&home, 100, 1);
    daily_backup(&home, stamp(0)).unwrap().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&home), mode(&home.join("backups"))), (0o700, 0o700));
    for entry in fs::read_dir(&home).unwrap().chain(fs::read_dir(home.join("backups")).unwrap()) {
        let path = entry.unwrap().path();
        if path.is_file() {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    assert!(check(&home).is_sound(), "{:?}", check(&home));
    fs::set_permissions(database(&home), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(!check(&home).is_sound());
    drop(store);
    assert_eq!(fix(&home, stamp(0)).unwrap().modes, [database(&home)]);
    assert!(check(&home).is_sound());
}

#[test]
fn a_backup_a_day_when_rows_were_added_and_seven_are_kept() {
    let home = home();
    drop(Store::open(home.path(), "Anna", stamp(0)).unwrap());
    let (mut store, session) = fill(home.path(), 100, 2);
    let day = TimeDelta::days(1);
    let made = daily_backup(home.path(), stamp(0)).unwrap().unwrap();
    assert_eq!(made.file_name().unwrap(), "rollwith-2026-05-14.db");
    assert_eq!(daily_backup(home.path(), stamp(0)).unwrap(), None, "one a day");
    assert_eq!(daily_backup(home.path(), stamp(0) + day).unwrap(), None, "nothing was added");
    for number in 1..10 {
        let attempt = attempt(session.id, 200 + number, &vignette(1));
        store.record_attempt(&attempt, &[], 0).unwrap();
        assert!(daily_backup(home.path(), stamp(0) + day * number as i32).unwrap().is_some());
    }
    let mut kept: Vec<_> = fs::read_dir(home.path().join("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    assert_eq!(kept.len(), 7);
    assert_eq!((&kept[0][..], &kept[6][..]), ("rollwith-2026-05-17.db", "rollwith-2026-05-23.db"));
}

/// The attempts on disk after a repair, and that all is sound.
fn repaired(home: &Path) -> Vec<uuid::Uuid> {
    let fixed = fix(home, stamp(500)).unwrap();
    let aside = fixed.kept_aside.expect("it was damaged");
    assert!(aside.exists());
    let report = check(home);
    assert!(report.is_sound(), "{report:?}");
    ids(home)
}

#[test]
fn what_was_written_after_the_backup_is_salvaged() {
    let home = home();
    let (mut store, session) = fill(home.path(), 100, 5);
    daily_backup(home.path(), stamp(0)).unwrap().unwrap();
    for number in 1..=40 {
        let attempt = attempt(session.id, 200 + number, &vignette(1));
        store.record_attempt(&attempt, &[times(400 + number, &attempt)], 0).unwrap();
    }
    drop(store);
    // One logged answer is changed behind the triggers' back.
    let raw = Connection::open(database(home.path())).unwrap();
    raw.execute_batch("DROP TRIGGER attempts_keep").unwrap();
    let changed = id(230);
    raw.execute(
        "UPDATE attempts SET body = replace(body, 'Ruth', 'Rita') WHERE id = ?1",
        [changed.as_bytes()],
    )
    .unwrap();
    drop(raw);
    let old = Store::open(home.path(), "Anna", stamp(0)).unwrap().log();
    assert!(!check(home.path()).is_sound());
    let there = repaired(home.path());
    assert_eq!(there.len(), 44);
    assert!(!there.contains(&changed));
    let store = Store::open(home.path(), "Anna", stamp(600)).unwrap();
    assert_ne!(store.log(), old, "it goes on in a new log");
    let recorded = store.recorded(session.id).unwrap();
    let order: Vec<_> = recorded.attempts().map(|attempt| attempt.id).collect();
    assert!(order.is_sorted(), "in the order written, across both logs");
    assert_eq!(recorded.private().count(), 45, "private rows too");
    let continues: Vec<u8> = Connection::open(database(home.path()))
        .unwrap()
        .query_row(
            "SELECT continues FROM openings WHERE log = ?1",
            [store.log().as_bytes()],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(continues, old.as_bytes());
    drop(store);
    assert_eq!(fix(home.path(), stamp(700)).unwrap().kept_aside, None, "nothing left to repair");
}

#[test]
fn damaged_pages_cost_only_their_rows() {
    let home = home();
    drop(fill(home.path(), 100, 60));
    let path = database(home.path());
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4096;
    // A leaf of the attempts table: one that holds a reply's words.
    let needle = "Nr 141 ".as_bytes();
    let page = (1..pages)
        .find(|page| {
            bytes[page * 4096..][..4096].windows(needle.len()).any(|window| window == needle)
        })
        .unwrap();
    bytes[page * 4096..][..4096].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let there = repaired(home.path());
    assert!(there.len() >= 55 && there.len() < 60, "{} of 60", there.len());
}

#[test]
fn a_truncated_file_is_refused_and_repaired_from_its_backup() {
    for keep in [0, 50, 4096, 9_000] {
        let home = home();
        drop(fill(home.path(), 100, 20));
        daily_backup(home.path(), stamp(0)).unwrap().unwrap();
        let path = database(home.path());
        fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(keep).unwrap();
        let error = Store::open(home.path(), "Anna", stamp(1)).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { .. } | StoreError::NotADatabase { .. }),
            "{keep}: {error:?}"
        );
        assert!(line(&error).contains("doctor --fix"));
        assert_eq!(fs::metadata(&path).unwrap().len(), keep, "it is left as it was");
        assert!(!check(home.path()).is_sound());
        assert_eq!(repaired(home.path()).len(), 20);
    }
}

#[test]
fn a_repair_waits_for_nobody_who_has_the_file_open() {
    let home = home();
    let (store, _) = fill(home.path(), 100, 2);
    let raw = Connection::open(database(home.path())).unwrap();
    raw.execute_batch("DROP TRIGGER attempts_stay; DELETE FROM attempts").unwrap();
    drop(raw);
    assert!(matches!(fix(home.path(), stamp(0)), Err(StoreError::Busy { .. })));
    drop(store);
    fix(home.path(), stamp(0)).unwrap();
}

/// Records attempts for ever; prints the id of each once it is committed.
#[test]
#[ignore = "the child of killed_at_any_moment_it_keeps_what_it_said"]
fn child_records_for_ever() {
    let home = std::env::var("ROLLWITH_TEST_HOME").unwrap();
    let round: u64 = std::env::var("ROLLWITH_TEST_ROUND").unwrap().parse().unwrap();
    let mut store = Store::open(Path::new(&home), "Anna", stamp(0)).unwrap();
    let number = round * 1_000_000;
    let session = start(number);
    let vignette = vignette(round);
    store
        .begin_session(&session, &planned(slice::from_ref(&vignette)), slice::from_ref(&vignette))
        .unwrap();
    for offset in 1.. {
        let attempt = attempt(session.id, number + offset, &vignette);
        store.record_attempt(&attempt, &[times(number + 500_000 + offset, &attempt)], 0).unwrap();
        println!("kept {}", attempt.id);
    }
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_it_keeps_what_it_said() {
    let home = home();
    let mut kept = Vec::new();
    for round in 1..=50 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "child_records_for_ever", "--nocapture"])
            .env("ROLLWITH_TEST_HOME", home.path())
            .env("ROLLWITH_TEST_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // After another number of attempts each time, in the middle of whatever comes next.
        for line in lines.by_ref().take(5 + round as usize * 7 % 11) {
            kept.extend(line.unwrap().strip_prefix("kept ").map(str::to_owned));
        }
        std::thread::sleep(Duration::from_micros(round * 137 % 4_000));
        child.kill().unwrap();
        kept.extend(
            lines
                .map_while(Result::ok)
                .filter_map(|line| line.strip_prefix("kept ").map(str::to_owned)),
        );
        child.wait().unwrap();
    }
    assert!(kept.len() > 100, "{}", kept.len());
    let there: std::collections::HashSet<_> =
        ids(home.path()).iter().map(uuid::Uuid::to_string).collect();
    for id in &kept {
        assert!(there.contains(id), "{id} was said to be kept");
    }
    let store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    assert_eq!(store.verify(|_, _| {}), []);
}

#[test]
fn an_unfinished_session_goes_on_after_a_repair() {
    let home = home();
    let (store, session) = fill(home.path(), 100, 6);
    drop(store);
    daily_backup(home.path(), stamp(0)).unwrap().unwrap();
    fs::write(database(home.path()), [0x5a; 8_192]).unwrap();
    repaired(home.path());
    let mut store = Store::open(home.path(), "Anna", stamp(501)).unwrap();
    let late = attempt(session.id, 190, &vignette(1));
    store.record_attempt(&late, &[], 0).unwrap();
    let recorded = store.unfinished(stamp(502)).unwrap().unwrap();
    assert_eq!(recorded.attempts().last().map(|attempt| attempt.id), Some(late.id));
    store.record_note(&ended(195, session.id)).unwrap();
    assert!(store.unfinished(stamp(503)).unwrap().is_none());
    assert_eq!(store.verify(|_, _| {}), []);
}

#[test]
fn the_doctor_says_what_is_wrong_and_repairs_it() {
    use rollwith::cli::doctor::{DoctorArgs, run};

    let home = home();
    let say = |fix: bool, json: bool| {
        let mut out = Vec::new();
        let code = run(&DoctorArgs { fix, json }, home.path(), &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    };
    assert_eq!(say(false, false).0, 0, "nothing practised yet is no fault");
    drop(fill(home.path(), 100, 8));
    let (code, says) = say(false, false);
    assert_eq!(code, 0, "{says}");
    assert!(says.contains("rows verify"), "{says}");
    let raw = Connection::open(database(home.path())).unwrap();
    raw.execute_batch("DROP TRIGGER notes_stay; DELETE FROM notes").unwrap();
    drop(raw);
    let (code, says) = say(false, true);
    let report: serde_json::Value = serde_json::from_str(&says).unwrap();
    assert_eq!((code, &report["sound"]), (1, &false.into()));
    let (code, says) = say(true, false);
    assert_eq!(code, 0, "{says}");
    assert!(says.contains("Kept the damaged file as "), "{says}");
    assert_eq!(ids(home.path()).len(), 8, "what was not changed is all there");
}

#[test]
fn an_export_to_a_file_is_there_whole_or_not_at_all() {
    use clap::Parser;
    use rollwith::cli::export::{ExportArgs, run};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        export: ExportArgs,
    }

    let home = home();
    drop(fill(home.path(), 100, 8));
    let file = home.path().join("out.csv");
    let args = |more: &[&str]| {
        let path = file.to_str().unwrap();
        let line =
            ["export", "--format", "csv", "-o", path].into_iter().chain(more.iter().copied());
        Line::try_parse_from(line).unwrap().export
    };
    let absent = id(777).to_string();
    let mut out = Vec::new();
    run(&args(&["--session", &absent]), home.path(), "Anna", &mut out).unwrap_err();
    assert!(!file.exists());
    assert_eq!(run(&args(&["--since", "2026-05-14"]), home.path(), "Anna", &mut out).unwrap(), 0);
    assert!(out.is_empty());
    let rows = csv::Reader::from_path(&file).unwrap().into_records().count();
    assert_eq!(rows, 8);
    let error = run(&args(&[]), home.path(), "Ben", &mut out).unwrap_err().to_string();
    assert_eq!(error, "no trainee called Ben here; there is Anna");
}
