//! Home: what is due today, and where to go. Enter alone fills a day.
//!
//! It is drawn before anything is asked of the log: what is due comes with the first wake, so that
//! the first frame costs nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike};

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Row, Words};
use super::super::widgets::table;
use super::super::widgets::transcript::{Block, lay};
use super::at_work;
use super::choose::ChooseLayer;
use super::history::HistoryLayer;
use super::packs::PacksLayer;
use super::progress::ProgressLayer;
use super::tour::TourLayer;
use crate::driver::{Desk, DeskError};
use crate::practice::plan::{self, Known, Plan, PlanError, Request};
use crate::practice::{NextSet, Stamp, wording};

/// The rows, in the order of their digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Begin,
    Resume,
    Choose,
    Progress,
    History,
    Packs,
    Tour,
}

impl Item {
    const ALL: [Self; 7] = [
        Self::Begin,
        Self::Resume,
        Self::Choose,
        Self::Progress,
        Self::History,
        Self::Packs,
        Self::Tour,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Begin => "1 Begin",
            Self::Resume => "2 Resume",
            Self::Choose => "3 Choose",
            Self::Progress => "4 Progress",
            Self::History => "5 History",
            Self::Packs => "6 Packs",
            Self::Tour => "7 Tour",
        }
    }
}

/// A set that was left.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Left {
    begun: Stamp,
    at: usize,
    of: usize,
    draft: bool,
}

/// What the log and the library say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Today {
    /// What is due, or why nothing is.
    due: String,
    coming_back: usize,
    level: String,
    left: Option<Left>,
    weeks: usize,
    sets: usize,
    packs: usize,
    faulty: usize,
}

impl Today {
    fn of(desk: &Desk, now: Stamp, seed: u64) -> Result<Self, DeskError> {
        let known = desk.known()?;
        let request = Request::today();
        let plan = desk.plan(&request, &known, now, seed);
        let sessions: BTreeSet<_> = known.past.iter().map(|past| past.session).collect();
        let weeks: BTreeSet<_> = known
            .past
            .iter()
            .map(|past| {
                let week = past.at.iso_week();
                (week.year(), week.week())
            })
            .collect();
        let diagnostics = desk.library().diagnostics();
        let faulty: BTreeSet<&str> = diagnostics
            .iter()
            .filter(|each| each.is_error())
            .map(|each| each.file.as_str())
            .collect();
        Ok(Self {
            due: due(&plan, &request),
            coming_back: plan.as_ref().map_or(0, |plan| {
                let fits = plan::fitting(plan, request.amount);
                fits.into_iter().filter(|item| item.planned.comes_back).count()
            }),
            level: level(&request, &known),
            left: left(desk, now),
            weeks: weeks.len(),
            sets: sessions.len(),
            packs: desk.library().packs().len(),
            faulty: faulty.len(),
        })
    }

    const fn is_first(&self) -> bool {
        self.sets == 0 && self.left.is_none()
    }
}

fn due(plan: &Result<Plan, PlanError>, request: &Request) -> String {
    match plan {
        Ok(plan) => {
            format!("ten minutes: {}", wording::forecast(&plan::forecast(plan, request.amount)))
        }
        Err(why) => why.to_string(),
    }
}

fn level(request: &Request, known: &Known) -> String {
    let level = plan::level(request, known);
    match known.reaction {
        Some((before, NextSet::Harder)) if before != level => {
            format!("{level} level, a step harder, as you chose")
        }
        Some((before, NextSet::Easier)) if before != level => {
            format!("{level} level, a step easier, as you chose")
        }
        _ => format!("{level} level"),
    }
}

/// The set that was left; none where it cannot be gone on with.
fn left(desk: &Desk, now: Stamp) -> Option<Left> {
    let recorded = desk.unfinished(now).ok()??;
    let id = recorded.start.id;
    let begun = recorded.start.at;
    let session = desk.replayed(recorded, now).ok().filter(crate::practice::Session::is_open)?;
    let draft = desk.store().draft(id).ok()?.is_some_and(|draft| !draft.text.trim().is_empty());
    let (at, of) = session.place();
    Some(Left { begun, at, of, draft })
}

