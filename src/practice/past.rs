//! What the planner and the progress screen need of past attempts: slim rows.

use uuid::Uuid;

use crate::pack::{Framing, Level, Nature};
use crate::rubric::{Criteria, Verdict};

use super::mastery::Standing;
use super::record::{Drill, Stamp};

/// One past attempt, without its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The attempt's id.
    pub attempt: Uuid,
    /// The session's id.
    pub session: Uuid,
    /// When it was made.
    pub at: Stamp,
    /// Which statement of its session, from 1.
    pub ordinal: u32,
    /// Which try at it, from 1.
    pub try_number: u8,
    /// What was practised.
    pub drill: Drill,
    /// Under the vignette's direction or its foil.
    pub framing: Framing,
    /// The pack's id.
    pub pack: String,
    /// The vignette's id within the pack.
    pub vignette: String,
    /// The vignette's level.
    pub level: Level,
    /// What the statement was.
    pub nature: Nature,
    /// What it came to, with the trainee's later word on it.
    pub standing: Standing,
    /// The score's verdict, for replies.
    pub verdict: Option<Verdict>,
    /// Whether the scorer abstained.
    pub abstained: bool,
    /// Points by criterion, for replies.
    pub criteria: Option<Criteria>,
    /// The trainee's own verdict on the reply.
    pub judged_stance: Option<Verdict>,
    /// Whether the trainee called it resistance (in identify, or after a reply).
    pub judged_resistance: Option<bool>,
    /// Close to a model or to an earlier reply: counted in no curve.
    pub copied: bool,
}
