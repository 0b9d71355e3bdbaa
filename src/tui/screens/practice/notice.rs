//! What is strongest, and how strong: two keys before the reply, either of which may be passed.

use crate::practice::{Feeling, wording};
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Edge, Row, Words};
use crate::tui::wrap::cells;

use super::scene::{RESPOND, Scene, showing};

const DIGITS: &str = "1 2 3 4 5 6 7 8 9";
const IN_A_COLUMN: usize = 3;
/// Cells at which the three columns start, where there is room and where there is little.
const COLUMNS: ([usize; 3], [usize; 3]) = ([0, 17, 32], [0, 16, 28]);

/// The screen; once a feeling is named its strength is asked.
pub fn view(scene: &Scene<'_>, named: Option<Feeling>) -> View<'static> {
    let mut view = scene.view(RESPOND, 0, true);
    view.rows = vec![
        Row::blank(),
        Row::labelled("Notice", "What is strongest in you, right now?"),
        Row::blank(),
    ];
    view.rows.extend((0..IN_A_COLUMN).map(|row| feelings(row, named, scene)));
    view.rows.push(Row::blank());
    // The row is there before it is asked, so that nothing moves when it is.
    view.rows.push(match named {
        Some(_) => Row::labelled("How strong", DIGITS),
        None => Row::blank(),
    });
    view.rows.push(Row::blank());
    view.rows.push(Row::words(wording::NOT_ABOUT_YOU));
    if named.is_some() {
        view.offset = showing(&view, view.rows.len().saturating_sub(1), scene.room);
    }
    let enter = if named.is_some() { "go on" } else { "nothing, or go on" };
    let shown = Shown { words: &[(Action::Enter, enter)], ..Shown::default() };
    view.hints = hints(Context::Notice, &shown);
    view
}

fn feelings(row: usize, named: Option<Feeling>, scene: &Scene<'_>) -> Row {
    let columns = if scene.room.width >= 49 { COLUMNS.0 } else { COLUMNS.1 };
    let mut words = Words::default();
    let mut edge = Edge::None;
    for (column, start) in columns.into_iter().enumerate() {
        let index = column * IN_A_COLUMN + row;
        let Some(feeling) = Feeling::ALL.get(index).copied() else { continue };
        let focus = named == Some(feeling);
        let gap = start.saturating_sub(words.cells());
        if focus && column == 0 {
            edge = Edge::Focus;
        }
        let mark = if focus && column > 0 { scene.room.marks.focus } else { "" };
        let before = gap.saturating_sub(if mark.is_empty() { 0 } else { cells(mark) + 1 });
        words = words.and(Role::Plain, " ".repeat(before));
        if !mark.is_empty() {
            words = words.and(Role::Plain, format!("{mark} "));
        }
        let role = if focus { Role::Focus } else { Role::Plain };
        words = words.and(role, format!("{} {}", index + 1, feeling.words()));
    }
    Row::words(words).with_edge(edge)
}
