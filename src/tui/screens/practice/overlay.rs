//! What opens above a step: reading, a reason, and what is asked before something ends.

use crate::practice::{Attempt, Event, Stamp};
use crate::tui::keys::{Action, Context, Shown, hints};
use crate::tui::layer::{Room, Turn};
use crate::tui::widgets::frame::View;
use crate::tui::widgets::table::moved;

use super::leave::{self, Way};
use super::reason::{LEAVING, Reason};
use super::{PracticeLayer, reason, scene, tries, why, words_of};

/// What is open above the step.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    /// Nothing.
    None,
    /// The moves and their depth, and who made the labels.
    Why,
    /// All tries at the statement of this number in the set.
    Tries {
        /// The attempts' ordinal.
        ordinal: u32,
    },
    /// "I see it differently".
    Reason(Box<Reason>),
    /// Before the set is left.
    Leave {
        /// The row in focus.
        focus: usize,
    },
    /// Which topic is left out for good.
    Topics {
        /// The row in focus.
        focus: usize,
    },
}

impl Overlay {
    /// An empty reason.
    pub(super) fn reason() -> Self {
        Self::Reason(Box::default())
    }

    /// Its keys; none where nothing is open.
    pub(super) fn context(&self) -> Option<Context> {
        match self {
            Self::None => None,
            Self::Why | Self::Tries { .. } => Some(Context::Reading),
            Self::Reason(reason) if reason.leaving.is_none() => Some(Context::Reason),
            Self::Reason(_) | Self::Leave { .. } | Self::Topics { .. } => Some(Context::Confirm),
        }
    }

    /// The view with this above it.
    pub(super) fn over(
        &self,
        mut view: View<'static>,
        layer: &PracticeLayer,
        room: Room,
    ) -> View<'static> {
        let session = layer.session();
        match self {
            Self::None => return view,
            Self::Why => {
                let Some(attempt) = layer.attempt() else { return view };
                let item = session.item_of(attempt);
                view.rows = why::rows(attempt, item.map(|item| item.vignette.as_ref()), room);
                view.heading.steps = &["why"];
            }
            Self::Tries { ordinal } => {
                let tries: Vec<&Attempt> = session
                    .attempts()
                    .iter()
                    .filter(|attempt| attempt.ordinal == *ordinal)
                    .collect();
                if let Some(first) = tries.first() {
                    view.pinned = scene::moment(&first.shown, false, room);
                }
                view.rows = tries::rows(&tries, room);
                view.heading.steps = &["all tries"];
            }
            Self::Reason(reason) => {
                let answer = layer.attempt().and_then(words_of).unwrap_or_default();
                return reason::over(view, reason, answer, room);
            }
            Self::Leave { focus } => return leave::over(view, session, *focus, room),
            Self::Topics { focus } => return leave::topics_over(view, session, *focus, room),
        }
        view.heading.step = 0;
        view.heading.tail = String::new();
        view.side = Vec::new();
        view.cursor = None;
        view.offset = 0;
        view.hints = hints(Context::Reading, &Shown::default());
        view
    }
}

/// What a key does to a question with rows.
enum Picked {
    /// This row.
    Row(usize),
    /// The focus is now here.
    Focus(usize),
    /// Not after all.
    Back,
    /// Nothing.
    Nothing,
}

fn pick(action: Action, focus: usize, rows: usize) -> Picked {
    match action {
        Action::Back => Picked::Back,
        Action::Enter => Picked::Row(focus),
        Action::Choose(_) => moved(focus, action, rows, rows).map_or(Picked::Nothing, Picked::Row),
        _ => moved(focus, action, rows, rows).map_or(Picked::Nothing, Picked::Focus),
    }
}

