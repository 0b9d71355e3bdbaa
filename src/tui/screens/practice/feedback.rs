//! The feedback on a reply; where the scorer is not sure, the call is the trainee's.

use crate::practice::{Answer, Standing, wording};
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;

use super::attempt::{self, attempt_view};
use super::scene::{RESPOND, Scene, below, option, showing, try_of};

/// The screen of the attempt at an index. `retries` is whether Enter leads to another try.
pub fn view(scene: &Scene<'_>, index: usize, retries: bool) -> View<'static> {
    let session = scene.session;
    let Some(attempt) = session.attempts().get(index) else { return View::default() };
    let standing = session.standing(index);
    let vignette = session.item().map(|item| item.vignette.as_ref());
    let laid = attempt_view(attempt, session.tries(), vignette, session.notes(), scene.room);
    let mut view = scene.view(RESPOND, 3, false);
    view.heading.tail = try_of(usize::from(attempt.try_number));
    view.pinned = laid.pinned;
    view.side = laid.side;
    view.rows = laid.rows;
    if standing == Standing::Unsure {
        let (rows, asked) = unsure_rows(scene, index);
        view.rows = rows;
        view.offset = showing(&view, asked, scene.room);
    }

    let mut hidden = Vec::new();
    if !session.may_try_again() || (standing == Standing::Missed && retries) {
        hidden.push(Action::Again);
    }
    if !session.may_dispute() {
        hidden.push(Action::Disagree);
    }
    if session.tries().len() < 2 {
        hidden.push(Action::AllTries);
    }
    let enter = match standing {
        Standing::Missed if retries => "try again",
        _ => "compare",
    };
    let words = [(Action::Enter, enter)];
    let shown = Shown { hidden: &hidden, words: &words, ..Shown::default() };
    let context = if standing == Standing::Unsure { Context::Unsure } else { Context::Feedback };
    view.hints = hints(context, &shown);
    view
}

/// The question stands directly below the verdict; with the rows comes the last of its answers'.
fn unsure_rows(scene: &Scene<'_>, index: usize) -> (Vec<Row>, usize) {
    let session = scene.session;
    let attempt = &session.attempts()[index];
    let Answer::Responded(responded) = &attempt.answer else { return (Vec::new(), 0) };
    let room = scene.room;
    let vignette = session.item().map(|item| item.vignette.as_ref());
    let blocks = attempt::verdict_blocks(attempt, responded, vignette, room.marks);
    let mut rows = below(&blocks, room);
    rows.extend(call_rows(&attempt.shown.client, room));
    let asked = rows.len().saturating_sub(3);
    let said = attempt::said_blocks(responded);
    if !said.is_empty() {
        rows.extend(below(&said, room));
    }
    (rows, asked)
}

fn call_rows(client: &str, room: Room) -> Vec<Row> {
    let asked = format!("Did it meet {client}, with no push?");
    let mut rows = below(&[Block::new("Your call", asked)], room);
    rows.push(Row::blank());
    rows.extend(option(1, &Words::from("yes, and I would say it again"), false, room.width));
    rows.extend(option(2, &Words::from("not quite"), false, room.width));
    rows.push(Row::blank());
    rows.push(Row::words(format!("{} {client} follows either way.", wording::A_MODEL_REPLY)));
    rows
}
