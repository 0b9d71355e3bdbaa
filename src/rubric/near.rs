//! How near one reply is to another, by the words they share.

/// Most words compared; a reply is spoken in one turn.
const WORDS: usize = 400;

/// Share of a copy's words that are the other's, in order.
const COPIED: f64 = 0.9;

/// How close two replies are, 0 to 1: the share of neighbouring word pairs that both have (Dice,
/// 1945), whatever their case and punctuation. Replies of one word are compared whole.
pub fn closeness(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.len() < 2 || b.len() < 2 {
        return f64::from(u8::from(!a.is_empty() && a == b));
    }
    let mut left: Vec<&[String]> = a.windows(2).collect();
    let all = left.len() + b.len() - 1;
    let shared = b
        .windows(2)
        .filter(|pair| {
            let at = left.iter().position(|other| other == pair);
            at.map(|at| left.swap_remove(at)).is_some()
        })
        .count();
    2.0 * shared as f64 / all as f64
}

/// Whether `new` is `last` again, or `last` with words taken out: a retry is a new reply, so such a
/// copy gets its verdict and does not meet the criterion (RUBRIC.md). One word in ten may be new.
pub fn is_trimmed_copy(new: &str, last: &str) -> bool {
    let (new, last) = (words(new), words(last));
    if new.is_empty() || new.len() > last.len() {
        return false;
    }
    let kept = common(&new, &last);
    if new.len() < 4 {
        return last.windows(new.len()).any(|run| run == new);
    }
    kept == new.len() || (new.len() < last.len() && kept as f64 >= COPIED * new.len() as f64)
}

fn words(text: &str) -> Vec<String> {
    text.replace('’', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.replace('\'', "").to_lowercase())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .collect()
}

/// Length of the longest common subsequence.
fn common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for word in a {
        let mut diagonal = 0;
        for (at, other) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closeness, is_trimmed_copy};

    const LAST: &str = "So I'm one more person with a job for you, but a walk isn't a chore.";

    #[test]
    fn words_taken_out_make_a_copy() {
        assert!(is_trimmed_copy("So I'm one more person with a job for you.", LAST));
        assert!(is_trimmed_copy("so im one more person with a job for you…", LAST));
        assert!(is_trimmed_copy(LAST, LAST));
        assert!(is_trimmed_copy("One more person with a job for you. A walk is a chore.", LAST));
        assert!(is_trimmed_copy("A chore.", LAST));
    }

    #[test]
    fn a_new_reply_is_none() {
        assert!(!is_trimmed_copy("One more job, and it was meant to be your turn.", LAST));
        assert!(!is_trimmed_copy("A chore for you.", LAST));
        assert!(!is_trimmed_copy(&format!("{LAST} What is it like?"), LAST));
        assert!(!is_trimmed_copy("", LAST));
    }

    #[test]
    fn closeness_counts_shared_pairs_of_words() {
        assert!((closeness(LAST, &LAST.to_uppercase()) - 1.0).abs() < 1e-9);
        let half = closeness("No wonder the diary is shut.", "No wonder that the diary is open");
        assert!((half - 6.0 / 11.0).abs() < 1e-9, "{half}");
        assert!(closeness("No wonder the diary is shut.", "Two against one.") < 0.01);
        assert!((closeness("Oof.", "oof") - 1.0).abs() < 1e-9);
        assert!(closeness("", "").abs() < 1e-9);
    }
}
