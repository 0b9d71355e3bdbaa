//! A pack and its vignettes, as the rest of the program sees them: checked, complete, owned.
//!
//! `load` builds these from YAML with positions; nothing else may build a `Pack` from a file.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in YAML, in the log and on screen.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value that a word names.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

pub(super) use words;

words! {
    /// How demanding a vignette is.
    Level {
        /// First weeks.
        Beginner => "beginner",
        /// The wording is harder to meet, or the client fiercer.
        Intermediate => "intermediate",
        /// Attack, silence, limits and mixtures.
        Advanced => "advanced",
    }
}

impl Level {
    /// One step harder; advanced stays.
    #[must_use]
    pub const fn harder(self) -> Self {
        match self {
            Self::Beginner => Self::Intermediate,
            Self::Intermediate | Self::Advanced => Self::Advanced,
        }
    }

    /// One step easier; beginner stays.
    #[must_use]
    pub const fn easier(self) -> Self {
        match self {
            Self::Beginner | Self::Intermediate => Self::Beginner,
            Self::Advanced => Self::Intermediate,
        }
    }
}

words! {
    /// The form of resistance (Chamberlain et al., 1984).
    Form {
        /// Verbal opposition.
        Content => "content",
        /// Silence, the phone, looking away.
        Process => "process",
        /// In words and without.
        Both => "both",
    }
}

words! {
    /// `PsyFIRE`'s manners (Li et al., 2026) and `compliance`; for balance and discussion, never
    /// graded, never said of a person.
    #[expect(missing_docs, reason = "the names are the field's own; RUBRIC.md lists them")]
    Manner {
        Challenging => "challenging",
        Discounting => "discounting",
        Blaming => "blaming",
        Disagreeing => "disagreeing",
        Excusing => "excusing",
        Minimizing => "minimizing",
        Pessimism => "pessimism",
        Reluctance => "reluctance",
        Unwillingness => "unwillingness",
        MinimumTalk => "minimum_talk",
        Inattention => "inattention",
        Sidetracking => "sidetracking",
        Compliance => "compliance",
    }
}

words! {
    /// What a pack's reply does; the first three are the verdicts of RUBRIC.md.
    ReplyStance {
        /// Meets the client, with no push.
        Supportive => "supportive",
        /// Genuine support and a push.
        Mixed => "mixed",
        /// A push.
        Directive => "directive",
        /// Where the client follows: goes on with the work.
        CarriesOn => "carries_on",
        /// Where the client follows: rolls where nothing is to be rolled with.
        Overdone => "overdone",
        /// `duty`: the limit held plainly and warmly.
        Held => "held",
        /// `duty`: the limit left unspoken.
        Avoided => "avoided",
    }
}

words! {
    /// Which therapist turn stands before the statement.
    Framing {
        /// The vignette's own direction.
        Direction => "direction",
        /// Its foil: the turn that makes the same statement something else.
        Foil => "foil",
    }
}

words! {
    /// A fixed form of unseen vignettes.
    #[expect(missing_docs, reason = "the forms have no other names")]
    AssessmentForm { A => "A", B => "B", C => "C" }
}

/// What a statement is, in its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// It blocks the therapist's direction.
    Resistance(Form),
    /// The client follows the direction: carrying on is right.
    Follows,
    /// The client is of two minds without opposing: explore both sides.
    Ambivalent,
}

impl Nature {
    /// Whether it is resistance, in whatever form.
    pub const fn is_resistance(self) -> bool {
        matches!(self, Self::Resistance(_))
    }

    /// The form, where it is resistance.
    pub const fn form(self) -> Option<Form> {
        match self {
            Self::Resistance(form) => Some(form),
            Self::Follows | Self::Ambivalent => None,
        }
    }
}

/// The YAML's `resistance`: what the statement is under the vignette's own direction, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resistance {
    /// What the statement is.
    pub nature: Nature,
    /// The manner, where one is named.
    pub manner: Option<Manner>,
    /// Why it is so.
    pub why: String,
}

