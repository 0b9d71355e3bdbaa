//! 95% intervals.

/// An interval, both ends in the unit of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether two intervals share anything.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The 97.5% quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95% score interval of a proportion (Wilson, 1927), 0 to 1. None where `of` is 0.
pub fn wilson(count: u64, of: u64) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let p = count.min(of) as f64 / n;
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

/// The mean and half the width of its 95% interval by the normal approximation, 1.96 standard
/// errors with n − 1 in the variance. None for no values; the width of one value is none.
pub fn mean_and_half_width(values: &[f64]) -> Option<(f64, Option<f64>)> {
    let n = values.len() as f64;
    if values.is_empty() {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    if values.len() == 1 {
        return Some((mean, None));
    }
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some((mean, Some(Z * (variance / n).sqrt())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`
    #[test]
    fn wilson_agrees_with_scipy() {
        for (count, of, low, high) in [
            (0, 1, 0.0, 0.7934506856227626),
            (4, 12, 0.1381200910912132, 0.6093779111272004),
            (8, 8, 0.6755924351161198, 1.0),
            (61, 92, 0.561652984068481, 0.7513639542079467),
        ] {
            let interval = wilson(count, of).unwrap();
            assert!((interval.low - low).abs() < 1e-6, "{count} of {of}: {interval:?}");
            assert!((interval.high - high).abs() < 1e-6, "{count} of {of}: {interval:?}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn means_have_no_width_from_one_value() {
        assert_eq!(mean_and_half_width(&[]), None);
        assert_eq!(mean_and_half_width(&[2.0]), Some((2.0, None)));
        let (mean, half) = mean_and_half_width(&[0.0, 1.0, 2.0, 1.0]).unwrap();
        assert!((mean - 1.0).abs() < 1e-12);
        assert!((half.unwrap() - Z * (2.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
    }
}
