//! What a response is scored on. Pure: the same input gives the same score, and nothing here
//! knows of packs, sessions, files or screens.

mod criteria;
pub mod feedback;
pub mod formula;
mod moves;
pub mod near;
mod score;
mod verdict;

pub use criteria::{Criteria, Criterion};
pub use moves::{Move, MoveCode, Side};
pub use score::{Behaviour, Evidence, Input, Reason, Score};
pub use verdict::{Probabilities, Verdict};
