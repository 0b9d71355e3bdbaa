"""MiniLM's first layers (Wang et al., 2020; a BERT encoder, Devlin et al., 2019) with the rubric's heads."""
import math

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import labels
from paths import pretrained

HIDDEN, HEADS, INTERMEDIATE, POSITIONS, EPS = 384, 12, 1536, 512, 1e-12


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, x, mask, dropout):
        # No dropout on the attention itself: drawing it costs a fifth of the time on a CPU.
        split = lambda t: t.view(*t.shape[:2], HEADS, HIDDEN // HEADS).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = (q @ k.transpose(-1, -2)) / math.sqrt(HIDDEN // HEADS) + mask
        mixed = (weights.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        return self.norm(x + F.dropout(self.output(mixed), dropout, self.training))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(HIDDEN, width), nn.Linear(width, HIDDEN)

    def forward(self, x):
        return self.down(F.gelu(self.up(x)))


class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.attention, self.ffn, self.norm = Attention(), FeedForward(width), nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, x, mask, dropout):
        x = self.attention(x, mask, dropout)
        return self.norm(x + F.dropout(self.ffn(x), dropout, self.training))


class Embeddings(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.segment = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, ids, segments):
        places = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.word(ids) + self.position(places) + self.segment(segments))


class Rubric(nn.Module):
    """The encoder and one linear head a task; all but the move head read the mean over the response's pieces."""

    def __init__(self, vocabulary, layers, width=INTERMEDIATE, dropout=0.1):
        super().__init__()
        self.dropout = dropout
        self.embeddings = Embeddings(vocabulary)
        self.layer = nn.ModuleList(Layer(width) for _ in range(layers))
        self.head = nn.ModuleDict({name: nn.Linear(HIDDEN, size) for name, size in labels.HEAD_SIZES.items()})

    def hidden(self, ids, segments, mask):
        """mask: 1 for pieces, 0 for padding."""
        x = F.dropout(self.embeddings(ids, segments), self.dropout, self.training)
        blocked = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layer:
            x = layer(x, blocked, self.dropout)
        return x

    def forward(self, ids, segments, mask, response):
        """response: 1 for the response's pieces. Gives the logits of every head by name."""
        x = self.hidden(ids, segments, mask).float()
        weight = response.float()
        mean = (x * weight[:, :, None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)
        return self.heads(mean, x)

    def heads(self, mean, tokens):
        mean = F.dropout(mean, self.dropout, self.training)
        return {name: head(tokens if name == "move" else mean) for name, head in self.head.items()}


def shape_of(state):
    """The layers of a network and the width of their feed-forward part, from its tensors."""
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layer."))
    return layers, len(state["layer.0.ffn.up.bias"])


def load_pretrained(model, original_ids):
    """Copies MiniLM's first layers into the model; original_ids[i] is the old id of piece i."""
    source = load_file(pretrained() / "model.safetensors")
    ours = {
        "embeddings.word.weight": source["embeddings.word_embeddings.weight"][torch.tensor(original_ids)],
        "embeddings.position.weight": source["embeddings.position_embeddings.weight"],
        "embeddings.segment.weight": source["embeddings.token_type_embeddings.weight"],
        "embeddings.norm.weight": source["embeddings.LayerNorm.weight"],
        "embeddings.norm.bias": source["embeddings.LayerNorm.bias"],
    }
    parts = {
        "attention.query": "attention.self.query", "attention.key": "attention.self.key",
        "attention.value": "attention.self.value", "attention.output": "attention.output.dense",
        "attention.norm": "attention.output.LayerNorm", "ffn.up": "intermediate.dense",
        "ffn.down": "output.dense", "norm": "output.LayerNorm",
    }
    for k in range(len(model.layer)):
        for name, theirs in parts.items():
            for kind in ("weight", "bias"):
                ours[f"layer.{k}.{name}.{kind}"] = source[f"encoder.layer.{k}.{theirs}.{kind}"]
    missing, unknown = model.load_state_dict(ours, strict=False)
    if unknown or any(not name.startswith("head.") for name in missing):
        raise SystemExit(f"MiniLM's tensors do not fit: {unknown} {missing}")
