"""What a SQLite file adds to the contract: opening, refusing, waiting, failing, and being opened again."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import yizheng.store
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, StoreFault, VersionConflict
from yizheng.store import SQLiteStore, Write, sqlite
from yizheng.testing.samples import everything, record, together, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that does not exist yet."""
    return tmp_path / "records.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    """A new one, which does not wait long."""
    with SQLiteStore(path, timeout=0.2) as store:
        yield store


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, past the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def value(path: Path, question: str) -> Any:
    """The one value that a question has for an answer."""
    with raw(path) as connection:
        return connection.execute(question).fetchone()[0]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, without what SQLite puts beside a file for whoever looks at it: no records are in that."""
    files = {file.name: file.read_bytes() for file in folder.glob("*") if file.is_file()}
    return {name: content for name, content in files.items() if content and not name.endswith("-shm")}


class TestOpening:
    """A new file gets its tables, and a known one is used as it is."""

    def test_a_new_file_gets_its_tables(self, path: Path):
        """It bears our mark and our format, and logs ahead."""
        SQLiteStore(path).close()
        assert value(path, "PRAGMA application_id") == sqlite.APPLICATION
        assert value(path, "PRAGMA user_version") == sqlite.FORMAT
        assert value(path, "PRAGMA journal_mode") == "wal"
        assert path.read_bytes()[68:72] == b"YZG1"

    def test_an_empty_file_is_a_new_one(self, path: Path):
        """Such as one that was made to hold the place."""
        path.touch()
        with SQLiteStore(path) as store:
            store.append(write())
        assert value(path, "SELECT count(*) FROM records") == 1

    @pytest.mark.parametrize("name", ["a b?mode=memory#1%3f.db", "一征三议两公开.db", "'quoted'.db", "-.db", "x"])
    def test_a_file_has_the_name_that_was_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
        """No sign in a path means anything but itself, and a path may be relative and a string."""
        monkeypatch.chdir(tmp_path)
        for _ in range(2):
            SQLiteStore(name).close()
        assert [file.name for file in tmp_path.iterdir()] == [name]

    def test_everything_is_there_when_it_is_opened_again(self, path: Path):
        """Records, parts and facts outlive the store, and writing goes on where it ended."""
        with SQLiteStore(path) as store:
            store.append(write("a", count=3, parts={"p": b"P"}, facts={"stage": "solicit"}), write("b"))
            store.append(write("b", 1, records=[record("b", 2, private=b"x", key="k")]))
            before = everything(store)
        with SQLiteStore(path) as store:
            assert everything(store) == before
            with pytest.raises(VersionConflict):
                store.append(write("a"))
            store.append(write("a", expected=3))
            assert [position for position, _ in store.read_all()] == [1, 2, 3, 4, 5, 6]

    def test_opening_a_known_file_writes_nothing(self, path: Path):
        """Looking at the records of others leaves no trace."""
        with SQLiteStore(path) as store:
            store.append(write())
        before = bytes_of(path.parent)
        with SQLiteStore(path) as store:
            store.read("a")
        assert bytes_of(path.parent) == before

    def test_a_database_in_memory_ends_with_its_store(self):
        """And no other store sees it."""
        with SQLiteStore(":memory:") as one, SQLiteStore(":memory:") as other:
            one.append(write())
            assert other.version("a") == 0
            assert repr(one) == "SQLiteStore(':memory:')"
        assert not Path(":memory:").exists()

    @pytest.mark.parametrize(("synchronous", "number"), [(None, 2), ("FULL", 2), ("NORMAL", 1)])
    def test_every_commit_is_flushed_unless_told_otherwise(self, path: Path, synchronous: Any, number: int):
        """Full synchronisation is the default; the weaker one is chosen by its name."""
        chosen = {"synchronous": synchronous} if synchronous else {}
        with SQLiteStore(path, **chosen) as store:
            for connection in (store._writer, store._reader):
                assert connection.execute("PRAGMA synchronous").fetchone() == (number,)

    @pytest.mark.parametrize("wrong", ["", "a\0b"])
    def test_a_path_that_names_no_file_is_refused(self, wrong: str):
        """Rather than handed to SQLite, which makes a temporary database of it."""
        with pytest.raises(InvalidValue):
            SQLiteStore(wrong)

    @pytest.mark.parametrize("wrong", [None, 1, b"records.db"])
    def test_what_is_no_path_is_refused(self, wrong: Any):
        """With the type that was given."""
        with pytest.raises(InvalidType, match=type(wrong).__name__):
            SQLiteStore(wrong)

    @pytest.mark.parametrize(
        "wrong", [{"synchronous": "OFF"}, {"synchronous": "full"}, {"timeout": -1}, {"timeout": float("nan")}]
    )
    def test_settings_that_do_not_exist_are_refused(self, path: Path, wrong: Any):
        """Before any file is made."""
        with pytest.raises(InvalidValue):
            SQLiteStore(path, **wrong)
        assert not path.exists()

    def test_memory_users_do_not_load_a_database(self):
        """The module is imported when the store is first named."""
        script = (
            "import sys, yizheng.store as store\nstore.MemoryStore\nassert 'sqlite3' not in sys.modules\n"
            "store.SQLiteStore\nassert 'sqlite3' in sys.modules"
        )
        subprocess.run([sys.executable, "-c", script], check=True, env=environment())  # noqa: S603 - our own words

    def test_there_is_no_other_name(self):
        """A name that the package does not have is an ordinary error."""
        with pytest.raises(AttributeError, match="NoSuchStore"):
            _ = yizheng.store.NoSuchStore  # type: ignore[attr-defined]
        assert yizheng.store.__getattr__("SQLiteStore") is SQLiteStore


