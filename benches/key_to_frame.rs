//! Key to frame, in memory: 120x40, 600 words typed. Budget: p99 of 2 ms.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rollwith::tui::editor::{Edit, Editor};
use rollwith::tui::keys::{self, Context, Shown};
use rollwith::tui::theme::{Choice, Environment, Theme};
use rollwith::tui::widgets::editor_view;
use rollwith::tui::widgets::frame::{View, render};
use rollwith::tui::widgets::scroll::follow;

const KEYS: usize = 5_000;

fn main() {
    let sentence = "So I'm one more person with a job for you, and it cafe\u{301} hurts. ";
    let text = sentence.repeat(600 / sentence.split_whitespace().count());
    let mut editor = Editor::new(&text);
    for _ in 0..2_000 {
        editor.apply(Edit::Left, false);
    }
    let theme = Theme::new(Choice::Terminal, &Environment::default());
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a buffer in memory");
    let mut frames = Vec::with_capacity(KEYS);
    let mut layouts = Vec::with_capacity(KEYS);
    let mut yardstick = Vec::with_capacity(KEYS);
    for index in 0..KEYS {
        let code = match index % 7 {
            6 => KeyCode::Char(' '),
            5 => KeyCode::Up,
            4 => KeyCode::Backspace,
            _ => KeyCode::Char('e'),
        };
        let start = Instant::now();
        editor.handle(KeyEvent::new(code, KeyModifiers::NONE));
        terminal
            .draw(|frame| {
                let (rows, cursor) = editor_view::rows(&editor, "You", 65);
                let view = View {
                    rows,
                    offset: follow(0, cursor.0, 30),
                    cursor: Some(cursor),
                    kept: format!("{} words", editor.word_count()),
                    hints: keys::hints(Context::Reply, &Shown::default()),
                    ..View::default()
                };
                render(&view, &theme, frame);
            })
            .expect("a buffer in memory");
        frames.push(start.elapsed());
        let start = Instant::now();
        std::hint::black_box(editor.layout(65));
        layouts.push(start.elapsed());
        // As long as a frame takes, and nothing but counting: how much of the slowest is other
        // programs' doing.
        let start = Instant::now();
        std::hint::black_box(
            (0..700_000_u32).fold(0, |sum, next| std::hint::black_box(sum ^ next)),
        );
        yardstick.push(start.elapsed());
    }
    report("key to frame", &mut frames, Duration::from_millis(2));
    report("layout of 600 words", &mut layouts, Duration::from_micros(300));
    report("yardstick, counting", &mut yardstick, Duration::from_millis(2));
}

fn report(what: &str, times: &mut [Duration], budget: Duration) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 1_000).min(times.len() - 1)];
    println!(
        "{what}: p50 {:?}, p99 {:?}, max {:?}; budget p99 {budget:?}",
        at(500),
        at(990),
        at(1_000)
    );
}
