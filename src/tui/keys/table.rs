//! The table itself. Order within a screen is importance: the bottom line shows what fits, from the
//! first on.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::{Action, Binding, Context, Key, Pattern};
use crate::tui::editor::Edit;

const ENTER: &[Pattern] = &[Pattern::Key(Key::plain(KeyCode::Enter))];
const ESC: &[Pattern] = &[Pattern::Key(Key::plain(KeyCode::Esc))];
const MOVE_DOWN: &[Pattern] =
    &[Pattern::Key(Key::char('j')), Pattern::Key(Key::plain(KeyCode::Down))];

const fn row(
    keys: &'static [Pattern],
    action: Action,
    short: &'static str,
    long: &'static str,
) -> Binding {
    Binding { keys, action, short, long }
}

/// The keys of each screen.
pub const SCREENS: &[(Context, &[Binding])] = &[
    (
        Context::Home,
        &[
            row(ENTER, Action::Enter, "begin", "open the row in focus"),
            row(
                &[Pattern::Digits { from: 1, to: 7 }],
                Action::Choose(0),
                "choose",
                "move to a row",
            ),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(ESC, Action::Back, "leave", "leave rollwith"),
        ],
    ),
    (
        Context::Choose,
        &[
            row(ENTER, Action::Enter, "begin", "begin with this choice"),
            row(&[Pattern::Digits { from: 1, to: 9 }], Action::Choose(0), "choose", "choose"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(
                &[Pattern::Key(Key::plain(KeyCode::Tab))],
                Action::NextPage,
                "next page",
                "the next page",
            ),
            row(ESC, Action::Back, "back", "back to the home screen"),
        ],
    ),
    (
        Context::Notice,
        &[
            row(
                &[Pattern::Digits { from: 1, to: 9 }],
                Action::Choose(0),
                "choose",
                "what is strongest, then how strong",
            ),
            row(ENTER, Action::Enter, "nothing, or go on", "nothing, or go on to the reply"),
            row(&[Pattern::Key(Key::char('x'))], Action::Skip, "skip", "skip this statement"),
            row(
                &[Pattern::Key(Key::char('o'))],
                Action::LeaveOut,
                "",
                "leave a topic of this statement out for good",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Reply,
        &[
            row(ENTER, Action::Enter, "submit", "submit the reply"),
            row(
                &[
                    Pattern::Key(Key::with(KeyCode::Enter, KeyModifiers::ALT)),
                    Pattern::Key(Key::ctrl('j')),
                ],
                Action::Edit(Edit::NewLine),
                "new line",
                "a new line",
            ),
            row(
                &[Pattern::Key(Key::ctrl('e'))],
                Action::ExternalEditor,
                "editor",
                "your own editor",
            ),
            row(ESC, Action::Back, "back", "back; the draft is kept"),
        ],
    ),
    (
        Context::Judge,
        &[
            row(
                &[Pattern::Digits { from: 1, to: 3 }],
                Action::Choose(0),
                "judge, then feedback",
                "your judgement; the second asks for the feedback",
            ),
            row(ESC, Action::Back, "back to the reply", "back to the reply"),
        ],
    ),
    (
        Context::Keeping,
        &[
            row(ENTER, Action::Enter, "try again", "write the reply again"),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Feedback,
        &[
            row(ENTER, Action::Enter, "try again", "try again or, once met, compare"),
            row(
                &[Pattern::Key(Key::char('r'))],
                Action::Again,
                "try again",
                "try again, also where the time for it is over",
            ),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(
                &[Pattern::Key(Key::char('d'))],
                Action::Disagree,
                "disagree",
                "I see it differently, with a reason",
            ),
            row(
                &[Pattern::Key(Key::char('t'))],
                Action::AllTries,
                "all tries",
                "all tries at this statement",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Unsure,
        &[
            row(
                &[Pattern::Digits { from: 1, to: 2 }],
                Action::Choose(0),
                "judge",
                "whether it met the client, with no push",
            ),
            row(&[Pattern::Key(Key::char('r'))], Action::Again, "reply again", "reply again first"),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(
                &[Pattern::Key(Key::char('t'))],
                Action::AllTries,
                "all tries",
                "all tries at this statement",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Reading,
        &[
            row(ESC, Action::Back, "close", "close"),
            row(MOVE_DOWN, Action::Down, "scroll", "scroll"),
        ],
    ),
    (
        Context::Compare,
        &[
            row(ENTER, Action::Enter, "next", "the next statement"),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(
                &[Pattern::Key(Key::char('d'))],
                Action::Disagree,
                "disagree",
                "I see it differently, with a reason",
            ),
            row(
                &[Pattern::Key(Key::char('t'))],
                Action::AllTries,
                "all tries",
                "all tries at this statement",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Identify,
        &[
            row(&[Pattern::Digits { from: 1, to: 3 }], Action::Choose(0), "choose", "your answer"),
            row(&[Pattern::Key(Key::char('x'))], Action::Skip, "skip", "skip this statement"),
            row(
                &[Pattern::Key(Key::char('o'))],
                Action::LeaveOut,
                "",
                "leave a topic of this statement out for good",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Discriminate,
        &[
            row(
                &[Pattern::Digits { from: 1, to: 9 }],
                Action::Choose(0),
                "choose",
                "the reply to choose",
            ),
            row(&[Pattern::Key(Key::char('x'))], Action::Skip, "skip", "skip this statement"),
            row(
                &[Pattern::Key(Key::char('o'))],
                Action::LeaveOut,
                "",
                "leave a topic of this statement out for good",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Explained,
        &[
            row(ENTER, Action::Enter, "next", "the next statement"),
            row(
                &[Pattern::Key(Key::char('d'))],
                Action::Disagree,
                "disagree",
                "I see it differently, with a reason",
            ),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Example,
        &[
            row(ENTER, Action::Enter, "your turn", "back to your own statement"),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::TalkedThrough,
        &[
            row(ENTER, Action::Enter, "next", "the next statement"),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(ESC, Action::Back, "end", "end the session, after asking"),
        ],
    ),
    (
        Context::Reason,
        &[
            row(ENTER, Action::Enter, "keep", "keep the line; an empty one will do"),
            row(ESC, Action::Back, "back", "back, without a reason"),
        ],
    ),
    (
        Context::Reaction,
        &[
            row(ENTER, Action::Enter, "finish", "finish with the row in focus"),
            row(&[Pattern::Digits { from: 1, to: 9 }], Action::Choose(0), "choose", "your answer"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(ESC, Action::Back, "back", "back one question"),
        ],
    ),
    (
        Context::Summary,
        &[
            row(ENTER, Action::Enter, "home", "home"),
            row(
                &[Pattern::Digits { from: 1, to: 9 }],
                Action::Choose(0),
                "replay",
                "replay an attempt",
            ),
            row(
                &[Pattern::Key(Key::char('r'))],
                Action::Again,
                "another ten minutes",
                "another ten minutes",
            ),
            row(ESC, Action::Back, "home", "home"),
        ],
    ),
    (
        Context::History,
        &[
            row(ENTER, Action::Enter, "open", "open the session or attempt in focus"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(&[Pattern::Key(Key::char('/'))], Action::Filter, "filter", "filter the list"),
            row(
                &[Pattern::Key(Key::char('P'))],
                Action::Private,
                "private",
                "keep a session private, or no longer",
            ),
            row(ESC, Action::Back, "home", "back"),
        ],
    ),
    (
        Context::Replay,
        &[
            row(ENTER, Action::Enter, "next", "the next attempt"),
            row(
                &[Pattern::Key(Key::char('w'))],
                Action::Why,
                "why",
                "why: the moves and their depth, and who made the labels",
            ),
            row(
                &[Pattern::Key(Key::char('t'))],
                Action::AllTries,
                "all tries",
                "all tries at this statement",
            ),
            row(
                &[Pattern::Key(Key::char('d'))],
                Action::Disagree,
                "disagree",
                "I see it differently, with a reason",
            ),
            row(MOVE_DOWN, Action::Down, "scroll", "scroll"),
            row(ESC, Action::Back, "back", "back to the list"),
        ],
    ),
    (
        Context::Progress,
        &[
            row(
                &[Pattern::Key(Key::plain(KeyCode::Tab))],
                Action::NextPage,
                "next page",
                "the next page",
            ),
            row(MOVE_DOWN, Action::Down, "week", "the week in focus"),
            row(ENTER, Action::Enter, "its attempts", "the attempts of the week in focus"),
            row(ESC, Action::Back, "home", "home"),
        ],
    ),
    (
        Context::Packs,
        &[
            row(ENTER, Action::Enter, "open", "open the pack in focus"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(&[Pattern::Key(Key::char('/'))], Action::Filter, "filter", "filter the list"),
            row(ESC, Action::Back, "home", "home"),
        ],
    ),
    (
        Context::Pack,
        &[
            row(ENTER, Action::Enter, "open", "open the vignette in focus"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(&[Pattern::Key(Key::char('/'))], Action::Filter, "filter", "filter the list"),
            row(ESC, Action::Back, "back", "back to the packs"),
        ],
    ),
    (
        Context::Vignette,
        &[
            row(ENTER, Action::Enter, "practise it", "practise this vignette"),
            row(MOVE_DOWN, Action::Down, "scroll", "scroll"),
            row(
                &[Pattern::Key(Key::char('o'))],
                Action::LeaveOut,
                "",
                "leave a topic of this statement out for good",
            ),
            row(ESC, Action::Back, "back", "back to the pack"),
        ],
    ),
    (
        Context::Filtering,
        &[
            row(ENTER, Action::Enter, "done", "keep the filter and go to the list"),
            row(&[Pattern::Key(Key::plain(KeyCode::Down))], Action::Down, "", "down the list"),
            row(&[Pattern::Key(Key::plain(KeyCode::Up))], Action::Up, "", "up the list"),
            row(ESC, Action::Back, "clear", "clear the filter"),
        ],
    ),
    (
        Context::Tour,
        &[
            row(ENTER, Action::Enter, "begin", "begin the first set"),
            row(ESC, Action::Back, "close", "close the tour"),
        ],
    ),
    (
        Context::Help,
        &[
            row(ESC, Action::Back, "close", "close help"),
            row(&[Pattern::Key(Key::char('/'))], Action::Filter, "find a key", "find a key"),
            row(MOVE_DOWN, Action::Down, "scroll", "scroll"),
        ],
    ),
    (
        Context::Confirm,
        &[
            row(ENTER, Action::Enter, "yes", "yes, or the row in focus"),
            row(&[Pattern::Digits { from: 1, to: 9 }], Action::Choose(0), "choose", "choose"),
            row(MOVE_DOWN, Action::Down, "move", "move"),
            row(ESC, Action::Back, "no, go on", "no, go on"),
        ],
    ),
];

/// The keys that every screen has, last on its bottom line.
pub const EVERYWHERE: &[Binding] = &[
    row(
        &[Pattern::Key(Key::char('?')), Pattern::Key(Key::plain(KeyCode::F(1)))],
        Action::Help,
        "help",
        "this help; while typing, F1",
    ),
    row(
        &[Pattern::Key(Key::plain(KeyCode::Tab))],
        Action::NextPage,
        "",
        "move focus; the next page",
    ),
    row(
        &[Pattern::Key(Key::plain(KeyCode::BackTab))],
        Action::PreviousPage,
        "",
        "focus back; the page before",
    ),
    row(MOVE_DOWN, Action::Down, "", "down"),
    row(
        &[Pattern::Key(Key::char('k')), Pattern::Key(Key::plain(KeyCode::Up))],
        Action::Up,
        "",
        "up",
    ),
    row(&[Pattern::Key(Key::plain(KeyCode::PageDown))], Action::PageDown, "", "a page down"),
    row(&[Pattern::Key(Key::plain(KeyCode::PageUp))], Action::PageUp, "", "a page up"),
    row(&[Pattern::Key(Key::plain(KeyCode::Home))], Action::First, "", "to the first row"),
    row(&[Pattern::Key(Key::plain(KeyCode::End))], Action::Last, "", "to the last row"),
    row(ESC, Action::Back, "", "back; asks before it ends a session"),
    row(&[Pattern::Key(Key::plain(KeyCode::F(2)))], Action::ToggleMouse, "", "mouse on, off"),
    row(&[Pattern::Key(Key::ctrl('c'))], Action::EndNow, "", "end at once, all kept"),
    row(&[Pattern::Key(Key::ctrl('z'))], Action::Suspend, "", "to the shell; fg comes back"),
];

/// The keys of the editor.
pub const TYPING: &[Binding] = &[
    row(
        &[
            Pattern::Key(Key::with(KeyCode::Enter, KeyModifiers::ALT)),
            Pattern::Key(Key::ctrl('j')),
            Pattern::Also(Key::with(KeyCode::Enter, KeyModifiers::SHIFT)),
        ],
        Action::Edit(Edit::NewLine),
        "",
        "a new line",
    ),
    edit(&[Pattern::Key(Key::plain(KeyCode::Left))], Edit::Left, "left; with Shift, select"),
    edit(&[Pattern::Key(Key::plain(KeyCode::Right))], Edit::Right, "right"),
    edit(&[Pattern::Key(Key::plain(KeyCode::Up))], Edit::Up, "a line up"),
    edit(&[Pattern::Key(Key::plain(KeyCode::Down))], Edit::Down, "a line down"),
    edit(
        &[
            Pattern::Key(Key::with(KeyCode::Left, KeyModifiers::CONTROL)),
            Pattern::Key(Key::alt('b')),
            Pattern::Also(Key::with(KeyCode::Left, KeyModifiers::ALT)),
        ],
        Edit::WordLeft,
        "a word left",
    ),
    edit(
        &[
            Pattern::Key(Key::with(KeyCode::Right, KeyModifiers::CONTROL)),
            Pattern::Key(Key::alt('f')),
            Pattern::Also(Key::with(KeyCode::Right, KeyModifiers::ALT)),
        ],
        Edit::WordRight,
        "a word right",
    ),
    edit(&[Pattern::Key(Key::plain(KeyCode::Home))], Edit::LineStart, "start of the line"),
    edit(&[Pattern::Key(Key::plain(KeyCode::End))], Edit::LineEnd, "end of the line"),
    edit(
        &[Pattern::Key(Key::with(KeyCode::Home, KeyModifiers::CONTROL))],
        Edit::TextStart,
        "start of the reply",
    ),
    edit(
        &[Pattern::Key(Key::with(KeyCode::End, KeyModifiers::CONTROL))],
        Edit::TextEnd,
        "end of the reply",
    ),
    edit(
        &[Pattern::Key(Key::plain(KeyCode::Backspace)), Pattern::Also(Key::ctrl('h'))],
        Edit::DeleteLeft,
        "delete to the left",
    ),
    edit(&[Pattern::Key(Key::plain(KeyCode::Delete))], Edit::DeleteRight, "delete to the right"),
    edit(
        &[
            Pattern::Key(Key::ctrl('w')),
            Pattern::Key(Key::with(KeyCode::Backspace, KeyModifiers::ALT)),
            Pattern::Also(Key::with(KeyCode::Backspace, KeyModifiers::CONTROL)),
        ],
        Edit::DeleteWordLeft,
        "delete a word",
    ),
    edit(
        &[
            Pattern::Key(Key::alt('d')),
            Pattern::Also(Key::with(KeyCode::Delete, KeyModifiers::CONTROL)),
        ],
        Edit::DeleteWordRight,
        "delete the next word",
    ),
    edit(&[Pattern::Key(Key::ctrl('u'))], Edit::DeleteToLineStart, "delete to the line's start"),
    edit(&[Pattern::Key(Key::ctrl('k'))], Edit::DeleteToLineEnd, "delete to the line's end"),
    edit(
        &[
            Pattern::Key(Key::alt('u')),
            Pattern::Key(Key::ctrl('/')),
            // Ctrl+/ and Ctrl+_ arrive as the control character 0x1f, which is read as Ctrl+7.
            Pattern::Also(Key::ctrl('7')),
            Pattern::Also(Key::ctrl('_')),
        ],
        Edit::Undo,
        "undo",
    ),
    edit(&[Pattern::Key(Key::alt('r'))], Edit::Redo, "redo"),
];

const fn edit(keys: &'static [Pattern], edit: Edit, long: &'static str) -> Binding {
    row(keys, Action::Edit(edit), "", long)
}
