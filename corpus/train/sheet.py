"""Sheets: the compact form in which the corpus is written, and how a sheet joins it.

usage: sheet.py check SHEET            names every fault, and what the sheet gives away by its form
       sheet.py add SHEET... [--batch B]   appends checked sheets to the corpus (the author is the file's name)

A moment, then its replies, one a line:

    @ resistance | panic, lift exposure | college counselling, Leeds
    D: the therapist's direction
    C: (what the client does) what the client says
    S 21122 image ~a | <cr>a move, up to the next mark. <oq>The next move?

`@` kind (resistance, second, follows, ambivalent, session) | topic | setting. A reply: verdict (S M D U, or N
on a moment that is no resistance), criteria (understanding curiosity autonomy nondirective fit), tags,
contrast pairs (`~a` on both), text with a mark before every move.
"""
import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean

import labels
from near import near_duplicates
from paths import CORPUS, write_atomically

MARKS = {
    "cr": "complex_reflection", "sr": "simple_reflection", "oq": "open_question", "af": "affirm",
    "ea": "emphasize_autonomy", "sc": "seek_collaboration", "an": "answer", "cq": "closed_question",
    "gi": "give_information", "pp": "persuade_with_permission", "hl": "hold_limit", "ot": "other",
    "pe": "persuade", "co": "confront", "re": "reassure",
}
VERDICTS = {"S": "supportive", "M": "mixed", "D": "directive", "U": "unscorable", "N": None}
KINDS = ("resistance", "second", "follows", "ambivalent", "session")
REPLY = re.compile(r"^([SMDUN]) ([012]{5}|-----) (\S+)((?: ?~[a-z])*) \|(.*)$")
MARK = re.compile(rf"<({'|'.join(MARKS)})>")
UNJUDGED = {"follows", "ambivalent"}
BARE = {"closed_question", "hold_limit", "persuade_with_permission"}
SMALL_EDIT = 0.3


def incoherence(verdict, criteria, codes, kind):
    """How the labels of a reply contradict RUBRIC.md, "How the labels hang together"; empty if they do not."""
    supports, pushes = bool(codes & set(labels.SUPPORTIVE)), bool(codes & set(labels.DIRECTIVE))
    found = []
    if kind != "session" and (verdict is None) != (kind in UNJUDGED):
        found.append("N belongs to moments that are no resistance, and only there")
    if verdict == "unscorable":
        if codes or criteria and any(criteria.values()):
            found.append("unscorable: no moves, and every criterion 0")
        return found
    if not codes:
        found.append("no move is marked")
    if verdict == "supportive" and (pushes or not supports and not codes & BARE):
        found.append("supportive: a supportive move and no directive one")
    if verdict == "mixed" and not (supports and pushes):
        found.append("mixed: a supportive and a directive move")
    if verdict == "directive" and supports:
        found.append("directive: no supportive move")
    if criteria and verdict == "supportive" and criteria["nondirective"] != 2:
        found.append("supportive: nondirective 2")
    if criteria and verdict in ("mixed", "directive") and criteria["nondirective"] == 2:
        found.append("a push: nondirective 0 or 1")
    return found


def read_reply(line, kind):
    """A reply line as a record, and its faults."""
    matched = REPLY.match(line)
    if not matched:
        return None, [f"no reply line: {line[:60]}"]
    letter, points, tags, pairs, text = matched.groups()
    parts = MARK.split(text.strip())
    response = (parts[0] + "".join(parts[2::2])).strip()
    moves = [{"text": words.strip(), "code": MARKS[mark]} for mark, words in zip(parts[1::2], parts[2::2])]
    verdict = VERDICTS[letter]
    criteria = None if points == "-----" else dict(zip(labels.CRITERIA, map(int, points)))
    faults = incoherence(verdict, criteria, {m["code"] for m in moves}, kind)
    if criteria is None and verdict is not None and kind != "session":
        faults.append("criteria are missing")
    if verdict != "unscorable" and parts[0].strip():
        faults.append("words before the first mark")
    if not response or any(not m["text"] for m in moves):
        faults.append("an empty reply or move")
    if re.search(r"<[a-z]{2}>", response):
        faults.append("an unknown mark")
    return {
        "response": response, "verdict": verdict, "moves": moves, "criteria": criteria,
        "tags": tags.split(","), "pairs": re.findall("~[a-z]", pairs),
    }, faults


def pair_faults(replies):
    by_pair = defaultdict(list)
    for reply in replies:
        for pair in reply["pairs"]:
            by_pair[pair].append(reply)
    for pair, both in by_pair.items():
        if len(both) != 2:
            yield f"pair {pair} has {len(both)} replies"
            continue
        first, second = (r["response"].lower().split() for r in both)
        if both[0]["verdict"] == both[1]["verdict"]:
            yield f"pair {pair} has one verdict"
        elif SequenceMatcher(None, first, second, autojunk=False).ratio() < SMALL_EDIT:
            yield f"pair {pair} is no small edit"


