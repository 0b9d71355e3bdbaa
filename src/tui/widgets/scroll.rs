//! What is in view of rows that do not fit: the first stay, the rest scrolls below them.

use std::ops::Range;

use crate::tui::keys::Action;

/// What is drawn of pinned and scrolled rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many of the pinned rows are drawn, from the first on.
    pub pinned: usize,
    /// The scrolled rows that are drawn.
    pub shown: Range<usize>,
    /// There is more above.
    pub above: bool,
    /// There is more below.
    pub below: bool,
}

/// The window over `pinned` rows that stay and `rest` rows that scroll, in `height` rows, from
/// `offset` on. Pinned rows give way when they would leave less than a third of the height, four
/// rows at least, to the rest.
pub fn window(pinned: usize, rest: usize, height: usize, offset: usize) -> Window {
    let wanted = rest.min((height / 3).max(4).min(height));
    let pinned = pinned.min(height - wanted);
    let room = height - pinned;
    let start = offset.min(rest.saturating_sub(room));
    let end = rest.min(start + room);
    Window { pinned, shown: start..end, above: start > 0, below: end < rest }
}

/// The offset nearest to `offset` at which `row` is in view, in `room` rows.
pub fn follow(offset: usize, row: usize, room: usize) -> usize {
    offset.min(row).max((row + 1).saturating_sub(room.max(1)))
}

/// The offset after an action; `None` where the action does not scroll. `last` is the greatest
/// offset that makes sense, as the number of rows less those in view.
pub fn scrolled(offset: usize, action: Action, room: usize, last: usize) -> Option<usize> {
    let page = room.saturating_sub(1).max(1);
    let to = match action {
        Action::PageDown => offset.saturating_add(page),
        Action::PageUp => offset.saturating_sub(page),
        Action::Down => offset.saturating_add(1),
        Action::Up => offset.saturating_sub(1),
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::{follow, scrolled, window};
    use crate::tui::keys::Action;

    #[test]
    fn the_client_stays_and_the_rest_scrolls() {
        let at = window(6, 30, 20, 0);
        assert_eq!((at.pinned, at.shown.clone(), at.above, at.below), (6, 0..14, false, true));
        let at = window(6, 30, 20, 99);
        assert_eq!((at.shown.clone(), at.above, at.below), (16..30, true, false));
        assert_eq!(window(6, 3, 20, 5).shown, 0..3);
    }

    #[test]
    fn no_size_asks_for_more_rows_than_there_are() {
        for pinned in 0..30 {
            for rest in 0..30 {
                for height in 0..30 {
                    let at = window(pinned, rest, height, 7);
                    assert!(at.pinned + at.shown.len() <= height);
                    assert!(at.shown.len() >= rest.min(4).min(height));
                }
            }
        }
    }

    #[test]
    fn the_focus_is_followed_and_keys_stay_in_bounds() {
        assert_eq!([follow(0, 12, 10), follow(5, 2, 10), follow(3, 5, 10)], [3, 2, 3]);
        assert_eq!(scrolled(0, Action::PageDown, 10, 4), Some(4));
        assert_eq!(scrolled(0, Action::PageUp, 0, 0), Some(0));
        assert_eq!(scrolled(0, Action::Why, 10, 4), None);
    }
}
