"""Running published vectors: packages/vectors/README.md is the description of the index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .errors import EnvelopeError
from .manifest import known_headers
from .reader import Opened, open_envelope

def run_index(index: Path) -> dict[str, Any]:
    """How many vectors were tried, and what came out otherwise than the index says."""
    content = json.loads(index.read_text("utf-8"))
    if content["format"] != 1:
        raise ValueError("an index of another format")
    vectors = content["vectors"]
    differences = [difference for vector in vectors if (difference := _difference(index.parent, vector))]
    return {"tried": len(vectors), "differences": differences}


def _difference(folder: Path, vector: dict[str, Any]) -> dict[str, Any] | None:
    wanted = {key: vector[key] for key in ("expected", "headers", "parts", "manifestSha256") if key in vector}
    found: dict[str, Any]
    try:
        found = _found(open_envelope((folder / vector["file"]).read_bytes(), vector["passphrase"]))
    except EnvelopeError as error:
        found = {"expected": error.code}
        if found != wanted:
            found["clause"] = error.clause
    return None if found == wanted else {"name": vector["name"], "wanted": wanted, "found": found}


def _found(opened: Opened) -> dict[str, Any]:
    message = opened.message
    parts = [
        {
            "role": part.entry["role"],
            "name": part.entry.get("name", ""),
            "type": part.entry["type"],
            "size": len(part.content),
            "sha256": hashlib.sha256(part.content).hexdigest(),
        }
        for part in message.parts
    ]
    return {
        "expected": "success",
        "headers": known_headers(message.manifest),
        "parts": parts,
        "manifestSha256": hashlib.sha256(message.manifest_bytes).hexdigest(),
    }
