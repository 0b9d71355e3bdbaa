//! The event loop: drain what waits, update, draw once, and nothing where nothing changed.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use ratatui::Frame;
use ratatui::backend::Backend;
use ratatui::crossterm::event::{Event, KeyEvent, MouseEvent};

use super::external_editor::{self, EditorError};
use super::input::Input;
use super::signals::{self, Signal};
use super::terminal::{self, Guard, TerminalError};

/// The most messages in one batch: a flood of events must not keep the screen from being drawn.
const BATCH: usize = 512;

/// What reaches an app. `W` is what its background work sends back.
#[derive(Debug)]
pub enum Msg<W> {
    /// A key was pressed or repeated.
    Key(KeyEvent),
    /// A paste, as the terminal sent it: neutralise it before it is shown.
    Paste(String),
    /// A click or the wheel.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// A result of background work.
    Work(W),
    /// The app's deadline has come; the app sets the next, if any.
    Deadline,
    /// What `$EDITOR` saved.
    Edited(Result<String, EditorError>),
    /// The loop ends after this message, whatever the app answers: keep everything now.
    Leaving,
}

/// What an app wants after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Nothing that is seen has changed.
    Unchanged,
    /// Draw.
    Draw,
    /// End the loop.
    Leave,
    /// Stop until `fg`.
    Suspend,
    /// Capture the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Open this text in `$EDITOR`; the answer is [`Msg::Edited`].
    Edit(String),
}

/// A program with screens: messages in, an immutable view out.
pub trait App {
    /// What background work sends back.
    type Work: Send + 'static;

    /// Takes a message.
    fn update(&mut self, msg: Msg<Self::Work>) -> Control;

    /// Draws what is.
    fn draw(&self, frame: &mut Frame<'_>);

    /// When [`Msg::Deadline`] is wanted, as for a draft that waits to be saved. Each instant comes
    /// once.
    fn deadline(&self) -> Option<Instant> {
        None
    }
}

/// How a loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The app left.
    Left,
    /// A signal, by its number: the exit code is 128 and this number.
    Signalled(i32),
}

#[derive(Debug)]
enum Incoming<W> {
    Msg(Msg<W>),
    Signal(Signal),
    Fault(io::Error),
}

/// Where background work sends its results. Cheap to clone, one for each thread.
#[derive(Debug)]
pub struct Mailbox<W>(Sender<Incoming<W>>);

impl<W> Clone for Mailbox<W> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<W> Mailbox<W> {
    /// Sends a result; `false` where the loop has ended and nobody will read it.
    pub fn send(&self, work: W) -> bool {
        self.put(Incoming::Msg(Msg::Work(work)))
    }

    fn put(&self, incoming: Incoming<W>) -> bool {
        self.0.send(incoming).is_ok()
    }
}

/// What the loop reads.
#[derive(Debug)]
pub struct Inbox<W>(Receiver<Incoming<W>>);

/// A mailbox, and the inbox that reads it: made before the app, whose workers need the mailbox.
pub fn channel<W>() -> (Mailbox<W>, Inbox<W>) {
    let (sender, receiver) = mpsc::channel();
    (Mailbox(sender), Inbox(receiver))
}

/// Runs an app on the terminal until it ends. `mouse` and `colours` are [`Guard::enter`]'s.
///
/// # Errors
/// Where there is no terminal, or it goes away; the app has been told to keep everything.
pub fn run<A: App>(
    app: &mut A,
    (mailbox, inbox): (&Mailbox<A::Work>, &Inbox<A::Work>),
    mouse: bool,
    colours: bool,
) -> Result<Ended, TerminalError> {
    let guard = Guard::enter(mouse, colours)?;
    let mut screen = guard.screen()?;
    let for_signals = mailbox.clone();
    signals::listen(move |signal| {
        for_signals.put(Incoming::Signal(signal));
    })?;
    let for_input = mailbox.clone();
    let input = Input::start(move |event| {
        for_input.put(match event {
            Ok(event) => match message(event) {
                Some(msg) => Incoming::Msg(msg),
                None => return true,
            },
            Err(error) => Incoming::Fault(error),
        })
    })?;
    let ended = run_on(app, inbox, &mut screen, &mut Real { guard, input });
    signals::silence();
    Ok(ended?)
}

