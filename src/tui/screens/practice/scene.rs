//! What the steps of the loop share: the heading, the moment, options, the end of row 23.

use crate::pack::Vignette;
use crate::practice::{Session, Shown, wording};
use crate::tui::layer::Room;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Heading, View};
use crate::tui::widgets::row::{Edge, Row, Words};
use crate::tui::widgets::scroll::{follow, window};
use crate::tui::widgets::transcript::{Block, lay};
use crate::tui::wrap::wrap;

/// The steps of a first try.
pub const RESPOND: &[&str] = &["notice", "reply", "judge", "feedback"];
/// The steps of identify.
pub const IDENTIFY: &[&str] = &["resistance", "form", "why"];
/// The steps of discriminate.
pub const DISCRIMINATE: &[&str] = &["reply", "why"];

/// What every step is drawn from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The session.
    pub session: &'a Session,
    /// Which statement of the set, from 1, and of how many.
    pub place: (usize, usize),
    /// What there is room for.
    pub room: Room,
}

impl Scene<'_> {
    /// "Respond 3 of 8".
    pub fn title(&self) -> String {
        let (place, of) = self.place;
        self.session.item().map_or_else(String::new, |item| {
            format!("{} {place} of {of}", wording::drill(item.drill()))
        })
    }

    /// A view of the open item with its moment, and nothing below it yet.
    pub fn view(&self, steps: &'static [&'static str], step: usize, air: bool) -> View<'static> {
        let mut view = View {
            heading: Heading { title: self.title(), steps, step, tail: String::new() },
            ..View::default()
        };
        if let Some(item) = self.session.item() {
            view.setting = setting(&item.vignette);
            view.pinned = moment(&item.shown(), air, self.room);
        }
        view
    }

    /// Rows of blocks, one blank row below the moment.
    pub fn lay(&self, blocks: &[Block]) -> Vec<Row> {
        below(blocks, self.room)
    }
}

/// "try 2 of 4".
pub fn try_of(number: usize) -> String {
    format!("try {number} of {}", crate::practice::TRIES)
}

/// Rows of blocks, with one blank row above them.
pub fn below(blocks: &[Block], room: Room) -> Vec<Row> {
    let mut rows = vec![Row::blank()];
    rows.extend(lay(blocks, room.width, room.marks, room.density));
    rows
}

/// Where it happens, and with whom, in one line; the name stands in the gutter.
pub fn setting(vignette: &Vignette) -> String {
    let parts = [vignette.setting.clone(), vignette.client.about.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The direction and the client, with air where it is wanted and there is room.
pub fn moment(shown: &Shown, air: bool, room: Room) -> Vec<Row> {
    let statement = shown.statement.as_deref().unwrap_or_default();
    let air = air && room.density.air;
    let blocks = [
        Block::new("You", shown.direction.as_str()),
        Block::client(&shown.client, shown.nonverbal.as_deref(), statement, air),
    ];
    lay(&blocks, room.width, room.marks, room.density)
}

/// The least offset at which a row below the moment is in view.
pub fn showing(view: &View<'_>, row: usize, room: Room) -> usize {
    let window = window(view.pinned.len(), view.rows.len(), room.height, 0);
    follow(0, row, room.height.saturating_sub(window.pinned))
}

/// An option with its digit; its words hang beside it. The one in focus has the mark, and its
/// digit the focus' style.
pub fn option(digit: usize, words: &Words, focus: bool, width: usize) -> Vec<Row> {
    let text = words.text();
    let lines = wrap(&text, width.saturating_sub(2));
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let part = words.part(&(line.range.start..line.shown_end));
            if index > 0 {
                return Row::words(Words::from("  ").then(part));
            }
            let role = if focus { Role::Focus } else { Role::Plain };
            let first = Words::of(role, digit.to_string()).and(Role::Plain, " ").then(part);
            Row::words(first).with_edge(if focus { Edge::Focus } else { Edge::None })
        })
        .collect()
}

/// Rows beside the column, each at most as wide as it: a label, then words.
pub fn beside(label: &str, words: &Words) -> Vec<Row> {
    let width = usize::from(crate::tui::widgets::places::SIDE);
    let text = words.text();
    let mut rows = vec![Row::words(Words::of(Role::Muted, label))];
    rows.extend(
        wrap(&text, width)
            .iter()
            .map(|line| Row::words(words.part(&(line.range.start..line.shown_end)))),
    );
    rows
}
