//! From bytes to text that may be shown: encodings, the byte-order mark, unsafe characters.

use super::diagnostic::{Code, Diagnostic, Faults, Source, Span};
use super::fields::{Reader, is_unsafe_in_pack};

/// Decodes one file. None where it is not UTF-8; the faults say where.
pub(super) fn decode(name: String, bytes: &[u8], faults: &mut Faults) -> Option<Source> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        faults.push(Diagnostic::of_file(
            Code::NotUtf8,
            &name,
            "this file is saved as UTF-16".to_owned(),
            SAVE_AS_UTF8.to_owned(),
        ));
        return None;
    }
    let (marked, bytes) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let span = end_of(&valid);
            let source = Source { name, text: blanked(&valid) };
            let message = format!("this is not UTF-8 (byte 0x{:02X})", bytes[error.valid_up_to()]);
            faults.at(Code::NotUtf8, &source, span, message, SAVE_AS_UTF8);
            return None;
        }
    };
    let source = Source { name, text: blanked(text) };
    if marked {
        faults.at(
            Code::ByteOrderMark,
            &source,
            Span { line: 1, column: 1, ..Span::default() },
            "this file begins with an invisible byte-order mark",
            "Save it as UTF-8 without a byte-order mark (BOM).",
        );
    }
    if source.text != text {
        report_unsafe(text, &source, faults);
    }
    Some(source)
}

const SAVE_AS_UTF8: &str = "Save the file as UTF-8 in your editor.";

/// Text with what no screen may see replaced by blanks of the same length in bytes and
/// characters, so that positions hold and nothing is reported twice.
fn blanked(text: &str) -> String {
    if !text.contains(is_unsafe_in_file) {
        return text.to_owned();
    }
    let blank = |c: char| match c.len_utf8() {
        _ if !is_unsafe_in_file(c) => c,
        1 => ' ',
        2 => '\u{a0}',
        _ => '\u{2003}',
    };
    text.chars().map(blank).collect()
}

fn is_unsafe_in_file(character: char) -> bool {
    is_unsafe_in_pack(character) && !matches!(character, '\n' | '\r' | '\t')
}

/// A file that holds more is not prose; the first ones say so.
const MOST_REPORTED: usize = 50;

fn report_unsafe(text: &str, source: &Source, faults: &mut Faults) {
    let mut place = Span { line: 1, column: 1, ..Span::default() };
    let mut before = '\0';
    let mut reported = 0;
    for (start, character) in text.char_indices() {
        if is_unsafe_in_file(character) {
            let span = Span { start, end: start + character.len_utf8(), ..place };
            Reader { source, faults }.unsafe_character(span, "this line", character);
            reported += 1;
            if reported == MOST_REPORTED {
                return;
            }
        }
        match character {
            // The second half of a CR LF ends no further line.
            '\n' if before == '\r' => {}
            '\n' | '\r' => (place.line, place.column) = (place.line + 1, 1),
            _ => place.column += 1,
        }
        before = character;
    }
}

/// The place after the last character.
fn end_of(text: &str) -> Span {
    let ends = text.replace("\r\n", "\n").replace('\r', "\n");
    let last = ends.rsplit('\n').next().unwrap_or_default();
    Span {
        start: text.len(),
        end: text.len(),
        line: ends.matches('\n').count() + 1,
        column: last.chars().count() + 1,
    }
}
