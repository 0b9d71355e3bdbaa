"""One training run: multi-task fine-tuning of the encoder (AdamW; Loshchilov & Hutter, 2019)."""
import os
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from batches import UNKNOWN, Encoded, collate, epoch
from encoder import Rubric, load_pretrained

HEADS_SEED = 1
WEIGHTS = {"verdict": 1.0, "criteria": 0.5, "move": 0.5, "behaviour": 0.3, "subtype": 0.15}


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; an ablation changes one field."""

    layers: int = 3
    epochs: int = 5
    batch: int = 24
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    # AnnoMI's turns in an epoch, for each typed response.
    spoken_share: float = 0.25
    # Whether new responses are made of labelled ones (augment.py).
    made: int = 1
    # Whether the two of a contrast pair stand in one batch.
    together: int = 1
    # Whether the network sees the therapist's direction.
    direction: int = 1
    criteria: int = 1
    moves: int = 1
    behaviours: int = 1
    # Whether AnnoMI's codes suggest a verdict too.
    spoken_verdicts: int = 1
    # The share of the teachers' opinion in what a student learns of the verdict, criteria and moves (distil.py).
    taught: float = 0.0
    # Fewer responses, by whole moments, for ablations and the learning curve; 0: all.
    most: int = 0
    seed: int = 1

    def tasks(self):
        heads = {"verdict": 1, "criteria": self.criteria, "move": self.moves, "behaviour": self.behaviours, "subtype": self.behaviours}
        return {name: WEIGHTS[name] for name, used in heads.items() if used}


def losses(out, batch, tasks):
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
    return {name: loss for name, loss in found.items() if name in tasks}


SOFTER = 2.0


def taught_losses(out, batch, teachers, tasks):
    """How far the student is from its teachers' mean opinion, on all that they were shown (Hinton et al., 2015)."""
    far = lambda name, keep: -(teachers[name][keep] * (out[name][keep] / SOFTER).log_softmax(-1)).sum(-1).mean() * SOFTER
    typed = batch["behaviour"][:, 0].isnan()
    found = {}
    if typed.any():
        found["verdict"] = far("verdict", typed)
        found["move"] = far("move", (batch["response"] == 1) & typed[:, None])
        found["criteria"] = F.binary_cross_entropy_with_logits(out["criteria"][typed], teachers["criteria"][typed])
    return {name: loss for name, loss in found.items() if name in tasks}


@torch.no_grad()
def opinion(teachers, batch):
    """The teachers' mean probabilities."""
    with torch.autocast("cpu", torch.bfloat16):
        outs = [forward(teacher, batch) for teacher in teachers]
    mean = lambda name, squash: torch.stack([squash(out[name].float()) for out in outs]).mean(0)
    soft = lambda z: (z / SOFTER).softmax(-1)
    return {"verdict": mean("verdict", soft), "move": mean("move", soft), "criteria": mean("criteria", torch.sigmoid)}


def rate_at(step, steps, warmup):
    """Linear warmup, then linear decay."""
    warm = max(1, int(warmup * steps))
    return min((step + 1) / warm, (steps - step) / (steps - warm))


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


def train(tokenizer, old_ids, typed, spoken, recipe, checkpoint, log=print, teachers=()):
    """Trains, or goes on from the checkpoint of the last whole epoch; returns the model in eval mode.

    Every epoch draws its dropout from a seed of its own, so a resumed run ends in the same weights.
    """
    # The heads of every seed start alike, so that networks of several seeds can be averaged.
    torch.manual_seed(HEADS_SEED)
    model = Rubric(len(tokenizer.vocabulary), recipe.layers)
    load_pretrained(model, old_ids)
    # Frozen: words that training never meets keep their place among the others.
    model.embeddings.requires_grad_(False)
    plan = [epoch(tokenizer, typed, spoken, e, recipe) for e in range(recipe.epochs)]
    steps, tasks = sum(map(len, plan)), recipe.tasks()
    optimizer = torch.optim.AdamW(groups(model, recipe), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: rate_at(s, steps, recipe.warmup))
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
            parts = losses({k: v.float() for k, v in out.items()}, batch, tasks)
            loss = sum(tasks[k] * v for k, v in parts.items())
            if teachers:
                learnt = taught_losses({k: v.float() for k, v in out.items()}, batch, opinion(teachers, batch), tasks)
                loss = (1 - recipe.taught) * loss + recipe.taught * sum(tasks[k] * v for k, v in learnt.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
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
