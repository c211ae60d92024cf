"""A review of seven families in a batch, as it went on in one office. All of it is invented."""

from __future__ import annotations

from batch.review import OFFICES, PROCEDURE, ROLLS, START, called, day, family, front, meeting, voted
from yizheng import Docket, Text
from yizheng.stages import (
    AnswerOpinion,
    AskSplit,
    CloseSolicitation,
    Correct,
    OpenSolicitation,
    ReceiveOpinion,
    Release,
)
from yizheng.store import MemoryStore

BATCH = "batch-1"
REASON = Text("收入有争议", "the income is in dispute")


def opened(docket=None, number=7, **settings):
    """A docket in which a batch of families was opened."""
    docket = Docket(MemoryStore()) if docket is None else docket
    families = [family(each) for each in range(1, number + 1)]
    docket.open_batch(families, PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1", id=BATCH, **settings)
    return docket


def together(docket, *steps):
    """Steps that are put to the batch."""
    for at, by, action in steps:
        docket.act_batch(BATCH, action, at=at, by=by)
    return docket


def alone(docket, item, *steps):
    """Steps that are put to one matter."""
    for at, by, action in steps:
        docket.act(item, action, at=at, by=by)
    return docket


def entries(docket, item=BATCH):
    """The record of the batch, or of a matter."""
    return docket.case(item).entries


def asking():
    """A solicitation in which somebody says something, and the entry of it is corrected."""
    yield day(0), "sec-1", OpenSolicitation(channels={"symposium"}, until=day(2))
    opinion = ReceiveOpinion(Text("收入应核对", "check the incomes"), channel="symposium", author="somebody")
    yield day(1), "sec-1", opinion
    yield (
        day(1, 10),
        "sec-1",
        Correct(3, text=Text("书面提出", "it came in writing"), reason=Text("录入有误", "entered wrongly")),
    )


def answered():
    """The opinion is answered, and the solicitation closed."""
    yield day(1, 11), "sec-1", AnswerOpinion("o1", Text("已核对", "they were checked"))
    yield day(2), "sec-1", CloseSolicitation(summary=Text("意见已记录", "the views are on record"))


def review(docket=None):
    """One is disputed, one withdrawn, one split out on request; of the others three are resolved, and one is left."""
    docket = opened(docket, sittings="one", requests=2, triage={"put_in": 7})
    together(docket, *asking(), *answered(), *list(front())[2:])
    docket.split(BATCH, "family-002", reason=REASON, how="held_over", at=day(9), by="sec-1")
    docket.split(
        BATCH, "family-003", reason=Text("已迁出", "it moved away"), how="withdrawn", at=day(9, 10), by="sec-1"
    )
    for hour, who in ((11, "r-01"), (12, "r-02")):
        docket.act_batch(BATCH, AskSplit("family-004", REASON), at=day(9, hour), by=who)
    together(docket, *called())
    for number, votes in ((1, 6), (5, 2), (6, 7)):
        alone(docket, f"family-{number:03}", *voted(votes))
    own = Correct(3, text=Text("另一只票箱", "another box"), reason=Text("录入有误", "entered wrongly"))
    docket.act("family-006", own, at=day(13, 11), by="sec-1")
    return docket


def lost_together():
    """The two committees vote against all of it: the batch ends, and its matters with it."""
    docket = together(opened(), *list(front())[:2])
    return together(docket, *meeting(3, "two_committees", against=7))


def released_together():
    """All matters are released at once, for sittings of their own."""
    docket = together(opened(sittings="separate"), *front())
    return together(docket, (day(11), "sec-1", Release()))
