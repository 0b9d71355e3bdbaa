//! Records for the store's tests and benches: whole sessions from a number.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "each test uses a part")]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use rollwith::pack::{
    Client, Foil, Form, Framing, Heard, Level, Nature, Reply, ReplyStance, Resistance, Vignette,
};
use rollwith::practice::{
    Amount, Answer, Attempt, Drill, Ending, Feeling, Met, Mix, Note, NoteContent, PlannedItem,
    Private, PrivateContent, Responded, SessionStart, Settings, Shown, ShownReply, Stamp,
    VignetteRef,
};
use rollwith::rubric::{
    Behaviour, Criteria, Criterion, Evidence, Move, MoveCode, Probabilities, Reason, Score, Verdict,
};
use rollwith::store::Store;
use uuid::{Builder, Uuid};

pub fn stamp(minutes: i64) -> Stamp {
    let start: Stamp =
        DateTime::parse_from_rfc3339("2026-05-14T09:30:00.250+02:00").expect("it is a time");
    start + TimeDelta::minutes(minutes)
}

/// A `UUIDv7` of a number: the same each time, in the order of the numbers.
pub fn id(number: u64) -> Uuid {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    Builder::from_unix_timestamp_millis(1_700_000_000_000 + number, &random).into_uuid()
}

pub fn vignette(number: u64) -> Arc<Vignette> {
    let nature = match number % 4 {
        0 => Nature::Follows,
        1 => Nature::Resistance(Form::Process),
        _ => Nature::Resistance(Form::Content),
    };
    let reply = |stance, model| Reply {
        stance,
        model,
        text: format!("A reply, {stance} {number}."),
        why: "It says so.".to_owned(),
    };
    Arc::new(Vignette {
        id: format!("moment-{number}"),
        level: Level::ALL[(number % 3) as usize],
        topics: vec!["homework".to_owned(), format!("topic-{}", number % 5)],
        setting: None,
        client: Client { name: "Ruth".to_owned(), about: None },
        direction: "Shall we put a walk down for Saturday?".to_owned(),
        statement: Some(format!("More chores, and you call it medicine. {number}")),
        nonverbal: Some("shuts the diary".to_owned()),
        media: None,
        media_first: false,
        tone: None,
        intensity: Some(2),
        duty: false,
        resistance: Resistance { nature, manner: None, why: "She opposes the walk.".to_owned() },
        foil: Some(Foil {
            direction: "How was the walk?".to_owned(),
            nature: Nature::Follows,
            why: "She answers.".to_owned(),
        }),
        heard: Heard::default(),
        replies: vec![reply(ReplyStance::Supportive, true), reply(ReplyStance::Directive, false)],
        then: None,
    })
}

pub fn hash_of(vignette: &Vignette) -> String {
    use sha2::{Digest, Sha256};
    let body = serde_json::to_vec(vignette).expect("it is plain data");
    rollwith::store::hex(&Sha256::digest(body))
}

pub fn reference(vignette: &Vignette) -> VignetteRef {
    VignetteRef {
        pack: "foundations".to_owned(),
        version: "1.0.0".to_owned(),
        id: vignette.id.clone(),
        hash: hash_of(vignette),
    }
}

pub fn start(number: u64) -> SessionStart {
    SessionStart {
        id: id(number),
        at: stamp(number.cast_signed()),
        settings: Settings {
            mix: Mix::Mixed,
            packs: vec!["foundations".to_owned()],
            level: Some(Level::Beginner),
            amount: Amount::Minutes(10),
        },
        seed: u64::MAX - number,
        program: "0.1.0".to_owned(),
    }
}

pub fn planned(vignettes: &[Arc<Vignette>]) -> Vec<PlannedItem> {
    vignettes
        .iter()
        .map(|vignette| PlannedItem {
            drill: Drill::Respond,
            framing: Framing::Direction,
            vignette: reference(vignette),
            comes_back: false,
        })
        .collect()
}

pub fn score(number: u64, response: &str) -> Score {
    let verdict = Verdict::ALL[(number % 4) as usize];
    let abstained = number % 7 == 3;
    let criteria = Criteria {
        understanding: (number % 3) as u8,
        curiosity: (number / 3 % 3) as u8,
        autonomy: (number / 9 % 3) as u8,
        nondirective: (number / 27 % 3) as u8,
        fit: (number / 2 % 3) as u8,
    };
    let end = response.char_indices().nth(4).map_or(response.len(), |(index, _)| index);
    Score {
        verdict,
        stance: f64::from((number % 2_000) as u32) / 1_000.0 - 1.0,
        confidence: f64::from((number % 1_001) as u32) / 1_000.0,
        abstained,
        reason: abstained.then_some(Reason::Doubt),
        probabilities: Probabilities {
            supportive: 0.25,
            mixed: 0.25,
            directive: 0.333,
            unscorable: 0.167,
        },
        points: criteria.points(),
        criteria,
        behaviour: Behaviour { reflection: 0.7, question: 0.1, input: 0.1, other: 0.1 },
        moves: vec![Move {
            start: 0,
            end: response.len(),
            code: MoveCode::ComplexReflection,
            probability: 0.81,
            depth: None,
        }],
        evidence: vec![Evidence {
            start: 0,
            end,
            criterion: Criterion::Understanding,
            effect: 0.213,
        }],
        strength: Some("You took up what she minds.".to_owned()),
        correction: None,
        model: "rollwith-rubric 1.0.0".to_owned(),
    }
}

