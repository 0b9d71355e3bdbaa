//! What a set holds: a pure function of what was asked for, what is known of the trainee, the
//! vignettes at hand, today, and a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::pack::{Framing, Level, Nature, Vignette};

use super::due::{self, Seen};
use super::item::{Example, Item};
use super::pace::{self, Medians};
use super::past::Past;
use super::progress::NEW_AGAIN;
use super::record::{Amount, Drill, Mix, NextSet, PlannedItem, VignetteRef};
use super::shuffle::Shuffle;

/// A vignette that may be practised: assessment forms never are.
#[derive(Clone, Debug)]
pub struct Available {
    /// Which one, exactly.
    pub reference: VignetteRef,
    /// The vignette.
    pub vignette: Arc<Vignette>,
    /// Whether the scorer knows its pack's language.
    pub scored: bool,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which drills.
    pub mix: Mix,
    /// Which packs; empty is all of them.
    pub packs: Vec<String>,
    /// Which level; none leaves it to the reaction form.
    pub level: Option<Level>,
    /// How long.
    pub amount: Amount,
    /// One vignette by its id, or `pack/id`.
    pub vignette: Option<String>,
    /// Topics left out this once.
    pub without_topics: Vec<String>,
}

impl Request {
    /// A day's practice: ten minutes of everything.
    pub const fn today() -> Self {
        Self {
            mix: Mix::Mixed,
            packs: Vec::new(),
            level: None,
            amount: Amount::Minutes(10),
            vignette: None,
            without_topics: Vec::new(),
        }
    }
}

/// What is known of the trainee.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// All past attempts, oldest first.
    pub past: Vec<Past>,
    /// Topics left out for good.
    pub left_out: Vec<String>,
    /// Vignettes skipped, as (pack, id): they do not come back.
    pub skipped: Vec<(String, String)>,
    /// The last reaction form: the level it was about, and the choice.
    pub reaction: Option<(Level, NextSet)>,
}

/// A set, planned.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In order. Where minutes are to be filled there are more than fit, and the session's clock
    /// decides.
    pub items: Vec<Item>,
    /// The level that was drawn from.
    pub level: Level,
    /// What each drill takes this trainee.
    pub medians: Medians,
}

/// Why there is nothing to practise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No vignette of that id.
    #[error("there is no vignette {0:?}; `rollwith pack show` lists them")]
    NoSuchVignette(String),
    /// The vignette cannot be practised in that drill.
    #[error("{0} can only be talked through: use --drill respond")]
    OnlyRespond(String),
    /// Nothing is left after the filters.
    #[error("nothing is left to practise with these packs, level and topics; widen one of them")]
    Nothing,
}

/// The level of the next set: asked for, else what the last reaction form came to, else beginner.
pub fn level(request: &Request, known: &Known) -> Level {
    request.level.unwrap_or_else(|| match known.reaction {
        Some((level, NextSet::Harder)) => level.harder(),
        Some((level, NextSet::Easier)) => level.easier(),
        Some((level, NextSet::Stay | NextSet::Stop)) => level,
        None => Level::Beginner,
    })
}

/// The day's order of drills, gone through again while minutes are left: something short first,
/// then replies with identifying and choosing between them (RUBRIC.md: two or three to respond to,
/// four to identify, one to discriminate).
const MIXED: [Drill; 8] = [
    Drill::Identify,
    Drill::Respond,
    Drill::Identify,
    Drill::Discriminate,
    Drill::Respond,
    Drill::Identify,
    Drill::Respond,
    Drill::Identify,
];

/// Plans a set.
///
/// # Errors
/// When nothing is left to practise, or the vignette asked for does not exist or fit the drill.
pub fn plan(
    request: &Request,
    known: &Known,
    shelf: &[Available],
    today: NaiveDate,
    seed: u64,
) -> Result<Plan, PlanError> {
    let level = level(request, known);
    let medians = due::medians(&known.past);
    if let Some(id) = &request.vignette {
        let item = one(request, id, shelf, seed)?;
        return Ok(Plan { level: item.vignette.level, items: vec![item], medians });
    }
    let open = open(request, known, shelf);
    let mut planner = Planner {
        level,
        today,
        seed,
        seen: due::seen(&known.past),
        responded: responded_statements(&known.past),
        order: shuffled(&open, seed),
        used: BTreeSet::new(),
        last_topic: None,
        came_back: BTreeSet::new(),
    };
    let items = planner.fill(request, medians);
    if items.is_empty() {
        return Err(PlanError::Nothing);
    }
    let items = with_examples(items, &open, seed);
    Ok(Plan { items, level, medians })
}

/// What of a plan fits its minutes by the medians: the first item in any case.
pub fn fitting(plan: &Plan, amount: Amount) -> Vec<&Item> {
    let mut spent = 0;
    let mut fits = Vec::new();
    for item in &plan.items {
        if fits.is_empty() || pace::starts(amount, spent, item.drill(), plan.medians) {
            spent += plan.medians.of(item.drill());
            fits.push(item);
        }
    }
    fits
}

