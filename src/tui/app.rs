//! The stack of layers: routes what comes in to the top one, and carries out what it asks for.

use std::cell::RefCell;
use std::io;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

use crate::driver::{Desk, Scored, ScorerThread, fresh_seed};
use crate::practice::Stamp;
use crate::text::neutralise;

use super::event_loop::{App, Control, Mailbox, Msg};
use super::keys::{self, Action};
use super::layer::{Hands, Layer, Room, Turn};
use super::screens::help::HelpLayer;
use super::theme::Theme;
use super::widgets::footer;
use super::widgets::frame::{self, Drawn};
use super::widgets::places::{Density, Places};

/// How many lines the wheel moves.
const WHEEL: usize = 3;

/// All screens, the top one in front.
pub struct Screens {
    layers: Vec<Box<dyn Layer>>,
    desk: Desk,
    theme: Theme,
    mouse: bool,
    size: Rect,
    scores: Mailbox<Scored>,
    clock: fn() -> Stamp,
    news: Option<String>,
    drawn: RefCell<Option<Drawn>>,
}

impl Screens {
    /// Screens whose lowest layer is `first`.
    pub fn new(
        first: Box<dyn Layer>,
        desk: Desk,
        theme: Theme,
        mouse: bool,
        (width, height): (u16, u16),
        scores: Mailbox<Scored>,
        clock: fn() -> Stamp,
    ) -> Self {
        Self {
            layers: vec![first],
            desk,
            theme,
            mouse,
            size: Rect::new(0, 0, width, height),
            scores,
            clock,
            news: None,
            drawn: RefCell::new(None),
        }
    }

    /// Puts a layer above the others, as a command that opens a screen of its own does.
    pub fn push(&mut self, layer: Box<dyn Layer>) {
        self.layers.push(layer);
    }

    fn room(&self) -> Room {
        room(self.size, self.theme)
    }

