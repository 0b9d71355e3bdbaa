//! The screen as a transcript: who speaks in the gutter, what is said in the column.

use super::places::Density;
use super::row::{Edge, Row, Words};
use super::word_marks::{WordMark, beneath, folded};
use crate::tui::marks::Marks;
use crate::tui::theme::Role;
use crate::tui::wrap::wrap;

/// What is said by one speaker, or by rollwith under one word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    label: Words,
    edge: Edge,
    words: Words,
    marks: Vec<WordMark>,
    joined: bool,
    airy: bool,
}

impl Block {
    /// A label and its words, one blank row below the block before.
    pub fn new(label: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self { label: label.into(), words: words.into(), ..Self::default() }
    }

    /// The client: bold, with the bar, and air where there is room. What she does without words
    /// stands in parentheses, on a line of its own where there is air.
    pub fn client(name: &str, nonverbal: Option<&str>, statement: &str, air: bool) -> Self {
        let mut words = Words::default();
        if let Some(nonverbal) = nonverbal {
            let end = match (statement.is_empty(), air) {
                (true, _) => "",
                (false, true) => "\n",
                (false, false) => " ",
            };
            words = words.and(Role::Plain, format!("({nonverbal}){end}"));
        }
        let words = words.and(Role::Client, statement);
        Self { edge: Edge::Bar, airy: air, ..Self::new(name, words) }
    }

    /// With marks on its words.
    #[must_use]
    pub fn marked(mut self, marks: Vec<WordMark>) -> Self {
        self.marks = marks;
        self
    }

    /// With an edge on all of its rows, or the focus on its first.
    #[must_use]
    pub fn with_edge(mut self, edge: Edge) -> Self {
        self.edge = edge;
        self
    }

    /// Directly below the block before, without a blank row.
    #[must_use]
    pub fn joined(mut self) -> Self {
        self.joined = true;
        self
    }
}

/// Lays blocks out in rows of `width` cells of words.
pub fn lay(blocks: &[Block], width: usize, marks: &Marks, density: Density) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let air = Row::blank().with_edge(Edge::Bar);
        if block.airy {
            rows.push(air.clone());
        } else if index > 0 && !block.joined {
            rows.push(Row::blank());
        }
        rows.extend(block_rows(block, width, marks, density));
        if block.airy {
            rows.push(air);
        }
    }
    rows
}

fn block_rows(block: &Block, width: usize, marks: &Marks, density: Density) -> Vec<Row> {
    let fold = !block.marks.is_empty() && !density.marks_beneath;
    let folded = fold.then(|| folded(&block.words, &block.marks));
    let words = folded.as_ref().unwrap_or(&block.words);
    let text = words.text();
    let lines = wrap(&text, width);
    let under = if fold || block.marks.is_empty() {
        vec![None; lines.len()]
    } else {
        beneath(&text, &lines, &block.marks, marks)
    };
    let mut rows = Vec::new();
    for (line, under) in lines.iter().zip(under) {
        let first = rows.is_empty();
        let edge = match block.edge {
            Edge::Focus if !first => Edge::None,
            edge => edge,
        };
        rows.push(Row {
            label: if first { block.label.clone() } else { Words::default() },
            edge,
            words: words.part(&(line.range.start..line.shown_end)),
        });
        let edge = if block.edge == Edge::Bar { Edge::Bar } else { Edge::None };
        rows.extend(under.map(|under| Row { words: under, edge, ..Row::default() }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{Block, lay};
    use crate::tui::marks::Marks;
    use crate::tui::widgets::places::Density;
    use crate::tui::widgets::row::{Edge, Row};
    use crate::tui::widgets::word_marks::{Sign, WordMark};

    fn plain(rows: &[Row]) -> Vec<String> {
        rows.iter()
            .map(|row| {
                let edge = match row.edge {
                    Edge::None => ' ',
                    Edge::Bar => '▌',
                    Edge::Focus => '›',
                };
                format!("{:<10}{edge} {}", row.label.text(), row.words.text()).trim_end().to_owned()
            })
            .collect()
    }

    #[test]
    fn the_client_stands_apart_where_there_is_air() {
        let said =
            "More chores, and you call it medicine. Thirty years I've tidied up after people.";
        let blocks = |air| {
            [
                Block::new("You", "Shall we put a walk down for Saturday?"),
                Block::client("Ruth", Some("shuts the diary"), said, air),
                Block::new("Keep", "One.").with_edge(Edge::Focus),
                Block::new("Change", "Two.").joined(),
            ]
        };
        let roomy = Density::of(80, 24);
        assert_eq!(
            plain(&lay(&blocks(true), 65, &Marks::UNICODE, roomy)),
            [
                "You         Shall we put a walk down for Saturday?",
                "          ▌",
                "Ruth      ▌ (shuts the diary)",
                "          ▌ More chores, and you call it medicine. Thirty years I've tidied",
                "          ▌ up after people.",
                "          ▌",
                "",
                "Keep      › One.",
                "Change      Two.",
            ]
        );
        let tight = lay(&blocks(false), 65, &Marks::UNICODE, roomy);
        assert_eq!(
            plain(&tight)[1..4],
            [
                "",
                "Ruth      ▌ (shuts the diary) More chores, and you call it medicine. Thirty",
                "          ▌ years I've tidied up after people.",
            ]
        );
    }

    #[test]
    fn marks_fold_into_the_words_on_a_small_screen() {
        let marks = vec![WordMark { range: 0..2, sign: Sign::Cost, label: "fit".to_owned() }];
        let block = [Block::new("You", "So be it").marked(marks)];
        let rows = lay(&block, 40, &Marks::UNICODE, Density::of(60, 18));
        assert_eq!(plain(&rows), ["You         -[So] be it"]);
        let rows = lay(&block, 40, &Marks::UNICODE, Density::of(80, 24));
        assert_eq!(rows.len(), 2);
    }
}
