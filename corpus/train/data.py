"""What the network learns from: the corpus, and AnnoMI's therapist utterances in the same form.

AnnoMI: Wu et al., Future Internet 15(3):110, 2023. Its text is read, never copied into the corpus.
"""
import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

import labels
from paths import CORPUS, DATA


@dataclass
class Example:
    """One response with what is known of it; None where a label is missing."""

    id: str
    group: str
    direction: str
    client: str
    response: str
    verdict: list | None = None
    criteria: list | None = None
    codes: list | None = None
    behaviour: list | None = None
    subtype: int | None = None
    tags: list = field(default_factory=list)


def one_hot(index, size):
    return [float(i == index) for i in range(size)]


def codes_by_char(response, moves):
    """The move label of every character of the response (0 where there is none)."""
    codes, at = [0] * len(response), 0
    for move in moves:
        start = response.find(move["text"], at)
        if start < 0:
            raise ValueError(f"no {move['text']!r} in {response!r}")
        at = start + len(move["text"])
        codes[start:at] = [labels.MOVES.index(move["code"])] * len(move["text"])
    return codes


def corpus():
    """The typed responses; folds go by moment."""
    found = []
    with open(CORPUS, encoding="utf-8") as lines:
        for x in map(json.loads, lines):
            found.append(Example(
                id=x["id"], group=f"m{x['moment']}", direction=x["direction"], client=x["client"], response=x["response"],
                verdict=one_hot(labels.VERDICTS.index(x["verdict"]), 4),
                criteria=[x["criteria"][c] for c in labels.CRITERIA] if x["criteria"] else None,
                codes=codes_by_char(x["response"], x["moves"]) if x["moves"] is not None else None,
                tags=x["tags"],
            ))
    return found


def behaviour_of(rows):
    """The share of annotators for each class, and the subtype of the majority (None on n/a)."""
    names = {"reflection": "reflection", "question": "question", "therapist_input": "input", "other": "other"}
    votes = Counter(names[r["main_therapist_behaviour"]] for r in rows)
    major = max(labels.BEHAVIOURS, key=lambda b: votes[b])
    column = {"reflection": "reflection_subtype", "question": "question_subtype", "input": "therapist_input_subtype"}.get(major)
    if column is None:
        subtype = "other"
    else:
        kinds = Counter(r[column] for r in rows if names[r["main_therapist_behaviour"]] == major)
        subtype = kinds.most_common(1)[0][0]
        subtype = f"{subtype}_{major}" if major != "input" and subtype != "n/a" else subtype
    share = [votes[b] / len(rows) for b in labels.BEHAVIOURS]
    return share, labels.SUBTYPES.index(subtype) if subtype in labels.SUBTYPES else None


STANCES = {
    "simple_reflection": [0.90, 0.04, 0.03, 0.03], "complex_reflection": [0.90, 0.04, 0.03, 0.03],
    "open_question": [0.85, 0.03, 0.10, 0.02], "advice": [0.10, 0.15, 0.75, 0.0],
    "negotiation": [0.10, 0.15, 0.75, 0.0], "options": [0.10, 0.15, 0.75, 0.0],
}
STANCE_WEIGHT = 0.5


def with_stance(example):
    """The verdict that a human code of real speech suggests, as soft targets of half weight; else unchanged.

    Without it the stance, learnt from typed replies alone, does not carry over to real speech.
    """
    share = STANCES.get(labels.SUBTYPES[example.subtype]) if example.subtype is not None else None
    return replace(example, verdict=[STANCE_WEIGHT * p for p in share]) if share else example


def annomi():
    """Therapist utterances of AnnoMI dev: the client's turn before, and the therapist's before that."""
    talks = defaultdict(lambda: defaultdict(list))
    with open(DATA / "annomi/dev.csv", encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            talks[row["transcript_id"]][int(row["utterance_id"])].append(row)
    found = []
    for talk, utterances in talks.items():
        direction = client = therapist = ""
        before = None
        for number in sorted(utterances):
            rows = utterances[number]
            text, who = rows[0]["utterance_text"], rows[0]["interlocutor"]
            if who == "client":
                client = f"{client} {text}" if before == "client" else text
                direction = therapist
            else:
                share, subtype = behaviour_of(rows)
                found.append(Example(
                    id=f"a{talk}-{number}", group=rows[0]["video_url"], direction=direction, client=client,
                    response=text, behaviour=share, subtype=subtype,
                ))
                therapist = text
            before = who
    return found
