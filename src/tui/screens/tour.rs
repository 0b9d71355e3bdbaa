//! The tour: how it works, in ten lines. Enter begins, Esc closes it.

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Row, Words};
use super::super::widgets::scroll;
use super::super::widgets::transcript::{Block, lay};
use super::at_work;
use crate::practice::plan::Request;
use crate::practice::{Stamp, wording};

/// The ten lines, each under its word.
const LINES: [(&str, &str); 9] = [
    ("Moment", "You asked for something; the client pushes back."),
    ("Notice", "What is strongest in you? One key, or Enter for nothing."),
    ("Reply", "Say it aloud, then type what you said."),
    ("Judge", "Was it resistance, and what was your reply? Before the feedback."),
    ("Feedback", "One thing to keep, one to change, in your own words."),
    ("Again", "The same client, until your reply meets them: four tries at most."),
    ("Compare", "Then how others replied, and what may be heard."),
    ("Between", "Short ones: is it resistance? Which reply would you choose?"),
    ("Yours", "All you type stays on this machine. w says why, d disagrees."),
];

/// The tour.
#[derive(Debug, Default)]
pub struct TourLayer {
    offset: usize,
    news: String,
}

impl TourLayer {
    /// The tour from its first line.
    pub fn new() -> Self {
        Self::default()
    }

    fn rows(&self, room: Room) -> Vec<Row> {
        let line = |(label, words): (&str, &str)| Block::new(label, words).joined();
        let mut blocks: Vec<Block> = LINES.into_iter().map(line).collect();
        blocks.push(line(("Labels", wording::LABELS)));
        blocks.push(line(("", wording::NO_DECISION)));
        if !self.news.is_empty() {
            blocks.push(Block::new("", Words::of(Role::Plain, self.news.as_str())));
        }
        let mut rows = if room.density.air { vec![Row::blank(); 2] } else { Vec::new() };
        rows.extend(lay(&blocks, room.width, room.marks, room.density));
        rows
    }
}

impl Layer for TourLayer {
    fn context(&self) -> Context {
        Context::Tour
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        match action {
            Action::Enter => match hands.begin(&Request::today()) {
                Ok(practice) => Turn::Replace(at_work(practice, hands.now)),
                Err(why) => {
                    self.news = why.to_string();
                    Turn::Draw
                }
            },
            Action::Back => Turn::Pop,
            action => {
                let height = hands.room.height;
                let last = self.rows(hands.room).len().saturating_sub(height);
                match scroll::scrolled(self.offset, action, height, last) {
                    Some(offset) if offset != self.offset => {
                        self.offset = offset;
                        Turn::Draw
                    }
                    _ => Turn::Same,
                }
            }
        }
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        View {
            heading: Heading {
                title: "Tour".to_owned(),
                tail: "how it works, in ten lines".to_owned(),
                ..Heading::default()
            },
            rows: self.rows(room),
            offset: self.offset,
            hints: hints(Context::Tour, &Shown::default()),
            ..View::default()
        }
    }
}
