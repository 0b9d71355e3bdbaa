//! The rows that a session leaves behind: the log is the session.
//!
//! `SessionStart`, `Attempt` and `Note` are insert-only and chained (`store`); `Private` rows are
//! the trainee's own and stand outside every chain. Each later row points at the one it is about.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::pack::{Form, Framing, Level, Nature, ReplyStance, client_turn};
use crate::rubric::{Score, Verdict};

use super::feeling::Feeling;

/// A moment in time with the local offset kept.
pub type Stamp = DateTime<FixedOffset>;

/// What is practised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drill {
    /// Is it resistance, and in which form?
    Identify,
    /// Choose the appropriate reply.
    Discriminate,
    /// Reply in one's own words.
    Respond,
}

impl Drill {
    /// All drills.
    pub const ALL: [Self; 3] = [Self::Identify, Self::Discriminate, Self::Respond];

    /// The word used on the command line, in files and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identify => "identify",
            Self::Discriminate => "discriminate",
            Self::Respond => "respond",
        }
    }
}

/// What a session was asked to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mix {
    /// One drill only.
    Only(Drill),
    /// All three, filling the minutes.
    Mixed,
}

/// How long a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Minutes to fill.
    Minutes(u32),
    /// Statements to meet.
    Count(u32),
}

/// What was chosen for a session. Left-out topics are private and stand in the plan instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which drills.
    pub mix: Mix,
    /// Which packs; empty is all of them.
    pub packs: Vec<String>,
    /// Which level; none is the plan's own choice.
    pub level: Option<Level>,
    /// How long.
    pub amount: Amount,
}

/// The first row of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionStart {
    /// `UUIDv7`.
    pub id: Uuid,
    /// When it began.
    pub at: Stamp,
    /// What was chosen.
    pub settings: Settings,
    /// Seed of every shuffle in it.
    pub seed: u64,
    /// Version of the program.
    pub program: String,
}

/// Which vignette an item is, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VignetteRef {
    /// The pack's id.
    pub pack: String,
    /// The pack's version.
    pub version: String,
    /// The vignette's id within the pack.
    pub id: String,
    /// SHA-256 of the vignette's content, in hexadecimal (`pack::vignette_hash`).
    pub hash: String,
}

/// The moment as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The client's name.
    pub client: String,
    /// The therapist's turn.
    pub direction: String,
    /// What the client said.
    pub statement: Option<String>,
    /// What the client did without words.
    pub nonverbal: Option<String>,
}

impl Shown {
    /// The client's turn on one line, as the scorer reads it.
    pub fn client_turn(&self) -> String {
        client_turn(self.nonverbal.as_deref(), self.statement.as_deref())
    }
}

/// A reply on screen, in the order shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownReply {
    /// What it does.
    pub stance: ReplyStance,
    /// The words.
    pub text: String,
    /// Why it is so.
    pub why: String,
}

/// Whether a reply met the mastery criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// The scorer is not sure: the trainee's own call follows as a `Note`.
    Unsure,
    /// Nothing was to be met: the moment was no resistance that the scorer judges, or `duty`.
    NotAsked,
}

/// What the trainee answered, and what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Identify: resistance or not, and its form.
    Identified {
        /// Whether the trainee called it resistance.
        resistance: bool,
        /// In which form, where called so.
        form: Option<Form>,
    },
    /// Discriminate: one of the replies shown.
    Chosen {
        /// In the order shown.
        replies: Vec<ShownReply>,
        /// Index of the one chosen.
        chosen: usize,
    },
    /// Respond: a reply in one's own words.
    Responded(Box<Responded>),
    /// A `duty` moment, talked through and never scored.
    TalkedThrough {
        /// What the trainee would say.
        response: String,
    },
}

/// A reply, the trainee's judgement of it, and its feedback as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Responded {
    /// The words.
    pub response: String,
    /// Was that resistance? Asked on the first try only.
    pub judged_resistance: Option<bool>,
    /// The trainee's own verdict; never `unscorable`.
    pub judged_stance: Option<Verdict>,
    /// The score; none where the pack's language is not one that the scorer knows.
    pub score: Option<Score>,
    /// Whether it met the mastery criterion.
    pub met: Met,
    /// What to keep, as shown.
    pub keep: Option<String>,
    /// What to change, as shown.
    pub change: Option<String>,
    /// Close to a model that was shown or to one's own earlier reply: fed back, counted in no curve.
    pub copied: bool,
}

