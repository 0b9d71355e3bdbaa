//! Undo and redo as a list of changes, typed words joined into one step each.

use std::collections::VecDeque;

/// Steps kept; older ones can no longer be undone.
const STEPS: usize = 1_000;

/// One replacement of text.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Byte where it starts.
    pub(super) at: usize,
    pub(super) removed: String,
    pub(super) inserted: String,
    /// The cursor before it, where undo puts it back.
    pub(super) cursor_before: usize,
}

/// What was done, and what was undone and can be done again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: VecDeque<Change>,
    undone: Vec<Change>,
    sealed: bool,
}

impl History {
    /// Ends the current step: the next change starts a new one.
    pub(super) fn seal(&mut self) {
        self.sealed = true;
    }

    /// Takes a change that has been made.
    pub(super) fn record(&mut self, change: Change) {
        self.undone.clear();
        let joined = !self.sealed && self.done.back_mut().is_some_and(|last| join(last, &change));
        self.sealed = false;
        if joined {
            return;
        }
        if self.done.len() >= STEPS {
            self.done.pop_front();
        }
        self.done.push_back(change);
    }

    /// Undoes the last step on `text`; where the cursor goes, or `None` where nothing is left.
    pub(super) fn undo(&mut self, text: &mut String) -> Option<usize> {
        let change = self.done.pop_back()?;
        text.replace_range(change.at..change.at + change.inserted.len(), &change.removed);
        let cursor = change.cursor_before;
        self.undone.push(change);
        self.sealed = true;
        Some(cursor)
    }

    /// Does the last undone step again.
    pub(super) fn redo(&mut self, text: &mut String) -> Option<usize> {
        let change = self.undone.pop()?;
        text.replace_range(change.at..change.at + change.removed.len(), &change.inserted);
        let cursor = change.at + change.inserted.len();
        self.done.push_back(change);
        self.sealed = true;
        Some(cursor)
    }
}

/// Joins `next` to `last` where both belong to one stretch of typing or of deleting.
fn join(last: &mut Change, next: &Change) -> bool {
    let typing = last.removed.is_empty() && next.removed.is_empty();
    let deleting = last.inserted.is_empty() && next.inserted.is_empty();
    if typing && last.at + last.inserted.len() == next.at {
        let after_space = last.inserted.ends_with(char::is_whitespace);
        let starts_word = !next.inserted.starts_with(char::is_whitespace);
        if after_space && starts_word {
            return false;
        }
        last.inserted.push_str(&next.inserted);
        return true;
    }
    if deleting && next.at + next.removed.len() == last.at {
        last.removed.insert_str(0, &next.removed);
        last.at = next.at;
        return true;
    }
    if deleting && next.at == last.at {
        last.removed.push_str(&next.removed);
        return true;
    }
    false
}
