"""The verdict's head refitted on moments that the network has not seen.

The criteria's logits know something of the verdict that its own head does not. All heads are linear over one
mean, so a logistic regression of the verdict on the logits of both heads (stacking: Wolpert, 1992) is again a
linear head over that mean, and takes the old one's place: nothing is added to what ships.
"""
import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import labels

STRENGTHS = [0.01, 0.03, 0.1, 0.3]
FOLDS = 10
BASIS = ("verdict", "criteria")


def evidence(rows):
    """The logits that the refitted head is made of, one row a reply."""
    return np.array([[v for head in BASIS for v in r[head]] for r in rows])


def log_loss(p, truth):
    return -np.log(p[np.arange(len(truth)), truth]).mean()


def refitted(rows, truth):
    """(matrix, bias, probabilities): the map from the logits to those of the new head, and what it says of each
    of these replies when fitted without its tenth of the moments. The strength of its prior is chosen by those."""
    x, groups = evidence(rows), [r["group"] for r in rows]
    middle, spread = x.mean(0), x.std(0)
    x = (x - middle) / spread
    best = None
    for strength in STRENGTHS:
        fit = LogisticRegression(C=strength, max_iter=2000)
        unseen = cross_val_predict(fit, x, truth, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")
        if best is None or log_loss(unseen, truth) < best[0]:
            best = (log_loss(unseen, truth), fit, unseen)
    fit = best[1].fit(x, truth)
    matrix = fit.coef_ / spread
    return matrix, fit.intercept_ - matrix @ middle, best[2]


def logits(rows, matrix, bias):
    return evidence(rows) @ matrix.T + bias


def folded(state, matrix, bias):
    """The network's tensors with the new head in place of the verdict's."""
    weight, old = (np.concatenate([state[f"head.{head}.{part}"].float().numpy() for head in BASIS]) for part in ("weight", "bias"))
    tensor = lambda values: torch.tensor(values, dtype=torch.float32)
    return state | {"head.verdict.weight": tensor(matrix @ weight), "head.verdict.bias": tensor(matrix @ old + bias)}
