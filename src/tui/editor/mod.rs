//! The text editor for replies: pure, right for real typing (grapheme clusters, wide characters,
//! soft wrap), with its own undo. It knows keys and text; drawing is `widgets::editor_view`.

mod history;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use self::history::{Change, History};
use super::keys;
use super::wrap::{WrappedLine, cells, grapheme_at, wrap};
use crate::text::neutralise;

/// What an editing key does. The keys themselves stand in the one table, `keys`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Edit {
    NewLine,
    Left,
    Right,
    Up,
    Down,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    WordLeft,
    WordRight,
    DeleteLeft,
    DeleteRight,
    DeleteWordLeft,
    DeleteWordRight,
    DeleteToLineStart,
    DeleteToLineEnd,
    Undo,
    Redo,
}

impl Edit {
    const fn moves(self) -> bool {
        matches!(
            self,
            Self::Left
                | Self::Right
                | Self::Up
                | Self::Down
                | Self::LineStart
                | Self::LineEnd
                | Self::TextStart
                | Self::TextEnd
                | Self::WordLeft
                | Self::WordRight
        )
    }
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// The text is another one: save the draft, draw.
    Changed,
    /// Only the cursor or the selection moved: draw.
    Moved,
    /// Nothing happened, and the key may mean something to the screen.
    Ignored,
}

/// A text laid out in a width, and where the cursor is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The lines; their ranges, one after the other, are the text.
    pub lines: Vec<WrappedLine>,
    /// Row of the cursor, an index into `lines`.
    pub row: usize,
    /// Cells to the left of the cursor: 0 to the width, which is one past the last cell.
    pub column: usize,
}

/// A reply being typed.
///
/// The text never holds what [`neutralise`] takes out; the cursor is always on a boundary between
/// grapheme clusters.
#[derive(Clone, Debug)]
pub struct Editor {
    text: String,
    cursor: usize,
    anchor: Option<usize>,
    /// The column that up and down aim at, kept while they are repeated.
    goal: Option<usize>,
    width: usize,
    history: History,
}

/// Cells of the words column at 80 columns.
const DEFAULT_WIDTH: usize = 65;

impl Default for Editor {
    fn default() -> Self {
        Self::new("")
    }
}

