//! Lists with a focus and a filter.

use super::row::{Edge, Row, Words};
use crate::tui::keys::Action;
use crate::tui::marks::Marks;
use crate::tui::theme::Role;
use crate::tui::wrap::{cells, cut};

const GAP: usize = 3;

/// The indices of the items in whose words the filter is found, whatever the case. Each word of the
/// filter must be found; an empty filter finds all.
pub fn matching<'a>(items: impl IntoIterator<Item = &'a str>, filter: &str) -> Vec<usize> {
    let wanted: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    items
        .into_iter()
        .enumerate()
        .filter(|(_, item)| {
            let item = item.to_lowercase();
            wanted.iter().all(|word| item.contains(word))
        })
        .map(|(index, _)| index)
        .collect()
}

/// The focus after an action in a list of `length` items of which `room` are in view; `None` where
/// the action does not move it. A digit is the item's number, from 1.
pub fn moved(focus: usize, action: Action, length: usize, room: usize) -> Option<usize> {
    let last = length.saturating_sub(1);
    let page = room.saturating_sub(1).max(1);
    let to = match action {
        Action::Up => focus.saturating_sub(1),
        Action::Down => focus.saturating_add(1),
        Action::PageUp => focus.saturating_sub(page),
        Action::PageDown => focus.saturating_add(page),
        Action::First => 0,
        Action::Last => last,
        Action::Choose(digit) => {
            let index = usize::from(digit).checked_sub(1)?;
            return (index < length).then_some(index);
        }
        _ => return None,
    };
    Some(to.min(last))
}

/// Rows of a list whose items are cells of text. Columns are as wide as their widest cell, the last
/// takes what is left and is cut; earlier ones are cut where they would leave it less than a third
/// of `width`. The item in focus has the mark, and its first cell the focus' style.
pub fn rows(items: &[Vec<String>], focus: Option<usize>, width: usize, marks: &Marks) -> Vec<Row> {
    let columns = items.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns)
        .map(|column| {
            items
                .iter()
                .filter_map(|item| item.get(column))
                .map(|text| cells(text))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let gaps = GAP * columns.saturating_sub(1);
    if let Some((last, before)) = widths.split_last_mut() {
        let mut room = width.saturating_sub(gaps);
        let reserved = (*last).min(width / 3);
        for column in before {
            *column = (*column).min(room.saturating_sub(reserved));
            room = room.saturating_sub(*column);
        }
        *last = room;
    }
    items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let focused = focus == Some(index);
            let mut words = Words::default();
            for (column, text) in item.iter().enumerate() {
                let room = widths.get(column).copied().unwrap_or(0);
                let text = cut(text, room, marks.ellipsis);
                let role = if focused && column == 0 { Role::Focus } else { Role::Plain };
                let used = cells(&text);
                words = words.and(role, text);
                if column + 1 < item.len() {
                    words = words.and(Role::Plain, " ".repeat(room.saturating_sub(used) + GAP));
                }
            }
            Row::words(words).with_edge(if focused { Edge::Focus } else { Edge::None })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{matching, moved, rows};
    use crate::tui::keys::Action;
    use crate::tui::marks::Marks;
    use crate::tui::widgets::row::Edge;

    #[test]
    fn columns_line_up_and_the_last_is_cut() {
        let items = [["1 Begin", "today's ten minutes"], ["2 Resume", "Monday's set, at 2 of 8"]]
            .map(|item| item.map(str::to_owned).to_vec());
        let rows = rows(&items, Some(1), 30, &Marks::UNICODE);
        assert_eq!(rows[0].words.text(), "1 Begin    today's ten minutes");
        assert_eq!(rows[1].words.text(), "2 Resume   Monday's set, at 2…");
        assert_eq!((rows[0].edge, rows[1].edge), (Edge::None, Edge::Focus));
    }

    #[test]
    fn no_width_makes_a_row_wider_than_it_but_for_gaps() {
        let items = [vec!["我不想去".to_owned(), "b".repeat(90), "c".repeat(9)], vec![]];
        for width in 0..60 {
            let rows = rows(&items, Some(0), width, &Marks::ASCII);
            assert!(rows[0].words.cells() <= width.max(6), "{width}");
        }
    }

    #[test]
    fn the_filter_wants_every_word_and_the_focus_stays_in_the_list() {
        assert_eq!(matching(["Ruth, the walk", "Owen, the wife"], "WALK the"), [0]);
        assert_eq!(matching(["a", "b"], " "), [0, 1]);
        assert_eq!(moved(0, Action::Up, 0, 5), Some(0));
        assert_eq!(moved(3, Action::Down, 4, 5), Some(3));
        assert_eq!(moved(0, Action::Choose(4), 3, 5), None);
        assert_eq!(moved(0, Action::Choose(3), 3, 5), Some(2));
    }
}
