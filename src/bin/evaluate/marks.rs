//! Do the marks say what the verdict rests on? Their words are left out, then as many others.

use rollwith::practice::Shuffle;
use rollwith::rubric::{Score, Scorer};

use crate::labelled::{Reply, scored, scores};

const SEED: u64 = 7;

/// Compares the change of stance when the strongest mark is left out with that when as many words
/// elsewhere in the same reply are.
pub fn print(scorer: &Scorer, replies: &[Reply]) {
    let mut chance = Shuffle::new(SEED, "marks");
    let all = scored(scorer, replies);
    let trials: Vec<Trial> =
        all.iter().filter_map(|(reply, score)| Trial::of(reply, score, &mut chance)).collect();
    let again = |text: for<'t> fn(&'t Trial) -> &'t str| -> Vec<Score> {
        let inputs: Vec<_> = trials.iter().map(|trial| trial.reply.said(text(trial))).collect();
        scores(scorer, &inputs)
    };
    let (without_mark, without_other) = (again(|t| &t.without_mark), again(|t| &t.without_other));
    let (mut with_sign, mut more, mut by_mark, mut by_other) = (0, 0, 0.0, 0.0);
    for ((trial, marked), other) in trials.iter().zip(&without_mark).zip(&without_other) {
        let moved = (trial.stance - marked.stance) * trial.sign;
        let moved_by_other = (trial.stance - other.stance) * trial.sign;
        with_sign += usize::from(moved > 0.0);
        more += usize::from(moved > moved_by_other);
        by_mark += moved;
        by_other += moved_by_other;
    }
    let n = trials.len();
    println!("\nMarks, n = {n} replies with a mark and as many words elsewhere");
    println!("  the strongest mark left out: stance moves the way it says in {with_sign} of {n}");
    println!(
        "  by {:.3} on average; other words left out: {:.3}",
        by_mark / n as f64,
        by_other / n as f64
    );
    println!("  more than for the other words in {more} of {n}");
}

struct Trial<'a> {
    reply: &'a Reply,
    stance: f64,
    sign: f64,
    without_mark: String,
    without_other: String,
}

impl<'a> Trial<'a> {
    fn of(reply: &'a Reply, score: &Score, chance: &mut Shuffle) -> Option<Self> {
        let mark =
            score.evidence.iter().max_by(|a, b| a.effect.abs().total_cmp(&b.effect.abs()))?;
        let text = &reply.response;
        let words = text[mark.start..mark.end].split_whitespace().count();
        let (before, after) = (&text[..mark.start], &text[mark.end..]);
        let mut runs = runs_of(before, 0, words);
        runs.extend(runs_of(after, mark.end, words));
        let (from, to) = *runs.get(chance.below(runs.len()))?;
        Some(Self {
            reply,
            stance: score.stance,
            sign: mark.effect.signum(),
            without_mark: format!("{before}{after}"),
            without_other: format!("{}{}", &text[..from], &text[to..]),
        })
    }
}

/// Every run of so many words in a part of the reply that starts at `offset`, in bytes of the reply.
fn runs_of(part: &str, offset: usize, words: usize) -> Vec<(usize, usize)> {
    let places: Vec<(usize, usize)> = part
        .split_whitespace()
        .map(|word| {
            let start = offset + (word.as_ptr().addr() - part.as_ptr().addr());
            (start, start + word.len())
        })
        .collect();
    places.windows(words.max(1)).map(|run| (run[0].0, run[run.len() - 1].1)).collect()
}
