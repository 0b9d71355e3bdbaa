use std::cell::Cell;
use std::io;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell as ScreenCell;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{
    App, Control, EditorError, Ended, Incoming, Msg, Platform, Signal, channel, run_on, wait,
};

#[derive(Default)]
struct Counter {
    text: String,
    draws: Cell<usize>,
    deadline: Option<Instant>,
    kept: bool,
}

impl App for Counter {
    type Work = char;

    fn update(&mut self, msg: Msg<char>) -> Control {
        match msg {
            Msg::Key(key) => match key.code {
                KeyCode::Char('-') => return Control::Unchanged,
                KeyCode::Char('e') => return Control::Edit(self.text.clone()),
                KeyCode::Char('z') => return Control::Suspend,
                KeyCode::Char('m') => return Control::Mouse(false),
                KeyCode::Char(character) => self.text.push(character),
                _ => return Control::Leave,
            },
            Msg::Work(character) => self.text.push(character),
            Msg::Edited(Ok(text)) => self.text = text,
            Msg::Deadline => self.text.push('!'),
            Msg::Leaving => self.kept = true,
            _ => return Control::Unchanged,
        }
        Control::Draw
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.draws.set(self.draws.get() + 1);
        frame.render_widget(self.text.as_str(), frame.area());
    }

    fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}

#[derive(Default)]
struct Notes(Vec<&'static str>);

impl Platform for Notes {
    fn ask_to_stop(&mut self) -> io::Result<()> {
        self.0.push("ask");
        Ok(())
    }

    fn stop(&mut self) -> io::Result<()> {
        self.0.push("stop");
        Ok(())
    }

    fn take(&mut self) -> io::Result<()> {
        self.0.push("take");
        Ok(())
    }

    fn set_mouse(&mut self, _: bool) -> io::Result<()> {
        self.0.push("mouse");
        Ok(())
    }

    fn edit(&mut self, text: &str) -> io::Result<Result<String, EditorError>> {
        self.0.push("edit");
        Ok(Ok(format!("{text} edited")))
    }
}

fn key(character: char) -> Incoming<char> {
    Incoming::Msg(Msg::Key(KeyEvent::from(KeyCode::Char(character))))
}

fn leave() -> Incoming<char> {
    Incoming::Msg(Msg::Key(KeyEvent::from(KeyCode::Esc)))
}

fn run(app: &mut Counter, incoming: Vec<Incoming<char>>) -> (io::Result<Ended>, Notes, String) {
    let (mailbox, inbox) = channel();
    for incoming in incoming {
        assert!(mailbox.put(incoming));
    }
    let mut screen = ratatui::Terminal::new(TestBackend::new(20, 1)).unwrap();
    let mut notes = Notes::default();
    let ended = run_on(app, &inbox, &mut screen, &mut notes);
    let shown = screen.backend().buffer().content().iter().map(ScreenCell::symbol).collect();
    (ended, notes, shown)
}

#[test]
fn what_waits_is_drawn_once() {
    let mut app = Counter::default();
    let mut incoming: Vec<_> = "abc".chars().map(key).collect();
    incoming.push(Incoming::Msg(Msg::Work('w')));
    incoming.push(Incoming::Signal(Signal::Continued));
    incoming.push(leave());
    let (ended, notes, _) = run(&mut app, incoming);
    assert_eq!((ended.unwrap(), app.text.as_str()), (Ended::Left, "abcw"));
    // The first frame; the batch ended the loop, and nothing was left to draw for.
    assert_eq!((app.draws.get(), notes.0), (1, vec!["take"]));
}

#[test]
fn nothing_is_drawn_where_nothing_changed() {
    let mut app = Counter::default();
    let (mailbox, inbox) = channel();
    let mut screen = ratatui::Terminal::new(TestBackend::new(20, 1)).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..50 {
                mailbox.put(key('-'));
                std::thread::yield_now();
            }
            mailbox.put(leave());
        });
        run_on(&mut app, &inbox, &mut screen, &mut Notes::default()).unwrap();
    });
    assert_eq!(app.draws.get(), 1);
}

#[test]
fn a_deadline_comes_once_and_only_when_asked_for() {
    let (mailbox, inbox) = channel();
    let mut fired = None;
    let now = Instant::now();
    let app = Counter { deadline: Some(now), ..Counter::default() };
    let comes = |fired: &mut _| wait(&app, &inbox, fired);
    assert!(matches!(comes(&mut fired), Incoming::Msg(Msg::Deadline)));
    mailbox.put(key('a'));
    assert!(matches!(comes(&mut fired), Incoming::Msg(Msg::Key(_))));
    let app = Counter { deadline: Some(now + Duration::from_nanos(1)), ..Counter::default() };
    assert!(matches!(wait(&app, &inbox, &mut fired), Incoming::Msg(Msg::Deadline)));
    mailbox.put(key('b'));
    assert!(matches!(wait(&Counter::default(), &inbox, &mut fired), Incoming::Msg(Msg::Key(_))));
}

#[test]
fn a_signal_leaves_in_order_and_a_fault_keeps_everything() {
    let mut app = Counter::default();
    let (ended, ..) = run(&mut app, vec![key('a'), Incoming::Signal(Signal::Leave(15))]);
    assert_eq!((ended.unwrap(), app.kept), (Ended::Signalled(15), true));
    let mut app = Counter::default();
    let (ended, ..) = run(&mut app, vec![Incoming::Fault(io::Error::other("gone"))]);
    assert!(ended.is_err() && app.kept);
}

#[test]
fn the_editor_the_mouse_and_stopping_are_the_platforms() {
    let mut app = Counter::default();
    let incoming =
        vec![key('x'), key('e'), key('m'), key('z'), Incoming::Signal(Signal::Stop), leave()];
    let (_, notes, _) = run(&mut app, incoming);
    assert_eq!(notes.0, ["edit", "mouse", "ask", "stop"]);
    assert_eq!(app.text, "x edited");
}

#[test]
fn after_a_flood_of_messages_a_frame_comes_all_the_same() {
    let mut app = Counter::default();
    let mut incoming: Vec<_> = (0..super::BATCH).map(|_| key('-')).collect();
    incoming[0] = key('a');
    incoming.push(leave());
    let (_, _, shown) = run(&mut app, incoming);
    assert_eq!((app.draws.get(), shown.trim_end()), (2, "a"));
}
