//! Dispatch: a parsed command line to an exit code.

use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc;

use anyhow::{Context as _, bail};
use clap::CommandFactory;

use crate::driver::{Desk, Home, ScorerThread, fresh_seed, now, trainee};
use crate::practice::plan::Request;
use crate::tui::app::{self, Screens};
use crate::tui::event_loop::{self, Ended};
use crate::tui::layer::Layer;
use crate::tui::screens::home::HomeLayer;
use crate::tui::screens::practice::PracticeLayer;
use crate::tui::screens::progress::ProgressLayer;
use crate::tui::theme::{Choice, Environment, Theme};

use super::args::{Cli, Command, Global, PracticeArgs};
use super::{doctor, export, pack, plain, progress, score};

/// What is said where today's backup fails: practice itself is kept.
const NO_BACKUP: &str = "rollwith: today's backup was not made: ";

/// Runs a command. What it returns is the exit code; an error is bad usage or input, code 2.
///
/// # Errors
/// Each is one line that says what to do.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let global = cli.global;
    match cli.command {
        None => screens(&global, Opening::Home),
        Some(Command::Practice(args)) => practice(&global, &args),
        Some(Command::Score(args)) => {
            let home = Home::find(global.guest, global.home)?;
            let find = |id: &str| score::moment(&crate::pack::Library::open(home.path()), id);
            let mut out = BufWriter::new(io::stdout());
            let code = score::run(&args, find, &mut out)?;
            out.flush()?;
            Ok(code)
        }
        Some(Command::Progress { json }) => {
            if !json && io::stdout().is_terminal() && !is_dumb() {
                return screens(&global, Opening::Progress);
            }
            let desk = desk(&global)?;
            printing(|out| progress::run(&desk, json, now(), out))
        }
        Some(Command::Export(args)) => {
            let home = Home::find(global.guest, global.home)?;
            let name = trainee(global.trainee.as_deref());
            printing(|out| export::run(&args, home.path(), &name, out))
        }
        Some(Command::Pack(args)) => {
            let home = Home::find(global.guest, global.home)?;
            let colour = io::stdout().is_terminal() && !Environment::of_process().no_color;
            printing(|out| pack::run(&args.command, home.path(), out, colour))
        }
        Some(Command::Doctor(args)) => {
            let home = Home::find(global.guest, global.home)?;
            printing(|out| doctor::run(&args, home.path(), out))
        }
        Some(Command::Completions { shell }) => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rollwith", &mut out);
            printing(|stdout| Ok(stdout.write_all(&out).map(|()| 0)?))
        }
        Some(Command::Man) => {
            let mut out = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut out)?;
            printing(|stdout| Ok(stdout.write_all(&out).map(|()| 0)?))
        }
    }
}

/// Runs a command that prints, and takes a reader that went away as its end.
fn printing(print: impl FnOnce(&mut dyn Write) -> anyhow::Result<u8>) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print(&mut out).and_then(|code| Ok(out.flush().map(|()| code)?));
    match printed {
        Ok(code) => Ok(ExitCode::from(code)),
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn is_dumb() -> bool {
    Environment::of_process().dumb
}

fn desk(global: &Global) -> anyhow::Result<Desk> {
    let home = Home::find(global.guest, global.home.clone())?;
    Ok(Desk::open(home, &trainee(global.trainee.as_deref()), now())?)
}

/// Which screen comes first; home lies beneath the others.
enum Opening {
    Home,
    Practice(Request, Option<u64>),
    Progress,
}

fn practice(global: &Global, args: &PracticeArgs) -> anyhow::Result<ExitCode> {
    if !args.plain && !is_dumb() {
        return screens(global, Opening::Practice(args.request(), args.seed));
    }
    let mut desk = desk(global)?;
    let (sender, scores) = mpsc::channel();
    let start_scorer = || {
        let sender = sender.clone();
        ScorerThread::start(move |scored| {
            // The receiver ends only with this function, which nobody waits on then.
            let _ = sender.send(scored);
        })
    };
    let asked_for_more = args.asks_for_a_set_of_its_own();
    let unfinished = if asked_for_more { None } else { desk.unfinished(now())? };
    let resumed = unfinished
        .and_then(|recorded| desk.resume(recorded, &start_scorer, now()).ok())
        .filter(|practice| practice.session().is_open());
    let mut practice = match resumed {
        Some(practice) => practice,
        None => begin(&mut desk, args, &start_scorer)?,
    };
    let stdin = io::stdin();
    let mut input: Box<dyn BufRead> = Box::new(stdin.lock());
    let mut out = io::stdout().lock();
    plain::run(&mut practice, &scores, &mut *input, &mut out, &now)
        .context("the set cannot go on here; all is kept")?;
    if let Err(error) = crate::store::daily_backup(desk.home(), now()) {
        eprintln!("{NO_BACKUP}{error}");
    }
    Ok(ExitCode::SUCCESS)
}

fn begin(
    desk: &mut Desk,
    args: &PracticeArgs,
    start_scorer: &dyn Fn() -> io::Result<ScorerThread>,
) -> anyhow::Result<crate::driver::Practice> {
    let seed = args.seed.unwrap_or_else(fresh_seed);
    Ok(desk.begin(&args.request(), seed, start_scorer, now())?)
}

fn screens(global: &Global, opening: Opening) -> anyhow::Result<ExitCode> {
    let environment = Environment::of_process();
    if environment.dumb {
        bail!("TERM=dumb cannot show screens; `rollwith practice --plain` works line by line");
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!("screens need a terminal; `rollwith practice --plain` works line by line");
    }
    let theme = Theme::new(global.theme.parse::<Choice>()?, &environment);
    let mut desk = desk(global)?;
    let (mailbox, inbox) = event_loop::channel();
    let mut above: Option<Box<dyn Layer>> = None;
    match opening {
        Opening::Home => {}
        Opening::Practice(request, seed) => {
            let start_scorer = || app::start_scorer(&mailbox);
            let seed = seed.unwrap_or_else(fresh_seed);
            let practice = desk.begin(&request, seed, &start_scorer, now())?;
            above = Some(Box::new(PracticeLayer::new(practice, now())));
        }
        Opening::Progress => above = Some(Box::new(ProgressLayer::new(&desk)?)),
    }
    let home = Box::new(HomeLayer::new(desk.trainee()));
    let size = ratatui::crossterm::terminal::size().unwrap_or((80, 24));
    let backup_of = desk.home().to_owned();
    let mut screens = Screens::new(home, desk, theme, !global.no_mouse, size, mailbox.clone(), now);
    if let Some(layer) = above {
        screens.push(layer);
    }
    let backup = std::thread::spawn(move || crate::store::daily_backup(&backup_of, now()));
    let ended =
        event_loop::run(&mut screens, (&mailbox, &inbox), !global.no_mouse, theme.has_colours())?;
    if let Ok(Err(error)) = backup.join() {
        eprintln!("{NO_BACKUP}{error}");
    }
    Ok(match ended {
        Ended::Left => ExitCode::SUCCESS,
        Ended::Signalled(number) => ExitCode::from(128_u8.saturating_add(number as u8)),
    })
}
