//! Word pieces with their places in the text.
//!
//! Words are split as BERT's uncased "basic" tokenizer does (Devlin et al., 2019), pieces found by
//! greedy longest match (Wu et al., 2016). The trainer's tokenizer follows the same rules; the
//! committed fixture holds both to the same pieces and places.

use std::collections::HashMap;

use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Id of the piece that stands for a word not in the vocabulary.
pub const UNKNOWN: u32 = 1;
/// Id of the piece that opens an input.
pub const OPEN: u32 = 2;
/// Id of the piece that ends each part of an input.
pub const SEPARATOR: u32 = 3;

/// Words of more characters than this become one unknown piece.
const LONGEST_WORD: usize = 100;

/// One word piece and the bytes of the text that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Index in the vocabulary.
    pub id: u32,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The longest inputs that the network was trained on, in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the direction: its last pieces are kept.
    pub direction: usize,
    /// Of the client's words: their last pieces are kept.
    pub client: usize,
    /// Of the response in one window.
    pub window: usize,
}

/// Greedy word pieces over a vocabulary.
#[derive(Debug)]
pub struct Tokenizer {
    ids: HashMap<String, u32>,
    longest: usize,
    ends: Vec<u32>,
    closers: Vec<u32>,
    limits: Limits,
}

#[derive(Clone, Copy)]
struct Letter {
    character: char,
    start: usize,
    end: usize,
}

impl Tokenizer {
    /// A tokenizer over `vocabulary`, in which a piece's index is its id.
    pub fn new(vocabulary: Vec<String>, limits: Limits) -> Self {
        let longest = vocabulary.iter().map(|piece| piece.chars().count()).max().unwrap_or(1);
        let ids: HashMap<String, u32> =
            vocabulary.into_iter().enumerate().map(|(id, piece)| (piece, id as u32)).collect();
        let known = |pieces: &[&str]| pieces.iter().filter_map(|p| ids.get(*p).copied()).collect();
        let (ends, closers) = (known(&[".", "!", "?"]), known(&["'", "\"", ")", "]"]));
        Self { ids, longest, ends, closers, limits }
    }

    /// The pieces of a text, in order.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4 + 4);
        each_word(text, |word| self.split(word, &mut pieces));
        pieces
    }

    /// `[CLS] direction [SEP] client [SEP]`; what is missing leaves its separator.
    pub fn context(&self, direction: Option<&str>, client: Option<&str>) -> Vec<u32> {
        let mut ids = vec![OPEN];
        for (text, most) in [(direction, self.limits.direction), (client, self.limits.client)] {
            let pieces = self.pieces(tail(text.unwrap_or_default()));
            ids.extend(pieces.iter().skip(pieces.len().saturating_sub(most)).map(|piece| piece.id));
            ids.push(SEPARATOR);
        }
        ids
    }

    /// Cuts a response into windows of whole sentences, at most `limits.window` pieces each.
    ///
    /// A longer sentence closes the window before it and is cut at the limit; what is left of it
    /// opens the next window, which later sentences may join.
    pub fn windows(&self, pieces: &[Piece]) -> Vec<Vec<Piece>> {
        let most = self.limits.window;
        if pieces.len() <= most {
            return if pieces.is_empty() { Vec::new() } else { vec![pieces.to_vec()] };
        }
        let (mut done, mut window) = (Vec::new(), Vec::new());
        for sentence in self.sentences(pieces) {
            if !window.is_empty() && window.len() + sentence.len() > most {
                done.push(std::mem::take(&mut window));
            }
            window.extend_from_slice(sentence);
            while window.len() > most {
                let rest = window.split_off(most);
                done.push(std::mem::replace(&mut window, rest));
            }
        }
        if !window.is_empty() {
            done.push(window);
        }
        done
    }

    /// Whether a word, in lower case, is one piece of the vocabulary.
    pub fn knows(&self, word: &str) -> bool {
        self.ids.contains_key(word)
    }

    /// Sentences end at `.`, `!` or `?`, with closing marks, where a gap or the end follows.
    fn sentences<'a>(&self, pieces: &'a [Piece]) -> Vec<&'a [Piece]> {
        let (mut sentences, mut from) = (Vec::new(), 0);
        for at in 0..pieces.len() {
            if pieces.get(at + 1).is_some_and(|next| next.start <= pieces[at].end) {
                continue;
            }
            let mut back = at;
            while back > from && self.closers.contains(&pieces[back].id) {
                back -= 1;
            }
            if self.ends.contains(&pieces[back].id) {
                sentences.push(&pieces[from..=at]);
                from = at + 1;
            }
        }
        if from < pieces.len() {
            sentences.push(&pieces[from..]);
        }
        sentences
    }

    fn split(&self, word: &[Letter], pieces: &mut Vec<Piece>) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
        let whole = Piece { id: UNKNOWN, start: first.start, end: last.end };
        if word.len() > LONGEST_WORD {
            pieces.push(whole);
            return;
        }
        let (before, mut at) = (pieces.len(), 0);
        let mut candidate = String::with_capacity(word.len() + 2);
        while at < word.len() {
            candidate.clear();
            candidate.push_str(if at == 0 { "" } else { "##" });
            let mut end = word.len().min(at + self.longest);
            candidate.extend(word[at..end].iter().map(|letter| letter.character));
            let id = loop {
                if end == at {
                    break None;
                }
                if let Some(id) = self.ids.get(&candidate) {
                    break Some(*id);
                }
                candidate.pop();
                end -= 1;
            };
            let Some(id) = id else {
                pieces.truncate(before);
                pieces.push(whole);
                return;
            };
            pieces.push(Piece { id, start: word[at].start, end: word[end - 1].end });
            at = end;
        }
    }
}

