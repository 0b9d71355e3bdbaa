//! The whole practice loop line by line, for screen readers, pipes and `TERM=dumb`.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::Receiver;

use crate::driver::{Practice, Scored};
use crate::pack::{Form, Framing};
use crate::practice::{
    Answer, Attempt, Drill, Event, Feeling, Item, NextSet, Stamp, Standing, Step, propose, wording,
};
use crate::rubric::{self, Criterion, Verdict};

/// How the loop was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The set is over.
    Over,
    /// It waits to be gone on with.
    Kept,
}

/// What anything else is met with.
const NO_ANSWER: &str = "That is not one of the answers here.";

/// Runs a session on lines. Ends with the set, at `:q`, or with the input; all is kept.
///
/// # Errors
/// When the input or output fails.
pub fn run(
    practice: &mut Practice,
    scores: &Receiver<Scored>,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    clock: &dyn Fn() -> Stamp,
) -> io::Result<Left> {
    writeln!(
        out,
        "Answer with a digit or in words, then Enter. At any time: :x skips the statement, :o names its topics, to leave one out for good, :stop stops for today, :end ends the set, :q leaves it to be gone on with. All is kept."
    )?;
    let mut said = None;
    loop {
        let now = clock();
        let step = practice.session().step().clone();
        if said.as_ref() != Some(&step) {
            say(practice, out, now)?;
            said = Some(step.clone());
        }
        if let Some(fault) = practice.fault() {
            writeln!(out, "{fault}")?;
        }
        match step {
            Step::Summary => return Ok(Left::Over),
            Step::Scoring(_) => {
                match scores.recv() {
                    Ok(scored) => practice.scored(scored, clock()),
                    Err(_) => return Ok(Left::Kept),
                }
                continue;
            }
            _ => {}
        }
        write!(out, "> ")?;
        out.flush()?;
        let Some(line) = read(input)? else {
            writeln!(out)?;
            writeln!(out, "All is kept. `rollwith practice --plain` goes on from here.")?;
            return Ok(Left::Kept);
        };
        let now = clock();
        match line.trim() {
            ":q" => {
                writeln!(out, "All is kept. `rollwith practice --plain` goes on from here.")?;
                return Ok(Left::Kept);
            }
            ":x" if practice.session().can_skip() => {
                practice.handle(Event::Skipped, now);
                writeln!(out, "{}", wording::LEFT_OUT)?;
            }
            ":stop" if practice.session().can_stop() => practice.handle(Event::StopForToday, now),
            ":end" if practice.session().can_end() => practice.handle(Event::EndSet, now),
            ":x" | ":stop" | ":end" => writeln!(out, "{NO_ANSWER}")?,
            text => match text.strip_prefix(":o") {
                Some(topic) if topic.is_empty() || topic.starts_with(' ') => {
                    leave_out(practice, topic.trim(), out, now)?;
                }
                _ => answer(practice, &line, out, now)?,
            },
        }
    }
}

/// Leaves a topic of the open statement out for good; without a topic, names them.
fn leave_out(
    practice: &mut Practice,
    topic: &str,
    out: &mut dyn Write,
    now: Stamp,
) -> io::Result<()> {
    let session = practice.session();
    let Some(item) = session.item().filter(|_| session.can_skip()) else {
        return writeln!(out, "{NO_ANSWER}");
    };
    let topics = &item.vignette.topics;
    if !topics.iter().any(|each| each == topic) {
        return writeln!(
            out,
            "Topics: {}. :o and one of them leaves it out for good, here and in every set to come.",
            topics.join(", ")
        );
    }
    writeln!(out, "Left out for good: {topic}.")?;
    practice.handle(Event::TopicLeftOut(topic.to_owned()), now);
    Ok(())
}

/// A line without its end, made safe; a line that ends in a backslash goes on in the next.
fn read(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut all = String::new();
    loop {
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok((!all.is_empty()).then_some(all));
        }
        let line =
            crate::text::neutralise(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']));
        let Some(goes_on) = line.strip_suffix('\\') else {
            all.push_str(&line);
            return Ok(Some(all));
        };
        all.push_str(goes_on);
        all.push('\n');
    }
}

