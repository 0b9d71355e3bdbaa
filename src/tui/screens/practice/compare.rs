//! The models, what may be heard, and what the client may say next; only once the tries are over.

use crate::pack::{Reply, Vignette};
use crate::practice::{Answer, Attempt, Example, Standing, wording};
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Heading, View};
use crate::tui::widgets::row::Words;
use crate::tui::widgets::transcript::Block;

use super::attempt::short_verdict;
use super::scene::{Scene, moment, setting};

/// The screen after a reply's tries.
pub fn view(scene: &Scene<'_>) -> View<'static> {
    let session = scene.session;
    let Some(item) = session.item() else { return View::default() };
    let vignette = item.vignette.as_ref();
    let last = session.attempts().len().checked_sub(1);
    let steps: &[&str] = if vignette.duty { &["talked through"] } else { &["compare"] };
    let mut view = scene.view(steps, 0, false);

    let mut blocks = Vec::new();
    if let Some(index) = last {
        let standing = session.standing(index);
        let attempt = &session.attempts()[index];
        blocks.extend(own(attempt, standing, scene.room));
        let client = &vignette.client.name;
        let back = session.comes_back(attempt.ordinal);
        let after = wording::afterwards(standing, client, session.tries().len(), back);
        match standing {
            Standing::Met | Standing::SelfMet => view.heading.tail = after,
            _ if after.is_empty() => {}
            _ => blocks.push(Block::new("", after)),
        }
    }
    blocks.extend(heard(vignette));
    blocks.extend(replies(vignette));
    blocks.extend(next_words(vignette));
    view.rows = scene.lay(&blocks);

    let mut hidden = vec![Action::Disagree];
    if session.tries().len() < 2 {
        hidden.push(Action::AllTries);
    }
    let context = if vignette.duty { Context::TalkedThrough } else { Context::Compare };
    view.hints = hints(context, &Shown { hidden: &hidden, ..Shown::default() });
    view
}

/// One's own reply and, where it has one, its verdict.
pub(super) fn own(attempt: &Attempt, standing: Standing, room: Room) -> Vec<Block> {
    match &attempt.answer {
        Answer::Responded(responded) => {
            let mut blocks = vec![Block::new("You", responded.response.as_str())];
            let score = responded.score.as_ref().filter(|_| attempt.nature.is_resistance());
            if let Some(score) = score {
                let judged = match standing {
                    Standing::SelfMet | Standing::SelfMissed => ", self-judged",
                    _ => "",
                };
                let words = short_verdict(score, room.marks).and(Role::Plain, judged);
                blocks.push(Block::new("", words).joined());
            }
            blocks
        }
        Answer::TalkedThrough { response } => vec![Block::new("You", response.as_str())],
        Answer::Identified { .. } | Answer::Chosen { .. } => Vec::new(),
    }
}

/// What may be heard, where the pack says: feelings, then meanings in the client's voice.
pub(super) fn heard(vignette: &Vignette) -> Option<Block> {
    let words = wording::heard(&vignette.heard);
    (!words.is_empty()).then(|| Block::new("Heard", words))
}

/// The models with their whys; of a duty moment all replies, each with its stance.
pub(super) fn replies(vignette: &Vignette) -> Vec<Block> {
    if vignette.duty {
        return vignette
            .replies
            .iter()
            .flat_map(|reply| reply_blocks(capitalised(reply.stance.word()), reply))
            .collect();
    }
    models(vignette)
}

/// The models with their whys.
pub(super) fn models(vignette: &Vignette) -> Vec<Block> {
    let several = vignette.models().count() > 1;
    vignette
        .models()
        .zip('A'..='Z')
        .flat_map(|(reply, letter)| {
            let label = if several { format!("Model {letter}") } else { "Model".to_owned() };
            reply_blocks(label, reply)
        })
        .collect()
}

fn reply_blocks(label: String, reply: &Reply) -> [Block; 2] {
    [Block::new(label, reply.text.as_str()), Block::new("Why", reply.why.as_str()).joined()]
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn next_words(vignette: &Vignette) -> Option<Block> {
    let next = vignette.then.as_ref()?.supportive.as_ref()?;
    let words = Words::from(format!("{} may say: {next}", vignette.client.name));
    Some(Block::new("Then", words))
}

/// The screen of a model reply to another client, after two misses.
pub fn example(scene: &Scene<'_>, example: &Example) -> View<'static> {
    let vignette = example.vignette.as_ref();
    let shown = crate::practice::Shown {
        client: vignette.client.name.clone(),
        direction: vignette.direction.clone(),
        statement: vignette.statement.clone(),
        nonverbal: vignette.nonverbal.clone(),
    };
    let reply = example.reply();
    let own = scene.session.item().map_or("", |item| item.vignette.client.name.as_str());
    View {
        heading: Heading {
            title: scene.title(),
            steps: &["example"],
            step: 0,
            tail: "another client".to_owned(),
        },
        setting: setting(vignette),
        pinned: moment(&shown, true, scene.room),
        rows: scene.lay(&[
            Block::new("Model", reply.text.as_str()),
            Block::new("Why", reply.why.as_str()).joined(),
            Block::new("", format!("Then {own} again, from an empty line.")),
        ]),
        hints: hints(Context::Example, &Shown::default()),
        ..View::default()
    }
}
