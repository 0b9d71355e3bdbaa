//! What a session is written to. The store is one; tests use others that fail on purpose.

use crate::practice::{Attempt, Note, Private};
use crate::store::Draft;

/// Where the rows of a session go. Every error is one line that says what to do.
pub trait Ledger {
    /// Writes an attempt with the private rows that belong to it, and drops the draft of its item,
    /// all or nothing. Writing the same attempt twice leaves one.
    fn record_attempt(
        &mut self,
        attempt: &Attempt,
        private: &[Private],
        item: usize,
    ) -> Result<(), String>;

    /// Writes a note.
    fn record_note(&mut self, note: &Note) -> Result<(), String>;

    /// Writes a private row.
    fn record_private(&mut self, private: &Private) -> Result<(), String>;

    /// Keeps what was typed so far, in place of what was kept before.
    fn save_draft(&mut self, draft: &Draft) -> Result<(), String>;
}
