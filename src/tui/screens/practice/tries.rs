//! All tries at one statement, in order.

use crate::practice::{Answer, Attempt};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;

use super::attempt::{said_blocks, verdict_words, word_marks};
use super::scene::below;

/// The tries with their marks, verdicts, and what was said of each.
pub fn rows(tries: &[&Attempt], room: Room) -> Vec<Row> {
    let mut rows = Vec::new();
    for attempt in tries {
        let label = format!("Try {}", attempt.try_number);
        let mut blocks = Vec::new();
        match &attempt.answer {
            Answer::Responded(responded) => {
                let score = responded.score.as_ref().filter(|_| attempt.nature.is_resistance());
                let reply = Block::new(label, responded.response.as_str());
                blocks.push(reply.marked(score.map(word_marks).unwrap_or_default()));
                if let Some(score) = score {
                    let mut words = verdict_words(score, room.marks);
                    if let Some(judged) = responded.judged_stance {
                        words = words.and(Role::Plain, format!(". You judged: {judged}"));
                    }
                    blocks.push(Block::new("Verdict", words).joined());
                }
                blocks.extend(said_blocks(responded).into_iter().map(Block::joined));
            }
            Answer::TalkedThrough { response } => {
                blocks.push(Block::new(label, Words::of(Role::Direction, response.as_str())));
            }
            Answer::Identified { .. } | Answer::Chosen { .. } => {}
        }
        rows.extend(below(&blocks, room));
    }
    rows
}
