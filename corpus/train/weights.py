"""The weights file, format 1: writing it from a trained network, and reading it back dequantised.

Magic, u32 format, u32 header length, JSON header, zeros to a multiple of 64, tensors (each at a multiple
of 64 from the first), SHA-256 of all before. Matrices of the encoder are 8 bits with one scale a row
(symmetric, to the largest of the row); biases, norms and heads stay f32. Little-endian.
"""
import hashlib
import json
import struct

import numpy as np
import torch

import encoder
import labels
from encoder import Rubric, shape_of
from paths import write_atomically
from tokens import CLIENT_PIECES, DIRECTION_PIECES, WINDOW_PIECES

MAGIC, FORMAT, ALIGN = b"RWRUBRIC", 1, 64
PLAIN_NAMES = {"embeddings.word.weight", "embeddings.position.weight", "embeddings.segment.weight"}


def padded(length):
    return -length % ALIGN


class Section:
    """The data section while it grows: each addition starts at a multiple of 64."""

    def __init__(self):
        self.bytes = bytearray()

    def add(self, array):
        self.bytes += bytes(padded(len(self.bytes)))
        offset = len(self.bytes)
        self.bytes += array.tobytes()
        return offset


def quantised(matrix):
    """Row-wise symmetric 8 bits: (values, scales)."""
    scales = np.abs(matrix).max(1) / 127
    scales[scales == 0] = 1
    return np.rint(matrix / scales[:, None]).clip(-127, 127).astype("<i1"), scales.astype("<f4")


def tensors(state, section):
    listed = []
    for name, tensor in state.items():
        array = tensor.float().numpy()
        entry = {"name": name.removesuffix(".weight") if name in PLAIN_NAMES else name, "shape": list(array.shape)}
        if array.ndim == 2 and not name.startswith("head."):
            values, scales = quantised(array)
            entry |= {"dtype": "i8", "offset": section.add(values), "scale_offset": section.add(scales)}
        else:
            entry |= {"dtype": "f32", "offset": section.add(array.astype("<f4"))}
        listed.append(entry)
    return listed


def write(path, state, vocabulary, calibration, version="2.1.0"):
    """Writes the file and returns the hex of its SHA-256."""
    section = Section()
    listed = tensors(state, section)
    layers, width = shape_of(state)
    header = json.dumps({
        "name": "rollwith-rubric", "version": version,
        "config": {
            "layers": layers, "hidden": encoder.HIDDEN, "heads": encoder.HEADS,
            "intermediate": width, "vocab": len(vocabulary), "positions": encoder.POSITIONS,
            "layer_norm_eps": encoder.EPS, "window": WINDOW_PIECES, "direction": DIRECTION_PIECES, "client": CLIENT_PIECES,
        },
        "vocab": vocabulary,
        "labels": {
            "verdict": labels.VERDICTS, "move": labels.MOVES, "criteria": labels.CRITERIA,
            "behaviour": labels.BEHAVIOURS, "subtype": labels.SUBTYPES,
        },
        "calibration": calibration, "tensors": listed,
    }, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    body = MAGIC + struct.pack("<II", FORMAT, len(header)) + header
    body += bytes(padded(len(body))) + bytes(section.bytes)
    digest = hashlib.sha256(body)
    write_atomically(path, body + digest.digest())
    return digest.hexdigest()


def read(path):
    """The network as the file holds it (dequantised), its vocabulary, calibration and SHA-256."""
    raw = path.read_bytes()
    digest = hashlib.sha256(raw[:-32])
    if raw[:8] != MAGIC or digest.digest() != raw[-32:]:
        raise SystemExit(f"{path} is no weights file, or damaged")
    length = struct.unpack("<II", raw[8:16])[1]
    header = json.loads(raw[16:16 + length])
    start = 16 + length + padded(16 + length)
    state = {}
    for entry in header["tensors"]:
        shape, at = entry["shape"], start + entry["offset"]
        kind = "<i1" if entry["dtype"] == "i8" else "<f4"
        array = np.frombuffer(raw, kind, int(np.prod(shape)), at).reshape(shape).astype("<f4")
        if entry["dtype"] == "i8":
            array = array * np.frombuffer(raw, "<f4", shape[0], start + entry["scale_offset"])[:, None]
        name = entry["name"] + ".weight" if entry["name"] + ".weight" in PLAIN_NAMES else entry["name"]
        state[name] = torch.from_numpy(array.copy())
    model = Rubric(len(header["vocab"]), *shape_of(state))
    model.load_state_dict(state)
    return model.eval(), header["vocab"], header["calibration"], digest.hexdigest()
