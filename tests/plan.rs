//! What a set holds: the mix, what comes back, and what is drawn first.

mod common;

use chrono::TimeDelta;
use common::bench::Bench;
use common::shelf::{request, shelf, start};
use rollwith::pack::Framing;
use rollwith::practice::plan::{self, Available, Known, Request};
use rollwith::practice::{Amount, Drill, Item, Mix, Past, Standing, Step};
use uuid::Uuid;

fn respond(count: u32) -> Request {
    request(Mix::Only(Drill::Respond), Amount::Count(count))
}

fn planned(request: &Request, known: &Known, seed: u64) -> Vec<Item> {
    let today = start(request, seed).at.date_naive();
    plan::plan(request, known, &shelf(), today, seed).expect("a plan").items
}

/// A first try at a statement, so many days ago.
fn past(of: &Available, days: i64, standing: Standing) -> Past {
    Past {
        attempt: Uuid::now_v7(),
        session: Uuid::nil(),
        at: start(&respond(1), 0).at - TimeDelta::days(days),
        ordinal: 1,
        try_number: 1,
        drill: Drill::Respond,
        framing: Framing::Direction,
        pack: of.reference.pack.clone(),
        vignette: of.reference.id.clone(),
        level: of.vignette.level,
        nature: of.vignette.resistance.nature,
        standing,
        verdict: None,
        abstained: false,
        criteria: None,
        judged_stance: None,
        judged_resistance: None,
        copied: false,
    }
}

/// Whether the first statement of resistance comes back today, after tries so many days ago.
fn comes_back(tries: &[(i64, u8, Standing)]) -> bool {
    let shelf = shelf();
    let past = tries
        .iter()
        .map(|(days, number, standing)| Past {
            try_number: *number,
            ..past(&shelf[0], *days, *standing)
        })
        .collect();
    let known = Known { past, ..Known::default() };
    planned(&respond(24), &known, 1)
        .iter()
        .any(|item| item.planned.comes_back && item.planned.vignette.id == shelf[0].reference.id)
}

#[test]
fn what_was_missed_comes_back_on_another_day_once() {
    use Standing::{Disputed, Met, Missed, Unsure};
    assert!(comes_back(&[(1, 1, Missed)]));
    assert!(!comes_back(&[(0, 1, Missed)]), "on another day");
    assert!(comes_back(&[(1, 1, Missed), (1, 1, Missed)]), "twice on one day is not back yet");
    assert!(!comes_back(&[(3, 1, Missed), (1, 1, Missed)]), "once");
    assert!(!comes_back(&[(3, 1, Missed), (1, 1, Met)]));
    assert!(comes_back(&[(90, 1, Met), (1, 1, Missed)]), "a later miss brings it back too");
    assert!(comes_back(&[(99, 1, Missed), (98, 1, Missed), (1, 1, Missed)]));
    assert!(comes_back(&[(3, 1, Missed), (1, 1, Disputed)]), "what is disputed comes back");
    assert!(comes_back(&[(1, 1, Unsure), (1, 2, Disputed)]), "on a later try too");
    assert!(!comes_back(&[(1, 1, Unsure), (1, 2, Missed)]));
}

#[test]
fn one_in_four_stays_one_in_four_when_misses_come_back_and_the_others_were_all_seen() {
    let shelf = shelf();
    let none = shelf.iter().filter(|each| !each.vignette.resistance.nature.is_resistance());
    let seen = none.map(|each| past(each, 2, Standing::NotAsked));
    let resistance = shelf.iter().filter(|each| each.vignette.resistance.nature.is_resistance());
    let missed = resistance.take(6).map(|each| past(each, 2, Standing::Missed));
    for past in
        [seen.clone().collect::<Vec<_>>(), missed.clone().collect(), seen.chain(missed).collect()]
    {
        let responded = past.len();
        // From the start of a block of four.
        let known = Known { past, ..Known::default() };
        let items = planned(&respond(12), &known, 5);
        let none = items.iter().filter(|item| !item.nature().is_resistance()).count();
        assert!((2..=4).contains(&none), "{none} of 12 after {responded}");
    }
}

#[test]
fn about_one_reply_in_four_is_to_no_resistance_and_foils_are_only_identified() {
    let (mut none, mut all) = (0, 0);
    for seed in 0..20 {
        for item in planned(&respond(8), &Known::default(), seed) {
            assert_eq!(item.planned.framing, Framing::Direction);
            all += 1;
            none += usize::from(!item.nature().is_resistance());
        }
    }
    assert_eq!(none * 4, all, "one in each block of four");
    let identify = request(Mix::Only(Drill::Identify), Amount::Count(20));
    let items = planned(&identify, &Known::default(), 3);
    assert!(items.iter().any(|item| item.planned.framing == Framing::Foil));
    assert!(items.iter().any(|item| item.nature().is_resistance()));
}

#[test]
fn a_minute_too_short_for_a_reply_still_holds_one() {
    let minute = request(Mix::Only(Drill::Respond), Amount::Minutes(1));
    let bench = Bench::new(&minute, 1);
    assert_eq!(bench.session.step(), &Step::Notice { feeling: None });
    let today = start(&minute, 1).at.date_naive();
    let plan = plan::plan(&minute, &Known::default(), &shelf(), today, 1).expect("a plan");
    assert_eq!(plan::forecast(&plan, minute.amount).get(&Drill::Respond), Some(&1));
}
