//! What a person waits for, through a real pseudo-terminal: the first frame with ten thousand
//! attempts in the log, and a key to its frame while a reply is typed, alone and while other replies
//! are scored. Beside it, in the same run, `cat` in the same terminal: what the terminal itself takes.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rollwith::rubric::Input;

#[path = "../tests/records/mod.rs"]
mod records;

const STARTS: usize = 20;
const KEYS: usize = 400;
/// What counts as a frame: more than a mode switch.
const FRAME: usize = 200;

struct Pty {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, usize)>,
    _master: Box<dyn MasterPty + Send>,
}

impl Pty {
    fn start(mut command: CommandBuilder, home: &Path) -> (Self, Instant) {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("ROLLWITH_HOME", home);
        command.env("ROLLWITH_TRAINEE", "Anna");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), read)).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        (Self { child, writer, bytes, _master: pair.master }, started)
    }

    /// When so many bytes had come.
    fn after(&self, wanted: usize) -> Instant {
        let mut got = 0;
        loop {
            let (at, read) = self.bytes.recv_timeout(Duration::from_secs(10)).unwrap();
            got += read;
            if got >= wanted {
                return at;
            }
        }
    }

    fn quiet(&self) {
        while self.bytes.recv_timeout(Duration::from_millis(15)).is_ok() {}
    }

    fn key(&mut self, keys: &str) -> Duration {
        self.quiet();
        let sent = Instant::now();
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self.after(1) - sent
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn rollwith(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rollwith"));
    command.args(arguments);
    command
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{what:44} p50 {:7.2} ms   p99 {:7.2} ms   n {}", at(0.5), at(0.99), times.len());
}

fn main() {
    let home = records::home_of(10_000);
    let mut firsts = Vec::new();
    for _ in 0..STARTS {
        let (pty, started) = Pty::start(rollwith(&[]), home.path());
        firsts.push(pty.after(FRAME) - started);
    }
    say("start to first frame, 10,000 attempts", firsts);

    let arguments = ["practice", "--drill", "respond", "--count", "4", "--seed", "1"];
    let (mut pty, _) = Pty::start(rollwith(&arguments), home.path());
    pty.after(FRAME);
    pty.key("\r");
    let keys = |pty: &mut Pty| {
        let words = "you have had enough of all this ".chars().cycle();
        words.take(KEYS).map(|letter| pty.key(letter.encode_utf8(&mut [0; 4]))).collect()
    };
    let typed: Vec<Duration> = keys(&mut pty);
    say("key to frame while typing a reply", typed);
    let scoring = Arc::new(AtomicBool::new(true));
    let on = Arc::clone(&scoring);
    let scorer = std::thread::spawn(move || {
        let response = "You have had your fill of plans that were made over your head, it seems.";
        while on.load(Ordering::Relaxed) {
            rollwith::rubric::score(&Input { response, ..Input::default() });
        }
    });
    let typed: Vec<Duration> = keys(&mut pty);
    scoring.store(false, Ordering::Relaxed);
    scorer.join().unwrap();
    say("the same while replies are scored without end", typed);

    let (mut pty, _) = Pty::start(CommandBuilder::new("cat"), home.path());
    let echoed: Vec<Duration> = keys(&mut pty);
    say("yardstick: the terminal's own echo", echoed);
}
