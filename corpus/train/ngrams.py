"""The baseline on the same splits: TF-IDF of word 1-3 and character 2-5 grams, logistic regression.

usage: ngrams.py [MOST]     (the response alone; trained on the train split or MOST of it; figures of the test split)
"""
import json
import sys

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import data
import labels
import metrics
from calibrate import rounded
from experiment import fewer


def guesses(seen, new):
    """Verdicts of new responses by what was learnt of the seen ones."""
    makers = [
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    ]
    texts = lambda examples: [x.response for x in examples]
    known = hstack([m.fit_transform(texts(seen)) for m in makers]).tocsr()
    unknown = hstack([m.transform(texts(new)) for m in makers]).tocsr()
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(known, truth(seen))
    return model.predict(unknown)


def truth(examples):
    return np.array([np.argmax(x.verdict) for x in examples])


def main(most=0):
    typed = [x for x in data.corpus() if x.kind == "resistance"]
    seen = fewer([x for x in typed if x.split == "train"], int(most), 1)
    test = [x for x in typed if x.split == "test"]
    guess = guesses(seen, test)
    found = metrics.classes(truth(test), guess, labels.VERDICTS)
    found["directive_as_supportive"] = int(((truth(test) == 2) & (guess == 0)).sum())
    print(json.dumps({"trained_on": len(seen)} | rounded(found)))


if __name__ == "__main__":
    main(*sys.argv[1:])
