"""WordPiece with byte offsets, and the scorer's input: [CLS] direction [SEP] client [SEP] response [SEP].

The word splitting is BERT's "basic" tokenizer (Devlin et al., 2019, uncased), the pieces are found
by greedy longest match (Wu et al., 2016). The same rules are written in Rust in src/rubric/tokens.rs;
tests/fixtures/rubric.jsonl holds both to the same pieces and offsets.
"""
import unicodedata
from dataclasses import dataclass

DIRECTION_PIECES = 48
CLIENT_PIECES = 96
WINDOW_PIECES = 160
LONGEST_WORD = 100
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PAD, UNK, CLS, SEP = range(4)

PLAIN = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...", "\u2013": "-", "\u2014": "-"}
CJK = [
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
]
ENDS = {".", "!", "?"}
CLOSERS = {"'", '"', ")", "]"}


@dataclass(frozen=True)
class Piece:
    """One word piece: its id and the bytes of the original text that it stands for."""

    id: int
    start: int
    end: int


def is_space(char):
    return char in "\t\n\r" or unicodedata.category(char) in ("Zs", "Zl", "Zp")


def is_dropped(char):
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cf")


def is_punctuation(char):
    code = ord(char)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_mark or unicodedata.category(char).startswith("P")


def is_cjk(char):
    return any(low <= ord(char) <= high for low, high in CJK)


def folded(char):
    """One character without its accents, in lower case: none, one or several characters."""
    bare = (c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
    return "".join(c.lower() for c in bare)


def words(text):
    """The words of a text, each a list of (character, start byte, end byte)."""
    word, at = [], 0
    for original in text:
        start, at = at, at + len(original.encode("utf-8"))
        for char in PLAIN.get(original, original):
            if is_space(char):
                if word:
                    yield word
                word = []
                continue
            if is_dropped(char):
                continue
            if is_cjk(char):
                if word:
                    yield word
                word = []
                yield [(c, start, at) for c in folded(char)]
                continue
            for c in folded(char):
                if is_punctuation(c):
                    if word:
                        yield word
                    word = []
                    yield [(c, start, at)]
                else:
                    word.append((c, start, at))
    if word:
        yield word


class Tokenizer:
    """Greedy WordPiece over a vocabulary (a list of pieces; a piece's index is its id)."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.longest = max(map(len, vocabulary))

    def pieces(self, text):
        return [piece for word in words(text) for piece in self._split(word)]

    def _split(self, word):
        whole = [Piece(UNK, word[0][1], word[-1][2])]
        if len(word) > LONGEST_WORD:
            return whole
        letters = "".join(c for c, _, _ in word)
        found, at = [], 0
        while at < len(letters):
            prefix = "##" if at else ""
            end = min(len(letters), at + self.longest)
            while end > at and prefix + letters[at:end] not in self.ids:
                end -= 1
            if end == at:
                return whole
            found.append(Piece(self.ids[prefix + letters[at:end]], word[at][1], word[end - 1][2]))
            at = end
        return found

    def context(self, direction, client):
        """[CLS], the direction's last pieces, [SEP], the client's last pieces, [SEP]."""
        first = [p.id for p in self.pieces(direction or "")][-DIRECTION_PIECES:]
        second = [p.id for p in self.pieces(client or "")][-CLIENT_PIECES:]
        return [CLS, *first, SEP, *second, SEP]

    def sentences(self, pieces):
        """Cuts pieces after . ! ? (with closing marks) where a gap in the text, or its end, follows."""
        sentence = []
        for i, piece in enumerate(pieces):
            sentence.append(piece)
            if i + 1 < len(pieces) and pieces[i + 1].start <= piece.end:
                continue
            back = len(sentence) - 1
            while back > 0 and self.vocabulary[sentence[back].id] in CLOSERS:
                back -= 1
            if self.vocabulary[sentence[back].id] in ENDS:
                yield sentence
                sentence = []
        if sentence:
            yield sentence

    def windows(self, pieces):
        """Whole sentences, packed first come first served into windows of at most WINDOW_PIECES.

        A longer sentence closes the window before it and is cut every WINDOW_PIECES pieces; what
        is left of it opens the next window, which following sentences may join.
        """
        if len(pieces) <= WINDOW_PIECES:
            return [pieces] if pieces else []
        done, window = [], []
        for sentence in self.sentences(pieces):
            if window and len(window) + len(sentence) > WINDOW_PIECES:
                done.append(window)
                window = []
            window = window + sentence
            while len(window) > WINDOW_PIECES:
                done.append(window[:WINDOW_PIECES])
                window = window[WINDOW_PIECES:]
        return done + [window] if window else done
