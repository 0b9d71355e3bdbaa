//! What is written to the log is read back as it was.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;

use records::{attempt, ended, felt, id, note, planned, stamp, start, times, vignette};
use rollwith::practice::{Drill, Ending, NoteContent, Private, PrivateContent, Row, Standing};
use rollwith::store::{AttemptFilter, Draft, PrivateKind, Store, StoreError};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn a_session_that_was_only_opened_does_not_hide_a_draft() {
    let home = home();
    let vignettes: Vec<_> = (1..4).map(vignette).collect();
    let (typed, opened) = (start(100), start(110));
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    store.begin_session(&typed, &planned(&vignettes), &vignettes).unwrap();
    assert_eq!(store.unfinished(stamp(200)).unwrap().unwrap().start, typed);
    let draft = Draft { session: typed.id, item: 0, at: stamp(101), text: "You have".to_owned() };
    store.save_draft(&draft).unwrap();
    store.begin_session(&opened, &planned(&vignettes), &vignettes).unwrap();
    assert_eq!(store.unfinished(stamp(200)).unwrap().unwrap().start, typed);
}

#[test]
fn a_session_reads_back_in_the_order_written() {
    let home = home();
    let vignettes: Vec<_> = (1..4).map(vignette).collect();
    let session = start(100);
    let first = attempt(session.id, 101, &vignettes[0]);
    let felt = felt(102, session.id, 1);
    let second = attempt(session.id, 103, &vignettes[1]);
    let (time, compared) = (
        times(104, &second),
        note(105, session.id, Some(second.id), NoteContent::Compared { text: "More.".to_owned() }),
    );
    {
        let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
        store.begin_session(&session, &planned(&vignettes), &vignettes).unwrap();
        store.record_attempt(&first, &[], 0).unwrap();
        store.record_private(&felt).unwrap();
        store.record_attempt(&second, std::slice::from_ref(&time), 1).unwrap();
        store.record_note(&compared).unwrap();
    }
    let store = Store::open(home.path(), "Anna", stamp(1)).unwrap();
    let recorded = store.unfinished(stamp(200)).unwrap().unwrap();
    assert_eq!(recorded.start, session);
    assert_eq!(recorded.planned.as_deref(), Some(&planned(&vignettes)[..]));
    assert_eq!(
        recorded.rows,
        [
            Row::Attempt(Box::new(first)),
            Row::Private(felt),
            Row::Attempt(Box::new(second)),
            Row::Private(time),
            Row::Note(compared),
        ]
    );
    assert_eq!(
        store.vignette(&planned(&vignettes)[2].vignette.hash).unwrap().as_ref(),
        Some(&*vignettes[2])
    );
    assert!(store.unfinished(stamp(100 + 15 * 24 * 60)).unwrap().is_none(), "after 14 days");
}

#[test]
fn an_ended_session_is_not_offered_again_and_counts_in_history() {
    let home = home();
    let vignette = vignette(1);
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    for number in [100, 200, 300] {
        let session = start(number);
        store.begin_session(&session, &[], std::slice::from_ref(&vignette)).unwrap();
        for offset in 1..=8 {
            store.record_attempt(&attempt(session.id, number + offset, &vignette), &[], 0).unwrap();
        }
        store.record_note(&ended(number + 20, session.id)).unwrap();
    }
    assert!(store.unfinished(stamp(400)).unwrap().is_none());
    let page = store.sessions(None, 2).unwrap();
    assert_eq!(page.iter().map(|each| each.start.id).collect::<Vec<_>>(), [id(300), id(200)]);
    let rest = store.sessions(Some(page[1].key()), 2).unwrap();
    assert_eq!(rest.iter().map(|each| each.start.id).collect::<Vec<_>>(), [id(100)]);
    let summary = &rest[0];
    assert_eq!(
        (summary.ending, summary.attempts, summary.statements),
        (Some(Ending::Finished), 8, 4)
    );
    assert_eq!(summary.by_drill.iter().sum::<u32>(), 4);
    assert_eq!(
        summary.verdicts.iter().sum::<u32>() + summary.unsure,
        summary.by_drill[Drill::Respond as usize]
    );
}

#[test]
fn attempts_are_paged_by_key_and_filtered() {
    let home = home();
    let vignette = vignette(1);
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let session = start(100);
    store.begin_session(&session, &[], &[]).unwrap();
    let written: Vec<_> = (101..131).map(|n| attempt(session.id, n, &vignette)).collect();
    for attempt in &written {
        store.record_attempt(attempt, &[], 0).unwrap();
    }
    let filter =
        AttemptFilter { drill: Some(Drill::Identify), first_tries: true, ..Default::default() };
    let mut expected: Vec<_> = written
        .iter()
        .filter(|each| each.drill == Drill::Identify && each.try_number == 1)
        .cloned()
        .collect();
    expected.reverse();
    let mut found = Vec::new();
    loop {
        let last = found
            .last()
            .map(|last: &rollwith::practice::Attempt| rollwith::store::Key::of(last.at, last.id));
        let page = store.attempts(filter, last, 2).unwrap();
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found, expected);
    assert_eq!(store.attempts(AttemptFilter::default(), None, 100).unwrap().len(), 30);
    let since = AttemptFilter { since: Some(stamp(125)), ..Default::default() };
    assert_eq!(store.attempts(since, None, 100).unwrap().len(), 6);
}

