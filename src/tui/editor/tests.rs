use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Edit, Editor, Handled};

fn press(editor: &mut Editor, code: KeyCode, modifiers: KeyModifiers) -> Handled {
    editor.handle(KeyEvent::new(code, modifiers))
}

fn typed(editor: &mut Editor, text: &str) {
    for character in text.chars() {
        press(editor, KeyCode::Char(character), KeyModifiers::NONE);
    }
}

#[test]
fn enter_alone_is_not_the_editors() {
    let mut editor = Editor::new("a");
    assert_eq!(press(&mut editor, KeyCode::Enter, KeyModifiers::NONE), Handled::Ignored);
    assert_eq!(press(&mut editor, KeyCode::Enter, KeyModifiers::ALT), Handled::Changed);
    assert_eq!(press(&mut editor, KeyCode::Char('j'), KeyModifiers::CONTROL), Handled::Changed);
    assert_eq!(editor.text(), "a\n\n");
}

#[test]
fn deletes_whole_clusters_and_words() {
    let mut editor = Editor::new("cafe\u{301} 👩‍👩‍👧");
    editor.apply(Edit::DeleteLeft, false);
    assert_eq!(editor.text(), "cafe\u{301} ");
    editor.apply(Edit::DeleteLeft, false);
    editor.apply(Edit::DeleteLeft, false);
    assert_eq!(editor.text(), "caf");
    let mut editor = Editor::new("you'll feel better...");
    press(&mut editor, KeyCode::Char('w'), KeyModifiers::CONTROL);
    assert_eq!(editor.text(), "you'll feel better");
    press(&mut editor, KeyCode::Backspace, KeyModifiers::ALT);
    assert_eq!(editor.text(), "you'll feel ");
    assert_eq!(editor.word_count(), 2);
}

#[test]
fn up_and_down_keep_the_column_over_short_lines() {
    let mut editor = Editor::new("abcdef\nx\nabcdef");
    editor.apply(Edit::Up, false);
    assert_eq!(editor.cursor(), 8);
    editor.apply(Edit::Up, false);
    assert_eq!(editor.cursor(), 6);
    assert_eq!(editor.apply(Edit::Up, false), Handled::Moved);
    assert_eq!(editor.cursor(), 0);
    assert_eq!(editor.apply(Edit::Up, false), Handled::Ignored);
}

#[test]
fn undo_takes_back_a_word_at_a_time_and_a_paste_whole() {
    let mut editor = Editor::default();
    typed(&mut editor, "one two");
    editor.paste("\r\nthree\u{1b}[31m");
    assert_eq!(editor.text(), "one two\nthree[31m");
    let undo = KeyEvent::new(KeyCode::Char('7'), KeyModifiers::CONTROL);
    editor.handle(undo);
    assert_eq!(editor.text(), "one two");
    editor.handle(undo);
    assert_eq!(editor.text(), "one ");
    press(&mut editor, KeyCode::Char('r'), KeyModifiers::ALT);
    assert_eq!(editor.text(), "one two");
}

#[test]
fn a_selection_is_replaced_by_typing_and_closed_by_an_arrow() {
    let mut editor = Editor::new("one two");
    for _ in 0..3 {
        press(&mut editor, KeyCode::Left, KeyModifiers::SHIFT);
    }
    assert_eq!(editor.selection(), Some(4..7));
    press(&mut editor, KeyCode::Left, KeyModifiers::NONE);
    assert_eq!((editor.selection(), editor.cursor()), (None, 4));
    press(&mut editor, KeyCode::End, KeyModifiers::SHIFT);
    typed(&mut editor, "2");
    assert_eq!(editor.text(), "one 2");
}

#[test]
fn a_joined_cluster_carries_the_cursor_past_it() {
    let mut editor = Editor::new("👩👧");
    editor.apply(Edit::Left, false);
    typed(&mut editor, "\u{200d}");
    assert_eq!(editor.text(), "👩\u{200d}👧");
    assert_eq!(editor.cursor(), editor.text().len());
}

#[test]
fn the_cursor_at_the_end_of_a_full_line_is_on_it_and_after_its_space_on_the_next() {
    let mut editor = Editor::new("hello");
    let layout = editor.layout(5);
    assert_eq!((layout.row, layout.column), (0, 5));
    typed(&mut editor, " ");
    let layout = editor.layout(5);
    assert_eq!((layout.row, layout.column), (1, 0));
}
