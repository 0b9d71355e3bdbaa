"""Scores one response the way the program does: window by window, never padded, heads over the joint mean."""
import torch

from tokens import SEP


@torch.no_grad()
def score(model, tokenizer, direction, client, response):
    """Pieces, windows, and the logits of every head; the move logits are one row a piece."""
    pieces = tokenizer.pieces(response)
    windows = tokenizer.windows(pieces)
    context = tokenizer.context(direction, client)
    hidden = []
    for window in windows:
        ids = torch.tensor([context + [p.id for p in window] + [SEP]])
        segments = torch.zeros_like(ids)
        segments[0, len(context):] = 1
        states = model.hidden(ids, segments, torch.ones_like(ids))
        hidden.append(states[0, len(context):-1])
    states = torch.cat(hidden)
    logits = model.heads(states.mean(0), states)
    return {"context": context, "pieces": pieces, "windows": [len(w) for w in windows]} | logits
