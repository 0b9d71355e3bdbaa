//! The heads: what the network says of a response before anything is decided.

use ndarray::{Array1, Array2, Axis, concatenate};

use super::encoder::{Encoder, Linear, Sequence};
use super::moves::MoveCode;
use super::tokens::{Limits, Piece, SEPARATOR, Tokenizer};
use super::verdict::Verdict;
use super::weights::{Labels, Weights, WeightsError};

/// Number of outputs of the move head: "none" and the codes of RUBRIC.md.
pub const MOVE_LABELS: usize = MoveCode::ALL.len() + 1;

/// The whole network: tokenizer, encoder and heads.
#[derive(Debug)]
pub struct Network {
    tokenizer: Tokenizer,
    encoder: Encoder,
    verdict: Linear,
    criteria: Linear,
    moves: Linear,
    behaviour: Linear,
    /// Weights of logit(supportive) − logit(directive).
    stance: Array1<f32>,
}

/// Everything that the heads say about one response.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// The response's pieces, in order.
    pub pieces: Vec<Piece>,
    /// In the order of [`Verdict::ALL`].
    pub verdict: [f32; 4],
    /// For each criterion the logits of P(at least 1) and P(at least 2).
    pub criteria: [[f32; 2]; 5],
    /// Reflection, question, input, other.
    pub behaviour: [f32; 4],
    /// For each piece the logits of "none" and of [`MoveCode::ALL`].
    pub moves: Vec<[f32; MOVE_LABELS]>,
    /// For each piece its share of logit(supportive) − logit(directive); they sum to it, bias apart.
    pub shares: Vec<f32>,
}

impl Network {
    /// Builds the network from a weights file.
    ///
    /// # Errors
    /// Where the file lacks something, or its labels are not those of this program.
    pub fn read(mut weights: Weights) -> Result<Self, WeightsError> {
        check_labels(&weights.labels)?;
        let hidden = weights.config.hidden;
        let head = |name: &str, outputs| Linear::read(&weights, name, hidden, outputs);
        let verdict = head("head.verdict", Verdict::ALL.len())?;
        let (criteria, behaviour) = (head("head.criteria", 10)?, head("head.behaviour", 4)?);
        let moves = head("head.move", MOVE_LABELS)?;
        let encoder = Encoder::read(&weights)?;
        let limits = Limits {
            direction: weights.config.direction,
            client: weights.config.client,
            window: weights.config.window,
        };
        let tokenizer = Tokenizer::new(std::mem::take(&mut weights.vocabulary), limits);
        let stance = verdict.weights_of(0) - verdict.weights_of(2);
        Ok(Self { tokenizer, encoder, verdict, criteria, moves, behaviour, stance })
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// What the heads say of `response` in its moment; nothing where it has no pieces.
    pub fn outputs(
        &self,
        direction: Option<&str>,
        client: Option<&str>,
        response: &str,
    ) -> Option<Outputs> {
        let pieces = self.tokenizer.pieces(response);
        let context = self.tokenizer.context(direction, client);
        let windows: Vec<Array2<f32>> = self
            .tokenizer
            .windows(&pieces)
            .iter()
            .map(|window| self.encoder.hidden(&sequence(&context, window)))
            .collect();
        let views: Vec<_> = windows.iter().map(|states| states.view()).collect();
        let hidden = concatenate(Axis(0), &views).ok()?;
        let mean = hidden.mean_axis(Axis(0))?.insert_axis(Axis(0));
        let of_mean = |head: &Linear| head.apply(&mean.view()).into_raw_vec_and_offset().0;
        let criteria = of_mean(&self.criteria);
        let count = pieces.len() as f32;
        let moves = self.moves.apply(&hidden.view());
        Some(Outputs {
            verdict: of_mean(&self.verdict).try_into().ok()?,
            criteria: std::array::from_fn(|of| [criteria[2 * of], criteria[2 * of + 1]]),
            behaviour: of_mean(&self.behaviour).try_into().ok()?,
            moves: moves.rows().into_iter().map(|row| std::array::from_fn(|i| row[i])).collect(),
            shares: hidden.dot(&self.stance).iter().map(|share| share / count).collect(),
            pieces,
        })
    }
}

fn sequence(context: &[u32], window: &[Piece]) -> Sequence {
    let from = context.len();
    let mut ids = context.to_vec();
    ids.extend(window.iter().map(|piece| piece.id));
    ids.push(SEPARATOR);
    Sequence { ids, second_segment: from, response: from..from + window.len() }
}

/// The heads' outputs must mean what this program takes them for.
fn check_labels(labels: &Labels) -> Result<(), WeightsError> {
    let moves = std::iter::once("none").chain(MoveCode::ALL.iter().map(|code| code.code()));
    let criteria = super::criteria::Criterion::ALL.map(super::criteria::Criterion::word);
    let fits = labels.verdict == Verdict::ALL.map(Verdict::word)
        && labels.moves.iter().map(String::as_str).eq(moves)
        && labels.criteria == criteria
        && labels.behaviour == ["reflection", "question", "input", "other"];
    fits.then_some(()).ok_or_else(|| WeightsError::Tensor("labels of this rubric".to_owned()))
}
