//! A list with a focus and a filter, as every list on screen has it.

use ratatui::crossterm::event::KeyEvent;

use super::super::editor::{Editor, Handled};
use super::super::keys::{Action, Context};
use super::super::marks::Marks;
use super::super::theme::Role;
use super::super::widgets::frame::View;
use super::super::widgets::row::{Edge, Row, Words};
use super::super::widgets::{editor_view, scroll, table};

/// Focus, filter and what is scrolled away.
#[derive(Clone, Debug, Default)]
pub struct List {
    focus: usize,
    offset: usize,
    filter: Option<Editor>,
    typing: bool,
}

/// What an action did to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing of the list's changed, and the action is not its own.
    Ignored,
    /// Draw.
    Draw,
    /// Open the item at this index of those shown.
    Open(usize),
    /// Leave the list.
    Back,
}

impl List {
    /// The context of its screen, or that of typing a filter.
    pub const fn context(&self, own: Context) -> Context {
        if self.typing { Context::Filtering } else { own }
    }

    /// What is filtered by; empty for everything.
    pub fn filter(&self) -> &str {
        self.filter.as_ref().map_or("", Editor::text)
    }

    /// The item in focus, of those shown.
    pub const fn focus(&self) -> usize {
        self.focus
    }

    /// Moves the focus to an item.
    pub const fn set_focus(&mut self, focus: usize) {
        self.focus = focus;
    }

    /// Takes an action; `length` items are shown, `height` rows of them at once.
    pub fn act(&mut self, action: Action, length: usize, height: usize) -> Moved {
        let room = height.saturating_sub(self.pinned_rows());
        match action {
            Action::Filter => {
                self.typing = true;
                self.filter.get_or_insert_with(Editor::default);
            }
            Action::Enter if self.typing => self.typing = false,
            Action::Back if self.typing || self.filter.is_some() => {
                self.typing = false;
                self.filter = None;
                (self.focus, self.offset) = (0, 0);
            }
            Action::Enter if self.focus < length => return Moved::Open(self.focus),
            Action::Back => return Moved::Back,
            action => {
                let Some(focus) = table::moved(self.focus, action, length, room) else {
                    return Moved::Ignored;
                };
                self.focus = focus;
                self.offset = scroll::follow(self.offset, focus, room);
            }
        }
        Moved::Draw
    }

    /// Takes a key of the filter's; whether anything changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let Some(filter) = self.filter.as_mut().filter(|_| self.typing) else { return false };
        let handled = filter.handle(key);
        if handled == Handled::Changed {
            self.changed();
        }
        handled != Handled::Ignored
    }

    /// Takes pasted text into the filter; whether anything changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(filter) = self.filter.as_mut().filter(|_| self.typing) else { return false };
        filter.paste(text);
        self.changed();
        true
    }

    fn changed(&mut self) {
        (self.focus, self.offset) = (0, 0);
        if let Some(filter) = &mut self.filter
            && filter.text().contains('\n')
        {
            let line = filter.text().replace('\n', " ");
            filter.set_text(&line);
        }
    }

    /// A row was clicked: the first click moves the focus there, the second opens it.
    pub fn clicked(&mut self, row: usize, length: usize) -> Moved {
        if row >= length {
            return Moved::Ignored;
        }
        if row == self.focus {
            return Moved::Open(row);
        }
        self.focus = row;
        Moved::Draw
    }

    fn pinned_rows(&self) -> usize {
        2 * usize::from(self.filter.is_some())
    }

    /// Puts the list into a view: the filter pinned, the items below it, the cursor on the focus.
    /// `empty` is said where nothing is shown.
    pub fn show(
        &self,
        view: &mut View<'_>,
        items: &[Vec<String>],
        empty: &str,
        width: usize,
        height: usize,
        marks: &Marks,
    ) {
        if let Some(filter) = &self.filter {
            let (mut rows, (_, column)) = editor_view::rows(filter, "Filter", usize::MAX);
            if !self.typing {
                rows = rows.into_iter().map(|row| Row { edge: Edge::None, ..row }).collect();
            }
            rows.truncate(1);
            rows.push(Row::blank());
            view.pinned.extend(rows);
            if self.typing {
                view.pinned_cursor = Some((0, column));
            }
        }
        let room = height.saturating_sub(view.pinned.len());
        let focus = self.focus.min(items.len().saturating_sub(1));
        view.offset = scroll::follow(self.offset, focus, room);
        if items.is_empty() {
            let said =
                if self.filter().is_empty() { empty } else { "Nothing has all of that in it." };
            view.rows.push(Row::words(Words::of(Role::Muted, said)));
            return;
        }
        view.rows.extend(table::rows(items, Some(focus), width, marks));
        if !self.typing {
            view.cursor = Some((focus, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::{List, Moved};
    use crate::tui::keys::{Action, Context};

    fn key(character: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE)
    }

    #[test]
    fn esc_clears_the_filter_before_it_leaves() {
        let mut list = List::default();
        assert_eq!(list.act(Action::Down, 3, 10), Moved::Draw);
        list.act(Action::Filter, 3, 10);
        assert_eq!(list.context(Context::Packs), Context::Filtering);
        assert!(list.key(key('r')) && list.paste("u\nth"));
        assert_eq!((list.filter(), list.focus()), ("ru th", 0));
        list.act(Action::Enter, 1, 10);
        assert_eq!(list.context(Context::Packs), Context::Packs);
        assert_eq!(list.act(Action::Enter, 1, 10), Moved::Open(0));
        assert_eq!(list.act(Action::Back, 1, 10), Moved::Draw);
        assert_eq!(list.filter(), "");
        assert_eq!(list.act(Action::Back, 3, 10), Moved::Back);
        assert_eq!(list.act(Action::Enter, 0, 10), Moved::Ignored);
    }

    #[test]
    fn a_second_click_opens() {
        let mut list = List::default();
        assert_eq!(list.clicked(2, 3), Moved::Draw);
        assert_eq!(list.clicked(2, 3), Moved::Open(2));
        assert_eq!(list.clicked(3, 3), Moved::Ignored);
    }
}
