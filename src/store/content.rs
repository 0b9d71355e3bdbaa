//! The rows of the log as content: their JSON, and the columns taken from it.

use rusqlite::types::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chain::{self, Hash, Kind};
use super::error::StoreError;
use super::word::Word;
use crate::pack::{Form, Framing, Level, Nature, ReplyStance};
use crate::practice::{
    Answer, Attempt, Drill, Met, Note, NoteContent, Private, PrivateContent, Responded,
    SessionStart, Stamp, outcome,
};
use crate::rubric::Verdict;

/// The first row of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The log's id.
    pub log: Uuid,
    /// Whose it is.
    pub person: Uuid,
    /// In which role.
    pub role: Role,
    /// Where it is written.
    pub installation: Uuid,
    /// When it was opened.
    pub at: Stamp,
    /// The log that it goes on from, after a backup was restored.
    pub continues: Option<Continued>,
}

/// Where an earlier log ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continued {
    /// The earlier log.
    pub log: Uuid,
    /// Its length in rows.
    pub length: u64,
    /// Its head, in hexadecimal.
    pub head: String,
}

/// Whose rows a log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The one who practises.
    Trainee,
    /// The one who reviews.
    Supervisor,
}

impl Word for Role {
    const ALL: &'static [Self] = &[Self::Trainee, Self::Supervisor];
    fn word(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::Supervisor => "supervisor",
        }
    }
}

impl Word for Drill {
    const ALL: &'static [Self] = &Self::ALL;
    fn word(self) -> &'static str {
        self.word()
    }
}

impl Word for Verdict {
    const ALL: &'static [Self] = &Self::ALL;
    fn word(self) -> &'static str {
        self.word()
    }
}

macro_rules! pack_words {
    ($($name:ident),+) => {$(
        impl Word for $name {
            const ALL: &'static [Self] = $name::ALL;
            fn word(self) -> &'static str {
                self.word()
            }
        }
    )+};
}
pack_words!(Framing, Level, Form, ReplyStance);

impl Word for Met {
    const ALL: &'static [Self] = &[Self::Yes, Self::No, Self::Unsure, Self::NotAsked];
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
            Self::NotAsked => "not_asked",
        }
    }
}

impl Word for Nature {
    const ALL: &'static [Self] = &[
        Self::Resistance(Form::Content),
        Self::Resistance(Form::Process),
        Self::Resistance(Form::Both),
        Self::Follows,
        Self::Ambivalent,
    ];
    fn word(self) -> &'static str {
        match self {
            Self::Resistance(form) => form.word(),
            Self::Follows => "follows",
            Self::Ambivalent => "ambivalent",
        }
    }
}

/// A record that is chained: its table, and the columns taken from it.
///
/// `columns` and `values` go together; the statements name the columns in the same order, after
/// `digest, log, seq, [person,] body`.
pub(super) trait Logged: Serialize + DeserializeOwned + PartialEq {
    /// What it is.
    const KIND: Kind;
    /// Its table's columns that come from the record, in the order of `values`.
    const COLUMNS: &'static [&'static str];
    /// Inserts `?1 digest, ?2 log, ?3 seq, ?4 person, ?5 body`, then the columns.
    const INSERT: &'static str;
    /// Selects `digest, log, seq, person, body`, then the columns, by digest.
    const BY_DIGEST: &'static str;
    /// Selects the body by id.
    const BY_ID: &'static str;
    /// Its id.
    fn id(&self) -> Uuid;
    /// The columns' values.
    fn values(&self) -> Vec<Value>;
}

