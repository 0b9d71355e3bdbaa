//! A text being typed, as rows with the place of the cursor.

use super::row::{Edge, Row, Words};
use crate::tui::editor::Editor;
use crate::tui::theme::Role;

/// The rows of an editor in `width` cells, and the cursor's row among them and cell in it.
///
/// The first row has the label and the focus; the selection has the focus' style.
pub fn rows(editor: &Editor, label: &str, width: usize) -> (Vec<Row>, (usize, usize)) {
    let layout = editor.layout(width);
    let text = editor.text();
    let selection = editor.selection().unwrap_or(0..0);
    let rows = layout
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let (start, end) = (line.range.start, line.shown_end);
            let from = selection.start.clamp(start, end);
            let to = selection.end.clamp(from, end);
            let mut words = Words::default();
            for (role, part) in [
                (Role::Direction, start..from),
                (Role::Focus, from..to),
                (Role::Direction, to..end),
            ] {
                if let Some(part) = text.get(part).filter(|part| !part.is_empty()) {
                    words = words.and(role, part);
                }
            }
            let first = index == 0;
            Row {
                label: if first { Words::from(label) } else { Words::default() },
                edge: if first { Edge::Focus } else { Edge::None },
                words,
            }
        })
        .collect();
    (rows, (layout.row, layout.column))
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::tui::editor::{Edit, Editor};
    use crate::tui::theme::Role;

    #[test]
    fn the_selection_shows_and_the_cursor_is_where_typing_goes() {
        let mut editor = Editor::new("So I'm\none more");
        editor.apply(Edit::WordLeft, true);
        let (rows, cursor) = rows(&editor, "You", 20);
        assert_eq!(cursor, (1, 4));
        assert_eq!(rows[1].words.spans()[1], (Role::Focus, "more".to_owned()));
        assert_eq!(rows[0].label.text(), "You");
        assert_eq!(rows[1].label.text(), "");
    }
}
