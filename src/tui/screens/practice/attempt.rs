//! One attempt as it was seen: the reply with its marks, the verdict, what to keep and to change.
//!
//! The same rows for the feedback of the loop and for the replay of a past attempt.

use crate::pack::Vignette;
use crate::practice::{Answer, Attempt, Drill, Note, NoteContent, Responded, TRIES, wording};
use crate::rubric::{Criterion, Score, feedback};
use crate::tui::layer::Room;
use crate::tui::marks::Marks;
use crate::tui::theme::Role;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;
use crate::tui::widgets::word_marks::{Sign, WordMark};
use crate::tui::wrap::cells;

use super::scene::{below, beside, moment};
use super::{compare, discriminate, identify};

/// An attempt laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptView {
    /// The direction and the client.
    pub pinned: Vec<Row>,
    /// The answer and what was made of it.
    pub rows: Vec<Row>,
    /// The last try, where there is a panel for it.
    pub side: Vec<Row>,
}

/// An attempt as it was seen, whatever the drill. `tries` are the attempts at its statement, in
/// order; the `vignette` is where the whys come from, and may be gone.
pub fn attempt_view(
    attempt: &Attempt,
    tries: &[Attempt],
    vignette: Option<&Vignette>,
    notes: &[Note],
    room: Room,
) -> AttemptView {
    let air = attempt.drill != Drill::Respond;
    let pinned = moment(&attempt.shown, air, room);
    let mut blocks = Vec::new();
    let mut rows = Vec::new();
    let mut side = Vec::new();
    match &attempt.answer {
        Answer::Identified { resistance, form } => {
            blocks = identify::why_blocks(attempt, (*resistance, *form), vignette);
        }
        Answer::Chosen { replies, chosen } => {
            rows = discriminate::chosen_rows(replies, *chosen, room);
        }
        Answer::TalkedThrough { response } => {
            blocks.push(Block::new("You", response.as_str()));
            blocks.extend(vignette.map(compare::replies).unwrap_or_default());
        }
        Answer::Responded(responded) => {
            blocks = verdict_blocks(attempt, responded, vignette, room.marks);
            let said = said_blocks(responded);
            let says_nothing = said.is_empty();
            blocks.extend(said);
            let last = last_try(attempt, tries);
            if room.has_side() {
                side = last.map(|last| try_beside(last, room)).unwrap_or_default();
            } else if room.density.last_try {
                let earlier = last.map(|last| try_blocks(last, room.marks)).unwrap_or_default();
                blocks.extend(earlier.into_iter().enumerate().map(|(index, block)| {
                    if index > 0 || !says_nothing { block.joined() } else { block }
                }));
            }
        }
    }
    blocks.extend(note_blocks(attempt, notes));
    if rows.is_empty() || !blocks.is_empty() {
        rows.extend(below(&blocks, room));
    }
    AttemptView { pinned, rows, side }
}

/// The reply with its marks, whether it was resistance (first tries), and the verdict or, where
/// the moment was none, the moves.
pub(super) fn verdict_blocks(
    attempt: &Attempt,
    responded: &Responded,
    vignette: Option<&Vignette>,
    marks: &Marks,
) -> Vec<Block> {
    let scored = responded.score.as_ref().filter(|_| attempt.nature.is_resistance());
    let mut blocks = vec![
        Block::new("You", responded.response.as_str())
            .marked(scored.map(word_marks).unwrap_or_default()),
    ];
    if attempt.try_number == 1 {
        let is = wording::resistance(attempt.nature, responded.judged_resistance);
        let agreed = responded.judged_resistance == Some(true) && attempt.nature.is_resistance();
        let words = match vignette.map(|vignette| vignette.under(attempt.framing).2) {
            Some(why) if agreed => format!("{is}: {why}"),
            Some(why) => format!("{is}. {why}"),
            None => is,
        };
        blocks.push(Block::new("Resistance", words));
    }
    match (&responded.score, attempt.nature.is_resistance()) {
        (Some(score), true) => {
            let mut words = verdict_words(score, marks);
            if let Some(judged) = responded.judged_stance {
                words = words.and(Role::Plain, format!(". You judged: {judged}"));
            }
            blocks.push(Block::new("Verdict", words));
            let client = Some(attempt.shown.client.as_str());
            let doubt = feedback::doubt(score, &responded.response, client);
            blocks.extend(doubt.map(|doubt| Block::new("", doubt).joined()));
            if !score.abstained {
                blocks
                    .extend(criteria_lines(score, marks).map(|line| Block::new("", line).joined()));
            }
        }
        (Some(score), false) => blocks.extend(move_blocks(score, &responded.response)),
        (None, _) => {
            blocks.push(Block::new("Verdict", wording::NO_SCORE));
            if let Some(judged) = responded.judged_stance {
                blocks.push(Block::new("", format!("You judged: {judged}")).joined());
            }
        }
    }
    blocks
}

