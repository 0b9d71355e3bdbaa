//! The command line, from which help, man page and completions come too.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::pack::Level;
use crate::practice::plan::Request;
use crate::practice::{Amount, Drill, Mix};

use super::doctor::DoctorArgs;
use super::export::ExportArgs;
use super::pack::PackArgs;
use super::score::ScoreArgs;

/// Practise the moment a client pushes back: a reply, feedback on it, and the same again.
///
/// Without a command the home screen opens. All data stay on this machine.
#[derive(Debug, Parser)]
#[command(name = "rollwith", version, max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; the home screen where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Where data live [default: `$ROLLWITH_HOME`, else the platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Keep all data in a temporary folder that is gone at the end
    #[arg(long, global = true, conflicts_with = "home")]
    pub guest: bool,
    /// Who practises [default: `$ROLLWITH_TRAINEE`, else the account's user name]
    #[arg(long, global = true, value_name = "NAME")]
    pub trainee: Option<String>,
    /// Colours: the terminal's own, or none
    #[arg(long, global = true, value_name = "THEME", default_value = "auto")]
    pub theme: String,
    /// Leave the mouse to the terminal, so that text can be selected (F2 on a screen)
    #[arg(long, global = true)]
    pub no_mouse: bool,
}

/// What rollwith can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Practise: a set on screen, or line by line with --plain
    Practice(PracticeArgs),
    /// Score one response, or JSON Lines with --batch
    Score(ScoreArgs),
    /// How practice goes: a screen, or printed when piped
    Progress {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Attempts out, as JSON Lines or CSV
    Export(ExportArgs),
    /// Vignette packs: list, show, check
    Pack(PackArgs),
    /// Check the database, the log's chain, paths and the terminal
    Doctor(DoctorArgs),
    /// Completions for a shell, on standard output
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// The manual page, on standard output
    Man,
}

/// What may be asked of a set.
#[derive(Clone, Debug, Args)]
pub struct PracticeArgs {
    /// Which drill
    #[arg(long, value_enum, default_value_t = DrillChoice::Mixed)]
    pub drill: DrillChoice,
    /// Only from this pack; may be given more than once
    #[arg(long, value_name = "ID")]
    pub pack: Vec<String>,
    /// The level [default: what the last reaction form came to]
    #[arg(long, value_enum)]
    pub level: Option<LevelChoice>,
    /// How many statements
    #[arg(long, value_name = "N", conflicts_with = "minutes", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub count: Option<u32>,
    /// How many minutes to fill [default: 10]
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=180))]
    pub minutes: Option<u32>,
    /// Seed of every shuffle, for the same set again
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// One vignette, by its id or pack/id
    #[arg(long, value_name = "ID", conflicts_with_all = ["count", "minutes", "pack"])]
    pub vignette: Option<String>,
    /// Leave a topic out this once; may be given more than once
    #[arg(long, value_name = "T")]
    pub without_topic: Vec<String>,
    /// Line by line on standard input and output
    #[arg(long)]
    pub plain: bool,
}

/// A drill on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DrillChoice {
    /// Is it resistance, and in which form?
    Identify,
    /// Choose the appropriate reply
    Discriminate,
    /// Reply in your own words
    Respond,
    /// All three
    Mixed,
}

/// A level on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LevelChoice {
    Beginner,
    Intermediate,
    Advanced,
}

impl From<LevelChoice> for Level {
    fn from(choice: LevelChoice) -> Self {
        match choice {
            LevelChoice::Beginner => Self::Beginner,
            LevelChoice::Intermediate => Self::Intermediate,
            LevelChoice::Advanced => Self::Advanced,
        }
    }
}

impl PracticeArgs {
    /// Whether anything was asked for that a set left unfinished may not be.
    pub fn asks_for_a_set_of_its_own(&self) -> bool {
        self.request() != Request::today() || self.seed.is_some()
    }

    /// What the planner is asked for.
    pub fn request(&self) -> Request {
        let amount = match (self.count, self.minutes) {
            _ if self.vignette.is_some() => Amount::Count(1),
            (Some(count), _) => Amount::Count(count),
            (None, minutes) => Amount::Minutes(minutes.unwrap_or(10)),
        };
        let mix = match self.drill {
            DrillChoice::Identify => Mix::Only(Drill::Identify),
            DrillChoice::Discriminate => Mix::Only(Drill::Discriminate),
            DrillChoice::Respond => Mix::Only(Drill::Respond),
            DrillChoice::Mixed => Mix::Mixed,
        };
        Request {
            mix,
            packs: self.pack.clone(),
            level: self.level.map(Level::from),
            amount,
            vignette: self.vignette.clone(),
            without_topics: self.without_topic.clone(),
        }
    }
}
