//! The set in one look: a column a statement, one sentence of one's own, one thing to carry on.

use crate::practice::{
    Answer, Attempt, Drill, Met, NextSet, Responded, Session, Stamp, outcome, wording,
};
use crate::rubric::{Score, Verdict};
use crate::tui::keys::{Context, Shown, hints};
use crate::tui::layer::Room;
use crate::tui::marks::Marks;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Heading, View};
use crate::tui::widgets::row::{Row, Words};
use crate::tui::widgets::transcript::{Block, lay};
use crate::tui::wrap::cells;

/// Cells from the words' start to what stands right of the columns, where they are few.
const RIGHT_AT: usize = 15;
/// At most so many statements have a column, as many as there are digits.
const COLUMNS: usize = 9;

/// The tries at each statement responded to, in order.
pub fn statements(session: &Session) -> Vec<Vec<&Attempt>> {
    let mut statements: Vec<Vec<&Attempt>> = Vec::new();
    for attempt in session.attempts().iter().filter(|each| each.drill == Drill::Respond) {
        match statements.last_mut() {
            Some(last) if last.first().is_some_and(|first| first.ordinal == attempt.ordinal) => {
                last.push(attempt);
            }
            _ => statements.push(vec![attempt]),
        }
    }
    statements
}

/// The screen.
pub fn view(session: &Session, room: Room) -> View<'static> {
    let statements = statements(session);
    let mut rows = vec![Row::blank()];
    rows.extend(table(session, &statements, room.marks));
    let mut blocks = Vec::new();
    blocks.extend(yours(&statements));
    blocks.extend(to_carry(&statements).map(|words| Block::new("To carry", words)));
    blocks.push(tomorrow(session));
    for block in blocks {
        rows.push(Row::blank());
        if room.density.air {
            rows.push(Row::blank());
        }
        rows.extend(lay(&[block], room.width, room.marks, room.density));
    }
    let replayable = statements.len().min(COLUMNS);
    let digits = Some(u8::try_from(replayable).unwrap_or(0));
    View {
        heading: Heading {
            title: "Session".to_owned(),
            tail: heading(session, statements.len()),
            ..Heading::default()
        },
        rows,
        hints: hints(Context::Summary, &Shown { digits, ..Shown::default() }),
        ..View::default()
    }
}

fn heading(session: &Session, responded: usize) -> String {
    let last: Stamp = session.notes().last().map_or(session.start().at, |note| note.at);
    let minutes = (session.spent(last) + 30) / 60;
    let (identified, _) = right(session, Drill::Identify);
    let (chosen, _) = right(session, Drill::Discriminate);
    let mut did = Vec::new();
    for (count, words) in
        [(responded, "responded to"), (identified, "identified"), (chosen, "chosen")]
    {
        if count > 0 {
            did.push(format!("{count} {words}"));
        }
    }
    let did = if did.is_empty() { "nothing this time".to_owned() } else { did.join(", ") };
    let minutes = wording::count(minutes.max(1) as usize, "minute", "minutes");
    format!("{}, {minutes}: {did}", session.start().at.format("%-d %B"))
}

/// How many of a drill there were, and how many were right.
fn right(session: &Session, drill: Drill) -> (usize, usize) {
    let of = || session.attempts().iter().filter(move |attempt| attempt.drill == drill);
    (of().count(), of().filter(|attempt| outcome(attempt) == Met::Yes).count())
}

fn responded(attempt: &Attempt) -> Option<&Responded> {
    match &attempt.answer {
        Answer::Responded(responded) => Some(responded),
        _ => None,
    }
}

/// The score of a reply to resistance.
fn scored(attempt: &Attempt) -> Option<&Score> {
    responded(attempt)?.score.as_ref().filter(|_| attempt.nature.is_resistance())
}

fn is_supportive(attempt: &Attempt) -> bool {
    scored(attempt).is_some_and(|score| !score.abstained && score.verdict == Verdict::Supportive)
}

fn table(session: &Session, statements: &[Vec<&Attempt>], marks: &Marks) -> Vec<Row> {
    let shown = &statements[..statements.len().min(COLUMNS)];
    let stride = cells(marks.supportive) + 2;
    let right_at = RIGHT_AT.max(shown.len() * stride + 2);
    let numbers = (1..=shown.len()).map(|number| Words::from(number.to_string()));
    let column = |attempt: Option<&&Attempt>| match attempt
        .map(|attempt| (attempt, scored(attempt)))
    {
        Some((_, Some(score))) if score.abstained => Words::of(Role::Unsure, marks.unsure),
        Some((_, Some(score))) => Words::of(Role::of(score.verdict), marks.verdict(score.verdict)),
        _ => Words::of(Role::Muted, marks.unscorable),
    };
    let line = |label: &str, columns: Vec<Words>, right: String| {
        let mut words = Words::default();
        for column in columns {
            let gap = stride.saturating_sub(column.cells());
            words = words.then(column).and(Role::Plain, " ".repeat(gap));
        }
        let gap = right_at.saturating_sub(words.cells());
        Row::labelled(label, words.and(Role::Plain, " ".repeat(gap)).and(Role::Plain, right))
    };

    let drills = [("Identified", Drill::Identify), ("Chosen", Drill::Discriminate)];
    let mut results = drills
        .into_iter()
        .map(|(word, drill)| (word, right(session, drill)))
        .filter(|(_, (all, _))| *all > 0)
        .map(|(word, (all, right))| format!("{word:<13}{right} of {all}"));
    if shown.is_empty() {
        return results.map(|words| Row::labelled("Answers", words)).collect();
    }
    let mut rows = vec![line("Statement", numbers.collect(), results.next().unwrap_or_default())];
    rows.push(line("", Vec::new(), results.next().unwrap_or_default()));
    let firsts: Vec<Words> = shown.iter().map(|tries| column(tries.first())).collect();
    let lasts: Vec<Words> = shown.iter().map(|tries| column(tries.last())).collect();
    let (first, last) = rises(session, statements);
    rows.push(line("First try", firsts, first));
    rows.push(line("Last try", lasts, last));
    rows
}