impl PracticeLayer {
    /// Takes an action in what is open above the step.
    pub(super) fn in_overlay(&mut self, action: Action, room: Room, now: Stamp) -> Turn {
        match &self.overlay {
            Overlay::None => Turn::Same,
            Overlay::Why | Overlay::Tries { .. } => {
                let closes = match action {
                    Action::Back | Action::Enter => true,
                    Action::Why => matches!(self.overlay, Overlay::Why),
                    Action::AllTries => matches!(self.overlay, Overlay::Tries { .. }),
                    _ => false,
                };
                if closes { self.close() } else { self.scroll(action, room, now) }
            }
            Overlay::Reason(reason) => match reason.leaving {
                None => self.in_reason(action, now),
                Some(focus) => self.leaving_reason(action, focus, now),
            },
            Overlay::Leave { focus } => {
                let (focus, ways) = (*focus, leave::ways(self.session()));
                match pick(action, focus, ways.len()) {
                    Picked::Row(row) => self.take(ways.get(row).copied(), now),
                    Picked::Focus(focus) => self.focus(Overlay::Leave { focus }),
                    Picked::Back => self.close(),
                    Picked::Nothing => Turn::Same,
                }
            }
            Overlay::Topics { focus } => {
                let (focus, topics) = (*focus, leave::topics(self.session()));
                match pick(action, focus, topics.len()) {
                    Picked::Row(row) => self.leave_out(topics.get(row).cloned(), now),
                    Picked::Focus(focus) => self.focus(Overlay::Topics { focus }),
                    Picked::Back => self.close(),
                    Picked::Nothing => Turn::Same,
                }
            }
        }
    }

    fn close(&mut self) -> Turn {
        self.focus(Overlay::None);
        self.offset = None;
        Turn::Draw
    }

    fn focus(&mut self, overlay: Overlay) -> Turn {
        self.overlay = overlay;
        Turn::Draw
    }

    fn in_reason(&mut self, action: Action, now: Stamp) -> Turn {
        match action {
            Action::Enter => self.keep_reason(now),
            Action::Back => match &mut self.overlay {
                Overlay::Reason(reason) if !reason.editor.is_blank() => {
                    reason.leaving = Some(0);
                    Turn::Draw
                }
                _ => self.close(),
            },
            _ => Turn::Same,
        }
    }

    fn leaving_reason(&mut self, action: Action, focus: usize, now: Stamp) -> Turn {
        let leaving = match pick(action, focus, LEAVING.len()) {
            Picked::Row(0) => return self.keep_reason(now),
            Picked::Row(1) => return self.close(),
            Picked::Row(_) | Picked::Back => None,
            Picked::Focus(focus) => Some(focus),
            Picked::Nothing => return Turn::Same,
        };
        if let Overlay::Reason(reason) = &mut self.overlay {
            reason.leaving = leaving;
        }
        Turn::Draw
    }

    fn keep_reason(&mut self, now: Stamp) -> Turn {
        let Overlay::Reason(reason) = &self.overlay else { return Turn::Same };
        let reason = reason.editor.text().trim().to_owned();
        self.overlay = Overlay::None;
        self.tell(Event::Disputed(reason), now);
        self.news = Some("Noted. It counts neither way, and comes back another day.".to_owned());
        Turn::Draw
    }

    fn take(&mut self, way: Option<Way>, now: Stamp) -> Turn {
        match way {
            None => return Turn::Same,
            Some(Way::GoOn) => return self.close(),
            Some(Way::Pause) => {
                self.keep_all(now);
                return Turn::Home;
            }
            Some(Way::Skip) => return self.skip(now),
            Some(Way::Stop) => self.tell(Event::StopForToday, now),
            Some(Way::End) => self.tell(Event::EndSet, now),
        }
        Turn::Draw
    }

    fn leave_out(&mut self, topic: Option<String>, now: Stamp) -> Turn {
        let Some(topic) = topic else { return self.close() };
        self.news = Some(format!("Left out for good: {topic}."));
        self.tell(Event::TopicLeftOut(topic), now);
        self.close()
    }
}