/// Says where the session stands and what may be answered.
fn say(practice: &Practice, out: &mut dyn Write, now: Stamp) -> io::Result<()> {
    let session = practice.session();
    match session.step() {
        Step::Notice { .. } | Step::Reply { .. } | Step::Judge(_) => say_reply(practice, out),
        Step::Question { .. } | Step::Reaction { .. } | Step::Summary => say_after(practice, out),
        Step::Scoring(_) => writeln!(out, "One moment."),
        Step::Keeping { .. } => writeln!(out, "It could not be written yet. Enter tries again."),
        Step::Feedback { attempt } => feedback(practice, *attempt, out, now),
        Step::Example(example) => {
            writeln!(out, "First, how someone met another client:")?;
            let vignette = &example.vignette;
            writeln!(out, "You: {}", vignette.direction)?;
            writeln!(out, "{}: {}", vignette.client.name, vignette.client_turn())?;
            writeln!(
                out,
                "Model: {}\nWhy: {}\nEnter: your own again.",
                example.reply().text,
                example.reply().why
            )
        }
        Step::Compare => compare(practice, out),
        Step::Identify { named: false, .. } => {
            moment(session.item(), session.place(), out)?;
            writeln!(out, "Is this resistance? 1 yes, 2 no")
        }
        Step::Identify { named: true, .. } => {
            writeln!(out, "In which form? 1 in words, 2 without words, 3 both")
        }
        Step::Choose { replies, .. } => {
            moment(session.item(), session.place(), out)?;
            writeln!(out, "Which reply would you give?")?;
            for (digit, reply) in (1..).zip(replies) {
                writeln!(out, "{digit} {}", reply.text)?;
            }
            Ok(())
        }
        Step::Explained { attempt } => explained(practice, *attempt, out),
    }
}

/// The steps up to one's own judgement.
fn say_reply(practice: &Practice, out: &mut dyn Write) -> io::Result<()> {
    let session = practice.session();
    match session.step() {
        Step::Notice { feeling: None } => {
            moment(session.item(), session.place(), out)?;
            writeln!(out, "Notice. What is strongest in you, right now? Enter for nothing.")?;
            for (index, feeling) in Feeling::ALL.iter().enumerate() {
                write!(
                    out,
                    "{}{} {}",
                    if index == 0 { "" } else { ", " },
                    index + 1,
                    feeling.words()
                )?;
            }
            writeln!(out, "\n{}", wording::NOT_ABOUT_YOU)
        }
        Step::Notice { feeling: Some(feeling) } => {
            writeln!(out, "{}: how strong, 1 to 9? Enter passes.", feeling.words())
        }
        Step::Reply { draft, .. } => {
            if session.offers_stop() {
                writeln!(out, "That is strong. :stop will {}.", wording::STOP)?;
            }
            if let Some(last) = session.tries().last() {
                writeln!(out, "Try {} of 4. The same statement again:", session.tries().len() + 1)?;
                if let Some(item) = session.item() {
                    writeln!(out, "{}: {}", item.vignette.client.name, last.shown.client_turn())?;
                }
            }
            if !draft.is_empty() {
                writeln!(out, "Your draft: {draft}\nEnter alone submits it.")?;
            }
            writeln!(
                out,
                "Reply. Say it aloud, then type what you said. A backslash at the end of a line goes on in the next."
            )
        }
        Step::Judge(judging) if judging.resistance.is_none() && session.tries().is_empty() => {
            writeln!(out, "Judge, before the feedback. Was that resistance? 1 yes, 2 no")
        }
        Step::Judge(_) => {
            write!(out, "And your reply?")?;
            for (digit, verdict) in
                (1..).zip([Verdict::Supportive, Verdict::Mixed, Verdict::Directive])
            {
                write!(out, " {digit} {verdict} ({})", wording::meaning(verdict))?;
            }
            writeln!(out)
        }
        _ => Ok(()),
    }
}

/// What follows the set.
fn say_after(practice: &Practice, out: &mut dyn Write) -> io::Result<()> {
    let session = practice.session();
    match session.step() {
        Step::Question { attempt } => {
            let attempt = &session.attempts()[*attempt];
            writeln!(
                out,
                "One more look at the set. {}: {}",
                attempt.shown.client,
                attempt.shown.client_turn()
            )?;
            if let Answer::Responded(responded) = &attempt.answer {
                writeln!(out, "You: {}", responded.response)?;
            }
            for model in
                session.item_of(attempt).into_iter().flat_map(|item| item.vignette.models())
            {
                writeln!(out, "Model: {}", model.text)?;
            }
            writeln!(out, "{} An empty line will do.", wording::COMPARE)
        }
        Step::Reaction { form, .. } if form.difficulty.is_none() => {
            writeln!(
                out,
                "The set is done. How hard was it to meet the criteria, 1 to 9? Enter passes."
            )
        }
        Step::Reaction { form, .. } if form.strongest.is_none() => {
            writeln!(out, "How strong were your reactions, at the strongest, 1 to 9? Enter passes.")
        }
        Step::Reaction { form, .. } => {
            let noted = session.strongest_felt().map(|(_, strength)| strength);
            let proposed = propose(*form, noted);
            let proposed = choice_words(proposed);
            writeln!(
                out,
                "The next set: 1 easier, 2 stay, 3 harder, 4 {}. Enter: {proposed}.",
                wording::STOP
            )
        }
        Step::Summary => summary(practice, out),
        _ => Ok(()),
    }
}

