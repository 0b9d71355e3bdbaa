//! The weights file, format 1: what it is, and reading it with every fault named.
//!
//! Magic, format, a JSON header, tensors, and the SHA-256 of all that. Matrices are stored as 8-bit
//! integers with one scale a row; that is storage only, the network computes in 32-bit floats.

use std::collections::HashMap;

use ndarray::{Array1, Array2};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const MAGIC: &[u8; 8] = b"RWRUBRIC";
const FORMAT: u32 = 1;
const ALIGN: usize = 64;
const HASH: usize = 32;

/// Why a weights file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// It does not begin as a weights file does.
    #[error("this is no weights file of rollwith")]
    Foreign,
    /// A later format than this program reads.
    #[error("the weights are of format {0}, this program reads format {FORMAT}: update rollwith")]
    Format(u32),
    /// The content does not fit its hash.
    #[error("the weights are damaged (their SHA-256 differs): install rollwith again")]
    Damaged,
    /// The header cannot be read.
    #[error("the header of the weights cannot be read: {0}")]
    Header(String),
    /// A tensor is missing, or has another size than the configuration says.
    #[error("the weights lack what the network needs: {0}")]
    Tensor(String),
}

/// The shape of the network.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Config {
    /// Transformer layers.
    pub layers: usize,
    /// Width of a hidden state.
    pub hidden: usize,
    /// Attention heads; `hidden` is a multiple of it.
    pub heads: usize,
    /// Width between the two halves of the feed-forward part.
    pub intermediate: usize,
    /// Most pieces in one forward pass.
    pub positions: usize,
    /// Added to the variance in each layer norm.
    pub layer_norm_eps: f32,
    /// Most pieces of the response in one window.
    pub window: usize,
    /// Pieces of the direction that are kept.
    pub direction: usize,
    /// Pieces of the client's words that are kept.
    pub client: usize,
}

/// What each head's outputs stand for.
#[derive(Clone, Debug, Deserialize)]
pub struct Labels {
    /// Of the verdict head.
    pub verdict: Vec<String>,
    /// Of the move head; the first is "none".
    #[serde(rename = "move")]
    pub moves: Vec<String>,
    /// Of the criteria head, which has two outputs for each: P(at least 1), P(at least 2).
    pub criteria: Vec<String>,
    /// Of the behaviour head.
    pub behaviour: Vec<String>,
}

/// Temperature and bias of the verdict.
#[derive(Clone, Debug, Deserialize)]
pub struct VerdictCalibration {
    /// The logits are divided by it.
    pub temperature: f64,
    /// Added after that, one a verdict.
    pub bias: Vec<f64>,
}

/// What was fitted on moments that the network had not seen.
#[derive(Clone, Debug, Deserialize)]
pub struct CalibrationHeader {
    /// Of the verdict.
    pub verdict: VerdictCalibration,
    /// The scorer abstains below this confidence.
    pub abstain_below: f64,
    /// And where it would call supportive what is directive with more than this probability.
    pub abstain_push_above: f64,
    /// Temperature of the behaviour head.
    pub behaviour_temperature: f64,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    version: String,
    config: Config,
    vocab: Vec<String>,
    labels: Labels,
    calibration: CalibrationHeader,
    tensors: Vec<Entry>,
}

#[derive(Clone, Deserialize)]
struct Entry {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    offset: usize,
    scale_offset: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Dtype {
    I8,
    F32,
}

/// A weights file, read but not yet computed with.
pub struct Weights<'a> {
    /// Name, version and the hash of the content, as every score carries it.
    pub model: String,
    /// The network's shape.
    pub config: Config,
    /// Pieces by id.
    pub vocabulary: Vec<String>,
    /// What the outputs stand for.
    pub labels: Labels,
    /// What was fitted afterwards.
    pub calibration: CalibrationHeader,
    data: &'a [u8],
    entries: HashMap<String, Entry>,
}

/// A matrix kept as 8-bit rows and read a row at a time: embeddings, of which few rows are needed.
#[derive(Debug)]
pub struct Rows {
    values: Vec<i8>,
    scales: Vec<f32>,
    width: usize,
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Adds one row to `sum`; a row that does not exist adds nothing.
    pub fn add_to(&self, row: usize, sum: &mut [f32]) {
        let Some(scale) = self.scales.get(row) else { return };
        let values = &self.values[row * self.width..(row + 1) * self.width];
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum += f32::from(*value) * scale;
        }
    }
}

