//! One strength and one correction. (Signatures that practice relies on; the scorer's branch fills them.)

use super::Score;

/// The correction for a copy of the last try with words taken out.
pub const TRIMMED_COPY: &str = "";

/// What to keep and what to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// What to keep.
    pub keep: Option<String>,
    /// What to change.
    pub change: Option<String>,
}

/// Ranked candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// What to keep, the best first.
    pub strengths: Vec<String>,
    /// What to change, the best first.
    pub corrections: Vec<String>,
}

/// The candidates for a scored reply; `client` is the client's name.
pub fn candidates(_score: &Score, _response: &str, _client: Option<&str>) -> Candidates {
    Candidates::default()
}

/// The first of each that was not said before.
pub fn choose(_candidates: &Candidates, _said_before: &[String]) -> Feedback {
    Feedback::default()
}
