//! A set that was left, gone on with: by the log, with what is known now.

mod common;

use common::shelf::score;
use rollwith::driver::{Desk, Home, Practice, ScorerThread, now};
use rollwith::practice::plan::Request;
use rollwith::practice::{Amount, Event, Step};
use rollwith::rubric::Verdict;

fn no_scores() -> std::io::Result<ScorerThread> {
    ScorerThread::start(|_| {})
}

/// A desk, and a set of one reply whose first try is in the log.
fn one_try(folder: &tempfile::TempDir) -> (Desk, Practice) {
    let home = Home::Kept(folder.path().to_owned());
    let mut desk = Desk::open(home, "Anna", now()).expect("a desk");
    let request = Request {
        vignette: Some(common::CONTENT.into()),
        amount: Amount::Count(1),
        ..Request::today()
    };
    let mut practice = desk.begin(&request, 1, &no_scores, now()).expect("a set");
    practice.handle(Event::Continue, now());
    practice.handle(Event::Submitted("Just do it every night.".into()), now());
    let Step::Judge(judging) = practice.session().step() else { panic!("it is judged") };
    let scored = Event::Scored {
        ticket: judging.watch.ticket,
        score: Box::new(score(Verdict::Directive, false)),
    };
    practice.handle(scored, now());
    practice.handle(Event::JudgedResistance(true), now());
    practice.handle(Event::JudgedStance(Verdict::Directive), now());
    assert_eq!(practice.session().attempts().len(), 1);
    (desk, practice)
}

fn go_on(desk: &mut Desk) -> Practice {
    let left = desk.unfinished(now()).expect("reads").expect("it waits");
    desk.resume(left, &no_scores, now()).expect("it goes on")
}

#[test]
fn the_sets_own_tries_are_no_earlier_replies_when_it_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, practice) = one_try(&folder);
    let before = practice.session().items().to_vec();
    drop(practice);
    let practice = go_on(&mut desk);
    assert_eq!(practice.session().items(), before);
}

#[test]
fn the_example_is_of_no_topic_left_out_since() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, practice) = one_try(&folder);
    let example = practice.session().items()[0].example.clone().expect("an example");
    drop(practice);
    let topic = &example.vignette.topics[0];
    desk.leave_out(topic, now()).expect("it is written");
    let practice = go_on(&mut desk);
    let example = practice.session().items()[0].example.clone().expect("another example");
    assert!(!example.vignette.topics.contains(topic));
}
