//! What practice comes to, from past attempts alone: shares by week with their 95% ranges.
//!
//! What counts as learning is the first try at a statement not met before in that drill, or not for
//! 60 days (RUBRIC.md, the practice loop). Copies count in no curve; what is disputed, or not sure
//! and not called met by the trainee, counts neither way.

mod count;
pub mod wording;

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use super::past::Past;
use super::record::Drill;
use crate::rubric::{Criterion, Verdict};
use crate::stats::{Detection, Interval, Rates, cohen_kappa, mean_and_half_width, wilson};

use self::count::{Counted, counted};

/// A statement that was not met for so many days counts as new again (RUBRIC.md).
pub(super) const NEW_AGAIN: i64 = 60;

/// Fewest tries of which a share is drawn with its range.
pub const ENOUGH: u64 = 5;

/// The criteria's means are over so many of the latest first tries.
const LATEST: usize = 50;

/// So many of so many, with the 95% range of the share (Wilson, 1927).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Low end of the range, 0 to 1; none under five tries.
    pub low: Option<f64>,
    /// High end of the range, 0 to 1; none under five tries.
    pub high: Option<f64>,
}

impl Share {
    /// A share of counts.
    pub fn new(count: u64, of: u64) -> Self {
        let range = wilson(count, of).filter(|_| of >= ENOUGH);
        Self { count, of, low: range.map(|range| range.low), high: range.map(|range| range.high) }
    }

    fn of_all(all: impl IntoIterator<Item = bool>) -> Self {
        let (count, of) =
            all.into_iter().fold((0, 0), |(count, of), yes| (count + u64::from(yes), of + 1));
        Self::new(count, of)
    }

    /// The share itself, 0 to 1; 0 of none is 0.
    pub fn value(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.count as f64 / self.of as f64 }
    }

    /// The range; none under five tries.
    pub fn range(&self) -> Option<Interval> {
        Some(Interval { low: self.low?, high: self.high? })
    }
}

/// One week of a curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// What came of it.
    pub share: Share,
    /// The attempts that count.
    #[serde(skip)]
    pub attempts: Vec<Uuid>,
}

impl Week {
    /// The Monday after.
    pub fn end(&self) -> NaiveDate {
        self.monday.checked_add_days(Days::new(7)).unwrap_or(self.monday)
    }
}

/// How the last week with enough tries stands to the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// There are no two weeks with enough tries.
    TooFew,
    /// Their ranges overlap.
    TooEarly,
    /// The last range lies above the first.
    Rise,
    /// The last range lies below the first.
    Fall,
}

/// Shares by week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// The weeks with tries, the earliest first.
    pub weeks: Vec<Week>,
    /// All of them together.
    pub all: Share,
    /// What may be said of them.
    pub trend: Trend,
}

impl Curve {
    fn new(tries: &[(NaiveDate, Uuid, bool)]) -> Self {
        let mut weeks: Vec<(NaiveDate, Vec<(Uuid, bool)>)> = Vec::new();
        for (on, attempt, yes) in tries {
            let monday = monday_of(*on);
            let at = match weeks.binary_search_by_key(&monday, |week| week.0) {
                Ok(at) => at,
                Err(at) => {
                    weeks.insert(at, (monday, Vec::new()));
                    at
                }
            };
            weeks[at].1.push((*attempt, *yes));
        }
        let weeks: Vec<Week> = weeks
            .into_iter()
            .map(|(monday, tries)| Week {
                monday,
                share: Share::of_all(tries.iter().map(|(_, yes)| *yes)),
                attempts: tries.into_iter().map(|(attempt, _)| attempt).collect(),
            })
            .collect();
        Self {
            trend: trend(&weeks),
            all: Share::of_all(tries.iter().map(|(_, _, yes)| *yes)),
            weeks,
        }
    }
}

fn trend(weeks: &[Week]) -> Trend {
    let mut enough = weeks.iter().filter_map(|week| week.share.range());
    let (Some(first), Some(last)) = (enough.next(), enough.next_back()) else {
        return Trend::TooFew;
    };
    if first.overlaps(&last) {
        Trend::TooEarly
    } else if last.low > first.high {
        Trend::Rise
    } else {
        Trend::Fall
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

/// The mean of one criterion over the latest first tries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CriterionMean {
    /// Which one.
    pub criterion: Criterion,
    /// 0 to 2.
    pub mean: f64,
    /// Half the width of its 95% interval; none of a single try.
    pub half_width: Option<f64>,
    /// Over how many tries.
    pub tries: usize,
    /// Whether it is lower than every other.
    pub lowest: bool,
}

/// Replies in one's own words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Respond {
    /// Supportive on the first try.
    pub supportive: Curve,
    /// Met the mastery criterion on the first try.
    pub met: Curve,
    /// The criteria on first tries; none under five.
    pub criteria: Vec<CriterionMean>,
}

/// Telling resistance from what is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identify {
    /// Right in every respect.
    pub right: Curve,
    /// Resistance called resistance.
    pub hits: u64,
    /// Resistance called none.
    pub misses: u64,
    /// None called resistance.
    pub false_alarms: u64,
    /// None called none.
    pub correct_rejections: u64,
    /// Of the hits, those whose form was right.
    pub form: Share,
    /// Sensitivity, d'; none until there are five moments of each kind.
    pub d_prime: Option<f64>,
    /// Bias, c: below 0 leans to calling resistance, above 0 to calling none.
    pub criterion_c: Option<f64>,
}

/// Choosing between replies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discriminate {
    /// The appropriate reply chosen.
    pub right: Curve,
}

/// How often one's own verdict was each of three, and the feedback's was the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// One's own verdict.
    pub own: Verdict,
    /// Where the feedback said the same.
    pub agreed: Share,
}

