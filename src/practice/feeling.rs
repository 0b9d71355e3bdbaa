//! What a therapist may notice before replying (RUBRIC.md, step 2).

use serde::{Deserialize, Serialize};

/// What is strongest right now, in the order of the screen's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Feeling {
    Irritated,
    Disrespected,
    Hurt,
    Guilty,
    Confused,
    Anxious,
    DoubtingMyself,
    UrgeToArgue,
    UrgeToJustify,
}

/// A reaction of this strength or more is met with the offer to stop for today (RUBRIC.md, step 8).
pub const STRONG: u8 = 8;

impl Feeling {
    /// All feelings; the digit on screen is the index plus one.
    pub const ALL: [Self; 9] = [
        Self::Irritated,
        Self::Disrespected,
        Self::Hurt,
        Self::Guilty,
        Self::Confused,
        Self::Anxious,
        Self::DoubtingMyself,
        Self::UrgeToArgue,
        Self::UrgeToJustify,
    ];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Irritated => "irritated",
            Self::Disrespected => "disrespected",
            Self::Hurt => "hurt",
            Self::Guilty => "guilty",
            Self::Confused => "confused",
            Self::Anxious => "anxious",
            Self::DoubtingMyself => "doubting myself",
            Self::UrgeToArgue => "urge to argue",
            Self::UrgeToJustify => "urge to justify",
        }
    }

    /// The feeling of a digit on screen, 1 to 9.
    pub fn from_digit(digit: u8) -> Option<Self> {
        Self::ALL.get(usize::from(digit).checked_sub(1)?).copied()
    }
}
