//! The practice loop on screen: a layer over a set at work, a file each step.
//!
//! The layer holds what is typed and what is open above a step; where the set stands is the
//! session's alone. Every view is a pure function of both.

mod answer;
mod attempt;
mod compare;
mod discriminate;
mod feedback;
mod identify;
mod judge;
mod leave;
mod notice;
mod overlay;
mod question;
mod reaction;
mod reason;
mod reply;
mod scene;
mod summary;
#[cfg(test)]
mod tests;
mod tries;
mod why;

use chrono::TimeDelta;
use ratatui::crossterm::event::KeyEvent;

pub use self::attempt::{AttemptView, attempt_view};
pub use self::scene::setting;
pub use self::tries::rows as tries_rows;
pub use self::why::rows as why_rows;

use self::overlay::Overlay;
use self::scene::Scene;
use crate::driver::{Practice, Scored};
use crate::practice::plan::Request;
use crate::practice::{
    Answer, Attempt, Event, NextSet, Reaction, Session, Stamp, Standing, Step, wording,
};
use crate::tui::editor::{Editor, Handled};
use crate::tui::keys::{Action, Context};
use crate::tui::layer::{Hands, Layer, Room, Turn};
use crate::tui::widgets::frame::View;
use crate::tui::widgets::scroll::{scrolled, window};

/// A score that takes longer than this is waited for in words, in milliseconds.
const MOMENT: i64 = 300;

/// A set at work, on screen.
pub struct PracticeLayer {
    practice: Practice,
    /// The place of the open statement, taken once so that it does not change while it is open.
    place: (usize, usize),
    shown: Shown,
    editor: Editor,
    overlay: Overlay,
    /// How far the trainee scrolled; none leaves it to the view.
    offset: Option<usize>,
    news: Option<String>,
    form: Reaction,
    next: NextSet,
    waiting: Option<Waiting>,
}

/// Which screen the layer's own state belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    item: Option<usize>,
    tries: usize,
    step: std::mem::Discriminant<Step>,
}

impl Shown {
    fn of(session: &Session) -> Self {
        Self {
            item: session.item_index(),
            tries: session.tries().len(),
            step: std::mem::discriminant(session.step()),
        }
    }
}

/// A score on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Waiting {
    since: Stamp,
    long: bool,
}

impl PracticeLayer {
    /// The screen of a set, where it stands.
    pub fn new(practice: Practice, now: Stamp) -> Self {
        let session = practice.session();
        let editor = match session.step() {
            Step::Reply { draft, .. } => Editor::new(draft),
            _ => Editor::default(),
        };
        let mut layer = Self {
            place: session.place(),
            shown: Shown::of(session),
            editor,
            overlay: Overlay::None,
            offset: None,
            news: None,
            form: Reaction::default(),
            next: NextSet::Stay,
            waiting: None,
            practice,
        };
        layer.settle(now);
        layer
    }

    fn session(&self) -> &Session {
        self.practice.session()
    }

    /// Hands an event to the set and moves on to the screen that follows.
    fn tell(&mut self, event: Event, now: Stamp) {
        self.practice.handle(event, now);
        self.settle(now);
    }

    /// Puts the layer's own state in step with the session.
    fn settle(&mut self, now: Stamp) {
        let shown = Shown::of(self.practice.session());
        let session = self.practice.session();
        if shown != self.shown {
            if shown.item != self.shown.item && shown.item.is_some() {
                self.place = session.place();
            }
            match session.step() {
                Step::Reply { draft, .. } if *draft != self.editor.text() => {
                    self.editor = Editor::new(draft);
                }
                Step::Question { .. } => self.editor = Editor::default(),
                _ => {}
            }
            self.overlay = Overlay::None;
            self.offset = None;
            self.shown = shown;
        }
        let scoring = matches!(self.practice.session().step(), Step::Scoring(_));
        self.waiting = match self.waiting {
            Some(waiting) if scoring => Some(waiting),
            _ if scoring => Some(Waiting { since: now, long: false }),
            _ => None,
        };
    }

    /// The last attempt at the open statement, or the one that the screen is about.
    fn attempt(&self) -> Option<&Attempt> {
        let session = self.session();
        match session.step() {
            Step::Feedback { attempt }
            | Step::Explained { attempt }
            | Step::Question { attempt } => session.attempts().get(*attempt),
            Step::Compare => session.attempts().last(),
            _ => None,
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.session().step(), Step::Reply { .. } | Step::Question { .. })
    }

    /// The editor that has the keys.
    fn typed(&mut self) -> Option<&mut Editor> {
        let typing = self.is_typing();
        match &mut self.overlay {
            Overlay::Reason(reason) if reason.leaving.is_none() => Some(&mut reason.editor),
            Overlay::None if typing => Some(&mut self.editor),
            _ => None,
        }
    }