impl Editor {
    /// An editor with `text` (neutralised), the cursor at its end and nothing to undo.
    pub fn new(text: &str) -> Self {
        let text = neutralise(text);
        let cursor = text.len();
        let history = History::default();
        Self { text, cursor, anchor: None, goal: None, width: DEFAULT_WIDTH, history }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the cursor is, in bytes of the text: always a grapheme boundary.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The selected bytes; `None` where nothing is selected.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.cursor)?;
        Some(anchor.min(self.cursor)..anchor.max(self.cursor))
    }

    /// Whether the text has nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Words of the text, by Unicode's word boundaries.
    pub fn word_count(&self) -> usize {
        self.text.unicode_words().count()
    }

    /// Sets the width in cells by which Up, Down, Home and End know the visual lines. To be called
    /// when the screen's size changes; the first width is 65.
    pub fn set_width(&mut self, width: usize) {
        if self.width != width {
            self.width = width;
            self.goal = None;
        }
    }

    /// Replaces the whole text (neutralised) as one step that can be undone, as after `$EDITOR`.
    pub fn set_text(&mut self, text: &str) {
        let text = neutralise(text);
        if text != self.text {
            self.history.seal();
            self.replace(0..self.text.len(), &text);
            self.history.seal();
        }
        self.anchor = None;
        self.goal = None;
        self.cursor = self.text.len();
    }

    /// Puts pasted text (neutralised) at the cursor, or in place of the selection, as one step.
    /// Line breaks in it are text: a paste never submits.
    pub fn paste(&mut self, text: &str) -> Handled {
        self.history.seal();
        let handled = self.insert(text);
        self.history.seal();
        handled
    }

    /// Lays the text out in `width` cells.
    pub fn layout(&self, width: usize) -> Layout {
        let lines = wrap(&self.text, width);
        let (row, column) = self.place(&lines, self.cursor);
        Layout { lines, row, column: column.min(width.max(1)) }
    }

    /// Moves the cursor to a row and column of the layout in the set width, as a click does.
    pub fn click(&mut self, row: usize, column: usize) -> Handled {
        let lines = wrap(&self.text, self.width);
        let row = row.min(lines.len().saturating_sub(1));
        let target = self.byte_at(&lines, row, column);
        let selected = self.selection();
        self.anchor = None;
        self.go_to(target, selected.as_ref())
    }

    /// Takes a key. Enter without modifiers is never handled here: it is the screen's, to submit.
    pub fn handle(&mut self, key: KeyEvent) -> Handled {
        if let Some((edit, select)) = keys::edit_of(key) {
            return self.apply(edit, select && edit.moves());
        }
        let modifiers = key.modifiers.difference(KeyModifiers::SHIFT);
        // Windows reports AltGr as Ctrl+Alt.
        let plain =
            modifiers.is_empty() || modifiers == (KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(character) if plain => {
                let mut buffer = [0; 4];
                self.insert(character.encode_utf8(&mut buffer))
            }
            _ => Handled::Ignored,
        }
    }

    /// Does one edit; `select` extends the selection with a move instead of dropping it.
    pub fn apply(&mut self, edit: Edit, select: bool) -> Handled {
        if edit.moves() {
            return self.go(edit, select);
        }
        self.goal = None;
        match edit {
            Edit::NewLine => self.insert("\n"),
            Edit::Undo => self.step(History::undo),
            Edit::Redo => self.step(History::redo),
            Edit::DeleteLeft => self.delete_to(self.previous(self.cursor)),
            Edit::DeleteRight => self.delete_to(self.next(self.cursor)),
            Edit::DeleteWordLeft => {
                self.delete_to(self.snap_back(words::back(&self.text, self.cursor)))
            }
            Edit::DeleteWordRight => {
                self.delete_to(self.snap(words::forward(&self.text, self.cursor)))
            }
            Edit::DeleteToLineStart => {
                self.delete_to(self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1))
            }
            Edit::DeleteToLineEnd => self.delete_to(
                self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at),
            ),
            _ => Handled::Ignored,
        }
    }

    fn go(&mut self, edit: Edit, select: bool) -> Handled {
        let selected = self.selection();
        if select {
            self.anchor = self.anchor.or(Some(self.cursor));
        } else {
            self.anchor = None;
            // Without Shift, Left and Right first close the selection, on their own side.
            match (edit, &selected) {
                (Edit::Left, Some(range)) => return self.go_to(range.start, Some(range)),
                (Edit::Right, Some(range)) => return self.go_to(range.end, Some(range)),
                _ => {}
            }
        }
        let mut goal = None;
        let target = match edit {
            Edit::Left => self.previous(self.cursor),
            Edit::Right => self.next(self.cursor),
            Edit::WordLeft => self.snap_back(words::back(&self.text, self.cursor)),
            Edit::WordRight => self.snap(words::forward(&self.text, self.cursor)),
            Edit::TextStart => 0,
            Edit::TextEnd => self.text.len(),
            _ => {
                let lines = wrap(&self.text, self.width);
                let (row, column) = self.place(&lines, self.cursor);
                match edit {
                    Edit::LineStart => lines[row].range.start,
                    Edit::LineEnd => self.last_place(&lines, row),
                    Edit::Up | Edit::Down => {
                        let aim = self.goal.unwrap_or(column);
                        goal = Some(aim);
                        let next =
                            if edit == Edit::Up { row.checked_sub(1) } else { Some(row + 1) };
                        match next.filter(|next| *next < lines.len()) {
                            Some(next) => self.byte_at(&lines, next, aim),
                            None if edit == Edit::Up => 0,
                            None => self.text.len(),
                        }
                    }
                    _ => self.cursor,
                }
            }
        };
        let handled = self.go_to(target, selected.as_ref());
        self.goal = goal;
        handled
    }

    fn go_to(&mut self, target: usize, selected: Option<&Range<usize>>) -> Handled {
        self.history.seal();
        self.goal = None;
        let moved = target != self.cursor;
        self.cursor = target;
        if moved || selected != self.selection().as_ref() {
            Handled::Moved
        } else {
            Handled::Ignored
        }
    }

    fn insert(&mut self, text: &str) -> Handled {
        let text = neutralise(text);
        if text.is_empty() {
            return Handled::Ignored;
        }
        let range = self.selection().unwrap_or(self.cursor..self.cursor);
        self.replace(range, &text);
        Handled::Changed
    }

    /// Deletes the selection or, where there is none, from the cursor to `target`.
    fn delete_to(&mut self, target: usize) -> Handled {
        let range = self.selection().unwrap_or(target.min(self.cursor)..target.max(self.cursor));
        if range.is_empty() {
            return Handled::Ignored;
        }
        self.replace(range, "");
        Handled::Changed
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        let start = range.start;
        let change = Change {
            at: start,
            removed: self.text[range.clone()].to_owned(),
            inserted: with.to_owned(),
            cursor_before: self.cursor,
        };
        self.text.replace_range(range, with);
        self.history.record(change);
        self.anchor = None;
        self.goal = None;
        // What was typed may have joined with what follows into one cluster.
        self.cursor = self.snap(start + with.len());
    }

    fn step(&mut self, step: fn(&mut History, &mut String) -> Option<usize>) -> Handled {
        let Some(cursor) = step(&mut self.history, &mut self.text) else {
            return Handled::Ignored;
        };
        self.anchor = None;
        self.cursor = self.snap(cursor);
        Handled::Changed
    }

    /// Row and column of a byte of the text.
    fn place(&self, lines: &[WrappedLine], at: usize) -> (usize, usize) {
        let row = lines.partition_point(|line| line.range.start <= at).saturating_sub(1);
        let column =
            lines.get(row).and_then(|line| self.text.get(line.range.start..at)).map_or(0, cells);
        (row, column)
    }

    /// The boundary on `row` that is nearest to `column` from the left.
    fn byte_at(&self, lines: &[WrappedLine], row: usize, column: usize) -> usize {
        let last = self.last_place(lines, row);
        let mut at = lines[row].range.start;
        let mut used = 0;
        while at < last {
            let Some((grapheme, size)) = grapheme_at(&self.text, at) else { break };
            if used + size > column {
                break;
            }
            used += size;
            at += grapheme.len();
        }
        at
    }

    /// The last place on `row` where the cursor can stand and still be on that row.
    fn last_place(&self, lines: &[WrappedLine], row: usize) -> usize {
        let line = &lines[row];
        if line.shown_end < line.range.end || row + 1 == lines.len() {
            line.shown_end
        } else {
            self.previous(line.range.end).max(line.range.start)
        }
    }

    fn previous(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn next(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn is_boundary(&self, at: usize) -> bool {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        self.text.is_char_boundary(at) && cursor.is_boundary(&self.text, 0).unwrap_or(false)
    }

    /// `at`, or the next grapheme boundary where it is none.
    fn snap(&self, at: usize) -> usize {
        if at >= self.text.len() {
            self.text.len()
        } else if self.is_boundary(at) {
            at
        } else {
            self.next(at)
        }
    }

    /// `at`, or the grapheme boundary before it where it is none.
    fn snap_back(&self, at: usize) -> usize {
        if self.is_boundary(at) { at } else { self.previous(at) }
    }
}
