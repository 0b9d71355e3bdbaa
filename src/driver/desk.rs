//! What a trainee sits down at: the library, the log, and what is known from both.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use crate::pack::{Library, vignette_hash};
use crate::practice::plan::{self, Available, Known, Plan, PlanError, Request};
use crate::practice::{
    Answer, Attempt, Item, Note, PlannedItem, Private, PrivateContent, ReplayError, Session,
    SessionStart, Settings, Stamp, VignetteRef,
};
use crate::store::{Draft, PrivateKind, Recorded, Store, StoreError};

use super::home::{Home, HomeError};
use super::ledger::Ledger;
use super::practice::Practice;
use super::scorer::ScorerThread;

/// What keeps a desk from being used, in one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is nowhere to keep data.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The log cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing can be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The log of the session does not fit its plan.
    #[error("this set cannot be gone on with ({0}); it stays in History")]
    Replay(#[from] ReplayError),
    /// The session's plan or vignettes are not there any more.
    #[error("this set cannot be gone on with: its plan is gone; it stays in History")]
    NoPlan,
    /// The scorer's thread cannot be started.
    #[error("the scorer cannot be started ({0})")]
    Scorer(#[from] std::io::Error),
}

/// Starts the scorer's thread for a session; where its scores go is the caller's matter.
pub type StartScorer<'a> = &'a dyn Fn() -> std::io::Result<ScorerThread>;

/// How many earlier attempts at a statement are looked at for copies.
const EARLIER: u32 = 20;

/// A trainee's desk.
pub struct Desk {
    home: Home,
    trainee: String,
    library: Library,
    store: Store,
}

impl Desk {
    /// Opens the log and the library.
    ///
    /// # Errors
    /// When the log cannot be used.
    pub fn open(home: Home, trainee: &str, now: Stamp) -> Result<Self, DeskError> {
        let store = Store::open(home.path(), trainee, now)?;
        let library = Library::open(home.path());
        Ok(Self { home, trainee: trainee.to_owned(), library, store })
    }

    /// Where data live.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Who practises.
    pub fn trainee(&self) -> &str {
        &self.trainee
    }

    /// The packs.
    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// The log.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// What is known of the trainee.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn known(&self) -> Result<Known, DeskError> {
        let skipped = self
            .store
            .private_rows(PrivateKind::Skipped, u32::MAX)?
            .into_iter()
            .filter_map(|row| match row.content {
                PrivateContent::Skipped { vignette, .. } => Some((vignette.pack, vignette.id)),
                _ => None,
            })
            .collect();
        let reaction = self.store.private_rows(PrivateKind::Reaction, 1)?.into_iter().find_map(
            |row| match row.content {
                PrivateContent::Reaction { next, level, .. } => Some((level, next)),
                _ => None,
            },
        );
        Ok(Known { past: self.store.past()?, left_out: self.left_out()?, skipped, reaction })
    }

    /// The topics left out for good, in the order in which they were.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn left_out(&self) -> Result<Vec<String>, DeskError> {
        let mut left_out: Vec<String> = Vec::new();
        for row in self.store.private_rows(PrivateKind::Topic, u32::MAX)? {
            match row.content {
                PrivateContent::TopicLeftOut { topic } if !left_out.contains(&topic) => {
                    left_out.push(topic);
                }
                PrivateContent::TopicTakenIn { topic } => left_out.retain(|each| *each != topic),
                _ => {}
            }
        }
        Ok(left_out)
    }

    /// Leaves a topic out for good.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn leave_out(&mut self, topic: &str, now: Stamp) -> Result<(), DeskError> {
        self.topic(PrivateContent::TopicLeftOut { topic: topic.to_owned() }, now)
    }

    /// Takes a topic back in.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take_in(&mut self, topic: &str, now: Stamp) -> Result<(), DeskError> {
        self.topic(PrivateContent::TopicTakenIn { topic: topic.to_owned() }, now)
    }

    fn topic(&mut self, content: PrivateContent, now: Stamp) -> Result<(), DeskError> {
        let row = Private { id: Uuid::now_v7(), session: None, at: now, content };
        Ok(self.store.record_private(&row)?)
    }

    /// Every vignette that may be practised.
    pub fn shelf(&self) -> Vec<Available> {
        let mut all = Vec::new();
        for pack in self.library.practice() {
            for vignette in &pack.vignettes {
                all.push(Available {
                    reference: VignetteRef {
                        pack: pack.id.clone(),
                        version: pack.version.clone(),
                        id: vignette.id.clone(),
                        hash: vignette_hash(vignette),
                    },
                    vignette: Arc::clone(vignette),
                    scored: is_scored(&pack.language),
                });
            }
        }
        all
    }

    /// Plans a set.
    ///
    /// # Errors
    /// When nothing can be planned.
    pub fn plan(
        &self,
        request: &Request,
        known: &Known,
        now: Stamp,
        seed: u64,
    ) -> Result<Plan, PlanError> {
        plan::plan(request, known, &self.shelf(), now.date_naive(), seed)
    }

    /// Begins a set and puts it to work; its first row is in the log.
    ///
    /// # Errors
    /// When nothing can be planned, or the log cannot be written.
    pub fn begin(
        &mut self,
        request: &Request,
        seed: u64,
        start_scorer: StartScorer<'_>,
        now: Stamp,
    ) -> Result<Practice, DeskError> {
        let mut plan = self.plan(request, &self.known()?, now, seed)?;
        let id = Uuid::now_v7();
        self.fill_in_earlier(&mut plan.items, id)?;
        let start = SessionStart {
            id,
            at: now,
            settings: Settings {
                mix: request.mix,
                packs: request.packs.clone(),
                level: request.level,
                amount: request.amount,
            },
            seed,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let planned: Vec<PlannedItem> =
            plan.items.iter().map(|item| item.planned.clone()).collect();
        let shown = plan.items.iter().map(|item| Arc::clone(&item.vignette));
        let examples = plan
            .items
            .iter()
            .filter_map(|item| item.example.as_ref())
            .map(|example| Arc::clone(&example.vignette));
        self.store.begin_session(&start, &planned, &shown.chain(examples).collect::<Vec<_>>())?;
        self.put_to_work(Session::new(start, plan.items, plan.medians), start_scorer)
    }

    /// The latest set that was not ended, as it was recorded.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn unfinished(&self, now: Stamp) -> Result<Option<Recorded>, DeskError> {
        Ok(self.store.unfinished(now)?)
    }

    /// Goes on with a set that was left, with what was typed.
    ///
    /// # Errors
    /// When its plan or its vignettes are gone, or the log cannot be read.
    pub fn resume(
        &mut self,
        recorded: Recorded,
        start_scorer: StartScorer<'_>,
        now: Stamp,
    ) -> Result<Practice, DeskError> {
        let session = self.replayed(recorded, now)?;
        self.put_to_work(session, start_scorer)
    }

    /// A recorded set, replayed to where it was left.
    ///
    /// # Errors
    /// As [`Desk::resume`].
    pub fn replayed(&self, recorded: Recorded, now: Stamp) -> Result<Session, DeskError> {
        let planned = recorded.planned.ok_or(DeskError::NoPlan)?;
        let available = self.shelf();
        let by_hash: BTreeMap<&str, &Available> =
            available.iter().map(|each| (each.reference.hash.as_str(), each)).collect();
        let mut items = Vec::with_capacity(planned.len());
        for planned in planned {
            let hash = planned.vignette.hash.as_str();
            let (vignette, scored) = match by_hash.get(hash) {
                Some(here) => (Arc::clone(&here.vignette), here.scored),
                None => (Arc::new(self.store.vignette(hash)?.ok_or(DeskError::NoPlan)?), true),
            };
            items.push(Item { planned, vignette, scored, example: None, earlier: Vec::new() });
        }
        let left_out = self.left_out()?;
        let open: Vec<&Available> = available
            .iter()
            .filter(|each| !each.vignette.topics.iter().any(|topic| left_out.contains(topic)))
            .collect();
        let mut items = plan::with_examples(items, &open, recorded.start.seed);
        let id = recorded.start.id;
        self.fill_in_earlier(&mut items, id)?;
        let medians = crate::practice::medians(&self.store.past()?);
        let mut session = Session::replay(recorded.start, items, medians, recorded.rows)?;
        session.resumed(now);
        if let Some(draft) = self.store.draft(id)? {
            session.restore_draft(draft.item, draft.text, now);
        }
        Ok(session)
    }

    /// A connection of the session's own, so that the desk stays free for other screens.
    fn put_to_work(
        &self,
        session: Session,
        start_scorer: StartScorer<'_>,
    ) -> Result<Practice, DeskError> {
        let ledger = Store::open_existing(self.home.path(), &self.trainee)?;
        Ok(Practice::new(session, Box::new(ledger), start_scorer()?))
    }

    /// The trainee's replies from sessions other than this one, so that a copy counts in no curve.
    fn fill_in_earlier(&self, items: &mut [Item], session: Uuid) -> Result<(), DeskError> {
        for item in items {
            item.earlier = self
                .store
                .attempts_on(&item.planned.vignette.hash, EARLIER)?
                .into_iter()
                .filter(|attempt| attempt.session != session)
                .filter_map(|attempt| match attempt.answer {
                    Answer::Responded(responded) => Some(responded.response),
                    _ => None,
                })
                .collect();
        }
        Ok(())
    }
}

/// Whether the scorer knows a pack's language: English, in whatever variety.
pub fn is_scored(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

impl Ledger for Store {
    fn record_attempt(
        &mut self,
        attempt: &Attempt,
        private: &[Private],
        item: usize,
    ) -> Result<(), String> {
        Self::record_attempt(self, attempt, private, item).map_err(|error| error.to_string())
    }

    fn record_note(&mut self, note: &Note) -> Result<(), String> {
        Self::record_note(self, note).map_err(|error| error.to_string())
    }

    fn record_private(&mut self, private: &Private) -> Result<(), String> {
        Self::record_private(self, private).map_err(|error| error.to_string())
    }

    fn save_draft(&mut self, draft: &Draft) -> Result<(), String> {
        Self::save_draft(self, draft).map_err(|error| error.to_string())
    }
}
