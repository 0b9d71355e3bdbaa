//! Commands, one file each: arguments in, exit code out.

mod args;
pub mod doctor;
pub mod export;
pub mod pack;
mod plain;
pub mod progress;
mod run;
pub mod score;

pub use args::{Cli, Command};
pub use run::run;
