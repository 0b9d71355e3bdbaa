//! The practice loop: what each step does, that a session replays from its log, and that ten
//! minutes are ten minutes.

mod common;

use std::sync::Arc;

use common::bench::{Bench, at_resistance, respond};
use common::shelf::{request, score, shelf, start};
use proptest::prelude::*;
use rollwith::pack::{Form, Level};
use rollwith::practice::plan::{Known, Request};
use rollwith::practice::{
    Amount, Answer, Drill, Effect, Event, Feeling, Medians, Met, Mix, NextSet, NoteContent,
    PrivateContent, Row, Session, Standing, Step,
};
use rollwith::rubric::{Criteria, Verdict};

#[test]
fn a_first_try_notices_replies_and_judges_before_any_feedback() {
    let mut bench = at_resistance(1);
    assert_eq!(bench.session.step(), &Step::Notice { feeling: None });
    bench.send(Event::Felt(Feeling::UrgeToArgue));
    bench.send(Event::Strength(7));
    assert!(matches!(bench.session.step(), Step::Reply { .. }));
    let effects = bench.send(Event::Submitted("You have had enough of it.".into()));
    assert!(matches!(bench.session.step(), Step::Judge(_)));
    bench.score_with(&effects, Verdict::Supportive, false);
    assert!(bench.session.attempts().is_empty(), "nothing is written before the judgement");
    bench.send(Event::JudgedStance(Verdict::Supportive));
    assert!(matches!(bench.session.step(), Step::Judge(_)), "resistance is asked first");
    bench.send(Event::JudgedResistance(true));
    bench.send(Event::JudgedStance(Verdict::Mixed));
    assert_eq!(bench.session.step(), &Step::Feedback { attempt: 0 });
    assert_eq!(bench.last_met(), Met::Yes);
    bench.send(Event::Continue);
    assert_eq!(bench.session.step(), &Step::Compare);
}

#[test]
fn feedback_waits_for_the_score_and_for_the_write() {
    let mut bench = at_resistance(2);
    bench.send(Event::Continue);
    let effects = bench.send(Event::Submitted("A reply.".into()));
    bench.send(Event::JudgedResistance(false));
    bench.send(Event::JudgedStance(Verdict::Directive));
    assert!(matches!(bench.session.step(), Step::Scoring(_)));
    bench.send(Event::Scored { ticket: 9_999, score: Box::new(score(Verdict::Mixed, false)) });
    assert!(matches!(bench.session.step(), Step::Scoring(_)), "a late score of another reply");

    let Some(Effect::Score { ticket, .. }) = effects.last() else { panic!("{effects:?}") };
    let scored = Event::Scored { ticket: *ticket, score: Box::new(score(Verdict::Mixed, false)) };
    let effects = bench.session.handle(scored, bench.now);
    assert!(matches!(effects.as_slice(), [Effect::Record { .. }]));
    bench.session.handle(Event::NotKept("Disk full.".into()), bench.now);
    assert!(matches!(bench.session.step(), Step::Keeping { fault: Some(_), .. }));
    assert!(bench.session.attempts().is_empty());
    let again = bench.session.handle(Event::Continue, bench.now);
    assert_eq!(effects, again, "the same attempt is written again");
    bench.session.handle(Event::Kept, bench.now);
    assert_eq!(bench.session.step(), &Step::Feedback { attempt: 0 });
}

#[test]
fn a_late_score_for_a_statement_left_out_is_no_other_replys() {
    let mut bench = at_resistance(2);
    bench.send(Event::Continue);
    let left_out = bench.send(Event::Submitted("To the first client.".into()));
    bench.send(Event::Skipped);
    while bench.session.item().expect("an item").vignette.duty {
        bench.send(Event::Skipped);
    }
    bench.send(Event::Continue);
    bench.send(Event::Submitted("To the second client.".into()));
    bench.score_with(&left_out, Verdict::Supportive, false);
    bench.send(Event::JudgedResistance(true));
    bench.send(Event::JudgedStance(Verdict::Supportive));
    assert!(matches!(bench.session.step(), Step::Scoring(_)), "{:?}", bench.session.step());
}

