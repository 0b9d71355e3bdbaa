//! Moves: the behaviour codes of RUBRIC.md, after MITI 4.2.1 and MISC 2.5.

use serde::{Deserialize, Serialize};

/// One behaviour code. Names follow MITI 4.2.1 (Moyers, Manuel & Ernst); open against closed
/// question is MISC 2.5; `reassure`, `answer` and `hold_limit` are rollwith's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the field's own; RUBRIC.md defines each")]
pub enum MoveCode {
    ComplexReflection,
    SimpleReflection,
    OpenQuestion,
    Affirm,
    EmphasizeAutonomy,
    SeekCollaboration,
    Answer,
    ClosedQuestion,
    GiveInformation,
    PersuadeWithPermission,
    HoldLimit,
    Other,
    Persuade,
    Confront,
    Reassure,
}

/// Which way a move leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Meets the client.
    Supportive,
    /// Neither.
    Neutral,
    /// Pushes.
    Directive,
}

impl MoveCode {
    /// All codes: supportive, neutral, directive.
    pub const ALL: [Self; 15] = [
        Self::ComplexReflection,
        Self::SimpleReflection,
        Self::OpenQuestion,
        Self::Affirm,
        Self::EmphasizeAutonomy,
        Self::SeekCollaboration,
        Self::Answer,
        Self::ClosedQuestion,
        Self::GiveInformation,
        Self::PersuadeWithPermission,
        Self::HoldLimit,
        Self::Other,
        Self::Persuade,
        Self::Confront,
        Self::Reassure,
    ];

    /// The side of the rubric's table that the code stands on.
    pub const fn side(self) -> Side {
        match self {
            Self::ComplexReflection
            | Self::SimpleReflection
            | Self::OpenQuestion
            | Self::Affirm
            | Self::EmphasizeAutonomy
            | Self::SeekCollaboration
            | Self::Answer => Side::Supportive,
            Self::ClosedQuestion
            | Self::GiveInformation
            | Self::PersuadeWithPermission
            | Self::HoldLimit
            | Self::Other => Side::Neutral,
            Self::Persuade | Self::Confront | Self::Reassure => Side::Directive,
        }
    }

    /// The code as it stands in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ComplexReflection => "complex_reflection",
            Self::SimpleReflection => "simple_reflection",
            Self::OpenQuestion => "open_question",
            Self::Affirm => "affirm",
            Self::EmphasizeAutonomy => "emphasize_autonomy",
            Self::SeekCollaboration => "seek_collaboration",
            Self::Answer => "answer",
            Self::ClosedQuestion => "closed_question",
            Self::GiveInformation => "give_information",
            Self::PersuadeWithPermission => "persuade_with_permission",
            Self::HoldLimit => "hold_limit",
            Self::Other => "other",
            Self::Persuade => "persuade",
            Self::Confront => "confront",
            Self::Reassure => "reassure",
        }
    }

    /// The code from its name in a file.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|move_code| move_code.code() == code)
    }

    /// The words used on screen. Experts disagree on simple against complex (RUBRIC.md), so both
    /// are "reflection" here and the depth is given apart, by degree.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ComplexReflection | Self::SimpleReflection => "reflection",
            Self::OpenQuestion => "open question",
            Self::Affirm => "affirmation",
            Self::EmphasizeAutonomy => "leaves the choice",
            Self::SeekCollaboration => "seeks collaboration",
            Self::Answer => "plain answer",
            Self::ClosedQuestion => "closed question",
            Self::GiveInformation => "information",
            Self::PersuadeWithPermission => "advice that was asked for",
            Self::HoldLimit => "holds a limit",
            Self::Other => "other",
            Self::Persuade => "persuades",
            Self::Confront => "confronts",
            Self::Reassure => "reassures",
        }
    }
}

/// One move: a span of the response with one code.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// First byte of the span in the response (UTF-8).
    pub start: usize,
    /// One past the last byte of the span.
    pub end: usize,
    /// Its code.
    pub code: MoveCode,
    /// How sure the scorer is of the code, 0 to 1.
    pub probability: f64,
    /// Of a reflection: how deep it goes, from 0 (simple) to 1 (complex). A matter of degree, since
    /// experts do not agree on where the line is (RUBRIC.md, "Moves").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<f64>,
}
