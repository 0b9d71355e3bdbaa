//! The terminal guard and the event loop in a real pseudo-terminal: the terminal is usable again
//! after a return, a panic, signals, and Ctrl+Z with `fg`.
//!
//! The program under test is this test's own binary, started again with `child` as its one test.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use rollwith::tui::editor::Editor;
use rollwith::tui::event_loop::{App, Control, Msg, channel, run};
use rollwith::tui::keys::{self, Action, Context, Shown};
use rollwith::tui::theme::{Choice, Environment, Theme};
use rollwith::tui::widgets::editor_view;
use rollwith::tui::widgets::frame::{View, render};

const CHILD: &str = "ROLLWITH_TEST_CHILD";
const PATIENCE: Duration = Duration::from_secs(20);

struct Typing {
    editor: Editor,
    theme: Theme,
    submitted: bool,
}

impl Typing {
    fn key(&mut self, key: KeyEvent) -> Control {
        match keys::action(Context::Reply, key) {
            Some(Action::Enter) => self.submitted = true,
            Some(Action::Back) => return Control::Leave,
            Some(Action::Suspend) => return Control::Suspend,
            Some(Action::ExternalEditor) => return Control::Edit(self.editor.text().to_owned()),
            Some(Action::EndNow) => panic!("asked to panic"),
            Some(Action::Help) => {
                let _ = std::thread::spawn(|| panic!("a worker fell")).join();
            }
            _ => {
                self.editor.handle(key);
            }
        }
        Control::Draw
    }
}

impl App for Typing {
    type Work = ();

    fn update(&mut self, msg: Msg<()>) -> Control {
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => {
                self.editor.paste(&text);
                Control::Draw
            }
            Msg::Edited(Ok(text)) => {
                self.editor.set_text(&text);
                Control::Draw
            }
            _ => Control::Unchanged,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let (rows, cursor) = editor_view::rows(&self.editor, "You", 65);
        let view = View {
            rows,
            cursor: Some(cursor),
            kept: if self.submitted { "submitted".to_owned() } else { String::new() },
            hints: keys::hints(Context::Reply, &Shown::default()),
            ..View::default()
        };
        render(&view, &self.theme, frame);
    }
}

/// Not a test by itself: the program that the others start.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let theme = Theme::new(Choice::Auto, &Environment::of_process());
    let mut app = Typing { editor: Editor::default(), theme, submitted: false };
    let (mailbox, inbox) = channel();
    let ended = run(&mut app, (&mailbox, &inbox), true, theme.has_colours());
    println!("ended: {ended:?} with {:?}", app.editor.text());
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

struct Screen {
    parser: vt100::Parser,
    /// All that was written so far, for what a screen does not show.
    raw: Vec<u8>,
    ended: bool,
}

struct Pty {
    pair: PtyPair,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    screen: Arc<(Mutex<Screen>, Condvar)>,
}

