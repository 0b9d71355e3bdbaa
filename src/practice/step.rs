//! The steps of the practice loop, what may happen in them, and what follows outside.

use crate::pack::Form;
use crate::rubric::{Score, Verdict};

use super::feeling::Feeling;
use super::item::Example;
use super::record::{Attempt, Ending, NextSet, Note, Private, ShownReply, Stamp};

/// Where a session stands. Each step holds just what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Respond, first tries: what is strongest right now?
    Notice {
        /// Named already; its strength is asked.
        feeling: Option<Feeling>,
    },
    /// Respond: say it aloud, then type what was said.
    Reply {
        /// What was typed so far, as last saved.
        draft: String,
        /// When it opened and what was sent from it.
        watch: Watch,
    },
    /// Respond: one's own judgement, before the feedback.
    Judge(Judging),
    /// Judged; the score is on its way.
    Scoring(Judging),
    /// The attempt is being written; nothing of its feedback is shown before it is.
    Keeping {
        /// What is being written.
        attempt: Box<Attempt>,
        /// Rows that go with it.
        private: Vec<Private>,
        /// Why the last try to write failed, in one line.
        fault: Option<String>,
    },
    /// Respond: the feedback on the attempt at this index of the session's attempts.
    Feedback {
        /// Index.
        attempt: usize,
    },
    /// Respond: a model reply to another statement, before the next try.
    Example(Example),
    /// Respond: models, what may be heard, what the client may say next.
    Compare,
    /// Identify: resistance? then in which form?
    Identify {
        /// Answered yes; the form is asked.
        named: bool,
        /// When the moment was shown.
        watch: Watch,
    },
    /// Discriminate: which of these replies?
    Choose {
        /// In the order shown.
        replies: Vec<ShownReply>,
        /// When they were shown.
        watch: Watch,
    },
    /// Identify and discriminate: why, on the attempt at this index.
    Explained {
        /// Index.
        attempt: usize,
    },
    /// Once a set: what does each do that the other does not? On the attempt at this index.
    Question {
        /// Index.
        attempt: usize,
    },
    /// The reaction form after the set.
    Reaction {
        /// The answers so far.
        form: Reaction,
        /// How the set came to its end.
        ending: Ending,
    },
    /// The set is over.
    Summary,
}

/// Times an answer, and numbers the requests sent from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// When the question was shown.
    pub shown: Stamp,
    /// When the first key of the answer came.
    pub first_key: Option<Stamp>,
    /// The number of the latest request for a score.
    pub ticket: u64,
}

/// A submitted reply whose judgement or score is not complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Judging {
    /// The reply.
    pub response: String,
    /// Was that resistance? Asked on first tries only.
    pub resistance: Option<bool>,
    /// One's own verdict on the reply.
    pub stance: Option<Verdict>,
    /// When the reply was opened; its ticket is the request that the score must answer.
    pub watch: Watch,
    /// When the reply was submitted.
    pub submitted: Stamp,
    /// The score, where it has come already.
    pub score: Option<ScoreCame>,
}

/// What the scorer thread sent back.
#[derive(Clone, Debug, PartialEq)]
pub enum ScoreCame {
    /// A score.
    Score(Box<Score>),
    /// None: the pack's language is not one that the scorer knows, or the item is not scored.
    None,
}

/// The reaction form, one question after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// How hard it was to meet the criteria, 1 to 9; outer none while it is asked.
    pub difficulty: Option<Option<u8>>,
    /// How strong the reactions were at the strongest, 1 to 9; outer none while it is asked.
    pub strongest: Option<Option<u8>>,
}

impl Reaction {
    /// Answers the question that is open; none passes it.
    pub(super) fn rate(&mut self, rating: Option<u8>) {
        if self.difficulty.is_none() {
            self.difficulty = Some(rating);
        } else if self.strongest.is_none() {
            self.strongest = Some(rating);
        }
    }
}

/// What happens to a session: keys already turned into intentions, and what came back from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Notice: a feeling.
    Felt(Feeling),
    /// Notice: its strength, 1 to 9.
    Strength(u8),
    /// The first key of an answer, for the trainee's own times.
    FirstKey,
    /// The reply as it stands, at every pause and at least each second.
    Typed(String),
    /// The reply is given.
    Submitted(String),
    /// Judge: back to the reply, which is still there.
    BackToReply,
    /// Judge: was that resistance?
    JudgedResistance(bool),
    /// Judge: the reply's stance.
    JudgedStance(Verdict),
    /// The scorer's answer to a request.
    Scored {
        /// Which request.
        ticket: u64,
        /// The score.
        score: Box<Score>,
    },
    /// The attempt that was being written is in the log.
    Kept,
    /// It could not be written, for a reason in one line.
    NotKept(String),
    /// Enter: on to what comes next.
    Continue,
    /// Feedback: another try at the same statement.
    Again,
    /// Feedback, where the scorer is not sure: did it meet the criterion?
    OwnCall(bool),
    /// Feedback: "I see it differently", with a reason.
    Disputed(String),
    /// Identify: resistance?
    Identified(bool),
    /// Identify: in which form?
    FormNamed(Form),
    /// Discriminate: the reply at this index.
    Chose(usize),
    /// The statement is left out, without a reason.
    Skipped,
    /// A topic is left out for good, and with it what is open and planned of it.
    TopicLeftOut(String),
    /// The comparing question's answer; may be empty.
    Compared(String),
    /// Reaction form: 1 to 9, for the question that is open.
    Rated(u8),
    /// Reaction form: the next set.
    NextSet(NextSet),
    /// End the set here: the reaction form follows.
    EndSet,
    /// Stop for today: no form, the set is over.
    StopForToday,
}

/// What a driver does for a session; results come back as events.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep what was typed so far for the item at this index of the plan.
    SaveDraft {
        /// Index of the item.
        item: usize,
        /// What was typed.
        text: String,
    },
    /// Score a reply on the scorer's thread, and answer with `Event::Scored`.
    Score {
        /// To be given back.
        ticket: u64,
        /// The therapist's turn.
        direction: String,
        /// The client's turn.
        client: String,
        /// The reply.
        response: String,
    },
    /// Write an attempt, and answer with `Event::Kept` or `Event::NotKept`.
    Record {
        /// The attempt.
        attempt: Box<Attempt>,
        /// Private rows that go with it, in the same transaction.
        private: Vec<Private>,
        /// Index of its item, whose draft is done with.
        item: usize,
    },
    /// Write a note.
    Note(Note),
    /// Write a private row.
    Private(Private),
}
