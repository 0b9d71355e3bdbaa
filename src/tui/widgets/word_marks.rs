//! Words that earned or cost a point, marked beneath them or, where room is short, within them.

use std::ops::Range;

use super::row::Words;
use crate::tui::marks::Marks;
use crate::tui::theme::Role;
use crate::tui::wrap::{WrappedLine, cells};

/// What a mark says of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// They earned a point.
    Earned,
    /// They cost one.
    Cost,
    /// The scorer is not sure of them.
    Unsure,
}

impl Sign {
    /// The sign itself.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Earned => "+",
            Self::Cost => "-",
            Self::Unsure => "?",
        }
    }

    /// Its role.
    pub const fn role(self) -> Role {
        match self {
            Self::Earned => Role::Supportive,
            Self::Cost => Role::Directive,
            Self::Unsure => Role::Unsure,
        }
    }
}

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMark {
    /// Bytes of the text that it marks.
    pub range: Range<usize>,
    /// What it says of them.
    pub sign: Sign,
    /// A word for it: the criterion, or a note's number.
    pub label: String,
}

/// A part of a mark on one line: columns from and to, and whether it opens and closes there.
struct Segment {
    line: usize,
    from: usize,
    to: usize,
    opens: bool,
    closes: bool,
}

/// For each line, the row to draw beneath it; `None` where it has no mark. Marks that overlap an
/// earlier one start where that ends.
pub fn beneath(
    text: &str,
    lines: &[WrappedLine],
    word_marks: &[WordMark],
    marks: &Marks,
) -> Vec<Option<Words>> {
    let mut rows: Vec<(Words, usize)> = vec![(Words::default(), 0); lines.len()];
    for (range, mark) in in_order(text, word_marks) {
        let segments = segments(text, lines, &range);
        let fits = |segment: &Segment| {
            let room = segment.to.saturating_sub(segment.from);
            let ends = usize::from(segment.opens) + usize::from(segment.closes);
            let tail = if segment.closes { 2 } else { 0 };
            room >= ends + 4 + cells(&mark.label) + tail
        };
        let labelled = segments.iter().position(fits);
        for (index, segment) in segments.iter().enumerate() {
            let label = (labelled == Some(index)).then_some(mark.label.as_str());
            let signed = labelled.unwrap_or(0) == index;
            let drawn = bracket(segment, mark.sign, label, signed, marks);
            let Some((row, used)) = rows.get_mut(segment.line) else { continue };
            let gap = " ".repeat(segment.from.saturating_sub(*used));
            *row = std::mem::take(row).and(Role::Plain, gap).and(mark.sign.role(), drawn);
            *used = segment.to;
        }
    }
    rows.into_iter().map(|(row, used)| (used > 0).then_some(row)).collect()
}

/// The words with each mark's sign before its words, which are put in brackets: `+[so]`.
pub fn folded(words: &Words, word_marks: &[WordMark]) -> Words {
    let text = words.text();
    let mut out = Words::default();
    let mut at = 0;
    for (range, mark) in in_order(&text, word_marks) {
        let role = mark.sign.role();
        out = out
            .then(words.part(&(at..range.start)))
            .and(role, format!("{}[", mark.sign.mark()))
            .then(words.part(&range))
            .and(role, "]");
        at = range.end;
    }
    out.then(words.part(&(at..text.len())))
}

/// Marks in order of the text, without the white space at their ends, not overlapping, not empty.
fn in_order<'a>(text: &str, word_marks: &'a [WordMark]) -> Vec<(Range<usize>, &'a WordMark)> {
    let mut sorted: Vec<&WordMark> = word_marks.iter().collect();
    sorted.sort_by_key(|mark| mark.range.start);
    let mut end = 0;
    let mut out = Vec::new();
    for mark in sorted {
        let start = mark.range.start.max(end);
        let Some(part) = text.get(start..mark.range.end.min(text.len())) else { continue };
        let start = start + (part.len() - part.trim_start().len());
        let part = part.trim();
        if !part.is_empty() {
            end = start + part.len();
            out.push((start..end, mark));
        }
    }
    out
}

fn segments(text: &str, lines: &[WrappedLine], range: &Range<usize>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for (line, wrapped) in lines.iter().enumerate() {
        let from = range.start.max(wrapped.range.start);
        let to = range.end.min(wrapped.shown_end);
        let Some(part) = text.get(from..to).filter(|part| !part.trim().is_empty()) else {
            continue;
        };
        let before = text.get(wrapped.range.start..from).map_or(0, cells);
        let closes = range.end <= wrapped.range.end;
        let width = if closes { cells(part) } else { cells(part.trim_end()) };
        out.push(Segment { line, from: before, to: before + width, opens: out.is_empty(), closes });
    }
    out
}

