//! Past sessions, paged by key; Enter opens the attempts of one.

use ratatui::crossterm::event::KeyEvent;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::marks::Marks;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::table;
use super::attempts::AttemptsLayer;
use super::list::{List, Moved};
use crate::driver::{Desk, DeskError};
use crate::practice::{Ending, Stamp, wording};
use crate::rubric::Verdict;
use crate::store::SessionSummary;

/// Sessions read at once.
const PAGE: u32 = 100;

/// Most pages read for one key while a filter looks for more.
const PAGES_A_KEY: usize = 20;

/// The list of sessions.
#[derive(Debug)]
pub struct HistoryLayer {
    sessions: Vec<SessionSummary>,
    /// There are no more than those read.
    all_read: bool,
    /// Those shown, of those read.
    shown: Vec<usize>,
    list: List,
    news: String,
}

impl HistoryLayer {
    /// The latest sessions.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(desk: &Desk) -> Result<Self, DeskError> {
        let mut layer = Self {
            sessions: Vec::new(),
            all_read: false,
            shown: Vec::new(),
            list: List::default(),
            news: String::new(),
        };
        layer.read(desk)?;
        layer.shown = (0..layer.sessions.len()).collect();
        Ok(layer)
    }

    fn read(&mut self, desk: &Desk) -> Result<(), DeskError> {
        let before = self.sessions.last().map(SessionSummary::key);
        let page = desk.store().sessions(before, PAGE)?;
        self.all_read = page.len() < PAGE as usize;
        self.sessions.extend(page);
        Ok(())
    }

    /// Reads on until there is a screen of rows below the focus.
    fn fill(&mut self, hands: &Hands<'_>) -> Result<(), DeskError> {
        for _ in 0..PAGES_A_KEY {
            self.shown = if self.list.filter().is_empty() {
                (0..self.sessions.len()).collect()
            } else {
                let words: Vec<String> =
                    self.sessions.iter().map(|each| searched(each, hands.now)).collect();
                table::matching(words.iter().map(String::as_str), self.list.filter())
            };
            if self.all_read || self.shown.len() > self.list.focus() + hands.room.height {
                break;
            }
            self.read(hands.desk)?;
        }
        Ok(())
    }

    fn filled(&mut self, hands: &Hands<'_>) -> Turn {
        if let Err(why) = self.fill(hands) {
            self.news = why.to_string();
        }
        Turn::Draw
    }

    fn moved(&mut self, moved: Moved, hands: &mut Hands<'_>) -> Turn {
        match moved {
            Moved::Ignored => Turn::Same,
            Moved::Back => Turn::Pop,
            Moved::Draw => self.filled(hands),
            Moved::Open(index) => {
                let Some(session) =
                    self.shown.get(index).and_then(|index| self.sessions.get(*index))
                else {
                    return Turn::Same;
                };
                match AttemptsLayer::of_session(hands.desk, session.start.id, hands.now) {
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

/// What a filter looks in: what is shown, and the words behind its marks.
fn searched(session: &SessionSummary, now: Stamp) -> String {
    let verdicts: Vec<&str> = Verdict::ALL
        .into_iter()
        .filter(|verdict| session.verdicts[*verdict as usize] > 0)
        .map(Verdict::word)
        .collect();
    let weekday = session.start.at.format("%A");
    let row = row(session, now, &Marks::UNICODE).join(" ");
    format!("{row} {weekday} {}", verdicts.join(" "))
}

fn row(session: &SessionSummary, now: Stamp, marks: &Marks) -> Vec<String> {
    let at = session.start.at;
    let done = match wording::done(session.by_drill) {
        none if none.is_empty() => "nothing yet".to_owned(),
        done => done,
    };
    vec![
        format!("{:>6} {}", wording::date(at, now), at.format("%H:%M")),
        done,
        came_to(session, marks),
    ]
}

/// First tries by verdict, and whether the session is over.
fn came_to(session: &SessionSummary, marks: &Marks) -> String {
    let verdicts = Verdict::ALL
        .into_iter()
        .zip(session.verdicts)
        .map(|(verdict, count)| (marks.verdict(verdict), count))
        .chain([(marks.unsure, session.unsure)])
        .filter(|(_, count)| *count > 0)
        .map(|(mark, count)| format!("{mark}{count}"));
    let state = match (session.ending, session.has_draft) {
        (None, true) => "open, draft",
        (None, false) => "open",
        (Some(Ending::Ended), _) => "ended early",
        (Some(Ending::Finished), _) => "",
    };
    let mut parts: Vec<String> = verdicts.collect();
    parts.extend((!state.is_empty()).then(|| state.to_owned()));
    parts.join(" ")
}

impl Layer for HistoryLayer {
    fn context(&self) -> Context {
        self.list.context(Context::History)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        self.news.clear();
        let moved = self.list.act(action, self.shown.len(), hands.room.height);
        self.moved(moved, hands)
    }

    fn key(&mut self, key: KeyEvent, hands: &mut Hands<'_>) -> Turn {
        if self.list.key(key) { self.filled(hands) } else { Turn::Same }
    }

    fn paste(&mut self, text: &str, hands: &mut Hands<'_>) -> Turn {
        if self.list.paste(text) { self.filled(hands) } else { Turn::Same }
    }

    fn clicked(&mut self, row: usize, hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.clicked(row, self.shown.len());
        self.moved(moved, hands)
    }

    fn view(&self, room: Room, now: Stamp) -> View<'_> {
        let items: Vec<Vec<String>> = self
            .shown
            .iter()
            .filter_map(|index| self.sessions.get(*index))
            .map(|session| row(session, now, room.marks))
            .collect();
        let more = if self.all_read { "" } else { " or more" };
        let mut view = View {
            heading: Heading {
                title: "History".to_owned(),
                tail: format!("{}{more}", wording::count(self.shown.len(), "set", "sets")),
                ..Heading::default()
            },
            kept: self.news.clone(),
            hints: hints(self.context(), &Shown { hidden: &[Action::Private], ..Shown::default() }),
            wide: true,
            ..View::default()
        };
        let (width, height) = (room.wide_width, room.height);
        self.list.show(
            &mut view,
            &items,
            "No set yet. Home begins one.",
            width,
            height,
            room.marks,
        );
        view
    }
}