impl<'a> Weights<'a> {
    /// Reads a weights file and checks its hash.
    ///
    /// # Errors
    /// Names what is wrong: a foreign file, a later format, damage, or something missing.
    pub fn read(file: &'a [u8]) -> Result<Self, WeightsError> {
        if !file.starts_with(MAGIC) {
            return Err(WeightsError::Foreign);
        }
        let number = |at: usize| -> Result<u32, WeightsError> {
            let bytes = file.get(at..at + 4).ok_or(WeightsError::Damaged)?;
            Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        };
        let format = number(MAGIC.len())?;
        if format != FORMAT {
            return Err(WeightsError::Format(format));
        }
        let body_end = file.len().checked_sub(HASH).ok_or(WeightsError::Damaged)?;
        let (body, hash) = file.split_at(body_end);
        if Sha256::digest(body).as_slice() != hash {
            return Err(WeightsError::Damaged);
        }
        let from = MAGIC.len() + 8;
        let length = number(MAGIC.len() + 4)? as usize;
        let json = body.get(from..from + length).ok_or(WeightsError::Damaged)?;
        let header: Header = serde_json::from_slice(json)
            .map_err(|error| WeightsError::Header(error.to_string()))?;
        let data_from = (from + length).next_multiple_of(ALIGN);
        let hex: String = hash.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        Ok(Self {
            model: format!("{} {} (sha256 {hex})", header.name, header.version),
            config: header.config,
            vocabulary: header.vocab,
            labels: header.labels,
            calibration: header.calibration,
            data: body.get(data_from..).ok_or(WeightsError::Damaged)?,
            entries: header.tensors.into_iter().map(|e| (e.name.clone(), e)).collect(),
        })
    }

    /// A vector of `length` 32-bit floats.
    ///
    /// # Errors
    /// Where the file has none of that name and size.
    pub fn vector(&self, name: &str, length: usize) -> Result<Array1<f32>, WeightsError> {
        let entry = self.entry(name, &[length], Dtype::F32)?;
        Ok(Array1::from_vec(self.floats(name, entry.offset, length)?))
    }

    /// A linear layer's matrix, stored as (out, in), turned to (in, out) so that rows times it is
    /// the layer.
    ///
    /// # Errors
    /// Where the file has none of that name and size.
    pub fn linear(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Array2<f32>, WeightsError> {
        let shape = [outputs, inputs];
        let values = if self.entries.get(name).is_some_and(|entry| entry.dtype == Dtype::I8) {
            let rows = self.rows(name, outputs, inputs)?;
            let mut values = Vec::with_capacity(rows.values.len());
            for (row, scale) in rows.values.chunks_exact(inputs).zip(&rows.scales) {
                values.extend(row.iter().map(|value| f32::from(*value) * scale));
            }
            values
        } else {
            let entry = self.entry(name, &shape, Dtype::F32)?;
            self.floats(name, entry.offset, outputs * inputs)?
        };
        let stored = Array2::from_shape_vec(shape, values)
            .map_err(|error| WeightsError::Tensor(format!("{name}: {error}")))?;
        Ok(stored.reversed_axes())
    }

    /// A matrix of `count` rows kept in 8 bits.
    ///
    /// # Errors
    /// Where the file has none of that name and size.
    pub fn rows(&self, name: &str, count: usize, width: usize) -> Result<Rows, WeightsError> {
        let entry = self.entry(name, &[count, width], Dtype::I8)?;
        let bytes = self.bytes(name, entry.offset, count * width)?;
        let scales = entry.scale_offset.ok_or_else(|| missing(name))?;
        Ok(Rows {
            values: bytes.iter().map(|byte| i8::from_le_bytes([*byte])).collect(),
            scales: self.floats(name, scales, count)?,
            width,
        })
    }

    fn entry(&self, name: &str, shape: &[usize], dtype: Dtype) -> Result<&Entry, WeightsError> {
        let entry = self.entries.get(name).ok_or_else(|| missing(name))?;
        if entry.shape != shape || entry.dtype != dtype {
            let found = &entry.shape;
            return Err(WeightsError::Tensor(format!("{name} is {found:?}, not {shape:?}")));
        }
        Ok(entry)
    }

    fn bytes(&self, name: &str, offset: usize, length: usize) -> Result<&'a [u8], WeightsError> {
        let end = offset.checked_add(length).ok_or_else(|| missing(name))?;
        self.data.get(offset..end).ok_or_else(|| missing(name))
    }

    fn floats(&self, name: &str, offset: usize, count: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.bytes(name, offset, count * 4)?;
        let float = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Ok(bytes.chunks_exact(4).map(float).collect())
    }
}

fn missing(name: &str) -> WeightsError {
    WeightsError::Tensor(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Weights, WeightsError};
    use crate::rubric::EMBEDDED_WEIGHTS;

    fn fault(file: &[u8]) -> Option<WeightsError> {
        Weights::read(file).err()
    }

    #[test]
    fn damage_anywhere_is_named() {
        let mut file = EMBEDDED_WEIGHTS.to_vec();
        let middle = file.len() / 2;
        file[middle] ^= 1;
        assert_eq!(fault(&file), Some(WeightsError::Damaged));
        assert_eq!(fault(&EMBEDDED_WEIGHTS[..40]), Some(WeightsError::Damaged));
        assert_eq!(fault(&EMBEDDED_WEIGHTS[..9]), Some(WeightsError::Damaged));
        assert_eq!(fault(b"GGUF"), Some(WeightsError::Foreign));
        file[8] = 2;
        assert_eq!(fault(&file), Some(WeightsError::Format(2)));
    }

    #[test]
    fn a_tensor_of_another_size_is_refused() {
        let weights = Weights::read(EMBEDDED_WEIGHTS).expect("the embedded weights are sound");
        assert!(weights.vector("embeddings.norm.weight", weights.config.hidden).is_ok());
        assert!(weights.vector("embeddings.norm.weight", 7).is_err());
        assert!(weights.vector("no such tensor", 7).is_err());
    }
}