const fn choice_words(next: NextSet) -> &'static str {
    match next {
        NextSet::Easier => "easier",
        NextSet::Stay => "stay",
        NextSet::Harder => "harder",
        NextSet::Stop => wording::STOP,
    }
}

fn moment(item: Option<&Item>, (place, of): (usize, usize), out: &mut dyn Write) -> io::Result<()> {
    let Some(item) = item else { return Ok(()) };
    let shown = item.shown();
    writeln!(out, "\n{} {place} of {of}", wording::drill(item.drill()))?;
    let about = [&item.vignette.setting, &item.vignette.client.about];
    for line in about.into_iter().flatten() {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "You: {}", shown.direction)?;
    writeln!(out, "{}: {}", shown.client, shown.client_turn())
}

fn feedback(practice: &Practice, index: usize, out: &mut dyn Write, now: Stamp) -> io::Result<()> {
    let session = practice.session();
    let attempt = &session.attempts()[index];
    let Answer::Responded(responded) = &attempt.answer else { return Ok(()) };
    let standing = session.standing(index);
    if attempt.try_number == 1 {
        let why = session.item().map_or("", Item::why);
        writeln!(
            out,
            "Resistance: {}. {why}",
            wording::resistance(attempt.nature, responded.judged_resistance)
        )?;
    }
    if let Some(score) = &responded.score {
        if attempt.nature.is_resistance() {
            write!(out, "Verdict: {}.", wording::verdict(score))?;
            if let Some(judged) = responded.judged_stance {
                write!(out, " You judged: {judged}.")?;
            }
            writeln!(out)?;
            let client = Some(attempt.shown.client.as_str());
            if score.abstained {
                if let Some(doubt) = rubric::feedback::doubt(score, &responded.response, client) {
                    writeln!(out, "{doubt}")?;
                }
            } else {
                let points: Vec<String> = Criterion::ALL
                    .iter()
                    .map(|each| format!("{} {}", each.word(), score.criteria.of(*each)))
                    .collect();
                writeln!(out, "Points, of 2 each: {}.", points.join(", "))?;
            }
            for mark in &score.evidence {
                let words = responded.response.get(mark.start..mark.end).unwrap_or_default();
                let sign = match mark.effect {
                    _ if score.abstained => "may matter to",
                    effect if effect < 0.0 => "cost",
                    _ => "earned",
                };
                writeln!(out, "Marked: \"{words}\" {sign} {}.", mark.criterion.word())?;
            }
        } else {
            for each in &score.moves {
                let words = responded.response.get(each.start..each.end).unwrap_or_default();
                writeln!(out, "Move: \"{words}\" {}.", each.code.words())?;
            }
        }
    } else {
        writeln!(out, "No score: this pack's language is not one that the scorer knows.")?;
    }
    if let Some(keep) = &responded.keep {
        writeln!(out, "Keep: {keep}")?;
    }
    if let Some(change) = &responded.change {
        writeln!(out, "Change: {change}")?;
    }
    let retries = standing == Standing::Missed && session.retries_by_itself(now);
    let mut keys = match standing {
        Standing::Unsure => format!(
            "Your call. Did it meet {}, with no push? 1 yes, and I would say it again, 2 not quite",
            attempt.shown.client
        ),
        _ if retries => "Enter: the same again, from an empty line".to_owned(),
        _ => "Enter goes on".to_owned(),
    };
    if session.may_try_again() && !retries {
        keys.push_str(", r reply again");
    }
    if session.may_dispute() {
        keys.push_str(", d I see it differently");
    }
    writeln!(out, "{keys}, w why.")
}

