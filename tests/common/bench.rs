//! A session without a terminal or a store.

use chrono::TimeDelta;
use rollwith::practice::plan::{self, Available, Known, Request};
use rollwith::practice::{
    Amount, Answer, Drill, Effect, Event, Met, Mix, Row, Session, Stamp, Step,
};
use rollwith::rubric::Verdict;

use super::shelf::{request, score, shelf, start};

/// A session, its clock, and what it wrote.
pub struct Bench {
    pub session: Session,
    pub now: Stamp,
    pub rows: Vec<Row>,
    /// Rows at the last write, and the session as it was then.
    pub after_last_row: Session,
}

impl Bench {
    pub fn new(request: &Request, seed: u64) -> Self {
        Self::with(request, &Known::default(), &shelf(), seed)
    }

    pub fn with(request: &Request, known: &Known, shelf: &[Available], seed: u64) -> Self {
        let start = start(request, seed);
        let plan = plan::plan(request, known, shelf, start.at.date_naive(), seed).expect("a plan");
        let session = Session::new(start.clone(), plan.items, plan.medians);
        Self { after_last_row: session.clone(), session, now: start.at, rows: Vec::new() }
    }

    pub fn wait(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
    }

    /// Hands in an event and does what the session asks for, with a store that never fails.
    pub fn send(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.session.handle(event, self.now);
        for effect in &effects {
            match effect {
                Effect::Record { attempt, private, .. } => {
                    self.rows.push(Row::Attempt(attempt.clone()));
                    self.rows.extend(private.iter().cloned().map(Row::Private));
                    assert!(self.session.handle(Event::Kept, self.now).is_empty());
                    self.after_last_row = self.session.clone();
                }
                Effect::Note(note) => {
                    self.rows.push(Row::Note(note.clone()));
                    self.after_last_row = self.session.clone();
                }
                Effect::Private(private) => {
                    self.rows.push(Row::Private(private.clone()));
                    self.after_last_row = self.session.clone();
                }
                Effect::SaveDraft { .. } | Effect::Score { .. } => {}
            }
        }
        effects
    }

    pub fn score_with(&mut self, effects: &[Effect], verdict: Verdict, abstained: bool) {
        let ticket = effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Score { ticket, .. } => Some(*ticket),
                _ => None,
            })
            .expect("a score is asked for");
        self.send(Event::Scored { ticket, score: Box::new(score(verdict, abstained)) });
    }

    /// One whole try: notice where asked, reply, score, judge.
    pub fn reply(&mut self, words: &str, verdict: Verdict, abstained: bool) {
        if matches!(self.session.step(), Step::Notice { .. }) {
            self.send(Event::Continue);
        }
        let first = self.session.tries().is_empty();
        self.send(Event::FirstKey);
        let effects = self.send(Event::Submitted(words.to_owned()));
        self.score_with(&effects, verdict, abstained);
        if first {
            self.send(Event::JudgedResistance(true));
        }
        self.send(Event::JudgedStance(Verdict::Supportive));
    }

    pub fn last_met(&self) -> Met {
        match &self.session.attempts().last().expect("an attempt").answer {
            Answer::Responded(responded) => responded.met,
            other => panic!("not a reply: {other:?}"),
        }
    }
}

pub fn respond(count: u32) -> Request {
    request(Mix::Only(Drill::Respond), Amount::Count(count))
}

/// A bench whose open item is a reply to resistance.
pub fn at_resistance(seed: u64) -> Bench {
    let mut bench = Bench::new(&respond(8), seed);
    while !bench.session.item().expect("an item").nature().is_resistance()
        || bench.session.item().expect("an item").vignette.duty
    {
        bench.send(Event::Skipped);
    }
    bench
}
