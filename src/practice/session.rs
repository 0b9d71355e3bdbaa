//! A practice session: events in, effects out.
//!
//! Everything durable is a [`Row`], and every row goes through [`Session::apply`], live as on
//! replay: so a session replays from its log to the state it had after its last row.

use std::collections::BTreeSet;

use crate::pack::Level;

use super::feeling::{Feeling, STRONG};
use super::item::Item;
use super::mastery::{self, Standing};
use super::pace::{self, Medians};
use super::record::{
    Amount, Answer, Attempt, Drill, Ending, Met, NextSet, Note, NoteContent, Private,
    PrivateContent, Row, SessionStart, Stamp,
};
use super::step::{Effect, Event, Reaction, Step, Watch};

/// A session and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub(super) start: SessionStart,
    pub(super) items: Vec<Item>,
    pub(super) medians: Medians,
    pub(super) current: Option<usize>,
    pub(super) step: Step,
    pub(super) begun: BTreeSet<usize>,
    pub(super) skipped: BTreeSet<usize>,
    pub(super) left_out: BTreeSet<String>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) notes: Vec<Note>,
    pub(super) felt: Vec<(Feeling, Option<u8>)>,
    pub(super) reaction: Option<(Reaction, NextSet)>,
    pub(super) rows: u64,
    pub(super) clock: Clock,
}

/// Practice time: the sum of the gaps between rows, each counted up to [`pace::LONGEST_GAP`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) spent: u32,
    pub(super) last_row: Stamp,
}

impl Clock {
    pub(super) fn spent_at(self, now: Stamp) -> u32 {
        let gap = (now - self.last_row).num_seconds().clamp(0, i64::from(pace::LONGEST_GAP));
        self.spent + gap as u32
    }
}

/// What follows a set that was gone through.
const REACTION: Step = Step::Reaction {
    form: Reaction { difficulty: None, strongest: None },
    ending: Ending::Finished,
};

/// A log that does not belong to the plan it is replayed on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReplayError {
    /// An attempt on a vignette that the plan does not have.
    #[error("the log holds an attempt on {0}, which the session's plan does not have")]
    NotPlanned(String),
}

impl Session {
    /// A new session at its first item.
    pub fn new(start: SessionStart, items: Vec<Item>, medians: Medians) -> Self {
        let now = start.at;
        let mut session = Self {
            clock: Clock { spent: 0, last_row: now },
            start,
            items,
            medians,
            current: None,
            step: Step::Summary,
            begun: BTreeSet::new(),
            skipped: BTreeSet::new(),
            left_out: BTreeSet::new(),
            attempts: Vec::new(),
            notes: Vec::new(),
            felt: Vec::new(),
            reaction: None,
            rows: 0,
        };
        session.begin_next(now);
        session
    }

