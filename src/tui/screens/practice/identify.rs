//! Resistance or not, in which form, and why.

use crate::pack::{Form, Framing, Nature, Vignette};
use crate::practice::{Attempt, Event, wording};
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;
use crate::tui::wrap::cells;

use super::attempt::note_blocks;
use super::compare::heard;
use super::scene::{IDENTIFY, Scene, option, showing};

/// The forms in the order of the digits.
pub const FORMS: [Form; 3] = [Form::Content, Form::Process, Form::Both];

/// The screen of the two questions, one after the other.
pub fn view(scene: &Scene<'_>, named: bool) -> View<'static> {
    let mut view = scene.view(IDENTIFY, usize::from(named), true);
    let asked = "Is this resistance?   1 yes   2 no";
    view.rows = scene.lay(&[Block::new("Resistance", asked)]);
    if named {
        view.rows.push(Row::words("yes"));
        view.rows.extend(scene.lay(&[Block::new("Form", "In which form?")]));
        view.rows.push(Row::blank());
        for (digit, form) in (1..).zip(FORMS) {
            let words = Words::from(wording::form(form));
            view.rows.extend(option(digit, &words, false, scene.room.width));
        }
    }
    view.offset = showing(&view, view.rows.len().saturating_sub(1), scene.room);
    let digits = Some(if named { 3 } else { 2 });
    view.hints = hints(Context::Identify, &Shown { digits, ..Shown::default() });
    view
}

/// The screen after the answer.
pub fn explained(
    scene: &Scene<'_>,
    attempt: &Attempt,
    (said, form): (bool, Option<Form>),
) -> View<'static> {
    let mut view = scene.view(IDENTIFY, 2, true);
    let vignette = scene.session.item().map(|item| item.vignette.as_ref());
    let mut blocks = why_blocks(attempt, (said, form), vignette);
    blocks.extend(note_blocks(attempt, scene.session.notes()));
    view.rows = scene.lay(&blocks);
    view.hints = hints(Context::Explained, &Shown::default());
    view
}

/// The answer beside the trainee's, why, the other way, and what may be heard.
pub(super) fn why_blocks(
    attempt: &Attempt,
    (said, said_form): (bool, Option<Form>),
    vignette: Option<&Vignette>,
) -> Vec<Block> {
    let is = wording::nature(attempt.nature);
    let form = attempt.nature.form().map(wording::form);
    let width = cells(is).max(form.map_or(0, cells)).max(10) + 3;
    let yours = if said { "yes" } else { "no" };
    let mut blocks = vec![Block::new("Resistance", format!("{is:<width$}you: {yours}"))];
    match (form, said_form.map(wording::form)) {
        (Some(form), Some(yours)) => {
            blocks.push(Block::new("Form", format!("{form:<width$}you: {yours}")).joined());
        }
        (Some(form), None) => blocks.push(Block::new("Form", form).joined()),
        (None, Some(yours)) => {
            blocks.push(Block::new("Form", format!("{:<width$}you: {yours}", "none")).joined());
        }
        (None, None) => {}
    }
    if let Some(vignette) = vignette {
        blocks.push(Block::new("Why", vignette.under(attempt.framing).2));
        blocks.extend(other_way(attempt, vignette));
        // What may be heard was written for the vignette's own direction.
        if attempt.framing == Framing::Direction {
            blocks.extend(heard(vignette));
        }
    }
    blocks
}

/// What the same words would be after the other direction.
fn other_way(attempt: &Attempt, vignette: &Vignette) -> Option<Block> {
    vignette.foil.as_ref()?;
    let other = match attempt.framing {
        Framing::Direction => Framing::Foil,
        Framing::Foil => Framing::Direction,
    };
    let (direction, nature, why) = vignette.under(other);
    let verb = if direction.trim_end().ends_with('?') { "asked" } else { "said" };
    let same = if attempt.shown.statement.is_some() { "same words" } else { "same" };
    let would = match nature {
        Nature::Resistance(Form::Content) => "be resistance, in words".to_owned(),
        Nature::Resistance(Form::Process) => "be resistance, without words".to_owned(),
        Nature::Resistance(Form::Both) => "be resistance, with words and without".to_owned(),
        Nature::Follows => "follow you, and be no resistance".to_owned(),
        Nature::Ambivalent => "be of two minds, and no resistance".to_owned(),
    };
    let words = format!("Had you {verb} \"{direction}\", the {same} would {would}. {why}");
    Some(Block::new("Other way", words))
}

/// The event of a digit: resistance, or its form.
pub fn answer(named: bool, digit: u8) -> Option<Event> {
    match (named, digit) {
        (false, 1) => Some(Event::Identified(true)),
        (false, 2) => Some(Event::Identified(false)),
        (true, digit) => {
            FORMS.get(usize::from(digit).checked_sub(1)?).copied().map(Event::FormNamed)
        }
        _ => None,
    }
}
