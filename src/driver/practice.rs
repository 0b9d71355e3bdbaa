//! A session at work: its effects are run, and what comes back is fed to it.

use std::collections::VecDeque;

use crate::practice::{Effect, Event, Session, Stamp, Step};
use crate::store::Draft;

use super::drafts::Pause;
use super::ledger::Ledger;
use super::scorer::{Scored, ScorerThread};

/// A session with its ledger and its scorer.
pub struct Practice {
    session: Session,
    ledger: Box<dyn Ledger>,
    scorer: ScorerThread,
    pause: Pause,
    typed: String,
    unwritten: VecDeque<Effect>,
    fault: Option<String>,
    kept: Option<Stamp>,
}

impl Practice {
    /// Puts a session to work.
    pub fn new(session: Session, ledger: Box<dyn Ledger>, scorer: ScorerThread) -> Self {
        Self {
            session,
            ledger,
            scorer,
            pause: Pause::default(),
            typed: String::new(),
            unwritten: VecDeque::new(),
            fault: None,
            kept: None,
        }
    }

    /// The session.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// What could not be written and what to do about it, in one line.
    pub fn fault(&self) -> Option<&str> {
        match self.session.step() {
            Step::Keeping { fault: Some(fault), .. } => Some(fault),
            _ => self.fault.as_deref(),
        }
    }

    /// When something was last written.
    pub const fn kept(&self) -> Option<Stamp> {
        self.kept
    }

    /// Hands an event to the session and runs what it asks for.
    pub fn handle(&mut self, event: Event, now: Stamp) {
        if matches!(event, Event::Submitted(_) | Event::Skipped | Event::TopicLeftOut(_)) {
            self.pause.saved();
        }
        self.write_what_waits(now);
        let effects = self.session.handle(event, now);
        for effect in effects {
            self.run(effect, now);
        }
    }

    /// A score came back.
    pub fn scored(&mut self, scored: Scored, now: Stamp) {
        self.handle(Event::Scored { ticket: scored.ticket, score: scored.score }, now);
    }

    /// The reply was changed by a key or a paste.
    pub fn typed(&mut self, text: &str, now: Stamp) {
        self.session.handle(Event::FirstKey, now);
        text.clone_into(&mut self.typed);
        self.pause.typed(now);
        // The key's frame comes first, then the disk: the deadline saves, unless it finds no time.
        if self.pause.is_overdue(now) {
            self.save_draft(now);
        }
    }

    /// When [`Practice::save_draft_if_due`] is to be called next.
    pub fn draft_due(&self) -> Option<Stamp> {
        self.pause.due()
    }

    /// Saves the draft if typing paused or a second is over.
    pub fn save_draft_if_due(&mut self, now: Stamp) {
        if self.pause.is_due(now) {
            self.save_draft(now);
        }
    }

    /// Saves the draft now, if anything of it is unsaved: before leaving, or opening an editor.
    pub fn save_draft(&mut self, now: Stamp) {
        if self.pause.due().is_some() {
            self.pause.saved();
            self.handle(Event::Typed(self.typed.clone()), now);
        }
    }

    /// Keeps all that can be kept before the set is left: the draft, and what could not be written
    /// when it was to be, the last answer included.
    pub fn keep(&mut self, now: Stamp) {
        self.save_draft(now);
        self.write_what_waits(now);
        if matches!(self.session.step(), Step::Keeping { fault: Some(_), .. }) {
            self.handle(Event::Continue, now);
        }
    }

    fn write_what_waits(&mut self, now: Stamp) {
        let waiting = std::mem::take(&mut self.unwritten);
        if !waiting.is_empty() {
            self.fault = None;
        }
        for effect in waiting {
            self.run(effect, now);
        }
    }

    fn run(&mut self, effect: Effect, now: Stamp) {
        let written = match &effect {
            Effect::Score { ticket, direction, client, response } => {
                self.scorer.ask(*ticket, direction.clone(), client.clone(), response.clone());
                return;
            }
            Effect::Record { attempt, private, item } => {
                let came = match self.ledger.record_attempt(attempt, private, *item) {
                    Ok(()) => {
                        self.fault = None;
                        self.kept = Some(now);
                        Event::Kept
                    }
                    Err(why) => Event::NotKept(why),
                };
                self.session.handle(came, now);
                return;
            }
            Effect::SaveDraft { item, text } => {
                let session = self.session.start().id;
                let draft = Draft { session, item: *item, text: text.clone(), at: now };
                let saved = self.ledger.save_draft(&draft);
                if saved.is_err() {
                    self.pause.typed(now);
                }
                saved
            }
            Effect::Note(note) => self.ledger.record_note(note),
            Effect::Private(private) => self.ledger.record_private(private),
        };
        match written {
            Ok(()) => {
                self.kept = Some(now);
                if self.unwritten.is_empty() {
                    self.fault = None;
                }
            }
            Err(why) => {
                self.fault = Some(why);
                if !matches!(effect, Effect::SaveDraft { .. }) {
                    self.unwritten.push_back(effect);
                }
            }
        }
    }
}
