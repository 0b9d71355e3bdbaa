"""Figures from logits and labels, as src/bin/evaluate has them.

Kappa: Cohen, 1960; quadratic weights: Cohen, 1968. Calibration error: Guo et al., 2017 (10 bins).
A move span counts as found when a predicted span of its code overlaps it by at least half of their union.
"""
import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

import labels


def probabilities(logits, temperature=1.0, bias=0.0):
    z = np.asarray(logits) / temperature + np.asarray(bias)
    z = np.exp(z - z.max(-1, keepdims=True))
    return z / z.sum(-1, keepdims=True)


def classes(truth, guess, names):
    truth, guess = np.asarray(truth), np.asarray(guess)
    each = f1_score(truth, guess, labels=range(len(names)), average=None, zero_division=0)
    return {
        "n": len(truth), "macro_f1": each.mean(), "accuracy": (truth == guess).mean(),
        "kappa": cohen_kappa_score(truth, guess), "f1": dict(zip(names, each)),
    }


def calibration_error(confidence, right, bins=10):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum((place == b).mean() * abs(confidence[place == b].mean() - right[place == b].mean()) for b in set(place))


def levels(logits):
    """Criteria levels 0 to 2 from two cumulative logits each: the expected level, rounded."""
    reached = 1 / (1 + np.exp(-np.asarray(logits).reshape(len(logits), -1, 2)))
    return np.rint(reached.sum(-1)).astype(int)


def criteria(rows):
    known = [r for r in rows if r["criteria_true"]]
    truth, guess = np.array([r["criteria_true"] for r in known]), levels([r["criteria"] for r in known])
    each = {c: cohen_kappa_score(truth[:, i], guess[:, i], weights="quadratic", labels=[0, 1, 2]) for i, c in enumerate(labels.CRITERIA)}
    total = np.corrcoef(truth.sum(1), guess.sum(1))[0, 1]
    return {"n": len(known), "quadratic_kappa": each, "points_r": total}


def spans(codes):
    """Runs of one code over pieces, without "none"."""
    found, start = [], 0
    for i in range(1, len(codes) + 1):
        if i == len(codes) or codes[i] != codes[start]:
            if codes[start] > 0:
                found.append((start, i, codes[start]))
            start = i
    return found


def overlap(a, b):
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def moves(rows):
    """Spans and pieces against the labels."""
    known = [r for r in rows if r["move_true"] and r["move_true"][0] >= 0]
    hits = wrong = missed = 0
    side = lambda code: "supportive" if 1 <= code <= 7 else "neutral" if code <= 12 else "directive"
    same_side = 0
    for r in known:
        truth, guess = spans(r["move_true"]), spans(r["move"])
        matched = [next((t for t in truth if t[2] == g[2] and overlap(g, t) >= 0.5), None) for g in guess]
        hit = len({t for t in matched if t})
        hits, wrong, missed = hits + hit, wrong + len(guess) - hit, missed + len(truth) - hit
        same_side += len({t for g in guess for t in truth if side(t[2]) == side(g[2]) and overlap(g, t) >= 0.5})
    truth, guess = np.concatenate([r["move_true"] for r in known]), np.concatenate([r["move"] for r in known])
    return {
        "n": len(known), "span_f1": 2 * hits / (2 * hits + wrong + missed), "side_recall": same_side / (hits + missed),
        "piece_accuracy": (truth == guess).mean(), "piece_macro_f1": f1_score(truth, guess, average="macro", zero_division=0),
    }


def by_tag(rows, right, least=8):
    tags = {}
    for r, ok in zip(rows, right):
        for tag in r["tags"]:
            tags.setdefault(tag, []).append(bool(ok))
    found = {t: [round(float(np.mean(v)), 3), len(v)] for t, v in tags.items() if len(v) >= least}
    return dict(sorted(found.items(), key=lambda kv: kv[1][0]))


def carry_over(rows, temperature=1.0, bias=0.0):
    """AUC of the stance, reflections and open questions against advice, negotiation and options."""
    good, bad = {0, 1, 2}, {5, 6, 7}
    known = [r for r in rows if r["subtype_true"] in good | bad]
    p = probabilities([r["verdict"] for r in known], temperature, bias)
    return roc_auc_score([r["subtype_true"] in good for r in known], p[:, 0] - p[:, 2])
