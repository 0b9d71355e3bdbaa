//! What may happen within one item: the steps of each drill.

use crate::pack::{Form, Nature};
use crate::rubric::{Score, Side, Verdict, feedback, formula, near};

use super::item::Item;
use super::mastery::{self, Standing, TOO_CLOSE, TRIES};
use super::pace;
use super::record::{
    Answer, Attempt, Drill, Met, NoteContent, Private, PrivateContent, Responded, Row, Stamp,
};
use super::session::Session;
use super::step::{Effect, Event, Judging, ScoreCame, Step, Watch};
use super::wording;

/// How often an opening or closing formula may be met in a set before it becomes the one
/// correction (RUBRIC.md, criteria).
const FORMULA_TIMES: usize = 3;

impl Session {
    pub(super) fn handle_in_item(&mut self, index: usize, event: Event, now: Stamp) -> Vec<Effect> {
        match &self.step {
            Step::Notice { feeling } => {
                let feeling = *feeling;
                self.notice(index, feeling, &event, now)
            }
            Step::Reply { .. } => self.reply(index, event, now),
            Step::Judge(_) | Step::Scoring(_) => self.judge(index, event, now),
            Step::Keeping { .. } => self.keep(index, event),
            Step::Feedback { attempt } | Step::Explained { attempt } => {
                let attempt = *attempt;
                self.after_feedback(attempt, event, now)
            }
            Step::Example(_) => {
                if event == Event::Continue {
                    self.open_reply(now);
                }
                Vec::new()
            }
            Step::Compare => {
                if event == Event::Continue {
                    self.begin_next(now);
                }
                Vec::new()
            }
            Step::Identify { .. } => self.identify(index, &event, now),
            Step::Choose { .. } => self.choose(index, &event, now),
            Step::Question { .. } | Step::Reaction { .. } | Step::Summary => Vec::new(),
        }
    }

