//! The bottom line: as many keys as fit, the first and help always.

use crate::tui::keys::{Action, Hint};
use crate::tui::wrap::cells;

const GAP: usize = 3;

/// A hint and the cell where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// First cell, counted from the line's start.
    pub x: usize,
    /// The hint.
    pub hint: &'a Hint,
}

fn width(hint: &Hint) -> usize {
    cells(&hint.key) + 1 + cells(&hint.words)
}

/// The hints that fit in `room` cells: the first, help, then the others in order of importance.
pub fn fit(hints: &[Hint], room: usize) -> Vec<Placed<'_>> {
    let must = |index: usize, hint: &Hint| index == 0 || hint.action == Some(Action::Help);
    let mut used = 0;
    for (_, hint) in hints.iter().enumerate().filter(|(index, hint)| must(*index, hint)) {
        used += width(hint) + GAP;
    }
    let mut kept = Vec::new();
    let mut full = false;
    for (index, hint) in hints.iter().enumerate() {
        if must(index, hint) {
            kept.push(hint);
            continue;
        }
        full = full || used + width(hint) > room;
        if !full {
            used += width(hint) + GAP;
            kept.push(hint);
        }
    }
    let mut x = 0;
    kept.into_iter()
        .map(|hint| {
            let placed = Placed { x, hint };
            x += width(hint) + GAP;
            placed
        })
        .collect()
}

/// What a click on cell `x` of the line asks for.
pub fn clicked(hints: &[Hint], room: usize, x: usize) -> Option<Action> {
    fit(hints, room)
        .into_iter()
        .find(|placed| (placed.x..placed.x + width(placed.hint)).contains(&x))
        .and_then(|placed| placed.hint.action)
}

#[cfg(test)]
mod tests {
    use super::{clicked, fit};
    use crate::tui::keys::{Action, Context, Shown, hints};

    #[test]
    fn the_first_key_and_help_stay_and_the_least_important_go() {
        let shown = Shown { hidden: &[Action::Again], ..Shown::default() };
        let hints = hints(Context::Feedback, &shown);
        let names = |room| {
            fit(&hints, room).iter().map(|placed| placed.hint.key.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(77), ["Enter", "w", "d", "t", "Esc", "?"]);
        assert_eq!(names(40), ["Enter", "w", "?"]);
        assert_eq!(names(0), ["Enter", "?"]);
        assert_eq!(fit(&[], 10), []);
    }

    #[test]
    fn a_click_is_the_key_it_falls_on() {
        let shown = Shown { hidden: &[Action::Again], ..Shown::default() };
        let hints = hints(Context::Feedback, &shown);
        assert_eq!(clicked(&hints, 77, 0), Some(Action::Enter));
        assert_eq!(clicked(&hints, 77, 18), Some(Action::Why));
        assert_eq!(clicked(&hints, 77, 16), None);
    }
}
