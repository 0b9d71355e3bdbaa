//! Commands, one file each: arguments in, exit code out.

mod args;
mod plain;

pub use args::{Cli, Command};
