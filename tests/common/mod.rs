//! Shared by the test files; each uses a part.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod bench;
pub mod pty;
pub mod shelf;

/// A vignette of resistance in words, of the built-in packs.
pub const CONTENT: &str = "foundations/every-trick-there-is";
