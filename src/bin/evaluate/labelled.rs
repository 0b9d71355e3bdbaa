//! Labelled replies, and their scores.

use std::io::BufRead;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use rollwith::rubric::{Criteria, Input, MoveCode, Score, Scorer, Verdict};
use serde::Deserialize;

/// One labelled reply.
#[derive(Clone, Deserialize)]
pub struct Reply {
    pub direction: Option<String>,
    #[serde(alias = "statement")]
    pub client: Option<String>,
    pub response: String,
    /// None on moments that are no resistance.
    pub verdict: Option<Verdict>,
    pub moves: Option<Vec<LabelledMove>>,
    pub criteria: Option<Criteria>,
    /// Replies to one moment are drawn together when an interval is made; where the file does not say,
    /// every reply is a moment of its own.
    #[serde(default)]
    pub moment: Option<u32>,
    #[serde(default = "resistance")]
    pub kind: String,
    pub split: Option<String>,
    pub author: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(Clone, Deserialize)]
pub struct LabelledMove {
    pub text: String,
    pub code: MoveCode,
}

fn resistance() -> String {
    "resistance".to_owned()
}

impl Reply {
    pub fn input(&self) -> Input<'_> {
        self.said(&self.response)
    }

    /// Another response to the same moment.
    pub fn said<'a>(&'a self, response: &'a str) -> Input<'a> {
        Input { direction: self.direction.as_deref(), client: self.client.as_deref(), response }
    }
}

/// Which replies of a file are asked about.
#[derive(Args)]
pub struct Selection {
    file: PathBuf,
    /// Only replies of this split (train: the network was trained on them)
    #[arg(long)]
    split: Option<String>,
    /// Only replies to moments of this kind
    #[arg(long, default_value = "resistance")]
    kind: String,
}

impl Selection {
    /// The replies asked for, in the order of the file.
    pub fn replies(&self) -> anyhow::Result<Vec<Reply>> {
        let path = self.file.display();
        let file =
            std::fs::File::open(&self.file).with_context(|| format!("cannot open {path}"))?;
        let mut found = Vec::new();
        for (at, line) in std::io::BufReader::new(file).lines().enumerate() {
            let mut reply: Reply =
                serde_json::from_str(&line?).with_context(|| format!("{path}, line {}", at + 1))?;
            reply.moment.get_or_insert(u32::MAX - at as u32);
            if reply.kind == self.kind && (self.split.is_none() || reply.split == self.split) {
                found.push(reply);
            }
        }
        ensure!(!found.is_empty(), "{path} has no such replies");
        println!(
            "{} replies to moments of kind {} of {path}{}",
            found.len(),
            self.kind,
            self.split.as_ref().map_or(String::new(), |split| format!(", split {split}")),
        );
        if found.iter().any(|reply| reply.split.as_deref() == Some("train")) {
            println!("SEEN IN TRAINING: these figures do not say how good the scorer is.");
        }
        if found.iter().any(|reply| reply.split.as_deref() == Some("tune")) {
            println!(
                "USED TO CALIBRATE: the verdict's head and the thresholds were fitted on these."
            );
        }
        Ok(found)
    }
}

/// Scores in the order of the inputs, on all cores.
pub fn scores(scorer: &Scorer, inputs: &[Input]) -> Vec<Score> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = inputs.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = inputs
            .chunks(part)
            .map(|own| scope.spawn(|| own.iter().map(|input| scorer.score(input)).collect()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| -> Vec<Score> { part.join().expect("scoring never panics") })
            .collect()
    })
}

/// Each reply with its score.
pub fn scored<'a>(scorer: &Scorer, replies: &'a [Reply]) -> Vec<(&'a Reply, Score)> {
    let inputs: Vec<_> = replies.iter().map(Reply::input).collect();
    replies.iter().zip(scores(scorer, &inputs)).collect()
}
