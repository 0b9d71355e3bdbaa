//! Pieces of screens, each a pure function of what is shown and how much room there is.

/// Ranges and bars.
pub mod chart;
/// A text being typed.
pub mod editor_view;
/// The bottom line.
pub mod footer;
/// The constant places of every screen, and one drawing of them.
pub mod frame;
/// Where on the screen things stand at a size, and what gives way.
pub mod places;
/// Rows: gutter, bar, words.
pub mod row;
/// What is in view of rows that do not fit.
pub mod scroll;
/// Lists with a focus and a filter.
pub mod table;
/// Who speaks in the gutter, what is said in the column.
pub mod transcript;
/// Marks beneath words, or folded into them.
pub mod word_marks;
