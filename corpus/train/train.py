"""Makes the scorer's weights: baseline, cross-validation, calibration, the final network, the file, its fixture.

usage: train.py [--final-only] [FIELD=VALUE ...]    (fields of learn.Recipe)
One resumable command: finished folds and epochs under OUT are not done again (so empty OUT when the
corpus or the recipe changes). Needs corpus/responses.jsonl (build_corpus.py) and DATA/annomi/dev.csv.
"""
import json
import subprocess
import sys

import calibrate
import crossval
import fixture
import ngrams
import vocab
import weights
from learn import train
from paths import HERE, OUT


def final(settings):
    """Trains on everything and writes OUT/weights.bin and OUT/rubric.jsonl."""
    typed, spoken, tokenizer, old_ids = crossval.setup()
    log = lambda line: print(line, flush=True)
    model = train(tokenizer, old_ids, typed, spoken, crossval.recipe_of(settings), OUT / "final.pt", log)
    calibration = json.loads((OUT / "calibration.json").read_text())
    digest = weights.write(OUT / "weights.bin", model.state_dict(), vocab.load(OUT / "vocab.json")[0], calibration)
    log(f"weights.bin {digest}")
    fixture.main(OUT / "weights.bin", HERE / "fixture_inputs.jsonl", OUT / "rubric.jsonl")


def main():
    words = sys.argv[1:]
    settings = [w for w in words if "=" in w]
    if "--final-only" not in words:
        ngrams.main()
        subprocess.run([sys.executable, HERE / "crossval.py", *settings], check=True)
        calibrate.main()
    final(settings)


if __name__ == "__main__":
    main()
