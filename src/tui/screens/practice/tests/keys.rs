//! What keys do: nothing typed is lost, nothing is judged by accident.

use chrono::TimeDelta;

use super::fixture::*;
use crate::pack::Form;
use crate::practice::{Event, Feeling, NextSet, NoteContent, PrivateContent, Step};
use crate::rubric::Verdict;
use crate::tui::keys::{Action, Context};
use crate::tui::layer::{Layer, Turn};
use crate::tui::screens::fixture::Stage;

fn ticket(screen: &Screen) -> u64 {
    match screen.layer.session().step() {
        Step::Judge(judging) | Step::Scoring(judging) => judging.watch.ticket,
        step => panic!("no reply is being judged: {step:?}"),
    }
}

fn replying() -> Screen {
    let mut screen = Screen::on(respond_to_ruth(), Vec::new());
    screen.act(Action::Enter);
    screen
}

#[test]
fn two_digits_notice_and_the_reply_opens() {
    let mut screen = Screen::on(respond_to_ruth(), Vec::new());
    screen.digits(&[8, 9]);
    assert_eq!(screen.layer.context(), Context::Reply);
    assert!(screen.text().contains("Esc offers to stop for today"), "{}", screen.text());
    assert_eq!(screen.layer.session().strongest_felt(), Some((Feeling::UrgeToArgue, 9)));
    screen.act(Action::Back);
    assert!(screen.text().contains("› 1 stop for today"), "{}", screen.text());
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Summary);
    assert!(screen.text().contains("Talk to someone you trust"));
}

#[test]
fn an_empty_reply_is_not_submitted_and_says_so() {
    let mut screen = replying();
    screen.write("  ");
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Reply);
    assert!(screen.text().contains("Nothing typed yet"));
}

#[test]
fn a_second_enter_judges_nothing_and_only_the_second_digit_asks() {
    let mut screen = replying();
    screen.write(SECOND_TRY);
    screen.act(Action::Enter);
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Judge);
    screen.act(Action::Back);
    assert_eq!(screen.layer.context(), Context::Reply);
    assert_eq!(screen.layer.editor.text(), SECOND_TRY);
    screen.act(Action::Enter);
    screen.digits(&[1]);
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Judge);
    screen.digits(&[2]);
    assert_eq!(screen.layer.context(), Context::Keeping);
    screen.act(Action::Back);
    assert!(screen.text().contains("go on"), "Esc no longer reopens the reply");
    screen.act(Action::Back);
    let ticket = ticket(&screen);
    screen.scored(ticket, score(Verdict::Mixed, [2, 1, 0, 0, 2]));
    assert_eq!(screen.layer.context(), Context::Feedback);
    assert_eq!(screen.book.attempts.lock().unwrap().len(), 1);
}

#[test]
fn a_slow_score_is_waited_for_in_words_after_a_moment() {
    let mut screen = replying();
    screen.write(SECOND_TRY);
    screen.act(Action::Enter);
    screen.digits(&[1, 2]);
    assert!(!screen.text().contains("One moment"));
    assert_eq!(screen.layer.deadline(), Some(screen.now + TimeDelta::milliseconds(300)));
}

#[test]
fn a_draft_is_kept_at_each_pause_and_on_esc_and_comes_back() {
    let mut screen = replying();
    screen.write("So I'm");
    let due = screen.layer.deadline().unwrap();
    screen.layer.practice.save_draft_if_due(due);
    screen.write(" one more");
    screen.act(Action::Back);
    assert_eq!(screen.drafts(), ["So I'm", "So I'm one more"]);
    assert!(screen.text().contains("Your draft is kept"));
    screen.act(Action::Back);
    assert_eq!(screen.layer.editor.text(), "So I'm one more");
    let pause = screen.act(Action::Back);
    assert!(matches!(pause, Turn::Draw));
    assert!(matches!(screen.act(Action::Choose(1)), Turn::Home));
}

#[test]
fn a_key_waits_for_the_disk_only_where_the_deadline_found_no_time() {
    let mut screen = replying();
    screen.write("So");
    screen.now += TimeDelta::milliseconds(750);
    screen.write(" I'm");
    assert!(screen.drafts().is_empty(), "the frame comes first");
    assert!(screen.layer.deadline().unwrap() <= screen.now);
    screen.now += TimeDelta::milliseconds(150);
    screen.write(" one");
    assert_eq!(screen.drafts(), ["So I'm one"]);
}

