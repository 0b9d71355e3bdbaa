//! Prints the figures of the scorer card from the code that ships. Not part of the program.

mod agreement;
mod bootstrap;
mod coded;
mod edits;
mod labelled;
mod marks;
mod moves;
mod spoken;
mod typed;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use rollwith::rubric::{EMBEDDED_WEIGHTS, Scorer};

use crate::labelled::Selection;

/// How good the scorer is, on replies that people have labelled.
///
/// FILE has a line a reply (JSON): direction, client (or statement), response, verdict, and where
/// labelled moves and criteria; in the corpus also split, kind, tags, author, moment.
#[derive(Parser)]
#[command(name = "evaluate")]
struct Arguments {
    /// A weights file in place of the one that ships
    #[arg(long, global = true)]
    weights: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Verdicts, confidence, abstention, criteria, points, moves; by tag and author
    Typed(Selection),
    /// Whether the marked words matter more than others
    Marks(Selection),
    /// Whether edits without a meaning change a confident verdict
    Edits(Selection),
    /// Real speech: `AnnoMI`'s human codes against the stance and the behaviour
    Spoken(spoken::Talks),
    /// Chatbot sessions coded by people (`MIV6.3A` of `AutoMISC`): supportive codes called directive
    Coded(coded::Table),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let scorer = match &arguments.weights {
        None => Scorer::read(EMBEDDED_WEIGHTS)?,
        Some(path) => {
            let file =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            Scorer::read(&file).with_context(|| format!("{}", path.display()))?
        }
    };
    println!("{}", scorer.model());
    match &arguments.what {
        What::Typed(selection) => typed::print(&scorer, &selection.replies()?),
        What::Marks(selection) => marks::print(&scorer, &selection.replies()?),
        What::Edits(selection) => edits::print(&scorer, &selection.replies()?),
        What::Coded(table) => coded::print(&scorer, &table.turns()?),
        What::Spoken(talks) => spoken::print(&scorer, &talks.turns()?),
    }
    Ok(())
}
