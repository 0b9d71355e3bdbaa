//! `kill -9` at random moments: what was drawn is in the log, the chain verifies, and of what was
//! typed at most the last second is missing.

#![cfg(unix)]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::pty::Terminal;
use rollwith::practice::{Answer, Shuffle};
use rollwith::store::Store;

/// Killed so many times in all, by several runners side by side.
const KILLS: usize = 200;
const RUNNERS: usize = 4;

/// What may be missing of a draft: a second, and what a busy machine takes to deliver a key.
const MISSING: Duration = Duration::from_millis(1_250);

#[test]
fn nothing_that_was_drawn_is_lost_and_of_a_draft_at_most_a_second() {
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let runners: Vec<_> =
            (0..RUNNERS).map(|runner| scope.spawn(move || run(runner as u64))).collect();
        runners.into_iter().map(|runner| runner.join().expect("a runner passes")).collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    println!(
        "{KILLS} kills: {} with feedback drawn, {} with a draft, {} before anything was typed",
        sum(|tally| tally.drawn),
        sum(|tally| tally.drafts),
        sum(|tally| tally.blank)
    );
    assert!(sum(|tally| tally.drawn) >= KILLS / 10, "feedback was drawn often enough to tell");
    assert!(sum(|tally| tally.drafts) >= KILLS / 10, "drafts were open often enough to tell");
}

#[derive(Default)]
struct Tally {
    drawn: usize,
    drafts: usize,
    blank: usize,
}

fn run(runner: u64) -> Tally {
    let home = tempfile::tempdir().expect("a folder");
    let mut tally = Tally::default();
    for kill in 0..KILLS / RUNNERS {
        let mut chance = Shuffle::new(runner, &format!("kill {kill}"));
        let outcome = once(home.path(), &mut chance, &format!("r{runner}k{kill}"));
        let store = Store::open_existing(home.path(), "Anna").expect("the log opens");
        let recorded = store
            .unfinished(rollwith::driver::now())
            .expect("the log reads")
            .expect("the set that was killed waits");
        if outcome.drawn {
            tally.drawn += 1;
            let logged = recorded.attempts().any(|attempt| match &attempt.answer {
                Answer::Responded(responded) => responded.response == outcome.typed.trim_end(),
                _ => false,
            });
            assert!(logged, "feedback on {:?} was drawn and is not in the log", outcome.typed);
        } else if outcome.sure.is_empty() {
            tally.blank += 1;
        } else {
            tally.drafts += 1;
            let kept = store
                .draft(recorded.start.id)
                .expect("the log reads")
                .map(|draft| draft.text)
                .or_else(|| {
                    recorded.attempts().find_map(|attempt| match &attempt.answer {
                        Answer::Responded(responded) => Some(responded.response.clone()),
                        _ => None,
                    })
                });
            let kept = kept.unwrap_or_default();
            assert!(
                kept.starts_with(&outcome.sure) && outcome.typed.starts_with(&kept),
                "typed {:?}, a second ago {:?}, kept {kept:?}",
                outcome.typed,
                outcome.sure
            );
        }
    }
    let store = Store::open_existing(home.path(), "Anna").expect("the log opens");
    let faults = store.verify(|_, _| {});
    assert!(faults.is_empty(), "{faults:?}");
    tally
}

struct Outcome {
    /// Feedback was on screen.
    drawn: bool,
    /// All that was typed.
    typed: String,
    /// What was typed long enough before the kill.
    sure: String,
}

fn once(home: &Path, chance: &mut Shuffle, name: &str) -> Outcome {
    let seed = chance.below(1_000).to_string();
    let arguments = ["practice", "--drill", "respond", "--count", "8", "--seed", &seed];
    let mut terminal = Terminal::start(home, &arguments);
    terminal.see("[notice]");
    terminal.keys("\r");
    terminal.see("[reply]");
    let life = Duration::from_millis(chance.below(2_400) as u64);
    let born = Instant::now();
    let submits = chance.below(2) == 0;
    let words = format!(
        "{name} you have had enough of being told what would be good for you, and I went on"
    );
    let length = if submits { name.len() + chance.below(40) } else { words.len() };
    let mut typed: Vec<(Instant, usize)> = Vec::new();
    for (index, letter) in words.char_indices().take(length) {
        if born.elapsed() >= life {
            break;
        }
        terminal.keys(letter.encode_utf8(&mut [0; 4]));
        typed.push((Instant::now(), index + letter.len_utf8()));
        std::thread::sleep(Duration::from_millis(chance.below(30) as u64));
    }
    if submits && born.elapsed() < life {
        terminal.keys("\r");
        let judges = |text: &str| text.contains("[judge]");
        terminal.until("the judgement", judges);
        terminal.keys("11");
    }
    while born.elapsed() < life {
        std::thread::sleep(Duration::from_millis(5));
    }
    let drawn = terminal.text().contains("[feedback]");
    let now = Instant::now();
    terminal.kill();
    let text = |until: usize| words[..until].trim_end().to_owned();
    let sure = typed.iter().rev().find(|(at, _)| now - *at >= MISSING).map_or(0, |(_, end)| *end);
    let all = typed.last().map_or(0, |(_, end)| *end);
    Outcome { drawn, typed: words[..all].to_owned(), sure: text(sure) }
}
