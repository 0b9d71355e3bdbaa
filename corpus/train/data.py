"""What the network learns from: the corpus, and AnnoMI's therapist utterances in the same form.

AnnoMI: Wu et al., Future Internet 15(3):110, 2023. Its text is read, never copied into the corpus.
"""
import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

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
    kind: str = "resistance"
    split: str = "train"
    pairs: list = field(default_factory=list)
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
    """The typed responses; a group is a moment, and every moment lies in one split (sheet.split_of)."""
    found = []
    with open(CORPUS, encoding="utf-8") as lines:
        for x in map(json.loads, lines):
            found.append(Example(
                id=x["id"], group=f"m{x['moment']}", direction=x["direction"], client=x["client"], response=x["response"],
                kind=x["kind"], split=x["split"], pairs=[f"m{x['moment']}{p}" for p in x["pairs"]],
                verdict=one_hot(labels.VERDICTS.index(x["verdict"]), 4) if x["verdict"] else None,
                criteria=[x["criteria"][c] for c in labels.CRITERIA] if x["criteria"] else None,
                codes=codes_by_char(x["response"], x["moves"]) if x["moves"] is not None else None,
                tags=x["tags"],
            ))
    return found


def behaviour_of(rows):
    """The share of annotators for each class, and the subtype of the majority (None on n/a)."""
    names = {"reflection": "reflection", "question": "question", "therapist_input": "input", "other": "other"}
    votes = Counter(names[r["main_therapist_behaviour"]] for r in rows)
    major = votes.most_common(1)[0][0]
    column = {"reflection": "reflection_subtype", "question": "question_subtype", "input": "therapist_input_subtype"}.get(major)
    if column is None:
        subtype = "other"
    else:
        kinds = Counter(r[column] for r in rows if names[r["main_therapist_behaviour"]] == major)
        subtype = kinds.most_common(1)[0][0]
        subtype = f"{subtype}_{major}" if major != "input" and subtype != "n/a" else subtype
    share = [votes[b] / len(rows) for b in labels.BEHAVIOURS]
    return share, labels.SUBTYPES.index(subtype) if subtype in labels.SUBTYPES else None


# What a human code of real speech suggests of the verdict, as soft targets. A turn right after sustain talk
# is nearest to a moment of resistance and counts more.
STANCES = {
    "simple_reflection": [0.90, 0.04, 0.03, 0.03], "complex_reflection": [0.90, 0.04, 0.03, 0.03],
    "open_question": [0.87, 0.03, 0.08, 0.02], "closed_question": [0.55, 0.05, 0.35, 0.05],
    "advice": [0.05, 0.10, 0.85, 0.0], "negotiation": [0.08, 0.12, 0.80, 0.0], "options": [0.10, 0.12, 0.78, 0.0],
    "information": [0.20, 0.10, 0.65, 0.05], "other": [0.60, 0.03, 0.07, 0.30],
}
WEIGHTS = {"closed_question": 0.2, "information": 0.2, "other": 0.2}
USUAL_WEIGHT, AFTER_SUSTAIN_TALK = 0.5, 0.8


def stance(subtype, after_sustain):
    """Soft verdict targets that sum to the weight of the turn; None where the code says nothing."""
    name = labels.SUBTYPES[subtype] if subtype is not None else None
    if name not in STANCES:
        return None
    weight = WEIGHTS.get(name, AFTER_SUSTAIN_TALK if after_sustain else USUAL_WEIGHT)
    return [weight * p for p in STANCES[name]]


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
        sustain = False
        for number in sorted(utterances):
            rows = utterances[number]
            text, who = rows[0]["utterance_text"], rows[0]["interlocutor"]
            if who == "client":
                client = f"{client} {text}" if before == "client" else text
                direction = therapist
                sustain = Counter(r["client_talk_type"] for r in rows).most_common(1)[0][0] == "sustain"
            else:
                share, subtype = behaviour_of(rows)
                found.append(Example(
                    id=f"a{talk}-{number}", group=rows[0]["video_url"], direction=direction, client=client,
                    response=text, behaviour=share, subtype=subtype, kind="spoken", verdict=stance(subtype, sustain and before == "client"),
                ))
                therapist = text
            before = who
    return found
