//! A question before something ends: a title, a line about it, and rows to choose from.

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Row, Words};
use super::super::widgets::table;
use super::super::widgets::transcript::{Block, lay};
use crate::practice::Stamp;

/// What a row of the question does.
pub type Choice = Box<dyn FnMut(&mut Hands<'_>) -> Turn>;

/// A question with rows; Esc leaves everything as it was.
pub struct ConfirmLayer {
    title: String,
    question: String,
    rows: Vec<(String, Choice)>,
    focus: usize,
}

impl ConfirmLayer {
    /// A question under a title. The rows are chosen by digit or by Enter; the turn of the one
    /// chosen is that of this layer, so that `Pop` only closes the question.
    pub fn new(
        title: impl Into<String>,
        question: impl Into<String>,
        rows: Vec<(String, Choice)>,
    ) -> Self {
        Self { title: title.into(), question: question.into(), rows, focus: 0 }
    }

    fn choose(&mut self, index: usize, hands: &mut Hands<'_>) -> Turn {
        match self.rows.get_mut(index) {
            Some((_, choice)) => choice(hands),
            None => Turn::Same,
        }
    }
}

impl Layer for ConfirmLayer {
    fn context(&self) -> Context {
        Context::Confirm
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        match action {
            Action::Enter => self.choose(self.focus, hands),
            Action::Choose(digit) => match usize::from(digit).checked_sub(1) {
                Some(index) => self.choose(index, hands),
                None => Turn::Same,
            },
            Action::Back => Turn::Pop,
            action => match table::moved(self.focus, action, self.rows.len(), self.rows.len()) {
                Some(focus) if focus != self.focus => {
                    self.focus = focus;
                    Turn::Draw
                }
                _ => Turn::Same,
            },
        }
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let mut rows = if room.density.air { vec![Row::blank(); 2] } else { Vec::new() };
        let block = Block::new("", Words::of(Role::Plain, self.question.as_str()));
        rows.extend(lay(&[block], room.width, room.marks, room.density));
        rows.push(Row::blank());
        let first = rows.len();
        let items: Vec<Vec<String>> = (1..)
            .zip(&self.rows)
            .map(|(digit, (words, _))| vec![format!("{digit} {words}")])
            .collect();
        rows.extend(table::rows(&items, Some(self.focus), room.width, room.marks));
        let last = u8::try_from(self.rows.len()).unwrap_or(9).min(9);
        View {
            heading: Heading { title: self.title.clone(), ..Heading::default() },
            cursor: (!self.rows.is_empty()).then_some((first + self.focus, 0)),
            rows,
            hints: hints(Context::Confirm, &Shown { digits: Some(last), ..Shown::default() }),
            ..View::default()
        }
    }
}
