//! One drawing of a screen: the constant places filled from a view.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::footer;
use super::places::{GUTTER, Places, TooSmall};
use super::row::{Edge, Row, Words, put, put_words};
use super::scroll::{Window, window};
use crate::tui::keys::Hint;
use crate::tui::marks::Marks;
use crate::tui::theme::{Role, Theme};
use crate::tui::wrap::wrap;

/// Row 1: where I am.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The screen, with its count: "Respond 3 of 8".
    pub title: String,
    /// The steps or pages, in order.
    pub steps: &'a [&'a str],
    /// Which of them this is.
    pub step: usize,
    /// What else: "try 2 of 4".
    pub tail: String,
}

impl Heading<'_> {
    /// The line in `room` cells: the steps give way first, then the tail.
    pub fn line(&self, room: usize, with_steps: bool, marks: &Marks) -> String {
        let steps = self
            .steps
            .iter()
            .enumerate()
            .map(
                |(index, step)| {
                    if index == self.step { format!("[{step}]") } else { (*step).to_owned() }
                },
            )
            .collect::<Vec<_>>()
            .join(&format!(" {} ", marks.dot));
        let now = self.steps.get(self.step).map(|step| format!("[{step}]")).unwrap_or_default();
        let join = |parts: &[&str]| {
            parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("   ")
        };
        let full = join(&[&self.title, &steps, &self.tail]);
        if with_steps && crate::tui::wrap::cells(&full) <= room {
            return full;
        }
        let short = join(&[&self.title, &now, &self.tail]);
        if crate::tui::wrap::cells(&short) <= room { short } else { self.title.clone() }
    }
}

/// Everything that one screen shows.
#[derive(Clone, Debug, Default)]
pub struct View<'a> {
    /// Row 1.
    pub heading: Heading<'a>,
    /// Row 2, where there is air: the setting, and about whom. Muted.
    pub setting: String,
    /// Rows that stay in view: the direction and the client.
    pub pinned: Vec<Row>,
    /// Rows that scroll below them.
    pub rows: Vec<Row>,
    /// How many of them are scrolled away; more than there are is as many as can be.
    pub offset: usize,
    /// Rows beside the column where there is room, each at most 34 cells and without a bar.
    pub side: Vec<Row>,
    /// What was kept, and other short news.
    pub kept: String,
    /// The bottom line.
    pub hints: Vec<Hint>,
    /// The cursor: a row of `rows` and a cell in its words.
    pub cursor: Option<(usize, usize)>,
    /// The cursor, where it is in a row of `pinned`.
    pub pinned_cursor: Option<(usize, usize)>,
    /// A list or chart, which may widen.
    pub wide: bool,
}

/// What a drawing left to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Where the cursor belongs; `None` hides it.
    pub cursor: Option<Position>,
    /// What of the rows is in view; `None` where the terminal is too small.
    pub window: Option<Window>,
}

/// Draws a view on the whole of a buffer.
pub fn draw(view: &View<'_>, theme: &Theme, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    match Places::of(area, view.wide) {
        Ok(places) => draw_in(view, &places, theme, buffer),
        Err(too_small) => {
            draw_too_small(too_small, area, buffer);
            Drawn { cursor: None, window: None }
        }
    }
}

/// Draws a view on a frame of the terminal, with the cursor where it belongs.
pub fn render(view: &View<'_>, theme: &Theme, frame: &mut Frame<'_>) -> Drawn {
    let drawn = draw(view, theme, frame.buffer_mut());
    if let Some(cursor) = drawn.cursor {
        frame.set_cursor_position(cursor);
    }
    drawn
}

fn draw_too_small(too_small: TooSmall, area: Rect, buffer: &mut Buffer) {
    let text = too_small.to_string();
    let lines = wrap(&text, usize::from(area.width));
    for (y, line) in (area.top()..area.bottom()).zip(&lines) {
        put(buffer, (area.x, y), line.shown(&text), area.width, ratatui::style::Style::new());
    }
}

