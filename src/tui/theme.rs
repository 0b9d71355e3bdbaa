//! Colours by what they mean, and marks that say the same without colour.
//!
//! Only the terminal's own 16 colours, on marks and labels, never as a background: what reads on
//! dark reads on light. Every meaning survives without colour, as a word and a mark.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

use super::marks::Marks;
use crate::rubric::Verdict;

/// What a piece of screen means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Body text.
    #[default]
    Plain,
    /// The client's words: the only bold of the body.
    Client,
    /// The therapist's direction, and what the trainee writes.
    Direction,
    /// Supportive, or earned.
    Supportive,
    /// Mixed.
    Mixed,
    /// Directive, or cost.
    Directive,
    /// Not sure.
    Unsure,
    /// Less important.
    Muted,
    /// The focus, or a selection.
    Focus,
}

impl Role {
    /// The role of a verdict.
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Supportive => Self::Supportive,
            Verdict::Mixed => Self::Mixed,
            Verdict::Directive => Self::Directive,
            Verdict::Unscorable => Self::Muted,
        }
    }
}

/// `--theme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The terminal's colours, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// The terminal's colours, whatever `NO_COLOR` says.
    Terminal,
    /// Black and white.
    Mono,
}

impl Choice {
    /// The names of all themes.
    pub const NAMES: [&'static str; 3] = ["auto", "terminal", "mono"];
}

impl FromStr for Choice {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "auto" => Ok(Self::Auto),
            "terminal" => Ok(Self::Terminal),
            "mono" => Ok(Self::Mono),
            _ => Err(UnknownTheme(name.to_owned())),
        }
    }
}

/// A theme that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no theme \"{0}\"; there are auto, terminal and mono")]
pub struct UnknownTheme(String);

/// What the environment says of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM=dumb`: lines can be printed, screens cannot be drawn.
    pub dumb: bool,
    /// The locale cannot show Unicode, or shows marks two cells wide.
    pub ascii: bool,
}

impl Environment {
    /// Reads the environment by `get`, such as `|name| std::env::var(name).ok()`. `unicode_unsaid`
    /// is whether a locale that is not set means Unicode, as it does on Windows.
    pub fn read(get: impl Fn(&str) -> Option<String>, unicode_unsaid: bool) -> Self {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
        let ascii = match locale.map(|locale| locale.to_ascii_lowercase()) {
            Some(locale) => {
                // "@cjkwide" is how a locale says that ambiguous characters take two cells.
                !(locale.contains("utf-8") || locale.contains("utf8"))
                    || locale.ends_with("@cjkwide")
            }
            None => !unicode_unsaid,
        };
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        Self { no_color: set("NO_COLOR").is_some(), dumb, ascii }
    }

    /// The environment of this process.
    pub fn of_process() -> Self {
        Self::read(|name| std::env::var(name).ok(), cfg!(windows))
    }
}

/// Styles by role, and the marks that go with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub(super) colours: bool,
    /// Marks in Unicode or ASCII.
    pub marks: &'static Marks,
}

impl Theme {
    /// The theme of a choice in an environment.
    pub const fn new(choice: Choice, environment: &Environment) -> Self {
        let colours = match choice {
            Choice::Auto => !environment.no_color,
            Choice::Terminal => true,
            Choice::Mono => false,
        };
        let marks = if environment.ascii { &Marks::ASCII } else { &Marks::UNICODE };
        Self { colours, marks }
    }

    /// Whether colours are used.
    pub const fn has_colours(&self) -> bool {
        self.colours
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        let plain = Style::new();
        let coloured = |colour: Color| if self.colours { plain.fg(colour) } else { plain };
        match role {
            Role::Client => plain.add_modifier(Modifier::BOLD),
            Role::Supportive => coloured(Color::Cyan),
            Role::Mixed => coloured(Color::Yellow),
            Role::Directive => coloured(Color::Magenta),
            Role::Unsure => plain.add_modifier(Modifier::UNDERLINED),
            Role::Muted if self.colours => plain.add_modifier(Modifier::DIM),
            Role::Focus => plain.add_modifier(Modifier::REVERSED),
            Role::Plain | Role::Direction | Role::Muted => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::{Choice, Environment, Role, Theme};

    const ROLES: [Role; 9] = [
        Role::Plain,
        Role::Client,
        Role::Direction,
        Role::Supportive,
        Role::Mixed,
        Role::Directive,
        Role::Unsure,
        Role::Muted,
        Role::Focus,
    ];

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::read(
            |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
            false,
        )
    }

    #[test]
    fn no_theme_has_a_background_and_mono_has_no_colour() {
        let plain = Environment::default();
        for role in ROLES {
            for choice in [Choice::Auto, Choice::Terminal, Choice::Mono] {
                assert_eq!(Theme::new(choice, &plain).style(role).bg, None);
            }
            assert_eq!(Theme::new(Choice::Mono, &plain).style(role).fg, None);
        }
        assert_eq!(Theme::new(Choice::Auto, &plain).style(Role::Mixed).fg, Some(Color::Yellow));
        let focus = Theme::new(Choice::Mono, &plain).style(Role::Focus);
        assert!(focus.add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn no_color_is_honoured_unless_a_theme_is_asked_for() {
        let asked = environment(&[("NO_COLOR", "1")]);
        assert!(!Theme::new(Choice::Auto, &asked).has_colours());
        assert!(Theme::new(Choice::Terminal, &asked).has_colours());
        assert!(Theme::new(Choice::Auto, &environment(&[("NO_COLOR", "")])).has_colours());
    }

    #[test]
    fn the_locale_that_counts_decides_on_ascii() {
        assert!(environment(&[]).ascii);
        assert!(!environment(&[("LANG", "de_DE.UTF-8")]).ascii);
        assert!(environment(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).ascii);
        assert!(!environment(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8")]).ascii);
        assert!(environment(&[("LANG", "ja_JP.UTF-8@cjkwide")]).ascii);
        assert!(environment(&[("TERM", "dumb")]).dumb);
    }

    #[test]
    fn themes_are_known_by_name() {
        for name in Choice::NAMES {
            assert!(name.parse::<Choice>().is_ok());
        }
        assert!("dark".parse::<Choice>().is_err());
    }
}
