"""Soft labels for the train split: each reply judged by networks that had not seen its moment.

usage: teach.py [FIELD=VALUE ...]   (fields of learn.Recipe for the teachers)
The train split is cut into PARTS by moment; one teacher learns from all but a part (and from AnnoMI) and judges
that part. Writes SOFT_LABELS, one line a reply: id and the four probabilities, at the temperature fitted on the
tune split. Resumable.
"""
import json
import random
import sys
from dataclasses import replace

import numpy as np

import calibrate
import data
import experiment
import labels
import metrics
from learn import predict, train
from paths import OUT, SOFT_LABELS, write_atomically

PARTS = 4


def part_of(examples):
    groups = sorted({x.group for x in examples})
    random.Random(11).shuffle(groups)
    return {group: i % PARTS for i, group in enumerate(groups)}


def judged(part, typed, spoken, tokenizer, old_ids, recipe):
    """The logits of one teacher for its part and for the tune split, kept in OUT/teachers."""
    kept = OUT / "teachers" / f"{part}.json"
    if not kept.exists():
        ours, parts = [x for x in typed if x.split == "train"], part_of([x for x in typed if x.split == "train"])
        model = train(tokenizer, old_ids, [x for x in ours if parts[x.group] != part], spoken, replace(recipe, seed=part + 1), kept.with_suffix(".pt"),
                      log=lambda line: print("teacher", line, flush=True))
        held = [x for x in ours if parts[x.group] == part and x.verdict] + [x for x in typed if x.split == "tune" and x.kind == "resistance"]
        found = {x.id: [round(float(v), 4) for v in p["verdict"]] for x, p in zip(held, predict(model, tokenizer, held)) if p}
        write_atomically(kept, json.dumps(found).encode())
    return json.loads(kept.read_text())


def main(*settings):
    typed, spoken, tokenizer, old_ids = experiment.setup()
    tune = {x.id: labels.VERDICTS[int(np.argmax(x.verdict))] for x in typed if x.split == "tune" and x.kind == "resistance"}
    lines = []
    for part in range(PARTS):
        logits = judged(part, typed, spoken, tokenizer, old_ids, experiment.recipe_of(settings))
        known = [i for i in tune if i in logits]
        temperature, bias = calibrate.fitted([logits[i] for i in known], [labels.VERDICTS.index(tune[i]) for i in known])
        for key, z in logits.items():
            if key not in tune:
                lines.append({"id": key, "verdict": [round(float(v), 3) for v in metrics.probabilities(z, temperature, bias)]})
    write_atomically(SOFT_LABELS, "".join(json.dumps(x) + "\n" for x in lines).encode())
    print(f"{len(lines)} soft labels")


if __name__ == "__main__":
    main(*sys.argv[1:])