#[test]
fn a_restored_draft_stands_in_the_reply() {
    let mut session = crate::practice::Session::new(
        start(),
        items(respond_to_ruth()),
        crate::practice::Medians::default(),
    );
    session.restore_draft(0, "So I'm".to_owned(), at(5));
    let scorer = crate::driver::ScorerThread::start(|_| {}).unwrap();
    let practice = crate::driver::Practice::new(session, Box::new(Book::default()), scorer);
    let layer = super::super::PracticeLayer::new(practice, at(6));
    assert_eq!(layer.editor.text(), "So I'm");
}

#[test]
fn a_full_disk_keeps_the_reply_and_enter_tries_again() {
    let mut screen = replying();
    screen.write(SECOND_TRY);
    *screen.book.full.lock().unwrap() = true;
    screen.act(Action::Enter);
    screen.digits(&[1, 2]);
    let ticket = ticket(&screen);
    screen.scored(ticket, score(Verdict::Mixed, [2, 1, 0, 0, 2]));
    let text = screen.text();
    assert!(text.contains("Disk full; your reply is still here."), "{text}");
    assert!(text.contains("So I'm one more person"), "{text}");
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Keeping);
    *screen.book.full.lock().unwrap() = false;
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Feedback);
}

#[test]
fn while_typing_skipping_is_behind_esc() {
    let mut screen = replying();
    screen.write("So");
    screen.act(Action::Back);
    assert!(screen.text().contains("2 leave this statement out"), "{}", screen.text());
    screen.act(Action::Choose(2));
    assert_eq!(screen.layer.session().item_index(), Some(1));
    assert!(screen.text().contains("Left out. The next one."), "{}", screen.text());
}

#[test]
fn a_topic_is_left_out_once_it_is_chosen() {
    let mut screen = Screen::on(respond_to_ruth(), Vec::new());
    screen.act(Action::LeaveOut);
    screen.act(Action::Choose(2));
    let kept = screen.book.private.lock().unwrap().clone();
    let topic = PrivateContent::TopicLeftOut { topic: "homework".to_owned() };
    assert!(kept.iter().any(|row| row.content == topic), "{kept:?}");
}

#[test]
fn a_reason_is_kept_on_enter_and_never_lost_in_silence() {
    let ruth = respond_to_ruth();
    let mut screen = Screen::on(ruth.clone(), rows(tries(&ruth)[..1].to_vec()));
    screen.act(Action::Disagree);
    screen.act(Action::Back);
    assert_eq!(screen.layer.context(), Context::Feedback, "nothing typed, nothing asked");
    screen.act(Action::Disagree);
    screen.write("It was no push.");
    screen.act(Action::Back);
    assert_eq!(screen.layer.context(), Context::Confirm);
    screen.act(Action::Back);
    assert_eq!(screen.layer.context(), Context::Reason);
    assert!(screen.book.notes.lock().unwrap().is_empty());
    screen.act(Action::Enter);
    let notes = screen.book.notes.lock().unwrap().clone();
    let reason = NoteContent::Disputed { reason: "It was no push.".to_owned() };
    assert_eq!(notes.iter().map(|note| &note.content).collect::<Vec<_>>(), [&reason]);
    assert_eq!(screen.layer.context(), Context::Feedback);
    assert!(screen.text().contains("you see it differently"), "{}", screen.text());
}

#[test]
fn leaving_tries_once_more_to_write_what_could_not_be_written() {
    let mut screen = replying();
    screen.write(SECOND_TRY);
    screen.act(Action::Enter);
    *screen.book.full.lock().unwrap() = true;
    screen.digits(&[1, 2]);
    let ticket = ticket(&screen);
    screen.scored(ticket, score(Verdict::Mixed, [2, 1, 0, 0, 2]));
    screen.act(Action::Back);
    assert!(!screen.text().contains("end the set here"), "the answer would be lost");
    *screen.book.full.lock().unwrap() = false;
    assert!(matches!(screen.act(Action::Choose(1)), Turn::Home));
    assert_eq!(screen.book.attempts.lock().unwrap().len(), 1);
}

