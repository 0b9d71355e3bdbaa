//! How long a score takes: pieces, one reply warm, and a batch on every core.
//!
//! `cargo bench --bench score`; the budgets are DESIGN.md's: 40 ms for everything about a reply of
//! 30 words, 50 replies a second on each core.

use divan::counter::ItemsCount;
use rollwith::cli::score::batch;
use rollwith::rubric::{EMBEDDED_WEIGHTS, Input, Scorer, score};

const DIRECTION: &str =
    "Shall we practise the relaxation exercises at home this week, ten minutes before bed?";
const CLIENT: &str =
    "They've never done anything for me. All that effort, and I feel no different.";
const REPLY: &str = "So all that effort has never paid off, and here I come with the same thing again. \
    Maybe it has left you a bit hopeless about any of this, and about me.";

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20)]
fn reading_the_weights() {
    divan::black_box(Scorer::read(EMBEDDED_WEIGHTS).expect("the embedded weights are sound"));
}

#[divan::bench(sample_count = 60)]
fn a_reply_of_thirty_words(bencher: divan::Bencher) {
    let input = Input { direction: Some(DIRECTION), client: Some(CLIENT), response: REPLY };
    score(&input);
    bencher.bench(|| score(divan::black_box(&input)));
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn a_batch_by_threads(bencher: divan::Bencher, threads: usize) {
    const LINES: usize = 100;
    let line = serde_json::json!({ "direction": DIRECTION, "client": CLIENT, "response": REPLY });
    let lines = format!("{line}\n").repeat(LINES);
    bencher.counter(ItemsCount::new(LINES)).bench(|| {
        batch(lines.as_bytes(), &mut std::io::sink(), threads).expect("a batch in memory")
    });
}
