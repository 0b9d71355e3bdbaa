//! The encoder: a BERT-style transformer (Devlin et al., 2019), forward only, one input at a time.
//!
//! Never padded and never batched: what comes out for a response does not depend on its company.
//! The last layer is computed for the response's own pieces only, since nothing reads the others.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use super::gelu::gelu;
use super::weights::{Rows, Weights, WeightsError};

/// One input: the pieces of context and response with the place of the response among them.
pub struct Sequence {
    /// Ids of all pieces, separators too.
    pub ids: Vec<u32>,
    /// Where the second segment begins.
    pub second_segment: usize,
    /// The response's own pieces.
    pub response: Range<usize>,
}

/// The embeddings and layers, dequantised once.
#[derive(Debug)]
pub struct Encoder {
    words: Rows,
    places: Rows,
    segments: Rows,
    norm: LayerNorm,
    layers: Vec<Layer>,
    hidden: usize,
}

#[derive(Debug)]
struct Layer {
    query: Linear,
    key_value: Linear,
    output: Linear,
    attention_norm: LayerNorm,
    up: Linear,
    down: Linear,
    norm: LayerNorm,
    heads: usize,
}

/// A linear layer: (in, out) weights and a bias.
#[derive(Debug)]
pub struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

#[derive(Debug)]
struct LayerNorm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Linear {
    /// Reads `NAME.weight` and `NAME.bias`.
    ///
    /// # Errors
    /// Where the file lacks them in this size.
    pub fn read(
        weights: &Weights,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        Ok(Self {
            weight: weights.linear(&format!("{name}.weight"), inputs, outputs)?,
            bias: weights.vector(&format!("{name}.bias"), outputs)?,
        })
    }

    /// Two layers over the same input as one.
    fn beside(self, other: &Self) -> Result<Self, WeightsError> {
        let fault = |error: ndarray::ShapeError| WeightsError::Tensor(error.to_string());
        let weight = ndarray::concatenate(Axis(1), &[self.weight.view(), other.weight.view()])
            .map_err(fault)?;
        let bias =
            ndarray::concatenate(Axis(0), &[self.bias.view(), other.bias.view()]).map_err(fault)?;
        Ok(Self { weight, bias })
    }

    /// The layer applied to each row.
    pub fn apply(&self, rows: &ArrayView2<f32>) -> Array2<f32> {
        let mut out = Array2::zeros((rows.nrows(), self.bias.len()));
        out += &self.bias;
        general_mat_mul(1.0, rows, &self.weight, 1.0, &mut out);
        out
    }

    /// One column of the weights: how much each input counts toward one output.
    pub fn weights_of(&self, output: usize) -> Array1<f32> {
        self.weight.column(output).to_owned()
    }
}

impl LayerNorm {
    fn read(weights: &Weights, name: &str) -> Result<Self, WeightsError> {
        let length = weights.config.hidden;
        Ok(Self {
            weight: weights.vector(&format!("{name}.weight"), length)?,
            bias: weights.vector(&format!("{name}.bias"), length)?,
            epsilon: weights.config.layer_norm_eps,
        })
    }

