//! Agreement between two raters.

use std::collections::BTreeMap;

/// Cohen's kappa (Cohen, 1960) over pairs of categories, -1 to 1. None for no pairs, or where both
/// raters always use one category, so that chance alone agrees fully.
pub fn cohen_kappa<C: Ord>(pairs: &[(C, C)]) -> Option<f64> {
    let n = pairs.len() as f64;
    if pairs.is_empty() {
        return None;
    }
    let mut first: BTreeMap<&C, f64> = BTreeMap::new();
    let mut second: BTreeMap<&C, f64> = BTreeMap::new();
    let mut agreed = 0.0;
    for (a, b) in pairs {
        *first.entry(a).or_default() += 1.0;
        *second.entry(b).or_default() += 1.0;
        agreed += f64::from(u8::from(a == b));
    }
    let by_chance: f64 = first
        .iter()
        .map(|(category, count)| count * second.get(category).copied().unwrap_or_default())
        .sum::<f64>()
        / (n * n);
    (by_chance < 1.0).then(|| (agreed / n - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `sklearn.metrics.cohen_kappa_score`
    #[test]
    fn agrees_with_scikit_learn() {
        let a = [0, 0, 1, 1, 2, 2, 2, 0, 1, 2];
        let b = [0, 1, 1, 1, 2, 0, 2, 0, 1, 1];
        let pairs: Vec<_> = a.into_iter().zip(b).collect();
        assert!((cohen_kappa(&pairs).unwrap() - 0.558_823_529_411_764_7).abs() < 1e-9);
        assert_eq!(cohen_kappa::<u8>(&[]), None);
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)]), None);
    }
}
