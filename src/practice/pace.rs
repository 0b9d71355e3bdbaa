//! Ten minutes are ten minutes: which drill still fits (RUBRIC.md).

use super::record::{Amount, Drill};

/// What one item of each drill takes, in seconds, retries and reading included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Medians {
    /// A statement to respond to.
    pub respond: u32,
    /// A statement to identify.
    pub identify: u32,
    /// Replies to choose from.
    pub discriminate: u32,
}

impl Default for Medians {
    /// At 27 words a minute a first try takes about a minute and a half and a retry one minute;
    /// identify and discriminate take 20 to 30 seconds (RUBRIC.md).
    fn default() -> Self {
        Self { respond: 150, identify: 25, discriminate: 30 }
    }
}

impl Medians {
    /// The seconds of one drill.
    pub const fn of(&self, drill: Drill) -> u32 {
        match drill {
            Drill::Respond => self.respond,
            Drill::Identify => self.identify,
            Drill::Discriminate => self.discriminate,
        }
    }
}

/// What a retry takes, in seconds (RUBRIC.md).
const RETRY: u32 = 60;

/// A gap between two rows longer than this, in seconds, counts as this: someone was called away.
pub const LONGEST_GAP: u32 = 240;

/// Whether an item of a drill may start after so many seconds. Counts have no clock.
pub fn starts(amount: Amount, spent: u32, drill: Drill, medians: Medians) -> bool {
    match amount {
        Amount::Count(_) => true,
        Amount::Minutes(minutes) => spent + medians.of(drill) <= minutes * 60 + RETRY / 4,
    }
}

/// Whether another try is offered by itself after so many seconds; `r` may always ask for one.
pub fn retries(amount: Amount, spent: u32) -> bool {
    match amount {
        Amount::Count(_) => true,
        Amount::Minutes(minutes) => spent + RETRY / 2 <= minutes * 60,
    }
}