#[test]
fn a_reply_taken_back_is_scored_anew_and_keeps_its_words() {
    let mut bench = at_resistance(3);
    bench.send(Event::Continue);
    let first = bench.send(Event::Submitted("One.".into()));
    bench.send(Event::BackToReply);
    assert!(matches!(bench.session.step(), Step::Reply { draft, .. } if draft == "One."));
    let second = bench.send(Event::Submitted("Two.".into()));
    let ticket = |effects: &[Effect]| match effects.last() {
        Some(Effect::Score { ticket, .. }) => *ticket,
        other => panic!("{other:?}"),
    };
    assert_ne!(ticket(&first), ticket(&second));
}

#[test]
fn misses_come_again_with_an_example_after_two_and_models_after_four() {
    let mut bench = at_resistance(4);
    let hash = bench.session.item().expect("open").planned.vignette.hash.clone();
    for try_number in 1..=4 {
        let words =
            format!("Push number {try_number}, in words all of its own {}", "x".repeat(try_number));
        bench.reply(&words, Verdict::Directive, false);
        assert_eq!(bench.last_met(), Met::No);
        bench.send(Event::Continue);
        match try_number {
            2 => {
                let Step::Example(example) = bench.session.step() else { panic!("no example") };
                assert_ne!(example.vignette.id, bench.session.item().expect("open").vignette.id);
                bench.send(Event::Continue);
                assert!(
                    matches!(bench.session.step(), Step::Reply { draft, .. } if draft.is_empty())
                );
            }
            4 => assert_eq!(bench.session.step(), &Step::Compare),
            _ => {
                assert!(matches!(bench.session.step(), Step::Reply { .. }), "no notice on retries");
            }
        }
    }
    assert_eq!(bench.session.tries().len(), 4);
    bench.send(Event::Continue);
    assert_ne!(bench.session.item().expect("the next").planned.vignette.hash, hash);
}

#[test]
fn an_answer_that_waits_to_be_written_cannot_be_ended_away() {
    let mut bench = at_resistance(13);
    bench.send(Event::Continue);
    let effects = bench.session.handle(Event::Submitted("You want out.".into()), bench.now);
    bench.score_with(&effects, Verdict::Supportive, false);
    bench.session.handle(Event::JudgedResistance(true), bench.now);
    bench.session.handle(Event::JudgedStance(Verdict::Supportive), bench.now);
    bench.session.handle(Event::NotKept("disk full".into()), bench.now);
    for event in [Event::EndSet, Event::StopForToday] {
        assert!(bench.session.handle(event, bench.now).is_empty());
        assert!(matches!(bench.session.step(), Step::Keeping { .. }));
    }
    bench.send(Event::Continue);
    assert_eq!(bench.session.attempts().len(), 1);
}

#[test]
fn a_set_of_which_all_was_left_out_is_over() {
    let mut bench = Bench::new(&respond(2), 14);
    bench.send(Event::Skipped);
    bench.send(Event::Skipped);
    assert!(!bench.session.is_open());
    let ended = |row: &Row| matches!(row, Row::Note(note) if matches!(note.content, NoteContent::Ended { .. }));
    assert!(bench.rows.iter().any(ended), "else it would be offered to be gone on with for ever");
}

#[test]
fn the_form_that_is_open_stays_as_it_is_when_the_set_is_ended_again() {
    let mut bench = at_resistance(10);
    bench.reply("You have had your fill of it.", Verdict::Supportive, false);
    bench.send(Event::EndSet);
    bench.send(Event::Rated(7));
    let step = bench.session.step().clone();
    bench.send(Event::EndSet);
    assert_eq!(bench.session.step(), &step);
}

