//! Every screen as it is drawn at 80x24, at every size, and what its keys do.

use ratatui::style::Modifier;

use super::attempts::AttemptsLayer;
use super::fixture::{Stage, lines};
use super::help::HelpLayer;
use super::history::HistoryLayer;
use super::home::HomeLayer;
use super::pack::PackLayer;
use super::packs::PacksLayer;
use super::progress::ProgressLayer;
use super::topics::TopicsLayer;
use super::tour::TourLayer;
use super::vignette::VignetteLayer;
use crate::driver::Home;
use crate::tui::keys::{Action, Context};
use crate::tui::layer::{Layer, Turn};

fn home(stage: &mut Stage) -> HomeLayer {
    let mut home = HomeLayer::new(stage.desk.trainee());
    stage.with_hands(|hands| home.wake(hands));
    home
}

#[test]
fn home_is_drawn_before_anything_is_asked() {
    let stage = Stage::new();
    let home = HomeLayer::new("Anna");
    assert!(home.deadline().is_some_and(|due| due < stage.now), "at once");
    insta::assert_snapshot!(stage.drawn(&home));
}

#[test]
fn home_greets_a_new_trainee() {
    let mut stage = Stage::new();
    let home = home(&mut stage);
    assert_eq!(home.deadline(), None);
    insta::assert_snapshot!(stage.drawn(&home));
    stage.every_size(&home);
}

#[test]
fn one_enter_begins() {
    let mut stage = Stage::new();
    let mut home = home(&mut stage);
    let Turn::Push(practice) = stage.act(&mut home, Action::Enter) else {
        panic!("Enter on home begins a set")
    };
    assert_ne!(practice.context(), Context::Home);
}

#[test]
fn home_offers_what_is_due_and_what_was_left() {
    let mut stage = Stage::with_sets();
    let mut home = home(&mut stage);
    insta::assert_snapshot!(stage.drawn(&home));
    stage.every_size(&home);
    stage.act(&mut home, Action::Choose(2));
    let buffer = stage.buffer(&home);
    let at = lines(&buffer).iter().position(|line| line.contains("› 2 Resume")).unwrap();
    let reversed = |x: u16| buffer[(x, at as u16)].modifier.contains(Modifier::REVERSED);
    assert!(reversed(13) && !reversed(30), "the focus is reverse on the row's name");
    let Turn::Push(_) = stage.act(&mut home, Action::Enter) else { panic!("2 goes on") };
    assert!(matches!(stage.act(&mut home, Action::Back), Turn::Leave));
}

#[test]
fn absent_rows_keep_their_digit_unused() {
    let mut stage = Stage::new();
    let mut home = home(&mut stage);
    assert!(matches!(stage.act(&mut home, Action::Choose(2)), Turn::Same));
    stage.act(&mut home, Action::Choose(3));
    assert!(stage.drawn(&home).contains("› 3 Choose"));
    stage.act(&mut home, Action::Up);
    assert!(stage.drawn(&home).contains("› 1 Begin"));
    for digit in 3..=7 {
        stage.act(&mut home, Action::Choose(digit));
        let Turn::Push(layer) = stage.act(&mut home, Action::Enter) else {
            panic!("{digit} opens a screen")
        };
        stage.every_size(layer.as_ref());
    }
}

#[test]
fn the_tour_says_who_made_the_labels() {
    let mut stage = Stage::new();
    let tour = TourLayer::new();
    let text = stage.drawn(&tour);
    insta::assert_snapshot!(text);
    stage.every_size(&tour);
}

#[test]
fn history_lists_sets_and_filters_them() {
    let mut stage = Stage::with_sets();
    let mut history = HistoryLayer::new(&stage.desk).unwrap();
    insta::assert_snapshot!(stage.drawn(&history));
    stage.every_size(&history);
    stage.act(&mut history, Action::Filter);
    assert_eq!(history.context(), Context::Filtering);
    stage.press(&mut history, "ended");
    insta::assert_snapshot!(stage.drawn(&history));
    stage.every_size(&history);
    stage.act(&mut history, Action::Enter);
    let Turn::Push(attempts) = stage.act(&mut history, Action::Enter) else {
        panic!("Enter opens the set")
    };
    assert!(stage.drawn(attempts.as_ref()).contains("12 May"));
}

