//! "I see it differently", with a reason in one's own words.

use crate::tui::editor::Editor;
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::widgets::editor_view;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::Words;
use crate::tui::widgets::transcript::Block;

use super::scene::{below, option, showing};

/// What is typed, and whether leaving it is being asked about.
#[derive(Clone, Debug, Default)]
pub struct Reason {
    /// The reason.
    pub editor: Editor,
    /// Esc was pressed on a reason that is not kept: the row in focus of the question.
    pub leaving: Option<usize>,
}

/// The rows of the question before a typed reason is left.
pub const LEAVING: [&str; 3] = ["keep it", "drop it", "write on"];

/// The reason below the moment of a view, which keeps its heading.
pub fn over(mut view: View<'static>, reason: &Reason, answer: &str, room: Room) -> View<'static> {
    let mut blocks = Vec::new();
    if !answer.is_empty() {
        blocks.push(Block::new("You", answer));
    }
    blocks.push(Block::new("Differ", "How do you see it? An empty line will do."));
    let mut rows = below(&blocks, room);
    let (typed, (row, column)) = editor_view::rows(&reason.editor, "", room.width);
    let cursor = (rows.len() + row, column);
    rows.extend(typed);
    view.cursor = Some(cursor);
    view.hints = hints(Context::Reason, &Shown::default());
    let mut seen = cursor.0;
    if let Some(focus) = reason.leaving {
        rows.extend(below(&[Block::new("Unsent", "Keep what you typed?")], room));
        for (index, words) in LEAVING.into_iter().enumerate() {
            rows.extend(option(index + 1, &Words::from(words), index == focus, room.width));
        }
        seen = rows.len().saturating_sub(1);
        view.cursor = None;
        view.hints = hints(Context::Confirm, &Shown { digits: Some(3), ..Shown::default() });
    }
    view.rows = rows;
    view.offset = showing(&view, seen, room);
    view.side = Vec::new();
    view
}
