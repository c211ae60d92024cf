"""Batches as people read them: what was done for all is told once for the batch, and whole in the record of each matter."""

from __future__ import annotations

import re

import attrs
import msgspec
import pytest

from batch.review import OFFICES, PROCEDURE, ROLLS, START, called, day, family, front, meeting, voted
from walks import COURTYARD_ROLLS, allowance, allowance_steps, assembly, courtyard_steps, matter, take
from walks import OFFICES as COURTYARD_OFFICES
from walks import START as START_OF_WALKS
from walks import alone as one_by_itself
from yizheng import Case, Docket, Text, catalogue
from yizheng.batch import ByHand, Criterion, triage
from yizheng.case import TakeUp
from yizheng.errors import BrokenRecord
from yizheng.record import SheetKind, minutes, register
from yizheng.stages import (
    AskSplit,
    Correct,
    Inspect,
    Note,
    OpenSolicitation,
    Recuse,
    Withdraw,
)
from yizheng.store import MemoryStore, SQLiteStore

from .reading import LANGUAGES, WITHHELD, headings, shape
from .together import (
    BATCH,
    REASON,
    alone,
    answered,
    asking,
    entries,
    lost_together,
    opened,
    released_together,
    review,
    together,
)

OWN = re.compile(r"^\*\*([0-9]+)\.\*\* ", re.MULTILINE)
SHARED = {
    "zh": re.compile(r"^\*\*批次 batch-1 第 ([0-9]+)(?: 至 ([0-9]+))? 条\*\* ", re.MULTILINE),
    "en": re.compile(r"^\*\*Batch batch-1, entr(?:y|ies) ([0-9]+)(?: to ([0-9]+))?\.\*\* ", re.MULTILINE),
}
A_DIGEST = re.compile(r"[0-9a-f]{64}")


def blocks(docket, item=BATCH, language="zh", **settings):
    """The minutes, block by block."""
    return minutes(entries(docket, item), language, **settings).split("\n\n")


def numbers(whole, pattern):
    """The numbers of the entries that are told, a run of them as each."""
    found = [
        (int(each[1]), int(each[2] or each[1]) if each.re.groups > 1 else int(each[1]))
        for each in pattern.finditer(whole)
    ]
    return [number for first, last in found for number in range(first, last + 1)]


def became(docket, language):
    """What the minutes of the batch say became of each matter."""
    rows = re.findall(r"^\| (family-[0-9]+) \| [^|]+ \| (.*) \|$", minutes(entries(docket), language), re.MULTILINE)
    return dict(rows)


