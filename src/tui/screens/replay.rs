//! A past attempt as it was seen.

use std::sync::Arc;

use uuid::Uuid;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::Row;
use super::super::widgets::scroll;
use super::practice::{AttemptView, attempt_view, setting, tries_rows, why_rows};
use crate::driver::{Desk, DeskError};
use crate::pack::Vignette;
use crate::practice::{Attempt, Note, Stamp, TRIES, wording};

/// What of an attempt is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// As it was seen.
    Seen,
    /// Why.
    Why,
    /// All tries at its statement.
    Tries,
}

/// One attempt with what belongs to it.
#[derive(Debug)]
struct Replayed {
    attempt: Attempt,
    /// All tries at its statement, in order.
    tries: Vec<Attempt>,
    notes: Vec<Note>,
    /// The vignette as it was when it was shown; it may be gone.
    vignette: Option<Arc<Vignette>>,
}

impl Replayed {
    fn of(desk: &Desk, session: Uuid, id: Uuid) -> Result<Option<Self>, DeskError> {
        let recorded = desk.store().recorded(session)?;
        let Some(attempt) = recorded.attempts().find(|attempt| attempt.id == id).cloned() else {
            return Ok(None);
        };
        let tries =
            recorded.attempts().filter(|other| other.ordinal == attempt.ordinal).cloned().collect();
        let vignette = desk.store().vignette(&attempt.vignette.hash)?.map(Arc::new);
        Ok(Some(Self { tries, notes: recorded.notes().cloned().collect(), vignette, attempt }))
    }

    fn view(&self, page: Page, room: Room) -> AttemptView {
        let vignette = self.vignette.as_deref();
        let seen = attempt_view(&self.attempt, &self.tries, vignette, &self.notes, room);
        match page {
            Page::Seen => seen,
            Page::Why => AttemptView {
                rows: why_rows(&self.attempt, vignette, room),
                side: Vec::new(),
                ..seen
            },
            Page::Tries => {
                let tries: Vec<&Attempt> = self.tries.iter().collect();
                AttemptView { rows: tries_rows(&tries, room), side: Vec::new(), ..seen }
            }
        }
    }
}

impl Replayed {
    fn heading(&self, page: Page, now: Stamp) -> Heading<'static> {
        let Attempt { at, drill, try_number, .. } = self.attempt;
        let which = match try_number {
            1 => String::new(),
            number => format!(", try {number} of {TRIES}"),
        };
        Heading {
            title: wording::drill(drill).to_owned(),
            steps: match page {
                Page::Seen => &["replay"],
                Page::Why => &["why"],
                Page::Tries => &["all tries"],
            },
            step: 0,
            tail: format!("{}, {}{which}", wording::date(at, now), at.format("%H:%M")),
        }
    }
}

/// Replays attempts, one after the other.
#[derive(Debug)]
pub struct ReplayLayer {
    /// Session and id of each.
    attempts: Vec<(Uuid, Uuid)>,
    at: usize,
    replayed: Option<Replayed>,
    page: Page,
    offset: usize,
    news: String,
}

impl ReplayLayer {
    /// Attempts by session and id, from the one at an index on.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(desk: &Desk, attempts: Vec<(Uuid, Uuid)>, at: usize) -> Result<Self, DeskError> {
        let mut layer =
            Self { attempts, at, replayed: None, page: Page::Seen, offset: 0, news: String::new() };
        layer.read(desk)?;
        Ok(layer)
    }

    fn read(&mut self, desk: &Desk) -> Result<(), DeskError> {
        (self.page, self.offset) = (Page::Seen, 0);
        self.replayed = match self.attempts.get(self.at) {
            Some((session, id)) => Replayed::of(desk, *session, *id)?,
            None => None,
        };
        Ok(())
    }

    const fn is_last(&self) -> bool {
        self.at + 1 >= self.attempts.len()
    }

    fn has_tries(&self) -> bool {
        self.replayed.as_ref().is_some_and(|replayed| replayed.tries.len() > 1)
    }

    fn turn_to(&mut self, page: Page) -> Turn {
        self.page = if self.page == page { Page::Seen } else { page };
        self.offset = 0;
        Turn::Draw
    }

    fn shown(&self, room: Room) -> AttemptView {
        self.replayed.as_ref().map(|replayed| replayed.view(self.page, room)).unwrap_or_default()
    }
}

impl Layer for ReplayLayer {
    fn context(&self) -> Context {
        if self.page == Page::Seen { Context::Replay } else { Context::Reading }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        self.news.clear();
        match action {
            Action::Back | Action::Enter if self.page != Page::Seen => self.turn_to(Page::Seen),
            Action::Back => Turn::Pop,
            Action::Enter if self.is_last() => Turn::Pop,
            Action::Enter => {
                self.at += 1;
                if let Err(why) = self.read(hands.desk) {
                    self.news = why.to_string();
                }
                Turn::Draw
            }
            Action::Why => self.turn_to(Page::Why),
            Action::AllTries if self.has_tries() => self.turn_to(Page::Tries),
            action => {
                let view = self.shown(hands.room);
                let (pinned, rows) = (view.pinned.len(), view.rows.len());
                let room = scroll::window(pinned, rows, hands.room.height, self.offset).shown.len();
                match scroll::scrolled(self.offset, action, room, rows.saturating_sub(room)) {
                    Some(offset) if offset != self.offset => {
                        self.offset = offset;
                        Turn::Draw
                    }
                    _ => Turn::Same,
                }
            }
        }
    }

    fn view(&self, room: Room, now: Stamp) -> View<'_> {
        let AttemptView { pinned, mut rows, side } = self.shown(room);
        let (heading, about) = if let Some(replayed) = &self.replayed {
            let about = replayed.vignette.as_deref().map(setting).unwrap_or_default();
            (replayed.heading(self.page, now), about)
        } else {
            rows.push(Row::words("This attempt is not in the log any more."));
            (Heading { title: "Replay".to_owned(), ..Heading::default() }, String::new())
        };
        let mut hidden = vec![Action::Disagree];
        if !self.has_tries() {
            hidden.push(Action::AllTries);
        }
        let enter = if self.is_last() { "back to the list" } else { "next" };
        View {
            heading,
            setting: about,
            pinned,
            rows,
            offset: self.offset,
            side,
            kept: self.news.clone(),
            hints: hints(
                self.context(),
                &Shown { hidden: &hidden, words: &[(Action::Enter, enter)], ..Shown::default() },
            ),
            ..View::default()
        }
    }
}
