//! Parse, dispatch, exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = rollwith::cli::Cli::parse();
    match rollwith::cli::run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rollwith: {error:#}");
            ExitCode::from(2)
        }
    }
}