def environment() -> dict[str, str]:
    """Ours, with the library findable by a process of its own."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class TestRefusedFiles:
    """A file that is not ours is refused with a reason, and left as it was."""

    @staticmethod
    def refused(path: Path) -> str:
        """The words with which a file is refused, having been left as it was."""
        before = bytes_of(path.parent)
        with pytest.raises(StoreFault) as caught:
            SQLiteStore(path, timeout=0.1)
        assert bytes_of(path.parent) == before
        return str(caught.value)

    @pytest.mark.parametrize(
        "content",
        [b"x", b"\0", b"not a database at all\n" * 9, bytes(8_192), b"SQLite format 3\0", os.urandom(5_000)],
        ids=["one byte", "one nought", "text", "noughts", "beginning", "noise"],
    )
    def test_a_file_that_is_no_database(self, path: Path, content: bytes):
        """Whatever it is, it belongs to somebody."""
        path.write_bytes(content)
        assert "was another file meant?" in (words := self.refused(path)) or "another program" in words

    @pytest.mark.parametrize("setting", ["VACUUM", "CREATE TABLE t (x)", "PRAGMA application_id = 7"])
    def test_a_database_of_another_program(self, path: Path, setting: str):
        """With tables, without any, and with a mark of its own."""
        with raw(path) as connection:
            connection.execute(setting)
        assert "another program" in self.refused(path)

    def test_a_database_of_another_program_with_a_log(self, path: Path, tmp_path: Path):
        """What it has not yet folded into its file stays in its log."""
        other = tmp_path / "other"
        other.mkdir()
        with raw(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE t (x)")
            for suffix in ("", "-wal"):
                shutil.copy(f"{path}{suffix}", other)
        assert "another program" in self.refused(other / path.name)

    @pytest.mark.parametrize("version", [sqlite.FORMAT + 1, 99, 0, -1])
    def test_a_format_that_is_not_known(self, path: Path, store: SQLiteStore, version: int):
        """Newer ones above all; also where the news are still in the log."""
        store.append(write())
        with raw(path) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
            assert path.read_bytes()[60:64] == sqlite.FORMAT.to_bytes(4)
            assert f"format {version}" in self.refused(path)
            store.close()
        assert path.read_bytes()[60:64] == version.to_bytes(4, signed=True)
        assert f"format {version}" in self.refused(path)

    def test_what_is_not_a_file(self, tmp_path: Path):
        """A folder, a folder that does not exist, and a file in the place of a folder."""
        (tmp_path / "file").touch()
        assert "is not a file" in self.refused(tmp_path)
        assert "folder exists" in self.refused(tmp_path / "none" / "records.db")
        with pytest.raises(StoreFault):
            SQLiteStore(tmp_path / "file" / "records.db")

    def test_a_damaged_file(self, path: Path):
        """Cut or overwritten, it is a fault when it is opened or when it is read, and never an answer."""
        with SQLiteStore(path) as store:
            for version in range(0, 600, 100):
                store.append(write(expected=version, count=100))
        whole = path.read_bytes()
        for damaged in (
            whole[: len(whole) // 2],
            whole[:4_096],
            whole[:200],
            whole[:8_192] + bytes(len(whole) - 8_192),
        ):
            path.write_bytes(damaged)
            with pytest.raises(StoreFault), SQLiteStore(path) as store:  # noqa: PT012 - where it shows is open
                assert len(store.read("a")) == 600
                list(store.read_all())

    @pytest.mark.parametrize(
        "moment",
        [
            *("2026-13-02T09:00:00+00:00", "", "2026-03-02", "2026-03-02T09:00+08:00", 7, b"x"),
            # These are the same moment, and not what was written: somebody has been there.
            *("2026-03-02\x1409:00:00.000000+00:00", "2026-03-02 09:00:00.000000+00:00", "20260302T090000Z"),
        ],
    )
    def test_a_moment_that_was_changed_past_the_store(self, path: Path, store: SQLiteStore, moment: Any):
        """Where a moment is none, or not in UTC, the record is broken, and the error names it."""
        store.append(write(count=3))
        with raw(path) as connection:
            connection.execute("UPDATE records SET moment = ? WHERE version = 2", (moment,))
        for question in (store.read, store.load, lambda _: list(store.read_all())):
            with pytest.raises(BrokenRecord, match="record 2 of 'a'") as caught:
                question("a")
            assert caught.value.number == 2
        assert len(store.read("a", after=2)) == 1

    @pytest.mark.parametrize(
        ("column", "wrong"),
        [
            *(("payload", wrong) for wrong in ("text", 7, 1.5)),
            *(("private", wrong) for wrong in ("text", 7)),
            *(("kind", b"x"), ("digest", b"x"), ("key", b"x"), ("kind_version", "x"), ("kind_version", 1.5)),
        ],
    )
    def test_a_value_of_another_kind(self, path: Path, store: SQLiteStore, column: str, wrong: Any):
        """SQLite keeps anything in any column; what no store has written there is a broken record, and is named."""
        store.append(write(count=3))
        with raw(path) as connection:
            connection.execute(f'UPDATE records SET "{column}" = ? WHERE version = 2', (wrong,))  # noqa: S608
        for question in (store.read, store.load, lambda _: list(store.read_all())):
            with pytest.raises(BrokenRecord, match="record 2 of 'a' holds a value of another kind") as caught:
                question("a")
            assert caught.value.number == 2
        assert len(store.read("a", after=2)) == 1

    @pytest.mark.parametrize(
        ("change", "questions"),
        [
            ("records SET version = 'x' WHERE version = 3", ["version", "append"]),
            ("records SET stream = x'00' WHERE version = 1", ["streams"]),
            ("facts SET value = x'00'", ["facts", "facts_of"]),
            ("facts SET stream = x'00'", ["facts_of", "find"]),
            ("parts SET content = 'x'", ["parts"]),
        ],
    )
    def test_an_answer_of_another_kind(self, path: Path, store: SQLiteStore, change: str, questions: list[str]):
        """What is no number, no text or no bytes where these are kept is a damaged file, and is never an answer."""
        store.append(write(count=3, parts={"p": b"P"}, facts={"stage": "solicit"}))
        with raw(path) as connection:
            connection.execute(f"UPDATE {change}")
        asked = {
            "version": lambda: store.version("a"),
            "append": lambda: store.append(write(expected=3), write("b")),
            "read_all": lambda: list(store.read_all()),
            "streams": store.streams,
            "facts": lambda: store.facts("a"),
            "facts_of": lambda: store.facts_of("stage"),
            "find": lambda: store.find(stage="solicit"),
            "parts": lambda: store.parts(["p"]),
        }
        for question in questions:
            with pytest.raises(StoreFault, match="the file is damaged"):
                asked[question]()

    def test_a_position_is_a_number(self, path: Path, store: SQLiteStore):
        """That a position is a whole number, SQLite itself sees to, whoever writes."""
        store.append(write())
        with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="datatype mismatch"):
            connection.execute("UPDATE records SET position = 'x'")

    def test_an_index_that_leads_in_a_circle(self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch):
        """Where positions do not rise, reading everything ends with a fault, and does not go on for ever."""
        store.append(write(count=3))
        monkeypatch.setattr(
            sqlite, "_READ_ALL", sqlite._READ_ALL.replace("ORDER BY position", "ORDER BY position DESC")
        )
        with pytest.raises(StoreFault, match="the file is damaged"):
            list(store.read_all())

    def test_an_error_that_is_no_text(self, path: Path):
        """What SQLite says of a damaged file may quote from it; that it cannot be read is a fault like another."""
        SQLiteStore(path).close()
        whole = path.read_bytes()
        seen = set()
        for place in range(whole.index(b"CREATE TABLE"), whole.rindex(b"CREATE TABLE")):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x80]) + whole[place + 1 :])
            try:
                SQLiteStore(path).close()
            except StoreFault as fault:
                seen.add(type(fault.__cause__))
        assert UnicodeDecodeError in seen

    def test_a_text_that_was_changed_past_the_store(self, path: Path, store: SQLiteStore):
        """Where a text is none, reading it is a fault, and never an error of the database's own."""
        store.append(write())
        with raw(path) as connection:
            connection.execute("UPDATE records SET kind = CAST(x'ff' AS TEXT)")
        with pytest.raises(StoreFault, match="UTF-8"):
            store.read("a")

    def test_a_file_without_its_tables(self, path: Path, store: SQLiteStore):
        """A table that somebody has dropped is a fault, and is not made again."""
        store.append(write())
        with raw(path) as connection:
            connection.execute("DROP TABLE facts")
        with pytest.raises(StoreFault, match="no such table"):
            store.append(write(expected=1, facts={"stage": "solicit"}))
        with pytest.raises(StoreFault, match="no such table"):
            store.facts("a")
        with SQLiteStore(path) as again, pytest.raises(StoreFault, match="no such table"):
            again.facts_of("stage")
        assert store.version("a") == 1

    def test_a_file_that_was_left_in_the_middle(self, path: Path, tmp_path: Path):
        """What a killed process had begun in the rollback mode is undone, and the rest is used."""
        with SQLiteStore(path) as store:
            store.append(write(count=3))
            before = everything(store)
        left = tmp_path / "left"
        left.mkdir()
        with raw(path) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("BEGIN")
            connection.execute("UPDATE records SET payload = zeroblob(100000)")
            for suffix in ("", "-journal"):
                shutil.copy(f"{path}{suffix}", left)
            connection.execute("ROLLBACK")
        assert (left / f"{path.name}-journal").stat().st_size > 0
        assert (left / path.name).stat().st_size > 100_000
        with SQLiteStore(left / path.name) as store:
            assert everything(store) == before


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user whom the rights of a file bind."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