def read(path):
    """The moments of a sheet, each with its replies, and its faults with their lines."""
    moments, faults = [], []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        if line.startswith("@"):
            parts = [p.strip() for p in line[1:].split("|")]
            if len(parts) != 3 or parts[0] not in KINDS:
                faults.append(f"{place}: not '@ kind | topic | setting'")
                parts = (parts + ["", "", ""])[:3]
            moments.append({"kind": parts[0], "topic": parts[1], "setting": parts[2], "direction": "", "client": "", "replies": [], "place": place})
        elif not moments:
            faults.append(f"{place}: no moment has begun")
        elif line.startswith(("D:", "C:")):
            moments[-1]["direction" if line[0] == "D" else "client"] = line[2:].strip()
        else:
            reply, wrong = read_reply(line, moments[-1]["kind"])
            faults += [f"{place}: {what}" for what in wrong]
            if reply:
                moments[-1]["replies"].append(reply)
    for moment in moments:
        if not moment["client"] or not moment["direction"]:
            faults.append(f"{moment['place']}: no direction or no client")
        faults += [f"{moment['place']}: {what}" for what in pair_faults(moment["replies"])]
    return moments, faults


def report(moments):
    """What a sheet holds, and what length, case and a question mark give away of the verdict."""
    replies = [r for m in moments for r in m["replies"]]
    print(f"{len(moments)} moments {dict(Counter(m['kind'] for m in moments))}, {len(replies)} replies, {sum(len(r['pairs']) for r in replies) // 2} pairs")
    for verdict in labels.VERDICTS:
        texts = [r["response"] for r in replies if r["verdict"] == verdict]
        if texts:
            words, asks, low = mean(len(t.split()) for t in texts), mean(t.endswith("?") for t in texts), mean(t == t.lower() for t in texts)
            print(f"  {verdict:<11} {len(texts):>4}  words {words:.1f}  ends in ? {asks:.2f}  lower case {low:.2f}")
    print("  tags", dict(Counter(t for r in replies for t in r["tags"]).most_common(60)))


def split_of(moment):
    """The split of a moment, by its number alone: 12 in 100 test, 8 tune, the rest train."""
    place = hashlib.sha256(f"rollwith split {moment}".encode()).digest()[0] * 100 // 256
    return "test" if place < 12 else "tune" if place < 20 else "train"


def records(moments, author, batch, first_moment):
    for number, moment in enumerate(moments, first_moment):
        # In an order that has nothing to do with that in which they were written: authors begin with the good ones.
        mixed = sorted(moment["replies"], key=lambda r: hashlib.sha256(r["response"].encode()).digest())
        for at, reply in enumerate(mixed, 1):
            yield {
                "id": f"{number}-{at}", "moment": number, "kind": moment["kind"], "topic": moment["topic"], "setting": moment["setting"],
                "direction": moment["direction"], "client": moment["client"], **reply, "author": author, "batch": batch, "split": split_of(number),
            }


def stored():
    if not CORPUS.exists():
        return []
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line]


def with_whole_pairs(rows):
    """The rows, and of their pairs those of which both replies are left."""
    left = Counter((r["moment"], p) for r in rows for p in r["pairs"])
    for r in rows:
        r["pairs"] = [p for p in r["pairs"] if left[r["moment"], p] == 2]
    return rows


def without_near_duplicates(rows):
    """Rows less the replies that nearly repeat another of another moment, and how many went: those of tune and
    test where the twin is in another split, else the later one."""
    rank = {"train": 0, "tune": 1, "test": 2}
    gone = set()
    for a, b in near_duplicates([(r["moment"], r["response"]) for r in rows]):
        gone.add(max((rank[rows[i]["split"]], i) for i in (a, b))[1])
    return with_whole_pairs([r for i, r in enumerate(rows) if i not in gone]), len(gone)


def add(paths, batch):
    rows = stored()
    for path in paths:
        moments, faults = read(path)
        if faults:
            sys.exit("\n".join(faults))
        first = 1 + max((r["moment"] for r in rows), default=0)
        rows += records(moments, Path(path).stem, batch, first)
    rows, gone = without_near_duplicates(rows)
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    write_atomically(CORPUS, text.encode("utf-8"))
    print(f"{len(rows)} responses to {len({r['moment'] for r in rows})} moments; {gone} near-duplicates left out")
    print(dict(Counter(r["split"] for r in rows)))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("check", "add"))
    options.add_argument("sheets", nargs="+")
    options.add_argument("--batch", default="sheets")
    given = options.parse_args()
    if given.what == "add":
        add(given.sheets, given.batch)
        return
    for path in given.sheets:
        moments, faults = read(path)
        print("\n".join([*faults, f"{path}: {len(faults)} faults"]))
        report(moments)


if __name__ == "__main__":
    main()
