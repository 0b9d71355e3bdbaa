//! Counsellor utterances that people coded by the MISC: how many of a supportive code are called directive.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use rollwith::rubric::{Input, Scorer, Verdict};
use serde::Deserialize;

use crate::bootstrap::interval;
use crate::labelled::scores;

/// Reflections, open questions, affirmations, emphasis on control, support (MISC 2.5).
const SUPPORTIVE: [&str; 6] = ["SR", "CR", "OQ", "AF", "EC", "SU"];

/// The table of `AutoMISC` with codes by hand.
#[derive(Args)]
pub struct Table {
    /// CSV, a row an utterance, with the column `t2_label_GT`
    table: PathBuf,
}

#[derive(Deserialize)]
struct Row {
    conv_id: String,
    speaker: String,
    vol_text: String,
    utt_text: String,
    #[serde(rename = "t2_label_GT")]
    code: String,
}

/// One utterance of a supportive code.
pub struct Turn {
    conversation: String,
    direction: String,
    client: String,
    text: String,
}

impl Table {
    /// The utterances of supportive codes, each with the turns before its own.
    pub fn turns(&self) -> anyhow::Result<Vec<Turn>> {
        let path = self.table.display();
        let mut table =
            csv::Reader::from_path(&self.table).with_context(|| format!("cannot open {path}"))?;
        let (mut client, mut therapist) = (String::new(), String::new());
        let mut conversation = String::new();
        let mut found = Vec::new();
        for row in table.deserialize() {
            let row: Row = row.with_context(|| format!("{path}"))?;
            if row.conv_id != conversation {
                (client, therapist) = (String::new(), String::new());
                conversation.clone_from(&row.conv_id);
            }
            if row.speaker == "client" {
                client = row.vol_text;
                continue;
            }
            if SUPPORTIVE.contains(&row.code.as_str()) {
                found.push(Turn {
                    conversation: row.conv_id,
                    direction: therapist,
                    client: client.clone(),
                    text: row.utt_text,
                });
            }
            therapist = row.vol_text;
        }
        ensure!(!found.is_empty(), "{path} has no utterance of a supportive code");
        Ok(found)
    }
}

/// Prints how many are called directive, and how many of those with confidence.
pub fn print(scorer: &Scorer, turns: &[Turn]) {
    let inputs: Vec<Input> = turns
        .iter()
        .map(|turn| Input {
            direction: Some(&turn.direction),
            client: Some(&turn.client),
            response: &turn.text,
        })
        .collect();
    let scored: Vec<_> = turns.iter().zip(scores(scorer, &inputs)).collect();
    let judged: Vec<(&str, bool, bool)> = scored
        .iter()
        .map(|(turn, score)| {
            let directive = score.verdict == Verdict::Directive;
            (turn.conversation.as_str(), directive, directive && !score.abstained)
        })
        .collect();
    for (name, of) in [
        ("called directive", (|one| one.1) as fn(&(&str, bool, bool)) -> bool),
        ("with confidence", |one| one.2),
    ] {
        let share = |some: &[(&str, bool, bool)]| {
            some.iter().filter(|one| of(one)).count() as f64 / some.len() as f64
        };
        let (low, high) = interval(&judged, |one| one.0, share);
        println!("{name:<17} {:.3} [{low:.3}, {high:.3}], n = {}", share(&judged), judged.len());
    }
}