/// The attempt of a number in a session: every third identifies, every fifth chooses.
pub fn attempt(session: Uuid, number: u64, on: &Vignette) -> Attempt {
    let response = format!("You'd rather not have another chore put on you, Nr {number} – 👩‍👩‍👧.");
    let (drill, answer) = match number {
        _ if number % 3 == 2 => (
            Drill::Identify,
            Answer::Identified {
                resistance: number.is_multiple_of(2),
                form: (number.is_multiple_of(2)).then_some(Form::Content),
            },
        ),
        _ if number % 5 == 4 => (
            Drill::Discriminate,
            Answer::Chosen {
                replies: on
                    .replies
                    .iter()
                    .map(|reply| ShownReply {
                        stance: reply.stance,
                        text: reply.text.clone(),
                        why: reply.why.clone(),
                    })
                    .collect(),
                chosen: (number % 2) as usize,
            },
        ),
        _ => {
            let score = score(number, &response);
            let met = match (score.abstained, score.verdict) {
                (true, _) => Met::Unsure,
                (false, Verdict::Supportive) => Met::Yes,
                (false, _) => Met::No,
            };
            let responded = Responded {
                response,
                judged_resistance: (number.is_multiple_of(4)).then_some(true),
                judged_stance: Some(Verdict::Mixed),
                keep: score.strength.clone(),
                score: Some(score),
                met,
                change: None,
                copied: number.is_multiple_of(11),
            };
            (Drill::Respond, Answer::Responded(Box::new(responded)))
        }
    };
    Attempt {
        id: id(number),
        session,
        at: stamp(number.cast_signed()),
        ordinal: (number / 2) as u32,
        try_number: (number % 2 + 1) as u8,
        drill,
        framing: Framing::Direction,
        vignette: reference(on),
        level: on.level,
        topics: on.topics.clone(),
        shown: Shown {
            client: on.client.name.clone(),
            direction: on.direction.clone(),
            statement: on.statement.clone(),
            nonverbal: on.nonverbal.clone(),
        },
        nature: on.resistance.nature,
        answer,
    }
}

pub fn times(number: u64, attempt: &Attempt) -> Private {
    Private {
        id: id(number),
        session: Some(attempt.session),
        at: attempt.at,
        content: PrivateContent::Times {
            attempt: attempt.id,
            first_key_ms: Some(2_100),
            submitted_ms: 61_000,
        },
    }
}

pub fn felt(number: u64, session: Uuid, item: usize) -> Private {
    Private {
        id: id(number),
        session: Some(session),
        at: stamp(number.cast_signed()),
        content: PrivateContent::Felt { item, feeling: Feeling::Guilty, strength: Some(4) },
    }
}

pub fn note(number: u64, session: Uuid, attempt: Option<Uuid>, content: NoteContent) -> Note {
    Note { id: id(number), session, attempt, at: stamp(number.cast_signed()), content }
}

pub fn ended(number: u64, session: Uuid) -> Note {
    note(number, session, None, NoteContent::Ended { ending: Ending::Finished })
}

/// Attempts of a session.
pub const EACH: u64 = 12;

/// A home with so many attempts; in memory where there is a file system there, so that making it
/// does not wait for the disk. `record_one_attempt` does.
pub fn home_of(attempts: u64) -> tempfile::TempDir {
    let home = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let mut store = Store::open(home.path(), "Anna", stamp(0)).unwrap();
    let vignettes: Vec<_> = (0..200).map(vignette).collect();
    for session in 0..attempts / EACH {
        let number = 10_000 + session * 100;
        let start = start(number);
        let chosen = &vignettes[(session as usize * 7) % 190..][..10];
        store.begin_session(&start, &planned(chosen), chosen).unwrap();
        for offset in 1..=EACH {
            let attempt = attempt(start.id, number + offset, &chosen[offset as usize % 10]);
            let private = times(number + 50 + offset, &attempt);
            store.record_attempt(&attempt, &[private], 0).unwrap();
        }
        store.record_note(&ended(number + 90, start.id)).unwrap();
    }
    home
}