impl Pty {
    fn start(shell: bool) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let own = std::env::current_exe().unwrap();
        let mut command;
        if shell {
            command = CommandBuilder::new("bash");
            command.args(["--norc", "--noprofile", "-i"]);
            command.env("PS1", "prompt> ");
            command.env("OWN", own.as_os_str());
        } else {
            command = CommandBuilder::new(own);
            command.args(["--exact", "child", "--nocapture"]);
        }
        command.env(CHILD, "1");
        command.env("EDITOR", "sed -i s/one/two/");
        command.env_remove("VISUAL");
        command.env("LANG", "C.UTF-8");
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env_remove("RUST_BACKTRACE");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(24), cells(80), 0);
        let screen = Screen { parser, raw: Vec::new(), ended: false };
        let screen = Arc::new((Mutex::new(screen), Condvar::new()));
        let filled = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let count = reader.read(&mut bytes).unwrap_or(0);
                let mut screen = filled.0.lock().unwrap();
                screen.parser.process(&bytes[..count]);
                screen.raw.extend_from_slice(&bytes[..count]);
                screen.ended = count == 0;
                filled.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let mut pty = Self { pair, child, writer, screen };
        if shell {
            pty.wait("a prompt", |screen| screen.parser.screen().contents().contains("prompt>"));
            pty.send("\"$OWN\" --exact child --nocapture\r");
        }
        pty.wait_for_screen();
        pty
    }

    fn send(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn wait(&self, what: &str, there: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut screen = self.screen.0.lock().unwrap();
        while !there(&screen) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {what}: {}", screen.parser.screen().contents());
            screen = self.screen.1.wait_timeout(screen, left).unwrap().0;
        }
    }

    fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.parser.screen().contents().contains(text));
    }

    fn wait_for_screen(&self) {
        self.wait("screen", |screen| {
            let seen = screen.parser.screen();
            seen.alternate_screen() && seen.contents().contains("Enter submit")
        });
    }

    /// Waits until everything that the guard changed is as it was.
    fn wait_restored(&self) {
        self.wait("restored terminal", |screen| {
            let seen = screen.parser.screen();
            !seen.alternate_screen()
                && !seen.bracketed_paste()
                && !seen.hide_cursor()
                && seen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        // Canonical mode with echo, as a shell expects it.
        let deadline = Instant::now() + PATIENCE;
        let cooked = || {
            self.pair.master.get_termios().is_some_and(|termios| {
                let text = format!("{:?}", termios.local_flags);
                text.contains("ICANON") && text.contains("ECHO")
            })
        };
        while !cooked() {
            assert!(Instant::now() < deadline, "still in raw mode");
            std::thread::yield_now();
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn typing_shows_a_paste_never_submits_and_leaving_restores() {
    let mut pty = Pty::start(false);
    pty.send("one");
    pty.wait_for("› one");
    pty.send("\x1b[200~ more\rthan\n\x1b[31mone\x1b[201~");
    pty.wait_for("than");
    pty.wait_for("[31mone");
    assert!(!pty.screen.0.lock().unwrap().parser.screen().contents().contains("submitted"));
    pty.send("\r");
    pty.wait_for("submitted");
    pty.send("\x1b");
    pty.wait_for("ended: Ok(Left)");
    pty.wait_restored();
}

#[test]
fn signals_leave_in_order() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let mut pty = Pty::start(false);
        pty.send("draft");
        pty.wait_for("draft");
        pty.signal(name);
        pty.wait_for(&format!("ended: Ok(Signalled({number})) with \"draft\""));
        pty.wait_restored();
    }
}

#[test]
fn a_panic_is_told_on_a_restored_terminal() {
    let mut pty = Pty::start(false);
    pty.send("\x03");
    pty.wait_for("asked to panic");
    pty.wait_restored();
}

#[test]
fn a_workers_panic_is_told_after_the_screen() {
    let mut pty = Pty::start(false);
    pty.send("\x1bOP");
    pty.send("still here");
    pty.wait_for("still here");
    assert!(!pty.screen.0.lock().unwrap().parser.screen().contents().contains("fell"));
    pty.send("\x1b");
    pty.wait_for("a worker fell");
    pty.wait_restored();
}

#[test]
fn ctrl_z_suspends_and_fg_comes_back() {
    let mut pty = Pty::start(true);
    pty.send("one");
    pty.wait_for("› one");
    for times in 1..=2 {
        pty.send("\x1a");
        pty.wait("the shell", |screen| !screen.parser.screen().alternate_screen());
        pty.wait_for("Stopped");
        pty.send("echo back $((20 + 2))\r");
        pty.wait_for("back 22");
        pty.send("clear; fg\r");
        pty.wait_for_screen();
        pty.wait_for("› one");
        pty.send(&times.to_string());
        pty.wait_for(&format!("› one{}", if times == 1 { "1" } else { "12" }));
    }
    pty.send("\x1b");
    pty.wait_for("ended: Ok(Left) with \"one12\"");
}

#[test]
fn ctrl_z_without_a_shell_goes_on() {
    let mut pty = Pty::start(false);
    pty.send("\x1aone");
    pty.wait_for("› one");
}

#[test]
fn the_own_editor_gets_the_reply_and_gives_it_back() {
    let mut pty = Pty::start(false);
    pty.send("one more");
    pty.wait_for("› one more");
    pty.send("\x05");
    pty.wait_for("› two more");
    pty.send(" job");
    pty.wait_for("› two more job");
    let leaves = {
        let screen = pty.screen.0.lock().unwrap();
        screen.raw.windows(8).filter(|bytes| bytes == b"\x1b[?1049l").count()
    };
    assert_eq!(leaves, 1, "the editor has the terminal to itself");
}