fn bracket(
    segment: &Segment,
    sign: Sign,
    label: Option<&str>,
    signed: bool,
    marks: &Marks,
) -> String {
    let [open, dash, close] = marks.under;
    let width = segment.to.saturating_sub(segment.from);
    let open = if segment.opens { open } else { "" };
    let close = if segment.closes { close } else { "" };
    let inner = width.saturating_sub(cells(open) + cells(close));
    let sign = sign.mark();
    let head = match (label, signed, inner) {
        (Some(label), _, _) => format!("{dash} {sign} {label} "),
        (None, true, 5..) => format!("{dash} {sign} "),
        (None, true, 3..) => format!(" {sign} "),
        (None, true, 1..) => sign.to_owned(),
        // Too short for a bracket: the sign alone.
        (None, true, 0) => return format!("{sign}{}", " ".repeat(width.saturating_sub(1))),
        (None, false, _) => String::new(),
    };
    let head = if cells(&head) > inner { head.trim_end() } else { &head };
    format!("{open}{head}{}{close}", dash.repeat(inner.saturating_sub(cells(head))))
}

#[cfg(test)]
mod tests {
    use super::{Sign, WordMark, beneath, folded};
    use crate::tui::marks::Marks;
    use crate::tui::widgets::row::Words;
    use crate::tui::wrap::wrap;

    const REPLY: &str = "So I'm one more person with a job for you. But a walk isn't a chore, and \
                         you'll feel better for it.";

    fn mark(words: &str, sign: Sign, label: &str) -> WordMark {
        let start = REPLY.find(words).unwrap();
        WordMark { range: start..start + words.len(), sign, label: label.to_owned() }
    }

    fn drawn(marks: &[WordMark], width: usize, set: &Marks) -> Vec<String> {
        let lines = wrap(REPLY, width);
        let under = beneath(REPLY, &lines, marks, set);
        lines
            .iter()
            .zip(under)
            .flat_map(|(line, under)| {
                let text = line.shown(REPLY).trim_end().to_owned();
                std::iter::once(text).chain(under.map(|words| words.text()))
            })
            .collect()
    }

    #[test]
    fn marks_stand_beneath_as_drawn_and_go_on_over_a_line() {
        let marks = [
            mark("I'm one more person with a job for you", Sign::Earned, "understanding"),
            mark(
                "But a walk isn't a chore, and you'll feel better for it.",
                Sign::Cost,
                "nondirective",
            ),
        ];
        assert_eq!(
            drawn(&marks, 65, &Marks::UNICODE),
            [
                "So I'm one more person with a job for you. But a walk isn't a",
                "   └─ + understanding ──────────────────┘  └─ - nondirective ",
                "chore, and you'll feel better for it.",
                "────────────────────────────────────┘",
            ]
        );
        assert_eq!(
            drawn(&marks, 60, &Marks::UNICODE)[1..],
            [
                "   └─ + understanding ──────────────────┘  └───────────────",
                "a chore, and you'll feel better for it.",
                "─ - nondirective ─────────────────────┘",
            ],
            "the label goes where it fits"
        );
        assert!(drawn(&marks, 65, &Marks::ASCII)[1].starts_with("   '- + understanding ---"));
    }

    #[test]
    fn a_short_mark_shows_only_its_sign() {
        for (words, expected) in [
            ("So", "+"),
            ("I'm", "   └+┘"),
            ("more", "           └+─┘"),
            ("person", "                └ + ─┘"),
            ("with a job", "                       └─ + ────┘"),
        ] {
            let lines = drawn(&[mark(words, Sign::Earned, "understanding")], 65, &Marks::UNICODE);
            assert_eq!(lines[1].trim_end(), expected);
        }
    }

    #[test]
    fn folded_marks_stand_in_the_words() {
        let marks = [mark("you'll feel better", Sign::Cost, ""), mark("So", Sign::Earned, "")];
        assert_eq!(
            folded(&Words::from(REPLY), &marks).text(),
            "+[So] I'm one more person with a job for you. But a walk isn't a chore, and \
             -[you'll feel better] for it."
        );
    }

    #[test]
    fn ranges_that_fit_no_text_are_left_out() {
        let odd = [
            WordMark { range: 5..5, sign: Sign::Cost, label: String::new() },
            WordMark { range: 900..950, sign: Sign::Cost, label: String::new() },
            WordMark { range: 0..900, sign: Sign::Unsure, label: "fit".to_owned() },
        ];
        for width in 0..70 {
            let lines = wrap(REPLY, width);
            let under = beneath(REPLY, &lines, &odd, &Marks::UNICODE);
            assert_eq!(under.len(), lines.len());
            for (line, under) in lines.iter().zip(under) {
                assert!(under.is_none_or(|under| under.cells() <= line.cells.max(1)));
            }
        }
    }
}
