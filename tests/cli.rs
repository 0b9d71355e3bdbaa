//! Commands as scripts see them: exit codes, one clear line on standard error, the plain loop.

mod common;

use std::path::Path;

use assert_cmd::Command;
use rollwith::practice::{Answer, Met, NoteContent, Standing};
use rollwith::store::Store;
use serde_json::Value;

fn rollwith(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwith"));
    command.env("ROLLWITH_HOME", home).env("ROLLWITH_TRAINEE", "Anna").args(arguments);
    command
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Runs and gives exit code, standard output and standard error.
fn run(home: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let output = rollwith(home, arguments).write_stdin(input).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

#[test]
fn screens_without_a_terminal_say_so_in_one_line_and_exit_2() {
    let home = home();
    for arguments in [&[][..], &["practice"]] {
        let (code, out, error) = run(home.path(), arguments, "");
        assert_eq!((code, out.as_str()), (2, ""), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains("--plain"), "it says what to do: {error}");
    }
}

#[test]
fn bad_arguments_exit_2() {
    let home = home();
    for arguments in [
        &["practise"][..],
        &["practice", "--drill", "juggle"],
        &["practice", "--count", "0"],
        &["practice", "--count", "3", "--minutes", "3"],
        &["practice", "--plain", "--vignette", "nobody"],
        &["practice", "--plain", "--pack", "nothing"],
        &["pack", "show", "nothing"],
        &["pack", "check", "/no/such/file.yaml"],
        &["export", "--session", "not-an-id"],
    ] {
        let (code, _, error) = run(home.path(), arguments, "");
        assert_eq!(code, 2, "{arguments:?}: {error}");
        assert!(!error.trim().is_empty(), "{arguments:?}");
        assert!(!error.contains("panicked"), "{error}");
    }
}

#[test]
fn the_plain_loop_goes_through_a_miss_a_retry_and_the_models_by_pipe() {
    let home = home();
    let vignette = ["practice", "--plain", "--vignette", common::CONTENT];
    let push = "This one really works, so please just do it every night for two weeks.";
    let again = "But you promised me that you would try it, so do it from tonight.";
    let input = format!("8\n7\n{push}\n1\n3\n\n{again}\n3\nd She asked me to.\n\n");
    let (code, out, error) = run(home.path(), &vignette, &input);
    assert_eq!(code, 0, "{error}\n{out}");
    for words in [
        "Marisol: I've tried every trick there is.",
        "urge to argue: how strong",
        "Resistance: yes, as you said",
        "Verdict: directive",
        "You judged: directive.",
        "Change:",
        "Try 2 of 4",
        "Model:",
        "Heard:",
        "All is kept",
    ] {
        assert!(out.contains(words), "{words:?} is not in:\n{out}");
    }
    let store = Store::open_existing(home.path(), "Anna").expect("the log opens");
    let recorded = store.unfinished(rollwith::driver::now()).expect("reads").expect("it waits");
    let met: Vec<Met> = recorded
        .attempts()
        .map(|attempt| match &attempt.answer {
            Answer::Responded(responded) => responded.met,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(met, [Met::No, Met::No]);
    assert!(recorded.notes().any(|note| matches!(note.content, NoteContent::Disputed { .. })));

    let (code, out, _) = run(home.path(), &["practice", "--plain"], "\n\n5\n4\n\n");
    assert_eq!(code, 0);
    assert!(out.contains("The set is done"), "it goes on where it was left:\n{out}");
    assert!(out.contains("Session: 1 responded to"), "{out}");
}

#[test]
fn the_plain_loop_takes_other_languages_long_lines_and_nonsense_calmly() {
    let home = home();
    let vignette = ["practice", "--plain", "--vignette", common::CONTENT];
    let german = "Das klingt so, als ob Sie von alledem wirklich genug haben.";
    let input = format!("nonsense\n\n{german}\n9\n1\n1\nmaybe\n1\n");
    let (code, out, _) = run(home.path(), &vignette, &input);
    assert_eq!(code, 0);
    assert!(out.contains("That is not one of the answers here."), "{out}");
    assert!(out.contains("not sure"), "{out}");
    assert!(out.contains("Your call."), "{out}");
    assert!(!out.contains("Points"), "no points where the scorer is not sure:\n{out}");
    let long = "a \u{1b}[31m".repeat(20_000);
    let (code, out, _) = run(home.path(), &vignette, &format!("\n{long}\n1\n1\n"));
    assert_eq!(code, 0);
    assert!(!out.contains('\u{1b}'), "escapes are neutralised");
}

#[test]
fn the_plain_loop_takes_every_answer_that_it_offers() {
    let home = home();
    let vignette = ["practice", "--plain", "--vignette", common::CONTENT];
    let german = "Das klingt so, als ob Sie von alledem wirklich genug haben.";
    let input = format!(":o nothing\n\n{german}\n1\n1\nw\nd Er hat recht.\n\n:x\n:end\n:stop\n");
    let (code, out, error) = run(home.path(), &vignette, &input);
    assert_eq!(code, 0, "{error}");
    for words in ["Topics: ", "made by no clinician", "Noted.", "Enough for today."] {
        assert!(out.contains(words), "{words:?} is not in:\n{out}");
    }
    let refused = out.matches("That is not one of the answers here.").count();
    assert_eq!(refused, 2, ":x and :end are no answers to the form:\n{out}");
    let store = Store::open_existing(home.path(), "Anna").expect("the log opens");
    let disputed: Vec<_> = store
        .past()
        .expect("reads")
        .into_iter()
        .filter(|past| past.standing == Standing::Disputed)
        .collect();
    assert_eq!(disputed.len(), 1);
}

#[test]
fn what_is_printed_is_one_document_with_json() {
    let home = home();
    for arguments in [
        &["progress", "--json"][..],
        &["pack", "list", "--json"],
        &["pack", "show", "foundations", "--json"],
        &["pack", "check", "--json"],
        &["doctor", "--json"],
        &["score", "--json", "--response", "So it never paid off."],
    ] {
        let (code, out, error) = run(home.path(), arguments, "");
        assert_eq!(code, 0, "{arguments:?}: {error}{out}");
        let parsed: Result<Value, _> = serde_json::from_str(&out);
        assert!(parsed.is_ok(), "{arguments:?}: {out}");
    }
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let home = home();
    let commands =
        ["practice", "score", "progress", "export", "pack", "doctor", "completions", "man"];
    let (_, bash, _) = run(home.path(), &["completions", "bash"], "");
    let (_, man, _) = run(home.path(), &["man"], "");
    let (_, help, _) = run(home.path(), &["--help"], "");
    for command in commands {
        for text in [&bash, &man, &help] {
            assert!(text.contains(command), "{command} is missing");
        }
    }
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        let (code, out, _) = run(home.path(), &["completions", shell], "");
        assert_eq!(code, 0);
        assert!(out.contains("rollwith"));
    }
}

#[test]
fn a_home_that_cannot_be_used_is_said_in_one_line() {
    let home = home();
    let file = home.path().join("a-file");
    std::fs::write(&file, "not a folder").expect("a file");
    let (code, _, error) = run(&file, &["progress", "--json"], "");
    assert_eq!(code, 2, "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");

    let foreign = tempfile::tempdir().expect("a folder");
    std::fs::write(foreign.path().join("rollwith.db"), "this is no database at all, only words")
        .expect("a file");
    let (code, _, error) = run(foreign.path(), &["practice", "--plain"], "");
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("rollwith.db"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    let kept = std::fs::read_to_string(foreign.path().join("rollwith.db")).expect("still there");
    assert_eq!(kept, "this is no database at all, only words");
}

#[test]
fn a_guest_leaves_nothing() {
    let home = home();
    let temporary = tempfile::tempdir().expect("a folder");
    let vignette = ["--guest", "practice", "--plain", "--vignette", common::CONTENT];
    let output = rollwith(home.path(), &vignette)
        .env("TMPDIR", temporary.path())
        .write_stdin("\nA reply.\n1\n1\n")
        .output()
        .expect("it runs");
    assert!(output.status.success());
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 0);
    assert_eq!(std::fs::read_dir(temporary.path()).expect("a folder").count(), 0);
}

#[test]
fn export_prints_what_was_practised() {
    let home = home();
    let vignette = ["practice", "--plain", "--vignette", common::CONTENT];
    run(home.path(), &vignette, "3\n4\n=So you are tired, \"quite\" tired.\n1\n1\n");
    let (code, lines, error) = run(home.path(), &["export", "--format", "jsonl"], "");
    assert_eq!(code, 0, "{error}");
    let attempt: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert!(attempt.to_string().contains("quite"), "{attempt}");
    assert!(!lines.contains("hurt"), "feelings are the trainee's: {lines}");
    let (code, table, _) = run(home.path(), &["export", "--format", "csv"], "");
    assert_eq!(code, 0);
    assert!(!table.lines().any(|line| line.contains(",=") || line.contains(",\"=")), "{table}");
    let (_, with, _) = run(home.path(), &["export", "--with-feelings"], "");
    assert!(with.contains("hurt"), "{with}");
}
