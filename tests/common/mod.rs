//! Shared by the test files; each uses a part.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod pty;
pub mod shelf;
