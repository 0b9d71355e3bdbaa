//! A screen as a layer of a stack: the top one is asked first.
//!
//! A layer is state, an answer to actions, and a view. It never touches the terminal; it returns a
//! [`Turn`] and the [`App`](super::app::App) carries it out.

use ratatui::crossterm::event::KeyEvent;

use crate::driver::{Desk, DeskError, Practice, Scored, StartScorer};
use crate::practice::Stamp;
use crate::practice::plan::Request;
use crate::store::Recorded;

use super::keys::{Action, Context, Hint, Shown};
use super::marks::Marks;
use super::widgets::frame::View;
use super::widgets::places::Density;

/// What a layer may count on when it is viewed.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Cells of the words' column.
    pub width: usize,
    /// Cells of the words' column of a list or chart, which may widen.
    pub wide_width: usize,
    /// Rows between the heading and the last rows.
    pub height: usize,
    /// What there is room for.
    pub density: Density,
    /// The marks of this terminal.
    pub marks: &'static Marks,
}

impl Room {
    /// Whether there is a panel beside the column of a screen that does not widen.
    pub const fn has_side(&self) -> bool {
        super::widgets::places::has_side(self.wide_width)
    }
}

/// What a layer asks for after an action.
pub enum Turn {
    /// Nothing changed: nothing is drawn.
    Same,
    /// Something changed: draw.
    Draw,
    /// A layer above this one.
    Push(Box<dyn Layer>),
    /// This layer is done.
    Pop,
    /// Another layer in place of this one.
    Replace(Box<dyn Layer>),
    /// Back to the home screen.
    Home,
    /// Leave rollwith.
    Leave,
    /// Open this text in `$EDITOR`; what comes back is handed to [`Layer::edited`].
    Editor(String),
}

/// What every layer is handed: the desk with its data, and the time.
pub struct Hands<'a> {
    /// Library, store and scorer.
    pub desk: &'a mut Desk,
    /// Now.
    pub now: Stamp,
    /// What the last view had room for, for paging and cursor moves.
    pub room: Room,
    /// A fresh seed, for a set that begins now.
    pub seed: u64,
    /// Starts the scorer's thread; its scores come back to the top layer.
    pub start_scorer: StartScorer<'a>,
}

impl Hands<'_> {
    /// Begins a set.
    ///
    /// # Errors
    /// When nothing can be planned, or the log cannot be written.
    pub fn begin(&mut self, request: &Request) -> Result<Practice, DeskError> {
        self.desk.begin(request, self.seed, self.start_scorer, self.now)
    }

    /// Goes on with a set that was left.
    ///
    /// # Errors
    /// When its plan or its vignettes are gone, or the log cannot be read.
    pub fn resume(&mut self, recorded: Recorded) -> Result<Practice, DeskError> {
        self.desk.resume(recorded, self.start_scorer, self.now)
    }
}

/// One screen or dialog.
pub trait Layer {
    /// Which keys it has.
    fn context(&self) -> Context;

    /// Takes an action. Everything that is not typing comes this way; digits as `Choose`.
    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn;

    /// What it shows. Pure: the same state gives the same view.
    fn view(&self, room: Room, now: Stamp) -> View<'_>;

    /// A key while typing, for the editor: text, or an edit. All other keys come as actions.
    fn key(&mut self, _key: KeyEvent, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// Pasted text, made safe already. Only layers that are typed into take it.
    fn paste(&mut self, _text: &str, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// Text that came back from `$EDITOR`, made safe already.
    fn edited(&mut self, _text: &str, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// A score came back from the scorer's thread.
    fn scored(&mut self, _scored: Scored, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// When [`Layer::wake`] is to be called without a key, for drafts and other deadlines.
    fn deadline(&self) -> Option<Stamp> {
        None
    }

    /// The deadline has come.
    fn wake(&mut self, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// The layer is about to be left for good, by Ctrl+C or a signal: save what is typed.
    fn leave(&mut self, _hands: &mut Hands<'_>) {}

    /// The terminal is about to be given away for a while: save what is typed, and settle nothing.
    fn pause(&mut self, _hands: &mut Hands<'_>) {}

    /// One of the view's scrolled rows was clicked.
    fn clicked(&mut self, _row: usize, _hands: &mut Hands<'_>) -> Turn {
        Turn::Same
    }

    /// It is on top again after a layer above was popped.
    fn uncovered(&mut self, _hands: &mut Hands<'_>) {}
}

/// The bottom line of a context, as its table of keys has it.
pub fn hints(context: Context, shown: &Shown<'_>) -> Vec<Hint> {
    super::keys::hints(context, shown)
}
