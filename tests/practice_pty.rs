//! The practice loop in a real terminal: keys in, screen out, the log read back.

#![cfg(unix)]

mod common;

use std::path::Path;

use common::pty::Terminal;
use rollwith::practice::{Answer, Attempt, Drill, Met, NoteContent, Row};
use rollwith::store::{Recorded, Store};

const ENTER: &str = "\r";
const ESC: &str = "\x1b";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn recorded(home: &Path) -> Recorded {
    let store = Store::open_existing(home, "Anna").expect("the log opens");
    let faults = store.verify(|_, _| {});
    assert!(faults.is_empty(), "{faults:?}");
    let sessions = store.sessions(None, 1).expect("the log reads");
    store.recorded(sessions.first().expect("a session").start.id).expect("the log reads")
}

fn attempts(home: &Path) -> Vec<Attempt> {
    recorded(home).attempts().cloned().collect()
}

fn respond(home: &Path, more: &[&str]) -> Terminal {
    let mut arguments = vec!["practice", "--drill", "respond"];
    arguments.extend(more);
    Terminal::start(home, &arguments)
}

/// Replies to the open statement and judges it; `first` asks about resistance too.
fn reply(terminal: &mut Terminal, words: &str, first: bool) {
    terminal.see("[reply]");
    terminal.keys(words);
    terminal.see(words.rsplit(' ').next().unwrap_or(words));
    terminal.keys(ENTER);
    terminal.see("[judge]");
    if first {
        terminal.see("resisting?");
        terminal.keys("1");
    }
    terminal.see("And your reply?");
    terminal.keys("3");
    terminal.see("[feedback]");
}

const PUSHES: [&str; 4] = [
    "You really should give this one a try, it works if you do it every single night.",
    "But the research is clear that a fixed bedtime helps, so please just do it for two weeks.",
    "If you do not do this you will never sleep any better, and that is a fact.",
    "Come on, it is only two weeks, and you did promise me that you would try.",
];

#[test]
fn two_keys_from_the_start_to_the_first_statement_and_a_whole_set() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &[]);
    terminal.see("Begin");
    terminal.keys(ENTER);
    terminal.until("a statement", |text| text.contains("You  ") && text.contains('▌'));
}

#[test]
fn a_miss_comes_again_with_an_example_after_two_and_models_after_four() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys("8");
    terminal.see("How strong");
    terminal.keys("6");
    for (index, push) in PUSHES.iter().enumerate() {
        reply(&mut terminal, push, index == 0);
        let text = terminal.see("directive");
        assert!(text.contains("You judged: directive"), "{text}");
        terminal.keys(ENTER);
        if index == 1 {
            terminal.see("Model");
            terminal.keys(ENTER);
        }
    }
    terminal.see("[compare]");
    terminal.see("comes back another day");
    let attempts = attempts(home.path());
    assert_eq!(attempts.len(), 4);
    for (attempt, push) in attempts.iter().zip(PUSHES) {
        let Answer::Responded(responded) = &attempt.answer else { panic!("{attempt:?}") };
        assert_eq!(responded.response, push);
        assert_eq!(responded.met, Met::No);
        assert!(responded.score.is_some() && responded.change.is_some());
    }
}

#[test]
fn where_the_scorer_is_not_sure_one_key_says() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    reply(&mut terminal, "Das klingt so, als ob Sie von alledem wirklich genug haben.", true);
    terminal.see("not sure");
    terminal.see("Your call");
    terminal.keys("1");
    terminal.see("[compare]");
    let recorded = recorded(home.path());
    let called = recorded.notes().any(|note| note.content == NoteContent::OwnCall { met: true });
    assert!(called, "{:?}", recorded.rows);
}

#[test]
fn a_dispute_is_kept_with_its_reason() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    reply(&mut terminal, PUSHES[0], true);
    terminal.keys("d");
    terminal.keys("She asked me to say it.");
    terminal.see("She asked me to say it.");
    terminal.keys(ENTER);
    terminal.see("Noted.");
    let reason = |row: &Row| match row {
        Row::Note(note) => match &note.content {
            NoteContent::Disputed { reason } => Some(reason.clone()),
            _ => None,
        },
        _ => None,
    };
    let reasons: Vec<_> = recorded(home.path()).rows.iter().filter_map(reason).collect();
    assert_eq!(reasons, ["She asked me to say it."]);
}

