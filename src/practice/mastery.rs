//! The mastery criterion, and what an attempt comes to once the trainee has spoken too.

use crate::rubric::{Score, Side, Verdict, near};

use super::record::{Answer, Attempt, Met, Note, NoteContent};

/// How close a reply may come to a model or to an earlier reply before it counts in no curve:
/// half of its word pairs (a choice of ours; `rubric::near::closeness`, 0 to 1).
pub const TOO_CLOSE: f64 = 0.5;

/// Most tries at one statement (RUBRIC.md, step 6).
pub const TRIES: u8 = 4;

/// Whether a scored reply to resistance meets the mastery criterion (RUBRIC.md): supportive, no
/// directive move, `fit` 2, and a 2 in at least one of understanding, curiosity, autonomy; not a
/// copy of the last try with words taken out.
pub fn met(score: &Score, response: &str, last_try: Option<&str>) -> Met {
    if score.abstained {
        return Met::Unsure;
    }
    let criteria = &score.criteria;
    let meets = score.verdict == Verdict::Supportive
        && score.moves.iter().all(|each| each.code.side() != Side::Directive)
        && criteria.fit == 2
        && (criteria.understanding == 2 || criteria.curiosity == 2 || criteria.autonomy == 2)
        && !last_try.is_some_and(|last| near::is_trimmed_copy(response, last));
    if meets { Met::Yes } else { Met::No }
}

/// What an attempt comes to, with the trainee's later word on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It met the criterion, or the answer was right.
    Met,
    /// The trainee says that it met the criterion; counts as met, marked self-judged.
    SelfMet,
    /// It did not meet it, or the answer was not right.
    Missed,
    /// The trainee says that it did not; counts neither way.
    SelfMissed,
    /// The trainee sees it differently; counts neither way, and the statement comes back.
    Disputed,
    /// The scorer is not sure, and the trainee has not said.
    Unsure,
    /// Nothing was to be met.
    NotAsked,
}

impl Standing {
    /// Whether it counts as met.
    pub const fn is_met(self) -> bool {
        matches!(self, Self::Met | Self::SelfMet)
    }
}

/// What an attempt comes to, given the notes of its session.
pub fn standing(attempt: &Attempt, notes: &[Note]) -> Standing {
    let mut call = None;
    for note in notes.iter().filter(|note| note.attempt == Some(attempt.id)) {
        match note.content {
            NoteContent::Disputed { .. } => return Standing::Disputed,
            NoteContent::OwnCall { met } => call = Some(met),
            NoteContent::Compared { .. } | NoteContent::Ended { .. } => {}
        }
    }
    settled(outcome(attempt), call)
}

/// What an outcome comes to with the trainee's own call; a dispute, which is stronger, aside.
pub const fn settled(outcome: Met, own_call: Option<bool>) -> Standing {
    match (outcome, own_call) {
        (Met::Yes, _) => Standing::Met,
        (Met::No, _) => Standing::Missed,
        (Met::NotAsked, _) => Standing::NotAsked,
        (Met::Unsure, Some(true)) => Standing::SelfMet,
        (Met::Unsure, Some(false)) => Standing::SelfMissed,
        (Met::Unsure, None) => Standing::Unsure,
    }
}

/// What an attempt came to when it was made.
pub fn outcome(attempt: &Attempt) -> Met {
    let right = |yes| if yes { Met::Yes } else { Met::No };
    match &attempt.answer {
        Answer::Identified { resistance, form } => {
            right(*resistance == attempt.nature.is_resistance() && *form == attempt.nature.form())
        }
        Answer::Chosen { replies, chosen } => right(
            replies.get(*chosen).is_some_and(|reply| super::item::is_appropriate(reply.stance)),
        ),
        Answer::Responded(responded) => responded.met,
        Answer::TalkedThrough { .. } => Met::NotAsked,
    }
}