#[test]
fn past_knows_what_the_trainee_said_later() {
    let home = home();
    let vignette = vignette(1);
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let session = start(100);
    store.begin_session(&session, &[], &[]).unwrap();
    let mut notes = Vec::new();
    for number in 101..141 {
        let attempt = attempt(session.id, number, &vignette);
        store.record_attempt(&attempt, &[], 0).unwrap();
        let content = match number % 4 {
            0 => NoteContent::OwnCall { met: number % 8 == 0 },
            1 => NoteContent::Disputed { reason: String::new() },
            _ => continue,
        };
        notes.push(note(1_000 + number, session.id, Some(attempt.id), content));
        store.record_note(notes.last().unwrap()).unwrap();
    }
    let past = store.past().unwrap();
    let recorded = store.recorded(session.id).unwrap();
    assert_eq!(past.len(), 40);
    for (past, attempt) in past.iter().zip(recorded.attempts()) {
        assert_eq!(past.attempt, attempt.id);
        assert_eq!(past.at, attempt.at);
        assert_eq!(past.at.offset(), attempt.at.offset());
        assert_eq!(past.standing, rollwith::practice::standing(attempt, &notes));
        assert_eq!(
            (past.drill, past.nature, past.level),
            (attempt.drill, attempt.nature, attempt.level)
        );
    }
    assert!(past.iter().any(|past| past.standing == Standing::SelfMet));
    assert!(past.iter().any(|past| past.standing == Standing::Disputed));
}

#[test]
fn saying_the_same_twice_writes_it_once_and_something_else_is_refused() {
    let home = home();
    let vignette = vignette(1);
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let session = start(100);
    let mut first = attempt(session.id, 101, &vignette);
    for _ in 0..2 {
        store.begin_session(&session, &planned(std::slice::from_ref(&vignette)), &[]).unwrap();
        store.record_attempt(&first, &[times(102, &first)], 0).unwrap();
        store.record_note(&ended(103, session.id)).unwrap();
    }
    let recorded = store.recorded(session.id).unwrap();
    assert_eq!(recorded.rows.len(), 3);
    first.ordinal += 1;
    assert!(matches!(store.record_attempt(&first, &[], 0), Err(StoreError::Conflict(_))));
    assert_eq!(store.recorded(session.id).unwrap(), recorded);
}

#[test]
fn a_draft_lasts_until_its_attempt() {
    let home = home();
    let vignette = vignette(1);
    let session = start(100);
    let draft = |text: &str, minutes| Draft {
        session: session.id,
        item: 0,
        at: stamp(minutes),
        text: text.to_owned(),
    };
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    store.begin_session(&session, &[], &[]).unwrap();
    store.save_draft(&draft("You'd ra", 1)).unwrap();
    store.save_draft(&draft("You'd rather", 2)).unwrap();
    let mut store = Store::open(home.path(), "Anna", stamp(3)).unwrap();
    assert_eq!(store.draft(session.id).unwrap(), Some(draft("You'd rather", 2)));
    assert!(store.sessions(None, 1).unwrap()[0].has_draft);
    store.record_attempt(&attempt(session.id, 101, &vignette), &[], 0).unwrap();
    assert_eq!(store.draft(session.id).unwrap(), None);
    store.save_draft(&draft("Again", 4)).unwrap();
    store.discard_draft(session.id, 0).unwrap();
    assert_eq!(store.draft(session.id).unwrap(), None);
}

#[test]
fn private_rows_and_people_are_kept_apart() {
    let home = home();
    let mut anna = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let mut ben = Store::open(home.path(), "Ben", stamp(0)).unwrap();
    let topic = |number, topic: &str| Private {
        id: id(number),
        session: None,
        at: stamp(number.cast_signed()),
        content: PrivateContent::TopicLeftOut { topic: topic.to_owned() },
    };
    anna.record_private(&topic(1, "grief")).unwrap();
    anna.record_private(&topic(2, "debts")).unwrap();
    ben.record_private(&topic(3, "war")).unwrap();
    assert_eq!(
        anna.private_rows(PrivateKind::Topic, 9).unwrap(),
        [topic(1, "grief"), topic(2, "debts")]
    );
    assert_eq!(anna.private_rows(PrivateKind::Topic, 1).unwrap(), [topic(2, "debts")]);
    assert_eq!(anna.private_rows(PrivateKind::Felt, 9).unwrap(), []);
    let session = start(100);
    ben.begin_session(&session, &[], &[]).unwrap();
    assert!(matches!(anna.recorded(session.id), Err(StoreError::NoSession(_))));
    assert!(anna.sessions(None, 9).unwrap().is_empty());
    assert_ne!(anna.log(), ben.log());
    let missing = Store::open_existing(home.path(), "Cleo").unwrap_err().to_string();
    assert_eq!(missing, "no trainee called Cleo here; there is Anna, Ben");
}
