//! Progress in words: shared by the screen and what is printed.

use super::{CriterionMean, Curve, ENOUGH, Identify, Share, Trend};

/// A share with its range: `61 of 92 (56-75%)`; under five tries that they are too few.
pub fn share(share: &Share) -> String {
    match share.range() {
        Some(range) => format!(
            "{} of {} ({:.0}-{:.0}%)",
            share.count,
            share.of,
            range.low * 100.0,
            range.high * 100.0
        ),
        None if share.of == 0 => "none yet".to_owned(),
        None => format!("{} of {}, too few yet", share.count, share.of),
    }
}

/// What may be said of a curve.
pub const fn trend(curve: &Curve) -> &'static str {
    match curve.trend {
        Trend::TooFew => "Two weeks of five tries or more can be compared: too few yet.",
        Trend::TooEarly => "The ranges overlap: too early to call it a rise.",
        Trend::Rise => "The last range lies above the first: a rise.",
        Trend::Fall => "The last range lies below the first. A harder level may be why.",
    }
}

/// A mean with half its interval: `1.4 ±.2 of 2, n 42`; the first says of how many. `plus_minus` is
/// `±`, or what stands for it where that cannot be shown.
pub fn mean(of: &CriterionMean, first: bool, plus_minus: &str) -> String {
    let half = of.half_width.map_or_else(String::new, |half| {
        let half = format!("{half:.1}");
        format!(" {plus_minus}{}", half.strip_prefix('0').unwrap_or(&half))
    });
    let scale = if first { format!(" of 2, n {}", of.tries) } else { String::new() };
    let lowest = if of.lowest { "   lowest" } else { "" };
    format!("{:.1}{half}{scale}{lowest}", of.mean)
}

/// Sensitivity and bias in words; the second is none where there is too little.
pub fn detection(identify: &Identify) -> (String, Option<String>) {
    let (Some(d_prime), Some(c)) = (identify.d_prime, identify.criterion_c) else {
        return (format!("too few yet: {ENOUGH} moments of each kind are needed"), None);
    };
    let leaning = match c {
        c if c < -0.25 => "to calling it resistance",
        c if c > 0.25 => "to calling it none",
        _ => "to neither side",
    };
    (
        format!("d' {d_prime:.1}: 0 is chance, 2 and more is clear"),
        Some(format!("c {c:.1}: {leaning}")),
    )
}
