//! Why: the moves and their depth, each criterion, what the scorer is and who made its labels.

use crate::pack::Vignette;
use crate::practice::{Answer, Attempt, wording};
use crate::rubric::{Criterion, Score};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;

use super::attempt::verdict_words;
use super::scene::{below, setting};

/// What stands behind an attempt.
pub fn rows(attempt: &Attempt, vignette: Option<&Vignette>, room: Room) -> Vec<Row> {
    let mut blocks = Vec::new();
    match &attempt.answer {
        Answer::Responded(responded) => match &responded.score {
            Some(score) => {
                let asks = attempt.nature.is_resistance();
                blocks.extend(moves(score, &responded.response));
                if asks {
                    blocks.extend(criteria(score, room));
                    blocks.push(Block::new("Verdict", verdict_words(score, room.marks)));
                    blocks.push(Block::new("", chances(score)).joined());
                }
                blocks.push(Block::new("Scorer", score.model.as_str()));
                blocks.push(Block::new("", wording::LABELS).joined());
            }
            None => blocks.push(Block::new("Scorer", wording::NO_SCORE)),
        },
        Answer::TalkedThrough { .. } => {
            blocks.push(Block::new("Duty", wording::TALKED_THROUGH));
            blocks.push(Block::new("", wording::PACK_LABELS).joined());
        }
        Answer::Identified { .. } | Answer::Chosen { .. } => {
            let pack = &attempt.vignette;
            blocks.push(Block::new("Pack", format!("{} {}", pack.pack, pack.version)));
            blocks.push(Block::new("", wording::PACK_LABELS).joined());
        }
    }
    blocks.push(Block::new("", wording::NO_DECISION));
    if let Some(vignette) = vignette {
        blocks.push(Block::new("Moment", setting(vignette)));
        if let Some(tone) = &vignette.tone {
            blocks.push(Block::new("Said", tone.as_str()).joined());
        }
    }
    below(&blocks, room)
}

/// Each move with its words, how sure its code is and, of a reflection, its depth by degree.
fn moves(score: &Score, response: &str) -> Vec<Block> {
    if score.moves.is_empty() {
        return vec![Block::new("Moves", "none: nothing here answers the client yet")];
    }
    let mut blocks: Vec<Block> = Vec::new();
    for each in &score.moves {
        let quoted = response.get(each.start..each.end).unwrap_or_default().trim();
        let depth = wording::depth(each).map(|depth| format!(", {depth}")).unwrap_or_default();
        let sure = (each.probability * 100.0).round();
        let role = match each.code.side() {
            crate::rubric::Side::Supportive => Role::Supportive,
            crate::rubric::Side::Neutral => Role::Plain,
            crate::rubric::Side::Directive => Role::Directive,
        };
        let words = Words::of(role, each.code.words())
            .and(Role::Plain, format!("{depth} ({sure}%): \"{quoted}\""));
        blocks.push(match blocks.len() {
            0 => Block::new("Moves", words),
            _ => Block::new("", words).joined(),
        });
    }
    blocks
}

fn criteria(score: &Score, room: Room) -> Vec<Block> {
    Criterion::ALL
        .into_iter()
        .enumerate()
        .map(|(index, each)| {
            let points = score.criteria.of(each);
            let words = format!(
                "{:<14}{}  {}",
                each.word(),
                room.marks.points(points),
                wording::points(each, points)
            );
            if index == 0 { Block::new("Criteria", words) } else { Block::new("", words).joined() }
        })
        .collect()
}

/// The calibrated chance of each verdict.
fn chances(score: &Score) -> String {
    crate::rubric::Verdict::ALL
        .into_iter()
        .map(|each| format!("{each} {}%", (score.probabilities.of(each) * 100.0).round()))
        .collect::<Vec<_>>()
        .join(", ")
}
