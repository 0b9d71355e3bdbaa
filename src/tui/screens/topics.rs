//! Topics left out for good; Enter takes one back in.

use ratatui::crossterm::event::KeyEvent;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::table;
use super::list::{List, Moved};
use crate::driver::Desk;
use crate::practice::Stamp;

/// The list of topics.
#[derive(Debug)]
pub struct TopicsLayer {
    topics: Vec<String>,
    shown: Vec<usize>,
    list: List,
    news: String,
}

impl TopicsLayer {
    /// The topics that are left out now.
    pub fn new(desk: &Desk) -> Self {
        let (topics, news) = match desk.left_out() {
            Ok(topics) => (topics, String::new()),
            Err(why) => (Vec::new(), why.to_string()),
        };
        let shown = (0..topics.len()).collect();
        Self { topics, shown, list: List::default(), news }
    }

    fn filtered(&mut self) -> Turn {
        let words = self.topics.iter().map(String::as_str);
        self.shown = table::matching(words, self.list.filter());
        Turn::Draw
    }

    fn moved(&mut self, moved: Moved, hands: &mut Hands<'_>) -> Turn {
        match moved {
            Moved::Ignored => Turn::Same,
            Moved::Back => Turn::Pop,
            Moved::Draw => self.filtered(),
            Moved::Open(index) => {
                let Some(at) = self.shown.get(index).copied() else { return Turn::Same };
                match hands.desk.take_in(&self.topics[at], hands.now) {
                    Ok(()) => {
                        let topic = self.topics.remove(at);
                        self.news = format!("{topic} is back in");
                        self.list.set_focus(index.min(self.topics.len().saturating_sub(1)));
                    }
                    Err(why) => self.news = why.to_string(),
                }
                self.filtered()
            }
        }
    }
}

impl Layer for TopicsLayer {
    fn context(&self) -> Context {
        self.list.context(Context::Packs)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        self.news.clear();
        let moved = self.list.act(action, self.shown.len(), hands.room.height);
        self.moved(moved, hands)
    }

    fn key(&mut self, key: KeyEvent, _hands: &mut Hands<'_>) -> Turn {
        if self.list.key(key) { self.filtered() } else { Turn::Same }
    }

    fn paste(&mut self, text: &str, _hands: &mut Hands<'_>) -> Turn {
        if self.list.paste(text) { self.filtered() } else { Turn::Same }
    }

    fn clicked(&mut self, row: usize, hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.clicked(row, self.shown.len());
        self.moved(moved, hands)
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let items: Vec<Vec<String>> = self
            .shown
            .iter()
            .filter_map(|index| self.topics.get(*index))
            .map(|topic| vec![topic.clone()])
            .collect();
        let none = self.topics.is_empty();
        let mut view = View {
            heading: Heading {
                title: "Packs".to_owned(),
                tail: "topics left out for good".to_owned(),
                ..Heading::default()
            },
            kept: self.news.clone(),
            hints: hints(
                self.context(),
                &Shown {
                    hidden: if none { &[Action::Enter, Action::Down, Action::Filter] } else { &[] },
                    words: &[(Action::Enter, "take back in"), (Action::Back, "back")],
                    ..Shown::default()
                },
            ),
            wide: true,
            ..View::default()
        };
        let empty = "None. While a statement is open, o leaves one of its topics out.";
        self.list.show(&mut view, &items, empty, room.wide_width, room.height, room.marks);
        view
    }
}
