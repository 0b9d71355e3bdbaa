//! What Esc asks before a set is left, and what `o` asks before a topic is.

use crate::practice::{Session, Step, wording};
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;

use super::scene::{below, option, showing};

/// A way out of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Stop for today.
    Stop,
    /// Leave it as it is; the home screen offers to go on.
    Pause,
    /// Leave this statement out.
    Skip,
    /// End the set; the reaction form follows.
    End,
    /// Not after all.
    GoOn,
}

impl Way {
    /// The words of its row.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stop => wording::STOP,
            Self::Pause => "pause: it waits on the home screen",
            Self::Skip => "leave this statement out, and on to the next",
            Self::End => "end the set here",
            Self::GoOn => "go on",
        }
    }
}

/// The ways out of the present step, in the order of their digits; stopping comes first after a
/// strong reaction.
pub fn ways(session: &Session) -> Vec<Way> {
    let can_end = session.item().is_some() && session.can_end();
    let typing = matches!(session.step(), Step::Reply { .. });
    let mut ways = Vec::new();
    if session.offers_stop() && session.can_stop() {
        ways.push(Way::Stop);
    }
    ways.push(Way::Pause);
    if typing {
        ways.push(Way::Skip);
    }
    if can_end {
        ways.push(Way::End);
    }
    ways.push(Way::GoOn);
    ways
}

/// The question below the moment of a view, which keeps its heading.
pub fn over(view: View<'static>, session: &Session, focus: usize, room: Room) -> View<'static> {
    let ways: Vec<&str> = ways(session).into_iter().map(Way::words).collect();
    let question = match session.step() {
        Step::Reply { .. } => "Your draft is kept. What now?",
        _ => "All is kept. What now?",
    };
    asked(view, Block::new("Leave", question), &ways, focus, room)
}

/// The topics of the open statement, to choose the one that is left out for good.
pub fn topics_over(
    view: View<'static>,
    session: &Session,
    focus: usize,
    room: Room,
) -> View<'static> {
    let topics = topics(session);
    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
    let question = "Which topic is left out for good, here and in every set to come?";
    asked(view, Block::new("Leave out", question), &topics, focus, room)
}

/// The topics of the open statement.
pub fn topics(session: &Session) -> Vec<String> {
    session.item().map(|item| item.vignette.topics.clone()).unwrap_or_default()
}

fn asked(
    mut view: View<'static>,
    question: Block,
    answers: &[&str],
    focus: usize,
    room: Room,
) -> View<'static> {
    let mut rows = below(&[question], room);
    rows.push(Row::blank());
    for (index, words) in answers.iter().enumerate() {
        rows.extend(option(index + 1, &Words::from(*words), index == focus, room.width));
    }
    view.rows = rows;
    view.offset = showing(&view, view.rows.len().saturating_sub(1), room);
    view.cursor = None;
    view.side = Vec::new();
    let digits = u8::try_from(answers.len()).ok();
    view.hints = hints(Context::Confirm, &Shown { digits, ..Shown::default() });
    view
}
