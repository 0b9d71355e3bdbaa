//! Vignettes and scores made for tests.

use std::sync::Arc;

use chrono::DateTime;
use rollwith::pack::{
    Client, Foil, Form, Heard, Level, Nature, Reply, ReplyStance, Resistance, Vignette,
};
use rollwith::practice::plan::{Available, Request};
use rollwith::practice::{Amount, Mix, SessionStart, Settings, VignetteRef};
use rollwith::rubric::{
    Behaviour, Criteria, Move, MoveCode, Probabilities, Reason, Score, Verdict,
};

/// Twenty-four vignettes: 16 of resistance, 4 that follow, 4 of two minds; and one of duty.
pub fn shelf() -> Vec<Available> {
    let mut all = Vec::new();
    for number in 0..24 {
        let (name, nature) = match number % 6 {
            0..=2 => ("content", Nature::Resistance(Form::Content)),
            3 => ("process", Nature::Resistance(Form::Process)),
            4 => ("follows", Nature::Follows),
            _ => ("ambivalent", Nature::Ambivalent),
        };
        all.push(vignette(&format!("{name}-{number}"), nature, number));
    }
    let mut duty = vignette("duty", Nature::Resistance(Form::Content), 24);
    duty.duty = true;
    duty.foil = None;
    for (reply, stance) in duty.replies.iter_mut().zip([
        ReplyStance::Held,
        ReplyStance::Avoided,
        ReplyStance::Directive,
    ]) {
        reply.stance = stance;
    }
    duty.replies.truncate(3);
    all.push(duty);
    all.into_iter()
        .map(|vignette| Available {
            reference: VignetteRef {
                pack: "test".into(),
                version: "1.0.0".into(),
                hash: format!("hash of {}", vignette.id),
                id: vignette.id.clone(),
            },
            vignette: Arc::new(vignette),
            scored: true,
        })
        .collect()
}

fn vignette(id: &str, nature: Nature, number: usize) -> Vignette {
    let foil = match nature {
        Nature::Resistance(_) => Nature::Follows,
        _ => Nature::Resistance(Form::Content),
    };
    let reply = |stance, model, text: &str| Reply {
        stance,
        model,
        text: format!("{text} {id}"),
        why: format!("Why {text} {id}."),
    };
    let replies = if nature == Nature::Follows {
        vec![
            reply(ReplyStance::CarriesOn, true, "goes on"),
            reply(ReplyStance::Overdone, false, "rolls"),
        ]
    } else {
        vec![
            reply(ReplyStance::Supportive, true, "meets"),
            reply(ReplyStance::Directive, false, "pushes"),
            reply(ReplyStance::Directive, false, "argues"),
            reply(ReplyStance::Mixed, false, "meets and pushes"),
        ]
    };
    Vignette {
        id: id.to_owned(),
        level: Level::Beginner,
        topics: vec![["anxiety", "work", "family"][number % 3].to_owned()],
        setting: None,
        client: Client { name: format!("Client {number}"), about: None },
        direction: format!("Shall we try step {number}?"),
        statement: (id != "process-3").then(|| format!("No, not step {number}.")),
        nonverbal: id.starts_with("process").then(|| "looks away".to_owned()),
        media: None,
        media_first: false,
        tone: None,
        intensity: None,
        duty: false,
        resistance: Resistance { nature, manner: None, why: "Why it is so.".into() },
        foil: Some(Foil {
            direction: format!("How was step {number}?"),
            nature: foil,
            why: "Why it turns.".into(),
        }),
        heard: Heard { feelings: vec!["tired".into()], meanings: vec!["enough of it".into()] },
        replies,
        then: None,
    }
}

/// What was asked for, and nothing else.
pub fn request(mix: Mix, amount: Amount) -> Request {
    Request { mix, amount, ..Request::today() }
}

/// The first row of a session on a fixed morning.
pub fn start(request: &Request, seed: u64) -> SessionStart {
    let at = DateTime::parse_from_rfc3339("2026-05-14T18:40:00+02:00").expect("a time");
    SessionStart {
        id: uuid::Uuid::from_u128(u128::from(seed) << 64 | 7),
        at,
        settings: Settings {
            mix: request.mix,
            packs: request.packs.clone(),
            level: request.level,
            amount: request.amount,
        },
        seed,
        program: "test".into(),
    }
}

/// A score of one verdict whose labels hang together.
pub fn score(verdict: Verdict, abstained: bool) -> Score {
    let (criteria, code) = match verdict {
        Verdict::Supportive => ([2, 2, 1, 2, 2], Some(MoveCode::ComplexReflection)),
        Verdict::Mixed => ([1, 1, 1, 0, 2], Some(MoveCode::Persuade)),
        Verdict::Directive => ([0, 0, 0, 0, 1], Some(MoveCode::Persuade)),
        Verdict::Unscorable => ([0, 0, 0, 0, 0], None),
    };
    let criteria = Criteria {
        understanding: criteria[0],
        curiosity: criteria[1],
        autonomy: criteria[2],
        nondirective: criteria[3],
        fit: criteria[4],
    };
    let of = |each| if each == verdict { 0.91 } else { 0.03 };
    let probabilities = Probabilities {
        supportive: of(Verdict::Supportive),
        mixed: of(Verdict::Mixed),
        directive: of(Verdict::Directive),
        unscorable: of(Verdict::Unscorable),
    };
    Score {
        verdict,
        stance: probabilities.supportive - probabilities.directive,
        confidence: 0.91,
        abstained,
        reason: abstained.then_some(Reason::Doubt),
        probabilities,
        points: criteria.points(),
        criteria,
        behaviour: Behaviour { reflection: 0.7, question: 0.1, input: 0.1, other: 0.1 },
        moves: code
            .map(|code| Move { start: 0, end: 3, code, probability: 0.8, depth: None })
            .into_iter()
            .collect(),
        evidence: Vec::new(),
        strength: None,
        correction: None,
        model: "test".into(),
    }
}
