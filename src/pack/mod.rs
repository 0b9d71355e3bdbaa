//! Vignettes: what a pack is, how it is read, and what is wrong with it.

mod model;

pub use model::{
    AssessmentForm, Client, Foil, Form, Framing, Heard, Level, Manner, Nature, Pack, Reply,
    ReplyStance, Resistance, Then, Vignette, client_turn,
};
