//! Intervals, agreement and signal detection, each formula with its source. Pure.

#![allow(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "constants as published"
)]

mod agreement;
mod detection;
mod interval;

pub use agreement::cohen_kappa;
pub use detection::{Detection, Rates};
pub use interval::{Interval, mean_and_half_width, wilson};
