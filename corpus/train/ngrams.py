"""The baseline on the same folds: TF-IDF of word 1-3 and character 2-5 grams, logistic regression.

usage: ngrams.py     (writes OUT/ngrams.json; reads the response alone; the figures are those of the starter set)
"""
import json

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import data
import labels
import metrics
from calibrate import rounded
from crossval import FOLDS, fold_of
from paths import OUT, write_atomically


def out_of_fold(examples, truth):
    folds = np.array([fold_of(examples)[x.group] for x in examples])
    texts = np.array([x.response for x in examples], dtype=object)
    guess = np.zeros(len(examples), int)
    for fold in range(FOLDS):
        held = folds == fold
        makers = [
            TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ]
        seen = hstack([m.fit_transform(texts[~held]) for m in makers]).tocsr()
        new = hstack([m.transform(texts[held]) for m in makers]).tocsr()
        model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(seen, truth[~held])
        guess[held] = model.predict(new)
    return guess


def main():
    found = {}
    for name, examples, field, names in (
        ("verdict", data.corpus(), "verdict", labels.VERDICTS), ("annomi", data.annomi(), "behaviour", labels.BEHAVIOURS),
    ):
        truth = np.array([np.argmax(getattr(x, field)) for x in examples])
        asked = np.array(["plain_case" not in x.tags for x in examples])
        truth, guess = truth[asked], out_of_fold(examples, truth)[asked]
        found[name] = metrics.classes(truth, guess, names)
        if name == "verdict":
            found[name]["directive_as_supportive"] = int(((truth == 2) & (guess == 0)).sum())
    write_atomically(OUT / "ngrams.json", json.dumps(rounded(found), indent=1).encode())
    print(json.dumps(rounded(found)))


if __name__ == "__main__":
    main()
