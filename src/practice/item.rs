//! One item of a session: a vignette in a drill, with what the session needs to run it.

use std::sync::Arc;

use crate::pack::{Framing, Nature, Reply, ReplyStance, Vignette};

use super::record::{Drill, PlannedItem, Shown, ShownReply};
use super::shuffle::Shuffle;

/// A model reply to *another* statement, shown after two misses (RUBRIC.md, step 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whose statement it answers.
    pub vignette: Arc<Vignette>,
    /// Index of the reply among its replies.
    pub reply: usize,
}

impl Example {
    /// The model reply itself.
    pub fn reply(&self) -> &Reply {
        &self.vignette.replies[self.reply]
    }
}

/// One planned item with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What was planned.
    pub planned: PlannedItem,
    /// The vignette itself.
    pub vignette: Arc<Vignette>,
    /// Whether the scorer knows the pack's language.
    pub scored: bool,
    /// What is shown after two misses, if there is another statement to take it from.
    pub example: Option<Example>,
    /// The trainee's earlier replies to this statement, from other sessions.
    pub earlier: Vec<String>,
}

/// How many replies a discriminate item shows: one to choose and the rest not.
const REPLIES_SHOWN: usize = 3;

impl Item {
    /// What is practised.
    pub const fn drill(&self) -> Drill {
        self.planned.drill
    }

    /// What the statement is, under this item's framing.
    pub fn nature(&self) -> Nature {
        self.vignette.under(self.planned.framing).1
    }

    /// Why it is that.
    pub fn why(&self) -> &str {
        self.vignette.under(self.planned.framing).2
    }

    /// The other direction, what the statement would be after it, and why.
    pub fn other_way(&self) -> Option<(&str, Nature, &str)> {
        self.vignette.foil.as_ref()?;
        let other = match self.planned.framing {
            Framing::Direction => Framing::Foil,
            Framing::Foil => Framing::Direction,
        };
        Some(self.vignette.under(other))
    }

    /// The moment as it is shown.
    pub fn shown(&self) -> Shown {
        Shown {
            client: self.vignette.client.name.clone(),
            direction: self.vignette.under(self.planned.framing).0.to_owned(),
            statement: self.vignette.statement.clone(),
            nonverbal: self.vignette.nonverbal.clone(),
        }
    }

    /// The replies of a discriminate item, one of them appropriate, in an order of the seed's.
    pub fn replies(&self, seed: u64) -> Vec<ShownReply> {
        let mut shuffle = Shuffle::new(seed, &self.planned.vignette.hash);
        let (mut right, mut wrong): (Vec<&Reply>, Vec<&Reply>) =
            self.vignette.replies.iter().partition(|reply| is_appropriate(reply.stance));
        shuffle.shuffle(&mut right);
        shuffle.shuffle(&mut wrong);
        wrong.sort_by_key(|reply| reply.stance);
        wrong.dedup_by_key(|reply| reply.stance);
        for reply in &self.vignette.replies {
            if !is_appropriate(reply.stance) && !wrong.contains(&reply) {
                wrong.push(reply);
            }
        }
        let mut shown: Vec<&Reply> =
            right.into_iter().take(1).chain(wrong.into_iter().take(REPLIES_SHOWN - 1)).collect();
        shuffle.shuffle(&mut shown);
        shown
            .into_iter()
            .map(|reply| ShownReply {
                stance: reply.stance,
                text: reply.text.clone(),
                why: reply.why.clone(),
            })
            .collect()
    }
}

/// Whether a reply of this stance is the one to choose.
pub const fn is_appropriate(stance: ReplyStance) -> bool {
    matches!(stance, ReplyStance::Supportive | ReplyStance::CarriesOn | ReplyStance::Held)
}