#[test]
fn the_level_that_the_form_is_about_is_the_sets_not_its_last_statements() {
    let mut shelf = shelf();
    for each in shelf.iter_mut().filter(|each| each.reference.id.starts_with("process")) {
        Arc::make_mut(&mut each.vignette).level = Level::Advanced;
    }
    let request = Request { level: Some(Level::Beginner), ..respond(24) };
    let mut bench = Bench::with(&request, &Known::default(), &shelf, 15);
    while bench.session.item().expect("an item").vignette.level == Level::Beginner {
        bench.send(Event::Skipped);
    }
    bench.reply("You want out of it.", Verdict::Supportive, false);
    bench.send(Event::EndSet);
    assert_eq!(bench.session.level(), Level::Beginner);
}

#[test]
fn the_example_is_of_no_topic_left_out() {
    let request = respond(8);
    let items = Bench::new(&request, 16).session.items().to_vec();
    let mut items = items.into_iter().filter(|item| item.example.is_some());
    let (mut first, mut second) = (items.next().expect("one"), items.next().expect("two"));
    let about_debt = vec!["debt".to_owned()];
    Arc::make_mut(&mut first.vignette).topics.clone_from(&about_debt);
    let example = second.example.as_mut().expect("it was filtered");
    Arc::make_mut(&mut example.vignette).topics = about_debt;
    let start = start(&request, 16);
    let mut bench = Bench::new(&request, 16);
    bench.session = Session::new(start, vec![first, second], Medians::default());
    bench.send(Event::TopicLeftOut("debt".into()));
    for _ in 0..2 {
        bench.reply("Do it.", Verdict::Directive, false);
        bench.send(Event::Continue);
    }
    assert!(matches!(bench.session.step(), Step::Reply { .. }), "{:?}", bench.session.step());
}

#[test]
fn where_the_scorer_is_not_sure_the_trainee_says() {
    for (call, expected) in [(true, Standing::SelfMet), (false, Standing::SelfMissed)] {
        let mut bench = at_resistance(5);
        bench.reply("Not sure of this one.", Verdict::Supportive, true);
        assert_eq!(bench.last_met(), Met::Unsure);
        bench.send(Event::Continue);
        assert_eq!(bench.session.step(), &Step::Feedback { attempt: 0 }, "the call is asked for");
        bench.send(Event::OwnCall(call));
        assert_eq!(bench.session.standing(0), expected);
        bench.send(Event::Continue);
        assert_eq!(bench.session.step(), &Step::Compare, "either call ends the statement");
    }
    let mut bench = at_resistance(5);
    bench.reply("Not sure of this one.", Verdict::Supportive, true);
    bench.send(Event::Again);
    assert!(matches!(bench.session.step(), Step::Reply { .. }), "r asks for another try");
}

#[test]
fn a_dispute_counts_neither_way_and_ends_the_statement() {
    let mut bench = at_resistance(6);
    bench.reply("Pushing on.", Verdict::Directive, false);
    bench.send(Event::Disputed("She asked for it.".into()));
    assert_eq!(bench.session.standing(0), Standing::Disputed);
    bench.send(Event::Disputed("Twice.".into()));
    assert_eq!(bench.session.notes().len(), 1);
    bench.send(Event::Continue);
    assert_eq!(bench.session.step(), &Step::Compare);
}

#[test]
fn moments_that_are_none_have_no_verdict_to_meet_and_no_retry() {
    let mut bench = Bench::new(&respond(8), 7);
    let none = |bench: &Bench| !bench.session.item().expect("open").nature().is_resistance();
    while !none(&bench) {
        bench.send(Event::Skipped);
    }
    bench.reply("Right, and then?", Verdict::Directive, false);
    assert_eq!(bench.last_met(), Met::NotAsked);
    assert!(!bench.session.may_try_again());
    bench.send(Event::Continue);
    assert_eq!(bench.session.step(), &Step::Compare);
}

