//! What is due, from past attempts: statements that come back once, and kinds of moment that are
//! spaced (DESIGN.md, the practice core).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::pack::{Level, Nature};

use super::mastery::Standing;
use super::pace::Medians;
use super::past::Past;
use super::record::Drill;

/// Days until a kind of moment is due again after so many first tries in a row that met the
/// criterion; a miss starts over.
pub const SPACING: [i64; 5] = [1, 3, 7, 16, 35];

/// First tries, by statement and by kind of moment.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    statements: BTreeMap<(String, String, Drill), Vec<FirstTry>>,
    kinds: BTreeMap<(Drill, Nature, Level), Kind>,
}

#[derive(Clone, Copy, Debug)]
struct FirstTry {
    on: NaiveDate,
    missed: bool,
    disputed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Kind {
    last: NaiveDate,
    met_in_a_row: usize,
}

/// Reads past attempts, oldest first.
pub fn seen(past: &[Past]) -> Seen {
    let mut seen = Seen::default();
    for each in past {
        let on = each.at.date_naive();
        let disputed = each.standing == Standing::Disputed;
        // Of later tries only what is disputed has a say.
        if each.try_number > 1 && !disputed {
            continue;
        }
        seen.statements
            .entry((each.pack.clone(), each.vignette.clone(), each.drill))
            .or_default()
            .push(FirstTry { on, missed: each.standing == Standing::Missed, disputed });
        if each.try_number > 1 {
            continue;
        }
        let kind = seen
            .kinds
            .entry((each.drill, each.nature, each.level))
            .or_insert(Kind { last: on, met_in_a_row: 0 });
        kind.last = kind.last.max(on);
        match each.standing {
            Standing::Met | Standing::SelfMet => kind.met_in_a_row += 1,
            Standing::Missed => kind.met_in_a_row = 0,
            _ => {}
        }
    }
    seen
}

impl Seen {
    /// When a statement was last met in a drill.
    pub fn last(&self, pack: &str, vignette: &str, drill: Drill) -> Option<NaiveDate> {
        let tries = self.statements.get(&(pack.to_owned(), vignette.to_owned(), drill))?;
        tries.iter().map(|each| each.on).max()
    }

    /// Whether a statement comes back today: missed or disputed on another day, and not back since.
    pub fn comes_back(&self, pack: &str, vignette: &str, drill: Drill, today: NaiveDate) -> bool {
        let key = (pack.to_owned(), vignette.to_owned(), drill);
        self.statements.get(&key).is_some_and(|tries| returns(tries, today))
    }

    /// Whether a kind of moment is due: never met, or met long enough ago.
    pub fn kind_due(&self, drill: Drill, nature: Nature, level: Level, today: NaiveDate) -> bool {
        self.kinds.get(&(drill, nature, level)).is_none_or(|kind| {
            let step = kind.met_in_a_row.saturating_sub(1).min(SPACING.len() - 1);
            (today - kind.last).num_days() >= SPACING[step]
        })
    }
}

/// Whether a statement comes back, from its tries. A miss brings it back on another day, once: the
/// day on which it is back owes nothing more, unless what it came to is disputed.
fn returns(tries: &[FirstTry], today: NaiveDate) -> bool {
    let days: BTreeSet<NaiveDate> = tries.iter().map(|each| each.on).collect();
    let owed = days.iter().fold(false, |is_back, day| {
        let mut on_it = tries.iter().filter(|each| each.on == *day);
        on_it.any(|each| each.disputed || (each.missed && !is_back))
    });
    owed && days.last().is_some_and(|last| *last < today)
}

/// Fewest items of a drill before a trainee's own median replaces the default.
const ENOUGH: usize = 5;

/// How many of the latest items a median is taken over.
const LATEST: usize = 20;

/// A gap longer than this, in seconds, was no item's time.
const AWAY: i64 = 600;

/// What an item of each drill takes this trainee: the median time from the end of the item before
/// to its own last try, over the latest twenty of a drill, kept within sensible bounds; the
/// defaults until there are five.
pub fn medians(past: &[Past]) -> Medians {
    let mut times: BTreeMap<Drill, Vec<i64>> = BTreeMap::new();
    let mut last_of_items: Vec<&Past> = Vec::new();
    for each in past {
        match last_of_items.last_mut() {
            Some(last) if last.session == each.session && last.ordinal == each.ordinal => {
                *last = each;
            }
            _ => last_of_items.push(each),
        }
    }
    for pair in last_of_items.windows(2) {
        let seconds = (pair[1].at - pair[0].at).num_seconds();
        if pair[0].session == pair[1].session && (1..AWAY).contains(&seconds) {
            times.entry(pair[1].drill).or_default().push(seconds);
        }
    }
    let default = Medians::default();
    let median = |drill: Drill, least: u32, most: u32| {
        let latest =
            times.get(&drill).map_or(&[][..], |all| &all[all.len().saturating_sub(LATEST)..]);
        if latest.len() < ENOUGH {
            return default.of(drill);
        }
        let mut latest = latest.to_vec();
        latest.sort_unstable();
        (latest[latest.len() / 2] as u32).clamp(least, most)
    };
    Medians {
        respond: median(Drill::Respond, 60, 300),
        identify: median(Drill::Identify, 10, 60),
        discriminate: median(Drill::Discriminate, 10, 90),
    }
}