#[test]
fn identify_and_discriminate_go_by_single_digits() {
    let home = home();
    let arguments = ["practice", "--drill", "identify", "--count", "3", "--seed", "5"];
    let mut terminal = Terminal::start(home.path(), &arguments);
    for _ in 0..3 {
        terminal.see("[resistance]");
        terminal.keys("2");
        terminal.see("[why]");
        terminal.keys(ENTER);
    }
    terminal.see("Reaction form");
    assert_eq!(attempts(home.path()).len(), 3);
    assert!(attempts(home.path()).iter().all(|attempt| attempt.drill == Drill::Identify));
    terminal.keys("4");
    terminal.keys("3");
    terminal.see("Next set");
    terminal.keys(ENTER);
    terminal.see("Session");
    drop(terminal);

    let arguments = ["practice", "--drill", "discriminate", "--count", "2", "--seed", "5"];
    let mut terminal = Terminal::start(home.path(), &arguments);
    for _ in 0..2 {
        terminal.see("[reply]");
        terminal.keys("1");
        terminal.see("[why]");
        terminal.keys(ENTER);
    }
    terminal.see("Reaction form");
    let attempts = attempts(home.path());
    assert_eq!(attempts.len(), 2);
    for attempt in attempts {
        assert!(matches!(attempt.answer, Answer::Chosen { chosen: 0, .. }), "{attempt:?}");
    }
}

#[test]
fn a_set_left_in_the_middle_waits_with_its_draft() {
    let home = home();
    let mut terminal = respond(home.path(), &["--count", "3", "--seed", "2"]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    terminal.see("[reply]");
    terminal.keys("You have had your fill of");
    terminal.see("your fill of");
    terminal.keys("\x03");
    assert_eq!(terminal.ends(), 0);

    let mut terminal = Terminal::start(home.path(), &[]);
    terminal.see("Resume");
    terminal.keys("2");
    terminal.keys(ENTER);
    terminal.see("[reply]");
    terminal.see("You have had your fill of");
    terminal.keys(" it.");
    terminal.see("your fill of it.");
    terminal.keys(ENTER);
    terminal.see("[judge]");
}

#[test]
fn esc_asks_before_it_ends_a_set_and_keeps_it() {
    let home = home();
    let mut terminal = respond(home.path(), &["--count", "3", "--seed", "2"]);
    terminal.see("[notice]");
    terminal.keys(ESC);
    terminal.see("home screen");
    terminal.keys(ESC);
    terminal.see("[notice]");
}

#[test]
fn a_paste_never_submits_and_its_escapes_are_neutralised() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    terminal.see("[reply]");
    terminal.keys("\x1b[200~one line\r\nand \x1b[31mred\u{202e} two\r\n\x1b[201~");
    let text = terminal.see("one line");
    assert!(text.contains("[reply]"), "{text}");
    terminal.keys("end");
    terminal.see("end");
    terminal.keys(ENTER);
    terminal.see("[judge]");
    terminal.keys("1");
    terminal.keys("1");
    terminal.see("[feedback]");
    let attempts = attempts(home.path());
    let Answer::Responded(responded) = &attempts[0].answer else { panic!() };
    assert_eq!(responded.response, "one line\nand [31mred two\nend");
}

#[test]
fn resizing_keeps_the_words_and_says_when_it_is_too_small() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    terminal.see("[reply]");
    terminal.keys("All of this stays.");
    terminal.see("All of this stays.");
    for (columns, rows) in [(200, 60), (41, 10), (1, 1), (60, 18), (120, 40), (3, 40), (80, 24)] {
        terminal.resize(columns, rows);
        if (columns, rows) == (41, 10) {
            terminal.see("needs 60x18, has 41x10");
        }
    }
    terminal.see("All of this stays.");
}

#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read;

    let home = home();
    let pair = native_pty_system().openpty(PtySize::default()).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rollwith"));
    command.env("ROLLWITH_HOME", home.path());
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("Begin") {
        let read = reader.read(&mut buffer).expect("it draws");
        seen.extend_from_slice(&buffer[..read]);
    }
    drop(reader);
    drop(pair.master);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while child.try_wait().expect("a child of ours").is_none() {
        assert!(std::time::Instant::now() < deadline, "it goes on without a terminal");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn keys_that_come_at_once_are_drawn_at_once() {
    let home = home();
    let mut terminal = respond(home.path(), &["--vignette", common::CONTENT]);
    terminal.see("[notice]");
    terminal.keys(ENTER);
    terminal.see("[reply]");
    let sent = std::time::Instant::now();
    terminal.keys(&"word ".repeat(60));
    terminal.see("60 words");
    let taken = sent.elapsed();
    assert!(taken < std::time::Duration::from_secs(3), "300 keys took {taken:?}");
}
