"""One training run: multi-task fine-tuning of the encoder (AdamW; Loshchilov & Hutter, 2019)."""
import os
import time
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F

from batches import UNKNOWN, Encoded, collate, epoch
from data import with_stance
from encoder import Rubric, load_pretrained

WEIGHTS = {"verdict": 1.0, "criteria": 0.5, "move": 0.5, "behaviour": 0.5, "subtype": 0.25}


@dataclass(frozen=True)
class Recipe:
    epochs: int = 9
    spoken_epochs: int = 2
    spoken_rate: float = 0.3
    coded_share: float = 0.25
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    repaired: int = 24
    parts: int = 80
    pairs: int = 96
    copies: int = 12
    spoken_share: float = 0.25
    seed: int = 1


def losses(out, batch):
    """The mean loss of every task over what is labelled in this batch."""
    found = {}
    for name in ("verdict", "behaviour"):
        known = ~batch[name][:, 0].isnan()
        if known.any():
            found[name] = F.cross_entropy(out[name][known], batch[name][known])
    known = ~batch["criteria"][:, 0].isnan()
    if known.any():
        levels = batch["criteria"][known]
        reached = torch.stack([levels >= 1, levels >= 2], -1).flatten(1).float()
        found["criteria"] = F.binary_cross_entropy_with_logits(out["criteria"][known], reached)
    for name in ("move", "subtype"):
        if (batch[name] != UNKNOWN).any():
            found[name] = F.cross_entropy(out[name].flatten(0, -2), batch[name].flatten(), ignore_index=UNKNOWN)
    return found


def rate_at(step, first, rest, recipe):
    """Warmup and linear decay over the first epochs, then a lower decay over those with spoken verdicts."""
    if step >= first:
        return recipe.spoken_rate * max(0.0, (first + rest - step) / rest)
    warm = max(1, int(recipe.warmup * first))
    return min((step + 1) / warm, (first - step) / (first - warm))


def forward(model, batch):
    return model(batch["ids"], batch["segments"], batch["mask"], batch["response"])


def groups(model, recipe):
    """Head and encoder rates; no weight decay on biases and norms."""
    parts = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        rate = recipe.head_rate if name.startswith("head.") else recipe.encoder_rate
        parts.setdefault((rate, 0.01 if p.dim() > 1 else 0.0), []).append(p)
    return [{"params": ps, "lr": rate, "weight_decay": decay} for (rate, decay), ps in parts.items()]


def train(tokenizer, old_ids, typed, spoken, recipe, checkpoint, log=print):
    """Trains, or goes on from the checkpoint of the last whole epoch; returns the model in eval mode."""
    torch.manual_seed(recipe.seed)
    model = Rubric(len(tokenizer.vocabulary))
    load_pretrained(model, old_ids)
    # Frozen: words that training never meets keep their place among the others.
    model.embeddings.requires_grad_(False)
    coded = [with_stance(x) for x in spoken]
    plan = [epoch(tokenizer, typed, spoken, e, recipe) for e in range(recipe.epochs)]
    later = range(recipe.epochs, recipe.epochs + recipe.spoken_epochs)
    plan += [epoch(tokenizer, typed, coded, e, replace(recipe, spoken_share=recipe.coded_share)) for e in later]
    steps, rest = sum(map(len, plan[:recipe.epochs])), sum(map(len, plan[recipe.epochs:]))
    optimizer = torch.optim.AdamW(groups(model, recipe), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: rate_at(s, steps, rest, recipe))
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for number in range(first, len(plan)):
        started, seen = time.time(), {}
        torch.manual_seed(recipe.seed * 1000 + number)
        model.train()
        for encoded in plan[number]:
            batch = collate(encoded)
            with torch.autocast("cpu", torch.bfloat16):
                out = forward(model, batch)
            parts = losses({k: v.float() for k, v in out.items()}, batch)
            optimizer.zero_grad(set_to_none=True)
            sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for k, v in parts.items():
                seen.setdefault(k, []).append(v.item())
        means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in seen.items())
        log(f"{checkpoint.stem} epoch {number + 1} {time.time() - started:.0f} s {means}")
        save(checkpoint, model, optimizer, schedule, number + 1)
    return model.eval()


def save(path, model, optimizer, schedule, done):
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    last = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "epoch": done}
    torch.save(last, beside)
    os.replace(beside, path)


@torch.no_grad()
def predict(model, tokenizer, examples, size=32):
    """The logits of every head for each example, in order, without augmentation (one window)."""
    encoded = [Encoded(tokenizer, x) for x in examples]
    order = sorted((i for i, e in enumerate(encoded) if e.response), key=lambda i: len(encoded[i]))
    found = [None] * len(encoded)
    for at in range(0, len(order), size):
        rows = order[at:at + size]
        out = forward(model, collate([encoded[i] for i in rows]))
        for j, i in enumerate(rows):
            e = encoded[i]
            found[i] = {k: v[j].numpy() for k, v in out.items() if k != "move"}
            found[i]["move"] = out["move"][j, len(e.context):len(e.context) + len(e.response)].numpy()
            found[i]["move_true"] = e.moves
    return found
