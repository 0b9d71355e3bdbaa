//! The screens.
//!
//! Everything is one loop: messages in, state, an immutable view out.
//!
//! ```text
//! input thread ─┐
//! signals ──────┤              App::update           App::draw
//! workers ──────┼─► event_loop ───────────► state ───────────────► View ─► widgets::frame ─► terminal
//! deadline ─────┘      ▲                      │
//!                      └────── Control ◄──────┘
//! ```
//!
//! - [`event_loop`] waits, drains whatever else has come, hands each message to the [`App`], and
//!   draws once if something changed. Nothing else wakes it: a tick comes only when the app asks
//!   for a deadline. Slow work runs on threads that send results through a [`Mailbox`].
//! - [`terminal`] holds the one guard that takes the terminal over and gives it back, whatever
//!   happens; [`signals`] and [`input`] are what only Unix has and the thread that reads keys.
//! - [`keys`] is the one table of keys: it turns a key in a context into an action, and gives the
//!   bottom line and help. [`editor`] is the text being typed.
//! - A screen is data: a [`widgets::frame::View`] of rows, made from state, by [`widgets`]' pure
//!   functions. [`widgets::frame`] knows the constant places and what gives way at small sizes.
//! - [`theme`] and [`marks`] say what meaning looks like, in colour, black and white, and ASCII.
//!
//! [`App`]: event_loop::App
//! [`Mailbox`]: event_loop::Mailbox

/// The stack of layers.
pub mod app;
/// The text editor for replies, pure.
pub mod editor;
/// Waits, updates, draws.
pub mod event_loop;
/// The reply in `$EDITOR`.
pub mod external_editor;
/// The thread that reads the terminal.
pub mod input;
/// The one table of keys.
pub mod keys;
/// A screen as a layer of a stack.
pub mod layer;
/// Marks in Unicode and ASCII.
pub mod marks;
/// Every screen, a file each.
pub mod screens;
/// Signals, for the event loop.
pub mod signals;
/// The guard that restores the terminal.
pub mod terminal;
/// Styles by meaning.
pub mod theme;
/// Pieces of screens.
pub mod widgets;
/// Soft wrap by grapheme cluster.
pub mod wrap;