/// What stands behind an attempt: its moves and their depth, and who made the labels.
fn why(attempt: &Attempt, out: &mut dyn Write) -> io::Result<()> {
    match &attempt.answer {
        Answer::Responded(responded) => match &responded.score {
            Some(score) => {
                for each in &score.moves {
                    let words = responded.response.get(each.start..each.end).unwrap_or_default();
                    let depth =
                        wording::depth(each).map(|depth| format!(", {depth}")).unwrap_or_default();
                    let sure = (each.probability * 100.0).round();
                    writeln!(out, "Move: {}{depth} ({sure}%): \"{words}\"", each.code.words())?;
                }
                writeln!(out, "Scorer: {}. {}", score.model, wording::LABELS)?;
            }
            None => writeln!(out, "Scorer: {}.", wording::NO_SCORE)?,
        },
        Answer::TalkedThrough { .. } | Answer::Identified { .. } | Answer::Chosen { .. } => {
            let pack = &attempt.vignette;
            writeln!(out, "Pack: {} {}. {}", pack.pack, pack.version, wording::PACK_LABELS)?;
        }
    }
    writeln!(out, "{}", wording::NO_DECISION)
}

fn compare(practice: &Practice, out: &mut dyn Write) -> io::Result<()> {
    let session = practice.session();
    let Some(item) = session.item() else { return Ok(()) };
    if let Some(last) = session.attempts().len().checked_sub(1) {
        let words = wording::afterwards(
            session.standing(last),
            &item.vignette.client.name,
            session.tries().len(),
            session.comes_back(session.attempts()[last].ordinal),
        );
        if !words.is_empty() {
            writeln!(out, "Compare: {words}")?;
        }
    }
    if item.vignette.duty {
        writeln!(out, "{}", wording::TALKED_THROUGH)?;
    }
    heard(item, out)?;
    let replies: Vec<_> = if item.vignette.duty {
        item.vignette.replies.iter().collect()
    } else {
        item.vignette.models().collect()
    };
    for reply in replies {
        let stance =
            if item.vignette.duty { format!(" ({})", reply.stance) } else { String::new() };
        writeln!(out, "Model{stance}: {}\nWhy: {}", reply.text, reply.why)?;
    }
    if let Some(next) = item.vignette.then.as_ref().and_then(|then| then.supportive.as_ref()) {
        writeln!(out, "{} may say next: {next}", item.vignette.client.name)?;
    }
    writeln!(out, "Enter: the next.")
}

fn heard(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    let heard = &item.vignette.heard;
    writeln!(out, "Heard: {}; {}", heard.feelings.join(", "), heard.meanings.join("; "))
}

fn explained(practice: &Practice, index: usize, out: &mut dyn Write) -> io::Result<()> {
    let session = practice.session();
    let attempt = &session.attempts()[index];
    let item = session.item();
    match &attempt.answer {
        Answer::Identified { resistance, form } => {
            writeln!(
                out,
                "Resistance: {}",
                wording::resistance(attempt.nature, Some(*resistance))
            )?;
            if let Some(truth) = attempt.nature.form() {
                let said = form.map_or("", wording::form);
                writeln!(out, "Form: {}. You said: {said}", wording::form(truth))?;
            }
        }
        Answer::Chosen { replies, chosen } => {
            for (index, reply) in replies.iter().enumerate() {
                let yours = if index == *chosen { ", yours" } else { "" };
                writeln!(out, "{} {}{yours}: {}", index + 1, reply.stance, reply.why)?;
            }
        }
        Answer::Responded(_) | Answer::TalkedThrough { .. } => {}
    }
    if let Some(item) = item {
        if attempt.drill == Drill::Identify {
            writeln!(out, "Why: {}", item.why())?;
            if let Some((direction, nature, why)) = item.other_way() {
                let is = if nature.is_resistance() { "resistance" } else { "no resistance" };
                writeln!(out, "Other way: after \"{direction}\" the same would be {is}. {why}")?;
            }
        }
        if attempt.framing == Framing::Direction {
            heard(item, out)?;
        }
    }
    let differ = if session.may_dispute() { ", d I see it differently" } else { "" };
    writeln!(out, "Enter: the next{differ}, w why.")
}

fn summary(practice: &Practice, out: &mut dyn Write) -> io::Result<()> {
    let session = practice.session();
    let statements = |drill| {
        let mut seen: Vec<u32> = session
            .attempts()
            .iter()
            .filter(|attempt| attempt.drill == drill)
            .map(|attempt| attempt.ordinal)
            .collect();
        seen.dedup();
        seen.len()
    };
    writeln!(
        out,
        "Session: {} responded to, {} identified, {} chosen. All is kept.",
        statements(Drill::Respond),
        statements(Drill::Identify),
        statements(Drill::Discriminate)
    )?;
    if session.reaction().is_some_and(|(_, next)| next == NextSet::Stop) {
        writeln!(out, "Enough for today. Talk to someone you trust.")?;
    }
    Ok(())
}

