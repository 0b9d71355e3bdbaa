//! Every screen, a file each: state, an answer to actions, and a pure view.

/// The attempts of a session, or of a week.
pub mod attempts;
/// A set of one's own: drill, pack, level, minutes.
pub mod choose;
/// A question before something ends.
/// Help, from the one table of keys.
pub mod help;
/// Past sessions.
pub mod history;
/// What is due, and where to go.
pub mod home;
mod list;
/// The vignettes of a pack.
pub mod pack;
/// The packs at hand.
pub mod packs;
/// The practice loop.
pub mod practice;
/// Curves with their ranges.
pub mod progress;
/// A past attempt as it was seen.
pub mod replay;
/// Topics left out for good.
pub mod topics;
/// How it works, in ten lines.
pub mod tour;
/// One vignette, read.
pub mod vignette;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use super::layer::Layer;
use crate::driver::Practice;
use crate::practice::Stamp;

/// The screen of a set at work.
pub fn at_work(practice: Practice, now: Stamp) -> Box<dyn Layer> {
    Box::new(practice::PracticeLayer::new(practice, now))
}
