//! Openings and closings that become a formula: met three times in a set they are the one
//! correction, even on a reply that meets the criterion (RUBRIC.md).

/// How many words make an opening or a closing.
const WORDS: usize = 3;

/// Words that may stand before an opening without changing it.
const FILLERS: [&str; 12] =
    ["so", "well", "okay", "ok", "oh", "ah", "hmm", "mm", "yeah", "yes", "right", "and"];

/// The first three words in lower case without punctuation and fillers ("So, it sounds like" opens
/// with "it sounds like"); nothing for a reply that is hardly longer itself.
pub fn opening(response: &str) -> Option<String> {
    let words = words(response);
    let from = words.iter().position(|word| !FILLERS.contains(&word.as_str()))?;
    let rest = &words[from..];
    let mut key = match rest.first().map(String::as_str) {
        Some("sounds" | "seems" | "looks") => vec!["it".to_owned()],
        _ => Vec::new(),
    };
    key.extend(rest.iter().take(WORDS - key.len()).cloned());
    (rest.len() > WORDS).then(|| key.join(" "))
}

/// The last three words in lower case without punctuation; nothing for a reply that is hardly
/// longer itself.
pub fn closing(response: &str) -> Option<String> {
    let words = words(response);
    (words.len() > 2 * WORDS).then(|| words[words.len() - WORDS..].join(" "))
}

/// The correction for an opening met so many times in a set.
pub fn worn_opening(words: &str, times: usize) -> String {
    worn("opens", words, times)
}

/// The correction for a closing met so many times in a set.
pub fn worn_closing(words: &str, times: usize) -> String {
    worn("closes", words, times)
}

fn worn(verb: &str, words: &str, times: usize) -> String {
    let which = match times {
        0..=3 => "Third reply that".to_owned(),
        4 => "Fourth reply that".to_owned(),
        5 => "Fifth reply that".to_owned(),
        6 => "Sixth reply that".to_owned(),
        n => format!("Reply {n} that"),
    };
    let mut characters = words.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{which} {verb} with \"{first}{}\". Say it another way.", characters.as_str())
}

fn words(text: &str) -> Vec<String> {
    text.replace('’', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{closing, opening, worn_closing, worn_opening};

    #[test]
    fn fillers_and_punctuation_do_not_hide_an_opening() {
        for reply in [
            "It sounds like the diary is one more chore.",
            "So… it sounds like a long week.",
            "Sounds like you have had enough of it.",
            "IT SOUNDS LIKE, well, a lot.",
        ] {
            assert_eq!(opening(reply).as_deref(), Some("it sounds like"), "{reply}");
        }
        assert_eq!(opening("One more chore."), None);
        assert_eq!(opening(""), None);
        assert_ne!(
            opening("It sounds as if you had enough"),
            opening("It sounds like a lot of it")
        );
    }

    #[test]
    fn a_closing_needs_a_reply_before_it() {
        let reply = "Two against one in here. What’s that like?";
        assert_eq!(closing(reply).as_deref(), Some("what's that like"));
        assert_eq!(closing("What is that like for you?"), None);
    }

    #[test]
    fn the_formula_is_named_once_and_plainly() {
        assert_eq!(
            worn_opening("it sounds like", 3),
            "Third reply that opens with \"It sounds like\". Say it another way."
        );
        assert_eq!(
            worn_closing("what's that like", 9),
            "Reply 9 that closes with \"What's that like\". Say it another way."
        );
    }
}