/// Takes one line as the answer to the step that is open.
fn answer(practice: &mut Practice, line: &str, out: &mut dyn Write, now: Stamp) -> io::Result<()> {
    let text = line.trim();
    let digit = text.parse::<u8>().ok();
    let event = match practice.session().step() {
        Step::Notice { feeling: None } => match digit {
            None if text.is_empty() => Some(Event::Continue),
            digit => digit.and_then(Feeling::from_digit).map(Event::Felt),
        },
        Step::Notice { feeling: Some(_) } => rated(text, digit, Event::Strength),
        Step::Reply { draft, .. } => match text {
            "" if draft.trim().is_empty() => None,
            "" => Some(Event::Submitted(draft.clone())),
            _ => Some(Event::Submitted(text.to_owned())),
        },
        Step::Judge(judging)
            if judging.resistance.is_none() && practice.session().tries().is_empty() =>
        {
            yes_no(text).map(Event::JudgedResistance)
        }
        Step::Judge(_) => digit
            .and_then(|digit| Verdict::ALL[..3].get(usize::from(digit).checked_sub(1)?).copied())
            .map(Event::JudgedStance),
        Step::Feedback { attempt } | Step::Explained { attempt } => {
            let unsure = practice.session().standing(*attempt) == Standing::Unsure;
            let reason = text.strip_prefix("d ").filter(|_| practice.session().may_dispute());
            match (text, reason) {
                (_, Some(reason)) => Some(Event::Disputed(reason.trim().to_owned())),
                ("d", None) if practice.session().may_dispute() => {
                    return disagree(practice, out);
                }
                ("w", None) => return why(&practice.session().attempts()[*attempt], out),
                ("r", None) if practice.session().may_try_again() => Some(Event::Again),
                _ if unsure => yes_no(text).map(Event::OwnCall),
                _ => text.is_empty().then_some(Event::Continue),
            }
        }
        Step::Example(_) | Step::Compare | Step::Keeping { .. } => Some(Event::Continue),
        Step::Identify { named: false, .. } => yes_no(text).map(Event::Identified),
        Step::Identify { named: true, .. } => match text {
            "1" => Some(Event::FormNamed(Form::Content)),
            "2" => Some(Event::FormNamed(Form::Process)),
            "3" => Some(Event::FormNamed(Form::Both)),
            _ => None,
        },
        Step::Choose { replies, .. } => digit
            .map(|digit| usize::from(digit).wrapping_sub(1))
            .filter(|index| *index < replies.len())
            .map(Event::Chose),
        Step::Question { .. } => Some(Event::Compared(text.to_owned())),
        Step::Reaction { form, .. } if form.strongest.is_none() => rated(text, digit, Event::Rated),
        Step::Reaction { form, .. } => match text {
            "" => {
                let noted = practice.session().strongest_felt().map(|(_, strength)| strength);
                Some(Event::NextSet(propose(*form, noted)))
            }
            "1" => Some(Event::NextSet(NextSet::Easier)),
            "2" => Some(Event::NextSet(NextSet::Stay)),
            "3" => Some(Event::NextSet(NextSet::Harder)),
            "4" => Some(Event::NextSet(NextSet::Stop)),
            _ => None,
        },
        Step::Scoring(_) | Step::Summary => None,
    };
    let Some(event) = event else {
        return writeln!(out, "{NO_ANSWER}");
    };
    let called = matches!(event, Event::OwnCall(_) | Event::Disputed(_));
    practice.handle(event, now);
    if called {
        writeln!(out, "Noted.")?;
        practice.handle(Event::Continue, now);
    }
    Ok(())
}

fn disagree(practice: &Practice, out: &mut dyn Write) -> io::Result<()> {
    let again = match practice.session().step() {
        Step::Feedback { .. } => "It then counts neither way, and the statement comes back.",
        _ => "It is kept with the answer.",
    };
    writeln!(out, "Type d, a space and your reason. {again}")
}

/// 1 to 9, or Enter to pass.
fn rated(text: &str, digit: Option<u8>, event: fn(u8) -> Event) -> Option<Event> {
    if text.is_empty() {
        return Some(Event::Continue);
    }
    digit.filter(|digit| (1..=9).contains(digit)).map(event)
}

fn yes_no(text: &str) -> Option<bool> {
    match text {
        "1" | "y" | "yes" => Some(true),
        "2" | "n" | "no" => Some(false),
        _ => None,
    }
}
