//! The practice loop of RUBRIC.md as a pure, deterministic state machine.
//!
//! [`Session::handle`] takes an [`Event`] and returns [`Effect`]s; a driver runs them and feeds
//! their results back. The rows that it leaves ([`Attempt`], [`Note`], [`Private`]) are the session:
//! [`Session::replay`] rebuilds it from them.

mod due;
mod feeling;
mod id;
mod item;
mod mastery;
mod pace;
mod past;
pub mod plan;
pub mod progress;
mod reaction;
mod record;
mod respond;
mod session;
mod shuffle;
mod step;
pub mod wording;

pub use due::{SPACING, Seen, medians, seen};
pub use feeling::{Feeling, STRONG};
pub use item::{Example, Item, is_appropriate};
pub use mastery::{Standing, TRIES, outcome, settled, standing};
pub use pace::Medians;
pub use past::Past;
pub use reaction::propose;
pub use record::{
    Amount, Answer, Attempt, Drill, Ending, Met, Mix, NextSet, Note, NoteContent, PlannedItem,
    Private, PrivateContent, Responded, Row, SessionStart, Settings, Shown, ShownReply, Stamp,
    VignetteRef,
};
pub use session::{ReplayError, Session};
pub use shuffle::Shuffle;
pub use step::{Effect, Event, Judging, Reaction, ScoreCame, Step, Watch};
