//! Progress: a page a drill, and one for one's own judgement. Every figure carries its range.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::marks::Marks;
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Edge, Row, Words};
use super::super::widgets::scroll;
use super::super::widgets::transcript::{Block, lay};
use super::super::widgets::{chart, table};
use super::super::wrap::cells;
use super::attempts::AttemptsLayer;
use crate::driver::{Desk, DeskError};
use crate::practice::progress::{Curve, Progress, Week, wording};
use crate::practice::{Past, Stamp};

const PAGES: [&str; 4] = ["respond", "identify", "discriminate", "judgement"];

/// Cells of a range's scale at 65 cells of words, the fewest, and the most.
const SCALE: usize = 41;
const NARROWEST: usize = 21;
const WIDEST: usize = 81;
/// Cells of a count, and between the scale and it.
const COUNT: usize = 10;
const GAP: usize = 3;

/// Weeks on one screen of 24 rows.
const WEEKS: usize = 5;

/// The progress screen.
#[derive(Debug)]
pub struct ProgressLayer {
    progress: Progress,
    /// The session of every attempt.
    sessions: Vec<(Uuid, Uuid)>,
    page: usize,
    /// The week in focus, of the page's curve.
    week: usize,
    offset: usize,
    news: String,
}

impl ProgressLayer {
    /// The trainee's progress so far.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(desk: &Desk) -> Result<Self, DeskError> {
        Ok(Self::of(&desk.store().past()?))
    }

    /// The progress of past attempts.
    pub fn of(past: &[Past]) -> Self {
        let mut sessions: Vec<_> = past.iter().map(|past| (past.attempt, past.session)).collect();
        sessions.sort_unstable();
        let progress = Progress::of(past);
        let mut layer =
            Self { progress, sessions, page: 0, week: 0, offset: 0, news: String::new() };
        layer.turn_to(0);
        layer
    }

    fn turn_to(&mut self, page: usize) {
        self.page = page;
        self.week = self.curve().weeks.len().saturating_sub(1);
        self.offset = 0;
    }

    const fn curve(&self) -> &Curve {
        match self.page {
            0 => &self.progress.respond.supportive,
            1 => &self.progress.identify.right,
            2 => &self.progress.discriminate.right,
            _ => &self.progress.judgement.agrees,
        }
    }

    fn open(&mut self, hands: &Hands<'_>) -> Turn {
        let Some(week) = self.curve().weeks.get(self.week) else { return Turn::Same };
        let session_of = |attempt: &Uuid| {
            let at = self.sessions.binary_search_by_key(attempt, |(attempt, _)| *attempt).ok()?;
            Some(self.sessions[at].1)
        };
        let sessions: BTreeSet<Uuid> = week.attempts.iter().filter_map(session_of).collect();
        let tail = format!("the week of {}", monday(week));
        match AttemptsLayer::of_ids(hands.desk, tail, &sessions, &week.attempts) {
            Ok(layer) => Turn::Push(Box::new(layer)),
            Err(why) => {
                self.news = why.to_string();
                Turn::Draw
            }
        }
    }

    /// The page's rows, and the row of the week in focus.
    fn rows(&self, room: Room) -> (Vec<Row>, Option<usize>) {
        let width = room.wide_width;
        let title = match self.page {
            0 => "Supportive on the first try, by week",
            1 => "Right, by week: resistance or not, and its form",
            2 => "Chose the reply that meets the client, by week",
            _ => "Your judgement of a reply is the feedback's, by week",
        };
        let mut rows = vec![Row { label: Words::from(title), ..Row::default() }];
        if room.density.air {
            rows.push(Row::blank());
        }
        let (chart, focus) = self.chart(room);
        let focus = focus.map(|focus| focus + rows.len());
        rows.extend(chart);
        rows.push(Row::blank());
        let mut blocks = vec![Block::new("", wording::trend(self.curve()))];
        match self.page {
            0 => blocks.extend(respond(&self.progress, room.marks)),
            1 => blocks.extend(identify(&self.progress)),
            2 => blocks.push(Block::new("In all", wording::share(&self.curve().all))),
            _ => blocks.extend(judgement(&self.progress)),
        }
        let room = Room { width, ..room };
        rows.extend(lay(&blocks, room.width, room.marks, room.density));
        (rows, focus)
    }

    /// Weeks around the one in focus, and the scale.
    fn chart(&self, room: Room) -> (Vec<Row>, Option<usize>) {
        let weeks = &self.curve().weeks;
        if weeks.is_empty() {
            let none = Words::of(Role::Muted, "Nothing yet. The first set begins it.");
            return (vec![Row::words(none)], None);
        }
        let width = room.wide_width;
        let widest = if width > 80 { WIDEST } else { SCALE };
        let scale = width.saturating_sub(GAP + COUNT).clamp(NARROWEST, widest);
        let most = WEEKS + room.height.saturating_sub(20);
        let first = scroll::follow(weeks.len().saturating_sub(most), self.week, most);
        let shown = weeks.iter().enumerate().skip(first).take(most);
        let mut rows: Vec<Row> = shown
            .map(|(index, week)| week_row(week, index == self.week, scale, room.marks))
            .collect();
        rows.push(Row::words(chart::scale(scale)));
        (rows, Some(self.week - first))
    }
}

fn monday(week: &Week) -> String {
    week.monday.format("%-d %b").to_string()
}

