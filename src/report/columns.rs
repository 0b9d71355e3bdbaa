//! What an exported attempt has: one table for CSV, JSON Lines and their documentation.

use serde_json::{Value, json};

use crate::pack::{Framing, Level, Nature, ReplyStance};
use crate::practice::{Answer, Drill, Feeling, NoteContent, Responded, Standing, standing};
use crate::rubric::{Criterion, Score, Verdict};
use crate::store::Whole;

/// When a column is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// With `--with-feelings`.
    WithFeelings,
    /// With `--with-times`.
    WithTimes,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in both formats.
    pub name: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// When it is there.
    pub when: When,
    pub(super) value: fn(&Whole) -> Value,
}

macro_rules! columns {
    ($($name:literal $when:ident $what:literal $value:expr;)+) => {
        /// Every column, in order.
        ///
        /// | column | what it holds |
        /// |---|---|
        $(#[doc = concat!("| `", $name, "` | ", $what, " |")])+
        pub const COLUMNS: &[Column] = &[
            $(Column { name: $name, what: $what, when: When::$when, value: $value }),+
        ];
    };
}

columns! {
    "attempt" Always "id of the attempt (UUIDv7)" |whole| json!(whole.attempt.id);
    "session" Always "id of its session" |whole| json!(whole.attempt.session);
    "at" Always "when it was made, local time with offset (RFC 3339)"
        |whole| json!(whole.attempt.at.to_rfc3339());
    "ordinal" Always "which statement of the session, from 1" |whole| json!(whole.attempt.ordinal);
    "try" Always "which try at it, from 1" |whole| json!(whole.attempt.try_number);
    "drill" Always "identify, discriminate or respond" |whole| json!(Drill::word(whole.attempt.drill));
    "framing" Always "after the vignette's direction or its foil"
        |whole| json!(Framing::word(whole.attempt.framing));
    "pack" Always "id of the pack" |whole| json!(whole.attempt.vignette.pack);
    "pack_version" Always "its version" |whole| json!(whole.attempt.vignette.version);
    "vignette" Always "id of the vignette in the pack" |whole| json!(whole.attempt.vignette.id);
    "vignette_hash" Always "SHA-256 of its content" |whole| json!(whole.attempt.vignette.hash);
    "level" Always "beginner, intermediate or advanced"
        |whole| json!(Level::word(whole.attempt.level));
    "topics" Always "its topics, separated by spaces" |whole| json!(whole.attempt.topics.join(" "));
    "nature" Always "what the statement was: content, process or both (resistance), follows, ambivalent"
        |whole| json!(nature(whole.attempt.nature));
    "client" Always "the client's name" |whole| json!(whole.attempt.shown.client);
    "direction" Always "the therapist's turn, as shown" |whole| json!(whole.attempt.shown.direction);
    "statement" Always "what the client said" |whole| json!(whole.attempt.shown.statement);
    "nonverbal" Always "what the client did without words"
        |whole| json!(whole.attempt.shown.nonverbal);
    "response" Always "respond: the trainee's reply" |whole| json!(response(whole));
    "called_resistance" Always "identify: whether the trainee called it resistance; respond: the same, asked after the first try"
        |whole| json!(called(whole).0);
    "called_form" Always "identify: the form the trainee named" |whole| json!(called(whole).1);
    "chosen" Always "discriminate: stance of the reply chosen" |whole| json!(chosen(whole));
    "judged_stance" Always "respond: the trainee's own verdict"
        |whole| json!(responded(whole).and_then(|it| it.judged_stance).map(Verdict::word));
    "standing" Always "what it came to: met, self_met, missed, self_missed, disputed, unsure, not_asked"
        |whole| json!(standing_word(standing(&whole.attempt, &whole.notes)));
    "verdict" Always "the scorer's most probable verdict"
        |whole| json!(score(whole).map(|it| it.verdict.word()));
    "abstained" Always "whether the scorer left the call to the trainee"
        |whole| json!(score(whole).map(|it| it.abstained));
    "stance" Always "p(supportive) - p(directive), -1 to 1" |whole| json!(score(whole).map(|it| it.stance));
    "confidence" Always "calibrated probability that the verdict is right, 0 to 1"
        |whole| json!(score(whole).map(|it| it.confidence));
    "points" Always "sum of the criteria, 0 to 10" |whole| json!(score(whole).map(|it| it.points));
    "understanding" Always "points, 0 to 2" |whole| criterion(whole, Criterion::Understanding);
    "curiosity" Always "points, 0 to 2" |whole| criterion(whole, Criterion::Curiosity);
    "autonomy" Always "points, 0 to 2" |whole| criterion(whole, Criterion::Autonomy);
    "nondirective" Always "points, 0 to 2" |whole| criterion(whole, Criterion::Nondirective);
    "fit" Always "points, 0 to 2" |whole| criterion(whole, Criterion::Fit);
    "moves" Always "codes of the moves, in order, separated by spaces" |whole| json!(moves(whole));
    "keep" Always "what to keep, as shown" |whole| json!(responded(whole).and_then(|it| it.keep.as_ref()));
    "change" Always "what to change, as shown"
        |whole| json!(responded(whole).and_then(|it| it.change.as_ref()));
    "copied" Always "close to a model or an earlier reply: counted in no curve"
        |whole| json!(responded(whole).map(|it| it.copied));
    "disagreement" Always "the trainee's reason for seeing it differently; empty where none was given"
        |whole| note(whole, |content| match content {
            NoteContent::Disputed { reason } => Some(reason.clone()),
            _ => None,
        });
    "comparison" Always "what each does that the other does not: one's reply and a model"
        |whole| note(whole, |content| match content {
            NoteContent::Compared { text } => Some(text.clone()),
            _ => None,
        });
    "scorer" Always "name, version and hash of the scorer" |whole| json!(score(whole).map(|it| &it.model));
    "feeling" WithFeelings "what was strongest before the first try"
        |whole| json!(whole.felt.map(|(feeling, _)| Feeling::words(feeling)));
    "strength" WithFeelings "how strong, 1 to 9" |whole| json!(whole.felt.and_then(|(_, strength)| strength));
    "first_key_ms" WithTimes "milliseconds to the first key of the answer"
        |whole| json!(whole.times.and_then(|(first, _)| first));
    "submitted_ms" WithTimes "milliseconds to the answer" |whole| json!(whole.times.map(|(_, all)| all));
}

/// The columns that go out.
pub(super) fn chosen_columns(feelings: bool, times: bool) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| match column.when {
        When::Always => true,
        When::WithFeelings => feelings,
        When::WithTimes => times,
    })
}

