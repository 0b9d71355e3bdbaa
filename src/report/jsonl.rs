//! JSON Lines: one object an attempt, its members the columns of [`super::COLUMNS`], and for
//! replies the moves and marks with their places as `score --batch` gives them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::columns::chosen_columns;
use crate::practice::Answer;
use crate::store::{Selection, Store, StoreError, Whole};

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The log.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file or pipe.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes the selected attempts, a line each, in constant memory.
///
/// # Errors
/// What the log or `out` says; lines before it are whole.
pub fn write(store: &Store, selection: &Selection, out: &mut dyn Write) -> Result<(), ExportError> {
    store.for_each_attempt(selection, |whole| {
        let object = object(&whole, selection);
        serde_json::to_writer(&mut *out, &object).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(())
    })
}

fn object(whole: &Whole, selection: &Selection) -> Value {
    let mut members: Map<String, Value> =
        chosen_columns(selection.with_feelings, selection.with_times)
            .map(|column| (column.name.to_owned(), (column.value)(whole)))
            .collect();
    members.insert("topics".to_owned(), json!(whole.attempt.topics));
    if let Answer::Responded(responded) = &whole.attempt.answer {
        let score = responded.score.as_ref();
        members.insert("moves".to_owned(), json!(score.map(|score| &score.moves)));
        members.insert("evidence".to_owned(), json!(score.map(|score| &score.evidence)));
        members.insert("probabilities".to_owned(), json!(score.map(|score| score.probabilities)));
    }
    Value::Object(members)
}
