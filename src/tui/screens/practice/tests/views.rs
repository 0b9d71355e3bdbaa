//! Each screen at 80x24 as text, its styles where meaning hangs on them, and every size.

use ratatui::style::Modifier;

use super::fixture::*;
use crate::pack::Form;
use crate::practice::{Answer, Event, Example, Met};
use crate::rubric::{MoveCode, Verdict};
use crate::tui::keys::Action;
use crate::tui::theme::{Choice, Environment, Theme};

/// Every screen of the loop by its name.
fn screens() -> Vec<(&'static str, Screen)> {
    let mut all = answering();
    all.extend(answered());
    all.extend(short_drills());
    all.extend(after_the_set());
    all.extend(above_a_step());
    all
}

/// What comes before the feedback on a reply.
fn answering() -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    let ruth = respond_to_ruth();
    let tries = tries(&ruth);

    let mut notice = Screen::on(ruth.clone(), Vec::new());
    all.push(("notice", Screen::on(ruth.clone(), Vec::new())));
    notice.digits(&[8]);
    all.push(("notice_named", notice));

    let mut strong = Screen::on(ruth.clone(), Vec::new());
    strong.digits(&[8, 9]);
    strong.act(Action::Back);
    all.push(("leave_after_a_strong_reaction", strong));

    let mut reply = Screen::on(ruth.clone(), rows([tries[0].clone()]));
    reply.act(Action::Enter);
    reply.write(
        "So I'm one more person with a job for you. But a walk isn't a chore, and you'll fe",
    );
    all.push(("reply", reply));

    let mut judge = Screen::on(respond_to_idris(), Vec::new());
    judge.act(Action::Enter);
    judge.write(JOKE);
    judge.act(Action::Enter);
    judge.digits(&[1]);
    all.push(("judge", judge));

    let mut scoring = Screen::on(respond_to_idris(), Vec::new());
    scoring.act(Action::Enter);
    scoring.write(JOKE);
    scoring.act(Action::Enter);
    scoring.digits(&[1, 2]);
    scoring.layer.waiting =
        scoring.layer.waiting.map(|it| super::super::Waiting { long: true, ..it });
    all.push(("scoring", scoring));

    let mut keeping = Screen::on(identify_theo(), Vec::new());
    *keeping.book.full.lock().unwrap() = true;
    keeping.digits(&[2]);
    all.push(("keeping", keeping));
    all
}

/// The feedback, and what follows it.
fn answered() -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    let ruth = respond_to_ruth();
    let tries = tries(&ruth);

    all.push(("feedback_first", Screen::on(ruth.clone(), rows([tries[0].clone()]))));
    all.push(("feedback", Screen::on(ruth.clone(), rows(tries[..2].to_vec()))));
    all.push(("feedback_met", Screen::on(ruth.clone(), rows(tries.clone()))));

    let idris = respond_to_idris();
    all.push(("unsure", Screen::on(idris.clone(), rows([joke(&idris)]))));

    let maya = respond_to_maya();
    let said = "Slept, mostly. What was that like?";
    let mut moves = score(Verdict::Supportive, [1, 2, 1, 2, 1]);
    moves.moves = vec![
        step_of(said, "Slept, mostly.", MoveCode::SimpleReflection, 0.9),
        step_of(said, "What was that like?", MoveCode::OpenQuestion, 0.9),
    ];
    let mut none = responded(said, Verdict::Supportive, Some(moves), Met::NotAsked);
    none.judged_resistance = Some(true);
    let none = attempt(&maya, 1, Answer::Responded(Box::new(none)), 10);
    all.push(("feedback_on_no_resistance", Screen::on(maya, rows([none]))));

    let mut compare = Screen::on(ruth.clone(), rows(tries.clone()));
    compare.act(Action::Enter);
    all.push(("compare", compare));

    let joan = respond_to_joan();
    let said = Answer::TalkedThrough { response: "I'd tell you first.".to_owned() };
    let talked = attempt(&joan, 1, said, 10);
    all.push(("talked_through", Screen::on(joan, rows([talked]))));

    let mut with_example = ruth.clone();
    with_example.example = Some(Example { vignette: respond_to_idris().vignette, reply: 0 });
    let mut example = Screen::on(with_example, rows(tries[..2].to_vec()));
    example.act(Action::Enter);
    all.push(("example", example));
    all
}

