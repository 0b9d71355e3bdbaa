//! Soft wrap: text into lines of at most so many cells, by grapheme cluster, without losing a byte.

use std::ops::Range;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// One laid-out line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedLine {
    /// The bytes of the text that belong to this line, its line break or hanging space included:
    /// the ranges of all lines, one after the other, are the text.
    pub range: Range<usize>,
    /// One past the last byte to draw: `range.end` less a line break or a hanging space.
    pub shown_end: usize,
    /// Cells that the drawn part takes: at most the width, unless one grapheme alone is wider.
    pub cells: usize,
}

impl WrappedLine {
    /// The part of `text` to draw.
    pub fn shown<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.start..self.shown_end).unwrap_or_default()
    }
}

/// The grapheme cluster that starts at byte `at` (a grapheme boundary), with its cells; `None` at
/// the end. A line break is a cluster of no cells.
pub fn grapheme_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    let alone = bytes.get(1).is_none_or(u8::is_ascii);
    if first == b'\n' {
        return Some((&rest[..1], 0));
    }
    if first.is_ascii() && !first.is_ascii_control() && alone {
        return Some((&rest[..1], 1));
    }
    rest.graphemes(true).next().map(|grapheme| (grapheme, cells(grapheme)))
}

/// The cells that `text` takes on one row; control characters take none.
pub fn cells(text: &str) -> usize {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        return text.len();
    }
    text.graphemes(true)
        .filter(|grapheme| !grapheme.contains(char::is_control))
        .map(|grapheme| usize::from(grapheme.cell_width()))
        .sum()
}

/// `text` cut to `width` cells; where something is cut, `ellipsis` (such as `…`) ends it.
pub fn cut(text: &str, width: usize, ellipsis: &str) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(cells(ellipsis));
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += cells(grapheme);
        if used > room {
            break;
        }
        out.push_str(grapheme);
    }
    if cells(ellipsis) <= width {
        out.push_str(ellipsis);
    }
    out
}

/// Lays `text` out in lines of at most `width` cells (0 counts as 1).
///
/// Lines break at `\n`, after white space, after a hyphen and beside wide characters; a word longer
/// than a line breaks where it must. One space may hang over the end of a full line, so that no
/// line starts with the space that divides it from the last. There is always at least one line, and
/// an empty one after a final `\n` or hanging space, where the cursor stands.
pub fn wrap(text: &str, width: usize) -> Vec<WrappedLine> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // The last place to break within the line, with the cells before it.
    let mut chance: Option<(usize, usize)> = None;
    let mut at = 0;
    let mut wide_before = false;
    while let Some((grapheme, size)) = grapheme_at(text, at) {
        let next = at + grapheme.len();
        if grapheme == "\n" {
            lines.push(WrappedLine { range: start..next, shown_end: at, cells: used });
            (start, used, chance, at, wide_before) = (next, 0, None, next, false);
            continue;
        }
        let space = grapheme.chars().all(breaks_after_space);
        let wide = size >= 2;
        if at > start && (wide || wide_before) && !space && !stays_with_the_last(grapheme) {
            chance = Some((at, used));
        }
        if used + size > width && at > start {
            if space {
                lines.push(WrappedLine { range: start..next, shown_end: at, cells: used });
                (start, used, chance, at, wide_before) = (next, 0, None, next, false);
                continue;
            }
            let (end, before) = chance.unwrap_or((at, used));
            lines.push(WrappedLine { range: start..end, shown_end: end, cells: before });
            (start, used, chance) = (end, used.saturating_sub(before), None);
            // What was carried over may itself be too long for the new line with this grapheme.
            continue;
        }
        used += size;
        if space || (grapheme == "-" && at > start) {
            chance = Some((next, used));
        }
        wide_before = wide;
        at = next;
    }
    lines.push(WrappedLine { range: start..text.len(), shown_end: text.len(), cells: used });
    lines
}

fn breaks_after_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Closing marks of East Asian text, which must not start a line.
fn stays_with_the_last(grapheme: &str) -> bool {
    matches!(
        grapheme,
        "。" | "、"
            | "，"
            | "．"
            | "」"
            | "』"
            | "）"
            | "！"
            | "？"
            | "："
            | "；"
            | ","
            | "."
            | "!"
            | "?"
            | ")"
            | "”"
            | "’"
    )
}

#[cfg(test)]
mod tests {
    use super::{cells, cut, wrap};

    fn shown(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).iter().map(|line| line.shown(text)).collect()
    }

    #[test]
    fn breaks_after_words_and_hangs_one_space() {
        assert_eq!(shown("More chores, and", 11), ["More ", "chores, and"]);
        assert_eq!(shown("hello world", 5), ["hello", "world"]);
        assert_eq!(shown("hello ", 5), ["hello", ""]);
        assert_eq!(shown("a\n\nb\n", 5), ["a", "", "b", ""]);
        assert_eq!(shown("well-being", 6), ["well-", "being"]);
        assert_eq!(shown("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(shown("", 3), [""]);
    }

    #[test]
    fn wide_characters_break_between_and_keep_their_closing_mark() {
        assert_eq!(shown("我不想去。", 6), ["我不想", "去。"]);
        assert_eq!(shown("我不想。", 6), ["我不", "想。"]);
        assert_eq!(shown("👩‍👩‍👧👩‍👩‍👧", 1), ["👩‍👩‍👧", "👩‍👩‍👧"]);
    }

    #[test]
    fn cutting_counts_cells_and_says_so() {
        assert_eq!(cut("Maximilian", 5, "…"), "Maxi…");
        assert_eq!(cut("我不想去", 5, "…"), "我不…");
        assert_eq!(cut("Ruth", 4, "…"), "Ruth");
        assert_eq!(cut("Ruth", 0, "…"), "");
        assert_eq!(cells("e\u{301}\u{1b}"), 1);
    }
}