fn blob(id: Uuid) -> Value {
    Value::Blob(id.as_bytes().to_vec())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn word<W: Word>(value: W) -> Value {
    text(value.word())
}

fn optional<T>(value: Option<T>, to: impl Fn(T) -> Value) -> Value {
    value.map_or(Value::Null, to)
}

fn integer(number: impl Into<i64>) -> Value {
    Value::Integer(number.into())
}

/// A time as its column has it.
pub(super) fn at(stamp: Stamp) -> i64 {
    stamp.timestamp_millis()
}

impl Logged for Opening {
    const KIND: Kind = Kind::Opening;
    const COLUMNS: &'static [&'static str] = &["id", "role", "installation", "at", "continues"];
    const INSERT: &'static str =
        "INSERT INTO openings (digest, log, seq, person, body, id, role, installation, at, continues)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    const BY_DIGEST: &'static str =
        "SELECT digest, log, seq, person, body, id, role, installation, at, continues
         FROM openings WHERE digest = ?1";
    const BY_ID: &'static str = "SELECT body FROM openings WHERE id = ?1";
    fn id(&self) -> Uuid {
        self.log
    }
    fn values(&self) -> Vec<Value> {
        vec![
            blob(self.log),
            word(self.role),
            blob(self.installation),
            integer(at(self.at)),
            optional(self.continues.as_ref(), |continued| blob(continued.log)),
        ]
    }
}

impl Logged for SessionStart {
    const KIND: Kind = Kind::Session;
    const COLUMNS: &'static [&'static str] = &["id", "at"];
    const INSERT: &'static str = "INSERT INTO sessions (digest, log, seq, person, body, id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const BY_DIGEST: &'static str =
        "SELECT digest, log, seq, person, body, id, at FROM sessions WHERE digest = ?1";
    const BY_ID: &'static str = "SELECT body FROM sessions WHERE id = ?1";
    fn id(&self) -> Uuid {
        self.id
    }
    fn values(&self) -> Vec<Value> {
        vec![blob(self.id), integer(at(self.at))]
    }
}

impl Logged for Attempt {
    const KIND: Kind = Kind::Attempt;
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "session",
        "at",
        "utc_offset",
        "ordinal",
        "try_number",
        "drill",
        "framing",
        "pack",
        "pack_version",
        "vignette",
        "vignette_hash",
        "level",
        "nature",
        "met",
        "verdict",
        "abstained",
        "points",
        "understanding",
        "curiosity",
        "autonomy",
        "nondirective",
        "fit",
        "judged_stance",
        "judged_resistance",
        "copied",
    ];
    const INSERT: &'static str =
        "INSERT INTO attempts (digest, log, seq, person, body, id, session, at, utc_offset, ordinal,
             try_number, drill, framing, pack, pack_version, vignette, vignette_hash, level, nature,
             met, verdict, abstained, points, understanding, curiosity, autonomy, nondirective, fit,
             judged_stance, judged_resistance, copied)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
             ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)";
    const BY_DIGEST: &'static str =
        "SELECT digest, log, seq, person, body, id, session, at, utc_offset, ordinal, try_number,
             drill, framing, pack, pack_version, vignette, vignette_hash, level, nature, met,
             verdict, abstained, points, understanding, curiosity, autonomy, nondirective, fit,
             judged_stance, judged_resistance, copied
         FROM attempts WHERE digest = ?1";
    const BY_ID: &'static str = "SELECT body FROM attempts WHERE id = ?1";
    fn id(&self) -> Uuid {
        self.id
    }
    fn values(&self) -> Vec<Value> {
        let responded = match &self.answer {
            Answer::Responded(responded) => Some(responded.as_ref()),
            _ => None,
        };
        let judged_resistance = match &self.answer {
            Answer::Identified { resistance, .. } => Some(*resistance),
            _ => responded.and_then(|responded| responded.judged_resistance),
        };
        let mut values = vec![
            blob(self.id),
            blob(self.session),
            integer(at(self.at)),
            integer(self.at.offset().local_minus_utc()),
            integer(self.ordinal),
            integer(self.try_number),
            word(self.drill),
            word(self.framing),
            text(&self.vignette.pack),
            text(&self.vignette.version),
            text(&self.vignette.id),
            text(&self.vignette.hash),
            word(self.level),
            word(self.nature),
            word(outcome(self)),
        ];
        values.extend(score_values(responded));
        values.extend([
            optional(responded.and_then(|responded| responded.judged_stance), word),
            optional(judged_resistance, integer),
            integer(responded.is_some_and(|responded| responded.copied)),
        ]);
        values
    }
}

