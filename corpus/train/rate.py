"""Second ratings join the corpus: what the two raters do not agree on is dropped.

usage: rate.py FILE...    (lines: ID, S M D or U, five criteria, codes, "?" where unsure; from a rater who saw no label)
Writes second_rater.jsonl beside the corpus, prints the agreement, and takes the replies whose verdicts differ out
of the corpus (they stay in second_rater.jsonl, with both verdicts, so that the agreement can be computed again).
"""
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score

import labels
from paths import CORPUS, write_atomically
from sheet import MARKS, VERDICTS, stored, with_whole_pairs

LINE = re.compile(r"^(\d+-\d+) ([SMDU]) ([012]{5}) (\S+)( \?)?\s*$")


def read(path):
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        matched = LINE.match(line)
        if matched:
            key, letter, points, codes, unsure = matched.groups()
            yield {
                "id": key, "rater": Path(path).stem, "verdict": VERDICTS[letter], "criteria": dict(zip(labels.CRITERIA, map(int, points))),
                "codes": [] if codes == "-" else [MARKS[c] for c in codes.split(",")], "sure": unsure is None,
            }


def agreement(rated):
    ours, theirs = [r["author_verdict"] for r in rated], [r["verdict"] for r in rated]
    print(f"{len(rated)} rated twice; verdict: kappa {cohen_kappa_score(ours, theirs):.3f}, agreed {np.mean([a == b for a, b in zip(ours, theirs)]):.3f}, unsure {sum(not r['sure'] for r in rated)}")
    for criterion in labels.CRITERIA:
        points = [(r["author_criteria"][criterion], r["criteria"][criterion]) for r in rated]
        print(f"  {criterion:<13} quadratic kappa {cohen_kappa_score(*zip(*points), weights='quadratic'):.3f}")
    totals = np.corrcoef([sum(r["author_criteria"].values()) for r in rated], [sum(r["criteria"].values()) for r in rated])
    print(f"  total points r = {totals[0, 1]:.3f}")
    print("  differ:", dict(Counter(f"{a} -> {b}" for a, b in zip(ours, theirs) if a != b)))


def main(*paths):
    rows = stored()
    known = {r["id"]: r for r in rows}
    kept = CORPUS.parent / "second_rater.jsonl"
    rated = {r["id"]: r for r in map(json.loads, kept.read_text(encoding="utf-8").splitlines())} if kept.exists() else {}
    for path in paths:
        for line in read(path):
            if line["id"] in known:
                own = known[line["id"]]
                rated[line["id"]] = line | {"author_verdict": own["verdict"], "author_criteria": own["criteria"]}
    agreement(list(rated.values()))
    dropped = {r["id"] for r in rated.values() if r["verdict"] != r["author_verdict"]}
    rest = with_whole_pairs([r for r in rows if r["id"] not in dropped])
    write_atomically(kept, "".join(json.dumps(r) + "\n" for r in rated.values()).encode())
    write_atomically(CORPUS, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rest).encode())
    print(f"{len(rows) - len(rest)} dropped, {len(rest)} left")


if __name__ == "__main__":
    main(*sys.argv[1:])
