//! JSON Lines: one object an attempt, its members the columns of [`super::COLUMNS`] in that order;
//! topics are a list, and for replies the moves, marks and probabilities are as `score --batch`
//! gives them.

use std::io::{self, Write};

use super::columns::{Column, chosen_columns};
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
    let columns: Vec<&Column> =
        chosen_columns(selection.with_feelings, selection.with_times).collect();
    let mut line = Vec::new();
    store.for_each_attempt(selection, |whole| {
        line.clear();
        write_line(&whole, &columns, &mut line)?;
        Ok(out.write_all(&line)?)
    })
}

fn write_line(whole: &Whole, columns: &[&Column], line: &mut Vec<u8>) -> io::Result<()> {
    let score = match &whole.attempt.answer {
        Answer::Responded(responded) => responded.score.as_ref(),
        _ => None,
    };
    line.push(b'{');
    for column in columns {
        member(column.name, line)?;
        match column.name {
            "topics" => serde_json::to_writer(&mut *line, &whole.attempt.topics)?,
            "moves" => serde_json::to_writer(&mut *line, &score.map(|score| &score.moves))?,
            _ => serde_json::to_writer(&mut *line, &(column.value)(whole))?,
        }
    }
    member("evidence", line)?;
    serde_json::to_writer(&mut *line, &score.map(|score| &score.evidence))?;
    member("probabilities", line)?;
    serde_json::to_writer(&mut *line, &score.map(|score| score.probabilities))?;
    line.extend(b"}\n");
    Ok(())
}

fn member(name: &str, line: &mut Vec<u8>) -> io::Result<()> {
    if line.last() != Some(&b'{') {
        line.push(b',');
    }
    serde_json::to_writer(&mut *line, name)?;
    line.push(b':');
    Ok(())
}
