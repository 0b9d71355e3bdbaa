//! Figures of agreement between labels and scores.

use rollwith::stats::cohen_kappa;

/// Of each of four classes labelled, how often each was given.
pub type Confusion = [[usize; 4]; 4];

/// From the places of the classes labelled and given.
pub fn confusion(pairs: impl IntoIterator<Item = (usize, usize)>) -> Confusion {
    let mut found = Confusion::default();
    for (labelled, given) in pairs {
        found[labelled][given] += 1;
    }
    found
}

/// F1 of one class; 0 where it was neither labelled nor given.
pub fn f1(confusion: &Confusion, of: usize) -> f64 {
    let labelled: usize = confusion[of].iter().sum();
    let given: usize = confusion.iter().map(|row| row[of]).sum();
    2.0 * confusion[of][of] as f64 / (labelled + given).max(1) as f64
}

/// The mean F1 of the four classes.
pub fn macro_f1(confusion: &Confusion) -> f64 {
    (0..4).map(|of| f1(confusion, of)).sum::<f64>() / 4.0
}

/// Cohen's kappa; not a number where it has no value.
pub fn kappa(confusion: &Confusion) -> f64 {
    let pairs: Vec<(usize, usize)> = (0..16)
        .map(|at| (at / 4, at % 4))
        .flat_map(|pair| std::iter::repeat_n(pair, confusion[pair.0][pair.1]))
        .collect();
    cohen_kappa(&pairs).unwrap_or(f64::NAN)
}

/// The share of classes given as labelled.
pub fn accuracy(confusion: &Confusion) -> f64 {
    let right: usize = (0..4).map(|of| confusion[of][of]).sum();
    right as f64 / confusion.iter().flatten().sum::<usize>().max(1) as f64
}

/// Cohen's kappa with quadratic weights (Cohen, 1968) for points from 0 to 2.
pub fn quadratic_kappa(points: &[(u8, u8)]) -> f64 {
    let apart = |a: u8, b: u8| f64::from(a.abs_diff(b)).powi(2);
    let n = points.len() as f64;
    let observed = points.iter().map(|(a, b)| apart(*a, *b)).sum::<f64>() / n;
    let share = |of: &dyn Fn(&(u8, u8)) -> u8, value: u8| {
        points.iter().filter(|pair| of(pair) == value).count() as f64 / n
    };
    let expected: f64 = (0..3)
        .flat_map(|a| (0..3).map(move |b| (a, b)))
        .map(|(a, b)| apart(a, b) * share(&|pair| pair.0, a) * share(&|pair| pair.1, b))
        .sum();
    1.0 - observed / expected
}

/// Pearson's correlation.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (first, second) = (mean(&|p| p.0), mean(&|p| p.1));
    let product = mean(&|p| (p.0 - first) * (p.1 - second));
    let spread = mean(&|p| (p.0 - first).powi(2)) * mean(&|p| (p.1 - second).powi(2));
    product / spread.sqrt()
}

/// The chance that a value of `higher` exceeds one of `lower`, ties counting half (Mann & Whitney,
/// 1947): the area under the ROC curve.
pub fn auc(higher: &[f64], lower: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = higher.iter().map(|v| (*v, true)).collect();
    all.extend(lower.iter().map(|v| (*v, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut before) = (0.0, 0);
    for tied in all.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        ranks += rank * tied.iter().filter(|(_, of_higher)| *of_higher).count() as f64;
        before += tied.len();
    }
    let (n, m) = (higher.len() as f64, lower.len() as f64);
    (ranks - n * (n + 1.0) / 2.0) / (n * m)
}

#[cfg(test)]
mod tests {
    use super::{auc, correlation, kappa, macro_f1, quadratic_kappa};

    const EXAMPLE: super::Confusion = [[5, 1, 0, 0], [1, 3, 1, 0], [2, 0, 4, 0], [0, 0, 0, 3]];

    /// `sklearn.metrics`: `f1_score(average="macro")`, `cohen_kappa_score`
    #[test]
    fn verdicts_agree_with_scikit_learn() {
        assert!((macro_f1(&EXAMPLE) - 0.777_056).abs() < 1e-5);
        assert!((kappa(&EXAMPLE) - 0.658_703).abs() < 1e-5);
    }

    #[test]
    fn a_tie_counts_half() {
        assert!((auc(&[1.0, 2.0], &[1.0, 0.0]) - 0.875).abs() < 1e-12);
        assert!((auc(&[0.0], &[1.0])).abs() < 1e-12);
    }

    /// `sklearn.metrics.cohen_kappa_score(weights="quadratic")`, `numpy.corrcoef`
    #[test]
    fn points_agree_with_scikit_learn() {
        let points = [(0, 0), (1, 1), (2, 1), (2, 2), (0, 2), (1, 0), (2, 2), (0, 1)];
        assert!((quadratic_kappa(&points) - 0.363_636).abs() < 1e-5);
        let pairs = [(1.0, 2.0), (2.0, 1.0), (4.0, 8.0), (7.0, 3.0)];
        assert!((correlation(&pairs) - 0.324_176).abs() < 1e-5);
    }
}