fn draw_in(view: &View<'_>, places: &Places, theme: &Theme, buffer: &mut Buffer) -> Drawn {
    let x = places.gutter_x();
    let room = places.page.width.saturating_sub(2);
    let heading = view.heading.line(usize::from(room), places.density.steps, theme.marks);
    put_words(buffer, (x, places.heading.y), &Words::from(heading), room, theme);

    if places.density.air {
        let setting = Words::of(Role::Muted, view.setting.as_str());
        put_words(buffer, (x, places.heading.y.saturating_add(1)), &setting, room, theme);
    }

    let height = usize::from(places.body.height);
    let window = window(view.pinned.len(), view.rows.len(), height, view.offset);
    let shown = view.rows.get(window.shown.clone()).unwrap_or_default();
    let drawn = view.pinned.iter().take(window.pinned).chain(shown);
    for (y, row) in (places.body.y..places.body.bottom()).zip(drawn) {
        draw_row(row, places, y, theme, buffer);
    }
    if let Some(side) = places.side {
        for (y, row) in (side.y..side.bottom()).zip(&view.side) {
            let label = if row.label.cells() > 0 {
                row.label.clone().and(Role::Plain, "  ")
            } else {
                Words::default()
            };
            put_words(buffer, (side.x, y), &label.then(row.words.clone()), side.width, theme);
        }
    }
    draw_last_rows(view, places, &window, theme, buffer);

    let scrolled = view.cursor.and_then(|(row, column)| {
        let row = window.shown.contains(&row).then(|| row - window.shown.start + window.pinned)?;
        Some((row, column))
    });
    let pinned = view.pinned_cursor.filter(|(row, _)| *row < window.pinned);
    let cursor = pinned.or(scrolled).and_then(|(row, column)| {
        let x = places.words_x().saturating_add(u16::try_from(column).ok()?);
        let y = places.body.y.saturating_add(u16::try_from(row).ok()?);
        buffer.area.contains(Position { x, y }).then_some(Position { x, y })
    });
    Drawn { cursor, window: Some(window) }
}

fn draw_row(row: &Row, places: &Places, y: u16, theme: &Theme, buffer: &mut Buffer) {
    // A row without words is a caption: its label has the whole row.
    let caption = row.words.spans().is_empty() && row.edge == Edge::None;
    let label = if caption { places.body.width.saturating_sub(2) } else { GUTTER };
    put_words(buffer, (places.gutter_x(), y), &row.label, label, theme);
    let (mark, role) = match row.edge {
        Edge::None => ("", Role::Plain),
        Edge::Bar => (theme.marks.bar, Role::Client),
        Edge::Focus => (theme.marks.focus, Role::Plain),
    };
    put(buffer, (places.bar_x(), y), mark, 1, theme.style(role));
    put_words(buffer, (places.words_x(), y), &row.words, places.words_width(), theme);
}

fn draw_last_rows(
    view: &View<'_>,
    places: &Places,
    window: &Window,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let x = places.gutter_x();
    let room = places.page.width.saturating_sub(2);
    let marks = theme.marks;
    let more = match (window.above, window.below) {
        (_, true) => format!("{} more", marks.more_below),
        (true, false) => format!("{} more", marks.more_above),
        (false, false) => String::new(),
    };
    let more_cells = u16::try_from(crate::tui::wrap::cells(&more)).unwrap_or(room);
    let more_x = x.saturating_add(room.saturating_sub(more_cells));
    let muted = theme.style(Role::Muted);
    let gap = if more.is_empty() { 0 } else { more_cells.saturating_add(3) };
    let mut keys_room = room;
    if let Some(kept) = places.kept {
        let words = Words::of(Role::Muted, view.kept.as_str());
        put_words(buffer, (x, kept.y), &words, room.saturating_sub(gap), theme);
        put(buffer, (more_x, kept.y), &more, more_cells, muted);
    } else {
        keys_room = room.saturating_sub(gap);
        put(buffer, (more_x, places.keys.y), &more, more_cells, muted);
    }
    let end = x.saturating_add(keys_room);
    for placed in footer::fit(&view.hints, usize::from(keys_room)) {
        let at = x.saturating_add(u16::try_from(placed.x).unwrap_or(room));
        let line = format!("{} {}", placed.hint.key, placed.hint.words);
        put(buffer, (at, places.keys.y), &line, end.saturating_sub(at), theme.style(Role::Plain));
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
