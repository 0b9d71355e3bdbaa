//! The vignettes of a pack; Enter opens one.

use std::sync::Arc;

use ratatui::crossterm::event::KeyEvent;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::table;
use super::list::{List, Moved};
use super::vignette::VignetteLayer;
use crate::pack::{Pack, Vignette};
use crate::practice::{Stamp, wording};

/// The list of a pack's vignettes.
#[derive(Debug)]
pub struct PackLayer {
    id: String,
    title: String,
    about: String,
    /// None are listed of an assessment form: they are to be met unseen.
    form: bool,
    vignettes: Vec<Arc<Vignette>>,
    shown: Vec<usize>,
    list: List,
}

impl PackLayer {
    /// The vignettes of a pack.
    pub fn new(pack: &Pack) -> Self {
        let form = pack.assessment_form.is_some();
        let vignettes = if form { Vec::new() } else { pack.vignettes.clone() };
        let made_by = pack.authors.join(", ");
        let licence = pack.licence.as_deref().unwrap_or_default();
        let parts = [pack.about.as_deref().unwrap_or_default(), made_by.as_str(), licence];
        let about: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            id: pack.id.clone(),
            title: format!("{} {}", pack.title, pack.version),
            about: about.join("   "),
            form,
            shown: (0..vignettes.len()).collect(),
            vignettes,
            list: List::default(),
        }
    }

    fn filtered(&mut self) -> Turn {
        let words: Vec<String> = self
            .vignettes
            .iter()
            .map(|each| format!("{} {} {}", row(each).join(" "), each.topics.join(" "), each.id))
            .collect();
        self.shown = table::matching(words.iter().map(String::as_str), self.list.filter());
        Turn::Draw
    }

    fn moved(&mut self, moved: Moved) -> Turn {
        match moved {
            Moved::Ignored => Turn::Same,
            Moved::Back => Turn::Pop,
            Moved::Draw => self.filtered(),
            Moved::Open(index) => {
                match self.shown.get(index).and_then(|index| self.vignettes.get(*index)) {
                    Some(vignette) => {
                        Turn::Push(Box::new(VignetteLayer::new(&self.id, Arc::clone(vignette))))
                    }
                    None => Turn::Same,
                }
            }
        }
    }
}

fn row(vignette: &Vignette) -> Vec<String> {
    vec![vignette.client.name.clone(), vignette.level.to_string(), vignette.client_turn()]
}

impl Layer for PackLayer {
    fn context(&self) -> Context {
        self.list.context(Context::Pack)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.act(action, self.shown.len(), hands.room.height);
        self.moved(moved)
    }

    fn key(&mut self, key: KeyEvent, _hands: &mut Hands<'_>) -> Turn {
        if self.list.key(key) { self.filtered() } else { Turn::Same }
    }

    fn paste(&mut self, text: &str, _hands: &mut Hands<'_>) -> Turn {
        if self.list.paste(text) { self.filtered() } else { Turn::Same }
    }

    fn clicked(&mut self, row: usize, _hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.clicked(row, self.shown.len());
        self.moved(moved)
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let items: Vec<Vec<String>> = self
            .shown
            .iter()
            .filter_map(|index| self.vignettes.get(*index))
            .map(|vignette| row(vignette))
            .collect();
        let mut view = View {
            heading: Heading {
                title: self.title.clone(),
                tail: if self.form {
                    "assessment form".to_owned()
                } else {
                    wording::count(self.shown.len(), "vignette", "vignettes")
                },
                ..Heading::default()
            },
            setting: self.about.clone(),
            hints: hints(
                self.context(),
                &Shown {
                    hidden: if self.form {
                        &[Action::Enter, Action::Down, Action::Filter]
                    } else {
                        &[]
                    },
                    ..Shown::default()
                },
            ),
            wide: true,
            ..View::default()
        };
        let empty = "Its vignettes are kept unseen for the assessment.";
        self.list.show(&mut view, &items, empty, room.wide_width, room.height, room.marks);
        view
    }
}
