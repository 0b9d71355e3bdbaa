//! The log for other programs: one attempt a row.

mod columns;
pub mod csv;
pub mod jsonl;

pub use columns::{COLUMNS, Column, When, help};
pub use jsonl::ExportError;
