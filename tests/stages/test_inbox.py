"""What was received and what was said to it, however much it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from walks import START, courtyard, courtyard_steps, day, take
from yizheng import Case
from yizheng.stages import AnswerOpinion, Duty, OpenSolicitation, ReceiveOpinion
from yizheng.stages.inbox import Inbox


def gathered(duties: tuple[Duty, ...]) -> set[tuple[object, ...]]:
    """What is owed, worked out from each duty by itself: action, office, the first moment, how many."""
    alike = {(duty.action, duty.by) for duty in duties}
    found = set()
    for action, by in alike:
        each = [duty for duty in duties if (duty.action, duty.by) == (action, by)]
        ends = [duty.until for duty in each if duty.until is not None]
        found.add((action, by, min(ends, default=None), len(each)))
    return found


class TestInbox:
    """It tells who waits for an answer as a plain dictionary would."""

    @given(st.lists(st.booleans() | st.integers(0, 9)))
    def test_beside_a_dictionary(self, steps: list[bool | int]) -> None:
        """Whatever is received and answered in whatever order; earlier versions stay as they were."""
        inbox, plain, before = Inbox[int](), dict[str, int | None](), list[tuple[Inbox[int], dict[str, int | None]]]()
        for step in steps:
            before.append((inbox, dict(plain)))
            waiting = [ref for ref, answer in plain.items() if answer is None]
            if isinstance(step, bool) or not waiting:
                ref = f"o{len(plain)}"
                inbox, plain[ref] = inbox.with_one(ref), None
            else:
                ref = waiting[step % len(waiting)]
                inbox, plain[ref] = inbox.with_answer(ref, step), step
        for known, then in [*before, (inbox, plain)]:
            unanswered = tuple(ref for ref, answer in then.items() if answer is None)
            assert (known.unanswered, known.waiting, len(known)) == (unanswered, len(unanswered), len(then))
            assert list(known) == list(then)
            assert not unanswered or known.first == unanswered[0]
            assert dict(known.answers) == {ref: answer for ref, answer in then.items() if answer is not None}


class TestOwed:
    """What is owed is what is due, gathered."""

    def test_at_each_step_of_a_case(self) -> None:
        """The same actions, offices and numbers, and of each the one that is due first."""
        case = courtyard()
        for step in courtyard_steps():
            case = take(case, [step])
            told = {(duty.action, duty.by, duty.until, duty.count) for duty in case.owed()}
            assert told == gathered(case.duties())
            assert all(duty.ref is None or duty.ref in {each.ref for each in case.duties()} for duty in case.owed())

    def test_opinions_that_wait(self) -> None:
        """Three opinions of which the first is answered: two answers are owed, that to the second first."""
        case = received(3)
        case = case.act(AnswerOpinion("o1", "x"), at=day(2), by="sec-1")
        (answer,) = [duty for duty in case.owed() if duty.ref is not None]
        assert (answer.ref, answer.count, answer.until) == ("o2", 2, day(9))
        assert [duty.ref for duty in case.duties() if duty.ref is not None] == ["o2", "o3"]


def received(number: int) -> Case:
    """A case with so many opinions without an answer."""
    case = courtyard().act(OpenSolicitation(channels={"online"}, until=day(9)), at=START, by="sec-1")
    for each in range(number):
        case = case.act(ReceiveOpinion(f"opinion {each}"), at=day(1), by="1-101", salt=b"0" * 16)
    return case
