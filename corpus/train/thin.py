"""Thins a trained network: of every layer's feed-forward part the units that matter least are taken out.

What a unit matters is the first-order change of the loss without it, |activation x gradient|, summed over
batches of the train split (Molchanov et al., 2017). The network is then trained a little more.
"""
import torch
from torch import nn

from batches import collate
from encoder import HIDDEN

BATCHES = 100


def importance(model, batches, loss_of):
    """For every layer what each unit of its feed-forward part matters."""
    inputs, found = {}, [torch.zeros(len(layer.ffn.up.bias)) for layer in model.layer]

    def keep(number):
        def hook(_, given, __):
            given[0].retain_grad()
            inputs[number] = given[0]
        return hook

    hooks = [layer.ffn.down.register_forward_hook(keep(k)) for k, layer in enumerate(model.layer)]
    model.eval()
    for encoded in batches:
        model.zero_grad(set_to_none=True)
        loss_of(model, collate(encoded)).backward()
        for k, x in inputs.items():
            found[k] += (x * x.grad).abs().sum((0, 1)).detach()
    for hook in hooks:
        hook.remove()
    model.zero_grad(set_to_none=True)
    return found


@torch.no_grad()
def cut(model, matters, width):
    """Leaves the width most important units in every layer, in their order."""
    for layer, units in zip(model.layer, matters):
        kept = units.topk(width).indices.sort().values
        old, up, down = layer.ffn, nn.Linear(HIDDEN, width), nn.Linear(width, HIDDEN)
        up.weight.copy_(old.up.weight[kept])
        up.bias.copy_(old.up.bias[kept])
        down.weight.copy_(old.down.weight[:, kept])
        down.bias.copy_(old.down.bias)
        old.up, old.down = up, down