fn message<W>(event: Event) -> Option<Msg<W>> {
    match event {
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Mouse(mouse) => Some(Msg::Mouse(mouse)),
        Event::Resize(width, height) => Some(Msg::Resize { width, height }),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// What the loop does to the terminal besides drawing.
trait Platform {
    fn ask_to_stop(&mut self) -> io::Result<()>;
    /// Gives the terminal back, stops, and takes it again.
    fn stop(&mut self) -> io::Result<()>;
    /// Takes the terminal again.
    fn take(&mut self) -> io::Result<()>;
    fn set_mouse(&mut self, captured: bool) -> io::Result<()>;
    fn edit(&mut self, text: &str) -> io::Result<Result<String, EditorError>>;
}

struct Real {
    guard: Guard,
    input: Input,
}

impl Platform for Real {
    fn ask_to_stop(&mut self) -> io::Result<()> {
        signals::ask_to_stop()
    }

    fn stop(&mut self) -> io::Result<()> {
        self.input.pause();
        terminal::restore();
        let stopped = signals::stop();
        let taken = self.guard.take();
        self.input.resume();
        stopped.and(taken)
    }

    fn take(&mut self) -> io::Result<()> {
        self.guard.take()
    }

    fn set_mouse(&mut self, captured: bool) -> io::Result<()> {
        self.guard.set_mouse(captured)
    }

    fn edit(&mut self, text: &str) -> io::Result<Result<String, EditorError>> {
        self.input.pause();
        terminal::restore();
        signals::set_away(true);
        let command = external_editor::command(|name| std::env::var(name).ok());
        let edited = external_editor::edit(text, &command);
        signals::set_away(false);
        let taken = self.guard.take();
        self.input.resume();
        taken.map(|()| edited)
    }
}

/// What a batch of messages asks for.
#[derive(Default)]
struct Batch {
    draw: bool,
    /// The screen no longer holds the last frame.
    afresh: bool,
    ended: Option<io::Result<Ended>>,
}

fn run_on<A: App, B: Backend>(
    app: &mut A,
    inbox: &Inbox<A::Work>,
    screen: &mut ratatui::Terminal<B>,
    platform: &mut impl Platform,
) -> io::Result<Ended>
where
    B::Error: Send + Sync + 'static,
{
    let mut fired = None;
    let mut batch = Batch { draw: true, ..Batch::default() };
    loop {
        if let Some(ended) = batch.ended {
            return ended;
        }
        if let Err(error) = draw(app, screen, &batch) {
            // The terminal is gone, the words must not be.
            app.update(Msg::Leaving);
            return Err(error);
        }
        batch = Batch::default();
        let mut next = Some(wait(app, inbox, &mut fired));
        let mut left = BATCH;
        while let Some(incoming) = next {
            take(app, incoming, platform, &mut batch);
            left = left.saturating_sub(1);
            let go_on = left > 0 && batch.ended.is_none();
            next = if go_on { inbox.0.try_recv().ok() } else { None };
        }
    }
}

fn draw<A: App, B: Backend>(
    app: &A,
    screen: &mut ratatui::Terminal<B>,
    batch: &Batch,
) -> io::Result<()>
where
    B::Error: Send + Sync + 'static,
{
    if batch.afresh {
        // Not `clear`, which asks the terminal for the cursor and waits for the answer.
        let size = screen.size().map_err(io::Error::other)?;
        screen
            .resize((ratatui::layout::Position::ORIGIN, size).into())
            .map_err(io::Error::other)?;
    }
    if batch.draw || batch.afresh {
        screen.draw(|frame| app.draw(frame)).map_err(io::Error::other)?;
    }
    Ok(())
}

fn wait<A: App>(app: &A, inbox: &Inbox<A::Work>, fired: &mut Option<Instant>) -> Incoming<A::Work> {
    let gone = || Incoming::Fault(io::Error::other("nothing can be read any more"));
    let Some(deadline) = app.deadline().filter(|deadline| Some(*deadline) != *fired) else {
        return inbox.0.recv().unwrap_or_else(|_| gone());
    };
    match inbox.0.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(incoming) => incoming,
        Err(RecvTimeoutError::Timeout) => {
            *fired = Some(deadline);
            Incoming::Msg(Msg::Deadline)
        }
        Err(RecvTimeoutError::Disconnected) => gone(),
    }
}

fn take<A: App>(
    app: &mut A,
    incoming: Incoming<A::Work>,
    platform: &mut impl Platform,
    batch: &mut Batch,
) {
    let msg = match incoming {
        Incoming::Msg(msg) => msg,
        Incoming::Signal(Signal::Leave(number)) => {
            app.update(Msg::Leaving);
            batch.ended = Some(Ok(Ended::Signalled(number)));
            return;
        }
        Incoming::Signal(asked) => {
            let stopping = asked == Signal::Stop;
            let done = if stopping { platform.stop() } else { platform.take() };
            batch.afresh = true;
            return leave_on_fault(app, done, batch);
        }
        Incoming::Fault(error) => return leave_on_fault(app, Err(error), batch),
    };
    batch.draw |= matches!(msg, Msg::Resize { .. });
    let mut control = app.update(msg);
    while let Control::Edit(text) = control {
        batch.afresh = true;
        match platform.edit(&text) {
            Ok(edited) => control = app.update(Msg::Edited(edited)),
            Err(error) => return leave_on_fault(app, Err(error), batch),
        }
    }
    match control {
        Control::Unchanged | Control::Edit(_) => {}
        Control::Draw => batch.draw = true,
        Control::Leave => batch.ended = Some(Ok(Ended::Left)),
        Control::Suspend => leave_on_fault(app, platform.ask_to_stop(), batch),
        Control::Mouse(captured) => {
            batch.draw = true;
            leave_on_fault(app, platform.set_mouse(captured), batch);
        }
    }
}

fn leave_on_fault<A: App>(app: &mut A, done: io::Result<()>, batch: &mut Batch) {
    if let Err(error) = done {
        app.update(Msg::Leaving);
        batch.ended = Some(Err(error));
    }
}

#[cfg(test)]
#[path = "event_loop_tests.rs"]
mod tests;
