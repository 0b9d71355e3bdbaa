"""From the logits of unseen moments: the verdict's head refitted (refit.py), and when to abstain.

usage: calibrate.py RUN [RUN ...]   (runs of experiment.py; the logits of several, or of several seeds, are averaged)
Fitted on the tune split; the figures it prints are those of the test split. Writes OUT/calibration.json,
OUT/refit.json and OUT/figures.json. Temperature scaling: Guo et al., 2017.
"""
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

import labels
import metrics
import refit
from paths import OUT, write_atomically

# The share of plain replies that may be left open: more would tire, less would mislead.
ABSTAIN = 0.15
# A verdict that is more likely wrong than right is not given; the screen's "not sure" begins there too.
LEAST = 0.5
PUSHES = [round(0.5 - 0.01 * k, 2) for k in range(49)]


def fitted(logits, truth, with_bias=True):
    """Temperature and per-class bias of least log-loss, the bias held near zero by a small penalty."""
    z, y = torch.tensor(logits, dtype=torch.double), torch.tensor(truth)
    log_t = torch.zeros(1, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(z.shape[1], dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([log_t, bias] if with_bias else [log_t], max_iter=200)

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(z / log_t.exp() + bias, y) + 0.02 * (bias ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return log_t.exp().item(), (bias - bias.mean()).tolist()


def abstains(p, below, push_above):
    """Too little confidence; or a supportive verdict beside too great a probability of a directive one."""
    return (p.max(1) < below) | ((p.argmax(1) == 0) & (p[:, 2] > push_above))


def thresholds(p, plain):
    """(least confidence, most probability of a push beside a supportive verdict): as strict on a push as leaves
    out ABSTAIN of the plain replies at most. Halves of contrast pairs stand at the border by design; practice
    has few of those, so they do not count here."""
    push_above = 1.0
    for strict in PUSHES:
        if abstains(p[plain], LEAST, strict).mean() > ABSTAIN:
            break
        push_above = strict
    return LEAST, push_above


def verdict_figures(rows, p, truth, abstained):
    guess, confidence = p.argmax(1), p.max(1)
    right = guess == truth
    harm = (truth == 2) & (guess == 0)
    return metrics.classes(truth, guess, labels.VERDICTS) | {
        "log_loss": float(-np.log(p[np.arange(len(truth)), truth]).mean()),
        "calibration_error": metrics.calibration_error(confidence, right),
        "abstained": abstained.mean(), "accuracy_covered": right[~abstained].mean(),
        "directive": int((truth == 2).sum()), "directive_as_supportive": int(harm.sum()), "of_which_confident": int((harm & ~abstained).sum()),
        "accuracy_by_tag": metrics.by_tag(rows, right),
    }


def averaged(names, seed="*"):
    """Every row of the runs, logits averaged over the runs and seeds (or of one seed) that have it; moves from the first."""
    seen = {}
    for name in names:
        for path in sorted((OUT / "runs" / name).glob(f"{seed}.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                seen.setdefault(row["id"], []).append(row)
    rows = []
    for own in seen.values():
        mean = {head: np.mean([r[head] for r in own], 0).tolist() for head in ("verdict", "criteria", "behaviour", "subtype")}
        rows.append(own[0] | mean)
    return rows


def typed(rows, split, kinds=("resistance",)):
    """Rows of a split, their logits and labels."""
    own = [r for r in rows if r["kind"] in kinds and r["split"] == split and r["verdict_true"]]
    return own, np.array([r["verdict"] for r in own]), np.array([int(np.argmax(r["verdict_true"])) for r in own])


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main(*names):
    rows = averaged(names)
    own, _, y = typed(rows, "tune", ("resistance", "second", "session"))
    matrix, bias, p = refit.refitted(own, y)
    below, push_above = thresholds(p, np.array([r["kind"] == "resistance" and not r["paired"] for r in own]))
    for row in rows:
        row["verdict"] = refit.logits([row], matrix, bias)[0].tolist()
    test, z, y = typed(rows, "test")
    p = metrics.probabilities(z)
    spoken = [r for r in rows if r["kind"] == "spoken"]
    heard, coded = np.array([r["behaviour"] for r in spoken]), np.array([np.argmax(r["behaviour_true"]) for r in spoken])
    figures = {
        "runs": list(names), "verdict": verdict_figures(test, p, y, abstains(p, below, push_above)),
        "criteria": metrics.criteria(test), "moves": metrics.moves(test),
        "annomi": metrics.classes(coded, heard.argmax(1), labels.BEHAVIOURS) | {"stance_auc": metrics.carry_over(spoken)},
    }
    calibration = {
        "verdict": {"temperature": 1.0, "bias": [0.0] * len(labels.VERDICTS)}, "abstain_below": below, "abstain_push_above": push_above,
        "behaviour_temperature": fitted(heard, coded, with_bias=False)[0],
    }
    write_atomically(OUT / "refit.json", json.dumps({"matrix": matrix.tolist(), "bias": bias.tolist()}).encode())
    write_atomically(OUT / "figures.json", json.dumps(rounded(figures), indent=1).encode())
    write_atomically(OUT / "calibration.json", json.dumps(rounded(calibration), indent=1).encode())
    short = rounded(figures)
    print(json.dumps({k: v for k, v in short["verdict"].items() if k != "accuracy_by_tag"}))
    print(json.dumps({k: short[k] for k in ("criteria", "moves", "annomi")}))
    print(json.dumps(dict(list(short["verdict"]["accuracy_by_tag"].items())[:25])))
    print(json.dumps(rounded(calibration)))


if __name__ == "__main__":
    main(*sys.argv[1:])
