//! The marks of the screens, in Unicode and in ASCII.

use crate::rubric::Verdict;

/// Every mark that rollwith draws beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Left of the client's words.
    pub bar: &'static str,
    /// Left of what has the focus.
    pub focus: &'static str,
    /// A supportive reply.
    pub supportive: &'static str,
    /// A mixed one.
    pub mixed: &'static str,
    /// A directive one.
    pub directive: &'static str,
    /// The scorer is not sure.
    pub unsure: &'static str,
    /// Nothing to score.
    pub unscorable: &'static str,
    /// A point had.
    pub full: &'static str,
    /// A point not had.
    pub empty: &'static str,
    /// Start of a mark under words, its line, its end.
    pub under: [&'static str; 3],
    /// A range: its low end, its line, its middle, its high end.
    pub range: [&'static str; 4],
    /// Between steps.
    pub dot: &'static str,
    /// Before half the width of an interval.
    pub plus_minus: &'static str,
    /// Where something was cut.
    pub ellipsis: &'static str,
    /// There is more below.
    pub more_below: &'static str,
    /// There is more above.
    pub more_above: &'static str,
}

impl Marks {
    /// For terminals that show Unicode.
    pub const UNICODE: Self = Self {
        bar: "▌",
        focus: "›",
        supportive: "●",
        mixed: "◐",
        directive: "○",
        unsure: "?",
        unscorable: "·",
        full: "■",
        empty: "□",
        under: ["└", "─", "┘"],
        range: ["├", "─", "●", "┤"],
        dot: "·",
        plus_minus: "±",
        ellipsis: "…",
        more_below: "↓",
        more_above: "↑",
    };

    /// For all others.
    pub const ASCII: Self = Self {
        bar: "|",
        focus: ">",
        supportive: "(+)",
        mixed: "(~)",
        directive: "(-)",
        unsure: "(?)",
        unscorable: "(.)",
        full: "#",
        empty: ".",
        under: ["'", "-", "'"],
        range: ["|", "-", "o", "|"],
        dot: "-",
        plus_minus: "+-",
        ellipsis: "...",
        more_below: "v",
        more_above: "^",
    };

    /// The mark of a verdict.
    pub const fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Supportive => self.supportive,
            Verdict::Mixed => self.mixed,
            Verdict::Directive => self.directive,
            Verdict::Unscorable => self.unscorable,
        }
    }

    /// Points of a criterion, 0 to 2, as two marks: `■■`, `■□`, `□□`.
    pub fn points(&self, points: u8) -> String {
        self.bar_of(usize::from(points.min(2)), 2)
    }

    /// `full` of `of` marks, as in `■■■■■■■□□□`.
    pub fn bar_of(&self, full: usize, of: usize) -> String {
        let full = full.min(of);
        self.full.repeat(full) + &self.empty.repeat(of - full)
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;
    use crate::rubric::Verdict;

    #[test]
    fn points_and_verdicts_read_without_colour() {
        assert_eq!(Marks::UNICODE.points(1), "■□");
        assert_eq!(Marks::ASCII.points(0), "..");
        assert_eq!(Marks::ASCII.points(9), "##");
        for marks in [Marks::UNICODE, Marks::ASCII] {
            let mut seen: Vec<_> = Verdict::ALL.iter().map(|v| marks.verdict(*v)).collect();
            seen.push(marks.unsure);
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 5);
        }
    }
}
