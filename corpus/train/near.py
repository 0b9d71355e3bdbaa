"""Near-duplicates: texts that share most of their runs of five characters (Jaccard)."""
import re
from collections import Counter, defaultdict

LEAST = 0.6
SHORTEST = 15
COMMON = 400


def grams(text):
    plain = " ".join(re.sub(r"[^a-z0-9 ]", "", text.lower()).split())
    return {plain[i:i + 5] for i in range(len(plain) - 4)}


def near_duplicates(rows, least=LEAST):
    """Pairs of indices of rows (group, text) in different groups whose texts are near-duplicates.

    Texts of fewer than SHORTEST runs ("No.", "hmm") are not compared: they may well recur.
    """
    of_gram, all_grams = defaultdict(list), []
    for i, (group, text) in enumerate(rows):
        own = grams(text)
        all_grams.append(own)
        if len(own) < SHORTEST:
            continue
        shared = Counter(j for g in own for j in of_gram[g])
        for j, n in shared.items():
            if rows[j][0] != group and n >= least * (len(own) + len(all_grams[j]) - n):
                yield j, i
        for g in own:
            if len(of_gram[g]) < COMMON:
                of_gram[g].append(i)
