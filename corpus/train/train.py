"""Makes the scorer's weights: the network, its calibration on unseen moments, the file, its fixture.

usage: train.py [FIELD=VALUE ...]    (fields of learn.Recipe; SHIPS is what ships)
Whole networks of several seeds are averaged weight by weight (Wortsman et al., 2022; they begin alike), which
costs nothing in what ships and does about what their ensemble does; the average is thinned with itself as
teacher. One resumable command: finished epochs under OUT are not done again (so empty OUT when the corpus or
the recipe changes). Needs the corpus and DATA/annomi/dev.csv. Two runs on one machine give the same bytes. The
fifth of AnnoMI's videos that no network has seen is listed in OUT/unseen_videos.txt.
"""
import json
import sys
from dataclasses import replace

import numpy as np
import torch

import calibrate
import experiment
import fixture
import refit
import vocab
import weights
from paths import HERE, OUT, write_atomically

WHOLE, NAME, SEEDS = "whole", "ships", (1, 2)
SHIPS = ("layers=6", "epochs=4", "width=768", "thin_epochs=2", "slips=0.1", "spoken_share=0.4", "spoken_weight=1.6", "sessions=3", "fifth=1")


def tensors(path):
    return torch.load(path, weights_only=True)["model"]


def averaged(recipe, setting):
    """The mean of the whole networks of all seeds."""
    for seed in SEEDS:
        experiment.run(WHOLE, replace(recipe, width=0, seed=seed), setting)
    all_of = [tensors(OUT / "runs" / WHOLE / f"{seed}.pt") for seed in SEEDS]
    return {name: torch.stack([one[name] for one in all_of]).mean(0) for name in all_of[0]}


def main(*settings):
    setting = experiment.setup()
    recipe = experiment.recipe_of([*SHIPS, *settings])
    experiment.run(NAME, recipe, setting, whole=averaged(recipe, setting))
    calibrate.main(NAME)
    calibration = json.loads((OUT / "calibration.json").read_text())
    state = tensors(OUT / "runs" / NAME / f"{recipe.seed}.thin.pt")
    found = json.loads((OUT / "refit.json").read_text())
    state = refit.folded(state, np.array(found["matrix"]), np.array(found["bias"]))
    digest = weights.write(OUT / "weights.bin", state, vocab.load(OUT / "vocab.json")[0], calibration)
    print(f"weights.bin {digest}")
    fixture.main(OUT / "weights.bin", HERE / "fixture_inputs.jsonl", OUT / "rubric.jsonl")
    fifths = experiment.fifth_of(setting[1])
    unseen = sorted(video for video, fifth in fifths.items() if fifth == experiment.left_out(recipe))
    write_atomically(OUT / "unseen_videos.txt", "".join(video + "\n" for video in unseen).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
