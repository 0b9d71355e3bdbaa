//! The attempts of a session, or of a week; Enter replays one.

use std::collections::BTreeSet;

use ratatui::crossterm::event::KeyEvent;
use uuid::Uuid;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::marks::Marks;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::table;
use super::list::{List, Moved};
use super::replay::ReplayLayer;
use crate::driver::{Desk, DeskError};
use crate::practice::{Answer, Attempt, Note, Stamp, Standing, standing, wording};

/// A list of attempts.
#[derive(Debug)]
pub struct AttemptsLayer {
    tail: String,
    attempts: Vec<(Attempt, Standing)>,
    shown: Vec<usize>,
    list: List,
    news: String,
}

impl AttemptsLayer {
    /// The attempts of one session.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_session(desk: &Desk, session: Uuid, now: Stamp) -> Result<Self, DeskError> {
        let recorded = desk.store().recorded(session)?;
        let notes: Vec<Note> = recorded.notes().cloned().collect();
        let attempts: Vec<_> = recorded
            .attempts()
            .map(|attempt| (attempt.clone(), standing(attempt, &notes)))
            .collect();
        let at = recorded.start.at;
        let tail = format!("{}, {}", wording::date(at, now), at.format("%H:%M"));
        Ok(Self::new(tail, attempts))
    }

    /// Some attempts of several sessions, the earliest first.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_ids(
        desk: &Desk,
        tail: String,
        sessions: &BTreeSet<Uuid>,
        ids: &[Uuid],
    ) -> Result<Self, DeskError> {
        let mut attempts = Vec::new();
        for session in sessions {
            let recorded = desk.store().recorded(*session)?;
            let notes: Vec<Note> = recorded.notes().cloned().collect();
            let wanted = recorded.attempts().filter(|attempt| ids.contains(&attempt.id));
            attempts.extend(wanted.map(|attempt| (attempt.clone(), standing(attempt, &notes))));
        }
        attempts.sort_by_key(|(attempt, _)| (attempt.at, attempt.id));
        Ok(Self::new(tail, attempts))
    }

    fn new(tail: String, attempts: Vec<(Attempt, Standing)>) -> Self {
        let shown = (0..attempts.len()).collect();
        Self { tail, attempts, shown, list: List::default(), news: String::new() }
    }

    fn filtered(&mut self) -> Turn {
        let words: Vec<String> = self
            .attempts
            .iter()
            .map(|(attempt, standing)| {
                let statement = attempt.shown.client_turn();
                let topics = attempt.topics.join(" ");
                let row = row(attempt, *standing, &Marks::UNICODE).join(" ");
                format!("{row} {statement} {topics}")
            })
            .collect();
        self.shown = table::matching(words.iter().map(String::as_str), self.list.filter());
        Turn::Draw
    }

    fn moved(&mut self, moved: Moved, hands: &mut Hands<'_>) -> Turn {
        match moved {
            Moved::Ignored => Turn::Same,
            Moved::Back => Turn::Pop,
            Moved::Draw => self.filtered(),
            Moved::Open(index) => {
                let ids: Vec<(Uuid, Uuid)> = self
                    .shown
                    .iter()
                    .filter_map(|index| self.attempts.get(*index))
                    .map(|(attempt, _)| (attempt.session, attempt.id))
                    .collect();
                match ReplayLayer::new(hands.desk, ids, index) {
                    Ok(layer) => Turn::Push(Box::new(layer)),
                    Err(why) => {
                        self.news = why.to_string();
                        Turn::Draw
                    }
                }
            }
        }
    }
}

fn row(attempt: &Attempt, standing: Standing, marks: &Marks) -> Vec<String> {
    let which = if attempt.try_number > 1 {
        format!("{} try {}", attempt.drill.word(), attempt.try_number)
    } else {
        attempt.drill.word().to_owned()
    };
    vec![which, attempt.shown.client.clone(), came_to(attempt, standing, marks), words(attempt)]
}

/// What an attempt came to, in a word.
fn came_to(attempt: &Attempt, standing: Standing, marks: &Marks) -> String {
    if standing == Standing::Disputed {
        return "disputed".to_owned();
    }
    match &attempt.answer {
        Answer::Responded(responded) => match &responded.score {
            _ if standing == Standing::NotAsked => "not judged".to_owned(),
            Some(score) if !score.abstained => {
                format!("{} {}, {}", marks.verdict(score.verdict), score.verdict, score.points)
            }
            _ => match standing {
                Standing::SelfMet => format!("{} met, self-judged", marks.unsure),
                Standing::SelfMissed => format!("{} not yet, self-judged", marks.unsure),
                _ => format!("{} not sure", marks.unsure),
            },
        },
        Answer::TalkedThrough { .. } => "talked through".to_owned(),
        Answer::Identified { .. } | Answer::Chosen { .. } => {
            if standing.is_met() { "right" } else { "not yet" }.to_owned()
        }
    }
}

fn words(attempt: &Attempt) -> String {
    let words = match &attempt.answer {
        Answer::Responded(responded) => responded.response.as_str(),
        Answer::TalkedThrough { response } => response.as_str(),
        Answer::Chosen { replies, chosen } => {
            replies.get(*chosen).map_or("", |reply| reply.text.as_str())
        }
        Answer::Identified { resistance, form } => {
            return match (resistance, form) {
                (true, Some(form)) => format!("you: yes, {}", wording::form(*form)),
                (true, None) => "you: yes".to_owned(),
                (false, _) => "you: no".to_owned(),
            };
        }
    };
    words.replace('\n', " ")
}

impl Layer for AttemptsLayer {
    fn context(&self) -> Context {
        self.list.context(Context::History)
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
            .filter_map(|index| self.attempts.get(*index))
            .map(|(attempt, standing)| row(attempt, *standing, room.marks))
            .collect();
        let mut view = View {
            heading: Heading {
                title: "History".to_owned(),
                tail: self.tail.clone(),
                ..Heading::default()
            },
            kept: self.news.clone(),
            hints: hints(
                self.context(),
                &Shown {
                    hidden: &[Action::Private],
                    words: &[(Action::Enter, "replay"), (Action::Back, "back")],
                    ..Shown::default()
                },
            ),
            wide: true,
            ..View::default()
        };
        let (width, height) = (room.wide_width, room.height);
        self.list.show(&mut view, &items, "No answer was given in it.", width, height, room.marks);
        view
    }
}
