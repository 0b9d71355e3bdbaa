"""Every label that the network knows, in the order of its logits (RUBRIC.md; AnnoMI: Wu et al., 2023)."""

VERDICTS = ["supportive", "mixed", "directive", "unscorable"]
SUPPORTIVE = ["complex_reflection", "simple_reflection", "open_question", "affirm", "emphasize_autonomy", "seek_collaboration", "answer"]
NEUTRAL = ["closed_question", "give_information", "persuade_with_permission", "hold_limit", "other"]
DIRECTIVE = ["persuade", "confront", "reassure"]
MOVES = ["none", *SUPPORTIVE, *NEUTRAL, *DIRECTIVE]
CRITERIA = ["understanding", "curiosity", "autonomy", "nondirective", "fit"]
BEHAVIOURS = ["reflection", "question", "input", "other"]
SUBTYPES = [
    "simple_reflection", "complex_reflection", "open_question", "closed_question",
    "information", "advice", "negotiation", "options", "other",
]
HEAD_SIZES = {
    "verdict": len(VERDICTS), "criteria": 2 * len(CRITERIA), "move": len(MOVES),
    "behaviour": len(BEHAVIOURS), "subtype": len(SUBTYPES),
}