/// Another therapist turn that makes the same statement something else (a minimal pair).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foil {
    /// The other turn.
    pub direction: String,
    /// What the statement becomes after it.
    pub nature: Nature,
    /// Why it turns.
    pub why: String,
}

/// The person who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// A first name.
    pub name: String,
    /// Age, work, what brings them.
    pub about: Option<String>,
}

/// What may be heard in the statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Feelings.
    pub feelings: Vec<String>,
    /// Meanings, in a few words each.
    pub meanings: Vec<String>,
}

/// A possible reply, with its stance and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What it does.
    pub stance: ReplyStance,
    /// Whether it is shown as a model.
    pub model: bool,
    /// The words.
    pub text: String,
    /// Why it is so.
    pub why: String,
}

/// What the client may say next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Then {
    /// After a supportive reply.
    pub supportive: Option<String>,
    /// After a directive one.
    pub directive: Option<String>,
}

/// One moment to practise on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vignette {
    /// Unique within its pack.
    pub id: String,
    /// How demanding it is.
    pub level: Level,
    /// A few words by which it can be found or left out.
    pub topics: Vec<String>,
    /// Where this happens.
    pub setting: Option<String>,
    /// Who speaks.
    pub client: Client,
    /// The therapist's turn.
    pub direction: String,
    /// What the client says; absent where there is only a `nonverbal`.
    pub statement: Option<String>,
    /// What the client does without words.
    pub nonverbal: Option<String>,
    /// A sound or video file beside the pack's file.
    pub media: Option<String>,
    /// Whether the words are hidden until the clip was opened.
    pub media_first: bool,
    /// How it is said.
    pub tone: Option<String>,
    /// 1 mild to 5 fierce.
    pub intensity: Option<u8>,
    /// Risk, safeguarding or law: talked through, never scored.
    pub duty: bool,
    /// What the statement is, and why.
    pub resistance: Resistance,
    /// The turn that would make it something else; absent only on `duty`.
    pub foil: Option<Foil>,
    /// What may be heard in it.
    pub heard: Heard,
    /// Replies, each with its stance and why.
    pub replies: Vec<Reply>,
    /// What the client may say next.
    pub then: Option<Then>,
}

impl Vignette {
    /// The therapist's turn, what the statement is after it, and why. The foil of a vignette
    /// without one is its direction.
    pub fn under(&self, framing: Framing) -> (&str, Nature, &str) {
        match (framing, &self.foil) {
            (Framing::Foil, Some(foil)) => (&foil.direction, foil.nature, &foil.why),
            _ => (&self.direction, self.resistance.nature, &self.resistance.why),
        }
    }

    /// The client's turn on one line: what is done stands in parentheses before what is said.
    pub fn client_turn(&self) -> String {
        client_turn(self.nonverbal.as_deref(), self.statement.as_deref())
    }

    /// The replies shown as models.
    pub fn models(&self) -> impl Iterator<Item = &Reply> {
        self.replies.iter().filter(|reply| reply.model)
    }
}

/// Joins what is done and what is said, the first in parentheses.
pub fn client_turn(nonverbal: Option<&str>, statement: Option<&str>) -> String {
    match (nonverbal, statement) {
        (Some(done), Some(said)) => format!("({done}) {said}"),
        (Some(done), None) => format!("({done})"),
        (None, said) => said.unwrap_or_default().to_owned(),
    }
}

/// A pack of vignettes, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Unique among installed packs.
    pub id: String,
    /// What it is called on screen.
    pub title: String,
    /// Semantic version.
    pub version: String,
    /// BCP 47 language tag.
    pub language: String,
    /// SPDX name of the licence.
    pub licence: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// One line.
    pub about: Option<String>,
    /// Set on assessment packs, whose vignettes never appear in practice.
    pub assessment_form: Option<AssessmentForm>,
    /// In the order of the files.
    pub vignettes: Vec<Arc<Vignette>>,
}

impl Pack {
    /// Whether it is a form of an assessment, whose vignettes never appear in practice.
    pub const fn is_assessment(&self) -> bool {
        self.assessment_form.is_some()
    }
}