/// How many of each drill fit.
pub fn forecast(plan: &Plan, amount: Amount) -> BTreeMap<Drill, usize> {
    let mut fits = BTreeMap::new();
    for item in fitting(plan, amount) {
        *fits.entry(item.drill()).or_default() += 1;
    }
    fits
}

fn one(request: &Request, id: &str, shelf: &[Available], seed: u64) -> Result<Item, PlanError> {
    let found = shelf
        .iter()
        .find(|each| {
            each.reference.id == id
                || format!("{}/{}", each.reference.pack, each.reference.id) == id
        })
        .ok_or_else(|| PlanError::NoSuchVignette(id.to_owned()))?;
    let drill = match request.mix {
        Mix::Only(drill) => drill,
        Mix::Mixed => Drill::Respond,
    };
    if found.vignette.duty && drill != Drill::Respond {
        return Err(PlanError::OnlyRespond(id.to_owned()));
    }
    let all: Vec<&Available> = shelf.iter().collect();
    let item = item_of(found, drill, Framing::Direction, false);
    Ok(with_examples(vec![item], &all, seed).remove(0))
}

fn open<'a>(request: &Request, known: &Known, shelf: &'a [Available]) -> Vec<&'a Available> {
    shelf
        .iter()
        .filter(|each| {
            let reference = &each.reference;
            let skipped = known
                .skipped
                .iter()
                .any(|(pack, id)| *pack == reference.pack && *id == reference.id);
            let left_out = each.vignette.topics.iter().any(|topic| {
                known.left_out.contains(topic) || request.without_topics.contains(topic)
            });
            let other_pack = !request.packs.is_empty() && !request.packs.contains(&reference.pack);
            !skipped && !left_out && !other_pack
        })
        .collect()
}

fn shuffled<'a>(open: &[&'a Available], seed: u64) -> Vec<&'a Available> {
    let mut order = open.to_vec();
    order.sort_by(|a, b| {
        (&a.reference.pack, &a.reference.id).cmp(&(&b.reference.pack, &b.reference.id))
    });
    Shuffle::new(seed, "plan").shuffle(&mut order);
    order
}

fn responded_statements(past: &[Past]) -> usize {
    past.iter().filter(|each| each.drill == Drill::Respond && each.try_number == 1).count()
}

fn item_of(from: &Available, drill: Drill, framing: Framing, comes_back: bool) -> Item {
    Item {
        planned: PlannedItem { drill, framing, vignette: from.reference.clone(), comes_back },
        vignette: Arc::clone(&from.vignette),
        scored: from.scored,
        example: None,
        earlier: Vec::new(),
    }
}

/// Gives each reply to resistance a model reply to another statement, one that the plan does not
/// hold while there is one, at the nearest level.
pub fn with_examples(mut items: Vec<Item>, open: &[&Available], seed: u64) -> Vec<Item> {
    let planned: BTreeSet<String> =
        items.iter().map(|item| item.planned.vignette.hash.clone()).collect();
    for item in &mut items {
        if item.drill() != Drill::Respond || !item.nature().is_resistance() || item.vignette.duty {
            continue;
        }
        let mut others: Vec<&&Available> = open
            .iter()
            .filter(|other| {
                other.vignette.resistance.nature.is_resistance()
                    && !other.vignette.duty
                    && other.reference.hash != item.planned.vignette.hash
            })
            .collect();
        Shuffle::new(seed, &item.planned.vignette.hash).shuffle(&mut others);
        item.example = others
            .into_iter()
            .min_by_key(|other| {
                let distance = (other.vignette.level as i8 - item.vignette.level as i8).abs();
                (planned.contains(&other.reference.hash), distance)
            })
            .and_then(|other| {
                let reply = other.vignette.replies.iter().position(|reply| reply.model)?;
                Some(Example { vignette: Arc::clone(&other.vignette), reply })
            });
    }
    items
}

struct Planner<'a> {
    level: Level,
    today: NaiveDate,
    seed: u64,
    seen: Seen,
    responded: usize,
    order: Vec<&'a Available>,
    used: BTreeSet<&'a str>,
    last_topic: Option<&'a str>,
    came_back: BTreeSet<Drill>,
}

