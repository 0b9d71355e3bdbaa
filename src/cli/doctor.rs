//! `rollwith doctor`: whether all is well, and what to do where it is not.

use std::io::Write;
use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::store::{self, Check, Fixed, Outcome, Report};
use crate::tui::theme::Environment;

/// Columns and rows that the screens need.
const SMALLEST: (u16, u16) = (60, 18);

/// What to look at.
#[derive(Clone, Copy, Debug, Args)]
pub struct DoctorArgs {
    /// Repair: close files to others; keep a damaged database aside, restore the newest good backup
    /// and take over every later row that verifies
    #[arg(long)]
    pub fix: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Looks at database, log, files, backups and terminal, after repairing where asked to; returns 1
/// where there is a fault.
///
/// # Errors
/// When a repair is not possible.
pub fn run(args: &DoctorArgs, home: &Path, out: &mut dyn Write) -> anyhow::Result<u8> {
    let now = chrono::Local::now().fixed_offset();
    let fixed = if args.fix { Some(store::fix(home, now)?) } else { None };
    let mut report = store::check(home);
    report.checks.extend(terminal());
    if args.json {
        let document = json!({
            "sound": report.is_sound(),
            "home": home,
            "fixed": fixed,
            "checks": report.checks,
        });
        writeln!(out, "{document:#}")?;
    } else {
        if let Some(fixed) = &fixed {
            print_fixed(fixed, out)?;
        }
        print(&report, out)?;
    }
    Ok(u8::from(!report.is_sound()))
}

fn print_fixed(fixed: &Fixed, out: &mut dyn Write) -> std::io::Result<()> {
    for path in &fixed.modes {
        writeln!(out, "Closed to others: {}", path.display())?;
    }
    if let Some(aside) = &fixed.kept_aside {
        writeln!(out, "Kept the damaged file as {}", aside.display())?;
    }
    if let Some(backup) = &fixed.backup {
        writeln!(out, "Restored {}", backup.display())?;
    }
    if fixed.kept_aside.is_some() {
        writeln!(out, "Took over {} later rows that verify", fixed.salvaged)?;
    }
    if fixed.modes.is_empty() && fixed.kept_aside.is_none() && fixed.backup.is_none() {
        writeln!(out, "Nothing needed repair.")?;
    }
    writeln!(out)
}

fn print(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    for check in &report.checks {
        let mark = match check.outcome {
            Outcome::Sound => "ok    ",
            Outcome::Notice => "note  ",
            Outcome::Fault => "fault ",
        };
        writeln!(out, "{mark}{:<9} {}", check.name, check.says)?;
        if let Some(remedy) = &check.remedy {
            writeln!(out, "                {remedy}")?;
        }
    }
    Ok(())
}

fn terminal() -> Vec<Check> {
    let environment = Environment::of_process();
    let mut checks = Vec::new();
    let term = std::env::var("TERM").unwrap_or_default();
    let plain = "rollwith practice --plain works line by line";
    checks.push(if term.is_empty() || environment.dumb {
        Check::notice("terminal", "it cannot draw screens (TERM is dumb or not set)", plain)
    } else {
        Check::sound("terminal", term)
    });
    checks.push(match ratatui::crossterm::terminal::size() {
        Ok((columns, rows)) if columns < SMALLEST.0 || rows < SMALLEST.1 => Check::notice(
            "size",
            format!("{columns}x{rows}"),
            format!("screens need {}x{}: enlarge the window", SMALLEST.0, SMALLEST.1),
        ),
        Ok((columns, rows)) => Check::sound("size", format!("{columns}x{rows}")),
        Err(_) => Check::notice("size", "not known: this is no terminal", plain),
    });
    checks.push(Check::sound(
        "colour",
        if environment.no_color { "none (NO_COLOR)" } else { "the terminal's own 16" },
    ));
    checks.push(if environment.ascii {
        Check::notice(
            "letters",
            "marks are drawn in ASCII: the locale is not UTF-8, or shows marks two cells wide",
            "set LANG to a locale that ends in .UTF-8",
        )
    } else {
        Check::sound("letters", "UTF-8")
    });
    checks
}
