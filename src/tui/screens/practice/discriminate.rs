//! Replies to choose from, and then each with its stance and its why.

use crate::pack::ReplyStance;
use crate::practice::{Attempt, ShownReply};
use crate::rubric::Verdict;
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;
use crate::tui::wrap::wrap;

use super::attempt::note_blocks;
use super::compare::heard;
use super::scene::{DISCRIMINATE, Scene, option};

/// The screen of the question.
pub fn view(scene: &Scene<'_>, replies: &[ShownReply]) -> View<'static> {
    let mut view = scene.view(DISCRIMINATE, 0, true);
    view.rows = scene.lay(&[Block::new("Choose", "Which reply would you give?")]);
    for (digit, reply) in (1..).zip(replies) {
        view.rows.push(Row::blank());
        let words = Words::of(Role::Direction, reply.text.as_str());
        view.rows.extend(option(digit, &words, false, scene.room.width));
    }
    let digits = u8::try_from(replies.len()).ok();
    view.hints = hints(Context::Discriminate, &Shown { digits, ..Shown::default() });
    view
}

/// The screen after the choice.
pub fn explained(
    scene: &Scene<'_>,
    attempt: &Attempt,
    (replies, chosen): (&[ShownReply], usize),
) -> View<'static> {
    let mut view = scene.view(DISCRIMINATE, 1, true);
    view.rows = chosen_rows(replies, chosen, scene.room);
    let mut blocks = note_blocks(attempt, scene.session.notes());
    blocks.extend(scene.session.item().and_then(|item| heard(&item.vignette)));
    if !blocks.is_empty() {
        view.rows.extend(scene.lay(&blocks));
    }
    view.hints = hints(Context::Explained, &Shown::default());
    view
}

/// Each reply with its mark, its words, its stance and why; the one chosen has the focus.
pub(super) fn chosen_rows(replies: &[ShownReply], chosen: usize, room: Room) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, reply) in replies.iter().enumerate() {
        rows.push(Row::blank());
        let (role, mark) = stance(reply.stance, room);
        let words = Words::of(Role::Direction, reply.text.as_str());
        let mut laid = option(index + 1, &words, index == chosen, room.width);
        if let Some(first) = laid.first_mut() {
            first.label = Words::of(role, mark);
            if index == chosen {
                first.label = first.label.clone().and(Role::Plain, "  yours");
            }
        }
        rows.extend(laid);
        let name = reply.stance.word().replace('_', " ");
        let why = Words::of(role, name).and(Role::Plain, format!(": {}", reply.why));
        let text = why.text();
        rows.extend(wrap(&text, room.width.saturating_sub(2)).iter().map(|line| {
            Row::words(Words::from("  ").then(why.part(&(line.range.start..line.shown_end))))
        }));
    }
    rows
}

fn stance(stance: ReplyStance, room: Room) -> (Role, &'static str) {
    let verdict = match stance {
        ReplyStance::Supportive | ReplyStance::CarriesOn | ReplyStance::Held => Verdict::Supportive,
        ReplyStance::Mixed | ReplyStance::Overdone | ReplyStance::Avoided => Verdict::Mixed,
        ReplyStance::Directive => Verdict::Directive,
    };
    (Role::of(verdict), room.marks.verdict(verdict))
}