/// Identify and discriminate.
fn short_drills() -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    all.push(("identify", Screen::on(identify_theo(), Vec::new())));
    let mut form = Screen::on(identify_theo(), Vec::new());
    form.digits(&[1]);
    all.push(("identify_form", form));
    let theo = identify_theo();
    let right = Answer::Identified { resistance: true, form: Some(Form::Content) };
    let right = attempt(&theo, 1, right, 10);
    all.push(("identify_why", Screen::on(theo, rows([right]))));

    let mut discriminate = Screen::on(choose_for_owen(), Vec::new());
    discriminate.size = (80, 24);
    all.push(("discriminate", discriminate));
    let owen = choose_for_owen();
    let choice = chosen(&owen, 1);
    all.push(("discriminate_why", Screen::on(owen, rows([choice]))));
    all
}

/// The comparing question, the form, the summary.
fn after_the_set() -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    let ruth = respond_to_ruth();
    let tries = tries(&ruth);

    let mut question = Screen::of(vec![ruth.clone()], rows(tries.clone()));
    question.act(Action::Enter);
    question.act(Action::Enter);
    question.write("Mine names the years.");
    all.push(("question", question));

    let mut reaction = Screen::of(vec![ruth.clone()], rows(tries.clone()));
    reaction.tell(Event::EndSet);
    all.push(("reaction", reaction));
    let mut proposal = Screen::of(vec![ruth.clone()], rows(tries.clone()));
    proposal.tell(Event::EndSet);
    proposal.digits(&[5, 4]);
    all.push(("reaction_proposal", proposal));
    let mut stop = Screen::of(vec![ruth.clone()], rows(tries.clone()));
    stop.tell(Event::EndSet);
    stop.digits(&[5, 9]);
    all.push(("reaction_stop", stop));

    let mut summary = Screen::of(vec![ruth.clone()], rows(tries.clone()));
    summary.tell(Event::EndSet);
    summary.digits(&[5, 4]);
    summary.act(Action::Enter);
    all.push(("summary", summary));
    all
}

/// What opens above a step.
fn above_a_step() -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    let ruth = respond_to_ruth();
    let tries = tries(&ruth);

    let mut why = Screen::on(ruth.clone(), rows(tries[..2].to_vec()));
    why.act(Action::Why);
    all.push(("why", why));
    let mut all_tries = Screen::on(ruth.clone(), rows(tries[..2].to_vec()));
    all_tries.act(Action::AllTries);
    all.push(("all_tries", all_tries));
    let mut reason = Screen::on(ruth.clone(), rows(tries[..2].to_vec()));
    reason.act(Action::Disagree);
    reason.write("It is a walk, no chore.");
    all.push(("reason", reason));
    let mut unsent = Screen::on(ruth.clone(), rows(tries[..2].to_vec()));
    unsent.act(Action::Disagree);
    unsent.write("It is a walk, no chore.");
    unsent.act(Action::Back);
    all.push(("reason_unsent", unsent));
    let mut leave = Screen::on(ruth.clone(), rows([tries[0].clone()]));
    leave.act(Action::Enter);
    leave.write("So I'm");
    leave.act(Action::Back);
    all.push(("leave", leave));
    let mut topics = Screen::on(ruth, Vec::new());
    topics.act(Action::LeaveOut);
    all.push(("topics", topics));
    all
}

#[test]
fn every_screen_is_as_drawn() {
    for (name, screen) in screens() {
        insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "snapshots"}, {
            insta::assert_snapshot!(name, screen.text());
        });
    }
}

#[test]
fn every_screen_draws_at_every_size_in_every_theme() {
    let ascii = Environment { ascii: true, ..Environment::default() };
    let themes = [theme(), Theme::new(Choice::Mono, &ascii)];
    let small = (1..=10).flat_map(|width| (1..=10).map(move |height| (width, height)));
    let least = (55..=65).flat_map(|width| (14..=22).map(move |height| (width, height)));
    let drawn = (79..=81).flat_map(|width| (23..=25).map(move |height| (width, height)));
    let sizes: Vec<(u16, u16)> =
        small.chain(least).chain(drawn).chain([(120, 40), (200, 60)]).collect();
    for (name, mut screen) in screens() {
        for size in &sizes {
            screen.size = *size;
            for theme in &themes {
                let (buffer, drawn) = screen.draw(theme);
                if let Some(cursor) = drawn.cursor {
                    assert!(buffer.area.contains(cursor), "{name} at {size:?}");
                }
            }
        }
    }
}

