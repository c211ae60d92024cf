"""A small web service over an asynchronous docket, with FastAPI: open a case, put an act, read the case.

Run it with ``python examples/fastapi_service.py``; it needs ``fastapi`` and ``uvicorn``, which the extra ``test`` brings.
It starts on a free port of this machine alone, goes through a short session over HTTP, prints what was asked and
answered, and stops; with ``--serve`` it goes on instead. The matter, the opinions and the office holders are
invented; residents are numbers of flats.

What it shows: a refusal is an answer, 409 with its codes and its words in both languages; what can never be an act is
422; a stale screen (``If-Match``) is 409 with both versions, and without one a lost race is asked again;
``Idempotency-Key`` makes sending again safe.
When something happens is read from the server's clock and never from a request, since whoever names the moment can act
after the end of a period; a retry finds the moment of the first time under its key. Who acts (``by``) stands in the body
here, and in earnest comes from whoever has logged in.
"""

from __future__ import annotations

import json
import socket
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI, Header, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from yizheng import Case, Matter, Member, Refused, Roll, YizhengError, catalogue
from yizheng.codec import build
from yizheng.docket import AsyncDocket
from yizheng.errors import InvalidValue, NoSuchCase, StoreFault, VersionConflict
from yizheng.procedure import Kinds
from yizheng.store import SQLiteStore, ThreadedStore

KINDS = Kinds()
ROLLS = {"two_committees": Roll("two_committees", [Member(f"c-{number}") for number in range(1, 8)])}
OFFICES = {"secretary": {"sec-1"}, "supervisor": {"sup-1"}}

Key = Annotated[str | None, Header(alias="Idempotency-Key")]
Seen = Annotated[str | None, Header(alias="If-Match")]


class Asked(BaseModel):
    """What is asked, and by whom; what is sent besides, such as a moment, is an error and not passed over."""

    model_config = ConfigDict(extra="forbid")
    by: str


class Opening(Asked):
    """What is needed to open a case."""

    id: str
    title: str


class Asking(Asked):
    """An act: the lasting name of its kind, and its fields as they stand in a record."""

    kind: str
    fields: dict[str, Any] = {}


def clock() -> datetime:
    """The clock of the server, in the community's own time."""
    return datetime.now(SHANGHAI)


def service(docket: AsyncDocket, now: Callable[[], datetime] = clock) -> FastAPI:
    """The service over a docket, which it closes when it stops.

    Args:
        docket: where the cases are kept.
        now: the clock.
    """

    @asynccontextmanager
    async def until_the_end(_: FastAPI) -> AsyncIterator[None]:
        async with docket:
            yield

    app = FastAPI(title="议征 · yizheng", lifespan=until_the_end)

    @app.post("/cases", status_code=HTTPStatus.CREATED)
    async def open_case(asked: Opening, response: Response, key: Key = None) -> dict[str, Any]:
        matter = Matter(asked.id, title=asked.title, category="courtyard")
        case = await docket.open(matter, catalogue.yizheng.COURTYARD, ROLLS, OFFICES, at=now(), by=asked.by, key=key)
        return shown(case, response)

    @app.post("/cases/{case_id}/acts")
    async def act(
        case_id: str, asked: Asking, response: Response, key: Key = None, seen: Seen = None
    ) -> dict[str, Any]:
        kind = KINDS.actions.get(asked.kind)
        if kind is None:
            raise InvalidValue(
                f"no act is called {asked.kind[:40]!r}; the options of a case name those that it takes now"
            )
        action, expecting = build(kind, asked.fields, {}, "$.fields"), None if seen is None else version(seen)
        before = None if key is None else (await docket.case(case_id)).entry_of(key)
        at = now() if before is None else before.at
        # Without If-Match the act does not depend on what was seen: where somebody was faster, it is asked again.
        for _ in range(0 if seen is not None else RACES):
            with suppress(VersionConflict):
                return shown(await docket.act(case_id, action, at=at, by=asked.by, key=key), response)
        case = await docket.act(case_id, action, at=at, by=asked.by, key=key, expecting=expecting)
        return shown(case, response)

    @app.get("/cases/{case_id}")
    async def read(case_id: str, response: Response) -> dict[str, Any]:
        return shown(await docket.case(case_id), response)

    answer_for_errors(app)
    return app


def answer_for_errors(app: FastAPI) -> None:
    """What is answered where an act is refused, comes too late, is none, or cannot be kept."""

    @app.exception_handler(Refused)
    def refused(_: object, no: Refused) -> JSONResponse:
        reasons = [{"code": each.code, "zh": each.explain("zh"), "en": each.explain("en")} for each in no.reasons]
        return JSONResponse({"refused": reasons}, HTTPStatus.CONFLICT)

    @app.exception_handler(VersionConflict)
    def moved_on(_: object, conflict: VersionConflict) -> JSONResponse:
        return problem(HTTPStatus.CONFLICT, conflict, expected=conflict.expected, found=conflict.found)

    @app.exception_handler(NoSuchCase)
    def unknown(_: object, error: NoSuchCase) -> JSONResponse:
        return problem(HTTPStatus.NOT_FOUND, error)

    @app.exception_handler(StoreFault)
    def out_of_order(_: object, _fault: StoreFault) -> JSONResponse:
        # Where the database stands is nobody's business outside.
        return JSONResponse({"fault": "the records cannot be reached now"}, HTTPStatus.SERVICE_UNAVAILABLE)

    @app.exception_handler(RequestValidationError)
    def unreadable(_: object, error: RequestValidationError) -> JSONResponse:
        faults = [
            {"where": [str(each)[:40] for each in fault["loc"]], "fault": fault["msg"]} for fault in error.errors()
        ]
        return JSONResponse({"faults": faults}, HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(YizhengError)
    def unsound(_: object, error: YizhengError) -> JSONResponse:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, error)


