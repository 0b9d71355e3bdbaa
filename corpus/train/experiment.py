"""One training run, and what it makes of moments and sessions that it has not seen.

usage: experiment.py NAME [FIELD=VALUE ...]   (fields of learn.Recipe; most=N: N responses by whole moments)
Trains on the train split and on AnnoMI without one fifth of its videos (which fifth goes by the seed), and
keeps its logits for the tune and test splits and those videos in OUT/runs/NAME/SEED.jsonl. Resumable: a run
whose predictions are there is skipped, a half-trained one goes on from its last epoch.
"""
import json
import os
import random
import sys
from dataclasses import replace

import torch

import data
import vocab
from learn import Recipe, predict, train
from paths import OUT, write_atomically
from tokens import Tokenizer

FIFTHS = 5


def fifth_of(spoken):
    """The fifth of every video: videos shuffled with a fixed seed, dealt out in turn."""
    videos = sorted({x.group for x in spoken})
    random.Random(7).shuffle(videos)
    return {video: i % FIFTHS for i, video in enumerate(videos)}


def left_out(recipe):
    return recipe.seed % FIFTHS if recipe.fifth < 0 else recipe.fifth


def texts(examples):
    return [t for x in examples for t in (x.direction, x.client, x.response)]


def setup():
    """The data, the tokenizer and the old ids of its pieces; the pruned vocabulary is kept in OUT."""
    torch.set_num_threads(int(os.environ.get("THREADS", 2)))
    torch.use_deterministic_algorithms(True)
    typed, spoken = data.corpus(), data.annomi()
    path = OUT / "vocab.json"
    if not path.exists():
        OUT.mkdir(parents=True, exist_ok=True)
        vocab.save(path, *vocab.prune(texts([x for x in typed if x.split == "train"] + spoken)))
    kept, old_ids = vocab.load(path)
    return typed, spoken, Tokenizer(kept), old_ids


def fewer(examples, most, seed):
    """Whole moments, in an order drawn from the seed, until there are about so many responses."""
    if not most:
        return examples
    groups = sorted({x.group for x in examples})
    random.Random(seed).shuffle(groups)
    kept, number = set(), 0
    size = {g: 0 for g in groups}
    for x in examples:
        size[x.group] += 1
    for group in groups:
        if number >= most:
            break
        kept.add(group)
        number += size[group]
    return [x for x in examples if x.group in kept]


def training_set(typed, spoken, recipe):
    """What a recipe trains on: typed responses of the train split, and AnnoMI less a fifth."""
    fifths = fifth_of(spoken)
    ours = fewer([x for x in typed if x.split == "train"], recipe.most, recipe.seed)
    ours += [x for x in ours if x.kind == "session" for _ in range(recipe.sessions - 1)]
    theirs = [x for x in spoken if fifths[x.group] != left_out(recipe)] if recipe.behaviours or recipe.spoken_verdicts else []
    counted = lambda x: x.verdict and recipe.spoken_verdicts and [recipe.spoken_weight * p for p in x.verdict]
    return ours, [replace(x, verdict=counted(x) or None) for x in theirs]


def row(example, logits):
    found = {"id": example.id, "group": example.group, "kind": example.kind, "split": example.split, "paired": bool(example.pairs), "tags": example.tags}
    for name in ("verdict", "behaviour", "criteria", "subtype"):
        found[f"{name}_true"] = getattr(example, name)
        found[name] = [round(float(v), 4) for v in logits[name]]
    found["move_true"] = logits["move_true"]
    found["move"] = logits["move"].argmax(-1).tolist()
    return found


def recipe_of(settings):
    """Recipe from FIELD=VALUE words."""
    given = dict(word.split("=", 1) for word in settings)
    kinds = Recipe.__dataclass_fields__
    return Recipe(**{k: kinds[k].type(v) for k, v in given.items()})


def run(name, recipe, setting=None, whole=None):
    kept = OUT / "runs" / name / f"{recipe.seed}.jsonl"
    if kept.exists():
        return
    typed, spoken, tokenizer, old_ids = setting or setup()
    ours, theirs = training_set(typed, spoken, recipe)
    model = train(tokenizer, old_ids, ours, theirs, recipe, kept.with_suffix(".pt"), log=lambda line: print(name, line, flush=True), whole=whole)
    fifths = fifth_of(spoken)
    held = [x for x in typed if x.split != "train"] + [x for x in spoken if fifths[x.group] == left_out(recipe)]
    shown = held if recipe.direction else [replace(x, direction="") for x in held]
    rows = [row(x, p) for x, p in zip(held, predict(model, tokenizer, shown)) if p]
    write_atomically(kept, "".join(json.dumps(r) + "\n" for r in rows).encode())


if __name__ == "__main__":
    run(sys.argv[1], recipe_of(sys.argv[2:]))
