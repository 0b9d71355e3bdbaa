//! The verdict (stance) of a response: RUBRIC.md's four, and its probabilities.

use serde::{Deserialize, Serialize};

/// What a response does to resistance, as one of four categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Meets the client where they are, with no push.
    Supportive,
    /// A genuine supportive element and a directive push.
    Mixed,
    /// A push with nothing supportive beside it.
    Directive,
    /// No engaged response to this client.
    Unscorable,
}

impl Verdict {
    /// All verdicts, in the order of the scorer's outputs.
    pub const ALL: [Self; 4] = [Self::Supportive, Self::Mixed, Self::Directive, Self::Unscorable];

    /// The word used on screen, in the log and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supportive => "supportive",
            Self::Mixed => "mixed",
            Self::Directive => "directive",
            Self::Unscorable => "unscorable",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// The probability of each verdict; sums to 1 within .002 after rounding to 3 decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probabilities {
    /// Of `supportive`, 0 to 1.
    pub supportive: f64,
    /// Of `mixed`, 0 to 1.
    pub mixed: f64,
    /// Of `directive`, 0 to 1.
    pub directive: f64,
    /// Of `unscorable`, 0 to 1.
    pub unscorable: f64,
}

impl Probabilities {
    /// The probability of one verdict.
    pub const fn of(&self, verdict: Verdict) -> f64 {
        match verdict {
            Verdict::Supportive => self.supportive,
            Verdict::Mixed => self.mixed,
            Verdict::Directive => self.directive,
            Verdict::Unscorable => self.unscorable,
        }
    }

    /// The two most probable verdicts, the likelier first.
    pub fn top_two(&self) -> (Verdict, Verdict) {
        let mut order = Verdict::ALL;
        order.sort_by(|a, b| self.of(*b).total_cmp(&self.of(*a)));
        (order[0], order[1])
    }
}
