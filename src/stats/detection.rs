//! Signal detection: how well resistance is told from what is none, and which way one leans.

/// Counts of a yes-or-no task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    /// Resistance called resistance.
    pub hits: u64,
    /// Resistance called none.
    pub misses: u64,
    /// None called resistance.
    pub false_alarms: u64,
    /// None called none.
    pub correct_rejections: u64,
}

/// Sensitivity and bias.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// d': 0 is chance, higher is better.
    pub d_prime: f64,
    /// Criterion c: below 0 leans to calling resistance, above 0 to calling none.
    pub criterion: f64,
}

impl Detection {
    /// Adds one answer.
    pub const fn add(&mut self, is_resistance: bool, called: bool) {
        match (is_resistance, called) {
            (true, true) => self.hits += 1,
            (true, false) => self.misses += 1,
            (false, true) => self.false_alarms += 1,
            (false, false) => self.correct_rejections += 1,
        }
    }

    /// d' and c (Green & Swets, 1966) with the log-linear correction for extreme rates (Hautus,
    /// 1995): half a count added to each cell. None where one kind of moment was never met.
    pub fn rates(&self) -> Option<Rates> {
        let signal = self.hits + self.misses;
        let noise = self.false_alarms + self.correct_rejections;
        if signal == 0 || noise == 0 {
            return None;
        }
        let hit = quantile((self.hits as f64 + 0.5) / (signal as f64 + 1.0));
        let false_alarm = quantile((self.false_alarms as f64 + 0.5) / (noise as f64 + 1.0));
        Some(Rates { d_prime: hit - false_alarm, criterion: -(hit + false_alarm) / 2.0 })
    }
}

/// The standard normal quantile of a probability strictly between 0 and 1: Acklam's rational
/// approximation (2003), relative error below 1.15e-9.
fn quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    const LOW: f64 = 0.024_25;
    let horner = |of: &[f64], x: f64| of.iter().fold(0.0, |sum, each| sum * x + each);
    if p > 0.5 {
        return -quantile(1.0 - p);
    }
    if p < LOW {
        let q = (-2.0 * p.ln()).sqrt();
        horner(&C, q) / (horner(&D, q) * q + 1.0)
    } else {
        let q = p - 0.5;
        let r = q * q;
        horner(&A, r) * q / (horner(&B, r) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.norm.ppf`
    #[test]
    fn quantiles_agree_with_scipy() {
        for (p, expected) in [
            (0.5, 0.0),
            (0.025, -1.959_963_984_540_054),
            (0.975, 1.959_963_984_540_054),
            (0.001, -3.090_232_306_167_813),
            (0.9, 1.281_551_565_544_600_4),
        ] {
            assert!((quantile(p) - expected).abs() < 1e-6, "{p}: {}", quantile(p));
        }
    }

    #[test]
    fn all_hits_have_a_finite_sensitivity() {
        let all = Detection { hits: 10, misses: 0, false_alarms: 0, correct_rejections: 10 };
        let rates = all.rates().unwrap();
        // 2 * norm.ppf(10.5 / 11)
        assert!((rates.d_prime - 3.381_243_259_169_797).abs() < 1e-6, "{rates:?}");
        assert!(rates.criterion.abs() < 1e-9);
        assert_eq!(Detection::default().rates(), None);
    }
}
