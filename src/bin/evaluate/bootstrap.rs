//! Intervals that respect that replies to one moment are not independent.

use std::collections::BTreeMap;

use rollwith::practice::Shuffle;

const DRAWS: usize = 1_000;
const SEED: u64 = 20_261_123;

/// The 95% interval of a figure when whole groups (moments, sessions) are drawn again with
/// replacement (percentile bootstrap; Efron & Tibshirani, 1993).
pub fn interval<T: Copy, G: Ord>(
    items: &[T],
    group: impl Fn(T) -> G,
    figure: impl Fn(&[T]) -> f64,
) -> (f64, f64) {
    let mut groups: BTreeMap<G, Vec<T>> = BTreeMap::new();
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

#[cfg(test)]
mod tests {
    use super::interval;

    fn mean(values: &[(u32, f64)]) -> f64 {
        values.iter().map(|one| one.1).sum::<f64>() / values.len() as f64
    }

    #[test]
    fn groups_are_drawn_whole() {
        let values: Vec<(u32, f64)> = (0..400).map(|n| (n / 100, f64::from(n / 100 % 2))).collect();
        let by_group = interval(&values, |one| one.0, mean);
        let each_alone: Vec<(u32, f64)> =
            values.iter().enumerate().map(|(at, one)| (at as u32, one.1)).collect();
        let alone = interval(&each_alone, |one| one.0, mean);
        assert!(by_group.0 < 0.05 && by_group.1 > 0.95, "{by_group:?}");
        assert!(alone.0 > 0.44 && alone.1 < 0.56, "{alone:?}");
    }
}
