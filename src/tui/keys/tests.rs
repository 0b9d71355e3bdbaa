use std::collections::HashMap;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Action, Context, EVERYWHERE, Hint, Pattern, SCREENS, Shown, TYPING, action, bindings};
use super::{help, hints};

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn line(context: Context, shown: &Shown<'_>) -> String {
    hints(context, shown)
        .iter()
        .map(|Hint { key, words, .. }| format!("{key} {words}"))
        .collect::<Vec<_>>()
        .join("   ")
}

#[test]
fn no_screen_has_two_meanings_for_a_key() {
    for context in Context::ALL {
        let mut meanings = HashMap::new();
        for binding in bindings(context) {
            for pattern in binding.keys {
                let keys = match *pattern {
                    Pattern::Key(key) | Pattern::Also(key) => vec![key],
                    Pattern::Digits { from, to } => (from..=to)
                        .map(|digit| super::Key::char(char::from(b'0' + digit)))
                        .collect(),
                };
                for key in keys {
                    let known = meanings.insert(key, binding.action);
                    assert!(
                        known.is_none_or(|known| known == binding.action),
                        "{context:?}: {key} means {known:?} and {:?}",
                        binding.action
                    );
                }
            }
        }
    }
}

#[test]
fn a_key_means_the_same_on_every_screen() {
    let all = SCREENS.iter().flat_map(|(_, own)| own.iter()).chain(EVERYWHERE);
    let mut meanings = HashMap::new();
    for binding in all {
        for pattern in binding.keys {
            if let Pattern::Key(key) = *pattern {
                let known = *meanings.entry(key).or_insert(binding.action);
                assert_eq!(known, binding.action, "{key}");
            }
        }
    }
}

#[test]
fn every_screen_is_in_the_table_once_and_says_how_to_leave_and_find_help() {
    for context in Context::ALL {
        assert_eq!(SCREENS.iter().filter(|(screen, _)| *screen == context).count(), 1);
        let back = bindings(context).any(|binding| binding.action == Action::Back);
        assert!(back, "{context:?}");
        let hints = hints(context, &Shown::default());
        assert_eq!(hints.last().and_then(|hint| hint.action), Some(Action::Help), "{context:?}");
    }
}

#[test]
fn the_bottom_lines_are_those_drawn() {
    let none = Shown::default();
    assert_eq!(
        line(Context::Home, &none),
        "Enter begin   1-7 choose   j k move   Esc leave   ? help"
    );
    assert_eq!(
        line(Context::Reply, &none),
        "Enter submit   Alt+Enter new line   Ctrl+E editor   Esc back   F1 help"
    );
    assert_eq!(
        line(Context::Judge, &Shown { digits: Some(2), ..none }),
        "1-2 judge, then feedback   Esc back to the reply   ? help"
    );
    assert_eq!(
        line(
            Context::Feedback,
            &Shown {
                words: &[(Action::Enter, "compare")],
                hidden: &[Action::AllTries, Action::Again],
                ..none
            }
        ),
        "Enter compare   w why   d disagree   Esc end   ? help"
    );
}

#[test]
fn while_typing_letters_digits_and_question_marks_are_text() {
    for character in ['1', '?', 'x', 'j', 'P', '/'] {
        assert_eq!(action(Context::Reply, key(KeyCode::Char(character))), None);
    }
    assert_eq!(action(Context::Reply, key(KeyCode::F(1))), Some(Action::Help));
    assert_eq!(action(Context::Home, key(KeyCode::Char('?'))), Some(Action::Help));
    assert_eq!(action(Context::Home, key(KeyCode::Char('4'))), Some(Action::Choose(4)));
    assert_eq!(action(Context::Judge, key(KeyCode::Char('4'))), None);
    let shifted = KeyEvent::new(KeyCode::Char('p'), KeyModifiers::SHIFT);
    assert_eq!(action(Context::History, shifted), Some(Action::Private));
    let alt_enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT);
    assert_eq!(
        action(Context::Reply, alt_enter),
        Some(Action::Edit(crate::tui::editor::Edit::NewLine))
    );
}

#[test]
fn help_starts_here_and_can_be_searched() {
    let groups = help(Context::Identify, "");
    assert_eq!(
        groups.iter().map(|group| group.name).collect::<Vec<_>>(),
        ["Here", "Everywhere", "Typing"]
    );
    let found = help(Context::Identify, "UNDO");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rows, [("Alt+u, Ctrl+/".to_owned(), "undo")]);
    assert!(TYPING.iter().all(|binding| binding.short.is_empty()));
}

#[test]
fn while_typing_the_arrows_are_the_editors_but_a_filter_moves_its_list() {
    use crate::tui::editor::Edit;
    assert_eq!(action(Context::Reply, key(KeyCode::Up)), Some(Action::Edit(Edit::Up)));
    assert_eq!(action(Context::Filtering, key(KeyCode::Up)), Some(Action::Up));
    assert_eq!(action(Context::Reply, key(KeyCode::PageUp)), Some(Action::PageUp));
    for (context, own) in SCREENS.iter().filter(|(context, _)| context.is_typing()) {
        for pattern in own.iter().flat_map(|binding| binding.keys) {
            let Pattern::Key(key) = *pattern else { continue };
            let event = KeyEvent::new(key.code, key.modifiers);
            if let Some((edit, _)) = super::edit_of(event) {
                let arrow = matches!(key.code, KeyCode::Up | KeyCode::Down);
                let same = action(*context, event) == Some(Action::Edit(edit));
                assert!(arrow || same, "{context:?}: {key} is an editing key");
            }
        }
    }
}