/// The home screen.
#[derive(Debug)]
pub struct HomeLayer {
    trainee: String,
    today: Option<Today>,
    stale: bool,
    focus: Item,
    news: String,
}

impl HomeLayer {
    /// The home screen of a trainee; it asks for nothing yet.
    pub fn new(trainee: impl Into<String>) -> Self {
        Self {
            trainee: trainee.into(),
            today: None,
            stale: true,
            focus: Item::Begin,
            news: String::new(),
        }
    }

    fn has(&self, item: Item) -> bool {
        item != Item::Resume || self.today.as_ref().is_some_and(|today| today.left.is_some())
    }

    fn items(&self) -> Vec<Item> {
        Item::ALL.into_iter().filter(|item| self.has(*item)).collect()
    }

    fn place(&self) -> usize {
        self.items().iter().position(|item| *item == self.focus).unwrap_or(0)
    }

    fn open(&mut self, hands: &mut Hands<'_>) -> Turn {
        match self.opened(hands) {
            Ok(layer) => Turn::Push(layer),
            Err(why) => {
                self.news = why.to_string();
                Turn::Draw
            }
        }
    }

    fn opened(&self, hands: &mut Hands<'_>) -> Result<Box<dyn Layer>, DeskError> {
        let now = hands.now;
        Ok(match self.focus {
            Item::Begin => at_work(hands.begin(&Request::today())?, now),
            Item::Resume => match hands.desk.unfinished(now)? {
                Some(recorded) => at_work(hands.resume(recorded)?, now),
                None => at_work(hands.begin(&Request::today())?, now),
            },
            Item::Choose => Box::new(ChooseLayer::new(hands)?),
            Item::Progress => Box::new(ProgressLayer::new(hands.desk)?),
            Item::History => Box::new(HistoryLayer::new(hands.desk)?),
            Item::Packs => Box::new(PacksLayer::new(hands.desk)),
            Item::Tour => Box::new(TourLayer::new()),
        })
    }

    fn described(&self, item: Item, now: Stamp) -> String {
        let today = self.today.as_ref();
        match (item, today) {
            (Item::Begin, _) => "today's ten minutes".to_owned(),
            (Item::Resume, today) => today
                .and_then(|today| today.left.as_ref())
                .map_or_else(String::new, |left| resume(left, now)),
            (Item::Choose, _) => "a drill, a pack, a level".to_owned(),
            (Item::Progress, Some(today)) if today.weeks > 0 => {
                let weeks = u32::try_from(today.weeks).unwrap_or(u32::MAX);
                let plural = if weeks == 1 { "" } else { "s" };
                format!("{} week{plural}", wording::number(weeks))
            }
            (Item::History, Some(today)) if today.sets > 0 => {
                wording::count(today.sets, "set", "sets")
            }
            (Item::Packs, Some(today)) => {
                let faults = match today.faulty {
                    0 => String::new(),
                    faulty => format!(", {faulty} with a fault"),
                };
                format!("{} at hand{faults}", today.packs)
            }
            (Item::Progress, _) => "week by week".to_owned(),
            (Item::History, _) => "what you did".to_owned(),
            (Item::Packs, None) => "the vignettes".to_owned(),
            (Item::Tour, _) => "how it works, in ten lines".to_owned(),
        }
    }

    /// What is due, always on as many rows, so that nothing moves when it comes.
    fn due_rows(&self, room: Room) -> Vec<Row> {
        let (label, lines) = match &self.today {
            None => ("Today", vec!["ten minutes".to_owned()]),
            Some(today) if today.is_first() => (
                "Welcome",
                vec![
                    "A client pushes back, and you reply. Then feedback, and the same \
                     again. Enter begins; 7, then Enter, tells how it works."
                        .to_owned(),
                ],
            ),
            Some(today) => {
                let mut lines = vec![today.due.clone()];
                if today.coming_back > 0 {
                    lines.push(wording::comes_back(today.coming_back));
                }
                lines.push(today.level.clone());
                ("Today", lines)
            }
        };
        let blocks: Vec<Block> = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| Block::new(if index == 0 { label } else { "" }, line).joined())
            .collect();
        let mut rows = lay(&blocks, room.width, room.marks, room.density);
        let reserved = if room.width < 57 { 4 } else { 3 };
        rows.resize_with(reserved.max(rows.len()), Row::blank);
        rows
    }
}

