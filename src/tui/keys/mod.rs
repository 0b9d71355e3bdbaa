//! The one table of keys, and what comes from it: dispatch, the bottom line, help.
//!
//! A key means the same everywhere; only the words differ by screen ("begin", "next").

mod key;
mod table;

use std::fmt::Write as _;

use ratatui::crossterm::event::KeyEvent;

pub use self::key::{Key, Pattern};
pub use self::table::{EVERYWHERE, SCREENS, TYPING};
use super::editor::Edit;

/// What a key asks for, whatever the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Enter: the first thing of the bottom line; confirms, submits, goes on.
    Enter,
    /// A digit, 0 to 9.
    Choose(u8),
    /// Esc: back; asks before it ends a session.
    Back,
    /// Focus one up.
    Up,
    /// Focus one down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Moves focus, or to the next page.
    NextPage,
    /// Moves focus back, or to the page before.
    PreviousPage,
    /// Starts to filter a list.
    Filter,
    /// Why: the moves and their depth; who made the labels.
    Why,
    /// "I see it differently", with a reason.
    Disagree,
    /// All tries at this statement.
    AllTries,
    /// The same again, or another set.
    Again,
    /// Skips a statement.
    Skip,
    /// Leaves a topic out for good.
    LeaveOut,
    /// Keeps a session out of every bundle, or no longer.
    Private,
    /// Opens the reply in `$EDITOR`.
    ExternalEditor,
    /// Help.
    Help,
    /// Gives the mouse to the terminal, or takes it back.
    ToggleMouse,
    /// Ends at once, all kept.
    EndNow,
    /// Stops the program until `fg`.
    Suspend,
    /// Edits text that is being typed.
    Edit(Edit),
}

/// Where a key is pressed: a screen, or a state of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the screens")]
pub enum Context {
    Home,
    Choose,
    Notice,
    /// Typing a reply.
    Reply,
    Judge,
    /// While a reply is scored and written.
    Keeping,
    Feedback,
    Unsure,
    /// All tries at one statement, or another page only read.
    Reading,
    Compare,
    Identify,
    Discriminate,
    /// After an answer in identify or discriminate.
    Explained,
    /// A model reply to another statement, before the third try.
    Example,
    /// A duty moment talked through.
    TalkedThrough,
    /// Typing a line: the reason of a dispute, what a comparison shows.
    Reason,
    Reaction,
    Summary,
    History,
    Replay,
    Progress,
    Packs,
    Pack,
    Vignette,
    /// Typing a filter.
    Filtering,
    Tour,
    Help,
    /// A question before something ends: Enter does it, Esc does not.
    Confirm,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 28] = [
        Self::Home,
        Self::Choose,
        Self::Notice,
        Self::Reply,
        Self::Judge,
        Self::Keeping,
        Self::Feedback,
        Self::Unsure,
        Self::Reading,
        Self::Compare,
        Self::Identify,
        Self::Discriminate,
        Self::Explained,
        Self::Example,
        Self::TalkedThrough,
        Self::Reason,
        Self::Reaction,
        Self::Summary,
        Self::History,
        Self::Replay,
        Self::Progress,
        Self::Packs,
        Self::Pack,
        Self::Vignette,
        Self::Filtering,
        Self::Tour,
        Self::Help,
        Self::Confirm,
    ];

    /// Whether letters, digits and `?` are text here.
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Reply | Self::Reason | Self::Filtering)
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys, the first of which is the one named on the bottom line.
    pub keys: &'static [Pattern],
    /// What they ask for; for digits, `Choose(0)` stands for each.
    pub action: Action,
    /// Words of the bottom line; empty where it is only in help.
    pub short: &'static str,
    /// Words of help.
    pub long: &'static str,
}

impl Binding {
    fn action_of(&self, key: Key) -> Option<Action> {
        let pattern = self.keys.iter().find(|pattern| pattern.matches(key))?;
        Some(match (self.action, pattern) {
            (Action::Choose(_), Pattern::Digits { .. }) => Action::Choose(key.digit()?),
            (action, _) => action,
        })
    }
}

/// What the keys of one context are, in order of importance: its own, then those of everywhere.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    own(context).iter().chain(EVERYWHERE.iter().filter(move |binding| {
        !context.is_typing() || binding.keys.iter().any(|pattern| !pattern.is_text())
    }))
}