    /// Lets the editor that has the keys change, and keeps what it then holds.
    fn edit(&mut self, room: Room, now: Stamp, edit: impl FnOnce(&mut Editor) -> Handled) -> Turn {
        let Some(editor) = self.typed() else { return Turn::Same };
        editor.set_width(room.width.max(1));
        match edit(editor) {
            Handled::Ignored => return Turn::Same,
            Handled::Moved => return Turn::Draw,
            Handled::Changed => {}
        }
        self.news = None;
        self.keep_typed(now);
        Turn::Draw
    }

    fn keep_typed(&mut self, now: Stamp) {
        let replying = matches!(self.session().step(), Step::Reply { .. });
        if replying && matches!(self.overlay, Overlay::None) {
            self.practice.typed(self.editor.text(), now);
        }
    }

    /// Keeps all that is typed before the layer is left for good.
    fn keep_all(&mut self, now: Stamp) {
        self.practice.keep(now);
        if let Overlay::Reason(reason) = &self.overlay
            && !reason.editor.is_blank()
        {
            let reason = reason.editor.text().trim().to_owned();
            self.practice.handle(Event::Disputed(reason), now);
        }
        if matches!(self.session().step(), Step::Question { .. }) && !self.editor.is_blank() {
            let text = self.editor.text().trim().to_owned();
            self.practice.handle(Event::Compared(text), now);
        }
    }

    /// Scrolls what stands below the moment.
    fn scroll(&mut self, action: Action, room: Room, now: Stamp) -> Turn {
        let view = self.view(room, now);
        let seen = window(view.pinned.len(), view.rows.len(), room.height, view.offset);
        let below = room.height.saturating_sub(seen.pinned);
        let last = view.rows.len().saturating_sub(below);
        let from = view.offset.min(last);
        match scrolled(from, action, below, last) {
            Some(offset) if offset != from => {
                self.offset = Some(offset);
                Turn::Draw
            }
            _ => Turn::Same,
        }
    }

    fn base(&self, room: Room, now: Stamp) -> View<'static> {
        let session = self.session();
        let scene = Scene { session, place: self.place, room };
        let attempt = |index: &usize| session.attempts().get(*index);
        match session.step() {
            Step::Notice { feeling } => notice::view(&scene, *feeling),
            Step::Reply { .. } => reply::view(&scene, &self.editor),
            Step::Judge(judging) => judge::view(&scene, judging),
            Step::Scoring(judging) => {
                judge::scoring(&scene, judging, self.waiting.is_some_and(|waiting| waiting.long))
            }
            Step::Keeping { attempt, .. } => {
                judge::keeping(&scene, words_of(attempt), self.practice.fault())
            }
            Step::Feedback { attempt } => {
                feedback::view(&scene, *attempt, session.retries_by_itself(now))
            }
            Step::Example(example) => compare::example(&scene, example),
            Step::Compare => compare::view(&scene),
            Step::Identify { named, .. } => identify::view(&scene, *named),
            Step::Choose { replies, .. } => discriminate::view(&scene, replies),
            Step::Explained { attempt: index } => match attempt(index).map(|it| (it, &it.answer)) {
                Some((it, Answer::Identified { resistance, form })) => {
                    identify::explained(&scene, it, (*resistance, *form))
                }
                Some((it, Answer::Chosen { replies, chosen })) => {
                    discriminate::explained(&scene, it, (replies, *chosen))
                }
                _ => View::default(),
            },
            Step::Question { attempt } => question::view(session, *attempt, &self.editor, room),
            Step::Reaction { .. } => reaction::view(session, self.form, self.next, room),
            Step::Summary => summary::view(session, room),
        }
    }

    /// Row 23: news, else what could not be written, else when something was last kept.
    fn kept(&self) -> String {
        let session = self.session();
        if let Some(news) = &self.news {
            return news.clone();
        }
        let keeping = matches!(session.step(), Step::Keeping { .. });
        if let Some(fault) = self.practice.fault().filter(|_| !keeping) {
            return wording::not_kept(fault);
        }
        let kept = self.practice.kept().map(|at| format!("kept {}", at.format("%H:%M")));
        let more = match session.step() {
            Step::Summary => return "all kept".to_owned(),
            Step::Question { .. } => Some("an empty line will do".to_owned()),
            Step::Reply { .. } if matches!(self.overlay, Overlay::None) => {
                Some(wording::count(self.editor.word_count(), "word", "words"))
            }
            Step::Feedback { attempt } if session.standing(*attempt) == Standing::Unsure => {
                Some("self-judged".to_owned())
            }
            _ => None,
        };
        [kept, more].into_iter().flatten().collect::<Vec<_>>().join("   ")
    }
}

/// The words of a reply; empty where the answer is none.
fn words_of(attempt: &Attempt) -> Option<&str> {
    match &attempt.answer {
        Answer::Responded(responded) => Some(&responded.response),
        Answer::TalkedThrough { response } => Some(response),
        Answer::Identified { .. } | Answer::Chosen { .. } => None,
    }
}