#[test]
fn of_two_minds_only_a_push_is_to_change() {
    let changes = |verdict, criteria: Option<Criteria>| {
        let request = Request { vignette: Some("ambivalent-5".into()), ..respond(1) };
        let mut bench = Bench::new(&request, 7);
        bench.send(Event::Continue);
        bench.send(Event::Submitted("Right, and then what?".into()));
        let Step::Judge(judging) = bench.session.step() else { panic!("it is judged") };
        let ticket = judging.watch.ticket;
        let mut score = score(verdict, false);
        if let Some(criteria) = criteria {
            (score.criteria, score.points, score.moves) = (criteria, criteria.points(), Vec::new());
        }
        bench.send(Event::Scored { ticket, score: Box::new(score) });
        bench.send(Event::JudgedResistance(false));
        bench.send(Event::JudgedStance(Verdict::Supportive));
        match &bench.session.attempts()[0].answer {
            Answer::Responded(responded) => responded.change.clone(),
            other => panic!("not a reply: {other:?}"),
        }
    };
    assert!(changes(Verdict::Mixed, None).is_some());
    let weak = Criteria { understanding: 0, curiosity: 1, autonomy: 1, nondirective: 2, fit: 0 };
    assert_eq!(changes(Verdict::Supportive, Some(weak)), None);
}

#[test]
fn duty_is_talked_through_and_never_scored() {
    let request = Request { vignette: Some("duty".into()), ..respond(1) };
    let mut bench = Bench::new(&request, 8);
    bench.send(Event::Continue);
    let effects = bench.send(Event::Submitted("I have to pass this on, with you.".into()));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Score { .. })));
    assert_eq!(bench.session.step(), &Step::Compare);
    assert_eq!(bench.session.standing(0), Standing::NotAsked);
}

#[test]
fn identify_grades_the_call_and_the_form() {
    let request = request(Mix::Only(Drill::Identify), Amount::Count(12));
    let mut bench = Bench::new(&request, 9);
    let (mut hits, mut rejections) = (0, 0);
    while let Some(item) = bench.session.item() {
        let nature = item.nature();
        if let Some(form) = nature.form() {
            bench.send(Event::Identified(true));
            bench.send(Event::FormNamed(form));
            hits += 1;
        } else {
            bench.send(Event::Identified(false));
            rejections += 1;
        }
        let attempt = bench.session.attempts().len() - 1;
        assert_eq!(bench.session.standing(attempt), Standing::Met);
        bench.send(Event::Continue);
    }
    assert!(hits > 0 && rejections > 0, "both kinds come: {hits}, {rejections}");
    assert!(matches!(bench.session.step(), Step::Reaction { .. }));

    let mut bench = Bench::new(&request, 9);
    let form = bench.session.item().expect("open").nature().form();
    bench.send(Event::Identified(form.is_none()));
    if form.is_none() {
        bench.send(Event::FormNamed(Form::Content));
    }
    assert_eq!(bench.session.standing(0), Standing::Missed, "over-calling and missing both are");
}

#[test]
fn discriminate_offers_one_reply_to_choose_in_an_order_of_the_seeds() {
    let request = request(Mix::Only(Drill::Discriminate), Amount::Count(6));
    let mut places = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let mut bench = Bench::new(&request, seed);
        let Step::Choose { replies, .. } = bench.session.step().clone() else { panic!() };
        let right: Vec<usize> = (0..replies.len())
            .filter(|index| rollwith::practice::is_appropriate(replies[*index].stance))
            .collect();
        assert_eq!(right.len(), 1, "{replies:?}");
        assert!(replies.len() >= 2);
        places.insert(right[0]);
        bench.send(Event::Chose(replies.len()));
        assert!(matches!(bench.session.step(), Step::Choose { .. }), "no such reply");
        bench.send(Event::Chose(right[0]));
        assert_eq!(bench.session.standing(0), Standing::Met);
    }
    assert!(places.len() > 1, "the right one is not always in the same place");
}

