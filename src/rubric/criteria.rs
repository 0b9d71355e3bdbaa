//! The five criteria, 0 to 2 points each.

use serde::{Deserialize, Serialize};

/// One of the five criteria of RUBRIC.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Reflects what was said, its meaning or its feeling.
    Understanding,
    /// Explores the objection openly, or leaves room for more.
    Curiosity,
    /// Leaves the choice with the client.
    Autonomy,
    /// Neither confronts nor persuades.
    Nondirective,
    /// Takes up what matters in this statement.
    Fit,
}

impl Criterion {
    /// All criteria, in the order of screens and files.
    pub const ALL: [Self; 5] =
        [Self::Understanding, Self::Curiosity, Self::Autonomy, Self::Nondirective, Self::Fit];

    /// The word used on screen and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Understanding => "understanding",
            Self::Curiosity => "curiosity",
            Self::Autonomy => "autonomy",
            Self::Nondirective => "nondirective",
            Self::Fit => "fit",
        }
    }
}

/// Points by criterion, each 0 to 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the criteria")]
pub struct Criteria {
    pub understanding: u8,
    pub curiosity: u8,
    pub autonomy: u8,
    pub nondirective: u8,
    pub fit: u8,
}

impl Criteria {
    /// The points of one criterion, 0 to 2.
    pub const fn of(&self, criterion: Criterion) -> u8 {
        match criterion {
            Criterion::Understanding => self.understanding,
            Criterion::Curiosity => self.curiosity,
            Criterion::Autonomy => self.autonomy,
            Criterion::Nondirective => self.nondirective,
            Criterion::Fit => self.fit,
        }
    }

    /// Sets the points of one criterion; more than 2 counts as 2.
    pub fn set(&mut self, criterion: Criterion, points: u8) {
        let points = points.min(2);
        match criterion {
            Criterion::Understanding => self.understanding = points,
            Criterion::Curiosity => self.curiosity = points,
            Criterion::Autonomy => self.autonomy = points,
            Criterion::Nondirective => self.nondirective = points,
            Criterion::Fit => self.fit = points,
        }
    }

    /// All points, 0 to 10.
    pub const fn points(&self) -> u8 {
        self.understanding + self.curiosity + self.autonomy + self.nondirective + self.fit
    }
}