    fn notice(
        &mut self,
        index: usize,
        feeling: Option<super::Feeling>,
        event: &Event,
        now: Stamp,
    ) -> Vec<Effect> {
        let (feeling, strength) = match (event, feeling) {
            (Event::Felt(feeling), None) => {
                self.step = Step::Notice { feeling: Some(*feeling) };
                return Vec::new();
            }
            (Event::Strength(strength @ 1..=9), Some(feeling)) => (feeling, Some(*strength)),
            (Event::Continue, Some(feeling)) => (feeling, None),
            (Event::Continue, None) => {
                self.open_reply(now);
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let content = PrivateContent::Felt { item: index, feeling, strength };
        let private = self.private(content, now);
        vec![self.emit_private(private)]
    }

    fn open_reply(&mut self, now: Stamp) {
        self.step = Step::Reply { draft: String::new(), watch: self.watch(now) };
    }

    fn reply(&mut self, index: usize, event: Event, now: Stamp) -> Vec<Effect> {
        let Step::Reply { draft, watch } = &mut self.step else { return Vec::new() };
        match event {
            Event::FirstKey => {
                watch.first_key.get_or_insert(now);
                Vec::new()
            }
            Event::Typed(text) => {
                draft.clone_from(&text);
                vec![Effect::SaveDraft { item: index, text }]
            }
            Event::Submitted(response) if !response.trim().is_empty() => {
                let watch = Watch { ticket: watch.ticket + 1, ..*watch };
                self.submit(index, response, watch, now)
            }
            _ => Vec::new(),
        }
    }

    fn submit(&mut self, index: usize, response: String, watch: Watch, now: Stamp) -> Vec<Effect> {
        let item = &self.items[index];
        let mut effects = vec![Effect::SaveDraft { item: index, text: response.clone() }];
        if item.vignette.duty {
            let answer = Answer::TalkedThrough { response };
            effects.extend(self.record(index, answer, watch, now, now));
            return effects;
        }
        let score = if item.scored {
            let shown = item.shown();
            effects.push(Effect::Score {
                ticket: watch.ticket,
                client: shown.client_turn(),
                direction: shown.direction,
                response: response.clone(),
            });
            None
        } else {
            Some(ScoreCame::None)
        };
        self.step = Step::Judge(Judging {
            response,
            resistance: None,
            stance: None,
            watch,
            submitted: now,
            score,
        });
        effects
    }

    fn judge(&mut self, index: usize, event: Event, now: Stamp) -> Vec<Effect> {
        let first_try = self.tries().is_empty();
        let (Step::Judge(judging) | Step::Scoring(judging)) = &mut self.step else {
            return Vec::new();
        };
        match event {
            Event::BackToReply if judging.stance.is_none() => {
                let (draft, watch) = (judging.response.clone(), judging.watch);
                self.step = Step::Reply { draft, watch };
                return Vec::new();
            }
            Event::JudgedResistance(yes) if first_try && judging.resistance.is_none() => {
                judging.resistance = Some(yes);
            }
            Event::JudgedStance(stance)
                if judging.stance.is_none() && (judging.resistance.is_some() || !first_try) =>
            {
                judging.stance = Some(stance);
            }
            Event::Scored { ticket, score } if ticket == judging.watch.ticket => {
                judging.score = Some(ScoreCame::Score(score));
            }
            _ => return Vec::new(),
        }
        if judging.stance.is_none() {
            return Vec::new();
        }
        let judging = judging.clone();
        match judging.score.clone() {
            None => {
                self.step = Step::Scoring(judging);
                Vec::new()
            }
            Some(came) => {
                let score = match came {
                    ScoreCame::Score(score) => Some(*score),
                    ScoreCame::None => None,
                };
                let (watch, submitted) = (judging.watch, judging.submitted);
                let answer = Answer::Responded(Box::new(self.responded(index, judging, score)));
                self.record(index, answer, watch, submitted, now)
            }
        }
    }

    fn responded(&self, index: usize, judging: Judging, score: Option<Score>) -> Responded {
        let item = &self.items[index];
        let tries = self.tries();
        let last_try = tries.last().and_then(response_of);
        let response = judging.response;
        let asks = item.nature().is_resistance();
        let met = match &score {
            _ if !asks => Met::NotAsked,
            None => Met::Unsure,
            Some(score) => mastery::met(score, &response, last_try),
        };
        let said = score
            .as_ref()
            .map(|score| self.feedback_on(item, score, &response, last_try))
            .unwrap_or_default();
        Responded {
            copied: self.is_copied(item, &response),
            judged_resistance: judging.resistance,
            judged_stance: judging.stance,
            met,
            keep: said.keep,
            change: said.change,
            score,
            response,
        }
    }

    /// One strength and at most one correction, not said before in this set. On a moment that is
    /// no resistance a push is named where the client is of two minds, and nothing else.
    fn feedback_on(
        &self,
        item: &Item,
        score: &Score,
        response: &str,
        last_try: Option<&str>,
    ) -> feedback::Feedback {
        let candidates = feedback::candidates(score, response, Some(&item.vignette.client.name));
        let said: Vec<String> = self
            .attempts
            .iter()
            .filter_map(|attempt| match &attempt.answer {
                Answer::Responded(responded) => Some(responded),
                _ => None,
            })
            .flat_map(|responded| responded.keep.iter().chain(&responded.change).cloned())
            .collect();
        let mut said = feedback::choose(&candidates, &said);
        match item.nature() {
            Nature::Resistance(_) => {
                if last_try.is_some_and(|last| near::is_trimmed_copy(response, last)) {
                    said.change = Some(feedback::TRIMMED_COPY.to_owned());
                } else if let Some(formula) = self.worn_formula(response) {
                    said.change = Some(formula);
                } else if said.change.is_none()
                    && score.verdict == Verdict::Supportive
                    && mastery::met(score, response, last_try) == Met::No
                {
                    said.change = Some(wording::NOT_MET.to_owned());
                }
            }
            Nature::Ambivalent
                if score.moves.iter().any(|it| it.code.side() == Side::Directive) => {}
            Nature::Ambivalent | Nature::Follows => said.change = None,
        }
        said
    }

    fn worn_formula(&self, response: &str) -> Option<String> {
        let replies = || self.attempts.iter().filter_map(response_of);
        let times = |of: fn(&str) -> Option<String>| {
            let here = of(response)?;
            let times = replies().filter(|reply| of(reply).as_ref() == Some(&here)).count() + 1;
            (times >= FORMULA_TIMES).then_some((here, times))
        };
        times(formula::opening).map(|(words, times)| formula::worn_opening(&words, times)).or_else(
            || times(formula::closing).map(|(words, times)| formula::worn_closing(&words, times)),
        )
    }

    fn is_copied(&self, item: &Item, response: &str) -> bool {
        let shown = self.items.iter().filter_map(|other| other.example.as_ref());
        let models = item
            .vignette
            .replies
            .iter()
            .chain(shown.map(super::item::Example::reply))
            .map(|reply| reply.text.as_str());
        models
            .chain(item.earlier.iter().map(String::as_str))
            .any(|other| near::closeness(response, other) >= TOO_CLOSE)
    }

    fn identify(&mut self, index: usize, event: &Event, now: Stamp) -> Vec<Effect> {
        let Step::Identify { named, watch } = &mut self.step else { return Vec::new() };
        watch.first_key.get_or_insert(now);
        let watch = *watch;
        let form: Option<Form> = match event {
            Event::Identified(true) if !*named => {
                *named = true;
                return Vec::new();
            }
            Event::Identified(false) if !*named => None,
            Event::FormNamed(form) if *named => Some(*form),
            _ => return Vec::new(),
        };
        let answer = Answer::Identified { resistance: form.is_some(), form };
        self.record(index, answer, watch, now, now)
    }

    fn choose(&mut self, index: usize, event: &Event, now: Stamp) -> Vec<Effect> {
        let Step::Choose { replies, watch } = &mut self.step else { return Vec::new() };
        watch.first_key.get_or_insert(now);
        let Event::Chose(chosen) = *event else { return Vec::new() };
        if chosen >= replies.len() {
            return Vec::new();
        }
        let (answer, watch) = (Answer::Chosen { replies: replies.clone(), chosen }, *watch);
        self.record(index, answer, watch, now, now)
    }

    fn record(
        &mut self,
        index: usize,
        answer: Answer,
        watch: Watch,
        submitted: Stamp,
        now: Stamp,
    ) -> Vec<Effect> {
        let item = &self.items[index];
        let tries = self.tries();
        let ordinal = match tries.last() {
            Some(last) => last.ordinal,
            None => self.attempts.last().map_or(0, |last| last.ordinal) + 1,
        };
        let attempt = Box::new(Attempt {
            id: self.next_id(now),
            session: self.start.id,
            at: now,
            ordinal,
            try_number: tries.len() as u8 + 1,
            drill: item.drill(),
            framing: item.planned.framing,
            vignette: item.planned.vignette.clone(),
            level: item.vignette.level,
            topics: item.vignette.topics.clone(),
            shown: item.shown(),
            nature: item.nature(),
            answer,
        });
        let since_shown =
            |at: Stamp| u64::try_from((at - watch.shown).num_milliseconds()).unwrap_or_default();
        let times = PrivateContent::Times {
            attempt: attempt.id,
            first_key_ms: watch.first_key.map(since_shown),
            submitted_ms: since_shown(submitted),
        };
        let private = vec![Private {
            id: super::id::derive(now, attempt.id, 0),
            session: Some(self.start.id),
            at: now,
            content: times,
        }];
        self.step =
            Step::Keeping { attempt: attempt.clone(), private: private.clone(), fault: None };
        vec![Effect::Record { attempt, private, item: index }]
    }

    fn keep(&mut self, index: usize, event: Event) -> Vec<Effect> {
        let Step::Keeping { attempt, private, fault } = &mut self.step else { return Vec::new() };
        match event {
            Event::Kept => {
                let (attempt, private) = (attempt.clone(), std::mem::take(private));
                self.apply_own(Row::Attempt(attempt));
                for row in private {
                    self.apply_own(Row::Private(row));
                }
                Vec::new()
            }
            Event::NotKept(why) => {
                *fault = Some(why);
                Vec::new()
            }
            Event::Continue if fault.is_some() => {
                *fault = None;
                vec![Effect::Record {
                    attempt: attempt.clone(),
                    private: private.clone(),
                    item: index,
                }]
            }
            _ => Vec::new(),
        }
    }

    fn after_feedback(&mut self, attempt: usize, event: Event, now: Stamp) -> Vec<Effect> {
        let id = self.attempts[attempt].id;
        let standing = self.standing(attempt);
        match event {
            Event::Disputed(reason) if self.may_dispute() => {
                let note = self.note(Some(id), NoteContent::Disputed { reason }, now);
                vec![self.emit_note(note)]
            }
            Event::OwnCall(met) if standing == Standing::Unsure => {
                let note = self.note(Some(id), NoteContent::OwnCall { met }, now);
                vec![self.emit_note(note)]
            }
            Event::Again if self.may_try_again() => {
                self.open_reply(now);
                Vec::new()
            }
            Event::Continue => {
                self.go_on(standing, now);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn go_on(&mut self, standing: Standing, now: Stamp) {
        if matches!(self.step, Step::Explained { .. }) {
            self.begin_next(now);
            return;
        }
        match standing {
            Standing::Unsure => {}
            Standing::Missed if self.retries_by_itself(now) => match self.example_due() {
                Some(example) => self.step = Step::Example(example),
                None => self.open_reply(now),
            },
            _ => self.step = Step::Compare,
        }
    }

    /// Whether a miss leads to another try without being asked for.
    pub fn retries_by_itself(&self, now: Stamp) -> bool {
        self.tries().len() < usize::from(TRIES)
            && pace::retries(self.start.settings.amount, self.clock.spent_at(now))
    }

    /// Whether `r` may ask for another try at the statement whose feedback is open.
    pub fn may_try_again(&self) -> bool {
        let Step::Feedback { attempt } = self.step else { return false };
        self.attempts[attempt].drill == Drill::Respond
            && self.tries().len() < usize::from(TRIES)
            && !matches!(self.standing(attempt), Standing::Met | Standing::NotAsked)
    }

    /// Whether what is shown can be seen differently: not twice, and not where nothing was to be met.
    pub fn may_dispute(&self) -> bool {
        match self.step {
            Step::Feedback { attempt } | Step::Explained { attempt } => {
                !matches!(self.standing(attempt), Standing::Disputed | Standing::NotAsked)
            }
            _ => false,
        }
    }

    /// The example that is shown right after the second miss.
    fn example_due(&self) -> Option<super::item::Example> {
        let misses = self
            .tries()
            .iter()
            .filter(|attempt| mastery::standing(attempt, &self.notes) == Standing::Missed)
            .count();
        let example = self.item().filter(|_| misses == 2)?.example.as_ref()?;
        let left_out = example.vignette.topics.iter().any(|topic| self.left_out.contains(topic));
        (!left_out).then(|| example.clone())
    }
}

/// The words of a reply, where the attempt is one.
fn response_of(attempt: &Attempt) -> Option<&str> {
    match &attempt.answer {
        Answer::Responded(responded) => Some(&responded.response),
        _ => None,
    }
}
