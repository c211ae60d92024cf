"""Make ``canonical.json``: what has one form, and what that form is, as bytes in hexadecimal digits and as a digest.

Run it from the root of the repository: ``PYTHONPATH=src:tests python -m vectors.canonical``. What is expected of data is
worked out here by Python's own ``json``, and not by the library; the record and its seals are the library's, and are
checked by what ``docs/formats.md`` says of them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RELEASE = HERE.parent / "kept" / "0.1.0"
SAFE = 2**53 - 1

DATA: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "empty-object": {},
    "empty-list": [],
    "empty-string": "",
    "nought": 0,
    "greatest": SAFE,
    "least": -SAFE,
    "numbers-are-whole": [1, -1, 10, 1_000_000, 2**31, 2**32, 10**15],
    "numbers-as-strings": ["89.6", "1/3", "1200000.00", "-0", "1e3"],
    "keys-in-order": {"b": 1, "a": 2, "ab": 3, "B": 4, "": 5, "1": 6, "10": 7, "9": 8, "_": 9, "a ": 10},
    "keys-within": {"z": {"b": [{"d": 1, "c": 2}], "a": None}, "y": [[], {}]},
    "keys-by-code-unit": {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "\r": 4, "1": 5, "\u0080": 6, "\u00f6": 7},
    "keys-beyond-the-plane": {"\uffff": 1, "\U00010000": 2, "\ue000": 3, "\U0010ffff": 4, "\ud7ff": 5},
    "keys-of-chinese": {"决议": 1, "公开": 2, "一征": 3, "三议": 4, "𠮷": 5, "会": 6},
    "controls": "".join(map(chr, range(0x20))) + "\x7f\x80\x9f",
    "escapes": 'quote " solidus / backslash \\ tab \t line \n return \r form \f back \b',
    "separators": "\u2028\u2029\u0085\ufeff\u200b\u200d",
    "not-escaped": "<script>&amp;'</script>",
    "chinese": "一征三议两公开：“应到30人”，实到22人。",
    "composition-is-left": ["\u00e9", "e\u0301", "\u212b", "\u00c5"],
    "emoji": "👨‍👩‍👧 🇨🇳 \U0010ffff \uffff",
    "like-other-things": ["null", "true", "0", "NaN", "\\u0041", "__proto__"],
    "names-of-programs": {"__proto__": 1, "constructor": 2, "toString": 3, "hasOwnProperty": 4, "length": 5},
    "text": {"zh": "决议", "en": "resolve"},
    "deep": json.loads("[" * 60 + "{}" + "]" * 60),
}


def in_order(data: Any) -> Any:
    """The same data with the keys of every object in the order of their UTF-16 code units."""
    if isinstance(data, dict):
        return {key: in_order(data[key]) for key in sorted(data, key=lambda key: key.encode("utf-16-be"))}
    return [in_order(each) for each in data] if isinstance(data, list) else data


def form(data: Any) -> bytes:
    """The one form of data (RFC 8785), by Python's own ``json``."""
    return json.dumps(in_order(data), ensure_ascii=False, separators=(",", ":")).encode()


def vector(name: str, data: Any) -> dict[str, Any]:
    """What is to be written, and what comes of it."""
    return {"id": name, "data": data, "bytes": form(data).hex(), "digest": hashlib.sha256(form(data)).hexdigest()}


def made() -> str:
    """The file as it must stand here."""
    entries = [json.loads(line) for line in (RELEASE / "entries.jsonl").read_text("utf-8").splitlines()]
    record = [each for each in entries if each["stream"] == "2026-007"]
    parts = [json.loads(line) for line in (RELEASE / "parts.jsonl").read_text("utf-8").splitlines()]
    named = json.dumps(record)
    whole = {
        "format": "yizheng-canonical/1",
        "vectors": [vector(name, data) for name, data in DATA.items()],
        "entries": [{key: each[key] for key in ("payload", "private", "digest")} for each in record],
        "parts": [each for each in parts if each["digest"] in named],
    }
    lists = {key: ",\n".join(json.dumps(each) for each in whole[key]) for key in ("vectors", "entries", "parts")}
    body = ",\n".join(f'"{key}": [\n{lines}\n]' for key, lines in lists.items())
    return f'{{"format": "{whole["format"]}",\n{body}\n}}\n'


if __name__ == "__main__":
    (HERE / "canonical.json").write_text(made(), encoding="utf-8")
