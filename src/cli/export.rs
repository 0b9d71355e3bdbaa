//! `rollwith export`: attempts out, for other programs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{Local, NaiveDate, NaiveTime, TimeZone};
use clap::{Args, ValueEnum};
use uuid::Uuid;

use crate::practice::Stamp;
use crate::report::{self, ExportError, csv, jsonl};
use crate::store::{Selection, Store};

/// What goes out, how, and where to.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = report::help())]
pub struct ExportArgs {
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub format: Format,
    /// Only attempts of this day and later
    #[arg(long, value_name = "DATE")]
    pub since: Option<NaiveDate>,
    /// Only this session, by its id; may be given more than once
    #[arg(long, value_name = "ID")]
    pub session: Vec<Uuid>,
    /// With what was noticed before replying, which is private
    #[arg(long)]
    pub with_feelings: bool,
    /// With the times to the first key and to the answer, which are private
    #[arg(long)]
    pub with_times: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A format on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JSON Lines, one attempt a line
    Jsonl,
    /// CSV for spreadsheets, one attempt a row
    Csv,
}

/// Exports a trainee's attempts to a file, or to `out`. A file is there whole or not at all.
///
/// # Errors
/// When there is nothing of the trainee's here, or it cannot be read or written.
pub fn run(
    args: &ExportArgs,
    home: &Path,
    trainee: &str,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let store = Store::open_existing(home, trainee)?;
    let selection = Selection {
        since: args.since.map(midnight),
        sessions: args.session.clone(),
        with_feelings: args.with_feelings,
        with_times: args.with_times,
    };
    let Some(path) = &args.output else {
        write(args.format, &store, &selection, out)?;
        return Ok(0);
    };
    let cannot = || format!("cannot write {}; choose another file with -o", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut aside =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).with_context(cannot)?;
    {
        let mut file: BufWriter<&mut File> = BufWriter::new(aside.as_file_mut());
        write(args.format, &store, &selection, &mut file)?;
        file.flush().with_context(cannot)?;
    }
    aside.as_file().sync_all().with_context(cannot)?;
    aside.persist(path).map_err(|error| error.error).with_context(cannot)?;
    Ok(0)
}

fn write(
    format: Format,
    store: &Store,
    selection: &Selection,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let written = match format {
        Format::Jsonl => jsonl::write(store, selection, out),
        Format::Csv => csv::write(store, selection, out),
    };
    written.map_err(|error| match error {
        ExportError::Store(error) => error.into(),
        ExportError::Io(error) => error.into(),
    })
}

/// The beginning of a day here; where clocks skipped it, that time in UTC.
fn midnight(day: NaiveDate) -> Stamp {
    let midnight = day.and_time(NaiveTime::MIN);
    Local
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc().fixed_offset(), |local| local.fixed_offset())
}
