//! A real terminal for tests: keys in, screen out. Waits for what is to be seen, never sleeps
//! for a guess.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The longest that anything may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

/// `rollwith` in a terminal of its own.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    screen: Arc<(Mutex<Seen>, Condvar)>,
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    closed: bool,
}

impl Terminal {
    /// Starts `rollwith` with a home of its own, at 80 by 24.
    pub fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::start_as(home, arguments, &[], (80, 24))
    }

    /// Starts `rollwith` with variables and a size.
    pub fn start_as(
        home: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rollwith"));
        command.args(arguments);
        Self::spawn(command, home, variables, (columns, rows))
    }

    /// Starts any command with `rollwith`'s environment.
    pub fn spawn(
        mut command: CommandBuilder,
        home: &Path,
        variables: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        command.env("ROLLWITH_HOME", home);
        command.env("ROLLWITH_TRAINEE", "Anna");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("LC_ALL", "C.UTF-8");
        command.env_remove("NO_COLOR");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let seen = Seen {
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
            closed: false,
        };
        let screen = Arc::new((Mutex::new(seen), Condvar::new()));
        let for_reader = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut seen = for_reader.0.lock().expect("no panic while it is held");
                if read == 0 {
                    seen.closed = true;
                } else {
                    seen.parser.process(&buffer[..read]);
                    seen.raw.extend_from_slice(&buffer[..read]);
                }
                for_reader.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self { child, master: pair.master, writer, screen }
    }

    /// Sends keys as a terminal would: `\r` is Enter, `\x1b` is Esc.
    pub fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Sends keys if the program still takes them.
    pub fn try_keys(&mut self, keys: &str) -> bool {
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).is_ok()
    }

    /// Changes the terminal's size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.screen
            .0
            .lock()
            .expect("held briefly")
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master.resize(size).expect("the terminal changes its size");
    }

    /// What is on screen now.
    pub fn text(&self) -> String {
        self.screen.0.lock().expect("held briefly").parser.screen().contents()
    }

    /// Everything that was written to the terminal.
    pub fn raw(&self) -> Vec<u8> {
        self.screen.0.lock().expect("held briefly").raw.clone()
    }

    /// Waits until the screen is as wanted, and gives it.
    #[track_caller]
    pub fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.screen.0.lock().expect("held briefly");
        loop {
            let text = seen.parser.screen().contents();
            if wanted(&text) {
                return text;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.closed, "never saw {what}; the screen is:\n{text}");
            seen = self.screen.1.wait_timeout(seen, left).expect("held briefly").0;
        }
    }

    /// Waits until some words are on screen.
    #[track_caller]
    pub fn see(&self, words: &str) -> String {
        self.until(&format!("{words:?}"), |text| text.contains(words))
    }

    /// Waits until some words are gone.
    #[track_caller]
    pub fn gone(&self, words: &str) -> String {
        self.until(&format!("{words:?} gone"), |text| !text.contains(words))
    }

    /// Kills it as `kill -9` does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it was started")
    }

    /// Waits for its end, and gives the exit code.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it does not end; the screen is:\n{}", self.text());
            std::thread::yield_now();
        }
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has cells")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
    }
}
