//! The practice loop of RUBRIC.md as a pure, deterministic state machine.

mod feeling;
mod record;

pub use feeling::{Feeling, STRONG};
pub use record::{
    Amount, Answer, Attempt, Drill, Ending, Met, Mix, NextSet, Note, NoteContent, PlannedItem,
    Private, PrivateContent, Responded, SessionStart, Settings, Shown, ShownReply, Stamp,
    VignetteRef,
};
