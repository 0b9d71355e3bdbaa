//! Reading fields from the tree, with a fault for everything that is not as it should be: each
//! reading goes on where it can, so that one run finds as much as possible.

use super::diagnostic::{Code, Diagnostic, Faults, Source, Span};
use super::tree::{Entry, Node, Value};
use crate::text::is_unsafe;

/// Reads one file and keeps its faults.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) faults: &'a mut Faults,
}

/// A block of fields whose names have been checked.
pub(super) struct Record<'t> {
    /// What it is, as in "a vignette".
    what: &'static str,
    entries: &'t [Entry],
    pub(super) span: Span,
}

/// An optional field is there and wrong; its fault is listed.
pub(super) struct Reported;

impl<'t> Record<'t> {
    /// The value of a field.
    pub(super) fn find(&self, name: &str) -> Option<&'t Node> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// A field with the place of its name.
    pub(super) fn entry(&self, name: &str) -> Option<&'t Entry> {
        self.entries.iter().find(|entry| entry.key == name)
    }

    /// Every field.
    pub(super) fn entries(&self) -> &'t [Entry] {
        self.entries
    }
}

impl Reader<'_> {
    pub(super) fn fault(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.faults.at(code, self.source, span, message, remedy);
    }

    pub(super) fn advise(&mut self, code: Code, span: Span, message: &str, remedy: &str) {
        let diagnostic =
            Diagnostic::at(code, self.source, span, message.to_owned(), remedy.to_owned());
        self.faults.push(diagnostic.as_advice());
    }

    /// A block of fields; those whose names are not known are faults.
    pub(super) fn record<'t>(
        &mut self,
        node: &'t Node,
        what: &'static str,
        known: &[&str],
    ) -> Option<Record<'t>> {
        let Value::Mapping(entries) = &node.value else {
            let example = known.first().copied().unwrap_or("name");
            self.wrong_type(node, what, &format!("a block of fields such as `{example}: …`"));
            return None;
        };
        for entry in entries {
            if known.contains(&entry.key.as_str()) {
                continue;
            }
            if self.faults.is_full() {
                self.faults.count();
            } else {
                let remedy = nearest(&entry.key, known.iter().copied()).map_or_else(
                    || format!("Allowed here: {}.", known.join(", ")),
                    |near| format!("Did you mean `{near}`?"),
                );
                let message = format!("`{}` is not a field of {what}", clip(&entry.key));
                self.fault(Code::UnknownField, entry.key_span, message, remedy);
            }
        }
        Some(Record { what, entries, span: node.span })
    }

    /// A field that must be there.
    pub(super) fn require<'t>(
        &mut self,
        record: &Record<'t>,
        name: &str,
        example: &str,
    ) -> Option<&'t Node> {
        let found = record.find(name);
        if found.is_none() {
            self.fault(
                Code::MissingField,
                record.span,
                format!("`{name}` is missing from {}", record.what),
                format!("Add {example}"),
            );
        }
        found
    }

    /// Text on one line, trimmed, not empty, safe to show.
    pub(super) fn text(&mut self, node: &Node, name: &str) -> Option<String> {
        let Value::Scalar { text, .. } = &node.value else {
            self.wrong_type(node, &format!("`{name}`"), "text");
            return None;
        };
        let trimmed = text.trim();
        if node.is_nothing() || trimmed.is_empty() {
            self.fault(
                Code::Empty,
                node.span,
                format!("`{name}` is empty"),
                "Fill it in; a field that may be left out is left out whole.",
            );
            return None;
        }
        if let Some(found) = trimmed.chars().find(|c| is_unsafe_in_pack(*c) && !is_break(*c)) {
            self.unsafe_character(node.span, &format!("`{name}`"), found);
            return None;
        }
        if trimmed.contains(is_break) {
            self.fault(
                Code::LineBreak,
                node.span,
                format!("`{name}` runs over several lines"),
                "Keep it to one paragraph: after `name:` write > in place of |, or use quotes.",
            );
            return None;
        }
        Some(trimmed.to_owned())
    }

    /// The fault of a character that no screen may see.
    pub(super) fn unsafe_character(&mut self, span: Span, place: &str, found: char) {
        let kind = if found == '\t' {
            "a tab"
        } else if found.is_control() {
            "a control character"
        } else {
            "an invisible character that can change how text is shown"
        };
        self.fault(
            Code::UnsafeCharacter,
            span,
            format!("{place} holds {kind} (U+{:04X})", found as u32),
            "Remove it, or put a space in its place.",
        );
    }

    /// A required field's text.
    pub(super) fn required_text(
        &mut self,
        record: &Record<'_>,
        name: &str,
        example: &str,
    ) -> Option<String> {
        let node = self.require(record, name, example)?;
        self.text(node, name)
    }

    /// An optional field's text.
    pub(super) fn optional_text(
        &mut self,
        record: &Record<'_>,
        name: &str,
    ) -> Result<Option<String>, Reported> {
        record.find(name).map(|node| self.text(node, name).ok_or(Reported)).transpose()
    }

    /// The items of a list.
    pub(super) fn list<'t>(&mut self, node: &'t Node, name: &str) -> Option<&'t [Node]> {
        if let Value::Sequence(items) = &node.value {
            return Some(items);
        }
        self.wrong_type(node, &format!("`{name}`"), "a list, as in [one, two]");
        None
    }

    /// A list of texts, none of them twice.
    pub(super) fn texts(&mut self, node: &Node, name: &str) -> Option<Vec<String>> {
        let items = self.list(node, name)?;
        let mut texts: Vec<String> = Vec::with_capacity(items.len());
        let mut whole = true;
        let mut seen = std::collections::HashSet::new();
        for item in items {
            match self.text(item, name) {
                Some(text) if !seen.insert(text.clone()) => {
                    self.fault(
                        Code::DuplicateText,
                        item.span,
                        format!("`{name}` holds \"{}\" twice", clip(&text)),
                        "Keep one.",
                    );
                    whole = false;
                }
                Some(text) => texts.push(text),
                None => whole = false,
            }
        }
        whole.then_some(texts)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(node, name)?;
        let found = all.iter().copied().find(|value| word(*value) == text);
        if found.is_none() {
            let words: Vec<_> = all.iter().map(|value| word(*value)).collect();
            let allowed = words.join(", ");
            let remedy = match nearest(&text, words.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`? Allowed: {allowed}."),
                None => format!("Allowed: {allowed}."),
            };
            let message = format!("`{name}` cannot be \"{}\"", clip(&text));
            self.fault(Code::UnknownWord, node.span, message, remedy);
        }
        found
    }

    /// `true` or `false`, by default false.
    pub(super) fn flag(&mut self, record: &Record<'_>, name: &str) -> Option<bool> {
        let Some(node) = record.find(name) else { return Some(false) };
        match &node.value {
            Value::Scalar { text, .. } if text == "true" => Some(true),
            Value::Scalar { text, .. } if text == "false" => Some(false),
            _ => {
                self.wrong_type(node, &format!("`{name}`"), "true or false");
                None
            }
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str) {
        if matches!(node.value, Value::Unusable) {
            return;
        }
        self.fault(
            Code::WrongType,
            node.span,
            format!("{what} must be {wanted}, and this is {}", described(node)),
            format!("Write {wanted}."),
        );
    }
}

/// What stands there, quoted where it is short text.
fn described(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, .. } if !node.is_nothing() && text.chars().count() <= 30 => {
            format!("\"{text}\"")
        }
        _ => node.kind().to_owned(),
    }
}

/// Whether a character may not stand in a pack. Ends of lines and tabs between values are the
/// format's own; inside a text they are not.
pub(super) fn is_unsafe_in_pack(character: char) -> bool {
    is_unsafe(character) || matches!(character, '\u{2028}' | '\u{2029}')
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

/// The start of a text that may be long.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The word that was probably meant: at most a third of the letters are wrong.
pub(super) fn nearest<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let letters: Vec<char> = text.to_lowercase().chars().take(40).collect();
    let allowed = (letters.len() / 3).clamp(1, 3);
    words
        .map(|word| (distance(&letters, word), word))
        .filter(|(distance, word)| *distance <= allowed && *distance < word.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Letters to insert, delete, replace or swap with a neighbour (optimal string alignment).
fn distance(text: &[char], word: &str) -> usize {
    let word: Vec<char> = word.chars().collect();
    let mut before: Vec<usize> = vec![0; word.len() + 1];
    let mut last: Vec<usize> = (0..=word.len()).collect();
    for (i, letter) in text.iter().enumerate() {
        let mut row = vec![i + 1; word.len() + 1];
        for (j, other) in word.iter().enumerate() {
            row[j + 1] =
                (last[j] + usize::from(letter != other)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == word[j - 1] && text[i - 1] == *other {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[word.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_word_that_was_meant_and_no_other() {
        let words = ["level", "topics", "statement", "nonverbal"];
        assert_eq!(nearest("leve", words.into_iter()), Some("level"));
        assert_eq!(nearest("Level", words.into_iter()), Some("level"));
        assert_eq!(nearest("statment", words.into_iter()), Some("statement"));
        assert_eq!(nearest("tpoics", words.into_iter()), Some("topics"));
        assert_eq!(nearest("colour", words.into_iter()), None);
        assert_eq!(nearest("", words.into_iter()), None);
    }
}