#[test]
fn after_the_set_the_weakest_reply_is_compared_and_the_form_proposes() {
    let mut bench = at_resistance(10);
    bench.reply("You have had your fill of it.", Verdict::Supportive, false);
    bench.send(Event::Continue);
    bench.send(Event::Continue);
    bench.send(Event::EndSet);
    let Step::Reaction { .. } = bench.session.step() else { panic!("{:?}", bench.session.step()) };
    bench.send(Event::Rated(7));
    bench.send(Event::Continue);
    bench.send(Event::NextSet(NextSet::Easier));
    assert_eq!(bench.session.step(), &Step::Summary);
    assert!(!bench.session.is_open());
    let kept: Vec<_> = bench
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Private(private) => Some(&private.content),
            _ => None,
        })
        .collect();
    assert!(kept.iter().any(|content| matches!(
        content,
        PrivateContent::Reaction {
            difficulty: Some(7),
            strongest: None,
            next: NextSet::Easier,
            ..
        }
    )));

    let request = Request { vignette: Some("content-0".into()), ..respond(1) };
    let mut bench = Bench::new(&request, 11);
    bench.reply("You have had your fill of it.", Verdict::Supportive, false);
    bench.send(Event::Continue);
    bench.send(Event::Continue);
    assert_eq!(bench.session.step(), &Step::Question { attempt: 0 });
    bench.send(Event::Compared("Mine is longer.".into()));
    assert!(matches!(bench.session.step(), Step::Reaction { .. }));
    assert!(matches!(bench.session.notes()[0].content, NoteContent::Compared { .. }));
}

#[test]
fn a_strong_reaction_offers_to_stop_and_stopping_ends_at_once() {
    let mut bench = at_resistance(12);
    assert!(!bench.session.offers_stop());
    bench.send(Event::Felt(Feeling::Irritated));
    bench.send(Event::Strength(8));
    assert!(bench.session.offers_stop());
    bench.send(Event::StopForToday);
    assert_eq!(bench.session.step(), &Step::Summary);
}

/// Seconds: RUBRIC.md's figures at 27 words a minute, and a look at the models.
const FIRST_TRY: i64 = 90;
const RETRY: i64 = 60;
const READING: i64 = 12;

#[test]
fn ten_minutes_end_between_eight_and_eleven_however_one_fares() {
    for tries_needed in [0_usize, 1, 2, 3, 4, 5] {
        for seed in 0..10 {
            let mut bench = Bench::new(&request(Mix::Mixed, Amount::Minutes(10)), seed);
            let began = bench.now;
            let mut drills = std::collections::BTreeMap::new();
            while bench.session.item().is_some() {
                let drill = bench.session.item().expect("open").drill();
                *drills.entry(drill).or_insert(0) += 1;
                // 0 stands for someone quick at first and then stuck.
                let stuck = if bench.session.spent(bench.now) > 300 { 5 } else { 1 };
                play(&mut bench, if tries_needed == 0 { stuck } else { tries_needed });
            }
            while bench.session.is_open() {
                bench.wait(10);
                match bench.session.step() {
                    Step::Question { .. } => bench.send(Event::Compared(String::new())),
                    Step::Reaction { form, .. } if form.strongest.is_none() => {
                        bench.send(Event::Rated(5))
                    }
                    _ => bench.send(Event::NextSet(NextSet::Stay)),
                };
            }
            let minutes = (bench.now - began).num_seconds() as f64 / 60.0;
            assert!((8.0..=11.0).contains(&minutes), "{tries_needed} tries: {minutes:.1}");
            assert!(drills[&Drill::Respond] >= 2, "{tries_needed} tries: {drills:?}");
            assert!(drills[&Drill::Identify] >= 3, "{tries_needed} tries: {drills:?}");
        }
    }
}

