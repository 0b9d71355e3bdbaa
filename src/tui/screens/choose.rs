//! A set of one's own: drill, pack, level and minutes on one screen. A digit chooses in the row in
//! focus and goes on to the next row.

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Edge, Row, Words};
use super::super::widgets::transcript::{Block, lay};
use super::super::wrap::cells;
use super::at_work;
use crate::driver::{Desk, DeskError};
use crate::pack::Level;
use crate::practice::plan::{self, Known, Request};
use crate::practice::{Amount, Drill, Mix, Stamp, wording};

/// What may be chosen, in the order of the rows.
const NAMES: [&str; 4] = ["Drill", "Pack", "Level", "Minutes"];
const DRILL: usize = 0;
const PACK: usize = 1;
const LEVEL: usize = 2;
const MINUTES: usize = 3;

/// The drills, in the order of their digits.
const MIXES: [(&str, Mix); 4] = [
    ("mixed", Mix::Mixed),
    ("respond", Mix::Only(Drill::Respond)),
    ("identify", Mix::Only(Drill::Identify)),
    ("discriminate", Mix::Only(Drill::Discriminate)),
];

/// The lengths, in minutes.
const LENGTHS: [u32; 5] = [5, 10, 15, 20, 30];

/// Most digits of a row; where there are more packs, the last one turns to the next of them.
const DIGITS: usize = 9;

/// The screen on which a set is chosen.
#[derive(Debug)]
pub struct ChooseLayer {
    packs: Vec<(String, String)>,
    known: Known,
    proposed: Level,
    chosen: [usize; 4],
    /// The first pack of those with digits.
    first_pack: usize,
    row: usize,
    outcome: String,
}

impl ChooseLayer {
    /// The choice as today's ten minutes would make it.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(hands: &Hands<'_>) -> Result<Self, DeskError> {
        let known = hands.desk.known()?;
        let packs = hands
            .desk
            .library()
            .practice()
            .map(|pack| (pack.id.clone(), pack.title.clone()))
            .collect();
        let proposed = plan::level(&Request::today(), &known);
        let mut layer = Self {
            packs,
            known,
            proposed,
            chosen: [0, 0, 0, 1],
            first_pack: 0,
            row: DRILL,
            outcome: String::new(),
        };
        layer.forecast(hands.desk, hands.now, hands.seed);
        Ok(layer)
    }

    fn request(&self) -> Request {
        let pack = self.chosen[PACK].checked_sub(1).and_then(|index| self.packs.get(index));
        let level = self.chosen[LEVEL].checked_sub(1).and_then(|index| Level::ALL.get(index));
        Request {
            mix: MIXES[self.chosen[DRILL]].1,
            packs: pack.map(|(id, _)| id.clone()).into_iter().collect(),
            level: level.copied(),
            amount: Amount::Minutes(LENGTHS[self.chosen[MINUTES]]),
            ..Request::today()
        }
    }

    fn forecast(&mut self, desk: &Desk, now: Stamp, seed: u64) {
        let request = self.request();
        self.outcome = match desk.plan(&request, &self.known, now, seed) {
            Ok(plan) => wording::forecast(&plan::forecast(&plan, request.amount)),
            Err(why) => why.to_string(),
        };
    }

    /// The options of a row, in order; of packs all, with and without digits.
    fn options(&self, row: usize) -> Vec<String> {
        match row {
            DRILL => MIXES.iter().map(|(word, _)| (*word).to_owned()).collect(),
            PACK => std::iter::once("all".to_owned())
                .chain(self.packs.iter().map(|(_, title)| title.clone()))
                .collect(),
            LEVEL => std::iter::once(format!("as before ({})", self.proposed))
                .chain(Level::ALL.iter().map(ToString::to_string))
                .collect(),
            _ => LENGTHS.iter().map(ToString::to_string).collect(),
        }
    }

    /// The options of a row that have digits now: their indices, and whether the last digit turns
    /// to others.
    fn with_digits(&self, row: usize) -> (Vec<usize>, bool) {
        let length = self.options(row).len();
        if length <= DIGITS {
            return ((0..length).collect(), false);
        }
        let first = if row == PACK { self.first_pack } else { 0 };
        ((0..DIGITS - 1).map(|each| (first + each) % length).collect(), true)
    }

    fn choose(&mut self, digit: u8) -> bool {
        let Some(index) = usize::from(digit).checked_sub(1) else { return false };
        let (indices, turns) = self.with_digits(self.row);
        if let Some(option) = indices.get(index) {
            self.chosen[self.row] = *option;
            self.row = (self.row + 1).min(MINUTES);
            return true;
        }
        if turns && index == DIGITS - 1 {
            self.first_pack = (self.first_pack + DIGITS - 1) % self.options(PACK).len();
            return true;
        }
        false
    }

    fn option_rows(&self, row: usize, room: Room) -> Vec<Row> {
        let options = self.options(row);
        let (indices, turns) = self.with_digits(row);
        let chosen = self.chosen[row];
        let mut parts: Vec<(String, bool)> = (1..)
            .zip(&indices)
            .map(|(digit, index)| {
                let option = options.get(*index).map_or("", String::as_str);
                let is = *index == chosen;
                (if is { format!("{digit} [{option}]") } else { format!("{digit} {option}") }, is)
            })
            .collect();
        if turns {
            let hidden = options.get(chosen).filter(|_| !indices.contains(&chosen));
            parts.extend(hidden.map(|option| (format!("[{option}]"), true)));
            parts.push((format!("{DIGITS} more"), false));
        }
        let lines = flowed(parts, room.width, row == self.row);
        lines
            .into_iter()
            .enumerate()
            .map(|(index, words)| {
                let first = index == 0;
                let focused = first && row == self.row;
                Row {
                    label: if first { Words::from(NAMES[row]) } else { Words::default() },
                    edge: if focused { Edge::Focus } else { Edge::None },
                    words,
                }
            })
            .collect()
    }
}