/// The moves of a reply to a moment that was no resistance: no verdict, no points.
fn move_blocks(score: &Score, response: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for each in &score.moves {
        let quoted = response.get(each.start..each.end).unwrap_or_default().trim();
        let words = format!("{}: \"{quoted}\"", each.code.words());
        blocks.push(match blocks.len() {
            0 => Block::new("Moves", words),
            _ => Block::new("", words).joined(),
        });
    }
    blocks
}

/// What to keep and what to change.
pub(super) fn said_blocks(responded: &Responded) -> Vec<Block> {
    let said = [("Keep", &responded.keep), ("Change", &responded.change)];
    let mut blocks: Vec<Block> = Vec::new();
    for (label, text) in said {
        if let Some(text) = text {
            let block = Block::new(label, text.as_str());
            blocks.push(if blocks.is_empty() { block } else { block.joined() });
        }
    }
    blocks
}

/// What the trainee said of it later.
pub(super) fn note_blocks(attempt: &Attempt, notes: &[Note]) -> Vec<Block> {
    let about = notes.iter().filter(|note| note.attempt == Some(attempt.id));
    about
        .filter_map(|note| match &note.content {
            NoteContent::Disputed { reason } if reason.trim().is_empty() => {
                Some(Block::new("Noted", "you see it differently"))
            }
            NoteContent::Disputed { reason } => {
                Some(Block::new("Noted", format!("you see it differently: \"{}\"", reason.trim())))
            }
            NoteContent::OwnCall { met: true } => Some(Block::new("Your call", "met, self-judged")),
            NoteContent::OwnCall { met: false } => {
                Some(Block::new("Your call", "not quite, self-judged"))
            }
            NoteContent::Compared { text } => Some(Block::new("Compared", text.as_str())),
            NoteContent::Ended { .. } => None,
        })
        .collect()
}

/// The try before an attempt.
pub(super) fn last_try<'a>(attempt: &Attempt, tries: &'a [Attempt]) -> Option<&'a Attempt> {
    tries.iter().rev().find(|other| {
        other.try_number < attempt.try_number && matches!(other.answer, Answer::Responded(_))
    })
}

/// An earlier try: its verdict, then its words.
pub(super) fn try_blocks(attempt: &Attempt, marks: &Marks) -> Vec<Block> {
    let Answer::Responded(responded) = &attempt.answer else { return Vec::new() };
    let label = format!("Try {}", attempt.try_number);
    match &responded.score {
        Some(score) => vec![
            Block::new(label, short_verdict(score, marks)),
            Block::new("", responded.response.as_str()),
        ],
        None => vec![Block::new(label, responded.response.as_str())],
    }
}

/// An earlier try beside the column.
pub(super) fn try_beside(attempt: &Attempt, room: Room) -> Vec<Row> {
    let Answer::Responded(responded) = &attempt.answer else { return Vec::new() };
    let label = format!("Try {} of {TRIES}", attempt.try_number);
    let mut words = Words::default();
    if let Some(score) = &responded.score {
        words = short_verdict(score, room.marks).and(Role::Plain, "\n");
    }
    beside(&label, &words.and(Role::Plain, responded.response.as_str()))
}

/// `◐ mixed, 5 of 10, fairly sure`.
pub(super) fn verdict_words(score: &Score, marks: &Marks) -> Words {
    if score.abstained {
        return Words::of(Role::Unsure, marks.unsure)
            .and(Role::Plain, format!(" {}", wording::not_sure(score)));
    }
    let sure = format!(", {}", wording::sureness(score));
    short_verdict(score, marks).and(Role::Plain, sure)
}

/// `○ directive, 1 of 10`.
pub(super) fn short_verdict(score: &Score, marks: &Marks) -> Words {
    if score.abstained {
        return Words::of(Role::Unsure, marks.unsure).and(Role::Plain, " not sure");
    }
    Words::of(Role::of(score.verdict), marks.verdict(score.verdict))
        .and(Role::Plain, format!(" {}, {} of 10", score.verdict, score.points))
}

/// The criteria with their points, three to a row, each column as wide as its widest word.
pub(super) fn criteria_lines(score: &Score, marks: &Marks) -> impl Iterator<Item = String> {
    let width = |column: usize| {
        Criterion::ALL
            .iter()
            .skip(column)
            .step_by(3)
            .map(|each| cells(each.word()))
            .max()
            .unwrap_or(0)
    };
    let criteria = score.criteria;
    let lines: Vec<String> = Criterion::ALL
        .chunks(3)
        .map(|row| {
            row.iter()
                .enumerate()
                .map(|(column, each)| {
                    let points = marks.points(criteria.of(*each));
                    format!("{:<2$} {}", each.word(), points, width(column))
                })
                .collect::<Vec<_>>()
                .join("   ")
        })
        .collect();
    lines.into_iter()
}

/// The words that earned or cost a point; all in doubt where the scorer is not sure.
pub(super) fn word_marks(score: &Score) -> Vec<WordMark> {
    score
        .evidence
        .iter()
        .map(|each| WordMark {
            range: each.start..each.end,
            sign: match each.effect {
                _ if score.abstained => Sign::Unsure,
                effect if effect < 0.0 => Sign::Cost,
                _ => Sign::Earned,
            },
            label: each.criterion.word().to_owned(),
        })
        .collect()
}
