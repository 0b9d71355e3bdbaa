//! `AnnoMI` (Wu et al., 2023): therapist turns of real sessions, coded by experts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use rollwith::rubric::{Input, Scorer, Verdict};
use serde::Deserialize;

use crate::agreement::{auc, confusion, f1, kappa, macro_f1};
use crate::bootstrap::interval;
use crate::labelled::scores;

/// Which sessions of the table are asked about.
#[derive(Args)]
pub struct Talks {
    /// `AnnoMI`'s table (CSV, a row an utterance and annotator)
    table: PathBuf,
    /// A file with the addresses of the videos to take, one a line: those that the network has not
    /// seen. Without it the figures are of sessions seen in training
    #[arg(long)]
    videos: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Row {
    transcript_id: u32,
    video_url: String,
    utterance_id: u32,
    interlocutor: String,
    utterance_text: String,
    main_therapist_behaviour: String,
    reflection_subtype: String,
    question_subtype: String,
    therapist_input_subtype: String,
}

/// One therapist turn and the code of the majority.
pub struct Turn {
    /// Turns of one video are drawn together when an interval is made; some have several transcripts.
    video: String,
    direction: String,
    client: String,
    text: String,
    behaviour: usize,
    subtype: String,
}

const BEHAVIOURS: [&str; 4] = ["reflection", "question", "therapist_input", "other"];

impl Talks {
    /// The therapist's turns, each with the client's before it and the therapist's before that.
    pub fn turns(&self) -> anyhow::Result<Vec<Turn>> {
        let path = self.table.display();
        let wanted: Option<BTreeSet<String>> = match &self.videos {
            None => {
                println!("SEEN IN TRAINING: these figures do not say how good the scorer is.");
                None
            }
            Some(list) => Some(
                std::fs::read_to_string(list)
                    .with_context(|| format!("cannot read {}", list.display()))?
                    .lines()
                    .map(str::to_owned)
                    .collect(),
            ),
        };
        let mut table =
            csv::Reader::from_path(&self.table).with_context(|| format!("cannot open {path}"))?;
        let mut talks: BTreeMap<u32, BTreeMap<u32, Vec<Row>>> = BTreeMap::new();
        for row in table.deserialize() {
            let row: Row = row.with_context(|| format!("{path}"))?;
            if wanted.as_ref().is_none_or(|wanted| wanted.contains(&row.video_url)) {
                let talk = talks.entry(row.transcript_id).or_default();
                talk.entry(row.utterance_id).or_default().push(row);
            }
        }
        let turns: Vec<Turn> = talks.values().flat_map(turns_of).collect();
        ensure!(!turns.is_empty(), "{path} has no such turns");
        println!("{} therapist turns of {} sessions of {path}", turns.len(), talks.len());
        Ok(turns)
    }
}

fn turns_of(talk: &BTreeMap<u32, Vec<Row>>) -> Vec<Turn> {
    let (mut direction, mut client, mut therapist) = (String::new(), String::new(), String::new());
    let mut client_before = false;
    let mut found = Vec::new();
    for rows in talk.values() {
        let text = rows[0].utterance_text.clone();
        let client_now = rows[0].interlocutor == "client";
        if client_now {
            client = if client_before { format!("{client} {text}") } else { text };
            direction.clone_from(&therapist);
        } else {
            let video = rows[0].video_url.clone();
            let rows: Vec<&Row> = rows.iter().collect();
            let behaviour = majority(&rows, |row| &row.main_therapist_behaviour);
            let own: Vec<&Row> =
                rows.into_iter().filter(|row| row.main_therapist_behaviour == behaviour).collect();
            let subtype = majority(&own, |row| match behaviour.as_str() {
                "reflection" => &row.reflection_subtype,
                "question" => &row.question_subtype,
                "therapist_input" => &row.therapist_input_subtype,
                _ => "other",
            });
            found.push(Turn {
                video,
                direction: direction.clone(),
                client: client.clone(),
                text: text.clone(),
                behaviour: BEHAVIOURS.iter().position(|b| **b == behaviour).unwrap_or(3),
                subtype,
            });
            therapist = text;
        }
        client_before = client_now;
    }
    found
}

/// The value most rows have; of several the one met first.
fn majority<'a>(rows: &[&'a Row], value: impl Fn(&'a Row) -> &'a str) -> String {
    let count = |of: &str| rows.iter().filter(|row| value(row) == of).count();
    let mut best = ("", 0);
    for row in rows {
        let n = count(value(row));
        if n > best.1 {
            best = (value(row), n);
        }
    }
    best.0.to_owned()
}

/// Prints the stance's AUC and the agreement of the four behaviours.
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
    let stances: Vec<(&str, bool, f64)> = scored
        .iter()
        .filter_map(|(turn, score)| Some((turn.video.as_str(), leans(turn)?, score.stance)))
        .collect();
    let of = |some: &[(&str, bool, f64)]| {
        let side = |wanted: bool| -> Vec<f64> {
            some.iter().filter(|one| one.1 == wanted).map(|one| one.2).collect()
        };
        auc(&side(true), &side(false))
    };
    let (low, high) = interval(&stances, |one| one.0, of);
    println!(
        "\nstance: reflections and open questions against advice, negotiation and options, AUC {:.3} [{low:.3}, {high:.3}], n = {}",
        of(&stances),
        stances.len()
    );
    let behaviours: Vec<(&str, usize, usize)> = scored
        .iter()
        .map(|(turn, score)| {
            let b = &score.behaviour;
            let shares = [b.reflection, b.question, b.input, b.other];
            let best = (0..4).max_by(|x, y| shares[*x].total_cmp(&shares[*y])).unwrap_or(3);
            (turn.video.as_str(), turn.behaviour, best)
        })
        .collect();
    let table = |some: &[(&str, usize, usize)]| confusion(some.iter().map(|one| (one.1, one.2)));
    let (low, high) = interval(&behaviours, |one| one.0, |some| macro_f1(&table(some)));
    let whole = table(&behaviours);
    println!(
        "behaviour: macro-F1 {:.3} [{low:.3}, {high:.3}], kappa {:.3}, n = {}",
        macro_f1(&whole),
        kappa(&whole),
        behaviours.len()
    );
    for (place, name) in BEHAVIOURS.iter().enumerate() {
        println!("  {name:<16} F1 {:.3}", f1(&whole, place));
    }
    let supportive = |turn: &Turn| leans(turn) == Some(true);
    let called: Vec<_> = scored.iter().filter(|(turn, _)| supportive(turn)).collect();
    let directive = called.iter().filter(|(_, s)| s.verdict == Verdict::Directive);
    let assured = directive.clone().filter(|(_, score)| !score.abstained).count();
    println!(
        "reflections and open questions called directive: {} of {}, {assured} with confidence",
        directive.count(),
        called.len()
    );
}

/// Whether a turn's code leans to the supportive side; None where it says nothing of that.
fn leans(turn: &Turn) -> Option<bool> {
    match (turn.behaviour, turn.subtype.as_str()) {
        (0, "simple" | "complex") | (1, "open") => Some(true),
        (2, "advice" | "negotiation" | "options") => Some(false),
        _ => None,
    }
}
