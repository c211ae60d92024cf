"""Check the tree against the vectors of transparency-dev/merkle: ``python -m proofs.foreign FOLDER`` in ``tests``.

The folder is the ``testdata`` of a checkout of https://github.com/transparency-dev/merkle (Apache-2.0). The vectors stay
there; nothing of them is kept here. They are held against the algorithms and not against the values around them, which
refuse more: one vector that must be accepted has roots that are no digests.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any

from yizheng.errors import YizhengError
from yizheng.proofs import ConsistencyProof, InclusionProof
from yizheng.proofs.merkle import grown, included


def accepts(vector: dict[str, Any]) -> bool:
    """Whether the proof of a vector is accepted."""
    path = [b64decode(node) for node in vector["proof"] or ()]
    nodes = [node.hex() for node in path]
    try:
        if "leafIdx" in vector:
            proof = InclusionProof(index=vector["leafIdx"], size=vector["treeSize"], path=nodes)
            root = included(b64decode(vector["leafHash"]), proof.index, proof.size, path)
            return root == b64decode(vector["root"])
        ConsistencyProof(first=vector["size1"], second=vector["size2"], path=nodes)
        roots = b64decode(vector["root1"]), b64decode(vector["root2"])
        return grown(vector["size1"], vector["size2"], roots[0], path) == roots
    except YizhengError:
        return False


def main(folder: Path) -> int:
    """Say how many vectors there were, and which came out otherwise."""
    found: Counter[str] = Counter()
    for file in sorted([*folder.glob("inclusion/**/*.json"), *folder.glob("consistency/**/*.json")]):
        vector = json.loads(file.read_text(encoding="utf-8"))
        accepted, wanted = accepts(vector), not vector["wantErr"]
        found["accepted" if accepted else "refused"] += 1
        if accepted is not wanted:
            found["otherwise"] += 1
            sys.stdout.write(f"otherwise: {file.relative_to(folder)}\n")
    sys.stdout.write(f"{found['accepted']} accepted, {found['refused']} refused, {found['otherwise']} otherwise\n")
    return 1 if found["otherwise"] or not found["accepted"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
