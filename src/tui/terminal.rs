//! The terminal: one guard for everything that a screen changes in it, restored once.
//!
//! Raw mode, the alternate screen, bracketed paste, the mouse and the cursor are restored on return,
//! on an error and on a panic by [`Guard`], and on signals by the event loop, which leaves in order.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::ThreadId;

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::{Attribute, SetAttribute, force_color_output};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// What draws on the terminal.
pub type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// Bytes of a frame that are gathered before they are written.
const FRAME: usize = 64 * 1024;

/// The terminal holds a screen of ours, which must be restored.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// The thread that draws: only its panic ends the screen.
static OWNER: Mutex<Option<ThreadId>> = Mutex::new(None);
/// What other threads said while a screen was up, printed once it is gone.
static HELD: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// Why there is no screen.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output is a file or a pipe.
    #[error(
        "{0} is not a terminal, and screens need one; `rollwith practice --plain` works line by line"
    )]
    NotATerminal(&'static str),
    /// The terminal refused.
    #[error("the terminal cannot be set up: {0}")]
    Setup(#[from] io::Error),
}

/// The terminal while it shows our screens. Dropping it restores what was before.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// Takes the terminal over. `mouse` captures the mouse; `colours` is the theme's, and makes
    /// an asked-for theme stronger than `NO_COLOR`.
    ///
    /// # Errors
    /// Where standard input or output is no terminal, or the terminal refuses.
    pub fn enter(mouse: bool, colours: bool) -> Result<Self, TerminalError> {
        if !io::stdin().is_terminal() {
            return Err(TerminalError::NotATerminal("standard input"));
        }
        if !io::stdout().is_terminal() {
            return Err(TerminalError::NotATerminal("standard output"));
        }
        HOOK.call_once(install_hook);
        *OWNER.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::current().id());
        if colours {
            force_color_output(true);
        }
        let guard = Self { mouse };
        guard.take()?;
        Ok(guard)
    }

    /// What draws on this terminal, with an empty last frame.
    ///
    /// # Errors
    /// Where the terminal does not say its size.
    pub fn screen(&self) -> io::Result<ratatui::Terminal<Backend>> {
        let out = BufWriter::with_capacity(FRAME, io::stdout());
        ratatui::Terminal::new(CrosstermBackend::new(out))
    }

    /// Takes the terminal over again after [`restore`], or after something else changed its modes.
    ///
    /// # Errors
    /// Where the terminal refuses.
    pub fn take(&self) -> io::Result<()> {
        // Before the first change, so that a failure half-way is restored too. Raw mode that we
        // believe to be set may have been reset by a shell while we were stopped.
        if ENTERED.swap(true, Ordering::SeqCst) {
            disable_raw_mode()?;
        }
        enable_raw_mode()?;
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse {
            execute!(out, EnableMouseCapture)?;
        }
        Ok(())
    }

    /// Captures the mouse, or leaves it to the terminal so that text can be selected.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn set_mouse(&mut self, captured: bool) -> io::Result<()> {
        self.mouse = captured;
        let mut out = io::stdout();
        if captured {
            execute!(out, EnableMouseCapture)
        } else {
            execute!(out, DisableMouseCapture)
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was. Does nothing when that is done already; each step is tried
/// even where one before it failed, since there is nobody left to tell.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste);
    let _ = execute!(out, SetAttribute(Attribute::Reset), Show);
    let _ = execute!(out, LeaveAlternateScreen);
    let _ = disable_raw_mode();
    let held = std::mem::take(&mut *HELD.lock().unwrap_or_else(PoisonError::into_inner));
    for message in held {
        let _ = writeln!(io::stderr(), "{message}");
    }
}

fn install_hook() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let owner = *OWNER.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = owner == Some(std::thread::current().id());
        if ENTERED.load(Ordering::SeqCst) && !ours {
            // A background thread's message would be drawn over by the next frame, and would
            // spoil this one.
            HELD.lock().unwrap_or_else(PoisonError::into_inner).push(panic.to_string());
            return;
        }
        restore();
        before(panic);
    }));
}

#[cfg(test)]
mod tests {
    use super::{Guard, TerminalError, restore};

    #[test]
    fn without_a_terminal_there_is_no_screen_and_nothing_to_restore() {
        // Test runners read from no terminal or write to none; where both are, nothing is shown.
        if let Err(error) = Guard::enter(true, true) {
            assert!(matches!(error, TerminalError::NotATerminal(_)), "{error}");
            assert!(error.to_string().contains("--plain"));
        }
        restore();
        restore();
    }
}
