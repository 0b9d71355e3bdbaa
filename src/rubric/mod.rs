//! What a response is scored on. Pure: the same input gives the same score, and nothing here
//! knows of packs, sessions, files or screens.
//!
//! An input passes the rules (`guard`, `language`), becomes pieces (`tokens`), hidden states
//! (`encoder`) and logits (`heads`), then probabilities (`calibration`); the verdict decides what
//! is shown of moves and criteria (`decode`), marks (`evidence`) and words (`feedback`).

mod calibration;
mod criteria;
mod decode;
mod encoder;
mod evidence;
/// What to say about a score: one thing to keep, at most one to change.
pub mod feedback;
mod feedback_texts;
/// Openings and closings that become a formula.
pub mod formula;
mod gelu;
mod guard;
mod heads;
mod language;
mod moves;
/// How near one reply is to another.
pub mod near;
mod quote;
mod score;
mod scorer;
mod tokens;
mod verdict;
mod weights;
mod words;

pub use criteria::{Criteria, Criterion};
pub use heads::{Network, Outputs};
pub use moves::{Move, MoveCode, Side};
pub use score::{Behaviour, Evidence, Input, Reason, Score};
pub use scorer::{EMBEDDED_WEIGHTS, Scorer, score};
pub use tokens::Piece;
pub use verdict::{Probabilities, Verdict};
pub use weights::WeightsError;