#[test]
fn the_terminal_given_away_for_a_while_settles_nothing_that_is_being_typed() {
    let mut stage = Stage::new();
    let mut screen = Screen::on(respond_to_ruth(), rows(tries(&respond_to_ruth())));
    screen.act(Action::Disagree);
    screen.write("She never");
    stage.with_hands(|hands| screen.layer.pause(hands));
    assert_eq!(screen.layer.context(), Context::Reason);
    screen.write(" said no.");
    screen.act(Action::Enter);
    let notes = screen.book.notes.lock().unwrap().clone();
    let reasons: Vec<_> = notes.into_iter().map(|note| note.content).collect();
    assert_eq!(reasons, [NoteContent::Disputed { reason: "She never said no.".into() }]);
}

#[test]
fn leaving_for_good_keeps_a_reason_that_was_not_sent() {
    let ruth = respond_to_ruth();
    let mut screen = Screen::on(ruth.clone(), rows(tries(&ruth)[..1].to_vec()));
    screen.act(Action::Disagree);
    screen.write("It was no push.");
    screen.layer.keep_all(screen.now);
    assert_eq!(screen.book.notes.lock().unwrap().len(), 1);
}

#[test]
fn ones_own_call_ends_the_statement_at_once() {
    let idris = respond_to_idris();
    let mut screen = Screen::on(idris.clone(), rows([joke(&idris)]));
    screen.act(Action::Enter);
    assert_eq!(screen.layer.context(), Context::Unsure, "only a digit judges");
    screen.act(Action::Choose(1));
    assert_eq!(screen.layer.context(), Context::Compare);
    assert!(screen.text().contains("met, self-judged"), "{}", screen.text());
}

#[test]
fn identifying_is_a_digit_each() {
    let mut screen = Screen::on(identify_theo(), Vec::new());
    screen.digits(&[3, 1, 1]);
    let attempts = screen.book.attempts.lock().unwrap().clone();
    let said = crate::practice::Answer::Identified { resistance: true, form: Some(Form::Content) };
    assert_eq!(attempts[0].answer, said);
    assert_eq!(screen.layer.context(), Context::Explained);
}

#[test]
fn the_form_goes_back_and_forth_and_is_handed_over_at_the_end() {
    let ruth = respond_to_ruth();
    let mut screen = Screen::of(vec![ruth.clone()], rows(tries(&ruth)));
    screen.tell(Event::EndSet);
    screen.digits(&[5]);
    screen.act(Action::Back);
    screen.digits(&[2, 3]);
    assert!(screen.text().contains("› 3 harder"), "{}", screen.text());
    screen.act(Action::Up);
    screen.act(Action::Enter);
    let (form, next) = screen.layer.session().reaction().unwrap();
    assert_eq!((form.difficulty, form.strongest), (Some(Some(2)), Some(Some(3))));
    assert_eq!(next, NextSet::Stay);
    assert_eq!(screen.layer.context(), Context::Summary);
    screen.act(Action::Choose(1));
    assert!(screen.text().contains("Try 3"), "{}", screen.text());
    screen.act(Action::Back);
    assert!(matches!(screen.act(Action::Enter), Turn::Home));
}

#[test]
fn the_place_does_not_change_while_a_statement_is_open() {
    let mut screen = Screen::on(respond_to_ruth(), Vec::new());
    let first = screen.text().lines().next().unwrap().to_owned();
    screen.now += TimeDelta::minutes(9);
    assert_eq!(screen.text().lines().next().unwrap(), first);
}

#[test]
fn what_is_below_scrolls_to_its_end_and_no_further() {
    let ruth = respond_to_ruth();
    let mut screen = Screen::on(ruth.clone(), rows(tries(&ruth)[..2].to_vec()));
    screen.size = (60, 18);
    assert!(screen.text().contains("↓ more"), "{}", screen.text());
    screen.act(Action::Last);
    assert!(screen.text().contains("↑ more"), "{}", screen.text());
    assert!(matches!(screen.act(Action::Down), Turn::Same));
}
