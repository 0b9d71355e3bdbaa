"""Forty plain cases whose label hardly depends on the context, written by hand for the corpus.

Each is said at one moment of the starter set (every fourth), so that folds by moment hold for them too.
Columns: verdict, code of the one move ("" for none), understanding, curiosity, autonomy, nondirective, fit, text.
"""
from labels import CRITERIA

CASES = [
    ("unscorable", "", 0, 0, 0, 0, 0, "lkjh lkjh wwwww"),
    ("unscorable", "", 0, 0, 0, 0, 0, "testing testing 1 2"),
    ("unscorable", "", 0, 0, 0, 0, 0, "hmmmm"),
    ("unscorable", "", 0, 0, 0, 0, 0, "I don't know what to write here."),
    ("unscorable", "", 0, 0, 0, 0, 0, "it sounds like you"),
    ("unscorable", "", 0, 0, 0, 0, 0, "So what you're telling me is that"),
    ("unscorable", "", 0, 0, 0, 0, 0, "What I'm hearing, and correct me if I'm off, is"),
    ("unscorable", "", 0, 0, 0, 0, 0, "I honour your truth and hold it with compassion."),
    ("unscorable", "", 0, 0, 0, 0, 0, "Thank you for bringing that into the room today."),
    ("unscorable", "", 0, 0, 0, 0, 0, "skip this one, tea first"),
    ("unscorable", "", 0, 0, 0, 0, 0, "reflect feeling, then ask. look up the worksheet after"),
    ("unscorable", "", 0, 0, 0, 0, 0, "mm. right."),
    ("unscorable", "", 0, 0, 0, 0, 0, "pass"),
    ("unscorable", "", 0, 0, 0, 0, 0, "Lorem ipsum dolor sit amet."),
    ("supportive", "affirm", 0, 0, 1, 2, 0, "That does sound hard."),
    ("supportive", "affirm", 0, 0, 1, 2, 0, "I'm sorry, that must be tough."),
    ("supportive", "open_question", 0, 2, 1, 2, 1, "What is it about this that you'd least like?"),
    ("supportive", "open_question", 0, 2, 1, 2, 1, "Tell me more about how that is for you?"),
    ("supportive", "open_question", 0, 2, 1, 2, 1, "What was it like when I brought that up?"),
    ("supportive", "emphasize_autonomy", 0, 1, 2, 2, 1, "We don't have to do it. It's up to you."),
    ("supportive", "emphasize_autonomy", 0, 0, 2, 2, 1, "Your no counts here."),
    ("supportive", "seek_collaboration", 0, 1, 2, 2, 1, "I've been pulling you along, haven't I. Sorry about that."),
    ("supportive", "seek_collaboration", 0, 2, 2, 2, 1, "I think I missed you just then. Where did I lose you?"),
    ("supportive", "simple_reflection", 1, 1, 1, 2, 1, "You don't want this."),
    ("directive", "persuade", 0, 0, 0, 0, 0, "Give it one more week before you decide."),
    ("directive", "persuade", 0, 0, 0, 0, 0, "Trust me, this is the part that helps people most."),
    ("directive", "persuade", 0, 0, 0, 0, 0, "But you came here because you wanted things to change."),
    ("directive", "persuade", 0, 0, 0, 0, 0, "I hear you, but I really would like us to have a go now."),
    ("directive", "persuade", 0, 0, 0, 0, 0, "Could we at least do two minutes of it?"),
    ("directive", "persuade", 0, 0, 0, 0, 0, "What's the worst that could happen if you tried?"),
    ("directive", "persuade", 0, 0, 0, 0, 0, "You'll only know once you've had a proper go at it."),
    ("directive", "confront", 0, 0, 0, 0, 0, "You always find a reason not to, don't you?"),
    ("directive", "confront", 0, 0, 0, 0, 0, "If you don't put the work in, nothing will get better."),
    ("directive", "confront", 0, 0, 0, 0, 0, "That's just the avoidance talking."),
    ("directive", "confront", 0, 0, 0, 0, 0, "Well, you're the one paying to sit here."),
    ("directive", "reassure", 0, 0, 0, 1, 0, "It gets easier, honestly."),
    ("directive", "reassure", 0, 0, 0, 1, 0, "Don't be nervous, you'll do brilliantly."),
    ("directive", "reassure", 0, 0, 0, 1, 0, "Everybody feels that way at first and it passes."),
    ("directive", "give_information", 0, 0, 0, 1, 0, "The studies on this are very clear, eight in ten get better."),
    ("directive", "closed_question", 0, 0, 0, 1, 0, "So shall we start?"),
]


def items(starter):
    """The cases as lines of the corpus, each at a moment of the starter set."""
    moments = list({x["moment"]: x for x in starter}.values())[::4]
    return [
        {
            "id": f"p{n:03}", "moment": at["moment"], "topic": at["topic"], "direction": at["direction"], "client": at["statement"],
            "response": text, "verdict": verdict, "moves": [{"text": text, "code": code}] if code else [],
            "criteria": dict(zip(CRITERIA, levels)), "tags": ["plain_case"], "author": "rollwith", "batch": "plain-cases",
        }
        for n, (at, (verdict, code, *levels, text)) in enumerate(zip(moments, CASES, strict=True), 1)
    ]
