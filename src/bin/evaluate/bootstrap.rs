//! Intervals that respect that replies to one moment are not independent.

use std::collections::BTreeMap;

use rollwith::practice::Shuffle;

const DRAWS: usize = 1_000;
const SEED: u64 = 20_261_123;

/// The 95% interval of a figure when whole groups (moments, sessions) are drawn again with
/// replacement (percentile bootstrap; Efron & Tibshirani, 1993).
pub fn interval<T: Copy>(
    items: &[T],
    group: impl Fn(T) -> u32,
    figure: impl Fn(&[T]) -> f64,
) -> (f64, f64) {
    let mut groups: BTreeMap<u32, Vec<T>> = BTreeMap::new();
    for item in items {
        groups.entry(group(*item)).or_default().push(*item);
    }
    let groups: Vec<Vec<T>> = groups.into_values().collect();
    let mut chance = Shuffle::new(SEED, "bootstrap");
    let mut found: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<T> = (0..groups.len())
                .flat_map(|_| groups[chance.below(groups.len())].iter().copied())
                .collect();
            figure(&drawn)
        })
        .filter(|value| value.is_finite())
        .collect();
    found.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * found.len() as f64) as usize;
        found.get(place.min(found.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    };
    (at(0.025), at(0.975))
}
