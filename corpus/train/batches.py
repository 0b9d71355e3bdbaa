"""From examples to tensors: augmentation, tokens, batches of like length."""
import random
from dataclasses import replace

import torch

import labels
from augment import new_ones, with_slips, without_punctuation
from tokens import PAD, SEP, WINDOW_PIECES

DROP_DIRECTION = 0.15
DROP_PUNCTUATION = 0.15
UNKNOWN = -100


class Encoded:
    """Token ids of the context and the response, and the targets as plain lists."""

    def __init__(self, tokenizer, example, rng=None, slips=0.0):
        direction, response, codes = example.direction, example.response, example.codes
        if rng and rng.random() < DROP_DIRECTION:
            direction = ""
        if rng and rng.random() < DROP_PUNCTUATION:
            response, codes = without_punctuation(response, codes)
        if slips and rng and rng.random() < slips:
            response, codes = with_slips(response, codes, rng)
        pieces = tokenizer.pieces(response)[:WINDOW_PIECES]
        self.context = tokenizer.context(direction, example.client)
        self.response = [p.id for p in pieces]
        self.example = example
        if codes is None:
            self.moves = [UNKNOWN] * len(pieces)
        else:
            by_byte = [c for char, c in zip(response, codes) for _ in char.encode("utf-8")]
            self.moves = [by_byte[p.start] for p in pieces]

    def __len__(self):
        return len(self.context) + len(self.response) + 1


def collate(encoded):
    """A batch of encoded examples as padded tensors and targets (nan or UNKNOWN where not labelled)."""
    n, longest = len(encoded), max(map(len, encoded))
    ids = torch.full((n, longest), PAD)
    segments, mask, response = (torch.zeros(n, longest, dtype=torch.long) for _ in range(3))
    moves = torch.full((n, longest), UNKNOWN)
    for i, e in enumerate(encoded):
        row, start = e.context + e.response + [SEP], len(e.context)
        ids[i, :len(row)] = torch.tensor(row)
        mask[i, :len(row)] = 1
        segments[i, start:len(row)] = 1
        response[i, start:len(row) - 1] = 1
        moves[i, start:len(row) - 1] = torch.tensor(e.moves)
    rows = lambda values, size: torch.tensor([v or [float("nan")] * size for v in values], dtype=torch.float)
    wide = lambda name, size: rows((getattr(e.example, name) for e in encoded), size)
    return {
        "ids": ids, "segments": segments, "mask": mask, "response": response, "move": moves,
        "verdict": wide("verdict", 4), "behaviour": wide("behaviour", 4), "criteria": wide("criteria", len(labels.CRITERIA)),
        "subtype": torch.tensor([UNKNOWN if e.example.subtype is None else e.example.subtype for e in encoded]),
    }


def units(encoded, together):
    """Contrast pairs (and chains of them) as one unit, everything else by itself."""
    found, unit_of_pair = [], {}
    for e in encoded:
        unit = [e]
        for shared in [unit_of_pair[p] for p in e.example.pairs if p in unit_of_pair] if together else []:
            if all(shared is not part for part in found):
                continue
            found = [part for part in found if part is not shared]
            unit = shared + unit
        found.append(unit)
        for p in {p for member in unit for p in member.example.pairs}:
            unit_of_pair[p] = unit
    return found


def in_batches(encoded, rng, size, together=True):
    """Batches of like length in random order: sorted within pools of 12 batches, for little padding."""
    whole = units([e for e in encoded if e.response], together)
    rng.shuffle(whole)
    batches = []
    for at in range(0, len(whole), 12 * size):
        batch = []
        for unit in sorted(whole[at:at + 12 * size], key=lambda u: max(map(len, u))):
            if batch and len(batch) + len(unit) > size:
                batches.append(batch)
                batch = []
            batch = batch + unit
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def epoch(tokenizer, typed, spoken, number, recipe):
    """One epoch's batches: all typed responses, new ones made of them, and a share of AnnoMI."""
    rng = random.Random(f"{recipe.seed}/{number}")
    made = new_ones(typed, rng) if recipe.made else []
    some = rng.sample(spoken, int(min(len(spoken), recipe.spoken_share * len(typed))))
    if not recipe.direction:
        typed, made, some = ([replace(x, direction="") for x in xs] for xs in (typed, made, some))
    encode = lambda examples: [Encoded(tokenizer, x, rng, recipe.slips) for x in examples]
    batches = in_batches(encode(typed + made), rng, recipe.batch, recipe.together) + in_batches(encode(some), rng, recipe.batch)
    rng.shuffle(batches)
    return batches
