//! The trainee's own words, cut to what fits in a line of feedback.

use unicode_segmentation::UnicodeSegmentation;

/// Most words in a quotation.
const WORDS: usize = 8;
/// Most characters, as a reader counts them.
const CHARACTERS: usize = 46;

/// A clause of fewer words says little by itself.
const TELLING: usize = 4;

/// Words that may open a clause and are left out of a quotation of it.
const JOINING: [&str; 7] = ["and", "but", "so", "because", "then", "well", "or"];

/// Words that leave a cut quotation hanging.
const HANGING: [&str; 24] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "i", "if", "in", "is", "my", "of",
    "on", "or", "that", "the", "their", "to", "what", "with", "your",
];

/// The words of `response` in `start..end` in quotation marks, as one clause of at most eight
/// words. Of a longer span the last clause that says something by itself is taken, since replies
/// begin with an echo and then go on to what they mean or want. Nothing where the span holds no words.
pub fn quote(response: &str, start: usize, end: usize) -> Option<String> {
    let span = response.get(start..end)?;
    let clause = if count(span) <= WORDS { span } else { telling_clause(span) };
    let shown = cut(without_joining(clause));
    let plain = crate::text::neutralise(&shown).replace(['"', '“', '”', '\n'], "'");
    let plain = plain.trim_matches(|c: char| c.is_whitespace() || ",.;:—–-'()".contains(c));
    if !plain.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut characters = plain.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    Some(format!("\"{first}{}\"", characters.as_str()))
}

fn without_joining(clause: &str) -> &str {
    let clause = clause.trim_start();
    let first = clause.split_whitespace().next().unwrap_or_default();
    let word = first.trim_end_matches(',').to_lowercase();
    if count(clause) > 3 && JOINING.contains(&word.as_str()) {
        &clause[first.len()..]
    } else {
        clause
    }
}

fn without_hanging(shown: &str) -> &str {
    let mut kept = shown;
    while let Some((before, last)) = kept.rsplit_once(' ') {
        if !HANGING.contains(&last.to_lowercase().as_str()) {
            break;
        }
        kept = before;
    }
    kept.trim_end_matches([',', '.', ';', ':'])
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The last clause of at least [`TELLING`] words; where there is none, the longest.
fn telling_clause(span: &str) -> &str {
    let clauses = || span.split_inclusive(['.', ',', ';', ':', '!', '?', '—', '–', '\n']);
    let words = |clause: &&str| count(without_joining(clause));
    let telling = clauses().rfind(|clause| words(clause) >= TELLING);
    telling.or_else(|| clauses().max_by_key(words)).unwrap_or(span)
}

/// At most eight words.
fn cut(clause: &str) -> String {
    let words: Vec<&str> = clause.split_whitespace().collect();
    if words.len() <= WORDS && clause.graphemes(true).count() <= CHARACTERS {
        return words.join(" ");
    }
    let mut shown = String::new();
    let mut length = 0;
    for (at, word) in words.iter().enumerate() {
        let word_length = word.graphemes(true).count();
        if at >= WORDS || (length > 0 && length + 1 + word_length > CHARACTERS) {
            return format!("{}…", without_hanging(&shown));
        }
        if length > 0 {
            shown.push(' ');
            length += 1;
        }
        if word_length > CHARACTERS {
            return word.graphemes(true).take(CHARACTERS - 1).chain(["…"]).collect();
        }
        shown.push_str(word);
        length += word_length;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn short_spans_are_quoted_whole_and_begin_with_a_capital() {
        let response = "So I'm one more person with a job for you. But, you'll feel better.";
        assert_eq!(quote(response, 3, 43).as_deref(), Some("\"I'm one more person with a job…\""));
        assert_eq!(quote(response, 48, response.len()).as_deref(), Some("\"You'll feel better\""));
        assert_eq!(quote("what stops you?", 0, 15).as_deref(), Some("\"What stops you?\""));
    }

    #[test]
    fn a_long_span_gives_what_comes_after_the_echo() {
        let response = "Thirty families, one after another, and all of them in your kitchen.";
        assert_eq!(
            quote(response, 0, response.len()).as_deref(),
            Some("\"All of them in your kitchen\"")
        );
    }

    #[test]
    fn a_tail_that_says_nothing_by_itself_is_not_quoted() {
        let response = "You have carried the whole of that house by yourself, and a table.";
        assert_eq!(
            quote(response, 0, response.len()).as_deref(),
            Some("\"You have carried the whole of that house…\"")
        );
    }

    #[test]
    fn quotes_inside_and_nothing_to_quote() {
        assert_eq!(quote("call it \"medicine\"", 0, 18).as_deref(), Some("\"Call it 'medicine\""));
        assert_eq!(quote("... !", 0, 5), None);
        assert_eq!(quote("x", 3, 9), None);
        let unbroken = "é".repeat(500);
        assert!(quote(&unbroken, 0, unbroken.len()).is_some_and(|q| q.chars().count() <= 48));
    }
}
