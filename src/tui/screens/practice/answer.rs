//! What a key does in each step.

use crate::practice::{Event, Feeling, Reaction, Stamp, Standing, Step, wording};
use crate::tui::keys::Action;
use crate::tui::layer::{Room, Turn};
use crate::tui::widgets::table::moved;

use super::overlay::Overlay;
use super::{PracticeLayer, identify, judge, reaction, summary};

impl PracticeLayer {
    /// Takes an action, in what is open above the step or in the step itself.
    pub(super) fn answer(&mut self, action: Action, room: Room, now: Stamp) -> Turn {
        let had_news = self.news.take().is_some();
        let turn = match self.overlay {
            Overlay::None => self.in_step(action, room, now),
            _ => self.in_overlay(action, room, now),
        };
        match turn {
            Turn::Same if had_news => Turn::Draw,
            turn => turn,
        }
    }

    fn in_step(&mut self, action: Action, room: Room, now: Stamp) -> Turn {
        match action {
            Action::Skip if self.session().can_skip() => return self.skip(now),
            Action::LeaveOut if self.session().can_skip() => {
                return self.open(Overlay::Topics { focus: 0 });
            }
            Action::AllTries => return self.open_tries(),
            Action::Why if self.attempt().is_some() => return self.open(Overlay::Why),
            Action::Disagree if self.session().may_dispute() => {
                return self.open(Overlay::reason());
            }
            Action::Back => return self.back(now),
            _ => {}
        }
        match self.session().step() {
            Step::Reply { .. } => self.in_reply(action, now),
            Step::Question { .. } if action == Action::Enter => {
                let text = self.editor.text().trim().to_owned();
                self.tell(Event::Compared(text), now);
                Turn::Draw
            }
            Step::Reaction { .. } => self.in_reaction(action, now),
            Step::Summary => self.in_summary(action, room, now),
            _ => match self.event_of(action) {
                Some(event) => {
                    let called = matches!(event, Event::OwnCall(_));
                    self.tell(event, now);
                    if called {
                        self.tell(Event::Continue, now);
                    }
                    Turn::Draw
                }
                None => self.scroll(action, room, now),
            },
        }
    }

    /// What a key means to the session, in the steps where a key is all there is to it.
    fn event_of(&self, action: Action) -> Option<Event> {
        let session = self.session();
        let digit = match action {
            Action::Choose(digit) => Some(digit),
            _ => None,
        };
        match session.step() {
            Step::Notice { .. } if action == Action::Enter => Some(Event::Continue),
            Step::Notice { feeling: None } => Feeling::from_digit(digit?).map(Event::Felt),
            Step::Notice { feeling: Some(_) } => {
                digit.filter(|digit| (1..=9).contains(digit)).map(Event::Strength)
            }
            Step::Judge(judging) if judging.resistance.is_none() && session.tries().is_empty() => {
                match digit? {
                    1 => Some(Event::JudgedResistance(true)),
                    2 => Some(Event::JudgedResistance(false)),
                    _ => None,
                }
            }
            Step::Judge(_) => {
                let index = usize::from(digit?).checked_sub(1)?;
                judge::OWN.get(index).copied().map(Event::JudgedStance)
            }
            Step::Keeping { fault: Some(_), .. } | Step::Example(_) | Step::Compare => {
                (action == Action::Enter).then_some(Event::Continue)
            }
            Step::Feedback { attempt } | Step::Explained { attempt } => {
                let unsure = session.standing(*attempt) == Standing::Unsure;
                match (action, digit) {
                    (Action::Enter, _) if !unsure => Some(Event::Continue),
                    (Action::Again, _) if session.may_try_again() => Some(Event::Again),
                    (_, Some(1)) if unsure => Some(Event::OwnCall(true)),
                    (_, Some(2)) if unsure => Some(Event::OwnCall(false)),
                    _ => None,
                }
            }
            Step::Identify { named, .. } => identify::answer(*named, digit?),
            Step::Choose { replies, .. } => {
                let index = usize::from(digit?).checked_sub(1)?;
                (index < replies.len()).then_some(Event::Chose(index))
            }
            _ => None,
        }
    }

