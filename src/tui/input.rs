//! The thread that reads the terminal's events, and how it is paused while another program reads.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEventKind, MouseEventKind};

/// How long the thread may take to notice that it should pause or end.
const PATIENCE: Duration = Duration::from_millis(40);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    PauseAsked,
    Paused,
    EndAsked,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: State) {
        *self.state() = state;
        self.changed.notify_all();
    }

    /// Waits out a pause; `false` once the thread should end.
    fn may_read(&self) -> bool {
        let mut state = self.state();
        loop {
            match *state {
                State::Reading => return true,
                State::EndAsked => return false,
                State::PauseAsked => {
                    *state = State::Paused;
                    self.changed.notify_all();
                }
                State::Paused => {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

/// The reading thread. Dropping it ends it.
#[derive(Debug)]
pub struct Input {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Input {
    /// Starts to read: each event that matters goes to `tell`, which says whether to go on. A
    /// fault ends the reading after it is told.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(tell: impl Fn(io::Result<Event>) -> bool + Send + 'static) -> io::Result<Self> {
        let shared =
            Arc::new(Shared { state: Mutex::new(State::Reading), changed: Condvar::new() });
        let own = Arc::clone(&shared);
        let thread = thread::Builder::new().name("input".to_owned()).spawn(move || {
            while own.may_read() {
                match poll() {
                    Ok(false) => continue,
                    Ok(true) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => {
                        tell(Err(error));
                        break;
                    }
                }
                let read = event::read();
                let fault = read.is_err();
                if read.as_ref().is_ok_and(|event| !matters(event)) {
                    continue;
                }
                if !tell(read) || fault {
                    break;
                }
            }
            // Whoever waits for a pause must not wait for a thread that is gone.
            own.set(State::Paused);
        })?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Returns once nothing is read any more.
    pub fn pause(&self) {
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return;
        }
        self.shared.set(State::PauseAsked);
        let mut state = self.shared.state();
        while *state == State::PauseAsked {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Reads on.
    pub fn resume(&self) {
        self.shared.set(State::Reading);
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.shared.set(State::EndAsked);
        if let Some(thread) = self.thread.take() {
            // A panic in the thread has been told by the hook.
            let _ = thread.join();
        }
    }
}

/// Whether an event waits, within [`PATIENCE`].
///
/// crossterm reads a terminal that has hung up for ever without returning, so what is hung up is
/// told before it is read.
#[cfg(unix)]
fn poll() -> io::Result<bool> {
    // Several events may have come in one read: those that crossterm holds wait nowhere else.
    wait_for_terminal(Duration::ZERO)?;
    if event::poll(Duration::ZERO)? {
        return Ok(true);
    }
    wait_for_terminal(PATIENCE)?;
    // Asked also when nothing waits there: a change of size comes another way.
    event::poll(Duration::ZERO)
}

/// Waits until the terminal can be read, or for so long.
///
/// # Errors
/// When the terminal is gone.
#[cfg(unix)]
fn wait_for_terminal(longest: Duration) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec};

    let stdin = io::stdin();
    let mut waited = [PollFd::new(&stdin, PollFlags::IN)];
    let longest = Timespec::try_from(longest).map_err(io::Error::other)?;
    rustix::event::poll(&mut waited, Some(&longest))?;
    if waited[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        return Err(io::Error::other("the terminal is gone"));
    }
    Ok(())
}

/// Whether an event waits, within [`PATIENCE`].
#[cfg(not(unix))]
fn poll() -> io::Result<bool> {
    event::poll(PATIENCE)
}

/// Whether an event can mean anything: keys pressed or repeated, not released; no mere movement of
/// the mouse; no change of the window's focus.
pub fn matters(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind != KeyEventKind::Release,
        Event::Mouse(mouse) => {
            !matches!(mouse.kind, MouseEventKind::Moved | MouseEventKind::Drag(_))
        }
        Event::Paste(_) | Event::Resize(..) => true,
        Event::FocusGained | Event::FocusLost => false,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::matters;

    #[test]
    fn presses_and_repeats_count_and_releases_do_not() {
        let key = |kind| {
            let event = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, kind);
            matters(&Event::Key(event))
        };
        assert!(key(KeyEventKind::Press) && key(KeyEventKind::Repeat));
        assert!(!key(KeyEventKind::Release) && !matters(&Event::FocusLost));
    }
}
