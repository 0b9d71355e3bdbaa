//! Ranges and bars that read without colour.

use crate::tui::marks::Marks;

/// A share with its 95% range, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Low end of the range.
    pub low: f64,
    /// The share itself.
    pub middle: f64,
    /// High end of the range.
    pub high: f64,
}

/// The cell, 0 to `cells - 1`, of a share of 0 to 1; what is no number is 0.
fn cell(share: f64, cells: usize) -> usize {
    let last = cells.saturating_sub(1);
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    ((share * last as f64).round() as usize).min(last)
}

/// A range on a scale of `cells` cells from 0 to 100%: `   ├──●────┤`. The middle is always drawn;
/// an end on the same cell is left out.
pub fn range(interval: Interval, cells: usize, marks: &Marks) -> String {
    let [open, line, middle, close] = marks.range;
    let at = cell(interval.middle, cells);
    let low = cell(interval.low, cells).min(at);
    let high = cell(interval.high, cells).max(at);
    (0..cells.min(high + 1))
        .map(|column| match column {
            column if column == at => middle,
            column if column == low => open,
            column if column == high => close,
            column if column > low => line,
            _ => " ",
        })
        .collect()
}

/// The scale beneath ranges of `cells` cells: `0         25        50        75        100 %`.
pub fn scale(cells: usize) -> String {
    let mut out = String::new();
    for (share, words) in [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")] {
        let at = cell(share, cells);
        if at >= out.len() + usize::from(!out.is_empty()) {
            out.push_str(&" ".repeat(at - out.len()));
            out.push_str(words);
        }
    }
    out
}

/// A bar of `cells` cells, filled to a share of 0 to 1: `■■■■■■■□□□`.
pub fn bar(share: f64, cells: usize, marks: &Marks) -> String {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    marks.bar_of((share * cells as f64).round() as usize, cells)
}

#[cfg(test)]
mod tests {
    use super::{Interval, bar, range, scale};
    use crate::tui::marks::Marks;

    #[test]
    fn a_range_stands_over_its_scale() {
        let week = Interval { low: 0.071, middle: 0.25, high: 0.591 };
        assert_eq!(range(week, 41, &Marks::UNICODE), "   ├──────●─────────────┤");
        assert_eq!(scale(41), "0         25        50        75        100 %");
        let ascii = range(Interval { low: 0.0, middle: 0.5, high: 1.0 }, 7, &Marks::ASCII);
        assert_eq!(ascii, "|--o--|");
    }

    #[test]
    fn odd_numbers_and_sizes_draw_something_and_never_panic() {
        let odd = Interval { low: f64::NAN, middle: 2.0, high: -1.0 };
        for cells in 0..50 {
            assert!(range(odd, cells, &Marks::UNICODE).chars().count() <= cells);
            assert!(bar(f64::INFINITY, cells, &Marks::UNICODE).chars().count() == cells);
            assert!(scale(cells).starts_with('0'));
        }
        assert_eq!(bar(0.7, 10, &Marks::UNICODE), "■■■■■■■□□□");
        let all = Interval { low: 1.0, middle: 1.0, high: 1.0 };
        assert_eq!(range(all, 3, &Marks::UNICODE), "  ●");
    }
}
