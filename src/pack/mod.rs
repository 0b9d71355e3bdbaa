//! Vignettes: what a pack is, how it is read, and what is wrong with it.
//!
//! A file goes from bytes to text (`source`), from text to a tree in which every value knows its
//! place (`tree`), and from there, through the rules (`check`, `replies`, `media`), to the model.

mod built_in;
mod check;
mod diagnostic;
mod fields;
mod library;
mod load;
mod media;
mod model;
mod replies;
mod source;
mod tree;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use library::{Library, Origin, Shelved, check_each, origins, pack_hash, vignette_hash};
pub use load::{Checked, check_bytes, load};
pub use model::{
    AssessmentForm, Client, Foil, Form, Framing, Heard, Level, Manner, Nature, Pack, Reply,
    ReplyStance, Resistance, Then, Vignette, client_turn,
};