/// The table of columns as text, for `--help`.
pub fn help() -> String {
    let width = COLUMNS.iter().map(|column| column.name.len()).max().unwrap_or(0);
    let line = |column: &Column| {
        let when = match column.when {
            When::Always => "",
            When::WithFeelings => " (--with-feelings)",
            When::WithTimes => " (--with-times)",
        };
        format!("  {:width$}  {}{when}", column.name, column.what)
    };
    let lines: Vec<String> = COLUMNS.iter().map(line).collect();
    format!("Columns (in JSON Lines the same names, null where empty):\n{}", lines.join("\n"))
}

fn responded(whole: &Whole) -> Option<&Responded> {
    match &whole.attempt.answer {
        Answer::Responded(responded) => Some(responded),
        _ => None,
    }
}

fn score(whole: &Whole) -> Option<&Score> {
    responded(whole)?.score.as_ref()
}

fn response(whole: &Whole) -> Option<&str> {
    match &whole.attempt.answer {
        Answer::Responded(responded) => Some(&responded.response),
        Answer::TalkedThrough { response } => Some(response),
        Answer::Identified { .. } | Answer::Chosen { .. } => None,
    }
}

fn called(whole: &Whole) -> (Option<bool>, Option<&'static str>) {
    match &whole.attempt.answer {
        Answer::Identified { resistance, form } => {
            (Some(*resistance), form.map(crate::pack::Form::word))
        }
        _ => (responded(whole).and_then(|it| it.judged_resistance), None),
    }
}

fn chosen(whole: &Whole) -> Option<&'static str> {
    match &whole.attempt.answer {
        Answer::Chosen { replies, chosen } => {
            replies.get(*chosen).map(|reply| ReplyStance::word(reply.stance))
        }
        _ => None,
    }
}

fn criterion(whole: &Whole, criterion: Criterion) -> Value {
    json!(score(whole).map(|score| score.criteria.of(criterion)))
}

fn moves(whole: &Whole) -> Option<String> {
    let codes: Vec<_> = score(whole)?.moves.iter().map(|each| each.code.code()).collect();
    Some(codes.join(" "))
}

fn note(whole: &Whole, text: impl Fn(&NoteContent) -> Option<String>) -> Value {
    json!(whole.notes.iter().rev().find_map(|note| text(&note.content)))
}

const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Resistance(form) => form.word(),
        Nature::Follows => "follows",
        Nature::Ambivalent => "ambivalent",
    }
}

const fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::SelfMet => "self_met",
        Standing::Missed => "missed",
        Standing::SelfMissed => "self_missed",
        Standing::Disputed => "disputed",
        Standing::Unsure => "unsure",
        Standing::NotAsked => "not_asked",
    }
}
