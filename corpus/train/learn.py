"""One training run: multi-task fine-tuning of the encoder (AdamW; Loshchilov & Hutter, 2019)."""
import copy
import os
import time
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F

import thin
from batches import UNKNOWN, Encoded, collate, epoch
from encoder import Rubric, load_pretrained

HEADS_SEED = 1
SOFTER = 2.0
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
    # The share of responses that get slips of the finger in an epoch.
    slips: float = 0.0
    # How many times an ordinary session turn stands in an epoch.
    sessions: int = 1
    # Whether the two of a contrast pair stand in one batch.
    together: int = 1
    # Whether the network sees the therapist's direction.
    direction: int = 1
    criteria: int = 1
    moves: int = 1
    behaviours: int = 1
    # Whether AnnoMI's codes suggest a verdict too.
    spoken_verdicts: int = 1
    # How much more those count than data.stance gives them.
    spoken_weight: float = 1.0
    # Fewer responses, by whole moments, for ablations and the learning curve; 0: all.
    most: int = 0
    # Units left in the feed-forward part of every layer when the network is thinned; 0: all of them.
    width: int = 0
    thin_epochs: int = 3
    thin_rate: float = 1e-4
    seed: int = 1
    # The fifth of AnnoMI's videos that is left out; -1: by the seed.
    fifth: int = -1

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


def train(tokenizer, old_ids, typed, spoken, recipe, checkpoint, log=print, whole=None):
    """Trains a network, and thins it where the recipe says so; returns it in eval mode. Where the tensors of a
    whole network are given, that one is thinned.

    Goes on from the checkpoint of the last whole epoch. Every epoch draws its dropout from a seed of its own,
    so a resumed run ends in the same weights.
    """
    # The heads of every seed start alike, so that networks of several seeds can be averaged (train.py).
    torch.manual_seed(HEADS_SEED)
    model = Rubric(len(tokenizer.vocabulary), recipe.layers)
    load_pretrained(model, old_ids)
    if whole is None:
        fit(model, [epoch(tokenizer, typed, spoken, e, recipe) for e in range(recipe.epochs)], recipe, checkpoint, log)
    else:
        model.load_state_dict(whole)
    if recipe.width:
        plan = [epoch(tokenizer, typed, spoken, recipe.epochs + e, recipe) for e in range(recipe.thin_epochs)]
        model = thinned(model.eval(), plan, recipe, checkpoint.with_suffix(".thin.pt"), log)
    return model.eval()


def thinned(teacher, plan, recipe, checkpoint, log):
    """A thinner copy of a trained network, trained further on the labels and on what the whole network says."""
    model = copy.deepcopy(teacher)
    loss_of = lambda network, batch: total(losses(forward(network, batch), batch, recipe.tasks()), recipe.tasks())
    thin.cut(model, thin.importance(model, plan[0][:thin.BATCHES], loss_of), recipe.width)
    slower = replace(recipe, encoder_rate=recipe.thin_rate, head_rate=recipe.thin_rate)
    fit(model, plan, slower, checkpoint, log, teacher)
    return model


def total(parts, tasks):
    return sum(tasks[name] * loss for name, loss in parts.items())


def fit(model, plan, recipe, checkpoint, log, teacher=None):
    """Trains on the batches of every epoch in the plan, or on what of it is not yet done."""
    # Frozen: words that training never meets keep their place among the others.
    model.embeddings.requires_grad_(False)
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
            out = {k: v.float() for k, v in out.items()}
            parts = losses(out, batch, tasks)
            loss = total(parts, tasks)
            if teacher:
                loss = (loss + total(apart(out, opinion(teacher, batch), batch, tasks), tasks)) / 2
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


@torch.no_grad()
def opinion(teacher, batch):
    """A trained network's logits for a batch."""
    with torch.autocast("cpu", torch.bfloat16):
        return {k: v.float() for k, v in forward(teacher, batch).items()}


def apart(out, taught, batch, tasks):
    """How far a network is from its teacher on every head, at a softer temperature (Hinton et al., 2015)."""
    far = lambda name, keep: -((taught[name][keep] / SOFTER).softmax(-1) * (out[name][keep] / SOFTER).log_softmax(-1)).sum(-1).mean() * SOFTER
    every = torch.ones(len(batch["ids"]), dtype=torch.bool)
    found = {name: far(name, every) for name in ("verdict", "behaviour", "subtype")}
    found["move"] = far("move", batch["response"] == 1)
    found["criteria"] = F.binary_cross_entropy_with_logits(out["criteria"], taught["criteria"].sigmoid())
    return {name: loss for name, loss in found.items() if name in tasks}


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