fn resume(left: &Left, now: Stamp) -> String {
    let draft = if left.draft { ", with your draft" } else { "" };
    let day = wording::day(left.begun, now);
    format!("{day}'s set, at {} of {}{draft}", left.at, left.of)
}

impl Layer for HomeLayer {
    fn context(&self) -> Context {
        Context::Home
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        self.news.clear();
        match action {
            Action::Enter => self.open(hands),
            Action::Back => Turn::Leave,
            Action::Choose(digit) => {
                let chosen =
                    usize::from(digit).checked_sub(1).and_then(|index| Item::ALL.get(index));
                match chosen.filter(|item| self.has(**item)) {
                    Some(item) => {
                        self.focus = *item;
                        Turn::Draw
                    }
                    None => Turn::Same,
                }
            }
            action => {
                let items = self.items();
                match table::moved(self.place(), action, items.len(), items.len()) {
                    Some(to) => {
                        self.focus = items[to];
                        Turn::Draw
                    }
                    None => Turn::Same,
                }
            }
        }
    }

    fn view(&self, room: Room, now: Stamp) -> View<'_> {
        let (above, below) = if room.density.air { (2, 3) } else { (1, 1) };
        let mut rows = vec![Row::blank(); above];
        rows.extend(self.due_rows(room));
        rows.extend(vec![Row::blank(); below]);
        let first = rows.len();
        let items: Vec<Vec<String>> = self
            .items()
            .into_iter()
            .map(|item| vec![item.name().to_owned(), self.described(item, now)])
            .collect();
        rows.extend(table::rows(&items, Some(self.place()), room.width, room.marks));
        if !self.news.is_empty() {
            rows.push(Row::blank());
            let news = Block::new("", Words::of(Role::Plain, self.news.as_str()));
            rows.extend(lay(&[news], room.width, room.marks, room.density));
        }
        View {
            heading: Heading {
                title: "rollwith".to_owned(),
                tail: format!("{}, {}", self.trainee, wording::date(now, now)),
                ..Heading::default()
            },
            rows,
            hints: hints(
                Context::Home,
                &Shown { words: &[(Action::Enter, self.enter_words())], ..Shown::default() },
            ),
            cursor: Some((first + self.place(), 0)),
            ..View::default()
        }
    }

    fn deadline(&self) -> Option<Stamp> {
        self.stale.then(|| DateTime::UNIX_EPOCH.fixed_offset())
    }

    fn wake(&mut self, hands: &mut Hands<'_>) -> Turn {
        if !self.stale {
            return Turn::Same;
        }
        self.stale = false;
        match Today::of(hands.desk, hands.now, hands.seed) {
            Ok(today) => self.today = Some(today),
            Err(why) => self.news = why.to_string(),
        }
        let waits = self.today.as_ref().and_then(|today| today.left.as_ref());
        if self.focus == Item::Begin && waits.is_some_and(|left| left.draft) {
            // What was typed goes before something new.
            self.focus = Item::Resume;
        } else if !self.has(self.focus) {
            self.focus = Item::Begin;
        }
        Turn::Draw
    }

    fn clicked(&mut self, row: usize, hands: &mut Hands<'_>) -> Turn {
        let view = self.view(hands.room, hands.now);
        let Some((at, _)) = view.cursor else { return Turn::Same };
        let first = at - self.place();
        let items = self.items();
        match row.checked_sub(first).and_then(|index| items.get(index)) {
            Some(item) if *item == self.focus => self.open(hands),
            Some(item) => {
                self.focus = *item;
                Turn::Draw
            }
            None => Turn::Same,
        }
    }

    fn uncovered(&mut self, _hands: &mut Hands<'_>) {
        self.stale = true;
    }
}

impl HomeLayer {
    const fn enter_words(&self) -> &'static str {
        match self.focus {
            Item::Begin => "begin",
            Item::Resume => "resume",
            _ => "open",
        }
    }
}
