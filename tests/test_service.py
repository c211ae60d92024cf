"""The web service of the examples, over real HTTP: what it answers, and what it refuses."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from yizheng.docket import AsyncDocket
from yizheng.store import SQLiteStore, ThreadedStore
from yizheng.testing.samples import together

PATH = Path(__file__).parents[1] / "examples" / "fastapi_service.py"


def example() -> Any:
    """The example as a module."""
    spec = importlib.util.spec_from_file_location("fastapi_service", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # annotations are looked up there
    spec.loader.exec_module(module)
    return module


SERVICE = example()
Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def hands() -> Any:
    """The clock of the service."""
    return SERVICE.Hands(SERVICE.MARCH)


@pytest.fixture
def address(tmp_path: Path, hands: Any) -> Iterator[str]:
    """Where a service runs."""
    docket = AsyncDocket(ThreadedStore(SQLiteStore(tmp_path / "cases.db")))
    with SERVICE.serving(SERVICE.service(docket, hands)) as address:
        yield address


@pytest.fixture
def ask(address: str) -> Ask:
    """Asks the service, by path."""

    def put(path: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        answer: tuple[int, dict[str, Any]] = SERVICE.ask(address + path, body, **headers)
        return answer

    return put


@pytest.fixture
def opened(ask: Ask) -> Ask:
    """A service with a case that asks the residents, at version 2."""
    assert ask("/cases", SERVICE.OPENING)[0] == 201
    assert ask("/cases/2026-007/acts", SERVICE.SOLICIT)[0] == 200
    return ask


class TestService:
    """A case is opened, acted upon and read over HTTP."""

    def test_the_session_of_the_example(self, address: str, hands: Any) -> None:
        """Each step of the session is answered as the example says, and the case stands where it says."""
        answered = list(SERVICE.session(address, hands))
        assert [status for _, status, _ in answered] == [201, 201, 200, 200, 200, 409, 409, 422, 200]
        assert answered[0][2] == answered[1][2]
        assert answered[3][2] == answered[4][2]
        whole = answered[-1][2]
        assert (whole["stage"], whole["phase"], whole["version"]) == ("solicit", "open", 3)

    def test_what_is_private_is_not_shown(self, opened: Ask) -> None:
        """Whose opinion it was is known to the store and to nobody who reads the case."""
        status, answer = opened("/cases/2026-007/acts", SERVICE.OPINION)
        assert status == 200
        assert "flat-3-502" not in str(answer)
        assert "keep the locust tree" in str(answer)

    def test_a_refusal_is_an_answer(self, opened: Ask) -> None:
        """Every reason is given, with its code and in both languages, and nothing has changed."""
        before = opened("/cases/2026-007")
        status, answer = opened("/cases/2026-007/acts", SERVICE.CLOSE)
        assert status == 409
        assert {each["code"] for each in answer["refused"]} == {"NOT_IN_OFFICE", "TOO_EARLY", "NO_BASELINE"}
        assert all("；" in each["zh"] and "; " in each["en"] for each in answer["refused"])
        assert opened("/cases/2026-007") == before

    def test_a_stale_screen_is_told_both_versions(self, opened: Ask) -> None:
        """Who acts from an older version is told what was expected and what is there."""
        status, answer = opened("/cases/2026-007/acts", SERVICE.OPINION, If_Match='"1"')
        assert (status, answer["expected"], answer["found"]) == (409, 1, 2)
        assert opened("/cases/2026-007")[1]["version"] == 2

    def test_of_eight_at_once_one_acts(self, opened: Ask) -> None:
        """Eight requests from the same version: one is accepted, seven are told of the conflict."""
        answers: list[int] = []

        def act() -> None:
            answers.append(opened("/cases/2026-007/acts", SERVICE.OPINION, If_Match='"2"')[0])

        assert together([act] * 8) == []
        assert sorted(answers) == [200] + [409] * 7
        assert opened("/cases/2026-007")[1]["version"] == 3

    def test_what_is_sent_again_is_written_once(self, opened: Ask, hands: Any) -> None:
        """The same key gives the same answer, also beside the version that was seen then; for another act it is refused."""
        path = "/cases/2026-007/acts"
        first = opened(path, SERVICE.OPINION, Idempotency_Key="k", If_Match='"2"')
        assert first[0] == 200
        assert opened(path, SERVICE.OPINION, Idempotency_Key="k", If_Match='"2"') == first
        hands.put_on(hours=1)
        assert opened(path, SERVICE.OPINION, Idempotency_Key="k", If_Match='"2"') == first
        other = {**SERVICE.OPINION, "by": "flat-1-101"}
        assert opened(path, other, Idempotency_Key="k")[0] == 422
        assert opened("/cases/2026-007")[1]["version"] == 3

    def test_nobody_names_the_moment(self, opened: Ask, hands: Any) -> None:
        """What comes after the period is too late, whatever moment it names, and under a key that was refused before too."""
        path = "/cases/2026-007/acts"
        early = opened(path, SERVICE.CLOSE, Idempotency_Key="k")
        assert early[0] == 409
        hands.put_on(days=11)
        status, answer = opened(path, {**SERVICE.OPINION, "by": "sec-1"}, Idempotency_Key="k")
        assert (status, [each["code"] for each in answer["refused"]]) == (409, ["TOO_LATE"])
        assert opened(path, {**SERVICE.OPINION, "at": "2026-03-03T09:00:00+08:00"})[0] == 422
        assert opened("/cases/2026-007")[1]["version"] == 2

    def test_a_case_is_opened_once(self, opened: Ask) -> None:
        """Another opening under the same id is a conflict."""
        status, answer = opened("/cases", SERVICE.OPENING)
        assert (status, answer["expected"], answer["found"]) == (409, 0, 2)

    @pytest.mark.parametrize(
        ("changes", "headers", "words"),
        [
            ({"kind": "abolish"}, {}, "no act is called 'abolish'"),
            ({"fields": {"words": "x"}}, {}, "$.fields: ReceiveOpinion has no words"),
            ({"at": "2026-03-03T09:00:00+08:00"}, {}, "not permitted"),
            ({"by": 7}, {}, "string"),
            ({}, {"If_Match": "the last one"}, "If-Match"),
        ],
    )
    def test_what_can_be_no_act(
        self, opened: Ask, changes: dict[str, Any], headers: dict[str, str], words: str
    ) -> None:
        """It is said what is wrong, and nothing is written."""
        status, answer = opened("/cases/2026-007/acts", {**SERVICE.OPINION, **changes}, **headers)
        assert status == 422
        assert words in str(answer)
        assert opened("/cases/2026-007")[1]["version"] == 2

    def test_a_case_that_does_not_exist(self, ask: Ask) -> None:
        """It is told apart from a refusal."""
        assert ask("/cases/2026-008")[0] == 404
        assert ask("/cases/2026-008/acts", SERVICE.OPINION)[0] == 404

    def test_a_store_that_is_gone(self, tmp_path: Path) -> None:
        """It is said that the records cannot be reached, and not where they are."""
        store = ThreadedStore(SQLiteStore(tmp_path / "cases.db"))
        with SERVICE.serving(SERVICE.service(AsyncDocket(store))) as address:
            asyncio.run(store.close())
            assert SERVICE.ask(f"{address}/cases/2026-007") == (503, {"fault": "the records cannot be reached now"})


def test_the_example_ends_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """It tells its session in both languages, stops its server, and leaves no thread behind but those of a pool."""
    before = threading.active_count()
    SERVICE.main()
    told = capsys.readouterr().out
    assert "409 Conflict" in told
    assert "尚未答复：o1" in told
    assert "not answered yet: o1" in told
    assert threading.active_count() <= before
