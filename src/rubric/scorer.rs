//! From an input to its score: rules, network, calibration, decoding, evidence, feedback.

use std::sync::OnceLock;

use super::calibration::{Calibration, round3};
use super::criteria::Criteria;
use super::decode;
use super::evidence;
use super::feedback;
use super::guard;
use super::heads::{Network, Outputs};
use super::moves::{Move, Side};
use super::score::{Behaviour, Evidence, Input, Reason, Score};
use super::verdict::{Probabilities, Verdict};
use super::weights::{Weights, WeightsError};
use super::words::{Word, words};

/// The weights that ship with the program.
pub const EMBEDDED_WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// How sure a rule is that there is no reply to score: as sure as anything here can be.
const BY_RULE: f64 = 0.97;

/// What is left of the confidence when the moves on their own would give another verdict. On moments
/// that the network had not seen, such verdicts (66 of 384) had a mean probability of .57 and were
/// right in .56.
const WHEN_MOVES_DIFFER: f64 = 0.98;

/// The scorer with its weights in memory. Pure: the same input gives the same score, from any
/// number of threads.
#[derive(Debug)]
pub struct Scorer {
    network: Network,
    calibration: Calibration,
    model: String,
}

/// Scores a response with the weights that ship with the program, which are read on the first
/// call.
///
/// # Panics
/// Never in a build that passed its tests, which read the embedded weights.
pub fn score(input: &Input) -> Score {
    static EMBEDDED: OnceLock<Scorer> = OnceLock::new();
    EMBEDDED
        .get_or_init(|| {
            Scorer::read(EMBEDDED_WEIGHTS)
                .expect("the embedded weights are read by a test of every build")
        })
        .score(input)
}

impl Scorer {
    /// Reads a weights file.
    ///
    /// # Errors
    /// Where the file is damaged, foreign, of a later format or of another network.
    pub fn read(file: &[u8]) -> Result<Self, WeightsError> {
        let weights = Weights::read(file)?;
        let calibration = Calibration::from(&weights.calibration);
        let model = weights.model.clone();
        Ok(Self { network: Network::read(weights)?, calibration, model })
    }

    /// Name, version and hash of the weights.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The network itself, for tests that hold it to the trainer's fixture.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The score of one response. Every text has one; nothing fails.
    pub fn score(&self, input: &Input) -> Score {
        let reading = guard::read(input, self.network.tokenizer());
        let outputs = if reading.empty {
            None
        } else {
            self.network.outputs(input.direction, input.client, reading.text)
        };
        let mut score = match outputs {
            Some(outputs) => self.decoded(reading.text, &outputs, reading.reason),
            None => self.nothing_to_score(),
        };
        let candidates = feedback::candidates(&score, input.response, None);
        score.strength = candidates.strengths.into_iter().next();
        score.correction = candidates.corrections.into_iter().next();
        score
    }

    fn decoded(&self, text: &str, outputs: &Outputs, reason: Option<Reason>) -> Score {
        let words = words(text, outputs);
        let probabilities = feasible(self.calibration.verdict(&outputs.verdict), words.len());
        let (verdict, _) = probabilities.top_two();
        let confidence = confidence(verdict, &probabilities, &words);
        let spans = decode::spans(&words, verdict);
        let moves: Vec<Move> =
            spans.iter().filter_map(|span| decode::to_move(*span, &words)).collect();
        let doubt = self.calibration.is_doubtful(verdict, confidence, &probabilities)
            || is_unbacked(verdict, &moves)
            || verdict == Verdict::Supportive && guard::orders(text);
        let reason = reason.or(doubt.then_some(Reason::Doubt));
        let expected = decode::expected_points(&outputs.criteria);
        let criteria = decode::criteria(&expected, verdict, &moves);
        Score {
            verdict,
            stance: round3(probabilities.supportive - probabilities.directive),
            confidence: round3(confidence),
            abstained: reason.is_some(),
            reason,
            probabilities: rounded_probabilities(probabilities),
            points: criteria.points(),
            criteria,
            behaviour: rounded_behaviour(self.calibration.behaviour(&outputs.behaviour)),
            moves: moves.into_iter().map(rounded_move).collect(),
            evidence: evidence::marks(&spans, &words, &self.calibration)
                .into_iter()
                .map(|mark| Evidence { effect: round3(mark.effect), ..mark })
                .collect(),
            strength: None,
            correction: None,
            model: self.model.clone(),
        }
    }

    fn nothing_to_score(&self) -> Score {
        let rest = round3((1.0 - BY_RULE) / 3.0);
        Score {
            verdict: Verdict::Unscorable,
            stance: 0.0,
            confidence: BY_RULE,
            abstained: false,
            reason: None,
            probabilities: Probabilities {
                supportive: rest,
                mixed: rest,
                directive: rest,
                unscorable: BY_RULE,
            },
            points: 0,
            criteria: Criteria::default(),
            behaviour: Behaviour { reflection: 0.0, question: 0.0, input: 0.0, other: 1.0 },
            moves: Vec::new(),
            evidence: Vec::new(),
            strength: None,
            correction: None,
            model: self.model.clone(),
        }
    }
}

/// A verdict that the words cannot bear gives its probability to the others.
fn feasible(p: Probabilities, words: usize) -> Probabilities {
    if decode::possible(Verdict::Mixed, words) {
        return p;
    }
    let rest = 1.0 - p.mixed;
    Probabilities {
        supportive: p.supportive / rest,
        mixed: 0.0,
        directive: p.directive / rest,
        unscorable: p.unscorable / rest,
    }
}

/// A move that the verdict needs and the words hardly bear, in mean probability over its words: a
/// verdict that rests on one is shown with no assurance. A choice of ours.
const HARDLY: f64 = 0.15;

/// Whether a verdict that tells of a push, or of something beside one, has no words to show for it.
fn is_unbacked(verdict: Verdict, moves: &[Move]) -> bool {
    let lacks =
        |side: Side| moves.iter().all(|each| each.code.side() != side || each.probability < HARDLY);
    match verdict {
        Verdict::Mixed => lacks(Side::Supportive) || lacks(Side::Directive),
        Verdict::Directive => lacks(Side::Directive) && lacks(Side::Neutral),
        Verdict::Supportive | Verdict::Unscorable => false,
    }
}

/// The probability of the verdict, less where the moves alone would say something else.
fn confidence(verdict: Verdict, probabilities: &Probabilities, words: &[Word]) -> f64 {
    let probability = probabilities.of(verdict);
    match decode::verdict_of_moves(words) {
        Some(of_moves) if verdict != Verdict::Unscorable && of_moves != verdict => {
            probability * WHEN_MOVES_DIFFER
        }
        _ => probability,
    }
}

fn rounded_probabilities(p: Probabilities) -> Probabilities {
    Probabilities {
        supportive: round3(p.supportive),
        mixed: round3(p.mixed),
        directive: round3(p.directive),
        unscorable: round3(p.unscorable),
    }
}

fn rounded_behaviour(b: Behaviour) -> Behaviour {
    Behaviour {
        reflection: round3(b.reflection),
        question: round3(b.question),
        input: round3(b.input),
        other: round3(b.other),
    }
}

fn rounded_move(found: Move) -> Move {
    Move { probability: round3(found.probability), depth: found.depth.map(round3), ..found }
}
