//! The trainee's own words, cut to what fits in a line of feedback.

use unicode_segmentation::UnicodeSegmentation;

/// Most words in a quotation.
const WORDS: usize = 8;
/// Most characters, as a reader counts them.
const CHARACTERS: usize = 46;

/// Words that may open a clause and are left out of a quotation of it.
const JOINING: [&str; 7] = ["and", "but", "so", "because", "then", "well", "or"];

/// Words that leave a cut quotation hanging.
const HANGING: [&str; 24] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "i", "if", "in", "is", "my", "of",
    "on", "or", "that", "the", "their", "to", "what", "with", "your",
];

/// The words of `response` in `start..end` in quotation marks, as one clause of at most eight
/// words. Where the span is longer, the clause of it that holds `point` is taken; without a point its
/// last clause of three words or more, since replies begin with an echo and then go on to what they
/// mean or want. Nothing where the span holds no words.
pub fn quote(response: &str, start: usize, end: usize, point: Option<usize>) -> Option<String> {
    let span = response.get(start..end)?;
    let (from, clause) = if count(span) <= WORDS {
        (0, span)
    } else {
        match point {
            Some(point) => clause_at(span, point.clamp(start, end) - start),
            None => last_clause(span),
        }
    };
    let skipped = point.map_or(0, |point| point.saturating_sub(start + from));
    let shown = cut(without_joining(clause), skipped);
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

/// The clause around byte `at`, and where it begins.
fn clause_at(span: &str, at: usize) -> (usize, &str) {
    let mut from = 0;
    for (position, mark) in span.match_indices(['.', ',', ';', ':', '!', '?', '—', '–', '\n']) {
        let end = position + mark.len();
        if end > at && count(&span[from..end]) >= 2 {
            return (from, &span[from..end]);
        }
        if end <= at {
            from = end;
        }
    }
    (from, &span[from..])
}

/// The last clause of at least three words, and where it begins; the whole span if there is none.
fn last_clause(span: &str) -> (usize, &str) {
    let mut best = (0, span);
    let mut from = 0;
    for clause in span.split_inclusive(['.', ',', ';', ':', '!', '?', '—', '–', '\n']) {
        if count(clause) >= 3 {
            best = (from, clause);
        }
        from += clause.len();
    }
    best
}

/// At most eight words. From the point on where the words before it would push it out.
fn cut(clause: &str, point: usize) -> String {
    let words: Vec<&str> = clause.split_whitespace().collect();
    if words.len() <= WORDS && clause.graphemes(true).count() <= CHARACTERS {
        return words.join(" ");
    }
    let before = clause.get(..point).map_or(0, count);
    let first = if before + 3 > WORDS { before.min(words.len().saturating_sub(3)) } else { 0 };
    let mut shown = String::new();
    let mut length = 0;
    for (at, word) in words[first..].iter().enumerate() {
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
        assert_eq!(
            quote(response, 3, 43, None).as_deref(),
            Some("\"I'm one more person with a job…\"")
        );
        assert_eq!(
            quote(response, 48, response.len(), None).as_deref(),
            Some("\"You'll feel better\"")
        );
        assert_eq!(quote("what stops you?", 0, 15, None).as_deref(), Some("\"What stops you?\""));
    }

    #[test]
    fn a_long_span_gives_the_clause_at_the_point() {
        let response =
            "When you put it like that, it is no wonder the diary is shut, and I am sorry.";
        let point = response.find("the diary");
        assert_eq!(
            quote(response, 0, response.len(), point).as_deref(),
            Some("\"It is no wonder the diary is shut\"")
        );
    }

    #[test]
    fn without_a_point_a_long_span_gives_what_comes_after_the_echo() {
        let response = "Thirty families, one after another, and all of them in your kitchen.";
        assert_eq!(
            quote(response, 0, response.len(), None).as_deref(),
            Some("\"All of them in your kitchen\"")
        );
    }

    #[test]
    fn quotes_inside_and_nothing_to_quote() {
        assert_eq!(
            quote("call it \"medicine\"", 0, 18, None).as_deref(),
            Some("\"Call it 'medicine\"")
        );
        assert_eq!(quote("... !", 0, 5, None), None);
        assert_eq!(quote("x", 3, 9, None), None);
        let unbroken = "é".repeat(500);
        assert!(quote(&unbroken, 0, unbroken.len(), None).is_some_and(|q| q.chars().count() <= 48));
    }
}
