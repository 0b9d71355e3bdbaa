//! The response as words: what moves are made of, and where one move may give way to another.

use unicode_segmentation::UnicodeSegmentation;

use super::heads::{MOVE_LABELS, Outputs};

/// How strongly the text itself parts a word from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// Within a clause.
    Inside,
    /// Before a conjunction such as "but", which often opens another move.
    Turn,
    /// After a comma, a semicolon, a colon or a dash.
    Clause,
    /// After the end of a sentence or a line.
    Sentence,
}

/// A word of the response with its punctuation, and what the network says of it.
#[derive(Clone, Debug)]
pub struct Word {
    /// First byte in the response.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What parts it from the word before.
    pub boundary: Boundary,
    /// Log-probability of "none" and of each code, summed over its pieces.
    pub log_probabilities: [f64; MOVE_LABELS],
    /// Probability of each, averaged over its pieces.
    pub probabilities: [f64; MOVE_LABELS],
    /// Its share of logit(supportive) − logit(directive).
    pub share: f32,
}

/// Words that often open a clause of another kind.
const TURNS: [&str; 16] = [
    "but", "and", "so", "yet", "still", "though", "although", "because", "if", "or", "then",
    "while", "just", "however", "which", "unless",
];

/// Joins pieces to words. Words never overlap and lie on boundaries of what a reader takes for one
/// character.
pub fn words(text: &str, outputs: &Outputs) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut counts: Vec<f64> = Vec::new();
    for ((piece, logits), share) in outputs.pieces.iter().zip(&outputs.moves).zip(&outputs.shares) {
        let logs = log_softmax(logits);
        let joins = words.last().is_some_and(|word| {
            piece.start <= word.end && (piece.start < word.end || !ends_with_dash(text, word))
        });
        if !joins {
            let before = words.last().map_or(0, |word| word.end);
            words.push(Word {
                start: piece.start,
                end: piece.end,
                boundary: if words.is_empty() {
                    Boundary::Sentence
                } else {
                    boundary(&text[..before], &text[before..piece.start], &text[piece.start..])
                },
                log_probabilities: [0.0; MOVE_LABELS],
                probabilities: [0.0; MOVE_LABELS],
                share: 0.0,
            });
            counts.push(0.0);
        }
        let (Some(word), Some(count)) = (words.last_mut(), counts.last_mut()) else { continue };
        word.end = word.end.max(piece.end);
        word.share += share;
        *count += 1.0;
        for (label, log) in logs.iter().enumerate() {
            word.log_probabilities[label] += log;
            word.probabilities[label] += log.exp();
        }
    }
    for (word, count) in words.iter_mut().zip(counts) {
        word.probabilities.iter_mut().for_each(|probability| *probability /= count);
    }
    to_characters(text, &mut words);
    words
}

/// Widens each word to whole characters as a reader sees them, without touching the next.
fn to_characters(text: &str, words: &mut [Word]) {
    let mut clusters = text.grapheme_indices(true).peekable();
    let mut free = 0;
    for word in words {
        while clusters.peek().is_some_and(|(at, cluster)| at + cluster.len() <= word.start) {
            clusters.next();
        }
        if let Some((at, _)) = clusters.peek() {
            word.start = free.max(word.start.min(*at));
        }
        while clusters.peek().is_some_and(|(at, cluster)| at + cluster.len() < word.end) {
            clusters.next();
        }
        if let Some((at, cluster)) = clusters.peek() {
            word.end = word.end.max(at + cluster.len());
        }
        word.start = word.start.max(free).min(word.end);
        free = word.end;
    }
}

fn ends_with_dash(text: &str, word: &super::words::Word) -> bool {
    text[word.start..word.end].ends_with(['—', '–', '…'])
}

fn boundary(before: &str, gap: &str, from: &str) -> Boundary {
    let last = before.trim_end_matches(['"', '\'', '”', '’', ')', ']']).chars().next_back();
    if gap.contains('\n') || matches!(last, Some('.' | '!' | '?' | '…' | '。' | '！' | '？')) {
        Boundary::Sentence
    } else if matches!(last, Some(',' | ';' | ':' | '—' | '–')) || gap.contains(['-', '–', '—'])
    {
        Boundary::Clause
    } else if TURNS.contains(&first_word(from).as_str()) {
        Boundary::Turn
    } else {
        Boundary::Inside
    }
}

fn first_word(from: &str) -> String {
    from.chars().take_while(|c| c.is_alphabetic()).take(10).flat_map(char::to_lowercase).collect()
}

fn log_softmax(logits: &[f32; MOVE_LABELS]) -> [f64; MOVE_LABELS] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|logit| f64::from(logit - highest).exp()).sum();
    logits.map(|logit| f64::from(logit - highest) - sum.ln())
}