    fn apply(&self, rows: &mut Array2<f32>) {
        for mut row in rows.rows_mut() {
            let mean = row.sum() / row.len() as f32;
            row -= mean;
            let variance = row.dot(&row) / row.len() as f32;
            row *= 1.0 / (variance + self.epsilon).sqrt();
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

impl Layer {
    fn read(weights: &Weights, layer: usize) -> Result<Self, WeightsError> {
        let (hidden, inner) = (weights.config.hidden, weights.config.intermediate);
        let square = |part: &str| {
            Linear::read(weights, &format!("layer.{layer}.attention.{part}"), hidden, hidden)
        };
        Ok(Self {
            query: square("query")?,
            key_value: square("key")?.beside(&square("value")?)?,
            output: square("output")?,
            attention_norm: LayerNorm::read(weights, &format!("layer.{layer}.attention.norm"))?,
            up: Linear::read(weights, &format!("layer.{layer}.ffn.up"), hidden, inner)?,
            down: Linear::read(weights, &format!("layer.{layer}.ffn.down"), inner, hidden)?,
            norm: LayerNorm::read(weights, &format!("layer.{layer}.norm"))?,
            heads: weights.config.heads,
        })
    }

    /// The layer's output for the rows `wanted` of `all`, each attending to all.
    fn apply(&self, all: &Array2<f32>, wanted: Range<usize>) -> Array2<f32> {
        let rows = all.slice_axis(Axis(0), Slice::from(wanted));
        let mut mixed = self.output.apply(&self.attend(&rows, all).view());
        mixed += &rows;
        self.attention_norm.apply(&mut mixed);

        let mut inner = self.up.apply(&mixed.view());
        if let Some(values) = inner.as_slice_mut() {
            gelu(values);
        }
        let mut out = self.down.apply(&inner.view());
        out += &mixed;
        self.norm.apply(&mut out);
        out
    }

    fn attend(&self, rows: &ArrayView2<f32>, all: &Array2<f32>) -> Array2<f32> {
        let hidden = all.ncols();
        let width = hidden / self.heads;
        let scale = 1.0 / (width as f32).sqrt();
        let queries = self.query.apply(rows);
        let keys_values = self.key_value.apply(&all.view());
        let (keys, values) = keys_values.view().split_at(Axis(1), hidden);
        let mut mixed = Array2::zeros((rows.nrows(), hidden));
        let mut scores = Array2::zeros((rows.nrows(), all.nrows()));
        for head in 0..self.heads {
            let columns = Slice::from(head * width..(head + 1) * width);
            let key = keys.slice_axis(Axis(1), columns);
            let query = queries.slice_axis(Axis(1), columns);
            general_mat_mul(scale, &query, &key.t(), 0.0, &mut scores);
            softmax_rows(&mut scores);
            let value = values.slice_axis(Axis(1), columns);
            let mut own = mixed.slice_axis_mut(Axis(1), columns);
            general_mat_mul(1.0, &scores, &value, 0.0, &mut own);
        }
        mixed
    }
}

fn softmax_rows(scores: &mut Array2<f32>) {
    for mut row in scores.rows_mut() {
        let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|score| (score - highest).exp());
        let sum = row.sum();
        row /= sum;
    }
}

impl Encoder {
    /// Dequantises the encoder's part of the weights.
    ///
    /// # Errors
    /// Where the file lacks a tensor in the size that its configuration says.
    pub fn read(weights: &Weights) -> Result<Self, WeightsError> {
        let config = weights.config;
        let hidden = config.hidden;
        if config.heads == 0 || !hidden.is_multiple_of(config.heads) {
            return Err(WeightsError::Tensor("attention heads that divide the width".to_owned()));
        }
        Ok(Self {
            words: weights.rows("embeddings.word", weights.vocabulary.len(), hidden)?,
            places: weights.rows("embeddings.position", config.positions, hidden)?,
            segments: weights.rows("embeddings.segment", 2, hidden)?,
            norm: LayerNorm::read(weights, "embeddings.norm")?,
            layers: (0..config.layers)
                .map(|layer| Layer::read(weights, layer))
                .collect::<Result<_, _>>()?,
            hidden,
        })
    }

    /// The last hidden states of the response's pieces, one row each.
    pub fn hidden(&self, sequence: &Sequence) -> Array2<f32> {
        let mut rows = Array2::zeros((sequence.ids.len(), self.hidden));
        for (place, (mut row, id)) in rows.rows_mut().into_iter().zip(&sequence.ids).enumerate() {
            let Some(sum) = row.as_slice_mut() else { continue };
            self.words.add_to(*id as usize, sum);
            self.places.add_to(place.min(self.places.len() - 1), sum);
            self.segments.add_to(usize::from(place >= sequence.second_segment), sum);
        }
        self.norm.apply(&mut rows);
        let Some((last, before)) = self.layers.split_last() else {
            return rows.slice_axis(Axis(0), Slice::from(sequence.response.clone())).to_owned();
        };
        for layer in before {
            rows = layer.apply(&rows, 0..rows.nrows());
        }
        last.apply(&rows, sequence.response.clone())
    }
}
