"""New typed responses out of labelled ones, by rules that keep the rubric's verdict true.

They break what the set gives away by its form: mixed replies are the longest, and a wrong client is rare.
"""
import re
from dataclasses import replace

from labels import DIRECTIVE, MOVES, SUPPORTIVE, VERDICTS
from tokens import is_punctuation

SUPPORTIVE_CODES = {MOVES.index(c) for c in SUPPORTIVE}
DIRECTIVE_CODES = {MOVES.index(c) for c in DIRECTIVE}
VERDICT = {name: [float(name == other) for other in VERDICTS] for name in VERDICTS}

LEAST_PART = 12
DASHES = "-\u2013\u2014\u2026/"


def without_punctuation(response, codes):
    """The response as a hurried typist leaves it: no punctuation, a gap for a dash; the codes keep their places."""
    response = "".join(" " if c in DASHES else c for c in response)
    kept = [i for i, c in enumerate(response) if not is_punctuation(c)]
    if not any(not response[i].isspace() for i in kept):
        return response, codes
    return "".join(response[i] for i in kept), codes and [codes[i] for i in kept]


def with_slips(response, codes, rng):
    """The response with one or two slips of the finger inside longer words; the codes keep their places."""
    letters, kept = list(response), list(range(len(response)))
    for _ in range(rng.choice([1, 1, 2])):
        inside = [i for i in range(1, len(kept) - 2) if all(letters[j].isalpha() for j in range(i - 1, i + 3))]
        if not inside:
            break
        at = rng.choice(inside)
        slip = rng.choice(["swap", "drop", "double"])
        if slip == "swap":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif slip == "drop":
            del letters[at], kept[at]
        else:
            letters.insert(at, letters[at])
            kept.insert(at, kept[at])
    return "".join(letters), codes and [codes[i] for i in kept]


def wrong_client(example, other):
    """A reply that names what matters to its own client, said to another: unscorable."""
    return replace(
        example, direction=other.direction, client=other.client, verdict=VERDICT["unscorable"],
        criteria=[0] * 5, codes=[0] * len(example.response),
    )


def copied(example):
    """The client's words copied back whole: unscorable. What was done without words is left out."""
    words = said(example)
    return replace(example, response=words, verdict=VERDICT["unscorable"], criteria=[0] * 5, codes=[0] * len(words))


def said(example):
    return re.sub(r"^\([^)]*\)\s*", "", example.client)


WORD = re.compile(r"[a-z]{4,}")


def shares_words(example, other):
    """Whether the reply has a longer word, up to its ending, in common with the other's client or direction."""
    stems = lambda text: {word[:5] for word in WORD.findall(text.lower())} - COMMON
    return bool(stems(example.response) & stems(f"{other.client} {other.direction}"))


# Longer words that any two texts share.
COMMON = {w[:5] for w in (
    "about after again been before being could does doing done down each even every from going have having here into just know like "
    "make maybe more most much need never nothing only other over really said same should some something still such take talk tell "
    "than that their them then there these they thing think this those time told very want wanted week well were what when where "
    "which while will with without would your yours yourself"
).split()}


def is_about_its_client(example):
    return (
        example.kind == "resistance" and example.criteria is not None and example.verdict == VERDICT["supportive"]
        and example.criteria[4] == 2 and len(example.response.split()) >= 6 and shares_words(example, example)
    )


def part(example, side):
    """Of a mixed reply only the supportive moves, or only the directive ones (criteria unknown).

    None where these do not stand together or are too short.
    """
    wanted = SUPPORTIVE_CODES if side == "supportive" else DIRECTIVE_CODES
    kept = [i for i, code in enumerate(example.codes) if code in wanted]
    if len(kept) < LEAST_PART or not set(example.codes[kept[0]:kept[-1] + 1]) <= wanted | {0}:
        return None
    span = slice(kept[0], kept[-1] + 1)
    return replace(example, response=example.response[span], codes=example.codes[span], criteria=None, verdict=VERDICT[side])


def joined(first, second):
    """Two replies to one moment, one after the other: mixed if one supports and one pushes, else as both."""
    verdict = first.verdict if first.verdict == second.verdict else VERDICT["mixed"]
    gap = " " if is_punctuation(first.response.rstrip()[-1]) else ". "
    highest = [max(pair) for pair in zip(first.criteria, second.criteria)]
    lowest = [min(pair) for pair in zip(first.criteria, second.criteria)]
    pushes = verdict != VERDICT["supportive"]
    criteria = highest[:2] + (lowest if pushes else highest)[2:4] + highest[4:]
    return replace(
        first, response=first.response.rstrip() + gap + second.response, verdict=verdict, criteria=criteria,
        codes=first.codes[:len(first.response.rstrip())] + [0] * len(gap) + second.codes,
    )


def can_be_joined(example):
    """Supportive with something of this client in it, or directive, and not long."""
    if example.criteria is None or example.codes is None or len(example.response.split()) > 40:
        return False
    touches_client = example.criteria[0] >= 1 and example.criteria[4] >= 1
    return example.verdict == VERDICT["directive"] or example.verdict == VERDICT["supportive"] and touches_client


# Of each kind of new response, so many for each typed one in an epoch.
SHARES = {"wrong_client": 0.06, "copied": 0.01, "parts": 0.05, "joined": 0.04}


def new_ones(typed, rng):
    """About so many of each kind, drawn anew for every epoch."""
    typed = [x for x in typed if x.kind == "resistance" and x.criteria is not None]
    wanted = {kind: int(share * len(typed)) for kind, share in SHARES.items()}
    found = []
    about = [x for x in typed if is_about_its_client(x)]
    for x in rng.sample(about, min(wanted["wrong_client"], len(about))):
        other = rng.choice(typed)
        if other.group != x.group and not shares_words(x, other):
            found.append(wrong_client(x, other))
    spoken = [x for x in typed if said(x)]
    found += [copied(x) for x in rng.sample(spoken, min(wanted["copied"], len(spoken)))]
    mixed = [x for x in typed if x.verdict == VERDICT["mixed"] and x.codes is not None]
    for x in rng.sample(mixed, min(wanted["parts"], len(mixed))):
        piece = part(x, rng.choice(["supportive", "directive"]))
        found += [piece] if piece else []
    by_moment = {}
    for x in filter(can_be_joined, typed):
        by_moment.setdefault(x.group, []).append(x)
    several = [group for group in sorted(by_moment) if len(by_moment[group]) > 1]
    for group in rng.choices(several, k=wanted["joined"] if several else 0):
        found.append(joined(*rng.sample(by_moment[group], 2)))
    return [replace(x, pairs=[]) for x in found]