#[test]
fn at_the_smallest_size_the_client_the_first_key_and_help_stay() {
    for (name, mut screen) in screens() {
        screen.size = (60, 18);
        let text = screen.text();
        let (first, last) = (text.lines().next().unwrap(), text.lines().last().unwrap());
        assert!(!first.trim().is_empty(), "{name}");
        assert!(last.contains("help"), "{name}: {last}");
        let alone = ["reaction", "reaction_proposal", "reaction_stop", "summary"].contains(&name);
        assert!(alone || text.contains('▌'), "{name}: {text}");
    }
}

#[test]
fn where_the_scorer_is_not_sure_the_question_is_in_view_on_a_small_screen() {
    let idris = respond_to_idris();
    let mut screen = Screen::on(idris.clone(), rows([joke(&idris)]));
    screen.size = (60, 18);
    let text = screen.text();
    assert!(text.contains("Did it meet Idris, with no push?"), "{text}");
    screen.act(Action::First);
    let text = screen.text();
    assert!(text.contains("?[I'd make a poor headmaster.]"), "{text}");
}

#[test]
fn the_open_question_is_in_view_on_a_small_screen() {
    let asked = [
        ("notice_named", "How strong"),
        ("judge", "3 ○ directive"),
        ("identify_form", "3 both"),
        ("reaction_proposal", "4 stop for today"),
        ("leave", "4 go on"),
        ("reason_unsent", "3 write on"),
        ("question", "Mine names the years."),
        ("unsure", "2 not quite"),
    ];
    for (name, mut screen) in screens() {
        screen.size = (60, 18);
        if let Some((_, words)) = asked.iter().find(|(asked, _)| *asked == name) {
            assert!(screen.text().contains(words), "{name}: {}", screen.text());
        }
    }
}

#[test]
fn the_smallest_and_the_wide_screen_are_as_drawn() {
    for (name, mut screen) in screens() {
        for size in [(60, 18), (120, 40)] {
            screen.size = size;
            let drawn = ["feedback", "reply", "unsure", "judge"].contains(&name);
            if drawn {
                let name = format!("{name}_{}x{}", size.0, size.1);
                insta::with_settings!({prepend_module_to_snapshot => false}, {
                    insta::assert_snapshot!(name, screen.text());
                });
            }
        }
    }
}

#[test]
fn beside_a_wide_column_stands_the_last_try() {
    let ruth = respond_to_ruth();
    let mut screen = Screen::on(ruth.clone(), rows(tries(&ruth)[..2].to_vec()));
    screen.size = (120, 40);
    let text = screen.text();
    let beside = text.lines().find(|line| line.contains("Try 1 of 4")).unwrap();
    assert!(beside.find("Try 1 of 4").unwrap() > 80, "{text}");
    assert_eq!(text.matches("Try 1").count(), 1, "{text}");
}

#[test]
fn the_client_is_bold_the_focus_reversed_and_colour_is_never_alone() {
    let ruth = respond_to_ruth();
    let screen = Screen::on(ruth.clone(), rows(tries(&ruth)[..2].to_vec()));
    let (buffer, _) = screen.draw(&theme());
    let cell = |needle: &str| {
        let text = text(&buffer);
        let (y, line) = text.lines().enumerate().find(|(_, line)| line.contains(needle)).unwrap();
        let x = line[..line.find(needle).unwrap()].chars().count();
        buffer[(x as u16, y as u16)].clone()
    };
    assert!(cell("More chores").modifier.contains(Modifier::BOLD));
    assert!(!cell("So I'm one").modifier.contains(Modifier::BOLD));
    assert_eq!(cell("◐ mixed").fg, ratatui::style::Color::Yellow);

    let mono = Theme::new(Choice::Mono, &Environment::default());
    let (buffer, _) = screen.draw(&mono);
    let colours = |fg| fg != ratatui::style::Color::Reset;
    assert!(!buffer.content.iter().any(|cell| colours(cell.fg) || colours(cell.bg)));

    let mut leave = Screen::on(ruth, Vec::new());
    leave.act(Action::Back);
    let (buffer, _) = leave.draw(&mono);
    let reversed: String = buffer
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(reversed, "1");
}
