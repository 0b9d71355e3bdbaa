//! `rollwith`: deliberate practice in rolling with resistance, at a terminal.
//!
//! A functional core with thin edges. Dependencies point one way:
//! `cli`, `tui`, `report` → `driver` → `store` → `practice` → `rubric`, `pack`, `stats`.

/// The commands, one file each.
pub mod cli;
/// Runs what a session asks for: store, scorer thread, clock.
pub mod driver;
/// Vignettes: what a pack is, how it is read from YAML, and what is wrong with it.
pub mod pack;
/// The practice loop as a pure state machine: no terminal, no files, no SQL.
pub mod practice;
/// The log for other programs: JSON Lines and CSV.
pub mod report;
/// What a response is scored on: verdict, moves, criteria, evidence and feedback.
pub mod rubric;
/// Intervals, agreement and signal detection, each formula with its source.
pub mod stats;
/// The log on disk: the only place with SQL.
pub mod store;
/// Text from outside made safe to show: control characters and direction overrides.
pub mod text;
/// Screens: the terminal, the event loop, keys, the editor, theme and widgets.
pub mod tui;