def shows(docket, item, *said):
    """That each is said in the minutes, in Chinese and in English."""
    for language, words in zip(LANGUAGES * (len(said) // 2), said, strict=True):
        assert words in minutes(entries(docket, item), language), minutes(entries(docket, item), language)


class TestWhatBecameOfEach:
    """The minutes of a batch list its matters and what became of each, as far as its record says."""

    def test_every_way(self) -> None:
        """Disputed, withdrawn, split out on request, released one by one, or still there."""
        docket = review()
        assert became(docket, "zh") == {
            "family-001": "转入逐个决议（第 22 条，2026年9月14日 09:00）",
            "family-002": "有争议，移出批次，重新调查（第 16 条，2026年9月10日 09:00）",
            "family-003": "撤回（第 17 条，2026年9月10日 10:00）",
            "family-004": "移出批次，单独办理（第 19 条，2026年9月10日 12:00）",
            "family-005": "转入逐个决议（第 23 条，2026年9月14日 09:00）",
            "family-006": "转入逐个决议（第 24 条，2026年9月14日 09:00）",
            "family-007": "仍在批次中",
        }
        assert list(became(docket, "en").values()) == [
            "released, to be resolved by itself (entry 22, 14 September 2026, 09:00)",
            "taken out as disputed, to be looked into anew (entry 16, 10 September 2026, 09:00)",
            "withdrawn (entry 17, 10 September 2026, 10:00)",
            "taken out, to go on by itself (entry 19, 10 September 2026, 12:00)",
            "released, to be resolved by itself (entry 23, 14 September 2026, 09:00)",
            "released, to be resolved by itself (entry 24, 14 September 2026, 09:00)",
            "still in the batch",
        ]

    def test_all_at_once(self) -> None:
        """An entry that releases all is named at each."""
        docket = released_together()
        assert set(became(docket, "zh").values()) == {"转入逐个决议（第 13 条，2026年9月12日 09:00）"}
        shows(docket, BATCH, "- 批次中的事项均已离开批次\n", "- Every matter has left the batch\n")

    def test_ended_with_it(self) -> None:
        """Where the batch has come to an end, its matters have ended with it."""
        docket = lost_together()
        assert set(became(docket, "zh").values()) == {"随批次终结：商议未通过，不影响原待遇"}
        assert set(became(docket, "en").values()) == {
            "ended with the batch: not proposed: the allowance goes on as it was"
        }
        shows(
            docket,
            BATCH,
            "- 批次终结：商议未通过，不影响原待遇（not_proposed）",
            "- The batch has ended: not proposed: the allowance goes on as it was (not_proposed)",
        )

    def test_left_before_it_ended(self) -> None:
        """A matter that left before is not among those that ended with the batch."""
        docket = opened(number=2)
        docket.split(BATCH, "family-001", reason=REASON, at=day(0), by="sec-1")
        together(docket, (day(1), "sec-1", Withdraw(Text("不再办理", "no more of this"))))
        assert became(docket, "zh") == {
            "family-001": "移出批次，单独办理（第 2 条，2026年9月1日 09:00）",
            "family-002": "随批次终结：撤回",
        }
        shows(
            docket,
            BATCH,
            "批次终结，其中 1 件事项随之终结：撤回。",
            "The batch ends, and with it the matters in it (1): withdrawn.",
        )

    def test_under_way(self) -> None:
        """How many are left, and where the batch stands."""
        shows(
            review(),
            BATCH,
            "- 批次尚在办理，现处于“三议：居民代表会议决议”，其中有 1 件事项\n",
            "- The batch is under way, and stands at “resolve” with matters in it: 1\n",
        )

    def test_no_list_elsewhere(self) -> None:
        """The minutes of one matter list no others, and name no batch where there is none."""
        docket = review()
        assert "批次中的事项" not in headings(minutes(entries(docket, "family-001")))
        assert "family-007" not in minutes(entries(docket, "family-001"))
        single = one_by_itself(assembly())
        assert "批次" not in minutes(single.entries)
        assert "batch" not in minutes(single.entries, "en").lower()


class TestHowItWasOpened:
    """The opening of a batch is told with all that was laid down in it."""

    def test_all_of_it(self) -> None:
        """How many, through which stages, how resolved, on how many requests, and how chosen."""
        docket = opened(sittings="one", requests=2, triage={"put_in": 7})
        shows(
            docket,
            BATCH,
            "批次立案：7 件事项在下列环节一并办理：“一征：征求意见”、“一议：两委班子商议”、“二议：党员议事会审议”、“听证（必要时）”；"
            "其后逐件分别决议。在一次会议上逐件表决，通知和签到各一次。申请单独办理满 2 件的，该事项即移出批次。"
            "列入批次的筛选情况：put_in：7。",
            "opened the batch: 7 matters go together through “solicit opinions”, “discuss”, “review”, “hearing, when needed”, "
            "and are resolved one by one after that. All have one sitting, with one notice and one attendance, and a vote "
            "for each. A matter leaves the batch when so many members have asked for it: 2. How it was chosen what is put in: "
            "put_in: 7.",
        )

    def test_the_least(self) -> None:
        """What was left open is said to be open."""
        shows(
            opened(),
            BATCH,
            "其后逐件分别决议。逐件召开会议还是一次会议逐件表决，立案时未定。申请单独办理，本身不使事项移出批次。\n",
            "resolved one by one after that. Whether in one sitting or in separate ones is left open. "
            "Asking for it does not by itself take a matter out.\n",
        )

    def test_separate_sittings(self) -> None:
        """Sittings of their own are named."""
        shows(opened(sittings="separate"), BATCH, "每件分别召开会议。", "Each has a sitting of its own.")

    def test_why_together(self) -> None:
        """The reason of a plan is told."""

        class Group:
            id = BATCH
            matters = (family(1), family(2))
            reason = Text("同为低保", "the same programme")

        docket = Docket(MemoryStore())
        docket.open_batch(Group(), PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1")
        shows(docket, BATCH, "一并办理的理由：“同为低保”。", " Why together: “the same programme”.")

    def test_sorted_out(self) -> None:
        """The log of a triage is told a point for each matter; another account of the office as it is."""
        work = Criterion("work", Text("今年\n就业", "found\nwork"), holds=lambda each: each.id == "family-001")
        by_hand = ByHand(
            matter="family-002", selected=True, reason=Text("邻里\n- 反映", "neighbours\n- asked"), by="sec-1"
        )
        log = triage([family(1), family(2), family(3)], [work], by_hand=[by_hand]).log
        shows(
            opened(triage=log),
            BATCH,
            "列入批次的筛选情况逐件如下：\n\n- family-001：列入：符合：今年 / 就业\n"
            "- family-002：列入：sec-1 决定，理由：邻里 / - 反映；各项标准均不符合（今年 / 就业）\n"
            "- family-003：未列入：各项标准均不符合（今年 / 就业）\n\n## 结果",
            "How it was chosen what is put in:\n\n- family-001: put in: holds: found / work\n",
        )
        docket = opened(triage=log)
        docket.split(BATCH, "family-002", reason=REASON, at=day(0), by="sec-1")
        docket.split(BATCH, "family-004", reason=REASON, at=day(0), by="sec-1")
        shows(
            docket,
            "family-002",
            "列入批次的筛选情况见批次的案卷。本事项列入：sec-1 决定，理由：邻里 / - 反映；各项标准均不符合（今年 / 就业）。\n",
            "stands in the record of the batch. This matter: put in: decided by sec-1, because: neighbours / - asked; none of "
            "the criteria holds (found / work).\n",
        )
        shows(docket, "family-004", "见批次的案卷。\n", "in the record of the batch.\n")
        other = {"criteria": [], "findings": []}
        shows(
            opened(triage=other),
            BATCH,
            "筛选情况：criteria：（无）、findings：（无）。",
            "put in: criteria: (none), findings: (none).",
        )

    def test_within_a_matter(self) -> None:
        """In the minutes of a matter the triage of all others is left to the batch."""
        shows(
            review(),
            "family-001",
            "移出批次。列入批次的筛选情况见批次的案卷。",
            "How it was chosen what is put in stands in the record of the batch.",
        )
        assert "put_in" not in minutes(entries(review(), "family-001"))


class TestHowMattersLeave:
    """Who left the batch, why and how is told."""

    @pytest.mark.parametrize(
        ("how", "zh", "en"),
        [
            (
                "split",
                "将 family-002（“第2户”）移出批次，自此单独办理，理由：“收入有争议”。",
                (
                    "took family-002 (“family 2”) out of the batch, to go on by itself from here, for this reason: “the income is in "
                    "dispute”."
                ),
            ),
            (
                "held_over",
                "将 family-002（“第2户”）作为有争议的事项移出批次，重新调查，从第一个环节起办理，理由：“收入有争议”。",
                (
                    "took family-002 (“family 2”) out of the batch as disputed, to be looked into anew and taken from the first "
                    "stage, for this reason: “the income is in dispute”."
                ),
            ),
            (
                "withdrawn",
                "撤回 family-002（“第2户”），该事项离开批次，理由：“收入有争议”。",
                "withdrew family-002 (“family 2”), which leaves the batch, for this reason: “the income is in dispute”.",
            ),
        ],
    )
    def test_split_out(self, how: str, zh: str, en: str) -> None:
        """Each way has its sentence, in the minutes of the batch and of the matter."""
        docket = opened()
        docket.split(BATCH, "family-002", reason=REASON, how=how, at=day(0), by="sec-1")
        for item in (BATCH, "family-002"):
            shows(docket, item, zh, en)

    def test_asked(self) -> None:
        """Who asks is withheld; how many asked, and how many it takes, is not."""
        docket = review()
        first = (
            "〔不公开〕申请将 family-004（“第4户”）移出批次单独办理：“收入有争议”。已有申请 1 件，满 2 件即移出批次。"
        )
        second = "“收入有争议”。已有申请 2 件，满 2 件，该事项自此移出批次，单独办理。"
        shows(
            docket,
            BATCH,
            first,
            "[withheld] asked that family-004 (“family 4”) be taken out of the batch: “the income is in dispute”. "
            "Requests up to now: 1, and 2 are needed.",
            second,
            "Requests up to now: 2, and 2 were needed; so it leaves the batch and goes on by itself.",
        )
        shows(docket, "family-004", second, "so it leaves the batch and goes on by itself.")

    def test_asked_in_vain(self) -> None:
        """Where asking alone takes nothing out, that is said."""
        docket = together(opened(), (day(0), "r-01", AskSplit("family-004", REASON)))
        shows(
            docket,
            BATCH,
            "已有申请 1 件；申请本身不使事项移出批次。",
            "Requests up to now: 1; they do not by themselves take it out.",
        )

    def test_released(self) -> None:
        """One by one, or all at once."""
        shows(
            review(),
            BATCH,
            "〔不公开〕将 family-001（“第1户”）转入逐个决议。",
            "[withheld] released family-001 (“family 1”), to be resolved by itself.",
        )
        shows(
            released_together(),
            BATCH,
            "将批次中其余事项全部转入逐个决议，共 7 件。",
            "released all matters that were still in the batch, to be resolved one by one: 7.",
        )


class TestOneMatter:
    """Minutes of one matter show what was done for all, marked as that, and then what was done for it alone."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_entry_once(self, language: str) -> None:
        """Every entry of both records is told, in the order in which they were entered, under its number in its own record."""
        docket = review()
        for item in ("family-001", "family-004", "family-006"):
            record = entries(docket, item)
            whole, shared = minutes(record, language), record[1].action.entries
            assert numbers(whole, SHARED[language]) == list(range(1, shared + 1))
            assert numbers(whole, OWN) == list(range(1, len(record) + 1))
            after_first = whole[whole.index("**2.** ") :]
            assert not SHARED[language].search(after_first)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_batch_says_the_same(self, language: str) -> None:
        """What is told of a shared entry in a matter's minutes is what the minutes of the batch tell of it."""
        docket = review()
        batch = blocks(docket, BATCH, language)
        own = [re.sub(SHARED[language], r"**\1.** ", each) for each in blocks(docket, "family-006", language)]
        told = [each for each in batch if OWN.match(each) and not re.match(r"\*\*(1|3|4|16|17|18|19|22|23)\.", each)]
        assert len(told) == 15  # all 24 but what names other entries, and how others left
        assert [each for each in told if each not in own] == []

    @pytest.mark.parametrize("private", [False, True])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_of_the_others(self, language: str, private: bool) -> None:  # noqa: FBT001
        """That another matter left is told, and not which, nor why: that is for its own minutes and those of the batch."""
        docket = review()
        told = minutes(docket.case("family-006").entries, language, private=private)
        assert told.count("使另一件事项离开批次" if language == "zh" else "let another matter leave the batch") == 2
        assert (
            told.count("申请将另一件事项移出批次" if language == "zh" else "asked that another matter be taken out")
            == 2
        )
        whole = minutes(docket.case(BATCH).entries, language, private=private)
        for word in ("family-002", "family-003", "family-004", "已迁出" if language == "zh" else "it moved away"):
            assert word in whole
            assert word not in told

    def test_marked(self) -> None:
        """It is said for how many matters, in which batch, and up to which digest it was done."""
        docket = review()
        digest = docket.case("family-006").entries[1].action.shared.digest
        assert digest == docket.case(BATCH).entries[23].digest
        shows(
            docket,
            "family-006",
            "本事项在批次 batch-1（“第1户等7件”，立案时 7 件）中与其他事项一并办理。以下标明该批次的各条，是为批次中的全部事项办理的，"
            f"同样属于本事项的记录；它们记在批次的案卷中，共 24 条，末条摘要（SHA-256）：{digest}。",
            "dealt with together with others in batch batch-1 (“family 1 and 6 more”), which was opened with 7 matters. What is "
            "marked with that batch below was done for all matters in it, and is part of the record of this one; it stands in "
            f"the record of the batch, in 24 entries, the last of which has the digest (SHA-256) {digest}.",
            "标明批次 batch-1 的各条，为批次中的全部事项一并办理；本环节开始时有 7 件。",
            "What is marked with batch batch-1 was done for all matters in it together; when this stage began, these were 7.",
            f"〔不公开〕自批次 batch-1 转入单独办理：以上一并办理的部分共 24 条，末条摘要（SHA-256）：{digest}。",
            "[withheld] took the matter up by itself from batch batch-1: what was done together are the 24 entries above, the "
            f"last of which has the digest (SHA-256) {digest}.",
            "- 案卷共 5 条，另有批次 batch-1 一并办理的 24 条\n",
            "- Entries in the record: 5, besides those of batch batch-1 that were made together: 24\n",
        )

    def test_of_which_batch(self) -> None:
        """Matters say in which batch they were opened, with the digest of its opening."""
        docket = review()
        opening = docket.case(BATCH).entries[0].digest
        shows(
            docket,
            "family-007",
            f"- 批次：batch-1，其立案条目的摘要（SHA-256）：{opening}\n",
            f"- Batch: batch-1, whose opening has the digest (SHA-256) {opening}\n",
        )

    def test_in_its_stages(self) -> None:
        """The stages follow each other through both records; the sitting that began for all goes on for one."""
        docket = review()
        assert headings(minutes(entries(docket, "family-006")))[5:] == [
            "一并办理",
            "1. 一征：征求意见",
            "2. 一议：两委班子商议",
            "3. 二议：党员议事会审议",
            "4. 听证（必要时）",
            "5. 三议：居民代表会议决议",
            "6. 一公开：公示",
            "结果",
        ]
        sitting = minutes(entries(docket, "family-006")).split("## 5. ")[1]
        order = [
            "第 20 条** ",
            "第 21 条** ",
            "第 24 条** ",
            "**2.** ",
            "**3.** ",
            "应到 9，实到 9",
            "转入“一公开：公示”。",
            "**5.** ",
        ]
        places = [sitting.index(each) for each in order]
        assert places == sorted(places)

    def test_others_released(self) -> None:
        """That others were released meanwhile is told in one sentence; their corrections stay."""
        docket = review()
        shows(
            docket,
            "family-006",
            "**批次 batch-1 第 22 至 23 条** 其间另有 2 件事项转入逐个决议，见批次的议事记录。",
            "**Batch batch-1, entries 22 to 23.** Meanwhile 2 other matters were released, to be resolved by themselves; see "
            "the minutes of the batch.",
        )
        assert "将 family-001" not in minutes(entries(docket, "family-006"))
        alone(docket, "family-007", *voted(6))
        shows(
            docket,
            "family-007",
            "**批次 batch-1 第 22 至 24 条** 其间另有 3 件",
            "entries 22 to 24.** Meanwhile 3 other",
        )
        shows(docket, "family-005", "使另一件事项离开批次", "let another matter leave the batch")

    def test_the_rest_released(self) -> None:
        """Others released before stand in one sentence, and the release of the rest, this matter among them, in its own."""
        docket = together(opened(number=4), *front())
        for item in ("family-001", "family-002"):
            docket.release(BATCH, item, at=day(11), by="sec-1")
        docket.release(BATCH, at=day(11), by="sec-1")
        shows(docket, "family-003", "第 13 至 14 条** 其间另有 2 件", "entries 13 to 14.** Meanwhile 2 other matters")
        shows(docket, "family-003", "其余事项全部转入逐个决议，共 2 件。", "to be resolved one by one: 2.")

    def test_a_release_corrected(self) -> None:
        """A correction of an entry within such a run is shown beside it."""
        docket = together(opened(sittings="one"), *front(), *called())
        docket.release(BATCH, "family-001", at=day(13, 9), by="sec-1")
        docket.release(BATCH, "family-002", at=day(13, 9), by="sec-1")
        wrong = Correct(16, text=Text("九时一刻", "at a quarter past nine"), reason=Text("录入有误", "entered wrongly"))
        together(docket, (day(13, 9, 20), "sec-1", wrong))
        alone(docket, "family-003", (day(13, 9, 30), "sec-1", Recuse("r-01", Text("亲属", "a relative"))))
        said = blocks(docket, "family-003")
        run = next(place for place, each in enumerate(said) if "其间另有 2 件" in each)
        assert said[run + 1] == "> 更正（批次 batch-1 第 17 条，2026年9月14日 09:20）：“九时一刻”；原因：“录入有误”。"

    def test_still_held(self) -> None:
        """A matter that its batch holds says that it stands with it."""
        shows(
            review(),
            "family-007",
            "- 案件在批次 batch-1 中一并办理，尚未单独办理；办理情况见该批次的议事记录\n- 案卷共 1 条\n",
            "- The case stands with batch batch-1 and has not been taken up by itself; see the minutes of that batch\n"
            "- Entries in the record: 1\n",
        )


class TestWhereItGoesOn:
    """However a matter leaves, its minutes go on from there."""

    def test_split_out(self) -> None:
        """Split out in the middle of a stage, it goes on in it."""
        docket = together(opened(), *asking())
        docket.split(BATCH, "family-002", reason=REASON, at=day(1, 10), by="sec-1")
        alone(docket, "family-002", *answered())
        told = minutes(entries(docket, "family-002"))
        assert headings(told)[5:] == ["一并办理", "1. 一征：征求意见", "结果"]
        assert "- 案件尚在办理，现处于“一议：两委班子商议”\n" in told
        assert "**4.** 2026年9月3日 09:00，社区书记（经办）sec-1 结束征求意见" in told
        assert "转入“一议：两委班子商议”。" in told

    def test_held_over(self) -> None:
        """Held over as disputed, it begins with the first stage again, as its second passage."""
        docket = review()
        anew = OpenSolicitation(channels={"letter"}, until=day(20))
        alone(docket, "family-002", (day(13), "sec-1", anew))
        told = minutes(entries(docket, "family-002"))
        assert headings(told)[-3:] == ["5. 三议：居民代表会议决议", "6. 一征：征求意见（第 2 次）", "结果"]
        assert re.search(r"\*\*2\.\*\* [^\n]*转入单独办理[^\n]*\n\n转入“一征：征求意见”。\n\n## 6\. ", told)

    def test_withdrawn(self) -> None:
        """Withdrawn, it has ended."""
        told = minutes(entries(review(), "family-003"), "en")
        assert re.search(r"\*\*2\.\*\* [^\n]*took the matter up[^\n]*\n\nThe case ends: withdrawn\.\n\n## Result", told)
        assert "- The case has ended: withdrawn (withdrawn)\n" in told

    def test_ended_with_the_batch(self) -> None:
        """Where the batch has come to an end, so has the matter, in the same passage."""
        docket = lost_together()
        digest = docket.case(BATCH).digest
        shows(
            docket,
            "family-001",
            "本环节结果：未通过。批次终结，其中 7 件事项随之终结：商议未通过，不影响原待遇。\n\n**2.** 2026年9月5日 10:00，〔不公开〕"
            f"本事项随批次 batch-1 终结：以上一并办理的部分共 7 条，末条摘要（SHA-256）：{digest}。\n",
            "This stage ends: lost. The batch ends, and with it the matters in it (7): not proposed: the allowance goes on as it was.\n\n"
            "**2.** 5 September 2026, 10:00: [withheld] ended the matter with batch batch-1: what was done together are the 7 entries above, the last "
            f"of which has the digest (SHA-256) {digest}.\n",
            "- 案件终结：商议未通过，不影响原待遇（not_proposed）\n",
            "- The case has ended: not proposed: the allowance goes on as it was (not_proposed)\n",
        )
        assert headings(minutes(entries(docket, "family-001")))[-2:] == ["2. 一议：两委班子商议", "结果"]

    def test_separate_sittings(self) -> None:
        """Released for a sitting of its own, it is called and attended under its own numbers."""
        docket = alone(released_together(), "family-001", *called(), *voted(6))
        shows(
            docket,
            "family-001",
            "**3.** 2026年9月13日 09:00，社区书记（经办）sec-1 召集居民代表会议",
            "**3.** 13 September 2026",
        )


class TestTwoRecords:
    """Numbers, corrections and answers of the one record are never taken for those of the other."""

    def test_corrections(self) -> None:
        """Entry 3 of the batch and entry 3 of the matter were both corrected: each correction stands beside its own."""
        said = blocks(review(), "family-006")

        def after(opening):
            place = next(number for number, each in enumerate(said) if each.startswith(opening))
            return said[place + 1]

        assert after("**批次 batch-1 第 3 条** ") == (
            "> 更正（批次 batch-1 第 4 条，2026年9月2日 10:00）：“书面提出”；原因：“录入有误”。"
        )
        assert after("**3.** ") == "> 更正（第 5 条，2026年9月14日 11:00）：“另一只票箱”；原因：“录入有误”。"
        assert sum(each.startswith("> 更正") for each in said) == 2
        assert (
            "**批次 batch-1 第 4 条** 2026年9月2日 10:00，社区书记（经办）sec-1 更正批次 batch-1 第 3 条：“书面提出”；原因：“录入有误”。"
            in said
        )
        assert "**5.** 2026年9月14日 11:00，社区书记（经办）sec-1 更正第 3 条：“另一只票箱”；原因：“录入有误”。" in said

    def test_corrected_openings(self) -> None:
        """So are the two openings."""
        docket = opened(number=2)
        wrong = Correct(1, text=Text("批次更正", "of the batch"), reason=REASON)
        together(docket, (day(0), "sec-1", wrong))
        docket.split(BATCH, "family-002", reason=REASON, at=day(0), by="sec-1")
        own = Correct(1, text=Text("事项更正", "of the matter"), reason=REASON)
        alone(docket, "family-002", (day(0), "sec-1", own))
        said = blocks(docket, "family-002", "en")
        corrected = [each for each in said if each.startswith("> ")]
        assert corrected == [
            "> Corrected by entry 3 (1 September 2026, 09:00): “of the matter”; reason: “the income is in dispute”.",
            (
                "> Corrected by entry 2 of batch batch-1 (1 September 2026, 09:00): “of the batch”; reason: “the income is in "
                "dispute”."
            ),
        ]
        assert said[said.index(corrected[0]) - 1].startswith("**1.** ")
        assert said[said.index(corrected[1]) - 1].startswith("**Batch batch-1, entry 1.** ")

    def test_answers(self) -> None:
        """An opinion given for all and answered for one shows where: in either record."""
        docket = together(opened(), *asking())
        docket.split(BATCH, "family-002", reason=REASON, at=day(1, 10), by="sec-1")
        docket.split(BATCH, "family-003", reason=REASON, at=day(1, 10), by="sec-1")
        alone(docket, "family-002", *answered())
        together(docket, *answered())
        shows(docket, "family-002", "“收入应核对”。答复见第 3 条。", "“check the incomes”. Answered in entry 3.")
        shows(docket, "family-003", "“收入应核对”。未见答复。", "“check the incomes”. No answer is on record.")
        shows(docket, BATCH, "“收入应核对”。答复见第 7 条。", "“check the incomes”. Answered in entry 7.")
        docket = together(docket, *meeting(3, "two_committees"))
        docket.split(BATCH, "family-004", reason=REASON, at=day(5), by="sec-1")
        shows(
            docket, "family-004", "“收入应核对”。答复见批次 batch-1 第 7 条。", "Answered in entry 7 of batch batch-1."
        )


class TestPrivate:
    """Private values stay withheld in both records, and are shown where that is asked for and they are there."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_redacted(self, language: str) -> None:
        """The public minutes are those of the redacted record, which holds none of it."""
        docket = review()
        for item in (BATCH, "family-004", "family-006", "family-007"):
            case = docket.case(item)
            public = minutes(case.entries, language)
            redacted = case.redacted()
            assert (
                minutes(redacted, language)
                == public
                == minutes(redacted, language, private=True).replace(
                    *{
                        "zh": ("**本件含不公开的内容，不得对外公布。**", "注明〔不公开〕的内容不对外公布。"),
                        "en": (
                            " **These minutes hold private values and are not for publication.**",
                            " What reads [withheld] is not made public.",
                        ),
                    }[language]
                )
            )
            told = public.split("## 1. ")[-1]
            assert "somebody" not in public
            assert "555-" not in public
            assert item == "family-007" or WITHHELD[language] in told

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shown(self, language: str) -> None:
        """Who asked, who spoke and by whose act it was taken up is shown to those who may see it."""
        docket = review()
        whole = minutes(entries(docket, "family-004"), language, private=True)
        for who, what in {"r-01": ("申请", "asked that"), "r-02": ("自批次", "took the matter up")}.items():
            verb = what[LANGUAGES.index(language)]
            assert re.search(rf"{who} {verb}", whole), verb
        assert "somebody" in whole
        assert "555-0004" in whole
        assert WITHHELD[language] not in whole

    def test_no_office_tells(self) -> None:
        """By whose act a matter was taken up is not told by the office either."""
        line = next(each for each in blocks(review(), "family-006", "en") if each.startswith("**2.** "))
        assert line.startswith("**2.** 14 September 2026, 09:00: [withheld] took the matter up")


class TestAlike:
    """The minutes are the same wherever the records come from, and of one shape in both languages."""

    def test_from_a_file(self, tmp_path) -> None:
        """A docket that reads the batch for its matter tells the same, and so does a record that is replayed."""
        first, second = review(), review(Docket(SQLiteStore(tmp_path / "cases.db")))
        for item in (BATCH, *(f"family-{number:03}" for number in range(1, 8))):
            for language in LANGUAGES:
                told = [A_DIGEST.sub("", minutes(entries(docket, item), language)) for docket in (first, second)]
                assert told[0] == told[1]
            replayed = Case.replay(entries(second, item)).entries
            assert minutes(replayed) == minutes(entries(second, item))
            assert register(replayed) == register(entries(second, item))
        second.close()

    def test_both_languages(self) -> None:
        """Headings, points, tables and entries follow each other alike."""
        docket = review()
        for item in (BATCH, *(f"family-{number:03}" for number in range(1, 8))):
            assert shape(minutes(entries(docket, item), "zh")) == shape(minutes(entries(docket, item), "en"))

    def test_rehearsed(self) -> None:
        """In a rehearsal the documents of the batch and of each matter say first that it is one."""
        docket = review(Docket(MemoryStore(), rehearsal=True))
        for item in (BATCH, "family-006", "family-007"):
            assert minutes(entries(docket, item)).startswith("**模拟演练，不是真实记录**\n")
            assert register(entries(docket, item)).markdown("en").startswith("**REHEARSAL, not a real record**\n")

    def test_typed_words_stay_words(self) -> None:
        """No id, title or reason of a batch becomes a heading, a row or emphasis."""
        hostile = "a|b **c**\n# d"
        docket = Docket(MemoryStore())
        matters = [attrs.evolve(family(n), id=f"m-{n} | *x*", title=Text(hostile, hostile)) for n in (1, 2)]
        docket.open_batch(
            matters, PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1", id="b | **1**", triage={"why": hostile}
        )
        docket.split("b | **1**", "m-1 | *x*", reason=Text(hostile, hostile), at=START, by="sec-1")
        for item in ("b | **1**", "m-1 | *x*", "m-2 | *x*"):
            for language in LANGUAGES:
                whole = minutes(entries(docket, item), language)
                assert "# d" not in headings(whole, 1)
                assert "**c**" not in whole
                assert "*x*" not in whole.replace("\\*x\\*", "")
                assert {line.count("|") for line in whole.splitlines() if line.startswith("|")} <= {4}
                assert register(entries(docket, item)).markdown(language)


class TestTheRegister:
    """The register shows what was done together as the office's form has it, and says that it was together."""

    def sheet(self, docket, item, kind):
        """A sheet of a register."""
        return register(entries(docket, item)).sheets[list(SheetKind).index(kind)]

    def row(self, docket, item, number, name, language="zh"):
        """A row of a sheet as people read it."""
        whole = register(entries(docket, item)).markdown(language).split("\n## ")[number]
        return re.search(rf"^\| {name} \| (.*) \|$", whole, re.MULTILINE)[1]

    def test_of_a_matter(self) -> None:
        """The sittings before the vote are those of the batch; the vote is the matter's own."""
        docket = review()
        discussed = self.sheet(docket, "family-006", SheetKind.DISCUSS)
        assert (discussed.batch, discussed.among, discussed.entitled, discussed.outcome) == (BATCH, 7, 7, "carried")
        assert not discussed.one_by_one
        resolved = self.sheet(docket, "family-006", SheetKind.RESOLVE)
        assert (resolved.batch, resolved.among, resolved.one_by_one) == (BATCH, 4, True)
        assert (resolved.present, resolved.outcome, len(resolved.participants)) == (9, "carried", 9)
        assert self.sheet(docket, "family-005", SheetKind.RESOLVE).outcome == "lost"
        assert self.row(docket, "family-006", 2, "一并办理") == "批次 batch-1 的 7 件事项"
        assert self.row(docket, "family-006", 4, "一并办理") == "批次 batch-1 的 4 件事项在一次会议上逐件表决"
        assert self.row(docket, "family-006", 2, "Together", "en") == "the matters of batch batch-1 (7)"
        one_sitting = "one sitting for the matters of batch batch-1 (4), with a vote for each"
        assert self.row(docket, "family-006", 4, "Together", "en") == one_sitting
        assert "批次的登记表" not in register(entries(docket, "family-006")).markdown()

    def test_of_the_batch(self) -> None:
        """It says that it is of a batch, and that each matter has its resolution in its own register."""
        docket = review()
        made = register(entries(docket))
        assert made.items == 7
        assert "\n本表为批次的登记表，记载为其中全部事项（立案时 7 件）一并办理的环节；" in made.markdown()
        assert (
            "\nThis is the register of a batch: it shows what was done for all matters in it together (7 at"
            in made.markdown("en")
        )
        assert self.row(docket, BATCH, 2, "结果").startswith("通过。")
        assert self.row(docket, BATCH, 4, "结果") == "逐件决议，见各事项的登记表"
        assert self.row(docket, BATCH, 4, "Outcome", "en") == "each matter by itself; see the register of each"
        assert self.row(docket, BATCH, 4, "一并办理") == "批次 batch-1 的 4 件事项在一次会议上逐件表决"

    def test_separate_sittings(self) -> None:
        """Where each has its own sitting, nothing of it was together."""
        docket = alone(released_together(), "family-001", *called(), *voted(6))
        resolved = self.sheet(docket, "family-001", SheetKind.RESOLVE)
        assert (resolved.batch, resolved.among, resolved.one_by_one, resolved.outcome) == (None, 0, True, "carried")
        assert "一并办理" not in register(entries(docket, "family-001")).markdown().split("\n## ")[4]
        assert self.row(docket, BATCH, 4, "结果") == "逐件决议，见各事项的登记表"

    def test_no_vote_yet(self) -> None:
        """A matter that has not been voted on has no result yet, and no other register is named for it."""
        docket = together(opened(sittings="one"), *front(), *called())
        alone(docket, "family-001", (day(13, 9), "sec-1", Recuse("r-01", Text("亲属", "a relative"))))
        assert self.row(docket, "family-001", 4, "结果") == "尚无结果"

    def test_a_shared_sitting_under_way(self) -> None:
        """A shared sitting that has not ended has no result yet, for the batch as for anybody."""
        docket = together(opened(), *(step for step in front() if step[0] < day(4)))
        assert self.row(docket, BATCH, 2, "结果") == "尚无结果"

    def test_ended_with_the_batch(self) -> None:
        """The outcome is that of the batch's last sitting."""
        assert self.sheet(lost_together(), "family-001", SheetKind.DISCUSS).outcome == "lost"

    def test_a_matter_alone(self) -> None:
        """Outside of batches no sheet says anything of one."""
        single = register(take(allowance(), allowance_steps()).entries)
        assert {(sheet.batch, sheet.among) for sheet in single.sheets} == {(None, 0)}
        assert single.items == 0
        assert not single.sheets[3].one_by_one
        assert single.sheets[3].ruling

    def test_supervision(self) -> None:
        """What supervisors said stands on the sheet of its time, whatever its number in which record."""
        docket, first = Docket(MemoryStore()), matter()
        second = attrs.evolve(first, id="second")
        procedure = catalogue.yizheng.COURTYARD
        docket.open_batch(
            [first, second], procedure, COURTYARD_ROLLS, COURTYARD_OFFICES, at=START_OF_WALKS, by="sec-1", id=BATCH
        )
        for step in courtyard_steps():
            if docket.batch(BATCH).stage in procedure.shared:
                docket.act_batch(BATCH, step.action, at=step.at, by=step.by)
                version = docket.batch(BATCH).version
                docket.act_batch(BATCH, Note(Text("早", f"early {version}")), at=step.at, by="sup-1")
            else:
                docket.act(first.id, step.action, at=step.at, by=step.by)
        own = entries(docket, first.id)
        inspected = [entry.action.finding for entry in own if isinstance(entry.action, Inspect)]
        sheets = register(own).sheets
        assert len(inspected) == 1
        assert [each.text for each in sheets[5].supervision] == inspected
        early = [each.text.en for each in sheets[4].supervision]
        assert early == [f"early {number}" for number in range(2, docket.batch(BATCH).version - 1, 2)]
        assert docket.batch(BATCH).version > len(own)  # so that numbers alone would tell it wrongly


class TestBroken:
    """A record that does not hold together is not told."""

    def entry(self, case, number, **changes):
        """An entry of a case, changed."""
        return msgspec.structs.replace(case.entries[number - 1], **changes)

    def test_another_batch(self) -> None:
        """A matter is taken up from its own batch alone."""
        docket, other = released_together(), opened(number=2)
        record = [entries(other, "family-001")[0], entries(docket, "family-001")[1]]
        with pytest.raises(BrokenRecord, match="entry 2: family-001 does not lie in batch batch-1") as broken:
            minutes(record)
        assert broken.value.number == 2

    def test_no_batch(self) -> None:
        """A matter that lies in none is taken up from none, and nobody is taken up twice."""
        docket = released_together()
        single = Case.open(family(1), PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1")
        taken = entries(docket, "family-001")[1]
        for record, number in (((single.entries[0], taken), 2), ((*entries(docket, "family-001"), taken), 2)):
            with pytest.raises(BrokenRecord, match=f"entry {number}: family-001 does not lie in batch batch-1"):
                register(record)

    def test_not_let_go(self) -> None:
        """A batch that is under way has let go whom its last entry let go."""
        docket = review()
        taken = TakeUp.from_batch(docket.batch(BATCH).shared)
        record = [entries(docket, "family-007")[0], self.entry(docket.case("family-006"), 2, action=taken)]
        with pytest.raises(BrokenRecord, match="entry 2: batch batch-1 has not let family-007 go"):
            minutes(record)

    def test_let_go_before(self) -> None:
        """A matter goes on from the entry that let it go, and from no later one."""
        docket = opened(number=3)
        docket.split(BATCH, "family-001", reason=REASON, at=day(0), by="sec-1")
        docket.split(BATCH, "family-002", reason=REASON, at=day(0), by="sec-1")
        late = TakeUp.from_batch(docket.batch(BATCH).shared)
        record = [entries(docket, "family-001")[0], self.entry(docket.case("family-001"), 2, action=late)]
        with pytest.raises(BrokenRecord, match="entry 2: batch batch-1 has not let family-001 go"):
            minutes(record)

    def test_acted_upon_while_held(self) -> None:
        """Nothing is done with a matter alone that its batch holds."""
        docket = opened()
        opening, first = entries(docket, "family-001")[0], together(docket, *list(front())[:1]).case(BATCH).entries[1]
        with pytest.raises(BrokenRecord, match="entry 2: the matter lies in batch batch-1 still"):
            minutes([opening, first])

    def test_who_is_not_there(self) -> None:
        """Nobody leaves a batch in which it does not lie, and nobody leaves where there is no batch."""
        docket = opened(number=2)
        docket.split(BATCH, "family-001", reason=REASON, at=day(0), by="sec-1")
        opening, left = entries(docket)
        again = msgspec.structs.replace(left, number=3)
        with pytest.raises(BrokenRecord, match="entry 3: family-001 does not lie in a batch here"):
            minutes([opening, left, again])
        single = Case.open(family(1), PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1")
        with pytest.raises(BrokenRecord, match="entry 2: family-001 does not lie in a batch here"):
            minutes([single.entries[0], left])
