//! Signals, for the event loop. Only Unix has them; elsewhere none arrives and nothing suspends.

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End in order: this signal's number.
    Leave(i32),
    /// Stop until continued.
    Stop,
    /// We were continued; the terminal may be another than we left.
    Continued,
}

#[cfg(unix)]
pub use unix::{ask_to_stop, listen, set_away, silence, stop};

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Mutex, OnceLock, PoisonError};
    use std::thread;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, raise};

    use super::Signal;
    use crate::tui::terminal;

    type Listener = Box<dyn Fn(Signal) + Send>;

    /// Who is told. Without a listener each signal does what it does by default: a handler once
    /// installed stays for the life of the process.
    static LISTENER: Mutex<Option<Listener>> = Mutex::new(None);
    static AWAY: AtomicBool = AtomicBool::new(false);
    static ASKED_TO_LEAVE: AtomicBool = AtomicBool::new(false);
    static STARTED: OnceLock<()> = OnceLock::new();

    /// Tells `listener` of every signal from now on.
    pub fn listen(listener: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
        ASKED_TO_LEAVE.store(false, Ordering::SeqCst);
        *LISTENER.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(listener));
        if STARTED.get().is_some() {
            return Ok(());
        }
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                relay(signal);
            }
        })?;
        let _ = STARTED.set(());
        Ok(())
    }

    /// Ends [`listen`].
    pub fn silence() {
        *LISTENER.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// While another program has the terminal, keys of it that end or stop are for that program;
    /// a stop stops us along with it.
    pub fn set_away(away: bool) {
        AWAY.store(away, Ordering::SeqCst);
    }

    /// Asks our whole job to stop, as Ctrl+Z does where the terminal minds it, so that a parent
    /// such as `cargo run` stops as well. A session's leader has no shell to come back to, and
    /// goes on.
    pub fn ask_to_stop() -> io::Result<()> {
        let own = rustix::process::getpid();
        if rustix::process::getsid(None)? == own {
            return Ok(());
        }
        Ok(rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?)
    }

    /// Stops this process; returns once it is continued.
    pub fn stop() -> io::Result<()> {
        raise(SIGSTOP)
    }

    fn relay(signal: i32) {
        let listener = LISTENER.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tell) = listener.as_ref() else {
            drop(listener);
            let _ = emulate_default_handler(signal);
            return;
        };
        let away = AWAY.load(Ordering::SeqCst);
        match signal {
            SIGTSTP if away => {
                let _ = raise(SIGSTOP);
            }
            SIGTSTP => tell(Signal::Stop),
            SIGCONT | SIGINT | SIGQUIT if away => {}
            SIGCONT => tell(Signal::Continued),
            _ => {
                // Asked a second time: whoever should have left in order hangs.
                if ASKED_TO_LEAVE.swap(true, Ordering::SeqCst) {
                    terminal::restore();
                    let _ = emulate_default_handler(signal);
                }
                tell(Signal::Leave(signal));
            }
        }
    }
}

/// There are no signals to tell of.
#[cfg(not(unix))]
pub fn listen(_listener: impl Fn(Signal) + Send + 'static) -> std::io::Result<()> {
    Ok(())
}

/// There are no signals to silence.
#[cfg(not(unix))]
pub fn silence() {}

/// There are no signals to keep from another program.
#[cfg(not(unix))]
pub fn set_away(_away: bool) {}

/// There is no suspending.
#[cfg(not(unix))]
pub fn ask_to_stop() -> std::io::Result<()> {
    Ok(())
}

/// There is no suspending.
#[cfg(not(unix))]
pub fn stop() -> std::io::Result<()> {
    Ok(())
}