impl Layer for PracticeLayer {
    fn context(&self) -> Context {
        if let Some(context) = self.overlay.context() {
            return context;
        }
        let session = self.session();
        match session.step() {
            Step::Notice { .. } => Context::Notice,
            Step::Reply { .. } => Context::Reply,
            Step::Judge(_) => Context::Judge,
            Step::Scoring(_) | Step::Keeping { .. } => Context::Keeping,
            Step::Feedback { attempt } if session.standing(*attempt) == Standing::Unsure => {
                Context::Unsure
            }
            Step::Feedback { .. } => Context::Feedback,
            Step::Example(_) => Context::Example,
            Step::Compare if session.item().is_some_and(|item| item.vignette.duty) => {
                Context::TalkedThrough
            }
            Step::Compare => Context::Compare,
            Step::Identify { .. } => Context::Identify,
            Step::Choose { .. } => Context::Discriminate,
            Step::Explained { .. } => Context::Explained,
            Step::Question { .. } => Context::Reason,
            Step::Reaction { .. } => Context::Reaction,
            Step::Summary => Context::Summary,
        }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        let another = matches!(self.session().step(), Step::Summary)
            && matches!(self.overlay, Overlay::None)
            && action == Action::Again;
        if !another {
            return self.answer(action, hands.room, hands.now);
        }
        match hands.begin(&Request::today()) {
            Ok(practice) => Turn::Replace(Box::new(Self::new(practice, hands.now))),
            Err(error) => {
                self.news = Some(error.to_string());
                Turn::Draw
            }
        }
    }

    fn view(&self, room: Room, now: Stamp) -> View<'_> {
        let mut view = self.overlay.over(self.base(room, now), self, room);
        view.offset = self.offset.unwrap_or(view.offset);
        view.kept = self.kept();
        // Where there is no row for it, what could not be written stands first.
        if let Some(fault) = self.practice.fault().filter(|_| !room.density.kept)
            && !matches!(self.session().step(), Step::Keeping { .. })
        {
            let block =
                crate::tui::widgets::transcript::Block::new("Not kept", wording::not_kept(fault));
            let rows = scene::below(&[block], room);
            view.cursor = view.cursor.map(|(row, column)| (row + rows.len(), column));
            view.rows.splice(0..0, rows);
        }
        view
    }

    fn key(&mut self, key: KeyEvent, hands: &mut Hands<'_>) -> Turn {
        self.edit(hands.room, hands.now, |editor| editor.handle(key))
    }

    fn paste(&mut self, text: &str, hands: &mut Hands<'_>) -> Turn {
        self.edit(hands.room, hands.now, |editor| editor.paste(text))
    }

    fn edited(&mut self, text: &str, hands: &mut Hands<'_>) -> Turn {
        self.edit(hands.room, hands.now, |editor| {
            editor.set_text(text);
            Handled::Changed
        })
    }

    fn scored(&mut self, scored: Scored, hands: &mut Hands<'_>) -> Turn {
        self.practice.scored(scored, hands.now);
        self.settle(hands.now);
        Turn::Draw
    }

    fn deadline(&self) -> Option<Stamp> {
        let moment = self
            .waiting
            .filter(|waiting| !waiting.long)
            .map(|waiting| waiting.since + TimeDelta::milliseconds(MOMENT));
        [self.practice.draft_due(), moment].into_iter().flatten().min()
    }

    fn wake(&mut self, hands: &mut Hands<'_>) -> Turn {
        let kept = self.practice.kept();
        let fault = self.practice.fault().map(str::to_owned);
        self.practice.save_draft_if_due(hands.now);
        let mut drawn = kept != self.practice.kept() || fault.as_deref() != self.practice.fault();
        if let Some(waiting) = &mut self.waiting
            && !waiting.long
            && waiting.since + TimeDelta::milliseconds(MOMENT) <= hands.now
        {
            waiting.long = true;
            drawn = true;
        }
        if drawn { Turn::Draw } else { Turn::Same }
    }

    fn leave(&mut self, hands: &mut Hands<'_>) {
        self.keep_all(hands.now);
    }

    fn pause(&mut self, hands: &mut Hands<'_>) {
        self.practice.save_draft(hands.now);
    }

    fn clicked(&mut self, row: usize, hands: &mut Hands<'_>) -> Turn {
        let options = matches!(self.context(), Context::Confirm | Context::Discriminate);
        let digit = |layer: &Self| {
            let view = layer.view(hands.room, hands.now);
            let words = view.rows.get(row)?.words.text();
            let (digit, _) = words.split_once(' ')?;
            digit.parse::<u8>().ok()
        };
        match digit(self).filter(|_| options) {
            Some(digit) => self.act(Action::Choose(digit), hands),
            None => Turn::Same,
        }
    }
}
