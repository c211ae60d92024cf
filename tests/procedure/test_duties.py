"""Duties: the templates of DECLARE by their names, what each accepts, how it is told, and how it is kept."""

from __future__ import annotations

from itertools import product
from typing import Any

import attrs
import pytest

from yizheng import Citation, Period, Procedure, Text, catalogue
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure.duties import (
    TEMPLATES,
    AtMost,
    Automaton,
    Choice,
    Exactly,
    Existence,
    Init,
    Precedence,
    Response,
    Sort,
    Template,
    Timed,
    brought,
    seen_by,
    sort_of,
    told,
)

from .declare import KEPT, is_kept, is_lost

COURTYARD = catalogue.yizheng.COURTYARD
SAID = Citation(instrument=Text("自拟章程", "an invented by-law"), article="7")
LETTERS = "oab"


def sides(template: type[Template]) -> int:
    """How many sides a template has."""
    return 2 if "b" in attrs.fields_dict(template) else 1


def each_template(**settings: Any) -> list[Template]:
    """One duty of each template, and those that count to two."""
    made = [
        template(*("evaluate", "resolve.carried")[: sides(template)], **settings) for template in TEMPLATES.values()
    ]
    counting = [Existence("evaluate", least=2), Exactly("evaluate", times=2), AtMost("evaluate", most=2)]
    return [*made, *counting, AtMost("evaluate", most=0), AtMost("evaluate", most=1, since="resolve.carried")]


EACH = [pytest.param(duty, id=f"{duty.template}-{number}") for number, duty in enumerate(each_template())]


class TestMeaning:
    """A template means what the literature says, over finite traces."""

    def test_each_has_a_word_for_it(self) -> None:
        """The regular expressions of the tests know every template."""
        assert KEPT.keys() == TEMPLATES.keys()

    @pytest.mark.parametrize("duty", EACH)
    def test_every_short_word(self, duty: Template) -> None:
        """On each word of up to seven letters the automaton says what the regular expression says."""
        automaton = duty.automaton
        letters = LETTERS if duty.second else "oa"
        for length in range(8):
            for word in map("".join, product(letters, repeat=length)):
                state = automaton.run(map(LETTERS.index, word))
                assert automaton.kept[state] is is_kept(duty, word), (duty, word)

    @pytest.mark.parametrize("duty", EACH)
    def test_what_is_lost_and_what_is_settled(self, duty: Template) -> None:
        """A state is broken where nothing that follows mends it, and settled where nothing that follows breaks it."""
        automaton = duty.automaton
        for word in map("".join, product(LETTERS if duty.second else "oa", repeat=4)):
            state = automaton.run(map(LETTERS.index, word))
            assert automaton.broken[state] is is_lost(duty, word)
            endings = [
                automaton.run(ending, state) for length in range(4) for ending in product((0, 1, 2), repeat=length)
            ]
            assert automaton.settled[state] is all(automaton.kept[after] for after in endings)

    def test_several_names_are_one(self) -> None:
        """Of several milestones on one side each counts."""
        duty = Response(["propose", "consult"], ["resolve", "evaluate"])
        assert [duty.letter(each) for each in ("propose", "consult", "resolve", "evaluate", "solicit")] == [
            1,
            1,
            2,
            2,
            0,
        ]

    def test_an_automaton_is_a_value(self) -> None:
        """Two duties of a template share what they accept."""
        assert Response("a", "b").automaton is Response("c", "d").automaton
        assert Automaton(((0, 0, 0),), (True,)).settled == (True,)


class TestMilestones:
    """What a duty speaks of."""

    @pytest.mark.parametrize(
        ("milestone", "sort"),
        [
            ("resolve", Sort.STAGE),
            ("resolve.carried", Sort.OUTCOME),
            ("resolve.recalled", Sort.OUTCOME),
            ("resolve:close_vote", Sort.ACTION),
            ("resolve:withdraw", Sort.ACTION),
            ("resolve:order_correction", Sort.ACTION),
            ("carried_out", Sort.END),
            ("resolve:note", None),
            ("resolve:post", None),
            ("resolve.clear", None),
            ("nowhere.carried", None),
            ("nowhere:post", None),
            ("nowhere", None),
        ],
    )
    def test_what_it_is(self, milestone: str, sort: Sort | None) -> None:
        """A stage, an outcome or a turn of it, an action in it that leads somewhere, an end; else nothing."""
        assert sort_of(milestone, COURTYARD) is sort

    def test_what_an_entry_brings_about(self) -> None:
        """The action, then the outcome, then the stage or end that is entered."""
        assert brought("resolve", "close_vote", "carried", "disclose_measures") == (
            "resolve:close_vote",
            "resolve.carried",
            "disclose_measures",
        )
        assert brought("resolve", "close_vote", "recalled", None) == ("resolve:close_vote", "resolve.recalled")
        assert brought("resolve", "convene", None, None) == ("resolve:convene",)

    def test_what_a_duty_sees(self) -> None:
        """It sees the sorts that it names, and no others."""
        assert seen_by(Response("resolve.carried", "disclose_measures"), COURTYARD) == {Sort.OUTCOME, Sort.STAGE}
        assert seen_by(Init("solicit"), COURTYARD) == {Sort.STAGE}