#[test]
fn attempts_say_what_they_came_to() {
    let mut stage = Stage::with_sets();
    let session = stage.desk.store().sessions(None, 9).unwrap().last().unwrap().start.id;
    let mut attempts = AttemptsLayer::of_session(&stage.desk, session, stage.now).unwrap();
    insta::assert_snapshot!(stage.drawn(&attempts));
    stage.every_size(&attempts);
    let Turn::Push(replay) = stage.act(&mut attempts, Action::Enter) else {
        panic!("Enter replays")
    };
    assert_eq!(replay.context(), Context::Replay);
}

#[test]
fn progress_has_a_page_a_drill() {
    let mut stage = Stage::new();
    let past = super::fixture::five_weeks();
    let mut progress = ProgressLayer::of(&past);
    insta::assert_snapshot!(stage.drawn(&progress));
    for page in ["identify", "discriminate", "judgement"] {
        stage.every_size(&progress);
        stage.act(&mut progress, Action::NextPage);
        insta::assert_snapshot!(format!("progress_{page}"), stage.drawn(&progress));
    }
    stage.every_size(&progress);
    stage.act(&mut progress, Action::NextPage);
    stage.act(&mut progress, Action::Up);
    assert!(stage.drawn(&progress).contains("  4 May    ›"));
    stage.every_size(&ProgressLayer::of(&[]));
    assert!(stage.drawn(&ProgressLayer::of(&[])).contains("Nothing yet"));
}

#[test]
fn a_week_opens_its_attempts() {
    let mut stage = Stage::with_sets();
    let mut progress = ProgressLayer::new(&stage.desk).unwrap();
    let Turn::Push(attempts) = stage.act(&mut progress, Action::Enter) else {
        panic!("Enter opens the week")
    };
    let text = stage.drawn(attempts.as_ref());
    assert!(text.contains("the week of 11 May"), "{text}");
    assert!(text.contains("respond"), "{text}");
}

#[test]
fn packs_show_the_first_fault_of_one_that_is_left_out() {
    let home = Home::find(true, None).unwrap();
    std::fs::create_dir_all(home.path().join("packs")).unwrap();
    std::fs::write(home.path().join("packs/mine.yaml"), "format: 1\npack: {id: mine}\n").unwrap();
    let mut stage = Stage::with_home(home);
    let mut packs = PacksLayer::new(&stage.desk);
    let text = stage.drawn(&packs);
    assert!(text.contains("› Foundations"), "{text}");
    assert!(text.contains("mine.yaml") && text.contains("left out"), "{text}");
    assert!(text.contains("Topics left out"), "{text}");
    stage.every_size(&packs);
    stage.act(&mut packs, Action::Down);
    let Turn::Push(fault) = stage.act(&mut packs, Action::Enter) else { panic!("opens the fault") };
    let text = stage.drawn(fault.as_ref());
    assert!(text.contains("mine.yaml:1") && text.contains("Remedy"), "{text}");
    stage.every_size(fault.as_ref());
}

#[test]
fn a_vignette_is_found_read_and_practised() {
    let mut stage = Stage::new();
    let pack = stage.desk.library().pack("foundations").unwrap().pack.clone();
    let mut layer = PackLayer::new(&pack);
    stage.every_size(&layer);
    stage.act(&mut layer, Action::Filter);
    let first = pack.vignettes[3].id.clone();
    stage.press(&mut layer, &first);
    stage.act(&mut layer, Action::Enter);
    let Turn::Push(mut vignette) = stage.act(&mut layer, Action::Enter) else {
        panic!("Enter opens the vignette")
    };
    assert!(stage.drawn(vignette.as_ref()).contains(&pack.vignettes[3].client.name));
    assert!(matches!(stage.act(vignette.as_mut(), Action::Enter), Turn::Push(_)));
    assert!(matches!(stage.act(vignette.as_mut(), Action::PageDown), Turn::Draw));
}