impl Planner<'_> {
    fn fill(&mut self, request: &Request, medians: Medians) -> Vec<Item> {
        let most = match request.amount {
            Amount::Count(count) => count as usize,
            // Someone quick may need three times what the medians say.
            Amount::Minutes(minutes) => (minutes * 60 / medians.identify.max(1)) as usize * 3,
        };
        let order: Vec<Drill> = match request.mix {
            Mix::Mixed => MIXED.to_vec(),
            Mix::Only(drill) => vec![drill],
        };
        let mut items = Vec::new();
        let mut missed_in_a_row = 0;
        for drill in order.iter().copied().cycle() {
            if items.len() >= most || missed_in_a_row >= order.len() {
                break;
            }
            match self.next(drill) {
                Some(item) => {
                    missed_in_a_row = 0;
                    items.push(item);
                }
                None => missed_in_a_row += 1,
            }
        }
        items
    }

    fn next(&mut self, drill: Drill) -> Option<Item> {
        let wanted = self.wanted_nature(drill);
        let best = self
            .order
            .iter()
            .copied()
            .filter(|each| !self.used.contains(each.reference.hash.as_str()))
            .filter(|each| drill == Drill::Respond || !each.vignette.duty)
            .min_by_key(|each| self.rank(drill, wanted, each))?;
        self.used.insert(best.reference.hash.as_str());
        self.last_topic = best.vignette.topics.first().map(String::as_str);
        if drill == Drill::Respond {
            self.responded += 1;
        }
        let comes_back = self.comes_back(drill, best);
        if comes_back {
            self.came_back.insert(drill);
        } else {
            self.came_back.remove(&drill);
        }
        let framing = match drill {
            Drill::Identify => self.framing(best),
            Drill::Respond | Drill::Discriminate => Framing::Direction,
        };
        Some(item_of(best, drill, framing, comes_back))
    }

    fn comes_back(&self, drill: Drill, each: &Available) -> bool {
        self.seen.comes_back(&each.reference.pack, &each.reference.id, drill, self.today)
    }

    /// The lower, the sooner. What was missed comes back first, unless its place is one for the
    /// other side; then resistance or none, as the place wants it (an unseen statement must not
    /// cost the mix), statements not seen in this drill, the kind of none, the level, for identify
    /// and discriminate statements already responded to, kinds of moment that are due, and topics
    /// in turn; what was seen comes in the order in which it was seen.
    fn rank(&self, drill: Drill, wanted: Wanted, each: &Available) -> Rank {
        let (pack, id) = (&each.reference.pack, &each.reference.id);
        let nature = each.vignette.resistance.nature;
        let last = self.seen.last(pack, id, drill);
        let responded = self.seen.last(pack, id, Drill::Respond).is_some();
        let distance = (each.vignette.level as i8 - self.level as i8).unsigned_abs();
        Rank {
            // Every other one, so that there is always something new.
            not_due_back: self.came_back.contains(&drill)
                || !self.comes_back(drill, each)
                || !wanted.side_fits(nature),
            wrong_side: !wanted.side_fits(nature),
            seen_lately: last.is_some_and(|last| (self.today - last).num_days() < NEW_AGAIN),
            wrong_kind: !wanted.fits(nature),
            distance,
            not_responded: drill != Drill::Respond && !responded,
            kind_not_due: !self.seen.kind_due(drill, nature, each.vignette.level, self.today),
            same_topic: self
                .last_topic
                .is_some_and(|topic| each.vignette.topics.iter().any(|each| each == topic)),
            last,
        }
    }

    /// About one reply in four is to a moment that is no resistance, at a place in each block of
    /// four that does not depend on the set; the two kinds take turns (RUBRIC.md).
    fn wanted_nature(&self, drill: Drill) -> Wanted {
        if drill == Drill::Identify {
            return Wanted::Any;
        }
        let place = match drill {
            Drill::Respond => self.responded,
            _ => self.used.len(),
        };
        let (block, within) = (place / 4, place % 4);
        let none_at = Shuffle::new(4, &format!("{} {block}", drill.word())).below(4);
        match (within == none_at, block % 2) {
            (false, _) => Wanted::Resistance,
            (true, 0) => Wanted::Exactly(Nature::Ambivalent),
            (true, _) => Wanted::Exactly(Nature::Follows),
        }
    }

    /// Under the direction or the foil, by a coin of the seed's.
    fn framing(&self, each: &Available) -> Framing {
        let coin = Shuffle::new(self.seed, &format!("framing {}", each.reference.hash)).below(2);
        if coin == 0 { Framing::Direction } else { Framing::Foil }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Resistance,
    Exactly(Nature),
}

impl Wanted {
    fn fits(self, nature: Nature) -> bool {
        match self {
            Self::Any => true,
            Self::Resistance => nature.is_resistance(),
            Self::Exactly(wanted) => nature == wanted,
        }
    }

    fn side_fits(self, nature: Nature) -> bool {
        match self {
            Self::Any => true,
            Self::Resistance => nature.is_resistance(),
            Self::Exactly(wanted) => nature.is_resistance() == wanted.is_resistance(),
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    not_due_back: bool,
    wrong_side: bool,
    seen_lately: bool,
    wrong_kind: bool,
    distance: u8,
    not_responded: bool,
    kind_not_due: bool,
    same_topic: bool,
    last: Option<NaiveDate>,
}
