"""Makes the scorer's weights: the network, its calibration on unseen moments, the file, its fixture.

usage: train.py [FIELD=VALUE ...]    (fields of learn.Recipe; SHIPS is what ships)
One resumable command: finished epochs under OUT are not done again (so empty OUT when the corpus or the
recipe changes). Needs the corpus and DATA/annomi/dev.csv. Two runs on one machine give
the same bytes. The fifth of AnnoMI's videos that the network has not seen is listed in OUT/unseen_videos.txt.
"""
import json
import sys

import torch

import calibrate
import experiment
import fixture
import vocab
import weights
from paths import HERE, OUT, write_atomically

NAME = "ships"
SHIPS = ("layers=6", "width=768")


def main(*settings):
    setting = experiment.setup()
    recipe = experiment.recipe_of([*SHIPS, *settings])
    experiment.run(NAME, recipe, setting)
    calibrate.main(NAME)
    calibration = json.loads((OUT / "calibration.json").read_text())
    state = torch.load(OUT / "runs" / NAME / f"{recipe.seed}.thin.pt", weights_only=True)["model"]
    digest = weights.write(OUT / "weights.bin", state, vocab.load(OUT / "vocab.json")[0], calibration)
    print(f"weights.bin {digest}")
    fixture.main(OUT / "weights.bin", HERE / "fixture_inputs.jsonl", OUT / "rubric.jsonl")
    fifths = experiment.fifth_of(setting[1])
    unseen = sorted(video for video, fifth in fifths.items() if fifth == recipe.seed % experiment.FIFTHS)
    write_atomically(OUT / "unseen_videos.txt", "".join(video + "\n" for video in unseen).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
