"""Writes tests/fixtures/rubric.jsonl: inputs and what the dequantised weights make of them.

usage: fixture.py WEIGHTS INPUTS FIXTURE
The Rust side must find the same pieces, offsets (bytes into the response), windows (pieces in each) and
moves (label index a piece), and the same logits to 1e-4.
"""
import json
import sys
from pathlib import Path

import weights
from paths import write_atomically
from score import score
from tokens import Tokenizer

DIGITS = 6


def line(model, tokenizer, given, sha256):
    found = score(model, tokenizer, given.get("direction", ""), given.get("client", ""), given["response"])
    rounded = lambda t: [round(float(v), DIGITS) for v in t]
    top = found["move"].topk(2, -1).values
    return given | {
        "context": found["context"], "pieces": [p.id for p in found["pieces"]],
        "offsets": [[p.start, p.end] for p in found["pieces"]], "windows": found["windows"],
        "verdict_logits": rounded(found["verdict"]), "criteria_logits": rounded(found["criteria"]),
        "behaviour_logits": rounded(found["behaviour"]), "subtype_logits": rounded(found["subtype"]),
        "moves": found["move"].argmax(-1).tolist(), "least_move_margin": round(float((top[:, 0] - top[:, 1]).min()), DIGITS),
        "weights_sha256": sha256,
    }


def main(weights_path, inputs, fixture):
    model, vocabulary, _, sha256 = weights.read(Path(weights_path))
    tokenizer = Tokenizer(vocabulary)
    given = [json.loads(text) for text in Path(inputs).read_text(encoding="utf-8").split("\n") if text]
    lines = [line(model, tokenizer, x, sha256) for x in given]
    text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines)
    write_atomically(Path(fixture), text.encode("utf-8"))
    print(f"{len(lines)} lines, least margin of a move {min(x['least_move_margin'] for x in lines)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