fn score_values(responded: Option<&Responded>) -> [Value; 8] {
    let score = responded.and_then(|responded| responded.score.as_ref());
    let criteria = score.map(|score| score.criteria);
    [
        optional(score.map(|score| score.verdict), word),
        integer(score.is_some_and(|score| score.abstained)),
        optional(score.map(|score| score.points), integer),
        optional(criteria.map(|criteria| criteria.understanding), integer),
        optional(criteria.map(|criteria| criteria.curiosity), integer),
        optional(criteria.map(|criteria| criteria.autonomy), integer),
        optional(criteria.map(|criteria| criteria.nondirective), integer),
        optional(criteria.map(|criteria| criteria.fit), integer),
    ]
}

impl Logged for Note {
    const KIND: Kind = Kind::Note;
    const COLUMNS: &'static [&'static str] =
        &["id", "session", "attempt", "at", "kind", "own_call"];
    const INSERT: &'static str =
        "INSERT INTO notes (digest, log, seq, person, body, id, session, attempt, at, kind, own_call)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    const BY_DIGEST: &'static str =
        "SELECT digest, log, seq, person, body, id, session, attempt, at, kind, own_call
         FROM notes WHERE digest = ?1";
    const BY_ID: &'static str = "SELECT body FROM notes WHERE id = ?1";
    fn id(&self) -> Uuid {
        self.id
    }
    fn values(&self) -> Vec<Value> {
        let (kind, own_call) = match self.content {
            NoteContent::Disputed { .. } => ("disputed", None),
            NoteContent::OwnCall { met } => ("own_call", Some(met)),
            NoteContent::Compared { .. } => ("compared", None),
            NoteContent::Ended { .. } => ("ended", None),
        };
        vec![
            blob(self.id),
            blob(self.session),
            optional(self.attempt, blob),
            integer(at(self.at)),
            text(kind),
            optional(own_call, integer),
        ]
    }
}

/// What a private row is about, for finding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateKind {
    /// A session's plan.
    Planned,
    /// Feelings noticed.
    Felt,
    /// Times.
    Times,
    /// Reaction forms.
    Reaction,
    /// Statements left out.
    Skipped,
    /// Topics left out, and taken in again.
    Topic,
}

impl PrivateKind {
    /// The word in the database.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Felt => "felt",
            Self::Times => "times",
            Self::Reaction => "reaction",
            Self::Skipped => "skipped",
            Self::Topic => "topic",
        }
    }

    /// What a private row is about.
    pub const fn of(content: &PrivateContent) -> Self {
        match content {
            PrivateContent::Planned { .. } => Self::Planned,
            PrivateContent::Felt { .. } => Self::Felt,
            PrivateContent::Times { .. } => Self::Times,
            PrivateContent::Reaction { .. } => Self::Reaction,
            PrivateContent::Skipped { .. } => Self::Skipped,
            PrivateContent::TopicLeftOut { .. } | PrivateContent::TopicTakenIn { .. } => {
                Self::Topic
            }
        }
    }
}

/// A record's JSON, once it is sure that it reads back as it is.
pub(super) fn encode<T>(kind: &'static str, record: &T) -> Result<String, StoreError>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let not_keepable = |detail: String| StoreError::NotKeepable { kind, detail };
    let body = serde_json::to_string(record).map_err(|error| not_keepable(error.to_string()))?;
    let back: T = serde_json::from_str(&body).map_err(|error| not_keepable(error.to_string()))?;
    if back == *record {
        Ok(body)
    } else {
        Err(not_keepable("it reads back differently".to_owned()))
    }
}

/// A record's JSON and its digest.
pub(super) fn encode_logged<T: Logged>(record: &T) -> Result<(String, Hash), StoreError> {
    let body = encode(T::KIND.word(), record)?;
    let digest = chain::digest(T::KIND, &body);
    Ok((body, digest))
}

/// A private row's JSON.
pub(super) fn encode_private(private: &Private) -> Result<String, StoreError> {
    encode("private row", private)
}
