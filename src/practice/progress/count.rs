//! Which attempts count as learning.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::practice::mastery::Standing;
use crate::practice::past::Past;
use crate::practice::record::Drill;

use super::NEW_AGAIN;
use crate::rubric::Verdict;

/// A first try that counts.
pub(super) struct Counted<'a> {
    /// The attempt.
    pub(super) past: &'a Past,
}

/// The first tries at statements new in their drill that came to a yes or a no.
pub(super) fn counted(past: &[Past]) -> Vec<Counted<'_>> {
    let mut last_met: HashMap<(&str, &str, Drill), NaiveDate> = HashMap::new();
    let mut counted = Vec::new();
    for each in past {
        let on = each.at.date_naive();
        let key = (each.pack.as_str(), each.vignette.as_str(), each.drill);
        let before = last_met.insert(key, on);
        let new = before.is_none_or(|before| (on - before).num_days() >= NEW_AGAIN);
        if each.try_number == 1 && new && !each.copied && counts(each) {
            counted.push(Counted { past: each });
        }
    }
    counted
}

/// Whether an attempt came to a yes or a no.
pub(super) const fn counts(past: &Past) -> bool {
    matches!(past.standing, Standing::Met | Standing::SelfMet | Standing::Missed)
}

/// Whether a reply that counts was supportive: by the score, or by one's own call where the scorer
/// was not sure.
pub(super) fn is_supportive(past: &Past) -> bool {
    match past.standing {
        Standing::SelfMet => true,
        _ => past.verdict == Some(Verdict::Supportive) && !past.abstained,
    }
}