    fn in_reply(&mut self, action: Action, now: Stamp) -> Turn {
        match action {
            Action::Enter if self.editor.is_blank() => {
                self.news = Some(wording::NOTHING_TYPED.to_owned());
                Turn::Draw
            }
            Action::Enter => {
                let text = self.editor.text().trim().to_owned();
                self.tell(Event::Submitted(text), now);
                Turn::Draw
            }
            Action::ExternalEditor => {
                self.practice.save_draft(now);
                Turn::Editor(self.editor.text().to_owned())
            }
            _ => Turn::Same,
        }
    }

    fn in_reaction(&mut self, action: Action, now: Stamp) -> Turn {
        let form = self.form;
        if form.difficulty.is_none() || form.strongest.is_none() {
            let rating = match action {
                Action::Choose(rating @ 1..=9) => Some(rating),
                Action::Enter => None,
                _ => return Turn::Same,
            };
            self.form = match form.difficulty {
                None => Reaction { difficulty: Some(rating), strongest: None },
                difficulty => Reaction { difficulty, strongest: Some(rating) },
            };
            self.next = reaction::proposal(self.session(), self.form);
            return Turn::Draw;
        }
        let choices = reaction::choices(self.session(), form);
        let chosen = match action {
            Action::Enter => {
                self.finish(now);
                return Turn::Draw;
            }
            Action::Choose(digit) => choices.iter().find(|(each, _)| *each == digit),
            _ => {
                let focus = choices.iter().position(|(_, next)| *next == self.next).unwrap_or(0);
                moved(focus, action, choices.len(), choices.len()).and_then(|to| choices.get(to))
            }
        };
        match chosen {
            Some((_, next)) => {
                self.next = *next;
                Turn::Draw
            }
            None => Turn::Same,
        }
    }

    /// Hands the whole form over: until here each answer could be taken back.
    fn finish(&mut self, now: Stamp) {
        for answer in [self.form.difficulty, self.form.strongest] {
            self.practice.handle(answer.flatten().map_or(Event::Continue, Event::Rated), now);
        }
        self.tell(Event::NextSet(self.next), now);
    }

    fn in_summary(&mut self, action: Action, room: Room, now: Stamp) -> Turn {
        match action {
            Action::Enter => Turn::Home,
            Action::Choose(digit) => match summary::replayed(self.session(), digit) {
                Some(ordinal) => self.open(Overlay::Tries { ordinal }),
                None => Turn::Same,
            },
            _ => self.scroll(action, room, now),
        }
    }

    fn back(&mut self, now: Stamp) -> Turn {
        match self.session().step() {
            Step::Summary => return Turn::Home,
            Step::Judge(_) => {
                self.tell(Event::BackToReply, now);
                return Turn::Draw;
            }
            Step::Reaction { .. } if self.form.difficulty.is_some() => {
                self.form = match self.form {
                    Reaction { difficulty, strongest: Some(_) } => {
                        Reaction { difficulty, strongest: None }
                    }
                    _ => Reaction::default(),
                };
                return Turn::Draw;
            }
            _ => {}
        }
        self.practice.save_draft(now);
        self.open(Overlay::Leave { focus: 0 })
    }

    pub(super) fn skip(&mut self, now: Stamp) -> Turn {
        self.tell(Event::Skipped, now);
        self.news = Some(wording::LEFT_OUT.to_owned());
        Turn::Draw
    }

    fn open(&mut self, overlay: Overlay) -> Turn {
        self.overlay = overlay;
        self.offset = None;
        Turn::Draw
    }

    fn open_tries(&mut self) -> Turn {
        let ordinal = self.attempt().map(|attempt| attempt.ordinal);
        match ordinal.filter(|_| self.session().tries().len() > 1) {
            Some(ordinal) => self.open(Overlay::Tries { ordinal }),
            None => Turn::Same,
        }
    }
}
