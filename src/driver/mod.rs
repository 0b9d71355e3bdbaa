//! Runs what a session asks for: writes its rows, saves its drafts, has its replies scored.
//!
//! The screens and the plain loop both drive a [`Practice`]; they differ only in how they ask and
//! show.

mod desk;
mod drafts;
mod home;
mod ledger;
mod practice;
mod scorer;

pub use desk::{Desk, DeskError, StartScorer, is_scored};
pub use drafts::Pause;
pub use home::{Home, HomeError, fresh_seed, now, trainee};
pub use ledger::Ledger;
pub use practice::Practice;
pub use scorer::{Scored, ScorerThread};