class TestReadOnly:
    """What may not be written is not written, and the error says where to look."""

    @pytest.fixture
    def path(self) -> Iterator[Path]:
        """A file that does not exist yet, in a folder that other users see."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            yield Path(folder) / "records.db"

    def test_a_file_that_may_only_be_read(self, path: Path):
        """It is read while another process has it open for writing, and written never."""
        with SQLiteStore(path) as store:
            store.append(write())
            path.chmod(0o444)
            with without_privileges(), SQLiteStore(path) as reading:
                assert reading.read("a") == store.read("a")
                with pytest.raises(StoreFault, match="may only be read") as caught:
                    reading.append(write(expected=1))
            assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
            assert store.version("a") == 1

    def test_a_file_that_would_have_to_be_prepared(self, path: Path):
        """Where a file may only be read and nobody has it open, the error says what stands in the way."""
        SQLiteStore(path).close()
        with raw(path) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        path.chmod(0o444)
        with without_privileges(), pytest.raises(StoreFault, match="may only be read"):
            SQLiteStore(path)

    def test_a_file_that_may_not_be_read(self, path: Path):
        """The error says where to look."""
        SQLiteStore(path).close()
        path.chmod(0)
        with without_privileges(), pytest.raises(StoreFault, match="unable to open"):
            SQLiteStore(path)

    def test_a_folder_that_may_only_be_read(self, path: Path):
        """No file can be made there."""
        path.parent.chmod(0o555)
        with without_privileges(), pytest.raises(StoreFault, match="folder"):
            SQLiteStore(path)
        path.parent.chmod(0o755)


class TestWaiting:
    """One writes at a time, and nobody waits for ever."""

    def test_a_file_that_another_program_holds(self, path: Path, store: SQLiteStore):
        """An append waits as long as it was told, gives up with a fault, and writes nothing; then it works again."""
        store.append(write())
        with raw(path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            started = time.monotonic()
            with pytest.raises(StoreFault, match=r"locked; .* try again"):
                store.append(write(expected=1))
            assert 0.1 < time.monotonic() - started < 2
            connection.execute("ROLLBACK")
        store.append(write(expected=1))
        assert store.version("a") == 2

    def test_readers_do_not_wait_for_writers(self, path: Path):
        """While one thread waits for the file, another reads."""
        with SQLiteStore(path, timeout=5) as store, raw(path) as connection:
            store.append(write())
            connection.execute("BEGIN IMMEDIATE")
            writing = threading.Thread(target=store.append, args=(write(expected=1),))
            writing.start()
            while not store._writing.locked():
                time.sleep(0.001)
            started = time.monotonic()
            assert store.version("a") == 1
            assert time.monotonic() - started < 1
            connection.execute("ROLLBACK")
            writing.join()
            assert store.version("a") == 2

    def test_two_stores_on_one_file(self, path: Path):
        """Each sees at once what the other has written, and neither writes over it."""
        with SQLiteStore(path) as one, SQLiteStore(path) as other:
            one.append(write())
            assert other.read("a") == one.read("a")
            other.append(write(expected=1))
            with pytest.raises(VersionConflict):
                one.append(write(expected=1))
            assert one.version("a") == 2

    def test_a_file_that_cannot_log_ahead(self, path: Path):
        """Where another program keeps the mode from being changed, opening waits, and then says so."""
        SQLiteStore(path).close()
        with raw(path) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN")
            connection.execute("SELECT * FROM records").fetchall()
            with pytest.raises(StoreFault, match="WAL mode"):
                SQLiteStore(path, timeout=0.05)
            connection.execute("COMMIT")
            connection.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreFault, match="locked"):
                SQLiteStore(path, timeout=0.05)
        SQLiteStore(path).close()

    def test_a_mode_that_others_are_changing_is_tried_again(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        """A file that others make at the same moment is not held against them."""
        logs_ahead = sqlite._logs_ahead
        answers = iter([False, False])
        monkeypatch.setattr(
            sqlite, "_logs_ahead", lambda connection: next(answers, None) is None and logs_ahead(connection)
        )
        with SQLiteStore(path) as store:
            store.append(write())
        assert list(answers) == []

    def test_many_threads_make_a_file_at_once(self, tmp_path: Path):
        """One makes it, the others find it made, and nobody fails."""
        for round_ in range(30):
            opened: list[SQLiteStore] = []
            path = tmp_path / f"{round_}.db"

            def make(path: Path = path, opened: list[SQLiteStore] = opened) -> None:
                opened.append(SQLiteStore(path))

            raised = together([make] * 8)
            for number, store in enumerate(opened):
                store.append(write(expected=number))
                store.close()
            assert raised == []
            assert len(opened) == 8

    def test_a_fork_does_not_carry_a_store(self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch):
        """In another process than the one that opened it, a store refuses, since its locks were not inherited."""
        store.append(write())
        monkeypatch.setattr(os, "getpid", lambda: -1)
        for use in (store.streams, lambda: store.append(write(expected=1))):
            with pytest.raises(StoreFault, match="another process"):
                use()


class TestLateCommits:
    """Whoever reads on from the last position misses nothing, whoever commits when."""

    def test_a_record_that_commits_late_is_not_passed_by(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        """While an append is open, a later one waits; a reader sees neither, then the earlier, and then both."""
        written, go_on = threading.Event(), threading.Event()
        keep_facts = sqlite._keep_facts

        def slowly(connection: sqlite3.Connection, write: Write) -> None:
            keep_facts(connection, write)
            if write.stream == "late":
                written.set()
                assert go_on.wait(20)

        monkeypatch.setattr(sqlite, "_keep_facts", slowly)
        with SQLiteStore(path, timeout=20) as slow, SQLiteStore(path, timeout=20) as quick:
            late = threading.Thread(target=slow.append, args=(write("late", count=2),))
            late.start()
            assert written.wait(20)
            early = threading.Thread(target=quick.append, args=(write("early"),))
            early.start()
            early.join(0.2)
            seen = list(quick.read_all())
            assert seen == []  # else a reader would go on from there, and miss what is still open
            assert early.is_alive()
            go_on.set()
            late.join()
            early.join()
            seen += quick.read_all(0)
            assert [(position, kept.stream) for position, kept in seen] == [(1, "late"), (2, "late"), (3, "early")]


class TestFailing:
    """What fails is not acknowledged, and leaves nothing behind."""

    def test_there_is_no_room_left(self, store: SQLiteStore):
        """The append is undone as a whole, and works when there is room again."""
        store.append(write(facts={"stage": "solicit"}))
        before = everything(store)
        (pages,) = store._writer.execute("PRAGMA page_count").fetchone()
        store._writer.execute(f"PRAGMA max_page_count = {pages}")
        large = write("b", records=[record("b", payload=bytes(100_000))])
        with pytest.raises(StoreFault, match="no room") as caught:
            store.append(write(expected=1, facts={"stage": "resolve"}), large)
        assert isinstance(caught.value.__cause__, sqlite3.Error)
        assert everything(store) == before
        store._writer.execute("PRAGMA max_page_count = 1073741823")
        store.append(large)
        assert store.version("b") == 1

    def test_a_commit_that_fails_is_the_last(self, path: Path):
        """Where the disk fails in the commit, it is not known what it kept; so nothing more is done until reopening."""
        store = SQLiteStore(path)
        store.append(write())
        before = everything(store)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (Path(f"{path}-wal").stat().st_size + 5_000, hard))
        try:
            with pytest.raises(StoreFault, match="whether it was kept is not known"):
                store.append(write(expected=1, records=[record(version=2, payload=bytes(100_000))]))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        for use in (store.streams, lambda: store.append(write(expected=1))):
            with pytest.raises(StoreFault, match="open the store anew"):
                use()
        store.close()
        with pytest.raises(StoreFault, match="whether it was kept is not known"):
            store.read("a")
        with SQLiteStore(path) as store:
            assert everything(store) == before
            store.append(write(expected=1))

    def test_who_waited_behind_a_failed_commit_is_told(self, path: Path, store: SQLiteStore):
        """An append that was waiting for its turn does not go on where the one before it has failed."""
        raised: list[StoreFault] = []

        def waiting() -> None:
            with pytest.raises(StoreFault, match="a commit failed") as caught:
                store.append(write())
            raised.append(caught.value)

        with store._writing:
            thread = threading.Thread(target=waiting)
            thread.start()
            time.sleep(0.05)
            store._ended = "a commit failed"
        thread.join()
        assert len(raised) == 1
        assert value(path, "SELECT count(*) FROM records") == 0

    @pytest.mark.parametrize("step", ["_check_keys", "_keep_parts", "_keep_records", "_keep_facts"])
    def test_an_interruption_undoes_what_was_begun(
        self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch, step: str
    ):
        """Whoever presses the key in the middle of an append finds all as it was, and the store in order."""
        store.append(write())
        before = everything(store)
        todo = getattr(sqlite, step)

        def interrupted(*arguments: Any) -> None:
            todo(*arguments)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(sqlite, step, interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.append(write(expected=1, parts={"p": b"P"}, facts={"stage": "solicit"}), write("b"))
        assert everything(store) == before
        store.append(write(expected=1))

    def test_an_interruption_of_the_opening_leaves_no_connection(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        """What was opened is closed again, and the file is a new one still."""

        def interrupted(*_: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "_check_mark", interrupted)
            with pytest.raises(KeyboardInterrupt):
                SQLiteStore(path)
        SQLiteStore(path).close()

    def test_another_process_was_faster(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        """Whoever sees a new file and then finds it made leaves it as it was made."""
        SQLiteStore(path).close()
        is_blank = sqlite._is_blank
        answers = iter([True])
        monkeypatch.setattr(sqlite, "_is_blank", lambda connection: next(answers, None) or is_blank(connection))
        with SQLiteStore(path) as store:
            assert store.streams() == ()


class TestCost:
    """No question reads more than its answer."""

    @pytest.mark.parametrize(
        "question",
        [
            *(sqlite._READ, sqlite._READ_ALL, sqlite._VERSION, sqlite._STREAMS, sqlite._PART, sqlite._PARTS_OF),
            *(sqlite._FACTS, sqlite._FACTS_OF, sqlite._FIND, sqlite._STANDS, sqlite._KEY),
        ],
    )
    def test_every_question_goes_through_an_index(self, store: SQLiteStore, question: str):
        """Nothing is sorted, and no table is scanned; the list of streams scans an index of first records alone."""
        values = [1] * question.count("?")
        plan = [row[3] for row in store._writer.execute(f"EXPLAIN QUERY PLAN {question}", values)]
        assert plan
        for step in plan:
            nothing = step == "SCAN CONSTANT ROW" or step.startswith("SCALAR SUBQUERY")  # around other questions
            assert nothing or step.startswith("SEARCH") or step == "SCAN records USING COVERING INDEX streams", plan

    def test_what_a_log_would_show_is_short_and_public(self):
        """The text of a record names the sizes of its payload and its private values, and neither of them."""
        words = repr(record(payload=b"public", private=b"13800000000"))
        assert "public" not in words
        assert "138" not in words
        assert "<11 bytes>" in words
