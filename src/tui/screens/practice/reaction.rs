//! The reaction form: one question after the other, and a proposal for the next set.

use crate::pack::Level;
use crate::practice::{Amount, Mix, NextSet, Reaction, Session, propose, wording};
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Heading, View};
use crate::tui::widgets::row::{Row, Words};

use super::scene::{option, showing};

/// The choices with their digits.
const CHOICES: [(u8, NextSet); 4] =
    [(1, NextSet::Easier), (2, NextSet::Stay), (3, NextSet::Harder), (4, NextSet::Stop)];

/// The strongest reaction noted in the set, 1 to 9.
fn noted(session: &Session) -> Option<u8> {
    session.strongest_felt().map(|(_, strength)| strength)
}

/// What the form proposes.
pub fn proposal(session: &Session, form: Reaction) -> NextSet {
    propose(form, noted(session))
}

/// The choices in the order shown: stopping comes first where it is proposed.
pub fn choices(session: &Session, form: Reaction) -> Vec<(u8, NextSet)> {
    let mut choices = CHOICES.to_vec();
    if proposal(session, form) == NextSet::Stop {
        choices.rotate_right(1);
    }
    choices
}

/// The screen; `focus` is the choice in focus, once it is asked.
pub fn view(session: &Session, form: Reaction, focus: NextSet, room: Room) -> View<'static> {
    let mut rows = vec![
        Row::blank(),
        Row::labelled("Criteria", "How hard was it to meet them?"),
        Row::blank(),
        rating(form.difficulty.is_some(), form.difficulty.flatten(), None),
    ];
    if form.difficulty.is_some() {
        let noticed = session
            .strongest_felt()
            .map(|(feeling, strength)| format!("noticed: {}, {strength}", feeling.words()));
        rows.extend(apart(room));
        rows.extend([
            Row::labelled("Reactions", "How strong were yours, at the strongest?"),
            Row::blank(),
            rating(form.strongest.is_some(), form.strongest.flatten(), noticed),
        ]);
    }
    let asks_next = form.difficulty.is_some() && form.strongest.is_some();
    if asks_next {
        let asked = question(proposal(session, form), session.level());
        rows.extend(apart(room));
        rows.extend([Row::labelled("Next set", asked), Row::blank()]);
        for (digit, next) in choices(session, form) {
            let words = Words::from(wording::next_set(next));
            rows.extend(option(usize::from(digit), &words, next == focus, room.width));
        }
    }
    let (enter, digits) = if asks_next { ("finish", 4) } else { ("pass", 9) };
    let hidden: &[Action] = if asks_next { &[] } else { &[Action::Down] };
    let mut view = View {
        heading: Heading {
            title: "Reaction form".to_owned(),
            tail: set_words(session),
            ..Heading::default()
        },
        rows,
        hints: hints(
            Context::Reaction,
            &Shown { hidden, words: &[(Action::Enter, enter)], digits: Some(digits) },
        ),
        ..View::default()
    };
    view.offset = showing(&view, view.rows.len().saturating_sub(1), room);
    view
}

/// The blank rows between two questions.
fn apart(room: Room) -> impl Iterator<Item = Row> {
    std::iter::repeat_n(Row::blank(), if room.density.air { 2 } else { 1 })
}

fn rating(answered: bool, given: Option<u8>, noticed: Option<String>) -> Row {
    let mut words = Words::default();
    for digit in 1..=9_u8 {
        let role = if given == Some(digit) { Role::Focus } else { Role::Plain };
        let gap = if digit == 1 { "" } else { " " };
        words = words.and(Role::Plain, gap).and(role, digit.to_string());
    }
    if answered {
        let yours = given.map_or_else(|| "passed".to_owned(), |given| format!("yours: {given}"));
        words = words.and(Role::Plain, format!("      {yours}"));
    } else if let Some(noticed) = noticed {
        words = words.and(Role::Plain, format!("      {noticed}"));
    }
    Row::words(words)
}

fn question(proposed: NextSet, level: Level) -> String {
    match proposed {
        NextSet::Stay => format!("A good challenge: stay at {level}?"),
        NextSet::Harder if level.harder() == level => format!("Easy: stay at {level}?"),
        NextSet::Harder => format!("Easy: on to {}?", level.harder()),
        NextSet::Easier if level.easier() == level => format!("Hard: stay at {level}?"),
        NextSet::Easier => format!("Hard: back to {}?", level.easier()),
        NextSet::Stop => "That was strong. Stop for today?".to_owned(),
    }
}

/// What the set was, in a word or two.
pub fn set_words(session: &Session) -> String {
    let settings = &session.start().settings;
    match (settings.amount, settings.mix) {
        (Amount::Minutes(10), Mix::Mixed) => "today's ten minutes".to_owned(),
        (Amount::Minutes(minutes), _) => wording::count(minutes as usize, "minute", "minutes"),
        (Amount::Count(count), _) => wording::count(count as usize, "statement", "statements"),
    }
}
