"""From out-of-fold logits: temperature and bias of the verdict, the abstention threshold, all figures.

usage: calibrate.py [NAME ...]   (runs of crossval.py whose logits are averaged; default base)
Writes OUT/cv.json, OUT/oof.jsonl and OUT/calibration.json. The figures are those of the starter set (and of
AnnoMI), and nested: the temperature, bias and threshold that judge a fold were fitted on the other four.
Temperature scaling: Guo et al., 2017.
"""
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

import labels
import metrics
from paths import OUT, write_atomically

ABSTAIN = 0.14


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


def threshold(confidence):
    """The confidence below which ABSTAIN of these responses lie."""
    return float(np.quantile(confidence, ABSTAIN))


def nested(logits, truth, folds, with_bias=True):
    """Probabilities of every fold by the calibration of the others, and whether each abstains."""
    out, abstained = np.zeros_like(logits), np.zeros(len(logits), bool)
    for fold in set(folds):
        held = folds == fold
        t, bias = fitted(logits[~held], truth[~held], with_bias)
        out[held] = metrics.probabilities(logits[held], t, bias)
        abstained[held] = out[held].max(1) < threshold(metrics.probabilities(logits[~held], t, bias).max(1))
    return out, abstained


def verdict_figures(rows, p, truth, abstained):
    guess, confidence = p.argmax(1), p.max(1)
    right = guess == truth
    harm = (truth == 2) & (guess == 0)
    return metrics.classes(truth, guess, labels.VERDICTS) | {
        "calibration_error": metrics.calibration_error(confidence, right),
        "reliability": metrics.reliability(confidence, right),
        "abstained": abstained.mean(), "accuracy_covered": right[~abstained].mean(),
        "directive": int((truth == 2).sum()), "directive_as_supportive": int(harm.sum()), "of_which_confident": int((harm & ~abstained).sum()),
        "accuracy_by_tag": metrics.by_tag(rows, right),
    }


def averaged(names):
    """Rows of one run, or of several with their logits averaged (moves from the first)."""
    runs = []
    for name in names:
        lines = [line for path in sorted((OUT / "cv" / name).glob("fold*.jsonl")) for line in path.read_text().splitlines()]
        runs.append({r["id"]: r for r in map(json.loads, lines)})
    rows = list(runs[0].values())
    for head in ("verdict", "criteria", "behaviour", "subtype"):
        for r in rows:
            r[head] = np.mean([run[r["id"]][head] for run in runs], 0).tolist()
    return rows


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main(*names):
    names = names or ("base",)
    rows = averaged(names)
    typed = [r for r in rows if r["verdict_true"] and "plain_case" not in r["tags"]]
    spoken = [r for r in rows if r["behaviour_true"]]
    logits, truth = np.array([r["verdict"] for r in typed]), np.array([np.argmax(r["verdict_true"]) for r in typed])
    folds = np.array([r["fold"] for r in typed])
    p, abstained = nested(logits, truth, folds)
    heard, coded = np.array([r["behaviour"] for r in spoken]), np.array([np.argmax(r["behaviour_true"]) for r in spoken])
    b, _ = nested(heard, coded, np.array([r["fold"] for r in spoken]), with_bias=False)
    raw = metrics.classes(truth, logits.argmax(1), labels.VERDICTS)
    figures = {
        "runs": list(names), "folds": sorted({r["fold"] for r in rows}), "verdict_uncalibrated": raw,
        "verdict": verdict_figures(typed, p, truth, abstained),
        "criteria": metrics.criteria(typed), "moves": metrics.moves(typed), "moves_by_sentence": metrics.moves(typed, "move_by_sentence"),
        "annomi": metrics.classes(coded, b.argmax(1), labels.BEHAVIOURS)
        | {"calibration_error": metrics.calibration_error(b.max(1), b.argmax(1) == coded), "stance_auc": metrics.carry_over(spoken)},
    }
    ngrams = OUT / "ngrams.json"
    if ngrams.exists():
        figures["ngrams"] = json.loads(ngrams.read_text())
    t, bias = fitted(logits, truth)
    confidence = metrics.probabilities(logits, t, bias).max(1)
    calibration = {
        "verdict": {"temperature": t, "bias": bias}, "abstain_below": threshold(confidence),
        "behaviour_temperature": fitted(heard, coded, with_bias=False)[0],
    }
    write_atomically(OUT / "cv.json", json.dumps(rounded(figures), indent=1).encode())
    write_atomically(OUT / "calibration.json", json.dumps(rounded(calibration), indent=1).encode())
    write_atomically(OUT / "oof.jsonl", "".join(json.dumps(r) + "\n" for r in rows).encode())
    short = rounded(figures)
    print(json.dumps({"raw": raw["macro_f1"], **{k: short["verdict"][k] for k in short["verdict"] if k not in ("reliability", "accuracy_by_tag")}}))
    print(json.dumps({k: short[k] for k in ("criteria", "moves", "moves_by_sentence", "annomi")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
