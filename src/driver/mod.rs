//! Runs what a session asks for: writes its rows, saves its drafts, has its replies scored.
//!
//! The screens and the plain loop both drive a [`Practice`]; they differ only in how they ask and
//! show.

// desk follows the store
mod drafts;
mod ledger;
mod practice;
mod scorer;

pub use drafts::{Draft, Pause};
pub use ledger::Ledger;
pub use practice::Practice;
pub use scorer::{Scored, ScorerThread};
