use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::{Heading, View, draw};
use crate::tui::editor::Editor;
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::marks::Marks;
use crate::tui::theme::{Choice, Environment, Theme};
use crate::tui::widgets::editor_view;
use crate::tui::widgets::places::Density;
use crate::tui::widgets::transcript::{Block, lay};

const STEPS: [&str; 4] = ["notice", "reply", "judge", "feedback"];

fn theme() -> Theme {
    let environment = Environment { ascii: false, ..Environment::default() };
    Theme::new(Choice::Mono, &environment)
}

fn reply(air: bool) -> View<'static> {
    let said = "More chores, and you call it medicine. Thirty years I've tidied up after people.";
    let width = 65;
    let blocks = [
        Block::new("You", "Shall we put a walk down for Saturday?"),
        Block::client("Ruth", Some("shuts the diary"), said, air),
    ];
    let pinned = lay(&blocks, width, &Marks::UNICODE, Density::of(80, 24));
    let editor = Editor::new("So I'm one more person with a job for you.");
    let (typed, (row, column)) = editor_view::rows(&editor, "You", width);
    let mut rows = vec![super::Row::blank()];
    rows.extend(typed);
    View {
        heading: Heading {
            title: "Respond 3 of 8".to_owned(),
            steps: &STEPS,
            step: 1,
            tail: "try 2 of 4".to_owned(),
        },
        pinned,
        rows,
        kept: "kept 18:42   10 words".to_owned(),
        hints: hints(Context::Reply, &Shown::default()),
        cursor: Some((row + 1, column)),
        ..View::default()
    }
}

fn lines(buffer: &Buffer) -> Vec<String> {
    buffer
        .area
        .rows()
        .map(|row| {
            row.columns().map(|cell| buffer[cell.as_position()].symbol()).collect::<String>()
        })
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[test]
fn the_reply_screen_is_as_drawn() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    let drawn = draw(&reply(true), &theme(), &mut buffer);
    let lines = lines(&buffer);
    assert_eq!(
        lines[..11],
        [
            " Respond 3 of 8   notice · [reply] · judge · feedback   try 2 of 4",
            "",
            " You         Shall we put a walk down for Saturday?",
            "           ▌",
            " Ruth      ▌ (shuts the diary)",
            "           ▌ More chores, and you call it medicine. Thirty years I've tidied",
            "           ▌ up after people.",
            "           ▌",
            "",
            " You       › So I'm one more person with a job for you.",
            "",
        ]
    );
    assert_eq!(lines[22], " kept 18:42   10 words");
    assert_eq!(
        lines[23],
        " Enter submit   Alt+Enter new line   Ctrl+E editor   Esc back   F1 help"
    );
    assert_eq!(drawn.cursor, Some(Position { x: 55, y: 9 }));
    assert!(buffer[(13, 5)].modifier.contains(Modifier::BOLD));
    assert!(!buffer[(13, 2)].modifier.contains(Modifier::BOLD));
}

#[test]
fn what_does_not_fit_says_that_there_is_more() {
    let mut view = reply(true);
    view.rows.extend(vec![super::Row::words("x"); 30]);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    let drawn = draw(&view, &theme(), &mut buffer);
    assert!(lines(&buffer)[22].ends_with("↓ more"));
    assert!(drawn.window.unwrap().below);
    view.offset = usize::MAX;
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 18));
    let drawn = draw(&view, &theme(), &mut buffer);
    assert!(lines(&buffer)[17].ends_with("↑ more"));
    assert_eq!(drawn.cursor, None);
}

#[test]
fn every_size_draws_and_the_small_ones_say_what_is_needed() {
    for view in [reply(true), View { wide: true, ..reply(false) }, View::default()] {
        for width in (1..90).chain([119, 120, 121, 199, 200, u16::from(u8::MAX)]) {
            for height in (1..30).chain([39, 40, 41, 60]) {
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                let drawn = draw(&view, &theme(), &mut buffer);
                if let Some(cursor) = drawn.cursor {
                    assert!(buffer.area.contains(cursor));
                }
                let small = width < 60 || height < 18;
                assert_eq!(drawn.window.is_none(), small, "{width}x{height}");
            }
        }
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, 41, 10));
    draw(&reply(true), &theme(), &mut buffer);
    assert_eq!(lines(&buffer)[..2], ["rollwith needs 60x18, has 41x10. All you", "typed is kept."]);
}

#[test]
fn on_the_smallest_screen_client_focus_first_key_and_help_stay() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 18));
    let view = reply(false);
    draw(&view, &theme(), &mut buffer);
    let all = lines(&buffer).join("\n");
    assert!(all.contains("Respond 3 of 8   [reply]   try 2 of 4"), "{all}");
    for there in ["▌", "›", "Enter submit", "F1 help"] {
        assert!(all.contains(there), "{there}: {all}");
    }
}
