//! One's own judgement before the feedback; then the moment in which the reply is scored and kept.

use crate::practice::{Judging, wording};
use crate::rubric::Verdict;
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::View;
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::Block;
use crate::tui::wrap::cells;

use super::scene::{RESPOND, Scene, showing, try_of};

/// The verdicts that may be one's own, in the order of the digits.
pub const OWN: [Verdict; 3] = [Verdict::Supportive, Verdict::Mixed, Verdict::Directive];

/// The screen: one digit each, no focus, so that a second Enter cannot judge.
pub fn view(scene: &Scene<'_>, judging: &Judging) -> View<'static> {
    let mut view = page(scene, judging);
    let asks_resistance = scene.session.tries().is_empty() && judging.resistance.is_none();
    let shown = if asks_resistance {
        Shown { digits: Some(2), words: &[(Action::Choose(0), "judge")], ..Shown::default() }
    } else {
        Shown::default()
    };
    view.hints = hints(Context::Judge, &shown);
    view
}

fn page(scene: &Scene<'_>, judging: &Judging) -> View<'static> {
    let mut view = scene.view(RESPOND, 2, true);
    let tries = scene.session.tries().len();
    view.heading.tail = try_of(tries + 1);
    view.rows = scene.lay(&[Block::new("You", judging.response.as_str())]);
    view.rows.push(Row::blank());
    let open = if tries > 0 {
        view.rows.push(Row::labelled("Judge", "Before the feedback. And your reply?"));
        true
    } else {
        let client = scene.session.item().map_or("", |item| item.vignette.client.name.as_str());
        let asked = format!("Before the feedback. Was {client} resisting?");
        let answers = "1 yes   2 no";
        let line = format!("{asked}   {answers}");
        if cells(&line) <= scene.room.width {
            view.rows.push(Row::labelled("Judge", line));
        } else {
            view.rows.push(Row::labelled("Judge", asked));
            view.rows.push(Row::words(answers));
        }
        if let Some(yes) = judging.resistance {
            view.rows.push(Row::words(if yes { "yes" } else { "no" }));
            view.rows.push(Row::blank());
            view.rows.push(Row::words("And your reply?"));
        }
        judging.resistance.is_some()
    };
    if open {
        view.rows.push(Row::blank());
        view.rows.extend(
            OWN.iter().zip(1..).map(|(verdict, digit)| verdict_row(scene, *verdict, digit)),
        );
    }
    view.offset = showing(&view, view.rows.len().saturating_sub(1), scene.room);
    view
}

fn verdict_row(scene: &Scene<'_>, verdict: Verdict, digit: usize) -> Row {
    let mark = scene.room.marks.verdict(verdict);
    let words = Words::from(format!("{digit} "))
        .and(Role::of(verdict), mark)
        .and(Role::Plain, format!(" {:<13}{}", verdict.word(), wording::meaning(verdict)));
    Row::words(words)
}

/// The screen while the score is on its way; that is said only once it takes long.
pub fn scoring(scene: &Scene<'_>, judging: &Judging, long: bool) -> View<'static> {
    let mut view = page(scene, judging);
    view.rows.push(Row::blank());
    if let Some(stance) = judging.stance {
        view.rows.push(Row::words(stance.word()));
    }
    if long {
        view.rows.push(Row::blank());
        view.rows.push(Row::words(Words::of(Role::Muted, wording::ONE_MOMENT)));
    }
    view.offset = showing(&view, view.rows.len().saturating_sub(1), scene.room);
    let shown = Shown { hidden: &[Action::Enter], ..Shown::default() };
    view.hints = hints(Context::Keeping, &shown);
    view
}

/// The screen while an answer waits to be written, with why it could not be.
pub fn keeping(scene: &Scene<'_>, answer: Option<&str>, fault: Option<&str>) -> View<'static> {
    let mut view = scene.view(&[], 0, true);
    let mut blocks = Vec::new();
    blocks.extend(answer.map(|answer| Block::new("You", answer)));
    blocks.extend(fault.map(|fault| Block::new("Not kept", wording::not_kept(fault))));
    view.rows = scene.lay(&blocks);
    let hidden: &[Action] = if fault.is_some() { &[] } else { &[Action::Enter] };
    view.hints = hints(Context::Keeping, &Shown { hidden, ..Shown::default() });
    view
}
