"""Merges the typed responses with their moves and criteria into corpus/responses.jsonl.

usage: build_corpus.py STARTER_FOLDER LABEL_FILE...
Labels are JSON lines {id, moves: [{text, code}], criteria}; an item without labels keeps null for both.
The hand-written plain cases (plain_cases.py) follow, marked author "rollwith", batch "plain-cases".
"""
import json
import sys
from pathlib import Path

import plain_cases
from labels import CRITERIA, MOVES
from paths import CORPUS, write_atomically


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def fault(item, label):
    """What is wrong with a label line, or None."""
    at = 0
    for move in label["moves"]:
        found = item["response"].find(move["text"], at)
        if found < 0 or move["code"] not in MOVES[1:]:
            return f"move {move} does not fit"
        at = found + len(move["text"])
    if sorted(label["criteria"]) != sorted(CRITERIA) or not set(label["criteria"].values()) <= {0, 1, 2}:
        return "criteria malformed"
    return None


def merged(item, label):
    return {
        "id": item["id"], "moment": item["moment"], "topic": item["topic"],
        "direction": item["direction"], "client": item["statement"], "response": item["response"],
        "verdict": item["verdict"],
        "moves": label and label["moves"], "criteria": label and {c: label["criteria"][c] for c in CRITERIA},
        "tags": item["tags"], "author": "starter", "batch": "starter",
    }


def main(starter, *label_files):
    items = read(Path(starter) / "responses.jsonl")
    known = {item["id"]: item for item in items}
    labels, wrong = {}, 0
    for path in label_files:
        for label in read(path):
            why = fault(known[label["id"]], label)
            if why:
                wrong += 1
                print(label["id"], why)
            else:
                labels[label["id"]] = label
    lines = [merged(item, labels.get(item["id"])) for item in items] + plain_cases.items(items)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_atomically(CORPUS, text.encode("utf-8"))
    print(f"{len(lines)} responses, {len(labels)} with moves and criteria, {wrong} left out as faulty")


if __name__ == "__main__":
    main(*sys.argv[1:])