/// How many first tries were supportive, and how many last ones, the rise after feedback.
fn rises(session: &Session, statements: &[Vec<&Attempt>]) -> (String, String) {
    let first = |tries: &&Vec<&Attempt>| tries.first().is_some_and(|first| is_supportive(first));
    let is_new = |tries: &&Vec<&Attempt>| {
        let item = tries.first().and_then(|first| session.item_of(first));
        item.is_some_and(|item| !item.planned.comes_back && item.earlier.is_empty())
    };
    let new = statements.iter().filter(is_new).count();
    let words = match (new, new == statements.len()) {
        (0, _) => {
            format!("{} supportive", statements.iter().filter(first).count())
        }
        (new, all) => {
            let supportive = statements.iter().filter(is_new).filter(first).count();
            let of = if all { String::new() } else { format!(" of {new}") };
            format!("{supportive}{of} supportive, on statements new to you")
        }
    };
    let last = |tries: &&Vec<&Attempt>| tries.last().is_some_and(|last| is_supportive(last));
    let ends = statements.iter().filter(last).count();
    let risen = statements.iter().filter(last).filter(|tries| !first(tries)).count();
    let after = if risen > 0 { format!(", {risen} after feedback") } else { String::new() };
    (words, format!("{ends} supportive{after}"))
}

/// The best sentence of one's own.
fn yours(statements: &[Vec<&Attempt>]) -> Option<Block> {
    let best = statements
        .iter()
        .flatten()
        .filter(|attempt| is_supportive(attempt))
        .max_by_key(|attempt| scored(attempt).map_or(0, |score| score.points))?;
    let sentence = best_sentence(responded(best)?);
    let words = format!("\"{sentence}\"\nto {}, try {}", best.shown.client, best.try_number);
    Some(Block::new("Yours", words))
}

/// The sentence with the words that earned most; where none did, the last.
fn best_sentence(responded: &Responded) -> String {
    let response = responded.response.as_str();
    let earned = responded
        .score
        .iter()
        .flat_map(|score| &score.evidence)
        .filter(|each| each.effect > 0.0)
        .max_by(|a, b| a.effect.total_cmp(&b.effect));
    let sentences = sentences(response);
    let with_it = earned.and_then(|earned| {
        sentences.iter().find(|(start, text)| (*start..start + text.len()).contains(&earned.start))
    });
    with_it.or(sentences.last()).map_or(response, |(_, text)| text).trim().replace('\n', " ")
}

fn sentences(text: &str) -> Vec<(usize, &str)> {
    use unicode_segmentation::UnicodeSegmentation;
    text.split_sentence_bound_indices().filter(|(_, part)| !part.trim().is_empty()).collect()
}

/// The one thing that first tries had in common, by their verdicts.
fn to_carry(statements: &[Vec<&Attempt>]) -> Option<String> {
    let firsts: Vec<&Score> = statements
        .iter()
        .filter_map(|tries| scored(tries.first()?))
        .filter(|score| !score.abstained)
        .collect();
    let of = firsts.len();
    let with = |verdict| firsts.iter().filter(|score| score.verdict == verdict).count();
    let (mixed, directive, none) =
        (with(Verdict::Mixed), with(Verdict::Directive), with(Verdict::Unscorable));
    let said = |count: usize, what: &str| {
        Some(if of > 1 {
            format!("{what}: in {count} of {of} first tries.")
        } else {
            format!("{what}.")
        })
    };
    match (of, mixed, directive, none) {
        (0, ..) => None,
        (_, 0, 0, 0) => {
            let lacks_fit = firsts.iter().filter(|score| score.criteria.fit < 2).count();
            match lacks_fit {
                0 => Some("Nothing to fix. Say it shorter, or another way.".to_owned()),
                count => said(count, "What matters most in the statement was not taken up"),
            }
        }
        (_, mixed, directive, _) if mixed >= directive && mixed > 0 => {
            said(mixed, "A push beside something that met the client")
        }
        (_, _, directive, _) if directive > 0 => {
            said(directive, "A push, before the client was met")
        }
        (_, _, _, none) => said(none, "Nothing yet that answers the client"),
    }
}

/// Who comes back, or that it is enough.
fn tomorrow(session: &Session) -> Block {
    if session.reaction().is_some_and(|(_, next)| next == NextSet::Stop) {
        return Block::new("Today", "Enough for today. Talk to someone you trust.");
    }
    let mut back: Vec<&str> = Vec::new();
    let firsts = session.attempts().iter().filter(|attempt| attempt.try_number == 1);
    for first in firsts.filter(|first| session.comes_back(first.ordinal)) {
        let client = first.shown.client.as_str();
        if !back.contains(&client) {
            back.push(client);
        }
    }
    let words = match back.as_slice() {
        [] => "New statements. Ten minutes.".to_owned(),
        [one] => format!("{one} comes back, with new ones. Ten minutes."),
        [first @ .., last] => {
            format!("{} and {last} come back, with new ones. Ten minutes.", first.join(", "))
        }
    };
    Block::new("Tomorrow", words)
}

/// The tries at the statement of a digit.
pub fn replayed(session: &Session, digit: u8) -> Option<u32> {
    let index = usize::from(digit).checked_sub(1)?;
    let statements = statements(session);
    let tries = statements.get(index).filter(|_| index < COLUMNS)?;
    Some(tries.first()?.ordinal)
}
