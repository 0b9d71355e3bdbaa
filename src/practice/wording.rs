//! What is said about an attempt, in words: shared by the screens and the plain loop.
//!
//! About the reply, not the person; plain, warm, brief (SCREENS' principles).

use crate::pack::{Form, Nature};
use crate::rubric::{Reason, Score, Verdict};

use super::mastery::Standing;
use super::record::Drill;

/// How sure the scorer is, in words. The bands are of the calibrated probability, 0 to 1.
pub fn sureness(score: &Score) -> &'static str {
    match score.confidence {
        p if score.abstained || p < 0.5 => "not sure",
        p if p < 0.75 => "fairly sure",
        p if p < 0.9 => "sure",
        _ => "very sure",
    }
}

/// The verdict of a score on one line: `mixed, 5 of 10, fairly sure`.
pub fn verdict(score: &Score) -> String {
    if score.abstained {
        return not_sure(score);
    }
    format!("{}, {} of 10, {}", score.verdict, score.points, sureness(score))
}

/// What the scorer hesitates between.
pub fn not_sure(score: &Score) -> String {
    let (first, second) = score.probabilities.top_two();
    match score.reason {
        Some(Reason::Language) => "not sure: this does not read as English".to_owned(),
        Some(Reason::Length) => "not sure: longer than a reply that is said aloud".to_owned(),
        Some(Reason::Doubt) | None => format!("not sure: {first} or {second}"),
    }
}

/// What a verdict means, for the judgement of one's own reply.
pub const fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supportive => "with the client, no push",
        Verdict::Mixed => "with the client, and a push",
        Verdict::Directive => "a push",
        Verdict::Unscorable => "no answer to the client yet",
    }
}

/// What a statement is, in a word or two.
pub const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Resistance(_) => "yes",
        Nature::Follows => "no: the client follows",
        Nature::Ambivalent => "no: of two minds, not opposed",
    }
}

/// The form of resistance, in the words of the answer.
pub const fn form(form: Form) -> &'static str {
    match form {
        Form::Content => "in words",
        Form::Process => "without words",
        Form::Both => "both",
    }
}

/// Whether it was resistance, beside what the trainee said: `yes, as you said`.
pub fn resistance(truth: Nature, said: Option<bool>) -> String {
    let is = nature(truth);
    match said {
        Some(said) if said == truth.is_resistance() => match truth {
            Nature::Resistance(_) => "yes, as you said".to_owned(),
            Nature::Follows => "no, as you said: the client follows".to_owned(),
            Nature::Ambivalent => "no, as you said: of two minds, not opposed".to_owned(),
        },
        Some(said) => format!("{is}. You said: {}", if said { "yes" } else { "no" }),
        None => is.to_owned(),
    }
}

/// What becomes of the statement, once its tries are over.
pub fn afterwards(standing: Standing, client: &str, tries: usize) -> String {
    match standing {
        Standing::Met => format!("met on try {tries}"),
        Standing::SelfMet => "met, self-judged".to_owned(),
        Standing::Missed => {
            format!("{client} comes back another day. Here is how others replied.")
        }
        Standing::Disputed => format!("noted; {client} comes back another day"),
        Standing::SelfMissed | Standing::Unsure => "not quite yet, self-judged".to_owned(),
        Standing::NotAsked => String::new(),
    }
}

/// A drill as the title of a screen.
pub const fn drill(drill: Drill) -> &'static str {
    match drill {
        Drill::Identify => "Identify",
        Drill::Discriminate => "Discriminate",
        Drill::Respond => "Respond",
    }
}

/// So many of something: `1 reply`, `3 replies`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The line beneath the notice.
pub const NOT_ABOUT_YOU: &str = "Not about you: what matters to them?";

/// The question that compares, once a set.
pub const COMPARE: &str = "What does each do that the other does not?";

/// What is offered after a strong reaction.
pub const STOP: &str = "stop for today, and talk to someone you trust";