def problem(status: HTTPStatus, error: YizhengError, **values: int) -> JSONResponse:
    """An error as an answer."""
    words = str(error).encode(errors="backslashreplace").decode()  # it may quote what was sent, whatever that was
    return JSONResponse({"fault": words, **values}, status)


def shown(case: Case, response: Response) -> dict[str, Any]:
    """What the public is shown of a case; what is private stands there as a digest alone."""
    response.headers["ETag"] = f'"{case.version}"'
    return {
        "id": case.id,
        "stage": case.stage,
        "phase": case.phase,
        "version": case.version,
        "options": [kind.kind for kind in case.options()],
        "entries": [json.loads(entry.payload) for entry in case.entries],
    }


def version(seen: str) -> int:
    """The version that a caller has seen, from its ETag."""
    number = seen.strip('"')
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST):
        raise InvalidValue(f'If-Match is {seen[:40]!r}; send the ETag of the case as it was shown, such as "3"')
    return int(number)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve on a free port of this machine alone, for as long as it is needed; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{free.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def ask(address: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
    """Send a request, a POST where it has a body; the status and the answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if body is None else json.dumps(body).encode()
    request = Request(address, content, {"Content-Type": "application/json", **named})  # noqa: S310 - our own server
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


LONGEST = 15
"""How many digits a version has at most here."""

RACES = 20
"""How often an act is asked again where somebody was faster."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARCH = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
"""When the session begins."""

OPENING = {"id": "2026-007", "title": "院落整治", "by": "sec-1"}
SOLICIT = {
    "kind": "open_solicitation",
    "fields": {"channels": ["online"], "until": "2026-03-12T09:00:00+08:00"},
    "by": "sec-1",
}
OPINION = {
    "kind": "receive_opinion",
    "fields": {"text": {"zh": "希望保留槐树", "en": "keep the locust tree"}},
    "by": "flat-3-502",
}
CLOSE = {
    "kind": "close_solicitation",
    "fields": {"summary": {"zh": "一条意见", "en": "one opinion"}},
    "by": "flat-3-502",
}


class Hands:
    """A clock that stands still until it is put on, so that a session always comes out the same."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """What it shows."""
        return self.at

    def put_on(self, **by: int) -> None:
        """Put it on by so many hours or days."""
        self.at += timedelta(**by)


def session(address: str, hands: Hands) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """A short session: what is asked, the status, the answer."""
    cases, acts = f"{address}/cases", f"{address}/cases/2026-007/acts"
    yield "open a case", *ask(cases, OPENING, Idempotency_Key="k-1")
    yield "send it again, since the answer was lost", *ask(cases, OPENING, Idempotency_Key="k-1")
    hands.put_on(hours=1)
    yield "ask the residents", *ask(acts, SOLICIT, If_Match='"1"', Idempotency_Key="k-2")
    hands.put_on(days=1)
    yield "an opinion from a flat", *ask(acts, OPINION, Idempotency_Key="k-3")
    hands.put_on(hours=1)
    yield "the same form again, an hour later", *ask(acts, OPINION, Idempotency_Key="k-3")
    yield "an act from a screen that is stale", *ask(acts, CLOSE, If_Match='"2"')
    yield "an act that is not theirs, too early, with an opinion unanswered", *ask(acts, CLOSE, If_Match='"3"')
    yield "an act that does not exist", *ask(acts, {**CLOSE, "kind": "abolish"})
    yield "read the case", *ask(f"{cases}/2026-007")


def main() -> None:
    """Serve, go through the session, and stop; with ``--serve``, go on until it is interrupted."""
    with tempfile.TemporaryDirectory() as folder:
        docket, goes_on = AsyncDocket(ThreadedStore(SQLiteStore(Path(folder) / "cases.db"))), "--serve" in sys.argv
        hands = Hands(MARCH)
        with serving(service(docket, clock if goes_on else hands)) as address:
            if goes_on:
                print(f"{address}/docs; stop with Ctrl+C")
                with suppress(KeyboardInterrupt):
                    threading.Event().wait()
                return
            for asked, status, answer in session(address, hands):
                print(f"{asked}: {status} {HTTPStatus(status).phrase}")
                for reason in answer.get("refused", ()):
                    print(f"  {reason['code']}\n    {reason['zh']}\n    {reason['en']}")
                if "fault" in answer:
                    print(f"  {answer['fault']}")
                if "stage" in answer:
                    print(f"  stage {answer['stage']}, phase {answer['phase']}, version {answer['version']}")


if __name__ == "__main__":
    main()