class TestTelling:
    """A duty is told as a sentence, in both languages."""

    @pytest.mark.parametrize("duty", EACH)
    def test_each_is_told(self, duty: Template) -> None:
        """With titles and without, nothing is left out and nothing is left open."""
        for language in ("zh", "en"):
            for procedure in (None, COURTYARD):
                said = duty.explain(language, procedure)
                assert "{" not in said
                assert all(told(each, language, procedure) in said for each in duty.milestones)

    def test_examples(self) -> None:
        """With its period, with the ends at which it is asked for, and with the figure."""
        answered = Response("disclose_measures.upheld", "propose", within=Period(15), ends="carried_out")
        assert answered.explain("zh", COURTYARD) == (
            "凡“一公开：实施措施公开”得出“异议成立”，其后须进入“一议：两委提议”，在15日内（限于以“已实施，群众满意”结案时）"
        )
        assert answered.explain("en", COURTYARD) == (
            "whenever “disclose the measures” comes to “upheld”, “propose” is entered afterwards, within 15 days "
            "(asked for where the case ends as “carried out to the residents' satisfaction”)"
        )
        recalls = AtMost("resolve.recalled", most=2, since="resolve")
        assert recalls.explain("en") == "“resolve.recalled”, at most twice (counted anew whenever “resolve”)"
        assert recalls.explain("zh", COURTYARD) == (
            "“三议：全体业主表决”得出“再次召集”至多 2 次（每次进入“三议：全体业主表决”时重新计数）"
        )
        shown = Precedence("disclose_measures:post", "carried_out")
        assert shown.explain("zh", COURTYARD) == "须先在“一公开：实施措施公开”办理“公示”，方可以“已实施，群众满意”结案"

    def test_words_of_its_own(self) -> None:
        """What the source says stands in place of what is made of its parts."""
        duty = Response("a", "b", words=Text("有议必复", "what is asked is answered"), within=Period(3))
        assert (duty.explain("zh"), duty.explain("en")) == ("有议必复", "what is asked is answered")


class TestKeeping:
    """A duty is a part of the definition, and of what is stored of it."""

    @pytest.mark.parametrize("duty", EACH)
    def test_it_comes_back(self, duty: Template) -> None:
        """A definition with a duty, written and read, is the same, with the same digest."""
        whole = attrs.evolve(duty, source=SAID, words="说", ends=["carried_out"])
        if whole.timed is not None:
            whole = attrs.evolve(whole, within=[Period(15, citation=SAID), Period(10, "working_days", citation=SAID)])
        procedure = attrs.evolve(COURTYARD, duties=[whole, duty])
        again = Procedure.from_data(procedure.to_data())
        assert again == procedure
        assert again.duties == (whole, duty)
        assert again.digest == procedure.digest != COURTYARD.digest

    def test_without_duties_nothing_is_written(self) -> None:
        """The data of a definition without any is what it was before there were any."""
        bare = attrs.evolve(COURTYARD, duties=())
        assert "duties" not in bare.to_data()
        assert attrs.evolve(bare, duties=COURTYARD.duties).digest == COURTYARD.digest != bare.digest

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (
                {"is": "wish", "a": ["resolve"]},
                r"duties\[0\]\.is: 'wish' is no template; it is one of existence, absence",
            ),
            ({"a": ["resolve"]}, r"duties\[0\]\.is: None is no template"),
            (
                {"is": "response", "a": ["resolve"], "b": ["resolve"]},
                r"duties\[0\]: Response names resolve on both sides",
            ),
            ({"is": "response", "a": ["resolve"], "c": 1}, r"duties\[0\]: Response has no c"),
            ({"is": "init", "a": [1]}, r"duties\[0\]\.a"),
            ("resolve", r"duties\[0\]"),
        ],
        ids=["template", "no-template", "both-sides", "field", "type", "no-mapping"],
    )
    def test_what_cannot_be_read(self, data: Any, words: str) -> None:
        """Data that are no duty are refused with their path."""
        with pytest.raises(InvalidValue, match=words):
            Procedure.from_data({**COURTYARD.to_data(), "duties": [data]})


class TestBadInput:
    """What cannot be a duty is refused where it is built."""

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda: Choice("a", "b", within=Period(3)), "Choice takes no time; those that do are Existence, Response"),
            (lambda: Response(["a", "b"], ["b", "c"]), "Response names b on both sides"),
            (lambda: Response([], "b"), "names no milestone"),
            (lambda: Existence("a", least=0), "Absence says that there is none"),
            (lambda: AtMost("a", most=101), "counts to 100 at most"),
            (lambda: Existence(""), "it needs 1 to"),
        ],
        ids=["time", "both-sides", "nothing", "none", "too-far", "unnamed"],
    )
    def test_values(self, make: Any, words: str) -> None:
        """Each says what is, and what to do."""
        with pytest.raises(InvalidValue, match=words):
            make()

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Response(1, "b"),
            lambda: Response("a", [None]),
            lambda: AtMost("a", most="2"),
            lambda: Response("a", "b", within=15),
            lambda: Response("a", "b", source="law"),
            lambda: attrs.evolve(COURTYARD, duties=["resolve"]),
            lambda: attrs.evolve(COURTYARD, duties=[Template()]),
        ],
        ids=["a", "b", "figure", "within", "source", "no-duty", "no-template"],
    )
    def test_types(self, make: Any) -> None:
        """What is of another type is refused as such."""
        with pytest.raises(InvalidType):
            make()

    def test_which_take_time(self) -> None:
        """What is reckoned from the opening, from what is answered, or from what comes before; the others take none."""
        timed = {template.template: template.timed for template in TEMPLATES.values() if template.timed is not None}
        assert timed.pop("existence") is Timed.OPENING
        assert {each for each, kind in timed.items() if kind is Timed.PRECEDENCE} == {
            *("precedence", "alternate_precedence", "chain_precedence")
        }
        assert {each for each, kind in timed.items() if kind is Timed.RESPONSE} == {
            *("response", "succession", "alternate_response", "alternate_succession"),
            *("chain_response", "chain_succession"),
        }
