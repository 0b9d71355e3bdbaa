//! The score of one response: the object that `rollwith score` prints and the log keeps.

use serde::{Deserialize, Serialize};

use super::criteria::{Criteria, Criterion};
use super::moves::Move;
use super::verdict::{Probabilities, Verdict};

/// What is scored: a response in its moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Input<'a> {
    /// The therapist's turn that the client answered.
    pub direction: Option<&'a str>,
    /// The client's turn; what was done without words stands in parentheses before what is said.
    pub client: Option<&'a str>,
    /// The reply to score.
    pub response: &'a str,
}

/// Why the scorer abstains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The calibrated probability is below the threshold.
    Doubt,
    /// The response is not in a language that the scorer knows.
    Language,
    /// The response is longer than a spoken reply can be.
    Length,
}

/// `AnnoMI`'s 4-way main therapist behaviour; probabilities sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the classes")]
pub struct Behaviour {
    pub reflection: f64,
    pub question: f64,
    pub input: f64,
    pub other: f64,
}

/// Words of the response that earned or cost a point: a sub-span of a move.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte in the response (UTF-8).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The criterion of the move's code.
    pub criterion: Criterion,
    /// Share of logit(supportive) − logit(directive), signed toward supportive.
    pub effect: f64,
}

/// The score of one response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The most probable verdict, also when abstained.
    pub verdict: Verdict,
    /// p(supportive) − p(directive), -1 to 1.
    pub stance: f64,
    /// Calibrated probability that the verdict is right, 0 to 1.
    pub confidence: f64,
    /// Whether the scorer leaves the call to the trainee.
    pub abstained: bool,
    /// Why it abstains; present only when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Of each verdict.
    pub probabilities: Probabilities,
    /// Sum of the criteria, 0 to 10.
    pub points: u8,
    /// Points by criterion.
    pub criteria: Criteria,
    /// `AnnoMI`'s main behaviour.
    pub behaviour: Behaviour,
    /// The moves, in order of the text; none when unscorable.
    pub moves: Vec<Move>,
    /// At most three marks, in order of the text.
    pub evidence: Vec<Evidence>,
    /// What to keep: the first of the ranked candidates, if there is something to keep.
    pub strength: Option<String>,
    /// What to change: the first of the ranked candidates, if one is owed.
    pub correction: Option<String>,
    /// Name, version and hash of the weights.
    pub model: String,
}
