//! Every screen, a file each: state, an answer to actions, and a pure view.

/// The practice loop.
pub mod practice;
