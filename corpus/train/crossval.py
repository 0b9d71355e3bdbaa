"""Five-fold cross-validation by moment (typed) and by video (AnnoMI); keeps out-of-fold logits.

usage: crossval.py [--name NAME] [--folds 0,1,2,3,4] [FIELD=VALUE ...]   (fields of learn.Recipe)
Resumable: a fold whose predictions are there is skipped, a half-trained one goes on from its last epoch.
"""
import argparse
import json
import os
import random

import torch

import data
import vocab
from learn import Recipe, predict, train
from paths import OUT, write_atomically
from tokens import Tokenizer

FOLDS = 5


def fold_of(examples):
    """The fold of every group: groups shuffled with a fixed seed, dealt out in turn."""
    groups = sorted({x.group for x in examples})
    random.Random(7).shuffle(groups)
    return {group: i % FOLDS for i, group in enumerate(groups)}


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
        vocab.save(path, *vocab.prune(texts(typed + spoken)))
    kept, old_ids = vocab.load(path)
    return typed, spoken, Tokenizer(kept), old_ids


def by_sentence(tokenizer, example, logits):
    """One code a sentence: the greatest sum of log-probabilities over its pieces (a plain decoding)."""
    shares = torch.from_numpy(logits).log_softmax(-1)
    codes = []
    for sentence in tokenizer.sentences(tokenizer.pieces(example.response)[:len(logits)]):
        here = shares[len(codes):len(codes) + len(sentence)]
        codes += [int(here.sum(0).argmax())] * len(sentence)
    return codes


def row(tokenizer, example, logits, fold):
    found = {"id": example.id, "fold": fold, "tags": example.tags}
    for name in ("verdict", "behaviour", "criteria"):
        found[f"{name}_true"] = getattr(example, name)
    found["move_true"] = logits["move_true"]
    found["move"] = logits["move"].argmax(-1).tolist()
    found["move_by_sentence"] = by_sentence(tokenizer, example, logits["move"])
    for name in ("verdict", "criteria", "behaviour", "subtype"):
        found[name] = [round(float(v), 4) for v in logits[name]]
    found["subtype_true"] = example.subtype
    return found


def recipe_of(settings):
    """Recipe from FIELD=VALUE words."""
    given = dict(word.split("=", 1) for word in settings)
    kinds = Recipe.__dataclass_fields__
    return Recipe(**{k: kinds[k].type(v) for k, v in given.items()})


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--name", default="base")
    options.add_argument("--folds", default="0,1,2,3,4")
    options.add_argument("settings", nargs="*")
    given = options.parse_args()
    typed, spoken, tokenizer, old_ids = setup()
    by_moment, by_video = fold_of(typed), fold_of(spoken)
    for fold in map(int, given.folds.split(",")):
        kept = OUT / "cv" / given.name / f"fold{fold}.jsonl"
        if kept.exists():
            continue
        model = train(
            tokenizer, old_ids, [x for x in typed if by_moment[x.group] != fold], [x for x in spoken if by_video[x.group] != fold],
            recipe_of(given.settings), kept.with_suffix(".pt"), log=lambda line: print(line, flush=True),
        )
        held = [x for x in typed if by_moment[x.group] == fold] + [x for x in spoken if by_video[x.group] == fold]
        rows = [row(tokenizer, x, p, fold) for x, p in zip(held, predict(model, tokenizer, held)) if p]
        write_atomically(kept, "".join(json.dumps(r) + "\n" for r in rows).encode())


if __name__ == "__main__":
    main()
