"""What the form of a reply gives away of its verdict: length, place in its moment, case, a question mark.

usage: leaks.py    (resistance only; a tree on these four alone, five folds by moment, beside always "supportive")
A set that gives nothing away has a kappa of 0.
"""
from collections import defaultdict

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

import labels
from sheet import stored


def forms(rows):
    """For each reply its words, its place among its moment's, whether it is in lower case, whether it asks."""
    place, found = defaultdict(int), []
    for r in rows:
        text = r["response"]
        found.append([len(text.split()), place[r["moment"]], text == text.lower(), text.rstrip().endswith("?")])
        place[r["moment"]] += 1
    return np.array(found, float)


def main():
    rows = [r for r in stored() if r["kind"] == "resistance"]
    x, y = forms(rows), np.array([labels.VERDICTS.index(r["verdict"]) for r in rows])
    moments = [r["moment"] for r in rows]
    for name, columns in (("words", [0]), ("place", [1]), ("lower case", [2]), ("question mark", [3]), ("all four", [0, 1, 2, 3])):
        tree = DecisionTreeClassifier(min_samples_leaf=40, random_state=1)
        guess = cross_val_predict(tree, x[:, columns], y, groups=moments, cv=GroupKFold(5))
        print(f"{name:<14} macro-F1 {f1_score(y, guess, average='macro'):.3f}  kappa {cohen_kappa_score(y, guess):.3f}")
    print(f"always supportive: macro-F1 {f1_score(y, np.zeros_like(y), average='macro'):.3f}, n = {len(y)}")
    for i, verdict in enumerate(labels.VERDICTS):
        words, _, low, asks = x[y == i].mean(0)
        tenth, ninetieth = np.quantile(x[y == i][:, 0], [0.1, 0.9])
        print(f"  {verdict:<11} {int((y == i).sum()):>5}  words {words:.1f} ({tenth:.0f} to {ninetieth:.0f})  lower case {low:.2f}  ends in ? {asks:.2f}")


if __name__ == "__main__":
    main()
