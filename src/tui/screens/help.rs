//! Help: the keys of the screen below, Here first.

use ratatui::crossterm::event::KeyEvent;

use super::super::editor::{Editor, Handled};
use super::super::keys::{Action, Context, HelpGroup, Shown, help};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Edge, Row, Words};
use super::super::widgets::{editor_view, scroll};
use super::super::wrap::cells;
use crate::practice::Stamp;

/// Cells of the keys' column, where the words beside it have room.
const KEYS: usize = 10;

/// Help over another screen, whose title and client stay in view.
#[derive(Debug)]
pub struct HelpLayer {
    about: Context,
    title: String,
    pinned: Vec<Row>,
    filter: Option<Editor>,
    typing: bool,
    offset: usize,
}

impl HelpLayer {
    /// Help for a context, below the title and the pinned rows of its screen.
    pub fn new(about: Context, title: String, pinned: Vec<Row>) -> Self {
        Self { about, title, pinned, filter: None, typing: false, offset: 0 }
    }

    fn filter(&self) -> &str {
        self.filter.as_ref().map_or("", Editor::text)
    }

    fn rows(&self, width: usize) -> Vec<Row> {
        let groups = help(self.about, self.filter());
        if groups.is_empty() {
            return vec![Row::words(Words::of(Role::Muted, "No key has that in its words."))];
        }
        let mut rows = Vec::new();
        for group in &groups {
            if !rows.is_empty() {
                rows.push(Row::blank());
            }
            rows.extend(group_rows(group, width));
        }
        rows
    }
}

fn group_rows(group: &HelpGroup, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (keys, long) in &group.rows {
        let label = if rows.is_empty() { group.name } else { "" };
        let gap = if cells(keys) < KEYS { KEYS - cells(keys) } else { 3 };
        if cells(keys) + gap + cells(long) <= width {
            let words = format!("{keys}{}{long}", " ".repeat(gap));
            rows.push(Row::labelled(label, words));
        } else {
            rows.push(Row::labelled(label, keys.as_str()));
            rows.push(Row::words(format!("{}{long}", " ".repeat(KEYS))));
        }
    }
    rows
}

impl Layer for HelpLayer {
    fn context(&self) -> Context {
        if self.typing { Context::Filtering } else { Context::Help }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        match action {
            Action::Filter => {
                self.typing = true;
                self.filter.get_or_insert_with(Editor::default);
            }
            Action::Enter if self.typing => self.typing = false,
            Action::Back if self.filter.is_some() => {
                (self.typing, self.filter, self.offset) = (false, None, 0);
            }
            Action::Back | Action::Enter => return Turn::Pop,
            action => {
                let rows = self.rows(hands.room.width).len();
                let window =
                    scroll::window(self.pinned_rows().len(), rows, hands.room.height, self.offset);
                let room = window.shown.len();
                let last = rows.saturating_sub(room);
                match scroll::scrolled(self.offset, action, room, last) {
                    Some(offset) if offset != self.offset => self.offset = offset,
                    _ => return Turn::Same,
                }
            }
        }
        Turn::Draw
    }

    fn key(&mut self, key: KeyEvent, _hands: &mut Hands<'_>) -> Turn {
        let Some(filter) = self.filter.as_mut().filter(|_| self.typing) else { return Turn::Same };
        if filter.handle(key) == Handled::Ignored {
            return Turn::Same;
        }
        self.offset = 0;
        Turn::Draw
    }

    fn paste(&mut self, text: &str, _hands: &mut Hands<'_>) -> Turn {
        let Some(filter) = self.filter.as_mut().filter(|_| self.typing) else { return Turn::Same };
        filter.paste(&text.replace('\n', " "));
        self.offset = 0;
        Turn::Draw
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let pinned = self.pinned_rows();
        let pinned_cursor = self.filter.as_ref().filter(|_| self.typing).map(|filter| {
            let (_, (_, column)) = editor_view::rows(filter, "", usize::MAX);
            (pinned.len().saturating_sub(2), column)
        });
        View {
            heading: Heading { title: self.title.clone(), ..Heading::default() },
            pinned,
            rows: self.rows(room.width),
            offset: self.offset,
            hints: hints(self.context(), &Shown::default()),
            pinned_cursor,
            ..View::default()
        }
    }
}

impl HelpLayer {
    /// The rows of the screen below, then the filter.
    fn pinned_rows(&self) -> Vec<Row> {
        let mut pinned = self.pinned.clone();
        if !pinned.is_empty() && pinned.last().is_some_and(|row| *row != Row::blank()) {
            pinned.push(Row::blank());
        }
        if let Some(filter) = &self.filter {
            let (rows, _) = editor_view::rows(filter, "Find", usize::MAX);
            let edge = if self.typing { Edge::Focus } else { Edge::None };
            pinned.extend(rows.into_iter().take(1).map(|row| Row { edge, ..row }));
            pinned.push(Row::blank());
        }
        pinned
    }
}
