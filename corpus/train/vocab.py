"""Cuts MiniLM's 30,522 word pieces down to about 8,000 before anything is trained."""
import json
from collections import Counter

from paths import pretrained
from tokens import SPECIALS, Tokenizer

SIZE = 8000


def original():
    text = (pretrained() / "vocab.txt").read_text(encoding="utf-8")
    return text.rstrip("\n").split("\n")


def prune(texts, size=SIZE):
    """The pruned vocabulary and, for each piece of it, its id in MiniLM's.

    Kept: the specials, every single character with its ## form, the pieces that the texts use
    at least twice, then the rest in MiniLM's own order, which is nearly that of frequency.
    """
    old = original()
    at = {piece: i for i, piece in enumerate(old)}
    full = Tokenizer(SPECIALS + [p for p in old if p not in SPECIALS])
    used = Counter(full.vocabulary[p.id] for text in texts for p in full.pieces(text))
    single = [p for p in old if len(p) == 1 or (len(p) == 3 and p.startswith("##"))]
    known = [p for p, n in used.most_common() if n >= 2]
    general = [p for p in old if not p.startswith("[")]
    kept = list(dict.fromkeys(SPECIALS + single + known + general))[:size]
    return kept, [at[p] for p in kept]


def save(path, kept, old_ids):
    path.write_text(json.dumps({"vocabulary": kept, "original": old_ids}, ensure_ascii=False), encoding="utf-8")


def load(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    return stored["vocabulary"], stored["original"]