    /// Lets the top layer act, and carries out what it asks for.
    fn top(&mut self, act: impl FnOnce(&mut dyn Layer, &mut Hands<'_>) -> Turn) -> Control {
        let Some(top) = self.layers.len().checked_sub(1) else { return Control::Leave };
        self.layer(top, act)
    }

    /// Lets every layer act, also those beneath a dialog, the top one first.
    fn each(&mut self, act: impl Fn(&mut dyn Layer, &mut Hands<'_>) -> Turn) -> Control {
        (0..self.layers.len()).rev().fold(Control::Unchanged, |so_far, index| {
            match self.layer(index, &act) {
                Control::Unchanged => so_far,
                control => control,
            }
        })
    }

    /// Lets one layer act. Only the top one's wish to go elsewhere is carried out: a layer beneath
    /// it that changed is drawn when it is on top again.
    fn layer(
        &mut self,
        index: usize,
        act: impl FnOnce(&mut dyn Layer, &mut Hands<'_>) -> Turn,
    ) -> Control {
        let room = self.room();
        let scores = self.scores.clone();
        let start_scorer = || start_scorer(&scores);
        let mut hands = Hands {
            desk: &mut self.desk,
            now: (self.clock)(),
            room,
            seed: fresh_seed(),
            start_scorer: &start_scorer,
        };
        let is_top = index + 1 == self.layers.len();
        let Some(layer) = self.layers.get_mut(index) else { return Control::Unchanged };
        let turn = act(layer.as_mut(), &mut hands);
        let popped = match turn {
            Turn::Draw => return Control::Draw,
            _ if !is_top => return Control::Unchanged,
            Turn::Same => return Control::Unchanged,
            Turn::Leave => {
                self.save_all();
                return Control::Leave;
            }
            Turn::Editor(text) => return Control::Edit(text),
            Turn::Push(layer) => {
                self.layers.push(layer);
                return Control::Draw;
            }
            Turn::Replace(layer) => {
                self.layers.pop();
                self.layers.push(layer);
                return Control::Draw;
            }
            Turn::Pop => 1,
            Turn::Home => self.layers.len().saturating_sub(1),
        };
        self.layers.truncate(self.layers.len().saturating_sub(popped));
        match self.layers.last_mut() {
            Some(layer) => {
                layer.uncovered(&mut hands);
                Control::Draw
            }
            None => Control::Leave,
        }
    }

    fn save_all(&mut self) {
        self.each(|layer, hands| {
            layer.leave(hands);
            Turn::Same
        });
    }

    fn key(&mut self, key: KeyEvent) -> Control {
        let Some(context) = self.layers.last().map(|layer| layer.context()) else {
            return Control::Leave;
        };
        match keys::action(context, key) {
            Some(Action::Edit(_)) | None if context.is_typing() => {
                self.top(|layer, hands| layer.key(key, hands))
            }
            Some(action) => self.act(action),
            None => Control::Unchanged,
        }
    }

    fn act(&mut self, action: Action) -> Control {
        match action {
            Action::EndNow => {
                self.save_all();
                Control::Leave
            }
            Action::Suspend => {
                self.each(|layer, hands| {
                    layer.pause(hands);
                    Turn::Same
                });
                Control::Suspend
            }
            Action::ToggleMouse => {
                self.mouse = !self.mouse;
                self.news = Some(
                    if self.mouse {
                        "the mouse is rollwith's"
                    } else {
                        "the mouse is the terminal's"
                    }
                    .to_owned(),
                );
                Control::Mouse(self.mouse)
            }
            Action::Help => self.help(),
            action => self.top(|layer, hands| layer.act(action, hands)),
        }
    }

    fn wake(&mut self) -> Control {
        let now = (self.clock)();
        self.each(|layer, hands| match layer.deadline() {
            Some(due) if due <= now => layer.wake(hands),
            _ => Turn::Same,
        })
    }

    fn help(&mut self) -> Control {
        let Some(top) = self.layers.last() else { return Control::Leave };
        let context = top.context();
        if context == keys::Context::Help {
            return self.top(|layer, hands| layer.act(Action::Back, hands));
        }
        let view = top.view(self.room(), (self.clock)());
        let title = view.heading.title.clone();
        let help = HelpLayer::new(context, title, view.pinned);
        self.layers.push(Box::new(help));
        Control::Draw
    }

    fn mouse(&mut self, event: MouseEvent) -> Control {
        match event.kind {
            MouseEventKind::ScrollDown => self.wheel(Action::Down),
            MouseEventKind::ScrollUp => self.wheel(Action::Up),
            MouseEventKind::Down(MouseButton::Left) => self.click(event.column, event.row),
            _ => Control::Unchanged,
        }
    }

    fn wheel(&mut self, action: Action) -> Control {
        let typing = self.layers.last().is_some_and(|layer| layer.context().is_typing());
        let action = match (typing, action) {
            (true, Action::Down) => Action::PageDown,
            (true, _) => Action::PageUp,
            (false, action) => action,
        };
        let steps = if typing { 1 } else { WHEEL };
        (0..steps).fold(Control::Unchanged, |so_far, _| {
            match self.top(|layer, hands| layer.act(action, hands)) {
                Control::Unchanged => so_far,
                control => control,
            }
        })
    }

    fn click(&mut self, column: u16, line: u16) -> Control {
        let Some(top) = self.layers.last() else { return Control::Leave };
        let view = top.view(self.room(), (self.clock)());
        let Ok(places) = Places::of(self.size, view.wide) else { return Control::Unchanged };
        if line == places.keys.y {
            let x = usize::from(column.saturating_sub(places.gutter_x()));
            let width = usize::from(places.page.width.saturating_sub(2));
            let clicked = footer::clicked(&view.hints, width, x);
            return clicked.map_or(Control::Unchanged, |action| self.act(action));
        }
        let window = self.drawn.borrow().as_ref().and_then(|drawn| drawn.window.clone());
        let Some(window) = window else { return Control::Unchanged };
        let first = usize::from(places.body.y) + window.pinned;
        let row = usize::from(line).checked_sub(first).map(|below| window.shown.start + below);
        match row.filter(|row| window.shown.contains(row)) {
            Some(row) => self.top(|layer, hands| layer.clicked(row, hands)),
            None => Control::Unchanged,
        }
    }
}

impl App for Screens {
    type Work = Scored;

    fn update(&mut self, msg: Msg<Scored>) -> Control {
        let had_news = matches!(msg, Msg::Key(_) | Msg::Mouse(_)) && self.news.take().is_some();
        let control = match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => {
                let text = neutralise(&text);
                self.top(|layer, hands| layer.paste(&text, hands))
            }
            Msg::Mouse(event) => self.mouse(event),
            Msg::Resize { width, height } => {
                self.size = Rect::new(0, 0, width, height);
                Control::Draw
            }
            Msg::Work(scored) => self.each(|layer, hands| layer.scored(scored.clone(), hands)),
            Msg::Deadline => self.wake(),
            Msg::Edited(Ok(text)) => {
                let text = neutralise(text.trim_end_matches(['\r', '\n']));
                self.top(|layer, hands| layer.edited(&text, hands))
            }
            Msg::Edited(Err(error)) => {
                self.news = Some(error.to_string());
                Control::Draw
            }
            Msg::Leaving => {
                self.save_all();
                Control::Leave
            }
        };
        if had_news && control == Control::Unchanged { Control::Draw } else { control }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let Some(top) = self.layers.last() else { return };
        let mut view = top.view(room(area, self.theme), (self.clock)());
        if let Some(news) = &self.news {
            view.kept.clone_from(news);
        }
        let drawn = frame::draw(&view, &self.theme, frame.buffer_mut());
        if let Some(cursor) = drawn.cursor {
            frame.set_cursor_position(cursor);
        }
        *self.drawn.borrow_mut() = Some(drawn);
    }

    fn deadline(&self) -> Option<Instant> {
        let due = self.layers.iter().filter_map(|layer| layer.deadline()).min()?;
        let left = (due - (self.clock)()).to_std().unwrap_or(Duration::ZERO);
        Some(Instant::now() + left)
    }
}

/// Starts the scorer's thread; its scores come to the screens.
///
/// # Errors
/// When the system refuses a thread.
pub fn start_scorer(scores: &Mailbox<Scored>) -> io::Result<ScorerThread> {
    let scores = scores.clone();
    ScorerThread::start(move |scored| {
        scores.send(scored);
    })
}

/// What there is room for in a terminal of a size.
pub fn room(area: Rect, theme: Theme) -> Room {
    let width = |wide| {
        Places::of(area, wide).map_or((0, 0, Density::of(area.width, area.height)), |places| {
            (usize::from(places.words_width()), usize::from(places.body.height), places.density)
        })
    };
    let (words, height, density) = width(false);
    let (wide_width, ..) = width(true);
    Room { width: words, wide_width, height, density, marks: theme.marks }
}
