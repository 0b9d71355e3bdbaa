"""The first thousand responses in the corpus's form: the starter set and the plain cases.

usage: starter.py OLD_CORPUS    (the corpus of round 1, whose moves and criteria were added by hand)
"""
import json
import sys
from pathlib import Path

from paths import CORPUS, write_atomically
from sheet import split_of


def upgraded(old):
    return {
        "id": old["id"], "moment": old["moment"], "kind": "resistance", "topic": old["topic"], "setting": "",
        "direction": old["direction"], "client": old["client"], "response": old["response"], "verdict": old["verdict"],
        "moves": old["moves"], "criteria": old["criteria"], "tags": old["tags"], "pairs": [],
        "author": old["author"], "batch": old["batch"], "split": split_of(old["moment"]),
    }


def main(path):
    rows = [upgraded(json.loads(line)) for line in Path(path).read_text(encoding="utf-8").split("\n") if line]
    by_moment = {}
    for r in rows:
        by_moment.setdefault(r["moment"], []).append(r)
    for own in by_moment.values():
        pair = [r for r in own if set(r["tags"]) & {"contrast_pair", "contrast", "pair", "minimal_edit"}]
        if len(pair) == 2 and pair[0]["verdict"] != pair[1]["verdict"]:
            for r in pair:
                r["pairs"] = ["~a"]
    write_atomically(CORPUS, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode())
    print(len(rows), sum(bool(r["pairs"]) for r in rows) // 2, "pairs")


if __name__ == "__main__":
    main(*sys.argv[1:])
