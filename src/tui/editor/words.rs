//! Where words begin and end, for moves and deletions by word.

use unicode_segmentation::UnicodeSegmentation;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Word,
    Mark,
}

fn kind(segment: &str) -> Kind {
    if segment.chars().all(char::is_whitespace) {
        Kind::Space
    } else if segment.chars().any(char::is_alphanumeric) {
        Kind::Word
    } else {
        Kind::Mark
    }
}

/// The start of the word, or of the run of punctuation, before byte `at`.
pub(super) fn back(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut last = Kind::Space;
    for (start, segment) in text[..at].split_word_bound_indices().rev() {
        let this = kind(segment);
        let same_run = last == Kind::Space || (last == Kind::Mark && this == Kind::Mark);
        if !same_run {
            break;
        }
        end = start;
        last = this;
    }
    end
}

/// The end of the word, or of the run of punctuation, after byte `at`.
pub(super) fn forward(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut last = Kind::Space;
    for (start, segment) in text[at..].split_word_bound_indices() {
        let this = kind(segment);
        let same_run = last == Kind::Space || (last == Kind::Mark && this == Kind::Mark);
        if !same_run {
            break;
        }
        end = at + start + segment.len();
        last = this;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{back, forward};

    #[test]
    fn goes_by_words_and_by_runs_of_marks() {
        let text = "No -- you'll see.";
        assert_eq!(forward(text, 0), 2);
        assert_eq!(forward(text, 2), 5);
        assert_eq!(forward(text, 5), 12);
        assert_eq!(back(text, text.len()), 16);
        assert_eq!(back(text, 16), 13);
        assert_eq!(back(text, 13), 6);
        assert_eq!(back(text, 0), 0);
        assert_eq!(forward(text, text.len()), text.len());
    }
}