fn week_row(week: &Week, focused: bool, scale: usize, marks: &Marks) -> Row {
    let share = week.share;
    let range = match share.range() {
        Some(range) => chart::range(
            chart::Interval { low: range.low, middle: share.value(), high: range.high },
            scale,
            marks,
        ),
        None => "too few yet".to_owned(),
    };
    let gap = (scale + GAP).saturating_sub(cells(&range));
    let words = Words::of(Role::Plain, range)
        .and(Role::Plain, " ".repeat(gap))
        .and(Role::Plain, format!("{} of {}", share.count, share.of));
    Row {
        label: Words::of(
            if focused { Role::Focus } else { Role::Plain },
            format!("{:>6}", monday(week)),
        ),
        edge: if focused { Edge::Focus } else { Edge::None },
        words,
    }
}

fn respond(progress: &Progress, marks: &Marks) -> Vec<Block> {
    let mut blocks = Vec::new();
    let criteria = &progress.respond.criteria;
    if criteria.is_empty() {
        blocks.push(Block::new("Criteria", "too few yet"));
    }
    for (index, each) in criteria.iter().enumerate() {
        let words = format!(
            "{:<13}  {}  {}",
            each.criterion.word(),
            chart::bar(each.mean / 2.0, 10, marks),
            wording::mean(each, index == 0, marks.plus_minus)
        );
        let block = Block::new(if index == 0 { "Criteria" } else { "" }, words);
        blocks.push(if index == 0 { block } else { block.joined() });
    }
    let agrees = &progress.judgement.agrees.all;
    let words = format!("agrees with the feedback in {}", wording::share(agrees));
    blocks.push(Block::new("Judgement", words));
    let met = &progress.respond.met.all;
    let words = format!("the criterion on the first try: {}", wording::share(met));
    blocks.push(Block::new("Met", words).joined());
    blocks
}

fn identify(progress: &Progress) -> Vec<Block> {
    let identify = &progress.identify;
    let counts = [
        (identify.hits, "resistance, called so"),
        (identify.misses, "resistance, missed"),
        (identify.false_alarms, "none, called resistance"),
        (identify.correct_rejections, "none, called none"),
    ];
    let mut blocks: Vec<Block> = counts
        .into_iter()
        .enumerate()
        .map(|(index, (count, words))| {
            let block =
                Block::new(if index == 0 { "Counts" } else { "" }, format!("{count:>4}  {words}"));
            if index == 0 { block } else { block.joined() }
        })
        .collect();
    blocks.push(Block::new("Form", format!("right in {}", wording::share(&identify.form))));
    let (telling, leaning) = wording::detection(identify);
    blocks.push(Block::new("Telling", telling));
    blocks.extend(leaning.map(|leaning| Block::new("Leaning", leaning).joined()));
    blocks
}

fn judgement(progress: &Progress) -> Vec<Block> {
    let judgement = &progress.judgement;
    let mut blocks = vec![Block::new("In all", wording::share(&judgement.agrees.all))];
    let kappa = judgement.kappa.map(|kappa| format!("kappa {kappa:.2}: agreement beyond chance"));
    blocks.extend(kappa.map(|kappa| Block::new("", kappa).joined()));
    for (index, each) in judgement.by_own.iter().enumerate() {
        let words = format!("{:<10}  {}", each.own.word(), wording::share(&each.agreed));
        let block = Block::new(if index == 0 { "You said" } else { "" }, words);
        blocks.push(if index == 0 { block } else { block.joined() });
    }
    let words =
        format!("{} kinder than the feedback, {} stricter", judgement.kinder, judgement.stricter);
    blocks.push(Block::new("Otherwise", words));
    let words = format!("told rightly after a reply: {}", wording::share(&judgement.resistance));
    blocks.push(Block::new("Resistance", words));
    blocks
}

impl Layer for ProgressLayer {
    fn context(&self) -> Context {
        Context::Progress
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        self.news.clear();
        match action {
            Action::Enter => return self.open(hands),
            Action::Back => return Turn::Pop,
            Action::NextPage => self.turn_to((self.page + 1) % PAGES.len()),
            Action::PreviousPage => self.turn_to((self.page + PAGES.len() - 1) % PAGES.len()),
            Action::PageDown | Action::PageUp => {
                let (rows, _) = self.rows(hands.room);
                let last = rows.len().saturating_sub(hands.room.height);
                match scroll::scrolled(self.offset, action, hands.room.height, last) {
                    Some(offset) if offset != self.offset => self.offset = offset,
                    _ => return Turn::Same,
                }
            }
            action => match table::moved(self.week, action, self.curve().weeks.len(), WEEKS) {
                Some(week) if week != self.week => (self.week, self.offset) = (week, 0),
                _ => return Turn::Same,
            },
        }
        Turn::Draw
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let (rows, focus) = self.rows(room);
        let none = self.curve().weeks.is_empty();
        View {
            heading: Heading {
                title: "Progress".to_owned(),
                steps: &PAGES,
                step: self.page,
                tail: String::new(),
            },
            rows,
            offset: self.offset,
            kept: self.news.clone(),
            hints: hints(
                Context::Progress,
                &Shown {
                    hidden: if none { &[Action::Enter, Action::Down] } else { &[] },
                    ..Shown::default()
                },
            ),
            cursor: focus.map(|focus| (focus, 0)),
            wide: true,
            ..View::default()
        }
    }
}
