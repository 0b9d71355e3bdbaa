//! The packs at hand; one that is faulty shows its first fault.

use std::collections::BTreeSet;

use ratatui::crossterm::event::KeyEvent;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::Words;
use super::super::widgets::table;
use super::super::widgets::transcript::{Block, lay};
use super::list::{List, Moved};
use super::pack::PackLayer;
use super::topics::TopicsLayer;
use crate::driver::Desk;
use crate::pack::{Diagnostic, Level, Pack};
use crate::practice::{Stamp, wording};

/// One row of the list.
#[derive(Clone, Debug)]
enum Item {
    /// A pack that can be used: its id and its row.
    Pack(String, Vec<String>),
    /// A file that cannot, with its first fault.
    Faulty(Diagnostic),
    /// The topics left out for good.
    Topics,
}

impl Item {
    fn row(&self) -> Vec<String> {
        match self {
            Self::Pack(_, row) => row.clone(),
            Self::Faulty(fault) => {
                vec![file_name(&fault.file), "left out".to_owned(), fault.message.clone()]
            }
            Self::Topics => vec![
                "Topics left out".to_owned(),
                String::new(),
                "for good; they can be taken back in".to_owned(),
            ],
        }
    }
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

fn pack_row(pack: &Pack) -> Vec<String> {
    let what = if let Some(form) = pack.assessment_form {
        format!("assessment, form {form}")
    } else {
        let count = wording::count(pack.vignettes.len(), "vignette", "vignettes");
        let has = |level: &&Level| pack.vignettes.iter().any(|each| each.level == **level);
        let mut levels = Level::ALL.iter().filter(has);
        match (levels.next(), levels.next_back()) {
            (Some(first), Some(last)) => format!("{count}, {first} to {last}"),
            (Some(only), None) => format!("{count}, {only}"),
            (None, _) => count,
        }
    };
    vec![pack.title.clone(), pack.version.clone(), what]
}

/// The list of packs.
#[derive(Debug)]
pub struct PacksLayer {
    items: Vec<Item>,
    shown: Vec<usize>,
    list: List,
}

impl PacksLayer {
    /// The packs of a desk's library, its faults, and the topics left out.
    pub fn new(desk: &Desk) -> Self {
        let library = desk.library();
        let mut items: Vec<Item> = library
            .packs()
            .iter()
            .map(|shelved| Item::Pack(shelved.pack.id.clone(), pack_row(&shelved.pack)))
            .collect();
        let mut named = BTreeSet::new();
        let first = library
            .diagnostics()
            .iter()
            .filter(|each| each.is_error() && named.insert(each.file.clone()));
        items.extend(first.cloned().map(Item::Faulty));
        items.push(Item::Topics);
        let shown = (0..items.len()).collect();
        Self { items, shown, list: List::default() }
    }

    fn filtered(&mut self) -> Turn {
        let words: Vec<String> = self.items.iter().map(|item| item.row().join(" ")).collect();
        self.shown = table::matching(words.iter().map(String::as_str), self.list.filter());
        Turn::Draw
    }

    fn moved(&mut self, moved: Moved, hands: &mut Hands<'_>) -> Turn {
        match moved {
            Moved::Ignored => Turn::Same,
            Moved::Back => Turn::Pop,
            Moved::Draw => self.filtered(),
            Moved::Open(index) => {
                let item = self.shown.get(index).and_then(|index| self.items.get(*index));
                match item {
                    Some(Item::Pack(id, _)) => match hands.desk.library().pack(id) {
                        Some(shelved) => Turn::Push(Box::new(PackLayer::new(&shelved.pack))),
                        None => Turn::Same,
                    },
                    Some(Item::Faulty(fault)) => {
                        Turn::Push(Box::new(FaultLayer { fault: fault.clone() }))
                    }
                    Some(Item::Topics) => Turn::Push(Box::new(TopicsLayer::new(hands.desk))),
                    None => Turn::Same,
                }
            }
        }
    }
}

impl Layer for PacksLayer {
    fn context(&self) -> Context {
        self.list.context(Context::Packs)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.act(action, self.shown.len(), hands.room.height);
        self.moved(moved, hands)
    }

    fn key(&mut self, key: KeyEvent, _hands: &mut Hands<'_>) -> Turn {
        if self.list.key(key) { self.filtered() } else { Turn::Same }
    }

    fn paste(&mut self, text: &str, _hands: &mut Hands<'_>) -> Turn {
        if self.list.paste(text) { self.filtered() } else { Turn::Same }
    }

    fn clicked(&mut self, row: usize, hands: &mut Hands<'_>) -> Turn {
        let moved = self.list.clicked(row, self.shown.len());
        self.moved(moved, hands)
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let items: Vec<Vec<String>> =
            self.shown.iter().filter_map(|index| self.items.get(*index)).map(Item::row).collect();
        let packs = self.items.iter().filter(|item| matches!(item, Item::Pack(..))).count();
        let mut view = View {
            heading: Heading {
                title: "Packs".to_owned(),
                tail: format!("{packs} at hand"),
                ..Heading::default()
            },
            hints: hints(self.context(), &Shown::default()),
            wide: true,
            ..View::default()
        };
        self.list.show(&mut view, &items, "", room.wide_width, room.height, room.marks);
        view
    }
}

/// The first fault of a pack, in full.
#[derive(Debug)]
struct FaultLayer {
    fault: Diagnostic,
}

impl Layer for FaultLayer {
    fn context(&self) -> Context {
        Context::Reading
    }

    fn act(&mut self, action: Action, _hands: &mut Hands<'_>) -> Turn {
        if matches!(action, Action::Back | Action::Enter) { Turn::Pop } else { Turn::Same }
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let blocks = [
            Block::new("File", self.fault.place()),
            Block::new("Fault", self.fault.message.as_str()),
            Block::new("Remedy", self.fault.remedy.as_str()),
            Block::new(
                "",
                Words::of(
                    Role::Muted,
                    "The other packs are not touched by it. All its faults: rollwith pack check",
                ),
            ),
        ];
        View {
            heading: Heading {
                title: "Packs".to_owned(),
                tail: format!("{}, left out", file_name(&self.fault.file)),
                ..Heading::default()
            },
            rows: lay(&blocks, room.width, room.marks, room.density),
            hints: hints(Context::Reading, &Shown { hidden: &[Action::Down], ..Shown::default() }),
            ..View::default()
        }
    }
}