/// Options side by side, as many as a line has room for; in the row in focus the one chosen has the
/// focus' style.
fn flowed(parts: Vec<(String, bool)>, width: usize, focused: bool) -> Vec<Words> {
    const GAP: usize = 3;
    let mut lines = Vec::new();
    let mut line = Words::default();
    for (text, is_chosen) in parts {
        let role = if is_chosen && focused { Role::Focus } else { Role::Plain };
        let used = line.cells();
        if used > 0 && used + GAP + cells(&text) > width {
            lines.push(std::mem::take(&mut line));
        } else if used > 0 {
            line = line.and(Role::Plain, " ".repeat(GAP));
        }
        line = line.and(role, text);
    }
    lines.push(line);
    lines
}

impl Layer for ChooseLayer {
    fn context(&self) -> Context {
        Context::Choose
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        match action {
            Action::Enter => {
                return match hands.begin(&self.request()) {
                    Ok(practice) => Turn::Replace(at_work(practice, hands.now)),
                    Err(why) => {
                        self.outcome = why.to_string();
                        Turn::Draw
                    }
                };
            }
            Action::Back => return Turn::Pop,
            Action::Choose(digit) => {
                if !self.choose(digit) {
                    return Turn::Same;
                }
                self.forecast(hands.desk, hands.now, hands.seed);
            }
            Action::Down | Action::NextPage => self.row = (self.row + 1) % NAMES.len(),
            Action::Up | Action::PreviousPage => {
                self.row = (self.row + NAMES.len() - 1) % NAMES.len();
            }
            Action::First => self.row = DRILL,
            Action::Last => self.row = MINUTES,
            _ => return Turn::Same,
        }
        Turn::Draw
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let mut rows = if room.density.air { vec![Row::blank(); 2] } else { Vec::new() };
        let mut cursor = None;
        for row in 0..NAMES.len() {
            if row == self.row {
                cursor = Some((rows.len(), 0));
            }
            rows.extend(self.option_rows(row, room));
            rows.push(Row::blank());
        }
        let outcome = Block::new("The set", self.outcome.as_str());
        rows.extend(lay(&[outcome], room.width, room.marks, room.density));
        let last = self.with_digits(self.row);
        let digits = u8::try_from(last.0.len() + usize::from(last.1)).unwrap_or(9);
        View {
            heading: Heading {
                title: "Choose".to_owned(),
                tail: "a drill, a pack, a level".to_owned(),
                ..Heading::default()
            },
            rows,
            hints: hints(
                Context::Choose,
                &Shown {
                    digits: Some(digits),
                    words: &[(Action::NextPage, "next row"), (Action::Down, "row")],
                    ..Shown::default()
                },
            ),
            cursor,
            ..View::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Stage;
    use super::ChooseLayer;
    use crate::pack::Level;
    use crate::practice::{Amount, Drill, Mix};
    use crate::tui::keys::Action;
    use crate::tui::layer::Layer as _;

    fn layer(stage: &mut Stage) -> ChooseLayer {
        stage.with_hands(|hands| ChooseLayer::new(hands).unwrap())
    }

    #[test]
    fn a_digit_chooses_and_goes_on_to_the_next_row() {
        let mut stage = Stage::new();
        let mut layer = layer(&mut stage);
        for digit in [2, 1, 3, 4] {
            stage.act(&mut layer, Action::Choose(digit));
        }
        let request = layer.request();
        assert_eq!(request.mix, Mix::Only(Drill::Respond));
        assert_eq!(request.level, Some(Level::Intermediate));
        assert_eq!(request.amount, Amount::Minutes(20));
        insta::assert_snapshot!(stage.drawn(&layer));
    }

    #[test]
    fn more_packs_than_digits_are_turned_through() {
        let mut stage = Stage::new();
        let mut layer = layer(&mut stage);
        layer.packs = (0..20).map(|each| (format!("p{each}"), format!("Pack {each}"))).collect();
        stage.act(&mut layer, Action::Down);
        stage.act(&mut layer, Action::Choose(9));
        stage.act(&mut layer, Action::Choose(2));
        assert_eq!(layer.request().packs, ["p8"]);
        stage.act(&mut layer, Action::Up);
        stage.act(&mut layer, Action::Up);
        stage.act(&mut layer, Action::Choose(9));
        stage.every_size(&layer);
    }

    #[test]
    fn the_minutes_say_what_they_hold() {
        let mut stage = Stage::new();
        let mut layer = layer(&mut stage);
        let ten = layer.outcome.clone();
        assert!(ten.contains("to respond to"), "{ten}");
        stage.act(&mut layer, Action::Last);
        stage.act(&mut layer, Action::Choose(5));
        assert_ne!(layer.outcome, ten);
    }

    #[test]
    fn every_size_is_drawn() {
        let mut stage = Stage::new();
        let layer = layer(&mut stage);
        stage.every_size(&layer);
        assert!(layer.deadline().is_none());
    }
}
