//! What is said about an attempt, in words: shared by the screens and the plain loop.
//!
//! About the reply, not the person; plain, warm, brief (SCREENS' principles).

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::pack::{Form, Heard, Nature};
use crate::rubric::{Criterion, Move, Reason, Score, Verdict};

use super::mastery::Standing;
use super::record::{Drill, NextSet, Stamp};

/// How sure the scorer is, in words. The bands are of the calibrated probability, 0 to 1; there is
/// no "very sure", since one verdict in five is wrong (corpus/README.md).
pub fn sureness(score: &Score) -> &'static str {
    match score.confidence {
        p if score.abstained || p < 0.5 => "not sure",
        p if p < 0.9 => "fairly sure",
        _ => "sure",
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

/// What becomes of the statement, once its tries are over; `back` is whether it comes back.
pub fn afterwards(standing: Standing, client: &str, tries: usize, back: bool) -> String {
    match standing {
        Standing::Met => format!("met on try {tries}"),
        Standing::SelfMet => "met, self-judged".to_owned(),
        Standing::Missed if back => {
            format!("{client} comes back another day. Here is how others replied.")
        }
        Standing::Missed => "Here is how others replied.".to_owned(),
        Standing::Disputed => format!("noted; {client} comes back another day"),
        Standing::SelfMissed | Standing::Unsure => "not quite yet, self-judged".to_owned(),
        Standing::NotAsked => String::new(),
    }
}

/// What may be heard: feelings, then meanings in the client's voice; empty where nothing is named.
pub fn heard(heard: &Heard) -> String {
    let meanings: Vec<String> =
        heard.meanings.iter().map(|meaning| format!("\"{meaning}\"")).collect();
    let parts = [heard.feelings.join(", "), meanings.join(", ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
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

/// A number up to twelve in words, `ten`; a greater one in digits.
pub fn number(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(number as usize).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A day: `14 May`, with its year where that is not this one.
pub fn date(day: Stamp, now: Stamp) -> String {
    let format = if day.year() == now.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}

/// A day by its distance: `today`, `yesterday`, `Monday`, then its date.
pub fn day(day: Stamp, now: Stamp) -> String {
    match (now.date_naive() - day.date_naive()).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=6 => day.format("%A").to_string(),
        _ => date(day, now),
    }
}

/// What of a plan fits its minutes: `3 to respond to, 4 to identify, 1 to choose`.
pub fn forecast(fits: &BTreeMap<Drill, usize>) -> String {
    listed(
        fits.iter().map(|(drill, count)| (*drill, *count)),
        "to respond to",
        "to identify",
        "to choose",
    )
}

/// What of a session was done: `3 responded to, 4 identified, 1 chosen`; by `Drill::ALL`.
pub fn done(by_drill: [u32; 3]) -> String {
    let counts = Drill::ALL.into_iter().zip(by_drill.map(|count| count as usize));
    listed(counts, "responded to", "identified", "chosen")
}

fn listed(
    counts: impl Iterator<Item = (Drill, usize)>,
    respond: &str,
    identify: &str,
    discriminate: &str,
) -> String {
    let mut counts: Vec<(Drill, usize)> = counts.filter(|(_, count)| *count > 0).collect();
    let order = [Drill::Respond, Drill::Identify, Drill::Discriminate];
    counts.sort_by_key(|(drill, _)| order.iter().position(|each| each == drill));
    let parts: Vec<String> = counts
        .into_iter()
        .map(|(drill, count)| {
            let words = match drill {
                Drill::Respond => respond,
                Drill::Identify => identify,
                Drill::Discriminate => discriminate,
            };
            format!("{count} {words}")
        })
        .collect();
    parts.join(", ")
}

/// How many statements come back: `1 comes back after a miss`.
pub fn comes_back(count: usize) -> String {
    format!("{count} {} after a miss", if count == 1 { "comes back" } else { "come back" })
}

/// The line beneath the notice.
pub const NOT_ABOUT_YOU: &str = "Not about you: what matters to them?";

/// The question that compares, once a set.
pub const COMPARE: &str = "What does each do that the other does not?";

/// What a supportive reply still lacks that did not meet the mastery criterion, where nothing else
/// is to be changed.
pub const NOT_MET: &str = "To meet it, take up what matters here, and bring one of understanding, \
                           curiosity or autonomy to 2.";

/// What is offered after a strong reaction.
pub const STOP: &str = "stop for today, and talk to someone you trust";

/// What a skipped statement is met with.
pub const LEFT_OUT: &str = "Left out. The next one.";

/// What Enter on an empty reply is met with.
pub const NOTHING_TYPED: &str = "Nothing typed yet. Say it aloud, then type what you said.";

/// What stands beside the reply after a strong reaction.
pub const STRONG: &str = "That is strong. Esc offers to stop for today.";

/// What is said while the scorer takes longer than a moment.
pub const ONE_MOMENT: &str = "One moment.";

/// Who made the labels that the scorer learned from.
pub const LABELS: &str = "The labels that the scorer learned from were made by no clinician; until \
                          trained coders have coded them twice, they are provisional.";

/// Who wrote the packs' answers.
pub const PACK_LABELS: &str = "This answer is the pack's own, not the scorer's. Unless the pack \
                               says otherwise, its authors are no clinicians.";

/// Why a duty moment has no score.
pub const TALKED_THROUGH: &str = "Risk, safeguarding or law: talked through, and never scored.";

/// What no score may be used for.
pub const NO_DECISION: &str = "No decision about a person may rest on a score.";

/// What could not be written, and that nothing is lost by it.
pub fn not_kept(fault: &str) -> String {
    if fault.contains("disk is full") {
        return "Disk full; your reply is still here. Free some space, then Enter.".to_owned();
    }
    let mut letters = fault.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}. Your reply is still here; Enter tries again.", letters.as_str())
}

/// Where no score can be had.
pub const NO_SCORE: &str = "no score: this pack's language is not one that the scorer knows";

/// What follows one's own call, before the client's name.
pub const A_MODEL_REPLY: &str = "A model reply to";

/// A choice of the reaction form.
pub const fn next_set(next: NextSet) -> &'static str {
    match next {
        NextSet::Easier => "easier",
        NextSet::Stay => "stay",
        NextSet::Harder => "harder",
        NextSet::Stop => STOP,
    }
}

/// How far a reflection goes beyond what was said, as a matter of degree; none for other moves. The
/// bands are of [`Move::depth`], 0 to 1 (experts disagree on where the line is, so the screen never
/// says one side of it as a fact; RUBRIC.md, moves).
pub fn depth(of: &Move) -> Option<&'static str> {
    Some(match of.depth? {
        depth if depth < 0.3 => "close to what was said",
        depth if depth < 0.6 => "a little beyond what was said",
        _ => "beyond what was said",
    })
}

/// What so many points of a criterion say of a reply (RUBRIC.md, criteria).
pub const fn points(criterion: Criterion, points: u8) -> &'static str {
    match (criterion, points) {
        (Criterion::Understanding, 0) => "no reflection",
        (Criterion::Understanding, 1) => "restates what was said",
        (Criterion::Understanding, _) => "adds meaning, or names the feeling",
        (Criterion::Curiosity, 0) => "closed or leading, or none",
        (Criterion::Curiosity, 1) => "a closed question, or an implicit invitation",
        (Criterion::Curiosity, _) => "explores the objection, or leaves room for more",
        (Criterion::Autonomy, 0) => "pushes a choice",
        (Criterion::Autonomy, 1) => "neutral",
        (Criterion::Autonomy, _) => "leaves the choice, or owns a misstep",
        (Criterion::Nondirective, 0) => "confronts or persuades",
        (Criterion::Nondirective, 1) => "a soft push",
        (Criterion::Nondirective, _) => "no push",
        (Criterion::Fit, 0) => "could be said to anyone",
        (Criterion::Fit, 1) => "touches this statement",
        (Criterion::Fit, _) => "takes up what matters in it",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{comes_back, date, day, done, forecast, number};
    use crate::practice::{Drill, Stamp};

    fn at(text: &str) -> Stamp {
        chrono::DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn days_are_named_by_their_distance() {
        let now = at("2026-05-14T18:40:00+02:00");
        assert_eq!(day(at("2026-05-14T01:00:00+02:00"), now), "today");
        assert_eq!(day(at("2026-05-13T23:00:00+02:00"), now), "yesterday");
        assert_eq!(day(at("2026-05-11T09:00:00+02:00"), now), "Monday");
        assert_eq!(day(at("2026-05-07T09:00:00+02:00"), now), "7 May");
        assert_eq!(date(at("2025-12-31T09:00:00+02:00"), now), "31 Dec 2025");
    }

    #[test]
    fn replies_come_first_and_nothing_is_left_out_as_nought() {
        let fits =
            BTreeMap::from([(Drill::Identify, 4), (Drill::Respond, 3), (Drill::Discriminate, 1)]);
        assert_eq!(forecast(&fits), "3 to respond to, 4 to identify, 1 to choose");
        assert_eq!(done([4, 0, 3]), "3 responded to, 4 identified");
        assert_eq!([number(10), number(15)], ["ten", "15"]);
        assert_eq!(
            [comes_back(1), comes_back(2)].concat(),
            "1 comes back after a miss2 come back after a miss"
        );
    }
}
