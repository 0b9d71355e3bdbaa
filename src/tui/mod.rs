//! The screens' foundation.

/// The text editor for replies, pure.
pub mod editor;
/// The one table of keys.
pub mod keys;
/// Marks in Unicode and ASCII.
pub mod marks;
/// Styles by meaning.
pub mod theme;
/// Pieces of screens.
pub mod widgets;
/// Soft wrap by grapheme cluster.
pub mod wrap;