/// One attempt, readable for ever without the pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The session's id.
    pub session: Uuid,
    /// When it was made.
    pub at: Stamp,
    /// Which statement of the session, counting those attempted only, from 1.
    pub ordinal: u32,
    /// Which try at it, from 1.
    pub try_number: u8,
    /// What was practised.
    pub drill: Drill,
    /// Under the vignette's direction or its foil.
    pub framing: Framing,
    /// Which vignette.
    pub vignette: VignetteRef,
    /// Its level.
    pub level: Level,
    /// Its topics.
    pub topics: Vec<String>,
    /// The moment as shown.
    pub shown: Shown,
    /// What the statement was, under this framing.
    pub nature: Nature,
    /// The answer and what was made of it.
    pub answer: Answer,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// All that was planned is done.
    Finished,
    /// The trainee ended it before that.
    Ended,
}

/// A later row of the trainee's about a session or an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The session's id.
    pub session: Uuid,
    /// The attempt it is about, where it is about one.
    pub attempt: Option<Uuid>,
    /// When it was made.
    pub at: Stamp,
    /// What it says.
    pub content: NoteContent,
}

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteContent {
    /// "I see it differently", with a reason.
    Disputed {
        /// In the trainee's words; may be empty.
        reason: String,
    },
    /// The trainee's own call on an attempt that the scorer was not sure of.
    OwnCall {
        /// Whether it met the criterion.
        met: bool,
    },
    /// What each does that the other does not: one's own reply and a model.
    Compared {
        /// In the trainee's words; never empty.
        text: String,
    },
    /// The session is over.
    Ended {
        /// How.
        ending: Ending,
    },
}

/// A row that is the trainee's alone: outside every chain, bundle and report unless handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Private {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The session it belongs to; none for a left-out topic.
    pub session: Option<Uuid>,
    /// When it was made.
    pub at: Stamp,
    /// What it holds.
    pub content: PrivateContent,
}

/// What a private row holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateContent {
    /// What was planned for the session, so that it can be resumed.
    Planned {
        /// In order.
        items: Vec<PlannedItem>,
    },
    /// What was strongest before replying.
    Felt {
        /// Index of the item in the plan.
        item: usize,
        /// What.
        feeling: Feeling,
        /// 1 to 9; none where it was passed over.
        strength: Option<u8>,
    },
    /// How long an attempt took.
    Times {
        /// Which attempt.
        attempt: Uuid,
        /// Milliseconds from the moment on screen to the first key of the answer.
        first_key_ms: Option<u64>,
        /// Milliseconds to submission.
        submitted_ms: u64,
    },
    /// The reaction form after a set.
    Reaction {
        /// How hard the criteria were to meet, 1 to 9.
        difficulty: Option<u8>,
        /// How strong the reactions were at the strongest, 1 to 9.
        strongest: Option<u8>,
        /// What was chosen for the next set.
        next: NextSet,
        /// The level of the set that the form is about.
        level: Level,
    },
    /// A statement left out, without a reason and without coming back.
    Skipped {
        /// Index of the item in the plan.
        item: usize,
        /// Which vignette.
        vignette: VignetteRef,
        /// In which drill.
        drill: Drill,
    },
    /// A topic left out for good.
    TopicLeftOut {
        /// The topic's word.
        topic: String,
    },
    /// A left-out topic taken back in.
    TopicTakenIn {
        /// The topic's word.
        topic: String,
    },
}

/// One item of a plan, as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedItem {
    /// What is practised.
    pub drill: Drill,
    /// Under the direction or the foil.
    pub framing: Framing,
    /// Which vignette.
    pub vignette: VignetteRef,
    /// Whether it comes back after a miss.
    pub comes_back: bool,
}

/// The choice on the reaction form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextSet {
    /// Too hard: an easier level.
    Easier,
    /// A good challenge: the same level.
    Stay,
    /// Too easy: a harder level.
    Harder,
    /// Overwhelmed: stop for today.
    Stop,
}

/// One row of a session's log, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// An attempt.
    Attempt(Box<Attempt>),
    /// A later row about one.
    Note(Note),
    /// A private row; a log without them replays with gaps.
    Private(Private),
}

impl Row {
    /// When it was written.
    pub fn at(&self) -> Stamp {
        match self {
            Self::Attempt(attempt) => attempt.at,
            Self::Note(note) => note.at,
            Self::Private(private) => private.at,
        }
    }
}
