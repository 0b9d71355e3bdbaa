//! Rows: what stands in the gutter, in the bar's column and in the words' columns.

use std::ops::Range;

use ratatui::buffer::Buffer;

use crate::tui::theme::{Role, Theme};
use crate::tui::wrap::{cells, cut};

/// Words with the role of each part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    spans: Vec<(Role, String)>,
}

impl Words {
    /// Words of one role.
    pub fn of(role: Role, text: impl Into<String>) -> Self {
        Self { spans: vec![(role, text.into())] }
    }

    /// These words, and `text` after them.
    #[must_use]
    pub fn and(mut self, role: Role, text: impl Into<String>) -> Self {
        self.spans.push((role, text.into()));
        self
    }

    /// The parts in order.
    pub fn spans(&self) -> &[(Role, String)] {
        &self.spans
    }

    /// All the text.
    pub fn text(&self) -> String {
        self.spans.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// Cells on one row.
    pub fn cells(&self) -> usize {
        self.spans.iter().map(|(_, text)| cells(text)).sum()
    }

    /// The part in a byte range of the text; what is not on a boundary of characters is left out.
    #[must_use]
    pub fn part(&self, range: &Range<usize>) -> Self {
        let mut start = 0;
        let mut spans = Vec::new();
        for (role, text) in &self.spans {
            let end = start + text.len();
            let from = range.start.max(start);
            let to = range.end.min(end);
            if from < to
                && let Some(part) = text.get(from - start..to - start)
            {
                spans.push((*role, part.to_owned()));
            }
            start = end;
        }
        Self { spans }
    }

    /// These words, then `others`.
    #[must_use]
    pub fn then(mut self, others: Self) -> Self {
        self.spans.extend(others.spans);
        self
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::of(Role::Plain, text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::of(Role::Plain, text)
    }
}

/// What stands left of the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Nothing.
    #[default]
    None,
    /// The client's bar.
    Bar,
    /// The focus.
    Focus,
}

/// One row of a screen's body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In the gutter: who speaks, or what this is. Cut to the gutter's 10 cells, but where there are
    /// no words.
    pub label: Words,
    /// In the bar's column.
    pub edge: Edge,
    /// In the words' columns; cut to them.
    pub words: Words,
}

impl Row {
    /// An empty row.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A row of words only.
    pub fn words(words: impl Into<Words>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// A row of a label and words.
    pub fn labelled(label: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self { label: label.into(), words: words.into(), edge: Edge::None }
    }

    /// This row with an edge.
    #[must_use]
    pub fn with_edge(mut self, edge: Edge) -> Self {
        self.edge = edge;
        self
    }
}

/// Writes `text` at a cell, no more than `width` cells and never outside the buffer; the cell after.
pub fn put(
    buffer: &mut Buffer,
    at: (u16, u16),
    text: &str,
    width: u16,
    style: ratatui::style::Style,
) -> u16 {
    let (x, y) = at;
    let area = buffer.area;
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return x;
    }
    buffer.set_stringn(x, y, text, usize::from(width), style).0
}

/// Writes words at a cell, cut with an ellipsis where they are wider than `width`.
pub fn put_words(buffer: &mut Buffer, at: (u16, u16), words: &Words, width: u16, theme: &Theme) {
    let fits = words.cells() <= usize::from(width);
    let ellipsis = theme.marks.ellipsis;
    let end = at.0.saturating_add(width);
    let mut x = at.0;
    for (index, (role, text)) in words.spans().iter().enumerate() {
        let room = end.saturating_sub(x);
        let rest: usize = words.spans()[index + 1..].iter().map(|(_, text)| cells(text)).sum();
        let last = !fits && cells(text) + rest > usize::from(room);
        let keep = usize::from(room);
        // The part in which the room ends takes the ellipsis; what follows is not drawn.
        let shown = if last && cells(text) + usize::from(rest > 0) * cells(ellipsis) > keep {
            let ended = if rest > 0 { format!("{text}{ellipsis}") } else { text.clone() };
            let cut = cut(&ended, keep, ellipsis);
            put(buffer, (x, at.1), &cut, room, theme.style(*role));
            return;
        } else {
            text
        };
        x = put(buffer, (x, at.1), shown, room, theme.style(*role));
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Words, put_words};
    use crate::tui::theme::{Choice, Environment, Role, Theme};

    fn drawn(words: &Words, width: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let theme = Theme::new(Choice::Mono, &Environment::default());
        let unicode = Theme { marks: &crate::tui::marks::Marks::UNICODE, ..theme };
        put_words(&mut buffer, (0, 0), words, width, &unicode);
        (0..12).map(|x| buffer[(x, 0)].symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis_wherever_the_parts_divide() {
        let words = Words::of(Role::Mixed, "one").and(Role::Plain, " two");
        assert_eq!(drawn(&words, 7), "one two");
        assert_eq!(drawn(&words, 6), "one t…");
        assert_eq!(drawn(&words, 4), "one…");
        assert_eq!(drawn(&words, 3), "on…");
        assert_eq!(drawn(&words, 1), "…");
        assert_eq!(drawn(&words, 0), "");
    }

    #[test]
    fn parts_keep_their_roles() {
        let words = Words::of(Role::Mixed, "one").and(Role::Plain, " two");
        let part = words.part(&(2..5));
        assert_eq!(part.spans(), [(Role::Mixed, "e".to_owned()), (Role::Plain, " t".to_owned())]);
    }
}
