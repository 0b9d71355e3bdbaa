//! The reply: empty, and growing down; the last try and what to change give way to it.

use crate::practice::{Answer, Attempt, wording};
use crate::tui::editor::Editor;
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::theme::Role;
use crate::tui::widgets::editor_view;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::{Block, lay};

use super::attempt::short_verdict;
use super::scene::{RESPOND, Scene, beside, showing, try_of};

/// Rows kept for the reply before what stands below it.
const KEPT_FOR_REPLY: usize = 6;

/// The screen.
pub fn view(scene: &Scene<'_>, editor: &Editor) -> View<'static> {
    let session = scene.session;
    let mut view = scene.view(RESPOND, 1, true);
    let tries = session.tries();
    view.heading.tail = try_of(tries.len() + 1);
    view.hints = hints(Context::Reply, &Shown::default());

    let (typed, (row, column)) = editor_view::rows(editor, "You", scene.room.width);
    let mut rows = vec![Row::blank()];
    rows.extend(typed);
    view.cursor = Some((row + 1, column));

    let last = tries.last();
    if scene.room.has_side() {
        view.side = last.map(|last| last_try_beside(last, scene)).unwrap_or_default();
    }
    let mut aside = Vec::new();
    if session.offers_stop() && tries.is_empty() {
        aside.push(Block::new("", Words::of(Role::Muted, wording::STRONG)));
    }
    if !scene.room.has_side() {
        aside.extend(last.map(|last| last_try(last, scene)).unwrap_or_default());
    }
    let height = scene.room.height.saturating_sub(view.pinned.len());
    let aside = lay(&aside, scene.room.width, scene.room.marks, scene.room.density);
    // It stays where it is while the reply grows, and goes when the reply needs its rows.
    let at = KEPT_FOR_REPLY.min(height.saturating_sub(aside.len())).max(2);
    if !aside.is_empty() && rows.len() < at + 1 && at + aside.len() <= height {
        rows.resize_with(at, Row::blank);
        rows.extend(aside);
    }
    view.rows = rows;
    view.offset = showing(&view, row + 1, scene.room);
    view
}

fn last_try(last: &Attempt, scene: &Scene<'_>) -> Vec<Block> {
    let Answer::Responded(responded) = &last.answer else { return Vec::new() };
    let mut blocks = Vec::new();
    if let Some(change) = &responded.change {
        blocks.push(Block::new("Change", change.as_str()));
    }
    if !scene.room.density.last_try {
        return blocks;
    }
    let label = format!("Try {}", last.try_number);
    match &responded.score {
        Some(score) => {
            blocks.push(Block::new(label, short_verdict(score, scene.room.marks)));
            blocks.push(Block::new("", responded.response.as_str()).joined());
        }
        None => blocks.push(Block::new(label, responded.response.as_str())),
    }
    blocks
}

fn last_try_beside(last: &Attempt, scene: &Scene<'_>) -> Vec<Row> {
    let Answer::Responded(responded) = &last.answer else { return Vec::new() };
    let mut rows = Vec::new();
    if let Some(change) = &responded.change {
        rows.extend(beside("Change", &Words::from(change.as_str())));
        rows.push(Row::blank());
    }
    rows.extend(super::attempt::try_beside(last, scene.room));
    rows
}