fn own(context: Context) -> &'static [Binding] {
    SCREENS.iter().find(|(screen, _)| *screen == context).map_or(&[], |(_, bindings)| bindings)
}

/// What a key asks for in a context. While typing, keys of the editor come back as
/// [`Action::Edit`], and text is `None`: hand the event to the editor in both cases.
pub fn action(context: Context, event: KeyEvent) -> Option<Action> {
    let key = Key::from(event);
    if context.is_typing() && key.is_text() {
        return None;
    }
    let first =
        |bindings: &'static [Binding]| bindings.iter().find_map(|binding| binding.action_of(key));
    first(own(context))
        .or_else(|| {
            let edit = edit_of(event).filter(|_| context.is_typing());
            edit.map(|(edit, _)| Action::Edit(edit))
        })
        .or_else(|| first(EVERYWHERE))
}

/// What an event asks of the editor, and whether Shift extends the selection.
pub fn edit_of(event: KeyEvent) -> Option<(Edit, bool)> {
    let key = Key::from(event);
    let edit = |key: Key| {
        TYPING.iter().find_map(|binding| match binding.action {
            Action::Edit(edit) if binding.keys.iter().any(|pattern| pattern.matches(key)) => {
                Some(edit)
            }
            _ => None,
        })
    };
    edit(key).map(|found| (found, false)).or_else(|| {
        let unshifted = key.without_shift()?;
        edit(unshifted).map(|found| (found, true))
    })
}

/// How one drawing of the bottom line differs from the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// What cannot be done now, and so is not offered.
    pub hidden: &'a [Action],
    /// Other words for what can (`Choose(0)` stands for the digits).
    pub words: &'a [(Action, &'a str)],
    /// The last digit that chooses, where it is not the table's; 0 hides the digits.
    pub digits: Option<u8>,
}

/// One entry of the bottom line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key, as named there.
    pub key: String,
    /// What it does, in a word or two.
    pub words: String,
    /// What a click on it asks for; digits have none.
    pub action: Option<Action>,
}

/// The bottom line of a context, most important first and help last.
pub fn hints(context: Context, shown: &Shown<'_>) -> Vec<Hint> {
    bindings(context)
        .filter(|binding| !binding.short.is_empty() && !shown.hidden.contains(&binding.action))
        .filter_map(|binding| {
            let digits = matches!(binding.action, Action::Choose(_));
            let mut keys =
                binding.keys.iter().filter(|pattern| !context.is_typing() || !pattern.is_text());
            let pattern = *keys.next()?;
            let key = match shown.digits {
                Some(0) if digits => return None,
                Some(last) if digits => pattern.up_to(last).to_string(),
                _ if binding.action == Action::Down => "j k".to_owned(),
                _ => pattern.to_string(),
            };
            let words = shown
                .words
                .iter()
                .find(|(action, _)| *action == binding.action)
                .map_or(binding.short, |(_, words)| *words);
            let action = (!digits).then_some(binding.action);
            Some(Hint { key, words: words.to_owned(), action })
        })
        .collect()
}

/// One group of rows in help: its name, then keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpGroup {
    /// "Here", "Everywhere", "Typing".
    pub name: &'static str,
    /// Keys and long words.
    pub rows: Vec<(String, &'static str)>,
}

/// Help for a context: Here first, then Everywhere, then Typing. With a `filter`, only the rows in
/// whose keys or words it is found, whatever the case; groups left empty are dropped.
pub fn help(context: Context, filter: &str) -> Vec<HelpGroup> {
    let wanted = filter.trim().to_lowercase();
    [("Here", own(context)), ("Everywhere", EVERYWHERE), ("Typing", TYPING)]
        .into_iter()
        .map(|(name, bindings)| HelpGroup {
            name,
            rows: bindings
                .iter()
                .map(|binding| (names(binding), binding.long))
                .filter(|(keys, long)| {
                    wanted.is_empty()
                        || keys.to_lowercase().contains(&wanted)
                        || long.to_lowercase().contains(&wanted)
                })
                .collect(),
        })
        .filter(|group| !group.rows.is_empty())
        .collect()
}

fn names(binding: &Binding) -> String {
    let mut out = String::new();
    let named = binding.keys.iter().filter(|pattern| !pattern.is_also());
    for (index, pattern) in named.enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(out, "{comma}{pattern}");
    }
    out
}

#[cfg(test)]
mod tests;
