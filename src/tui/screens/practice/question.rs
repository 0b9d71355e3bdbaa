//! Once a set: what does one's own reply do that a model does not, and the other way round?

use crate::practice::{Session, wording};
use crate::tui::editor::Editor;
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::widgets::editor_view;
use crate::tui::widgets::frame::{Heading, View};
use crate::tui::widgets::transcript::Block;

use super::compare::{models, own};
use super::scene::{below, moment, setting, showing};

/// The screen, on the attempt at an index.
pub fn view(session: &Session, index: usize, editor: &Editor, room: Room) -> View<'static> {
    let Some(attempt) = session.attempts().get(index) else { return View::default() };
    let item = session.item_of(attempt);
    let mut blocks = own(attempt, session.standing(index), room);
    blocks.extend(item.map(|item| models(&item.vignette)).unwrap_or_default());
    blocks.push(Block::new("Compare", wording::COMPARE));
    let mut rows = below(&blocks, room);
    let (typed, (row, column)) = editor_view::rows(editor, "", room.width);
    let cursor = (rows.len() + row, column);
    rows.extend(typed);

    let mut view = View {
        heading: Heading {
            title: "Respond".to_owned(),
            steps: &["compare"],
            step: 0,
            tail: "one more look at the set".to_owned(),
        },
        setting: item.map(|item| setting(&item.vignette)).unwrap_or_default(),
        pinned: moment(&attempt.shown, false, room),
        rows,
        cursor: Some(cursor),
        hints: hints(
            Context::Reason,
            &Shown { words: &[(Action::Back, "end")], ..Shown::default() },
        ),
        ..View::default()
    };
    view.offset = showing(&view, cursor.0, room);
    view
}