    /// The session as it was after the last row of its log.
    ///
    /// # Errors
    /// When an attempt is on a vignette that the plan does not have.
    pub fn replay(
        start: SessionStart,
        items: Vec<Item>,
        medians: Medians,
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<Self, ReplayError> {
        let mut session = Self::new(start, items, medians);
        for row in rows {
            session.apply(row)?;
        }
        Ok(session)
    }

    /// Starts the clock again after a pause, so that the pause does not count as practice.
    pub fn resumed(&mut self, now: Stamp) {
        self.clock.last_row = now;
        match &mut self.step {
            Step::Reply { watch, .. }
            | Step::Identify { watch, .. }
            | Step::Choose { watch, .. } => watch.shown = now,
            _ => {}
        }
    }

    /// Puts a draft that was saved for an item back where it was typed.
    pub fn restore_draft(&mut self, item: usize, draft: String, now: Stamp) {
        let restorable = |it: &Item| {
            it.drill() == Drill::Respond && !self.skipped.contains(&item) && !self.is_left_out(item)
        };
        if !self.is_open() || !self.items.get(item).is_some_and(restorable) {
            return;
        }
        self.current = Some(item);
        self.step = Step::Reply { draft, watch: self.watch(now) };
    }

    /// Takes in an event and returns what is to be done outside. An event that has no meaning in
    /// the present step changes nothing.
    pub fn handle(&mut self, event: Event, now: Stamp) -> Vec<Effect> {
        match event {
            Event::EndSet if self.can_end() => {
                self.current = None;
                self.step = if self.attempts.is_empty() {
                    return self.end(Ending::Ended, now);
                } else {
                    Step::Reaction { form: Reaction::default(), ending: Ending::Ended }
                };
                Vec::new()
            }
            Event::StopForToday if self.can_stop() => {
                self.current = None;
                self.finish(Reaction::default(), NextSet::Stop, Ending::Ended, now)
            }
            Event::Skipped if self.can_skip() => self.skip(now),
            Event::TopicLeftOut(topic) if self.can_skip() && self.is_about(&topic) => {
                let private = self.private(PrivateContent::TopicLeftOut { topic }, now);
                let mut effects = vec![self.emit_private(private)];
                effects.extend(self.end_if_empty(now));
                effects
            }
            event => match self.current {
                Some(item) => self.handle_in_item(item, event, now),
                None => self.handle_after_items(event, now),
            },
        }
    }

    /// Takes in a row of the log: the only way in which anything durable changes.
    pub(super) fn apply(&mut self, row: Row) -> Result<(), ReplayError> {
        let now = row.at();
        self.clock.spent = self.clock.spent_at(now);
        self.clock.last_row = self.clock.last_row.max(now);
        self.rows += 1;
        match row {
            Row::Attempt(attempt) => self.apply_attempt(*attempt)?,
            Row::Note(note) => self.apply_note(note),
            Row::Private(private) => self.apply_private(private),
        }
        Ok(())
    }

    fn apply_attempt(&mut self, attempt: Attempt) -> Result<(), ReplayError> {
        let fits = |item: &Item| {
            item.planned.vignette.hash == attempt.vignette.hash && item.drill() == attempt.drill
        };
        let at_current = self.current.filter(|index| fits(&self.items[*index]));
        let Some(index) = at_current.or_else(|| self.items.iter().position(fits)) else {
            return Err(ReplayError::NotPlanned(attempt.vignette.id));
        };
        self.current = Some(index);
        self.begun.insert(index);
        let talked_through = matches!(attempt.answer, Answer::TalkedThrough { .. });
        let drill = attempt.drill;
        self.attempts.push(attempt);
        let attempt = self.attempts.len() - 1;
        self.step = match drill {
            Drill::Respond if talked_through => Step::Compare,
            Drill::Respond => Step::Feedback { attempt },
            Drill::Identify | Drill::Discriminate => Step::Explained { attempt },
        };
        Ok(())
    }

    fn apply_note(&mut self, note: Note) {
        match note.content {
            NoteContent::Compared { .. } => {
                self.current = None;
                self.step = REACTION;
            }
            NoteContent::Ended { .. } => {
                self.current = None;
                self.step = Step::Summary;
            }
            NoteContent::OwnCall { .. } | NoteContent::Disputed { .. } => {}
        }
        self.notes.push(note);
    }

    fn apply_private(&mut self, private: Private) {
        match private.content {
            PrivateContent::Felt { item, feeling, strength } => {
                self.felt.push((feeling, strength));
                self.current = Some(item.min(self.items.len().saturating_sub(1)));
                self.begun.insert(item);
                self.step = Step::Reply { draft: String::new(), watch: self.watch(private.at) };
            }
            PrivateContent::Skipped { item, .. } => {
                self.begun.insert(item);
                self.skipped.insert(item);
                self.begin_next(private.at);
            }
            PrivateContent::Reaction { difficulty, strongest, next, .. } => {
                let form = Reaction { difficulty: Some(difficulty), strongest: Some(strongest) };
                self.reaction = Some((form, next));
            }
            PrivateContent::TopicLeftOut { topic } => {
                self.left_out.insert(topic);
                self.begin_next(private.at);
            }
            PrivateContent::Planned { .. }
            | PrivateContent::Times { .. }
            | PrivateContent::TopicTakenIn { .. } => {}
        }
    }

    /// Goes to the next item that still fits (the first does however few the minutes), or on to
    /// what follows the set.
    pub(super) fn begin_next(&mut self, now: Stamp) {
        let spent = self.clock.spent_at(now);
        let next = (0..self.items.len()).find(|index| {
            !self.begun.contains(index)
                && !self.is_left_out(*index)
                && (self.begun.is_empty()
                    || pace::starts(
                        self.start.settings.amount,
                        spent,
                        self.items[*index].drill(),
                        self.medians,
                    ))
        });
        self.current = next;
        let Some(index) = next else {
            self.step = match self.weakest_met() {
                Some(attempt) => Step::Question { attempt },
                None if self.attempts.is_empty() => Step::Summary,
                None => REACTION,
            };
            return;
        };
        let watch = self.watch(now);
        self.step = match self.items[index].drill() {
            Drill::Respond => Step::Notice { feeling: None },
            Drill::Identify => Step::Identify { named: false, watch },
            Drill::Discriminate => {
                Step::Choose { replies: self.items[index].replies(self.start.seed), watch }
            }
        };
    }

    fn is_about(&self, topic: &String) -> bool {
        self.item().is_some_and(|item| item.vignette.topics.contains(topic))
    }

    fn is_left_out(&self, index: usize) -> bool {
        self.items[index].vignette.topics.iter().any(|topic| self.left_out.contains(topic))
    }

    pub(super) fn watch(&self, now: Stamp) -> Watch {
        // Of the rows, not the attempts: a score for a statement that was skipped is late for good.
        Watch { shown: now, first_key: None, ticket: self.rows * 1_000 }
    }

    fn handle_after_items(&mut self, event: Event, now: Stamp) -> Vec<Effect> {
        match (&mut self.step, event) {
            (Step::Question { attempt }, Event::Compared(text)) => {
                let about = self.attempts[*attempt].id;
                if text.trim().is_empty() {
                    self.step = REACTION;
                    return Vec::new();
                }
                let note = self.note(Some(about), NoteContent::Compared { text }, now);
                vec![self.emit_note(note)]
            }
            (Step::Reaction { form, .. }, Event::Rated(rating @ 1..=9)) => {
                form.rate(Some(rating));
                Vec::new()
            }
            (Step::Reaction { form, .. }, Event::Continue) => {
                form.rate(None);
                Vec::new()
            }
            (Step::Reaction { form, ending }, Event::NextSet(next)) => {
                let (form, ending) = (*form, *ending);
                self.finish(form, next, ending, now)
            }
            _ => Vec::new(),
        }
    }

    fn finish(&mut self, form: Reaction, next: NextSet, ending: Ending, now: Stamp) -> Vec<Effect> {
        let content = PrivateContent::Reaction {
            difficulty: form.difficulty.flatten(),
            strongest: form.strongest.flatten(),
            next,
            level: self.level(),
        };
        let private = self.private(content, now);
        let mut effects = vec![self.emit_private(private)];
        effects.extend(self.end(ending, now));
        effects
    }

    fn end(&mut self, ending: Ending, now: Stamp) -> Vec<Effect> {
        let note = self.note(None, NoteContent::Ended { ending }, now);
        vec![self.emit_note(note)]
    }

    /// Whether the statement that is open may be left out: while it is not answered.
    pub const fn can_skip(&self) -> bool {
        matches!(
            self.step,
            Step::Notice { .. }
                | Step::Reply { .. }
                | Step::Judge(_)
                | Step::Identify { .. }
                | Step::Choose { .. }
        )
    }

    fn skip(&mut self, now: Stamp) -> Vec<Effect> {
        let Some(index) = self.current else { return Vec::new() };
        let content = PrivateContent::Skipped {
            item: index,
            vignette: self.items[index].planned.vignette.clone(),
            drill: self.items[index].drill(),
        };
        let private = self.private(content, now);
        let mut effects = vec![self.emit_private(private)];
        effects.extend(self.end_if_empty(now));
        effects
    }

    /// Ends a set of which everything was left out: there is nothing to go on with.
    fn end_if_empty(&mut self, now: Stamp) -> Vec<Effect> {
        if self.is_open() { Vec::new() } else { self.end(Ending::Finished, now) }
    }

    pub(super) fn emit_note(&mut self, note: Note) -> Effect {
        self.apply_own(Row::Note(note.clone()));
        Effect::Note(note)
    }

    pub(super) fn emit_private(&mut self, private: Private) -> Effect {
        self.apply_own(Row::Private(private.clone()));
        Effect::Private(private)
    }

    /// Applies a row that the session itself made, which cannot be foreign to its plan.
    pub(super) fn apply_own(&mut self, row: Row) {
        let applied = self.apply(row);
        debug_assert!(applied.is_ok(), "a session's own rows belong to its plan");
    }

    pub(super) fn note(
        &self,
        attempt: Option<uuid::Uuid>,
        content: NoteContent,
        at: Stamp,
    ) -> Note {
        Note { id: self.next_id(at), session: self.start.id, attempt, at, content }
    }

    pub(super) fn private(&self, content: PrivateContent, at: Stamp) -> Private {
        Private { id: self.next_id(at), session: Some(self.start.id), at, content }
    }

    /// A `UUIDv7` of the time, the session and the number of rows so far: the same on replay.
    pub(super) fn next_id(&self, at: Stamp) -> uuid::Uuid {
        super::id::derive(at, self.start.id, self.rows)
    }

    /// The weakest reply that met the criterion by the scorer's word, for the comparing question.
    fn weakest_met(&self) -> Option<usize> {
        self.attempts
            .iter()
            .enumerate()
            .filter_map(|(index, attempt)| match &attempt.answer {
                Answer::Responded(responded) if responded.met == Met::Yes => {
                    Some((responded.score.as_ref()?.points, index))
                }
                _ => None,
            })
            .filter(|(_, index)| self.standing(*index) == Standing::Met)
            .min()
            .map(|(_, index)| index)
    }

    /// What the attempt at an index comes to.
    ///
    /// # Panics
    /// When there is no attempt at that index; steps only hold indices of attempts.
    pub fn standing(&self, attempt: usize) -> Standing {
        mastery::standing(&self.attempts[attempt], &self.notes)
    }

    /// Whether the statement with an ordinal comes back on another day: after a first try that
    /// missed, unless it was back today already, and after a dispute (RUBRIC.md; `due` plans it).
    pub fn comes_back(&self, ordinal: u32) -> bool {
        let tries = || self.attempts.iter().filter(move |attempt| attempt.ordinal == ordinal);
        let standing = |attempt| mastery::standing(attempt, &self.notes);
        let is_back = tries()
            .next()
            .and_then(|first| self.item_of(first))
            .is_some_and(|item| item.planned.comes_back);
        tries().any(|attempt| standing(attempt) == Standing::Disputed)
            || (!is_back && tries().next().is_some_and(|it| standing(it) == Standing::Missed))
    }

    /// Whether the set still goes on.
    pub const fn is_open(&self) -> bool {
        !matches!(self.step, Step::Summary)
    }

    /// Whether the set can be ended before its time: not what is over or being ended, and not an
    /// answer that still waits to be written, which would be lost.
    pub const fn can_end(&self) -> bool {
        !matches!(self.step, Step::Keeping { .. } | Step::Reaction { .. } | Step::Summary)
    }

    /// Whether it can be stopped for today: as [`Session::can_end`], or from the form.
    pub const fn can_stop(&self) -> bool {
        self.can_end() || matches!(self.step, Step::Reaction { .. })
    }

    /// The level that the reaction form is about: the one asked for, else that of most statements
    /// met, since one that came back, or filled in, may have another.
    pub fn level(&self) -> Level {
        let met = self.attempts.iter().filter(|each| each.try_number == 1).map(|each| each.level);
        let count = |level| met.clone().filter(|each| *each == level).count();
        let most = Level::ALL.iter().copied().rev().max_by_key(|level| count(*level));
        self.start
            .settings
            .level
            .or(most.filter(|level| count(*level) > 0))
            .or(self.items.first().map(|item| item.vignette.level))
            .unwrap_or(Level::Beginner)
    }

    /// Where it stands.
    pub const fn step(&self) -> &Step {
        &self.step
    }

    /// Its first row.
    pub const fn start(&self) -> &SessionStart {
        &self.start
    }

    /// What was planned.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item that is open.
    pub fn item(&self) -> Option<&Item> {
        self.current.map(|index| &self.items[index])
    }

    /// Index of the item that is open, in the plan.
    pub const fn item_index(&self) -> Option<usize> {
        self.current
    }

    /// All attempts so far.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// All notes so far.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The tries at the statement that is open, in order.
    pub fn tries(&self) -> &[Attempt] {
        let Some(item) = self.item() else { return &[] };
        let from = self
            .attempts
            .iter()
            .rposition(|attempt| {
                attempt.vignette.hash != item.planned.vignette.hash || attempt.drill != item.drill()
            })
            .map_or(0, |last_other| last_other + 1);
        &self.attempts[from..]
    }

    /// Which statement of the set is open, from 1, and about how many there will be.
    pub fn place(&self) -> (usize, usize) {
        let open = self.current.filter(|index| !self.begun.contains(index));
        let done = (self.begun.len() + usize::from(open.is_some())).max(1);
        match self.start.settings.amount {
            Amount::Count(_) => (done, self.items.len()),
            Amount::Minutes(_) => {
                let mut spent = 0;
                let fits = self.items.iter().filter(|item| {
                    let amount = self.start.settings.amount;
                    let fits = pace::starts(amount, spent, item.drill(), self.medians);
                    spent += if fits { self.medians.of(item.drill()) } else { 0 };
                    fits
                });
                (done, fits.count().max(done))
            }
        }
    }

    /// The item that an attempt was made on.
    pub fn item_of(&self, attempt: &Attempt) -> Option<&Item> {
        self.items.iter().find(|item| {
            item.planned.vignette.hash == attempt.vignette.hash && item.drill() == attempt.drill
        })
    }

    /// Seconds of practice so far.
    pub fn spent(&self, now: Stamp) -> u32 {
        self.clock.spent_at(now)
    }

    /// The strongest reaction noted in the set.
    pub fn strongest_felt(&self) -> Option<(Feeling, u8)> {
        self.felt
            .iter()
            .filter_map(|(feeling, strength)| Some((*feeling, (*strength)?)))
            .max_by_key(|(_, strength)| *strength)
    }

    /// Whether stopping for today is the first thing to offer (RUBRIC.md, step 8).
    pub fn offers_stop(&self) -> bool {
        self.strongest_felt().is_some_and(|(_, strength)| strength >= STRONG)
    }

    /// What the reaction form came to.
    pub const fn reaction(&self) -> Option<(Reaction, NextSet)> {
        self.reaction
    }
}