#[test]
fn a_vignette_is_read_with_its_replies() {
    let mut stage = Stage::new();
    let vignette = VignetteLayer::new("test", std::sync::Arc::new(super::fixture::ruth()));
    insta::assert_snapshot!(stage.drawn(&vignette));
    stage.every_size(&vignette);
    let buffer = stage.buffer(&vignette);
    let lines = lines(&buffer);
    let at = lines.iter().position(|line| line.contains("More chores")).unwrap();
    assert!(buffer[(15, at as u16)].modifier.contains(Modifier::BOLD), "the client is bold");
}

#[test]
fn topics_are_taken_back_in() {
    let mut stage = Stage::new();
    stage.desk.leave_out("grief", stage.now).unwrap();
    stage.desk.leave_out("debt", stage.now).unwrap();
    let mut topics = TopicsLayer::new(&stage.desk);
    stage.every_size(&topics);
    stage.act(&mut topics, Action::Enter);
    assert_eq!(stage.desk.left_out().unwrap(), ["debt"]);
    insta::assert_snapshot!(stage.drawn(&topics));
    stage.act(&mut topics, Action::Enter);
    assert!(stage.drawn(&topics).contains("None."));
    assert!(matches!(stage.act(&mut topics, Action::Enter), Turn::Same));
}

#[test]
fn help_stands_below_the_client() {
    let mut stage = Stage::new();
    let vignette = VignetteLayer::new("test", std::sync::Arc::new(super::fixture::theo()));
    let below = vignette.view(stage.room(), stage.now);
    let (title, pinned) = ("Identify 5 of 8".to_owned(), below.pinned.clone());
    let mut help = HelpLayer::new(Context::Identify, title, pinned);
    insta::assert_snapshot!(stage.drawn(&help));
    stage.every_size(&help);
    stage.act(&mut help, Action::PageDown);
    assert!(!stage.drawn(&help).contains("Here"));
    stage.act(&mut help, Action::Filter);
    stage.press(&mut help, "mouse");
    insta::assert_snapshot!(stage.drawn(&help));
    stage.every_size(&help);
    stage.act(&mut help, Action::Back);
    assert!(matches!(stage.act(&mut help, Action::Back), Turn::Pop));
}

#[test]
fn a_past_attempt_is_replayed_as_it_was_seen() {
    let mut stage = Stage::with_sets();
    let session = stage.desk.store().sessions(None, 9).unwrap().last().unwrap().start.id;
    let mut attempts = AttemptsLayer::of_session(&stage.desk, session, stage.now).unwrap();
    stage.act(&mut attempts, Action::Down);
    let Turn::Push(mut replay) = stage.act(&mut attempts, Action::Enter) else { panic!("replays") };
    insta::assert_snapshot!("replay", stage.drawn(replay.as_ref()));
    for page in [Action::Why, Action::AllTries] {
        stage.every_size(replay.as_ref());
        stage.act(replay.as_mut(), page);
        assert_eq!(replay.context(), Context::Reading);
        stage.every_size(replay.as_ref());
        stage.act(replay.as_mut(), Action::Back);
        assert_eq!(replay.context(), Context::Replay);
    }
    stage.act(replay.as_mut(), Action::Enter);
    assert!(matches!(stage.act(replay.as_mut(), Action::AllTries), Turn::Same), "one try only");
    assert!(stage.drawn(replay.as_ref()).contains("not sure"));
    stage.act(replay.as_mut(), Action::Enter);
    assert!(stage.drawn(replay.as_ref()).contains(" Identify   [replay]   7 May"));
    assert!(matches!(stage.act(replay.as_mut(), Action::Enter), Turn::Pop));
}

#[test]
fn no_mark_is_beyond_a_terminal_without_unicode() {
    let mut stage = Stage::with_sets();
    stage.ascii = true;
    let progress = ProgressLayer::of(&super::fixture::five_weeks());
    let home = home(&mut stage);
    let history = HistoryLayer::new(&stage.desk).unwrap();
    let layers: [&dyn Layer; 4] = [&home, &progress, &history, &TourLayer::new()];
    for layer in layers {
        let text = stage.drawn(layer);
        assert!(text.is_ascii(), "{text}");
    }
}
