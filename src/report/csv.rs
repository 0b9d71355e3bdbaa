//! CSV (RFC 4180) for spreadsheets: the columns of [`super::COLUMNS`] under their names.

use std::io::{self, Write};

use serde_json::Value;

use super::columns::{Column, chosen_columns};
use super::jsonl::ExportError;
use crate::store::{Selection, Store};

/// Writes the names of the columns and the selected attempts, a row each, in constant memory.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or
/// a carriage return) gets a `'` before it, as OWASP advises against formula injection.
///
/// # Errors
/// What the log or `out` says; rows before it are whole.
pub fn write(store: &Store, selection: &Selection, out: &mut dyn Write) -> Result<(), ExportError> {
    let columns: Vec<&Column> =
        chosen_columns(selection.with_feelings, selection.with_times).collect();
    let mut writer = ::csv::Writer::from_writer(out);
    let names = columns.iter().map(|column| column.name);
    writer.write_record(names).map_err(io::Error::from)?;
    store.for_each_attempt(selection, |whole| {
        let cells = columns.iter().map(|column| cell((column.value)(&whole)));
        writer.write_record(cells).map_err(io::Error::from)?;
        Ok::<_, ExportError>(())
    })?;
    Ok(writer.flush()?)
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        other => other.to_string(),
    }
}

fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(cell(Value::from(formula)), format!("'{formula}"));
        }
        assert_eq!(cell(Value::from("You'd rather = not")), "You'd rather = not");
        assert_eq!(cell(serde_json::json!(-0.5)), "-0.5");
        assert_eq!(cell(Value::Null), "");
    }
}
