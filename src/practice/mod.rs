//! The practice loop of RUBRIC.md as a pure, deterministic state machine.