/// The last part of a context text: far more than the pieces that are kept, so that a pasted book
/// costs no more than a page.
fn tail(text: &str) -> &str {
    const BYTES: usize = 16_384;
    let mut from = text.len().saturating_sub(BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn each_word(text: &str, mut yield_word: impl FnMut(&[Letter])) {
    let mut word: Vec<Letter> = Vec::new();
    let mut alone: Vec<Letter> = Vec::new();
    for (start, original) in text.char_indices() {
        let end = start + original.len_utf8();
        let mut take = |character: char| {
            if is_space(character) {
                yield_word(&word);
                word.clear();
            } else if is_cjk(character) {
                yield_word(&word);
                word.clear();
                alone.clear();
                folded(character, |character| alone.push(Letter { character, start, end }));
                yield_word(&alone);
            } else if !is_dropped(character) {
                folded(character, |character| {
                    if is_punctuation(character) {
                        yield_word(&word);
                        word.clear();
                        yield_word(&[Letter { character, start, end }]);
                    } else {
                        word.push(Letter { character, start, end });
                    }
                });
            }
        };
        match original {
            '‘' | '’' => take('\''),
            '“' | '”' => take('"'),
            '–' | '—' => take('-'),
            '…' => (0..3).for_each(|_| take('.')),
            other => take(other),
        }
    }
    yield_word(&word);
}

/// One character without its accents, in lower case: none, one or several characters.
fn folded(character: char, mut take: impl FnMut(char)) {
    if character.is_ascii() {
        take(character.to_ascii_lowercase());
        return;
    }
    decompose_canonical(character, |part| {
        if part.general_category() != GeneralCategory::NonspacingMark {
            part.to_lowercase().for_each(&mut take);
        }
    });
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
        || (!character.is_ascii()
            && character.general_category_group() == GeneralCategoryGroup::Separator)
}

fn is_dropped(character: char) -> bool {
    use GeneralCategory::{Control, Format};
    character == '\u{fffd}' || matches!(character.general_category(), Control | Format)
}

fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    character.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks of ideographs that BERT splits into single characters.
fn is_cjk(character: char) -> bool {
    matches!(u32::from(character),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F
        | 0x2_B740..=0x2_B81F | 0x2_B820..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::{Limits, Tokenizer, UNKNOWN};

    fn tokenizer() -> Tokenizer {
        let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "cafe", "un", "##fair", ".", "'", "你"];
        let limits = Limits { direction: 2, client: 2, window: 3 };
        Tokenizer::new(pieces.map(String::from).to_vec(), limits)
    }

    fn seen(text: &str) -> Vec<(u32, &str)> {
        tokenizer().pieces(text).iter().map(|p| (p.id, &text[p.start..p.end])).collect()
    }

    #[test]
    fn pieces_keep_their_places_through_accents_case_and_quotes() {
        assert_eq!(
            seen("Café unFAIR’你…"),
            [
                (4, "Café"),
                (5, "un"),
                (6, "FAIR"),
                (8, "’"),
                (9, "你"),
                (7, "…"),
                (7, "…"),
                (7, "…")
            ]
        );
    }

    #[test]
    fn a_word_that_no_pieces_make_is_one_unknown() {
        assert_eq!(seen("unkind"), [(UNKNOWN, "unkind")]);
        let long = "x".repeat(101);
        assert_eq!(seen(&long), [(UNKNOWN, long.as_str())]);
    }

    #[test]
    fn the_context_keeps_the_last_pieces_and_every_separator() {
        let tokenizer = tokenizer();
        assert_eq!(tokenizer.context(Some("cafe unfair"), None), [2, 5, 6, 3, 3]);
        assert_eq!(tokenizer.context(None, Some("cafe")), [2, 3, 4, 3]);
    }

    #[test]
    fn windows_hold_whole_sentences_where_they_can() {
        let tokenizer = tokenizer();
        let lengths = |text: &str| -> Vec<usize> {
            tokenizer.windows(&tokenizer.pieces(text)).iter().map(Vec::len).collect()
        };
        assert_eq!(lengths(""), Vec::<usize>::new());
        assert_eq!(lengths("cafe cafe."), [3]);
        assert_eq!(lengths("cafe. cafe. cafe."), [2, 2, 2]);
        assert_eq!(lengths("cafe. cafe cafe cafe cafe. cafe."), [2, 3, 2, 2]);
    }
}
