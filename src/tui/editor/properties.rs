//! The editor under arbitrary text and keys.

use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::GraphemeCursor;

use super::{Edit, Editor, Handled};
use crate::text::neutralise;

#[derive(Clone, Debug)]
enum Step {
    Key(KeyEvent),
    Paste(String),
    Do(Edit, bool),
    Width(usize),
    Click(usize, usize),
}

/// Text with what breaks editors well represented.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,9}",
        3 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("e\u{301}".to_owned()),
        1 => Just("\u{301}\u{302}".to_owned()),
        1 => Just("👩\u{200d}👩\u{200d}👧".to_owned()),
        1 => Just("\u{200d}".to_owned()),
        1 => Just("🇩🇪🇫".to_owned()),
        1 => Just("我不想".to_owned()),
        1 => Just("क्षि".to_owned()),
        1 => Just("ﾞ".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => Just("\u{1b}[31m\u{1b}]0;x\u{7}".to_owned()),
        1 => Just("\u{202e}\u{2066}".to_owned()),
        2 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn edit() -> impl Strategy<Value = Edit> {
    prop::sample::select(vec![
        Edit::NewLine,
        Edit::Left,
        Edit::Right,
        Edit::Up,
        Edit::Down,
        Edit::LineStart,
        Edit::LineEnd,
        Edit::TextStart,
        Edit::TextEnd,
        Edit::WordLeft,
        Edit::WordRight,
        Edit::DeleteLeft,
        Edit::DeleteRight,
        Edit::DeleteWordLeft,
        Edit::DeleteWordRight,
        Edit::DeleteToLineStart,
        Edit::DeleteToLineEnd,
        Edit::Undo,
        Edit::Redo,
    ])
}

fn key() -> impl Strategy<Value = KeyEvent> {
    let code = prop_oneof![
        any::<char>().prop_map(KeyCode::Char),
        "[a-z7_/]".prop_map(|text| KeyCode::Char(text.chars().next().unwrap_or('a'))),
        prop::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Left,
            KeyCode::Up,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::Tab,
            KeyCode::Esc,
            KeyCode::F(1),
        ]),
    ];
    (code, 0u8..8)
        .prop_map(|(code, bits)| KeyEvent::new(code, KeyModifiers::from_bits_truncate(bits)))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => key().prop_map(Step::Key),
        4 => (edit(), any::<bool>()).prop_map(|(edit, select)| Step::Do(edit, select)),
        2 => text().prop_map(Step::Paste),
        1 => (0usize..30).prop_map(Step::Width),
        1 => (0usize..9, 0usize..30).prop_map(|(row, column)| Step::Click(row, column)),
    ]
}

fn run(editor: &mut Editor, step: &Step) -> Handled {
    match step {
        Step::Key(key) => editor.handle(*key),
        Step::Paste(text) => editor.paste(text),
        Step::Do(edit, select) => editor.apply(*edit, *select),
        Step::Width(width) => {
            editor.set_width(*width);
            Handled::Moved
        }
        Step::Click(row, column) => editor.click(*row, *column),
    }
}

fn on_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_cursor_stays_on_a_boundary_and_the_text_stays_safe(
        start in text(), steps in vec(step(), 1..60), width in 0usize..40
    ) {
        let mut editor = Editor::new(&start);
        for step in &steps {
            let before = editor.text().to_owned();
            let handled = run(&mut editor, step);
            prop_assert_eq!(handled == Handled::Changed || editor.text() == before, true);
            prop_assert!(on_boundary(editor.text(), editor.cursor()), "{:?}", step);
            if let Some(range) = editor.selection() {
                prop_assert!(range.end <= editor.text().len());
            }
            prop_assert_eq!(neutralise(editor.text()), editor.text());
            let layout = editor.layout(width);
            prop_assert!(layout.row < layout.lines.len() && layout.column <= width.max(1));
        }
    }

    #[test]
    fn lines_are_the_text_and_fit(text in text(), width in 0usize..40) {
        let editor = Editor::new(&text);
        let text = editor.text();
        let lines = editor.layout(width).lines;
        let mut end = 0;
        for line in &lines {
            prop_assert_eq!(line.range.start, end);
            end = line.range.end;
            prop_assert!(on_boundary(text, end));
            let shown = line.shown(text);
            prop_assert_eq!(crate::tui::wrap::cells(shown), line.cells);
            let alone = unicode_segmentation::UnicodeSegmentation::graphemes(shown, true)
                .filter(|grapheme| crate::tui::wrap::cells(grapheme) > 0)
                .count() <= 1;
            prop_assert!(line.cells <= width.max(1) || alone, "{:?}", shown);
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn a_paste_is_kept_to_the_letter_after_neutralising(
        pieces in vec(text(), 1..6), at in 0usize..30
    ) {
        let long = pieces.concat().repeat(40).chars().take(10_000).collect::<String>();
        let mut editor = Editor::new("before after");
        for _ in 0..at.min(12) {
            editor.apply(Edit::Left, false);
        }
        let cursor = editor.cursor();
        editor.paste(&long);
        let expected =
            format!("{}{}{}", &"before after"[..cursor], neutralise(&long), &"before after"[cursor..]);
        prop_assert_eq!(editor.text(), expected);
        editor.apply(Edit::Undo, false);
        prop_assert_eq!(editor.text(), "before after");
    }

    #[test]
    fn undo_goes_back_through_the_very_same_texts(start in text(), steps in vec(step(), 1..60)) {
        let mut editor = Editor::new(&start);
        let mut texts = vec![editor.text().to_owned()];
        for step in steps {
            if matches!(step, Step::Do(Edit::Undo | Edit::Redo, _)) {
                continue;
            }
            if let Step::Key(key) = step
                && matches!(
                    super::keys::edit_of(key),
                    Some((Edit::Undo | Edit::Redo, _))
                )
            {
                continue;
            }
            run(&mut editor, &step);
            texts.push(editor.text().to_owned());
        }
        let last = editor.text().to_owned();
        let mut undone = 0;
        let mut position = texts.len();
        while editor.apply(Edit::Undo, false) == Handled::Changed {
            undone += 1;
            let found = texts[..position].iter().rposition(|text| text == editor.text());
            prop_assert!(found.is_some(), "a text that never was: {:?}", editor.text());
            position = found.map_or(position, |found| found + 1);
        }
        prop_assert_eq!(editor.text(), neutralise(&start));
        for _ in 0..undone {
            editor.apply(Edit::Redo, false);
        }
        prop_assert_eq!(editor.text(), last);
    }
}
