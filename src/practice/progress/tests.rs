use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::{Progress, Share, Trend};
use crate::pack::{Form, Framing, Level, Nature};
use crate::practice::{Drill, Past, Stamp, Standing};
use crate::rubric::{Criteria, Verdict};

/// A Tuesday.
fn start() -> Stamp {
    DateTime::parse_from_rfc3339("2026-04-14T18:40:00+02:00").unwrap()
}

fn reply(number: u32, days: i64, standing: Standing, verdict: Verdict) -> Past {
    Past {
        attempt: Uuid::from_u128(u128::from(number)),
        session: Uuid::from_u128(1),
        at: start() + TimeDelta::days(days),
        ordinal: number,
        try_number: 1,
        drill: Drill::Respond,
        framing: Framing::Direction,
        pack: "test".into(),
        vignette: format!("v{number}"),
        level: Level::Beginner,
        nature: Nature::Resistance(Form::Content),
        standing,
        verdict: Some(verdict),
        abstained: false,
        criteria: Some(Criteria {
            understanding: 2,
            curiosity: 1,
            autonomy: (number % 2) as u8,
            nondirective: 2,
            fit: 2,
        }),
        judged_stance: Some(Verdict::Supportive),
        judged_resistance: Some(true),
        copied: false,
    }
}

fn week(first: u32, days: i64, met: u32, of: u32) -> Vec<Past> {
    (first..first + of)
        .map(|number| {
            if number - first < met {
                reply(number, days, Standing::Met, Verdict::Supportive)
            } else {
                reply(number, days, Standing::Missed, Verdict::Directive)
            }
        })
        .collect()
}

#[test]
fn weeks_start_on_monday_and_carry_wilson_ranges() {
    let past = [week(0, 0, 2, 8), week(10, 6, 4, 12), week(30, 14, 1, 4)].concat();
    let curve = Progress::of(&past).respond.supportive;
    let weeks: Vec<_> = curve
        .weeks
        .iter()
        .map(|week| (week.monday.to_string(), week.share.count, week.share.of))
        .collect();
    assert_eq!(
        weeks,
        [("2026-04-13".into(), 2, 8), ("2026-04-20".into(), 4, 12), ("2026-04-27".into(), 1, 4)]
    );
    // scipy.stats.binomtest(2, 8).proportion_ci(method="wilson")
    let range = curve.weeks[0].share.range().unwrap();
    assert!((range.low - 0.071_479).abs() < 1e-5 && (range.high - 0.590_725).abs() < 1e-5);
    assert_eq!(curve.weeks[2].share.range(), None, "four tries are too few");
    assert_eq!(curve.trend, Trend::TooEarly);
    assert_eq!((curve.all.count, curve.all.of), (7, 24));
}

#[test]
fn a_rise_is_called_only_where_the_ranges_part() {
    let trend = |past: Vec<Past>| Progress::of(&past).respond.supportive.trend;
    assert_eq!(trend(week(0, 0, 0, 20)), Trend::TooFew);
    assert_eq!(trend([week(0, 0, 1, 20), week(50, 7, 19, 20)].concat()), Trend::Rise);
    assert_eq!(trend([week(0, 0, 19, 20), week(50, 7, 1, 20)].concat()), Trend::Fall);
    assert_eq!(trend([week(0, 0, 19, 20), week(50, 7, 4, 4)].concat()), Trend::TooFew);
}

#[test]
fn only_first_tries_at_new_statements_count() {
    let mut past = week(0, 0, 3, 3);
    past.push(Past { try_number: 2, ..past[0].clone() });
    past.push(Past { at: start() + TimeDelta::days(59), ..past[0].clone() });
    past.push(Past { copied: true, vignette: "copy".into(), ..past[0].clone() });
    for standing in [Standing::Disputed, Standing::Unsure, Standing::SelfMissed, Standing::NotAsked]
    {
        past.push(Past { standing, vignette: format!("{standing:?}"), ..past[0].clone() });
    }
    assert_eq!(Progress::of(&past).respond.met.all, Share::new(3, 3));
    past.push(Past { at: start() + TimeDelta::days(119), ..past[0].clone() });
    assert_eq!(Progress::of(&past).respond.met.all, Share::new(4, 4), "60 days after the 59th");
}

#[test]
fn what_the_scorer_was_not_sure_of_counts_by_the_trainees_yes() {
    let mut past = week(0, 0, 0, 1);
    past[0].standing = Standing::SelfMet;
    past[0].abstained = true;
    let progress = Progress::of(&past);
    assert_eq!(progress.respond.supportive.all.count, 1);
    assert_eq!(progress.judgement.agrees.all.of, 0, "there is no verdict to agree with");
}

#[test]
fn the_lowest_criterion_is_named_where_it_is_alone() {
    let criteria = Progress::of(&week(0, 0, 6, 6)).respond.criteria;
    let lowest: Vec<_> =
        criteria.iter().filter(|each| each.lowest).map(|each| each.criterion.word()).collect();
    assert_eq!(lowest, ["autonomy"]);
    assert_eq!(criteria[1].half_width, Some(0.0));
    assert_eq!(Progress::of(&week(0, 0, 4, 4)).respond.criteria, []);
}

#[test]
fn identify_keeps_hits_and_false_alarms_apart() {
    let answer = |number: u32, is: bool, called: bool, met: bool| Past {
        drill: Drill::Identify,
        nature: if is { Nature::Resistance(Form::Content) } else { Nature::Follows },
        judged_resistance: Some(called),
        verdict: None,
        criteria: None,
        judged_stance: None,
        ..reply(number, 0, if met { Standing::Met } else { Standing::Missed }, Verdict::Mixed)
    };
    let mut past: Vec<Past> = (0..5).map(|number| answer(number, true, true, number > 0)).collect();
    past.extend((5..9).map(|number| answer(number, false, false, true)));
    let identify = Progress::of(&past).identify;
    assert_eq!((identify.hits, identify.correct_rejections, identify.d_prime), (5, 4, None));
    assert_eq!((identify.form.count, identify.form.of), (4, 5));
    past.push(answer(9, false, true, false));
    let identify = Progress::of(&past).identify;
    assert_eq!((identify.false_alarms, identify.misses), (1, 0));
    // norm.ppf(5.5 / 6) - norm.ppf(1.5 / 6)
    assert!((identify.d_prime.unwrap() - 2.057_484).abs() < 1e-4, "{identify:?}");
    assert!(identify.criterion_c.unwrap() < 0.0, "leans to calling it resistance");
}

#[test]
fn judgement_tells_kind_from_strict() {
    let mut past = week(0, 0, 4, 6);
    past[0].judged_stance = Some(Verdict::Mixed);
    let judgement = Progress::of(&past).judgement;
    assert_eq!((judgement.agrees.all.count, judgement.agrees.all.of), (3, 6));
    assert_eq!((judgement.kinder, judgement.stricter), (2, 1));
    assert_eq!((judgement.by_own[0].agreed.count, judgement.by_own[0].agreed.of), (3, 5));
}
