//! A key as the table names it, whatever way a terminal reports it.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. For characters Shift is in the character itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl, Alt, and Shift for keys that are no characters.
    pub modifiers: KeyModifiers,
}

impl Key {
    /// A character without Ctrl or Alt.
    pub const fn char(character: char) -> Self {
        Self { code: KeyCode::Char(character), modifiers: KeyModifiers::NONE }
    }

    /// A character with Ctrl.
    pub const fn ctrl(character: char) -> Self {
        Self { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
    }

    /// A character with Alt.
    pub const fn alt(character: char) -> Self {
        Self { code: KeyCode::Char(character), modifiers: KeyModifiers::ALT }
    }

    /// Another key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// Another key with modifiers.
    pub const fn with(code: KeyCode, modifiers: KeyModifiers) -> Self {
        Self { code, modifiers }
    }

    /// The key's digit, where it is one without modifiers.
    pub fn digit(self) -> Option<u8> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => {
                character.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
            }
            _ => None,
        }
    }

    /// Whether the key is text while typing.
    pub const fn is_text(self) -> bool {
        matches!(self.code, KeyCode::Char(_))
            && !self.modifiers.intersects(KeyModifiers::CONTROL.union(KeyModifiers::ALT))
    }

    /// The same key without Shift; `None` where Shift was not held.
    pub fn without_shift(self) -> Option<Self> {
        let shifted = self.modifiers.contains(KeyModifiers::SHIFT);
        shifted.then(|| Self {
            code: self.code,
            modifiers: self.modifiers.difference(KeyModifiers::SHIFT),
        })
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let mut modifiers = event.modifiers & known;
        let code = match event.code {
            KeyCode::Char(character) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers.remove(KeyModifiers::SHIFT);
                if modifiers.contains(KeyModifiers::CONTROL) {
                    KeyCode::Char(character.to_ascii_lowercase())
                } else if shifted {
                    KeyCode::Char(character.to_ascii_uppercase())
                } else {
                    KeyCode::Char(character)
                }
            }
            KeyCode::BackTab => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::BackTab
            }
            other => other,
        };
        Self { code, modifiers }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == KeyCode::BackTab {
            return f.write_str("Shift+Tab");
        }
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("Ctrl+")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("Alt+")?;
        }
        if self.modifiers.contains(KeyModifiers::SHIFT) {
            f.write_str("Shift+")?;
        }
        match self.code {
            KeyCode::Char(character) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                write!(f, "{}", character.to_ascii_uppercase())
            }
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(character) => write!(f, "{character}"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::Delete => f.write_str("Delete"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// What a row of the table answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One key.
    Key(Key),
    /// The same key as some terminals report it; not named in help.
    Also(Key),
    /// A digit of a range, both ends included.
    Digits {
        /// The first digit.
        from: u8,
        /// The last digit.
        to: u8,
    },
}

impl Pattern {
    /// Whether a key is meant.
    pub fn matches(self, key: Key) -> bool {
        match self {
            Self::Key(own) | Self::Also(own) => own == key,
            Self::Digits { from, to } => {
                key.digit().is_some_and(|digit| (from..=to).contains(&digit))
            }
        }
    }

    /// Whether it is text while typing.
    pub const fn is_text(self) -> bool {
        match self {
            Self::Key(key) | Self::Also(key) => key.is_text(),
            Self::Digits { .. } => true,
        }
    }

    /// Whether help leaves it out.
    pub const fn is_also(self) -> bool {
        matches!(self, Self::Also(_))
    }

    /// The digits up to another last one; any other pattern as it is.
    #[must_use]
    pub const fn up_to(self, to: u8) -> Self {
        match self {
            Self::Digits { from, .. } => Self::Digits { from, to },
            other => other,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) | Self::Also(key) => key.fmt(f),
            Self::Digits { from, to } if from >= to => from.fmt(f),
            Self::Digits { from, to } => write!(f, "{from}-{to}"),
        }
    }
}
