//! Edits that change nothing of what is meant: does a confident verdict stay?

use rollwith::rubric::{Score, Scorer};

use crate::labelled::{Reply, scored, scores};

type Edit = (&'static str, fn(&str) -> String);

const EDITS: [Edit; 9] = [
    ("lower case", |text| text.to_lowercase()),
    ("first letter a capital", capital),
    ("a space at the end", |text| format!("{text} ")),
    ("a line end at the end", |text| format!("{text}\n")),
    ("curly quotes", |text| text.replace('\'', "\u{2019}")),
    ("straight quotes", |text| text.replace('\u{2019}', "'")),
    ("two letters of the longest word swapped", swapped),
    ("a letter of the longest word left out", left_out),
    ("no full stop at the end", |text| text.trim_end_matches('.').to_owned()),
];

/// Counts the edits of confidently scored replies that change the verdict.
pub fn print(scorer: &Scorer, replies: &[Reply]) {
    let confident: Vec<(&Reply, Score)> =
        scored(scorer, replies).into_iter().filter(|(_, score)| !score.abstained).collect();
    let (mut edited, mut flipped, mut still_sure) = (0, 0, 0);
    println!("\nEdits of {} replies with a confident verdict: flipped, of", confident.len());
    for (name, edit) in EDITS {
        let changed: Vec<(&Reply, &Score, String)> = confident
            .iter()
            .map(|(reply, score)| (*reply, score, edit(&reply.response)))
            .filter(|(reply, _, text)| *text != reply.response)
            .collect();
        let inputs: Vec<_> = changed.iter().map(|(reply, _, text)| reply.said(text)).collect();
        let again = scores(scorer, &inputs);
        let flips: Vec<&Score> = changed
            .iter()
            .zip(&again)
            .filter(|((_, before, _), after)| before.verdict != after.verdict)
            .map(|(_, after)| after)
            .collect();
        println!("  {name:<42} {:>4} {:>5}", flips.len(), changed.len());
        edited += changed.len();
        flipped += flips.len();
        still_sure += flips.iter().filter(|after| !after.abstained).count();
    }
    println!(
        "  flip rate {:.2}% of {edited}; to another confident verdict {:.2}%",
        100.0 * f64::from(flipped as u32) / edited as f64,
        100.0 * f64::from(still_sure as u32) / edited as f64
    );
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The place of the longest word of at least six plain letters.
fn longest_word(text: &str) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut start = 0;
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if word.len() >= 6 && best.is_none_or(|(from, to)| word.len() > to - from) {
            best = Some((start, start + word.len()));
        }
        start += part.len();
    }
    best
}

fn swapped(text: &str) -> String {
    let Some((from, to)) = longest_word(text) else { return text.to_owned() };
    let middle = from + (to - from) / 2;
    let (a, b) = (&text[middle - 1..middle], &text[middle..=middle]);
    format!("{}{b}{a}{}", &text[..middle - 1], &text[middle + 1..])
}

fn left_out(text: &str) -> String {
    let Some((from, to)) = longest_word(text) else { return text.to_owned() };
    let middle = from + (to - from) / 2;
    format!("{}{}", &text[..middle], &text[middle + 1..])
}

#[cfg(test)]
mod tests {
    use super::{left_out, swapped};

    #[test]
    fn a_typo_is_in_the_longest_word() {
        assert_eq!(swapped("You were counting."), "You were coutning.");
        assert_eq!(left_out("You were counting."), "You were couning.");
        assert_eq!(swapped("No."), "No.");
    }
}