/// Plays the open item as someone who meets the criterion on a given try.
fn play(bench: &mut Bench, tries_needed: usize) {
    match bench.session.step().clone() {
        Step::Notice { .. } | Step::Reply { .. } => {
            let tries = bench.session.tries().len() + 1;
            bench.wait(if tries == 1 { FIRST_TRY } else { RETRY });
            let verdict =
                if tries >= tries_needed { Verdict::Supportive } else { Verdict::Directive };
            if bench.session.item().expect("open").vignette.duty {
                bench.send(Event::Continue);
                bench.send(Event::Submitted("I hold to it.".into()));
            } else {
                bench.reply(&format!("Words of a kind {tries} {}", bench.now), verdict, false);
            }
        }
        Step::Compare | Step::Example(_) => {
            bench.wait(READING);
            bench.send(Event::Continue);
        }
        Step::Feedback { .. } | Step::Explained { .. } => {
            bench.send(Event::Continue);
        }
        Step::Identify { .. } => {
            bench.wait(25);
            bench.send(Event::Identified(false));
        }
        Step::Choose { .. } => {
            bench.wait(30);
            bench.send(Event::Chose(0));
        }
        other => panic!("{other:?}"),
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => Just(Event::Continue),
        2 => (0..9_usize).prop_map(|index| Event::Felt(Feeling::ALL[index])),
        2 => (0..11_u8).prop_map(Event::Strength),
        1 => Just(Event::FirstKey),
        1 => "[a-z ]{0,20}".prop_map(Event::Typed),
        6 => "[a-z ]{0,20}".prop_map(Event::Submitted),
        1 => Just(Event::BackToReply),
        6 => any::<bool>().prop_map(Event::JudgedResistance),
        6 => (0..3_usize).prop_map(|index| Event::JudgedStance(Verdict::ALL[index])),
        2 => Just(Event::Again),
        2 => any::<bool>().prop_map(Event::OwnCall),
        1 => "[a-z ]{0,9}".prop_map(Event::Disputed),
        4 => any::<bool>().prop_map(Event::Identified),
        4 => (0..3_usize).prop_map(|index| Event::FormNamed(Form::ALL[index])),
        4 => (0..4_usize).prop_map(Event::Chose),
        1 => Just(Event::Skipped),
        1 => Just(Event::TopicLeftOut("work".into())),
        2 => "[a-z ]{0,9}".prop_map(Event::Compared),
        2 => (0..11_u8).prop_map(Event::Rated),
        1 => Just(Event::NextSet(NextSet::Stay)),
        1 => Just(Event::EndSet),
        1 => Just(Event::Kept),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_session_replays_from_its_log_to_the_state_it_had(
        seed in any::<u64>(),
        minutes in any::<bool>(),
        events in prop::collection::vec((any_event(), 0..40_i64, 0..4_usize, any::<bool>()), 0..120),
    ) {
        let amount = if minutes { Amount::Minutes(10) } else { Amount::Count(6) };
        let request = request(Mix::Mixed, amount);
        let mut bench = Bench::new(&request, seed);
        for (event, seconds, verdict, abstained) in events {
            bench.wait(seconds);
            let effects = bench.send(event);
            if effects.iter().any(|effect| matches!(effect, Effect::Score { .. })) {
                bench.score_with(&effects, Verdict::ALL[verdict], abstained);
            }
        }
        let fresh = Bench::new(&request, seed).session;
        let (items, medians) = (fresh.items().to_vec(), rollwith::practice::Medians::default());
        let replayed =
            Session::replay(fresh.start().clone(), items.clone(), medians, bench.rows.clone())
                .expect("the log belongs to its plan");
        prop_assert!(replayed == bench.after_last_row, "{:?} is not {:?}", replayed.step(), bench.after_last_row.step());

        let public = bench.rows.iter().filter(|row| !matches!(row, Row::Private(_))).cloned();
        let gaps = Session::replay(fresh.start().clone(), items, medians, public)
            .expect("every attempt replays without the private rows");
        prop_assert_eq!(gaps.attempts(), bench.after_last_row.attempts());
        prop_assert_eq!(gaps.notes(), bench.after_last_row.notes());
    }

    #[test]
    fn the_same_seed_gives_the_same_session(seed in any::<u64>()) {
        let request = request(Mix::Mixed, Amount::Minutes(10));
        prop_assert_eq!(Bench::new(&request, seed).session, Bench::new(&request, seed).session);
    }
}