/// Judging oneself before the feedback.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// One's own verdict is the feedback's, on every try.
    pub agrees: Curve,
    /// Cohen's kappa of the same; none until there are five.
    pub kappa: Option<f64>,
    /// By one's own verdict.
    pub by_own: Vec<Judged>,
    /// Kinder to oneself than the feedback.
    pub kinder: u64,
    /// Stricter than the feedback.
    pub stricter: u64,
    /// After a reply: whether it was resistance, told rightly.
    pub resistance: Share,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Replies in one's own words.
    pub respond: Respond,
    /// Telling resistance from what is none.
    pub identify: Identify,
    /// Choosing between replies.
    pub discriminate: Discriminate,
    /// Judging oneself.
    pub judgement: Judgement,
}

impl Progress {
    /// What past attempts, the earliest first, come to.
    pub fn of(past: &[Past]) -> Self {
        let counted = counted(past);
        Self {
            respond: respond(&counted),
            identify: identify(&counted),
            discriminate: Discriminate {
                right: Curve::new(&tries(&counted, Drill::Discriminate, |past| {
                    past.standing.is_met()
                })),
            },
            judgement: judgement(past),
        }
    }
}

fn tries(
    counted: &[Counted<'_>],
    drill: Drill,
    yes: impl Fn(&Past) -> bool,
) -> Vec<(NaiveDate, Uuid, bool)> {
    counted
        .iter()
        .map(|each| each.past)
        .filter(|past| past.drill == drill)
        .map(|past| (past.at.date_naive(), past.attempt, yes(past)))
        .collect()
}

fn respond(counted: &[Counted<'_>]) -> Respond {
    Respond {
        supportive: Curve::new(&tries(counted, Drill::Respond, count::is_supportive)),
        met: Curve::new(&tries(counted, Drill::Respond, |past| past.standing.is_met())),
        criteria: criteria(counted),
    }
}

fn criteria(counted: &[Counted<'_>]) -> Vec<CriterionMean> {
    let mut latest: Vec<_> = counted
        .iter()
        .rev()
        .filter(|each| each.past.drill == Drill::Respond && !each.past.abstained)
        .filter_map(|each| each.past.criteria)
        .take(LATEST)
        .collect();
    latest.reverse();
    if (latest.len() as u64) < ENOUGH {
        return Vec::new();
    }
    let mut means: Vec<CriterionMean> = Criterion::ALL
        .into_iter()
        .filter_map(|criterion| {
            let points: Vec<f64> =
                latest.iter().map(|each| f64::from(each.of(criterion))).collect();
            let (mean, half_width) = mean_and_half_width(&points)?;
            Some(CriterionMean { criterion, mean, half_width, tries: points.len(), lowest: false })
        })
        .collect();
    let least = means.iter().map(|each| each.mean).fold(f64::INFINITY, f64::min);
    let mut lowest = means.iter_mut().filter(|each| each.mean <= least);
    if let (Some(only), None) = (lowest.next(), lowest.next()) {
        only.lowest = true;
    }
    means
}

fn identify(counted: &[Counted<'_>]) -> Identify {
    let mut detection = Detection::default();
    let mut forms = Vec::new();
    for past in counted.iter().map(|each| each.past).filter(|past| past.drill == Drill::Identify) {
        if let Some(called) = past.judged_resistance {
            let is = past.nature.is_resistance();
            detection.add(is, called);
            if is && called {
                forms.push(past.standing.is_met());
            }
        }
    }
    let enough = detection.hits + detection.misses >= ENOUGH
        && detection.false_alarms + detection.correct_rejections >= ENOUGH;
    let rates: Option<Rates> = detection.rates().filter(|_| enough);
    Identify {
        right: Curve::new(&tries(counted, Drill::Identify, |past| past.standing.is_met())),
        hits: detection.hits,
        misses: detection.misses,
        false_alarms: detection.false_alarms,
        correct_rejections: detection.correct_rejections,
        form: Share::of_all(forms),
        d_prime: rates.map(|rates| rates.d_prime),
        criterion_c: rates.map(|rates| rates.criterion),
    }
}

fn judgement(past: &[Past]) -> Judgement {
    let judged: Vec<(&Past, Verdict, Verdict)> = past
        .iter()
        .filter(|past| past.drill == Drill::Respond && !past.abstained && count::counts(past))
        .filter_map(|past| Some((past, past.judged_stance?, past.verdict?)))
        .collect();
    let by_week: Vec<_> = judged
        .iter()
        .map(|(past, own, theirs)| (past.at.date_naive(), past.attempt, own == theirs))
        .collect();
    let pairs: Vec<(Verdict, Verdict)> =
        judged.iter().map(|(_, own, theirs)| (*own, *theirs)).collect();
    let by_own = [Verdict::Supportive, Verdict::Mixed, Verdict::Directive]
        .into_iter()
        .map(|own| Judged {
            own,
            agreed: Share::of_all(
                pairs.iter().filter(|pair| pair.0 == own).map(|pair| pair.0 == pair.1),
            ),
        })
        .collect();
    let counted = |wanted: fn(&(Verdict, Verdict)) -> bool| {
        pairs.iter().filter(|pair| wanted(pair)).count() as u64
    };
    Judgement {
        kappa: cohen_kappa(&pairs).filter(|_| pairs.len() as u64 >= ENOUGH),
        agrees: Curve::new(&by_week),
        by_own,
        kinder: counted(|(own, theirs)| own < theirs),
        stricter: counted(|(own, theirs)| own > theirs),
        resistance: Share::of_all(
            past.iter()
                .filter(|past| past.drill == Drill::Respond)
                .filter_map(|past| Some(past.judged_resistance? == past.nature.is_resistance())),
        ),
    }
}

#[cfg(test)]
mod tests;
