//! From logits to probabilities that mean what they say.

use super::score::Behaviour;
use super::verdict::{Probabilities, Verdict};
use super::weights::CalibrationHeader;

/// A temperature and a bias for each verdict (Guo et al., 2017) and the thresholds beyond which the
/// scorer abstains, fitted on moments that the network had not seen. Where the trainer refitted the
/// verdict's head on those, the temperature is 1 and every bias 0: the head says it all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    temperature: f64,
    bias: [f64; 4],
    behaviour_temperature: f64,
    abstain_below: f64,
    abstain_push_above: f64,
}

impl From<&CalibrationHeader> for Calibration {
    fn from(header: &CalibrationHeader) -> Self {
        let bias = &header.verdict.bias;
        Self {
            temperature: header.verdict.temperature,
            bias: std::array::from_fn(|of| bias.get(of).copied().unwrap_or(0.0)),
            behaviour_temperature: header.behaviour_temperature,
            abstain_below: header.abstain_below,
            abstain_push_above: header.abstain_push_above,
        }
    }
}

impl Calibration {
    /// The probability of each verdict.
    pub fn verdict(&self, logits: &[f32; 4]) -> Probabilities {
        let scaled =
            std::array::from_fn(|of| f64::from(logits[of]) / self.temperature + self.bias[of]);
        let [supportive, mixed, directive, unscorable] = softmax(scaled);
        Probabilities { supportive, mixed, directive, unscorable }
    }

    /// Whether the verdict is too little sure to be given: too little confidence, or a supportive one
    /// beside too great a probability of a push, the error that costs most.
    pub fn is_doubtful(&self, verdict: Verdict, confidence: f64, p: &Probabilities) -> bool {
        confidence < self.abstain_below
            || verdict == Verdict::Supportive && p.directive > self.abstain_push_above
    }

    /// The probability of each of `AnnoMI`'s main behaviours.
    pub fn behaviour(&self, logits: &[f32; 4]) -> Behaviour {
        let scaled = logits.map(|logit| f64::from(logit) / self.behaviour_temperature);
        let [reflection, question, input, other] = softmax(scaled);
        Behaviour { reflection, question, input, other }
    }

    /// A share of the verdict's logits on the scale of the probabilities.
    pub fn share(&self, of_logits: f32) -> f64 {
        f64::from(of_logits) / self.temperature
    }
}

/// Exponentials that sum to 1.
pub fn softmax<const N: usize>(logits: [f64; N]) -> [f64; N] {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.map(|logit| (logit - highest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The logistic function.
pub fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// Rounds to the 3 decimals of the interface, without a negative zero.
pub fn round3(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0 + 0.0
}
