//! When a draft is saved: at every pause, and at least each second.

use chrono::TimeDelta;

use crate::practice::Stamp;

/// Typing that stops for this long is a pause, in milliseconds.
const PAUSE: i64 = 300;

/// A draft is due when it is this old while it is typed, in milliseconds.
const LONGEST: i64 = 700;

/// Keys that come so thick that no moment is left between them wait for it after this, in
/// milliseconds.
const OVERDUE: i64 = 200;

/// Watches typing for the moments at which a draft is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    unsaved_since: Option<Stamp>,
    last_key: Option<Stamp>,
}

impl Pause {
    /// A key changed the text.
    pub fn typed(&mut self, now: Stamp) {
        self.unsaved_since.get_or_insert(now);
        self.last_key = Some(now);
    }

    /// The text was saved.
    pub fn saved(&mut self) {
        *self = Self::default();
    }

    /// When the draft is to be saved; none where nothing is unsaved.
    pub fn due(&self) -> Option<Stamp> {
        let paused = self.last_key? + TimeDelta::milliseconds(PAUSE);
        Some(paused.min(self.unsaved_since? + TimeDelta::milliseconds(LONGEST)))
    }

    /// Whether the draft is to be saved now.
    pub fn is_due(&self, now: Stamp) -> bool {
        self.due().is_some_and(|due| due <= now)
    }

    /// Whether it was to be saved a while ago.
    pub fn is_overdue(&self, now: Stamp) -> bool {
        self.is_due(now - TimeDelta::milliseconds(OVERDUE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saves_at_a_pause_and_at_least_each_second() {
        let start: Stamp =
            chrono::DateTime::parse_from_rfc3339("2026-05-14T18:40:00+02:00").unwrap();
        let at = |milliseconds| start + TimeDelta::milliseconds(milliseconds);
        let mut pause = Pause::default();
        assert_eq!(pause.due(), None);
        pause.typed(at(0));
        assert!(!pause.is_due(at(299)) && pause.is_due(at(300)));
        for key in 1..=8 {
            pause.typed(at(key * 110));
        }
        assert_eq!(pause.due(), Some(at(700)), "typing on does not put it off");
        assert!(!pause.is_overdue(at(899)) && pause.is_overdue(at(900)));
        pause.saved();
        assert!(!pause.is_due(at(5_000)));
    }
}
