"""A ruling explains itself: whoever has only the explanation comes to the same verdict (row R28).

What judges again here shares no code with the library: it reads the plain data of a ruling, or the words of the minutes.
"""

# amounts are written in capitals, and stand on the left as in the statute

import json
import random
import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules import test_laws as laws
from rules.test_laws import ANY_RULE, TALLIES, USUAL_RULE
from yizheng import Citation
from yizheng.rules import (
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    Amount,
    Choice,
    Comparison,
    Figure,
    Outcome,
    Rule,
    Sign,
    Silence,
    SilencePolicy,
    Tally,
    Term,
    deem,
    to_data,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
MARKS = ("for", "against", "abstaining", "invalid", "silent", "absent")
SIGNS = {
    ">=": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    "<": lambda left, right: left < right,
}


def verdict(record: dict) -> str:
    """What a ruling comes to, by its rule's tree and the two numbers of each finding; its own verdict is not looked at."""
    tally, rule = record["tally"], record["rule"]
    if "issued" in tally and "returned" in tally and Fraction(tally["returned"]) > Fraction(tally["issued"]):
        return "void"
    found = iter(record["findings"])

    def holds(tree, part: str) -> bool:
        for joined, together in (("all", all), ("any", any)):
            if joined in tree:
                return together([holds(each, part) for each in tree[joined]])
        finding = next(found)
        assert finding["part"] == part
        sides = Fraction(finding["left"]), Fraction(finding["right"])
        held = not finding.get("nothing", False) and SIGNS[tree["sign"]](*sides)
        assert finding["holds"] is held
        return held

    heads = tally["measures"]["heads"]
    if rule["quorum"] != "none" and not holds(rule["quorum"], "quorum"):
        came = "inquorate"
    else:
        supporters = MARKS if rule.get("by_no_objection", False) else ["for"]
        supported = any(
            Fraction(heads.get(mark, 0)) for mark in supporters
        )  # nobody is absent where there is no meeting
        came = "carried" if holds(rule["passage"], "passage") and supported else "lost"
        if came == "lost" and record.get("casting") == "for":
            came = "carried"
    assert list(found) == []
    return came


class TestTree:
    """The plain data of a ruling: the tree of conditions, and for each comparison both numbers."""

    @given(st.one_of(ANY_RULE, USUAL_RULE), TALLIES)
    def test_the_verdict_follows_from_it(self, rule, tally):
        """For every rule and every count."""
        ruling = rule.judge(tally)
        record = json.loads(json.dumps(to_data(ruling)))
        assert verdict(record) == record["outcome"] == ruling.outcome

    @given(USUAL_RULE, st.sampled_from(SilencePolicy), st.lists(st.integers(0, 6), min_size=4, max_size=4), st.data())
    def test_both_readings_follow_where_silence_counts(self, rule, policy, votes, data):
        """With those who were served counted as the by-law says, and as the ballots were cast."""
        assume(not rule.asks_for(PRESENT))
        counts = dict(zip(("for", "against", "abstaining", "silent"), votes, strict=True)) | {"invalid": 0}
        in_group = {mark: number // 2 for mark, number in counts.items()}
        heads = counts | {"among": {"g": in_group}}
        tally = Tally.by_measure(heads=heads, area=heads, presence=False)
        served = data.draw(st.integers(0, votes[3]))
        of_group = max(0, served - (counts["silent"] - in_group["silent"]))
        deemed = deem(
            tally,
            Silence(policy, basis=Citation(instrument="示例议事规则", article="12")),
            {measure: {None: served, "g": min(of_group, in_group["silent"])} for measure in ("heads", "area")},
        )
        ruling = rule.judge(deemed)
        assert verdict(json.loads(json.dumps(to_data(ruling)))) == ruling.outcome
        as_cast = rule.judge(deemed.as_cast)
        assert verdict(to_data(as_cast)) == as_cast.outcome == (ruling.otherwise or ruling).outcome

    @pytest.mark.parametrize(("given_", "outcome"), [(None, "lost"), (Choice.FOR, "carried"), (Choice.AGAINST, "lost")])
    def test_a_casting_vote_stands_in_it(self, given_, outcome):
        """And says what became of the tie."""
        rule = Rule(quorum=None, passage=FOR > AGAINST, casting="chair")
        counts = {"for": 5, "against": 5, "abstaining": 0, "invalid": 0, "silent": 0, "absent": 0}
        record = to_data(rule.judge(Tally({"heads": counts}, casting=given_)))
        assert verdict(record) == record["outcome"] == outcome

    @pytest.mark.parametrize("at", range(4))
    def test_a_finding_that_says_otherwise_is_noticed(self, at):
        """So that the check above can fail: one finding of four is turned round."""
        rule = Rule(
            quorum=(PRESENT >= TWO_THIRDS * ENTITLED) & (CAST > HALF * ENTITLED),
            passage=(FOR > HALF * PRESENT) & (AGAINST <= HALF * CAST),
        )
        counts = {"for": 5, "against": 1, "abstaining": 0, "invalid": 0, "silent": 0, "absent": 2}
        record = to_data(rule.judge(Tally({"heads": counts})))
        assert verdict(record) == "carried"
        finding = record["findings"][at]
        finding["left"], finding["right"] = finding["right"], finding["left"]
        with pytest.raises(AssertionError):
            verdict(record)


SAID = {
    "en": {
        "at least": ">=",
        "more than": ">",
        "at most": "<=",
        "less than": "<",
        "not more than": "<=",
        "not less than": ">=",
    },
    "zh": {"不少于": ">=", "超过": ">", "不超过": "<=", "少于": "<", "不足": "<", "未超过": "<="},
}
NUMBER = r"(?P<{}>\d+ \d+/\d+|\d+/\d+|\d+\.\d+|\d+)(?: m²| 平方米)?"
ENDS = {
    "en": {
        "carried": Outcome.CARRIED,
        "lost": Outcome.LOST,
        "nothing is decided": Outcome.INQUORATE,
        "is void": Outcome.VOID,
    },
    "zh": {
        "未通过": Outcome.LOST,
        "通过": Outcome.CARRIED,
        "不作决定": Outcome.INQUORATE,
        "表决无效": Outcome.VOID,
    },
}


def said(words: str, language: str) -> list[tuple[Fraction, str, Fraction]]:
    """Every "so many, more than a share of those (so many)" of the minutes: the number, the relation, the bound."""
    relations = "|".join(sorted(SAID[language], key=len, reverse=True))
    opens, closes = ("（", "）") if language == "zh" else (r"\(", r"\)")
    clause = re.compile(
        NUMBER.format("left")
        + ("，" if language == "zh" else ", ")
        + rf"(?P<relation>{relations})[^；;：:，,]*?{opens}"
        + NUMBER.format("right")
        + closes
    )
    return [
        (_number(each["left"]), SAID[language][each["relation"]], _number(each["right"]))
        for each in clause.finditer(words)
    ]


def _number(text: str) -> Fraction:
    return sum(map(Fraction, text.split()), Fraction())


def relations_are_true(ruling, words: str, language: str) -> None:
    """What is said of each number is true, and all that was found is said; for rules that ask for no sums."""
    relations = said(words, language)
    for left, sign, right in relations:
        assert SIGNS[sign](left, right)
    told = [(Fraction(finding.left), Fraction(finding.right)) for finding in ruling.findings if not finding.nothing]
    assert [(left, right) for left, _, right in relations] == told


def last_word(words: str, language: str) -> Outcome:
    """The verdict with which the minutes end."""
    last = words.rstrip("。.")
    return next(outcome for end, outcome in ENDS[language].items() if last.endswith(end))


class TestWords:
    """The minutes alone: what is said of each number is true of it, and the last word is the verdict."""

    @given(USUAL_RULE, TALLIES, st.sampled_from(["zh", "en"]))
    def test_every_relation_said_is_true(self, rule, tally, language):
        """Where a share is said, it is at least, more than or short of what it is said to be; and every one is said."""
        ruling = rule.judge(tally)
        relations_are_true(ruling, ruling.explain(language), language)

    @given(st.one_of(ANY_RULE, USUAL_RULE), TALLIES, st.sampled_from(["zh", "en"]))
    def test_the_last_word_is_the_verdict(self, rule, tally, language):
        """Carried, lost, nothing decided or void."""
        ruling = rule.judge(tally)
        assert last_word(ruling.explain(language), language) is ruling.outcome


# --- drawn by lot, which is quicker than by Hypothesis, so that they can be many


def drawn_voters(chance: random.Random) -> list[laws.Voter]:
    """Up to twelve who vote, by heads and by area, some of them in a group."""
    areas = [Fraction(number) for number in ("0", "1", "2", "5/6", "89.60")]
    marks = chance.choices([*MARKS, "recused"], [6, 4, 2, 1, 1, 2, 1], k=chance.randrange(13))
    return [laws.Voter(mark, chance.choice(areas), chance.random() < 0.5) for mark in marks]


def drawn_comparison(chance: random.Random, *, usual: bool) -> Comparison:
    """A share of some whole, as statutes have it; or one sum against another, with any figures."""
    measure, group = chance.choice(["heads", "heads", "area"]), chance.choice([None, None, None, "g"])
    if usual:
        shares = [Fraction(part, whole) for whole in range(1, 9) for part in range(1, whole + 1)]
        right = chance.choice(shares) * chance.choice([ENTITLED, PRESENT, CAST, VALID, FOR + AGAINST])
        condition = Comparison(chance.choice([FOR, FOR, AGAINST, PRESENT, CAST]), chance.choice([*Sign]), right)
        left, right = (side if measure == "heads" else side.by("area") for side in (condition.left, condition.right))
        left, right = (side if group is None else side.among("g") for side in (left, right))
        return Comparison(left, condition.sign, right)
    figures = [figure for figure in Figure if figure is not Figure.NAMES]

    def total() -> Amount:
        times = [Fraction(chance.choice([-2, -1, 1, 1, 2, 3]), chance.choice([1, 1, 2, 3])) for _ in range(3)]
        terms = [Term(each, chance.choice(figures), measure, group) for each in times[: chance.randrange(1, 4)]]
        return Amount(terms, chance.choice([0, 0, 0, 1, -1, 3]))

    while True:
        left, right = total(), total()
        if left.terms and right.terms:  # they may have cancelled one another
            return Comparison(left, chance.choice([*Sign]), right)


def drawn_condition(chance: random.Random, *, usual: bool):
    """One to three comparisons, joined."""
    condition = drawn_comparison(chance, usual=usual)
    for _ in range(chance.choice([0, 0, 1, 2])):
        more = drawn_comparison(chance, usual=usual)
        condition = condition & more if chance.random() < 0.6 else condition | more
    return condition


class TestAtLength:
    """Ten times as many rulings as Hypothesis draws, ten thousand in the deep run: tree, words, and numbers (row R28)."""

    @pytest.mark.parametrize("part", range(10))
    def test_each_explains_itself(self, part):
        """The verdict follows from the tree, it is the last word in both languages, and every number is on record."""
        chance = random.Random(f"R28 {part}")  # noqa: S311  # no secret
        came = set()
        for _ in range(settings.default.max_examples):
            usual = chance.random() < 0.6
            rule = Rule(
                quorum=None if chance.random() < 0.3 else drawn_condition(chance, usual=usual),
                passage=drawn_condition(chance, usual=usual),
                by_no_objection=chance.random() < 0.3,
                casting="chair" if chance.random() < 0.2 else None,
            )
            issued, returned = (
                chance.choice([None, chance.randrange(5, 10)]),
                chance.choice([None, chance.randrange(13)]),
            )
            tally = laws.counted(drawn_voters(chance), issued=issued, returned=returned)
            ruling = rule.judge(tally)
            came.add(ruling.outcome)
            record = json.loads(json.dumps(to_data(ruling)))
            assert verdict(record) == record["outcome"] == ruling.outcome
            numbers = laws.on_record(ruling)
            for language in ("zh", "en"):
                words = ruling.explain(language)
                assert last_word(words, language) is ruling.outcome
                assert {sum(map(Fraction, found.split())) for found in laws.NUMBER.findall(words)} <= numbers
                assert "%" not in words
                if usual:
                    relations_are_true(ruling, words, language)
        assert came == set(Outcome)
