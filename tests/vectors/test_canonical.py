"""Canonical bytes and the digests of a record: this library, Python's own ``json`` and JavaScript come to the same."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from vectors.canonical import made
from yizheng.canonical import canonical, digest, encoded, seal

HERE = Path(__file__).parent
WHOLE = json.loads((HERE / "canonical.json").read_text("utf-8"))
VECTORS, ENTRIES, PARTS = WHOLE["vectors"], WHOLE["entries"], WHOLE["parts"]


class TestForms:
    """Whatever has one form has this one."""

    @pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
    def test_the_library_agrees(self, vector):
        """Byte for byte, through the careful door and the quick one."""
        assert canonical(vector["data"]).hex() == vector["bytes"]
        assert encoded(vector["data"]).hex() == vector["bytes"]
        assert digest(canonical(vector["data"])) == vector["digest"]

    def test_the_file_is_the_one_that_is_made(self):
        """Whoever changes a vector, or writes the kept files anew, makes it anew."""
        stale = (HERE / "canonical.json").read_text("utf-8") != made()
        assert not stale, "run: PYTHONPATH=src:tests python -m vectors.canonical"

    def test_sorting_otherwise_is_caught(self):
        """If this fails, the vectors prove little: sorted by code point, or not at all, some come out otherwise."""
        for keys in (sorted, list):
            wrong = [
                vector["id"]
                for vector in VECTORS
                if isinstance(data := vector["data"], dict)
                and json.dumps(
                    {key: data[key] for key in keys(data)}, ensure_ascii=False, separators=(",", ":")
                ).encode()
                != bytes.fromhex(vector["bytes"])
            ]
            assert "keys-beyond-the-plane" in wrong

    def test_escaping_otherwise_is_caught(self):
        """Escaped to ASCII, or with spaces, some come out otherwise."""
        for settings in ({"ensure_ascii": True, "separators": (",", ":")}, {"ensure_ascii": False}):
            wrong = [
                each["id"] for each in VECTORS if json.dumps(each["data"], **settings).encode().hex() != each["bytes"]
            ]
            assert {"chinese", "text"} & set(wrong)


class TestTheRecord:
    """A record, its seals and its parts have the digests that stand there."""

    def test_entries(self):
        """Each payload is in its one form, has its digest, and seals its private values."""
        sealed = 0
        for entry in ENTRIES:
            said = json.loads(entry["payload"])
            assert canonical(said) == entry["payload"].encode()
            assert digest(entry["payload"].encode()) == entry["digest"]
            for path, held in json.loads(entry["private"] or "{}").items():
                assert seal(held["value"], bytes.fromhex(held["salt"])) == said["private"][path]
                sealed += 1
        assert len(ENTRIES) > 30
        assert sealed > 5

    def test_parts(self):
        """Rolls and procedures."""
        assert len(PARTS) > 2
        assert all(digest(part["content"].encode()) == part["digest"] for part in PARTS)


if (NODE := shutil.which("node")) is not None:  # as in ``test_vectors.py``; where it is not, the last lines say so

    class TestInJavaScript:
        """What ``docs/formats.md`` says is enough to check a record by, in another language."""

        def test_all_of_it(self):
            """Every form comes out, the record is sound, and no changed one is taken for sound."""
            done = subprocess.run(  # noqa: S603  # a program of this folder
                [NODE, str(HERE / "canonical.mjs")], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            assert done.stdout.startswith(f"{len(VECTORS)} forms, 0 differ; {len(ENTRIES)} entries sound, ")
            assert " parts whole; " in done.stdout
            assert done.stdout.endswith(" changed records, 0 let through\n"), done.stderr
            print(done.stdout, end="")  # noqa: T201 - the figures are a part of the result
