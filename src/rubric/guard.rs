//! What is settled before the network: replies with nothing to score, and those it cannot judge.

use super::language::is_foreign;
use super::score::{Input, Reason};
use super::tokens::Tokenizer;

/// A reply of more characters than this is longer than anyone says in one turn: its first part is
/// scored, and the call left to the trainee.
pub const LONGEST: usize = 2_000;

/// Fewer words than this in common with the client are no copy.
const FEWEST_COPIED: usize = 4;

/// What the rules make of a reply before the network sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The part that is scored.
    pub text: &'a str,
    /// Whether there is no reply to score in it.
    pub empty: bool,
    /// Why the scorer must abstain, whatever the network says.
    pub reason: Option<Reason>,
}

/// Reads a reply by the rules.
pub fn read<'a>(input: &Input<'a>, tokenizer: &Tokenizer) -> Reading<'a> {
    let text = first_part(input.response);
    let foreign = is_foreign(text, |word| tokenizer.knows(word));
    let empty = !text.chars().any(char::is_alphanumeric)
        || (!foreign || text.is_ascii()) && is_mash(text, tokenizer)
        || input.client.is_some_and(|client| is_copy(text, client));
    let reason = if empty {
        None
    } else if foreign {
        Some(Reason::Language)
    } else if text.len() < input.response.trim_end().len() {
        Some(Reason::Length)
    } else {
        None
    };
    Reading { text, empty, reason }
}

/// The text up to [`LONGEST`] characters after the gap it begins with, cut at the last gap where there
/// is one.
fn first_part(text: &str) -> &str {
    let begins = text.len() - text.trim_start().len();
    let Some((length, _)) = text[begins..].char_indices().nth(LONGEST) else { return text };
    let part = &text[..begins + length];
    match part.rfind(char::is_whitespace) {
        Some(gap) if gap > begins + length / 2 => &part[..gap],
        _ => part,
    }
}

/// One word over and over, or keys struck at random: no word that the vocabulary knows, and at least one that nobody could
/// say. Short sounds ("Hmm.", "Pfft") are left to the network.
fn is_mash(text: &str, tokenizer: &Tokenizer) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let known = |word: &String| word.chars().count() > 1 && tokenizer.knows(word);
    is_one_word(&words) || !words.iter().any(known) && words.iter().any(|word| is_unsayable(word))
}

/// Whether a sentence tells the client what to do in so many words ("You must …"). The network takes
/// some of these for a choice left; where it does, the call is the trainee's. "You must be tired" and
/// "you should have been asked" tell nobody what to do.
pub fn orders(text: &str) -> bool {
    const ORDERS: [&str; 6] =
        ["you must", "you need to", "you have to", "you should", "you ought to", "you'd better"];
    const STATES: [&str; 9] =
        ["be", "been", "feel", "have", "think", "get", "wonder", "carry", "live"];
    text.split(['.', '!', '?', '\n', ';']).any(|sentence| {
        let sentence = sentence.trim_start().to_lowercase().replace('\u{2019}', "'");
        ORDERS.iter().any(|order| {
            let rest = sentence.strip_prefix(order).and_then(|rest| rest.strip_prefix(' '));
            let next = rest.and_then(|rest| rest.split_whitespace().next());
            next.is_some_and(|word| !STATES.contains(&word))
        })
    })
}

/// One word or two, over and over.
fn is_one_word(words: &[String]) -> bool {
    let distinct: std::collections::BTreeSet<&String> = words.iter().collect();
    words.len() >= 6 && distinct.len() <= 2
}

/// Five consonants in a row, or one letter five times over, in plain Latin letters.
fn is_unsayable(word: &str) -> bool {
    let (mut consonants, mut same, mut last) = (0, 0, ' ');
    for c in word.chars() {
        consonants =
            if c.is_ascii_lowercase() && !"aeiouy".contains(c) { consonants + 1 } else { 0 };
        same = if c == last { same + 1 } else { 1 };
        last = c;
        if consonants >= 5 || same >= 5 {
            return true;
        }
    }
    false
}

/// The client's words copied back whole, with or without what was done without words.
fn is_copy(text: &str, client: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(LONGEST)
            .map(str::to_lowercase)
            .collect()
    };
    let copy = plain(text);
    copy.len() >= FEWEST_COPIED
        && (copy == plain(client)
            || client.split_once(')').is_some_and(|(_, spoken)| copy == plain(spoken)))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, first_part, is_copy, is_one_word, is_unsayable, orders};

    #[test]
    fn the_clients_own_words_are_a_copy_and_an_echo_is_not() {
        let client = "(shuts the diary) More chores, and you call it medicine.";
        assert!(is_copy("more chores and you call it medicine", client));
        assert!(is_copy("(Shuts the diary.) More chores, and you call it medicine!", client));
        assert!(!is_copy("More chores.", client));
        assert!(!is_copy("No.", "No."));
    }

    #[test]
    fn nobody_says_five_consonants_in_a_row() {
        assert!(is_unsayable("asdfghjkl") && is_unsayable("aaaaaaa"));
        assert!(!is_unsayable("pfft") && !is_unsayable("hmm") && !is_unsayable("rhythm"));
    }

    #[test]
    fn an_order_is_one_at_the_start_of_a_sentence() {
        assert!(orders("It is hard. You need to do it."));
        assert!(orders("you must go to bed"));
        assert!(orders("You'd better ring them"));
        assert!(!orders("So now you have to do it all yourself."));
        assert!(!orders("You must be lonesome in that cab. You should have been asked."));
    }

    #[test]
    fn one_word_over_and_over_is_no_reply() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_one_word(&words("word word word word word word")));
        assert!(!is_one_word(&words("no no no")));
        assert!(!is_one_word(&words("so it never ends and never stops")));
    }

    #[test]
    fn a_long_text_is_cut_at_a_gap() {
        let text = "word ".repeat(1_000);
        let part = first_part(&text);
        assert!(part.len() <= LONGEST && part.ends_with("word"));
        let padded = format!("{}So all that effort never paid off.", " ".repeat(2_500));
        assert_eq!(first_part(&padded), padded);
        let unbroken = "é".repeat(3_000);
        assert_eq!(first_part(&unbroken).chars().count(), LONGEST);
        assert_eq!(first_part("short"), "short");
    }
}
